"""Numerals -> numbers: Arabic digits of any width, Han, Roman and circled numerals."""

from __future__ import annotations

from typing import NamedTuple

from .rows import Rows

HAN_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **dict.fromkeys("\u3007\u25cb\u25ef", 0),
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "廿": 20, "卅": 30}
HAN_ZERO = "零\u3007\u25cb\u25ef"
"""The ways to write zero: the character, U+3007, and the circles that stand for it."""
HAN = f"[{HAN_ZERO}一二三四五六七八九十百千两]"
"""A character of a Han number, for a regular expression."""


FORMAL = dict(zip("壹贰貳叁參肆伍陆陸柒捌玖拾", "一二二三三四五六六七八九十", strict=True))
"""Numerals of accounts and of Taiwan's outlines -> plain ones (GB/T 15835-2011, appendix A)."""


class Sequence(NamedTuple):
    """Characters in a row that stand for numbers in a row, the first for `value`.  example: one with its number."""

    first: str
    last: str
    value: int
    example: tuple[str, int]


SEQUENCES: Rows[Sequence] = Rows(
    Sequence("\u2460", "\u2473", 1, ("\u2462", 3)),  # in circles, Unicode: Enclosed Alphanumerics
    Sequence("\u2474", "\u2487", 1, ("\u2475", 2)),  # in brackets
    Sequence("\u2488", "\u249b", 1, ("\u2488", 1)),  # with a full stop
    Sequence("\u24f5", "\u24fe", 1, ("\u24f6", 2)),  # in two circles
    Sequence("\u2776", "\u277f", 1, ("\u277f", 10)),  # white on black
    Sequence("\u3251", "\u325f", 21, ("\u3251", 21)),  # in circles, from 21
    Sequence("\u3220", "\u3229", 1, ("\u3222", 3)),  # Han numerals in brackets
    Sequence("\u2160", "\u216b", 1, ("\u2163", 4)),  # Roman numerals as one character
)


def han_number(text: str) -> int:
    """The value of a Han number below ten thousand; 0 where it is none.

    >>> han_number("二百零五"), han_number("十一"), han_number("二〇"), han_number("廿一")
    (205, 11, 20, 21)
    """
    total = digit = 0
    positional = not any(char in _UNITS for char in text)
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in HAN_DIGITS:
            digit = digit * 10 + HAN_DIGITS[char] if positional else HAN_DIGITS[char]
        else:
            return 0
    return total + digit


_ROMANS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def roman_number(text: str) -> int:
    """The value of a Roman number of Latin capitals.

    >>> roman_number("IX"), roman_number("XIV")
    (9, 14)
    """
    values = [_ROMANS[char] for char in text]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def number(text: str) -> int:
    """The value of a numeral of any form; 0 where it is none.

    >>> number("１２"), number("十二"), number("XII"), number("⑫")
    (12, 12, 12, 12)
    """
    if text.isdecimal():
        return int(text)
    if text and all(char in _ROMANS for char in text):
        return roman_number(text)
    for row in SEQUENCES:
        if len(text) == 1 and row.first <= text <= row.last:
            return ord(text) - ord(row.first) + row.value
    return han_number(text)
