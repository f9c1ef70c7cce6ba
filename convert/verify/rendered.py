"""A second proof, on a sample: pages painted by PDFium, and their East Asian characters recognised by how they look.

In: a PDF as it was published.  Out: what is on its pages that is not what its text says, one sentence each.  A page is
painted to pixels, and where PDFium says that a character stands, the pixels are compared with the character as Pillow
draws it from the face.  Nothing of this looks into the fonts of the file.
"""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Said
from . import faces

if TYPE_CHECKING:
    from PIL import Image, ImageFont

_SCALE = 4.0
"""Pixels of a point."""
_FINE = 4
"""Pixels of the face's drawing for one of the page: Pillow fits outlines to pixels, which PDFium does not."""
_PAGES = 3
"""Pages of a file that are looked at: the first, the last, and those between at equal distances."""
_MISSING = 0.2
"""The part of a character's ink that may not be on the page."""
_OTHER = 0.25
"""The ink found there, by the character's own, that may be another's: a bold that is stroked."""
_IDEOGRAPHS = "\u2e80"
"""The first of the characters that are looked at: those with an em of their own.  Marks and Latin letters stand so
close to others that their ink cannot be told apart."""
_SHOWN = 6
_STRING = 3
"""FPDF_OBJECT_STRING (fpdfview.h)."""


class Standing(NamedTuple):
    """A character of a page.  x, y: its origin, points; size: of its em; font: as the file names it."""

    char: str
    x: float
    y: float
    size: float
    font: str


def faults(edition: bytes, pages: int = _PAGES) -> list[Said]:
    """What cannot be recognised on a sample of the pages; empty where everything can.  Characters of faces that are not
    at hand are passed over.  Raises what PDFium does where the file cannot be opened."""
    import pypdfium2  # its whole binding, which only this needs

    found: list[Said] = []
    with pypdfium2.PdfDocument(edition) as document:
        count = len(document)
        last = max(count - 1, 0)
        for number in sorted({round(at * last / max(pages - 1, 1)) for at in range(min(pages, count))}):
            wrong = list(_unrecognised(document[number]))
            if wrong:
                some = "".join(wrong[:_SHOWN])
                found.append(Said("drawn-unrecognised", number=number + 1, count=len(wrong), some=some))
    return found


def _unrecognised(page: Any) -> Iterator[str]:
    """The characters of a page that do not look as they should."""
    from PIL import ImageOps

    painted = ImageOps.invert(page.render(scale=_SCALE, grayscale=True).to_pil().convert("L"))
    left, _, _, top = page.get_bbox()
    for one in _standing(page):
        if one.size <= 0:  # mirrored, or upside down
            yield one.char
            continue
        for font in _fonts(one.font, round(one.size * _SCALE * _FINE, 2)):
            x, y = (one.x - left) * _SCALE, (top - one.y) * _SCALE
            if not _looks_like(painted, font, one.char, x, y):
                yield one.char
            break


def _standing(page: Any) -> Iterator[Standing]:
    """The East Asian characters of a page that stand in rows, and are what is painted: where the file says another
    text for a stretch (ActualText), PDFium has one place for all of it."""
    import pypdfium2.raw as library

    text = page.get_textpage()
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), library.FS_MATRIX()
    for at in range(library.FPDFText_CountChars(text)):
        char = chr(library.FPDFText_GetUnicode(text, at))
        if char < _IDEOGRAPHS or not char.isalnum() or library.FPDFText_IsGenerated(text, at) == 1:
            continue
        item = library.FPDFText_GetTextObject(text, at)
        if (
            _says_otherwise(library, item)
            or not library.FPDFText_GetMatrix(text, at, matrix)
            or matrix.b
            or matrix.c
            or matrix.a <= 0
        ):
            continue
        library.FPDFText_GetCharOrigin(text, at, x, y)
        size = library.FPDFText_GetFontSize(text, at) * min(matrix.a, matrix.d)
        yield Standing(char, x.value, y.value, size, _name(library, item))


def _says_otherwise(library: Any, item: Any) -> bool:
    marks = (library.FPDFPageObj_GetMark(item, at) for at in range(library.FPDFPageObj_CountMarks(item)))
    return any(library.FPDFPageObjMark_GetParamValueType(mark, b"ActualText") == _STRING for mark in marks)


def _name(library: Any, item: Any) -> str:
    font = library.FPDFTextObj_GetFont(item)
    room = ctypes.create_string_buffer(256)
    library.FPDFFont_GetBaseFontName(font, room, len(room))
    return room.value.decode("latin-1").removesuffix("-Identity-H")


@functools.lru_cache(maxsize=64)
def _fonts(name: str, pixels: float) -> tuple[ImageFont.FreeTypeFont, ...]:
    from PIL import ImageFont

    found = []
    for path, index, weight, varied in faces.named(name).files():
        font = ImageFont.truetype(path, max(pixels, 1.0), index, layout_engine=ImageFont.Layout.BASIC)
        if varied:
            font.set_variation_by_axes([weight])
        found.append(font)
    return tuple(found)


def _looks_like(painted: Image.Image, font: ImageFont.FreeTypeFont, char: str, x: float, y: float) -> bool:
    """Whether the ink of a character is on the page at a place, and not much other with it."""
    from PIL import Image, ImageChops, ImageDraw, ImageFilter

    box = [value / _FINE for value in font.getbbox(char, anchor="ls")]
    area = (int(x + box[0]) - 2, int(y + box[1]) - 2, int(x + box[2]) + 3, int(y + box[3]) + 3)
    if area[2] <= area[0] or area[3] <= area[1]:
        return True
    drawn = Image.new("L", ((area[2] - area[0]) * _FINE, (area[3] - area[1]) * _FINE))
    origin = (x - area[0]) * _FINE, (y - area[1]) * _FINE
    ImageDraw.Draw(drawn).text(origin, char, 255, font, anchor="ls")
    wanted = drawn.reduce(_FINE)
    ink = _ink(wanted)
    if not ink:
        return True
    there = painted.crop(area)
    wide = ImageFilter.MaxFilter(3)  # what is painted between two pixels may come to lie on either
    missing = ink - _ink(ImageChops.darker(wanted, there.filter(wide)))
    other = _ink(there) - _ink(ImageChops.darker(there, wanted.filter(wide)))
    return missing <= _MISSING * ink and other <= _OTHER * ink


def _ink(image: Image.Image) -> int:
    return sum(level * count for level, count in enumerate(image.histogram()))
