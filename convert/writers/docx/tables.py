"""Tables: `w:tbl` with column widths from the content, spans, and heads that repeat (ISO/IEC 29500-1, 17.4).

Rows of the model hold a cell once, at its upper left corner; Word wants a cell in every row a span crosses.
"""

from __future__ import annotations

import math
from typing import Any

from msgspec.structs import replace

from ...model import Table, plain
from ..columns import READABLE
from ..office.grid import PlacedCell, head_count, one_line, placed_rows, shares, widths_of
from ..office.measures import CELL_MARGIN, TWIP
from ..office.setting import Setting
from .setting import Teller
from .stylenames import TABLE
from .xml import clean, name, put, sub


def write_table(story: Teller, parent: Any, table: Table, setting: Setting) -> None:
    """A table with its caption above it, as children of `parent`, its columns filling the room there is.

    A table too wide is set smaller, and on a page of its own that is turned where it would be too small to read.
    """
    rows = placed_rows(table)
    element = story.style.elements.table
    size = story.sheet.size(element) / 2
    width = setting.width
    widths, scale = widths_of(rows, width / TWIP, size) if rows else ([], 1.0)
    turned = scale * size < READABLE and story.turn(parent, setting)
    if turned:
        width = story.sheet.turned.measure
        widths, scale = widths_of(rows, width / TWIP, size)
    if table.caption:
        story.caption(parent, table.caption, keep_next=True)
    elif story.page_break:
        story.paragraph(parent, setting.style)
    if not rows:
        return
    twips = shares(widths, width)
    node = sub(parent, "w:tbl")
    _properties(node, table, width)
    grid = sub(node, "w:tblGrid")
    for share in twips:
        sub(grid, "w:gridCol", w=share)
    heads = head_count(table)
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


def _properties(node: Any, table: Table, width: int) -> None:
    own = sub(node, "w:tblPr")
    sub(own, "w:tblStyle", val=TABLE)
    sub(own, "w:tblW", w=width, type="dxa")
    sub(own, "w:jc", val="center")
    sub(own, "w:tblLayout", type="fixed")
    sub(own, "w:tblLook", val="0020" if head_count(table) else "0000")
    caption = plain(table.caption)
    columns = "\u3001".join(filter(None, map(one_line, table.rows[0].cells)))
    if caption:
        sub(own, "w:tblCaption", val=clean(" ".join(caption.split())))
    if columns:
        sub(own, "w:tblDescription", val=clean(columns))


def _row(
    story: Teller, node: Any, row: list[PlacedCell], twips: list[int], setting: Setting, *, head: bool, header: bool
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


def _content(story: Teller, cell: Any, placed: PlacedCell, width: int, setting: Setting, *, header: bool) -> None:
    """The blocks of a cell; Word wants a paragraph in every cell, at its end."""
    style = "TableHeading" if header else setting.style
    room = max(1, width - 2 * story.sheet.em(setting.element, CELL_MARGIN))
    if not placed.continued:
        element = replace(setting.element, align="center") if header else setting.element
        inner = setting._replace(style=style, element=element, width=room, align=placed.cell.align)
        story.blocks(cell, placed.cell.children, inner)
    if cell[-1].tag != name("w:p"):
        story.paragraph(cell, style)
