"""The marks of footnotes: counted by the word processor where it can, else the document's own."""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = re.compile("[1-9][0-9]{0,3}")  # Word begins at 16,383 at most
_CIRCLED = tuple(map(chr, range(0x2460, 0x2474)))  # U+2460 to U+2473, 1 to 20


class Counting(NamedTuple):
    """How notes are counted: a number format of `w:numFmt` and the first number."""

    format: str
    start: int


def counting(labels: list[str]) -> Counting | None:
    """How a word processor counts to these marks by itself, None where it cannot."""
    first = labels[0] if labels else ""
    if _NUMBER.fullmatch(first):
        start = int(first)
        same = labels == [str(start + at) for at in range(len(labels))]
        return Counting("decimal", start) if same else None
    if first in _CIRCLED:
        at = _CIRCLED.index(first)
        return Counting("decimalEnclosedCircle", at + 1) if labels == [*_CIRCLED[at : at + len(labels)]] else None
    return None
