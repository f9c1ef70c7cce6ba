"""Headings without a mark, which only a series can prove: a single short line or sentence in the body is body.

Three kinds: titles of parts where no part is numbered; lead sentences that scraping, losing their bold type, set on a
line of their own; and lead sentences that still stand before their body.  Novels and letters have such sentences too,
so the last two are looked for only below a heading that is certain.
"""

from __future__ import annotations

from collections import Counter

from ..zh.characters import is_cjk
from ..zh.patterns import pattern
from . import limits
from .draft import Draft, Unit
from .series import is_law, sentences

_OPENER = pattern("([^\uff0c\u3002]{2,12})\uff0c")
_PLAIN_LEAD = pattern("[^\uff0c\uff1a\uff01\uff1f0-9]{4,36}\u3002")
_PART_TITLE = pattern("[^\u3002\uff0c\uff1a\uff1b\uff01\uff1f,:;!?.]{2,30}")
_SENTENCE_END = "\u3002\uff01\uff1f\uff1b\uff1a\u201d\uff09"


def part_titles(draft: Draft) -> None:
    """`2025年工作回顾` between paragraphs, `2026年工作安排` between others, and no number on either -> headings.

    Only where the document numbers no parts of its own: then at least two short lines without a stop, each before
    a paragraph or a heading.
    """
    units = [unit for unit in draft.units if unit.role in (None, "heading") and unit.text]
    if any(unit.role == "heading" and unit.level == 1 and _certain(unit) for unit in units):
        return
    marks = [unit.mark for unit in units]
    if is_law(marks) or any(mark and mark.family == "han" for mark in marks):
        return
    found = [at for at in range(len(units) - 1) if _part_title(units, at)]
    if len(found) < 2 or len(found) * 3 > len(units):
        return
    for unit in units[found[0] :]:
        if unit.mark and (unit.role == "heading" or unit.run_in):
            unit.level += 1
    for at in found:
        units[at].role, units[at].level = "heading", 1


def _certain(unit: Unit) -> bool:
    """A heading of HTML, or one whose family numbers parts."""
    mark = unit.mark
    return not unit.plain or (mark is not None and mark.family in ("part", "chapter", "section", "han"))


def _part_title(units: list[Unit], at: int) -> bool:
    unit, before, after = units[at], units[at - 1] if at else None, units[at + 1]
    if unit.role is not None or unit.mark or not _PART_TITLE.fullmatch(unit.text) or not is_cjk(unit.text[-1]):
        return False
    if before is not None and (before.role != "heading" and before.text[-1] not in _SENTENCE_END):
        return False
    return after.role == "heading" or (len(after.text) >= 15 and after.text[-1] in _SENTENCE_END)


def leads(draft: Draft) -> None:
    """`大力提振消费` U+3002 on a line, its body on the next, again and again -> headings below the one in force;
    the same before its body, in neighbouring paragraphs -> run-in headings."""
    if is_law([unit.mark for unit in draft.units if unit.role in (None, "heading")]):
        return
    section: list[Unit] = []
    level = 0
    for unit in draft.units:
        if unit.role == "heading" or (unit.run_in and unit.role is None and _holds(unit)):
            _section(section, level)
            section, level = [], unit.level
        elif unit.role is None and unit.text:
            section.append(unit)
        elif unit.role not in ("removed", "meta"):
            _section(section, level)
            section, level = [], 0
    _section(section, level)


def _holds(unit: Unit) -> bool:
    mark = unit.mark
    return mark is not None and mark.family not in ("dash", "ordinal")


def _section(section: list[Unit], level: int) -> None:
    if level and len(section) > 1 and not _detached(section, level):
        _bare(section, level)


# --- On a line of their own -------------------------------------------------------------------------------------


def _detached(section: list[Unit], level: int) -> bool:
    """Pairs of a short sentence and a longer paragraph, at least two in a row."""
    found: list[Unit] = []
    run: list[tuple[Unit, bool]] = []
    at = 0
    while at + 1 < len(section):
        lead, body = section[at], section[at + 1]
        if _is_lead(lead) and body.mark is None and len(body.text) * 5 > len(lead.text) * 6:
            run.append((lead, _is_body(body, lead)))
            at += 2
            continue
        found += _certain_run(run)
        run = []
        at += 1
    found += _certain_run(run)
    openers = Counter(opener for unit in found if (opener := _opener(unit.text)))
    upper = False
    for unit in found:
        # Leads that begin alike are the wider ones; the others, after the first of these, are within them.
        wide = openers[_opener(unit.text)] >= 2
        upper = upper or wide
        unit.role = "heading"
        unit.level = level + 1 if wide or not upper else level + 2
    return bool(found)


def _certain_run(run: list[tuple[Unit, bool]]) -> list[Unit]:
    """The leads of a run of pairs, where at least two bodies, and half of them, can be nothing but bodies."""
    certain = sum(clear for _, clear in run)
    return [lead for lead, _ in run] if certain >= 2 and certain * 2 >= len(run) else []


def _opener(text: str) -> str:
    match = _OPENER.match(text)
    return match[1] if match else ""


def _is_lead(unit: Unit) -> bool:
    """One sentence, or one with the first of its own leads."""
    text = unit.text
    ends = sentences(text)
    return (
        text[-1] == "\u3002"
        and len(ends) <= 2
        and ends[0] <= limits.LEAD
        and len(text) <= limits.LEAD + limits.LEAD_AND_FIRST
        and not unit.run_in
        and unit.mark is None
    )


def _is_body(unit: Unit, lead: Unit) -> bool:
    """Longer than its lead, and no lead itself, or several times as long."""
    if unit.mark is not None or len(unit.text) <= len(lead.text):
        return False
    return len(unit.text) >= 3 * len(lead.text) or not _is_lead(unit)


# --- Before their body ------------------------------------------------------------------------------------------


def _bare(section: list[Unit], level: int) -> None:
    """Runs of neighbouring paragraphs with leads of one kind: all short and plain, or all beginning alike."""
    kinds = [_kind(unit) for unit in section]
    at = 0
    while at < len(section):
        end = at
        while end < len(section) and kinds[end] is not None and kinds[end] == kinds[at]:
            end += 1
        if end - at >= (2 if kinds[at] == _PLAIN else limits.ALIKE):
            for unit in section[at:end]:
                unit.run_in, unit.level = sentences(unit.text)[0], level + 1
        at = max(end, at + 1)


def _kind(unit: Unit) -> str | None:
    """What the lead of a paragraph has in common with others: its opening phrase, or that it is plain."""
    text = unit.text
    ends = sentences(text)
    if unit.run_in or len(ends) < 2 or ends[0] > limits.BARE_LEAD or len(text) < ends[0] * 2 or unit.mark:
        return None
    first = text[: ends[0]]
    if _PLAIN_LEAD.fullmatch(first):
        return _PLAIN
    return text[: limits.REFRAIN] if first[-1] == "\u3002" else None


_PLAIN = "plain"
