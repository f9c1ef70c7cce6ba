"""Quotes and brackets that open and do not close, or close and never opened: reported with their place."""

from __future__ import annotations

import re

from ..errors import Notice
from .draft import Draft, Passage

_PAIRS = {
    "\u201d": "\u201c",
    "\u2019": "\u2018",
    "\uff09": "\uff08",
    ")": "(",
    "\u300b": "\u300a",
    "\u3009": "\u3008",
    "\u3011": "\u3010",
    "\u300d": "\u300c",
    "\u300f": "\u300e",
    "\u3015": "\u3014",
    "\uff3d": "\uff3b",
}
_OPEN = frozenset(_PAIRS.values())
_QUOTES = "\u201c\u201d\u2018\u2019\u300c\u300d\u300e\u300f"
_ANY = re.compile(f"[{''.join(sorted({*_PAIRS, *_PAIRS.values()}))}]")
_ENUMERATOR = re.compile(r"[0-9A-Za-z一二三四五六七八九十]{1,3}$")
_APOSTROPHE = re.compile("[A-Za-z]\u2019[A-Za-z]|[A-Za-z]s\u2019")


def unbalanced(draft: Draft) -> None:
    """`入选` U+201C `全省` ... U+3002: the quote is not closed before its paragraph ends.

    A mark left open at a paragraph's end counts as closed where the next paragraph begins with the same mark, as
    quotations over several paragraphs do (GB/T 15834-2011, 4.8.3.4).
    """
    found = list(draft.places())
    for position, (passage, place) in enumerate(found):
        if passage.code or not _ANY.search(passage.text):
            continue
        following = found[position + 1][0].text[:1] if position + 1 < len(found) else ""
        for at in _alone(passage, following):
            _report(draft, passage.text[at], *place(at))


def _alone(passage: Passage, following: str) -> list[int]:
    text = passage.text
    opened: list[int] = []
    alone: list[int] = []
    for match in _ANY.finditer(text):
        mark, at = match[0], match.start()
        if mark in _OPEN:
            opened.append(at)
        elif opened and text[opened[-1]] == _PAIRS[mark]:
            opened.pop()
        elif mark in "\uff09)" and _ENUMERATOR.search(text[max(0, at - 3) : at]):
            continue  # the mark of an item, `1)`
        elif mark == "\u2019" and _APOSTROPHE.search(text[max(0, at - 2) : at + 2]):
            continue
        elif any(text[start] == _PAIRS[mark] for start in opened):
            while text[opened[-1]] != _PAIRS[mark]:
                alone.append(opened.pop())
            opened.pop()
        else:
            alone.append(at)
    if len(opened) == 1 and following and text[opened[0]] == following and following in _QUOTES:
        opened.clear()
    return sorted(alone + opened)


def _report(draft: Draft, mark: str, line: int | None, column: int | None) -> None:
    kind = "quotes" if mark in _QUOTES else "brackets"
    what = "is not closed" if mark in _OPEN else "was not opened"
    draft.notices.append(
        Notice(f"unbalanced-{kind}", f"{mark} (U+{ord(mark):04X}) {what} in its paragraph", line, column)
    )
