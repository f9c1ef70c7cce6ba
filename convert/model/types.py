"""The types of a document: inlines, blocks, notes, and what is known of the source.

All are frozen `msgspec` structs, tagged by `type`, so that JSON, JSON Schema and a round trip come with them.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from .reasons import RemovalReason


class _Tagged(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="type"):
    pass


# --- Inline -----------------------------------------------------------------------------------------------------


class Text(_Tagged, frozen=True, tag="text"):
    """A run of characters."""

    text: str


class Emphasis(_Tagged, frozen=True, tag="emphasis"):
    """kind: `dots` are emphasis marks under (zh) or over (ja) each character."""

    children: tuple[Inline, ...]
    kind: Literal["strong", "emphasis", "dots", "underline", "strike", "sup", "sub"] = "emphasis"


class Link(_Tagged, frozen=True, tag="link"):
    """target: an absolute http, https or mailto address, or `#id` within the document."""

    target: str
    children: tuple[Inline, ...]


class Ruby(_Tagged, frozen=True, tag="ruby"):
    """A gloss (pinyin, furigana, bopomofo) on a base; one pair per annotated unit."""

    base: str
    gloss: str


class Code(_Tagged, frozen=True, tag="code"):
    """A run of characters in a face of even widths."""

    text: str


class Span(_Tagged, frozen=True, tag="span"):
    """A stretch in another language: a BCP 47 tag such as `en` or `ja`."""

    language: str
    children: tuple[Inline, ...]


class RunIn(_Tagged, frozen=True, tag="run_in"):
    """A run-in heading: the leading sentence of a paragraph that heads it; listed in a contents like a heading."""

    level: int
    children: tuple[Inline, ...]
    id: str = ""


class NoteRef(_Tagged, frozen=True, tag="note_ref"):
    """A reference to the footnote `id`; `label` is the mark that is printed."""

    id: str
    label: str


class Break(_Tagged, frozen=True, tag="break"):
    """A line break the author set."""


class Picture(_Tagged, frozen=True, tag="picture"):
    """A small picture within a line, such as a sign or an icon.

    media: a key of `Document.media`.  said: what is read in its place where a line is text alone; empty where the
    picture says nothing, or too much.  width, height: as for `Figure`.
    """

    media: str
    alt: str = ""
    said: str = ""
    width: float | None = None
    height: float | None = None


class Formula(_Tagged, frozen=True, tag="formula"):
    """A formula.  text: the same on one line, as it is read and printed where a format has no formulas.  mathml: its
    presentation MathML, a `<math>` of elements that draw and of nothing that runs or is fetched."""

    text: str
    mathml: str


Inline = Text | Emphasis | Link | Ruby | Code | Span | RunIn | NoteRef | Break | Picture | Formula

# --- Blocks -----------------------------------------------------------------------------------------------------


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a block stood, lines `first` to `last` of the decoded source, from 1, both included; how sure its kind is.

    lead, trail: white space of the first line's start and the last line's end, which is layout and not text.
    sure: how likely the block is what it is said to be, 0 to 1; None where it was not weighed.  why: the evidence
    that decided, strongest first.  by_hand: a person said what it is.
    """

    first: int
    last: int
    lead: str = ""
    trail: str = ""
    sure: float | None = None
    why: tuple[str, ...] = ()
    by_hand: bool = False


class Ordinal(msgspec.Struct, frozen=True, omit_defaults=True):
    """The number a text begins with: an ordinal mark, an attachment's or a caption's number.

    family: the kind of mark, such as `chapter`, `han_paren`, `arabic`, `table`.  path: its numbers, (1, 2, 1) for
    `1.2.1`; empty for a mark that does not count, such as a dash or a bullet.  length: characters of the text it takes,
    with the white space behind it.
    """

    family: str
    path: tuple[int, ...] = ()
    length: int = 0


class AttachmentName(msgspec.Struct, frozen=True, omit_defaults=True):
    """One line of the note that lists the attachments (GB/T 9704-2012, 7.3.4).

    label: characters of the word before the names, with its colon.  mark: the number of this attachment, behind the
    label; of family `label` and without length where it is part of the label (U+9644 U+4EF6 `2` and a colon).
    """

    label: int = 0
    mark: Ordinal | None = None


Role = Literal[
    "body", "title", "subtitle", "byline", "dateline", "meta", "salutation", "note", "caption", "signature", "date",
    "attachment", "source_note",
]  # fmt: skip
PaperElement = Literal[
    "copy_number", "security", "urgency", "issuing_mark", "document_number", "signer", "issuer_line", "recipients",
    "public_note", "attendance", "annex_label", "annex_title", "copy_to", "printing", "letter_field",
]  # fmt: skip
"""What a line is to an official document (GB/T 9704-2012, 7 and 10): a line above the title is `meta` to any text, and
here the mark of the body that issues it.  `letter_field`: a field of a letter of Taiwan, below its title."""
Align = Literal["left", "center", "right"]


