"""FreeType by the few functions that looking at an embedded font needs of it.

The library is the one inside PDFium, where that lets its functions be called (Linux and macOS); else that of the
package `freetype-py`, or the system's.  The structures are those of freetype.h and ftimage.h, which have not changed
since FreeType 2.1 but for the sign of two counts.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import functools
import importlib.util
import os
from collections.abc import Iterator
from ctypes import POINTER, c_char_p, c_int, c_int32, c_long, c_short, c_uint, c_ulong, c_ushort, c_void_p
from typing import Any, NamedTuple

from . import pdfium

_UNSCALED = 1 | 2 | 8
"""FT_LOAD_NO_SCALE, FT_LOAD_NO_HINTING and FT_LOAD_NO_BITMAP: the outline as it stands in the font."""
_ON, _CUBIC = 1, 2

Contour = list[tuple[float, ...]]
"""Where a contour begins, then its segments: two numbers for a line, four for a quadratic curve, six for a cubic one;
of 1000 units to the em.  Without lines of no length, and without the line that closes it."""


class FreeTypeError(ValueError):
    """FreeType cannot open a font or a glyph of it."""


class _OutlineRecord(ctypes.Structure):
    _fields_ = [
        ("contours", c_short),
        ("points", c_short),
        ("point", c_void_p),
        ("tag", c_void_p),
        ("end", c_void_p),
        ("flags", c_int),
    ]


class _BitmapRecord(ctypes.Structure):
    _fields_ = [
        ("rows", c_uint),
        ("width", c_uint),
        ("pitch", c_int),
        ("buffer", c_void_p),
        ("greys", c_ushort),
        ("mode", ctypes.c_ubyte),
        ("palette_mode", ctypes.c_ubyte),
        ("palette", c_void_p),
    ]


class _SlotRecord(ctypes.Structure):
    _fields_ = [
        ("library", c_void_p),
        ("face", c_void_p),
        ("next", c_void_p),
        ("index", c_uint),
        ("generic", c_void_p * 2),
        ("metrics", c_long * 8),
        ("linear", c_long * 2),
        ("advance", c_long * 2),
        ("format", c_int),
        ("bitmap", _BitmapRecord),
        ("bitmap_left", c_int),
        ("bitmap_top", c_int),
        ("outline", _OutlineRecord),
    ]


class _FaceRecord(ctypes.Structure):
    _fields_ = [
        ("faces", c_long),
        ("index", c_long),
        ("face_flags", c_long),
        ("style_flags", c_long),
        ("glyphs", c_long),
        ("family", c_char_p),
        ("style", c_char_p),
        ("sizes", c_int),
        ("size", c_void_p),
        ("charmaps", c_int),
        ("charmap", c_void_p),
        ("generic", c_void_p * 2),
        ("box", c_long * 4),
        ("upem", c_ushort),
        ("heights", c_short * 7),
        ("slot", POINTER(_SlotRecord)),
    ]


_FUNCTIONS: dict[str, tuple[Any, ...]] = {
    "FT_Init_FreeType": (c_int, c_void_p),
    "FT_New_Face": (c_int, c_void_p, c_char_p, c_long, c_void_p),
    "FT_New_Memory_Face": (c_int, c_void_p, c_char_p, c_long, c_long, c_void_p),
    "FT_Set_Var_Design_Coordinates": (c_int, c_void_p, c_uint, c_void_p),
    "FT_Done_Face": (c_int, c_void_p),
    "FT_Load_Glyph": (c_int, c_void_p, c_uint, c_int32),
    "FT_Get_First_Char": (c_ulong, c_void_p, c_void_p),
    "FT_Get_Next_Char": (c_ulong, c_void_p, c_ulong, c_void_p),
    "FT_Get_Postscript_Name": (c_char_p, c_void_p),
    "FT_Get_CID_From_Glyph_Index": (c_int, c_void_p, c_uint, c_void_p),
}


@functools.cache
def library() -> tuple[Any, c_void_p]:
    """FreeType, its functions ready to be called, and its handle.  Raises ImportError where there is none."""
    for found in _libraries():
        if not all(hasattr(found, name) for name in _FUNCTIONS):
            continue
        for name, (result, *given) in _FUNCTIONS.items():
            function = getattr(found, name)
            function.restype, function.argtypes = result, given
        handle = c_void_p()
        if not found.FT_Init_FreeType(ctypes.byref(handle)):
            return found, handle
    raise ImportError("there is no FreeType: pip install freetype-py")


def _libraries() -> Iterator[ctypes.CDLL]:
    yield ctypes.CDLL(pdfium.library()._name)
    spec = importlib.util.find_spec("freetype")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        for name in ("libfreetype.dll", "libfreetype.so", "libfreetype.dylib"):
            if os.path.exists(path := os.path.join(folder, name)):
                yield ctypes.CDLL(path)
    if found := ctypes.util.find_library("freetype"):
        with contextlib.suppress(OSError):
            yield ctypes.CDLL(found)


class Shape(NamedTuple):
    """A glyph as it stands in a font: its points and what they are, and its width in font units."""

    points: bytes
    tags: bytes
    ends: bytes
    width: int

    def is_near(self, other: Shape, most: float) -> bool:
        """Whether two glyphs of as many units to the em have the same points, each at most so many units off."""
        if self.tags != other.tags or self.ends != other.ends or abs(self.width - other.width) > most:
            return False
        if self.points == other.points:
            return True
        pairs = zip(memoryview(self.points).cast("l"), memoryview(other.points).cast("l"), strict=True)
        return all(-most <= one - another <= most for one, another in pairs)


class Program:
    """A font program that FreeType has opened, until the `with` that it stands in ends.

    source: its bytes, or the path of a font file and the face's number in it.  Raises FreeTypeError where it cannot be
    opened.
    """

    def __init__(self, source: bytes | tuple[str, int]) -> None:
        self._freetype, handle = library()
        self._source = source  # FreeType reads from it as long as the font is open
        self._face = c_void_p()
        if isinstance(source, bytes):
            code = self._freetype.FT_New_Memory_Face(handle, source, len(source), 0, ctypes.byref(self._face))
        else:
            code = self._freetype.FT_New_Face(handle, os.fsencode(source[0]), source[1], ctypes.byref(self._face))
        if code:
            raise FreeTypeError(f"the font cannot be opened: FreeType's error {code}")
        self._record = _FaceRecord.from_address(self._face.value or 0)
        self.upem: int = self._record.upem or 1000
        self.glyphs: int = self._record.glyphs

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self._freetype.FT_Done_Face(self._face)

    def vary(self, axes: list[float]) -> None:
        """Sets a variable face to a place on each of its axes.  Raises FreeTypeError where that cannot be done."""
        places = (c_long * len(axes))(*(round(value * 65536) for value in axes))
        if code := self._freetype.FT_Set_Var_Design_Coordinates(self._face, len(axes), places):
            raise FreeTypeError(f"the face cannot be varied: FreeType's error {code}")

    @property
    def name(self) -> str:
        """Its PostScript name, empty where it has none."""
        return (self._freetype.FT_Get_Postscript_Name(self._face) or b"").decode("latin-1")

    def shape(self, glyph: int) -> Shape:
        """Raises FreeTypeError where there is no such glyph, or its outline is broken."""
        if code := self._freetype.FT_Load_Glyph(self._face, glyph, _UNSCALED):
            raise FreeTypeError(f"glyph {glyph} cannot be drawn: FreeType's error {code}")
        slot = self._record.slot.contents
        outline = slot.outline
        count, ends = outline.points & 0xFFFF, outline.contours & 0xFFFF
        if not count:
            return Shape(b"", b"", b"", slot.metrics[4])
        return Shape(
            ctypes.string_at(outline.point, count * 2 * ctypes.sizeof(c_long)),
            ctypes.string_at(outline.tag, count),
            ctypes.string_at(outline.end, ends * 2),
            slot.metrics[4],
        )

    def contours(self, shape: Shape) -> list[Contour]:
        """The contours of a glyph."""
        scale = 1000 / self.upem
        flat = [value * scale for value in memoryview(shape.points).cast("l")]
        points = list(zip(flat[0::2], flat[1::2], strict=True))
        found, first = list[Contour](), 0
        for end in memoryview(shape.ends).cast("H"):
            found.append(_contour(points[first : end + 1], shape.tags[first : end + 1]))
            first = end + 1
        return [contour for contour in found if len(contour) > 1]

    def characters(self) -> Iterator[tuple[str, int]]:
        """The characters it has glyphs for, in order, each with its glyph."""
        glyph = c_uint()
        code = self._freetype.FT_Get_First_Char(self._face, ctypes.byref(glyph))
        while glyph.value:
            yield chr(code), glyph.value
            code = self._freetype.FT_Get_Next_Char(self._face, code, ctypes.byref(glyph))

    def cid(self, glyph: int) -> int:
        """The CID of a glyph, or the glyph itself in a font without them."""
        found = c_uint()
        failed = self._freetype.FT_Get_CID_From_Glyph_Index(self._face, glyph, ctypes.byref(found))
        return glyph if failed else found.value


def _contour(points: list[tuple[float, float]], tags: bytes) -> Contour:
    """A contour of FreeType's points, on the curve or off it (FreeType Glyph Conventions, VI)."""
    if not points:
        return []
    if not tags[0] & _ON:  # it begins between two points: at the last, where that is on the curve
        last = points[-1]
        begin = last if tags[-1] & _ON else _between(last, points[0])
        points, tags = [begin, *points], bytes([_ON]) + tags
    contour: Contour = [points[0]]
    held: list[tuple[float, float]] = []
    for point, tag in zip((*points[1:], points[0]), (*tags[1:], _ON), strict=True):
        if tag & _ON:
            segment(contour, *(value for one in (*held, point) for value in one))
            held = []
        elif not tag & _CUBIC and held:
            middle = _between(held[0], point)
            segment(contour, *held[0], *middle)
            held = [point]
        else:
            held.append(point)
    return closed(contour)


def _between(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def segment(contour: Contour, *values: float) -> None:
    """Adds a segment to a contour, unless it is a line of no length."""
    if len(values) > 2 or contour[-1][-2:] != values:
        contour.append(values)


def closed(contour: Contour) -> Contour:
    """A contour without the line that leads back to where it began."""
    if len(contour) > 1 and len(contour[-1]) == 2 and contour[-1] == contour[0]:
        contour.pop()
    return contour
