"""Where a line may break: kinsoku by the levels of clreq 3.1.3 and convert/README.md, Line composition 2.

In: a paragraph and its classes.  Out: one byte a character, 1 where a line may begin with it.  Most of a Chinese text
is Han and full-width marks, where the class of a character decides: only what is beside Latin letters, spaces and
two-em marks is looked at.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Literal

from . import SELECTOR, Class

Level = Literal["none", "basic", "gb", "strict"]

# May not begin a line: clreq 3.1.3.1; I and N with them by GB/T 15834-2011, 5.1.6 and 5.1.8.
_NOT_FIRST: dict[str, str] = {"none": "", "basic": "CMPNDIK", "gb": "CMPNDIK", "strict": "CMPNDIKT"}
# May not end a line: clreq 3.1.3.2; the solidus by GB/T 15834-2011, 5.1.9.
_NOT_LAST: dict[str, str] = {"none": "", "basic": "O", "gb": "OD", "strict": "OD"}
# Japanese: strict as JLReq 3.1.7 has it; loose, small kana, the prolonged sound mark and iteration marks may begin a
# line (3.1.7, note).  Inseparable characters, such as two dashes, are one mark here anyway.
_NOT_FIRST_JA: dict[str, str] = {"none": "", "basic": "CMPNDI", "gb": "CMPNDIK", "strict": "CMPNDIKT"}
_MIDDLE_DOTS = "\u318d\u00b7\u30fb"
"""Between the items of a list without spaces: a line may begin behind one (KLReq 3.1.2)."""
_WORDS = re.compile("(?<=[HKW])(?=[HK])|(?<=[HK])(?=W)")
_IN_CONTEXT = re.compile(r"[WsT]+")
_WESTERN_CLOSE = frozenset(")]}>,.:;!?%'\"\u2019\u201d\u00b7")
_WESTERN_OPEN = frozenset("([{<'\"\u2018\u201c")
_UNIT_AFTER_DIGIT = re.compile("[\uff05\u2030\u2103\u2109\u00b0\u2032\u2033](?<=[0-9].)")
_SIGN_BEFORE_NUMBER = re.compile("[\uffe5\uff04\uffe1\uffe0\u00a5\u20ac\u00a3$\u2116\uff03#](?=\\s?[0-9])")
_URL = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")
# A URL may break after these (convert/README.md, Line composition 2), never inside `://`; an address for mail after its
# sign too.
_URL_STOP = re.compile(r"[/.\-_?&=@](?![/.\-_?&=])")
# The dash of a range ends a line rather than that the line before it is opened.
_RANGE = re.compile("(?<=[0-9%\u2030\u2103\u00b0])[\u2013\u2014](?=[0-9])")
_HYPHEN = re.compile(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})")


def allowed(
    text: str,
    classes: str,
    level: Level = "gb",
    held: Sequence[tuple[int, int]] = (),
    *,
    language: str = "",
    words: Literal["break", "keep"] = "break",
) -> bytearray:
    """For each character 1 where a line may begin with it, else 0 (always 0 for the first).

    held: stretches that stay on one line with the character behind them: ordinal marks (convert/README.md, Line
    composition 2). A break the author set is no matter of permission: the breaker sees it by its class.
    language: BCP 47.  words: `keep` leaves words whole that spaces part, as Korean has them (KLReq 3.1.2).
    """
    table = _NOT_FIRST_JA if language.startswith("ja") else _NOT_FIRST
    not_first, not_last = table[level], _NOT_LAST[level]
    may = bytearray(classes.encode("ascii").translate(_by_class(not_first)))
    if not text:
        return may
    may[0] = 0
    for mark in not_last:
        at = classes.find(mark)
        while at >= 0:
            _forbid(may, at + 1)
            at = classes.find(mark, at + 1)
    for run in _IN_CONTEXT.finditer(classes):
        _run(text, classes, may, *run.span(), not_first, not_last)
    if level != "none" and Class.WESTERN in classes:
        for sign in _SIGN_BEFORE_NUMBER.finditer(text):
            _forbid(may, sign.end())
        for unit in _UNIT_AFTER_DIGIT.finditer(text):
            may[unit.start()] = 0
    if lead := len(classes) - len(classes.lstrip(Class.SPACE)):
        may[: lead + 1] = bytes(min(lead + 1, len(may)))  # no line of nothing but white space
    if words == "keep":
        for found in _WORDS.finditer(classes):
            may[found.start()] = text[found.start() - 1] in _MIDDLE_DOTS
    for selector in SELECTOR.finditer(text):
        may[selector.start()] = 0
    for first, end in held:
        last = min(end + 1, len(text))
        may[first + 1 : last] = bytes(max(0, last - first - 1))
    return may


@functools.cache
def _by_class(not_first: str) -> bytes:
    """Code of a class -> 1 where the class alone lets it begin a line."""
    return bytes(chr(code) not in f"{not_first}sB" for code in range(256))


def _forbid(may: bytearray, at: int) -> None:
    if at < len(may):
        may[at] = 0


def _run(text: str, classes: str, may: bytearray, first: int, last: int, not_first: str, not_last: str) -> None:
    """Decide the boundaries of one run of letters, spaces and two-em marks: before, in and behind it."""
    twins = first  # where the two-em marks alike begin that the one before `at` belongs to
    for at in range(max(first, 1), min(last + 1, len(text))):
        before, after = classes[at - 1], classes[at]
        if text[at - 1] != text[at - 2]:
            twins = at - 1
        if after in not_first or before in not_last or after in "sB":
            may[at] = 0
        elif before == "s":
            may[at] = 0 if text[at - 1] in "\u00a0\u202f" or _held(classes, at) in not_last else 1
        elif before == "W":
            may[at] = 1 if after not in "WI" and text[at - 1] not in _WESTERN_OPEN else 0
        elif after == "W":
            may[at] = 0 if text[at] in _WESTERN_CLOSE and not_first else 1
        elif before == "T" == after:
            may[at] = not _inside_pair(text, twins, at)
    if Class.WESTERN in classes[first:last]:
        _western(text, may, first, last)


def _inside_pair(text: str, twins: int, at: int) -> bool:
    """Whether `at` splits a two-em mark: those alike pair off from the first, at `twins`."""
    return text[at - 1] == text[at] and (at - twins) % 2 == 1


def _held(classes: str, at: int) -> str:
    """The class that would end a line broken at `at`, whose spaces vanish there; a stop for nothing."""
    while at and classes[at - 1] == "s":
        at -= 1
    return classes[at - 1] if at else "P"


def _western(text: str, may: bytearray, first: int, last: int) -> None:
    piece = text[first:last]
    if "-" in piece:
        for hyphen in _HYPHEN.finditer(piece):
            may[first + hyphen.start()] = 1
    if "\u2014" in piece or "\u2013" in piece:
        for dash in _RANGE.finditer(piece):
            may[first + dash.end()] = 1
    if "." in piece:
        for url in _URL.finditer(piece):
            for stop in _URL_STOP.finditer(url[0]):
                if stop.end() < len(url[0]):
                    may[first + url.start() + stop.end()] = 1
