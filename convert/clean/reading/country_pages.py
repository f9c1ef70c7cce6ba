"""Web pages of Japan and Korea: what their own words say of a line.

In: the lines of a text that is neither statute nor letter, and its country.  Out: those around its text, and in
Japanese and Korean, where the model knows no words, the short lines that head others; the model weighs the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...cjk.lines import Country
from ...cjk.pages import OutlineMark, PageLine, bulleted, heads, outline_of, rows_of
from ...zh.patterns import pattern
from ...zh.rows import Rows
from .. import limits
from .evidence import SeenLine
from .forms import FormLine

WHY = ("the words of such pages",)
_STATES = {
    "around": "F0 F1 F2 F3", "home": "F0 F1 F2 F3", "foot": "F0 F1 F2 F3", "tools": "F0 F1 F2 F3", "byline": "B1 B3",
    "picture": "C", "outlet": "M0", "annex": "A", "signed": "G", "contact": "M0", "enclosed": "A", "credit": "N",
    "section": "H",
}  # fmt: skip
_STOP = pattern("[\u3002.!?\uff01\uff1f\u300d\u300f]$")
_END = pattern("[\u3002.!\uff01\u300d\u300f,\uff0c\u3001]$")
_ASIDE = pattern("[\uff08(][^\uff08\uff09()]*[\uff09)]")
_QUOTED = pattern("\u300c[^\u300c\u300d]+\u300d")
_ASKS = pattern("[?\uff1f]$")
_COLON = pattern("[:\uff1a](?![0-9])|(?<![0-9])[:\uff1a]")


def by_page(country: Country, lines: Sequence[SeenLine], titled: bool, named: int | None = None) -> dict[int, FormLine]:
    """What the rows say of lines around the text, and which lines head it.  titled: the page says its title; named: the
    line that its path names."""
    tried = rows_of(country).made(page_readers)
    text = [at for at, line in enumerate(lines) if line.size > limits.ONE_LINE or is_sentence(line)]
    out = {} if titled else {named: FormLine("T", why=WHY)} if named is not None else _said_twice(country, lines)
    text = [at for at in text if at not in out]
    first, last = (text[0], text[-1]) if text else (len(lines), -1)
    for at, line in enumerate(lines):
        row, found = next(
            ((row, found) for row, sought in tried if (found := sought.fullmatch(line.text))), (None, None)
        )
        if row is None or found is None or not line.unit.plain or at in out:
            continue
        if row.kind == "stamp":
            if not first < at < last:
                out[at] = FormLine("D3" if at > last else "D1", groups=(("date", found["date"]),), why=WHY)
        elif row.kind == "annex" and at > first:
            out |= _annexed(lines, at)
        elif row.kind not in ("outlet", "annex", "contact") or at < first:
            groups = (("source", line.text),) if row.kind == "outlet" else tuple(found.groupdict().items())
            level = int(row.kind == "section")
            out[at] = FormLine(_STATES[row.kind], level, groups=groups, why=WHY, reason=row.reason)
            if (
                row.kind == "tools"
                and not titled
                and at
                and at - 1 not in out
                and not any(map(is_sentence, lines[:at]))
            ):
                out |= {above: FormLine(_STATES["home"], why=WHY, reason="navigation") for above in range(at - 1)}
                out[at - 1] = FormLine("T", why=WHY)
            elif row.kind == "enclosed":
                out |= {below: FormLine("A", why=WHY) for below in _counted(lines, at + 1)}
    if not any(line.unit.role == "heading" for line in lines):
        out |= outlined(country, lines, out)
        if not titled and 0 in out and out[0].state == "H":
            del out[0]  # what stands first is a title
        out |= _broken_title(country, lines, out)
        above = [at for at in range(first) if at not in out and lines[at].mark is None]
        if len(above) == 1 and not titled and out and not any(one.state == "T" for one in out.values()):
            out[above[0]] = FormLine("T", why=WHY)
        heads = _heads(country, lines, out)
        out = _numbered_within(country, lines, out, heads) | heads
    return _below_annexes(out)


_NUMBERED = pattern("[0-9\uff10-\uff19]{1,2}[.)\uff0e\u3001]")


def _numbered_within(
    country: Country, lines: Sequence[SeenLine], marked: dict[int, FormLine], heads: dict[int, FormLine]
) -> dict[int, FormLine]:
    """Numbers that begin below headings without a mark are within them, where no rank says their level."""
    if any(row.rank for row in outline_of(country) or ()):
        return marked
    wide = [at for at, one in heads.items() if one.state == "H" and one.level == 1]
    numbers = [at for at, one in marked.items() if one.state == "H" and _NUMBERED.match(lines[at].text)]
    if not wide or not numbers or min(wide) > min(numbers):
        return marked
    return {at: one._replace(level=one.level + 1) if one.level and at > wide[0] else one for at, one in marked.items()}


def _broken_title(country: Country, lines: Sequence[SeenLine], known: dict[int, FormLine]) -> dict[int, FormLine]:
    """A title on two lines, of which the second ends as such titles do."""
    if not country.titled or len(lines) < 3 or not {0, 1}.isdisjoint(known) or lines[1].gap:
        return {}
    ends = [bool(pattern(country.titled).search(line.text)) for line in lines[:2]]
    if ends != [False, True] or max(line.size for line in lines[:2]) > limits.ONE_LINE or _STOP.search(lines[0].text):
        return {}
    return {0: FormLine("T", why=WHY), 1: FormLine("t", why=WHY)}


def _said_twice(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """A title that a page says twice above its text: the second is the title; a sentence is one above the day."""
    for at, line in enumerate(lines[: limits.REPEATED_OVER]):
        below = range(at + 1, min(at + 1 + limits.REPEATED_OVER, len(lines)))
        again = [place for place in below if lines[place].key == line.key]
        if again and is_sentence(line):
            after = lines[again[-1] + 1 : again[-1] + 1 + limits.WINDOW]
            again = again if any(_kind(country, one) == "stamp" for one in after) else []
        if again and line.size > limits.SENTENCE and line.unit.plain:
            first = FormLine(_STATES["home"], why=WHY, reason="repeats the title")
            return {at: first, again[-1]: FormLine("T", why=WHY)}
    return {}


def _counted(lines: Sequence[SeenLine], at: int) -> range:
    """Numbered lines from a place on."""
    end = at
    while end < len(lines) and _NUMBERED.match(lines[end].text):
        end += 1
    return range(at, end)


def _annexed(lines: Sequence[SeenLine], at: int) -> dict[int, FormLine]:
    """An annex within a text, and the line below it, which is its title."""
    out = {at: FormLine("A", why=WHY)}
    if at + 1 < len(lines) and lines[at + 1].size <= limits.ONE_LINE and lines[at + 1].mark is None:
        out[at + 1] = FormLine("H", 1, groups=_ANNEX, why=WHY)
    return out


_ANNEX = (("annex", "title"),)
"""Marks the title of an annex while a page is read."""


def _below_annexes(said: dict[int, FormLine]) -> dict[int, FormLine]:
    """Headings of an annex are within its title."""
    out: dict[int, FormLine] = {}
    within = 0
    for at in sorted(said):
        one = said[at]
        if one.groups == _ANNEX:
            within = 1
            out[at] = one._replace(groups=())
        else:
            out[at] = one._replace(level=one.level + within) if one.level else one
    return out


def framed(country: Country, lines: Sequence[SeenLine]) -> tuple[int, int, dict[int, FormLine], int | None]:
    """Where a page's text begins and ends, the lines outside: the path to the page above it, what the page has of its
    own below it; and the line that the path names, which is the page's title."""
    kinds = [_kind(country, line) for line in lines]
    end = _foot(lines, kinds)
    begin = _path(lines[:end], kinds)
    outside = {at: FormLine(_STATES["home"], why=WHY, reason="navigation") for at in range(begin)}
    outside |= {at: FormLine(_STATES["foot"], why=WHY, reason="footer") for at in range(end, len(lines))}
    outside |= {at: FormLine(_STATES["home"], why=WHY, reason="navigation") for at in _menus(lines[:end])}
    said = around(country, lines)
    keys = {lines[begin - 1].key} if begin else set()
    named = next((at for at in range(begin, min(end, begin + limits.HEAD_LINES)) if lines[at].key in keys), None)
    return begin, end, {at: said.get(at, one) for at, one in outside.items()}, named


