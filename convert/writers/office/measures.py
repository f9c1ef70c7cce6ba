"""A style in Word's units: twentieths of a point for lengths, half-points for sizes, hundredths of a character.

In: a Style.  Out: a `Sheet`, the numbers every part of the file agrees on.  convert/README.md, Page, says why Word's
margins are not the style's: a word processor puts half of a line's extra leading above its text.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from ...style import Element, Length, Style
from ...style.once import once_a_style
from ..closing import SPARE

TWIP = 20
"""Twips in a point."""
EMU = 12700
"""English metric units in a point (DrawingML)."""

FOOT = 0.8
"""Where the baseline of an exact line stands, from its top."""
ASCENT = 0.88
"""From an em box's upper edge to its baseline, em."""
_BELOW_EM = 0.08
"""How far the foot of an exact line lies below the em box: its baseline is a fifth up, that of an em box 0.12."""
_FIT = 1.5
"""A face whose lines need more than this of its size is put on exact lines, not on the grid: Noto Serif needs 1.44."""
LIST_LEVELS = 5
LIST_STEP = 1
"""How far each list level stands in, em."""
HEADING_LEVELS = 9
ATTACHMENT_LABEL = 3
"""Width of the attachment label with its colon, em (GB/T 9704-2012, 7.3.4)."""
ATTACHMENT_NUMBER = 1
"""Room for the number before an attachment's name, em."""
RULE_LENGTH = 5
"""Length of the short rule, em of the body."""
CELL_MARGIN = 0.3
"""Blank at each side of a cell's text, em of the table's size."""
CONTENTS_STEP = 2
"""How far each level of the contents stands in, em."""
PICTURE_ABOVE = 0.25
"""Blank above a picture, which keeps it clear of a table's rule, lines of the body."""


class TurnedPage(NamedTuple):
    """A page on its side, twips."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    footer: int
    measure: int


class Sheet:
    """Page and text in Word's units.

    top, bottom, left, right, footer: page margins; pitch: of the line grid; measure: of the text, along its lines;
    text_height: across them.  All in twips.
    """

    def __init__(self, style: Style) -> None:
        page, grid, docx = style.page, style.grid, style.docx
        self.style = style
        self.width, self.height = twips(page.width), twips(page.height)
        self.pitch = twips(docx.line_pitch) if docx.line_pitch else int(grid.line_pitch * TWIP)
        self.body = style.elements.body.size
        self.body_size = docx.body_size or Length(math.ceil(self.body * 2) / 2)
        self.spacing = docx.spacing or (round((grid.character_pitch - self.body_size) * TWIP) if grid.characters else 0)
        half_leading = (self.pitch / TWIP - self.body_size) / 2
        self.top = twips(docx.top or page.top - half_leading)
        self.bottom = twips(docx.bottom) if docx.bottom else self.height - self.top - self.pitch * grid.lines
        self.left = twips(docx.left or page.inner)
        self.right = twips(docx.right or page.width - page.inner - page.text_width)
        self.measure = self.width - self.left - self.right
        foot = page.top + page.text_height + style.page_number.above + style.page_number.size * (1 + _BELOW_EM)
        self.footer = max(0, self.height - twips(foot))
        head = style.running_head
        self.header = twips(page.top - head.gap - head.size) if head.show else min(851, self.top)
        self.text_height = self.height - self.top - self.bottom
        if style.composition.vertical:  # lines run down, and follow each other across
            self.measure, self.text_height = self.text_height, self.measure

    @property
    def turned(self) -> TurnedPage:
        """A page turned to the left: its upper edge is this one's left."""
        measure = self.height - self.bottom - self.top
        footer = max(0, self.right - (self.bottom - self.footer))
        return TurnedPage(self.height, self.width, self.left, self.right, self.bottom, self.top, footer, measure)

    def size(self, element: Element) -> int:
        """Half-points; the body's size is the one that fits Word's arithmetic."""
        return round((self.body_size if element.size == self.body else element.size) * 2)

    def run_spacing(self, element: Element) -> int:
        """What each character of an element gives up or gains to stand on the grid, twips."""
        return self.spacing if element.size == self.body else 0

    def em(self, element: Element, count: float = 1) -> int:
        """`count` characters of an element as they stand on the page, twips."""
        return round(count * (self.size(element) * 10 + self.run_spacing(element)))

    def on_grid(self, element: Element) -> bool:
        """Whether an element's lines take their height from the grid."""
        return element.leading == 1 and self.size(element) * 10 * _FIT <= self.pitch

    def line(self, element: Element) -> int:
        """Baseline to baseline, twips."""
        return round(element.leading * self.pitch)

    def below(self, element: Element, lines: int = 1) -> float:
        """Space under an element of so many lines, in grid lines: what makes its height whole (convert/README.md, Line
        composition 5).

        Text set closer than the grid (tables, notes, code) stays as close as it is.
        """
        if element.leading <= 1:
            return element.below
        total = element.above + lines * element.leading + element.below
        return round(element.below + math.ceil(total - 1e-6) - total, 2)

    def under(self, element: Element, lines: int, y: float, edge: float) -> dict[str, int]:
        """`w:spacing` of a title of so many lines under a letterhead: its em box begins so far from `edge` as the
        element says, what follows on a line of the grid.  y: where its paragraph begins.  Points below the upper edge
        of the page's first line."""
        pitch = self.pitch / TWIP
        size, line = self.size(element) / 2, element.leading * pitch
        before = max(0.0, edge + element.above * pitch - (FOOT * line - ASCENT * size) - y)
        y += before + lines * line
        first = edge + (element.above + lines * element.leading + element.below - SPARE) * pitch
        after = self.on_line(y, first) - y
        return {"before": twips(before), "beforeLines": 0, "after": twips(after), "afterLines": 0}

    def on_line(self, y: float, edge: float) -> float:
        """The first line of the grid not above `y` whose em box of the body does not begin above `edge`, points below
        the upper edge of the page's first line."""
        pitch = self.pitch / TWIP
        least = max(y, edge - (FOOT * pitch - ASCENT * float(self.body_size)))
        return math.ceil(least / pitch - 0.01) * pitch


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * TWIP)


@once_a_style
def sheet(style: Style) -> Sheet:
    """The sheet of a style."""
    return Sheet(style)
