"""A table of data of the page -> the model's table.

In: a `<table>` with its grid.  Out: `Table`: every cell once, at its upper left corner, rows filled up so that the grid
has no holes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ....model import Align, Block, Cell, Inline, Row, Table
from ..sight.dom import HtmlElement
from ..sight.grid import grid_of

_ALIGN = re.compile(r"(?:^|;)\s*text-align\s*:\s*(left|right|center)", re.I)


def make_table(
    table: HtmlElement,
    blocks: Callable[[HtmlElement], list[Block]],
    caption: Callable[[HtmlElement], tuple[Inline, ...]],
) -> Table:
    """The model's table.  blocks: the content of a cell, without origins."""
    grid = grid_of(table)
    assert grid is not None
    out: list[Row] = []
    for row, header, holes in zip(grid.rows, grid.header, grid.holes, strict=True):
        if header and out == [] and not any(node.span[1] > node.span[0] for node, *_ in row):
            continue  # a head of empty cells says how wide the columns are
        line = [(column, _cell(node, blocks, wide, high)) for node, column, wide, high in row]
        line += [(column, Cell(())) for column in holes]  # an empty cell wherever nothing reaches
        out.append(Row(tuple(cell for _, cell in sorted(line, key=lambda entry: entry[0])), header))
    head = next((child for child in table.children if isinstance(child, HtmlElement) and child.tag == "caption"), None)
    return Table(tuple(out), caption(head) if head is not None else ())


def _cell(node: HtmlElement, blocks: Callable[[HtmlElement], list[Block]], wide: int, high: int) -> Cell:
    found = _ALIGN.search(node.get("style"))
    word = (found[1] if found else node.get("align")).lower()
    align: Align | None = "right" if word == "right" else "center" if word == "center" else None
    return Cell(tuple(blocks(node)), wide, high, node.tag == "th", align)
