"""PDFium by the few functions that reading an edition needs of it.

The library is the one that `pypdfium2` brings.  Its own binding defines all of PDFium's 450 functions when it is
imported, which takes longer than to read a short PDF with it; here each is bound when the library is first asked for.
The table is checked against that binding by the tests.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import os
import sys
from collections.abc import Iterator
from ctypes import c_char_p, c_int, c_size_t, c_ulong, c_void_p
from types import TracebackType
from typing import Any

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Types of page objects (fpdf_edit.h)."""

_FUNCTIONS: dict[str, tuple[Any, ...]] = {  # what each returns, and what it takes
    "FPDFCatalog_IsTagged": (c_int, c_void_p),
    "FPDFClipPath_CountPaths": (c_int, c_void_p),
    "FPDFDoc_GetAttachmentCount": (c_int, c_void_p),
    "FPDFDoc_GetJavaScriptActionCount": (c_int, c_void_p),
    "FPDFFormObj_CountObjects": (c_int, c_void_p),
    "FPDFFormObj_GetObject": (c_void_p, c_void_p, c_ulong),
    "FPDFPageObjMark_GetName": (c_int, c_void_p, c_void_p, c_ulong, c_void_p),
    "FPDFPageObj_CountMarks": (c_int, c_void_p),
    "FPDFPageObj_GetBounds": (c_int, c_void_p, *(c_void_p,) * 4),
    "FPDFPageObj_GetClipPath": (c_void_p, c_void_p),
    "FPDFPageObj_GetFillColor": (c_int, c_void_p, *(c_void_p,) * 4),
    "FPDFPageObj_GetMark": (c_void_p, c_void_p, c_ulong),
    "FPDFPageObj_GetMarkedContentID": (c_int, c_void_p),
    "FPDFPageObj_GetMatrix": (c_int, c_void_p, c_void_p),
    "FPDFPageObj_GetStrokeWidth": (c_int, c_void_p, c_void_p),
    "FPDFPageObj_GetType": (c_int, c_void_p),
    "FPDFPageObj_HasTransparency": (c_int, c_void_p),
    "FPDFPage_CountObjects": (c_int, c_void_p),
    "FPDFPage_GetObject": (c_void_p, c_void_p, c_int),
    "FPDFPath_GetDrawMode": (c_int, c_void_p, c_void_p, c_void_p),
    "FPDFTextObj_GetFontSize": (c_int, c_void_p, c_void_p),
    "FPDFTextObj_GetText": (c_ulong, c_void_p, c_void_p, c_void_p, c_ulong),
    "FPDFTextObj_GetTextRenderMode": (c_int, c_void_p),
    "FPDFText_ClosePage": (None, c_void_p),
    "FPDFText_CountChars": (c_int, c_void_p),
    "FPDFText_GetText": (c_int, c_void_p, c_int, c_int, c_void_p),
    "FPDFText_LoadPage": (c_void_p, c_void_p),
    "FPDF_CloseDocument": (None, c_void_p),
    "FPDF_ClosePage": (None, c_void_p),
    "FPDF_GetLastError": (c_ulong,),
    "FPDF_GetPageBoundingBox": (c_int, c_void_p, c_void_p),
    "FPDF_GetPageCount": (c_int, c_void_p),
    "FPDF_GetSecurityHandlerRevision": (c_int, c_void_p),
    "FPDF_InitLibrary": (None,),
    "FPDF_LoadMemDocument64": (c_void_p, c_void_p, c_size_t, c_char_p),
    "FPDF_LoadPage": (c_void_p, c_void_p, c_int),
    "FPDF_StructElement_CountChildren": (c_int, c_void_p),
    "FPDF_StructElement_GetChildAtIndex": (c_void_p, c_void_p, c_int),
    "FPDF_StructElement_GetChildMarkedContentID": (c_int, c_void_p, c_int),
    "FPDF_StructElement_GetType": (c_ulong, c_void_p, c_void_p, c_ulong),
    "FPDF_StructTree_Close": (None, c_void_p),
    "FPDF_StructTree_CountChildren": (c_int, c_void_p),
    "FPDF_StructTree_GetChildAtIndex": (c_void_p, c_void_p, c_int),
    "FPDF_StructTree_GetForPage": (c_void_p, c_void_p),
}
_FAULTS = {
    2: "the file is not at hand",
    3: "it is no PDF, or a broken one",
    4: "it wants a password",
    6: "a page is broken",
}
"""`FPDF_GetLastError` (fpdfview.h)."""


class PdfiumError(ValueError):
    """PDFium cannot open a file or a page of it."""


@functools.cache
def library() -> Any:
    """PDFium, loaded and initialised, its functions ready to be called.  Raises ImportError where it is not there."""
    found = _loaded()
    for name, (result, *given) in _FUNCTIONS.items():
        function = getattr(found, name)
        function.restype, function.argtypes = result, given
    found.FPDF_InitLibrary()  # a second call, as pypdfium2's own, does nothing
    return found


def _loaded() -> ctypes.CDLL:
    name = {"win32": "pdfium.dll", "darwin": "libpdfium.dylib"}.get(sys.platform, "libpdfium.so")
    spec = importlib.util.find_spec("pypdfium2_raw")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if os.path.exists(path := os.path.join(folder, name)):
            return ctypes.CDLL(path)
    from pypdfium2_raw import bindings  # a build with the system's library: it knows where that is

    return ctypes.CDLL(bindings._libs["pdfium"]._name)


class PdfDocument:
    """A PDF that PDFium has opened, until the `with` that it stands in ends.

    Raises PdfiumError where it cannot be opened.
    """

    def __init__(self, data: bytes) -> None:
        self.pdfium = library()
        self._data = data  # PDFium reads from it as long as the document is open
        self.handle = self.pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not self.handle:
            raise PdfiumError(self._fault())

    def __enter__(self) -> PdfDocument:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.pdfium.FPDF_CloseDocument(self.handle)

    def __len__(self) -> int:
        """How many pages it has."""
        return int(self.pdfium.FPDF_GetPageCount(self.handle))

    def pages(self) -> Iterator[int]:
        """The handle of each page, which holds until the next is asked for."""
        for number in range(len(self)):
            page = self.pdfium.FPDF_LoadPage(self.handle, number)
            if not page:
                raise PdfiumError(f"page {number + 1}: {self._fault()}")
            try:
                yield page
            finally:
                self.pdfium.FPDF_ClosePage(page)

    def _fault(self) -> str:
        code = self.pdfium.FPDF_GetLastError()
        return _FAULTS.get(code, f"PDFium's error {code}")
