"""Whether the text of a PDF's page can be seen (ISO 32000-2, 8 and 9): as PDFium has its objects.

In: a page that PDFium has loaded.  Out: what hides its text, one sentence each: text that is not painted, white, clear
or cut off, too small to be read or squeezed, off the page, under a picture or a patch, or on top of other text.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from typing import Any, NamedTuple

from ..errors import Said
from . import pdfium

_SHOWN = 3
_PAINTED = frozenset({0, 1, 2})
"""Rendering modes that fill or stroke, and do not clip (9.3.6)."""
_LIGHT = 0.8
"""Relative luminance of a colour in which text on white has a contrast of less than 1.3 : 1 (WCAG 2.2)."""
_CLEAR = 128
"""Alpha of 255."""
_SMALLEST = 3.0
"""Points of an em.  A raised mark in a footnote has 6, ruby 5."""
_SQUEEZED = 0.4
"""Width of an em by its height, or the other way round."""
_OFF = 2.0
"""Points that the box of a text may reach over the edge of the page."""
_COVERED = 0.3
"""Of a text's height: what more of it lies under something else cannot be read."""
_OVERLAP = 0.5
_CHARACTER = 1.0
"""em: a mark on a letter, in a piece of its own, lies on it by less."""


class _Matrix(ctypes.Structure):
    _fields_ = [(name, c_float) for name in "abcdef"]


class _Rect(ctypes.Structure):
    _fields_ = [(name, c_float) for name in ("left", "top", "right", "bottom")]


