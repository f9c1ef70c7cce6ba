"""What a long table keeps of its cells.

In: the lines of a cell as they are laid out.  Out: the same lines; of what is alike in many cells (widths, classes of
characters, the text itself) there is one copy, for a table of 20,000 rows has a hundred thousand cells, all of which
stand in memory until their pages are painted.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from msgspec.structs import replace

from .justify import Line
from .rows import Band, BandItem, TextItem
from .shape import Shaped

T = TypeVar("T", bound=Hashable)

_NOTHING: Mapping[int, Any] = MappingProxyType({})


class Once:
    """Equal values -> the first of them.  One is made for each table: what it knows goes with it."""

    def __init__(self) -> None:
        self._known: dict[tuple[type, Any], Any] = {}
        self._shaped: dict[Any, Shaped] = {}
        self._lines: dict[Any, Line] = {}

    def value(self, value: T) -> T:
        """A value that holds numbers of one type only: 0 and 0.0 are equal, and not alike."""
        known: T = self._known.setdefault((type(value), value), value)
        return known

    def rows(self, rows: list[Band]) -> list[Band]:
        """The lines of a cell, their text kept once."""
        done: dict[int, Shaped] = {}  # a paragraph is all its lines'
        return [replace(row, items=[self._item(item, done) for item in row.items]) for row in rows]

    def _item(self, item: BandItem, done: dict[int, Shaped]) -> BandItem:
        if not isinstance(item, TextItem) or item.shaped.glosses or item.shaped.levels is not None:
            return item
        if id(item.shaped) not in done:
            done[id(item.shaped)] = self._text(item.shaped)
        return replace(item, shaped=done[id(item.shaped)], line=self._line(item.line))

    def _text(self, shaped: Shaped) -> Shaped:
        stretches = tuple(map(self.value, shaped.stretches))
        advance = self._lengths(shaped.advance)
        key = shaped.text, shaped.classes, stretches, advance
        if (known := self._shaped.get(key)) is None:
            known = self._shaped[key] = shaped._replace(
                classes=self.value(shaped.classes),
                may=self.value(bytes(shaped.may)),
                advance=advance,
                shift=self._lengths(shaped.shift),
                glyph=tuple(map(self.value, shaped.glyph)),
                stretches=self.value(stretches),
                glosses=(),
                gaps=self.value(tuple(shaped.gaps)),
                left=self.value(shaped.left),
                right=self.value(shaped.right),
                boxed=self.value(shaped.boxed),
                hyphens=shaped.hyphens or _NOTHING,
                lift=shaped.lift or _NOTHING,
            )
        return known

    def _lengths(self, lengths: Any) -> tuple[float, ...]:
        return self.value(tuple(map(float, lengths)))

    def _line(self, line: Line) -> Line:
        if line.extra or line.shift:
            return line
        key = line.first, line.last, line.x, line.width, line.end
        return self._lines.setdefault(key, line)
