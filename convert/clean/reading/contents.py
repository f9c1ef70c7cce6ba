"""The page's own table of contents."""

from __future__ import annotations

from collections.abc import Sequence

from ...zh.characters import key
from ...zh.patterns import pattern
from ...zh.sections import is_contents
from .. import limits
from .evidence import SeenLine

_PAGE = pattern("[.\u2026\u00b7\u2027\\s]*[0-9]{1,4}$")


def contents_of(lines: Sequence[SeenLine]) -> set[int]:
    """The page's own list of its headings: at least three neighbours that stand again below, in order."""
    keys = [_contents_key(line) for line in lines]
    last = {said: at for at, said in enumerate(keys) if said}
    out: set[int] = set()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and keys[end] and last[keys[end]] > end:
            end += 1
        if end - at >= limits.CONTENTS and all(last[said] >= end for said in keys[at:end]):
            labelled = at > 0 and is_contents(lines[at - 1].text)
            if labelled or sum(line.mark is not None for line in lines[at:end]) >= limits.CONTENTS:
                out.update(range(at - labelled, end))
        at = max(end, at + 1)
    return out


def _contents_key(line: SeenLine) -> str:
    """What tells a heading again in a contents list; empty for a line that no such list has."""
    if line.size > limits.HEADING or line.end in ("stop", "semi", "comma", "colon"):
        return ""
    return key(_PAGE.sub("", line.text) or line.text)
