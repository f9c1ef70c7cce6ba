"""What the face of an embedded font draws for a text, by HarfBuzz from the face itself; and what was compared before.

In: the name of a font in an edition.  Out: the faces at hand of that name; whether a glyph of the edition is one that
such a face draws for a text.  A process that looks at many editions meets the same glyphs of the same faces again and
again: what was found equal is remembered by face and text, and not drawn again.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import NamedTuple

from ..errors import FontError
from ..typography import fonts, system_faces
from .freetype import Contour, FreeTypeError, Program, closed, segment

NEAR = 3.0
"""Thousandths of an em that a point may lie off: a variable face's points are rounded when it is made a plain one."""
_WIDTH = 1.0
"""Thousandths of an em that a stated width may be off the font's own."""

_TAG = re.compile(r"[A-Z]{6}\+")
_BOX = "\u25a1"  # stands for what no face draws
_JOINER = "\u200d"
_LANGUAGES = ("zh-Hans", "zh-Hant", "zh-Hant-HK", "ja", "ko", "en")
_SCRIPTS = {"zh": "Hani", "ja": "Hani", "ko": "Kore"}


class EmbeddedGlyph:
    """A glyph of an edition's font.  width: as the edition states it, thousandths of an em."""

    def __init__(self, program: Program, number: int, width: float | None = None) -> None:
        self.shape = program.shape(number)
        self.upem = program.upem
        own = self.shape.width * 1000 / program.upem
        self.is_stated = width is None or abs(own - width) <= _WIDTH
        self._program = program

    @functools.cached_property
    def drawing(self) -> GlyphDrawing:
        """Its contours and width, as FreeType reads them."""
        return GlyphDrawing(self._program.contours(self.shape), self.shape.width * 1000 / self.upem)


class GlyphDrawing(NamedTuple):
    """Contours, and the width of the whole, thousandths of an em."""

    contours: list[Contour]
    width: float

    def is_like(self, other: GlyphDrawing) -> bool:
        """Whether the same is drawn, but for what rounding moves."""
        if len(self.contours) != len(other.contours) or abs(self.width - other.width) > NEAR:
            return False
        for mine, theirs in zip(self.contours, other.contours, strict=True):
            if list(map(len, mine)) != list(map(len, theirs)):
                return False
            pairs = zip(mine, theirs, strict=True)
            if any(abs(a - b) > NEAR for one, another in pairs for a, b in zip(one, another, strict=True)):
                return False
        return True


class OutlineFace:
    """A face at hand, at one weight.  file: its path, its number there, its weight, and whether it can have others."""

    def __init__(self, path: str, index: int, weight: int) -> None:
        self._loaded = fonts.load(path, index, weight)
        self._program = Program((path, index))
        axes = self._loaded.face.axis_infos
        self.file = path, index, weight, bool(axes)
        if axes:
            self._program.vary([weight if axis.tag == "wght" else axis.default_value for axis in axes])

    def draws(self, text: str, glyph: EmbeddedGlyph, language: str) -> bool:
        """Whether a glyph is one that the face draws for a text.

        Mostly the points of both are the same as FreeType gives them; where they are not, FreeType's outline is
        compared with what HarfBuzz draws.
        """
        if not glyph.is_stated:
            return False
        if glyph.upem == self._program.upem:
            most = NEAR * glyph.upem / 1000
            usual = dict.fromkeys(self._plain(text, language))
            if any(glyph.shape.is_near(self._program.shape(one), most) for one in usual):
                return True
        return any(glyph.drawing.is_like(self._drawing(one)) for one in self._meant(text, language))

    def drawings(self, text: str) -> list[GlyphDrawing]:
        """Of every glyph that the characters of a text can become by the face's own layout tables."""
        return [self._drawing(one) for one in self._reached(text)]

    def _drawing(self, number: int) -> GlyphDrawing:
        scale = 1000 / self._loaded.upem
        pen = _OutlinePen(scale)
        self._loaded.font.draw_glyph_with_pen(number, pen)
        return GlyphDrawing(pen.contours, self._loaded.font.get_glyph_h_advance(number) * scale)

    def _meant(self, text: str, language: str) -> Iterator[int]:
        """The glyphs that may stand for a text, the usual first; each once."""
        seen: set[int] = set()
        for find in (self._plain, self._joined, self._elsewhere, self._boxed, lambda text, _: self._reached(text)):
            for one in find(text, language):
                if one not in seen:
                    seen.add(one)
                    yield one

    def _plain(self, text: str, language: str) -> Iterator[int]:
        yield from self._shaped(text, language, _SCRIPTS.get(language[:2], "Hani"), {})
        yield from self._shaped(text, language, "Latn", {"pwid": True})
        yield from self._shaped(text, language, _SCRIPTS.get(language[:2], "Hani"), {"vert": True})  # vertical lines
        if len(text) == 1 and (nominal := self._loaded.font.get_nominal_glyph(ord(text))):
            yield nominal

    def _joined(self, text: str, language: str) -> Iterator[int]:
        """Letters that join have another form at the beginning, in the middle and at the end of a word."""
        for before, after in ((_JOINER, _JOINER), (_JOINER, ""), ("", _JOINER)):
            yield from self._shaped(before + text + after, language, None, {})

    def _elsewhere(self, text: str, _: str) -> Iterator[int]:
        for language in _LANGUAGES:
            yield from self._plain(text, language)

    def _boxed(self, text: str, _: str) -> Iterator[int]:
        """A box stands for a character that the face does not have."""
        if any(ord(char) not in self._loaded.covers for char in text):
            yield self._loaded.font.get_nominal_glyph(ord(_BOX)) or 0

    def _shaped(self, text: str, language: str, script: str | None, features: dict[str, bool]) -> Iterator[int]:
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if script is not None:
            buffer.direction, buffer.script = "ltr", script
        buffer.language = language
        hb.shape(self._loaded.font, buffer, features)
        yield from (info.codepoint for info in buffer.glyph_infos)

    def _reached(self, text: str) -> list[int]:
        import uharfbuzz as hb

        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, text))
        features = wanted.sets(hb.SubsetInputSets.LAYOUT_FEATURE_TAG)
        features.clear()
        features.invert()  # all there are
        return list(hb.SubsetPlan(self._loaded.face, wanted).old_to_new_glyph_mapping)


