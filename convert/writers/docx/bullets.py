"""Lists whose bullets Word draws (ISO/IEC 29500-1, 17.9).

In: the bullets of a document.  Out: numbering.xml, a list for each.  Any other mark stays text: a number is the page's
own, and Word would count anew.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from .stylenames import LIST_LEVELS
from .xml import blob, root, sub

_KINDS = frozenset({"So", "Sm", "Po", "Pd"})
_CLOSING = frozenset("\u3001.,;:")


def is_bullet(marker: str) -> bool:
    """Whether a mark is one that does not count."""
    return len(marker) == 1 and unicodedata.category(marker) in _KINDS and marker not in _CLOSING


def numbering(bullets: Iterable[str]) -> bytes:
    """numbering.xml with list 1 for the first bullet, and so on.  A bullet stands where the style of its paragraph has
    the first line, a space behind it, as if it were text."""
    node = root("w:numbering")
    lists: list[int] = []
    for id, bullet in enumerate(bullets, 1):
        shared = sub(node, "w:abstractNum", abstractNumId=id)
        sub(shared, "w:multiLevelType", val="hybridMultilevel")
        for level in range(LIST_LEVELS):
            own = sub(shared, "w:lvl", ilvl=level)
            for tag, value in (
                ("start", "1"), ("numFmt", "bullet"), ("suff", "space"), ("lvlText", bullet), ("lvlJc", "left"),
            ):  # fmt: skip
                sub(own, f"w:{tag}", val=value)
        lists.append(id)
    for id in lists:
        sub(sub(node, "w:num", numId=id), "w:abstractNumId", val=id)
    return blob(node)


def number(paragraph: Any, list: int, level: int) -> None:
    """Puts a paragraph's properties into a list.  level: from 0."""
    own = sub(paragraph, "w:numPr")
    sub(own, "w:ilvl", val=min(level, LIST_LEVELS - 1))
    sub(own, "w:numId", val=list)
