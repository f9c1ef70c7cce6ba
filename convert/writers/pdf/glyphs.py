"""What the text of a document is drawn with: looks, fonts with the glyphs taken from each, and drawn paragraphs.

A file can say only one text for a glyph, so that a face may be in it as several fonts.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from ...typography import fonts
from .tags import Tag

INVISIBLE = -1
"""Glyph of a character that draws nothing of its own: a line break, a joined character's second half."""

BLANKS = "\u2005\u2006\u2002"
"""Spaces that pages do not use, and that therefore have a glyph of their own to spare."""


class LinePicture(NamedTuple):
    """A picture in a line: a key of the document's media, and its size in points."""

    media: str
    width: float
    height: float
    alt: str


class GlyphLook(NamedTuple):
    """How a run looks and what it is: face role, size and rise in points, decoration, and its inline tag.

    tag: which inline of the paragraph it belongs to, as a path of (kind, number, detail) from the outside in.
    dots_over: its emphasis dots stand over the text.  own_latin: letters and digits in the face of the Han.
    owner: the structure node it belongs to, where that is not the paragraph's (a list mark).  picture: what is drawn
    instead of a glyph.  color: `#rrggbb`, empty for black.
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
    dots_over: bool = False
    own_latin: bool = False
    color: str = ""


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
    """Text as one font draws it: a glyph and an advance, points, for each character.

    moved: characters whose glyphs stand elsewhere, such as marks on letters: how far to the right and up, points.
    boxed: a box stands for a character that no face has.
    """

    font: FontUse
    embolden: float
    glyphs: list[int]
    advances: list[float]
    moved: Mapping[int, tuple[float, float]] = MappingProxyType({})
    boxed: bool = False


class Glyphs(NamedTuple):
    """A paragraph as far as it is drawn; the lists have one entry a character.

    moved: as of `Drawn`; boxed: the characters that boxes stand for.
    """

    glyph: list[int]
    advance: list[float]
    stretches: list[Stretch]
    moved: dict[int, tuple[float, float]]
    boxed: set[int]

    def add(self, first: int, last: int, look: GlyphLook, drawn: Drawn) -> None:
        """Takes in glyphs that draw the characters `first` to `last`."""
        self.stretches.append(Stretch(first, last, drawn.font, look, drawn.embolden))
        self.glyph.extend(drawn.glyphs)
        self.advance.extend(drawn.advances)
        for at, by in drawn.moved.items():
            self.moved[first + at] = by
        if drawn.boxed:
            self.boxed.add(first)
