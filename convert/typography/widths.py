"""How wide a line of text is, without a font: for what is placed by its width in formats that draw it elsewhere."""

from __future__ import annotations

from . import classify, spacing

# Advances of Times New Roman in em, by kind; only where a position depends on the width of Latin text.
_DIGIT, _LOWER, _UPPER, _MARK = 0.5, 0.45, 0.68, 0.27


def width_of(text: str) -> float:
    """The natural width of a line of text in em of its size, Han at 1 em, gaps between scripts at 1/4 em."""
    classes = classify(text)
    total = spacing.GAP * len(spacing.gaps(text, classes))
    for char, kind in zip(text, classes, strict=True):
        if kind == "W":
            total += _western(char)
        elif kind == "s":
            total += spacing.GAP
        elif kind != "B":
            total += 1
    return total


def _western(char: str) -> float:
    if char.isdigit():
        return _DIGIT
    if char.isalpha():
        return _UPPER if char.isupper() else _LOWER
    return _MARK
