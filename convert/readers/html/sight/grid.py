"""Tables of data: told from tables for layout, and their cells placed as the HTML standard forms a table.

In: a `<table>`.  Out: whether it holds data, and then its grid: each cell with its column, width and height, and the
columns of each row that no cell reaches.
"""

from __future__ import annotations

from typing import NamedTuple

from ..thresholds import LONG_CELL, MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from .dom import HtmlElement

_CELLS = ("td", "th")


def rows_of(table: HtmlElement) -> list[tuple[HtmlElement, str]]:
    """The rows of a table itself with the section they stand in, head first, foot last, as they are shown."""
    found: list[tuple[HtmlElement, str]] = []
    for child in table.children:
        if not isinstance(child, HtmlElement):
            continue
        if child.tag == "tr":
            found.append((child, "tbody"))
        elif child.tag in ("thead", "tbody", "tfoot"):
            found.extend((row, child.tag) for row in child.children if isinstance(row, HtmlElement) and row.tag == "tr")
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    if found != sorted(found, key=lambda entry: order[entry[1]]):
        return []  # sections out of order: lines could not be counted in document order
    return found


def cells_of(row: HtmlElement) -> list[HtmlElement]:
    """The cells of a row."""
    return [cell for cell in row.children if isinstance(cell, HtmlElement) and cell.tag in _CELLS]


class DataGrid(NamedTuple):
    """A table of data.  rows: each row's cells with column, width and height; header: whether a row is a head."""

    rows: list[list[tuple[HtmlElement, int, int, int]]]
    header: list[bool]
    holes: list[list[int]]


def grid_of(table: HtmlElement) -> DataGrid | None:
    """A table that holds data, None for one that lays out its page; found out once.

    Data: two rows and two columns at least, most cells short, or a caption; no other table or form inside, all text in
    cells.
    """
    if table.grid is False:
        table.grid = _grid(table)
    found: DataGrid | None = table.grid
    return found


def _grid(table: HtmlElement) -> DataGrid | None:
    if table.get("role") in ("presentation", "none") or not table.block:
        return None
    rows = rows_of(table)
    if not rows or len(rows) > MAX_ROWS:
        return None
    cells = [cells_of(row) for row, _ in rows]
    heads = [child for child in table.children if isinstance(child, HtmlElement) and child.tag == "caption"][:1]
    captioned = any(head.text().strip() for head in heads)
    marked = captioned or any(cell.tag == "th" for row in cells for cell in row)
    marked = marked or any(section == "thead" for _, section in rows)
    if sum(map(len, cells)) > MAX_CELLS or (len(rows) < 2 and not marked):
        return None
    if max(map(len, cells)) < 2 and not captioned:
        return None
    sizes = [len(cell.text().strip()) for row in cells for cell in row]
    long, filled = sum(size > LONG_CELL for size in sizes), sum(map(bool, sizes))
    if filled < 2 - captioned or (long > 0.3 * filled and not marked) or filled * 4 < len(sizes):
        return None
    if any(inner.tag in ("table", "input", "select", "textarea") for inner in table.elements()):
        return None
    held = sum(part.span[1] - part.span[0] for part in (*heads, *(cell for row in cells for cell in row)))
    if held != table.span[1] - table.span[0]:
        return None  # text that stands in no cell
    return _placed(cells, [_is_header(rows, at) for at in range(len(rows))])


def _placed(cells: list[list[HtmlElement]], header: list[bool]) -> DataGrid | None:
    """Every cell at its place, as the HTML standard forms a table; None where it grows beyond all measure."""
    taken: set[tuple[int, int]] = set()
    rows: list[list[tuple[HtmlElement, int, int, int]]] = []
    width = 0
    for at, row in enumerate(cells):
        column = 0
        placed: list[tuple[HtmlElement, int, int, int]] = []
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
    return DataGrid(rows, header, holes)


def _spans(node: HtmlElement, taken: set[tuple[int, int]], at: int, column: int, rows: int) -> tuple[int, int]:
    """How far a cell reaches without covering another one."""
    wide = min(_count(node.get("colspan")), MAX_COLUMNS - column)
    while any((at, column + right) in taken for right in range(wide)):
        wide -= 1
    asked = node.get("rowspan").strip()
    high = rows - at if asked == "0" else min(_count(asked), rows - at)
    return wide, min(high, MAX_CELLS // wide)


def _count(text: str) -> int:
    text = text.strip()
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _is_header(rows: list[tuple[HtmlElement, str]], at: int) -> bool:
    """A row of `<thead>`, or one of the first rows that has only `<th>`; never the whole table."""
    if at == len(rows) - 1:
        return False
    row, section = rows[at]
    cells = cells_of(row)
    return section == "thead" or (bool(cells) and at < 3 and all(cell.tag == "th" for cell in cells))
