"""Character classes of line composition: one table, from clreq 3.1 and convert/README.md, Line composition 1, with what
Japanese (JLReq, appendix A) and Korean (KLReq 3.1) have otherwise.

`classify` gives each character of a paragraph its class in context: quotes, dashes, ellipses and the interpunct are
shared between Chinese and Latin text and take the side of their nearest strong neighbour.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class Class(StrEnum):
    """What a character is to the line breaker; one letter each, so that a paragraph's classes are a string.

    Marks from OPEN to STOP are 1 em wide, half of it blank (on the left of OPEN, on the right of the others).
    """

    HAN = "H"  # ideographs, kana, enclosed numbers, full-width letters: 1 em, breakable on both sides
    WESTERN = "W"  # letters, digits and ASCII marks of proportional width
    SPACE = "s"
    OPEN = "O"
    CLOSE = "C"
    COMMA = "M"
    STOP = "P"
    TWO_EM = "T"  # half of a two-em dash or ellipsis, one unit with its twin
    CONNECTOR = "N"  # a dash alone, a wave dash
    SOLIDUS = "D"
    INTERPUNCT = "I"
    SMALL_KANA = "K"  # may not begin a line in Japanese
    BREAK = "B"  # a line break the author set
    OBJECT = "X"  # something drawn in the line that is no character


_MEMBERS = {
    Class.OPEN: "\uff08\uff3b\uff5b\u300a\u3008\u300c\u300e\u3010\u3014\u3016\u2018\u201c\uff5f\u301d",
    Class.CLOSE: "\uff09\uff3d\uff5d\u300b\u3009\u300d\u300f\u3011\u3015\u3017\u2019\u201d\uff60\u301e\u301f",
    Class.COMMA: "\u3001\uff0c\uff1b\uff1a",
    Class.STOP: "\u3002\uff0e\uff01\uff1f",
    Class.TWO_EM: "\u2014\u2026\u22ef\u2e3a",
    Class.CONNECTOR: "\u2013\uff5e\u301c",
    Class.SOLIDUS: "\uff0f",
    Class.INTERPUNCT: "\u00b7\u2027\u30fb",
    Class.SMALL_KANA: (
        "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u3095\u3096"
        "\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7\u30ee\u30f5\u30f6\u30fc\u309d\u309e\u30fd\u30fe"
    ),
    Class.SPACE: " \t\u00a0\u2009\u200a\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u202f",
    Class.BREAK: "\n",
    Class.OBJECT: "\ufffc",
}
SHARED = frozenset("\u2018\u2019\u201c\u201d\u2014\u2026\u00b7")
"""Marks that Chinese and Latin text both use."""


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


# Roman numerals that are one character, enclosed numbers, reference mark, arrows, shapes (a circle is a zero in many
# dates): Western encodings have none of these, so that a page that has them means those of its Chinese face.
_AN_EM_BESIDE_HAN = re.compile("[\u2160-\u217f\u203b\u2190-\u2199\u2460-\u24ff\u25a0-\u25ff\u2605\u2606]")


class _ClassTable(dict[int, str]):
    """Code point -> class letter, for str.translate; what is not listed is worked out once and kept."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        # Full-width forms, enclosed numbers and CJK symbols fill an em; everything else is proportional.
        wide = is_han(char) or unicodedata.east_asian_width(char) in "WF" or _AN_EM_BESIDE_HAN.match(char)
        found = self[code] = str(Class.HAN if wide else Class.WESTERN)
        return found


_CLASSES = _ClassTable((ord(char), str(kind)) for kind, members in _MEMBERS.items() for char in members)
SELECTOR = re.compile("[\u200d\u20e3\ufe00-\ufe0f\U000e0020-\U000e007f\U000e0100-\U000e01ef]")
"""Variation selectors, tags, joiners and the key around a digit: they say which form of the character before them is
meant, and are one with it."""
_SHARED = re.compile("[\u2018\u2019\u201c\u201d\u2014\u2026\u00b7]+")


_REPEATED = re.compile("[\u3005\u303b\u3035]")
"""Iteration marks of ideographs, and the lower half of the one of words: they may not begin a line in Japanese (JLReq,
cl-09)."""


def classify(text: str, language: str | None = None) -> str:
    """The class letter of every character in the context of its paragraph.  language: BCP 47; simplified Chinese where
    there is none.

    In Japanese, iteration marks are of the class of small kana.  In Korean, the marks shared with Latin text are as
    wide as Latin ones (KLReq 3.1.1).
    """
    tag = (language or "")[:2]
    if tag == "ko":
        return text.translate(_KOREAN)
    classes = _in_context(text)
    if tag == "ja" and _REPEATED.search(text):
        for found in _REPEATED.finditer(text):
            classes = f"{classes[: found.start()]}{Class.SMALL_KANA}{classes[found.end() :]}"
    return classes


def _in_context(text: str) -> str:
    """The class of every character, shared marks taken by their neighbours.

    A shared mark is Chinese when the nearest strong character (a letter, digit or ideograph) on either side is Han,
    else western; a dash is two-em only beside its twin, else a connector.  Where there is no strong character, marks
    are Chinese.
    """
    classes = text.translate(_CLASSES)
    if SELECTOR.search(text, 1):
        each = list(classes)
        for found in SELECTOR.finditer(text, 1):
            each[found.start()] = each[found.start() - 1]
        classes = "".join(each)
    if not any(mark in text for mark in SHARED):
        return classes
    parts: list[str] = []
    done, ahead, before = 0, -1, None
    for found in _SHARED.finditer(text):
        first, last = found.span()
        parts.append(classes[done:first])
        before = _side(text, classes, _strong(text, classes, range(first - 1, done - 1, -1)), before)
        if ahead < last:
            ahead = _strong(text, classes, range(last, len(text)))
        done = last
        sides = before, _side(text, classes, ahead, None)
        if Class.WESTERN in sides and Class.HAN not in sides:
            parts.append(Class.WESTERN * (last - first))
        elif "\u2014" not in found[0]:
            parts.append(classes[first:last])
        else:
            # A dash without a twin beside it joins, as in 1949-2019 or Beijing-Shanghai.
            parts.append(re.sub("(?<!\u2014)\u2014(?!\u2014)", "N", found[0]).translate(_CLASSES_KEEP))
    parts.append(classes[done:])
    return "".join(parts)


_CLASSES_KEEP = _ClassTable(_CLASSES)
_CLASSES_KEEP[ord("N")] = str(Class.CONNECTOR)
_KOREAN = _ClassTable(_CLASSES)
_KOREAN.update((ord(char), str(Class.WESTERN)) for char in SHARED)


def _strong(text: str, classes: str, places: range) -> int:
    """Where the first strong character or line break of some places is; one past the text where there is none."""
    return next((at for at in places if classes[at] == "B" or (classes[at] in "HKW" and text[at].isalnum())), len(text))


def _side(text: str, classes: str, at: int, otherwise: Class | None) -> Class | None:
    """The side of the strong character at a place, none of a line break; `otherwise` past the text's end."""
    if at == len(text):
        return otherwise
    return {"B": None, "W": Class.WESTERN}.get(classes[at], Class.HAN)
