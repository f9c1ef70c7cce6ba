"""Marked paragraphs as series: what stands in a row, what counts on, and how the members of each are made.

A mark says little alone; that the others of its series are headings, or clauses, says what it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..zh.marks import Mark, follows
from ..zh.patterns import pattern
from . import limits
from .draft import Unit

STOP = pattern("[\u3002\uff01\uff1f][\u201d\u2019\uff09\u300b]*")

_COMMA = pattern("[\uff0c\uff1b,;]")


def sentences(text: str) -> list[int]:
    """Where each sentence of a text ends."""
    return [match.end() for match in STOP.finditer(text)]


def is_law(marks: Sequence[Mark | None]) -> bool:
    """The text has articles: at least two that follow one another."""
    last = 0
    for mark in marks:
        if mark is not None and mark.family == "article":
            if mark.value == last + 1 and last:
                return True
            last = mark.value
    return False


class Series:
    """The marked lines of a text.

    first_end: where a line's first sentence ends, 0 where it has no stop.  alone: the line holds nothing beyond its
    first sentence.  row, count: the number of the row of neighbours, and of the series that counts on, it belongs to.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.marks = [unit.mark for unit in units]
        self.first_end = [0] * len(units)
        self.alone = [True] * len(units)
        self.row = [-1] * len(units)
        self.count = [-1] * len(units)
        self._rows: list[list[int]] = []
        self._counts: list[list[int]] = []
        self._gather()
        self._items = [self._clauses(row) for row in self._rows]
        self._headed = [self._has_leads(members) for members in self._counts]
        self._heading = [self._have_bodies(members) for members in self._counts]

    def _gather(self) -> None:
        latest: dict[str, int] = {}
        for at, mark in enumerate(self.marks):
            if mark is None:
                continue
            text = self.units[at].text
            found = STOP.search(text, mark.end)
            self.first_end[at] = found.end() if found else 0
            self.alone[at] = found is None or found.end() == len(text)
            if at and follows(self.marks[at - 1], mark):
                self._rows[self.row[at - 1]].append(at)
            else:
                self._rows.append([at])
            self.row[at] = len(self._rows) - 1
            before = latest.get(mark.family)
            if before is not None and follows(self.marks[before], mark):
                self._counts[self.count[before]].append(at)
            else:
                self._counts.append([at])
            self.count[at] = len(self._counts) - 1
            latest[mark.family] = at

    def is_item(self, at: int) -> bool:
        """One of a row of clauses, not of headings."""
        return self._items[self.row[at]]

    def size(self, at: int) -> int:
        """How many members the series has that counts on."""
        return len(self._counts[self.count[at]])

    def heads(self, at: int) -> bool:
        """Most of the series that stand alone have something below them that is not of the series."""
        return self._heading[self.count[at]]

    def is_headed(self, at: int) -> bool:
        """Most members of the series begin with a short sentence, as headings do and clauses of a rule do not."""
        return self._headed[self.count[at]]

    def _clauses(self, row: list[int]) -> bool:
        """The line before ends in a colon and the members are single clauses, or they end in semicolons."""
        texts = [self.units[at].text for at in row]
        mark = self.marks[row[0]]
        if sum(text[-1] in "\uff1b;" for text in texts) * 2 >= len(texts):
            return True
        announced = row[0] > 0 and self.units[row[0] - 1].text[-1] in "\uff1a:"
        narrow = mark is not None and mark.family != "han"
        return len(row) > 1 and announced and narrow and all(self.alone[at] for at in row)

    def _have_bodies(self, members: list[int]) -> bool:
        """Of the members that stand alone on their lines: a run-in heading has its body with it."""
        members = [at for at in members if self.alone[at]]
        bodies = 0
        for at in members:
            mark = self.marks[at]
            following = self.marks[at + 1] if at + 1 < len(self.marks) else mark
            bodies += following is None or mark is None or following.family != mark.family
        return bodies * 2 >= len(members)

    def _has_leads(self, members: list[int]) -> bool:
        leads = 0
        for at in members:
            text = self.units[at].text
            end = self.first_end[at]
            leads += (end <= limits.HEADING_SENTENCE and len(_COMMA.findall(text, 0, end)) <= 2) if end else True
        return leads * 10 >= len(members) * 7
