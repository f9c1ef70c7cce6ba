"""Which lines read like the text, and which forms of a line speak for furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...zh.characters import BULLETS
from ...zh.furniture import promotion
from .. import limits
from .evidence import SeenLine

FURNITURE = (
    "f:anywhere", "f:widget", "f:credit", "f:script", "f:notice", "f:after", "f:before", "f:empty", "f:control",
    "f:rule",
)  # fmt: skip
"""Forms that speak for furniture."""
ENDING = frozenset(FURNITURE) - {"f:before", "f:empty", "f:rule"}
"""Forms of a line that ends a text."""
_BARS = re.compile("[\u4e28|\uff5c]")
_NO_TEXT = frozenset(FURNITURE) - {"f:before", "f:after"}


def reads_like_body(line: SeenLine) -> bool:
    """The line reads like a sentence of the text."""
    if not line.sentence or line.has("history", "photo") or (line.has("pairs") and not line.has("said")):
        return False
    if line.end == "word" and len(_BARS.findall(line.text)) > 2:
        return False  # links side by side
    if line.text[0] in BULLETS and line.end not in ("stop", "semi"):
        return False  # a link's text
    if line.size <= limits.NO_SENTENCE and promotion(line.text) >= limits.PROMOTED:
        return False
    return line.forms.isdisjoint(_NO_TEXT)


def list_begins(lines: Sequence[SeenLine], begin: int) -> int:
    """Where a text begins that lists before it tells: the first of several lists with marks, each of lines longer than
    a menu's names are, above the first sentence; begin where there are none."""
    found: list[int] = []
    run: list[SeenLine] = []
    for line in [*lines[:begin], None] if begin > limits.LISTED else ():
        listed = line is not None and (line.mark is not None or line.text[0] in BULLETS)
        if line is not None and listed and line.forms.isdisjoint(FURNITURE):
            run.append(line)
            continue
        if len(run) >= limits.HEADS and sum(one.size for one in run) > limits.MENU_NAME * len(run):
            found.append(run[0].at)
        run = []
    return found[0] if len(found) > 1 else begin


def is_latin_sentence(line: SeenLine) -> bool:
    """More words than the name of a page, in a line without Han."""
    return "no-han" in line.forms and len(line.text.split()) > limits.LATIN_WORDS


def speaker_of(line: SeenLine) -> str:
    """What stands before a line's first colon."""
    return line.text.replace(":", "\uff1a").partition("\uff1a")[0]


def bare(line: SeenLine) -> bool:
    """A short line without a mark and without a stop, as headings are; those that begin with a year chronicle."""
    if line.sentence or line.mark is not None or line.size > 30 or "dated" in line.forms:
        return False
    return line.end in ("word", "close", "ask")
