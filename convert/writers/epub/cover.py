"""The cover of an EPUB: the title in the style's face, broken between words, in a frame.

In: a document and a style.  Out: the same picture as SVG 1.1 (outlines, so that no device needs the face) and as PNG
for old readers.  HarfBuzz shapes and gives the outlines, PDFium draws them.  The frame is the double line, thick
outside and thin inside, that woodblock books have around the page.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from ...model import Document
from ...style import Style
from ...typography.titles import balance
from ..markup import escape, language_of, printable, title_of

WIDTH, HEIGHT = 1200, 1600
_RASTER = 0.625  # pixels of the PNG in a unit: the screen of the devices that cannot show the SVG
_PAPER, _INK = (0xF7, 0xF3, 0xE8), (0x24, 0x28, 0x2E)
_FRAME = ((56, 7), (76, 2))  # distance from the edge, thickness
_MEASURE = 940
_TITLE_SIZES = ((128, 3), (108, 4), (90, 6), (72, 9))  # size, lines it is good for
_LEADING = 1.5
_SMALL = 46
_CUBIC = 2 / 3  # how far a cubic's control points stand towards the one of a quadratic


class Cover(NamedTuple):
    svg: bytes
    png: bytes


class _Line(NamedTuple):
    """A line to draw.  role: of the element whose face it has.  x, y: the middle of the line."""

    text: str
    role: str
    size: float
    x: float
    y: float
    vertical: bool = False


def cover(document: Document, style: Style) -> Cover:
    """The cover of a document.  Raises FontError where the style's faces cannot be had."""
    language = language_of(document)
    drawing = _Drawing(style, language)
    known = document.metadata
    foot = [printable(text) for text in (known.issuing_body or known.source or known.author, known.published) if text]
    top = HEIGHT - 140 - len(foot) * _SMALL * _LEADING
    for line in _heads(document, language, style.composition.vertical):
        drawing.line(line)
    for at, text in enumerate(foot):
        first = balance(text, _MEASURE / _SMALL, language)[0]
        drawing.line(_Line(first, "byline", _SMALL, WIDTH / 2, top + at * _SMALL * _LEADING))
    title = title_of(document)
    return Cover(_svg(drawing, title, language), _png(drawing))


def _heads(document: Document, language: str, vertical: bool) -> Iterable[_Line]:
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
        yield _Line(text, role, height, x, y, vertical)
        across += height * _LEADING


def _sized(title: str, measure: float, language: str) -> tuple[list[str], float]:
    """The title's lines and the largest size that suits their number; a title without end is cut."""
    for size, most in _TITLE_SIZES:
        lines = balance(title, measure / size, language)
        if len(lines) <= most:
            return lines, size
    return [*lines[: most - 1], lines[most - 1][:-1] + "\u2026"], size


class _Drawing:
    """Outlines, y downwards, collected by the stroke that thickens them."""

    def __init__(self, style: Style, language: str) -> None:
        from ...typography import fonts

        self.paths: dict[float, list[tuple[str, str]]] = {}
        self._fonts = fonts
        self._faces = fonts.resolve(style, language)
        self._style = style
        self._language = language

    def line(self, line: _Line) -> None:
        face = self._faces.face(self._style.element(line.role).face)
        shaped = [part for found, text in self._runs(line.text, face) for part in self._shape(found, text, line)]
        pen = (line.y if line.vertical else line.x) - sum(advance for *_, advance in shaped) / 2
        for found, glyph, dx, dy, advance in shaped:
            # The middle of an em box stands 0.38 em above the baseline of a line from left to right.
            x, y = (line.x + dx, pen - dy) if line.vertical else (pen + dx, line.y + line.size * 0.38 - dy)
            outline = _Outline(x, y, line.size / self._fonts.loaded(found).upem)
            self._fonts.loaded(found).font.draw_glyph_with_pen(glyph, outline)
            self.paths.setdefault(round(found.embolden * line.size, 2), []).extend(outline.steps)
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

    def _shape(self, found: Any, text: str, line: _Line) -> list[tuple[Any, int, float, float, float]]:
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


