"""Pictures: `w:drawing` in line with text (ISO/IEC 29500-1, 20.4), with alt text and a size that fits the page."""

from __future__ import annotations

from typing import Any

from ..office.measures import EMU
from .xml import clean, name, plain_sub, sub

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


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
