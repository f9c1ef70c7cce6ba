"""Character classes of Chinese line composition: one table, from clreq 3.1 and TYPOGRAPHY section 1.

`classify` gives each character of a paragraph its class in context: quotes, dashes, ellipses and the interpunct are
shared between Chinese and Latin text and take the side of their nearest strong neighbour.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum


class Class(IntEnum):
    """What a character is to the line breaker.  Marks from OPEN to STOP are 1 em wide, half of it blank."""

    HAN = 0  # ideographs, kana, enclosed numbers, full-width letters: 1 em, breakable on both sides
    WESTERN = 1  # letters and digits of proportional width
    SPACE = 2
    OPEN = 3  # blank half on the left
    CLOSE = 4  # blank half on the right
    COMMA = 5
    STOP = 6
    TWO_EM = 7  # half of a two-em dash or ellipsis, one unit with its twin
    CONNECTOR = 8  # single dash, tilde, hyphen between digits
    SOLIDUS = 9
    INTERPUNCT = 10
    SMALL_KANA = 11  # may not begin a line in Japanese
    BREAK = 12  # a line break the author set
    OBJECT = 13  # something drawn in the line that is no character


_OPEN = "\uff08\uff3b\uff5b\u300a\u3008\u300c\u300e\u3010\u3014\u3016\u2018\u201c\uff5f\u301d"
_CLOSE = "\uff09\uff3d\uff5d\u300b\u3009\u300d\u300f\u3011\u3015\u3017\u2019\u201d\uff60\u301e\u301f"
_COMMA = "\u3001\uff0c\uff1b\uff1a"
_STOP = "\u3002\uff0e\uff01\uff1f"
_TWO_EM = "\u2014\u2026\u22ef\u2e3a"
_CONNECTOR = "\u2013\uff5e\u301c\u2e3a"
_SOLIDUS = "\uff0f"
_INTERPUNCT = "\u00b7\u2027\u30fb"
_SMALL_KANA = (
    "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u3095\u3096"
    "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6\u30fc\u309d\u309e\u30fd\u30fe"
)
SHARED = frozenset("\u2018\u2019\u201c\u201d\u2014\u2026\u00b7")
"""Marks that Chinese and Latin text both use."""


def _table() -> dict[str, Class]:
    table: dict[str, Class] = {}
    for members, kind in (
        (_OPEN, Class.OPEN),
        (_CLOSE, Class.CLOSE),
        (_COMMA, Class.COMMA),
        (_STOP, Class.STOP),
        (_CONNECTOR, Class.CONNECTOR),
        (_TWO_EM, Class.TWO_EM),
        (_SOLIDUS, Class.SOLIDUS),
        (_INTERPUNCT, Class.INTERPUNCT),
        (_SMALL_KANA, Class.SMALL_KANA),
        (" \t\u00a0\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u202f", Class.SPACE),
        ("\n", Class.BREAK),
        ("\ufffc", Class.OBJECT),
    ):
        table.update(dict.fromkeys(members, kind))
    return table


_CLASSES = _table()


def is_han(char: str) -> bool:
    """Ideographs with extensions and compatibility forms, U+3005 to U+3007, kana, bopomofo, Hangul."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x323AF
        or 0xF900 <= code <= 0xFAFF
        or 0x3005 <= code <= 0x3007
        or 0x3021 <= code <= 0x312F
        or 0x31A0 <= code <= 0x31FF
        or 0xAC00 <= code <= 0xD7A3
        or 0x1100 <= code <= 0x11FF
        or 0x2E80 <= code <= 0x2FDF
    )


def char_class(char: str) -> Class:
    """The class of a character alone, shared marks taken as Chinese."""
    found = _CLASSES.get(char)
    if found is None:
        found = _CLASSES[char] = _compute(char)
    return found


def _compute(char: str) -> Class:
    if is_han(char):
        return Class.HAN
    # Full-width forms, enclosed numbers and CJK symbols fill an em; everything else is proportional.
    if unicodedata.east_asian_width(char) in "WF" or 0x2460 <= ord(char) <= 0x24FF:
        return Class.HAN
    return Class.WESTERN


def classify(text: str) -> list[Class]:
    """The class of every character in the context of its paragraph.

    A shared mark is Chinese when the nearest strong character on either side is Han, else western; a dash or an
    ellipsis is two-em only beside its twin, else a connector.  Where the paragraph has no strong character, marks are
    Chinese.
    """
    classes = [char_class(char) for char in text]
    if not any(mark in text for mark in SHARED):
        return classes
    before = _nearest(text, classes)
    after = _nearest(text[::-1], classes[::-1])[::-1]
    for at, char in enumerate(text):
        if char not in SHARED:
            continue
        sides = before[at], after[at]
        if Class.WESTERN in sides and Class.HAN not in sides:
            classes[at] = Class.WESTERN
        elif char == "\u2014" and char not in (text[at - 1 : at], text[at + 1 : at + 2]):
            classes[at] = Class.CONNECTOR
    return classes


def _nearest(text: str, classes: list[Class]) -> list[Class | None]:
    """For each character, the class of the nearest letter, digit or ideograph before it."""
    out: list[Class | None] = []
    last: Class | None = None
    for char, kind in zip(text, classes, strict=True):
        out.append(last)
        if kind is Class.BREAK:
            last = None
        elif (kind is Class.HAN or kind is Class.SMALL_KANA) and char.isalnum():
            last = Class.HAN
        elif kind is Class.WESTERN and char.isalnum():
            last = Class.WESTERN
    return out
