"""Headings by their style: elements of HTML, and paragraphs set in bold where nothing else says what they are.

Numbering comes first (`outline`); what is judged here has no mark.
"""

from __future__ import annotations

from ..model import Emphasis, Text
from ..zh.patterns import pattern
from . import limits
from .draft import Draft, Unit
from .outline import Levels
from .series import is_law, sentences

_ENDS = "\u3002\uff1b;\uff0c,"
_NO_HEADING = pattern("[\u2014\uff08(\u3010\\[]")


def emphasis(draft: Draft) -> None:
    """`<p><strong>市场竞争</strong></p>` above a paragraph -> heading; `<strong>` around a paragraph's first
    sentence, in several paragraphs -> run-in headings."""
    units = [unit for unit in draft.units if unit.role in (None, "heading") and unit.text]
    if is_law([unit.mark for unit in units]) or not any(_styled(unit) for unit in units):
        return
    levels = Levels()
    for at, unit in enumerate(units):
        if unit.mark and (unit.role == "heading" or unit.run_in):
            unit.level = levels.enter(unit.mark.family)
        elif unit.role == "heading":
            unit.level = levels.enter(f"h{unit.level}")
        elif unit.role is None and not unit.mark and _is_bold_heading(units, at):
            unit.role, unit.level = "heading", levels.enter(f"bold {getattr(unit.block, 'align', None)}")
    _bold_leads(units)


def _styled(unit: Unit) -> bool:
    return (unit.role == "heading" and not unit.plain) or bool(unit.plain and _bold(unit))


def _bold(unit: Unit) -> int:
    """How many of a paragraph's first characters are bold."""
    length = 0
    for node in unit.body.children:
        if not (isinstance(node, Emphasis) and node.kind == "strong"):
            if isinstance(node, Text) and not node.text.strip():
                continue
            break
        length += len("".join(child.text for child in node.children if isinstance(child, Text)))
    return length


def _is_bold_heading(units: list[Unit], at: int) -> bool:
    unit = units[at]
    text = unit.text
    if (
        not unit.plain
        or len(text) > limits.HEADING_SENTENCE
        or text[-1] in _ENDS
        or _NO_HEADING.match(text)
        or _bold(unit) < len(text)
    ):
        return False
    return at + 1 < len(units)


def _bold_leads(units: list[Unit]) -> None:
    found: list[Unit] = []
    levels: list[int] = []
    level = 0
    for unit in units:
        if unit.role == "heading":
            level = unit.level
        elif unit.plain and unit.role is None and not unit.run_in and (end := _bold(unit)):
            ends = sentences(unit.text)
            if len(ends) > 1 and ends[0] == end <= limits.HEADING_SENTENCE:
                found.append(unit)
                levels.append(level + 1)
    if len(found) > 1:
        for unit, below in zip(found, levels, strict=True):
            unit.run_in, unit.level = sentences(unit.text)[0], below
