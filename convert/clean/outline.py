"""Headings, run-in headings and list items: levels from the order in which families of marks nest."""

from __future__ import annotations

import re

from .draft import Draft, Unit
from .numbering import DIVISIONS, Mark, mark_of

_END = re.compile("[\u3002\uff01\uff1f]")
_LONGEST_HEADING = 60
_LONGEST_RUN_IN = 80


def outline(draft: Draft) -> None:
    """Finds headings and run-in headings."""
    stack: list[str] = []
    marks = {id(unit): mark_of(unit.text) for unit in draft.paragraphs()}
    law = sum(1 for mark in marks.values() if mark and mark.family == "article") >= 3
    for unit in draft.paragraphs():
        mark = marks[id(unit)]
        if mark is None or mark.family == "article" or (law and mark.family not in DIVISIONS):
            continue
        found = _END.search(unit.text)
        alone = found is None or found.end() == len(unit.text)
        if mark.family == "ordinal":
            continue
        if alone and len(unit.text) <= _LONGEST_HEADING:
            unit.role = "heading"
            unit.level = _level(stack, mark)
        elif found and not alone and found.end() <= _LONGEST_RUN_IN:
            unit.level = _level(stack, mark)
            unit.run_in = found.end()


def _level(stack: list[str], mark: Mark) -> int:
    if mark.family in stack:
        del stack[stack.index(mark.family) + 1 :]
    else:
        stack.append(mark.family)
    return len(stack)


def _unused(unit: Unit) -> None:
    del unit
