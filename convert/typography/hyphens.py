"""Where western words may be divided (convert/README.md, Line composition 2; clreq 3.1.3.4), by the dictionaries of
Pyphen.

In: a text and its language.  Out: the positions before which a line may begin when a hyphen ends the line before.
Off unless a style asks for it (`composition.hyphenate`): Chinese text sets its few western words whole.
"""

from __future__ import annotations

import functools
import re
from typing import Any

LEAST_BEFORE, LEAST_AFTER = 2, 3
"""Letters a word keeps on the first line, and takes to the next."""

# No abbreviations, and nothing of an address or a name of a file.
_WORD = re.compile(r"(?<![\w@./:\\-])[A-Za-z\u00c0-\u024f][a-z\u00df-\u024f]{4,}(?![\w@/:\\]|\.\w)")


def points(text: str, language: str) -> list[int]:
    """Positions inside the words of a text at which they may be divided; English where the language is an East Asian
    one or has no dictionary."""
    known = None
    found: list[int] = []
    for word in _WORD.finditer(text):
        known = known or _dictionary(language)
        found += (word.start() + at for at in known.positions(word[0]))
    return found


@functools.lru_cache(maxsize=8)
def _dictionary(language: str) -> Any:
    import pyphen

    name = pyphen.language_fallback(language.replace("-", "_")) or "en_US"
    return pyphen.Pyphen(lang=name, left=LEAST_BEFORE, right=LEAST_AFTER)
