"""Characters of one face, look and direction -> its glyphs (HarfBuzz).

In: a text, a face, a language.  Out: for each character a glyph, an advance and where its glyph is moved to, in font
units.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import uharfbuzz as hb

from ...typography import fonts
from .glyphs import INVISIBLE

_SCRIPT = {"zh": "Hani", "ja": "Hani", "ko": "Kore"}
_JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]")
"""Letters of hangul, which are put together to syllables as text of that script alone."""

UNDRAWN = re.compile(
    "[\n\t\u00ad\u034f\u115f\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U000e0000-\U000e0fff]"
)
"""Line ends, tabs and what Unicode lets a reader ignore draw nothing and need no glyph: joiners, marks of direction,
variation selectors, soft hyphen, fillers, tags."""


UPRIGHT = {"vert": True, "calt": False, "liga": False}
"""The forms for vertical lines; of what is joined only the two-em dash has one."""


class Units(NamedTuple):
    """Glyphs and their advances, one a character; what was joined has its width on the first.  moved: how far to the
    right and up glyphs stand from their places.  All in font units."""

    glyphs: list[int]
    widths: list[float]
    moved: dict[int, tuple[float, float]]


class LoneGlyphs:
    """The glyphs a face draws for characters that stand alone, in one language.  A text whose characters have these
    needs no further thought, and all documents have the same: each is asked for once.

    chars: the one character each glyph stands for.
    """

    def __init__(self, face: fonts.Loaded, language: str, *, vertical: bool = False) -> None:
        self.face = face
        self.language = language
        self.vertical = vertical
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
        infos, _ = shaped("\n".join(chars), self.face, self.language, western=False, vertical=self.vertical)
        drawn: dict[int, list[int]] = {}
        for info in infos:
            drawn.setdefault(info.cluster, []).append(info.codepoint)
        lacking = self.face.covers.lacking("".join(chars))
        for number, char in enumerate(chars):
            glyph, *more = drawn.get(2 * number, [INVISIBLE])
            if more or char in lacking or UNDRAWN.match(char) or self.chars.setdefault(glyph, char) != char:
                glyph = INVISIBLE
            self._glyphs[char] = glyph


@functools.lru_cache(maxsize=64)
def alone(path: str, index: int, weight: int, language: str, *, vertical: bool = False) -> LoneGlyphs:
    """What a face draws for lone characters, kept for the documents to come."""
    return LoneGlyphs(fonts.load(path, index, weight), language, vertical=vertical)


def shaped(
    text: str, face: fonts.Loaded, language: str, *, western: bool, vertical: bool = False
) -> tuple[list[Any], list[Any]]:
    """HarfBuzz's glyphs and their places; with `vertical` in the forms that the face has for vertical lines."""
    buffer = hb.Buffer()
    if western:
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS  # a mark is not one with its letter
    buffer.add_str(text)
    buffer.direction = "ltr"
    buffer.script = "Latn" if western else "Hang" if _JAMO.search(text) else _SCRIPT.get(language[:2], "Hani")
    buffer.language = language
    # Quotes in an English phrase are narrow, also where they come from an East Asian face.
    # Japanese is set solid: a face's kerning of kana is for proportional setting (JLReq 2.1.2).
    features: dict[str, bool] = {"pwid": True} if western else {}
    if not western and language[:2] == "ja":
        features["kern"] = False
    if vertical and not western:
        features |= UPRIGHT
    hb.shape(face.font, buffer, features)
    return buffer.glyph_infos, buffer.glyph_positions


def units(text: str, face: fonts.Loaded, language: str, *, western: bool, vertical: bool = False) -> Units:
    """Text that runs to the right, or down."""
    infos, positions = shaped(text, face, language, western=western, vertical=vertical)
    glyphs = [info.codepoint for info in infos]
    widths = [position.x_advance for position in positions]
    places = list(range(len(text)))
    if [info.cluster for info in infos] != places:
        glyphs, widths, places = _by_character(text, infos, positions)
    moved = {at: (one.x_offset, one.y_offset) for at, one in zip(places, positions, strict=True)}
    for found in UNDRAWN.finditer(text):
        # A tab is a space that the page had in its source; nothing is drawn for the others.
        at = found.start()
        glyphs[at], widths[at] = INVISIBLE, face.upem / 2 if found[0] == "\t" else 0
    return Units(glyphs, widths, {at: by for at, by in moved.items() if by != (0, 0)})


def backwards(text: str, face: fonts.Loaded) -> Units:
    """Text that runs to the left, its characters in the order they are read in."""
    for features in ({}, {"ccmp": False}):  # a face may make two glyphs of a letter and its points
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "rtl"
        hb.shape(face.font, buffer, features)
        infos, positions = buffer.glyph_infos[::-1], buffer.glyph_positions[::-1]
        if len({info.cluster for info in infos}) == len(infos):
            break
    glyphs, widths, places = _by_character(text, infos, positions)
    moved = {at: (one.x_offset, one.y_offset) for at, one in zip(places, positions, strict=True)}
    for found in UNDRAWN.finditer(text):
        glyphs[found.start()], widths[found.start()] = INVISIBLE, 0
    return Units(glyphs, widths, {at: by for at, by in moved.items() if by != (0, 0)})


def _by_character(text: str, infos: list[Any], positions: list[Any]) -> tuple[list[int], list[float], list[int]]:
    """Glyphs by character where HarfBuzz joined or split some: the glyphs of a cluster go to its characters in order
    (a letter and the mark on it); the width of a glyph beyond their number is added to the last.  Third the character
    of each glyph."""
    glyphs = [INVISIBLE] * len(text)
    widths = [0.0] * len(text)
    begins = sorted({info.cluster for info in infos})
    ends = dict(itertools.zip_longest(begins, begins[1:], fillvalue=len(text)))
    free = 0
    places = []
    for info, position in zip(infos, positions, strict=True):
        at = min(max(info.cluster, free), ends[info.cluster] - 1)
        if glyphs[at] == INVISIBLE:
            glyphs[at] = info.codepoint
        widths[at] += position.x_advance
        places.append(at)
        free = at + 1
    return glyphs, widths, places


def drawn_apart(glyphs: list[int]) -> list[tuple[int, int]]:
    """Where each glyph's characters begin and end: those that are drawn, each with those joined to it."""
    begins = [at for at, glyph in enumerate(glyphs) if glyph != INVISIBLE or not at]
    return list(itertools.pairwise([*begins, len(glyphs)]))


def meant(text: Sequence[str], glyphs: list[int]) -> dict[int, str] | None:
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
