"""Headings and run-in headings: which marks stand for them, and on which level, decided over the whole document.

Numbering first: a mark alone on its line heads what follows, before a sentence it is a run-in heading, one of a tight
series of clauses it is an item.  Levels are the order in which the families nest in this document, so that no level
is skipped.  Where a text has articles, only divisions are headings.  What stands without a mark is judged in `leads`.
"""

from __future__ import annotations

from ..zh import marks as families
from ..zh.marks import Mark
from ..zh.patterns import pattern
from ..zh.sections import named_division
from . import limits
from .draft import Draft, Unit
from .series import STOP, Series, is_law

_OPEN_END = "\uff1b;\uff1a:\uff0c,\u3001"
_ELEMENT = pattern("h[1-6]")


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
        elif _ELEMENT.fullmatch(family):
            while names and _ELEMENT.fullmatch(names[-1]) and names[-1] > family:
                self._open.pop()
                names.pop()
        else:
            while self._open and (self._open[-1][1] or _narrower(self._open[-1][0], family)):
                self._open.pop()
        self._open.append((family, leaf))
        return len(self._open)


def _narrower(family: str, than: str) -> bool:
    """Both are ranked, and `family` cannot hold `than`."""
    leaves = families.leaves()
    if than in leaves or family in leaves:
        return False
    return families.rank_of(family, 0) > families.rank_of(than, 99)


def outline(draft: Draft) -> None:
    """`一` U+3001 `总体要求` -> heading; U+FF08 `一` U+FF09 `经济稳中有进` U+3002 `我们` ... -> run-in heading."""
    units = [unit for unit in draft.units if unit.role in (None, "heading") and unit.text]
    series = Series(units)
    levels = Levels()
    if is_law(series.marks):
        _law(units, series.marks, levels)
        return
    for at, unit in enumerate(units):
        mark = series.marks[at]
        if mark is None or (unit.role is None and series.is_item(at)):
            continue
        if unit.role == "heading" or _is_heading(series, at, mark):
            unit.role, unit.level = "heading", levels.enter(mark.family)
        elif _is_run_in(series, at, mark):
            unit.run_in, unit.level = (
                series.first_end[at],
                levels.enter(mark.family, leaf=mark.family in families.leaves()),
            )


def _law(units: list[Unit], marks: list[Mark | None], levels: Levels) -> None:
    """Divisions are headings; another mark is one where its line is no sentence and an article follows at once."""
    found = {mark.family for mark in marks if mark}
    widest = next((family for family in families.divisions() if family in found), "chapter")
    for at, (unit, mark) in enumerate(zip(units, marks, strict=True)):
        text = unit.text
        if mark is None:
            family = _named(text, widest) if unit.role is None else None
            if family is not None:
                unit.role, unit.level = "heading", levels.enter(family)
            continue
        if STOP.search(text) or text[-1] in _OPEN_END or len(text) > limits.HEADING:
            continue
        following = marks[at + 1] if at + 1 < len(marks) else None
        heads = mark.family in ("han", "han_paren") and following is not None and following.family == "article"
        if mark.family in families.divisions() or heads:
            unit.role, unit.level = "heading", levels.enter(mark.family)


def _named(text: str, widest: str) -> str | None:
    """The family of a division without a number; what stands beside the widest divisions is as wide as these."""
    division = named_division(text)
    return widest if division == "beside" else division


def _is_heading(series: Series, at: int, mark: Mark) -> bool:
    text = series.units[at].text
    if (
        not _founded(series, at, mark)
        or not series.alone[at]
        or text[-1] in _OPEN_END
        or mark.family == "ordinal"
        or mark.end >= len(text)
    ):
        return False
    if mark.family == "dash" and len(text) - mark.end < limits.DASHED_HEADING:
        return False
    if not series.first_end[at]:
        return len(text) <= limits.HEADING
    # A sentence is a heading only where its series has headings and it heads something that is not of the series.
    following = series.marks[at + 1] if at + 1 < len(series.marks) else mark
    other = following is None or following.family != mark.family
    return len(text) <= limits.HEADING_SENTENCE and series.is_headed(at) and series.heads(at) and other


def _founded(series: Series, at: int, mark: Mark) -> bool:
    return mark.family in families.strong() or mark.value == 1 or series.size(at) > 1


def _is_run_in(series: Series, at: int, mark: Mark) -> bool:
    if series.alone[at] or series.first_end[at] > limits.HEADING_SENTENCE or not series.is_headed(at):
        return False
    if not _founded(series, at, mark):
        return False
    return mark.family != "ordinal" or _series_of_paragraphs(series, at, mark)


_INSIDE = pattern("[\u3002\uff1b]二[是要]")


def _series_of_paragraphs(series: Series, at: int, mark: Mark) -> bool:
    """`一是` and `二是` begin neighbouring paragraphs, and do not follow one another inside one."""
    near = series.marks[max(at - 1, 0) : at] + series.marks[at + 1 : at + 2]
    beside = any(other and other.family == "ordinal" and abs(other.value - mark.value) == 1 for other in near)
    return beside and not _INSIDE.search(series.units[at].text)