def above(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """What stands above the articles of a statute that is only proposed: its parts, the day."""
    out: dict[int, FormLine] = {}
    for row, sought in rows_of(country).made(page_readers):
        for at, line in enumerate(lines):
            if at in out or not line.unit.plain or (found := sought.fullmatch(line.text)) is None:
                continue
            if row.kind == "section":
                out[at] = FormLine("H", 1, why=WHY)
            elif row.kind == "stamp":
                out[at] = FormLine("D1", groups=(("date", found["date"]),), why=WHY)
    return out


def _kind(country: Country, line: SeenLine) -> str:
    tried = rows_of(country).made(page_readers)
    return next((row.kind for row, sought in tried if sought.fullmatch(line.text)), "") if line.unit.plain else ""


def _path(lines: Sequence[SeenLine], kinds: Sequence[str]) -> int:
    """Behind the path to a page: names of menus, and the page's own where the text says it again."""
    if not lines or kinds[0] != "home":
        return 0
    end = next((at for at in range(1, len(lines)) if _ends_path(lines, at) or at > limits.MENU), 0)
    if end > limits.MENU:
        return 0
    return end + any(line.key == lines[end].key for line in lines[end + 1 :])


def _ends_path(lines: Sequence[SeenLine], at: int) -> bool:
    """The line is too long for a menu's name, or the page says it again right below."""
    return lines[at].size > limits.MENU_NAME or any(
        line.key == lines[at].key for line in lines[at + 1 : at + 1 + limits.WINDOW]
    )


def _menus(lines: Sequence[SeenLine]) -> range:
    """Names of a menu above a text, which stand twice in a row."""
    above = next((at for at, line in enumerate(lines) if line.size > limits.ONE_LINE or is_sentence(line)), len(lines))
    keys = [line.key for line in lines[:above]]
    if above == len(lines) or any(key.isdigit() for key in keys):
        return range(0)  # cells of a table
    for at in range(above):
        for long in range(limits.MENU_TWICE, (above - at) // 2 + 1):
            if keys[at : at + long] == keys[at + long : at + 2 * long]:
                return range(at, at + 2 * long)
    return range(0)


def _foot(lines: Sequence[SeenLine], kinds: Sequence[str]) -> int:
    """Where nothing but the page's own follows: from the last line that ends a text, when no sentence stands below."""
    foot = max((at for at, kind in enumerate(kinds) if kind == "foot"), default=len(lines))
    if foot == len(lines) or any(map(is_sentence, lines[foot:])):
        return len(lines)
    while (before := [at for at, kind in enumerate(kinds[:foot]) if kind == "foot"]) and not any(
        map(is_sentence, lines[before[-1] : foot])
    ):
        foot = before[-1]
    heads = [line for line in lines[: limits.DATED] if not _STOP.search(line.text)]
    keys = {_bare(line) for line in heads if line.size > limits.REPEATED_WHOLE}
    above = range(max(foot - limits.REPEATED_OVER, limits.DATED), foot)
    return next((at for at in above if _bare(lines[at]) in keys), foot)


def _bare(line: SeenLine) -> str:
    """A line without the circle that registers of by-laws set before a title."""
    return line.key.removeprefix("\u25cb")


def around(country: Country, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """What stands around the text of a statute or a letter as it was printed: the numbers of its pages."""
    rows = [(row, sought) for row, sought in rows_of(country).made(page_readers) if row.kind in ("around", "foot")]
    return {
        at: FormLine(_STATES["around"], why=WHY, reason=row.reason)
        for at, line in enumerate(lines)
        for row, sought in rows
        if line.unit.plain and sought.fullmatch(line.text)
    }


def page_readers(rows: Rows[PageLine]) -> list[tuple[PageLine, re.Pattern[str]]]:
    """Each row with its pattern."""
    return [(row, pattern(row.words)) for row in rows]


def is_sentence(line: SeenLine) -> bool:
    """A line as long as a sentence, with its stop."""
    return line.size > limits.SENTENCE and bool(_STOP.search(line.text))


def is_text(line: SeenLine) -> bool:
    """A line of text: long, a sentence, or an item."""
    return line.size > limits.ONE_LINE or is_sentence(line) or bulleted(line.text)


def _marks(rows: Rows[OutlineMark]) -> list[tuple[OutlineMark, re.Pattern[str]]]:
    return [(row, pattern(row.words)) for row in rows]


def outlined(country: Country, lines: Sequence[SeenLine], known: dict[int, FormLine]) -> dict[int, FormLine]:
    """Short lines with a mark of the country's outlines, each above lines without it; those that follow one another are
    a list.  A mark within another's part is within its level."""
    rows = outline_of(country)
    if rows is None:
        return {}
    marks = [
        next((row for row, sought in rows.made(_marks) if sought.match(line.text)), None)
        if at not in known and line.unit.plain
        else None
        for at, line in enumerate(lines)
    ]
    out: dict[int, FormLine] = {}
    opened: list[OutlineMark] = []
    gaps = any(line.gap for line in lines)
    for at, mark in enumerate(marks):
        if mark is None:
            opened = [] if at in known and known[at].groups == _ANNEX else opened
            continue
        before = at and marks[at - 1] == mark and _is_name(lines[at - 1]) and not (gaps and lines[at].gap)
        after = at + 1 < len(lines) and marks[at + 1] == mark and not (gaps and lines[at + 1].gap)
        if before or at + 1 == len(lines) or after or not _is_name(lines[at]):
            out[at] = FormLine("P", why=WHY)
            continue
        if mark in opened:
            del opened[opened.index(mark) + 1 :]
        else:
            while mark.rank and opened and opened[-1].rank >= mark.rank:
                opened.pop()
            opened.append(mark)
        out[at] = FormLine("H", len(opened), why=WHY)
    return out


def _is_name(line: SeenLine) -> bool:
    """A line names what follows: it is short, ends in no stop and says nothing behind a colon."""
    said = _ASIDE.sub("", line.text)
    return line.size <= limits.LEAD and not _END.search(said) and not _COLON.search(said)


def _heads(country: Country, lines: Sequence[SeenLine], known: dict[int, FormLine]) -> dict[int, FormLine]:
    """Lines that head what is below them, with their levels: the second of two that stand together is within the first,
    and so are those after it, up to the next two."""

    first = next((at for at in range(1, len(lines)) if at not in known and is_text(lines[at])), len(lines))
    body = lines[first:]
    spaced = sum(line.gap > 0 for line in body) * 2 > len(body)

    def may_head(at: int) -> bool:
        line = lines[at]
        if _ASKS.search(line.text) and _ASKS.search(lines[at - 1].text):
            return False  # a text that asks on
        return at not in known and line.mark is None and bool(line.gap or not spaced) and heads(country, line.text)

    runs: list[list[int]] = []
    at = first + 1
    while at < len(lines):
        end = at
        while end < len(lines) and may_head(end):
            end += 1
        if at < end < len(lines) and (is_text(lines[end]) or spaced) and (is_text(lines[at - 1]) or spaced):
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
        if at not in known and (bulleted(lines[at].text) or _QUOTED.fullmatch(lines[at].text))
    }
