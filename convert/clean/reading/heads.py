"""Headings without a mark that a whole text proves: several lines are made alike, and each heads a text of its own."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...zh.characters import BULLETS
from ...zh.patterns import pattern
from .. import limits
from .evidence import SeenLine

_ASKED = pattern("[^\u3002\uff01\uff1f?!\u201d]{4,}[\uff1f?]")
_FRAMED = pattern("[\u3010\\[][^\u3010\u3011\\[\\]]{2,16}[\u3011\\]]\\s*[^\\s\u3010\\[]")
_LISTS = ("arabic", "arabic_paren", "circled", "dash")


def heads_of(lines: Sequence[SeenLine], begin: int) -> set[int]:
    """Questions that a page answers one by one, lines `【江城日报】某地降温` each above a text, names above lists:
    three of a kind at least.  begin: where the text begins."""
    out: set[int] = set()
    start = max(begin - limits.HEADS, 1)
    for made in (_asks, _framed, _above_list):
        found = {line.at for line, below in itertools.pairwise(lines[start:]) if made(line, below)}
        if len(found) < limits.HEADS or len(found) * limits.HEADS_SHARE < len(lines) - begin:
            continue
        out |= found
        if made is _above_list:  # a name above such a name
            out |= {at - 1 for at in found if at > start and at - 1 not in found and _is_name(lines[at - 1])}
    return out


def _asks(line: SeenLine, below: SeenLine) -> bool:
    """A question and no more, above what is none."""
    if line.end != "ask" or line.mark is not None or line.size > limits.HEADING_SENTENCE:
        return False
    if line.has("speaker", "label"):
        return False
    return _ASKED.fullmatch(line.text) is not None and below.end != "ask" and below.size > limits.NOTE_HEAD


def _framed(line: SeenLine, below: SeenLine) -> bool:
    """What is told, behind where it is from, above the text."""
    if line.text[0] not in "\u3010[" or line.end in ("stop", "semi", "comma") or line.size > limits.HEADING_SENTENCE:
        return False
    return _FRAMED.match(line.text) is not None and below.sentence and _FRAMED.match(below.text) is None


def _above_list(line: SeenLine, below: SeenLine) -> bool:
    """A name above the first of a list."""
    first = below.mark is not None and below.mark.path == (1,) and below.mark.family in _LISTS
    return (first or below.text[0] in BULLETS) and _is_name(line)


def _is_name(line: SeenLine) -> bool:
    """A few words that neither count, nor tell, nor label."""
    if line.mark is not None or line.end != "word" or line.size > limits.LIST_HEAD or line.text[0] in BULLETS:
        return False
    return not line.sentence and not line.has("bullet", "label", "pairs", "date", "organ", "dated", "speaker")