class PageBox(NamedTuple):
    """Points, axes of the page; em: of the text in it."""

    bottom: float
    left: float
    top: float
    right: float
    em: float = 0.0

    def across(self, other: PageBox) -> tuple[float, float]:
        """How wide and how high the part is that two have in common; not above 0 where they have none."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.top, other.top) - max(self.bottom, other.bottom),
        )


class Sight:
    """Looks at pages; it keeps room for what PDFium says of them."""

    def __init__(self, library: Any) -> None:
        self._pdfium = library
        self._box = [c_float() for _ in range(4)]  # left, bottom, right, top
        self._colour = [c_uint() for _ in range(4)]
        self._size, self._matrix = c_float(), _Matrix()
        self._at_box, self._at_colour = list(map(byref, self._box)), list(map(byref, self._colour))
        self._at_size, self._at_matrix = byref(self._size), byref(self._matrix)

    def faults(self, page: int) -> list[Said]:
        """What hides text of a page, one sentence for each kind."""
        found: dict[Said, int] = {}
        for why in self._faults(page):
            found[why] = found.get(why, 0) + 1
        return [Said("drawn-times", why=why, count=count) if count > 1 else why for why, count in found.items()]

    def _faults(self, page: int) -> Iterator[Said]:
        edge = self._edge(page)
        left, right, bottom, top = edge.left - _OFF, edge.right + _OFF, edge.bottom - _OFF, edge.top + _OFF
        texts: list[PageBox] = []
        get, kind_of = self._pdfium.FPDFPage_GetObject, self._pdfium.FPDFPageObj_GetType
        for at in range(self._pdfium.FPDFPage_CountObjects(page)):
            item = get(page, at)
            kind = kind_of(item)
            if kind == pdfium.TEXT:
                if not self._is_plain(item):
                    yield from self._of_text(item)
                matrix = self._matrix
                box = self._bounds(
                    item, self._size.value * (matrix.d if not matrix.c else math.hypot(matrix.c, matrix.d))
                )
                if box is None or box.right <= box.left:
                    continue
                if box.left < left or box.right > right or box.bottom < bottom or box.top > top:
                    yield Said("drawn-off-page")
                texts.append(box)
            elif texts and kind in (pdfium.PATH, pdfium.IMAGE, pdfium.SHADING, pdfium.FORM):
                yield from self._covered(item, kind, texts)
        yield from _overlaps(texts)

    def _is_plain(self, item: int) -> bool:
        """Whether a piece of text is black, painted whole and upright, in a size that can be read: as nearly all is."""
        library, matrix, (red, green, blue, alpha) = self._pdfium, self._matrix, self._colour
        library.FPDFPageObj_GetFillColor(item, *self._at_colour)
        library.FPDFPageObj_GetMatrix(item, self._at_matrix)
        library.FPDFTextObj_GetFontSize(item, self._at_size)
        return (
            alpha.value == 255
            and not (red.value or green.value or blue.value)
            and matrix.a == matrix.d == 1
            and matrix.b == matrix.c == 0
            and self._size.value >= _SMALLEST
            and library.FPDFTextObj_GetTextRenderMode(item) in _PAINTED
            and not library.FPDFPageObj_HasTransparency(item)
            and library.FPDFClipPath_CountPaths(library.FPDFPageObj_GetClipPath(item)) <= 0
        )

    def _edge(self, page: int) -> PageBox:
        rect = _Rect()
        self._pdfium.FPDF_GetPageBoundingBox(page, byref(rect))
        return PageBox(rect.bottom, rect.left, rect.top, rect.right)

    def _bounds(self, item: int, em: float = 0.0) -> PageBox | None:
        if not self._pdfium.FPDFPageObj_GetBounds(item, *self._at_box):
            return None
        left, bottom, right, top = self._box
        return PageBox(bottom.value, left.value, top.value, right.value, em)

    def _of_text(self, item: int) -> Iterator[Said]:
        """What hides a piece of text by itself."""
        library = self._pdfium
        if library.FPDFTextObj_GetTextRenderMode(item) not in _PAINTED:
            yield Said("drawn-unpainted")
        if library.FPDFPageObj_GetFillColor(item, *self._at_colour):
            red, green, blue, alpha = (one.value for one in self._colour)
            if (red or green or blue) and luminance(red, green, blue) > _LIGHT:
                yield Said("drawn-pale")
            if alpha < _CLEAR:
                yield Said("drawn-clear")
        if library.FPDFPageObj_HasTransparency(item):
            yield Said("drawn-transparent")
        if library.FPDFClipPath_CountPaths(library.FPDFPageObj_GetClipPath(item)) > 0:
            yield Said("drawn-clipped")
        library.FPDFTextObj_GetFontSize(item, self._at_size)
        library.FPDFPageObj_GetMatrix(item, self._at_matrix)
        matrix, size = self._matrix, self._size.value
        width, height = (matrix.a**2 + matrix.b**2) ** 0.5 * size, (matrix.c**2 + matrix.d**2) ** 0.5 * size
        if min(width, height) < _SMALLEST:
            yield Said("drawn-small")
        elif not _SQUEEZED < width / height < 1 / _SQUEEZED:
            yield Said("drawn-squeezed")
        if matrix.a * matrix.d - matrix.b * matrix.c < 0:
            yield Said("drawn-mirrored")

    def _covered(self, item: int, kind: int, texts: list[PageBox]) -> Iterator[Said]:
        if (kind == pdfium.PATH and not self._is_filled(item)) or (box := self._bounds(item)) is None:
            return
        for text in texts:
            width, height = text.across(box)
            if width > 1 and height > _COVERED * (text.top - text.bottom):
                yield Said("drawn-covered")

    def _is_filled(self, item: int) -> bool:
        mode, stroke = c_int(), c_int()
        self._pdfium.FPDFPath_GetDrawMode(item, byref(mode), byref(stroke))
        return mode.value != 0


def luminance(*colour: int) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2): red, green and blue of 255."""
    parts = [value / 255 for value in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _overlaps(texts: list[PageBox]) -> Iterator[Said]:
    """Pieces that lie on one another by more than a character and half their height.  Marks that share an em reach
    into each other by less."""
    rows = sorted(texts)
    for at, box in enumerate(rows):
        high = box.top - box.bottom
        for other in rows[at + 1 :]:
            if other.bottom > box.top - _OVERLAP * min(high, other.top - other.bottom):
                break
            width, height = box.across(other)
            smaller = min(high, other.top - other.bottom)
            if width > _CHARACTER * min(box.em, other.em) and height > _OVERLAP * smaller:
                yield Said("drawn-overlaps")
