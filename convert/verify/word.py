"""Word files read back (ISO/IEC 29500-1, WordprocessingML), as ZIP and XML.

In: the bytes of a DOCX.  Out: the parts of its text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .marked import TextParts
from .markup import xml
from .packages import opened
from .wordlists import WordLists

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_P, _R, _T, _RT, _SDT, _MATH = f"{_W}p", f"{_W}r", f"{_W}t", f"{_W}rt", f"{_W}sdt", f"{_M}oMath"
_UNSEEN = frozenset(
    {
        *(f"{_W}{name}" for name in ("del", "delText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
"""What was deleted, what another program reads, and properties."""
_SPACES = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}ptab"})


def read(data: bytes) -> TextParts:
    """The parts of a Word file's text.  Raises BadZipFile, KeyError or XMLSyntaxError where it is none."""
    package = opened(data)
    document = xml(package.read("word/document.xml"))
    notes = xml(package.read("word/footnotes.xml")) if "word/footnotes.xml" in package.names else None
    lists = WordLists(package.read("word/numbering.xml") if "word/numbering.xml" in package.names else None)
    body = _DocxText(document, lists)
    found = {note.get(f"{_W}id"): note for note in notes.iter(f"{_W}footnote")} if notes is not None else {}
    texts = [_DocxText(found[one], lists) for one in body.references if one in found]
    glosses = [gloss for text in (body, *texts) for gloss in text.glosses]
    formulas = [said for text in (body, *texts) for said in text.formulas]
    return {
        "body": body.parts,
        "notes": [part for text in texts for part in text.parts],
        "glosses": glosses,
        "formulas": formulas,
    }


class _DocxText:
    """The text below one element.  references: ids of the footnotes referred to, in order."""

    def __init__(self, root: Any, lists: WordLists) -> None:
        self._lists = lists
        self.parts: list[str] = []
        self.glosses: list[str] = []
        self.formulas: list[str] = []
        self.references: list[str] = []
        self._count = _counter(root)
        self._fields: list[str] = []  # instructions of the fields that are open, the innermost last
        self._in_note = root.tag == f"{_W}footnote"
        self._special: dict[str, Callable[[Any], None]] = {
            f"{_W}noBreakHyphen": lambda _: self._say("-"),
            f"{_W}sym": lambda sign: self._say(chr(int(sign.get(f"{_W}char", "20"), 16))),
            f"{_W}fldChar": self._field,
            f"{_W}instrText": self._instruct,
            f"{_W}footnoteReference": self._reference,
        }
        self._walk(root)

    def _walk(self, element: Any) -> None:
        for child in element:
            tag = child.tag
            if tag == _T:
                self._say(child.text or "")
            elif tag in _UNSEEN:
                continue
            elif tag == _P:
                self._say(self._lists.mark(child))
                self._walk(child)
                self._say("\n")
            elif tag == _R:
                if not (self._in_note and _is_label(child)):
                    self._walk(child)
            elif tag in _SPACES:
                self._say(" ")
            elif tag == _RT:
                self.glosses.extend(text.text or "" for text in child.iter(_T))
            elif tag == _MATH:
                self.formulas.extend(text.text or "" for text in child.iter(f"{_M}t"))
            elif tag in self._special:
                self._special[tag](child)
            elif tag != _SDT or not _is_contents(child):
                self._walk(child)

    def _say(self, text: str) -> None:
        if not self._fields or not any(field.split()[:1] == ["TOC"] for field in self._fields):
            self.parts.append(text)

    def _instruct(self, element: Any) -> None:
        if self._fields:
            self._fields[-1] += element.text or ""

    def _field(self, element: Any) -> None:
        kind = element.get(f"{_W}fldCharType")
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
    """Whether a block is a contents made by Word from the headings (17.5.2.11)."""
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"


def _is_label(element: Any) -> bool:
    """The run in a footnote that repeats its mark: the first of all."""
    style = element.find(f"{_W}rPr/{_W}rStyle")
    if style is None or style.get(f"{_W}val") != "FootnoteReference":
        return False
    note = next(element.iterancestors(f"{_W}footnote"), None)
    return note is not None and next(note.iter(f"{_W}r")) is element
