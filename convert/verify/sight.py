"""Whether the text of a PDF's page can be seen (ISO 32000-2, 8 and 9): as PDFium has its objects.

In: a page that PDFium has loaded.  Out: what hides its text, one sentence each: text that is not painted, white, clear
or cut off, too small to be read or squeezed, off the page, under a picture or a patch, or on top of other text.
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from typing import Any, NamedTuple

from ..errors import Said
from . import pdfium

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
_THICK = 2.0
"""Points of a line's width: a thicker one covers what is below it."""
_OVERLAP = 0.5
_CHARACTER = 1.05
"""em: a mark on a letter, in a piece of its own, lies on it by less.  Two marks of a vertical line that share an em are
pieces of one character each, as wide as an em."""


class _Matrix(ctypes.Structure):
    _fields_ = [(name, c_float) for name in "abcdef"]


class _Rect(ctypes.Structure):
    _fields_ = [(name, c_float) for name in ("left", "top", "right", "bottom")]


class PageBox(NamedTuple):
    """Points, axes of the page; item: PDFium's number of what is in it."""

    bottom: float
    left: float
    top: float
    right: float
    item: int = 0

    def across(self, other: PageBox) -> tuple[float, float]:
        """How wide and how high the part is that two have in common; not above 0 where they have none."""
        return (
            min(self.right, other.right) - max(self.left, other.left),
            min(self.top, other.top) - max(self.bottom, other.bottom),
        )


class Sight:
    """Looks at pages; it keeps room for what PDFium says of them.  plain: all their text is known to be `plain`."""

    def __init__(self, library: Any, *, plain: bool = False) -> None:
        self._pdfium, self._plain = library, plain
        self._box = (c_float * 4)()  # left, bottom, right, top
        self._colour = [c_uint() for _ in range(4)]
        self._size, self._matrix, self._width = c_float(), _Matrix(), c_float()
        self._at_box = [byref(self._box, at * ctypes.sizeof(c_float)) for at in range(4)]
        self._at_colour = list(map(byref, self._colour))
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
                if not (self._plain or self._is_plain(item)):
                    yield from self._of_text(item)
                box = self._bounds(item)
                if box is None or box.right <= box.left:
                    continue
                if box.left < left or box.right > right or box.bottom < bottom or box.top > top:
                    yield Said("drawn-off-page")
                texts.append(box)
            elif texts and kind in (pdfium.PATH, pdfium.IMAGE, pdfium.SHADING, pdfium.FORM):
                yield from self._covered(item, kind, texts)
        yield from self._overlaps(texts)

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

    def _bounds(self, item: int) -> PageBox | None:
        if not self._pdfium.FPDFPageObj_GetBounds(item, *self._at_box):
            return None
        left, bottom, right, top = self._box
        return PageBox(bottom, left, top, right, item)

    def _em(self, item: int) -> float:
        """Points of the em of a piece of text, as high as it is drawn."""
        self._pdfium.FPDFTextObj_GetFontSize(item, self._at_size)
        self._pdfium.FPDFPageObj_GetMatrix(item, self._at_matrix)
        return self._size.value * math.hypot(self._matrix.c, self._matrix.d)

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
        """Whether a path covers what is below it: by what it fills, or by the width of its line."""
        mode, stroke = c_int(), c_int()
        self._pdfium.FPDFPath_GetDrawMode(item, byref(mode), byref(stroke))
        if mode.value or not stroke.value:
            return mode.value != 0
        self._pdfium.FPDFPageObj_GetStrokeWidth(item, byref(self._width))
        self._pdfium.FPDFPageObj_GetMatrix(item, self._at_matrix)
        matrix = self._matrix
        widest = max(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))
        return self._width.value * widest > _THICK

    def _overlaps(self, texts: list[PageBox]) -> Iterator[Said]:
        """Pieces that lie on one another by more than a character and half their height.  Marks that share an em reach
        into each other by less."""
        rows = sorted(texts)
        for at, (bottom, left, top, right, item) in enumerate(rows, 1):
            high = top - bottom
            for other in itertools.islice(rows, at, None):
                smaller = min(high, other.top - other.bottom)
                if other.bottom > top - _OVERLAP * smaller:
                    break
                width = min(right, other.right) - max(left, other.left)
                if (
                    width > 0
                    and min(top, other.top) - other.bottom > _OVERLAP * smaller
                    and width > _CHARACTER * min(self._em(item), self._em(other.item))
                ):
                    yield Said("drawn-overlaps")


def luminance(*colour: int) -> float:
    """Relative luminance of an sRGB colour (WCAG 2.2): red, green and blue of 255."""
    parts = [value / 255 for value in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
