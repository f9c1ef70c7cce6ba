"""Titles as spans of neighbouring lines: which one the document has, and which each further part has.

A span is known where its lines joined are what a field of the page names; else it is weighed by its parts: an organ,
the matter (`关于` ... `的`), the name of a kind of paper at the end, brackets that close.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from typing import NamedTuple

from ...zh import furniture
from ...zh.characters import key, simplified
from ...zh.forms import forms_of
from ...zh.patterns import pattern
from ...zh.sections import names_paper
from ...zh.titles import BEGINS_ON, GOES_ON
from .. import limits
from .evidence import SeenLine
from .headlines import (
    LONGEST,
    is_dated,
    is_heading,
    is_of_text,
    is_stamp,
    is_value,
    may_be_title,
    says_of_text,
)

_MOST = 6
_PAIRS = (("\u300a", "\u300b"), ("\u201c", "\u201d"), ("\uff08", "\uff09"), ("\u3008", "\u3009"))
_APART = pattern("\\S[ \u3000\t\u00a0\u2002>|]+\\S")
"""White space or a bar between words."""


class TitleSpan(NamedTuple):
    """A title's lines, first to last, as places in the list; quality: `known`, or how much its parts say; lead:
    how far its score is above that of the best span beside it."""

    first: int
    last: int
    quality: str
    score: int
    lead: int = 0


def front_span(
    lines: Sequence[SeenLine], end: int, begin: int, known: Sequence[str], cells: Set[int] = frozenset()
) -> TitleSpan | None:
    """The best span among the lines before `end`.  begin: where the text begins, below which hardly a title stands;
    known: titles the page gives, as keys; cells: lines that are a table's or head a list, and no title."""
    found: list[TitleSpan] = []
    said = [name for name in known if name]
    keys = [line.key for line in lines[: end + _MOST]]
    body = "".join(line.text for line in lines[end : end + limits.TITLE_BODY])
    path = max((line.at for line in lines[:end] if furniture.phrase(line.key, "before") == "navigation"), default=-1)
    menus = _menus(lines, end, cells)
    below = {at + 2 for at in menus if at + 1 not in menus and at + 2 <= begin}
    labels = Counter(_label(line) for line in lines if "speaker" in line.forms)
    heads = _heads_text(lines, begin, cells)
    for first in range(end):
        if not may_be_title(lines[first]) or first in cells:
            continue
        for last in range(first, min(first + _MOST, end)):
            if last > first and (not may_be_title(lines[last]) or last in cells or _parted(lines, first, last)):
                break
            span = _weighed(lines, first, last, said, keys, body)
            if span is None:
                continue
            if span.quality != "known":  # the page's own name stands above its menu, the title below
                less = 2 * (last < path) + 4 * (first in menus) + 4 * (first > begin)
                less += 6 * is_attributed(lines, first) + 6 * (labels[_label(lines[first])] >= limits.RUNNING)
                less += 6 * (first > 0 and is_value(lines[first - 1], lines[first])) + 4 * _is_field(lines, first)
                less += 3 * ("f:after" in lines[first].forms and not lines[first].has("about", "f:before"))
                span = _graded(first, last, span.score - less + 4 * (last in heads) + 2 * (first in below))
            found.append(span)
    if not found:
        return None
    best = max(found, key=lambda span: (span.score, -span.first, span.first - span.last))
    if (
        best.quality == "known"
        and best.first == best.last
        and lines[best.first].size <= limits.CONTROL
        and best.first == path + 1
    ):
        under = [span for span in found if span.first == best.last + 1 and _is_sure(lines, span)]
        best = max(under, key=lambda span: span.score, default=best)  # a section's name, and the title below it
    beside = [span.score for span in found if span.last < best.first or span.first > best.last]
    return _first_said(lines, best._replace(lead=best.score - max(beside, default=-9)), path)


def _is_sure(lines: Sequence[SeenLine], span: TitleSpan) -> bool:
    """A title by its own words, or a fair one above what is said of a text."""
    said = span.last + 1 < len(lines) and says_of_text(lines[span.last + 1])
    return span.quality == "strong" or (span.quality != "weak" and said and is_heading(lines[span.first]))


def _is_field(lines: Sequence[SeenLine], at: int) -> bool:
    """One of several lines that say a thing by its label each, as `地点` below `时间`; or the address of a person."""
    own = _label(lines[at])
    beside = [_label(lines[place]) for place in (at - 1, at + 1) if 0 <= place < len(lines)]
    return (bool(own) and any(label and label != own for label in beside)) or "@" in lines[at].text


def _label(line: SeenLine) -> str:
    """What stands before a line's colon; several lines say `地点` of something."""
    return line.text.replace(":", "\uff1a").partition("\uff1a")[0] if "speaker" in line.forms else ""


