"""The text of a PDF as PDFium gives it, each piece with its place in the structure (ISO 32000-2, 14.6 to 14.8).

PDFium is given the file with boxes for outlines: `boxes`.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from ..errors import Said
from . import boxes, pdfium, sight, tagged
from .plain import is_plain

_PLACES = {"Note": "notes", "FENote": "notes", "RT": "glosses", "Formula": "formulas", "TOC": "", "RP": ""}
_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]{2,}")
LINE_END_HYPHEN = re.compile("[\x02\ufffe]")
"""What PDFium gives for a hyphen at the end of a line."""


def pieces(data: bytes) -> Iterator[tuple[str, str]]:
    """The text in the order it is drawn, each piece with the part of the reading it belongs to: `body`, `notes`,
    `glosses`, `formulas`, or none of them.  A line end in the body after each page; `LINE_END_HYPHEN` for some hyphens.

    What belongs to an element of the structure is where that element says; of the rest artifacts are furniture.
    Raises PdfiumError where the file cannot be read.
    """
    with pdfium.PdfDocument(boxes.boxed(data)) as document:
        reader = _PageReader(document.pdfium)
        for page in document.pages():
            yield from ((place, said) for _, place, said in reader.pieces(page))
            yield "body", "\n"


def in_order(data: bytes) -> Iterator[tuple[str, str]]:
    """The pieces in the order of the structure, as a screen reader has them: what goes on on a further page, as the
    first of two cells of a high row, is whole.  Last comes what the structure does not name.

    Raises PdfiumError and ValueError where the file cannot be read.
    """
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    with pdfium.PdfDocument(boxes.boxed(data)) as document:
        reader = _PageReader(document.pdfium)
        for number, page in enumerate(document.pages()):
            for mark, place, said in reader.pieces(page):
                found.setdefault((number, mark), []).append((place, said))
    for key in tagged.marked(data):
        yield from found.pop(key, ())
    yield from (piece for rest in found.values() for piece in rest)


class PageText(NamedTuple):
    """The text of a page as a whole; what artifacts say at its beginning (the head of a table that goes on) and at its
    end, which is furniture; and what of it cannot be seen, one sentence each."""

    text: str
    repeated: str
    furniture: str
    unseen: list[Said]


def pages(data: bytes) -> Iterator[PageText]:
    """The pages: found sooner than `pieces`, and enough for a document without notes.  Characters beyond U+FFFF may be
    lost, for PDFium counts them as one unit here.  Raises PdfiumError where the file cannot be read."""
    with pdfium.PdfDocument(boxes.boxed(data)) as document:
        reader = _PageReader(document.pdfium, is_plain(data))
        for page in document.pages():
            yield reader.whole(page)


def hidden(data: bytes) -> Iterator[Said]:
    """What of the pages cannot be seen.  Raises PdfiumError where the file cannot be read."""
    with pdfium.PdfDocument(boxes.boxed(data)) as document:
        look = sight.Sight(document.pdfium, plain=is_plain(data))
        for number, page in enumerate(document.pages(), 1):
            yield from (Said("drawn-page", number=number, why=why) for why in look.faults(page))


class _PageReader:
    """Reads pages; it keeps a buffer for what PDFium says of them."""

    def __init__(self, library: Any, plain: bool = False) -> None:
        self._pdfium = library
        self._buffer = (ctypes.c_ushort * 1024)()
        self._sight = sight.Sight(library, plain=plain)

    def pieces(self, page: int) -> Iterator[tuple[int, str, str]]:
        """The number of a piece's marked content, -1 where it has none, its part of the reading, and what it says."""
        pdfium, places = self._pdfium, self._places(page)
        text = pdfium.FPDFText_LoadPage(page)
        try:
            for item in self._text_objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
                mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
                place = places.get(mark, "body") if mark >= 0 else "" if self._is_artifact(item) else "body"
                said = self._string(pdfium.FPDFTextObj_GetText, item, text)
                # The letters of one glyph that run to the left come last letter first.
                letters = _LETTERS.match(said)
                yield mark, place, letters[0][::-1] + said[letters.end() :] if letters else said
        finally:
            pdfium.FPDFText_ClosePage(text)

    def whole(self, page: int) -> PageText:
        pdfium = self._pdfium
        text = pdfium.FPDFText_LoadPage(page)
        try:
            count = max(pdfium.FPDFText_CountChars(text), 0)
            buffer = (ctypes.c_ushort * (2 * count + 1))()
            used = pdfium.FPDFText_GetText(text, 0, count, buffer)
            said = ctypes.string_at(buffer, 2 * max(used - 1, 0)).decode("utf-16-le", "replace")
            objects = range(pdfium.FPDFPage_CountObjects(page))
            repeated = "".join(self._furniture(page, text, objects))
            furniture = "".join(reversed(list(self._furniture(page, text, reversed(objects)))))
            return PageText(said, repeated, furniture, self._sight.faults(page))
        finally:
            pdfium.FPDFText_ClosePage(text)

    def _furniture(self, page: int, text: int, objects: Iterable[int]) -> Iterator[str]:
        """What text objects say up to the first that is no artifact.  objects: their numbers on the page, in order."""
        pdfium = self._pdfium
        for at in objects:
            item = pdfium.FPDFPage_GetObject(page, at)
            if pdfium.FPDFPageObj_GetMarkedContentID(item) >= 0 or not self._is_artifact(item):
                return
            yield self._string(pdfium.FPDFTextObj_GetText, item, text)

    def _text_objects(self, container: int, count: Any, get: Any) -> Iterator[int]:
        """The text objects of a page, or of a form on it, in the order they are drawn."""
        kind_of = self._pdfium.FPDFPageObj_GetType
        for at in range(count(container)):
            item = get(container, at)
            kind = kind_of(item)
            if kind == pdfium.TEXT:
                yield item
            elif kind == pdfium.FORM:
                form = self._pdfium.FPDFFormObj_CountObjects, self._pdfium.FPDFFormObj_GetObject
                yield from self._text_objects(item, *form)

    def _is_artifact(self, item: int) -> bool:
        mark_of = self._pdfium.FPDFPageObj_GetMark
        return any(
            self._name(mark_of(item, at)) == "Artifact" for at in range(self._pdfium.FPDFPageObj_CountMarks(item))
        )

    def _name(self, mark: int) -> str:
        used = ctypes.c_ulong()

        def name(mark: int, buffer: Any, size: int) -> int:
            self._pdfium.FPDFPageObjMark_GetName(mark, buffer, size, ctypes.byref(used))
            return used.value

        return self._string(name, mark)

    def _places(self, page: int) -> dict[int, str]:
        """Marked content of the page that is not body text -> the part of the reading it belongs to."""
        pdfium, found = self._pdfium, dict[int, str]()
        tree = pdfium.FPDF_StructTree_GetForPage(page)
        if tree:
            for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                self._place(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), "body", found)
            pdfium.FPDF_StructTree_Close(tree)
        return found

    def _place(self, element: int, place: str, found: dict[int, str]) -> None:
        pdfium = self._pdfium
        kind = self._string(pdfium.FPDF_StructElement_GetType, element)
        place = _PLACES.get(kind, place)
        if kind == "Lbl" and place == "notes":
            place = ""  # a note's body begins after its mark
        for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, at):
                self._place(child, place, found)
            elif place != "body" and (mark := pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)) >= 0:
                found[mark] = place

    def _string(self, function: Callable[..., int], *given: int) -> str:
        """What a function of PDFium's writes in UTF-16, with a zero at its end, into the buffer that it is given with
        the buffer's bytes; it returns the bytes that it needs."""
        used = function(*given, self._buffer, ctypes.sizeof(self._buffer))
        if used > ctypes.sizeof(self._buffer):
            self._buffer = (ctypes.c_ushort * used)()
            used = function(*given, self._buffer, ctypes.sizeof(self._buffer))
        return ctypes.string_at(self._buffer, max(used - 2, 0)).decode("utf-16-le", "surrogatepass")
