"""The document model: what every reader makes, every pass refines and every writer draws.

All types are frozen `msgspec` structs, tagged by `type`, so that JSON, JSON Schema and a round trip come with
them.  A document keeps every line of its source: `Removed` blocks and `meta` paragraphs stay in place, labelled,
and writers pass over them (DESIGN, invariant 1).  `ledger` is a view of the blocks, `replay` proves it complete.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from .errors import Notice

SCHEMA = "wenban-document/1"


class _Node(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type"):
    pass


# --- Inline -----------------------------------------------------------------------------------------------------


class Text(_Node, frozen=True, tag="text"):
    text: str


class Emphasis(_Node, frozen=True, tag="emphasis"):
    """kind: `dots` are emphasis marks under (zh) or over (ja) each character."""

    children: tuple[Inline, ...]
    kind: Literal["strong", "emphasis", "dots", "underline", "strike", "sup", "sub"] = "emphasis"


class Link(_Node, frozen=True, tag="link"):
    """target: an absolute http, https or mailto address, or `#id` within the document."""

    target: str
    children: tuple[Inline, ...]


class Ruby(_Node, frozen=True, tag="ruby"):
    """A gloss (pinyin, furigana, bopomofo) on a base; one pair per annotated unit."""

    base: str
    gloss: str


class Code(_Node, frozen=True, tag="code"):
    text: str


class Span(_Node, frozen=True, tag="span"):
    """A stretch in another language: a BCP 47 tag such as `en` or `ja`."""

    language: str
    children: tuple[Inline, ...]


class RunIn(_Node, frozen=True, tag="run_in"):
    """A run-in heading: the leading sentence of a paragraph that heads it; listed in a contents like a heading."""

    level: int
    children: tuple[Inline, ...]
    id: str = ""


class NoteRef(_Node, frozen=True, tag="note_ref"):
    """A reference to the footnote `id`; `label` is the mark that is printed."""

    id: str
    label: str


class Break(_Node, frozen=True, tag="break"):
    """A line break the author set."""


Inline = Text | Emphasis | Link | Ruby | Code | Span | RunIn | NoteRef | Break

# --- Blocks -----------------------------------------------------------------------------------------------------


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a block stood: lines `first` to `last` of the decoded source, from 1, both included.

    lead, trail: white space of the first line's start and the last line's end, which is layout and not text.
    """

    first: int
    last: int
    lead: str = ""
    trail: str = ""


Role = Literal[
    "body", "title", "subtitle", "byline", "dateline", "meta", "salutation", "note", "caption", "signature", "date",
    "attachment", "source_note",
]  # fmt: skip
Align = Literal["left", "center", "right"]


class Paragraph(_Node, frozen=True, tag="paragraph"):
    """role: what the paragraph is to a Chinese document.

    `dateline` is a date line under the title, `date` the one under a signature; `meta` lines were read into
    `Metadata` and are not printed; `source_note` is written by us at the end of an edition.
    align: only where the source set it and the role does not say.
    """

    children: tuple[Inline, ...]
    role: Role = "body"
    align: Align | None = None
    origin: Origin | None = None


class Heading(_Node, frozen=True, tag="heading"):
    """level: 1 is the first below the title.  id: unique in the document, the same on every run."""

    level: int
    children: tuple[Inline, ...]
    id: str = ""
    origin: Origin | None = None


class ListItem(_Node, frozen=True, tag="list_item"):
    """marker: the mark as printed, `1.` or a bullet or a Chinese ordinal; writers set it as text.

    counted: the mark was not in the source text but counted by the page (an `<ol>`).
    """

    children: tuple[Block, ...]
    marker: str = ""
    counted: bool = False
    origin: Origin | None = None


class List(_Node, frozen=True, tag="list"):
    items: tuple[ListItem, ...]
    ordered: bool = False


class Quote(_Node, frozen=True, tag="quote"):
    children: tuple[Block, ...]


class Cell(_Node, frozen=True, tag="cell"):
    children: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1
    header: bool = False
    align: Align | None = None


