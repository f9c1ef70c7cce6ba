"""Inlines -> runs of one look -> paragraphs with an advance for each character.

In: inlines and the look of their element.  Out: a `Shaped` paragraph whose lists have one entry a character, so that
the line breaker never meets a glyph.  Advances are points.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ...model import (
    Break,
    Code,
    Emphasis,
    Formula,
    Inline,
    Link,
    Media,
    NoteRef,
    Picture,
    Ruby,
    RunIn,
    Span,
    Text,
)
from ...style import Element, Style
from ...typography import bidi, breaks, classify, hyphens, spacing
from ...words.labels import label
from ..pictures import size_in_line
from . import ruby
from .glyphs import INVISIBLE, GlyphLook, Glyphs, LinePicture, Stretch
from .typecase import Typecase
from .upright import Upright, composed, numbers, stand

SUPERSCRIPT_SIZE = 0.6
SUPERSCRIPT_RISE = 0.4
SUBSCRIPT_RISE = -0.15
RUBY_SIZE = 0.5
BLACK = ("#000", "#000000")
_LEAST = 4.0
"""Points: what is raised within what is raised, or its ruby, is made no smaller."""

_MARKS = re.compile("[OCMPI]")


class StyledRun(NamedTuple):
    """A stretch of text of one look; gloss: its ruby."""

    text: str
    look: GlyphLook
    gloss: str | None = None


class Gloss(NamedTuple):
    """Ruby over characters first to last-1.  lead, trail: how far it hangs over what stands before and behind.  beside:
    bopomofo, whose column begins `width` before the end of its base."""

    first: int
    last: int
    shaped: Shaped
    width: float
    lead: float = 0.0
    trail: float = 0.0
    beside: bool = False


class Shaped(NamedTuple):
    """A paragraph ready for lines; sequences have one entry a character, lengths in points.

    may: where a line may begin.  advance: with what adjacent marks lose taken off.  shift: from a character's place
    to its glyph's origin.  gaps: positions before which a Han-western gap stands, `gap` wide.  left, right: marks
    that lost a half already.  hyphens: positions a word may be divided at, and the width of the hyphen there.
    levels: of directions, None where all text runs to the right.  lift: how far above their places glyphs stand.
    boxed: characters that boxes stand for.  upright: in a vertical line the characters that stand upright; None where
    lines run across.
    """

    text: str
    classes: str
    may: Sequence[int]
    advance: Sequence[float]
    shift: Sequence[float]
    glyph: Sequence[int]
    stretches: Sequence[Stretch]
    glosses: Sequence[Gloss]
    gaps: Sequence[int]
    gap: float
    left: frozenset[int]
    right: frozenset[int]
    size: float
    centred: bool
    hyphens: Mapping[int, float]
    levels: bytes | None = None
    lift: Mapping[int, float] = MappingProxyType({})
    boxed: frozenset[int] = frozenset()
    japanese: bool = False
    upright: Mapping[int, Upright] | None = None


class Shaper:
    """Shapes the paragraphs of one document and keeps count of the glyphs its files will need."""

    def __init__(self, style: Style, language: str | None, media: Mapping[str, Media] = MappingProxyType({})) -> None:
        self.style = style
        self.media = media
        self.language = language or "zh-Hans"
        self.case = Typecase(style, language)
        self._widest = measure_width(style)
        self._tags = 0

    # --- Runs ---------------------------------------------------------------------------------------------------

    def base(self, element: Element) -> GlyphLook:
        """The look of an element's text."""
        color = "" if element.color.lower() in BLACK else element.color
        return GlyphLook(element.face, element.size, self._bold(element), color=color)

    def _bold(self, element: Element) -> bool:
        return element.bold or (element.stand_in_bold and self.case.faces.face(element.face).substituted)

    def runs(self, inlines: tuple[Inline, ...], look: GlyphLook) -> list[StyledRun]:
        """Inlines flattened: one run for each stretch of one look."""
        out: list[StyledRun] = []
        for node in inlines:
            match node:
                case Text():
                    out.append(StyledRun(node.text, look))
                case Break():
                    out.append(StyledRun("\n", look))
                case Code():
                    out.append(StyledRun(node.text, self._tagged(look, "Code")))
                case Ruby():
                    out.append(StyledRun(node.base, self._tagged(look, "Ruby"), node.gloss))
                case NoteRef():
                    raised = look._replace(
                        size=_smaller(look.size, SUPERSCRIPT_SIZE), rise=look.size * SUPERSCRIPT_RISE
                    )
                    target = self._tagged(self._tagged(raised, "Reference", node.id), "Link")
                    out.append(StyledRun(node.label, target._replace(link=f"#note-{node.id}")))
                case Picture():
                    out.append(self._picture(node, look))
                case Formula():
                    out.append(StyledRun(node.text, self._tagged(look, "Formula", node.text)))
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
                    out.extend(self.runs(node.children, self._emphasised(look, node.kind)))
        return [run for run in out if run.text]

    def _emphasised(self, look: GlyphLook, kind: str) -> GlyphLook:
        """Emphasis; its dots stand over the text in Japanese and Korean (JLReq 3.3.9, KLReq 3.5), else under it, or as
        the style has it."""
        said = look.language or self.language
        over = (
            self.case.vertical
            or said[:2] in ("ja", "ko")
            or (not look.language and self.style.composition.emphasis_dots == "over")
        )
        return _emphasised(look, kind)._replace(dots_over=over)

    def _picture(self, node: Picture, look: GlyphLook) -> StyledRun:
        """A picture as one character of a line, which no face draws."""
        alt = node.alt or label("picture", self.language)
        media = self.media.get(node.media)
        width, height = size_in_line(node, media) if media is not None else (1.0, 1.0)
        drawn = LinePicture(node.media, width * look.size, height * look.size, alt)
        return StyledRun("\ufffc", self._tagged(look, "Figure", alt)._replace(picture=drawn))

    def _tagged(self, look: GlyphLook, kind: str, detail: str = "") -> GlyphLook:
        self._tags += 1
        return look._replace(tag=(*look.tag, (kind, self._tags, detail)))

    # --- Glyphs -------------------------------------------------------------------------------------------------

    def shape(self, runs: list[StyledRun], size: float, held: tuple[int, int] | None = None) -> Shaped:
        """Shape a paragraph.  size: of its element, points.  held: where the ordinal mark that it begins with
        begins and ends.

        Raises FontError naming what no face can draw.
        """
        text = "".join([run.text for run in runs])
        classes = _kept(runs, classify(text, self.language))
        behind = _behind_mark(text, *held) if held is not None else range(0)
        # Behind a number that ends with an ideograph, as an article's does, stands an em, whatever the source has; in
        # Korean, whose words are parted by spaces, stands what the source has.
        apart = (
            behind
            if behind and not self.language.startswith("ko") and classes[behind[0] - 1 : behind[0]] == "H"
            else range(0)
        )
        if apart:
            classes = f"{classes[: apart[0]]}{'X' * len(apart)}{classes[apart[-1] + 1 :]}"
        levels = bidi.levels(text) if max(text, default="") >= "\u0590" else None
        composition = self.style.composition
        drawn_as, short = classes, numbers(text, classes) if self.case.vertical else []
        classes = composed(classes, short)
        centred = self.language.startswith("zh-Hant")
        drawn = Glyphs([], [], [], {}, set())
        glyph, advance, stretches, moved, boxed = drawn
        shift = [0.0] * len(text)
        glossed: list[tuple[StyledRun, int, int]] = []
        keep = () if held is None else ((held[0], max(held[1], behind.stop)),)
        may = breaks.allowed(text, classes, composition.breaks, keep, language=self.language, words=composition.words)
        at = 0
        for run in runs:
            end = at + len(run.text)
            if run.look.picture is not None:
                self.case.leave(at, run.look, run.look.picture.width, drawn)
            else:
                self.case.draw(text, drawn_as, at, end, run.look, drawn, levels)
            if run.gloss is not None:
                glossed.append((run, at, end))
            at = end
        for place, (x, _) in moved.items():
            shift[place] += x
        for place in apart:
            advance[place] = size if place == apart[0] else 0.0
        upright = stand(drawn_as, short, advance, stretches, glyph, size) if self.case.vertical else None
        cut = spacing.trims(classes, centred=centred, narrow=self.language.startswith("ko"))
        _set_widths(classes, advance, shift, size, cut, 1 if self.language.startswith("ja") else 0.5)
        taken = frozenset(at for _, first, last in glossed for at in range(first, last))
        glosses = [self._gloss(run, first, last, text, taken, may, advance, shift) for run, first, last in glossed]
        gaps = spacing.gaps(text, classes) if composition.autospace else []
        if gaps and any(run.look.rise for run in runs):  # an index or a note mark stands close to what it belongs to
            raised = [stretch for stretch in stretches if stretch.look.rise]
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
            levels,
            {place: y for place, (_, y) in moved.items() if y},
            frozenset(boxed),
            self.language.startswith("ja"),
            upright,
        )

    def _gloss(
        self,
        run: StyledRun,
        first: int,
        last: int,
        text: str,
        taken: Collection[int],
        may: bytearray,
        advance: list[float],
        shift: list[float],
    ) -> Gloss:
        """Ruby: shaped at half size, or smaller where it would be wider than a line.  A base narrower than its gloss is
        spread to the gloss's width (clreq 3.3.1); in Japanese the gloss hangs over kana first (JLReq 3.3.8)."""
        for at in range(first + 1, last):
            may[at] = 0
        if ruby.is_bopomofo(run.gloss or "") and not self.case.vertical:
            return self._beside(run, first, last, advance)
        run = run._replace(look=run.look._replace(rise=0.0))  # its place is above the line, wherever its base stands
        size = _smaller(run.look.size, RUBY_SIZE)
        shaped, width = self._at_size(run, size)
        if width > self._widest:
            shaped, width = self._at_size(run, _smaller(size, self._widest / width))
        missing = width - sum(advance[first:last])
        lead = trail = 0.0
        if missing > 0 and (run.look.language or self.language).startswith("ja"):
            lead, trail = ruby.overhang(text, first, last, missing, size, taken)
            may[first : first + 1] = bytes([may[first] if not lead else 0])
            may[last : last + 1] = bytes([may[last] if not trail else 0]) if last < len(text) else b""
        if (missing := missing - lead - trail) > 0:
            each = missing / (last - first)
            for at in range(first, last):
                advance[at] += each
                shift[at] += each / 2
        return Gloss(first, last, shaped, width, lead, trail)

    def _beside(self, run: StyledRun, first: int, last: int, advance: list[float]) -> Gloss:
        """Bopomofo at the right of its base, which takes the room of its column (clreq 3.3.5)."""
        size = _smaller(run.look.size, ruby.BESIDE_SIZE)
        shaped, _ = self._at_size(run, size)
        column = ruby.column(run.gloss or "", run.look.size, size)
        advance[last - 1] += column.width
        placed = shaped._replace(advance=[0.0] * len(shaped.text), shift=column.shift, lift=column.lift)
        return Gloss(first, last, placed, column.width, beside=True)

    def _at_size(self, run: StyledRun, size: float) -> tuple[Shaped, float]:
        shaped = self.shape([StyledRun(run.gloss or "", run.look._replace(size=size))], size)
        return shaped, sum(shaped.advance)


