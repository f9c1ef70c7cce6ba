"""Tables -> rows: column widths from content, spans, borders, heads that repeat.

In: a table of the model.  Out: rows for the paginator, none of them split unless it is higher than a page.  A table
whose narrowest columns do not fit the measure is set smaller, with a notice; where it would be too small to read, it is
turned onto pages of its own.  None is ever cut.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from ...errors import Notice, Said
from ...model import Cell, Table
from ..columns import PADDING, READABLE, column_widths
from .columns import LaidCell, numbers_aligned
from .frame import Frame, TableHost
from .once import Once
from .rows import Band, BandItem, PictureItem, RuleItem, TurnedItem
from .tags import Tag

BORDER = 0.5  # points
_ROW_SHARE = 0.9
"""The most of a page's height a row may take."""


def table_rows(layout: TableHost, table: Table, frame: Frame) -> list[Band]:
    """The rows of a table with its caption above it."""
    if _has_to_turn(layout, table, frame):
        return _turned(layout, table, frame)
    return _upright(layout, table, frame)


def _upright(layout: TableHost, table: Table, frame: Frame) -> list[Band]:
    node = frame.node.child("Table")
    rows: list[Band] = []
    if table.caption:
        element = layout.style.elements.caption
        caption = layout.text(table.caption, element, frame, node.child("Caption"))
        rows.extend(replace(row, keep=True) for row in caption)
    grid = _grid(table)
    if not grid:
        return rows
    columns = max(column + cell.colspan for _, column, cell in grid)
    element = layout.style.elements.table
    widths, scale = column_widths(grid, columns, frame.width, element.size)
    if scale < 1:
        layout.notices.append(Notice.of(Said("table-scaled", columns=columns, scale=scale)))
    with _sized(layout, scale):
        laid = _lay(layout, table, grid, widths, frame, node)
        body = _rows(layout, table, laid, widths, frame, sum(row.height for row in rows))
    if body:
        # The body goes on below on the line grid; the space may run into the margin.
        own = body[-1].height
        body[-1] = replace(body[-1], height=own + layout.pitch * 0.4, keep=False, need=own)
    return rows + body


def _has_to_turn(layout: TableHost, table: Table, frame: Frame) -> bool:
    """Whether a table in the whole measure would be set too small to read."""
    grid = _grid(table)
    if frame.cell or frame.width < layout.width or layout.type_height <= layout.width or not grid:
        return False
    size = layout.style.elements.table.size
    columns = max(column + cell.colspan for _, column, cell in grid)
    return column_widths(grid, columns, frame.width, size)[1] * size < READABLE - 0.001


def _turned(layout: TableHost, table: Table, frame: Frame) -> list[Band]:
    """A table over the height of the page, in rows that take a page each."""
    columns = max(column + cell.colspan for _, column, cell in _grid(table))
    layout.notices.append(Notice.of(Said("table-turned", columns=columns)))
    upright = layout.page_height
    layout.page_height = layout.width
    rows = _upright(layout, table, frame._replace(width=layout.type_height))
    layout.page_height = upright
    pages: list[Band] = []
    at = 0
    while at < len(rows):
        held = [(row, True) for row in rows[at].heads]
        room = layout.width - sum(row.height for row, _ in held)
        end = _fitting(rows, at, room)
        held += [(row, False) for row in rows[at:end]]
        pages.append(_page_of(held, upright))
        at = end
    return pages


def _fitting(rows: list[Band], start: int, room: float) -> int:
    """The end of the rows from `start` on that fit a room, taken back to where they may be parted; one at the least."""
    end, used = start, 0.0
    while end < len(rows) and (used := used + rows[end].height) <= room + 0.01:
        end += 1
    parted = end
    while start < parted < len(rows) and rows[parted - 1].keep:
        parted -= 1
    return max(parted if parted > start else end, start + 1)


def _page_of(held: list[tuple[Band, bool]], height: float) -> Band:
    placed: list[tuple[float, Band, bool]] = []
    y = 0.0
    for row, furniture in held:
        placed.append((y, row, furniture))
        y += row.height
    own = [row for row, furniture in held if not furniture]
    notes = tuple(note for row in own for note in row.notes)
    anchors = tuple(anchor for row in own for anchor in row.anchors)
    return Band(height, [TurnedItem(placed)], notes=notes, anchors=anchors, need=height)


