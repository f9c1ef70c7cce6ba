"""Formulas: presentation MathML -> Office MathML (ISO/IEC 29500-1, 22.1), which Word and LibreOffice edit and set.

What has no counterpart there, such as indices before a base, is the formula on one line, as its model has it.
"""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import nsmap
from lxml import etree

from ...model import Formula
from .xml import clean, name, sub

_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_OPEN, _CLOSE = "([{|\u2016\u27e8\u230a\u2308", ")]}|\u2016\u27e9\u230b\u2309"
_STYLES = {"normal": "p", "bold": "b", "italic": "i", "bold-italic": "bi"}
_TOKENS = frozenset({"mi", "mn", "mo", "ms", "mtext"})
_ROWS = frozenset({"math", "mrow", "mstyle"})
_SCRIPTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "msup": ("m:sSup", ("m:e", "m:sup")),
    "msub": ("m:sSub", ("m:e", "m:sub")),
    "msubsup": ("m:sSubSup", ("m:e", "m:sub", "m:sup")),
    "mover": ("m:limUpp", ("m:e", "m:lim")),
    "munder": ("m:limLow", ("m:e", "m:lim")),
}


class _NoCounterpartError(Exception):
    """An element that Office MathML has nothing for."""


def write_formula(parent: Any, node: Formula) -> None:
    """A formula as a child of a paragraph."""
    whole = etree.SubElement(parent, name("m:oMath"), nsmap={"m": nsmap["m"]})
    try:
        _into(whole, etree.fromstring(node.mathml.encode(), etree.XMLParser(resolve_entities=False, no_network=True)))
    except (_NoCounterpartError, etree.XMLSyntaxError):
        for child in list(whole):
            whole.remove(child)
        _run(whole, node.text, "p")


def _into(parent: Any, element: Any) -> None:
    """One element of MathML as children of `parent`."""
    kind, parts = element.tag.removeprefix(_MATHML), list(element)
    if kind in _ROWS:
        _row(parent, parts)
    elif kind in _TOKENS:
        _token(parent, element, kind)
    elif kind in _SCRIPTS:
        outer, inner = _SCRIPTS[kind]
        _built(parent, outer, inner, parts)
    elif kind == "munderover":
        lower = sub(sub(parent, "m:limUpp"), "m:e")
        _built(lower, "m:limLow", ("m:e", "m:lim"), parts[:2])
        _into(sub(lower.getparent(), "m:lim"), parts[2])
    elif kind == "mfrac":
        fraction = sub(parent, "m:f")
        if element.get("linethickness", "1")[0] == "0":
            _value(sub(fraction, "m:fPr"), "m:type", "noBar")
        for inside, part in zip(("m:num", "m:den"), parts, strict=True):
            _into(sub(fraction, inside), part)
    elif kind in ("msqrt", "mroot"):
        root = sub(parent, "m:rad")
        if kind == "msqrt":
            _value(sub(root, "m:radPr"), "m:degHide", "1")
        degree, base = sub(root, "m:deg"), sub(root, "m:e")
        if kind == "mroot":
            _into(degree, parts[1])
        _row(base, parts if kind == "msqrt" else parts[:1])
    elif kind == "mtable":
        _table(parent, parts)
    elif kind != "mspace":
        raise _NoCounterpartError(kind)


def _row(parent: Any, parts: list[Any]) -> None:
    """Parts side by side; brackets around all of them grow with what they hold."""
    first, last = (_bracket(parts[at]) if len(parts) > 2 else "" for at in (0, -1))
    if first and last and first in _OPEN and last in _CLOSE:
        outer = sub(parent, "m:d")
        about = sub(outer, "m:dPr")
        _value(about, "m:begChr", first)
        _value(about, "m:endChr", last)
        parent, parts = sub(outer, "m:e"), parts[1:-1]
    for part in parts:
        _into(parent, part)


def _bracket(element: Any) -> str:
    text = "".join(element.itertext()) if element.tag == f"{_MATHML}mo" else ""
    return text if len(text) == 1 else ""


def _token(parent: Any, element: Any, kind: str) -> None:
    said = clean("".join(element.itertext()))
    upright = "p" if kind == "mtext" or (kind == "mi" and len(said) > 1) else ""
    _run(parent, said, _STYLES.get(element.get("mathvariant", ""), upright))


def _run(parent: Any, text: str, style: str) -> None:
    if not text:
        return
    run = sub(parent, "m:r")
    if style:
        _value(sub(run, "m:rPr"), "m:sty", style)
    fonts = sub(sub(run, "w:rPr"), "w:rFonts")
    for script in ("w:ascii", "w:hAnsi"):
        fonts.set(name(script), "Cambria Math")
    holder = sub(run, "m:t")
    holder.text = clean(text)


def _built(parent: Any, outer: str, inner: tuple[str, ...], parts: list[Any]) -> None:
    node = sub(parent, outer)
    for inside, part in zip(inner, parts, strict=True):
        _into(sub(node, inside), part)


def _table(parent: Any, rows: list[Any]) -> None:
    matrix = sub(parent, "m:m")
    for row in rows:
        line = sub(matrix, "m:mr")
        for cell in row:
            _row(sub(line, "m:e"), list(cell))


def _value(parent: Any, prefixed: str, value: str) -> None:
    sub(parent, prefixed).set(name("m:val"), value)
