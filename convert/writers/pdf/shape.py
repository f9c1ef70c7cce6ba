"""Runs of text -> glyphs with advances (HarfBuzz), a paragraph at a time.

In: inlines and the look of their element.  Out: a `Shaped` paragraph whose lists have one entry a character, so that
the line breaker never meets a glyph.  Each stretch of one face is shaped whole, with its language, so that a font's
regional forms (`locl`) are used.  Advances are points.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import uharfbuzz as hb

from ...errors import FontError
from ...model import Break, Code, Emphasis, Inline, Link, NoteRef, Ruby, RunIn, Span, Text
from ...style import Element, Style
from ...typography import breaks, classify, fonts, hyphens, spacing
from .tags import Node

SUPERSCRIPT_SIZE = 0.6
SUPERSCRIPT_RISE = 0.4
SUBSCRIPT_RISE = -0.15
RUBY_SIZE = 0.5
INVISIBLE = -1
"""Glyph of a character that draws nothing of its own: a line break, a joined character's second half."""

BLANKS = "\u2005\u2006\u2002"
"""Spaces that pages do not use, and that therefore have a glyph of their own to spare."""

_BOX = "\u25a1"  # U+25A1 WHITE SQUARE

# Letters with the spaces between them go to the Latin face, the rest to the East Asian one.
_SIDES = re.compile(r"W(?:[Ws]*W)?|[^W]+")
_SCRIPT = {"zh": "Hani", "ja": "Jpan", "ko": "Kore"}
# Line ends, tabs and format characters draw nothing and need no glyph: joiners, marks of direction, variation
# selectors, soft hyphen.
_UNDRAWN = re.compile("[\n\t\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


class Look(NamedTuple):
    """How a run looks and what it is: face role, size and rise in points, decoration, and its inline tag.

    tag: which inline of the paragraph it belongs to, as a path of (kind, number, detail) from the outside in.
    owner: the structure node it belongs to, where that is not the paragraph's (a list mark).
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
    owner: Node | None = None


class Run(NamedTuple):
    """A stretch of text of one look; gloss: its ruby."""

    text: str
    look: Look
    gloss: str | None = None


class FontUse:
    """One face as one font of the file: the glyphs used so far and the text each stands for."""

    def __init__(self, found: fonts.Found, name: str) -> None:
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

    def hyphen(self) -> int:
        """The glyph of a hyphen, INVISIBLE where the face has none."""
        glyph: int = self.loaded.font.get_nominal_glyph(ord("-")) or INVISIBLE
        if glyph != INVISIBLE:
            self.texts.setdefault(glyph, "-")
        return glyph


class Stretch(NamedTuple):
    """Characters first to last-1 are drawn with one font in one look; embolden: stroke in em to add."""

    first: int
    last: int
    font: FontUse
    look: Look
    embolden: float


class Gloss(NamedTuple):
    """Ruby over characters first to last-1."""

    first: int
    last: int
    shaped: Shaped
    width: float


class Shaped(NamedTuple):
    """A paragraph ready for lines; lists have one entry a character, lengths in points.

    may: where a line may begin.  advance: with what adjacent marks lose taken off.  shift: from a character's place
    to its glyph's origin.  gaps: positions before which a Han-western gap stands, `gap` wide.  left, right: marks
    that lost a half already.  hyphens: positions a word may be divided at, and the width of the hyphen there.
    """

    text: str
    classes: str
    may: bytearray
    advance: list[float]
    shift: list[float]
    glyph: list[int]
    stretches: list[Stretch]
    glosses: list[Gloss]
    gaps: list[int]
    gap: float
    left: frozenset[int]
    right: frozenset[int]
    size: float
    centred: bool
    hyphens: dict[int, float]


_Glyphs = tuple[list[int], list[float]]
_SHORT = 12
"""Characters: shorter stretches, such as numbers and clauses, come again and are kept."""


class Shaper:
    """Shapes the paragraphs of one document and keeps count of the glyphs its files will need."""

    def __init__(self, style: Style, language: str | None) -> None:
        self.style = style
        self.language = language or "zh-Hans"
        self.faces = fonts.resolve(style, language)
        self._uses: dict[tuple[str, int, int], list[FontUse]] = {}
        self._short: dict[tuple[int, str, str, bool], _Glyphs] = {}
        self._tags = 0
        self.boxed: dict[str, None] = {}
        """Characters no face could draw, which have a box each, in order."""

    def used(self) -> list[FontUse]:
        """Every font used, in order of first use."""
        return [use for uses in self._uses.values() for use in uses if use.texts]

    # --- Runs ---------------------------------------------------------------------------------------------------

    def base(self, element: Element) -> Look:
        return Look(element.face, element.size, self._bold(element))

    def _bold(self, element: Element) -> bool:
        return element.bold or (element.stand_in_bold and self.faces.face(element.face).substituted)

    def runs(self, inlines: tuple[Inline, ...], look: Look) -> list[Run]:
        """Inlines flattened: one run for each stretch of one look."""
        out: list[Run] = []
        for node in inlines:
            match node:
                case Text():
                    out.append(Run(node.text, look))
                case Break():
                    out.append(Run("\n", look))
                case Code():
                    out.append(Run(node.text, self._tagged(look, "Code")))
                case Ruby():
                    out.append(Run(node.base, self._tagged(look, "Ruby"), node.gloss))
                case NoteRef():
                    raised = look._replace(size=look.size * SUPERSCRIPT_SIZE, rise=look.size * SUPERSCRIPT_RISE)
                    target = self._tagged(self._tagged(raised, "Reference", node.id), "Link")
                    out.append(Run(node.label, target._replace(link=f"#note-{node.id}")))
                case Link():
                    inner = self._tagged(look, "Link", node.target)._replace(link=node.target)
                    out.extend(self.runs(node.children, inner))
                case Span():
                    inner = self._tagged(look, "Span", node.language)._replace(language=node.language)
                    out.extend(self.runs(node.children, inner))
                case RunIn():
                    element = self.style.run_in(node.level)
                    inner = look._replace(face=element.face, bold=self._bold(element), anchor=node.id or None)
                    out.extend(self.runs(node.children, inner))
                case Emphasis():
                    out.extend(self.runs(node.children, _emphasised(look, node.kind)))
        return [run for run in out if run.text]

    def _tagged(self, look: Look, kind: str, detail: str = "") -> Look:
        self._tags += 1
        return look._replace(tag=(*look.tag, (kind, self._tags, detail)))

    # --- Glyphs -------------------------------------------------------------------------------------------------

    def shape(self, runs: list[Run], size: float) -> Shaped:
        """Shape a paragraph.  size: of its element, points.  Raises FontError naming what no face can draw."""
        text = "".join(run.text for run in runs)
        classes = _kept(runs, classify(text))
        composition = self.style.composition
        centred = self.language.startswith("zh-Hant")
        advance: list[float] = []
        shift: list[float] = [0.0] * len(text)
        glyph: list[int] = []
        stretches: list[Stretch] = []
        glosses: list[Gloss] = []
        may = breaks.allowed(text, classes, composition.breaks)
        at = 0
        for run in runs:
            end = at + len(run.text)
            for side in _SIDES.finditer(classes, at, end):
                self._side(text, side, run.look, advance, glyph, stretches)
            if run.gloss is not None:
                glosses.append(self._gloss(run, at, end, may, advance, shift))
            at = end
        cut = spacing.trims(classes, centred=centred)
        _set_widths(classes, advance, shift, size, cut)
        gaps = spacing.gaps(text, classes) if composition.autospace else []
        raised = [stretch for stretch in stretches if stretch.look.rise]
        if raised:  # an index or a note mark stands close to what it belongs to
            gaps = [at for at in gaps if not any(piece.first <= at <= piece.last for piece in raised)]
        gap = composition.autospace * size
        left, right = frozenset(cut.left), frozenset(cut.right)
        divided = _hyphens(text, stretches, self.language) if composition.hyphenate else {}
        for at in divided:
            may[at] = 1
        return Shaped(
            text,
            classes,
            may,
            advance,
            shift,
            glyph,
            stretches,
            glosses,
            gaps,
            gap,
            left,
            right,
            size,
            centred,
            divided,
        )

    def _side(
        self,
        text: str,
        side: re.Match[str],
        look: Look,
        advance: list[float],
        glyph: list[int],
        stretches: list[Stretch],
    ) -> None:
        first, last = side.span()
        part = text[first:last]
        western = side[0][0] == "W"
        found = self.faces.face(look.face, bold=look.bold, latin=western)
        language = look.language or self.language
        shaped = self._glyphs(part, found, language, western)
        uses = self._uses.get((found.path, found.index, found.weight))
        if uses and list(map(uses[0].texts.get, shaped[0])) == list(part):
            pieces = [(first, last, found, uses[0], shaped)]  # nothing that was not drawn before
        else:
            pieces = self._pieces(text, first, last, found, look, western, shaped)
        for start, end, face, use, (glyphs, advances) in pieces:
            scale = look.size / use.loaded.upem
            stretches.append(Stretch(start, end, use, look, face.embolden))
            glyph.extend(glyphs)
            advance.extend([units * scale for units in advances])

    def _pieces(
        self,
        text: str,
        first: int,
        last: int,
        found: fonts.Found,
        look: Look,
        western: bool,
        shaped: _Glyphs,
    ) -> list[tuple[int, int, fonts.Found, FontUse, _Glyphs]]:
        """A stretch, `shaped` in the face it wants, cut where another face has to stand in, or another copy of the
        face: each piece with its font and glyphs."""
        language = look.language or self.language
        out = []
        todo: list[tuple[int, int, fonts.Found | None]] = self._covered(text, first, last, found, look)
        while todo:
            start, end, face = todo.pop(0)
            if face is None:
                face, shaped = self._box(text[start:end], look)
            elif (start, end, face) != (first, last, found):
                shaped = self._glyphs(text[start:end], face, language, western)
            meant = _meant(text[start:end], shaped[0])
            if meant is None:
                # Two characters share a glyph here (U+2026 and U+22EF): a file can say only one of them for it.
                todo[:0] = [(at, at + 1, face) for at in range(start, end)]
            else:
                out.append((start, end, face, self._use(face, meant), shaped))
        return out

    def _covered(
        self, text: str, first: int, last: int, found: fonts.Found, look: Look
    ) -> list[tuple[int, int, fonts.Found | None]]:
        """The stretch cut where the wanted face lacks a character and another has to stand in; None: no face has it,
        and the style wants a box there."""
        lacking = {char for char in fonts.loaded(found).covers.lacking(text[first:last]) if not _UNDRAWN.match(char)}
        if not lacking:
            return [(first, last, found)]
        chosen: list[tuple[int, int, fonts.Found | None]] = []
        for at in range(first, last):
            face: fonts.Found | None = found
            if text[at] in lacking:
                own = self.faces.face(look.face, bold=look.bold)
                near = own if ord(text[at]) in fonts.loaded(own).covers else self.faces.fallback(text[at], own)
                if near is None and self.style.pdf.missing_glyphs == "error":
                    raise FontError(
                        f"no font at hand draws U+{ord(text[at]):04X} ({text[at]!r})",
                        remedy="Install a font that has it, name its folder in WENBAN_FONTS, or let a style draw "
                        'boxes: missing_glyphs = "box" in its table [pdf]',
                    )
                face = near
            if chosen and face is not None and chosen[-1][2] == face:
                chosen[-1] = (chosen[-1][0], at + 1, face)
            else:
                chosen.append((at, at + 1, face))
        return chosen

    def _glyphs(self, text: str, face: fonts.Found, language: str, western: bool) -> _Glyphs:
        """Glyphs and advances (font units), one a character; what was joined has its width on the first."""
        loaded = fonts.loaded(face)
        key = (id(loaded.font), text, language, western)
        if (known := self._short.get(key)) is not None:
            return known
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "ltr"
        buffer.script = "Latn" if western else _SCRIPT.get(language[:2], "Hani")
        buffer.language = language
        # Quotes in an English phrase are narrow, also where they come from an East Asian face.
        hb.shape(loaded.font, buffer, {"pwid": True} if western else {})
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        glyphs = [info.codepoint for info in infos]
        widths: list[float] = [position.x_advance for position in positions]
        if len(glyphs) != len(text) or [info.cluster for info in infos] != list(range(len(text))):
            glyphs, widths = _by_character(text, infos, positions)
        for found in _UNDRAWN.finditer(text):
            # A tab is a space that the page had in its source; nothing is drawn for the others.
            at = found.start()
            glyphs[at], widths[at] = INVISIBLE, loaded.upem / 2 if found[0] == "\t" else 0
        if len(text) <= _SHORT:
            self._short[key] = glyphs, widths
        return glyphs, widths

    def _box(self, char: str, look: Look) -> tuple[fonts.Found, _Glyphs]:
        """A square that stands for a character no face can draw.  A reader is told the character itself, so that each
        of them needs a copy of the square's face."""
        self.boxed[char] = None
        face = self.faces.face(look.face, bold=look.bold)
        if ord(_BOX) not in fonts.loaded(face).covers:
            face = self.faces.fallback(_BOX, face) or face
        loaded = fonts.loaded(face)
        return face, ([loaded.font.get_nominal_glyph(ord(_BOX)) or 0], [float(loaded.upem)])

    def _use(self, face: fonts.Found, meant: dict[int, str]) -> FontUse:
        """The font the glyphs go to.  A glyph that already stands for another text needs a second copy of the face,
        for a reader can give back only one text for it."""
        uses = self._uses.setdefault((face.path, face.index, face.weight), [])
        for use in uses:
            texts = use.texts
            if meant.items() <= texts.items():
                return use
            new = {code: text for code, text in meant.items() if code not in texts}
            if all(texts[code] == text for code, text in meant.items() if code not in new):
                texts.update(new)
                return use
        use = FontUse(face, f"F{sum(map(len, self._uses.values())) + 1}")
        use.texts.update(meant)
        uses.append(use)
        return use

    def _gloss(
        self, run: Run, first: int, last: int, may: bytearray, advance: list[float], shift: list[float]
    ) -> Gloss:
        """Ruby: shaped at half size; a base narrower than its gloss is spread to the gloss's width (clreq 3.3.1)."""
        look = run.look._replace(size=run.look.size * RUBY_SIZE)
        shaped = self.shape([Run(run.gloss or "", look)], look.size)
        width = sum(shaped.advance)
        missing = width - sum(advance[first:last])
        if missing > 0:
            each = missing / (last - first)
            for at in range(first, last):
                advance[at] += each
                shift[at] += each / 2
        for at in range(first + 1, last):
            may[at] = 0
        return Gloss(first, last, shaped, width)


def _hyphens(text: str, stretches: list[Stretch], language: str) -> dict[int, float]:
    """Where words may be divided, with the width of the hyphen there in points."""
    found: dict[int, float] = {}
    for stretch in stretches:
        font = stretch.font
        glyph = font.hyphen()
        if glyph == INVISIBLE:
            continue
        width = font.loaded.font.get_glyph_h_advance(glyph) * stretch.look.size / font.loaded.upem
        word = text[stretch.first : stretch.last]
        for at in hyphens.points(word, stretch.look.language or language):
            found[stretch.first + at] = width
    return found


def _kept(runs: list[Run], classes: str) -> str:
    """Classes in which the spaces of a ruby's base are objects: they may not vanish under their gloss."""
    if all(run.gloss is None for run in runs):
        return classes
    out, at = [], 0
    for run in runs:
        part = classes[at : at + len(run.text)]
        out.append(part if run.gloss is None else part.replace("s", "X"))
        at += len(run.text)
    return "".join(out)


def _emphasised(look: Look, kind: str) -> Look:
    match kind:
        case "strong":
            return look._replace(bold=True)
        case "dots" | "emphasis":
            # Chinese type has no italic: emphasis is set with dots (clreq 3.3.2).
            return look._replace(dots=True)
        case "underline":
            return look._replace(underline=True)
        case "strike":
            return look._replace(strike=True)
        case "sup":
            return look._replace(size=look.size * SUPERSCRIPT_SIZE, rise=look.rise + look.size * SUPERSCRIPT_RISE)
    return look._replace(size=look.size * SUPERSCRIPT_SIZE, rise=look.rise + look.size * SUBSCRIPT_RISE)


def _by_character(text: str, infos: list[object], positions: list[object]) -> tuple[list[int], list[float]]:
    """Glyphs by character where HarfBuzz joined or split some: the glyphs of a cluster go to its characters in order
    (a letter and the mark on it); the width of a glyph beyond their number is added to the last."""
    glyphs = [INVISIBLE] * len(text)
    widths = [0.0] * len(text)
    ends = sorted({info.cluster for info in infos} | {len(text)})  # type: ignore[attr-defined]
    for info, position in zip(infos, positions, strict=True):
        at = info.cluster  # type: ignore[attr-defined]
        last = ends[ends.index(at) + 1] - 1
        while glyphs[at] != INVISIBLE and at < last:
            at += 1
        if glyphs[at] == INVISIBLE:
            glyphs[at] = info.codepoint  # type: ignore[attr-defined]
        widths[at] += position.x_advance  # type: ignore[attr-defined]
    return glyphs, widths


def _meant(text: str, glyphs: list[int]) -> dict[int, str] | None:
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


def _set_widths(classes: str, advance: list[float], shift: list[float], size: float, cut: spacing.Trims) -> None:
    """Widths that are ours and not the font's: marks fill an em, an interpunct half an em, adjacent marks lose half.

    A font that draws a shared mark narrower still gets its em, with the ink on the side it belongs to.
    """
    for mark in re.finditer("[OCMPI]", classes):
        at = mark.start()
        width = size / 2 if mark[0] == "I" else size
        missing = width - advance[at]
        if abs(missing) > 0.001:
            shift[at] += missing if mark[0] == "O" else missing / 2 if mark[0] == "I" else 0
            advance[at] = width
    half = spacing.HALF * size
    for at in cut.right:
        advance[at] -= half
    for at in cut.left:
        advance[at] -= half
        shift[at] -= half
