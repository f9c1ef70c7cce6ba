"""A formula in MathML -> a line of text that says the same: `E=mc^2`, `(a+b)/2`, after Unicode Technical Note 28.

In: a `<math>`.  Out: its text.  Superscripts, subscripts, fractions and roots are said with signs, so that nothing
changes its meaning where a line is all there is.  What browsers do not show, such as the TeX source, is left out.
"""

from __future__ import annotations

from .dom import SPACES, HtmlElement

_SILENT = frozenset(("annotation", "annotation-xml", "mphantom", "none", "mprescripts"))


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
            return "\u221a" + _grouped("".join(map(linear, parts)))
        case "mroot", 2:
            return f"\u221a({linear(parts[1])}&{linear(parts[0])})"
        case "mfenced", _:
            return "(" + ",".join(map(linear, parts)) + ")"
        case "mtable", _:
            return "[" + ";".join(map(linear, parts)) + "]"
        case "mtr", _:
            return ",".join(map(linear, parts))
        case "mspace", _:
            return " "
    said = [child.strip(SPACES) if isinstance(child, str) else linear(child) for child in node.children]
    return "".join(said)


def _one(node: HtmlElement) -> str:
    return _grouped(linear(node))


def _grouped(text: str) -> str:
    """A text as one operand: in brackets where it has more than one sign and is no number or word."""
    return (
        text if len(text) < 2 or text.isalnum() or (text[0] == "(" and text.find(")") == len(text) - 1) else f"({text})"
    )
