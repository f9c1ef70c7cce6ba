"""Showing operators: the text of a page as its content stream has it (ISO 32000-2, 9.4).

In: characters of a line with their places.  Out: lines of the content stream.  The pen follows the font's own widths;
where a glyph belongs elsewhere, a number moves it there.
"""

from __future__ import annotations

from . import apart
from .glyphs import INVISIBLE, FontUse, GlyphLook, Stretch
from .rows import TextItem
from .spans import DrawnSpan
from .upright import place as upright_place

_NEAR = 0.004
"""Points: a smaller difference of place is not written."""
_FEW = 4
"""Characters to a piece from which it is sooner shown at once than one by one."""


class TextPen:
    """Writes text into the content of one page.

    code: the lines of the content; used: names of fonts and pictures, in order.
    """

    def __init__(self) -> None:
        self.code: list[str] = []
        self.used: dict[str, None] = {}
        self._in_text = False
        self._font: tuple[str, float] | None = None
        self._rise = 0.0
        self._stroke = 0.0
        self._color = ""
        self._decorations: list[str] = []
        self._pen: float | None = None  # where the next glyph would stand; None where a text matrix has to be set
        self._span: DrawnSpan | None = None
        self._places: dict[int, float] | None = None  # of characters that do not simply follow each other

    def _forget(self) -> None:
        """The graphics state is another one."""
        if self._rise:
            self.code.append("0 Ts")
        if self._stroke:
            self.code.append("0 Tr")
        if self._color:
            self.code.append("0 g 0 G")
        self._font, self._rise, self._stroke, self._color = None, 0.0, 0.0, ""

    def _stretch(
        self,
        item: TextItem,
        first: int,
        last: int,
        font: FontUse,
        size: float,
        x: float,
        baseline: float,
        spans: dict[int, DrawnSpan],
    ) -> float:
        """Draw characters first to last-1 from x on, and say in ActualText what stands where a gap could be read as a
        space; returns where they end."""
        at = first
        while at < last:
            if at in spans:
                self._span = spans[at]
                said = "feff" + item.shaped.text[at : self._span.last].encode("utf-16-be").hex()
                self.code.append(f"/Span<</ActualText<{said}>>>BDC")
            if self._span is not None:
                end = min(last, self._span.last)
            else:
                end = min((start for start in spans if at < start < last), default=last)
            x = self._show(item, at, end, font, size, x, baseline, self._span)
            if self._span is not None and end == self._span.last:
                self.code.append("EMC")
                self._span = None
            at = end
        return x

    def _show(
        self,
        item: TextItem,
        first: int,
        last: int,
        font: FontUse,
        size: float,
        x: float,
        baseline: float,
        span: DrawnSpan | None = None,
    ) -> float:
        """One showing operator.  The pen follows the font's own widths; where a glyph belongs elsewhere, a number
        moves it there."""
        if self._places is not None:
            return self._show_apart(item, self._places, (first, last), font, size, x, baseline, span)
        codes, widths = font.codes, font.widths
        parts: list[str] = []
        hexes: list[str] = []
        pen = self._pen
        if span is not None and span.lead:
            if pen is None:
                pen = x - widths[font.blank] * size
                self.code.append(f"1 0 0 1 {pen:.3f} {baseline:.3f} Tm")
            hexes.append(codes[font.blank])
            pen += widths[font.blank] * size
        show = _show_together if _follow(item, first, last, font, size) else _show_each
        x, pen = show(self.code, item, (first, last), font, size, x, baseline, pen, parts, hexes)
        if span is not None and span.hyphen and pen is not None:
            hexes.append(codes[font.hyphen()])
            pen += widths[font.hyphen()] * size
        elif span is not None and span.trail and pen is not None:
            off = x - widths[font.blank] * size - pen
            parts += f"<{''.join(hexes)}>", f"{-off * (1000 / size):.1f}"
            hexes = [codes[font.blank]]
            pen = x
        self._pen = pen
        if hexes:
            parts.append(f"<{''.join(hexes)}>")
        if len(parts) == 1:
            self.code.append(f"{parts[0]}Tj")
        elif parts:
            self.code.append(f"[{''.join(parts)}]TJ")
        return x

    def _show_apart(
        self,
        item: TextItem,
        places: dict[int, float],
        chars: tuple[int, int],
        font: FontUse,
        size: float,
        x: float,
        baseline: float,
        span: DrawnSpan | None,
    ) -> float:
        """Each glyph in its own place, in the order of the text: that is the order readers take.  A glyph that is the
        one before it once more is shown by the same operator: PDFium takes two near each other for one drawn twice."""
        shaped, line = item.shaped, item.line
        blank = font.widths[font.blank] * size if span is not None and (span.lead or span.trail) else 0.0

        upright = shaped.upright or {}

        shown: tuple[int, float, float] | None = None  # the glyph before, where it ends, and how high

        def show(glyph: int, at: float, lift: float = 0.0) -> None:
            nonlocal shown
            code = font.codes[glyph]
            if shown is not None and (glyph, lift) == (shown[0], shown[2]):
                self.code[-1] = f"{self.code[-1][:-3]}{(shown[1] - at) * (1000 / size):.1f}<{code}>]TJ"
            else:
                self.code.append(f"1 0 0 1 {at:.3f} {baseline + lift:.3f} Tm [<{code}>]TJ")
            shown = glyph, at + font.widths[glyph] * size, lift

        if span is not None and span.lead:
            show(font.blank, x - blank)
        for at in range(*chars):
            if (glyph := shaped.glyph[at]) != INVISIBLE:
                place = places[at] + shaped.shift[at] + line.shift.get(at, 0.0)
                if (stands := upright.get(at)) is not None:
                    cell = places[stands.cell] + shaped.shift[at] + line.shift.get(at, 0.0)
                    self.code.append(f"{upright_place(stands, cell, baseline, size)} <{font.codes[glyph]}>Tj")
                    shown = None
                else:
                    show(glyph, place, shaped.lift.get(at, 0.0))
                if at in shaped.boxed:
                    text = shaped.text[at]
                    self._decorations.append(apart.code_point(text, font, glyph, size, place, baseline + self._rise))
            x += shaped.advance[at] + line.extra.get(at, 0.0)
        if span is not None and span.hyphen:
            show(font.hyphen(), x)
        elif span is not None and span.trail:
            show(font.blank, x - blank)
        self._pen = None
        return x

    def _begin(self, stretch: Stretch, look: GlyphLook) -> None:
        font = stretch.font
        if not self._in_text:
            self.code.append("BT")
            self._in_text = True
        key = (font.name, look.size)
        if key != self._font:
            self.code.append(f"/{font.name} {look.size:g} Tf")
            self._font = key
            self.used[font.name] = None
        if look.rise != self._rise:
            self.code.append(f"{look.rise:.3f} Ts")
            self._rise = look.rise
        if look.color != self._color:
            self.code.append(f"{rgb(look.color)} rg {rgb(look.color)} RG" if look.color else "0 g 0 G")
            self._color = look.color
        stroke = stretch.embolden * look.size
        if stroke != self._stroke:
            # A face without a bold of its own is filled and stroked.
            self.code.append(f"2 Tr {stroke:.3f} w" if stroke else "0 Tr")
            self._stroke = stroke


