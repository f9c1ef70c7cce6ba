"""A page's own table of contents: removed, for every edition makes its own from the headings."""

from __future__ import annotations

from ..zh.characters import key
from ..zh.patterns import pattern
from ..zh.sections import is_contents
from . import limits
from .draft import Draft

_PAGE = pattern("[.\u2026\u00b7\u2027\\s]*[0-9]{1,4}$")
_STOPS = "\u3002\uff1b\uff0c\uff1a;,:"


def _key(text: str) -> str:
    """What tells a line again; empty for one that no contents list has."""
    if len(text) > limits.HEADING or text[-1] in _STOPS:
        return ""
    return key(_PAGE.sub("", text) or text)


def contents(draft: Draft) -> None:
    """`第一章 总则` / `第二章 职责` / `第三章 附则`, each of which stands again below -> removed."""
    units = [unit for unit in draft.units if unit.role is None and unit.plain and unit.text]
    keys = [_key(unit.text) for unit in units]
    last = {said: at for at, said in enumerate(keys) if said}
    at = 0
    while at < len(units):
        end = at
        while end < len(units) and keys[end] and last[keys[end]] > end:
            end += 1
        marked = sum(unit.mark is not None for unit in units[at:end])
        if (
            end - at >= limits.CONTENTS
            and marked >= limits.CONTENTS
            and all(last[said] >= end for said in keys[at:end])
        ):
            labelled = at > 0 and is_contents(units[at - 1].text)
            for unit in units[at - labelled : end]:
                unit.remove("the page's own table of contents")
        at = max(end, at + 1)
