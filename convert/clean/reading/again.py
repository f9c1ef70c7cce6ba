"""What a page says twice: how its text begins, its title, what heads each of its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...zh.characters import key
from ...zh.patterns import pattern
from .. import limits
from .evidence import SeenLine
from .spans import TitleSpan

_NOTED = pattern("[\\[\uff3b\u3010\u3014(\uff08][0-9]{1,2}[\\]\uff3d\u3011\u3015)\uff09]$")
"""A note's mark behind a title."""


def openings_of(lines: Sequence[SeenLine], begin: int, title: str) -> set[int]:
    """Lines near the end that say again how the text begins, as a page's hidden summary does.  title: its key."""
    start = max(0, begin - 4)
    keys = [key(line.text[:200]) for line in lines[start : start + 16]]
    openings = ["".join(keys[at : at + 4]) for at in range(min(12, len(keys)))]
    out: set[int] = set()
    for line in lines[max(begin + 2, len(lines) - 30) :]:
        said = key(line.text[:200])
        above = line.at - start
        if len(said) < limits.REPEATED or said in keys[:above]:  # a refrain, or a last paragraph that is the first
            continue
        if title.startswith(said):  # an attachment's name, of which the title says more
            continue
        told = said.removeprefix(title)
        if any(opening.startswith(told) for opening in openings[:above] if len(told) >= limits.REPEATED):
            out.add(line.at)
    return out


def running_of(lines: Sequence[SeenLine], keys: Counter[str]) -> set[str]:
    """What is said several times, mostly beside text: a table's cells stand beside one another."""
    beside: Counter[str] = Counter()
    for line in lines:
        if len(line.key) <= 30 and keys[line.key] >= limits.RUNNING and "framed" not in line.forms:
            near = lines[max(0, line.at - 2) : line.at + 3]
            beside[line.key] += any(one.size > limits.ONE_LINE or one.sentence for one in near)
    found = {said for said, count in beside.items() if count * 2 >= keys[said]}
    again = [line.key in found for line in lines]  # the answers that a reader may choose from
    rows = zip(again, again[1:], again[2:], strict=False)
    return found - {lines[at + more].key for at, row in enumerate(rows) if all(row) for more in range(3)}


def title_again(lines: Sequence[SeenLine], span: TitleSpan | None, title: str) -> set[int]:
    """Lines that say the title once more, on one line or over several.  title: its key."""
    out: set[int] = set()
    if span is None or len(title) < limits.REPEATED_WHOLE or span.quality == "weak":
        return out
    for at, line in enumerate(lines):
        if span.first <= at <= span.last or line.sentence or not line.key or line.key[:4] != title[:4]:
            continue
        if key(_NOTED.sub("", line.text)) == title:
            out.add(at)
        joined = ""
        for end in range(at, min(at + limits.REPEATED_OVER, len(lines))):
            joined += lines[end].key
            if joined == title:
                out.update(range(at, end + 1))
    return out
