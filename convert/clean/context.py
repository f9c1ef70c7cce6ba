"""Where a repair of the text has to stay away: what is no Chinese, and what is written as it is on purpose."""

from __future__ import annotations

import bisect
import re

from ..zh.characters import count_cjk, has_cjk
from ..zh.patterns import pattern

_LETTERS = pattern("[A-Za-z]")

_VERBATIM = pattern(
    r"(?:https?|ftp)://[!-~]*[A-Za-z0-9/#=&_~-]"  # addresses: what is not ASCII ends them, and a mark does not
    r"|www\.[!-~]*[A-Za-z0-9/#=&_~-]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,64}(?:\.[A-Za-z0-9-]{1,64})+"  # e-mail
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
