"""A shaped paragraph -> lines that meet the measure (TYPOGRAPHY sections 2 to 4).

Knows only widths, classes and the measure.  First a look ahead line by line: where every line comes out well, that is
the paragraph.  Where one does not, or the last line would be a single character, the set of breaks with the least
total cost is searched over the whole paragraph (shortest path over the feasible breaks).
"""

from __future__ import annotations

import functools
import operator
import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import NamedTuple

from ...typography import spacing
from .shape import Shaped

# Costs of a line, in the order of TYPOGRAPHY 4: reducing comes before enlarging, which moves every character off the
# grid. Half an em taken from a comma costs what a hundredth of an em added to each gap does.
COST_LINE_END = 1.0  # a mark at the line end to half an em (GB/T 15834-2011, 5.1.10)
COST_SHRINK = 2.0  # each em taken from marks and gaps inside the line (clreq 3.1.6.2)
COST_STRETCH = 120.0  # all gaps at their limit of 1/8 em (clreq 3.1.6.3); grows with the square
COST_HYPHEN = 20.0  # a divided word, where the style has words divided: rather than gaps opened by half of their limit
COST_BAD = 10_000.0  # a line that needs more than 1/8 em a gap
COST_RUNT = 50_000.0  # a last line of one character, which may not be (clreq, orphan)
STRETCH_LIMIT = 0.125
"""em a gap: a line that needs more is a bad line."""

SAME_COST = 1e-6
"""Paragraphs that differ by less cost the same, and the first found stays: rounding decides nothing."""

NEAR_FULL, FAR_FROM_FULL = 2, 5
"""How many breaks before the natural end of a line are tried, at first and where that is not enough."""

GOOD_LINE = 30.0
"""A line that costs more than this makes the paragraph worth a search."""

_CLOSERS = frozenset("CMP")
_GIVING = re.compile("[OCMPIs]")
_CLOSED = re.compile("WW+|TT+|[ND]+")
"""Characters between which no line is opened; nor is it before and behind the last."""


class Line(NamedTuple):
    """Characters first to last-1, drawn from `x` (points from the left of the measure).

    extra: points added behind a character (negative: taken from it), by its position; shift: added to a glyph's place
    where a mark loses its left half; natural: width as set; end: where the next line begins.
    """

    first: int
    last: int
    x: float
    extra: dict[int, float]
    shift: dict[int, float]
    width: float
    end: int


class Measure(NamedTuple):
    """Where lines stand, points from the left of the text area: width of the first line and of the later ones, and
    their indents.  trim_start: an opening bracket at the start of an indented first line loses its blank half too."""

    width: float
    first_indent: float = 0
    indent: float = 0
    trim_start: bool = False
    justify: bool = True
    hanging: bool = False


def break_lines(shaped: Shaped, measure: Measure) -> list[Line]:
    """The lines of a paragraph; at least one, which may be empty.

    A break the author set ends a line that is not justified.  A piece that fits no line is broken between characters.
    """
    breaker = _Breaker(shaped, measure)
    lines: list[Line] = []
    start = 0
    text = shaped.text
    while True:
        stop = text.find("\n", start)
        last = len(text) if stop < 0 else stop
        lines.extend(breaker.paragraph(start, last))
        if stop < 0:
            return lines
        start = stop + 1


