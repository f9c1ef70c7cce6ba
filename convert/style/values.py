"""What a style says: a class for each table of a style file, with its keys, their kinds and their defaults."""

from __future__ import annotations

import hashlib
from typing import Literal, get_args

import msgspec


class Length(float):
    """A length in points; in a style file a string with a unit: pt, mm, cm or in."""


class _TomlTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Page(_TomlTable, frozen=True):
    """Paper and text area.  inner: the binding side, left on odd pages where `mirrored`."""

    width: Length
    height: Length
    top: Length
    inner: Length
    text_width: Length
    text_height: Length
    mirrored: bool = False


class Grid(_TomlTable, frozen=True):
    """line_pitch: baseline to baseline, all body lines stand on it.

    characters: with a number, the measure is that many cells of character_pitch and Han stand on them (GB/T 9704);
    with 0 the measure is the page's text_width.  lines: lines a page.
    """

    line_pitch: Length
    lines: int
    characters: int = 0
    character_pitch: Length = Length(0)


class PageNumber(_TomlTable, frozen=True):
    """form: `{n}` is the number.  gap: from the text area's lower edge to the number's em box, or to the dash beside it
    where it has one (GB/T 9704-2012, 7.5).  inset: em from the side it stands at."""

    show: bool
    face: str
    size: Length
    form: str
    odd: Literal["left", "center", "right"]
    even: Literal["left", "center", "right"]
    gap: Length
    inset: float = 0

    @property
    def above(self) -> float:
        """From the text area's lower edge to the number's em box, points: a dash stands in the middle of it."""
        return self.gap - (self.size / 2 if "\u2014" in self.form else 0.0)


class RunningHead(_TomlTable, frozen=True):
    """A line above the text area of every page but the first.  form: `{title}` is the document's; gap: from its em box
    to the text area; rule: a line under it."""

    show: bool = False
    face: str = "song"
    size: Length = Length(10.5)
    form: str = "{title}"
    odd: Literal["left", "center", "right"] = "right"
    even: Literal["left", "center", "right"] = "left"
    gap: Length = Length(14)
    rule: bool = True


class Face(_TomlTable, frozen=True):
    """A typeface role.

    docx: East Asian font names written to Word, the wanted one first; docx_latin: the Latin one.
    families: open families to look for on the system, in order, `Family:weight`.  latin: those for letters and
    digits; empty: the face's own.
    packaged: `serif` or `sans`, the face that comes with the program.  weight: of a variable face, 100 to 900.
    embolden: stroke to add in em where the face found has no bold of its own.
    """

    docx: tuple[str, ...]
    docx_latin: str
    packaged: Literal["serif", "sans"]
    families: tuple[str, ...] = ()
    latin: tuple[str, ...] = ()
    weight: int = 400
    embolden: float = 0


class Element(_TomlTable, frozen=True):
    """How one kind of paragraph is set.

    indent: first line, em; left, right: the whole paragraph, em; hanging: later lines, em beyond `left`.
    above, below: empty lines of the body.  leading: baseline to baseline in body lines (1 is the grid).
    stand_in_bold: set bold where the role's face is not at hand and another stands in that looks like the body's.
    rules: which borders a table has.  page_break: begins a new page (and a new EPUB chapter always at level 1).
    """

    face: str
    size: Length
    bold: bool = False
    stand_in_bold: bool = False
    align: Literal["justify", "left", "center", "right"] = "justify"
    indent: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    above: float = 0
    below: float = 0
    leading: float = 1
    keep_next: bool = False
    page_break: bool = False
    balanced: bool = False
    color: str = "#000000"
    rules: Literal["all", "horizontal", "none"] = "all"


