"""Tables of data: told from tables for layout, and read with their spans as the HTML standard forms them.

In: a `<table>`.  Out: whether it holds data, and the model's `Table`: every cell once, at its upper left corner, rows
filled up so that the grid has no holes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ..model import Align, Block, Cell, Inline, Row, Table
from .html_node import Node

MAX_COLUMNS = 60
MAX_ROWS = 2_000
MAX_CELLS = 40_000
_LONG_CELL = 150  # characters: a table with many of these lays out text
_CELLS = ("td", "th")
_ALIGN = re.compile(r"(?:^|;)\s*text-align\s*:\s*(left|right|center)", re.I)


def rows_of(table: Node) -> list[tuple[Node, str]]:
    """The rows of a table itself with the section they stand in, head first, foot last, as they are shown."""
    found: list[tuple[Node, str]] = []
    for child in table.children:
        if not isinstance(child, Node):
            continue
        if child.tag == "tr":
            found.append((child, "tbody"))
        elif child.tag in ("thead", "tbody", "tfoot"):
            found.extend((row, child.tag) for row in child.children if isinstance(row, Node) and row.tag == "tr")
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    if found != sorted(found, key=lambda entry: order[entry[1]]):
        return []  # sections out of order: lines could not be counted in document order
    return found


def cells_of(row: Node) -> list[Node]:
    return [cell for cell in row.children if isinstance(cell, Node) and cell.tag in _CELLS]


class Grid(NamedTuple):
    """A table of data.  rows: each row's cells with column, width and height; header: whether a row is a head."""

    rows: list[list[tuple[Node, int, int, int]]]
    header: list[bool]
    holes: list[list[int]]


def grid_of(table: Node) -> Grid | None:
    """A table that holds data, None for one that lays out its page; found out once.

    Data: two rows and two columns at least, most cells short, no other table or form inside, all text in cells.
    """
    if table.grid is False:
        table.grid = _grid(table)
    found: Grid | None = table.grid
    return found


def _grid(table: Node) -> Grid | None:
    if table.get("role") in ("presentation", "none") or not table.block:
        return None
    rows = rows_of(table)
    if not rows or len(rows) > MAX_ROWS:
        return None
    cells = [cells_of(row) for row, _ in rows]
    marked = any(cell.tag == "th" for row in cells for cell in row) or any(section == "thead" for _, section in rows)
    if max(map(len, cells)) < 2 or sum(map(len, cells)) > MAX_CELLS or (len(rows) < 2 and not marked):
        return None
    sizes = [len(cell.text().strip()) for row in cells for cell in row]
    long, filled = sum(size > _LONG_CELL for size in sizes), sum(map(bool, sizes))
    if filled < 2 or (long > 0.3 * filled and not marked) or filled * 4 < len(sizes):
        return None
    if any(inner.tag in ("table", "input", "select", "textarea") for inner in table.elements()):
        return None
    heads = [child for child in table.children if isinstance(child, Node) and child.tag == "caption"][:1]
    held = sum(part.span[1] - part.span[0] for part in (*heads, *(cell for row in cells for cell in row)))
    if held != table.span[1] - table.span[0]:
        return None  # text that stands in no cell
    return _placed(cells, [_is_header(rows, at) for at in range(len(rows))])


def _placed(cells: list[list[Node]], header: list[bool]) -> Grid | None:
    """Every cell at its place, as the HTML standard forms a table; None where it grows beyond all measure."""
    taken: set[tuple[int, int]] = set()
    rows: list[list[tuple[Node, int, int, int]]] = []
    width = 0
    for at, row in enumerate(cells):
        column = 0
        placed: list[tuple[Node, int, int, int]] = []
        for node in row:
            while (at, column) in taken:
                column += 1
            if column >= MAX_COLUMNS or len(taken) > MAX_CELLS:
                return None
            wide, high = _spans(node, taken, at, column, len(cells))
            taken.update((at + down, column + right) for down in range(high) for right in range(wide))
            placed.append((node, column, wide, high))
            column += wide
            width = max(width, column)
        rows.append(placed)
    holes = [[column for column in range(width) if (at, column) not in taken] for at in range(len(cells))]
    return Grid(rows, header, holes)


def _spans(node: Node, taken: set[tuple[int, int]], at: int, column: int, rows: int) -> tuple[int, int]:
    """How far a cell reaches without covering another one."""
    wide = min(_count(node.get("colspan")), MAX_COLUMNS - column)
    while wide > 1 and any((at, column + right) in taken for right in range(wide)):
        wide -= 1
    asked = node.get("rowspan").strip()
    high = rows - at if asked == "0" else min(_count(asked), rows - at)
    high = min(high, MAX_CELLS // wide)
    while high > 1 and any((at + high - 1, column + right) in taken for right in range(wide)):
        high -= 1
    return wide, high


def _count(text: str) -> int:
    text = text.strip()
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def make_table(
    table: Node, blocks: Callable[[Node], list[Block]], caption: Callable[[Node], tuple[Inline, ...]]
) -> Table:
    """The model's table.  blocks: the content of a cell, without origins."""
    grid = grid_of(table)
    assert grid is not None
    out: list[Row] = []
    for row, header, holes in zip(grid.rows, grid.header, grid.holes, strict=True):
        line = [(column, _cell(node, blocks, wide, high)) for node, column, wide, high in row]
        line += [(column, Cell(())) for column in holes]  # an empty cell wherever nothing reaches
        out.append(Row(tuple(cell for _, cell in sorted(line, key=lambda entry: entry[0])), header))
    head = next((child for child in table.children if isinstance(child, Node) and child.tag == "caption"), None)
    return Table(tuple(out), caption(head) if head is not None else ())


def _cell(node: Node, blocks: Callable[[Node], list[Block]], wide: int, high: int) -> Cell:
    found = _ALIGN.search(node.get("style"))
    word = (found[1] if found else node.get("align")).lower()
    align: Align | None = "right" if word == "right" else "center" if word == "center" else None
    return Cell(tuple(blocks(node)), wide, high, node.tag == "th", align)


def _is_header(rows: list[tuple[Node, str]], at: int) -> bool:
    """A row of `<thead>`, or one of the first rows that has only `<th>`; never the whole table."""
    if at == len(rows) - 1:
        return False
    row, section = rows[at]
    cells = cells_of(row)
    return section == "thead" or (bool(cells) and at < 3 and all(cell.tag == "th" for cell in cells))
