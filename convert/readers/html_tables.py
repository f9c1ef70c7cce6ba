"""Tables of data: told from tables for layout, and read with their spans as the HTML standard forms them.

In: a `<table>`.  Out: whether it holds data, and the model's `Table`: every cell once, at its upper left corner, rows
filled up so that the grid has no holes.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ..model import Align, Block, Cell, Inline, Row, Table
from .html_tree import Node

MAX_COLUMNS = 60
MAX_ROWS = 2_000
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


def data_rows(table: Node) -> list[tuple[Node, str]]:
    """The rows of a table that holds data; none for one that lays out its page.

    Data: two rows and two columns at least, most cells short, no other table inside that has text, not a form.
    """
    if table.get("role") in ("presentation", "none") or table.block is False:
        return []
    rows = rows_of(table)
    if not rows or len(rows) > MAX_ROWS or sum(row.span[1] - row.span[0] for row, _ in rows) == 0:
        return []
    marked = any(cell.tag == "th" for row, _ in rows for cell in cells_of(row)) or any(s == "thead" for _, s in rows)
    columns = max(len(cells_of(row)) for row, _ in rows)
    if columns > MAX_COLUMNS or columns < 2 or (len(rows) < 2 and not marked):
        return []
    texts = [cell.text().strip() for row, _ in rows for cell in cells_of(row)]
    long = sum(len(text) > _LONG_CELL for text in texts)
    filled = sum(bool(text) for text in texts)
    if filled < 2 or (long > 0.3 * filled and not marked) or filled * 4 < len(texts):
        return []
    if any(inner.tag in ("table", "input", "select", "textarea") for inner in table.elements()):
        return []
    heads = [child for child in table.children if isinstance(child, Node) and child.tag == "caption"][:1]
    held = sum(part.span[1] - part.span[0] for part in (*heads, *(cell for row, _ in rows for cell in cells_of(row))))
    return rows if held == table.span[1] - table.span[0] else []  # text that stands in no cell


def make_table(
    table: Node, blocks: Callable[[Node], list[Block]], caption: Callable[[Node], tuple[Inline, ...]]
) -> Table:
    """The model's table.  blocks: the content of a cell, without origins."""
    rows = data_rows(table)
    grid: set[tuple[int, int]] = set()
    made: list[list[tuple[int, Cell]]] = []
    width = 0
    for at, (row, _) in enumerate(rows):
        column = 0
        line: list[tuple[int, Cell]] = []
        for node in cells_of(row):
            while (at, column) in grid:
                column += 1
            wide, high = _spans(node, grid, at, column, len(rows))
            grid.update((at + down, column + right) for down in range(high) for right in range(wide))
            line.append((column, _cell(node, blocks, wide, high)))
            column += wide
            width = max(width, column)
        made.append(line)
    out = tuple(
        Row(tuple(cell for _, cell in _filled(line, grid, at, width)), header=_is_header(rows, at))
        for at, line in enumerate(made)
    )
    head = next((child for child in table.children if isinstance(child, Node) and child.tag == "caption"), None)
    return Table(out, caption(head) if head is not None else ())


def _spans(node: Node, grid: set[tuple[int, int]], at: int, column: int, rows: int) -> tuple[int, int]:
    """How far a cell reaches without covering another one."""
    wide = min(_count(node.get("colspan")), max(MAX_COLUMNS - column, 1))
    while wide > 1 and any((at, column + right) in grid for right in range(wide)):
        wide -= 1
    asked = node.get("rowspan").strip()
    high = rows - at if asked == "0" else min(_count(asked), rows - at)
    while high > 1 and any((at + high - 1, column + right) in grid for right in range(wide)):
        high -= 1
    return max(wide, 1), max(high, 1)


def _count(text: str) -> int:
    text = text.strip()
    return max(1, min(int(text), 10_000)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _cell(node: Node, blocks: Callable[[Node], list[Block]], wide: int, high: int) -> Cell:
    found = _ALIGN.search(node.get("style"))
    word = (found[1] if found else node.get("align")).lower()
    align: Align | None = "right" if word == "right" else "center" if word == "center" else None
    return Cell(tuple(blocks(node)), wide, high, node.tag == "th", align)


def _filled(line: list[tuple[int, Cell]], grid: set[tuple[int, int]], at: int, width: int) -> list[tuple[int, Cell]]:
    """A row with an empty cell wherever nothing reaches."""
    holes = [(column, Cell(())) for column in range(width) if (at, column) not in grid]
    return sorted([*line, *holes], key=lambda entry: entry[0])


def _is_header(rows: list[tuple[Node, str]], at: int) -> bool:
    """A row of `<thead>`, or one of the first rows that has only `<th>`; never the whole table."""
    if at == len(rows) - 1:
        return False
    row, section = rows[at]
    cells = cells_of(row)
    return section == "thead" or (bool(cells) and at < 3 and all(cell.tag == "th" for cell in cells))
