"""The cover of an EPUB: the title in the style's face, broken between words, in a frame.

In: a document and a style.  Out: a picture in PNG, which every reader takes, so large that none makes it coarse.
HarfBuzz shapes and draws the letters.  The frame is the double line, thick
outside and thin inside, that woodblock books have around the page.
"""

from __future__ import annotations

import functools
import struct
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import deflate

from ...model import Document
from ...style import Style
from ...typography.titles import balance, estimate
from ..markup import language_of, printable, title_of

if TYPE_CHECKING:
    from ...typography.fonts import ResolvedFace

WIDTH, HEIGHT = 1200, 1600
_RASTER = 7 / 6  # pixels in a unit: 1,400 on the short side, as shops and large screens want
_SIZE = round(WIDTH * _RASTER), round(HEIGHT * _RASTER)
_PAPER, _INK = (0xF7, 0xF3, 0xE8), (0x24, 0x28, 0x2E)
_FRAME = ((56, 7), (76, 2))  # distance from the edge, thickness
_MEASURE = 940
_TITLE_SIZES = ((128, 3), (108, 4), (90, 6), (72, 9))  # size, lines it is good for
_LEADING = 1.5
_SMALL = 46


class _CoverGlyph(NamedTuple):
    """A glyph of a face with its origin and the size of its em, in cover units."""

    face: ResolvedFace
    number: int
    x: float
    y: float
    size: float


class _CoverLine(NamedTuple):
    """A line to draw.  role: of the element whose face it has.  x, y: the middle of the line."""

    text: str
    role: str
    size: float
    x: float
    y: float
    vertical: bool = False


def cover(document: Document, style: Style) -> bytes:
    """The cover of a document as PNG.  Raises FontError where the style's faces cannot be had."""
    language = language_of(document)
    drawing = _Drawing(style, language)
    known = document.metadata
    foot = [printable(text) for text in (known.issuing_body or known.source or known.author, known.published) if text]
    top = HEIGHT - 140 - len(foot) * _SMALL * _LEADING
    for line in _heads(document, language, style.composition.vertical):
        drawing.line(line)
    for at, text in enumerate(foot):
        first = balance(text, _MEASURE / _SMALL, language)[0]
        drawing.line(_CoverLine(first, "byline", _SMALL, WIDTH / 2, top + at * _SMALL * _LEADING))
    return _png(drawing)


def _heads(document: Document, language: str, vertical: bool) -> Iterable[_CoverLine]:
    """Title and subtitle about the optical centre; in columns from the right where the text is."""
    title, size = _sized(title_of(document), _MEASURE, language)
    subtitle = balance(printable(document.metadata.subtitle or ""), _MEASURE / _SMALL, language)[:3]
    gap = _SMALL * _LEADING if subtitle else 0
    depth = len(title) * size * _LEADING + gap + len(subtitle) * _SMALL * _LEADING
    along, middle = (650, WIDTH / 2) if vertical else (WIDTH / 2, 650)
    across = max(130, middle - depth / 2)
    for text, role, height in (
        *((text, "title", size) for text in title),
        ("", "subtitle", gap / _LEADING),
        *((text, "subtitle", _SMALL) for text in subtitle),
    ):
        centre = across + height * _LEADING / 2
        x, y = (WIDTH - centre, along) if vertical else (along, centre)
        yield _CoverLine(text, role, height, x, y, vertical)
        across += height * _LEADING


def _sized(title: str, measure: float, language: str) -> tuple[list[str], float]:
    """The title's lines and the largest size that suits their number; a title without end is cut."""
    ink = sum(width for char, width in zip(title, estimate(title), strict=True) if not char.isspace())
    for size, most in _TITLE_SIZES:
        if ink * size > measure * most and size != _TITLE_SIZES[-1][0]:
            continue
        lines = balance(title, measure / size, language)
        if len(lines) <= most:
            return lines, size
    return [*lines[: most - 1], lines[most - 1][:-1] + "\u2026"], size


class _Drawing:
    """The glyphs of a cover."""

    def __init__(self, style: Style, language: str) -> None:
        from ...typography import fonts

        self.glyphs: list[_CoverGlyph] = []
        self._fonts = fonts
        self._faces = fonts.resolve(style, language)
        self._style = style
        self._language = language

    def line(self, line: _CoverLine) -> None:
        face = self._faces.face(self._style.element(line.role).face)
        shaped = [part for found, text in self._runs(line.text, face) for part in self._shape(found, text, line)]
        pen = (line.y if line.vertical else line.x) - sum(advance for *_, advance in shaped) / 2
        for found, glyph, dx, dy, advance in shaped:
            # The middle of an em box stands 0.38 em above the baseline of a line from left to right.
            x, y = (line.x + dx, pen - dy) if line.vertical else (pen + dx, line.y + line.size * 0.38 - dy)
            self.glyphs.append(_CoverGlyph(found, glyph, x, y, line.size))
            pen += advance

    def _runs(self, text: str, face: Any) -> list[tuple[Any, str]]:
        """Stretches of one face each; what no face at hand can draw is left out of the picture."""
        runs: list[tuple[Any, str]] = []
        covers = self._fonts.loaded(face).covers
        for char in text:
            found = face if ord(char) in covers else self._faces.fallback(char, face)
            if found is None:
                continue
            if runs and runs[-1][0] == found:
                runs[-1] = (found, runs[-1][1] + char)
            else:
                runs.append((found, char))
        return runs

    def _shape(self, found: Any, text: str, line: _CoverLine) -> list[tuple[Any, int, float, float, float]]:
        """Face, glyph, offsets and advance of each glyph, in cover units."""
        import uharfbuzz as hb

        loaded = self._fonts.loaded(found)
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.language = self._language
        buffer.direction = "ttb" if line.vertical else "ltr"
        hb.shape(loaded.font, buffer)
        scale = line.size / loaded.upem
        glyphs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        return [
            (
                found,
                info.codepoint,
                place.x_offset * scale,
                place.y_offset * scale,
                (-place.y_advance if line.vertical else place.x_advance) * scale,
            )
            for info, place in glyphs
        ]


