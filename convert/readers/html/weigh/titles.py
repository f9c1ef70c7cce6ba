"""Which line of a page is the title of its article: what the head calls it, how it is set, and what follows it.

In: the parsed page, its leaves, and where its article stands.  Out: the leaf, or for a page that shows none the title
of its head without the site's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from ....zh.furniture import line_reason
from ....zh.labels import is_document_number, pairs_within
from ....zh.titles import BADGE, NO_TITLES
from ..metadata.lines import find_date, is_meta_line
from ..metadata.statements import headline
from ..sight.dom import HtmlElement, WebPage, words
from ..sight.runs import Leaf, trim
from ..thresholds import (
    DATE_FOLLOWS,
    ENOUGH,
    FAR,
    LONGEST_BADGE,
    LONGEST_NAME,
    MAX_TITLE_LINES,
    SAME,
    SET_AS_TITLE,
    TITLE_IN_FURNITURE,
    TITLE_LINKED,
    TITLE_NAMED,
    TITLE_REACH,
)
from .names import kind_above, parts_of_name
from .standing import is_strong

_SPACE = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")

_PLAIN_SPACES = re.compile(r"[ \t\n\u00a0]+")
_SEPARATOR = re.compile(
    r"\s*(?:_+|\||\uff5c|\u4e28|--+|\u2014+|\u2013|\s-|-\s|-(?=[\u4e00-\u9fff])|\u00b7|>>?|\u00bb|::?|\u300a)\s*"
    "|[\\s\u3000]+\uff1c(?=[^\uff1e]+\uff1e\\s*$)"
)
_PATH = re.compile(r"\s+[>\u00bb]\s+")
"""Between the steps of a path, from the whole site down to the page."""
_WORDS = re.compile(r"[^\W\d_]{2}")
_TITLE_NAMES = words("title titles headline bt topic tit subject heading")
_BADGES = words("badge tag label icon flag mark")
_TAG_BONUS = {"h1": 1.2, "h2": 0.8, "h3": 0.5, "h4": 0.3}

_CUT = re.compile("(?:\u2026|\\.\\.)+\\.?$")
_OPENING = ("(", "\uff08")
_STOPS = "\u3002\uff1b\uff1a;:"


def titles_of_head(page: WebPage) -> list[str]:
    """What the head calls the article, the most exact first; `<title>` also without what the site adds."""
    found = [page.meta("articletitle", "og:title", "twitter:title", "title"), headline(page)]
    whole = page.title
    found.append(whole)
    if last := _end_of_path(whole):
        return [title for title in dict.fromkeys((*found, last)) if title and title not in NO_TITLES]
    parts = _SEPARATOR.split(whole)
    found.extend(
        whole[: whole.find(parts[count - 1]) + len(parts[count - 1])] for count in range(len(parts) - 1, 0, -1)
    )
    return [title for title in dict.fromkeys(found) if title and title not in NO_TITLES]


def _end_of_path(title: str) -> str:
    """The last step of a path that a `<title>` is, empty where it is none."""
    steps = _PATH.split(title)
    path = len(steps) > 1 and len(_SEPARATOR.split(title)) == len(steps)
    return steps[-1].strip() if path else ""


def sites_of_head(page: WebPage) -> frozenset[str]:
    """How the site may call itself: what stands beside the article's name in `<title>`, and the names it states."""
    parts = _SEPARATOR.split(page.title)
    parts = parts[:-1] if _end_of_path(page.title) else parts[1:]
    return frozenset(part for part in (*parts, page.meta("sitename", "og:site_name", "application-name")) if part)


def without_site(title: str) -> str:
    """A `<title>` without the names of column and site after it."""
    parts = [part for part in _SEPARATOR.split(title) if part]
    if title.strip() in NO_TITLES:
        return ""
    if last := _end_of_path(title):
        return last
    if len(parts) < 2:
        return title.strip()
    longest = max(parts, key=len)
    return longest if len(longest) > 2 * len(parts[0]) else parts[0]


def find_title(page: WebPage, leaves: list[Leaf], first: int, last: int) -> int | None:
    """The leaf that is the title of the article in `leaves[first:last]`, None where none is."""
    said = [_bare(title) for title in titles_of_head(page)]
    sites = {_bare(site) for site in sites_of_head(page)}.difference(said)
    date_lines: dict[int, bool] = {}
    best, best_score = None, ENOUGH
    upto = max(first, 0) + 3 if last > first else len(leaves)
    for leaf in leaves[max(0, upto - TITLE_REACH) : upto]:
        if leaf.kind != "text" or leaf.hidden or leaf.control or not 2 <= len(leaf.text) <= 150:
            continue
        if 2 * leaf.linked > len(leaf.text) and not _in_heading(leaf):
            continue
        score = _title_score(leaf, leaves, said, sites, first, date_lines)
        if score > best_score and _may_be_title(leaf.text):
            best, best_score = leaf.index, score
    if best is None:  # a notice of the site may stand before all else, and be taken for the text
        late = [leaf for leaf in leaves[upto : max(last, 0)] if leaf.node.tag == "h1" and leaf.hidden is None]
        if len(late) == 1 and _likeness(_bare(late[0].text), said, prominent=False) > 0.9:
            best = late[0].index
    return best


