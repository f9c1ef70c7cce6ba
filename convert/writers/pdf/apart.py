"""Lines whose glyphs do not simply follow each other: text that runs to the left, marks on letters, and boxes with code
points in them, for characters that no face has.

In: a line of a shaped paragraph.  Out: where each of its characters stands, and what is drawn in a box.
"""

from __future__ import annotations

import itertools

from ...typography import bidi
from .glyphs import FontUse
from .justify import Line
from .shape import Shaped

_SEGMENTS = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc",
    "8": "abcdefg", "9": "abcdfg", "A": "abcefg", "B": "cdefg", "C": "adef", "D": "bcdeg", "E": "adefg", "F": "aefg",
}  # fmt: skip
"""Digits by their strokes, as displays of seven segments have them."""
_STROKES = {
    "a": (0, 2, 1, 2), "b": (1, 1, 1, 2), "c": (1, 0, 1, 1), "d": (0, 0, 1, 0), "e": (0, 0, 0, 1), "f": (0, 1, 0, 2),
    "g": (0, 1, 1, 1),
}  # fmt: skip
_STROKE = 0.025  # em
_MARGIN = 0.16  # of the box, on each side


def is_apart(shaped: Shaped, line: Line) -> bool:
    """Whether the glyphs of a line have to be placed one by one."""
    lift, boxed, upright = shaped.lift, shaped.boxed, shaped.upright
    if shaped.levels is None and not lift and not boxed and not upright:
        return False
    first, last = line.first, line.last
    if upright and any(at in upright for at in range(first, last)):
        return True
    if shaped.levels is not None and any(shaped.levels[first:last]):
        return True
    return any(at in lift or at in boxed for at in range(first, last))


def places(shaped: Shaped, line: Line, x: float) -> dict[int, float]:
    """Where the cell of each character begins, points, of a line that begins at x.

    What is added behind a stretch of text in two directions stands on its right, whatever its last character is.
    """
    levels = shaped.levels[line.first : line.last] if shaped.levels else bytes(line.last - line.first)
    out: dict[int, float] = {}
    first = line.first
    for _, run in itertools.groupby(levels, bool):
        last = first + len(list(run))
        own = levels[first - line.first : last - line.first]
        for place in bidi.order(own):
            at = first + place
            more = line.extra.get(at, 0.0) if at < last - 1 else 0.0
            out[at] = x + (more if own[place] % 2 else 0.0)
            x += shaped.advance[at] + more
        x += line.extra.get(last - 1, 0.0)
        first = last
    return out


def code_point(char: str, font: FontUse, glyph: int, size: float, x: float, baseline: float) -> str:
    """Operators that write the code point of a character into the box that stands for it, two digits or three in each
    of two rows."""
    extents = font.loaded.font.get_glyph_extents(glyph)
    unit = size / font.loaded.upem
    left, low = x + extents.x_bearing * unit, baseline + (extents.y_bearing + extents.height) * unit
    width, height = extents.width * unit, -extents.height * unit
    digits = f"{ord(char):04X}" if ord(char) < 0x10000 else f"{ord(char):06X}"
    count = len(digits) // 2
    wide, high = width * (1 - 2 * _MARGIN) / (count + 0.45 * (count - 1)), height * (1 - 2 * _MARGIN) / 2.35
    out = [f"{_STROKE * size:.2f} w"]
    for number, digit in enumerate(digits):
        row, column = divmod(number, count)
        at = left + _MARGIN * width + column * 1.45 * wide
        foot = low + _MARGIN * height + (1 - row) * 1.35 * high
        for stroke in _SEGMENTS[digit]:
            x1, y1, x2, y2 = _STROKES[stroke]
            begin = f"{at + x1 * wide:.2f} {foot + y1 * high / 2:.2f} m"
            out.append(f"{begin} {at + x2 * wide:.2f} {foot + y2 * high / 2:.2f} l")
    return " ".join([*out, "S"])
