"""What the HTML tests share: reading a snippet, and a document as lines that a person can compare."""

from __future__ import annotations

from convert.model import (
    Block,
    Document,
    Figure,
    Heading,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Removed,
    Rule,
    Table,
    block_text,
    item_text,
    plain,
)
from convert.readers import html
from convert.source import Source, from_bytes

FIELDS = ("title", "subtitle", "source", "author", "editor", "published", "url", "document_number", "issuing_body",
          "index_number", "language")  # fmt: skip


def page(content: str, **known: object) -> Source:
    """A source made of HTML."""
    return from_bytes(content.encode(), "page.html", **known)  # type: ignore[arg-type]


def read(content: str, **known: object) -> Document:
    return html.read(page(content, **known))


def printed(document: Document) -> list[str]:
    """The blocks that are printed, one line each: kind and text; set line breaks are shown as ` / `."""
    return [line for block in document.blocks for line in _lines(block)]


def _lines(block: Block) -> list[str]:
    match block:
        case Removed():
            return []
        case Paragraph(role="meta"):
            return []
        case Paragraph():
            kind = block.role + (f" {block.align}" if block.align else "")
            return [f"{kind}: {_flat(plain(block.children))}"]
        case Heading():
            return [f"heading {block.level}: {_flat(plain(block.children))}"]
        case Figure():
            return [f"figure: {_flat(plain(block.caption))}"]
        case List():
            return [f"item: {_flat(item_text(item))}" for item in block.items]
        case Quote():
            return [f"quote: {_flat(block_text(block))}"]
        case Table():
            rows = [" | ".join(_flat(block_text_of(cell.children)) for cell in row.cells) for row in block.rows]
            return [f"table: {_flat(plain(block.caption))}", *(f"row: {row}" for row in rows)]
        case Preformatted():
            return [f"pre: {_flat(block.text)}"]
        case Rule():
            return ["rule"]
    raise AssertionError(block)


def block_text_of(blocks: tuple[Block, ...]) -> str:
    return "\n".join(map(block_text, blocks))


def _flat(text: str) -> str:
    return text.replace("\n", " / ")


def removed(document: Document) -> dict[str, str]:
    """Every line left out, with its reason."""
    return {
        line: block.reason for block in document.blocks if isinstance(block, Removed) for line in block.text.split("\n")
    }


def summary(document: Document) -> str:
    """A document as the expected files have it: metadata, an empty line, the printed blocks."""
    known = [(field, getattr(document.metadata, field)) for field in FIELDS]
    head = [f"{field}: {value}" for field, value in known if value]
    head += [f"{label}: {value}" for label, value in document.metadata.extra]
    notes = [f"note {note.label}: {_flat(block_text_of(note.children))}" for note in document.notes]
    return "\n".join([*head, "", *printed(document), *notes, ""])
