"""WordprocessingML as lxml elements: names with their prefix in, elements out.  ISO/IEC 29500-1, transitional.

The one place that knows namespaces.  Elements are made directly, for a paragraph through python-docx costs five
times as much as its XML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docx.oxml.ns import nsmap
from lxml import etree

_W = "{" + nsmap["w"] + "}"
_NAMES: dict[str, str] = {}
# What XML 1.0 cannot hold (section 2.2); the two non-characters and lone surrogates with them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def name(prefixed: str) -> str:
    """`w:p` -> the name in Clark notation."""
    found = _NAMES.get(prefixed)
    if found is None:
        prefix, local = prefixed.split(":")
        space = "http://www.w3.org/XML/1998/namespace" if prefix == "xml" else nsmap[prefix]
        found = _NAMES[prefixed] = f"{{{space}}}{local}"
    return found


def root(prefixed: str, *, drawings: bool = False) -> Any:
    """The root element of a part, with the prefixes it uses.  drawings: the part may hold pictures."""
    prefixes = ("w", "r", "wp", "a", "pic") if drawings else ("w", "r")
    return etree.Element(name(prefixed), nsmap={prefix: nsmap[prefix] for prefix in prefixes})


def sub(parent: Any, prefixed: str, /, **attributes: object) -> Any:
    """A new last child.  Attributes are those of the `w` namespace, without prefix, in the order given."""
    if not attributes:
        return etree.SubElement(parent, name(prefixed))
    return etree.SubElement(parent, name(prefixed), {_W + key: str(value) for key, value in attributes.items()})


def put(parent: Any, prefixed: str, later: Sequence[str], /, **attributes: object) -> None:
    """A new child, as `sub`, before the first of those that come later in the schema."""
    tags = {name(one) for one in later}
    before = next((child for child in parent if child.tag in tags), None)
    node = sub(parent, prefixed, **attributes)
    if before is not None:
        before.addprevious(node)


def plain_sub(parent: Any, prefixed: str, /, **attributes: object) -> Any:
    """A new last child whose attributes have no namespace, as in DrawingML."""
    return etree.SubElement(parent, name(prefixed), {key: str(value) for key, value in attributes.items()})


def clean(text: str) -> str:
    """Text without the characters XML cannot hold, which have no shape either."""
    return _UNFIT.sub("", text) if _UNFIT.search(text) else text


def text_into(run: Any, text: str) -> None:
    """Text as children of a run: `w:t`, with `w:tab` and `w:br` for tabs and line ends."""
    for at, line in enumerate(clean(text).split("\n")):
        if at:
            sub(run, "w:br")
        for column, piece in enumerate(line.split("\t")):
            if column:
                sub(run, "w:tab")
            if piece:
                _text(run, piece)


def _text(run: Any, text: str) -> None:
    holder = sub(run, "w:t")
    holder.text = text
    if text[0] == " " or text[-1] == " " or "  " in text:
        holder.set(name("xml:space"), "preserve")


def blob(element: Any) -> bytes:
    """The element as a part: UTF-8 with an XML declaration, as Word writes it."""
    data: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data
