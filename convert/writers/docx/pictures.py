"""Pictures: `w:drawing` in line with text (ISO/IEC 29500-1, 20.4), with alt text and a size that fits the page."""

from __future__ import annotations

from typing import Any

from ...model import Figure, Media
from ..pictures import shown_size
from .measures import EMU, TWIP, Sheet
from .xml import clean, name, plain_sub, sub

_PIXEL = 0.75
"""Points in a pixel of a page on the web (CSS: 96 to the inch)."""
_HEIGHT = 0.75
"""The most of the text's height a picture may take, so that its caption stays with it."""
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def size(block: Figure, media: Media, sheet: Sheet, room: int) -> tuple[float, float]:
    """Width and height of a picture on the page, points.  room: the most width, twips."""
    width, height = (length * _PIXEL for length in shown_size(block, media))
    scale = min(1.0, room / TWIP / width, sheet.text_height / TWIP * _HEIGHT / height)
    return width * scale, height * scale


def write_picture(run: Any, shown: tuple[float, float], alt: str, number: int, relation: str) -> None:
    """A picture as a child of a run.  shown: its size; number: of the drawing, unique in the file."""
    across, down = (max(1, round(length * EMU)) for length in shown)
    inline = plain_sub(sub(run, "w:drawing"), "wp:inline", distT=0, distB=0, distL=0, distR=0)
    plain_sub(inline, "wp:extent", cx=across, cy=down)
    said = {"descr": clean(alt)} if alt else {}
    plain_sub(inline, "wp:docPr", id=number, name=f"Picture {number}", **said)
    plain_sub(plain_sub(inline, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", noChangeAspect=1)
    picture = plain_sub(plain_sub(plain_sub(inline, "a:graphic"), "a:graphicData", uri=_PICTURE), "pic:pic")
    about = plain_sub(picture, "pic:nvPicPr")
    plain_sub(about, "pic:cNvPr", id=number, name=f"Picture {number}", **said)
    plain_sub(about, "pic:cNvPicPr")
    fill = plain_sub(picture, "pic:blipFill")
    plain_sub(fill, "a:blip").set(name("r:embed"), relation)
    plain_sub(plain_sub(fill, "a:stretch"), "a:fillRect")
    shape = plain_sub(picture, "pic:spPr")
    frame = plain_sub(shape, "a:xfrm")
    plain_sub(frame, "a:off", x=0, y=0)
    plain_sub(frame, "a:ext", cx=across, cy=down)
    plain_sub(plain_sub(shape, "a:prstGeom", prst="rect"), "a:avLst")
