"""How the page sets a block, as far as it matters to its text: alignment, and the grey of captions."""

from __future__ import annotations

import re

from ....model import Align
from .dom import HtmlElement
from .runs import Leaf

_ALIGN = re.compile(r"(?:^|;)\s*text-align\s*:\s*(?:-webkit-)?(left|right|center|start|end|justify)", re.I)
_COLOUR = re.compile(
    r"(?:^|;)\s*color\s*:\s*(?:rgb\(\s*(\d+),\s*(\d+),\s*(\d+)|#([0-9a-f]{6}|[0-9a-f]{3})\b|(gr[ae]y|darkgr[ae]y))",
    re.I,
)


def alignment(node: HtmlElement, upto: HtmlElement | None) -> Align | None:
    """How the page sets a block, where it is not flush left or justified; looks no further out than `upto`."""
    for place in node.up():
        found = _ALIGN.search(place.get("style"))
        word = found[1].lower() if found else place.get("align").lower()
        if place.tag == "center":
            word = "center"
        if word in ("right", "end"):
            return "right"
        if word == "center":
            return "center"
        if word in ("left", "start", "justify") or place is upto or place.tag in ("td", "th", "table"):
            return None
    return None


def is_grey(leaf: Leaf) -> bool:
    """The whole line is grey, as captions are."""
    for node in (leaf.node, *leaf.node.elements()):
        found = _COLOUR.search(node.get("style"))
        if found is None or len(node.text().strip()) < 0.8 * len(leaf.text):
            continue
        if found[5]:
            return True
        if found[4]:
            digits = found[4] if len(found[4]) == 6 else "".join(digit * 2 for digit in found[4])
            levels = [int(digits[at : at + 2], 16) for at in (0, 2, 4)]
        else:
            levels = [int(found[at]) for at in (1, 2, 3)]
        if max(levels) - min(levels) <= 16 and 0x60 <= levels[0] <= 0xC8:
            return True
    return False
