"""Numbers in the columns of a table, which stand under each other.

In: the cells of a table, laid out.  Out: the same cells, those with numbers moved.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec.structs import replace

from ...model import Cell
from .rows import Band, TextItem

_NUMBER = re.compile(
    "[(\uff08]?[+\\-\u2212\u2013\u00b1]?[\u00a5\uffe5$\u20ac\u00a3]?[0-9][0-9,\uff0c ]*(?:\\.[0-9]+)?"
    "[%\u2030\uff05]?[)\uff09]?"
)


class LaidCell(NamedTuple):
    """A cell with its place in the grid of columns and its rows of text; x, width: of what it holds, points."""

    cell: Cell
    row: int
    column: int
    rows: list[Band]
    height: float
    x: float
    width: float
    header: bool


def numbers_aligned(laid: list[LaidCell], size: float) -> list[LaidCell]:
    """The cells, those of columns of numbers moved: their decimal points stand under each other, the widest number in
    the middle of the column.  A column is one of numbers where two cells and more hold one on a line, and none that is
    no head holds other text than a sign or a word of an em or two."""
    moved = {}
    for column in {cell.column for cell in laid}:
        own = [cell for cell in laid if cell.column == column and cell.cell.colspan == 1 and not cell.header]
        numbers = [(at, item) for at, cell in enumerate(own) if (item := _number(cell)) is not None]
        others = {cell.row for cell in own} - {own[at].row for at, _ in numbers}
        if len(numbers) < 2 or any(_says_more(cell, size) for cell in own if cell.row in others):
            continue
        parts = [(item, *_halves(item)) for _, item in numbers]
        before, behind = max(one for _, one, _ in parts), max(one for _, _, one in parts)
        for (at, _), (item, left, _) in zip(numbers, parts, strict=True):
            cell = own[at]
            free = max(0.0, cell.width - before - behind)
            x = cell.x + free / 2 + before - left
            moved[id(cell)] = _at(cell, item, x)
        for cell in own:
            if cell.row in others and (item := _line(cell)) is not None:
                moved[id(cell)] = _at(cell, item, cell.x + (cell.width - item.line.width) / 2)
    return [moved.get(id(cell), cell) for cell in laid]


def _at(cell: LaidCell, item: TextItem, x: float) -> LaidCell:
    (row,) = cell.rows
    return cell._replace(rows=[replace(row, items=[replace(item, x=x)])])


def _line(cell: LaidCell) -> TextItem | None:
    """The line of a cell that has one, and no place for it from the page."""
    if cell.cell.align is not None or len(cell.rows) != 1 or len(cell.rows[0].items) != 1:
        return None
    item = cell.rows[0].items[0]
    return item if isinstance(item, TextItem) else None


def _number(cell: LaidCell) -> TextItem | None:
    """The line of a cell that holds a number and nothing else."""
    item = _line(cell)
    return item if item is not None and _NUMBER.fullmatch(item.shaped.text.strip()) else None


def _says_more(cell: LaidCell, size: float) -> bool:
    lines = [item for row in cell.rows for item in row.items]
    return len(lines) > 1 or any(not isinstance(one, TextItem) or one.line.width > 2.01 * size for one in lines)


def _halves(item: TextItem) -> tuple[float, float]:
    """How wide a number is before its decimal point and from there on."""
    line, text = item.line, item.shaped.text
    point = text.find(".", line.first, line.last)
    if point < 0:
        point = next((at for at in range(line.last, line.first, -1) if text[at - 1].isdigit()), line.last)
    behind = sum(item.shaped.advance[at] + line.extra.get(at, 0.0) for at in range(point, line.last))
    return line.width - behind, behind