class Elements(_TomlTable, frozen=True):
    """One table for each role.  run_in 1 to 4 are the leading sentences of a paragraph (a run-in heading).

    Of an official document: recipients are the bodies it goes to, attendance is who was at a meeting, annex_label and
    annex_title stand over an attachment, classification is copy number, security and urgency, document_number is the
    line of the number with the signers, copy_to and printing are the lines at its end.  issuing_mark: size is the
    largest, made smaller until the mark fits the text area.
    """

    title: Element
    subtitle: Element
    byline: Element
    dateline: Element
    salutation: Element
    heading1: Element
    heading2: Element
    heading3: Element
    heading4: Element
    run_in1: Element
    run_in2: Element
    run_in3: Element
    run_in4: Element
    body: Element
    list_item: Element
    quote: Element
    note: Element
    recipients: Element
    public_note: Element
    attendance: Element
    annex_label: Element
    annex_title: Element
    classification: Element
    issuing_mark: Element
    document_number: Element
    copy_to: Element
    printing: Element
    caption: Element
    table: Element
    preformatted: Element
    signature: Element
    date: Element
    attachment: Element
    footnote: Element
    source_note: Element
    contents: Element


PaperForm = Literal["plain", "auto", "general", "upward", "letter", "order", "minutes"]
FORMS: tuple[PaperForm, ...] = get_args(PaperForm)
"""How an official document is set: `plain` without a letterhead, `auto` by the letterhead the page had."""


class Letterhead(_TomlTable, frozen=True):
    """What stands above and below an official document that is set with a letterhead (GB/T 9704-2012, 7 and 10).

    form: whether it is, where nothing else says so.  top, upward_top, order_top, minutes_top: from the text area's
    upper edge to the mark; letter_top: from the page's.  lines: empty lines between the mark and the number.  gap:
    from the number (in a letter, from the mark) to the red rule, weight its own.  letter_rule: length of a letter's
    two rules, each of a thick and a thin line with letter_rule_gap between them; letter_foot: from the lower one to
    the page's lower edge.  end_rule, end_rule_inner: weights of the outer and inner rules of the lines at the end.
    even_end: these stand on a page with an even number.  color: of the rules.  signer_face: of the signers' names.
    """

    form: PaperForm = "plain"
    top: Length = Length(35 * 72 / 25.4)
    upward_top: Length = Length(35 * 72 / 25.4)
    order_top: Length = Length(20 * 72 / 25.4)
    minutes_top: Length = Length(35 * 72 / 25.4)
    letter_top: Length = Length(30 * 72 / 25.4)
    lines: float = 2
    gap: Length = Length(4 * 72 / 25.4)
    weight: Length = Length(1)
    letter_rule: Length = Length(170 * 72 / 25.4)
    letter_thick: Length = Length(1.5)
    letter_thin: Length = Length(0.5)
    letter_rule_gap: Length = Length(1.5)
    letter_foot: Length = Length(20 * 72 / 25.4)
    end_rule: Length = Length(0.35 * 72 / 25.4)
    end_rule_inner: Length = Length(0.25 * 72 / 25.4)
    even_end: bool = True
    signer_face: str = "kai"
    color: str = "#ff0000"


class Composition(_TomlTable, frozen=True):
    """Line composition (convert/README.md, Line composition).  autospace: Han next to western, em.  breaks: the level
    of section 2.  hyphenate: divide western words at line ends.  widow_control: no page begins with a paragraph's last
    line or ends with its first; off, pages are filled, and only a last line of less than four characters stands on no
    page alone (GB/T 9704-2012, 5.2.3).  words: `keep` breaks lines between words alone, where spaces part them (KLReq
    3.1.2)."""

    breaks: Literal["none", "basic", "gb", "strict"] = "gb"
    autospace: float = 0.25
    hanging: bool = False
    trim_indented_start: bool = False
    hyphenate: bool = False
    widow_control: bool = True
    words: Literal["break", "keep"] = "break"
    vertical: bool = False
    emphasis_dots: Literal["under", "over"] = "under"


class Outline(_TomlTable, frozen=True):
    """depth: levels in bookmarks, nav and the Word outline; run_in: also run-in headings (not in Word, which has
    no outline level for a part of a paragraph)."""

    depth: int = 4
    run_in: bool = False