class Row(_Node, frozen=True, tag="row"):
    """header: a row that repeats at the top of each page the table runs on to."""

    cells: tuple[Cell, ...]
    header: bool = False


class Table(_Node, frozen=True, tag="table"):
    """Rows hold a cell once, at its upper left corner; spans cover the rest."""

    rows: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()
    origin: Origin | None = None


class Figure(_Node, frozen=True, tag="figure"):
    """media: a key of `Document.media`, or None where the picture could not be had."""

    media: str | None
    alt: str = ""
    caption: tuple[Inline, ...] = ()
    origin: Origin | None = None


class Preformatted(_Node, frozen=True, tag="preformatted"):
    text: str
    language: str = ""
    origin: Origin | None = None


class Rule(_Node, frozen=True, tag="rule"):
    """A thematic break."""


class Removed(_Node, frozen=True, tag="removed"):
    """Lines of the source that are no part of the document, kept with the reason; never printed."""

    text: str
    reason: str
    origin: Origin | None = None


Block = Paragraph | Heading | List | Quote | Table | Figure | Preformatted | Rule | Removed


class Note(_Node, frozen=True, tag="note"):
    """A footnote: its body, printed at the foot of the page or popped up."""

    id: str
    label: str
    children: tuple[Block, ...]


# --- The document -----------------------------------------------------------------------------------------------


class SourceInfo(msgspec.Struct, frozen=True):
    """sha256: of the bytes as read.  lines: of the decoded text.  newline: the line end most lines have."""

    name: str
    sha256: str
    media_type: str
    charset: str
    lines: int
    newline: str = "\n"
    final_newline: bool = True


