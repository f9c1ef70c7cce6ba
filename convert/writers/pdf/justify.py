"""One line of a shaped paragraph: how wide it is, what it can give, and how it is made to meet the measure.

In: a paragraph, a measure, and where the line begins and ends.  Out: a `Line`, with what is added behind and taken from
each of its characters, in the order of convert/README.md, Line composition 4 (clreq 3.1.6 and 3.2).
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import msgspec

from ...typography import Class, spacing
from .shape import Shaped

NEAR = 0.01
"""Points: widths that differ by less are equal."""

_LEAST = 0.001
"""Points: less is not worth moving a character for."""

STRETCH_LIMIT = 0.125
"""em a gap: a line that needs more is a bad line."""

_CLOSERS = frozenset("CMP")
_GIVING = re.compile("[OCMPIs]")
_CLOSED = re.compile("WW+|TT+|[ND]+")
"""Characters between which no line is opened; nor is it before and behind the last."""


class Line(msgspec.Struct, frozen=True):
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


class Setter:
    """The widths of a paragraph, and its lines set one by one."""

    def __init__(self, shaped: Shaped, measure: Measure) -> None:
        self.s = shaped
        self.m = measure
        self.em = shaped.size
        self.classes = shaped.classes
        self.gap_places = frozenset(shaped.gaps)
        widths = shaped.advance
        if shaped.gaps:
            widths = list(widths)
            for at in shaped.gaps:
                widths[at] += shaped.gap
        # sums[i]: width of the characters before i, with the gaps before them; a line takes the gap at its start off.
        self.sums: list[float] = list(accumulate(widths, initial=0.0))

    @functools.cached_property
    def give(self) -> list[float]:
        """Sums of what the marks, spaces and gaps before each position can give, points."""
        s, em = self.s, self.em
        by_kind = _gives(em, s.centred, s.japanese)
        each = list(map(by_kind.__getitem__, s.classes))
        for at in (*s.left, *s.right):
            each[at] = 0.0
        if "s" in s.classes:
            for at in self._spaces(0, len(each)):
                each[at] = max(0.0, s.advance[at] - spacing.SPACE_LEAST * em)
        for at in s.gaps:
            each[at] += s.gap - spacing.GAP_LEAST * em
        return list(accumulate(each, initial=0.0))

    @functools.cached_property
    def opened(self) -> bytearray:
        """1 for each character before which the line may be opened.  Not inside a word, a number or a two-em mark, not
        beside a connector or solidus."""
        opened = bytearray(b"\1") * len(self.classes)
        opened[:1] = b"\0"[: len(opened)]
        for found in _CLOSED.finditer(self.classes):
            first, last = found.span()
            if found[0][0] in "ND":
                first, last = first - 1, min(last + 1, len(opened))
            opened[first + 1 : last] = bytes(last - first - 1)
        return opened

    def indent(self, start: int) -> float:
        """The indent of the line that begins at a character, points."""
        return self.m.first_indent if start == 0 else self.m.indent

    def visible_end(self, start: int, end: int) -> int:
        """The end of a line without the spaces that vanish there."""
        while end > start and self.classes[end - 1] == "s":
            end -= 1
        return end

    def start_trim(self, start: int) -> float:
        """What an opening bracket at the line start loses."""
        if start in self.s.left:
            return 0.0
        if start == 0 and self.m.first_indent > self.m.indent and not self.m.trim_start:
            return 0.0
        return spacing.HALF * self.em

    def end_give(self, end: int) -> float:
        """What a mark at the line end can lose there, or all of it where stops hang."""
        at = end - 1
        kind = self.classes[at]
        if kind not in _CLOSERS:
            return 0.0
        if self.m.hanging and self.s.text[at] in "\u3001\uff0c\u3002":
            return self.s.advance[at]
        if at in self.s.right or (self.s.centred and kind != "C"):
            return 0.0
        return spacing.HALF * self.em

    def width(self, start: int, end: int) -> float:
        """The width of a line as it would be set without adjustment, with the hyphen of a divided word."""
        natural = self.sums[end] - self.sums[start]
        if start in self.gap_places:
            natural -= self.s.gap
        if self.classes[start] == "O":
            natural -= self.start_trim(start)
        return natural + self.s.hyphens.get(end, 0.0)

    def full(self, start: int) -> float:
        """Where in `sums` a line that begins at `start` is full."""
        begin = self.sums[start]
        if start in self.gap_places:
            begin += self.s.gap
        if self.classes.startswith("O", start):  # the text may end here
            begin += self.start_trim(start)
        return begin + (self.m.width - self.indent(start))

    def line(self, start: int, cut: int, *, is_last: bool) -> Line:
        """The line that begins at `start`, the next at `cut`; the last one is not stretched."""
        end = self.visible_end(start, cut)
        x = self.indent(start)
        if end <= start:
            return Line(start, start, x, {}, {}, 0, cut)
        extra = {at - 1: self.s.gap for at in self._gaps(start, end)} if self.s.gaps else {}
        shift: dict[int, float] = {}
        if self.classes[start] == "O" and (trim := self.start_trim(start)):
            shift[start] = -trim
            extra[start] = extra.get(start, 0.0) - trim
        width = self.width(start, end)
        need = self.m.width - x - width
        if need < -NEAR:
            width += self._shrink(start, end, -need, extra, shift)
        elif need > NEAR and self.m.justify and not is_last:
            width += self._stretch(start, end, need, extra)
        return Line(start, end, x, extra, shift, width, cut)

    def _gaps(self, start: int, end: int) -> Sequence[int]:
        """The Han-western gaps inside a line."""
        gaps = self.s.gaps
        return gaps[bisect_right(gaps, start) : bisect_left(gaps, end)]

    def _spaces(self, start: int, end: int) -> list[int]:
        return [at for at in range(start, end) if self.classes[at] == "s"] if "s" in self.classes[start:end] else []

    def _shrink(self, start: int, end: int, over: float, extra: dict[int, float], shift: dict[int, float]) -> float:
        """Take `over` points from the line in the order of convert/README.md, Line composition 4; returns the change of
        width (negative).

        All of a kind yield alike (clreq 3.2.4): one comma at half an em beside others at a whole one catches the eye.
        """
        left = over
        if (at_end := min(left, self.end_give(end))) > 0:
            extra[end - 1] = extra.get(end - 1, 0.0) - at_end
            left -= at_end
        if left <= _LEAST:
            return left - over
        marks = [(mark.start(), mark[0]) for mark in _GIVING.finditer(self.classes, start + 1, end - 1)]
        for kind in spacing.SHRINK_ORDER:
            if left <= _LEAST:
                break
            if kind == "gap":
                places = [at - 1 for at in self._gaps(start, end)]
                room = [self.s.gap - spacing.GAP_LEAST * self.em] * len(places)
            else:
                places = [at for at, own in marks if own in kind]
                room = [self._mark_give(at) for at in places]
            for at, taken in zip(places, _alike(room, left), strict=True):
                if taken > 0:
                    self._take(at, taken, extra, shift, mark=kind != "gap")
                    left -= taken
        return left - over

    def _take(self, at: int, taken: float, extra: dict[int, float], shift: dict[int, float], *, mark: bool) -> None:
        """Take from what is behind a character, or from the blank of a mark, which is on its left or on both sides."""
        extra[at] = extra.get(at, 0.0) - taken
        if mark and self.classes[at] == "O":
            shift[at] = shift.get(at, 0.0) - taken
        elif mark and self.classes[at] == "I":
            shift[at] = shift.get(at, 0.0) - taken / 2

    def _mark_give(self, at: int) -> float:
        s, em = self.s, self.em
        if s.classes[at] == "s":
            return max(0.0, s.advance[at] - spacing.SPACE_LEAST * em)
        if at in s.left or at in s.right:
            return 0.0
        return _gives(em, s.centred, s.japanese)[s.classes[at]]

    def _stretch(self, start: int, end: int, need: float, extra: dict[int, float]) -> float:
        """Open the line by `need` points: word spaces to 1/2 em, Han-western gaps to 1/3 em, then every other place
        alike; returns the change of width.  A line that would be opened by more than the limit, for what follows is
        long and cannot be broken, is left as it is: ragged, not spaced out."""
        s, em, opened = self.s, self.em, self.opened
        words = self._spaces(start, end)
        room = [max(0.0, spacing.SPACE_MOST * em - s.advance[at]) for at in words]
        western = [at - 1 for at in self._gaps(start, end)]
        more = [spacing.GAP_MOST * em - s.gap] * len(western)
        count = opened.count(1, start + 1, end) or len(words)
        if need > sum(room) + sum(more) + count * (STRETCH_LIMIT * em + NEAR):
            return 0.0
        left = need - _spread(words, room, need, extra) if words else need
        if western and left > _LEAST:
            left -= _spread(western, more, left, extra)
        if left > _LEAST and count:
            places = [at for at in range(start, end - 1) if opened[at + 1]] or words
            each = left / len(places)
            for at in places:
                extra[at] = extra.get(at, 0.0) + each
            left = 0.0
        return need - left


@functools.lru_cache(maxsize=64)
def _gives(em: float, centred: bool, japanese: bool) -> dict[str, float]:
    """Class -> what a mark of it can give, points."""
    return {kind.value: spacing.shrinkable(kind, centred=centred, japanese=japanese) * em for kind in Class}


def _alike(room: list[float], amount: float) -> list[float]:
    """What each of some places gives of an amount: all the same share of what they can give."""
    share = min(1.0, amount / total) if (total := sum(room)) > 0 else 0.0
    return [most * share for most in room]


def _spread(places: list[int], room: list[float], amount: float, extra: dict[int, float]) -> float:
    """Open places alike, each up to its room; returns what was used."""
    used = 0.0
    for at, more in zip(places, _alike(room, amount), strict=True):
        if more > 0:
            extra[at] = extra.get(at, 0.0) + more
            used += more
    return used
