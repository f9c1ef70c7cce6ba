"""What each leaf of a page is to the article: title, subtitle, date line, caption, signature, or left out, and why.

In: the leaves, and which of them belong to the article.  Out: `LeafRoles` for the builder, and what the lines said
(`Statements`) for the metadata.
"""

from __future__ import annotations

import re

from ....model import Role
from ....zh import dates
from ....zh.bylines import TAKEN_FROM, byline, reporter, signed
from ....zh.characters import simplified
from ....zh.furniture import line_reason, promotion
from ....zh.labels import DATE_FIELDS, kept, pairs_within
from ....zh.sections import is_history
from ..metadata.lines import date_apart, find_date, is_meta_line, label_alone
from ..metadata.statements import Statements, dates_of_head
from ..sight.dom import HtmlElement, WebPage, words
from ..sight.runs import HEADINGS, Leaf
from ..sight.styles import alignment
from ..thresholds import (
    FOOT,
    HEAD,
    LATE_DATE,
    LATE_DATE_REST,
    LONGEST_NAME,
    LONGEST_PEN_NAME,
    LONGEST_SOURCE,
    NEAR_TITLE,
    SHORTEST_EVENT,
)
from ..weigh.article import Article
from ..weigh.names import kind_above, name_of, parts_of_name
from ..weigh.titles import sites_of_head, title_lines
from .captions import find_captions
from .leafroles import LeafRoles

_SUBTITLE_NAMES = words("subtitle sub subhead pre ")
_SOURCE_NAMES = words("source sources laiyuan media from nickname origin")
_AUTHOR_NAMES = words("author byline writer")
_AUTHORED = re.compile("author|byline|writer", re.I)
_NICK_NAMES = words("author byline writer nickname username nick")
_OF_SOMEBODY = re.compile(
    r"^(?!.*(?:login|sign|regist)).*?(?:/(?:u|users?|authors?|people|profiles?|members?|space|home)[/=-](?=[^?#])"
    r"|[?&](?:uid|userid|author)=|//(?:home|space|user)\.)"
)
"""In the address of a page about a person, such as one who writes in a forum."""


def roles_of(page: WebPage, leaves: list[Leaf], article: Article, title: int | None) -> tuple[LeafRoles, Statements]:
    """Labels of all leaves, and what their lines said."""
    labels = LeafRoles()
    labels.kept = set(article.kept)
    labels.reasons = dict(article.reasons)
    known = Statements()
    known.sites = sites_of_head(page)
    known.lines = frozenset(leaf.text for leaf in leaves if leaf.hidden is None and len(leaf.text) <= LONGEST_SOURCE)
    _authors(page, known)
    known.other_dates = dates_of_head(page, page.canonical or page.saved_from)
    if title is not None:
        lines, known.values["title"] = title_lines(page, leaves, title)
        for index in lines:
            _role(labels, index, "title")
        title = lines[-1]
    first = article.core[0] if article.core else min(labels.kept, default=len(leaves))
    _front(leaves, labels, known, title, first)
    _back(leaves, labels, known, article)
    _no_birthday(leaves, known, article)
    _people(leaves, known, article)
    _unseen(leaves, known, title, first)
    find_captions(leaves, labels, article.region)
    _closing(leaves, labels, article.region)
    return labels, known


def _authors(page: WebPage, known: Statements) -> None:
    """Takes what elements show that are called as those of authors are, or state that they name one."""
    for node in page.built:
        attrs = node.attrs
        if not attrs or node.hidden is not None:
            continue
        states = attrs.get("itemprop") == "author"
        named = not states and ("class" in attrs or "id" in attrs) and _AUTHORED.search(name_of(node)) is not None
        if states or (named and _AUTHOR_NAMES & parts_of_name(node)):
            inner = (
                place for place in node.elements() if place.get("itemprop") == "name" or place.get("rel") == "author"
            )
            text = _seen_text(next(inner, node)) if states else _seen_text(node)
            known.bylines.append(text)
            if states and 2 <= len(text) <= LONGEST_PEN_NAME and not _is_no_nickname(text):
                known.persons.append(text)


# --- Before the article -----------------------------------------------------------------------------------------


