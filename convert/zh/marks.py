"""Ordinal marks at the beginning of a paragraph: one row a family; a mark's value is a path of numbers.

The families and their order follow GB/T 9704-2012, 7.3.3 (U+4E00 U+3001, U+4E00 in brackets, `1.`, `(1)`) and the
Legislation Law, article 65 (part, chapter, section, article), with what pages use beside these: subparts, circled
and Roman numbers, two-em dashes, `一是`.  Years, decimals and dates at the beginning of a line are no marks.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import Literal, NamedTuple

from .numerals import FORMAL, HAN, HAN_ZERO, number
from .patterns import pattern
from .rows import Rows

Use = Literal["division", "strong", "weak", "leaf"]
"""What a family's marks are used for: `division` nothing but headings; `strong` hardly anything but headings; `weak`
headings or items, which only a series tells; `leaf` heads its own paragraph and nothing after it."""


class Mark(NamedTuple):
    """An ordinal mark.

    path: its numbers from the widest, `1.2.1` is (1, 2, 1).  end: where the text after the mark begins.
    """

    family: str
    path: tuple[int, ...]
    end: int

    @property
    def value(self) -> int:
        """The last number of the path: what counts on."""
        return self.path[-1]


class Family(NamedTuple):
    """A family of marks; the order of the rows is from the widest to the narrowest.

    words: how a mark is written, a regular expression whose first group with something in it is the number; without
    such a group the value is 0.  begins: the characters it can begin with.  item: its marks may stand before the items
    of a list.  example: a line that begins with a mark of the family, and the mark's path.
    """

    name: str
    use: Use
    item: bool
    begins: str
    words: str
    example: tuple[str, tuple[int, ...]]


_N = f"{HAN}{{1,9}}"
_A = "[0-9\uff10-\uff19]{1,3}"
_S = "[ \t\u00a0\u2002-\u200a\u3000]*"
_HAN_FIRST = f"{HAN_ZERO}一二三四五六七八九十百千两"
_ARABIC_FIRST = "0123456789\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19"
_CIRCLED = "\u2460-\u2473\u2474-\u249b\u3251-\u325f\u24f5-\u24fe\u2776-\u277f"


def _range(text: str) -> str:
    """The characters of a character class."""
    ranges = re.findall("(.)(?:-(.))?", text)
    return "".join(chr(code) for one, last in ranges for code in range(ord(one), ord(last or one) + 1))


def _division(units: str) -> str:
    return f"第{_S}({_N}|{_A})(?:-[0-9]{{1,2}})?{_S}(?:{units})(?:之{_N})?"


_STEMS = "甲乙丙丁戊己庚辛壬癸"

_VALUE = f"({_N}|{_A})"
_LETTER = "[A-Ha-h\uff21-\uff28\uff41-\uff48]"
_CASES = "案例|格式|示例|例|问题|问|任务|实验|项目|题型|专题|模块|情形|主题|活动|实例|话题|议题"

FAMILIES: Rows[Family] = Rows(
    # name, use, item, begins, words, example
    Family("volume", "division", False, "第", f"第{_S}{_VALUE}{_S}[卷册輯辑](?![的个])", ("第一卷 风起", (1,))),
    Family(
        "part", "division", False, "第",
        _division("[编編](?![辑制])|部分(?![别析人])|篇(?!幅)"), ("第一部分 回顾", (1,)),
    ),
    Family("subpart", "division", False, "第", _division("分[编編]"), ("第三分编 用益物权", (3,))),
    Family("chapter", "division", False, "第", _division("章(?!程)"), ("第一章 总则", (1,))),
    Family(
        "scene", "division", False, "第",
        f"第{_S}{_VALUE}{_S}(?:回|讲|课(?![程题])|集(?![中团])|幕|话|单元|课时)(?![的个次])[:\uff1a\u3001]?{_S}",
        ("第一回 宴桃园", (1,)),
    ),
    Family("section", "division", False, "第", _division("[节節](?![目日约])"), ("第二节 职责", (2,))),
    Family("article", "weak", False, "第", _division("[条條](?![件路]|[条條]文)"), ("第二百零五条 本编", (205,))),
    Family(
        "formal", "strong", False, "".join(FORMAL), f"([{''.join(FORMAL)}]{{1,3}})\u3001{_S}",
        ("壹\u3001目的", (1,)),  # Taiwan: handbook of documents, 26
    ),
    Family(
        "han", "strong", False, _HAN_FIRST, f"({_N})(?: ?\u3001|[\uff0e.]){_S}(?!{_N}\u3001)",
        ("十一\u3001加强", (11,)),
    ),
    Family("han_half", "strong", True, _HAN_FIRST, f"({_N})[)\uff09]{_S}", ("一)总体要求", (1,))),
    Family(
        "han_paren", "strong", True, "\uff08(\u3220\u3221\u3222\u3223\u3224\u3225\u3226\u3227\u3228\u3229",
        f"[\uff08(]{_S}({_N}){_S}[\uff09)]{_S}\u3001?{_S}|([\u3220-\u3229]){_S}\u3001?{_S}", ("(二十)加强", (20,)),
    ),
    Family(
        "arabic", "weak", True, _ARABIC_FIRST,
        f"({_A})(?:[\uff0e.](?![0-9\uff10-\uff19])|[\u3001\u3002]){_S}", ("12.加强", (12,)),
    ),
    Family(
        "arabic_paren", "weak", True, "\uff08(" + _ARABIC_FIRST,
        f"[\uff08(]{_S}({_A}){_S}[\uff09)]{_S}|({_A})[\uff09)]{_S}", ("(3)加强", (3,)),
    ),
    Family("circled", "weak", True, _range(_CIRCLED), f"([{_CIRCLED}]){_S}\u3001?", ("\u2462加强", (3,))),
    Family("stem", "weak", True, _STEMS, f"([{_STEMS}])[\u3001\uff0e.]{_S}", ("乙\u3001加强", (2,))),
    Family(
        "roman", "weak", False, "IVX" + _range("\u2160-\u216b"),
        f"([\u2160-\u216b]|[IVX]{{1,5}})[\u3001\uff0e.]{_S}", ("IX. 加强", (9,)),
    ),
    Family(
        "alpha", "weak", True, _range("A-Ha-h\uff21-\uff28\uff41-\uff48"),
        f"({_LETTER})[.\uff0e\u3001](?![A-Za-z]){_S}", ("B. 加强", (2,)),
    ),
    Family(
        "alpha_paren", "weak", True, "\uff08(" + _range("A-Ha-h\uff21-\uff28\uff41-\uff48"),
        f"[\uff08(]({_LETTER})[\uff09)]{_S}|({_LETTER})[\uff09)]{_S}", ("(c)加强", (3,)),
    ),
    Family(
        "case", "weak", False, "案格示例问任实项题专模情主活话议",
        f"(?:{_CASES}){_S}({_N}|[0-9\uff10-\uff19]{{1,2}})(?:[ \u3000\u00a0:\uff1a\u3001.\uff0e]+|$)",
        ("案例二:劳动合同", (2,)),
    ),
    Family(
        "dash", "leaf", True, "\u2014\u2e3a",
        f"(?:\u2014\u2014{_S}|[\u2014\u2e3a]{_S}(?<=\\s))(?=.)", ("\u2014\u2014加强", (0,)),
    ),
    Family(
        "ordinal", "leaf", False, _HAN_FIRST,
        "([一二三四五六七八九十]{1,3})(?:是|要)(?![一二三四五六七八九十])", ("三是加强", (3,)),
    ),
)  # fmt: skip

_Tried = dict[str, list[tuple[str, re.Pattern[str]]]]


def _by_first(rows: Rows[Family]) -> _Tried:
    """First character -> the families that can begin with it, in order."""
    found: _Tried = {}
    for row in rows:
        reader = (row.name, pattern(row.words))
        for char in row.begins:
            found.setdefault(char, []).append(reader)
    return found


def mark_of(text: str) -> Mark | None:
    """The mark a paragraph begins with.

    >>> mark_of("(十一)加强"), mark_of("2025年"), mark_of("3.5%")
    (Mark(family='han_paren', path=(11,), end=4), None, None)
    """
    return FAMILIES.made(_reader)(text)


def _reader(rows: Rows[Family]) -> Callable[[str], Mark | None]:
    """Reads the mark of a text; several passes ask for the marks of the same lines."""
    tried = _by_first(rows)

    @functools.lru_cache(maxsize=4096)
    def read(text: str) -> Mark | None:
        for family, sought in tried.get(text[:1], ()):
            if found := sought.match(text):
                said = "".join(FORMAL.get(char, char) for char in found[found.lastindex]) if found.lastindex else ""
                value = _STEMS.index(said) + 1 if said and said in _STEMS else _value(family, said)
                return Mark(family, (value,), found.end())
        return None

    return read


def _value(family: str, said: str) -> int:
    """What a mark counts: `C` is the third letter of a list, and a hundred among Roman numbers."""
    return _letter(said) if family.startswith("alpha") else number(said) or _letter(said)


def _letter(said: str) -> int:
    """The place of a Latin letter of any width in the alphabet; 0 for anything else."""
    plain = unicodedata.normalize("NFKC", said).lower()
    return ord(plain) - 96 if len(plain) == 1 and "a" <= plain <= "z" else 0


def _ranks(rows: Rows[Family]) -> dict[str, int]:
    return {row.name: rank for rank, row in enumerate(rows)}


def rank_of(family: str, default: int) -> int:
    """A family's place from the widest; `default` for one that no row has."""
    return FAMILIES.made(_ranks).get(family, default)


def _divisions(rows: Rows[Family]) -> tuple[str, ...]:
    return tuple(row.name for row in rows if row.use == "division")


def divisions() -> tuple[str, ...]:
    """Families whose marks are nothing but headings, from the widest."""
    return FAMILIES.made(_divisions)


def _strong(rows: Rows[Family]) -> frozenset[str]:
    return frozenset(row.name for row in rows if row.use != "weak")


def strong() -> frozenset[str]:
    """Families whose marks are hardly anything but headings; the others count only in a series, or as its first."""
    return FAMILIES.made(_strong)


def _leaves(rows: Rows[Family]) -> frozenset[str]:
    return frozenset(row.name for row in rows if row.use == "leaf")


def leaves() -> frozenset[str]:
    """Families whose run-in headings head their own paragraph and nothing after it."""
    return FAMILIES.made(_leaves)


def _items(rows: Rows[Family]) -> frozenset[str]:
    return frozenset(row.name for row in rows if row.item)


def items() -> frozenset[str]:
    """Families whose marks may stand before the items of a list."""
    return FAMILIES.made(_items)