class Paragraph(_Tagged, frozen=True, tag="paragraph"):
    """role: what the paragraph is to a Chinese document.

    `dateline` is a date line under the title, `date` the one under a signature; `meta` lines were read into
    `Metadata` and are not printed; `source_note` is written by us at the end of an edition.
    align: only where the source set it and the role does not say.
    mark: the ordinal mark the text begins with, or a caption's number.  names: of an attachment note, one for each
    line of it that holds text.  closing: the closing group (signatories and their date) the paragraph belongs to,
    counted from 1; 0 outside of any.  element: what it is to an official document, where it is more than its role.
    """

    children: tuple[Inline, ...]
    role: Role = "body"
    align: Align | None = None
    origin: Origin | None = None
    mark: Ordinal | None = None
    names: tuple[AttachmentName, ...] = ()
    closing: int = 0
    element: PaperElement | None = None


class Heading(_Tagged, frozen=True, tag="heading"):
    """level: 1 is the first below the title.  id: unique in the document, the same on every run.  mark: the ordinal
    mark the text begins with.  element: `annex_title` for the title of an attachment."""

    level: int
    children: tuple[Inline, ...]
    id: str = ""
    origin: Origin | None = None
    mark: Ordinal | None = None
    element: PaperElement | None = None


class ListItem(_Tagged, frozen=True, tag="list_item"):
    """marker: the mark as printed, `1.` or a bullet or a Chinese ordinal; writers set it as text.

    counted: the mark was not in the source text but counted by the page (an `<ol>`).  mark: what the marker says.
    """

    children: tuple[Block, ...]
    marker: str = ""
    counted: bool = False
    origin: Origin | None = None
    mark: Ordinal | None = None


class List(_Tagged, frozen=True, tag="list"):
    """style: the family of its items' marks, where all have one."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    style: str = ""


class Quote(_Tagged, frozen=True, tag="quote"):
    """Blocks that are quoted."""

    children: tuple[Block, ...]


class Cell(_Tagged, frozen=True, tag="cell"):
    """A cell of a table.  colspan, rowspan: columns and rows it covers.  header: it heads a row or column."""

    children: tuple[Block, ...]
    colspan: int = 1
    rowspan: int = 1
    header: bool = False
    align: Align | None = None


class Row(_Tagged, frozen=True, tag="row"):
    """header: a row that repeats at the top of each page the table runs on to."""

    cells: tuple[Cell, ...]
    header: bool = False


class Table(_Tagged, frozen=True, tag="table"):
    """Rows hold a cell once, at its upper left corner; spans cover the rest.  number: the number in its caption."""

    rows: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()
    origin: Origin | None = None
    number: Ordinal | None = None


class Figure(_Tagged, frozen=True, tag="figure"):
    """media: a key of `Document.media`, or None where the picture could not be had.  number: the number in its caption.

    width, height: the size at which the page shows the picture, CSS pixels; None where the page does not say.
    """

    media: str | None
    alt: str = ""
    caption: tuple[Inline, ...] = ()
    origin: Origin | None = None
    number: Ordinal | None = None
    width: float | None = None
    height: float | None = None


class Preformatted(_Tagged, frozen=True, tag="preformatted"):
    """Text whose lines and spaces stay as they are.  language: of a program, where the page says so."""

    text: str
    language: str = ""
    origin: Origin | None = None


class Rule(_Tagged, frozen=True, tag="rule"):
    """A thematic break."""


class Removed(_Tagged, frozen=True, tag="removed"):
    """Lines of the source that are no part of the document, kept with the reason; never printed."""

    text: str
    reason: RemovalReason
    origin: Origin | None = None


Block = Paragraph | Heading | List | Quote | Table | Figure | Preformatted | Rule | Removed


class Note(_Tagged, frozen=True, tag="note"):
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
    language: BCP 47 with script, `zh-Hans`.  source_language: that of the page, where the text was put into another
    script.  copy_number to printing_date: the elements of an official document (GB/T 9704-2012, 7); several bodies or
    signers of one are parted by U+3001.  form: how an official document with a letterhead is set, where the page had
    one.  extra: further (label, value) pairs of the page's own table.
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
    copy_number: str | None = None
    security: str | None = None
    urgency: str | None = None
    issuing_mark: str | None = None
    signer: str | None = None
    recipients: str | None = None
    public_note: str | None = None
    copy_to: str | None = None
    printing_body: str | None = None
    printing_date: str | None = None
    form: str | None = None
    language: str | None = None
    modified: str | None = None
    source_language: str | None = None
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
