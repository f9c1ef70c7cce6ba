"""SVG of a page -> SVG that only draws: shapes, text and colours, and nothing that runs, moves, links or is fetched.

In: bytes of any drawing.  Out: a file made anew of the elements that are known to draw, with its size in CSS pixels;
None where it is no SVG, says nothing or would unfold without end (`<use>` of `<use>`).
"""

from __future__ import annotations

import re
from typing import Any

from ....model import Media
from ..sight.dom import words
from ..thresholds import MOST_DRAWN

SVG = "image/svg+xml"
_SPACE = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_DRAWS = words("path rect circle ellipse line polyline polygon text image use")
_KEPT = _DRAWS | words(
    "svg g defs symbol tspan textPath linearGradient radialGradient stop clipPath mask pattern marker style title desc "
    "switch"
)
_FETCHES = re.compile(r"url\s*\(\s*[\"']?(?!\s*#)|@import|\\|expression|javascript:", re.I)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif);base64,", re.I)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|mm|cm|in|em|)\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16.0}
_USUAL = (300, 150)
"""CSS pixels, where nothing says how large a drawing is (CSS 2.2, 10.3.2)."""


def drawing(data: bytes) -> Media | None:
    """The drawing in some bytes."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    subset = root.getroottree().docinfo.internalDTD
    entities = [] if subset is None else [entity.content for entity in subset.iterentities()]
    if root.tag != f"{_SPACE}svg" or any(said is None or "&" in said for said in entities):
        return None  # drawing programs name their name spaces so, and no more
    for element in list(root.iter()):
        _clean(element)
    found = [element for element in root.iter() if element.tag.removeprefix(_SPACE) in _DRAWS]
    if not found or _unfolded(root) > MOST_DRAWN:
        return None
    width, height = _size(root)
    root.set("width", str(width))
    root.set("height", str(height))
    if root.get("viewBox") is None:
        root.set("viewBox", f"0 0 {width} {height}")
    etree.cleanup_namespaces(root)
    return Media(etree.tostring(root), SVG, width, height)


def _clean(element: Any) -> None:
    """Takes an element out that is not known to draw, or those of its attributes that do more."""
    tag = element.tag if isinstance(element.tag, str) else ""
    name = tag.removeprefix(_SPACE)
    parent = element.getparent()
    if tag == f"{_SPACE}a":
        element.tag = f"{_SPACE}g"
    elif not tag.startswith(_SPACE) or name not in _KEPT or (name == "style" and _FETCHES.search(element.text or "")):
        if parent is not None:
            element.tail, tail = None, element.tail
            before = element.getprevious()
            if tail and before is not None:
                before.tail = (before.tail or "") + tail
            elif tail:
                parent.text = (parent.text or "") + tail
            parent.remove(element)
        return
    for key, value in list(element.attrib.items()):
        inside = value.startswith("#") or (name == "image" and _PICTURE.match(value) is not None)
        refers = key in ("href", _XLINK) and not (inside and tag != f"{_SPACE}a")
        if refers or key.lower().startswith("on") or (key.startswith("{") and key != _XLINK) or _FETCHES.search(value):
            del element.attrib[key]


def _unfolded(root: Any) -> int:
    """How many elements are drawn, with those that `<use>` repeats; more than the most where one holds itself."""
    ids = {element.get("id"): element for element in root.iter() if element.get("id")}
    known: dict[Any, int] = {}

    def count(element: Any) -> int:
        if element in known:
            return known[element]
        known[element] = MOST_DRAWN + 1  # until it is counted: one that holds itself has no end
        total = 1
        target = (element.get("href") or element.get(_XLINK) or "") if element.tag == f"{_SPACE}use" else ""
        parts = list(element)
        if target[1:] in ids:
            parts.append(ids[target[1:]])
        for part in parts:
            total = min(total + count(part), MOST_DRAWN + 1)
        known[element] = total
        return total

    try:
        return count(root)
    except RecursionError:
        return MOST_DRAWN + 1


def _size(root: Any) -> tuple[int, int]:
    """Width and height, CSS pixels: what the drawing says, else those of what it shows."""
    lengths = [_LENGTH.fullmatch(root.get(name) or "") for name in ("width", "height")]
    said = [float(one[1]) * _PIXELS[one[2]] if one else 0.0 for one in lengths]
    box = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox") or "")]
    shown = box[2:4] if len(box) == 4 and min(box[2:4]) > 0 else list(map(float, _USUAL))
    width, height = said
    if not width and not height:
        width, height = shown
    width = width or height * shown[0] / shown[1]
    height = height or width * shown[1] / shown[0]
    return max(1, round(width)), max(1, round(height))
