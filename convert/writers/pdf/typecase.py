"""The fonts of one document, and which of them draws what.

In: characters, their classes, levels and look.  Out: for each character a glyph and an advance in points, and the
stretches that are drawn with one font.  Letters with the spaces between them go to the Latin face, all else to the East
Asian one, shaped with its language, so that a font's regional forms (`locl`) are used.
"""

from __future__ import annotations

import itertools
import re

from ...errors import FontError, Said
from ...style import Style, in_language
from ...typography import bidi, fonts
from . import shaping
from .glyphs import INVISIBLE, Drawn, FontUse, GlyphLook, Glyphs, Stretch
from .shaping import UNDRAWN, LoneGlyphs, Units

_BOX = "\u25a1"  # U+25A1 WHITE SQUARE
_SHORT = 12
"""Characters: shorter stretches of letters, such as numbers, come again and are kept."""
MOST_WORDS = 5_000
"""So many of one look are kept: in a long table every number is another one."""

_ADDED = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]|" + UNDRAWN.pattern)
"""Marks that stand on the character before them, and what is not drawn."""
_MOST_ADDED = 4
_SIDES = re.compile(r"W(?:[Ws]*W)?|[^W]+")


class _Widths(dict[int, float]):
    """Advances in font units -> in points: the thousands of a document that are alike are one object."""

    def __init__(self, scale: float) -> None:
        self._scale = scale

    def __missing__(self, units: int) -> float:
        width = self[units] = units * self._scale
        return width


def _in_language(look: Style, language: str) -> Style:
    """The style for a stretch: its faces, where the other style has them all."""
    other = in_language(look, language)
    return other if look.faces.keys() <= other.faces.keys() else look


