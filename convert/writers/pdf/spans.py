"""What readers are told where a drawn gap could be taken for a space (convert/README.md, Line composition 4).

In: a line and the stretches it is drawn in.  Out: the characters that are drawn under one ActualText (ISO 32000-1,
14.9.4), and whether blanks or a hyphen are drawn with them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .glyphs import INVISIBLE, Stretch
from .rows import TextItem

FALSE_SPACE = 0.09
"""em: readers take a wider gap between glyphs for a space (poppler from 0.1)."""

_LOST = re.compile("[\ufffd-\U0010ffff]")
"""What PDFium, and so Chrome, loses under an ActualText."""


class DrawnSpan(NamedTuple):
    """Text drawn under one ActualText, up to character last-1; lead, trail: with a blank glyph before or behind it;
    hyphen: with a hyphen at its end, of a word divided there."""

    last: int
    lead: bool = False
    trail: bool = False
    hyphen: bool = False


def spans_of(item: TextItem, stretches: list[tuple[int, int, Stretch]]) -> dict[int, DrawnSpan]:
    """Where gaps are drawn that could be read as spaces: first character -> what is drawn and said as one.

    A western stretch takes the gaps at its ends as blank glyphs into its showing operator, for readers that compare
    the places of two operators (PDFium) know nothing of what the first one of several under an ActualText stands for.
    Elsewhere the characters around a gap are taken together, gaps that touch too; not across two structure nodes,
    where no span can stand.
    """
    divided = item.line.last == item.line.end and item.line.last in item.shaped.hyphens
    if not item.line.extra and not divided:
        return {}
    if item.shaped.upright is not None:
        return {}  # what stands upright is drawn sign by sign
    if item.shaped.levels is not None and any(item.shaped.levels[item.line.first : item.line.last]):
        return {}  # readers put such lines in order by places, and would turn what is said for them about
    line, classes, shift = item.line, item.shaped.classes, item.shaped.shift
    least = FALSE_SPACE * item.shaped.size
    # An interpunct has blank of its own on both sides.
    blank = {}
    if "I" in classes[line.first : line.last]:
        blank = {at: shift[at] for at in range(line.first, line.last) if classes[at] == "I"}
    opened = [at for at, more in line.extra.items() if more + blank.get(at, 0.0) + blank.get(at + 1, 0.0) > least]
    wide = [
        at
        for at in sorted(opened)
        if line.first <= at < line.last - 1 and classes[at] != "s" and classes[at + 1] != "s"
    ]
    if not wide and not divided:
        return {}
    found: dict[int, DrawnSpan] = {}
    for first, last, stretch in stretches:
        if classes[first] == "W" and stretch.font.blank != INVISIBLE:
            lead, trail, hyphen = first - 1 in wide, last - 1 in wide, divided and last == line.last
            if (lead or trail or hyphen) and not _LOST.search(item.shaped.text, first, last):
                found[first] = DrawnSpan(last, lead, trail, hyphen)
    taken = {at for first, span in found.items() for at in (first - 1, span.last - 1)}
    pairs: list[list[int]] = []
    for at in (at for at in wide if at not in taken):
        if pairs and pairs[-1][1] >= at + 1:
            pairs[-1][1] = at + 2
        else:
            pairs.append([at, at + 2])
    for first, last in pairs:
        looks = (stretch.look for begin, end, stretch in stretches if begin < last and end > first)
        if not _LOST.search(item.shaped.text, first, last) and len({(id(look.owner), look.tag) for look in looks}) == 1:
            found[first] = DrawnSpan(last)
    return found
