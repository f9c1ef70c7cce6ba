"""The page's own table of contents."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...zh.characters import key
from ...zh.marks import divisions
from ...zh.patterns import pattern
from ...zh.sections import is_contents
from .. import limits
from .evidence import SeenLine

_PAGE = pattern("[.\u2026\u00b7\u2027\\s]*[0-9]{1,4}$")

_AT_PAGE = pattern("[^\\s.\u2026\u00b7\u2027][.\u2026\u00b7\u2027\\s]+([0-9]{1,4})$")


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
            places = [last[said] for said in keys[at:end]]
            heads = any(after - before > 1 for before, after in itertools.pairwise(places))  # else a list, twice
            if labelled or (heads and sum(line.mark is not None for line in lines[at:end]) >= limits.CONTENTS):
                out.update(range(at - labelled, end))
        at = max(end, at + 1)
    return out | _paged(lines, keys, last)


def _paged(lines: Sequence[SeenLine], keys: Sequence[str], last: dict[str, int]) -> set[int]:
    """A list under a word for it, each line with its page behind white space or dots, of which the first stands again
    below: a text that was cut off has not all of them."""
    out: set[int] = set()
    for label in lines:
        if not is_contents(label.text):
            continue
        end, page = label.at + 1, 0
        while end < len(lines) and (found := _AT_PAGE.search(lines[end].text)) and int(found[1]) >= page:
            end, page = end + 1, int(found[1])
        run = range(label.at + 1, end)
        if len(run) >= limits.CONTENTS and last.get(keys[run[0]], -1) >= end:
            out.update(range(label.at, end))
    return out


def entries_of(lines: Sequence[SeenLine], contents: set[int]) -> set[int]:
    """Lines of a list of headings that do not all stand again below, as where a page is cut off: the first of them
    stands again right below the last, so they head nothing.  A word says that it is such a list, or their divisions."""
    out: set[int] = set()
    at = 0
    while at < len(lines):
        labelled = at > 0 and is_contents(lines[at - 1].text)
        end = at + 1
        if at not in contents and _lists(lines[at], labelled=labelled):
            while end < len(lines) and _lists(lines[end], labelled=labelled) and not _again(lines[at], lines[end]):
                end += 1
            if end < len(lines) and end - at >= limits.CONTENTS and _again(lines[at], lines[end]):
                out.update(range(at, end))
        at = end
    return out


def _lists(line: SeenLine, *, labelled: bool) -> bool:
    """The line may be one of a list of headings."""
    if line.sentence or line.size > limits.HEADING or is_contents(line.text):
        return False
    return labelled or (line.mark is not None and line.mark.family in divisions())


def _again(first: SeenLine, line: SeenLine) -> bool:
    """The line counts from the beginning again, and says what the first one says if both say anything."""
    if line.mark is None or first.mark is None:
        return bool(line.key) and line.key == first.key
    alike = line.mark.family == first.mark.family and line.mark.path == first.mark.path
    named = first.size > first.mark.end and line.size > line.mark.end
    return alike and (not named or line.key == first.key)


def _contents_key(line: SeenLine) -> str:
    """What tells a heading again in a contents list; empty for a line that no such list has."""
    if line.size > limits.HEADING or line.end in ("stop", "semi", "comma", "colon"):
        return ""
    return key(_PAGE.sub("", line.text) or line.text)
