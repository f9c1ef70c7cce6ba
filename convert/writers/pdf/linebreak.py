"""A shaped paragraph -> lines that meet the measure (convert/README.md, Line composition 2 to 4).

Knows only widths, classes and the measure.  First a look ahead line by line: where every line comes out well, that is
the paragraph.  Where one does not, or the last line would be a single character, the set of breaks with the least
total cost is searched over the whole paragraph (shortest path over the feasible breaks).
"""

from __future__ import annotations

from bisect import bisect_right

from .justify import NEAR, STRETCH_LIMIT, Line, Measure, Setter
from .shape import Shaped

# Costs of a line, in the order of convert/README.md, Line composition 4: reducing comes before enlarging, which moves
# every character off the grid. Half an em taken from a comma costs what a hundredth of an em added to each gap does.
COST_LINE_END = 1.0  # a mark at the line end to half an em (GB/T 15834-2011, 5.1.10)
COST_SHRINK = 2.0  # each em taken from marks and gaps inside the line (clreq 3.1.6.2)
COST_STRETCH = 120.0  # all gaps at their limit of 1/8 em (clreq 3.1.6.3); grows with the square
COST_HYPHEN = 20.0  # a divided word, where the style has words divided: rather than gaps opened by half of their limit
COST_BAD = 10_000.0  # a line that needs more than 1/8 em a gap
COST_RUNT = 50_000.0  # a last line of one character, which may not be (clreq, orphan)
SAME_COST = 1e-6
"""Paragraphs that differ by less cost the same, and the first found stays: rounding decides nothing."""

NEAR_FULL, FAR_FROM_FULL = 2, 5
"""How many breaks before the natural end of a line are tried, at first and where that is not enough."""

GOOD_LINE = 30.0
"""A line that costs more than this makes the paragraph worth a search."""


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


class _Breaker(Setter):
    """Finds where the lines of a paragraph end."""

    # --- A stretch between two set breaks -----------------------------------------------------------------------

    def paragraph(self, first: int, last: int) -> list[Line]:
        if first >= last:
            return [Line(first, last, self.indent(first), {}, {}, 0, last)]
        cuts = self._greedy(first, last)
        if cuts is None:
            cuts = self._search(first, last)
        lines = []
        start = first
        for cut in cuts:
            lines.append(self.line(start, cut, is_last=cut == last))
            start = cut
        return lines

    def _cost(self, start: int, cut: int, full: float) -> float:
        """Cost of the justified line from start to cut; infinite where it cannot be squeezed enough.  full: `full`
        of its start."""
        end = cut if self.classes[cut - 1] != "s" else self.visible_end(start, cut)
        if end <= start:
            return 0.0
        need, hyphen = full - self.sums[end], 0.0
        if self.s.hyphens and end in self.s.hyphens:
            need, hyphen = need - self.s.hyphens[end], COST_HYPHEN
        if need >= -NEAR:
            if need <= NEAR:
                return hyphen
            places = self.opened.count(1, start + 1, end)
            each = need / places / self.em if places > 0 else need / self.em
            if each > STRETCH_LIMIT:  # it will be ragged: the fewer such lines the better, and the shorter what is free
                return COST_BAD + COST_STRETCH * need / self.m.width + hyphen
            return COST_STRETCH * (each / STRETCH_LIMIT) ** 2 + hyphen
        over = -need
        at_end = self.end_give(end)
        if over <= at_end + NEAR:
            return COST_LINE_END
        inside = self.give[end - 1] - self.give[start + 1] if end - 1 > start else 0.0
        if over > at_end + inside + NEAR:
            return float("inf")
        return COST_LINE_END + COST_SHRINK * (over - at_end) / self.em + hyphen

    def _furthest(self, full: float, last: int) -> int:
        """The last position up to which text fits at its natural width."""
        return min(bisect_right(self.sums, full + NEAR) - 1, last)

    def _greedy(self, first: int, last: int) -> list[int] | None:
        """Breaks found line by line, or None where a line comes out badly."""
        cuts: list[int] = []
        start = first
        tail, least = self._tail(first, last)
        while True:
            full = self.full(start)
            if tail <= start or least <= full + NEAR:
                cuts.append(last)
                break
            cut, cost = self._best_cut(start, last, full)
            if cost > GOOD_LINE and self.m.justify:
                return None
            cuts.append(cut)
            start = cut
        return None if len(cuts) > 1 and self._is_runt(cuts[-2], last) else cuts

    def _tail(self, first: int, last: int) -> tuple[int, float]:
        """Where the last line ends without the spaces that vanish there, and where in `sums` that is at the least."""
        end = self.visible_end(first, last)
        return end, self.sums[end] - self.end_give(end)

    def _best_cut(self, start: int, last: int, full: float) -> tuple[int, float]:
        may = self.s.may
        furthest = max(self._furthest(full, last), start + 1)
        # Down from what fits, or from the spaces behind it, to a place where a line may end.
        cut = furthest
        while cut < last and self.classes[cut] == "s":
            cut += 1
        while cut > start + 1 and not (cut == last or (may[cut] and self._has_room(start, cut))):
            cut -= 1
        if cut <= start + 1 and not (cut < last and may[cut]):
            return furthest, COST_BAD  # one piece wider than the line: broken where the line ends
        if not self.m.justify:
            return cut, 0.0
        best, least = cut, self._cost(start, cut, full)
        if least <= 0.0:
            return best, least
        for further in range(furthest + 1, min(furthest + 5, last) + 1):
            if further == last or may[further]:
                cost = self._cost(start, further, full)
                if cost < least:
                    best, least = further, cost
                break
        return best, least

    def _has_room(self, start: int, cut: int) -> bool:
        """Whether the hyphen of a word divided at `cut` fits."""
        return cut not in self.s.hyphens or self.width(start, cut) <= self.m.width - self.indent(start) + NEAR

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
        tail = self._tail(first, last)
        at = 0
        while at < len(queue):
            start = queue[at]
            at += 1
            cost = best[start][0]
            for cut, more in self._candidates(start, last, tail, reach):
                known = best.get(cut)
                if known is None or cost + more < known[0] - SAME_COST:
                    if known is None and cut < last:
                        _insert(queue, cut, at)
                    best[cut] = (cost + more, start)
        cuts = [last]
        while cuts[-1] != first:
            cuts.append(best[cuts[-1]][1])
        return best[last][0], cuts[-2::-1]

    def _candidates(self, start: int, last: int, tail: tuple[int, float], reach: int) -> list[tuple[int, float]]:
        out: list[tuple[int, float]] = []
        may, sums, give, em = self.s.may, self.sums, self.give, self.em
        full = self.full(start)
        furthest = max(self._furthest(full, last), start + 1)
        if tail[0] <= start or tail[1] <= full + NEAR:
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
        end = self.visible_end(start, cut)
        short = (full - self.sums[end] - self.s.hyphens.get(end, 0.0)) / self.m.width
        return float("inf") if short < -0.001 else 10 * short * short


def _insert(queue: list[int], cut: int, at: int) -> None:
    """Put a start into the part of the queue not yet left, in order of the text."""
    place = len(queue)
    while place > at and queue[place - 1] > cut:
        place -= 1
    queue.insert(place, cut)
