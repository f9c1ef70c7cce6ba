"""Finished editions read back by readers that share no code with the writers (convert/README.md, invariant 2).

In: an edition's bytes and the document as `writers.compose` left it.  Out: how their texts differ, empty where they do
not.  DOCX is read as ZIP and XML, PDF by PDFium, EPUB and HTML as XML and HTML by libxml2, Markdown by markdown-it-py.

Both sides are brought to a `EditionText` first:

- white space and characters without width are left out: line ends, spaces and tabs are layout; so are control
  characters, which neither XML nor a font can hold, variation selectors, tags, the sign for an object that is not
  there, and the private use planes;
- ligatures and joined forms of letters are taken for their letters, and beside text from right to left brackets and
  what has a compatibility form for what they are, as PDFium does;
- the body is the blocks in order, list markers and the marks of note references with them;
- the bodies of footnotes stand apart, in the order of the notes and without their labels, for each format puts them
  in a place of its own (the foot of the page, a part of the package, the end of the chapter);
- so do the glosses of ruby, which formats put before or after the base;
- so do formulas, whose signs are compared in no order and without those that only say how they are built, for DOCX
  and EPUB build what PDF says on a line;
- pictures within lines are no text;
- furniture is set aside: page numbers and running heads (artifacts in PDF, parts of their own in DOCX), contents made
  from the headings (`TOC`, `nav`), links back from a note.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import posixpath
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from ..errors import Said
from ..model import Document, Formula, Ruby, block_text, inlines_of, without_objects
from . import drawn, sheets

# White space, soft hyphens, zero-width and direction marks, control characters and non-characters; variation selectors
# and the private planes, which PDFium does not give back.
_LAYOUT = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    r"\uffa0\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]+"
)
_FORMS = re.compile("[\ufb00-\ufb06\ufb13-\ufb17\ufb1d-\ufdff\ufe70-\ufefc]")
_BACKWARDS = re.compile("[\u0590-\u08ff]")
_BUILDING = re.compile("[\\^_/\u221a&,;()\\[\\]{}|\u2016\u27e8\u27e9\u2308-\u230b]")
"""Signs that say how a formula is built where it stands on a line, and its brackets."""
_CONTEXT = 12
"""Characters shown on each side of a difference."""


class EditionText(NamedTuple):
    """The text of an edition, white space aside."""

    body: str
    notes: str
    glosses: str
    formulas: str = ""


class _RawReading(NamedTuple):
    """What a reader finds, white space and all; a line end where the format begins a paragraph or a page."""

    body: list[str]
    notes: list[str]
    glosses: list[str]
    formulas: list[str]


def check(
    name: str, edition: bytes | str | os.PathLike[str], document: Document | EditionText, language: str | None = None
) -> list[Said]:
    """How an edition's text differs from the document's, one sentence a part; where it does not, what keeps a reader
    from seeing it; empty where nothing does.

    name: a format that `can_read`.  edition: its bytes or its path.  document: composed, or what is `expected` of it.
    language: the document's, BCP 47, where `document` is no document.
    """
    data = edition if isinstance(edition, bytes) else Path(edition).read_bytes()
    wanted = document if isinstance(document, EditionText) else expected(document)
    if isinstance(document, Document):
        language = document.metadata.language
    try:
        if name == "pdf" and not (wanted.notes or wanted.glosses or wanted.formulas):
            runs, hidden = _runs_as(wanted.body, data)
            if runs:
                return hidden or drawn.faults(name, data, language)
        found = read(name, data)
    except Exception as error:  # what is wrong with a file decides what its reader raises
        return [Said("unread-back", kind=type(error).__name__, error=error)]
    return differences(wanted, found) or unseen(name, data, language)


def unseen(name: str, edition: bytes, language: str | None = None, *, elsewhere: bool = False) -> list[Said]:
    """What keeps a reader from seeing the text of an edition, one sentence each; empty where nothing does.

    name: its format.  language: the document's, BCP 47.  elsewhere: it may have been made on a machine with other
    faces than this; its fonts are compared with those that are at hand.
    """
    if name == "pdf":
        from . import pdf

        try:
            if hidden := list(pdf.hidden(edition)):
                return hidden
        except Exception as error:  # as above
            return [Said("drawn-pages-unreadable", kind=type(error).__name__, error=error)]
    return drawn.faults(name, edition, language, elsewhere=elsewhere) or sheets.faults(name, edition)


def read(name: str, edition: bytes) -> EditionText:
    """The text of an edition.  Raises whatever its reader does where it cannot be read."""
    return _reading(*_READERS[name](edition))


def differences(wanted: EditionText, found: EditionText) -> list[Said]:
    """One sentence for each part in which two readings differ."""
    pairs = zip(EditionText._fields, wanted, found, strict=True)
    return [_difference(part, one, other) for part, one, other in pairs if one != other]


def digest(reading: EditionText) -> str:
    """SHA-256 of a reading: its parts in UTF-8, U+001F between them, which is layout and so in none of them."""
    parts = reading if reading.formulas else reading[:-1]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def can_read(name: str) -> bool:
    """Whether there is a reader for a format."""
    return name in _READERS


def text_of(name: str, edition: bytes) -> str:
    """The text of an edition as people read it, notes at the end: a line for each paragraph where the format tells.

    name: a format that `can_read`.  Raises ValueError where the edition cannot be read.
    """
    try:
        found = _READERS[name](edition)
    except Exception as error:  # what is wrong with a file decides what its reader raises
        raise ValueError(f"{type(error).__name__}: {error}") from error
    lines = "".join((*found.body, "\n", *found.notes)).splitlines()
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def expected(document: Document) -> EditionText:
    """What an edition of a composed document has to hold."""
    notes = tuple(block for note in document.notes for block in note.children)
    inside = list(inlines_of(document.blocks + notes))
    return _reading(
        map(block_text, without_objects(document.blocks)),
        map(block_text, without_objects(notes)),
        (node.gloss for node in inside if isinstance(node, Ruby)),
        (node.text for node in inside if isinstance(node, Formula)),
    )


def _reading(body: Iterable[str], notes: Iterable[str], glosses: Iterable[str], formulas: Iterable[str]) -> EditionText:
    signs = sorted(_BUILDING.sub("", _LAYOUT.sub("", "".join(formulas))))
    return EditionText(*(_plain("".join(parts)) for parts in (body, notes, glosses, signs)))


def _plain(text: str) -> str:
    """A text without what readers do not see, or see in another form."""
    text = _LAYOUT.sub("", text)
    if _FORMS.search(text):
        text = _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]), text)
    return "".join(map(_one_side, text)) if _BACKWARDS.search(text) else text


@functools.cache
def _one_side(char: str) -> str:
    """Brackets without their side; other characters that are no letters in their plain form."""
    if char.isalnum():
        return char
    plain = unicodedata.normalize("NFKC", char)
    if len(plain) == 1 and (unicodedata.mirrored(plain) or unicodedata.category(plain) in ("Pi", "Pf")):
        left = unicodedata.name(plain).replace("RIGHT", "LEFT").replace("GREATER", "LESS")
        with contextlib.suppress(KeyError):
            return unicodedata.lookup(left)
    return plain


def _difference(part: str, wanted: str, got: str) -> Said:
    pairs = enumerate(zip(wanted, got, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(wanted), len(got)))
    before = wanted[max(0, at - _CONTEXT) : at]
    ends = [repr(text[at : at + _CONTEXT]) if text[at:] else "its end" for text in (wanted, got)]
    return Said("difference", part=part, at=at + 1, before=before, wanted=ends[0], got=ends[1])


# --- DOCX (ISO/IEC 29500-1, WordprocessingML) -------------------------------------------------------------------

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_UNSEEN = frozenset(
    {f"{_W}del", f"{_W}delText", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_SPACES = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"})


def _docx(data: bytes) -> _RawReading:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        document = _xml(package.read("word/document.xml"))
        notes = _xml(package.read("word/footnotes.xml")) if "word/footnotes.xml" in package.namelist() else None
        lists = _xml(package.read("word/numbering.xml")) if "word/numbering.xml" in package.namelist() else None
    bullets = _bullets(lists) if lists is not None else {}
    body = _DocxText(document, bullets)
    found = {note.get(f"{_W}id"): note for note in notes.iter(f"{_W}footnote")} if notes is not None else {}
    texts = [_DocxText(found[one], bullets) for one in body.references if one in found]
    glosses = [gloss for text in (body, *texts) for gloss in text.glosses]
    formulas = [said for text in (body, *texts) for said in text.formulas]
    return _RawReading(body.parts, [part for text in texts for part in text.parts], glosses, formulas)


_ListPlace = tuple[str, str]
"""A list and a level of it, as a paragraph names them."""


def _place(listed: Any) -> _ListPlace:
    list, level = (listed.find(f"{_W}{tag}") for tag in ("numId", "ilvl"))
    return ("" if list is None else list.get(f"{_W}val"), "0" if level is None else level.get(f"{_W}val"))


def _bullets(root: Any) -> dict[_ListPlace, str]:
    """What Word draws before the paragraphs of a list, by level (17.9): bullets, for numbers are text."""
    shared = {one.get(f"{_W}abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
    found: dict[_ListPlace, str] = {}
    for list in root.iter(f"{_W}num"):
        base = shared.get(list.find(f"{_W}abstractNumId").get(f"{_W}val"))
        for level in base.iter(f"{_W}lvl") if base is not None else ():
            if level.find(f"{_W}numFmt").get(f"{_W}val") == "bullet":
                place = (list.get(f"{_W}numId"), level.get(f"{_W}ilvl"))
                found[place] = level.find(f"{_W}lvlText").get(f"{_W}val")
    return found


class _DocxText:
    """The text below one element.  references: ids of the footnotes referred to, in order."""

    def __init__(self, root: Any, bullets: dict[_ListPlace, str]) -> None:
        self._bullets = bullets
        self.parts: list[str] = []
        self.glosses: list[str] = []
        self.formulas: list[str] = []
        self.references: list[str] = []
        self._count = _counter(root)
        self._fields: list[str] = []  # instructions of the fields that are open, the innermost last
        self._walk(root)

    def _walk(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag == f"{_W}t":
                self._say(child.text or "")
            elif tag in _SPACES:
                self._say(" ")
            elif tag == f"{_W}noBreakHyphen":
                self._say("-")
            elif tag == f"{_W}sym":
                self._say(chr(int(child.get(f"{_W}char", "20"), 16)))
            elif tag == f"{_W}fldChar":
                self._field(child.get(f"{_W}fldCharType"))
            elif tag == f"{_W}instrText":
                if self._fields:
                    self._fields[-1] += child.text or ""
            elif tag == f"{_W}footnoteReference":
                self._reference(child)
            elif tag == f"{_W}rt":
                self.glosses.extend(text.text or "" for text in child.iter(f"{_W}t"))
            elif tag == f"{_M}oMath":
                self.formulas.extend(text.text or "" for text in child.iter(f"{_M}t"))
            elif tag not in _UNSEEN and not _is_contents(child) and not _is_label(child):
                if (listed := child.find(f"{_W}pPr/{_W}numPr")) is not None:
                    self._say(self._bullets.get(_place(listed), ""))
                self._walk(child)
                if tag == f"{_W}p":
                    self._say("\n")

    def _say(self, text: str) -> None:
        if not any(field.split()[:1] == ["TOC"] for field in self._fields):
            self.parts.append(text)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _reference(self, element: Any) -> None:
        self.references.append(element.get(f"{_W}id"))
        if element.get(f"{_W}customMarkFollows") not in ("1", "true", "on"):
            self._say(self._count(len(self.references)))  # Word does


def _counter(root: Any) -> Callable[[int], str]:
    """How a document counts its footnotes (17.11.11, 17.11.20): from 1 in digits unless its section says otherwise."""
    values = {child.tag: child.get(f"{_W}val") for node in root.iter(f"{_W}footnotePr") for child in node}
    before = int(values.get(f"{_W}numStart", 1)) - 1
    if values.get(f"{_W}numFmt") == "decimalEnclosedCircle":
        return lambda at: chr(0x245F + before + at)
    return lambda at: str(before + at)


def _is_contents(element: Any) -> bool:
    """A contents made by Word from the headings (17.5.2.11)."""
    if element.tag != f"{_W}sdt":
        return False
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"


def _is_label(element: Any) -> bool:
    """The run in a footnote that repeats its mark: the first of all."""
    style = element.find(f"{_W}rPr/{_W}rStyle") if element.tag == f"{_W}r" else None
    if style is None or style.get(f"{_W}val") != "FootnoteReference":
        return False
    note = next(element.iterancestors(f"{_W}footnote"), None)
    return note is not None and next(note.iter(f"{_W}r")) is element


# --- EPUB and HTML ----------------------------------------------------------------------------------------------

_X = "{http://www.w3.org/1999/xhtml}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_SILENT = frozenset({"head", "script", "style", "template", "nav", "rp"})


def _epub(data: bytes) -> _RawReading:
    text = _MarkupText()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        container = _xml(package.read("META-INF/container.xml"))
        path = next(container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")).get("full-path")
        opf = _xml(package.read(path))
        items = {item.get("id"): item for item in opf.iter("{http://www.idpf.org/2007/opf}item")}
        for itemref in opf.iter("{http://www.idpf.org/2007/opf}itemref"):
            item = items[itemref.get("idref")]
            if "nav" not in (item.get("properties") or "").split():
                page = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(item.get("href"))))
                text.walk(_xml(package.read(page)), text.parts)
    return text.found()


def _html(data: bytes) -> _RawReading:
    from lxml import html

    text = _MarkupText()
    text.walk(html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True)), text.parts)
    return text.found()


class _MarkupText:
    """The text of pages of markup, notes and glosses apart."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.notes: list[str] = []
        self.glosses: list[str] = []
        self.formulas: list[str] = []

    def found(self) -> _RawReading:
        return _RawReading(self.parts, self.notes, self.glosses, self.formulas)

    def walk(self, element: Any, into: list[str]) -> None:
        """Adds what stands in an element to `into`, a note or a gloss to its own place."""
        if not isinstance(element.tag, str):  # a comment or an instruction
            return
        name, kinds = element.tag.removeprefix(_X), _kinds(element)
        if name in _SILENT or "hidden" in element.attrib or kinds & {"doc-backlink", "backlink", "doc-toc"}:
            return
        if name == "rt":
            into = self.glosses
        elif name.endswith("math"):
            into = self.formulas
        elif kinds & {"footnote", "doc-footnote"}:
            into = self.notes
        into.append(element.text or "")
        for child in element:
            self.walk(child, into)
            into.append(child.tail or "")


