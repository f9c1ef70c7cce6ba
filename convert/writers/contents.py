"""The contents as XHTML editions show it: `model.outline` as a tree, and the tree as nested lists of links."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ..model import OutlineEntry
from .markup import escape, printable


class ContentsNode(NamedTuple):
    """An entry of the contents with those below it."""

    text: str
    address: str
    children: list[ContentsNode]


def tree(entries: list[OutlineEntry], address: Callable[[str], str]) -> list[ContentsNode]:
    """The outline as a tree: an entry stands below the nearest one before it of a higher level.

    address: where an id of the document stands in the edition.
    """
    roots: list[ContentsNode] = []
    open_nodes: list[tuple[int, ContentsNode]] = []
    for entry in entries:
        while open_nodes and open_nodes[-1][0] >= entry.level:
            open_nodes.pop()
        text = " ".join(printable(entry.text).split()) or "\u2014"
        node = ContentsNode(text, address(entry.id), [])
        (open_nodes[-1][1].children if open_nodes else roots).append(node)
        open_nodes.append((entry.level, node))
    return roots


def nested_list(nodes: list[ContentsNode]) -> str:
    """A tree as nested lists of links."""
    items = "".join(
        f'<li><a href="{escape(node.address)}">{escape(node.text)}</a>'
        f"{nested_list(node.children) if node.children else ''}</li>\n"
        for node in nodes
    )
    return f"<ol>\n{items}</ol>\n"
