"""Which way text runs: the Unicode Bidirectional Algorithm (UAX #9) for lines that run from left to right.

In: a paragraph.  Out: an embedding level for each character, and the order from left to right of a line's characters.
Controls of direction say nothing here, for pages have them where their writer's software put them; a Chinese paragraph
runs from left to right whatever it begins with (UAX #9, HL1).
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterator, Sequence

_BACKWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_QUOTES = {"<": ">", ">": "<", "\u00ab": "\u00bb", "\u00bb": "\u00ab", "\u2039": "\u203a", "\u203a": "\u2039"}
_STRONG = frozenset(("L", "R", "AL"))
_IGNORED = frozenset(("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON"))
_DEEPEST = 63
"""Brackets within one another (BD16)."""
_SEPARATES = {("ES", "EN"): "EN", ("CS", "EN"): "EN", ("CS", "AN"): "AN"}


def levels(text: str) -> bytes | None:
    """The level of each character: even where text runs to the right, odd where it runs to the left; None where all of
    it runs to the right.  A line end begins a paragraph."""
    if not _BACKWARDS.search(text):
        return None
    out = bytearray()
    for part in re.split("(\n)", text):
        out += _paragraph(part)
    return bytes(out)


def order(levels: bytes) -> list[int]:
    """The characters of a line from left to right, by their places in it (UAX #9, L2)."""
    placed = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        at = 0
        for deep, run in itertools.groupby([levels[place] >= level for place in placed]):
            end = at + len(list(run))
            if deep:
                placed[at:end] = placed[at:end][::-1]
            at = end
    return placed


@functools.cache
def mirrored(char: str) -> str:
    """What is drawn for a character where text runs to the left: brackets are turned (UAX #9, L4)."""
    if char in _QUOTES:
        return _QUOTES[char]
    kind = unicodedata.category(char)
    if kind not in ("Ps", "Pe") or not unicodedata.mirrored(char):
        return char
    way, mate = (1, "Pe") if kind == "Ps" else (-1, "Ps")
    mates = (chr(ord(char) + way * by) for by in (1, 2))
    return next((one for one in mates if unicodedata.category(one) == mate), char)


def _paragraph(text: str) -> bytes:
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    if not any(kind in ("R", "AL", "AN") for kind in kinds):
        return bytes(len(kinds))
    _weak(kinds)
    _brackets(text, kinds)
    _neutral(kinds)
    return bytes([{"R": 1, "AN": 2, "EN": 2}.get(kind, 0) for kind in kinds])  # I1


def _weak(kinds: list[str]) -> None:
    """W1 to W7."""
    before = strong = "L"
    for at, kind in enumerate(kinds):
        if kind == "NSM" or kind in _IGNORED:
            kind = before
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        before = kinds[at] = kind
    for at in range(1, len(kinds) - 1):
        if kinds[at - 1] == kinds[at + 1]:
            kinds[at] = _SEPARATES.get((kinds[at], kinds[at - 1]), kinds[at])
    at = 0
    for kind, run in itertools.groupby(list(kinds)):
        end = at + len(list(run))
        if kind == "ET" and "EN" in (*kinds[at - 1 : at], *kinds[end : end + 1]):
            kinds[at:end] = ["EN"] * (end - at)
        at = end
    strong = "L"
    for at, kind in enumerate(kinds):
        if kind in _STRONG:
            strong = kind
            kinds[at] = "R" if kind == "AL" else kind
        elif kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _brackets(text: str, kinds: list[str]) -> None:
    """N0: brackets of a pair run as what they hold and stand in; marks on them go with them."""
    seen, before = 0, "L"
    for first, last in sorted(_pairs(text, kinds)):
        for kind in kinds[seen:first]:
            before = _side(kind) or before
        seen = first
        inside = {_side(kind) for kind in kinds[first + 1 : last]} - {None}
        if not inside:
            continue
        for place in (first, last):
            kinds[place] = "L" if "L" in inside else before
            while text[place + 1 : place + 2] and unicodedata.bidirectional(text[place + 1]) == "NSM":
                place += 1
                kinds[place] = kinds[place - 1]


def _pairs(text: str, kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if kinds[at] != "ON" or not unicodedata.mirrored(char):
            continue
        if (category := unicodedata.category(char)) == "Ps":
            if len(opened) == _DEEPEST:
                return
            opened.append((char, at))
        elif category == "Pe":
            mates = [place for place, (one, _) in enumerate(opened) if ord(char) - ord(one) in (1, 2)]
            if mates:
                yield opened[mates[-1]][1], at
                del opened[mates[-1] :]


def _side(kind: str) -> str | None:
    """The direction that a strong character or a number has for what is neutral."""
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else None


def _neutral(kinds: list[str]) -> None:
    """N1 and N2."""
    at = 0
    for neutral, run in itertools.groupby([kind in _NEUTRAL for kind in kinds]):
        end = at + len(list(run))
        if neutral:
            before = _side(kinds[at - 1]) if at else "L"
            after = _side(kinds[end]) if end < len(kinds) else "L"
            kinds[at:end] = [before if before == after and before else "L"] * (end - at)
        at = end
