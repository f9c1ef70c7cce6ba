"""The draft -> the document's blocks, typed and labelled, headings and run-in headings numbered."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ..model import (
    Block,
    Figure,
    Heading,
    List,
    ListItem,
    Note,
    Origin,
    Paragraph,
    Preformatted,
    Quote,
    Removed,
    RunIn,
    Table,
    plain,
)
from .draft import Draft, Unit
from .edits import Passage
from .inlines import split


def built(draft: Draft) -> tuple[Block, ...]:
    """The blocks as the passes found them to be; ids count headings (`h1`) and run-in headings (`r1`)."""
    counters = {"h": 0, "r": 0}
    out: list[Block] = []
    items: list[tuple[int, ListItem]] = []
    for unit in draft.units:
        if unit.role == "item":
            items.append((unit.level, _item(unit)))
            continue
        if items:
            out.append(_nested(items))
            items = []
        out.append(_made(unit, counters))
    if items:
        out.append(_nested(items))
    return tuple(out)


def noted(draft: Draft) -> tuple[Note, ...]:
    """The notes with their text as repaired."""
    out: list[Note] = []
    for note, pieces in zip(draft.document.notes, draft.note_pieces, strict=True):
        passages = iter([piece for piece in pieces if isinstance(piece, Passage)])
        out.append(msgspec.structs.replace(note, children=_each(note.children, passages)))
    return tuple(out)


def _item(unit: Unit) -> ListItem:
    marker, text = split(unit.body.children, unit.marker)
    return ListItem((Paragraph(text),), plain(marker), origin=_origin(unit))


def _nested(items: list[tuple[int, ListItem]]) -> List:
    """Items with their levels as a list; deeper ones become a list in the item before them."""
    level = items[0][0]
    out: list[ListItem] = []
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and items[end][0] > level:
            end += 1
        item = items[at][1]
        if end > at + 1:
            item = msgspec.structs.replace(item, children=(*item.children, _nested(items[at + 1 : end])))
        out.append(item)
        at = end
    return List(tuple(out), ordered=True)


def _origin(unit: Unit) -> Origin | None:
    origin: Origin | None = getattr(unit.block, "origin", None)
    if origin is not None and (origin.last != unit.last or origin.trail != unit.trail):
        return msgspec.structs.replace(origin, last=unit.last, trail=unit.trail)
    return origin


def _made(unit: Unit, counters: dict[str, int]) -> Block:
    if isinstance(unit.block, Removed):
        return unit.block
    if not isinstance(unit.block, Paragraph | Heading):
        return rebuilt(unit.block, iter([piece for piece in unit.pieces if isinstance(piece, Passage)]))
    children, origin = unit.body.children, _origin(unit)
    if unit.role == "removed" or not unit.text:
        return Removed(unit.text, unit.reason or "white space", origin)
    if unit.role == "heading":
        counters["h"] += 1
        return Heading(unit.level, children, f"h{counters['h']}", origin)
    if unit.run_in:
        head, tail = split(children, unit.run_in)
        counters["r"] += 1
        children = (RunIn(unit.level, head, f"r{counters['r']}"), *tail)
    align = unit.block.align if isinstance(unit.block, Paragraph) else None
    return Paragraph(children, unit.role or "body", align, origin)  # type: ignore[arg-type]


# --- Blocks of other types --------------------------------------------------------------------------------------


def rebuilt(block: Block, pieces: Iterator[Passage]) -> Block:
    """The block with the children its passages hold now; takes passages in the order `_pieces` gave them."""
    match block:
        case Paragraph() | Heading():
            return msgspec.structs.replace(block, children=next(pieces).children)
        case Preformatted():
            return msgspec.structs.replace(block, text=next(pieces).text)
        case Figure():
            return msgspec.structs.replace(block, caption=next(pieces).children)
        case Table():
            caption = next(pieces).children if block.caption else ()
            rows = tuple(
                msgspec.structs.replace(
                    row,
                    cells=tuple(
                        msgspec.structs.replace(cell, children=_each(cell.children, pieces)) for cell in row.cells
                    ),
                )
                for row in block.rows
            )
            return msgspec.structs.replace(block, caption=caption, rows=rows)
        case Quote():
            return Quote(_each(block.children, pieces))
        case List():
            items = tuple(_same_item(item, pieces) for item in block.items)
            return msgspec.structs.replace(block, items=items)
    return block


def _each(blocks: tuple[Block, ...], pieces: Iterator[Passage]) -> tuple[Block, ...]:
    return tuple(rebuilt(block, pieces) for block in blocks)


def _same_item(item: ListItem, pieces: Iterator[Passage]) -> ListItem:
    return msgspec.structs.replace(item, children=_each(item.children, pieces))