class _sized:
    """The table element at a smaller size while a table is laid out."""

    def __init__(self, layout: TableHost, scale: float) -> None:
        self.layout = layout
        self.scale = scale
        self.style = layout.style

    def __enter__(self) -> None:
        if self.scale < 1:
            element = self.style.elements.table
            smaller = msgspec.structs.replace(
                element, size=element.size * self.scale, leading=element.leading * self.scale
            )
            elements = msgspec.structs.replace(self.style.elements, table=smaller)
            self.layout.style = msgspec.structs.replace(self.style, elements=elements)

    def __exit__(self, *_: object) -> None:
        self.layout.style = self.style


def _grid(table: Table) -> list[tuple[int, int, Cell]]:
    """Each cell with its row and first column, those below a span moved on (HTML's table model)."""
    taken: set[tuple[int, int]] = set()
    out: list[tuple[int, int, Cell]] = []
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            down = min(cell.rowspan, len(table.rows) - number)
            taken.update((number + i, column + j) for i in range(down) for j in range(cell.colspan))
            out.append((number, column, msgspec.structs.replace(cell, rowspan=down)))
            column += cell.colspan
    return out


def _lay(
    layout: TableHost,
    table: Table,
    grid: list[tuple[int, int, Cell]],
    widths: list[float],
    frame: Frame,
    node: Tag,
) -> list[LaidCell]:
    padding = PADDING * layout.style.elements.table.size
    lefts = [frame.x + sum(widths[:at]) for at in range(len(widths))]
    nodes = [node.child("TR") for _ in table.rows]
    once = Once()
    out: list[LaidCell] = []
    for number, column, cell in grid:
        header = cell.header or table.rows[number].header
        own = nodes[number].child("TH" if header else "TD")
        own.say(**_attributes(cell, header=header, column=header and table.rows[number].header))
        width = sum(widths[column : column + cell.colspan])
        inner = frame._replace(
            x=lefts[column] + padding,
            width=width - 2 * padding,
            body="table",
            node=own,
            cell=True,
            align=cell.align or ("center" if header else None),
        )
        rows = once.rows(layout.blocks(cell.children, inner))
        height = sum(row.height for row in rows)
        out.append(LaidCell(cell, number, column, rows, height, inner.x, inner.width, header))
    return numbers_aligned(out, layout.style.elements.table.size)


def _attributes(cell: Cell, *, header: bool, column: bool) -> dict[str, object]:
    found: dict[str, object] = {}
    if header:
        found["Scope"] = "/Column" if column else "/Row"
    if cell.colspan > 1:
        found["ColSpan"] = cell.colspan
    if cell.rowspan > 1:
        found["RowSpan"] = cell.rowspan
    return {"O": "/Table", **found} if found else {}


def _rows(
    layout: TableHost, table: Table, laid: list[LaidCell], widths: list[float], frame: Frame, above: float
) -> list[Band]:
    """The rows of a table.  above: the height of its caption, points."""
    element = layout.style.elements.table
    padding = PADDING * element.size * 0.6
    least = element.leading * layout.pitch + 2 * padding
    heights = [least] * len(table.rows)
    for cell in sorted(laid, key=lambda cell: cell.cell.rowspan):
        span = range(cell.row, cell.row + cell.cell.rowspan)
        missing = cell.height + 2 * padding - sum(heights[at] for at in span)
        if missing > 0:
            heights[span[-1]] += missing
    begun: list[list[LaidCell]] = [[] for _ in table.rows]
    covering: list[list[LaidCell]] = [[] for _ in table.rows]
    for cell in laid:
        begun[cell.row].append(cell)
        for at in range(cell.row, cell.row + cell.cell.rowspan):
            covering[at].append(cell)
    joined = {at for cell in laid for at in range(cell.row, cell.row + cell.cell.rowspan - 1)}
    borders = _Borders(layout, widths, frame, len(table.rows))
    heads: tuple[Band, ...] = ()
    out: list[Band] = []
    held = above
    leading_heads = True
    for number, row in enumerate(table.rows):
        items: list[BandItem] = []
        notes: list[str] = []
        anchors: list[str] = []
        for cell in begun[number]:
            total = sum(heights[number : number + cell.cell.rowspan])
            _place_cell(cell, total, padding, items, notes, anchors)
        items.extend(borders.of(covering[number], number, heights[number]))
        leading_heads = leading_heads and row.header
        made = _row(heights[number], items, notes, anchors, keep=row.header or number in joined)
        if not leading_heads:
            made = replace(made, heads=heads)
        elif sum(head.height for head in heads) + made.height < layout.page_height / 3:
            heads = (*heads, made)
        out.extend(_cut(made, layout.page_height, held))
        held = held + made.height if leading_heads else sum(head.height for head in heads)
    return out


