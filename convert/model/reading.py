"""Reading a document: its text as a reader sees it, its blocks in order, its outline."""

from __future__ import annotations

from collections.abc import Iterator

from .types import (
    Block,
    Break,
    Code,
    Emphasis,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    NoteRef,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Removed,
    Ruby,
    RunIn,
    Span,
    Table,
    Text,
)


def plain(inlines: tuple[Inline, ...]) -> str:
    """The text of a run of inlines as a reader sees it; a `Break` is a newline, a gloss is not text of the line."""
    parts: list[str] = []
    for node in inlines:
        match node:
            case Text() | Code() | Formula():
                parts.append(node.text)
            case Ruby():
                parts.append(node.base)
            case NoteRef():
                parts.append(node.label)
            case Break():
                parts.append("\n")
            case Picture():
                parts.append(node.said)
            case _:
                parts.append(plain(node.children))
    return "".join(parts)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in document order, a container before what it holds."""
    for block in blocks:
        yield block
        match block:
            case List():
                for item in block.items:
                    yield from walk(item.children)
            case Quote():
                yield from walk(block.children)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from walk(cell.children)


def walk_inline(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every inline in order, a container before what it holds."""
    for node in inlines:
        yield node
        if isinstance(node, Emphasis | Link | Span | RunIn):
            yield from walk_inline(node.children)


def inlines_of(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """Every inline of the blocks and of what they hold, captions too, in document order."""
    for block in walk(blocks):
        match block:
            case Paragraph() | Heading():
                yield from walk_inline(block.children)
            case Table() | Figure():
                yield from walk_inline(block.caption)


def block_text(block: Block) -> str:
    """A block's text, one line for each line of the page; containers join their parts with newlines."""
    match block:
        case Paragraph() | Heading():
            return plain(block.children)
        case Preformatted() | Removed():
            return block.text
        case List():
            return "\n".join(item_text(item) for item in block.items)
        case Quote():
            return "\n".join(map(block_text, block.children))
        case Table():
            cells = ["\n".join(map(block_text, cell.children)) for row in block.rows for cell in row.cells]
            return "\n".join(([plain(block.caption)] if block.caption else []) + cells)
        case Figure():
            return plain(block.caption)
    return ""


def item_text(item: ListItem) -> str:
    """A list item's text with its marker, as printed."""
    return item.marker + "\n".join(map(block_text, item.children))


def one_line(text: str) -> str:
    """Text for a place that holds one line (an outline, a title field): set line breaks close up."""
    return "".join(text.split("\n"))