class _Outline:
    """A pen that keeps what it draws: each step as its letter (as PDF has it) and its points, in tenths of a unit."""

    def __init__(self, x: float, y: float, scale: float) -> None:
        self.steps: list[tuple[str, str]] = []
        self._x, self._y, self._scale = x * 10, y * 10, scale * 10
        self._at = (0.0, 0.0)

    def _place(self, point: tuple[float, float]) -> str:
        self._at = point
        return f"{round(self._x + point[0] * self._scale)} {round(self._y - point[1] * self._scale)}"

    def moveTo(self, point: tuple[float, float]) -> None:
        self.steps.append(("m", self._place(point)))

    def lineTo(self, point: tuple[float, float]) -> None:
        self.steps.append(("l", self._place(point)))

    def curveTo(self, *points: tuple[float, float]) -> None:
        self.steps.append(("c", " ".join(map(self._place, points))))

    def qCurveTo(self, control: tuple[float, float], end: tuple[float, float]) -> None:
        near, far = ((x + _CUBIC * (control[0] - x), y + _CUBIC * (control[1] - y)) for x, y in (self._at, end))
        self.curveTo(near, far, end)

    def closePath(self) -> None:
        self.steps.append(("h", ""))

    def endPath(self) -> None:
        self.steps.append(("h", ""))


# --- The two pictures -------------------------------------------------------------------------------------------

_SVG_STEPS = {"m": "M", "l": "L", "c": "C", "h": "Z"}


def _svg(drawing: _Drawing, title: str, language: str) -> bytes:
    paper, ink = (f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in (_PAPER, _INK))
    frame = "".join(
        f'<rect x="{at}" y="{at}" width="{WIDTH - 2 * at}" height="{HEIGHT - 2 * at}" fill="none" stroke="{ink}"'
        f' stroke-width="{thick}"/>\n'
        for at, thick in _FRAME
    )
    paths = "".join(
        f'<path transform="scale(0.1)" fill="{ink}"'
        + (f' stroke="{ink}" stroke-width="{stroke * 10:g}" stroke-linejoin="round"' if stroke else "")
        + f' d="{"".join(_SVG_STEPS[step] + points for step, points in steps)}"/>\n'
        for stroke, steps in sorted(drawing.paths.items())
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" xml:lang="{language}">\n<title>{escape(title)}</title>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{paper}"/>\n{frame}{paths}</svg>\n'
    ).encode()


def _png(drawing: _Drawing) -> bytes:
    """The picture in sixteen colours from ink to paper: as smooth to the eye as 256, and half the bytes."""
    import pypdfium2

    width, height = round(WIDTH * _RASTER), round(HEIGHT * _RASTER)
    with pypdfium2.PdfDocument(_pdf(drawing)) as document:
        bitmap = document[0].render(scale=_RASTER, grayscale=True)
        data, stride = bytes(bitmap.buffer).translate(_SIXTEENTH), bitmap.stride
    rows = b"".join([b"\0" + data[at : at + width] for at in range(0, stride * height, stride)])
    ramp = bytes(
        round(dark + (light - dark) * level / 15)
        for level in range(16)
        for dark, light in zip(_INK, _PAPER, strict=True)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"PLTE", ramp), (b"IDAT", zlib.compress(rows, 3)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )


_SIXTEENTH = bytes((level * 15 + 127) // 255 for level in range(256))


def _pdf(drawing: _Drawing) -> bytes:
    """The drawing as a PDF of one page and no font, black on white."""
    parts = [f"1 0 0 -1 0 {HEIGHT} cm 1 j"]
    parts += [f"{thick} w {at} {at} {WIDTH - 2 * at} {HEIGHT - 2 * at} re S" for at, thick in _FRAME]
    parts.append("0.1 0 0 0.1 0 0 cm")
    for stroke, steps in sorted(drawing.paths.items()):
        parts.append(f"{stroke * 10:g} w")
        parts += [f"{points} {step}" for step, points in steps]
        parts.append("B" if stroke else "f")
    content = "\n".join(parts).encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<<>>>>" % (WIDTH, HEIGHT),
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%b endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        len(out),
    )
