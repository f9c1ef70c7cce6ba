"""Figures -> rows: a picture in the middle of the measure, its caption, or a frame where the picture is missing.

In: a figure and the frame it stands in.  Out: its rows.
"""

from __future__ import annotations

from ...model import Figure, plain
from ...words.labels import label
from ..pictures import shown_size
from .frame import Frame, PageHost
from .justify import Measure
from .linebreak import break_lines
from .rows import Band, BandItem, PictureItem, TextItem
from .shape import StyledRun

_PIXEL = 0.75  # points; a picture without a size of its own is taken at 96 dpi
_PICTURE_SHARE = 0.75
"""The most of a page's height a picture may take."""


def figure_rows(layout: PageHost, block: Figure, frame: Frame) -> list[Band]:
    """The rows of a picture and of its caption, which stay together."""
    node = frame.node.child("Figure")
    node.alt = block.alt or plain(block.caption) or label("missing_picture", layout.shaper.language)
    width, height = _picture_size(layout, block, frame)
    x = frame.x + (frame.width - width) / 2
    items: list[BandItem] = [PictureItem(x, 0, width, height, block.media, node)]
    if block.media is None:
        items.extend(_missing(layout, x, width, height))
    room = height if frame.cell else _up(height + layout.pitch / 4, layout.pitch)
    keep = bool(block.caption)
    node.say(O="/Layout", Width=round(width, 2), Height=round(height, 2))
    # A picture ends where the last line's em box does, not in the leading below it.
    need = None if frame.cell else height + layout.pitch - layout.body_size
    rows = [Band(room, items, keep=keep, snap=not frame.cell, need=need)]
    if block.caption:
        element = layout.style.elements.caption
        rows.extend(layout.text(block.caption, element, frame, frame.node.child("Caption")))
    return rows


def _picture_size(layout: PageHost, block: Figure, frame: Frame) -> tuple[float, float]:
    media = layout.document.media.get(block.media) if block.media is not None else None
    if media is None or not media.width or not media.height:
        return frame.width / 2, 4 * layout.pitch
    width, height = (length * _PIXEL for length in shown_size(block, media))
    scale = min(1.0, frame.width / width, _PICTURE_SHARE * layout.page_height / height)
    return width * scale, height * scale


def _missing(layout: PageHost, x: float, width: float, height: float) -> list[BandItem]:
    """A frame that says that a picture is missing: furniture, for the page had no such text."""
    element = layout.style.elements.caption
    words = label("missing_picture", layout.shaper.language)
    shaped = layout.shaper.shape([StyledRun(words, layout.shaper.base(element))], element.size)
    line = break_lines(shaped, Measure(width, justify=False))[0]
    return [TextItem(x + (width - line.width) / 2, height / 2 + element.size * 0.38, shaped, line, None)]


def _up(height: float, pitch: float) -> float:
    """A height rounded up to whole lines."""
    return -(-height // pitch) * pitch
