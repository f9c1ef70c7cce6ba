"""What leads to a line and from it: the ids that stand in it, and the notes it refers to.

In: a shaped paragraph and its lines.  Out: ids, and the node of an id.
"""

from __future__ import annotations

from .justify import Line
from .rows import Band, TextItem
from .shape import Shaped
from .tags import Tag


def anchors_of(places: list[tuple[int, str]], line: Line) -> tuple[str, ...]:
    """The ids that lead to a line."""
    return tuple(dict.fromkeys(anchor for at, anchor in places if line.first <= at < max(line.end, line.first + 1)))


def note_places(shaped: Shaped) -> list[tuple[int, str]]:
    """Position and id of each footnote reference of a paragraph."""
    tagged = [stretch for stretch in shaped.stretches if stretch.look.tag]
    return [(piece.first, detail) for piece in tagged for kind, _, detail in piece.look.tag if kind == "Reference"]


def node_of(row: Band, anchor: str) -> Tag | None:
    """The node that an id in a row leads to: the run-in heading or the note that has it, else the row's first."""
    items = [item for item in row.items if isinstance(item, TextItem) and item.node is not None]
    for item in items:
        for piece in item.shaped.stretches:
            if piece.look.anchor == anchor:
                node = piece.look.owner or item.node
                return node.parent if node is not None and node.kind == "Lbl" and node.parent is not None else node
    return items[0].node if items else None
