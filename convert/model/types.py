"""The types of a document: inlines, blocks, notes, and what is known of the source.

All are frozen `msgspec` structs, tagged by `type`, so that JSON, JSON Schema and a round trip come with them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from ..errors import Notice


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


class Attachment(msgspec.Struct, frozen=True):
    """A file that goes with the document: a page it was made from."""

    name: str
    media_type: str
    data: bytes


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """attachments: files that editions embed where their style wants it; no part of what `to_json` gives."""

    source: SourceInfo
    metadata: Metadata = Metadata()
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    media: dict[str, Media] = {}
    repairs: tuple[Repair, ...] = ()
    notices: tuple[Notice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
