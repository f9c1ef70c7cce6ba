"""Widths of punctuation and gaps between scripts: convert/README.md, Line composition 3, clreq 3.1.4 to 3.1.6 and
3.2.2.

All spacing rules live here.  In: a paragraph and its classes.  Out: what each mark loses, where gaps stand, and how
much each mark can still give when a line is too long.  Amounts are in em.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HALF = 0.5
"""What a full-width mark loses when its blank half goes (GB/T 15834-2011, 5.1.10)."""

GAP = 0.25
GAP_LEAST = 0.125
GAP_MOST = 1 / 3
"""Han beside western: 1/4 em, from 1/8 to 1/3 (clreq 3.2.2)."""

SPACE_LEAST = 0.25
SPACE_MOST = 0.5
"""A word space shrinks to 1/4 em and grows to 1/2 em (clreq 3.2.4)."""

# Adjacent marks: a mark that closes loses its blank right half before any other mark; an opening bracket loses its
# blank left half behind another opening bracket (clreq 3.1.6.1).
_LOSES_RIGHT = re.compile(r"[CMP](?=[CMPO])")
_LOSES_LEFT = re.compile(r"(?<=O)O")
_WESTERN = re.compile("W+")
_HAN = frozenset("HK")
# Western marks beside Han are punctuation, which takes no gap; a percent or degree sign belongs to its number.
_NO_GAP = frozenset("!\"'()*,./:;<>?@[\\]^_`{|}~&#\u2018\u2019\u201c\u201d\u2014\u2026\u00b7")

SHRINK_ORDER = ("s", "I", "OC", "M", "gap", "P")
"""Which kinds yield inside a line that is too long, in this order (convert/README.md, Line composition 4, clreq 3.2.4);
the mark at the line end has yielded before."""


class Trims(NamedTuple):
    """left, right: positions of the marks that lose their blank left or right half to a neighbour."""

    left: tuple[int, ...]
    right: tuple[int, ...]


def trims(classes: str, *, centred: bool = False, narrow: bool = False) -> Trims:
    """What adjacent marks lose.  centred: the marks of the region stand in the middle of their em (zh-Hant), so only
    brackets have a blank half.  narrow: brackets are half an em wide wherever they stand (KLReq 3.1.1)."""
    if narrow:
        brackets = [at for at, kind in enumerate(classes) if kind in "OC"]
        return Trims(
            tuple(at for at in brackets if classes[at] == "O"), tuple(at for at in brackets if classes[at] == "C")
        )
    right = tuple(found.start() for found in _LOSES_RIGHT.finditer(classes))
    left = tuple(found.start() for found in _LOSES_LEFT.finditer(classes)) if "OO" in classes else ()
    if centred:
        right = tuple(at for at in right if classes[at] == "C")
    return Trims(left, right)


def gaps(text: str, classes: str) -> list[int]:
    """Positions before which a Han-western gap stands; none where a space or punctuation is between."""
    if "W" not in classes:
        return []
    found: list[int] = []
    for word in _WESTERN.finditer(classes):
        first, last = word.span()
        if classes[first - 1 : first] in _HAN and text[first] not in _NO_GAP and text[first - 1] != "\u3000":
            found.append(first)
        if classes[last : last + 1] in _HAN and text[last - 1] not in _NO_GAP and text[last] != "\u3000":
            found.append(last)
    return found


def shrinkable(kind: str, *, centred: bool = False, japanese: bool = False) -> float:
    """How much blank a mark of a class can still give, em, when none of it was lost already.  japanese: the blank
    behind a full stop is kept within a line (JLReq 3.8.3)."""
    if japanese and kind == "P":
        return 0
    if kind in "OC":
        return HALF
    if kind in "MP":
        return 0 if centred else HALF
    return HALF / 2 if kind == "I" else 0