class _OutlinePen:
    """Writes down what HarfBuzz draws."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        self.contours: list[Contour] = []
        self._open: Contour = []

    def moveTo(self, point: tuple[float, float]) -> None:
        self.closePath()
        self._open = [(point[0] * self._scale, point[1] * self._scale)]

    def lineTo(self, point: tuple[float, float]) -> None:
        self._add(point)

    def qCurveTo(self, *points: tuple[float, float]) -> None:
        self._add(*points)

    def curveTo(self, *points: tuple[float, float]) -> None:
        self._add(*points)

    def closePath(self) -> None:
        if len(self._open) > 1 and len(contour := closed(self._open)) > 1:
            self.contours.append(contour)
        self._open = []

    def _add(self, *points: tuple[float, float]) -> None:
        segment(self._open, *(value * self._scale for point in points for value in point))


# --- Which face a font is of ------------------------------------------------------------------------------------


class Faces:
    """The faces at hand that a font of an edition can be of: of one name there may be several versions.  False where
    there are none."""

    def __init__(self, faces: tuple[OutlineFace, ...]) -> None:
        self._faces = faces
        self._proven: set[tuple[str, Hashable]] = set()

    def __bool__(self) -> bool:
        return bool(self._faces)

    def strange(
        self, drawn: Iterable[tuple[str, Hashable]], glyph: Callable[[Hashable], EmbeddedGlyph], language: str
    ) -> list[str]:
        """Texts whose glyph is none that one of the faces draws for them.

        drawn: texts, each with a key of its glyph: what it is made of, so that the key is another where it may look
        otherwise.  glyph: gives the glyph of a key; it is asked for only what was not found right before.
        """
        wrong = []
        for text, key in set(drawn) - self._proven:
            shown = glyph(key)
            if any(face.draws(text, shown, language) for face in self._faces):
                self._proven.add((text, key))
            else:
                wrong.append(text)
        return sorted(wrong)

    def files(self) -> list[tuple[str, int, int, bool]]:
        """The file of each."""
        return [face.file for face in self._faces]

    def drawings(self, text: str) -> list[GlyphDrawing]:
        """Of every glyph that the characters of a text can become by the faces' own layout tables."""
        return [one for face in self._faces for one in face.drawings(text)]


def named(name: str, weight: int | None = None) -> Faces:
    """The faces at hand that a font of an edition can be of.

    name: as the edition has it, perhaps a subset's tag before it.  weight: at which a variable face was made a plain
    one; None: the name is its family's, and the weight stands behind it.
    """
    return _named(_TAG.sub("", name), weight)


@functools.lru_cache(maxsize=64)
def _named(name: str, weight: int | None) -> Faces:
    found = dict[tuple[str, int, int], None]()
    family, _, behind = name.rpartition("-")
    for face in (*fonts.packaged(), *system_faces.installed()):
        names = {_plain(one) for one in face.names}
        if face.axis is None:
            if _plain(name) in names:
                found[face.path, face.index, face.weight] = None
        elif weight is not None:
            if _plain(name) in names and face.axis[0] <= weight <= face.axis[1]:
                found[face.path, face.index, weight] = None
        elif _plain(face.family) == _plain(family) and behind.isdigit():
            found[face.path, face.index, int(behind)] = None
    return Faces(tuple(one for key in found if (one := _face(*key)) is not None))


@functools.lru_cache(maxsize=64)
def _face(path: str, index: int, weight: int) -> OutlineFace | None:
    try:
        return OutlineFace(path, index, weight)
    except (FontError, FreeTypeError):
        return None


def _plain(name: str) -> str:
    """A name as PDF files have it, in lower case."""
    return "".join(char for char in name.lower() if (char.isascii() and char.isalnum()) or char in "-_")
