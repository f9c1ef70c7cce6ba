"""Whether an edition has a contents, and how XHTML editions show it: `model.outline` as a tree, the tree as nested
lists of links.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..model import Block, Document, OutlineEntry, Paragraph, block_text, outline
from ..style import Style
from .forms import form_of
from .markup import escape, printable

_FEWEST = 5
"""Headings that a text without a wish of its own has to have."""


_FRONT = ("title", "subtitle", "byline", "dateline")
_ABOVE = 4
"""Blocks that may stand above a title: what it is annexed as, a number."""


class ContentsNode(NamedTuple):
    """An entry of the contents with those below it."""

    text: str
    address: str
    children: list[ContentsNode]


def is_shown(document: Document, style: Style) -> bool:
    """Whether an edition has a contents page.

    `auto` gives it to a long text that has so many headings that a reader looks for one, and never to an official
    document with its letterhead.
    """
    own = style.contents
    if own.show != "auto":
        return own.show
    if form_of(document, style) != "plain" or len(outline(document, depth=own.depth)) < _FEWEST:
        return False
    return sum(len(block_text(block)) for block in document.blocks) >= own.least


def front_of(blocks: Sequence[Block]) -> int:
    """How many blocks stand before the contents: the title, what stands under it, and what little stands above."""

    def role(block: Block) -> str:
        return block.role if isinstance(block, Paragraph) else ""

    titled = next((at for at, block in enumerate(blocks[:_ABOVE]) if role(block) == "title"), 0)
    return next((at for at in range(titled, len(blocks)) if role(blocks[at]) not in _FRONT), len(blocks))


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