def _front(leaves: list[Leaf], labels: LeafRoles, known: Statements, title: int | None, first: int) -> None:
    """Date lines, metadata tables and subtitles between title and article; of what stands before, what has a label."""
    start = 0 if title is not None else max(0, first - HEAD)
    # A heading right before the text, of a kind that the article has more of, is the first of them and no subtitle.
    tags = [leaf.node.tag for leaf in leaves[first:] if leaf.index in labels.kept and leaf.node.tag in HEADINGS]
    series = {tag for tag in tags if title is not None and tag > leaves[title].node.tag}
    shown = [leaf for leaf in leaves[start:first] if leaf.kind == "text" and leaf.hidden is None and not leaf.control]
    for at, leaf in enumerate(shown):
        if leaf.index in labels.roles or _of_a_life(leaf, shown[at - 1] if at else leaf):
            continue
        follows = title is None or leaf.index > title or _beside(leaf, leaves[title])
        row = label_alone(leaf.text)
        after = shown[at + 1] if at + 1 < len(shown) else None
        if row is not None and kept(row.field) and after is not None and _is_value(leaf, after):
            known.pair(row.field, leaf.text.strip(" :\uff1a\u3010\u3011[]"), after.text)
            for index in (leaf.index, after.index):
                _role(labels, index, "meta")
        elif follows and after is not None and (apart := date_apart(leaf.text, after.text)):
            known.dates.setdefault("bare", apart)
            for index in (leaf.index, after.index):
                _role(labels, index, "meta")
        elif follows and is_history(leaf.text):
            _role(labels, leaf.index, "dateline")
            if date := find_date(leaf.text):
                known.dates.setdefault("bare", date)
        elif _in_programme(shown, at):
            continue
        elif is_meta_line(leaf.text) and _says_something(leaf, follows):
            known.line(leaf.text, head=follows)
            _role(labels, leaf.index, "meta")
        elif follows and (names := byline(leaf.text)):
            _role(labels, leaf.index, "byline")
            known.values.setdefault("author", "\u3001".join(names))
        elif (
            title is not None
            and leaf.index > title
            and leaf.node.tag in series
            and leaf.index in labels.kept | {first - 1}
        ):
            labels.kept.add(leaf.index)
        elif title is not None and _is_subtitle(leaf, leaves[title]):
            _role(labels, leaf.index, "subtitle")
            if leaf.index > title:
                known.values.setdefault("subtitle", " ".join(leaf.text.split("\n")))
        if follows and leaf.index not in labels.kept:
            _nickname(leaf, known, near=title is not None and leaf.index <= title + NEAR_TITLE)
            _named_source(leaf, known)
            _time_element(leaf, known)
            if leaf.index not in labels.roles and not _is_teaser(leaf) and _names_medium(leaf, known):
                _role(labels, leaf.index, "meta")


def _of_a_life(leaf: Leaf, before: Leaf) -> bool:
    """A date of what a page tells of, such as a birthday, beside the words that say so."""
    words = leaf.text + (before.text if _is_value(before, leaf) else "")
    return dates.OF_A_LIFE.search("".join(simplified(words).split())) is not None


def _no_birthday(leaves: list[Leaf], known: Statements, article: Article) -> None:
    """A date without a label that the first lines of the text tell as one of a life is not the page's."""
    for text in (leaves[index].text for index in article.core[:3]):
        near = (text[max(found.start() - 16, 0) : found.end() + 16] for found in dates.OF_A_LIFE.finditer(text))
        if "bare" in known.dates and any(find_date(part) == known.dates["bare"] for part in near):
            del known.dates["bare"]


def _beside(leaf: Leaf, title: Leaf) -> bool:
    """A line right before the title, in the same part of the page."""
    near = [node for node, _ in zip(title.node.up(), range(4), strict=False) if node.parent is not None]
    return title.index - leaf.index <= 4 and any(node.span[0] <= leaf.index for node in near)


def _role(labels: LeafRoles, index: int, role: Role) -> None:
    labels.roles[index] = role
    labels.kept.discard(index)
    labels.reasons.pop(index, None)


def _is_value(one: Leaf, other: Leaf) -> bool:
    """The cell after a label: in the same row or list, no label itself, and no text of the article."""
    if label_alone(other.text) is not None or other.index - one.index > 2 or len(other.text) > 80:
        return False
    row = label_alone(one.text)
    if row is not None and row.takes == "name" and (dates.is_date(other.text) or line_reason(other.text, "before")):
        return False
    rows = [node for node in one.node.up() if node.tag in ("tr", "dl", "li", "ul", "table")]
    return any(node.span[0] <= other.index < node.span[1] for node in rows)


def _says_something(leaf: Leaf, follows: bool) -> bool:
    """The line has a label that matters; or, after the title, a date.  Counters and print buttons are furniture."""
    fields = {pair.field for pair in pairs_within(leaf.text) if kept(pair.field)}
    if not fields and _is_teaser(leaf):
        return False
    if fields:
        return follows or bool(fields - {"dated", "author", "source", "extra", "credit"})
    return follows and find_date(leaf.text) is not None and line_reason(leaf.text, "before") is None


