"""Which row of a country's papers each line of a text begins like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...cjk.lines import PaperLine, readers
from ...zh.patterns import pattern
from ...zh.rows import Rows
from .. import limits
from .evidence import SeenLine

Seen = tuple[PaperLine, re.Match[str]] | None
"""The row that a line begins like, and how."""


def seen_by(rows: Rows[PaperLine], lines: Sequence[SeenLine]) -> list[Seen]:
    """The first row that each line begins like."""
    tried = rows.made(readers)
    return [
        next(((row, found) for row, sought in tried if (found := sought.match(line.text))), None)
        if line.unit.plain or line.unit.role == "heading"
        else None
        for line in lines
    ]


def groups_of(found: re.Match[str]) -> tuple[tuple[str, str], ...]:
    """What the groups of a row say, by name; without the one that says where a run-in heading ends."""
    return tuple((name, value) for name, value in found.groupdict().items() if value and name != "run")


STOPPED = pattern("[\u3002.!?\uff01\uff1f;\uff1b:\uff1a\uff0c,\u3001>\\]]$")
"""A line that ends in a mark is no name."""
NUMBER = pattern("[0-9\uff10-\uff19]+|[一二三四五六七八九十百千零\u3007]+")


def is_short(line: SeenLine) -> bool:
    """The line may be a name."""
    return line.size <= limits.ONE_LINE and not STOPPED.search(line.text)