class Contents(_TomlTable, frozen=True):
    """A contents page: whether there is one, and down to which level.  `auto`: in a text of `least` characters."""

    show: bool | Literal["auto"] = False
    depth: int = 2
    least: int = 30_000


class SourceNote(_TomlTable, frozen=True):
    """The note at the end that says where the text comes from."""

    show: bool = True


class Pdf(_TomlTable, frozen=True):
    """standard: what the file conforms to: PDF/A-2a with PDF/UA-1, or PDF/A-4 with PDF/UA-2 (PDF 2.0).  missing_glyphs:
    what becomes of a character no face can draw: an error, or a box and a warning.  attach_source: the page the text is
    from is embedded in the file, which is then PDF/A-3a instead of PDF/A-2a, or PDF/A-4f instead of PDF/A-4."""

    standard: Literal["a-2", "a-4"] = "a-2"
    missing_glyphs: Literal["error", "box"] = "box"
    attach_source: bool = False


class Epub(_TomlTable, frozen=True):
    """embed_fonts: subsets of the faces go into the book.  page_list: pages of the style's grid, as a print of the
    text would have them.  rights: who may do what.  collection: the series or set the editions belong to, position:
    their number in it."""

    embed_fonts: bool = False
    page_list: bool = False
    rights: str = ""
    collection: str = ""
    collection_type: Literal["series", "set"] = "series"
    position: str = ""


class Docx(_TomlTable, frozen=True):
    """What Word's arithmetic needs differently (convert/README.md, Page).  body_size replaces the grid's size
    everywhere it is used; spacing in twentieths of a point for each character of the body.  hanging: Word's own switch
    for marks beyond the measure; on, as Word has it by default, for LibreOffice 7.4 reads it the wrong way round and,
    told not to hang marks, hangs them and loses some in its PDF.  reference: a DOCX whose styles, page, headers and
    footers are kept, beside the style's file.  show_repairs: each repair is a comment where it was made."""

    top: Length | None = None
    bottom: Length | None = None
    left: Length | None = None
    right: Length | None = None
    line_pitch: Length | None = None
    body_size: Length | None = None
    spacing: int = 0
    hanging: bool = True
    reference: str = ""
    embed_fonts: bool = False
    show_repairs: bool = False


class Style(_TomlTable, frozen=True):
    """All values of a style, whatever file they come from.  languages: the style that takes its place for a text in
    another language, by BCP 47 tag; what extends a style does not inherit it."""

    name: str
    description: str
    page: Page
    grid: Grid
    page_number: PageNumber
    faces: dict[str, Face]
    elements: Elements
    letterhead: Letterhead = Letterhead()
    running_head: RunningHead = RunningHead()
    composition: Composition = Composition()
    outline: Outline = Outline()
    contents: Contents = Contents()
    source_note: SourceNote = SourceNote()
    pdf: Pdf = Pdf()
    epub: Epub = Epub()
    docx: Docx = Docx()
    languages: dict[str, str] = {}

    def element(self, role: str) -> Element:
        """The element of a role, `body` or `heading2`."""
        found: Element = getattr(self.elements, role)
        return found

    def heading(self, level: int) -> Element:
        """The element of a heading level; levels below the fourth look like the fourth."""
        return self.element(f"heading{min(level, 4)}")

    def run_in(self, level: int) -> Element:
        """The element of a run-in heading's level; levels below the fourth look like the fourth."""
        return self.element(f"run_in{min(level, 4)}")

    @property
    def form(self) -> PaperForm:
        """How official documents are set."""
        return self.letterhead.form

    @property
    def sha256(self) -> str:
        """SHA-256 of its values, however they are written and whatever they are inherited from."""
        return hashlib.sha256(msgspec.json.encode(self, enc_hook=float, order="deterministic")).hexdigest()