def title_lines(page: WebPage, leaves: list[Leaf], title: int) -> tuple[list[int], str]:
    """The leaves that the title is set in, one or more below one another, and its text.

    Lines belong to it where together they are what the head calls the article.  What stands before its words in an
    element of its own that is called a badge, such as `原创`, is moved to the leaf's lead.
    """
    said = {_bare(text): text for text in titles_of_head(page)}
    shown = [
        leaf.index for leaf in leaves[max(0, title - 8) : title + 8] if leaf.hidden is None and leaf.kind == "text"
    ]
    at = shown.index(title)
    for count in range(min(4, len(shown)), 1, -1):
        for start in range(max(0, at - count + 1), min(at, len(shown) - count) + 1):
            lines = shown[start : start + count]
            if whole := said.get(_bare("".join(leaves[index].text for index in lines))):
                return lines, _spaced(whole)
    if len(lines := _of_heading(leaves, title)) > 1:
        return lines, _spaced("\n".join(leaves[index].text for index in lines).replace("\n", " "))
    leaf = leaves[title]
    inner = leaf.node.elements() if leaf.node.span[1] - leaf.node.span[0] == 1 else ()
    badge = next((node for node in inner if _BADGES & parts_of_name(node)), None)
    text = badge.text().strip() if badge is not None else ""
    if text and leaf.text.startswith(text) and len(text) <= LONGEST_BADGE and len(text) < len(leaf.text):
        trim(leaf, len(leaf.text) - len(leaf.text[len(text) :].lstrip()), len(leaf.text))
    elif (glued := BADGE.match(leaf.text)) and _bare(leaf.text[glued.end() :]) in said:
        trim(leaf, glued.end(), len(leaf.text))
    else:
        _trim_beside(leaf, said.keys())
    first, _, rest = leaf.text.rpartition("\n")  # who wrote may stand on a line of its own in the heading
    begun = [text for text in said if text.startswith(_bare(first))] if len(first) >= LONGEST_NAME >= len(rest) else []
    if begun and not any(text.startswith(_bare(leaf.text)) for text in begun):
        return [title], _spaced(first)
    return [title], _stated(page, leaf)


def _of_heading(leaves: list[Leaf], title: int) -> list[int]:
    """The lines of the one `<h1>` that the title is a line of, where it holds no more than a few and nothing else."""
    heading = next((node for node in leaves[title].node.up() if node.tag == "h1"), None)
    if heading is None or heading.span[1] - heading.span[0] > MAX_TITLE_LINES:
        return [title]
    lines = [leaf for leaf in leaves[slice(*heading.span)] if leaf.hidden is None]
    plain = all(leaf.kind == "text" and not leaf.control and not is_meta_line(leaf.text) for leaf in lines)
    return [leaf.index for leaf in lines] if plain and len(lines) > 1 else [title]


def _trim_beside(leaf: Leaf, said: Iterable[str]) -> None:
    """Moves what stands beside the title in an element of its own, such as the name of a node of a forum before it or
    how many comments there are behind it, out of the line's text."""
    text = _bare(leaf.text)
    for whole in sorted(said, key=len, reverse=True):
        rest = text.removeprefix(whole) if text.startswith(whole) else text.removesuffix(whole)
        if not 0 < len(rest) <= min(LONGEST_BADGE, len(text) - len(whole)) or len(whole) <= len(rest):
            continue
        if any(_bare(node.text()) == rest for node in leaf.node.elements()):
            at = leaf.text.rindex(rest) if text.startswith(whole) else leaf.text.index(rest) + len(rest)
            trim(leaf, *((0, at) if text.startswith(whole) else (at, len(leaf.text))))
            trim(leaf, len(leaf.text) - len(leaf.text.lstrip()), len(leaf.text.rstrip()))
            return


def _stated(page: WebPage, leaf: Leaf) -> str:
    """What the head calls the article, where that is the shown title and its number, which the page sets elsewhere, or
    where the page cuts what it shows."""
    shown = _spaced(leaf.text)
    text = _bare(shown)
    if cut := _CUT.search(text):  # the whole is longer than what the page has room for
        wholes = (*titles_of_head(page), leaf.node.get("title"))
        if any(_bare(title).startswith(text) for title in wholes):
            return shown  # the marks are the author's
        found = [_spaced(title) for title in wholes if _continues(_bare(title), text[: cut.start()])]
        return min(found, key=len, default=shown)  # the site's name may follow it
    for title in (page.meta("articletitle"), headline(page), page.meta("og:title")):
        rest = _bare(title)[len(text) :]
        if _bare(title).startswith(text) and rest[:1] in _OPENING and is_document_number(rest[1:-1]):
            return _spaced(title)
    return shown


