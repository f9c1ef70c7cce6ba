"""Levels of headings: the order in which the families of marks nest in a part, so that no level is skipped.

A decimal number's depth is the number of its components.  Headings without a mark are one family, wider than the
numbers where these begin again below them, and else within them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence

from ...zh.characters import simplified
from ...zh.marks import divisions, leaves, rank_of
from ...zh.patterns import pattern
from ...zh.sections import BESIDE, named_division
from .evidence import SeenLine
from .series import family_of

_ELEMENT = pattern("h[1-6]")


class Levels:
    """The families in force, from the widest; a family's place among them is its level."""

    def __init__(self) -> None:
        self.open: list[tuple[str, bool]] = []

    def enter(self, family: str, *, leaf: bool = False, wide: bool = False) -> int:
        """The level of a heading that begins here.  leaf: nothing will nest in it; wide: it holds all others."""
        names = [name for name, _ in self.open]
        if family in names:
            del self.open[names.index(family) :]
        elif wide:
            self.open = []
        elif _ELEMENT.fullmatch(family):
            while names and _ELEMENT.fullmatch(names[-1]) and names[-1] > family:
                self.open.pop()
                names.pop()
        else:
            while self.open and (self.open[-1][1] or _narrower(self.open[-1][0], family)):
                self.open.pop()
        self.open.append((family, leaf))
        return len(self.open)

    def settle(self, level: int) -> None:
        """Puts the family that was entered last at a level that is known."""
        last = self.open[-1:] or [("", False)]
        wider = self.open[:-1][: level - 1]
        self.open = wider + [("", False)] * (level - 1 - len(wider)) + last


def _narrower(family: str, than: str) -> bool:
    """Both are ranked, and `family` cannot hold `than`."""
    if than in _LEAVES or family in _LEAVES or than in leaves() or family in leaves():
        return False
    return _rank(family, 0) > _rank(than, 99)


_LEAVES = frozenset({"lead-wide", "lead-narrow", "bare", "under bare", "notes"})


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
    levels = Levels()
    heads = [at for at in places if states[at] in ("H", "R")]
    families = {family_of(mark) for at in heads if (mark := lines[at].mark)}
    widest = next((family for family in divisions() if family in families), "chapter")
    place = ""
    framed = _framed_within(lines, heads)
    under = _under_others(lines, [at for at in heads if states[at] == "H" and at not in styles and at not in leads])
    for at in places:
        line, state = lines[at], states[at]
        if state in ("X", "x"):
            out[at] = 1
        elif state not in ("H", "R"):
            continue
        elif line.mark is not None:
            family = family_of(line.mark)
            if family == "named":
                family = next((name for name in ("chapter", "scene") if name in families), family)
            out[at] = levels.enter(family, leaf=state == "R" and family in leaves())
        elif at in styles:
            out[at] = levels.enter(styles[at])
        elif at in leads:
            out[at] = _lead(line, state, leads[at], levels)
        elif "note-title" in line.forms:
            levels.open = []
            out[at] = levels.enter("notes", wide=True)
        elif named := named_division(line.text) if line.size <= 12 else None:
            out[at] = levels.enter("part" if named == "part" else widest)
        elif "framed" in line.forms and framed and any(name == "bare" for name, _ in levels.open):
            out[at] = levels.enter("framed")
        elif at in under and any(name == "bare" for name, _ in levels.open):
            out[at] = levels.enter("under bare")
        else:
            found = _bare_place(lines, heads, at, levels, place)
            out[at] = levels.enter("bare", wide=found != "within")
            if found == "beside":
                levels.open = []
            else:
                place = found
        if (said := line.unit.hand) is not None and said.level and out[at]:
            levels.settle(said.level)
            out[at] = said.level


def _under_others(lines: Sequence[SeenLine], heads: Sequence[int]) -> set[int]:
    """Headings without a mark that stand below another: right below it, and after such a one, until a heading comes
    that has again one right below it; and those that a text says again and again."""
    bare = [at for at in heads if lines[at].mark is None]
    there, out = set(bare), set[int]()
    said = Counter(lines[at].key for at in bare)
    once = 1 in said.values()  # where all come again none holds the others
    opened = False
    for at in bare:
        if _is_beside(lines[at]):
            opened = False
        elif at - 1 in there:
            opened = True
            out.add(at)
        elif (opened or (once and said[lines[at].key] > 1 and at != bare[0])) and at + 1 not in there:
            out.add(at)
    return out


def _stand_above(lines: Sequence[SeenLine], heads: Sequence[int]) -> int:
    """How many headings without a mark stand right above one with a mark."""
    return sum(
        after == at + 1 and lines[at].mark is None and lines[after].mark is not None
        for at, after in itertools.pairwise(heads)
    )


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
        return len([name for name, leaf in levels.open if not leaf]) + 1
    return levels.enter("lead-narrow" if kind == "detached-narrow" else "lead-wide")


def _bare_place(lines: Sequence[SeenLine], heads: Sequence[int], at: int, levels: Levels, before: str) -> str:
    """Where a heading without a mark stands to numbers: it may `hold` those that begin below it, stand `beside` the
    widest, or `within` one that others follow.  before: what the last one did."""
    if _is_beside(lines[at]):
        return "beside"
    position = heads.index(at)
    after = lines[heads[position + 1]].mark if position + 1 < len(heads) else None
    if after is not None and after.value == 1:
        family = family_of(after)
        if family in divisions() and "framed" in lines[at].forms:
            return "beside"
        return (
            "hold" if not levels.open or family in [name for name, _ in levels.open] or before == "hold" else "within"
        )
    marks = [mark for other in heads[:position] if (mark := lines[other].mark) and mark.family not in leaves()]
    if not marks:
        return "hold"
    last = marks[-1]
    if after is not None and heads[position + 1] == at + 1 and _stand_above(lines, heads) > 1:
        return "hold"  # sections over which questions or clauses count on
    going = next((mark for other in heads[position + 1 :] if (mark := lines[other].mark)), None)
    if going is not None and going.family == last.family and going.value == last.value + 1:
        return "within"
    return before or "within"
