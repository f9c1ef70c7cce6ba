"""Lead sentences without a mark, which only a series can prove.

Two kinds, both looked for only below a mark that heads: on a line of their own above a longer paragraph, again and
again, where scraping lost their bold type; and before their body in neighbouring paragraphs, all short and plain or all
beginning alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ...zh.patterns import pattern
from ...zh.sentences import TALK
from .. import limits
from ..series import sentences
from .evidence import SeenLine

_OPENER = pattern("([^\uff0c\u3002]{2,12})\uff0c")
_PLAIN = pattern("[^\uff0c\uff1a\uff01\uff1f0-9]{4,36}\u3002")
_BREAKS = frozenset({"date", "organ", "salutation", "note-title", "furniture"})
_HEADS = frozenset({"part", "subpart", "chapter", "section", "han", "han_paren", "arabic", "decimal"})


def leads_of(lines: Sequence[SeenLine]) -> tuple[dict[int, str], str]:
    """The places of the lead sentences of a text, each with its kind: `detached`, `detached-wide`, `detached-narrow`,
    `plain` or `alike`; and `talk` where those that stand alone are worded like sentences of a running text."""
    found: dict[int, str] = {}
    if sum(line.mark is not None and line.mark.family == "article" for line in lines) > 1:
        return found, ""
    section: list[SeenLine] = []
    opened = False
    for line in lines:
        heads = line.mark is not None and line.mark.family in _HEADS
        if heads or (not line.sentence and line.shape in _BREAKS):
            if opened:
                _section(section, found)
            section = []
            opened = heads
        else:
            section.append(line)
    if opened:
        _section(section, found)
    leads = [lines[at] for at, kind in found.items() if kind.startswith("detached")]
    talk = sum(bool(TALK.match(line.text)) for line in leads)
    return found, "talk" if talk * 4 > len(leads) else "plain"


def _section(section: list[SeenLine], found: dict[int, str]) -> None:
    if len(section) > 1 and not _detached(section, found):
        _bare(section, found)


def _detached(section: list[SeenLine], found: dict[int, str]) -> bool:
    """Pairs of a short sentence and a longer paragraph, at least two in a row."""
    good: list[SeenLine] = []
    run: list[tuple[SeenLine, bool]] = []
    at = 0
    while at + 1 < len(section):
        lead, body = section[at], section[at + 1]
        if _is_lead(lead) and body.mark is None and body.size * 5 > lead.size * 6:
            run.append((lead, _is_body(body, lead)))
            at += 2
            continue
        good += _certain(run)
        run = []
        at += 1
    good += _certain(run)
    openers = Counter(opener for line in good if (opener := opener_of(line.text)))
    upper = False
    for line in good:
        wide = openers[opener_of(line.text)] >= 2
        upper = upper or wide
        found[line.at] = "detached-wide" if wide else "detached-narrow" if upper else "detached"
    return bool(good)


def _certain(run: list[tuple[SeenLine, bool]]) -> list[SeenLine]:
    certain = sum(clear for _, clear in run)
    return [lead for lead, _ in run] if certain >= 2 and certain * 2 >= len(run) else []


def opener_of(text: str) -> str:
    """The words before a sentence's first comma."""
    match = _OPENER.match(text)
    return match[1] if match else ""


def _is_lead(line: SeenLine) -> bool:
    text = line.text
    if text[-1] != "\u3002" or line.size > limits.LEAD + limits.LEAD_AND_FIRST or line.mark is not None:
        return False
    ends = sentences(text)
    return len(ends) <= 2 and ends[0] <= limits.LEAD


def _is_body(line: SeenLine, lead: SeenLine) -> bool:
    if line.mark is not None or line.size <= lead.size:
        return False
    return line.size >= 3 * lead.size or not _is_lead(line)


def _bare(section: list[SeenLine], found: dict[int, str]) -> None:
    kinds = [_kind(line) for line in section]
    at = 0
    while at < len(section):
        end = at
        while end < len(section) and kinds[end] is not None and kinds[end] == kinds[at]:
            end += 1
        if end - at >= (2 if kinds[at] == "plain" else limits.ALIKE):
            for line in section[at:end]:
                found[line.at] = "plain" if kinds[at] == "plain" else "alike"
        at = max(end, at + 1)


def _kind(line: SeenLine) -> str | None:
    text = line.text
    if line.mark or not line.stop or line.stop > limits.BARE_LEAD or line.alone or line.size < line.stop * 2:
        return None
    first = text[: line.stop]
    if _PLAIN.fullmatch(first) and not TALK.match(first):
        return "plain"
    return text[: limits.REFRAIN] if first[-1] == "\u3002" else None
