"""Tables: columns as wide as their content asks for, spans, and heads that repeat (OpenDocument 1.3, 9)."""

from __future__ import annotations

import math
from typing import Any

from msgspec.structs import replace

from ...model import Table, plain
from ..columns import READABLE
from ..office.grid import PlacedCell, head_count, one_line, placed_rows, shares, widths_of
from ..office.measures import CELL_MARGIN, TWIP
from ..office.setting import Setting
from . import names
from .stylesheet import Values
from .teller import TextTeller
from .xml import clean, name, sub, twips

_LINE = "0.5pt solid #000000"
_RULES: dict[str, Values] = {
    "all": {"fo:border": _LINE},
    "horizontal": {
        "fo:border-top": _LINE,
        "fo:border-bottom": _LINE,
        "fo:border-left": "none",
        "fo:border-right": "none",
    },
    "none": {"fo:border": "none"},
}


def write_table(story: TextTeller, parent: Any, table: Table, setting: Setting) -> None:
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
    if not rows:
        return
    columns = "\u3001".join(filter(None, map(one_line, table.rows[0].cells)))
    node = table_element(story, parent, shares(widths, width), plain(table.caption), columns)
    before = story.small
    if scale < 1:
        story.small = math.floor(scale * size * 2) / 2, scale * story.sheet.line(element) / TWIP
    inner = setting._replace(style=names.CELL, element=element)
    heads = head_count(table)
    holder = sub(node, "table:table-header-rows") if heads else node
    for at, row in enumerate(rows):
        _row(story, node if at >= heads else holder, row, shares(widths, width), inner, header=table.rows[at].header)
    story.small = before
    if turned:
        story.turn_back()


def table_element(story: TextTeller, parent: Any, columns: list[int], title: str = "", about: str = "") -> Any:
    """A table in the middle, with its columns (twips)."""
    looks = story.looks
    own: Values = {"style:width": twips(sum(columns)), "table:align": "center", "table:border-model": "collapsing"}
    if story.page_break:
        own["fo:break-before"] = "page"
    style = looks.style("table", own=own, master=story.master)
    story.page_break, story.master = False, ""
    node = sub(parent, "table:table", {"table:name": story.objects.table_name(), "table:style-name": style})
    for tag, said in (("table:title", title), ("table:desc", about)):
        if one := " ".join(clean(said).split()):
            sub(node, tag).text = one
    for width in columns:
        column = looks.style("table-column", own={"style:column-width": twips(width)})
        sub(node, "table:table-column", {"table:style-name": column})
    return node


def _row(
    story: TextTeller, node: Any, row: list[PlacedCell], columns: list[int], setting: Setting, *, header: bool
) -> None:
    style = story.looks.style("table-row", own={"fo:keep-together": "always"})
    line = sub(node, "table:table-row", {"table:style-name": style})
    for placed in row:
        covered = placed.cell.colspan
        if not placed.continued:
            width = sum(columns[placed.column : placed.column + placed.cell.colspan])
            _cell(story, line, placed, width, setting, header=header or placed.cell.header)
            covered -= 1
        for _ in range(covered):
            sub(line, "table:covered-table-cell")


def _cell(story: TextTeller, line: Any, placed: PlacedCell, width: int, setting: Setting, *, header: bool) -> None:
    element, place = setting.element, story.sheet
    beside, above = place.em(element, CELL_MARGIN), place.em(element, CELL_MARGIN / 3)
    own = _RULES[element.rules] | {
        "fo:padding-left": twips(beside),
        "fo:padding-right": twips(beside),
        "fo:padding-top": twips(above),
        "fo:padding-bottom": twips(above),
        "style:vertical-align": "middle",
        "style:writing-mode": "page",
    }
    spans: dict[str, object] = {"table:style-name": story.looks.style("table-cell", own=own)}
    spans["office:value-type"] = "string"
    if placed.cell.colspan > 1:
        spans["table:number-columns-spanned"] = placed.cell.colspan
    if placed.cell.rowspan > 1:
        spans["table:number-rows-spanned"] = placed.cell.rowspan
    cell = sub(line, "table:table-cell", spans)
    style = names.HEAD if header else setting.style
    own_element = replace(element, align="center") if header else element
    room = max(1, width - 2 * beside)
    inner = setting._replace(style=style, element=own_element, width=room, align=placed.cell.align)
    story.blocks(cell, placed.cell.children, inner)
    if not len(cell) or cell[-1].tag == name("table:table"):
        story.paragraph(cell, style)
