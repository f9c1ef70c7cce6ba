"""Levels of headings: the order in which the families of marks nest in a part, so that no level is skipped.

A decimal number's depth is the number of its components.  Headings without a mark are one family, wider than the
numbers where these begin again below them, and else within them.
"""

from __future__ import annotations

import bisect
import itertools
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from ...zh.characters import simplified
from ...zh.marks import Mark, divisions, leaves, rank_of, strong
from ...zh.patterns import pattern
from ...zh.sections import BESIDE, LAST, named_division
from .. import limits
from .evidence import SeenLine
from .heads import LONE
from .series import family_of

_ELEMENT = pattern("h[1-6]")


class HeadCount:
    """Where the numbers of a part's headings stand, to tell which of them count on."""

    def __init__(self, lines: Sequence[SeenLine], heads: Sequence[int]) -> None:
        self.of: dict[str, list[int]] = defaultdict(list)
        self.first: dict[str, list[int]] = defaultdict(list)
        self.said: dict[tuple[str, tuple[int, ...]], list[int]] = defaultdict(list)
        for at in heads:
            if (mark := lines[at].mark) is not None:
                family = base_of(mark)
                self.of[family].append(at)
                self.said[family, mark.path].append(at)
                if mark.value == 1:
                    self.first[family].append(at)

    def next(self, family: str, path: tuple[int, ...], after: int) -> int:
        """Where the number comes next, or far away."""
        return _next(self.said.get((family, path), ()), after)

    def follower(self, family: str, path: tuple[int, ...], after: int) -> int:
        """Where a number comes next that counts on from this one; one may be missing."""
        return min(self.next(family, (*path[:-1], path[-1] + step), after) for step in (1, 2))

    def outer(self, family: str, path: tuple[int, ...], at: int) -> int:
        """Where a number is counted on from that stood before those that begin again here, or far away."""
        place = at
        for value in range(2, limits.WITHIN):
            following = self.next(family, (value,), place)
            if following >= _next(self.first[family], place):
                break
            place = following
        going = self.follower(family, path, place)
        return going if going < _next(self.first[family], place) else FAR_AWAY


FAR_AWAY = sys.maxsize


def _next(places: Sequence[int], after: int) -> int:
    found = bisect.bisect_right(places, after)
    return places[found] if found < len(places) else FAR_AWAY


def base_of(mark: Mark) -> str:
    """The family whose levels a mark shares: `1 ` counts with `1.`."""
    family = family_of(mark)
    return "arabic" if family == "decimal1" else family


class Open(NamedTuple):
    """A family in force, with the latest of its numbers.  leaf: nothing nests in it."""

    family: str
    leaf: bool = False
    path: tuple[int, ...] = ()


