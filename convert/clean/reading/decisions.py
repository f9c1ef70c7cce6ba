"""Decisions of courts and of appeal, orders of a gazette, plans with formal numerals: papers of Taiwan and Macau that
are neither statute nor letter.

In: the lines of a text and its country.  Out: those that the paper's form says, by their places; the model weighs the
others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...cjk.lines import PaperLine
from ...zh.dates import is_date
from ...zh.patterns import pattern
from .. import limits
from .evidence import SeenLine
from .forms import FormLine

_Told = Sequence[tuple[PaperLine, re.Match[str]] | None]
_STATES = {"head": "T", "field": "M1", "part": "H", "party": "P", "day": "D3", "signer": "G", "attested": "N"}
_STOPPED = pattern("[\u3002.!?\uff01\uff1f;\uff1b\uff0c,\u3001]$")
_SAYS = pattern("[:\uff1a].")
_LABELLED = pattern("[^\u3001]{1,3}\u3001[ \u3000]*[^\u3002\uff0c\uff1b\u300c]{2,20}?[:\uff1a](?=.)")
_OUTLINE = ("stem", "formal")
"""Families of marks that head parts of such papers, from the widest."""


def decision(lines: Sequence[SeenLine], seen: _Told) -> dict[int, FormLine]:
    """The lines of a decision: who decides, who is heard, the parts, who signs; none where it has no title or part."""
    kinds = [one[0].kind if one is not None else None for one in seen]
    if "head" not in kinds or "part" not in kinds:
        return {}
    titled = kinds.index("head")
    begun = kinds.index("part", titled) if "part" in kinds[titled:] else len(kinds)
    out = {at: FormLine("F0", reason="navigation") for at in range(titled) if _is_around(lines[at])}
    for at in range(titled, len(lines)):
        one = seen[at]
        if one is None or (one[0].kind == "head" and at > titled):
            if at < begun and lines[at].size <= limits.SIGNATURE:
                out[at] = FormLine("P")  # a second name below the first
            continue
        kind = one[0].kind
        if (kind in ("party", "field") and at > begun) or (kind in ("signer", "day", "attested") and at < begun):
            continue
        groups = tuple((name, said) for name, said in one[1].groupdict().items() if said and kind != "day")
        out[at] = FormLine(_STATES[kind], 1 if kind == "part" else 0, groups=groups)
    return out | outline(lines, out, 1)


def _is_around(line: SeenLine) -> bool:
    return line.unit.plain and line.size <= limits.ONE_LINE and line.mark is None


def gazette(lines: Sequence[SeenLine], seen: _Told) -> dict[int, FormLine]:
    """An order as a gazette's page has it: the page's own table above the title, which says it too, and who signs.

    The title is the last line that names the order that the page is of.
    """
    orders = [at for at, one in enumerate(seen) if one is not None and one[0].kind == "order"]
    if not orders:
        return {}
    titled = max(at for at in orders if lines[at].key == lines[orders[0]].key)
    ends = [
        at
        for at in range(titled + 1, len(lines))
        if is_date(lines[at].text) or ((one := seen[at]) is not None and one[0].kind == "signer")
    ]
    if not ends:
        return {}
    out: dict[int, FormLine] = {}
    for at in range(titled):
        dated = (("date", lines[at].text),) if is_date(lines[at].text) else ()
        out[at] = FormLine("F0", groups=dated, reason="navigation")
    out[titled] = FormLine("T", groups=(("title", lines[titled].text),))
    for at in ends:
        out[at] = FormLine("D3" if is_date(lines[at].text) else "G")
    for at in range(titled + 1, ends[-1]):
        if at not in out and _STOPPED.search(lines[at].text):
            out[at] = FormLine("P")
    return out


def outline(lines: Sequence[SeenLine], known: dict[int, FormLine], above: int = 0) -> dict[int, FormLine]:
    """Lines with formal numerals or stems that name a part and have something of another kind below them, and beside
    such lines those that name theirs before a colon.

    above: how many levels are open already.
    """
    families = [line.mark.family if line.mark is not None and at not in known else "" for at, line in enumerate(lines)]
    widest = [family for family in _OUTLINE if families.count(family) > 1]
    out: dict[int, FormLine] = {}
    for at, line in enumerate(lines[:-1]):
        if families[at] in widest and families[at + 1] != families[at] and _names_part(line):
            out[at] = FormLine("H", above + widest.index(families[at]) + 1)
    headed = {families[at] for at in out}
    for at, line in enumerate(lines):
        if at in out or families[at] not in headed:
            continue
        found = _LABELLED.match(line.text)
        level = above + widest.index(families[at]) + 1
        out[at] = FormLine("R", level, found.end()) if found is not None else FormLine("P")
    return out


def _names_part(line: SeenLine) -> bool:
    """A short line that says what follows, and says nothing of it."""
    return line.size <= limits.LEAD and not _STOPPED.search(line.text) and not _SAYS.search(line.text)
