"""Moments that stand a few lines from one another: those of other texts and of comments below a text, and those that a
report tells by; days in a row, by which a programme is told."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...zh.dates import MOMENT
from ...zh.patterns import pattern
from .. import limits
from .body import ENDING
from .evidence import SeenLine

_FIGURES = pattern("(?:[0-9]{1,2}-[0-9]{1,2}(?: [0-9]{1,7})?|[0-9]{1,6})")


def moments_of(lines: Sequence[SeenLine], begin: int) -> tuple[set[int], set[int]]:
    """Places of sentences that are about other texts or that readers say, and of moments that a report tells by.
    begin: where the text begins.

    Moments come several together.  Below a line that ends the text they are of what other texts are about, or of what
    readers say; without one, and where most are above a sentence, they are the hours of a report.
    """
    teasers: set[int] = set()
    hours: set[int] = set()
    for group in _groups(lines, begin):
        told = sum(lines[at + 1].sentence for at in group if at + 1 < len(lines))
        if _is_ended(lines, begin, group[0]):
            first = max(begin + 1, group[0] - (group[1] - group[0]) + 1)
            last = group[-1] + (group[-1] - group[-2])
            teasers |= {line.at for line in lines[first:last] if line.sentence}
        elif told * 2 > len(group):
            hours.update(group)
    return teasers, hours


def days_of(lines: Sequence[SeenLine]) -> set[int]:
    """Places of lines in a row that begin with a day each: a programme's or a chronicle's."""
    out: set[int] = set()
    run: list[int] = []
    for line in lines:
        if "date-first" in line.forms and not line.has("date", "stamp"):
            run.append(line.at)
            continue
        out.update(run if len(run) >= limits.DAYS else ())
        run = []
    return out | set(run if len(run) >= limits.DAYS else ())


def _groups(lines: Sequence[SeenLine], begin: int) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    for line in lines[begin + 1 :]:
        if line.size <= limits.ONE_LINE and MOMENT.match(line.text):
            if groups[-1] and line.at - groups[-1][-1] > limits.TEASER:
                groups.append([])
            groups[-1].append(line.at)
    return [group for group in groups if len(group) >= limits.TEASERS] + _counted(lines, begin)


def _counted(lines: Sequence[SeenLine], begin: int) -> list[list[int]]:
    """Groups of how often texts of a list were read or liked: bare figures or a day with figures, which do not count
    on as chapters do, each behind a text or a headline that the group has.  Below a line that ends the text."""
    groups: list[list[int]] = [[]]
    for line in lines[begin + 1 :]:
        if not _FIGURES.fullmatch(line.text):
            continue
        if groups[-1] and line.at - groups[-1][-1] > limits.TEASER:
            groups.append([])
        if line.at and not _FIGURES.fullmatch(lines[line.at - 1].text):
            groups[-1].append(line.at)
    out = []
    for group in groups:
        said = [lines[at].text for at in group]
        steps = sum(int(b) == int(a) + 1 for a, b in itertools.pairwise(said) if a.isdigit() and b.isdigit())
        if len(group) >= 2 * limits.TEASERS and steps * 2 < len(group) and _is_ended(lines, begin, group[0]):
            out.append(group)
    return out


def _is_ended(lines: Sequence[SeenLine], begin: int, at: int) -> bool:
    """Shortly above a line stands one that ends a text: `相关新闻`, `评论`."""
    above = lines[max(begin + 1, at - limits.TEASER) : at]
    return any(not line.forms.isdisjoint(ENDING) for line in above)
