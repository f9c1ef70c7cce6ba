"""A formula as MathJax 3 draws it -> MathML, where the page does not carry that beside it.

In: `<mjx-math>`, whose elements are named like MathML's and whose characters are names of classes (`mjx-c1D44E`), or
the `<svg>` that it is drawn as, whose groups say what they are (`data-mml-node`, `data-c`).  Out: a `<math>`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from .dom import HtmlElement, words

_CHARACTER = re.compile(r"(?:^|\s)(?:mjx-c)?(1?[0-9A-Fa-f]{2,5})(?:\s|$)")
_SURROGATES = range(0xD800, 0xE000)
_TOKENS = words("mi mn mo ms mtext")
_KEPT = _TOKENS | words("mfrac msqrt mroot msup msub msubsup mover munder munderover mtable mtr mtd mrow")
_IDLE = words("surd nstrut dstrut line spacer")
"""Parts of a drawing that say nothing: the sign of a root, struts, the line of a fraction."""
_SCRIPTS_FIRST = words("mover munderover mroot")
"""What is drawn with the upper script, or the degree of a root, before its base."""


def mathml(drawn: HtmlElement) -> HtmlElement | None:
    """The `<math>` that a drawing shows; None where it says nothing."""
    made = HtmlElement("math", {}, drawn.parent, [], drawn.hidden, False)
    made.children = list(_parts(drawn, made))
    return made if made.text().strip() else None


def _parts(drawn: HtmlElement, parent: HtmlElement) -> Iterator[HtmlElement | str]:
    for node in drawn.children:
        if isinstance(node, str):
            continue
        name = node.get("data-mml-node") or node.tag.removeprefix("mjx-")
        name = "mrow" if name in ("TeXAtom", "texatom") else name  # what braces hold is one operand
        if name in _IDLE:
            continue
        if char := _character(node):
            yield unicodedata.normalize("NFKC", char)
        elif name in _KEPT:
            yield _element(node, name, parent)
        else:
            yield from _parts(node, parent)


def _character(node: HtmlElement) -> str:
    """The character that a part is; empty where it is none."""
    found = _CHARACTER.search(node.get("data-c") or (node.get("class") if node.tag == "mjx-c" else ""))
    code = int(found[1], 16) if found else 0
    return chr(code) if 0x20 <= code <= 0x10FFFF and code not in _SURROGATES else ""


def _element(node: HtmlElement, name: str, parent: HtmlElement) -> HtmlElement:
    made = HtmlElement(name, {}, parent, [], None, False)
    parts = list(_parts(node, made))
    if name == "msubsup" and len(parts) == 3 and node.tag.startswith("mjx-"):
        parts = [parts[0], parts[2], parts[1]]  # drawn from the top down
    elif name in _SCRIPTS_FIRST and node.tag.startswith("mjx-") and len(parts) == 2:
        parts.reverse()
        if name == "munderover" and isinstance(parts[0], HtmlElement) and len(parts[0].children) == 2:
            parts = [*parts[0].children, parts[1]]  # drawn as a base with its lower script, in one with an upper script
    made.children = parts
    return made
