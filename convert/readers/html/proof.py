"""The proof of a reading: which prose of a page is in no edition, though nothing says that it is furniture.

In: the leaves a reader sees, with their features, and the document made of them.  Out: the sentences, cells and
captions that are neither printed, nor metadata, nor left out for a reason that the page gives, such as a name or what
the line says.  It looks at the finished blocks alone, so that whatever step lost a line, the line is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ...model import Block, Figure, List, Note, Quote, Removed, walk
from ...model.reading import block_text
from .sight.runs import Leaf
from .weigh.features import Features

UNPROVED = frozenset(("outside the article", "after the end of the article", "links"))
"""Reasons that say where a line stands or what it is made of, and not that it is furniture."""


_UNSEEN = ("hidden ", "text ")
"""How the reasons begin of what no reader of the page sees: it holds nothing that one does."""


def left_out(leaves: list[Leaf], of: Features, blocks: Iterable[Block], notes: Iterable[Note]) -> list[str]:
    """The visible prose that is in no edition, line by line, in the order of the page."""
    held: Counter[str] = Counter()
    for block in blocks:
        if not isinstance(block, Removed) or not (block.reason in UNPROVED or block.reason.startswith(_UNSEEN)):
            held.update(_held(block))
    noted = [line for note in notes for block in note.children for line in _lines(block_text(block))]
    lost: list[str] = []
    for leaf in leaves:
        if leaf.hidden is not None or leaf.control or not (of.prose[leaf.index] or _is_caption(leaf)):
            continue
        for line in _lines(leaf.text):
            if held[line] > 0:
                held[line] -= 1
            elif own := next((note for note in noted if note in line), None):
                noted.remove(own)  # the mark of a note and its way back are no text of it
            else:
                lost.append(line)
    return lost


def _held(block: Block) -> Iterator[str]:
    """The lines of a block, those of a list without the marks that were counted for it."""
    match block:
        case List():
            for item in block.items:
                own = "" if item.counted else item.marker
                for child in item.children:
                    for line in _held(child):
                        yield own + line
                        own = ""
        case Quote():
            for child in block.children:
                yield from _held(child)
        case _:
            yield from _lines(block_text(block))


def pictures_left_out(leaves: list[Leaf], kept: set[int], blocks: Iterable[Block]) -> int:
    """How many pictures of the article are in no edition.  kept: the leaves that are the article."""
    shown = sum(leaf.kind == "image" and leaf.hidden is None and leaf.index in kept for leaf in leaves)
    return shown - sum(isinstance(inner, Figure) for block in blocks for inner in walk((block,)))


def _is_caption(leaf: Leaf) -> bool:
    return any(node.tag == "figcaption" for node in leaf.node.up())


def _lines(text: str) -> list[str]:
    return [bare for line in text.split("\n") if (bare := "".join(line.split()))]