# --- The picture -------------------------------------------------------------------------------------------------


def _png(drawing: _Drawing) -> bytes:
    """The picture in sixteen colours from paper to ink: as smooth to the eye as 256, and half the bytes."""
    rows = list(_frame_rows())
    for top, bottom, glyphs in _bands(drawing):
        rows[top:bottom] = _packed(_letters(glyphs, top, bottom), top)
    ramp = bytes(
        round(light + (dark - light) * level / 15)
        for level in range(16)
        for dark, light in zip(_INK, _PAPER, strict=True)
    )
    header = struct.pack(">IIBBBBB", *_SIZE, 4, 3, 0, 0, 0)
    packed = deflate.zlib_compress(b"".join(rows), 3)
    chunks = ((b"IHDR", header), (b"PLTE", ramp), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


@functools.cache
def _frame_rows() -> tuple[bytes, ...]:
    """The rows of a cover without letters: most rows of any have none."""
    from PIL import Image

    return tuple(_packed(Image.new("L", _SIZE), 0))


def _packed(part: Any, top: int) -> list[bytes]:
    """The rows of a part of the page, with the frame, two pixels in a byte.  top: of the part, pixels."""
    from PIL import Image

    _draw_frame(part, top)
    levels = Image.frombuffer("P", part.size, part.tobytes().translate(_SIXTEENTH))
    data, width = levels.tobytes("raw", "P;4"), part.size[0] // 2
    return [b"\0" + data[at : at + width] for at in range(0, len(data), width)]


def _bands(drawing: _Drawing) -> list[tuple[int, int, list[_CoverGlyph]]]:
    """The rows of pixels with letters, from the first to the one behind the last, and the glyphs in them."""
    found: list[tuple[int, int, list[_CoverGlyph]]] = []
    spans = ((*_rows_of(glyph), glyph) for glyph in drawing.glyphs)
    for top, bottom, glyph in sorted(spans, key=lambda span: span[0]):
        if found and top <= found[-1][1]:
            first, last, glyphs = found[-1]
            found[-1] = first, max(last, bottom), [*glyphs, glyph]
        else:
            found.append((top, bottom, [glyph]))
    return [(top, bottom, glyphs) for top, bottom, glyphs in found if top < bottom]


def _rows_of(glyph: _CoverGlyph) -> tuple[int, int]:
    """The rows of pixels of a glyph, with a tenth of its em around it for what makes it bold."""
    font = _drawn(glyph.face)
    extents, scale = font.get_glyph_extents(glyph.number), glyph.size / font.face.upem
    top = glyph.y - extents.y_bearing * scale - glyph.size / 10
    bottom = glyph.y - (extents.y_bearing + extents.height) * scale + glyph.size / 10
    return max(0, int(top * _RASTER)), min(_SIZE[1], int(bottom * _RASTER) + 1)


_SIXTEENTH = bytes((level * 15 + 127) // 255 for level in range(256))


def _draw_frame(part: Any, top: int) -> None:
    """In whole pixels, as far as it stands on a part of the page that begins at a row."""
    width, height = _SIZE
    for at, thick in _FRAME:
        near, wide = round((at - thick / 2) * _RASTER), round(thick * _RASTER)
        for left, above, across, down in (
            (near, near, width - 2 * near, wide),
            (near, height - near - wide, width - 2 * near, wide),
            (near, near, wide, height - 2 * near),
            (width - near - wide, near, wide, height - 2 * near),
        ):
            first, last = max(above - top, 0), min(above + down - top, part.size[1])
            if first < last:
                part.paste(255, (left, first, left + across, last))


@functools.lru_cache(maxsize=16)
def _drawn(face: ResolvedFace) -> Any:
    """HarfBuzz's font of a face, as heavy as it is drawn: at the size of this picture it thickens as a stroke does."""
    import uharfbuzz as hb

    from ...typography import fonts

    loaded = fonts.loaded(face)
    if not face.embolden:
        return loaded.font
    font = hb.Font(loaded.face)
    font.synthetic_bold = (face.embolden, face.embolden, True)
    return font


def _letters(glyphs: list[_CoverGlyph], top: int, bottom: int) -> Any:
    """The coverage of each pixel of some rows by glyphs."""
    import uharfbuzz as hb
    from PIL import Image

    size = _SIZE[0], bottom - top
    raster = hb.RasterDraw()
    for glyph in glyphs:
        font = _drawn(glyph.face)
        scale = glyph.size / font.face.upem * _RASTER
        raster.transform = (scale, 0, 0, scale, glyph.x * _RASTER, (HEIGHT - glyph.y) * _RASTER)
        raster.draw_glyph(font, glyph.number)
    raster.extents = hb.RasterExtents(0, _SIZE[1] - bottom, *size, 0)
    image = raster.render()
    # Its rows go from the bottom up.
    return Image.frombuffer("L", size, image.buffer, "raw", "L", image.extents.stride, -1)
