"""Quotes and brackets that open and do not close, or close and never opened: reported with their place."""

from __future__ import annotations

from collections import Counter

from ..errors import Notice, Said
from ..zh.patterns import pattern
from . import limits
from .draft import Draft
from .inlines import Edit

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
_ANY = pattern(f"[{''.join(sorted({*_PAIRS, *_PAIRS.values()}))}]")
_ENUMERATOR = pattern(r"[0-9A-Za-z一二三四五六七八九十]{1,3}$")
_APOSTROPHE = pattern("[A-Za-z]\u2019[A-Za-z]|[A-Za-z]s\u2019")


def unbalanced(draft: Draft) -> None:
    """`入选` U+201C `全省` ... U+3002: the quote is not closed before its paragraph ends.

    A mark left open at a paragraph's end counts as closed where the next paragraph begins with the same mark, as
    quotations over several paragraphs do (GB/T 15834-2011, 4.8.3.4).
    """
    found = list(draft.places())
    reported = 0
    for position, (passage, place) in enumerate(found):
        if passage.code or not _ANY.search(passage.text):
            continue
        following = found[position + 1][0].text[:1] if position + 1 < len(found) else ""
        for at in alone(passage.text, following):
            reported += 1
            if reported <= limits.UNBALANCED:
                _report(draft, passage.text[at], *place(at))
    if reported > limits.UNBALANCED:
        draft.notices.append(
            Notice.of(Said("unbalanced-more", reported=reported - limits.UNBALANCED), code="unbalanced")
        )


def alone(text: str, following: str = "") -> list[int]:
    """Where marks stand that nothing closes or opens.  following: how the next paragraph begins."""
    opened: list[int] = []
    kinds: Counter[str] = Counter()
    found: list[int] = []
    for match in _ANY.finditer(text):
        mark, at = match[0], match.start()
        if mark in _OPEN:
            opened.append(at)
            kinds[mark] += 1
        elif kinds[_PAIRS[mark]]:
            while text[opened[-1]] != _PAIRS[mark]:
                found.append(opened.pop())
                kinds[text[found[-1]]] -= 1
            kinds[text[opened.pop()]] -= 1
        elif mark in "\uff09)" and _ENUMERATOR.search(text[max(0, at - 3) : at]):
            continue  # the mark of an item, `1)`
        elif mark != "\u2019" or not _APOSTROPHE.search(text[max(0, at - 2) : at + 2]):
            found.append(at)
    if len(opened) == 1 and following and text[opened[0]] == following and following in _QUOTES:
        opened.clear()
    return sorted(found + opened)


def close_quotes(draft: Draft) -> None:
    """The one quote a paragraph leaves open is closed before the stop of its sentence.

    `入选` U+201C `试点镇` U+3002 -> `入选` U+201C `试点镇` U+201D U+3002.
    """
    for passage in draft.passages():
        found = alone(passage.text)
        if len(found) != 1 or passage.text[found[0]] not in _CLOSING:
            continue
        closing = _CLOSING[passage.text[found[0]]]
        stop = _STOP.search(passage.text, found[0] + 1)
        if stop and stop.start() > found[0] + 1:
            at = stop.start()
            passage.change("close-quotes", [Edit(at, at + 1, closing + stop[0])])


_STOP = pattern("[\u3002\uff01\uff1f\uff1b]")
_CLOSING = {"\u201c": "\u201d", "\u2018": "\u2019", "\u300c": "\u300d", "\u300e": "\u300f"}


def _report(draft: Draft, mark: str, line: int | None, column: int | None) -> None:
    kind = "quotes" if mark in _QUOTES else "brackets"
    what = "is not closed" if mark in _OPEN else "was not opened"
    draft.notices.append(
        Notice.of(Said("unbalanced-mark", mark=mark, ord=ord(mark), what=what), line, column, code=f"unbalanced-{kind}")
    )
