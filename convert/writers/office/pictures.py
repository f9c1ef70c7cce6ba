"""How large a picture stands on a page of a word processor."""

from __future__ import annotations

from ...model import Figure, Media
from ..pictures import shown_size
from .measures import TWIP, Sheet

_PIXEL = 0.75
"""Points in a pixel of a page on the web (CSS: 96 to the inch)."""
_HEIGHT = 0.75
"""The most of the text's height a picture may take, so that its caption stays with it."""


def size(block: Figure, media: Media, sheet: Sheet, room: int) -> tuple[float, float]:
    """Width and height of a picture on the page, points.  room: the most width, twips."""
    width, height = (length * _PIXEL for length in shown_size(block, media))
    scale = min(1.0, room / TWIP / width, sheet.text_height / TWIP * _HEIGHT / height)
    return width * scale, height * scale
