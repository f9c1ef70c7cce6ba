"""Headings without a mark that a whole text proves: several lines are made alike, and each heads a text of its own."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence

from ...zh.characters import BULLETS
from ...zh.patterns import pattern
from .. import limits
from .body import FURNITURE
from .evidence import SeenLine

_ASKED = pattern("[^\u3002\uff01\uff1f?!\u201d]{4,}[\uff1f?]")
_FRAMED = pattern("[\u3010\\[][^\u3010\u3011\\[\\]]{2,16}[\u3011\\]]\\s*[^\\s\u3010\\[]")
_PLAIN = pattern("[\u4e00-\u9fff]{2,10}")
_NO_HEADS = frozenset(FURNITURE) | {"byline"}  # those who take part come again too
LONE = pattern("0?([1-9][0-9]?)[.\uff0e]?")
"""A number alone on its line."""
_LISTS = ("arabic", "arabic_paren", "circled", "dash")


def heads_of(lines: Sequence[SeenLine], begin: int) -> set[int]:
    """Questions that a page answers one by one, lines `【江城日报】某地降温` each above a text, names above lists:
    three of a kind at least.  begin: where the text begins."""
    out: set[int] = set()
    start = max(begin - limits.HEADS, 1) if begin < len(lines) else 1  # else nothing reads like a text
    for made in (_asks, _framed, _above_list):
        found = {line.at for line, below in itertools.pairwise(lines[start:]) if made(line, below)}
        if len(found) < limits.HEADS or len(found) * limits.HEADS_SHARE < len(lines) - begin:
            continue
        out |= found
        if made is _above_list:  # a name above such a name
            out |= {at - 1 for at in found if at > start and at - 1 not in found and _is_name(lines[at - 1])}
    return out | _below_numbers(lines[start:]) | _again_and_again(lines[1:])


def _below_numbers(lines: Sequence[SeenLine]) -> set[int]:
    """Short lines above text, each right below a number that is alone on its line and counts on from one: `1`, and
    then `初到山里`."""
    found: list[tuple[int, bool]] = []
    for line, below, then in zip(lines, lines[1:], lines[2:], strict=False):
        number = LONE.fullmatch(line.text)
        if number is None or int(number[1]) != len(found) + 1:
            continue
        if below.mark is not None or below.size > limits.HEADING_SENTENCE or below.end not in ("word", "ask", "close"):
            return set()
        found.append((below.at, then.mark is None and then.sentence and then.size > below.size))
    clear = sum(above for _, above in found)
    return {at for at, _ in found} if len(found) >= limits.HEADS and clear * 3 >= len(found) * 2 else set()


def _again_and_again(lines: Sequence[SeenLine]) -> set[int]:
    """`基本信息`, `参加人员`, `会议内容` of one meeting after another: several names that come again in one order; the
    last time not all of them, where a text breaks off.  A day above the first of them is the head of all."""
    places: dict[str, list[int]] = defaultdict(list)
    for line in lines[:-1]:
        if _PLAIN.fullmatch(line.text) and _is_name(line) and line.forms.isdisjoint(_NO_HEADS):
            places[line.text].append(line.at)
    found = [at for at in places.values() if len(at) >= limits.HEADS]
    turns = min(map(len, found), default=0)
    if len(found) < 2 or max(map(len, found)) > turns + 1:
        return set()
    order = [one[turn] for turn in range(turns) for one in found]
    if min(_steps(order)) < 2:
        return set()
    days = {at - 1 for at in found[0] if at > 1 and lines[at - 2].has("stamp")}
    return set(itertools.chain(*found)) | (days if len(days) >= limits.HEADS else set())


def _steps(places: Sequence[int]) -> list[int]:
    return [after - before for before, after in itertools.pairwise(places)]


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
