"""Titles of more than one line as lines of a page: broken between words (GB/T 9704-2012, 7.3.1).

In: a title's shaped paragraph.  Out: its lines, as if the author had set where they end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from msgspec.structs import replace

from .justify import Line, Measure
from .linebreak import break_lines
from .shape import Shaped


def title_lines(shaped: Shaped, size: float, width: float, language: str, mark: int) -> list[Line]:
    """size, width: of the characters and of the measure, points.  mark: characters of the ordinal mark it begins
    with."""
    from ...typography.titles import balance

    whole = break_lines(shaped, Measure(width, justify=False))
    if len(whole) == 1:
        return whole
    out: list[Line] = []
    at = 0
    widths = [advance / size for advance in shaped.advance]
    for line in balance(shaped.text, width / size, language, widths=widths, gap=shaped.gap / size, mark=mark):
        first = shaped.text.index(line, at)  # white space at a line end is not in the line
        at = first + len(line)
        inner = break_lines(_slice(shaped, first, at), Measure(width, justify=False))
        out.extend(_moved(part, first) for part in inner)
    return out


def _slice(shaped: Shaped, first: int, last: int) -> Shaped:
    """Characters first to last-1 of a paragraph as one of their own, for lines that were chosen already."""
    return shaped._replace(
        text=shaped.text[first:last],
        classes=shaped.classes[first:last],
        may=shaped.may[first:last],
        advance=shaped.advance[first:last],
        gaps=[at - first for at in shaped.gaps[bisect_right(shaped.gaps, first) : bisect_left(shaped.gaps, last)]],
        left=frozenset(at - first for at in range(first, last) if at in shaped.left),
        right=frozenset(at - first for at in range(first, last) if at in shaped.right),
        hyphens={at - first: shaped.hyphens[at] for at in range(first + 1, last) if at in shaped.hyphens},
    )


def _moved(line: Line, by: int) -> Line:
    return replace(
        line,
        first=line.first + by,
        last=line.last + by,
        end=line.end + by,
        extra={at + by: value for at, value in line.extra.items()},
        shift={at + by: value for at, value in line.shift.items()},
    )