def _in_programme(shown: list[Leaf], at: int) -> bool:
    """One of several lines of one make that each begin with a day and say what is on then."""
    beside = [shown[index] for index in (at - 1, at + 1) if 0 <= index < len(shown)]
    return _is_event(shown[at]) and any(
        _is_event(leaf) and leaf.node.tag == shown[at].node.tag and leaf.node.parent is shown[at].node.parent
        for leaf in beside
    )


def _is_event(leaf: Leaf) -> bool:
    found = dates.find(leaf.text)
    if found is None or found.start > 0 or leaf.linked or pairs_within(leaf.text):
        return False
    return sum(char.isalpha() for char in leaf.text[found.end :]) >= SHORTEST_EVENT


def _is_teaser(leaf: Leaf) -> bool:
    """A line that begins with the linked title of another text: the date behind it is of that."""
    first = next((run for run in leaf.runs if run.text.strip()), None)
    linked = first is not None and first.format.link is not None and 2 * leaf.linked > len(leaf.text)
    return linked and first is not None and len(first.text) >= LONGEST_NAME and find_date(first.text) is None


def _is_subtitle(leaf: Leaf, title: Leaf) -> bool:
    """A heading, or an element with such a name, near the title and in the same part of the page."""
    if not -2 < leaf.index - title.index <= 4 or len(leaf.text) > 100 or leaf.linked > len(leaf.text) // 2:
        return False
    if line_reason(leaf.text, "before") is not None or is_meta_line(leaf.text):
        return False
    near = title.node.parent is not None and leaf.node.parent in (title.node.parent, title.node.parent.parent)
    named = bool(_SUBTITLE_NAMES & parts_of_name(leaf.node))
    dashed = leaf.text.startswith(("\u2014\u2014", "--"))
    return near and (leaf.node.tag in HEADINGS or named or dashed)


def _named_source(leaf: Leaf, known: Statements) -> None:
    """An element called `source` names it without a label; of nested ones the innermost."""
    inner = leaf.node.elements() if leaf.node.span[1] - leaf.node.span[0] <= 10 else ()
    named = [node for node in (leaf.node, *inner) if _SOURCE_NAMES & parts_of_name(node)]
    for node in reversed(named):
        if any(pair.field in DATE_FIELDS for pair in pairs_within(_seen_text(node))):
            continue
        text = TAKEN_FROM.sub("", dates.AGO.sub("", _seen_text(node))) if node.hidden is None else ""
        text = next((pair.value for pair in pairs_within(text) if pair.field == "source"), text.strip())
        if 2 <= len(text) <= LONGEST_SOURCE and find_date(text) is None and line_reason(text, "before") is None:
            known.pair("source", "source", text)


def _nickname(leaf: Leaf, known: Statements, *, near: bool) -> None:
    """An element that is called as those of authors are, or near the title a link to somebody's page, and names one."""
    whole = leaf.node.span[1] - leaf.node.span[0] <= 10
    inner = leaf.node.elements() if whole else (run.format.link for run in leaf.runs if run.format.link is not None)
    for node in (leaf.node, *inner) if known.nick is None else ():
        if not (
            _NICK_NAMES & parts_of_name(node)
            or node.get("rel") == "author"
            or (near and _OF_SOMEBODY.search(node.get("href")) and kind_above(node) != "navigation")
        ):
            continue
        text = _seen_text(node) if node.hidden is None else ""
        if 2 <= len(text) <= LONGEST_NAME and text != known.values.get("title") and not _is_no_nickname(text):
            known.nick = text
            break


def _is_no_nickname(text: str) -> bool:
    return (
        not any(char.isalpha() for char in text)
        or find_date(text) is not None
        or dates.AGO.search(text) is not None
        or bool(pairs_within(text))
        or label_alone(text) is not None
        or line_reason(text, "before") is not None
        or promotion(text) > 0
    )


def _time_element(leaf: Leaf, known: Statements) -> None:
    """A `<time>` may show a relative time and state the date in its attribute."""
    inner = leaf.node.elements() if leaf.node.span[1] - leaf.node.span[0] <= 10 else ()
    for node in (leaf.node, *inner):
        if node.tag == "time" and (date := find_date(node.get("datetime"))):
            known.dates.setdefault("bare", date)


def _names_medium(leaf: Leaf, known: Statements) -> bool:
    before = known.values.get("author")
    known.line(leaf.text, head=True)
    return before != known.values.get("author")


def _seen_text(node: HtmlElement) -> str:
    parts: list[str] = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.hidden is None:
            parts.append(_seen_text(child))
    return " ".join("".join(parts).split())


# --- After the article ------------------------------------------------------------------------------------------


