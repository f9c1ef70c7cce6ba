"""Lines as series: what counts on, what stands in a row, and how the members of each are made.

Every member has the evidence of its whole series, so that a series is judged once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ...zh.marks import Mark
from ...zh.patterns import pattern
from .. import limits
from .evidence import SeenLine

_COMMA = pattern("[\uff0c\uff1b,;]")
_MEANS = (8, 15, 25, 40, 80)


class Series:
    """Marked lines that count on.  members: places in the list of lines; facts: the evidence all members share."""

    __slots__ = ("facts", "family", "members", "number")

    def __init__(self, family: str, number: int) -> None:
        self.family = family
        self.number = number
        self.members: list[int] = []
        self.facts: list[str] = []


def family_of(mark: Mark) -> str:
    """The family, decimal numbers by their depth."""
    return f"decimal{len(mark.path)}" if mark.family == "decimal" else mark.family


def series_of(lines: Sequence[SeenLine]) -> tuple[list[Series], list[Series | None]]:
    """The series of a text, and the one each line belongs to."""
    found: list[Series] = []
    of: list[Series | None] = [None] * len(lines)
    latest: dict[str, list[tuple[Series, Mark]]] = {}  # the open series of each family, the innermost last
    for line in lines:
        mark = line.mark
        if mark is None:
            continue
        family = family_of(mark)
        opened = latest.get(family, [])
        series = None
        place = next((at for at in range(len(opened) - 1, -1, -1) if _follows(opened[at][1], mark)), None)
        if place is not None:
            series = opened[place][0]
            opened = opened[:place]
        if series is None:
            series = Series(family, len(found))
            found.append(series)
        series.members.append(line.at)
        of[line.at] = series
        latest[family] = [*opened, (series, mark)][-limits.OPEN_SERIES :]
    families: dict[str, list[int]] = defaultdict(list)
    for series in found:
        families[series.family] += series.members
    shared = {family: _facts(lines, sorted(members), of, "all") for family, members in families.items()}
    for series in found:
        series.facts = [*_facts(lines, series.members, of, "own"), *shared[series.family]]
    return found, of


def _follows(before: Mark, after: Mark) -> bool:
    if before.family in ("dash", "named", "ruled"):
        return True
    if len(before.path) != len(after.path) or before.path[:-1] != after.path[:-1]:
        return False
    return 0 < after.path[-1] - before.path[-1] <= 2


def _share(part: int, whole: int) -> str:
    """A share in five steps."""
    if part == 0:
        return "0"
    if part == whole:
        return "all"
    return "most" if part * 3 >= whole * 2 else "half" if part * 3 >= whole else "few"


def _facts(lines: Sequence[SeenLine], members: Sequence[int], of: Sequence[Series | None], scope: str) -> list[str]:
    """What all members of a series share, `own`, or all series of its family in the text, `all`."""
    count = len(members)
    chosen = [lines[at] for at in members]
    alone = sum(line.alone and line.end not in ("stop", "semi", "colon") for line in chosen)
    leads = commas = 0
    for line in chosen:
        first = line.stop or line.size
        found = len(_COMMA.findall(line.text, 0, first))
        leads += first <= limits.HEADING_SENTENCE and found <= 2 and not line.alone
        commas += found > 0
    bodies = sum(_has_body(lines, of, line) for line in chosen)
    semis = sum(line.end == "semi" for line in chosen)
    mean = sum(min(line.size, 200) for line in chosen) // count
    series = of[members[0]]
    family = series.family if series is not None else ""
    a, b = _share(alone, count), _share(bodies, count)
    out = [
        f"n={count if count <= 2 else '3+'}",
        f"alone={a}",
        f"stop={_share(sum(line.end == 'stop' for line in chosen), count)}",
        f"semi={'yes' if semis * 2 >= count else 'some' if semis else 'no'}",
        f"lead={_share(leads, count)}",
        f"bodies={b}",
        f"mean={next((str(most) for most in _MEANS if mean <= most), 'x')}",
        f"value={_share(sum('mark-label' in line.forms for line in chosen), count)}",
        f"colon={_share(sum(line.end == 'colon' for line in chosen), count)}",
        f"comma={_share(commas, count)}",
        f"alone={a},bodies={b}",
        f"{family},alone={a}",
        f"{family},bodies={b}",
    ]
    if scope == "own":
        first_line = chosen[0]
        if first_line.at and lines[first_line.at - 1].end == "colon":
            out += ["announced", f"announced,bodies={b}"]
        if first_line.mark is not None and first_line.mark.value != 1:
            out.append("not-from-1")
    return [f"{scope}:{fact}" for fact in out]


def _has_body(lines: Sequence[SeenLine], of: Sequence[Series | None], line: SeenLine) -> bool:
    """What follows the line is not the next of its family."""
    if line.at + 1 >= len(lines):
        return False
    own, after = of[line.at], of[line.at + 1]
    return after is None or own is None or after.family != own.family
