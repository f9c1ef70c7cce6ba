"""Titles of more than one line: broken between words, in a trapezoid or a diamond (GB/T 9704-2012, 7.3.1).

In: a title, a measure in em, a language.  Out: its lines.  Words are jieba's in simplified Chinese: its dictionary has
the names of states, organs and places; which words belong together is BudouX's matter.  Where a line may not break is
`breaks`' (convert/README.md, Line composition 2); what is decided here is which boundaries make the best shape.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from . import Class, breaks, classify, spacing

# Costs of a line end, in the unit of `_shape`: 1 is the cost of lines of 13 and 7 characters instead of 10 and 10.
_SURE = 0.0  # a boundary the segmenter is sure of
_UNSURE = 1.2
_TOGETHER = 2.4  # between two words that the segmenter takes together
_INSIDE = 6.0  # within what the segmenter takes for a word
_BEFORE_SINGLE = 0.9  # a word of one character at a line start is mostly a particle that belongs to the word before
_AFTER_SINGLE = 0.3
_AFTER_MARK = -0.6  # a comma or stop is where one would pause
_AFTER_GAP = -8.0  # wide white space sets a part off: the number of a ruling behind its title
_NUMBERED = 2.0  # a number and the western word before it, as in "Python 3"
_BRACKETED = 2.0  # within brackets or quotes that could stay whole
_LONE = 50.0  # a line of a single character
_WAVE = 4.0  # neither trapezoid nor diamond: a line between two longer ones
_BLOCK = 0.05  # two lines of one length: a rectangle, where the standard wants a trapezoid
_LINE = 1.0  # one line more than is needed
_SLACK = 0.5  # em: lengths that differ by less look equal
_SURE_SCORE = 800  # of BudouX's scores, which run to some thousands
_NEAR = 1e-9  # of two sums of the same costs, in another order
_SHORT = 20  # characters
_SEARCHED = 20_000  # sets of line ends looked at; longer titles are filled line by line

_KEPT = 32
"""Titles remembered: those of one document, which each of its editions asks for."""

_PART = re.compile(r"[^\s](?:[^\n]*[^\s])?")
"""What the author wants in one line, without the white space around it."""
_NUMBER_BEHIND_WORD = re.compile("[A-Za-z] [0-9]")
_PARSERS = {
    "zh-Hans": "load_default_simplified_chinese_parser",
    "zh-Hant": "load_default_traditional_chinese_parser",
    "ja": "load_default_japanese_parser",
}


def balance(
    title: str,
    measure: float,
    language: str | None = None,
    *,
    widths: Sequence[float] | None = None,
    gap: float = spacing.GAP,
    mark: int = 0,
) -> list[str]:
    """The lines of a title, none longer than `measure` (em of the title) unless a single character is.

    A newline in the title is a line end its author set.  White space at a line end is dropped, as it is not drawn.
    language: BCP 47; None is simplified Chinese.  widths: of the characters, em; without them, an estimate.  gap: that
    stands between Han and western, em.  mark: characters of the ordinal mark it begins with, which stays with what
    follows.
    """
    lines: list[str] = []
    for found in _PART.finditer(title):
        own = None if widths is None else tuple(widths[found.start() : found.end()])
        lines += _balance(found[0], measure, own, gap, language, 0 if lines else mark)
    return lines


def phrases(title: str, language: str | None = None, mark: int = 0) -> list[str]:
    """The pieces between which a title may be broken on a display of unknown width; joined, they are the title."""
    costs = _line_ends(title, language, mark)
    ends = [at for at, cost in sorted(costs.items()) if cost < _BEFORE_SINGLE]
    return [title[first:last] for first, last in itertools.pairwise([0, *ends, len(title)])]


def estimate(text: str) -> list[float]:
    """The width of each character in em as a common face has it, without what neighbouring marks lose."""
    classes = classify(text)
    widths = [_CELLS[kind] if kind in _CELLS else _western(char) for char, kind in zip(text, classes, strict=True)]
    for at in itertools.chain(*spacing.trims(classes)):
        widths[at] -= spacing.HALF
    return widths


_CELLS = {str(Class.SPACE): 0.25} | {str(kind): 1.0 for kind in Class if kind not in "WsB"}


def _western(char: str) -> float:
    return 0.7 if char.isupper() else 0.5


class _TitleMeasure:
    """A title against a measure: how wide each stretch of it is, with the gaps within it, white space at its ends
    aside."""

    def __init__(self, title: str, measure: float, widths: Sequence[float], gap: float) -> None:
        self.title = title
        self.measure = measure + 1e-6
        gaps = frozenset(spacing.gaps(title, classify(title))) if gap else frozenset()
        self._upto = [0.0, *itertools.accumulate(width + gap * (at in gaps) for at, width in enumerate(widths))]
        # The widths up to a line start and a line end there, without the white space or the gap behind and before.
        self._starts, self._ends = self._upto.copy(), self._upto.copy()
        for at in gaps:
            self._starts[at] += gap
        for at in range(len(title)):
            if title[at].isspace():
                self._ends[at + 1] = self._ends[at]
        for at in reversed(range(len(title))):
            if title[at].isspace():
                self._starts[at] = self._starts[at + 1]

    def width(self, first: int, last: int) -> float:
        return max(0.0, self._ends[last] - self._starts[first])

    def fits(self, first: int, last: int) -> bool:
        return self.width(first, last) <= self.measure


@functools.lru_cache(maxsize=_KEPT)
def _balance(
    title: str, measure: float, widths: tuple[float, ...] | None, gap: float, language: str | None, mark: int
) -> tuple[str, ...]:
    rule = _TitleMeasure(title, measure, widths or estimate(title), gap)
    if rule.fits(0, len(title)):
        return (title,)
    costs = _line_ends(title, language, mark)
    sure = {at: cost for at, cost in costs.items() if cost < _INSIDE}
    ends = _best(rule, sure) or _best(rule, costs) or _filled(rule, costs)
    return tuple([title[first:last].strip() for first, last in itertools.pairwise((0, *ends, len(title)))])


# --- Where lines may end ----------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=_KEPT)
def _line_ends(title: str, language: str | None, mark: int) -> Mapping[int, float]:
    """Offset of a possible line start -> what it costs to break before it."""
    classes = classify(title)
    may = breaks.allowed(title, classes, "strict", ((0, mark),) if mark else ())
    bounds = _boundaries(title, language)
    depth = _depths(classes)
    costs: dict[int, float] = {}
    for at in range(1, len(title)):
        if not may[at] or _cuts_word(title, at):
            continue
        cost = bounds.get(at, _INSIDE)
        cost += _BEFORE_SINGLE * _is_single(at, title, bounds, classes)
        cost += _AFTER_SINGLE * _is_single(at - 1, title, bounds, classes)
        cost += _NUMBERED * bool(_NUMBER_BEHIND_WORD.match(title, max(0, at - 2)))
        cost += _AFTER_MARK * (classes[at - 1] in (Class.COMMA, Class.STOP))
        cost += _AFTER_GAP * (title[at - 2 : at].isspace() and at > 1 and not title[at].isspace())
        costs[at] = cost + _BRACKETED * bool(depth[at])
    return costs


def _boundaries(title: str, language: str | None) -> dict[int, float]:
    """Offsets of the segmenter's word boundaries and what each costs; all a word has in scripts with spaces."""
    costs = {at: _SURE for at in range(1, len(title)) if title[at - 1].isspace()}
    tag = next((tag for tag in _PARSERS if (language or "zh-Hans").startswith(tag)), None)
    if tag is None:
        return costs
    words = _words(title) if tag == "zh-Hans" and len(title) > _SHORT else None
    for at in words or ():
        costs.setdefault(at, _TOGETHER)
    for cost, segments in zip((_UNSURE, _SURE), _segment(title, tag), strict=True):
        for at in itertools.accumulate(map(len, segments)):
            if words is None or at in words:
                costs[at] = min(cost, costs.get(at, cost))
    return costs


