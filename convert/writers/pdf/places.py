"""What leads to a line and from it: the ids that stand in it, and the notes it refers to.

In: a shaped paragraph and its lines.  Out: ids.
"""

from __future__ import annotations

from .justify import Line
from .shape import Shaped


def anchors_of(places: list[tuple[int, str]], line: Line) -> tuple[str, ...]:
    """The ids that lead to a line."""
    return tuple(dict.fromkeys(anchor for at, anchor in places if line.first <= at < max(line.end, line.first + 1)))


def note_places(shaped: Shaped) -> list[tuple[int, str]]:
    """Position and id of each footnote reference of a paragraph."""
    tagged = [stretch for stretch in shaped.stretches if stretch.look.tag]
    return [(piece.first, detail) for piece in tagged for kind, _, detail in piece.look.tag if kind == "Reference"]
