"""The text of a PDF as PDFium gives it, each piece with its place in the structure (ISO 32000-2, 14.6 to 14.8).

PDFium asks for the box of each character's outline when it loads a page, and again when it looks for text, and runs the
outline's program each time: three quarters of the work of reading.  Outlines have no part in what the text is, which
comes from the page's content, from `ToUnicode` and from `ActualText`.  So PDFium is given the file with the
outlines of its CFF fonts, all but the simplest, set to one line across their box (`_boxed`), and every other byte as
it is.
"""

from __future__ import annotations

import ctypes
import itertools
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from . import pdfium

_PLACES = {"Note": "notes", "FENote": "notes", "RT": "glosses", "TOC": "", "RP": ""}
LINE_END_HYPHEN = re.compile("[\x02\ufffe]")
"""What PDFium gives for a hyphen at the end of a line."""


def pieces(data: bytes) -> Iterator[tuple[str, str]]:
    """The text in the order it is drawn, each piece with the part of the reading it belongs to: `body`, `notes`,
    `glosses`, or none of them.  A line end in the body after each page; `LINE_END_HYPHEN` for some hyphens.

    What belongs to an element of the structure is where that element says; of the rest artifacts are furniture.
    Raises PdfiumError where the file cannot be read.
    """
    with pdfium.PdfDocument(_boxed(data)) as document:
        reader = _PageReader(document.pdfium)
        for page in document.pages():
            yield from reader.pieces(page)
            yield "body", "\n"


def pages(data: bytes) -> Iterator[tuple[str, str]]:
    """The text of each page as a whole, and what artifacts say at its end, which is furniture: found sooner than
    `pieces`, and enough for a document without notes.  Characters beyond U+FFFF may be lost, for PDFium counts them as
    one unit here.  Raises PdfiumError where the file cannot be read."""
    with pdfium.PdfDocument(_boxed(data)) as document:
        reader = _PageReader(document.pdfium)
        for page in document.pages():
            yield reader.whole(page)


class _PageReader:
    """Reads pages; it keeps a buffer for what PDFium says of them."""

    def __init__(self, library: Any) -> None:
        self._pdfium = library
        self._buffer = (ctypes.c_ushort * 1024)()

    def pieces(self, page: int) -> Iterator[tuple[str, str]]:
        pdfium, places = self._pdfium, self._places(page)
        text = pdfium.FPDFText_LoadPage(page)
        try:
            for item in self._text_objects(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
                mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
                place = places.get(mark, "body") if mark >= 0 else "" if self._is_artifact(item) else "body"
                yield place, self._string(pdfium.FPDFTextObj_GetText, item, text)
        finally:
            pdfium.FPDFText_ClosePage(text)

    def whole(self, page: int) -> tuple[str, str]:
        pdfium = self._pdfium
        text = pdfium.FPDFText_LoadPage(page)
        try:
            count = max(pdfium.FPDFText_CountChars(text), 0)
            buffer = (ctypes.c_ushort * (2 * count + 1))()
            used = pdfium.FPDFText_GetText(text, 0, count, buffer)
            said = ctypes.string_at(buffer, 2 * max(used - 1, 0)).decode("utf-16-le", "replace")
            return said, "".join(reversed(list(self._furniture(page, text))))
        finally:
            pdfium.FPDFText_ClosePage(text)

    def _furniture(self, page: int, text: int) -> Iterator[str]:
        """What the text objects say that are drawn last and are artifacts, the last first."""
        pdfium = self._pdfium
        for at in reversed(range(pdfium.FPDFPage_CountObjects(page))):
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


# --- Outlines set aside (Adobe Technical Notes 5176, CFF, and 5177, Type 2 charstrings) ---------------------------

_FONT_STREAM = re.compile(rb"<<([^<>]*/CIDFontType0C[^<>]*)>>\s*stream\r?\n")
_LENGTH = re.compile(rb"/Length (\d+)")
_CHAR_STRINGS = 17
_BOX = b"\xfb\x0c\x04\xfa\x7c\xfa\x7c\x05\x0e"
"""-120 vmoveto 1000 1000 rlineto endchar: from corner to corner, the box of an ideograph with the least to do."""
_SHORT = 64
"""Bytes of a charstring that is left: marks and most Latin letters, whose boxes PDFium goes by between words."""


def _boxed(data: bytes) -> bytes:
    """The file with the outlines of its CFF fonts set to `_BOX`, but for the simplest; same length, same places.

    A font that is packed or built in another way than this reads stays as it is.
    """
    out = bytearray(data)
    for stream in _FONT_STREAM.finditer(data):
        length = _LENGTH.search(stream[1])
        end = stream.end() + int(length[1]) if length else 0
        try:
            packed = zlib.compress(_without_outlines(zlib.decompress(data[stream.end() : end])), 1)
        except (zlib.error, IndexError, ValueError, struct.error):
            continue
        if len(packed) <= end - stream.end():
            out[stream.end() : end] = packed.ljust(end - stream.end(), b"\0")
    return bytes(out)


def _without_outlines(font: bytes) -> bytes:
    """A CFF font, its longer charstrings `_BOX`.  Raises ValueError, IndexError or struct.error for another font."""
    names = _index(font, font[2])
    tops = _index(font, names[-1])
    start = _char_strings(font[tops[0] : tops[1]])
    places = _index(font, start)
    boxes = [_BOX if end - at > _SHORT else font[at:end] for at, end in itertools.pairwise(places)]
    size, offset = font[start + 2], 1
    offsets = [offset.to_bytes(size, "big")]
    for box in boxes:
        offset += len(box)
        offsets.append(offset.to_bytes(size, "big"))
    held = b"".join((font[start : start + 3], *offsets, *boxes))
    return font[:start] + held.ljust(places[-1] - start, b"\0") + font[places[-1] :]


def _index(font: bytes, start: int) -> list[int]:
    """Where the objects of an INDEX (5176, section 5) begin, and where the last ends."""
    count, size = struct.unpack_from(">HB", font, start)
    if not count:
        raise ValueError("an index without objects")
    first = start + 3
    base = first + (count + 1) * size - 1
    return [base + int.from_bytes(font[at : at + size], "big") for at in range(first, base + 1, size)]


def _char_strings(top: bytes) -> int:
    """Where a Top DICT (5176, section 4) says that the charstrings are.  Raises ValueError where it does not."""
    at, last = 0, -1
    while at < len(top):
        byte = top[at]
        if byte == _CHAR_STRINGS:
            return last
        if byte == 28:
            last, at = struct.unpack_from(">h", top, at + 1)[0], at + 3
        elif byte == 29:
            last, at = struct.unpack_from(">i", top, at + 1)[0], at + 5
        elif byte == 30:  # a real number, in nibbles up to an f
            at += 1
            while top[at] & 15 != 15:
                at += 1
            at += 1
        elif byte >= 247:
            at += 2
        elif byte >= 32:
            at += 1
        else:
            at += 2 if byte == 12 else 1
    raise ValueError("no charstrings")
