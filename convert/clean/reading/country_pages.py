"""Web pages of Taiwan, Hong Kong, Japan and Korea: what their own words say of a line.

In: the lines of a text that is neither statute nor letter, and its country.  Out: those around its text, and in
Japanese and Korean, where the model knows no words, the short lines that head others; the model weighs the rest.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ...cjk.lines import Country
from ...cjk.pages import OutlineMark, PageLine, bulleted, heads, outline_of, rows_of
from ...cjk.taiwan import TAIWAN
from ...zh.patterns import pattern
from ...zh.rows import Rows
from .. import limits
from .decisions import outline
from .evidence import SeenLine
from .forms import FormLine

WHY = ("the words of such pages",)
_STATES = {
    "around": "F0 F1 F2 F3", "byline": "B1 B3", "picture": "C", "outlet": "M0", "annex": "A", "signed": "G",
    "heads": "H", "held": "P", "lead": "P", "body": "M0 M1",
}  # fmt: skip
_STOP = pattern("[\u3002.!?\uff01\uff1f\u300d\u300f]$")
_COLON = pattern("[:\uff1a]")
_Sought = list[tuple[PageLine, re.Pattern[str]]]
_STOP_END = pattern("[\uff1b:\uff1a]$")
_FRAMED_LABEL = pattern("\u3010[^\u3010\u3011]{2,24}\u3011[ \u3000]*[^\u3010\u3011 \u3000].*")
_DRAWN = pattern("[*\uff0a]{6,}|[\u2014\u2500\u2015_=\uff1d-]{6,}")


def by_page(country: Country, lines: Sequence[SeenLine], titled: bool) -> dict[int, FormLine]:
    """What the rows say of lines around the text, and which lines head it.  titled: the page says its title."""
    tried = rows_of(country).made(_readers)
    text = [
        at
        for at, line in enumerate(lines)
        if (line.size > limits.ONE_LINE or _is_sentence(line)) and not _DRAWN.fullmatch(line.text)
    ]
    first, last = (text[0], text[-1]) if text else (len(lines), -1)
    named = _above_stamp(country, lines, tried)
    if named is not None and first == named:  # a title as long as a line of text
        first = next((at for at in text if at > named + 1), len(lines))
    out: dict[int, FormLine] = {}
    held: set[int] = set()
    for at, line in enumerate(lines):
        row, found = next(
            ((row, found) for row, sought in tried if (found := sought.fullmatch(line.text))), (None, None)
        )
        if row is None or found is None or not line.unit.plain:
            continue
        if row.kind == "stamp":
            if not first < at < last:
                out[at] = FormLine("D3" if at > last else "D1", groups=_said(found), why=WHY)
        elif row.kind not in ("outlet", "annex") or at < first:
            groups = (("source", line.text),) if row.kind == "outlet" else tuple(found.groupdict().items())
            level = int(row.kind == "heads")
            held |= {at} if row.kind == "held" else set()
            out[at] = FormLine(_STATES[row.kind], level, groups=groups, why=WHY, reason=row.reason)
    if country is TAIWAN:
        out = {**_framed_labels(lines), **out}
    if not any(said.state == "H" for said in out.values()):  # fields of minutes stand in minutes
        out = {at: said for at, said in out.items() if said.state != "P" or at not in held}
    if not any(line.unit.role == "heading" for line in lines):
        out |= _outline(country, lines, out)
        out |= _underlined(country, lines, first, out)
        above = [at for at in range(first) if at not in out and lines[at].mark is None]
        if named is not None and named not in out and not titled:
            out[named] = FormLine("T", why=WHY)
            if named + 2 <= first and _is_subtitle(lines, named + 2, out):
                out[named + 2] = FormLine("U1", why=WHY)
        elif len(above) == 1 and not titled and out:
            out[above[0]] = FormLine("T", why=WHY)
        out |= _heads(country, lines, out) if country is not TAIWAN else outline(lines, out)
    return out


def _is_subtitle(lines: Sequence[SeenLine], at: int, known: dict[int, FormLine]) -> bool:
    """The one line between the day below a title and the text says more of what the title says."""
    line = lines[at]
    alone = at not in known and at + 1 < len(lines) and lines[at + 1].gap > 0 and _is_text(lines[at + 1])
    said = line.end in ("word", "close", "stop") and not _COLON.search(line.text[-1:])
    return alone and said and line.mark is None and 2 * limits.KEY <= line.size <= limits.HEADING


def _framed_labels(lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """Labels in brackets with what they say behind them, many of them one below the other: a table of a tender."""
    places = [at for at, line in enumerate(lines) if line.unit.plain and _FRAMED_LABEL.fullmatch(line.text)]
    touching = sum(after - before == 1 for before, after in itertools.pairwise(places))
    return {at: FormLine("P", why=WHY) for at in places} if touching >= limits.MENU_ROW else {}


def _above_stamp(country: Country, lines: Sequence[SeenLine], tried: _Sought) -> int | None:
    """The one line of a page of Taiwan or Hong Kong above the day it appeared: its title."""
    if country is not TAIWAN:
        return None
    names: list[int] = []
    for at, line in enumerate(lines[: limits.WINDOW * 2]):
        row = next((row for row, sought in tried if sought.fullmatch(line.text)), None)
        if row is not None and row.kind == "stamp":
            return names[0] if len(names) == 1 and names[0] == at - 1 else None
        if row is not None and row.kind == "around":
            continue
        names.append(at)
        if line.size > limits.NO_SENTENCE or line.mark is not None or _STOP_END.search(line.text):
            return None
    return None


def _underlined(
    country: Country, lines: Sequence[SeenLine], first: int, known: dict[int, FormLine]
) -> dict[int, FormLine]:
    """A press release of Hong Kong draws a row of asterisks below its title and of dashes below its headings; what is
    above the title is the site's."""
    out: dict[int, FormLine] = {}
    if country is not TAIWAN:
        return out
    titled = False
    for at in range(1, len(lines)):
        above, row = lines[at - 1], lines[at]
        if at - 1 in known or row.gap or not _DRAWN.fullmatch(row.text):
            continue
        if row.text[0] in "*\uff0a" and at <= limits.WINDOW and not titled:
            out |= {
                place: FormLine("F0", why=WHY, reason="navigation") for place in range(at - 1) if place not in known
            }
            out[at - 1] = FormLine("T", why=WHY)
            titled = True
        elif at > first and above.mark is None and above.end in ("word", "close") and above.size <= limits.HEADING:
            out[at - 1] = FormLine("H", 1, why=WHY)
    return out


