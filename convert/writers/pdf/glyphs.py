"""Text of one look -> glyphs of fonts (HarfBuzz), and a count of the glyphs a file will need.

In: characters, their classes and their look.  Out: for each character a glyph and an advance in points, and the
stretches that are drawn with one font.  Letters with the spaces between them go to the Latin face, all else to the East
Asian one, shaped with its language, so that a font's regional forms (`locl`) are used.  A file can say only one text
for a glyph, so that a face may be in it as several fonts.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import uharfbuzz as hb

from ...errors import FontError, Said
from ...style import Style
from ...typography import fonts
from .tags import Tag

INVISIBLE = -1
"""Glyph of a character that draws nothing of its own: a line break, a joined character's second half."""

BLANKS = "\u2005\u2006\u2002"
"""Spaces that pages do not use, and that therefore have a glyph of their own to spare."""

_BOX = "\u25a1"  # U+25A1 WHITE SQUARE
_SHORT = 12
"""Characters: shorter stretches of letters, such as numbers, come again and are kept."""

_SIDES = re.compile(r"W(?:[Ws]*W)?|[^W]+")
_SCRIPT = {"zh": "Hani", "ja": "Jpan", "ko": "Kore"}
# Line ends, tabs and format characters draw nothing and need no glyph: joiners, marks of direction, variation
# selectors, soft hyphen.
_UNDRAWN = re.compile("[\n\t\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
RIGHT_TO_LEFT = re.compile(f"{_RIGHT_TO_LEFT}+(?: +{_RIGHT_TO_LEFT}+)*")
"""Words that are written from right to left, with the spaces between them: drawn as a whole."""


class LinePicture(NamedTuple):
    """A picture in a line: a key of the document's media, and its size in points."""

    media: str
    width: float
    height: float
    alt: str


class GlyphLook(NamedTuple):
    """How a run looks and what it is: face role, size and rise in points, decoration, and its inline tag.

    tag: which inline of the paragraph it belongs to, as a path of (kind, number, detail) from the outside in.
    owner: the structure node it belongs to, where that is not the paragraph's (a list mark).  picture: what is drawn
    instead of a glyph.
    """

    face: str
    size: float
    bold: bool = False
    rise: float = 0
    underline: bool = False
    strike: bool = False
    dots: bool = False
    language: str | None = None
    link: str | None = None
    anchor: str | None = None
    tag: tuple[tuple[str, int, str], ...] = ()
    owner: Tag | None = None
    picture: LinePicture | None = None


class FontUse:
    """One face as one font of the file: the glyphs used so far and the text each stands for."""

    def __init__(self, found: fonts.ResolvedFace, name: str) -> None:
        self.found = found
        self.name = name
        self.loaded = fonts.loaded(found)
        self.texts: dict[int, str] = {}
        self.codes: dict[int, str] = {}  # glyph -> code as hex; filled when the subset is made
        self.widths: dict[int, float] = {}  # glyph -> width in em as the file states it; filled with the codes
        self.blank = INVISIBLE  # a glyph that draws nothing, to fill gaps with
        for char in BLANKS:
            if glyph := self.loaded.font.get_nominal_glyph(ord(char)):
                self.blank = glyph
                self.texts[glyph] = char
                break

    def agrees(self, meant: dict[int, str]) -> bool:
        """Whether no glyph of `meant` stands for another text already."""
        texts = self.texts
        return all(texts[glyph] == meant[glyph] for glyph in meant.keys() & texts.keys())

    def hyphen(self) -> int:
        """The glyph of a hyphen, INVISIBLE where the face has none."""
        glyph: int = self.loaded.font.get_nominal_glyph(ord("-")) or INVISIBLE
        if glyph != INVISIBLE:
            self.texts.setdefault(glyph, "-")
        return glyph


class Stretch(msgspec.Struct, frozen=True):
    """Characters first to last-1 are drawn with one font in one look; embolden: stroke in em to add."""

    first: int
    last: int
    font: FontUse
    look: GlyphLook
    embolden: float


class Drawn(NamedTuple):
    """Text as one font draws it: a glyph and an advance, points, for each character."""

    font: FontUse
    embolden: float
    glyphs: list[int]
    advances: list[float]


class Glyphs(NamedTuple):
    """A paragraph as far as it is drawn; the lists have one entry a character."""

    glyph: list[int]
    advance: list[float]
    stretches: list[Stretch]

    def add(self, first: int, last: int, look: GlyphLook, drawn: Drawn) -> None:
        """Takes in glyphs that draw the characters `first` to `last`."""
        self.stretches.append(Stretch(first, last, drawn.font, look, drawn.embolden))
        self.glyph.extend(drawn.glyphs)
        self.advance.extend(drawn.advances)


_Units = tuple[list[int], list[float]]
"""Glyphs and their advances in font units, one a character; what was joined has its width on the first."""


class _Widths(dict[int, float]):
    """Advances in font units -> in points: the thousands of a document that are alike are one object."""

    def __init__(self, scale: float) -> None:
        self._scale = scale

    def __missing__(self, units: int) -> float:
        width = self[units] = units * self._scale
        return width


class _LoneGlyphs:
    """The glyphs a face draws for characters that stand alone, in one language.  A text whose characters have these
    needs no further thought, and all documents have the same: each is asked for once.

    chars: the one character each glyph stands for.
    """

    def __init__(self, face: fonts.Loaded, language: str) -> None:
        self.face = face
        self.language = language
        self.line_end: int = face.font.get_nominal_glyph(ord("\n")) or 0
        self.chars: dict[int, str] = {self.line_end: "\n"}
        self._glyphs: dict[str, int] = {"\n": self.line_end}

    def glyphs(self, text: str) -> list[int]:
        """The glyph of each character; INVISIBLE for one that is not drawn, lacking, more than a single glyph, or drawn
        like another."""
        try:
            return list(map(self._glyphs.__getitem__, text))
        except KeyError:
            self._learn(sorted(set(text) - self._glyphs.keys()))
        return list(map(self._glyphs.__getitem__, text))

    def _learn(self, chars: list[str]) -> None:
        infos, _ = _shaped("\n".join(chars), self.face, self.language, western=False)
        drawn: dict[int, list[int]] = {}
        for info in infos:
            drawn.setdefault(info.cluster, []).append(info.codepoint)
        lacking = self.face.covers.lacking("".join(chars))
        for number, char in enumerate(chars):
            glyph, *more = drawn.get(2 * number, [INVISIBLE])
            if more or char in lacking or _UNDRAWN.match(char) or self.chars.setdefault(glyph, char) != char:
                glyph = INVISIBLE
            self._glyphs[char] = glyph


@functools.lru_cache(maxsize=64)
def _alone(path: str, index: int, weight: int, language: str) -> _LoneGlyphs:
    return _LoneGlyphs(fonts.load(path, index, weight), language)


class Typecase:
    """The fonts of one document and what was taken from each.

    style: its faces are used, its `missing_glyphs` says what becomes of characters no face can draw.
    """

    def __init__(self, style: Style, language: str | None) -> None:
        self.faces = fonts.resolve(style, language)
        self.boxed: dict[str, None] = {}
        """Characters no face could draw, which have a box each, in order."""
        self._language = language or "zh-Hans"
        self._boxes = style.pdf.missing_glyphs == "box"
        self._uses: dict[tuple[str, int, int], list[FontUse]] = {}
        # Short stretches of letters drawn before, by look; the glyphs taken for other text, by face and language.
        self._words: dict[tuple[str, bool, float, str | None], dict[str, Drawn]] = {}
        self._claimed: dict[tuple[str, int, int, str], set[int]] = {}
        self._widths: dict[tuple[float, int], _Widths] = {}

    def used(self) -> list[FontUse]:
        """Every font used, in order of first use."""
        return [use for uses in self._uses.values() for use in uses if use.texts]

    def draw(self, text: str, classes: str, first: int, last: int, look: GlyphLook, out: Glyphs) -> None:
        """Characters first to last-1 of a paragraph, all of one look.  Raises FontError naming what no face draws."""
        words = self._words.setdefault((look.face, look.bold, look.size, look.language), {})
        sides = [side.span() for side in _SIDES.finditer(classes, first, last)]
        whole: Drawn | None = None
        for number, (start, end) in enumerate(sides):
            western = classes[start] == "W"
            if not western and number <= 1:  # letters and other text take turns
                whole = self._at_once(text, classes, sides, look)
            if not western and whole:
                font, embolden, glyphs, advances = whole
                out.stretches.append(Stretch(start, end, font, look, embolden))
                out.glyph.extend(glyphs[start - first : end - first])
                out.advance.extend(advances[start - first : end - first])
            elif western and (word := words.get(text[start:end])):
                out.add(start, end, look, word)
            else:
                pieces = self._pieces(text, start, end, look, western=western)
                for begin, stop, drawn in pieces:
                    out.add(begin, stop, look, drawn)
                if western and len(pieces) == 1 and end - start <= _SHORT:
                    words[text[start:end]] = pieces[0][2]

    def leave(self, at: int, look: GlyphLook, width: float, out: Glyphs) -> None:
        """Leaves room, points wide, for what stands in a line and is no character."""
        font = self._use(self.faces.face(look.face), {})
        out.add(at, at + 1, look, Drawn(font, 0, [INVISIBLE], [width]))

    # --- East Asian text in one go ------------------------------------------------------------------------------

    def _at_once(self, text: str, classes: str, sides: list[tuple[int, int]], look: GlyphLook) -> Drawn | None:
        """The East Asian text of a run, with a line end for each letter between; None where it is not as simple as one
        glyph for each character, all of one font of the face it wants."""
        if "\n" in text and text.find("\n", sides[0][0], sides[-1][1]) >= 0:
            return None
        own = "".join([text[a:b] if classes[a] != "W" else "\n" * (b - a) for a, b in sides])
        found = self.faces.face(look.face, bold=look.bold)
        language = look.language or self._language
        key = (found.path, found.index, found.weight)
        alone = _alone(*key, language)
        infos, positions = _shaped(own, alone.face, language, western=False)
        glyphs = alone.glyphs(own)
        if [info.codepoint for info in infos] != glyphs or not self._claim(glyphs, alone, found):
            return None
        widths = self._widths.setdefault((look.size, alone.face.upem), _Widths(look.size / alone.face.upem))
        advances = [widths[position.x_advance] for position in positions]
        return Drawn(self._uses[key][0], found.embolden, glyphs, advances)

    def _claim(self, glyphs: list[int], alone: _LoneGlyphs, found: fonts.ResolvedFace) -> bool:
        """Take glyphs for the first font of their face; False, and none is taken, where one of them stands for another
        text there."""
        key = (found.path, found.index, found.weight)
        claimed = self._claimed.setdefault((*key, alone.language), {alone.line_end})
        if claimed.issuperset(glyphs):
            return True
        meant = {glyph: alone.chars[glyph] for glyph in sorted(set(glyphs) - claimed)}
        uses = self._uses.get(key)
        if uses and not uses[0].agrees(meant):
            return False
        self._use(found, meant)
        claimed.update(meant)
        return True

    # --- Stretch by stretch -------------------------------------------------------------------------------------

    def _pieces(
        self, text: str, first: int, last: int, look: GlyphLook, *, western: bool
    ) -> list[tuple[int, int, Drawn]]:
        """A stretch cut where another face has to stand in, or another font of the face."""
        found = self.faces.face(look.face, bold=look.bold, latin=western)
        language = look.language or self._language
        out: list[tuple[int, int, Drawn]] = []
        todo: list[tuple[int, int, fonts.ResolvedFace | None]] = [
            (start, end, face)
            for begin, stop, face in self._covered(text, first, last, found, look)
            for start, end in _by_direction(text, begin, stop)
        ]
        while todo:
            start, end, face = todo.pop(0)
            said: str | list[str] = text[start:end]
            if face is None:
                said = _mirrored(text, first, last, start)
                face, (glyphs, units) = self._box(said, look)
            elif end - start > 1 and RIGHT_TO_LEFT.match(text, start, end):
                said, glyphs, units = _from_right(text[start:end], fonts.loaded(face))
            else:
                glyphs, units = _units(text[start:end], fonts.loaded(face), language, western=western)
            meant = _meant(said, glyphs)
            if meant is None:
                # Two characters share a glyph here (U+2026 and U+22EF): a file can say only one of them for it.
                todo[:0] = [(at, at + 1, face) for at in range(start, end)]
            else:
                use = self._use(face, meant)
                scale = look.size / use.loaded.upem
                drawn = Drawn(use, face.embolden, glyphs, [width * scale for width in units])
                out.append((start, end, drawn))
        return out

    def _covered(
        self, text: str, first: int, last: int, found: fonts.ResolvedFace, look: GlyphLook
    ) -> list[tuple[int, int, fonts.ResolvedFace | None]]:
        """The stretch cut where the wanted face lacks a character and another has to stand in; None: no face has it,
        and the style wants a box there."""
        lacking = {char for char in fonts.loaded(found).covers.lacking(text[first:last]) if not _UNDRAWN.match(char)}
        if not lacking:
            return [(first, last, found)]
        chosen: list[tuple[int, int, fonts.ResolvedFace | None]] = []
        for at in range(first, last):
            face: fonts.ResolvedFace | None = found
            if text[at] in lacking:
                own = self.faces.face(look.face, bold=look.bold)
                near = own if ord(text[at]) in fonts.loaded(own).covers else self.faces.fallback(text[at], own)
                if near is None and not self._boxes:
                    raise FontError(Said("no-glyph", ord=ord(text[at]), text=text[at]))
                face = near
            if chosen and face is not None and chosen[-1][2] == face:
                chosen[-1] = (chosen[-1][0], at + 1, face)
            else:
                chosen.append((at, at + 1, face))
        return chosen

    def _box(self, char: str, look: GlyphLook) -> tuple[fonts.ResolvedFace, _Units]:
        """A square that stands for a character no face can draw.  A reader is told the character itself, so that each
        of them needs a copy of the square's face."""
        self.boxed[char] = None
        face = self.faces.face(look.face, bold=look.bold)
        if ord(_BOX) not in fonts.loaded(face).covers:
            face = self.faces.fallback(_BOX, face) or face
        loaded = fonts.loaded(face)
        return face, ([loaded.font.get_nominal_glyph(ord(_BOX)) or 0], [loaded.upem])

    def _use(self, face: fonts.ResolvedFace, meant: dict[int, str]) -> FontUse:
        """The font the glyphs go to.  A glyph that already stands for another text needs a second copy of the face,
        for a reader can give back only one text for it."""
        uses = self._uses.setdefault((face.path, face.index, face.weight), [])
        for use in uses:
            if use.agrees(meant):
                use.texts.update(meant)
                return use
        use = FontUse(face, f"F{sum(map(len, self._uses.values())) + 1}")
        use.texts.update(meant)
        uses.append(use)
        return use


def _shaped(text: str, face: fonts.Loaded, language: str, *, western: bool) -> tuple[list[Any], list[Any]]:
    """HarfBuzz's glyphs and their places."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "ltr"
    buffer.script = "Latn" if western else _SCRIPT.get(language[:2], "Hani")
    buffer.language = language
    # Quotes in an English phrase are narrow, also where they come from an East Asian face.
    hb.shape(face.font, buffer, {"pwid": True} if western else {})
    return buffer.glyph_infos, buffer.glyph_positions


def _by_direction(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A stretch cut into what runs from right to left and the rest."""
    at = first
    for found in RIGHT_TO_LEFT.finditer(text, first, last):
        if at < found.start():
            yield at, found.start()
        yield found.span()
        at = found.end()
    if at < last:
        yield at, last


def _mirrored(text: str, first: int, last: int, at: int) -> str:
    """The character that is drawn at a place of a stretch: of words from right to left the last is drawn first."""
    spans = (found.span() for found in RIGHT_TO_LEFT.finditer(text, first, last))
    return next((text[start + end - 1 - at] for start, end in spans if start <= at < end), text[at])


def _from_right(text: str, face: fonts.Loaded) -> tuple[list[str], list[int], list[float]]:
    """Text from right to left in the order it is drawn in, from the left: what each place says, its glyph, and its
    width.  There are as many places as characters."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(face.font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    begins = sorted({info.cluster for info in infos})
    ends = dict(itertools.zip_longest(begins, begins[1:], fillvalue=len(text)))
    places: list[tuple[str, int, float]] = []
    for cluster, drawn in itertools.groupby(zip(infos, positions, strict=True), key=lambda one: one[0].cluster):
        glyphs, said = list(drawn), text[cluster : ends[cluster]]
        each = list(reversed(said)) if len(glyphs) == len(said) else [said, *("\u200d" for _ in glyphs[1:])]
        places += ((one, info.codepoint, at.x_advance) for one, (info, at) in zip(each, glyphs, strict=True))
    places += [("", INVISIBLE, 0.0)] * (len(text) - len(places))
    return [said for said, _, _ in places], [glyph for _, glyph, _ in places], [width for _, _, width in places]


def _units(text: str, face: fonts.Loaded, language: str, *, western: bool) -> _Units:
    infos, positions = _shaped(text, face, language, western=western)
    glyphs = [info.codepoint for info in infos]
    widths = [position.x_advance for position in positions]
    if [info.cluster for info in infos] != list(range(len(text))):
        glyphs, widths = _by_character(text, infos, positions)
    for found in _UNDRAWN.finditer(text):
        # A tab is a space that the page had in its source; nothing is drawn for the others.
        at = found.start()
        glyphs[at], widths[at] = INVISIBLE, face.upem / 2 if found[0] == "\t" else 0
    return glyphs, widths


def _by_character(text: str, infos: list[Any], positions: list[Any]) -> _Units:
    """Glyphs by character where HarfBuzz joined or split some: the glyphs of a cluster go to its characters in order
    (a letter and the mark on it); the width of a glyph beyond their number is added to the last."""
    glyphs = [INVISIBLE] * len(text)
    widths = [0.0] * len(text)
    begins = sorted({info.cluster for info in infos})
    ends = dict(itertools.zip_longest(begins, begins[1:], fillvalue=len(text)))
    free = 0
    for info, position in zip(infos, positions, strict=True):
        at = min(max(info.cluster, free), ends[info.cluster] - 1)
        if glyphs[at] == INVISIBLE:
            glyphs[at] = info.codepoint
        widths[at] += position.x_advance
        free = at + 1
    return glyphs, widths


def _meant(text: Sequence[str], glyphs: list[int]) -> dict[int, str] | None:
    """What each glyph stands for: its character and those joined to it; None where one would stand for two things."""
    units: list[str] = []
    codes: list[int] = []
    if INVISIBLE not in glyphs:
        units, codes = list(text), glyphs
    else:
        for code, char in zip(glyphs, text, strict=True):
            if code != INVISIBLE:
                codes.append(code)
                units.append(char)
            elif units and char not in "\n\t":
                units[-1] += char
    meant = dict(zip(codes, units, strict=True))
    return meant if list(map(meant.__getitem__, codes)) == units else None
