"""Lists whose marks Word draws (ISO/IEC 29500-1, 17.9).

In: the lists of a document.  Out: numbering.xml, a list for each bullet and for each counted list, which a clerk can
add an item to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..office.counted import WordList
from ..office.measures import LIST_LEVELS
from .xml import blob, root, sub


def numbering(lists: Iterable[WordList]) -> bytes:
    """numbering.xml with list 1 for the first list, and so on.  A mark stands where the style of its paragraph has
    the first line, as if it were text: a space behind a bullet, none behind a number that ends in a mark."""
    node = root("w:numbering")
    ids: list[int] = []
    for id, one in enumerate(lists, 1):
        shared = sub(node, "w:abstractNum", abstractNumId=id)
        sub(shared, "w:multiLevelType", val="hybridMultilevel")
        for level in range(LIST_LEVELS):
            own = sub(shared, "w:lvl", ilvl=level)
            bullet = one.form == "bullet"
            for tag, value in (
                ("start", str(one.start)), ("numFmt", one.form), ("suff", "space" if bullet else "nothing"),
                ("lvlText", one.mark if bullet else f"%{level + 1}{one.mark}"), ("lvlJc", "left"),
            ):  # fmt: skip
                sub(own, f"w:{tag}", val=value)
        ids.append(id)
    for id in ids:
        sub(sub(node, "w:num", numId=id), "w:abstractNumId", val=id)
    return blob(node)


def number(paragraph: Any, list: int, level: int) -> None:
    """Puts a paragraph's properties into a list.  level: from 0."""
    own = sub(paragraph, "w:numPr")
    sub(own, "w:ilvl", val=min(level, LIST_LEVELS - 1))
    sub(own, "w:numId", val=list)
