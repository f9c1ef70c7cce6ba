"""Rows -> pages: the line grid, what must not be parted, footnotes at the foot (convert/README.md, Line composition 5).

In: rows in reading order.  Out: pages, each with its rows and their places, points down from the text area's upper
edge.  A page is filled as far as it goes, then taken back to the last place where it may end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from .rows import Band

NOTE_RULE = 12.0
"""Room above the footnotes of a page for the rule that sets them off, points."""

_SLACK = 0.01


class PlacedBand(NamedTuple):
    """A row on a page; y: its upper edge.  furniture: a repeated table head, said once to readers already."""

    y: float
    row: Band
    furniture: bool = False


class LaidPage(NamedTuple):
    """Rows of a page; notes stand at its foot, the first at `notes_top`."""

    rows: list[PlacedBand]
    notes: list[PlacedBand]
    notes_top: float


def paginate(rows: list[Band], height: float, pitch: float, note_rows: Callable[[str], list[Band]]) -> list[LaidPage]:
    """Fill pages of `height` points.  note_rows: the rows of a footnote by its id.

    Where nothing may be parted over a whole page, the page ends where it is full.  A row higher than the page stands
    on one of its own.
    """
    pages: list[LaidPage] = []
    at = 0
    carried: list[Band] = []
    while at < len(rows) or carried:
        page, at, carried = _page(rows, at, carried, height, pitch, note_rows, first=not pages)
        pages.append(page)
    return pages or [LaidPage([], [], height)]


def _page(
    rows: list[Band],
    start: int,
    carried: list[Band],
    height: float,
    pitch: float,
    note_rows: Callable[[str], list[Band]],
    *,
    first: bool,
) -> tuple[LaidPage, int, list[Band]]:
    notes = list(carried)
    placed: list[PlacedBand] = []
    marks: list[tuple[int, int]] = []  # for each place the page may end at: rows placed, notes held
    y = 0.0
    if start < len(rows):
        for head in rows[start].heads:
            placed.append(PlacedBand(y, head, True))
            y += head.height
    heads = len(placed)
    at = start
    while at < len(rows):
        row = rows[at]
        if row.new_page and len(placed) > heads:
            break
        top = y + (row.above if at > start or first else 0.0)
        if row.snap:
            top = -(-(top - _SLACK) // pitch) * pitch
        own = [note for ref in row.notes for note in note_rows(ref)]
        room = height - _notes_height([*notes, *own[:1]])
        if top + row.least(pitch) > room + _SLACK:
            if len(placed) > heads:
                break
            top = y
        placed.append(PlacedBand(top, row))
        notes += own
        y = top + row.height
        at += 1
        if not row.keep:
            marks.append((len(placed), len(notes)))
    if at < len(rows) and not rows[at].new_page and marks:
        count, held = marks[-1]
        at -= len(placed) - count
        del placed[count:]
        del notes[held:]
    bottom = placed[-1].y + placed[-1].row.least(pitch) if placed else 0.0
    fitting, rest = _fitting(notes, height - bottom)
    if not placed and not fitting and rest:
        fitting, rest = rest[:1], rest[1:]
    top = height - sum(row.height for row in fitting)
    feet = []
    y = top
    for row in fitting:
        feet.append(PlacedBand(y, row))
        y += row.height
    return LaidPage(placed, feet, top), at, rest


def _notes_height(notes: list[Band]) -> float:
    return sum(row.height for row in notes) + NOTE_RULE if notes else 0.0


def _fitting(notes: list[Band], room: float) -> tuple[list[Band], list[Band]]:
    """The notes that fit a room and those that go on to the next page."""
    used = NOTE_RULE
    for number, row in enumerate(notes):
        used += row.height
        if used > room + _SLACK:
            return notes[:number], notes[number:]
    return notes, []