def _row(height: float, items: list[BandItem], notes: list[str], anchors: list[str], *, keep: bool) -> Band:
    return Band(height, items, keep=keep, snap=False, notes=tuple(notes), anchors=tuple(anchors))


def _place_cell(
    cell: LaidCell, total: float, padding: float, items: list[BandItem], notes: list[str], anchors: list[str]
) -> None:
    """Put a cell's rows into its box, in the middle of its height."""
    y = max(padding, (total - cell.height) / 2)
    for row in cell.rows:
        items.extend(_lowered(item, y) for item in row.items)
        notes.extend(row.notes)
        anchors.extend(row.anchors)
        y += row.height


def _lowered(item: BandItem, by: float) -> BandItem:
    match item:
        case RuleItem():
            return replace(item, y=item.y + by, y2=item.y2 + by)
        case TurnedItem():
            raise TypeError("a table inside another is not turned")
        case _:
            return replace(item, y=item.y + by)


class _Borders:
    """Rules of the rows of a table: around every cell, or above, below and under the head, as the style says.  Rows
    that are alike have the same rules, which are kept once."""

    def __init__(self, layout: TableHost, widths: list[float], frame: Frame, count: int) -> None:
        self.rules = layout.style.elements.table.rules
        self.lefts = [frame.x + sum(widths[:at]) for at in range(len(widths) + 1)]
        self.count = count
        self._known: dict[tuple[object, ...], list[RuleItem]] = {}

    def of(self, laid: list[LaidCell], number: int, height: float) -> list[RuleItem]:
        """laid: the cells that stand in the row; height: of the row, points."""
        if self.rules == "none":
            return []
        sides = tuple(self._sides(cell, number) for cell in laid)
        key = (height, number == 0, number == self.count - 1, sides)
        if key not in self._known:
            make = self._across if self.rules == "horizontal" else self._around
            self._known[key] = make(sides, height, number)
        return self._known[key]

    def _sides(self, cell: LaidCell, number: int) -> tuple[float, float, bool, bool]:
        """Where a cell begins and ends, and whether the row is its first and its last."""
        end = self.lefts[min(cell.column + cell.cell.colspan, len(self.lefts) - 1)]
        return self.lefts[cell.column], end, cell.row == number, number == cell.row + cell.cell.rowspan - 1

    def _across(self, sides: tuple[tuple[float, float, bool, bool], ...], bottom: float, number: int) -> list[RuleItem]:
        out: list[RuleItem] = []
        if number == 0:
            out.append(RuleItem(self.lefts[0], 0, self.lefts[-1], 0, 2 * BORDER))
        weight = 2 * BORDER if number == self.count - 1 else BORDER
        for left, end, _, last in sides:  # not through a cell that goes on below
            if last:
                out.append(RuleItem(left, bottom, end, bottom, weight))
        return out

    @staticmethod
    def _around(sides: tuple[tuple[float, float, bool, bool], ...], bottom: float, _: int) -> list[RuleItem]:
        out: list[RuleItem] = []
        for left, end, first, last in sides:
            out += [RuleItem(left, 0, left, bottom, BORDER), RuleItem(end, 0, end, bottom, BORDER)]
            if first:
                out.append(RuleItem(left, 0, end, 0, BORDER))
            if last:
                out.append(RuleItem(left, bottom, end, bottom, BORDER))
        return list(dict.fromkeys(out))


def _cut(row: Band, page: float, held: float) -> list[Band]:
    """A row higher than a page, cut between its lines; any other as it is.  held: what stands above it on its page, a
    caption and heads, points."""
    room = max(min(page * _ROW_SHARE, page - held), page / 3)
    if row.height <= room:
        return [row]
    pieces: list[Band] = []
    top = 0.0
    while top < row.height - 0.01:
        bottom = min(top + room, row.height)
        for item in row.items:  # a picture is not cut
            if isinstance(item, PictureItem) and top < item.y < bottom < item.y + item.height:
                bottom = item.y
        items: list[BandItem] = []
        for item in row.items:
            if isinstance(item, RuleItem):
                if item.y2 >= top and item.y <= bottom:
                    items.append(replace(item, y=max(item.y, top) - top, y2=min(item.y2, bottom) - top))
            elif not isinstance(item, TurnedItem) and top <= item.y < bottom:
                items.append(replace(item, y=item.y - top))
        first = not pieces
        pieces.append(
            replace(
                row,
                height=bottom - top,
                items=items,
                keep=row.keep and bottom >= row.height,
                notes=row.notes if first else (),
                anchors=row.anchors if first else (),
            )
        )
        top = bottom
    return pieces
