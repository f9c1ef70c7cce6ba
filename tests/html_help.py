"""What the HTML tests share: reading a snippet, and a document as lines that a person can compare."""

from __future__ import annotations

from convert.model import (
    Block,
    Break,
    Cell,
    Code,
    Document,
    Emphasis,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    List,
    Media,
    NoteRef,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Removed,
    Ruby,
    Rule,
    Span,
    Table,
    Text,
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


def account(document: Document) -> str:
    """A document with what is in its lines and what is left out: metadata behind `=`, notices behind `!`, a block a
    line, lines left out with their reasons behind `-`.  In a line `<kind>` stands around what is set in some way, with
    the MathML of a formula, and `\u00ab\u00bb` around what is layout at its ends."""
    known = [(field, getattr(document.metadata, field)) for field in FIELDS]
    out = [f"= {field}: {value}" for field, value in (*known, *document.metadata.extra) if value]
    out += [f"! {notice.message}" for notice in document.notices]
    out += [line for block in document.blocks for line in _told(block)]
    out += [f"picture {key}: {_shown(media)}" for key, media in document.media.items()]
    out += [f"note {note.label}: {_within(note.children)}" for note in document.notes]
    return "\n".join(map(str.rstrip, out))


def _shown(media: Media) -> str:
    drawn = " " + media.data.decode() if media.media_type == "image/svg+xml" else ""
    return f"{media.width}x{media.height} {media.media_type}{drawn}"


def _told(block: Block) -> list[str]:
    match block:
        case Removed():
            return [f"- {block.reason}: {line}" for line in block.text.split("\n")]
        case Paragraph():
            return [f"{block.role}{f' {block.align}' if block.align else ''}: {_placed(block)}"]
        case Heading():
            return [f"heading {block.level}: {_placed(block)}"]
        case Figure():
            size = f" {block.width:g}x{block.height:g}" if block.width and block.height else ""
            return [f"figure{size} ({block.alt}): {_marked(block.caption)}"]
        case List():
            return [f"item {item.marker or '-'}: {_within(item.children)}" for item in block.items]
        case Quote():
            return [f"quote: {_within(block.children)}"]
        case Table():
            rows = [("head: " if row.header else "row: ") + " | ".join(map(_cell, row.cells)) for row in block.rows]
            return [f"table: {_marked(block.caption)}", *rows]
        case Preformatted():
            return [f"pre: {_flat(block.text)}"]
        case Rule():
            return ["rule"]
    raise AssertionError(block)


def _placed(block: Paragraph | Heading) -> str:
    lead, trail = (block.origin.lead, block.origin.trail) if block.origin else ("", "")
    return "".join(
        (f"\u00ab{lead}\u00bb" if lead else "", _marked(block.children), f"\u00ab{trail}\u00bb" if trail else "")
    )


def _cell(cell: Cell) -> str:
    spans = "".join(f"<{count}{way}>" for count, way in ((cell.colspan, "wide"), (cell.rowspan, "high")) if count > 1)
    head = "<head>" if cell.header else ""
    return spans + head + (f"<{cell.align}>" if cell.align else "") + _within(cell.children)


def _within(blocks: tuple[Block, ...]) -> str:
    """Blocks in a line: a paragraph as its text, any other with its kind."""
    parts = [line for block in blocks for line in _told(block)]
    return " / ".join(part.removeprefix("body: ") for part in parts)


def _marked(inlines: tuple[Inline, ...]) -> str:
    return "".join(map(_mark, inlines))


def _mark(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Emphasis():
            return f"<{inline.kind}>{_marked(inline.children)}</{inline.kind}>"
        case Link():
            return f"<{inline.target}>{_marked(inline.children)}</>"
        case Ruby():
            return f"<ruby {inline.gloss}>{inline.base}</ruby>"
        case Code():
            return f"<code>{inline.text}</code>"
        case Span():
            return f"<{inline.language}>{_marked(inline.children)}</{inline.language}>"
        case NoteRef():
            return f"<note {inline.label}>"
        case Break():
            return " / "
        case Picture():
            return f"<picture {inline.alt}>"
        case Formula():
            return f"<formula {inline.text}>{inline.mathml.partition('>')[2].removesuffix('</math>')}</formula>"
    raise AssertionError(inline)