def _back(leaves: list[Leaf], labels: LeafRoles, known: Statements, article: Article) -> None:
    """Credits: who edited, where it came from, what it was called first."""
    last = max(labels.kept, default=-1)
    region = article.region
    upto = max(region.span[1] if region is not None else 0, last + 1) + FOOT
    over = False  # what stands below the head of comments or of other texts has their dates
    for leaf in leaves[max(last, 0) : upto] if last >= 0 else []:
        if leaf.hidden is not None or leaf.index in labels.kept:
            continue
        over = over or labels.reasons.get(leaf.index) in ("comments", "related items")
        late = known.published is None and not over and _is_stamp(leaf, near=leaf.index <= last + LATE_DATE)
        if labels.reasons.get(leaf.index) in ("credits", "original title") or _dates_or_names(leaf) or late:
            known.line(leaf.text, head=late)
            _role(labels, leaf.index, "meta")
    if known.published is None:
        within = (leaves[index] for index in sorted(labels.reasons) if article.first < index < last)
        if stamp := next((leaf for leaf in within if leaf.hidden is None and _is_stamp(leaf, near=False)), None):
            known.line(stamp.text, head=True)
            _role(labels, stamp.index, "meta")
    for index, reason in list(labels.reasons.items()):
        if reason in ("credits", "original title") and index < last and region is not None and region.span[0] <= index:
            known.line(leaves[index].text, head=False)
            if _author_element(leaves[index], known) or pairs_within(leaves[index].text):
                _role(labels, index, "meta")


def _author_element(leaf: Leaf, known: Statements) -> bool:
    """Whether an element called so names the author without a label, with a link to what else that person wrote."""
    links = {text for run in leaf.runs if run.format.link is not None and (text := run.text.strip())}
    named = any(_AUTHOR_NAMES & parts_of_name(node) for node in (leaf.node, *leaf.node.elements()))
    name = links.pop() if len(links) == 1 else ""
    if not named or not 2 <= len(name) <= LONGEST_NAME or pairs_within(leaf.text):
        return False
    known.values.setdefault("author", name)
    return True


def _is_stamp(leaf: Leaf, *, near: bool) -> bool:
    """A date after words that say of what it is, or with hardly anything beside it right below the article (near), as
    where a page says nothing above it."""
    found = dates.find(leaf.text) if leaf.kind == "text" and not leaf.control else None
    if found is None or not found.stamp:
        return False
    rest = len(leaf.text) - (found.end - found.start)
    return (near and rest <= LATE_DATE_REST) or dates.WHEN_DONE.fullmatch(leaf.text, 0, found.start) is not None


def _unseen(leaves: list[Leaf], known: Statements, title: int | None, first: int) -> None:
    """What a line between title and text says that the page hides, as some do for their own scripts: for what no other
    line says."""
    for leaf in leaves[title + 1 : first] if title is not None else ():
        if leaf.hidden and len({pair.field for pair in pairs_within(leaf.text)} & {"source", "author", "editor"}) > 1:
            for pair in pairs_within(leaf.text):
                known.pair(pair.field, pair.label, pair.value)


def _dates_or_names(leaf: Leaf) -> bool:
    """A line after the article that says when it appeared, or where, with a label."""
    fields = {pair.field for pair in pairs_within(leaf.text) if pair.value} if is_meta_line(leaf.text) else set()
    return bool(fields & {"published", "dated", "updated", "source", "editor", "document_number", "index_number"})


def _people(leaves: list[Leaf], known: Statements, article: Article) -> None:
    """The reporter a news text names in its first lines, or in brackets at its end."""
    if "author" in known.values or not article.core:
        return
    for index in article.core[:2]:
        if names := reporter(leaves[index].text):
            known.values["author"] = "\u3001".join(names)
            return
    for index in sorted(article.kept)[:2]:
        if names := byline(leaves[index].text):
            known.values["author"] = "\u3001".join(names)
            return
    last = article.core[-1]
    alone = next((index for index in sorted(article.kept, reverse=True) if leaves[index].kind == "text"), last)
    short = signed(leaves[alone].text) if len(leaves[alone].text) <= LONGEST_NAME else []
    if names := signed(leaves[last].text) or byline(leaves[alone].text) or short:
        known.values["author"] = "\u3001".join(names)


def _closing(leaves: list[Leaf], labels: LeafRoles, region: HtmlElement | None) -> None:
    """The last lines, set to the right: who signs, and when."""
    for index in sorted(labels.kept, reverse=True)[:4]:
        leaf = leaves[index]
        if leaf.kind != "text" or len(leaf.text) > 60:
            break
        if index in labels.roles or index in labels.captions.values():
            continue
        if alignment(leaf.node, region) != "right":
            break
        labels.roles[index] = "date" if find_date(leaf.text) and len(leaf.text) < 24 else "signature"
