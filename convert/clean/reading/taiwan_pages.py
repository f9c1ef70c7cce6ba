"""Web pages of Taiwan, Hong Kong and Macau: what their own words say of a line.

In: the lines of a text that is neither statute nor letter, and its country.  Out: those around its text, its title and
day, and the lines that head others; the model weighs the rest.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ...cjk.lines import Country
from ...cjk.pages import PageLine, rows_of
from ...zh.patterns import pattern
from .. import limits
from .country_pages import WHY, is_sentence, is_text, outlined, page_readers
from .decisions import outline
from .evidence import SeenLine
from .forms import FormLine

_STATES = {
    "around": "F0 F1 F2 F3", "home": "F0 F1 F2 F3", "foot": "F0 F1 F2 F3", "tools": "F0 F1 F2 F3", "byline": "B1 B3",
    "picture": "C", "outlet": "M0", "annex": "A", "signed": "G", "contact": "M0", "enclosed": "A", "credit": "N",
    "section": "H", "heads": "H", "held": "P", "lead": "P", "body": "M0 M1",
}  # fmt: skip
_COLON = pattern("[:\uff1a]")
_Sought = list[tuple[PageLine, re.Pattern[str]]]
_STOP_END = pattern("[\uff1b:\uff1a]$")
_FRAMED_LABEL = pattern("\u3010[^\u3010\u3011]{2,24}\u3011[ \u3000]*[^\u3010\u3011 \u3000].*")
_DRAWN = pattern("[*\uff0a]{6,}|[\u2014\u2500\u2015_=\uff1d-]{6,}")


def taiwan_page(country: Country, lines: Sequence[SeenLine], titled: bool) -> dict[int, FormLine]:
    """What the rows say of lines around the text, and which lines head it.  titled: the page says its title."""
    tried = rows_of(country).made(page_readers)
    text = [
        at
        for at, line in enumerate(lines)
        if (line.size > limits.ONE_LINE or is_sentence(line)) and not _DRAWN.fullmatch(line.text)
    ]
    first, last = (text[0], text[-1]) if text else (len(lines), -1)
    named = _above_stamp(lines, tried)
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
    out = {**_framed_labels(lines), **out}
    if not any(said.state == "H" for said in out.values()):  # fields of minutes stand in minutes
        out = {at: said for at, said in out.items() if said.state != "P" or at not in held}
    if not any(line.unit.role == "heading" for line in lines):
        out |= outlined(country, lines, out)
        out |= _underlined(lines, first, out)
        above = [at for at in range(first) if at not in out and lines[at].mark is None]
        if named is not None and named not in out and not titled:
            out[named] = FormLine("T", why=WHY)
            if named + 2 <= first and _is_subtitle(lines, named + 2, out):
                out[named + 2] = FormLine("U1", why=WHY)
        elif len(above) == 1 and not titled and out:
            out[above[0]] = FormLine("T", why=WHY)
        out |= outline(lines, out)
    return out


def _is_subtitle(lines: Sequence[SeenLine], at: int, known: dict[int, FormLine]) -> bool:
    """The one line between the day below a title and the text says more of what the title says."""
    line = lines[at]
    alone = at not in known and at + 1 < len(lines) and lines[at + 1].gap > 0 and is_text(lines[at + 1])
    said = line.end in ("word", "close", "stop") and not _COLON.search(line.text[-1:])
    return alone and said and line.mark is None and 2 * limits.KEY <= line.size <= limits.HEADING


def _framed_labels(lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """Labels in brackets with what they say behind them, many of them one below the other: a table of a tender."""
    places = [at for at, line in enumerate(lines) if line.unit.plain and _FRAMED_LABEL.fullmatch(line.text)]
    touching = sum(after - before == 1 for before, after in itertools.pairwise(places))
    return {at: FormLine("P", why=WHY) for at in places} if touching >= limits.MENU_ROW else {}


def _above_stamp(lines: Sequence[SeenLine], tried: _Sought) -> int | None:
    """The one line of a page of Taiwan or Hong Kong above the day it appeared: its title."""
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


def _underlined(lines: Sequence[SeenLine], first: int, known: dict[int, FormLine]) -> dict[int, FormLine]:
    """A press release of Hong Kong draws a row of asterisks below its title and of dashes below its headings; what is
    above the title is the site's."""
    out: dict[int, FormLine] = {}
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
    for row, sought in rows_of(country).made(page_readers):
        for at, line in enumerate(lines):
            if row.kind == "stamp" and at not in out and line.unit.plain and (found := sought.fullmatch(line.text)):
                out[at] = FormLine("D1", groups=_said(found), why=WHY)
    return out


def _said(found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in found.groupdict().items() if value)
