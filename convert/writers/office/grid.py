"""Tables as word processors want them: a cell in every row a span crosses, widths that fill the room.

In: a table of the model, which holds a cell once, at its upper left corner.  Out: its rows, whole; widths of columns.
"""

from __future__ import annotations

import itertools
import math
from typing import NamedTuple

from msgspec.structs import replace

from ...model import Cell, Table, block_text
from ...style import Element
from ...typography.widths import width_of
from ..columns import column_widths
from .measures import CELL_MARGIN, TWIP, Sheet

_COLUMNS = 63
"""The most Word draws."""


class PlacedCell(NamedTuple):
    """What stands in one row at `column`: a cell, or the part of one that began above."""

    column: int
    cell: Cell
    continued: bool


def row_heights(table: Table, sheet: Sheet, element: Element) -> list[float]:
    """About how high each row will be, in lines of the grid."""
    rows = placed_rows(table)
    if not rows:
        return []
    widths = [
        width * TWIP / sheet.em(element) for width in widths_of(rows, sheet.measure / TWIP, sheet.size(element) / 2)[0]
    ]
    padding = 2 * CELL_MARGIN / 3 * sheet.em(element) / sheet.pitch
    heights = []
    for row in rows:
        lines = 1
        for placed in row:
            if not placed.continued and placed.cell.rowspan == 1:
                room = sum(widths[placed.column : placed.column + placed.cell.colspan]) - 2 * CELL_MARGIN
                text = "\n".join(map(block_text, placed.cell.children)).split("\n")
                lines = max(lines, sum(max(1, math.ceil(width_of(line) / room - 0.01)) for line in text))
        heights.append(lines * element.leading + padding)
    return heights


def one_line(cell: Cell) -> str:
    """A cell's text on one line."""
    return " ".join("\n".join(map(block_text, cell.children)).split())


def head_count(table: Table) -> int:
    """How many rows at the top repeat on each page; all of them together are no head."""
    count = next((at for at, row in enumerate(table.rows) if not row.header), len(table.rows))
    return count if count < len(table.rows) else 0


def placed_rows(table: Table) -> list[list[PlacedCell]]:
    """Each row with its cells and the continued ones, from left to right (HTML's table model)."""
    rows: list[list[PlacedCell]] = [[] for _ in table.rows]
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            across = max(1, min(cell.colspan, _COLUMNS - column))
            while any((number, column + more) in taken for more in range(across)):
                across -= 1
            down = max(1, min(cell.rowspan, len(table.rows) - number))
            own = replace(cell, colspan=across, rowspan=down)
            for below in range(down):
                taken.update((number + below, column + more) for more in range(across))
                rows[number + below].append(PlacedCell(column, own, below > 0))
            column += across
    width = max((placed.column + placed.cell.colspan for row in rows for placed in row), default=0)
    return [_filled(row, width) for row in rows] if width else []


def _filled(row: list[PlacedCell], width: int) -> list[PlacedCell]:
    """A row without gaps: where it holds nothing, an empty cell."""
    out: list[PlacedCell] = []
    column = 0
    for placed in sorted(row, key=lambda placed: placed.column):
        if placed.column > column:
            out.append(PlacedCell(column, Cell((), placed.column - column), False))
        out.append(placed)
        column = placed.column + placed.cell.colspan
    if column < width:
        out.append(PlacedCell(column, Cell((), width - column), False))
    return out


def widths_of(rows: list[list[PlacedCell]], room: float, size: float) -> tuple[list[float], float]:
    """Column widths that fill the room, and the scale at which the table fits it.  Points."""
    grid = [(at, placed.column, placed.cell) for at, row in enumerate(rows) for placed in row if not placed.continued]
    count = max(placed.column + placed.cell.colspan for row in rows for placed in row)
    return column_widths(grid, count, room, size)


def shares(widths: list[float], total: int) -> list[int]:
    """The widths in twips, their sum exactly `total`."""
    scale = total / sum(widths)
    edges = [round(sum(widths[:at]) * scale) for at in range(len(widths) + 1)]
    return [max(1, right - left) for left, right in itertools.pairwise(edges)]
