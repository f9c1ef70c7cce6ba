"""Where the signs of a gloss stand: over the base and beyond its ends, or beside it as bopomofo.

In: a base's place in its paragraph, the gloss.  Out: how far a gloss may hang over its neighbours; the places of
bopomofo and its tone mark.  Lengths are points.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

BESIDE_SIZE = 0.3
"""A sign of bopomofo to its base: three of them are as high as it, tone marks aside (clreq 3.3.5)."""
_MIDDLE = 0.38
"""em above the baseline: the middle of an ideograph."""
_BASELINE = 0.38
"""em of a sign: its baseline below its own middle."""
_BOPOMOFO = re.compile("[\u3105-\u312f\u31a0-\u31bf\u02c9-\u02cb\u02d9\u02c7\u02ea\u02eb\u0307 ]+")
_LETTER = re.compile("[\u3105-\u312f\u31a0-\u31bf]")
_LIGHT = "\u02d9"
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc]")


class Column(NamedTuple):
    """Signs one below the other.  shift, lift: of each sign to the right of the column's edge and above the base's
    baseline.  width: of the column with its tone mark."""

    shift: list[float]
    lift: dict[int, float]
    width: float


def is_bopomofo(gloss: str) -> bool:
    """The gloss is written in bopomofo, with or without a tone mark."""
    return bool(_LETTER.search(gloss)) and _BOPOMOFO.fullmatch(gloss) is not None


def column(gloss: str, base: float, size: float) -> Column:
    """Bopomofo beside a base of `base` points, its signs `size` points: a column in the middle of the base's height,
    the mark of a tone at the right of its last sign, that of the light tone on top (clreq 3.3.5)."""
    stacked = [at for at, sign in enumerate(gloss) if _LETTER.match(sign) or sign == _LIGHT]
    rows = {at: row for row, at in enumerate(sorted(stacked, key=lambda at: gloss[at] != _LIGHT))}
    top = _MIDDLE * base + len(rows) * size / 2
    shift, lift, tone = [], {}, False
    for at, sign in enumerate(gloss):
        row = rows.get(at, len(rows) - 1)
        aside = at not in rows and sign != " "
        tone = tone or aside
        shift.append(size * 0.9 if aside else 0.0)
        lift[at] = top - (row + 0.5) * size - _BASELINE * size + (size * 0.35 if aside else 0.0)
    return Column(shift, lift, size * (1.4 if tone else 1.0))


def overhang(
    text: str, first: int, last: int, missing: float, most: float, taken: Collection[int]
) -> tuple[float, float]:
    """How far the gloss of characters first to last-1 hangs over what stands before and behind: over kana that have no
    gloss of their own, by one of its characters at most, on both sides alike (JLReq 3.3.8).

    missing: what the base lacks in width.  most: the size of the gloss.  taken: characters that have a gloss.
    """

    def room(at: int) -> float:
        free = 0 <= at < len(text) and at not in taken and _KANA.match(text[at])
        return min(missing / 2, most) if free else 0.0

    return room(first - 1), room(last)