def _menus(lines: Sequence[SeenLine], end: int, cells: Set[int]) -> set[int]:
    """Lines in long runs of short ones of which some are names of menus, the last apart.  A run that a title heads,
    which says what kind of document it is, is its list."""
    out: set[int] = set()
    run: list[int] = []
    for line in lines[: end + 1]:
        if (
            line.at < end
            and line.at not in cells
            and line.size <= limits.MENU_NAME
            and line.mark is None
            and line.end in ("word", "close")
            and not (line.at + 1 < len(lines) and is_of_text(lines[line.at + 1]))
        ):
            run.append(line.at)
            continue
        short = sum(lines[at].size <= limits.CONTROL for at in run) * 3 >= 2 * len(run)
        most = limits.MENU if short else 2 * limits.MENU
        if len(run) > most and any(lines[at].has("f:before", "f:widget") for at in run):
            out.update(run[:-1] if "kind" not in lines[run[0]].forms else ())
        run = []
    return out


def _heads_text(lines: Sequence[SeenLine], begin: int, cells: Set[int]) -> set[int]:
    """Below many lines, as a page's menus are: the line above the day and the hour, or else the one above the text,
    where that speaks of it."""
    if begin <= limits.LONG_FRONT:
        return set()
    stamps = [line.at for line in lines[: begin + 1] if is_stamp(line) or is_dated(line) or line.sourced]
    out: set[int] = set()
    for at in stamps or (begin,):
        above = (line.at for line in reversed(lines[:at]) if is_heading(line) and line.at not in cells)
        out.add(next(above, -1))
    if stamps:
        return out
    body = "".join(line.text for line in lines[begin : begin + limits.TITLE_BODY])
    return {at for at in out if at >= 0 and _spoken_of(lines[at].text, body) > 0}


def is_attributed(lines: Sequence[SeenLine], at: int) -> bool:
    """The line says from where a text is, and then again its title, which stands above."""
    said = key(_BEFORE_TITLE.sub("", lines[at].text))
    return len(said) > 4 and said != lines[at].key and any(line.key == said for line in lines[:at])


_BEFORE_TITLE = pattern("^[^\uff1a:]{2,30}[\uff1a:]")


def _parted(lines: Sequence[SeenLine], first: int, last: int) -> bool:
    """More empty lines than between the title's first lines, where it may have ended above them."""
    if lines[last].gap <= lines[first + 1].gap:
        return False
    return "about" not in lines[first].forms or any("kind" in line.forms for line in lines[first:last])


def _first_said(lines: Sequence[SeenLine], best: TitleSpan, path: int) -> TitleSpan:
    """Where the same title stands on lines above, these; not where the page's menu stands between.  path: its last."""
    said = "".join(line.key for line in lines[best.first : best.last + 1])
    for first in range(path + 1 if path < best.first else 0, best.first):
        if first > 2 and best.first - first > limits.MENU and _is_listed(lines, first):
            continue
        joined = ""
        for last in range(first, min(first + _MOST, best.first)):
            joined += lines[last].key
            if joined == said and said:
                return best._replace(first=first, last=last)
            if not said.startswith(joined):
                break
    return best


def _is_listed(lines: Sequence[SeenLine], at: int) -> bool:
    """The line stands in a list of pages, among others that may be titles too."""
    beside = lines[at - 1 : at + 2]
    return all(may_be_title(line) and not line.sentence for line in beside)


def part_span(lines: Sequence[SeenLine], first: int) -> TitleSpan | None:
    """The best span that begins at a line: the title of a further part."""
    best: TitleSpan | None = None
    for last in range(first, min(first + 4, len(lines))):
        if not may_be_title(lines[last]) or (last > first and lines[last].mark):
            break
        span = _weighed(lines, first, last, (), [], "")
        if span is not None and (best is None or span.score > best.score):
            best = span
    return best


