"""What stands on a page: rows, the bands of a page, and the items in them.

Places are points from a row's upper left corner: x from the left of the text area, y downwards.
"""

from __future__ import annotations

import msgspec

from .justify import Line
from .shape import Shaped
from .tags import Tag

ASCENT = 0.88
"""From an em box's upper edge to the baseline, em (the ideographic em box of OpenType BASE `idtp`)."""


class TextItem(msgspec.Struct, frozen=True):
    """A line of text; y is its baseline.  node: its structure node, None for page furniture."""

    x: float
    y: float
    shaped: Shaped
    line: Line
    node: Tag | None


class RuleItem(msgspec.Struct, frozen=True):
    """A straight line from (x, y) to (x2, y2).  color: `#rrggbb`, empty for black."""

    x: float
    y: float
    x2: float
    y2: float
    weight: float
    color: str = ""


class PictureItem(msgspec.Struct, frozen=True):
    """A picture in a box; media is a key of the document's media, None for a frame around nothing."""

    x: float
    y: float
    width: float
    height: float
    media: str | None
    node: Tag | None


class TurnedItem(msgspec.Struct, frozen=True):
    """Rows turned by 90 degrees: their left edge is the page's lower one, their top at the left (GB/T 9704-2012, 7.4:
    the head of a turned table stands at the left on odd and even pages).  rows: y, row, whether it is furniture."""

    rows: list[tuple[float, Band, bool]]


BandItem = TextItem | RuleItem | PictureItem | TurnedItem


class Band(msgspec.Struct, frozen=True):
    """A band of a page.

    above: space before it, dropped at the top of a page after the first.  keep: may not be the last of a page.
    snap: begins on the line grid.  notes: ids of the footnotes referred to.  anchors: ids that links and bookmarks
    lead to.  heads: rows repeated (as furniture) when a page begins with this one.  new_page: begins a page.
    need: what has to fit on the page, where that is not the height (a picture without the space below it).
    """

    height: float
    items: list[BandItem]
    above: float = 0
    keep: bool = False
    snap: bool = True
    notes: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    heads: tuple[Band, ...] = ()
    new_page: bool = False
    need: float | None = None

    def least(self, pitch: float) -> float:
        """What has to fit on the page.  What hangs below a line of text (space after it) may run into the margin."""
        if self.need is not None:
            return self.need
        return min(self.height, pitch) if self.snap else self.height
