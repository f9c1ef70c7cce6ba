"""Where a closing group stands: signatories and the date under them, without a seal (GB/T 9704-2012, 7.3.5.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..model import Block, Paragraph, Rule, plain
from ..style import Element

SPARE = 0.125
"""A title's space below may be so much less, lines, where text would otherwise stand a whole line of the grid lower."""
DATE_STEP = 2.0
"""The date begins so many characters right of the signatories, em."""


ALONE = 1
"""Characters in the middle of their line, as the one above a record in Japanese, that keep with what they announce."""


def announces(block: Paragraph) -> bool:
    """A character that stands alone in the middle belongs to what follows it."""
    return block.role == "body" and block.align == "center" and 0 < len(plain(block.children).strip()) <= ALONE


class Closing(NamedTuple):
    """Where the lines of a closing group begin, em from the left: those of the signatories, and the date's."""

    signatory: float
    date: float

    def of(self, role: str) -> float:
        """The indent of a paragraph of this role, em."""
        return self.date if role == "date" else self.signatory


def closings(
    blocks: Iterable[Block], room: float, element: Element, width: Callable[[Paragraph], float]
) -> dict[int, Closing]:
    """The closing groups among the blocks that fit the room (em), by their number.  width: of a line, em.

    Signatories stand under one another, the first of them first.  The longest ends at the element's distance from the
    right edge and the date begins two characters right of them.  A date longer than every signatory ends there, and
    they move left with it.  A line alone stands where its element says.
    """
    places: dict[int, Closing] = {}
    for number, (signed, dated, count) in _widths(blocks, width).items():
        begins = room - element.right - (dated + DATE_STEP if dated > signed else signed)
        begins = min(begins, room - dated - DATE_STEP) if dated else begins
        if signed and count > 1 and begins >= 0:
            places[number] = Closing(begins, begins + DATE_STEP)
    return places


def before_closing(blocks: Sequence[Block]) -> frozenset[int]:
    """What goes with a closing group, so that no page has a signature and no text (7.3.5), by identity: the paragraph
    before it, and the names of attachments between the two; the group's date where a note stands below it.  Likewise
    what stands above the rule of the source note, but for who signs, whose text would go along."""
    out: set[int] = set()
    group: list[int] = []
    above: Block | None = None
    previous: Block | None = None
    for block in blocks:
        if is_note_below(previous, block):
            out.add(id(previous))
        if begins_source_note(previous, block) and not (isinstance(above, Paragraph) and above.closing):
            out.add(id(above))
        above, previous = previous, block
        if not isinstance(block, Paragraph):
            group = []
        elif block.closing:
            out.update(group)
            group = []
        elif block.role == "attachment":
            group.append(id(block))
        else:
            group = [id(block)]
    return frozenset(out)


def is_note_below(previous: Block | None, block: Block) -> bool:
    """A note below a closing group (7.3.6), as `此件公开发布`: no page has it alone."""
    signed = isinstance(previous, Paragraph) and previous.closing > 0
    return signed and isinstance(block, Paragraph) and block.role == "note"


def begins_source_note(previous: Block | None, block: Block) -> bool:
    """The first line of the source note, behind its rule: no page has the note alone."""
    return isinstance(previous, Rule) and isinstance(block, Paragraph) and block.role == "source_note"


def has_long_date(blocks: Iterable[Block], width: Callable[[Paragraph], float]) -> bool:
    """Whether the date of a closing group is longer than each of its signatories."""
    return any(dated > signed for signed, dated, _ in _widths(blocks, width).values())


def _widths(blocks: Iterable[Block], width: Callable[[Paragraph], float]) -> dict[int, tuple[float, float, int]]:
    """The longest signatory, the longest date and the number of lines of each group."""
    groups: dict[int, tuple[float, float, int]] = {}
    for block in blocks:
        if isinstance(block, Paragraph) and block.closing:
            signed, dated, count = groups.get(block.closing, (0.0, 0.0, 0))
            own = width(block)
            dates = block.role == "date"
            signed, dated = (signed, max(dated, own)) if dates else (max(signed, own), dated)
            groups[block.closing] = (signed, dated, count + 1)
    return groups
