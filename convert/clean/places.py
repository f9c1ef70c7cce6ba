"""Where the text of a block stands in the source: a walk over its pieces that counts lines and columns."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ..model import Origin
from .edits import Change, Passage

BREAK = "\n"

Piece = str | Passage | Origin
"""Text that cannot be changed, text that can, or the beginning of lines with an origin of their own."""

Locator = Callable[[int], tuple[int | None, int | None]]


def source_places(pieces: list[Piece], line: int, lead: str) -> Iterator[tuple[Passage, Locator]]:
    """Each passage among the pieces of an entry that begins at `line` behind `lead`, with a function from an offset in
    it to line and column in the source."""
    column = len(lead) + 1
    for piece in pieces:
        if isinstance(piece, Origin):
            line, column = piece.first, len(piece.lead) + 1
        elif isinstance(piece, str):
            line, column = _moved(line, column, piece)
        else:
            yield piece, functools.partial(_place, piece, line, column)
            if piece is not pieces[-1]:
                line, column = _moved(line, column, _source_text(piece, len(piece.text)))


def _place(passage: Passage, line: int, column: int, offset: int) -> tuple[int | None, int | None]:
    if not line:
        return None, None
    return _moved(line, column, _source_text(passage, offset))


def _source_text(passage: Passage, upto: int) -> str:
    """The source text of a passage's first `upto` characters."""
    parts: list[str] = []
    at = 0
    for change in passage.changes:
        if change.start > upto or (change.start == upto and change.end > upto):
            break
        parts += passage.text[at : change.start], change.before
        at = change.end
    return "".join((*parts, passage.text[at:upto]))


class ChangeAt(NamedTuple):
    """A change of a passage, and where it stands in the source."""

    passage: Passage
    change: Change
    line: int
    column: int


def source_changes(pieces: list[Piece], line: int, lead: str) -> Iterator[ChangeAt]:
    """The changes of one entry's passages, each with its line and column in the source."""
    column = len(lead) + 1
    for piece in pieces:
        if isinstance(piece, Origin):
            line, column = piece.first, len(piece.lead) + 1
        elif isinstance(piece, str):
            line, column = _moved(line, column, piece)
        else:
            at = 0
            for change in piece.changes:
                line, column = _moved(line, column, piece.text[at : change.start])
                if line:
                    yield ChangeAt(piece, change, line, column)
                line, column = _moved(line, column, change.before)
                at = change.end
            line, column = _moved(line, column, piece.text[at:])


def _moved(line: int, column: int, over: str) -> tuple[int, int]:
    newline = over.rfind(BREAK)
    return (line, column + len(over)) if newline < 0 else (line + over.count(BREAK), len(over) - newline)
