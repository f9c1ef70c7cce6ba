"""What Word draws before the paragraphs of its lists (ISO/IEC 29500-1, 17.9), counted as Word counts.

In: numbering.xml, and the paragraphs of lists in their order.  Out: the mark of each.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from .markup import xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = re.compile("%[1-9]")
_ONES = ("", *"\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d")
_TENS = ("", "\u5341", *(one + "\u5341" for one in _ONES[2:]))
_HAN = tuple(tens + ones for tens, ones in itertools.product(_TENS, _ONES))
"""0 to 99, which all of the forms below write alike."""
_HAN_FORMS = frozenset({"chineseCountingThousand", "taiwaneseCountingThousand", "japaneseCounting"})
_FOURS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_TENFOLD = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")
_ROMAN = tuple(tens + ones for tens, ones in itertools.product(_TENFOLD, _FOURS))

_ListPlace = tuple[str, str]
"""A list and a level of it, as a paragraph names them."""


class _ListLevel(NamedTuple):
    form: str
    text: str
    start: int


class WordLists:
    """The lists of one file, and how far each has counted.  part: numbering.xml, None where the file has none."""

    def __init__(self, part: bytes | None) -> None:
        self._levels = _levels(part) if part is not None else {}
        self._counts = Counter[_ListPlace]()

    def mark(self, paragraph: Any) -> str:
        """What stands before a paragraph, the next of its list; empty where it is in none."""
        if not self._levels or (listed := paragraph.find(f"{_W}pPr/{_W}numPr")) is None:
            return ""
        place = _place(listed)
        if (level := self._levels.get(place)) is None:
            return ""
        said = numeral(level.start + self._counts[place], level.form)
        self._counts[place] += 1
        return _PLACE.sub(said, level.text)


def _place(listed: Any) -> _ListPlace:
    list, level = (listed.find(f"{_W}{tag}") for tag in ("numId", "ilvl"))
    return ("" if list is None else list.get(f"{_W}val"), "0" if level is None else level.get(f"{_W}val"))


@functools.lru_cache(maxsize=16)
def _levels(part: bytes) -> Mapping[_ListPlace, _ListLevel]:
    root = xml(part)
    shared = {one.get(f"{_W}abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
    found: dict[_ListPlace, _ListLevel] = {}
    for list in root.iter(f"{_W}num"):
        base = shared.get(list.find(f"{_W}abstractNumId").get(f"{_W}val"))
        for level in base.iter(f"{_W}lvl") if base is not None else ():
            said = {tag: level.find(f"{_W}{tag}") for tag in ("numFmt", "lvlText", "start")}
            form, text, start = ("" if one is None else one.get(f"{_W}val") for one in said.values())
            found[list.get(f"{_W}numId"), level.get(f"{_W}ilvl")] = _ListLevel(form, text, int(start or 1))
    return found


def numeral(number: int, form: str) -> str:
    """A number in one of the forms that editions have; empty in any other, so that a text with it is not equal."""
    if form == "decimal":
        return str(number)
    if form in _HAN_FORMS:
        return _HAN[number] if 0 < number < len(_HAN) else ""
    if form in ("lowerLetter", "upperLetter"):
        said = chr(96 + number) if 0 < number < 27 else ""
    elif form in ("lowerRoman", "upperRoman"):
        said = _ROMAN[number] if 0 < number < len(_ROMAN) else ""
    else:
        return ""
    return said.upper() if form.startswith("upper") else said
