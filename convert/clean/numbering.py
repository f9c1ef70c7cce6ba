"""Ordinal marks at the beginning of a paragraph -> family and value.

The families and their order follow GB/T 9704-2012, 7.3.3 (U+4E00 U+3001, U+4E00 in brackets, `1.`, `(1)`) and the
Legislation Law, article 65 (part, chapter, section, article), with what pages use beside these: subparts, circled
and Roman numbers, two-em dashes, `一是`.  Years, decimals and dates at the beginning of a line are no marks.
"""

from __future__ import annotations

from typing import NamedTuple

from ..zh.patterns import pattern

FAMILIES = (
    "part",
    "subpart",
    "chapter",
    "section",
    "article",
    "han",
    "han_paren",
    "arabic",
    "arabic_paren",
    "circled",
    "stem",
    "roman",
    "dash",
    "ordinal",
)
"""From the widest to the narrowest; `dash` and `ordinal` (`一是`) stand wherever they stand."""

DIVISIONS = ("part", "subpart", "chapter", "section")
"""Families whose marks are nothing but headings."""


class Mark(NamedTuple):
    """An ordinal mark; end: where the text after it begins."""

    family: str
    value: int
    end: int


_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def han_number(text: str) -> int:
    """The value of a Han number below ten thousand; 0 where it is none.

    >>> han_number("二百零五"), han_number("十一"), han_number("二〇")
    (205, 11, 20)
    """
    total = digit = 0
    positional = not any(char in _UNITS for char in text)
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = digit * 10 + _DIGITS[char] if positional else _DIGITS[char]
        else:
            return 0
    return total + digit


_N = "[零一二三四五六七八九十百千〇○两]{1,9}"
_A = "[0-9\uff10-\uff19]{1,3}"
_S = "[ \t\u00a0\u2002-\u200a\u3000]*"
_DIVISION = pattern(
    f"第{_S}({_N}|{_A}){_S}(分编|分編|编(?![辑制])|編|部分(?![别析人])|篇(?!幅)|章(?!程)|节(?![目日约])|節|条(?![件路])|條)(之{_N})?"
)
_HAN = pattern(f"({_N})[\u3001\uff0e.]{_S}(?!{_N}\u3001)")
_HAN_PAREN = pattern(f"[\uff08(]{_S}({_N}){_S}[\uff09)]{_S}\u3001?{_S}")
_ARABIC = pattern(f"({_A})(?:[\uff0e.](?![0-9\uff10-\uff19])|\u3001){_S}")
_ARABIC_PAREN = pattern(f"[\uff08(]{_S}({_A}){_S}[\uff09)]{_S}|({_A})[\uff09)]{_S}")
_CIRCLED = pattern(f"([\u2460-\u2473\u2474-\u249b\u3251-\u325f\u24f5-\u24fe\u2776-\u277f]){_S}\u3001?")
_ROMAN = pattern(f"([\u2160-\u216b]|[IVX]{{1,5}})[\u3001\uff0e.]{_S}")
_STEM = pattern(f"([甲乙丙丁戊己庚辛壬癸])[\u3001\uff0e.]{_S}")
_DASH = pattern(f"\u2014\u2014?{_S}|\u2e3a{_S}")
_ORDINAL = pattern("([一二三四五六七八九十]{1,3})(?:是|要)(?![一二三四五六七八九十])")
_ROMANS = {"I": 1, "V": 5, "X": 10}


def mark_of(text: str) -> Mark | None:
    """The mark a paragraph begins with.

    >>> mark_of("\uff08十一\uff09加强"), mark_of("2025年"), mark_of("3.5%")
    (Mark(family='han_paren', value=11, end=4), None, None)
    """
    reader = _READERS.get(text[:1])
    return reader(text) if reader else None


_DIVISIONS = {
    "分编": "subpart",
    "分編": "subpart",
    "编": "part",
    "編": "part",
    "部分": "part",
    "篇": "part",
    "章": "chapter",
    "节": "section",
    "節": "section",
    "条": "article",
    "條": "article",
}


def _division(text: str) -> Mark | None:
    found = _DIVISION.match(text)
    if found is None:
        return None
    return Mark(_DIVISIONS[found[2]], _value(found[1]), found.end())


def _han(text: str) -> Mark | None:
    if found := _HAN.match(text):
        return Mark("han", han_number(found[1]), found.end())
    if found := _ORDINAL.match(text):
        return Mark("ordinal", han_number(found[1]), found.end())
    return None


def _bracket(text: str) -> Mark | None:
    if found := _HAN_PAREN.match(text):
        return Mark("han_paren", han_number(found[1]), found.end())
    if found := _ARABIC_PAREN.match(text):
        return Mark("arabic_paren", _value(found[1]), found.end())
    return None


def _arabic(text: str) -> Mark | None:
    if found := _ARABIC.match(text):
        return Mark("arabic", _value(found[1]), found.end())
    if (found := _ARABIC_PAREN.match(text)) and found[2]:
        return Mark("arabic_paren", _value(found[2]), found.end())
    return None


def _circled(text: str) -> Mark | None:
    if (found := _CIRCLED.match(text)) is None:
        return None
    code = ord(found[1])
    for first, last, value in _RANGES:
        if first <= code <= last:
            return Mark("circled", code - first + value, found.end())
    return None


_RANGES = (
    (0x2460, 0x2473, 1),
    (0x2474, 0x2487, 1),
    (0x2488, 0x249B, 1),
    (0x3251, 0x325F, 21),
    (0x24F5, 0x24FE, 1),
    (0x2776, 0x277F, 1),
)


def _roman(text: str) -> Mark | None:
    if (found := _ROMAN.match(text)) is None:
        return None
    if found[1] >= "\u2160":
        return Mark("roman", ord(found[1]) - 0x215F, found.end())
    values = [_ROMANS[char] for char in found[1]]
    signed = [-value if value < max(values[at:]) else value for at, value in enumerate(values)]
    return Mark("roman", sum(signed), found.end())


def _stem(text: str) -> Mark | None:
    found = _STEM.match(text)
    return Mark("stem", "甲乙丙丁戊己庚辛壬癸".index(found[1]) + 1, found.end()) if found else None


def _dash(text: str) -> Mark | None:
    found = _DASH.match(text)
    return Mark("dash", 0, found.end()) if found and found.end() > 1 and found.end() < len(text) else None


def _value(digits: str) -> int:
    return int(digits) if digits.isdigit() else han_number(digits)


_READERS = {
    "第": _division,
    **dict.fromkeys("零一二三四五六七八九十百千〇两", _han),
    **dict.fromkeys("\uff08(", _bracket),
    **dict.fromkeys("0123456789\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19", _arabic),
    **{chr(code): _circled for first, last, _ in _RANGES for code in range(first, last + 1)},
    **dict.fromkeys("IVX" + "".join(map(chr, range(0x2160, 0x216C))), _roman),
    **dict.fromkeys("\u2014\u2e3a", _dash),
    **dict.fromkeys("甲乙丙丁戊己庚辛壬癸", _stem),
}
