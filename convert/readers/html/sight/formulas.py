"""A formula in MathML -> a line of text that says the same, `E=mc^2`, `(a+b)/2`, after Unicode Technical Note 28; and
the MathML that editions carry.

In: a `<math>`.  Out: its text, or its elements.  Superscripts, subscripts, fractions and roots are said with signs, so
that nothing changes its meaning where a line is all there is.  What browsers do not show, such as the TeX source, is
left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from .dom import SPACES, HtmlElement, words

_SILENT = frozenset(("annotation", "annotation-xml", "mphantom", "none", "mprescripts"))
_MATHML = "http://www.w3.org/1998/Math/MathML"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 cannot hold (2.2)."""
_OPEN_END = re.compile(r"[\^_/]\w+$")
_TOKENS = words("mi mn mo ms mtext")
_ARITY = {"mfrac": 2, "mroot": 2, "msup": 2, "msub": 2, "mover": 2, "munder": 2, "msubsup": 3, "munderover": 3}
_GROUPS = words("mrow msqrt mstyle")
_KEPT = {
    "mathvariant": words("normal bold italic bold-italic double-struck script fraktur sans-serif monospace"),
    "linethickness": words("0 0px 0pt 0em"),
    "displaystyle": words("true false"),
    "stretchy": words("true false"),
    "accent": words("true false"),
    "accentunder": words("true false"),
}
"""Attributes that say what a formula means or how it is built, with the values they may have."""


def linear(node: HtmlElement) -> str:
    """The text of a formula, or of a part of one."""
    if node.tag in _SILENT:
        return ""
    parts = [child for child in node.children if isinstance(child, HtmlElement) and child.tag not in _SILENT]
    match node.tag, len(parts):
        case "semantics", _:
            return linear(parts[0]) if parts else ""
        case "msup" | "mover", 2:
            return _one(parts[0]) + "^" + _one(parts[1])
        case "msub" | "munder", 2:
            return _one(parts[0]) + "_" + _one(parts[1])
        case "msubsup" | "munderover", 3:
            return f"{_one(parts[0])}_{_one(parts[1])}^{_one(parts[2])}"
        case "mfrac", 2:
            return _one(parts[0]) + "/" + _one(parts[1])
        case "msqrt", _:
            return "\u221a" + _grouped(_joined(parts))
        case "mroot", 2:
            return f"\u221a({linear(parts[1])}&{linear(parts[0])})"
        case "mfenced", _:
            return "(" + ",".join(map(linear, parts)) + ")"
        case "mtable", _:
            return "[" + ";".join(map(linear, parts)) + "]"
        case "mtr", _:
            return ",".join(map(linear, parts))
        case "mmultiscripts", _:
            return _before([child for child in node.children if isinstance(child, HtmlElement)])
        case "mspace", _:
            return " "
    return _joined(node.children)


def _joined(children: Sequence[HtmlElement | str]) -> str:
    """Parts side by side, with a space where what follows a script or a fraction would be read as a part of it."""
    text = ""
    for child in children:
        said = child.strip(SPACES) if isinstance(child, str) else linear(child)
        if _OPEN_END.search(text) and said[:1].isalnum():
            text += " "
        text += said
    return text


def _before(parts: list[HtmlElement]) -> str:
    """A base with scripts on both sides: those before it in brackets."""
    own = [part.tag for part in parts]
    at = own.index("mprescripts") if "mprescripts" in own else len(parts)
    before, after = (_scripts(some) for some in (parts[at + 1 :], parts[1:at]))
    return (f"({before})" if before else "") + _one(parts[0]) + after


def _scripts(parts: list[HtmlElement]) -> str:
    """Lower and upper scripts in turns."""
    said = (("_^"[at % 2], _one(part)) for at, part in enumerate(parts))
    return "".join(sign + text for sign, text in said if text)


def _one(node: HtmlElement) -> str:
    return _grouped(linear(node))


def _grouped(text: str) -> str:
    """A text as one operand: in brackets where it has more than one sign and is no number or word."""
    return (
        text if len(text) < 2 or text.isalnum() or (text[0] == "(" and text.find(")") == len(text) - 1) else f"({text})"
    )


# --- MathML -----------------------------------------------------------------------------------------------------


def presentation(node: HtmlElement) -> str:
    """A `<math>` as XML of MathML Core's elements, without what runs, is fetched or is not shown."""
    display = ' display="block"' if node.get("display") == "block" else ""
    return _UNFIT.sub("", f'<math xmlns="{_MATHML}"{display}>{_row(node)}</math>')


def _row(node: HtmlElement) -> str:
    """What an element holds, as MathML; text that stands in no token is one."""
    parts = (_markup(child) if isinstance(child, HtmlElement) else _loose(child) for child in node.children)
    return "".join(parts)


def _loose(text: str) -> str:
    said = text.strip(SPACES)
    return f"<mtext>{escape(said)}</mtext>" if said else ""


def _markup(node: HtmlElement) -> str:
    tag = node.tag
    if tag in _SILENT:
        return ""
    if tag in _TOKENS:
        return f"<{tag}{_attributes(node)}>{escape(' '.join(node.text().split()))}</{tag}>"
    children = [child for child in node.children if isinstance(child, HtmlElement)]
    parts = [child for child in children if child.tag not in _SILENT]
    if tag == "mspace":
        return "<mspace/>"
    if tag == "semantics":
        return _markup(parts[0]) if parts else ""
    if tag == "mfenced":
        opened, closed = (
            f"<mo>{escape(node.get(name) or usual)}</mo>" for name, usual in (("open", "("), ("close", ")"))
        )
        return f"<mrow>{opened}{'<mo>,</mo>'.join(map(_markup, parts))}{closed}</mrow>"
    if tag == "mtable":
        return f"<mtable>{''.join(map(_table_row, parts))}</mtable>"
    if tag == "mmultiscripts" and children:
        inner = "".join(f"<{one.tag}/>" if one.tag in ("none", "mprescripts") else _operand(one) for one in children)
        return f"<mmultiscripts>{inner}</mmultiscripts>"
    if _ARITY.get(tag) == len(parts):
        return f"<{tag}{_attributes(node)}>{''.join(map(_operand, parts))}</{tag}>"
    if tag in _GROUPS:
        return f"<{tag}{_attributes(node)}>{_row(node)}</{tag}>"
    return f"<mrow>{_row(node)}</mrow>"


def _table_row(node: HtmlElement) -> str:
    cells = [child for child in node.children if isinstance(child, HtmlElement)] if node.tag == "mtr" else [node]
    return f"<mtr>{''.join(f'<mtd>{_row(cell)}</mtd>' for cell in cells)}</mtr>"


def _operand(node: HtmlElement) -> str:
    """One operand, never none: how many there are says what each of them is."""
    return _markup(node) or "<mrow></mrow>"


def _attributes(node: HtmlElement) -> str:
    found = ((name, (node.get(name)).strip()) for name in _KEPT if name in node.attrs)
    return "".join(f' {name}="{value}"' for name, value in found if value in _KEPT[name])