def _follow(item: TextItem, first: int, last: int, font: FontUse, size: float) -> bool:
    """Whether the characters from first to last-1 are shown in pieces: mostly ideographs of one em, which follow each
    other as the font has them, up to where the line opens a gap or moves a mark."""
    count, shaped = last - first, item.shaped
    if count < _FEW or len(item.line.extra) * _FEW > count:
        return False
    advance, glyphs = shaped.advance[first:last], shaped.glyph[first:last]
    return (
        advance.count(advance[0]) == count
        and not any(shaped.shift[first:last])
        and INVISIBLE not in glyphs
        and {*map(font.widths.__getitem__, glyphs)} == {advance[0] / size}
    )


def _show_together(
    code: list[str],
    item: TextItem,
    chars: tuple[int, int],
    font: FontUse,
    size: float,
    x: float,
    baseline: float,
    pen: float | None,
    parts: list[str],
    hexes: list[str],
) -> tuple[float, float | None]:
    """Characters that follow each other, up to the places where they do not.  pen, parts, hexes: where the pen is and
    what it has shown, added to; returns where the characters end and the pen is."""
    shaped, extra, moved = item.shaped, item.line.extra, item.line.shift
    first, last = chars
    width, unit = shaped.advance[first], 1000 / size
    ends = {last, *[at + 1 for at in extra if first <= at < last]}
    for at in moved:
        if first <= at < last:
            ends |= {at, at + 1}
    ends.discard(first)
    at = first
    for end in sorted(ends):
        place = x + moved[at] if at in moved else x
        if pen is None:
            code.append(f"1 0 0 1 {place:.3f} {baseline:.3f} Tm")
            pen = place
        off = place - pen
        if off > _NEAR or off < -_NEAR:
            if hexes:
                parts.append(f"<{''.join(hexes)}>")
                hexes.clear()
            parts.append(f"{-off * unit:.1f}")
            pen = place
        hexes += map(font.codes.__getitem__, shaped.glyph[at:end])
        pen += font.widths[shaped.glyph[at]] * size * (end - at)
        x += width * (end - at)
        if end - 1 in extra:
            x += extra[end - 1]
        at = end
    return x, pen


def _show_each(
    code: list[str],
    item: TextItem,
    chars: tuple[int, int],
    font: FontUse,
    size: float,
    x: float,
    baseline: float,
    pen: float | None,
    parts: list[str],
    hexes: list[str],
) -> tuple[float, float | None]:
    """The same for characters of any widths, one by one."""
    advance, shift, glyph = item.shaped.advance, item.shaped.shift, item.shaped.glyph
    extra, moved, codes, widths, unit = item.line.extra, item.line.shift, font.codes, font.widths, 1000 / size
    for at in range(*chars):
        shown = glyph[at]
        if shown != INVISIBLE:
            place = x + shift[at]
            if at in moved:
                place += moved[at]
            if pen is None:
                code.append(f"1 0 0 1 {place:.3f} {baseline:.3f} Tm")
                pen = place
            off = place - pen
            if off > _NEAR or off < -_NEAR:
                if hexes:
                    parts.append(f"<{''.join(hexes)}>")
                    hexes.clear()
                parts.append(f"{-off * unit:.1f}")
                pen = place
            hexes.append(codes[shown])
            pen += widths[shown] * size
        x += advance[at]
        if at in extra:
            x += extra[at]
    return x, pen


def rgb(color: str) -> str:
    """`#ff0000` or `#f00` as the operands of an operator, 0 to 1."""
    bare = color.lstrip("#")
    pairs = [one * 2 for one in bare] if len(bare) == 3 else [bare[at : at + 2] for at in (0, 2, 4)]
    return " ".join(f"{int(pair, 16) / 255:.3g}" for pair in pairs)