def stamped(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """Lines that say when the page appeared."""
    out: dict[int, FormLine] = {}
    for row, sought in rows_of(country).made(_readers):
        for at, line in enumerate(lines):
            if row.kind == "stamp" and at not in out and line.unit.plain and (found := sought.fullmatch(line.text)):
                out[at] = FormLine("D1", groups=_said(found), why=WHY)
    return out


def _said(found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in found.groupdict().items() if value)


def around(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """What stands around the text of a statute or a letter as it was printed: the numbers of its pages."""
    rows = [(row, sought) for row, sought in rows_of(country).made(_readers) if row.kind == "around"]
    return {
        at: FormLine(_STATES["around"], why=WHY, reason=row.reason)
        for at, line in enumerate(lines)
        for row, sought in rows
        if line.unit.plain and sought.fullmatch(line.text)
    }


def _readers(rows: Rows[PageLine]) -> list[tuple[PageLine, re.Pattern[str]]]:
    return [(row, pattern(row.words)) for row in rows]


def _is_sentence(line: SeenLine) -> bool:
    return line.size > limits.SENTENCE and bool(_STOP.search(line.text))


def _is_text(line: SeenLine) -> bool:
    return line.size > limits.ONE_LINE or _is_sentence(line) or bulleted(line.text)


def _marks(rows: Rows[OutlineMark]) -> list[tuple[OutlineMark, re.Pattern[str]]]:
    return [(row, pattern(row.words)) for row in rows]


def _outline(country: Country, lines: Sequence[SeenLine], known: dict[int, FormLine]) -> dict[int, FormLine]:
    """Short lines with a mark of the country's outlines, each above lines without it; those that follow one another are
    a list.  A mark within another's part is within its level."""
    rows = outline_of(country)
    if rows is None:
        return {}
    marks = [
        next((row.family for row, sought in rows.made(_marks) if sought.match(line.text)), None)
        if at not in known and line.unit.plain
        else None
        for at, line in enumerate(lines)
    ]
    out: dict[int, FormLine] = {}
    opened: list[str] = []
    for at, mark in enumerate(marks):
        if mark is None:
            continue
        before = at and marks[at - 1] == mark and _is_name(lines[at - 1])
        if before or at + 1 == len(lines) or marks[at + 1] == mark or not _is_name(lines[at]):
            out[at] = FormLine("P", why=WHY)
            continue
        if mark in opened:
            del opened[opened.index(mark) + 1 :]
        else:
            opened.append(mark)
        out[at] = FormLine("H", len(opened), why=WHY)
    return out


def _is_name(line: SeenLine) -> bool:
    """A line names what follows: it is short, ends in no stop and says nothing behind a colon."""
    return line.size <= limits.LEAD and not _STOP.search(line.text) and not _COLON.search(line.text)


def _heads(country: Country, lines: Sequence[SeenLine], known: dict[int, FormLine]) -> dict[int, FormLine]:
    """Lines that head what is below them, with their levels: the second of two that stand together is within the first,
    and so are those after it, up to the next two."""

    first = next((at for at in range(1, len(lines)) if at not in known and _is_text(lines[at])), len(lines))
    body = lines[first:]
    spaced = sum(line.gap > 0 for line in body) * 2 > len(body)

    def may_head(at: int) -> bool:
        line = lines[at]
        return at not in known and line.mark is None and bool(line.gap or not spaced) and heads(country, line.text)

    runs: list[list[int]] = []
    at = first + 1
    while at < len(lines):
        end = at
        while end < len(lines) and may_head(end):
            end += 1
        if at < end < len(lines) and (_is_text(lines[end]) or spaced) and (_is_text(lines[at - 1]) or spaced):
            runs.append(list(range(at, end)))
        at = max(end, at + 1)
    out: dict[int, FormLine] = {}
    level = 1
    for run in runs:
        if len(run) == 2:
            level = 2
            out[run[0]] = FormLine("H", 1, why=WHY)
        out |= {at: FormLine("H", level if len(run) < 3 else 1, why=WHY) for at in run[len(run) == 2 :]}
    return out | {
        at: FormLine("P", why=WHY)
        for at in range(first + 1, len(lines))
        if at not in known and bulleted(lines[at].text)
    }