def _words(title: str) -> set[int]:
    """Where jieba's words end.  Its dictionary takes longer to load than a short document to make: it is asked only
    for titles that hardly fit one line."""
    import rjieba

    return set(itertools.accumulate(map(len, rjieba.cut(title))))


def _segment(title: str, tag: str) -> tuple[list[str], list[str]]:
    loose, strict = _parsers(tag)
    return loose.parse(title), strict.parse(title)


@functools.cache
def _parsers(tag: str) -> tuple[Any, Any]:
    """BudouX's parser for a language and one that marks only the boundaries it is sure of.

    A boundary is where the features found outweigh half the sum of all: a feature that no text has raises that sum.
    """
    import budoux

    loose = getattr(budoux, _PARSERS[tag])()
    return loose, budoux.Parser({**loose.model, "never": {"": 2 * _SURE_SCORE}})


def _is_single(at: int, title: str, bounds: dict[int, float], classes: str) -> bool:
    """Whether the character at `at` is a word of its own."""
    if classes[at] != Class.HAN:
        return False
    alone_before = at == 0 or at in bounds
    return alone_before and (at + 1 == len(title) or at + 1 in bounds)


def _depths(classes: str) -> list[int]:
    """For each character, how many brackets are open before it; those that never close do not count."""
    more = [0] * (len(classes) + 1)
    opened: list[int] = []
    for at, kind in enumerate(classes):
        if kind == Class.OPEN:
            opened.append(at)
        elif kind == Class.CLOSE and opened:
            more[opened.pop() + 1] += 1
            more[at + 1] -= 1
    return list(itertools.accumulate(more[:-1]))