def _weighed(
    lines: Sequence[SeenLine], first: int, last: int, known: Sequence[str], keys: Sequence[str], body: str
) -> TitleSpan | None:
    joined = "".join(line.text.strip() for line in lines[first : last + 1])
    said = key(joined)
    if len(joined) > LONGEST + 40 or not said:
        return None
    if said in known:
        return TitleSpan(first, last, "known", 100 + min(last - first, 3))
    count = last - first + 1
    if count > 1 and "letterhead" in lines[first].forms:
        return None
    if count > 1 and any(line.mark or line.end in ("stop", "ask", "colon") for line in lines[first : last + 1]):
        return None
    score = _parts(joined, said)
    head = simplified(lines[first].text)
    after = lines[last + 1] if last + 1 < len(lines) else None
    tight = _tight(lines[first : last + 1], after)
    for at in range(first, last):
        text = simplified(lines[at].text)
        whole = "kind" in lines[at].forms and "organ" not in lines[at].forms and not GOES_ON.search(text)
        if _names_page(lines, at):
            score -= 6
        elif _open(text) or GOES_ON.search(text):
            score += 3
        elif at == first and "organ" in lines[at].forms:
            named = "about" in lines[at + 1].forms or lines[last].size <= 12 or tight
            score += 2 if named and "kind" in lines[last].forms else -4
        elif tight and not lines[at].has("kind", "speaker"):
            score += 1  # lines without a gap between them, with gaps around
        elif (
            lines[at].text.isascii()
            or "digits" in lines[at].forms
            or lines[at].has("speaker")
            or "about" in lines[at + 1].forms
        ):
            score -= 4  # names of the page's sections, what is wholly said below
        elif BEGINS_ON.match(lines[at + 1].text) or ("about" in lines[at].forms and "kind" not in lines[at].forms):
            score += 2
        elif whole:
            score -= 6
        elif "kind" in lines[last].forms and lines[at].size >= 10:
            score += 1
        else:
            score -= 4
        if lines[at].key and lines[at].key in lines[at + 1].key:
            score -= 6
    if count == 1:
        line = lines[first]
        score += (
            2 * (line.end == "ask") - 2 * (line.end == "stop") - 4 * (line.end == "colon") - 5 * (line.mark is not None)
        )
        score -= 3 * ("bracketed" in line.forms) + 3 * ("letterhead" in line.forms and "about" not in line.forms)
        score -= 2 * ("organ" in line.forms) + 2 * (len(said) < 4)
        if "spaced" in line.forms and _APART.search(line.text):
            score -= 3 if line.at == 0 else 2 * ("kind" not in line.forms)
        score -= 4 * line.has("said", "speaks", "keyed", "byline")
        score -= 4 * ("source-date" in line.forms and not line.has("about", "kind")) + 3 * (
            "digits" in line.forms or line.text.isascii()
        )
    if after is not None and says_of_text(after):
        score += 2  # what is said of a text stands below its title
    elif lines[last].text[-1] == "\u3002" and lines[last].size > limits.LONG_SENTENCE:
        score -= 3  # the text's first sentence
    elif all("label-only" in line.forms for line in lines[last + 1 : last + 4 : 2]) and last + 3 < len(lines):
        score += 3  # labels, each with its value below
    elif _open(head) and not _open(joined):
        score += 1
    if keys and len(said) > 4:
        score += 3 * any(_is_matter(line, said) for line in lines[last + 1 : last + limits.TITLE_BODY])
        score += 2 * (sum(other == said for other in keys) > 1 and not lines[first].sentence)
        score += 2 * any(other != said and other.endswith(said) for other in keys[:first] if len(other) > len(said))
        score -= 3 * any(
            other != said and other.endswith(said) and not is_attributed(lines, at)
            for at, other in enumerate(keys[last + 1 :], last + 1)
        )
    if body:
        score += _spoken_of(joined, body)
    score += 1 if first == 0 else 0
    return _graded(first, last, score)


def _is_matter(line: SeenLine, said: str) -> bool:
    """The line says by a label what a text is about, in the words of its title: `主旨`."""
    label, _, rest = line.text[: limits.NO_SENTENCE].replace(":", "\uff1a").partition("\uff1a")
    return len(label) <= limits.LABEL_ALONE and bool(rest) and key(rest).startswith(said)


def _names_page(lines: Sequence[SeenLine], at: int) -> bool:
    """`关于` below names of a menu that are as short."""
    near = lines[at - 1 : at + 1] if at else ()
    return len(near) == 2 and all(line.size <= limits.KEY and line.end == "word" for line in near)


def _tight(span: Sequence[SeenLine], after: SeenLine | None) -> bool:
    """Lines without a gap between them, with gaps around, that begin with an organ and end with a kind of paper."""
    if after is None or not after.gap or "kind" not in span[-1].forms or not span[0].has("organ", "about"):
        return False
    return not any(line.gap for line in span[1:]) and (span[0].at == 0 or span[0].gap > 0)


def _graded(first: int, last: int, score: int) -> TitleSpan:
    quality = "strong" if score >= 8 else "good" if score >= 5 else "fair" if score >= 2 else "weak"
    return TitleSpan(first, last, quality, score)


def _parts(joined: str, said: str) -> int:
    """How far a text is worded like a title."""
    plain = simplified(joined)
    score = 0
    ends = names_paper(plain) or "kind" in forms_of(plain)
    about = "关于" in plain[:40]
    if ends:
        score += 4 if len(said) > 5 else 2
    if about:
        score += 3 if ends else 0
        before = plain[: plain.index("关于")]
        if before and "organ" in forms_of(before):
            score += 2
    if _open(joined):
        score -= 5
    if len(joined) > 70:
        score -= 2
    return score + (1 if 8 <= len(joined) <= limits.ONE_LINE else 0)


def _spoken_of(title: str, body: str) -> int:
    """How far the text below is worded like a title: the name of a page's section is hardly spoken of in it."""
    pairs = {title[at : at + 2] for at in range(len(title) - 1)}
    pairs = {pair for pair in pairs if _WORD.fullmatch(pair)}
    return round(3 * sum(pair in body for pair in pairs) / len(pairs)) - 1 if pairs else 0


_WORD = pattern("[\u4e00-\u9fff]{2}")


def _open(text: str) -> bool:
    """A bracket or mark is left open or closed without a beginning."""
    return any(text.count(opening) != text.count(closing) for opening, closing in _PAIRS)