def _continues(whole: str, begun: str) -> bool:
    return len(begun) > 5 and whole.startswith(begun) and len(whole) > len(begun) and _CUT.search(whole) is None


def _spaced(text: str) -> str:
    """A title with single plain spaces; an ideographic one is the author's."""
    return _PLAIN_SPACES.sub(" ", text).strip()


def _may_be_title(text: str) -> bool:
    return _WORDS.search(text) is not None and not is_meta_line(text) and line_reason(text, "before") is None


def _in_heading(leaf: Leaf) -> bool:
    around = leaf.node.parent
    return leaf.node.tag in _TAG_BONUS or (around is not None and around.tag in _TAG_BONUS)


def _title_score(
    leaf: Leaf, leaves: list[Leaf], said: list[str], sites: set[str], first: int, date_lines: dict[int, bool]
) -> float:
    text = _bare(leaf.text)
    if text in sites:
        return 0.0
    around = list(_inner(leaf))
    tag = next((node.tag for node in around if node.tag in _TAG_BONUS), "")
    named = any(node.attrs and _TITLE_NAMES & parts_of_name(node) for node in around)
    score = _TAG_BONUS.get(tag, 0.0) + (TITLE_NAMED if named else 0.0)
    score += SAME * _likeness(text, said, bool(tag) or named)
    if score < 0.5:
        if leaf.text[-1] in _STOPS or leaf.index > first >= 0:
            return 0.0  # a sentence or a signature, which a date may follow too
        score += SET_AS_TITLE if _set_as_title(leaf, first) else 0.0
        if score < 0.5 and not _date_follows(leaf, leaves, date_lines):
            return 0.0
    if _date_follows(leaf, leaves, date_lines) or (score >= 0.5 and _source_follows(leaf, leaves)):
        score += DATE_FOLLOWS
    if leaf.linked > len(leaf.text) // 2:
        score += TITLE_LINKED
    if find_date(leaf.text) and len(text) < 24:
        score += TITLE_LINKED
    if kind_above(leaf.node):
        score += TITLE_IN_FURNITURE
    return score + max(FAR * max(first - leaf.index, 0), -1.5)


def _set_as_title(leaf: Leaf, first: int) -> bool:
    return 0 <= first - leaf.index <= 3 and len(leaf.text) <= 60 and is_strong(leaf) and _centred(leaf.node)


def _centred(node: HtmlElement) -> bool:
    return node.tag == "center" or node.get("align").lower() == "center" or "center" in node.get("style")


def _inner(leaf: Leaf) -> Iterator[HtmlElement]:
    """The leaf's block, its parent, and the elements in the block: names of titles stand on any of them."""
    yield leaf.node
    around = leaf.node.parent
    if (
        around is not None
        and len(around.children) <= 8
        and sum(isinstance(child, HtmlElement) for child in around.children) <= 2
    ):
        yield around
    if leaf.node.span[1] - leaf.node.span[0] <= 3:
        yield from leaf.node.elements()


def _likeness(text: str, said: list[str], prominent: bool) -> float:
    """How much a line is what the head calls the article, 0 to 1."""
    best = 0.0
    for title in said:
        if text == title:
            return 1.0
        if len(text) >= 4 and len(title) >= 4:
            if title.startswith(text) and len(text) >= 0.4 * len(title):
                best = max(best, 0.95)
            elif text.startswith(title) or (text in title and len(text) >= 0.5 * len(title)):
                best = max(best, 0.8)
            elif prominent and best < 0.6:
                ratio = SequenceMatcher(None, text[:100], title[:100]).ratio()
                best = max(best, ratio * 0.8 if ratio >= 0.55 else 0.0)
    return best


def _date_follows(leaf: Leaf, leaves: list[Leaf], known: dict[int, bool]) -> bool:
    """Whether one of the next three lines says when the article appeared.  known: of lines looked at before."""
    seen = 0
    for later in leaves[leaf.index + 1 : leaf.index + 8]:
        if later.hidden or later.kind != "text":
            continue
        seen += 1
        if later.index not in known:
            known[later.index] = find_date(later.text) is not None and is_meta_line(later.text)
        if known[later.index]:
            return True
        if seen == 3:
            break
    return False


def _source_follows(leaf: Leaf, leaves: list[Leaf]) -> bool:
    """Whether the next line says with a label where the article came from."""
    after = next((later for later in leaves[leaf.index + 1 : leaf.index + 8] if not later.hidden), leaf)
    return any(pair.field == "source" and pair.value for pair in pairs_within(after.text))


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
