"""Lists whose marks Word draws (ISO/IEC 29500-1, 17.9): bullets, and numbers that the page's own list counts.

In: the lists of a document.  Out: numbering.xml, a list for each bullet and for each counted list, which a clerk can
add an item to.  A number that stands in the text of the page stays text: Word would count anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ...model import List, Paragraph
from .stylenames import LIST_LEVELS
from .xml import blob, root, sub

_KINDS = frozenset({"So", "Sm", "Po", "Pd"})
_CLOSING = frozenset("\u3001.,;:")
_MARK = re.compile("([^.\u3001]+)([.\u3001])")
_HAN = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"
_ROMAN = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class WordList(NamedTuple):
    """A list as Word draws it.  form: of its numbers, `bullet` for none (17.18.59); mark: the bullet, or what stands
    behind the number; start: the first number."""

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


def numbering(lists: Iterable[WordList]) -> bytes:
    """numbering.xml with list 1 for the first list, and so on.  A mark stands where the style of its paragraph has
    the first line, as if it were text: a space behind a bullet, none behind a number that ends in a mark."""
    node = root("w:numbering")
    ids: list[int] = []
    for id, one in enumerate(lists, 1):
        shared = sub(node, "w:abstractNum", abstractNumId=id)
        sub(shared, "w:multiLevelType", val="hybridMultilevel")
        for level in range(LIST_LEVELS):
            own = sub(shared, "w:lvl", ilvl=level)
            bullet = one.form == "bullet"
            for tag, value in (
                ("start", str(one.start)), ("numFmt", one.form), ("suff", "space" if bullet else "nothing"),
                ("lvlText", one.mark if bullet else f"%{level + 1}{one.mark}"), ("lvlJc", "left"),
            ):  # fmt: skip
                sub(own, f"w:{tag}", val=value)
        ids.append(id)
    for id in ids:
        sub(sub(node, "w:num", numId=id), "w:abstractNumId", val=id)
    return blob(node)


def number(paragraph: Any, list: int, level: int) -> None:
    """Puts a paragraph's properties into a list.  level: from 0."""
    own = sub(paragraph, "w:numPr")
    sub(own, "w:ilvl", val=min(level, LIST_LEVELS - 1))
    sub(own, "w:numId", val=list)