class Metadata(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of the document; a field that is not known is absent, never empty.

    published: ISO date.  modified: ISO 8601 in UTC, the time the editions carry (SOURCE_DATE_EPOCH).
    language: BCP 47 with script, `zh-Hans`.  extra: further (label, value) pairs of the page's own table.
    """

    title: str | None = None
    subtitle: str | None = None
    source: str | None = None
    editor: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    retrieved: str | None = None
    document_number: str | None = None
    issuing_body: str | None = None
    index_number: str | None = None
    language: str | None = None
    modified: str | None = None
    extra: tuple[tuple[str, str], ...] = ()


class Repair(msgspec.Struct, frozen=True):
    """One change to the source text: at `line` and `column` (from 1, in the source) `before` became `after`.

    `before` may hold a line end, where two source lines were joined.
    """

    rule: str
    line: int
    column: int
    before: str
    after: str


class Media(msgspec.Struct, frozen=True, omit_defaults=True):
    """A picture: its bytes (base64 in JSON), media type, and size in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    source: SourceInfo
    metadata: Metadata = Metadata()
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    media: dict[str, Media] = {}
    repairs: tuple[Repair, ...] = ()
    notices: tuple[Notice, ...] = ()


# --- Reading a document -----------------------------------------------------------------------------------------


def plain(inlines: tuple[Inline, ...]) -> str:
    """The text of a run of inlines as a reader sees it; a `Break` is a newline, a gloss is not text of the line."""
    parts: list[str] = []
    for node in inlines:
        match node:
            case Text() | Code():
                parts.append(node.text)
            case Ruby():
                parts.append(node.base)
            case NoteRef():
                parts.append(node.label)
            case Break():
                parts.append("\n")
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


class OutlineEntry(msgspec.Struct, frozen=True):
    """An entry of the outline: nav, bookmarks and contents are made from these and from nothing else."""

    level: int
    id: str
    text: str
    run_in: bool = False


def outline(document: Document, *, run_in: bool = False, depth: int = 9) -> list[OutlineEntry]:
    """Headings in order, down to level `depth`; with `run_in` also run-in headings."""
    entries: list[OutlineEntry] = []
    for block in walk(document.blocks):
        if isinstance(block, Heading) and block.level <= depth:
            entries.append(OutlineEntry(block.level, block.id, one_line(plain(block.children))))
        elif run_in and isinstance(block, Paragraph):
            for node in walk_inline(block.children):
                if isinstance(node, RunIn) and node.level <= depth:
                    entries.append(OutlineEntry(node.level, node.id, one_line(plain(node.children)), True))
    return entries


def one_line(text: str) -> str:
    """Text for a place that holds one line (an outline, a title field): set line breaks close up."""
    return "".join(text.split("\n"))


# --- The ledger -------------------------------------------------------------------------------------------------

Kind = Literal[
    "title", "subtitle", "meta", "byline", "salutation", "heading", "paragraph", "list_item", "note", "quote", "table",
    "figure", "caption", "signature", "date", "attachment", "removed",
]  # fmt: skip
_KIND_OF_ROLE: dict[str, Kind] = {"body": "paragraph", "dateline": "date"}


class LedgerEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of some source lines.  lead, trail: see `Origin`; text: as repaired."""

    lines: tuple[int, int]
    kind: Kind = msgspec.field(name="as")
    text: str = ""
    level: int | None = None
    run_in: str | None = None
    reason: str | None = None
    lead: str = ""
    trail: str = ""


def ledger(document: Document) -> list[LedgerEntry]:
    """One entry for each block that came from source lines, in source order.  Together they cover every line that
    is not empty, exactly once; a line of white space alone is `removed`."""
    found = list(_entries(document.blocks, None))
    for note in document.notes:
        found.extend(_entries(note.children, "note"))
    return sorted(found, key=lambda entry: entry.lines)


def _entries(blocks: tuple[Block, ...], inside: Kind | None) -> Iterator[LedgerEntry]:
    for block in blocks:
        match block:
            case List():
                for item in block.items:
                    yield from _item_entries(item, inside)
            case Quote():
                yield from _entries(block.children, inside or "quote")
            case Rule():
                pass
            case _:
                if block.origin is not None:
                    yield _entry(block, block.origin, inside)


def _item_entries(item: ListItem, inside: Kind | None) -> Iterator[LedgerEntry]:
    kind = inside or "list_item"
    if item.origin is None:
        yield from _entries(item.children, kind)
        return
    # The item's own line is its marker and its first block; what follows has lines of its own.
    own = "" if item.counted else item.marker
    rest = item.children
    if rest and getattr(rest[0], "origin", None) is None:
        own, rest = own + block_text(rest[0]), rest[1:]
    yield _made(item.origin, kind, own)
    yield from _entries(rest, kind)


def _entry(block: Any, origin: Origin, inside: Kind | None) -> LedgerEntry:
    text = block_text(block)
    match block:
        case Heading():
            return _made(origin, "heading", text, level=block.level)
        case Removed():
            return _made(origin, "removed", text, reason=block.reason)
        case Table():
            return _made(origin, "table", text)
        case Figure():
            return _made(origin, "figure", text)
        case Paragraph():
            kind: Kind = inside or _KIND_OF_ROLE.get(block.role, block.role)  # type: ignore[arg-type]
            leads = [node for node in walk_inline(block.children) if isinstance(node, RunIn)]
            if leads:
                return _made(origin, kind, text, level=leads[0].level, run_in="".join(plain(n.children) for n in leads))
            return _made(origin, kind, text)
    return _made(origin, inside or "paragraph", text)


def _made(origin: Origin, kind: Kind, text: str, **more: Any) -> LedgerEntry:
    lines = (origin.first, origin.last)
    return LedgerEntry(lines=lines, kind=kind, text=text, lead=origin.lead, trail=origin.trail, **more)


def replay(source: SourceInfo, entries: list[LedgerEntry], repairs: tuple[Repair, ...]) -> str:
    """The decoded source, rebuilt from ledger and repairs alone (DESIGN, invariant 1), in linear time.

    Raises ValueError where the record does not fit together: a repair outside every entry, an entry whose text
    does not hold what a repair says it put there, lines accounted for twice.
    """
    lines: list[str] = [""] * source.lines
    ends = [source.newline] * source.lines
    taken = bytearray(source.lines + 1)
    by_line: dict[int, list[Repair]] = {}
    for repair in repairs:
        if repair.rule == "line-end":
            ends[repair.line - 1] = repair.before
        else:
            by_line.setdefault(repair.line, []).append(repair)
    for entry in entries:
        first, last = entry.lines
        if not 1 <= first <= last <= source.lines:
            raise ValueError(f"lines {first} to {last} of {source.lines}")
        if any(taken[first : last + 1]):
            raise ValueError(f"lines {first} to {last} are accounted for twice")
        taken[first : last + 1] = b"\1" * (last + 1 - first)
        own = [repair for number in range(first, last + 1) for repair in by_line.pop(number, ())]
        parts = _unrepair(entry, sorted(own, key=lambda repair: (repair.line, repair.column)))
        if len(parts) != last - first + 1:
            raise ValueError(f"lines {first} to {last} come back as {len(parts)} lines")
        lines[first - 1 : last] = parts
    if by_line:
        raise ValueError(f"line {min(by_line)}: a repair outside every entry")
    joined = "".join(line + end for line, end in zip(lines, ends, strict=True))
    return joined if source.final_newline or not lines else joined[: len(joined) - len(ends[-1])]


def _unrepair(entry: LedgerEntry, repairs: list[Repair]) -> list[str]:
    """An entry's source lines: its text with each repair taken back, from left to right."""
    if not repairs:
        return (entry.lead + entry.text + entry.trail).split("\n")
    text = entry.text
    out = [entry.lead]
    at = 0  # offset in `text` of what is not yet taken
    line, column = _moved(entry.lines[0], 1, entry.lead)  # where `at` stands in the source
    for repair in repairs:
        upto = at
        while line < repair.line:
            upto = text.find("\n", upto) + 1
            if not upto:
                raise ValueError(f"line {repair.line}: a repair beyond its entry")
            line, column = line + 1, 1
        upto += repair.column - column
        if upto < at or line > repair.line or not text.startswith(repair.after, upto) or upto > len(text):
            raise ValueError(f"line {repair.line}, column {repair.column}: {repair.after!r} is not there")
        out += text[at:upto], repair.before
        at = upto + len(repair.after)
        line, column = _moved(line, repair.column, repair.before)
    return "".join((*out, text[at:], entry.trail)).split("\n")


def _moved(line: int, column: int, over: str) -> tuple[int, int]:
    """The place in the source after `over`, from the one before it."""
    newline = over.rfind("\n")
    return (line, column + len(over)) if newline < 0 else (line + over.count("\n"), len(over) - newline)


# --- JSON -------------------------------------------------------------------------------------------------------


class Inspection(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `wenban inspect --json` prints: the contract other tools rely on (DESIGN, The model)."""

    schema: str
    source: SourceInfo
    metadata: Metadata
    ledger: list[LedgerEntry]
    repairs: tuple[Repair, ...]
    warnings: tuple[Notice, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    media: dict[str, Media] = {}


def to_json(document: Document) -> bytes:
    """The document as JSON in UTF-8, with its ledger, indented by two."""
    whole = Inspection(
        SCHEMA,
        document.source,
        document.metadata,
        ledger(document),
        document.repairs,
        document.notices,
        document.blocks,
        document.notes,
        document.media,
    )
    return msgspec.json.format(msgspec.json.encode(whole), indent=2)


def from_json(data: bytes) -> Document:
    """The document `to_json` wrote.  Raises msgspec.ValidationError where the JSON is of another shape."""
    whole = msgspec.json.decode(data, type=Inspection)
    if whole.schema != SCHEMA:
        raise msgspec.ValidationError(f"schema is {whole.schema!r}, expected {SCHEMA!r}")
    return Document(whole.source, whole.metadata, whole.blocks, whole.notes, whole.media, whole.repairs, whole.warnings)


def json_schema() -> dict[str, Any]:
    """JSON Schema of `to_json`."""
    return msgspec.json.schema(Inspection)