def measure_width(style: Style) -> float:
    """The measure, points: whole cells of the grid, or the page's text width."""
    grid = style.grid
    return float(grid.characters * grid.character_pitch) if grid.characters else float(style.page.text_width)


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


def _behind_mark(text: str, first: int, end: int) -> range:
    """The white space in an ordinal mark's end and behind it."""
    last = first + len(text[first:end].rstrip())
    while end < len(text) and text[end].isspace():
        end += 1
    return range(last, end)


def _kept(runs: list[StyledRun], classes: str) -> str:
    """Classes in which the spaces of a ruby's base are objects: they may not vanish under their gloss."""
    if len(runs) == 1 and runs[0].gloss is None:
        return classes
    out, at = [], 0
    for run in runs:
        part = classes[at : at + len(run.text)]
        out.append(part if run.gloss is None else part.replace("s", "X"))
        at += len(run.text)
    return "".join(out)


def _emphasised(look: GlyphLook, kind: str) -> GlyphLook:
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
            return look._replace(
                size=_smaller(look.size, SUPERSCRIPT_SIZE), rise=look.rise + look.size * SUPERSCRIPT_RISE
            )
    return look._replace(size=_smaller(look.size, SUPERSCRIPT_SIZE), rise=look.rise + look.size * SUBSCRIPT_RISE)


def _smaller(size: float, share: float) -> float:
    return max(size * share, min(size, _LEAST))


def _set_widths(
    classes: str, advance: list[float], shift: list[float], size: float, cut: spacing.Trims, interpunct: float
) -> None:
    """Widths that are ours and not the font's: marks fill an em, an interpunct half an em, in Japanese an em (JLReq,
    cl-05), adjacent marks lose half.

    A font that draws a shared mark narrower still gets its em, with the ink on the side it belongs to.
    """
    for mark in _MARKS.finditer(classes):
        at = mark.start()
        width = size * interpunct if mark[0] == "I" else size
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
