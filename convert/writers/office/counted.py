"""Lists whose marks a word processor draws: bullets, and numbers that the page's own list counts.

In: a list.  Out: how its marks are counted, None where they are text.  A number that stands in the text of the page
stays text: a word processor would count anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple

from ...model import List, Paragraph

_KINDS = frozenset({"So", "Sm", "Po", "Pd"})
_CLOSING = frozenset("\u3001.,;:")
_MARK = re.compile("([^.\u3001]+)([.\u3001])")
_HAN = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class WordList(NamedTuple):
    """A list as a word processor draws it.  form: of its numbers as Word calls it, `bullet` for none (17.18.59); mark:
    the bullet, or what stands behind the number; start: the first number."""

    form: str
    mark: str
    start: int = 1


def is_bullet(marker: str) -> bool:
    """Whether a mark is one that does not count."""
    return len(marker) == 1 and unicodedata.category(marker) in _KINDS and marker not in _CLOSING


def counted(block: List, language: str | None) -> WordList | None:
    """How Word counts to the marks of a list that its page counts; None where it cannot, or where a mark would have
    nothing to stand before."""
    first = block.items[0] if block.items else None
    found = _MARK.fullmatch(first.marker) if first is not None else None
    if first is None or found is None or first.mark is None or len(first.mark.path) != 1:
        return None
    if not all(item.counted and _leads(item.children[:1]) for item in block.items):
        return None
    (start,) = first.mark.path
    marks = [item.marker for item in block.items]
    for form, numeral in _FORMS:
        if marks == [numeral(start + at) + found[2] for at in range(len(marks))]:
            return WordList(_han_form(language) if form == "han" else form, found[2], start)
    return None


def _leads(children: tuple[Any, ...]) -> bool:
    return bool(children) and isinstance(children[0], Paragraph) and children[0].role == "body"


def _han_form(language: str | None) -> str:
    """The Han numbers of a language; below a hundred, which lists of pages count to, all are alike."""
    said = language or ""
    if said.startswith("ja"):
        return "japaneseCounting"
    return "taiwaneseCountingThousand" if said.startswith("zh-Hant") else "chineseCountingThousand"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return ""
    front = (_HAN[tens - 1] if tens > 1 else "") + "\u5341" if tens else ""
    return front + (_HAN[ones - 1] if ones else "")


def _letter(number: int) -> str:
    return chr(ord("a") + number - 1) if 0 < number <= 26 else ""


def _roman(number: int) -> str:
    out = ""
    for value, sign in _ROMAN if 0 < number < 90 else ():
        while number >= value:
            out, number = out + sign, number - value
    return out


_FORMS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("decimal", str),
    ("han", _han),
    ("lowerLetter", _letter),
    ("upperLetter", lambda number: _letter(number).upper()),
    ("lowerRoman", _roman),
    ("upperRoman", lambda number: _roman(number).upper()),
)
