"""OpenDocument as lxml elements: names with their prefix in, elements out (OASIS OpenDocument 1.3, part 3).

The one place that knows namespaces.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    **{
        prefix: f"{_ODF}{path}:1.0"
        for prefix, path in (
            ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
            ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"), ("manifest", "manifest"),
            ("config", "config"),
        )
    },
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
}  # fmt: skip
VERSION = "1.3"
_NAMES: dict[str, str] = {}
# What XML 1.0 cannot hold (2.2); the two non-characters and lone surrogates with them.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_PIECES = re.compile("\n|\t| +|[^\n\t ]+(?: [^\n\t ]+)*")
TWIP = 20


def name(prefixed: str) -> str:
    """`text:p` -> the name in Clark notation."""
    found = _NAMES.get(prefixed)
    if found is None:
        prefix, local = prefixed.split(":")
        found = _NAMES[prefixed] = f"{{{_SPACES[prefix]}}}{local}"
    return found


def root(prefixed: str, *prefixes: str) -> Any:
    """The root element of a part, with the prefixes it uses."""
    wanted = {prefix: _SPACES[prefix] for prefix in (prefixed.split(":")[0], *prefixes)}
    kind = "manifest" if prefixed.startswith("manifest:") else "office"
    return etree.Element(name(prefixed), {name(f"{kind}:version"): VERSION}, nsmap=wanted)


def sub(parent: Any, prefixed: str, attributes: Mapping[str, object] | None = None) -> Any:
    """A new last child.  attributes: by their names with prefix, in their order."""
    if not attributes:
        return etree.SubElement(parent, name(prefixed))
    return etree.SubElement(parent, name(prefixed), {name(key): str(value) for key, value in attributes.items()})


def clean(text: str) -> str:
    """Text without the characters XML cannot hold, which have no shape either."""
    return _UNFIT.sub("", text) if _UNFIT.search(text) else text


def say(parent: Any, text: str) -> None:
    """Text behind what an element holds, as it is: white space there may be taken for layout."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def text_into(parent: Any, text: str) -> None:
    """Text into a paragraph or a span, every space, tab and line end of it kept (6.1.3 to 6.1.5): a single space stands
    as it is only between two words of the same piece."""
    for piece in _PIECES.findall(clean(text)):
        if piece == "\n":
            sub(parent, "text:line-break")
        elif piece == "\t":
            sub(parent, "text:tab")
        elif piece[0] == " ":
            sub(parent, "text:s", {"text:c": len(piece)} if len(piece) > 1 else None)
        else:
            say(parent, piece)


def points(length: float) -> str:
    """A length in points."""
    return f"{round(length, 3):g}pt"


def twips(length: float) -> str:
    """A length in twips, as points."""
    return points(length / TWIP)


def blob(element: Any) -> bytes:
    """The element as a file: UTF-8 with an XML declaration."""
    data: bytes = etree.tostring(element, xml_declaration=True, encoding="UTF-8")
    return data
