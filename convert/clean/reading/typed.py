"""Texts of a library whose notation says what each line is: nothing is weighed.

In: the lines of such a text and what the notation says of them.  Out: each with its state and level; headings of fewer
ranks than the notation has are of the first levels.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..draft import Draft
from .evidence import SeenLine
from .forms import FormLine

WHY = ("the notation of the text",)
_STATES = {"title": "T", "subtitle": "U1", "byline": "B1", "key": "F1", "text": "P", "colophon": "N"}


def by_notation(draft: Draft, lines: Sequence[SeenLine]) -> dict[int, FormLine]:
    """The lines as the notation says; none where the text has none of the library's.  What a person said stays."""
    typed = draft.typed
    if not typed:
        return {}
    ranks = sorted({said.rank for said in typed.values() if said.rank})
    out: dict[int, FormLine] = {}
    for at, line in enumerate(lines):
        said = typed.get(line.unit.first)
        if said is None or (line.unit.hand is not None and line.unit.hand.decides()):
            continue
        if said.kind == "heading":
            run = said.lead if said.lead < line.size else 0
            out[at] = FormLine("R" if run else "H", ranks.index(said.rank) + 1, run, why=WHY)
        else:
            groups = (("author", line.text),) if said.kind == "byline" else ()
            out[at] = FormLine(_STATES[said.kind], groups=groups, why=WHY, reason="key to the notation")
    return out
