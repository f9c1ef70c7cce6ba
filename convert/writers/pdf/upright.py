"""Vertical lines: which characters stand upright in them, and where.

In: a paragraph's characters with their classes and glyphs.  Out: for each that stands upright its cell, and how far its
glyph stands from the middle of the column.  East Asian characters do, in the form their face has for vertical lines
(`vert`); numbers of one or two digits stand side by side in one cell; other western text lies on its side (clreq
3.1.1, JLReq 2.3.2 and 3.2.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from .glyphs import INVISIBLE, Stretch

MIDDLE = 0.38
"""em above the baseline: the middle of an ideograph, which stands in the middle of the column."""
TOP = 0.88
"""em from the top of a character's cell to its baseline."""
_SHORT_NUMBER = re.compile("(?<!W)W{1,2}(?!W)")


class Upright(NamedTuple):
    """Where a character stands: in the cell of the character at `cell`; aside: from the middle of the column to the
    origin of its glyph, below: from where it stands in a cell of one em, points."""

    cell: int
    aside: float
    below: float = 0.0


def numbers(text: str, classes: str) -> list[tuple[int, int]]:
    """Numbers that stand upright in one cell: of one digit or two, with nothing western beside them."""
    found = (match.span() for match in _SHORT_NUMBER.finditer(classes))
    return [(first, last) for first, last in found if text[first:last].isascii() and text[first:last].isdigit()]


def composed(classes: str, short: Iterable[tuple[int, int]]) -> str:
    """The classes by which lines are composed: a short number is like an ideograph, and is not divided."""
    for first, last in short:
        classes = f"{classes[:first]}{'HK'[: last - first]}{classes[last:]}"
    return classes


def stand(
    classes: str,
    short: Sequence[tuple[int, int]],
    advance: list[float],
    stretches: Sequence[Stretch],
    glyphs: Sequence[int],
    size: float,
) -> dict[int, Upright]:
    """The characters that stand upright.  Short numbers get a cell of one em.  classes: as they are drawn."""
    out: dict[int, Upright] = {}
    for stretch in stretches:
        font = stretch.font.loaded
        unit = stretch.look.size / font.upem
        for at in range(stretch.first, stretch.last):
            if classes[at] not in "WsBX" and glyphs[at] >= 0:
                joined = classes[at] == "T" and glyphs[at + 1 : at + 2] == [INVISIBLE]
                if joined:  # a dash of two em, one glyph whose middle is the second cell's beginning
                    advance[at : at + 2] = [size, size]
                if classes[at] in "TN" and _lies(font.font.get_glyph_extents(glyphs[at])):
                    continue
                width = font.font.get_glyph_h_advance(glyphs[at]) * unit
                out[at] = Upright(at, -width / 2, size / 2 if joined else 0.0)
    for first, last in short:
        left = -sum(advance[first:last]) / 2
        for at in range(first, last):
            out[at] = Upright(first, left)
            left += advance[at]
            advance[at] = size if at == first else 0.0
    return out


def _lies(extents: Any) -> bool:
    """A dash that has no form for vertical lines in its face: it lies on its side, and is one then."""
    return bool(extents.width > abs(extents.height))


def place(found: Upright, along: float, baseline: float, size: float) -> str:
    """The text matrix of an upright character.  along: where its cell begins on the line."""
    return f"0 1 -1 0 {along + found.below + TOP * size:.3f} {baseline + MIDDLE * size + found.aside:.3f} Tm"
