"""Pictures and formulas: frames that stand in a line, and the files they show (OpenDocument 1.3, 10.4)."""

from __future__ import annotations

import contextlib
from typing import Any

from lxml import etree

from ...model import Figure, Formula, Picture
from ...words.labels import label
from ..office.book import MISSING, Book, picture_kind
from ..office.pictures import size
from ..pictures import size_in_line
from .looks import AutomaticStyles
from .xml import clean, points, sub

_IN_LINE = {
    "style:vertical-pos": "middle",
    "style:vertical-rel": "text",
    "fo:padding": "0pt",
    "fo:border": "none",
    "fo:margin-left": "0pt",
    "fo:margin-right": "0pt",
}
_ON_LINE = _IN_LINE | {"style:vertical-pos": "top", "style:vertical-rel": "baseline"}
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
FORMULA_TYPE = "application/vnd.oasis.opendocument.formula"


class FileObjects:
    """The pictures and formulas of one file.  files: their names and bytes, in the order of use."""

    def __init__(self, book: Book, looks: AutomaticStyles) -> None:
        self.book = book
        self.looks = looks
        self.files: dict[str, bytes] = {}
        self.formulas = 0
        self._frames = 0
        self._tables = 0

    def figure(self, parent: Any, block: Figure, room: int) -> None:
        """A picture on a line of its own.  room: the most width, twips."""
        key, media = self.book.picture(block.media)
        alt = block.alt
        if key == MISSING:
            words = label("missing_picture", self.book.language)
            alt = words + label("separator", self.book.language) + alt if alt else words
        shown = size(block if key != MISSING else Figure(None), media, self.book.sheet, room)
        self._picture(parent, key, shown, alt, _ON_LINE)

    def picture(self, parent: Any, node: Picture, em: float) -> None:
        """A picture inside a line.  em: the size of the text around it, points."""
        key, media = self.book.picture(node.media)
        width, height = (length * em for length in size_in_line(node, media))
        self._picture(parent, key, (width, height), node.alt, _IN_LINE)

    def _picture(self, parent: Any, key: str, shown: tuple[float, float], alt: str, look: dict[str, str]) -> None:
        media = self.book.media_of(key)
        name = f"Pictures/picture{self.book.media[key]}.{picture_kind(media)}"
        self.files[name] = media.data
        frame = self._frame(parent, shown, look)
        sub(frame, "draw:image", _link(name))
        if alt:
            sub(frame, "svg:title").text = clean(alt)

    def _frame(self, parent: Any, shown: tuple[float, float] | None, look: dict[str, str]) -> Any:
        self._frames += 1
        own = {"draw:style-name": self.looks.style("graphic", own=look), "draw:name": f"Object {self._frames}"}
        own["text:anchor-type"] = "as-char"
        if shown is not None:
            width, height = (points(max(1.0, length)) for length in shown)
            own |= {"svg:width": width, "svg:height": height}
        return sub(parent, "draw:frame", own)

    def formula(self, parent: Any, node: Formula) -> bool:
        """A formula inside a line, as an object that stays a formula; False where it cannot be read."""
        data = None
        with contextlib.suppress(etree.XMLSyntaxError):
            data = etree.fromstring(node.mathml.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
        if data is None:
            return False
        self.formulas += 1
        folder = f"Formula {self.formulas}"
        frame = self._frame(parent, None, _IN_LINE)  # as large as it is drawn
        sub(frame, "draw:object", _link(folder))
        sub(frame, "svg:title").text = clean(node.text)
        self.files[f"{folder}/content.xml"] = etree.tostring(_grouped(data), xml_declaration=True, encoding="UTF-8")
        return True

    def table_name(self) -> str:
        """A name for the next table."""
        self._tables += 1
        return f"Table {self._tables}"

    def media_types(self) -> list[tuple[str, str]]:
        """The files for the manifest, with their media types."""
        out: list[tuple[str, str]] = []
        for name in self.files:
            if name.startswith("Formula"):
                out += [(name.rpartition("/")[0] + "/", FORMULA_TYPE), (name, "text/xml")]
            else:
                out.append((name, f"image/{name.rpartition('.')[2]}"))
        return out


def _link(name: str) -> dict[str, str]:
    return {"xlink:href": name, "xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}


def _grouped(formula: Any) -> Any:
    """A formula as LibreOffice reads it: one group, and a group around each fraction, whose neighbours it would
    otherwise take into it."""
    for fraction in list(formula.iter(f"{_MATHML}mfrac")):
        group = etree.Element(f"{_MATHML}mrow")
        group.tail, fraction.tail = fraction.tail, None
        fraction.getparent().replace(fraction, group)
        group.append(fraction)
    group = etree.Element(f"{_MATHML}mrow")
    group.extend(list(formula))
    etree.SubElement(formula, f"{_MATHML}semantics").append(group)
    return formula