class _Breaker:
    def __init__(self, shaped: Shaped, measure: Measure) -> None:
        self.s = shaped
        self.m = measure
        self.em = shaped.size
        gap_before = [0.0] * (len(shaped.text) + 1)
        for at in shaped.gaps:
            gap_before[at] = shaped.gap
        self.gap_before = gap_before
        # sums[i]: width of the characters before i, with the gaps before them; a line takes the gap at its start off.
        self.sums: list[float] = [0.0, *accumulate(map(operator.add, shaped.advance, gap_before))]

    @functools.cached_property
    def give(self) -> list[float]:
        """Sums of what the marks, spaces and gaps before each position can give, points."""
        s, em = self.s, self.em
        each = [0.0] * len(s.text)
        by_kind = {kind: spacing.shrinkable(kind, centred=s.centred) * em for kind in "OCMPI"}
        for found in _GIVING.finditer(s.classes):
            at, kind = found.start(), found[0]
            if kind == "s":
                each[at] = max(0.0, s.advance[at] - spacing.SPACE_LEAST * em)
            elif at not in s.left and at not in s.right:
                each[at] = by_kind[kind]
        for at in s.gaps:
            each[at] += s.gap - spacing.GAP_LEAST * em
        return [0.0, *accumulate(each)]

    @functools.cached_property
    def stretchable(self) -> list[int]:
        """How many of the places 1 to i-1 may be opened, for each i; place i is between characters i-1 and i.  Not
        inside a word, a number or a two-em mark, not beside a connector or solidus."""
        opened = bytearray(b"\1") * len(self.s.classes)
        opened[:1] = b"\0"[: len(opened)]
        for found in _CLOSED.finditer(self.s.classes):
            first, last = found.span()
            if found[0][0] in "ND":
                first, last = first - 1, min(last + 1, len(opened))
            opened[first + 1 : last] = bytes(last - first - 1)
        return list(accumulate(opened, initial=0))

    # --- A stretch between two set breaks -----------------------------------------------------------------------

    def paragraph(self, first: int, last: int) -> list[Line]:
        if first >= last:
            return [Line(first, last, self._indent(first), {}, {}, 0, last)]
        cuts = self._greedy(first, last)
        if cuts is None:
            cuts = self._search(first, last)
        lines = []
        start = first
        for cut in cuts:
            lines.append(self._line(start, cut, is_last=cut == last))
            start = cut
        return lines

    def _indent(self, start: int) -> float:
        return self.m.first_indent if start == 0 else self.m.indent

    def _room(self, start: int) -> float:
        return self.m.width - self._indent(start)

    def _visible_end(self, start: int, end: int) -> int:
        """The end of a line without the spaces that vanish there."""
        while end > start and self.s.classes[end - 1] == "s":
            end -= 1
        return end

    def _start_trim(self, start: int) -> float:
        """What an opening bracket at the line start loses."""
        if start >= len(self.s.classes) or self.s.classes[start] != "O" or start in self.s.left:
            return 0.0
        if start == 0 and self.m.first_indent > self.m.indent and not self.m.trim_start:
            return 0.0
        return spacing.HALF * self.em

    def _full(self, start: int) -> float:
        """Where in `sums` a line that begins at `start` is full."""
        return self.sums[start] + self.gap_before[start] + self._start_trim(start) + self._room(start)

    def _width(self, start: int, end: int) -> float:
        """The width of a line as it would be set without adjustment, with the hyphen of a divided word."""
        natural = self.sums[end] - self.sums[start] - self.gap_before[start] - self._start_trim(start)
        return natural + self.s.hyphens.get(end, 0.0)

    def _end_give(self, start: int, end: int) -> float:
        """What a mark at the line end can lose there, or all of it where stops hang."""
        at = end - 1
        kind = self.s.classes[at]
        if kind not in _CLOSERS:
            return 0.0
        if self.m.hanging and self.s.text[at] in "\u3001\uff0c\u3002":
            return self.s.advance[at]
        if at in self.s.right or (self.s.centred and kind != "C"):
            return 0.0
        return spacing.HALF * self.em

    def _cost(self, start: int, cut: int, full: float) -> float:
        """Cost of the justified line from start to cut; infinite where it cannot be squeezed enough.  full: `_full`
        of its start."""
        end = cut if self.s.classes[cut - 1] != "s" else self._visible_end(start, cut)
        if end <= start:
            return 0.0
        need, hyphen = full - self.sums[end], 0.0
        if end in self.s.hyphens:
            need, hyphen = need - self.s.hyphens[end], COST_HYPHEN
        if need >= -0.01:
            places = self.stretchable[end] - self.stretchable[start + 1]
            if need <= 0.01:
                return hyphen
            each = need / places / self.em if places > 0 else need / self.em
            cost = COST_STRETCH * (each / STRETCH_LIMIT) ** 2 + hyphen
            return cost if each <= STRETCH_LIMIT else COST_BAD + cost
        over = -need
        at_end = self._end_give(start, end)
        if over <= at_end + 0.01:
            return COST_LINE_END
        inside = self.give[end - 1] - self.give[start + 1] if end - 1 > start else 0.0
        if over > at_end + inside + 0.01:
            return float("inf")
        return COST_LINE_END + COST_SHRINK * (over - at_end) / self.em + hyphen

    def _furthest(self, full: float, last: int) -> int:
        """The last position up to which text fits at its natural width."""
        return min(bisect_right(self.sums, full + 0.01) - 1, last)

    def _greedy(self, first: int, last: int) -> list[int] | None:
        """Breaks found line by line, or None where a line comes out badly."""
        cuts: list[int] = []
        start = first
        while True:
            full = self._full(start)
            if self._fits_last(start, last, full):
                cuts.append(last)
                break
            cut, cost = self._best_cut(start, last, full)
            if cost > GOOD_LINE and self.m.justify:
                return None
            cuts.append(cut)
            start = cut
        return None if len(cuts) > 1 and self._is_runt(cuts[-2], last) else cuts

    def _fits_last(self, start: int, last: int, full: float) -> bool:
        end = self._visible_end(start, last)
        return end <= start or self.sums[end] <= full + self._end_give(start, end) + 0.01

    def _best_cut(self, start: int, last: int, full: float) -> tuple[int, float]:
        may = self.s.may
        furthest = max(self._furthest(full, last), start + 1)
        # Down from what fits, or from the spaces behind it, to a place where a line may end.
        cut = furthest
        while cut < last and self.s.classes[cut] == "s":
            cut += 1
        while cut > start + 1 and not (cut == last or (may[cut] and self._has_room(start, cut))):
            cut -= 1
        if cut <= start + 1 and not (cut < last and may[cut]):
            return furthest, COST_BAD  # one piece wider than the line: broken where the line ends
        if not self.m.justify:
            return cut, 0.0
        best, least = cut, self._cost(start, cut, full)
        for further in range(furthest + 1, min(furthest + 5, last) + 1):
            if further == last or may[further]:
                cost = self._cost(start, further, full)
                if cost < least:
                    best, least = further, cost
                break
        return best, least

    def _has_room(self, start: int, cut: int) -> bool:
        """Whether the hyphen of a word divided at `cut` fits."""
        return cut not in self.s.hyphens or self._width(start, cut) <= self._room(start) + 0.01

    def _is_runt(self, start: int, last: int) -> bool:
        """Whether a last line holds a single character, with or without its marks."""
        return sum(map(str.isalnum, self.s.text[start:last])) < 2

    # --- The search over the paragraph --------------------------------------------------------------------------

    def _search(self, first: int, last: int) -> list[int]:
        """Breaks of least total cost: among lines nearly full, and where these give no good paragraph among all."""
        cost, cuts = self._shortest(first, last, NEAR_FULL)
        return cuts if cost < COST_BAD else self._shortest(first, last, FAR_FROM_FULL)[1]

    def _shortest(self, first: int, last: int, reach: int) -> tuple[float, list[int]]:
        """The shortest path over feasible breaks, of which each start has `reach` before its line is full.  Each start
        is left once, in order, so the work is linear in the text."""
        best: dict[int, tuple[float, int]] = {first: (0.0, -1)}
        queue = [first]
        may = self.s.may
        at = 0
        while at < len(queue):
            start = queue[at]
            at += 1
            cost = best[start][0]
            for cut, more in self._candidates(start, last, may, reach):
                known = best.get(cut)
                if known is None or cost + more < known[0] - SAME_COST:
                    if known is None and cut < last:
                        _insert(queue, cut, at)
                    best[cut] = (cost + more, start)
        cuts = [last]
        while cuts[-1] != first:
            cuts.append(best[cuts[-1]][1])
        return best[last][0], cuts[-2::-1]

    def _candidates(self, start: int, last: int, may: bytearray, reach: int) -> list[tuple[int, float]]:
        out: list[tuple[int, float]] = []
        sums, give, em = self.sums, self.give, self.em
        full = self._full(start)
        furthest = max(self._furthest(full, last), start + 1)
        if self._fits_last(start, last, full):
            runt = COST_RUNT if start > 0 and self._is_runt(start, last) else 0.0
            out.append((last, runt))
        # Longer than natural: squeezed; no mark gives more than half an em, so a few characters on is the end.
        limit = full - give[start] + em
        cut = furthest + 1
        while cut < last and sums[cut] - give[cut] <= limit:
            if may[cut]:
                cost = self._justified(start, cut, full)
                if cost < float("inf"):
                    out.append((cut, cost))
            cut += 1
        found = 0
        cut = min(furthest, last - 1)
        while cut > start and found < reach:
            if may[cut]:
                cost = self._justified(start, cut, full)
                if cost < float("inf"):  # a hyphen may have no room
                    out.append((cut, cost))
                    found += 1
                    if cost > COST_BAD and reach == NEAR_FULL:
                        break
            cut -= 1
        if not out:
            out.append((min(furthest, last), COST_BAD))
        return out

    def _justified(self, start: int, cut: int, full: float) -> float:
        if self.m.justify:
            return self._cost(start, cut, full)
        end = self._visible_end(start, cut)
        short = (full - self.sums[end] - self.s.hyphens.get(end, 0.0)) / self.m.width
        return float("inf") if short < -0.001 else 10 * short * short

    # --- One line -----------------------------------------------------------------------------------------------

    def _line(self, start: int, cut: int, *, is_last: bool) -> Line:
        end = self._visible_end(start, cut)
        x = self._indent(start)
        if end <= start:
            return Line(start, start, x, {}, {}, 0, cut)
        extra = {at - 1: self.s.gap for at in self._gaps(start, end)}
        shift: dict[int, float] = {}
        if trim := self._start_trim(start):
            shift[start] = -trim
            extra[start] = extra.get(start, 0.0) - trim
        width = self._width(start, end)
        need = self._room(start) - width
        if need < -0.01:
            width += self._shrink(start, end, -need, extra, shift)
        elif need > 0.01 and self.m.justify and not is_last:
            width += self._stretch(start, end, need, extra)
        return Line(start, end, x, extra, shift, width, cut)

    def _gaps(self, start: int, end: int) -> list[int]:
        """The Han-western gaps inside a line."""
        gaps = self.s.gaps
        return gaps[bisect_right(gaps, start) : bisect_left(gaps, end)]

    def _shrink(self, start: int, end: int, over: float, extra: dict[int, float], shift: dict[int, float]) -> float:
        """Take `over` points from the line in the order of TYPOGRAPHY 4; returns the change of width (negative).

        Of each kind the last marks of the line yield first, so that the characters before them stay on the grid.
        """
        s, em = self.s, self.em
        held = s.classes[start + 1 : end - 1]
        left = over
        if (at_end := min(left, self._end_give(start, end))) > 0:
            extra[end - 1] = extra.get(end - 1, 0.0) - at_end
            left -= at_end
        for kind in spacing.SHRINK_ORDER:
            if left <= 0.001:
                break
            if kind == "gap":
                for at in reversed(self._gaps(start, end)):
                    taken = min(left, s.gap - spacing.GAP_LEAST * em)
                    extra[at - 1] -= taken
                    left -= taken
                continue
            if not any(letter in held for letter in kind):
                continue
            for at in range(end - 2, start, -1):
                if s.classes[at] not in kind or left <= 0.001:
                    continue
                taken = min(left, self._mark_give(at))
                if taken <= 0:
                    continue
                extra[at] = extra.get(at, 0.0) - taken
                if s.classes[at] == "O":
                    shift[at] = shift.get(at, 0.0) - taken
                elif s.classes[at] == "I":
                    shift[at] = shift.get(at, 0.0) - taken / 2
                left -= taken
        return left - over

    def _mark_give(self, at: int) -> float:
        s, em = self.s, self.em
        if s.classes[at] == "s":
            return max(0.0, s.advance[at] - spacing.SPACE_LEAST * em)
        if at in s.left or at in s.right:
            return 0.0
        return spacing.shrinkable(s.classes[at], centred=s.centred) * em

    def _stretch(self, start: int, end: int, need: float, extra: dict[int, float]) -> float:
        """Open the line by `need` points: word spaces to 1/2 em, Han-western gaps to 1/3 em, then every other place
        alike; returns the change of width."""
        s, em = self.s, self.em
        left = need
        words = [at for at in range(start, end) if s.classes[at] == "s"] if "s" in s.classes[start:end] else []
        if words:
            room = [max(0.0, spacing.SPACE_MOST * em - s.advance[at]) for at in words]
            left -= _spread(words, room, left, extra)
        western = [at - 1 for at in self._gaps(start, end)]
        if western and left > 0.001:
            left -= _spread(western, [spacing.GAP_MOST * em - s.gap] * len(western), left, extra)
        if left > 0.001:
            places = [at for at in range(start, end - 1) if self.stretchable[at + 2] > self.stretchable[at + 1]]
            places = places or words
            if not places:
                return need - left
            each = left / len(places)
            for at in places:
                extra[at] = extra.get(at, 0.0) + each
            left = 0.0
        return need - left


def _insert(queue: list[int], cut: int, at: int) -> None:
    """Put a start into the part of the queue not yet left, in order of the text."""
    place = len(queue)
    while place > at and queue[place - 1] > cut:
        place -= 1
    queue.insert(place, cut)


def _spread(places: list[int], room: list[float], amount: float, extra: dict[int, float]) -> float:
    """Open places alike, each up to its room; returns what was used."""
    share = min(1.0, amount / total) if (total := sum(room)) > 0 else 0.0
    for at, most in zip(places, room, strict=True):
        if most > 0:
            extra[at] = extra.get(at, 0.0) + most * share
    return total * share
