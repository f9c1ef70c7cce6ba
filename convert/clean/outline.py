"""Headings and run-in headings: which marks stand for them, and on which level, decided over the whole document.

Numbering first: a mark alone on its line heads what follows, before a sentence it is a run-in heading, one of a tight
series of clauses it is an item.  Levels are the order in which the families nest in this document, so that no level
is skipped.  Where a text has articles, only divisions are headings.  What stands without a mark is judged in `leads`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .draft import Draft, Unit
from .numbering import DIVISIONS, FAMILIES, Mark

STOP = re.compile("[\u3002\uff01\uff1f][\u201d\u2019\uff09\u300b]*")
_OPEN_END = "\uff1b;\uff1a:\uff0c,\u3001"
_RANK = {family: rank for rank, family in enumerate(FAMILIES)}

LONGEST_HEADING = 80
"""Characters of a heading that has no stop at its end; one that has is a sentence, and shorter (`LONGEST_SENTENCE`)."""
LONGEST_SENTENCE = 60
_LEAVES = frozenset({"ordinal", "dash"})
"""Families whose run-in headings head their own paragraph and nothing after it."""

_NAMED = re.compile("(?:总|分|附)[ \u2002\u3000]*则|序[ \u2002\u3000]*言|\\S{1,8}编")
"""Divisions of a code that carry no number."""


def sentences(text: str) -> list[int]:
    """Where each sentence of a text ends."""
    return [match.end() for match in STOP.finditer(text)]


class Levels:
    """The families in force, from the widest; a family's place among them is its level."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []

    def __len__(self) -> int:
        return len(self._open)

    def enter(self, family: str, *, leaf: bool = False) -> int:
        """The level of a mark that begins here.  leaf: nothing will nest in it."""
        names = [name for name, _ in self._open]
        if family in names:
            del self._open[names.index(family) :]
        else:
            while self._open and (self._open[-1][1] or _narrower(self._open[-1][0], family)):
                self._open.pop()
        self._open.append((family, leaf))
        return len(self._open)

    def close(self) -> None:
        """A part without a mark begins: nothing is in force."""
        self._open.clear()


def _narrower(family: str, than: str) -> bool:
    """Both are ranked, and `family` cannot hold `than`."""
    if than in _LEAVES or family in _LEAVES:
        return False
    return _RANK.get(family, 0) > _RANK.get(than, 99)


def outline(draft: Draft) -> None:
    """`一` U+3001 `总体要求` -> heading; U+FF08 `一` U+FF09 `经济稳中有进` U+3002 `我们` ... -> run-in heading."""
    units = [unit for unit in draft.units if unit.role in (None, "heading") and unit.text]
    marks = [unit.mark for unit in units]
    law = is_law(marks)
    levels = Levels()
    for at, (unit, mark) in enumerate(zip(units, marks, strict=True)):
        if mark is None:
            if law and unit.role is None and _NAMED.fullmatch(unit.text):
                levels.close()
                unit.role, unit.level = "heading", levels.enter("part")
            continue
        if law:
            if _heads_articles(unit.text, mark, marks[at + 1 : at + 2]):
                unit.role, unit.level = "heading", levels.enter(mark.family)
            continue
        if unit.role is None and _item(units, marks, at):
            continue
        _label(unit, mark, units, marks, at, levels)


def is_law(marks: Sequence[Mark | None]) -> bool:
    """The text has articles: at least two that follow one another."""
    values = [mark.value for mark in marks if mark and mark.family == "article"]
    return any(after == before + 1 for before, after in zip(values, values[1:], strict=False))


def _heads_articles(text: str, mark: Mark, following: Sequence[Mark | None]) -> bool:
    """Divisions are headings; another mark is one where its line is no sentence and articles follow at once."""
    if STOP.search(text) or text[-1] in _OPEN_END or len(text) > LONGEST_HEADING:
        return False
    if mark.family in DIVISIONS:
        return True
    next_mark = following[0] if following else None
    return mark.family in ("han", "han_paren") and next_mark is not None and next_mark.family == "article"


def _item(units: list[Unit], marks: list[Mark | None], at: int) -> bool:
    """One of a tight series of clauses: the line before ends in a colon, or lines of the series end in semicolons."""
    mark = marks[at]
    assert mark is not None
    first = last = at
    while first and _same_series(marks[first - 1], marks[first]):
        first -= 1
    while last + 1 < len(units) and _same_series(marks[last], marks[last + 1]):
        last += 1
    if first == last:
        return units[at].text[-1] in "\uff1b;"
    series = [unit.text for unit in units[first : last + 1]]
    if sum(text[-1] in "\uff1b;" for text in series) * 2 >= len(series):
        return True
    announced = first > 0 and units[first - 1].text[-1] in "\uff1a:"
    return announced and all(len(sentences(text)) <= 1 for text in series) and mark.family != "han"


def _same_series(before: Mark | None, after: Mark | None) -> bool:
    if before is None or after is None or before.family != after.family:
        return False
    return after.value == before.value + 1 or before.family == "dash"


def _label(unit: Unit, mark: Mark, units: list[Unit], marks: list[Mark | None], at: int, levels: Levels) -> None:
    text = unit.text
    ends = sentences(text)
    alone = not ends or ends[0] == len(text)
    if unit.role == "heading" or (alone and _is_heading(text, ends, mark, units, marks, at)):
        unit.role, unit.level = "heading", levels.enter(mark.family)
    elif (
        not alone
        and ends[0] <= LONGEST_HEADING
        and (mark.family != "ordinal" or _series_of_paragraphs(units, marks, at))
    ):
        unit.level = levels.enter(mark.family, leaf=mark.family in _LEAVES)
        unit.run_in = ends[0]


def _is_heading(text: str, ends: list[int], mark: Mark, units: list[Unit], marks: list[Mark | None], at: int) -> bool:
    if text[-1] in _OPEN_END or mark.family == "ordinal" or mark.end >= len(text):
        return False
    if len(text) > (LONGEST_SENTENCE if ends else LONGEST_HEADING):
        return False
    if not ends:
        return True
    # A sentence is a heading only where it heads something: text that is not of its own series.
    following = marks[at + 1] if at + 1 < len(units) else mark
    return following is None or following.family != mark.family


def _series_of_paragraphs(units: list[Unit], marks: list[Mark | None], at: int) -> bool:
    """`一是` and `二是` begin neighbouring paragraphs, and do not follow one another inside one."""
    mark = marks[at]
    neighbours = [marks[near] for near in (at - 1, at + 1) if 0 <= near < len(units)]
    beside = any(
        other and other.family == "ordinal" and abs(other.value - mark.value) == 1 for other in neighbours if mark
    )
    return beside and not re.search("[\u3002\uff1b]二[是要]", units[at].text)
