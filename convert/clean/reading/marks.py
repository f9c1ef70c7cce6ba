"""The ordinal marks of a text's lines, with what only the whole text can prove: decimal numbers.

`1.2` at the beginning of a line is a mark where the text counts in such numbers, and else a figure; `1` and a space, or
`01` before a word, likewise.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...zh.marks import Mark, divisions, mark_of
from ...zh.numbered import COUNTED, FIGURE, NAMED, UNIT, attachment_label, caption_number
from ...zh.numerals import number
from ...zh.patterns import pattern
from .. import limits

_DIGIT = "0-9\uff10-\uff19"
_DOT = "[.\uff0e]"
_DECIMAL = pattern(
    f"([{_DIGIT}]{{1,2}}(?:{_DOT}[{_DIGIT}]{{1,2}}){{1,5}})(?:{_DOT}(?![{_DIGIT}])|\u3001)?"
    "[ \t\u00a0\u2000-\u200a\u3000]*"
)
_BARE = pattern(
    f"([{_DIGIT}]{{1,2}})(?:[ \t\u00a0\u2000-\u200a\u3000]+|(?<=0[1-9])|(?<=1[0-9]))(?=[\u4e00-\u9fff\u300a\u201c])"
)


_GLUED = pattern(f"([{_DIGIT}]{{1,2}})(?=[\u4e00-\u9fff]{{2}})")
"""A number right before a word, which only numbers within it prove: `1企业文化` above `1.1企业文化`."""
_COMMA = pattern(f"([{_DIGIT}]{{1,2}})[,\uff0c][ \u3000]*(?=[\u4e00-\u9fff\u300a\u201cA-Za-z])")


def marks_of(texts: Sequence[str]) -> list[Mark | None]:
    """The mark of each line.  `1.1  编制目的` -> ('decimal', (1, 1)) where the text counts so."""
    marks = [_mark(text) for text in texts]
    found = [(at, mark) for at, text in enumerate(texts) if text[:1] in _FIRST and (mark := _number(text)) is not None]
    glued = {at for at, mark in found if len(mark.path) == 1 and not _BARE.match(texts[at])}
    proven = _proven([*found, *_parents(marks)], glued)
    doubtful = [
        (at, mark)
        for at, text in enumerate(texts)
        if text[:1] in _FIRST and len(text) <= limits.HEADING and (mark := _figure(text)) is not None
    ]
    for at, mark in [*proven, *_between(proven, found, doubtful)]:
        marks[at] = mark
    for at, mark in _counted(texts, marks):
        marks[at] = mark
    for at, mark in _before_commas(texts, marks):
        marks[at] = mark
    return marks


_BEFORE = pattern("[=\u2550\u2605\u2606\u25a0\u25cf\u25c6\u25b6\u25ba\u25b2#\u203b\u2666\uff0a*~ \u3000\u00a0-]{1,12}")
"""What pages put before a mark: bullets, rules of equal signs."""


_FIRST = frozenset("0123456789\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")


def _mark(text: str) -> Mark | None:
    """The mark of a line, whatever bullet stands before it."""
    mark = mark_of(text)
    if mark is not None:
        return mark
    if text[0] in "正番外前后楔尾引终序" and (found := NAMED.match(text)):
        inner = mark_of(text[found.end() :])
        if inner is not None and inner.family in divisions():
            return inner._replace(end=inner.end + found.end())
        return Mark("named", (0,), found.end())
    if text[0] in _BULLETS and (found := _BEFORE.match(text)) and found.end() < len(text):
        inner = mark_of(text[found.end() :])
        if inner is not None and inner.family != "dash":
            return inner._replace(end=inner.end + found.end())
        if text[:2] == "==":
            return Mark("ruled", (0,), found.end())
    return None


_BULLETS = frozenset("=\u2550\u2605\u2606\u25a0\u25cf\u25c6\u25b6\u25ba\u25b2#\u203b\u2666\uff0a*~-")


def _counted(texts: Sequence[str], marks: Sequence[Mark | None]) -> list[tuple[int, Mark]]:
    """Labels of one word that count on from one: `政策1` and a colon, `政策2` and a colon, `政策3` and a colon; or
    `第一天` and a colon, and so on."""
    series: list[list[tuple[int, Mark]]] = []
    latest: dict[str, list[tuple[int, Mark]]] = {}
    for at, text in enumerate(texts):
        found = COUNTED.match(text) if marks[at] is None else None
        if found is None or attachment_label(text) is not None or caption_number(text) is not None:
            continue
        word, value = found[1] or found[4], number(found[2] or found[3])
        if value == 1:
            latest[word] = []
            series.append(latest[word])
        members = latest.get(word, [])
        if value == len(members) + 1:
            members.append((at, Mark("case", (value,), found.end())))
    return [member for members in series if len(members) >= limits.COUNTED for member in members]


def _before_commas(texts: Sequence[str], marks: Sequence[Mark | None]) -> list[tuple[int, Mark]]:
    """Numbers with a comma for a dot, where they count on from one: `1,`, `2,`, `3,`."""
    series: list[list[tuple[int, Mark]]] = []
    for at, text in enumerate(texts):
        found = _COMMA.match(text) if text[:1] in _FIRST and marks[at] is None else None
        if found is None:
            continue
        if (value := number(found[1])) == 1:
            series.append([])
        if series and value == len(series[-1]) + 1:
            series[-1].append((at, Mark("arabic", (value,), found.end())))
    return [member for members in series if len(members) >= limits.COUNTED for member in members]


def _parents(marks: Sequence[Mark | None]) -> list[tuple[int, Mark]]:
    """Marks within which decimal numbers may count: `7、资本` above `7.1、平台`."""
    return [(at, mark) for at, mark in enumerate(marks) if mark is not None and mark.family == "arabic"]


def _between(
    proven: Sequence[tuple[int, Mark]], found: Sequence[tuple[int, Mark]], doubtful: Sequence[tuple[int, Mark]]
) -> list[tuple[int, Mark]]:
    """Numbers in doubt between proven ones: `3.4人员` after `3.3费用` and before `3.5设备`; and those of one component
    that count on where others have numbers within them."""
    known = {at for at, _ in proven}
    clear = {at for at, _ in found}
    order = sorted(
        [*proven, *(one for one in found if one[0] not in known), *(one for one in doubtful if one[0] not in clear)]
    )
    later: set[tuple[int, ...]] = set()
    counted: set[int] = set()  # what a proven number counts on from
    for at, mark in reversed(order):
        if (*mark.path[:-1], mark.value + 1) in later:
            counted.add(at)
        if at in clear:
            later.add(mark.path)
    whole = sum(len(mark.path) == 1 for _, mark in proven)
    out: list[tuple[int, Mark]] = []
    latest: tuple[int, ...] = ()
    for at, mark in order:
        path = mark.path
        if at in known:
            latest = path
        elif latest[: len(path)] in _before(path) and (
            at in counted or at in clear if len(path) > 1 else whole > 1 and len(latest) > 1
        ):
            out.append((at, mark))
            latest = path
    return out


def _figure(text: str) -> Mark | None:
    """The number a line begins with, as a mark, also where it looks like a figure."""
    found = _DECIMAL.match(text) or _GLUED.match(text)
    if found is None or _WORDS.match(text, found.end()) is None:
        return None
    path = tuple(int(part) for part in found[1].replace("\uff0e", ".").split("."))
    return Mark("decimal", path, found.end()) if 0 not in path[:1] else None


_WORDS = pattern("[\u4e00-\u9fff]{2}[^\u3002\uff1b]*$")


def _number(text: str) -> Mark | None:
    """The decimal number a line begins with, if it can be a mark."""
    if found := _DECIMAL.match(text):
        rest = text[found.end() : found.end() + 1]
        figure = FIGURE.match(text, found.end(1))
        if not rest or not (figure and found.end() == found.end(1)) or _is_word(text, figure.end()):
            path = tuple(int(part) for part in found[1].replace("\uff0e", ".").split("."))
            return Mark("decimal", path, found.end()) if 0 not in path[:1] else None
        return None
    if (found := _BARE.match(text)) and not (UNIT.match(text, found.end()) and len(text) < 4):
        return Mark("decimal", (int(found[1]),), found.end())
    if (found := _GLUED.match(text)) and len(text) <= limits.HEADING and not FIGURE.match(text, found.end()):
        return Mark("decimal", (int(found[1]),), found.end())
    return None


def _is_word(text: str, at: int) -> bool:
    """What looks like the unit of a figure begins a word of a short line: `3.1分析`."""
    return len(text) <= limits.HEADING and _WORD.match(text, at) is not None


_WORD = pattern("[\u4e00-\u9fff]{3}[^\u3002\uff1b]*$")


def _proven(found: list[tuple[int, Mark]], glued: set[int]) -> list[tuple[int, Mark]]:
    """Those numbers that count on from another, or from which another counts on.  glued: lines whose number stands
    right before a word, and counts only where a number within it follows."""
    found = sorted(found)
    good: set[int] = set()
    seen: dict[tuple[int, ...], int] = {}
    for position, (at, mark) in enumerate(found):
        path = mark.path
        for before in _before(path) if mark.family == "decimal" else ():
            if before not in seen:
                continue
            if len(before) < len(path) or not (at in glued or found[seen[before]][0] in glued):
                good.update((position, seen[before]))
        seen[path] = position
    good = {position for position in good if found[position][1].family == "decimal"}
    deep = sum(len(found[position][1].path) > 1 for position in good)
    count = len(good)
    return [found[position] for position in sorted(good)] if deep >= 2 or count >= 3 else []


def _before(path: tuple[int, ...]) -> list[tuple[int, ...]]:
    """What may stand before a number: the one that counts before it, or the one it is the first within."""
    out: list[tuple[int, ...]] = []
    if path[-1] > 1:
        out.append((*path[:-1], path[-1] - 1))
    if len(path) > 1 and path[-1] == 1:
        out.append(path[:-1])
    return out