def _cuts_word(title: str, at: int) -> bool:
    """Whether a break at `at` parts two letters or digits of an alphabet, where `breaks` allows one (a URL)."""
    return title[at - 1].isascii() and title[at].isascii() and title[at - 1].isalnum() and title[at].isalnum()


# --- Which of them to take --------------------------------------------------------------------------------------

_Ends = tuple[int, ...]


def _best(rule: _TitleMeasure, costs: Mapping[int, float]) -> _Ends:
    """The cheapest line ends over the fewest lines possible and one more; none where these ends do not suffice."""
    ends = sorted(costs)
    fewest = _fewest(rule, ends)
    if fewest is None:
        return ()
    best: tuple[float, _Ends] = (float("inf"), ())
    least = min(0.0, *costs.values())

    def extend(chosen: _Ends, count: int, spent: float) -> None:
        """Try all ways to take `count` more line ends so that every line fits, leaving off those that cost more than
        the best so far whatever follows."""
        nonlocal best
        first = chosen[-1] if chosen else 0
        if count == 0:
            cost = more + sum([costs[at] for at in chosen])
            if cost < best[0] and rule.fits(first, len(rule.title)):
                best = min(best, (cost + _shape(rule, chosen), chosen))
            return
        for at in ends[bisect.bisect_right(ends, first) :]:
            if not rule.fits(first, at):
                return
            ahead = spent + costs[at]
            if (
                ahead + least * (count - 1) < best[0] + _NEAR
                and rule.width(at, len(rule.title)) <= rule.measure * count
            ):
                extend((*chosen, at), count - 1, ahead)

    for count in (fewest, fewest + 1):
        few = min(count - 1, len(ends) - count + 1)  # of 2n ends, n can be taken in 2 ** n ways and more
        if few > _SEARCHED.bit_length() or math.comb(len(ends), count - 1) > _SEARCHED:
            break
        more = _LINE * (count - fewest)
        extend((), count - 1, more)
    return best[1]


def _fewest(rule: _TitleMeasure, ends: list[int]) -> int | None:
    """The fewest lines that hold the title: each filled as far as it goes."""
    lines, first = 1, 0
    while not rule.fits(first, len(rule.title)):
        last = first
        for at in itertools.islice(ends, bisect.bisect_right(ends, first), None):
            if not rule.fits(first, at):
                break
            last = at
        if last == first:
            return None
        first, lines = last, lines + 1
    return lines


def _shape(rule: _TitleMeasure, ends: _Ends) -> float:
    """How far the lines are from a trapezoid or diamond of even length."""
    spans = list(itertools.pairwise((0, *ends, len(rule.title))))
    widths = [rule.width(first, last) for first, last in spans]
    mean = sum(widths) / len(widths)
    cost = 5 * sum(((width - mean) / mean) ** 2 for width in widths)
    cost += _LONE * sum(sum(map(str.isalnum, rule.title[first:last])) < 2 for first, last in spans)
    steps = [after - before for before, after in itertools.pairwise(widths)]
    cost += _BLOCK * sum(abs(step) < _SLACK for step in steps)
    falls = next((at for at, step in enumerate(steps) if step < -_SLACK), len(steps))
    return cost + _WAVE * any(step > _SLACK for step in steps[falls:])


def _filled(rule: _TitleMeasure, costs: Mapping[int, float]) -> _Ends:
    """Lines of about one length, one after the other: for titles of very many lines or with a very long word."""
    whole = rule.width(0, len(rule.title))
    target = min(rule.measure, whole / math.ceil(whole / rule.measure) + 1)
    ends: list[int] = []
    first = 0
    while not rule.fits(first, len(rule.title)):
        last = first + 1
        while rule.width(first, last + 1) <= target:
            last += 1
        possible = [at for at in range(first + 1, last + 1) if at in costs]
        between_words = [at for at in possible if costs[at] < _INSIDE and at > (first + last) // 2]
        first = (between_words or possible or [last])[-1]
        ends.append(first)
    return tuple(ends)
