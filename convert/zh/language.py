"""Which language a text is in, from the characters it uses: a BCP 47 tag with script.

Kana make Japanese, Hangul make Korean; between simplified and traditional Chinese the characters that only one of
the two uses decide.
"""

from __future__ import annotations

import re

from .characters import IN_BOTH, SIMPLIFIED, TRADITIONAL
from .patterns import pattern

_ONLY_SIMPLIFIED = frozenset(SIMPLIFIED) - frozenset(TRADITIONAL) - IN_BOTH
_ONLY_TRADITIONAL = frozenset(TRADITIONAL) - frozenset(SIMPLIFIED)
_TRADITIONAL = pattern(f"[{''.join(sorted(_ONLY_TRADITIONAL))}]")
_SIMPLIFIED = pattern(f"[{''.join(sorted(_ONLY_SIMPLIFIED))}]")
_HAN = pattern("[\u2e80-\u2fd5\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_KANA = pattern("[\u3041-\u3096\u30a1-\u30fa]+")
_HANGUL = pattern("[\uac00-\ud7a3]+")
_LATIN = pattern("[A-Za-z]")

ENOUGH = 20_000
"""Characters looked at: the beginning of a text tells its language."""


def detect(text: str) -> str:
    """`zh-Hans`, `zh-Hant`, `ja`, `ko` or `en`; simplified Chinese where the characters do not tell.

    >>> detect("現在,我代表鎮人民政府向大會報告工作")
    'zh-Hant'
    """
    text = text[:ENOUGH]
    if (kana := _length(_KANA, text)) + (hangul := _length(_HANGUL, text)):
        han = _length(_HAN, text)
        if hangul > han + kana:
            return "ko"
        if kana * 20 > han + kana:  # one kana in twenty: more than names and quotations bring into Chinese
            return "ja"
    if not _HAN.search(text) and _LATIN.search(text):
        return "en"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def is_traditional(text: str) -> bool:
    """More of the characters are used in traditional texts only than in simplified ones only."""
    return len(_TRADITIONAL.findall(text)) > len(_SIMPLIFIED.findall(text))


def _length(script: re.Pattern[str], text: str) -> int:
    """How many characters of a script a text has."""
    return sum(map(len, script.findall(text)))
