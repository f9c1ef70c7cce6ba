"""Tables: `w:tbl` with column widths from the content, spans, and heads that repeat (ISO/IEC 29500-1, 17.4).

Rows of the model hold a cell once, at its upper left corner; Word wants a cell in every row a span crosses.
"""

from __future__ import annotations

import itertools
import math
from typing import Any, NamedTuple

from msgspec.structs import replace

from ...model import Cell, Table, block_text, plain
from ...style import Element
from ...typography.widths import width_of
from ..columns import READABLE, column_widths
from .measures import TWIP, Sheet
from .setting import Setting, Teller
from .stylenames import TABLE
from .stylesheet import CELL_MARGIN
from .xml import clean, name, put, sub

_COLUMNS = 63
"""The most Word draws."""


class _PlacedCell(NamedTuple):
    """What stands in one row at `column`: a cell, or the part of one that began above."""

    column: int
    cell: Cell
    continued: bool


def write_table(story: Teller, parent: Any, table: Table, setting: Setting) -> None:
    """A table with its caption above it, as children of `parent`, its columns filling the room there is.

    A table too wide is set smaller, and on a page of its own that is turned where it would be too small to read.
    """
    rows = _grid(table)
    element = story.style.elements.table
    size = story.sheet.size(element) / 2
    width = setting.width
    widths, scale = _columns(rows, width / TWIP, size) if rows else ([], 1.0)
    turned = scale * size < READABLE and story.turn(parent, setting)
    if turned:
        width = story.sheet.turned.measure
        widths, scale = _columns(rows, width / TWIP, size)
    if table.caption:
        story.caption(parent, table.caption, keep_next=True)
    elif story.page_break:
        story.paragraph(parent, setting.style)
    if not rows:
        return
    twips = _shares(widths, width)
    node = sub(parent, "w:tbl")
    _properties(node, table, width)
    grid = sub(node, "w:tblGrid")
    for share in twips:
        sub(grid, "w:gridCol", w=share)
    heads = _heads(table)
    inner = setting._replace(style="TableText", element=element)
    for at, row in enumerate(rows):
        _row(story, node, row, twips, inner, head=at < heads, header=table.rows[at].header)
    if scale < 1:
        _smaller(node, math.floor(scale * size * 2), round(scale * story.sheet.line(element)))
    if turned:
        story.turn_back(parent)


_LATER = ("w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl")
_LATER_OF_RUN = ("w:u", "w:vertAlign", "w:em", "w:lang")


def _smaller(table: Any, size: int, line: int) -> None:
    """Sets the text of a table in a size (half-points), its lines so high (twips)."""
    for paragraph in table.iter(name("w:p")):
        put(paragraph.find(name("w:pPr")), "w:spacing", _LATER, line=line, lineRule="exact")
        for run in paragraph.iter(name("w:r")):
            look = run.find(name("w:rPr"))
            if look is None:
                look = sub(run, "w:rPr")
                run.insert(0, look)
            for tag in ("w:sz", "w:szCs"):
                put(look, tag, _LATER_OF_RUN, val=size)


