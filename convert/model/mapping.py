"""A document rewritten: every block, list item or inline through one function, whatever holds it.

The function sees a container before what it holds, and what it returns is what is looked into.  It may return None:
then the block or inline is left out.  What does not change is the same object as before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from .reading import inlines_of
from .types import (
    Block,
    Emphasis,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Paragraph,
    Picture,
    Quote,
    Removed,
    Row,
    RunIn,
    Span,
    Table,
)


def map_blocks(
    blocks: tuple[Block, ...],
    change: Callable[[Block], Block | None],
    item: Callable[[ListItem], ListItem] | None = None,
) -> tuple[Block, ...]:
    """The blocks as `change` makes them, in document order.  item: what becomes of a list's items themselves."""
    out: list[Block] = []
    for block in blocks:
        new = change(block)
        if new is not None:
            out.append(_inside(new, change, item))
    return tuple(out)


def printed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without what is not printed, also inside quotes, lists and tables."""
    return map_blocks(blocks, lambda block: block if is_printed(block) else None)


def is_printed(block: Block) -> bool:
    """Whether editions show it: it was not removed, and is no line that became metadata."""
    return not isinstance(block, Removed) and (not isinstance(block, Paragraph) or block.role != "meta")


def _inside(
    block: Block, change: Callable[[Block], Block | None], item: Callable[[ListItem], ListItem] | None
) -> Block:
    match block:
        case Quote():
            quote: Quote = _holding(block, map_blocks(block.children, change, item))
            return quote
        case List():
            items = []
            for one in block.items:
                new = item(one) if item is not None else one
                items.append(_holding(new, map_blocks(new.children, change, item)))
            return block if _same(items, block.items) else replace(block, items=tuple(items))
        case Table():
            rows = []
            for row in block.rows:
                cells = [_holding(cell, map_blocks(cell.children, change, item)) for cell in row.cells]
                rows.append(row if _same(cells, row.cells) else Row(tuple(cells), row.header))
            return block if _same(rows, block.rows) else replace(block, rows=tuple(rows))
    return block


def map_inlines(inlines: tuple[Inline, ...], change: Callable[[Inline], Inline | None]) -> tuple[Inline, ...]:
    """The inlines as `change` makes them, in order."""
    out: list[Inline] = []
    for node in inlines:
        new = change(node)
        if isinstance(new, Emphasis | Link | Span | RunIn):
            new = _holding(new, map_inlines(new.children, change))
        if new is not None:
            out.append(new)
    return tuple(out)


def without_objects(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without pictures in lines and formulas, which each format says in a way of its own."""
    if not any(isinstance(node, Picture | Formula) for node in inlines_of(blocks)):
        return blocks

    def text_alone(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return map_inlines(inlines, lambda node: None if isinstance(node, Picture | Formula) else node)

    return map_blocks(blocks, lambda block: map_text(block, text_alone))


def map_text(block: Block, change: Callable[[tuple[Inline, ...]], tuple[Inline, ...]]) -> Block:
    """A block with its own text (or caption) as `change` makes it; what it holds is not looked into."""
    match block:
        case Paragraph() | Heading():
            held: Block = _holding(block, change(block.children))
            return held
        case Table() | Figure():
            caption = change(block.caption)
            return block if _same(caption, block.caption) else replace(block, caption=caption)
    return block


def _holding(holder: Any, children: tuple[object, ...]) -> Any:
    return holder if _same(children, holder.children) else replace(holder, children=children)


def _same(new: Sequence[object], old: Sequence[object]) -> bool:
    return len(new) == len(old) and all(one is other for one, other in zip(new, old, strict=True))