class Levels:
    """The families in force, from the widest; a family's place among them is its level."""

    def __init__(self, counting: HeadCount) -> None:
        self.open: list[Open] = []
        self.counting = counting

    def __contains__(self, family: str) -> bool:
        return any(one.family == family for one in self.open)

    def holds(self, family: str, other: str) -> bool:
        """One family in force stands above another."""
        names = [one.family for one in self.open]
        return family in names and other in names[names.index(family) :]

    def enter(self, family: str, *, wide: bool = False) -> int:
        """The level of a heading without a mark that begins here.  wide: it holds all others."""
        names = [one.family for one in self.open]
        if wide:
            self.open = []
        elif family in names:
            del self.open[names.index(family) :]
        elif _ELEMENT.fullmatch(family):
            while names and _ELEMENT.fullmatch(names[-1]) and names[-1] > family:
                self.open.pop()
                names.pop()
        else:
            while self.open and (self.open[-1].leaf or _narrower(self.open[-1].family, family)):
                self.open.pop()
        self.open.append(Open(family))
        return len(self.open)

    def count(self, family: str, path: tuple[int, ...], at: int, *, leaf: bool = False) -> int:
        """The level of a numbered heading."""
        if len(path) > 1:
            around = [place for place, one in enumerate(self.open) if one.path and one.path == path[: len(one.path)]]
            del self.open[around[-1] + 1 if around else len(self.open) :]
        own = [place for place, one in enumerate(self.open) if one.family == family]
        steps = {place: path[-1] - (self.open[place].path or (0,))[-1] for place in own}
        going = [place for step in (2, 1) for place in own if steps[place] == step]  # one may be missing
        if own:
            place = (going or own)[-1]
            if not going and path == (1,) and not leaf and self._is_within(place, at):
                self._pop_leaves()
            else:
                del self.open[place:]
        else:
            while self.open and (
                self.open[-1].leaf
                or (_narrower(self.open[-1].family, family) and not self.goes_on(len(self.open) - 1, at))
            ):
                self.open.pop()
        self.open.append(Open(family, leaf, path))
        return len(self.open)

    def _pop_leaves(self) -> None:
        while self.open[-1].leaf:
            self.open.pop()

    def _is_within(self, place: int, at: int) -> bool:
        """The numbers that begin again here stand within one of their own family that is counted on from later."""
        family, _, path = self.open[place]
        if any(
            len(one.path) > 1
            and one.path[: len(path)] == path
            and self.counting.follower(one.family, one.path, at) < FAR_AWAY
            for one in self.open[place + 1 :]
        ):
            return True  # `1.` between 2.1 and 2.2 is no other 1
        return bool(path) and self._is_before_wider(place, at, self.counting.outer(family, path, at))

    def _is_before_wider(self, place: int, after: int, going: int) -> bool:
        """A place comes before a number of a family that is wider than one in force."""
        return going < FAR_AWAY and all(
            not one.path or one.family == self.open[place].family or _next(self.counting.of[one.family], after) > going
            for one in self.open[:place]
        )

    def goes_on(self, place: int, after: int) -> bool:
        """The numbers of a family in force count on after a line, before they or wider ones begin again."""
        family, leaf, path = self.open[place]
        if leaf or not path or not path[-1]:
            return False
        going = self.counting.follower(family, path, after)
        return _next(self.counting.first[family], after) > going and self._is_before_wider(place, after, going)

    def any_goes_on(self, after: int, below: int = 0) -> bool:
        """Some numbers below a level count on after a line."""
        return any(self.goes_on(place, after) for place in range(below, len(self.open)))

    def settle(self, level: int) -> None:
        """Puts the family that was entered last at a level that is known."""
        last = self.open[-1:] or [Open("")]
        wider = self.open[:-1][: level - 1]
        self.open = wider + [Open("")] * (level - 1 - len(wider)) + last


def _narrower(family: str, than: str) -> bool:
    """Both are ranked, and `family` cannot hold `than`."""
    if than in _LEAVES or family in _LEAVES or than in leaves() or family in leaves():
        return False
    return _rank(family, 0) > _rank(than, 99)


_LEAVES = frozenset({"lead-wide", "lead-narrow", "bare", "under bare", "inner", "notes"})


def _rank(family: str, default: float) -> float:
    """A family's place from the widest; decimal numbers of one component are as wide as `1.`, deeper ones narrower."""
    if family.startswith("decimal"):
        return rank_of("arabic", 0) + (int(family[7:]) - 1) / 10
    if family == "named":
        return rank_of("chapter", 0)
    return rank_of(family, default)  # type: ignore[arg-type]


def levels_of(
    lines: Sequence[SeenLine], states: Sequence[str], leads: dict[int, str], styles: dict[int, str]
) -> list[int]:
    """A level for each heading and run-in heading, 0 for other lines.  styles: families of headings by their looks."""
    out = [0] * len(lines)
    first = 0
    while first < len(lines):
        end = next((at for at in range(first + 1, len(lines)) if states[at] == "X"), len(lines))
        _part(lines, states, leads, styles, range(first, end), out)
        first = end
    return out


