"""What characters are to the repairs: the classes, and where a half-width mark stands among Chinese."""

from __future__ import annotations

import bisect
import re

from ..zh.patterns import pattern

_RANGES = (
    ("\u3005", "\u3005"), ("\u3007", "\u3007"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"),
    ("\U00020000", "\U000323af"), ("\u3041", "\u3096"), ("\u30a1", "\u30fa"), ("\u30fc", "\u30fc"),
)  # fmt: skip
CJK = "".join(f"{first}-{last}" for first, last in _RANGES)
"""Ideographs and kana, for a character class of a regular expression.  Such a class takes long to compile: where each
character can be looked at alone, `is_cjk` is the quicker way."""

MARKS = (
    "\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\uff08\uff09\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011"
    "\u3014\u3015\u3016\u3017\uff3b\uff3d\u2018\u2019\u201c\u201d\u2014\u2026"
)
"""Full-width punctuation, and what is shared with Latin text but Chinese next to Han."""

SPACE = "[ \t\u00a0\u2000-\u200a\u202f\u3000]"


class _Known(dict[str, bool]):
    """Character -> whether it is an ideograph or kana, found out once."""

    def __missing__(self, char: str) -> bool:
        found = self[char] = any(first <= char <= last for first, last in _RANGES)
        return found


is_cjk = _Known().__getitem__


def has_cjk(text: str) -> bool:
    """Whether a text has any ideograph or kana."""
    return any(map(is_cjk, text))


def count_cjk(text: str) -> int:
    """How many ideographs and kana a text has."""
    return sum(map(is_cjk, text))


_LETTERS = pattern("[A-Za-z]")

_VERBATIM = pattern(
    r"(?:https?|ftp)://[!-~]*[A-Za-z0-9/#=&_~-]"  # addresses: what is not ASCII ends them, and a mark does not
    r"|www\.[!-~]*[A-Za-z0-9/#=&_~-]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+"  # e-mail
    r"|(?<![A-Za-z0-9])[A-Za-z]:\\[!-~]*"  # Windows paths
    r"|(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])"  # times
    r"|(?<![0-9])[0-9]{1,9}:[0-9]"  # ratios
    r"|[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])"  # thousands
    r"|&[A-Za-z0-9#]+;",  # entities somebody escaped twice
    re.ASCII,
)
_CITATION = pattern(r"\[[JMCDRNPSZGA](?:/OL)?\]|\bet al\b|\bdoi:", re.IGNORECASE)


class Spans:
    """Stretches of a text, in order, with the question whether something lies in one of them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def touch(self, start: int, end: int) -> bool:
        """Some stretch has a character between `start` and `end`."""
        after = bisect.bisect_left(self._starts, end)
        return after > 0 and self._ends[after - 1] > start


_SIGN = pattern(r"[0-9][:,][0-9]|//|@|www\.|:\\|&", re.ASCII)
"""What a text has that holds any of these."""
_NONE = Spans([])


def verbatim(text: str) -> Spans:
    """Where addresses, e-mail, times, ratios and thousands stand, which no repair touches."""
    return Spans([match.span() for match in _VERBATIM.finditer(text)]) if _SIGN.search(text) else _NONE


def chinese(text: str) -> bool:
    """The text is Chinese with Latin in it, not Latin with Chinese in it, and no bibliographic citation.

    A word of Latin says as much as two ideographs do, and has five letters on average.
    """
    if not has_cjk(text):
        return False
    letters = len(_LETTERS.findall(text))
    return not letters or (letters * 2 <= count_cjk(text) * 5 and not _CITATION.search(text))
