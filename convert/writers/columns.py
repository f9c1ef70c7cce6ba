"""How wide the columns of a table are, and how small it has to be set to fit.

In: the cells of a table in its grid, the room there is.  Out: widths in points, and a scale.
"""

from __future__ import annotations

import re

from ..model import Cell, block_text

PADDING = 0.35
"""On each side of a cell's text, em."""
WHOLE = 8.0
"""Shorter cells are not broken as long as the table fits, em."""
SMALLEST = 6.0
"""Points: below this a table is no longer readable, turned or not."""
READABLE = 8.0
"""Points: a table that would have to be smaller is turned."""
_LONGEST = 8.0
"""Of a word, where longer ones do not fit, em."""
_ENDLESS = float("inf")
_PIECES = re.compile(r"[\x21-\x7e]+|\S")


def column_widths(
    grid: list[tuple[int, int, Cell]], columns: int, width: float, size: float
) -> tuple[list[float], float]:
    """Widths that fill `width`, and the scale at which the table has to be set (1 when it fits)."""
    for whole, longest in ((WHOLE, _ENDLESS), (0.0, _ENDLESS), (0.0, _LONGEST)):
        least, most = _extents(grid, columns, size, whole, longest)
        total, narrowest = sum(most), sum(least)
        if total <= width:
            return [held + (width - total) * held / total for held in most], 1.0
        if narrowest <= width:
            share = (width - narrowest) / (total - narrowest)
            return [low + (high - low) * share for low, high in zip(least, most, strict=True)], 1.0
    scale = max(width / narrowest, SMALLEST / size)
    return [low * width / narrowest for low in least], scale


def _extents(
    grid: list[tuple[int, int, Cell]], columns: int, size: float, whole: float, longest: float
) -> tuple[list[float], list[float]]:
    """Least and greatest useful width of each column.  whole: a cell of up to so many em stays on one line; longest:
    a word or a number of more is broken."""
    least, most = [0.0] * columns, [0.0] * columns
    for _, column, cell in sorted(grid, key=lambda entry: entry[2].colspan):
        narrow, wide = _extent("\n".join(map(block_text, cell.children)), longest)
        if wide <= whole:
            narrow = wide
        padding = 2 * PADDING
        span = range(column, column + cell.colspan)
        for wanted, held in ((narrow + padding, least), (wide + padding, most)):
            if (missing := wanted * size - sum(held[at] for at in span)) > 0:
                for at in span:
                    held[at] += missing / cell.colspan
    return least, [max(pair) for pair in zip(least, most, strict=True)]


def _extent(text: str, longest: float) -> tuple[float, float]:
    """Narrowest and widest a text can be set, em: its longest piece (two characters at the least), its longest
    line."""
    wide = max((sum(0.5 if char.isascii() else 1.0 for char in line) for line in text.split("\n")), default=0.0)
    pieces = (min(len(piece) * 0.55, longest) if piece[0].isascii() else 1.0 for piece in _PIECES.findall(text))
    return min(max(max(pieces, default=1.0), 2.0), max(wide, 1.0)), wide