def _part(
    lines: Sequence[SeenLine],
    states: Sequence[str],
    leads: dict[int, str],
    styles: dict[int, str],
    places: range,
    out: list[int],
) -> None:
    heads = [at for at in places if states[at] in ("H", "R")]
    levels = Levels(HeadCount(lines, heads))
    families = {family_of(mark) for at in heads if (mark := lines[at].mark)}
    widest = next((family for family in divisions() if family in families), "")
    place = ""
    framed = _framed_within(lines, heads)
    dashes = _above_numbers(lines, states, heads, levels.counting)
    below = {
        at for at in heads if at and states[at] == "H" and not lines[at].mark and LONE.fullmatch(lines[at - 1].text)
    }
    plain = [at for at in heads if states[at] == "H" and at not in styles and at not in leads and at not in below]
    under = _under_others(lines, plain)
    for at in places:
        line, state = lines[at], states[at]
        if state in ("X", "x"):
            out[at] = 1
        elif state not in ("H", "R"):
            continue
        elif at in dashes and not levels.any_goes_on(at):
            out[at] = levels.enter("dash", wide=True)
        elif line.mark is not None:
            family = base_of(line.mark)
            if family == "named":
                family = next((name for name in ("chapter", "scene") if name in families), family)
            out[at] = levels.count(family, line.mark.path, at, leaf=state == "R" and family in leaves())
        elif at in styles:
            out[at] = levels.enter(styles[at])
        elif at in leads:
            out[at] = _lead(line, state, leads[at], levels)
        elif "note-title" in line.forms:
            levels.open = []
            out[at] = levels.enter("notes", wide=True)
        elif named := named_division(line.text) if line.size <= 12 else None:
            beside = named == "beside" and not widest
            out[at] = levels.enter("part" if named == "part" else widest or "bare", wide=not widest)
            if beside:
                levels.open = []
        elif "framed" in line.forms and framed and "bare" in levels:
            out[at] = levels.enter("framed")
        elif at in below:
            out[at] = levels.enter("below number")
        elif at in under and "bare" in levels:
            out[at] = levels.enter("under bare")
        else:
            found = _bare_place(lines, states, heads, at, levels, place)
            inner = found == "within" and place == "hold" and "bare" in levels
            out[at] = levels.enter("inner" if inner else "bare", wide=found != "within")
            if found == "beside":
                levels.open = []
            elif not inner:
                place = found
        if (said := line.unit.hand) is not None and said.level and out[at]:
            levels.settle(said.level)
            out[at] = said.level


def _above_numbers(
    lines: Sequence[SeenLine], states: Sequence[str], heads: Sequence[int], counting: HeadCount
) -> frozenset[int]:
    """Headings behind a dash on lines of their own, where numbers begin below one that begin elsewhere too."""
    dashes = frozenset(at for at in heads if states[at] == "H" and (mark := lines[at].mark) and mark.family == "dash")
    above = [
        mark
        for at, after in itertools.pairwise(heads)
        if at in dashes and (mark := lines[after].mark) and mark.path == (1,) and len(counting.first[base_of(mark)]) > 1
    ]
    return dashes if above else frozenset()


def _under_others(lines: Sequence[SeenLine], heads: Sequence[int]) -> set[int]:
    """Headings without a mark that stand below another: right below it, and after such a one, until a heading comes
    that has again one right below it, or below questions one that asks nothing; and those that a text says again and
    again."""
    bare = [at for at in heads if lines[at].mark is None]
    there, all_heads, out = set(bare), set(heads), set[int]()
    said = Counter(lines[at].key for at in bare)
    once = 1 in said.values()  # where all come again none holds the others
    colons = {at for at in bare if lines[at].end == "colon"}
    labels = len(colons) > 1 and bare[0] not in colons
    asked = all(_asks(lines[at]) for at in bare if at - 1 in there)
    opened = False
    for at in bare:
        again = once and said[lines[at].key] > 1 and at != bare[0]
        if _is_beside(lines[at]):
            opened = False
        elif labels and at in colons and at + 1 not in all_heads:
            out.add(at)
        elif at - 1 in there:
            opened = True
            out.add(at)
        elif opened and asked and not _asks(lines[at]) and not again:
            opened = False
        elif (opened or again) and at + 1 not in all_heads:
            out.add(at)
    return out


