"""Blocks that follow each other: what of them stays on one page, and where space stands between them.

In: the rows laid out so far and those of the next block.  Out: the same rows, changed in place.
"""

from __future__ import annotations

from msgspec.structs import replace

from ...model import Block, Figure, Heading, Paragraph
from ..closing import begins_source_note, is_note_below
from .rows import Band, TurnedItem

_WITH_CLOSING = 2
"""Lines of text at the most that go with who signs, whose page is never one without text (GB/T 9704-2012, 7.3.5)."""


def join(out: list[Band], rows: list[Band], previous: Block | None, block: Block) -> None:
    """Fit the rows of a block to those of the block before it, which end `out`."""
    if isinstance(previous, Figure) and isinstance(block, Paragraph) and block.role == "caption" and out:
        out[-1] = replace(out[-1], keep=True)
    if out and is_note_below(previous, block):
        out[-1] = replace(out[-1], keep=True)
    if begins_source_note(previous, block) and len(out) > 1 and not isinstance(out[-2].items[0], TurnedItem):
        out[-2] = replace(out[-2], keep=True)  # the last line of text goes with the rule and the note
    if isinstance(previous, Heading) and len(rows) > 1:
        rows[0] = replace(rows[0], keep=True)  # a heading keeps with two lines
    if rows and _close_up(previous, block):
        rows[0] = replace(rows[0], above=0)
    if out and rows and isinstance(rows[0].items[0], TurnedItem):
        out[-1] = replace(out[-1], keep=False)  # what leads to a turned table cannot stand on its page


def add(out: list[Band], rows: list[Band], block: Block, text: int, *, cell: bool) -> int:
    """Put the rows of a block behind those before it.  text: the row from which text goes with a closing group that
    comes behind it; returned is that row for the next block."""
    closing = isinstance(block, Paragraph) and block.closing
    if closing and not cell:
        out[text:] = [replace(row, keep=True) for row in out[text:]]
    out.extend(rows)
    if closing:
        return len(out)
    if isinstance(block, Paragraph) and block.role == "attachment":
        return text
    return max(len(out) - min(len(rows), _WITH_CLOSING), 0)


def hold(rows: list[Band], headed: int) -> None:
    """A heading without text below it, as one of notes that stand at the feet of their pages, stays with the line
    before it: it is not left alone on a page.  headed: where its rows begin."""
    if headed:
        rows[headed - 1] = replace(rows[headed - 1], keep=True)


def _close_up(previous: Block | None, block: Block) -> bool:
    """Whether a block is a further line of a closing group, or of who was at a meeting: these have space above once."""
    if not isinstance(block, Paragraph) or not isinstance(previous, Paragraph):
        return False
    if block.element == "attendance":
        return previous.element == "attendance"
    return block.closing > 0 and block.closing == previous.closing