class Typecase:
    """The fonts of one document and what was taken from each.

    style: its faces are used, its `missing_glyphs` says what becomes of characters no face can draw.
    """

    def __init__(self, style: Style, language: str | None) -> None:
        self.faces = fonts.resolve(style, language)
        self._style = style
        self.vertical = style.composition.vertical
        """Whether what is drawn next stands in vertical lines."""
        self._sets: dict[str, fonts.FontSet] = {}
        self.boxed: dict[str, None] = {}
        """Characters no face could draw, which have a box each, in order."""
        self._language = language or "zh-Hans"
        self._boxes = style.pdf.missing_glyphs == "box"
        self._uses: dict[tuple[str, int, int], list[FontUse]] = {}
        # Short stretches of letters drawn before, by look; the glyphs taken for other text, by face and language.
        self._words: dict[tuple[str, bool, float, str | None, bool], dict[str, Drawn]] = {}
        self._claimed: dict[tuple[str, int, int, str], set[int]] = {}
        self._widths: dict[tuple[float, int], _Widths] = {}

    def set_of(self, look: GlyphLook) -> fonts.FontSet:
        """The faces of a look: those of its language where that has forms of its own and a face for them is at hand, so
        that Japanese in a Chinese page has Japanese forms."""
        region = fonts.region_of(look.language)
        if not region or region == fonts.region_of(self._language):
            return self.faces
        if region not in self._sets:
            lacking = fonts.lacks_serif(region)
            self._sets[region] = self.faces if lacking else fonts.resolve(_in_language(self._style, region), region)
        return self._sets[region]

    def used(self) -> list[FontUse]:
        """Every font used, in order of first use."""
        return [use for uses in self._uses.values() for use in uses if use.texts]

    def draw(
        self,
        text: str,
        classes: str,
        first: int,
        last: int,
        look: GlyphLook,
        out: Glyphs,
        levels: bytes | None = None,
    ) -> None:
        """Characters first to last-1 of a paragraph, all of one look.  levels: of directions, where not all text runs
        to the right.  Raises FontError naming what no face draws."""
        words = self._words.setdefault((look.face, look.bold, look.size, look.language, look.own_latin), {})
        sides = [side.span() for side in _SIDES.finditer(classes, first, last)]
        if levels is not None and any(levels[first:last]):
            self._in_two_directions(text, classes, sides, look, out, levels)
            return
        whole: Drawn | None = None
        for number, (start, end) in enumerate(sides):
            western = classes[start] == "W"
            if not western and number <= 1:  # letters and other text take turns
                whole = self._at_once(text, classes, sides, look)
            if not western and whole:
                out.stretches.append(Stretch(start, end, whole.font, look, whole.embolden))
                out.glyph.extend(whole.glyphs[start - first : end - first])
                out.advance.extend(whole.advances[start - first : end - first])
            elif western and (word := words.get(text[start:end])):
                out.add(start, end, look, word)
            else:
                pieces = self._pieces(text, start, end, look, western=western)
                for begin, stop, drawn in pieces:
                    out.add(begin, stop, look, drawn)
                if western and len(pieces) == 1 and end - start <= _SHORT:
                    if len(words) >= MOST_WORDS:
                        words.clear()
                    words[text[start:end]] = pieces[0][2]

    def _in_two_directions(
        self, text: str, classes: str, sides: list[tuple[int, int]], look: GlyphLook, out: Glyphs, levels: bytes
    ) -> None:
        """A run in which some text runs to the left."""
        for start, end in sides:
            at = start
            for level, run in itertools.groupby(levels[start:end]):
                stop = at + len(list(run))
                draw = self._backwards if level % 2 else self._pieces
                for first, last, drawn in draw(text, at, stop, look, western=classes[at] == "W"):
                    out.add(first, last, look, drawn)
                at = stop

    def leave(self, at: int, look: GlyphLook, width: float, out: Glyphs) -> None:
        """Leaves room, points wide, for what stands in a line and is no character."""
        font = self._use(self.set_of(look).face(look.face), {})
        out.add(at, at + 1, look, Drawn(font, 0, [INVISIBLE], [width]))

    # --- East Asian text in one go ------------------------------------------------------------------------------

    def _at_once(self, text: str, classes: str, sides: list[tuple[int, int]], look: GlyphLook) -> Drawn | None:
        """The East Asian text of a run, with a line end for each letter between; None where it is not as simple as one
        glyph for each character, all of one font of the face it wants."""
        if "\n" in text and text.find("\n", sides[0][0], sides[-1][1]) >= 0:
            return None
        own = "".join([text[a:b] if classes[a] != "W" else "\n" * (b - a) for a, b in sides])
        found = self.set_of(look).face(look.face, bold=look.bold)
        language = look.language or self._language
        key = (found.path, found.index, found.weight)
        alone = shaping.alone(*key, language, vertical=self.vertical)
        infos, positions = shaping.shaped(own, alone.face, language, western=False, vertical=self.vertical)
        glyphs = alone.glyphs(own)
        if [info.codepoint for info in infos] != glyphs or not self._claim(glyphs, alone, found):
            return None
        widths = self._widths.setdefault((look.size, alone.face.upem), _Widths(look.size / alone.face.upem))
        advances = [widths[position.x_advance] for position in positions]
        return Drawn(self._uses[key][0], found.embolden, glyphs, advances)

    def _claim(self, glyphs: list[int], alone: LoneGlyphs, found: fonts.ResolvedFace) -> bool:
        """Take glyphs for the first font of their face; False, and none is taken, where one of them stands for another
        text there."""
        key = (found.path, found.index, found.weight)
        claimed = self._claimed.setdefault((*key, f"{alone.language} {alone.vertical}"), {alone.line_end})
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
        found = self.set_of(look).face(look.face, bold=look.bold, latin=western and not look.own_latin)
        language = look.language or self._language
        out: list[tuple[int, int, Drawn]] = []
        todo = self._covered(text, first, last, found, look)
        while todo:
            start, end, face = todo.pop(0)
            drawn = self._box(text[start], look) if face is None else None
            if face is not None:
                units = shaping.units(
                    text[start:end], fonts.loaded(face), language, western=western, vertical=self.vertical
                )
                drawn = self._drawn(text[start:end], face, units, look.size)
            if drawn is not None:
                out.append((start, end, drawn))
            else:
                # Two characters share a glyph here (U+2026 and U+22EF): a file can say only one of them for it.
                todo[:0] = [(at, at + 1, face) for at in range(start, end)]
        return out

    def _backwards(
        self, text: str, first: int, last: int, look: GlyphLook, *, western: bool
    ) -> list[tuple[int, int, Drawn]]:
        """A stretch that runs to the left.  Its brackets are drawn the other way round, and say what is drawn: readers
        turn them as they turn the text."""
        found = self.set_of(look).face(look.face, bold=look.bold, latin=western and not look.own_latin)
        out: list[tuple[int, int, Drawn]] = []
        for start, end, face in self._covered(text, first, last, found, look):
            if face is None:
                out.append((start, end, self._box(text[start], look)))
                continue
            units = shaping.backwards(text[start:end], fonts.loaded(face))
            said = "".join(map(bidi.mirrored, text[start:end]))
            for at, stop in shaping.drawn_apart(units.glyphs):
                more = {place - at: units.moved[place] for place in range(at, stop) if place in units.moved}
                part = Units(units.glyphs[at:stop], units.widths[at:stop], more)
                if drawn := self._drawn(said[at:stop], face, part, look.size):
                    out.append((start + at, start + stop, drawn))
        return out

    def _drawn(self, said: str, face: fonts.ResolvedFace, units: Units, size: float) -> Drawn | None:
        """Glyphs taken for what they say; None where one would say two things."""
        meant = shaping.meant(said, units.glyphs)
        if meant is None:
            return None
        use = self._use(face, meant)
        scale = size / use.loaded.upem
        moved = {at: (x * scale, y * scale) for at, (x, y) in units.moved.items()}
        return Drawn(use, face.embolden, units.glyphs, [width * scale for width in units.widths], moved)

    def _covered(
        self, text: str, first: int, last: int, found: fonts.ResolvedFace, look: GlyphLook
    ) -> list[tuple[int, int, fonts.ResolvedFace | None]]:
        """The stretch cut where the wanted face lacks a character and another has to stand in; None: no face has it,
        and the style wants a box there."""
        lacking = {char for char in fonts.loaded(found).covers.lacking(text[first:last]) if not UNDRAWN.match(char)}
        if not lacking:
            return [(first, last, found)]
        own = self.set_of(look).face(look.face, bold=look.bold)
        chosen: list[fonts.ResolvedFace | None] = []
        for at in range(first, last):
            char = text[at]
            if at > first and _ADDED.match(char):
                self._added(text, at, chosen, own)
                continue
            face: fonts.ResolvedFace | None = found
            if char in lacking:
                face = own if self._covers(own, char) else self.faces.fallback(char, own)
            chosen.append(face)
        out: list[tuple[int, int, fonts.ResolvedFace | None]] = []
        for at, face in enumerate(chosen, first):
            if face is None and not self._boxes:
                raise FontError(Said("no-glyph", ord=ord(text[at]), text=text[at]))
            if out and face is not None and out[-1][2] == face:
                out[-1] = (out[-1][0], at + 1, face)
            else:
                out.append((at, at + 1, face))
        return out

    def _added(self, text: str, at: int, chosen: list[fonts.ResolvedFace | None], own: fonts.ResolvedFace) -> None:
        """Choose a face for what belongs to the character before it: the same, or another for both; a face of its own
        where none has both."""
        char = text[at]
        if chosen[-1] is not None and self._covers(chosen[-1], char):
            chosen.append(chosen[-1])
            return
        base = 1
        while base < min(_MOST_ADDED, len(chosen)) and _ADDED.match(text[at - base]):
            base += 1
        both = "".join(one for one in text[at - base : at + 1] if not UNDRAWN.match(one))
        if (other := own if fonts.loaded(own).covers.all(both) else self.faces.fallback(both, own)) is not None:
            chosen[-base:] = [other] * base
        chosen.append(other or self.faces.fallback(char, own))

    def _covers(self, face: fonts.ResolvedFace, char: str) -> bool:
        return bool(UNDRAWN.match(char)) or ord(char) in fonts.loaded(face).covers

    def _box(self, char: str, look: GlyphLook) -> Drawn:
        """A square that stands for a character no face can draw.  A reader is told the character itself, so that each
        of them needs a copy of the square's face."""
        self.boxed[char] = None
        face = self.set_of(look).face(look.face, bold=look.bold)
        if ord(_BOX) not in fonts.loaded(face).covers:
            face = self.set_of(look).fallback(_BOX, face) or face
        glyph = fonts.loaded(face).font.get_nominal_glyph(ord(_BOX)) or 0
        return Drawn(self._use(face, {glyph: char}), face.embolden, [glyph], [look.size], boxed=True)

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