def _kinds(element: Any) -> set[str]:
    return {*(element.get("role") or "").split(), *(element.get(_EPUB_TYPE) or "").split()}


def _xml(data: bytes) -> Any:
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


# --- PDF ---------------------------------------------------------------------------------------------------------


def _pdf(data: bytes) -> _RawReading:
    from . import pdf

    parts: dict[str, list[str]] = {"body": [], "notes": [], "glosses": [], "formulas": [], "": []}
    for place, text in pdf.pieces(data):
        parts[place].append(text)
    return _RawReading(*([pdf.LINE_END_HYPHEN.sub("-", "".join(parts[place]))] for place in _RawReading._fields))


def _runs_as(body: str, data: bytes) -> tuple[bool, list[Said]]:
    """Whether the pages of a PDF, without what artifacts say at their ends, are the body and nothing else; and what of
    them cannot be seen.  It tells no more than `_pdf` would, in two thirds of the time; where it does not hold, `_pdf`
    says why."""
    from . import pdf

    at, hidden = 0, list[Said]()
    for number, page in enumerate(pdf.pages(data), 1):
        furniture = _plain(page.furniture)
        text = _plain(pdf.LINE_END_HYPHEN.sub("-", page.text)).removesuffix(furniture)
        if not body.startswith(text, at):
            return False, []
        at += len(text)
        hidden += (Said("drawn-page", number=number, why=why) for why in page.unseen)
    return at == len(body), hidden


# --- Markdown and plain text --------------------------------------------------------------------------------------


def _md(data: bytes) -> _RawReading:
    from . import marked

    return _RawReading(**marked.markdown(data))


def _txt(data: bytes) -> _RawReading:
    from . import marked

    return _RawReading(**marked.plain_text(data))


_READERS: dict[str, Callable[[bytes], _RawReading]] = {
    "docx": _docx,
    "epub": _epub,
    "html": _html,
    "md": _md,
    "pdf": _pdf,
    "txt": _txt,
}
