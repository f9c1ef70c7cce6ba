"""Sentences, and whether a text is made of articles."""

from __future__ import annotations

from collections.abc import Sequence

from ..zh.marks import Mark
from ..zh.patterns import pattern

STOP = pattern("[\u3002\uff01\uff1f][\u201d\u2019\uff09\u300b]*")
"""The end of a sentence, with the marks that close behind it."""


def sentences(text: str) -> list[int]:
    """Where each sentence of a text ends."""
    return [match.end() for match in STOP.finditer(text)]


def is_law(marks: Sequence[Mark | None]) -> bool:
    """The text has articles: at least two that follow one another."""
    last = 0
    for mark in marks:
        if mark is not None and mark.family == "article":
            if mark.value == last + 1 and last:
                return True
            last = mark.value
    return False