def row_heights(table: Table, sheet: Sheet, element: Element) -> list[float]:
    """About how high each row will be, in lines of the grid."""
    rows = _grid(table)
    if not rows:
        return []
    widths = [
        width * TWIP / sheet.em(element) for width in _columns(rows, sheet.measure / TWIP, sheet.size(element) / 2)[0]
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


def _properties(node: Any, table: Table, width: int) -> None:
    own = sub(node, "w:tblPr")
    sub(own, "w:tblStyle", val=TABLE)
    sub(own, "w:tblW", w=width, type="dxa")
    sub(own, "w:jc", val="center")
    sub(own, "w:tblLayout", type="fixed")
    sub(own, "w:tblLook", val="0020" if _heads(table) else "0000")
    caption = plain(table.caption)
    columns = "\u3001".join(filter(None, map(_one_line, table.rows[0].cells)))
    if caption:
        sub(own, "w:tblCaption", val=clean(" ".join(caption.split())))
    if columns:
        sub(own, "w:tblDescription", val=clean(columns))


def _one_line(cell: Cell) -> str:
    return " ".join("\n".join(map(block_text, cell.children)).split())


def _heads(table: Table) -> int:
    """How many rows at the top repeat on each page; all of them together are no head."""
    count = next((at for at, row in enumerate(table.rows) if not row.header), len(table.rows))
    return count if count < len(table.rows) else 0


def _grid(table: Table) -> list[list[_PlacedCell]]:
    """Each row with its cells and the continued ones, from left to right (HTML's table model)."""
    rows: list[list[_PlacedCell]] = [[] for _ in table.rows]
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
                rows[number + below].append(_PlacedCell(column, own, below > 0))
            column += across
    width = max((placed.column + placed.cell.colspan for row in rows for placed in row), default=0)
    return [_filled(row, width) for row in rows] if width else []


def _filled(row: list[_PlacedCell], width: int) -> list[_PlacedCell]:
    """A row without gaps: where it holds nothing, an empty cell."""
    out: list[_PlacedCell] = []
    column = 0
    for placed in sorted(row, key=lambda placed: placed.column):
        if placed.column > column:
            out.append(_PlacedCell(column, Cell((), placed.column - column), False))
        out.append(placed)
        column = placed.column + placed.cell.colspan
    if column < width:
        out.append(_PlacedCell(column, Cell((), width - column), False))
    return out


def _columns(rows: list[list[_PlacedCell]], room: float, size: float) -> tuple[list[float], float]:
    """Column widths that fill the room, and the scale at which the table fits it.  Points."""
    grid = [(at, placed.column, placed.cell) for at, row in enumerate(rows) for placed in row if not placed.continued]
    count = max(placed.column + placed.cell.colspan for row in rows for placed in row)
    return column_widths(grid, count, room, size)


def _shares(widths: list[float], total: int) -> list[int]:
    """The widths in twips, their sum exactly `total`."""
    scale = total / sum(widths)
    edges = [round(sum(widths[:at]) * scale) for at in range(len(widths) + 1)]
    return [max(1, right - left) for left, right in itertools.pairwise(edges)]


def _row(
    story: Teller, node: Any, row: list[_PlacedCell], twips: list[int], setting: Setting, *, head: bool, header: bool
) -> None:
    line = sub(node, "w:tr")
    own = sub(line, "w:trPr")
    sub(own, "w:cantSplit")
    if head:
        sub(own, "w:tblHeader")
    for placed in row:
        width = sum(twips[placed.column : placed.column + placed.cell.colspan])
        cell = sub(line, "w:tc")
        properties = sub(cell, "w:tcPr")
        sub(properties, "w:tcW", w=width, type="dxa")
        if placed.cell.colspan > 1:
            sub(properties, "w:gridSpan", val=placed.cell.colspan)
        if placed.cell.rowspan > 1:
            sub(properties, "w:vMerge", **({} if placed.continued else {"val": "restart"}))
        if story.style.composition.vertical:  # a cell of LibreOffice's does not take the direction of its page
            sub(properties, "w:textDirection", val="tbRl")
        sub(properties, "w:vAlign", val="center")
        _content(story, cell, placed, width, setting, header=header or placed.cell.header)


def _content(story: Teller, cell: Any, placed: _PlacedCell, width: int, setting: Setting, *, header: bool) -> None:
    """The blocks of a cell; Word wants a paragraph in every cell, at its end."""
    style = "TableHeading" if header else setting.style
    room = max(1, width - 2 * story.sheet.em(setting.element, CELL_MARGIN))
    if not placed.continued:
        element = replace(setting.element, align="center") if header else setting.element
        inner = setting._replace(style=style, element=element, width=room, align=placed.cell.align)
        story.blocks(cell, placed.cell.children, inner)
    if cell[-1].tag != name("w:p"):
        story.paragraph(cell, style)
