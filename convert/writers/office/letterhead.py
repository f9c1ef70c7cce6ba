"""Where the parts of a letterhead stand on a page of a word processor (GB/T 9704-2012, 7.2, 7.4 and 10).

In: a style and its sheet.  Out: sizes and distances.  A word processor knows no empty line between two lines, only
space above a paragraph.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from ...model import Paragraph, plain
from ...style import PaperForm, Style
from ...typography.widths import width_of
from ..forms import IssuingMark
from .measures import ASCENT, FOOT, TWIP, Sheet, twips

MARK_LINE = 1.2
"""Height of a mark's line, em."""
BESIDE = 0.4
"""Between the bodies of a mark and the word beside them, em of the mark."""
_MARK_ROOM = 255.0
"""Points: the mark of many bodies is no higher (7.2.4)."""
SEVEN_EIGHTHS = 0.875
NUMBER_LINE = 1.25
"""Height of the number's line, em."""
END_LINE = 0.8
"""Height of a line at the end, lines of the grid."""
DOUBLE = 1.5
"""Points: the thin line of a double rule and the gap before it, as word processors draw them."""


class Start(NamedTuple):
    """Where the first title stands under a letterhead: its paragraph begins at `y`, what it stands so many lines under
    ends at `edge`.  Points below the upper edge of the page's first line."""

    y: float
    edge: float


class LetterheadMeasures:
    """The letterhead of a form."""

    def __init__(self, style: Style, sheet: Sheet, form: PaperForm) -> None:
        self.style = style
        self.sheet = sheet
        self.form = form
        self.numbers = style.letterhead

    def mark_top(self) -> float:
        """From the text area's upper edge to the mark, points."""
        numbers = self.numbers
        tops = {"upward": numbers.upward_top, "order": numbers.order_top, "minutes": numbers.minutes_top}
        return float(tops.get(self.form, numbers.top))

    def mark_size(self, mark: IssuingMark) -> float:
        """Points: not wider than the text area, not higher than leaves room for the text."""
        element = self.style.elements.issuing_mark
        widest = max(map(width_of, mark.bodies)) + (width_of(mark.word) + BESIDE if mark.word else 0.0)
        high = len(mark.bodies) * MARK_LINE
        most = min(float(element.size), self.sheet.measure / TWIP / widest, _MARK_ROOM / high)
        return math.floor(most * 2) / 2

    def em(self) -> float:
        """Size of the number, points."""
        return self.sheet.size(self.style.elements.document_number) / 2

    def gap(self, size: float, high: float) -> int:
        """Space above a line so high (points) so that the lines between it and the mark are empty, twips."""
        below_mark = (MARK_LINE - (FOOT * MARK_LINE - ASCENT) - 1) * size
        return self.gap_of(self.numbers.lines, below_mark, high)

    def gap_of(self, lines: float, below: float, high: float) -> int:
        """Space above a line so high (points) that stands so many lines under a line, twips.  below: what that one has
        under its em box, points."""
        return max(0, round(lines * self.sheet.pitch - twips(below + FOOT * high - ASCENT * self.em())))

    def rule_space(self, high: float) -> int:
        """Points from the foot of the number's line to the rule under it."""
        return max(0, round(self.numbers.gap - (high - (FOOT * high - ASCENT * self.em()) - self.em())))


def end_lines(block: Paragraph, style: Style, sheet: Sheet) -> int:
    """How many lines one of those at the end takes."""
    element = style.element(block.element or "printing")
    if block.element == "printing":
        return 1
    measure = sheet.measure / sheet.em(element) - element.left - element.right
    rest = width_of(plain(block.children)) - measure
    return 1 + max(0, math.ceil(rest / (measure - element.hanging)))