def _asks(line: SeenLine) -> bool:
    return line.end == "ask"


def _stand_above(lines: Sequence[SeenLine], heads: Sequence[int], mark: Mark) -> bool:
    """Headings without a mark stand right above ones with a mark, again and again, and one above the first of all,
    which is of the same family."""
    above = sum(
        after == at + 1 and lines[at].mark is None and lines[after].mark is not None
        for at, after in itertools.pairwise(heads)
    )
    first = next((found for at in heads if (found := lines[at].mark)), mark)
    return above > 1 and lines[heads[0]].mark is None and first.family == mark.family


def _is_beside(line: SeenLine) -> bool:
    return BESIDE.fullmatch(simplified(line.text.strip("\u3010\u3011\uff1a: "))) is not None


def _framed_within(lines: Sequence[SeenLine], heads: Sequence[int]) -> bool:
    """Headings in brackets stand below those without any, again and again, or right below one."""
    pairs = [
        after - at
        for at, after in itertools.pairwise(heads)
        if lines[at].mark is None and "framed" not in lines[at].forms and "framed" in lines[after].forms
    ]
    return len(pairs) > 1 or 1 in pairs


def _lead(line: SeenLine, state: str, kind: str, levels: Levels) -> int:
    if state == "R":
        return len([one for one in levels.open if not one.leaf]) + 1
    return levels.enter("lead-narrow" if kind == "detached-narrow" else "lead-wide")


def _bare_place(
    lines: Sequence[SeenLine], states: Sequence[str], heads: Sequence[int], at: int, levels: Levels, before: str
) -> str:
    """Where a heading without a mark stands to numbers: it may `hold` those that begin below it, stand `beside` the
    widest, or `within` one that others follow.  before: what the last one did."""
    if _is_beside(lines[at]):
        return "beside"
    position = heads.index(at)
    after = lines[heads[position + 1]].mark if position + 1 < len(heads) else None
    marks = [mark for other in heads[:position] if (mark := lines[other].mark) and mark.family not in leaves()]
    if not marks and _is_before_all(lines, states, heads[position:], levels.counting):
        return "beside"
    if after is not None and after.value == 1:
        family = base_of(after)
        if family in divisions() and "framed" in lines[at].forms:
            return "beside"
        if before == "within" and levels.holds("bare", family):
            return "within"
        return "hold" if not levels.open or family in levels or before == "hold" else "within"
    if not marks:
        return "hold"
    last = marks[-1]
    if after is not None and heads[position + 1] == at + 1 and before != "within" and _stand_above(lines, heads, after):
        return "hold"  # sections over which questions or clauses count on
    if levels.any_goes_on(at, 2 if before == "hold" else 0):  # right below one that holds they count over sections
        return "within"
    going = next((mark for other in heads[position + 1 :] if (mark := lines[other].mark)), None)
    if going is not None and going.family == last.family and going.value == last.value + 1:
        return "within"
    if going is None and LAST.fullmatch(simplified(lines[at].bare)):
        return "hold"
    return before or "within"


def _is_before_all(lines: Sequence[SeenLine], states: Sequence[str], heads: Sequence[int], counting: HeadCount) -> bool:
    """Headings without a mark above text, and then numbers that head the rest: they count once, and where they may be
    those of items such headings stand between them or nowhere below."""
    marked = next((at for at in heads if lines[at].mark is not None), None)
    if marked is None or states[marked] != "H" or heads[heads.index(marked) - 1] == marked - 1:
        return False
    mark = lines[marked].mark
    assert mark is not None
    family = base_of(mark)
    own = counting.of[family]
    if mark.value != 1 or len(own) < limits.COUNTED or counting.first[family] != [marked]:
        return False
    bare = [at for at in heads if at > marked and lines[at].mark is None and not _is_beside(lines[at])]
    return family in strong() or not bare or bare[0] < own[-1]
