"""The draft -> the document's blocks, typed and labelled, headings and run-in headings numbered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

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
    RemovalReason,
    Removed,
    RunIn,
    Table,
    map_blocks,
    plain,
)
from .draft import Draft, Unit
from .edits import Passage
from .found import found
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
    return found(tuple(out))


def noted(draft: Draft) -> tuple[Note, ...]:
    """The notes with their text as repaired."""
    out: list[Note] = []
    for note, pieces in zip(draft.document.notes, draft.note_pieces, strict=True):
        passages = iter([piece for piece in pieces if isinstance(piece, Passage)])
        out.append(msgspec.structs.replace(note, children=found(_rebuilt(note.children, passages))))
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
    if origin is None:
        return None
    return Origin(origin.first, unit.last, origin.lead, unit.trail, unit.sure, unit.why, unit.by_hand)


def _made(unit: Unit, counters: dict[str, int]) -> Block:
    if isinstance(unit.block, Removed):
        return unit.block
    if not isinstance(unit.block, Paragraph | Heading):
        (block,) = _rebuilt((unit.block,), iter([piece for piece in unit.pieces if isinstance(piece, Passage)]))
        return block
    children, origin = unit.body.children, _origin(unit)
    if unit.role == "removed" or not unit.text:
        return Removed(unit.text, cast("RemovalReason", unit.reason or "white space"), origin)
    if unit.role == "quote":
        return Quote((Paragraph(children, origin=origin),))
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


def _rebuilt(blocks: tuple[Block, ...], pieces: Iterator[Passage]) -> tuple[Block, ...]:
    """The blocks with the text their passages hold now; takes passages in the order `_pieces` gave them."""

    def change(block: Block) -> Block:
        new = msgspec.structs.replace
        match block:
            case Paragraph() | Heading():
                return new(block, children=next(pieces).children)
            case Preformatted():
                return new(block, text=next(pieces).text)
            case Figure():
                return new(block, caption=next(pieces).children)
            case Table() if block.caption:
                return new(block, caption=next(pieces).children)
        return block

    return map_blocks(blocks, change)
