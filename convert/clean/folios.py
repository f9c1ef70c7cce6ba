"""Numbers of pages that a text keeps of the file it was taken from: `-2-`, `第 2 页 共 9 页`; plain text only."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..zh.patterns import pattern
from . import limits
from .draft import Draft, Unit

_DASHED = pattern("[-\u2010-\u2015\u2212\uff0d]{1,2}\\s*([0-9]{1,4})\\s*[-\u2010-\u2015\u2212\uff0d]{1,2}")
_NAMED = pattern("第?\\s*([0-9]{1,4})\\s*页(?:\\s*[,\uff0c/|]?\\s*共\\s*[0-9]{1,4}\\s*页)?")
_FINISHED = pattern("[\u3002\uff01\uff1f\uff1b\uff1a\u2026.!?;:][\u201d\u2019\uff09\u300b\u300d\u3011)\"']*$")


def folios(draft: Draft) -> None:
    """Lines that number pages, one after the other, are set aside before lines are joined.

    `-1-`, `-2-`, `-3-`, of which some stand where a sentence was cut; a story's numbers of chapters do not.
    """
    if draft.document.source.media_type != "text/plain":
        return
    for form, least in ((_DASHED, limits.FOLIOS), (_NAMED, 2)):
        found = [
            (at, int(match[1]))
            for at, unit in enumerate(draft.units)
            if unit.plain and unit.role is None and unit.hand is None and (match := form.fullmatch(unit.text))
        ]
        for run in _counted(found):
            if len(run) >= least and (form is _NAMED or _stand_in_sentences(draft.units, run)):
                for at in run:
                    draft.units[at].remove("footer")


def _counted(found: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Places whose numbers count up by one, together."""
    runs: list[list[int]] = []
    for before, (at, value) in zip(itertools.chain([(0, -1)], found), found, strict=False):
        if value == before[1] + 1 and runs:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs


def _stand_in_sentences(units: Sequence[Unit], run: Sequence[int]) -> bool:
    """A third of the lines stand behind text that is not at its end."""
    cut = [at for at in run if at and len(units[at - 1].text) >= limits.CUT_LINE]
    cut = [at for at in cut if not _FINISHED.search(units[at - 1].text[-8:])]
    return len(cut) * 3 >= len(run)
