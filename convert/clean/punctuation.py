"""Width of punctuation (GB/T 15834-2011): gives back the full-width marks that scraping or NFKC made half-width.

Comma, semicolon, colon, question and exclamation marks are judged by their neighbours, brackets in pairs, straight
quotes in pairs.  Numbers, times, ratios, addresses, e-mail and Latin phrases keep their own.  Whether a document
means its brackets to be half-width is decided over the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from ..errors import Notice, Said
from ..zh.characters import CJK, MARKS, has_cjk, is_cjk
from ..zh.patterns import pattern
from . import limits
from .context import Spans, chinese, verbatim
from .draft import Draft
from .edits import Passage
from .inlines import Edit

_FULL = {",": "\uff0c", ";": "\uff1b", ":": "\uff1a", "?": "\uff1f", "!": "\uff01"}

_COMMA_CLASS = pattern("[,;:?!]")
_FULL_COMMA_CLASS = pattern("[\uff0c\uff1b\uff1a\uff1f\uff01]")
_SKIPPED = "\"'\u201c\u201d\u2018\u2019()\uff08\uff09\u300a\u300b\u3010\u3011[] \u00a0\u3000\t"
"""Quotes, brackets and spaces: what stands behind them tells the language."""


def punctuation(draft: Draft) -> None:
    """Comma, semicolon, colon, question and exclamation mark beside Chinese become full-width.

    `现在,我代表` -> `现在` U+FF0C `我代表`; `4,000`, `12:30`, `Hello, world` stay.
    """
    if not _chinese_language(draft):
        return
    for passage in draft.unsettled():
        text = passage.text
        if _COMMA_CLASS.search(text) and chinese(text):
            passage.change("punctuation", list(_comma_edits(text, verbatim(text))))


_FULL_STOP = pattern(f"(?<=[{CJK}\u201d\u2019\uff09\u300b])(?<![一二三四五六七八九十])\\.(?=$|[\u201d\u2019\uff09]$)")
_STOP_INSIDE = pattern(f"(?<=[{CJK}\u201d\u2019\uff09\u300b])(?<![一二三四五六七八九十])\\.(?=[{CJK}\u201c\u300a])")
_WITHIN = pattern("[\u3002\uff01\uff1f!?.]")


def stops(draft: Draft) -> None:
    """A full stop of Latin after Han or a closing mark, at a paragraph's end, becomes U+3002; inside a paragraph where
    the whole text has no other kind of full stop and much text stands on both sides, as no name has it.

    `请查收.` -> `请查收` U+3002; `约翰.史密斯` stays.
    """
    if not _chinese_language(draft):
        return
    latin_only = not any("\u3002" in passage.text for passage in draft.passages())
    for passage in draft.unsettled():
        text = passage.text
        if "." not in text or len(text) <= 5 or not chinese(text):
            continue
        stops = [match.start() for match in _FULL_STOP.finditer(text)]
        if latin_only:
            stops += _stops_inside(text)
        passage.change("full-stop", [Edit(at, at + 1, "\u3002") for at in sorted(stops)])


def _stops_inside(text: str) -> list[int]:
    """Where full stops of Latin part sentences: enough text stands on both sides of each, up to the next stop."""
    ends = [match.start() for match in _WITHIN.finditer(text)]
    edges = [-1, *ends, len(text)]
    return [
        at
        for before, at, after in zip(edges, ends, edges[2:], strict=False)
        if min(at - before, after - at) > limits.PARTED and _STOP_INSIDE.match(text, at)
    ]


def _on_chinese_side(char: str) -> bool:
    """The character is Chinese, or a mark of Chinese."""
    return is_cjk(char) or char in MARKS


def _comma_edits(text: str, kept: Spans) -> Iterator[Edit]:
    """A mark that becomes full-width is Chinese to the marks beside it, which are asked to the right and to the left in
    turn: a row of marks costs two rounds, not one for each of them."""
    places = [at for match in _COMMA_CLASS.finditer(text) if not kept.touch(at := match.start(), at + 1)]
    characters = list(text)
    changed = True
    while changed and places:
        rest = []
        for at in places:
            if _among_chinese(characters, at):
                characters[at] = _FULL[characters[at]]
            else:
                rest.append(at)
        changed = len(rest) < len(places)
        places = rest[::-1]
    for at, (before, after) in enumerate(zip(text, characters, strict=True)):
        if before != after:
            yield Edit(at, at + 1, after)


def _among_chinese(text: Sequence[str], at: int) -> bool:
    """The mark stands beside Chinese on either side, quotes and brackets apart; or joins two short Latin words or
    numbers, without a space, that stand in Chinese themselves."""
    left = _strong(text, at - 1, -1)
    right = _strong(text, at + 1, 1)
    if left is None and right is None:
        return False
    if (left is not None and _on_chinese_side(text[left])) or (right is not None and _on_chinese_side(text[right])):
        return not _in_latin_phrase(text, at, left, right)
    if left is None or right is None or right != at + 1:
        return False
    if text[left].isdigit() and text[right].isdigit():
        return False
    return _chinese_beyond(text, left, -1) and _chinese_beyond(text, right, 1)


def _strong(text: Sequence[str], at: int, step: int) -> int | None:
    """The nearest character that is neither quote, bracket nor space."""
    while 0 <= at < len(text):
        if text[at] not in _SKIPPED:
            return at
        at += step
    return None


def _in_latin_phrase(text: Sequence[str], at: int, left: int | None, right: int | None) -> bool:
    """`Beijing (北京), China`: Latin on one side and, behind a space, on the other too, Chinese only in the bracket."""
    if left is None or right is None:
        return False
    spaced = text[at + 1] == " " and text[right].isascii() and text[right].isalpha()
    return spaced and text[at - 1] == ")" and not is_cjk(text[right])


def _chinese_beyond(text: Sequence[str], at: int, step: int) -> bool:
    """The Latin word or number at `at` is short and has Chinese on its far side."""
    limit = at + step * 12
    while 0 <= at < len(text) and at != limit:
        if _on_chinese_side(text[at]):
            return True
        if not (text[at].isalnum() or text[at] in "%+-./,"):
            return False
        at += step
    return False


_TILDE = pattern(f"(?<=[0-9%{CJK}])~(?=[0-9{CJK}])")
_CELSIUS = pattern("(?<=[0-9])\u00b0C(?![A-Za-z])")


def nfkc(draft: Draft) -> None:
    """In a document that lost its full-width marks, what else NFKC took apart in Chinese and can only have been one
    thing: `3~5天` had U+FF5E, `20` U+00B0 `C` had U+2103."""
    if not _chinese_language(draft):
        return
    found = [passage for passage in draft.passages() if "~" in passage.text or "\u00b0C" in passage.text]
    if not found or not _lost(draft):
        return
    for passage in found:
        if chinese(passage.text):
            kept = verbatim(passage.text)
            edits = [Edit(m.start(), m.end(), "\uff5e") for m in _TILDE.finditer(passage.text)]
            edits += [Edit(m.start(), m.end(), "\u2103") for m in _CELSIUS.finditer(passage.text)]
            passage.change("nfkc", [edit for edit in sorted(edits) if not kept.touch(edit.start, edit.end)])


def _half_by_han(text: str) -> int:
    """How many half-width marks stand beside an ideograph or kana."""
    return sum(any(map(is_cjk, text[max(m.start() - 1, 0) : m.end() + 1])) for m in _COMMA_CLASS.finditer(text))


def _lost(draft: Draft) -> bool:
    """Most of the document's commas beside Chinese are half-width."""
    text = "\n".join(passage.text for passage in draft.passages())
    return _half_by_han(text) > len(_FULL_COMMA_CLASS.findall(text))


# --- Brackets ---------------------------------------------------------------------------------------------------

_ROUND, _SQUARE = "()\uff08\uff09", "[]\uff3b\uff3d"
_BRACKETS = {kind: pattern(f"[{re.escape(kind)}]") for kind in (_ROUND, _SQUARE)}


def brackets(draft: Draft) -> None:
    """Brackets that hold Chinese or stand beside it become full-width, both of a pair.

    `报告(2021)` -> `报告` U+FF08 `2021` U+FF09; `f(x)` stays, and so do brackets that the document means to be
    half-width, or of which nothing in it says how they were meant (`_meant`).
    """
    if not _chinese_language(draft, japanese=True):
        return
    for kind in (_ROUND, _SQUARE):
        passages = _with_brackets(draft, kind)
        if passages and _meant(draft, kind) == "full":
            for passage in passages:
                passage.change("brackets", _bracket_edits(passage.text, kind))


def undecided(draft: Draft) -> None:
    """`通知(试行)` in a text without commas: nothing tells how its brackets were meant; a notice counts them."""
    if "brackets" in draft.skip or not _chinese_language(draft, japanese=True):
        return
    for kind in (_ROUND, _SQUARE):
        passages = {id(passage) for passage in _with_brackets(draft, kind)}
        if not passages or _meant(draft, kind) is not None:
            continue
        found = [
            (len(edits), place(edits[0].start))
            for passage, place in draft.places()
            if id(passage) in passages and (edits := _bracket_edits(passage.text, kind))
        ]
        if found:
            count = sum(number for number, _ in found)
            draft.notices.append(Notice.of(Said("undecided-brackets", count=count), *found[0][1]))


def _with_brackets(draft: Draft, kind: str) -> list[Passage]:
    """The passages of Chinese text that have half-width brackets of a kind."""
    found = [passage for passage in draft.passages() if kind[0] in passage.text or kind[1] in passage.text]
    return [passage for passage in found if chinese(passage.text)]


def _meant(draft: Draft, kind: str) -> Literal["half", "full"] | None:
    """How wide the document means its brackets, judged by its own marks; None where these do not tell.

    Where most commas beside Chinese are full-width nothing was lost, and what most brackets are is what they were meant
    to be: regulations of the State Council had half-width ones beside full-width commas until 2019.  Where most commas
    are half-width they were lost, and the brackets with them (GB/T 15834-2011, 4.9).
    Where there are as many of both, or none, the brackets alone are asked.
    """
    text = "\n".join(passage.text for passage in draft.passages())
    lost, kept = _half_by_han(text), len(_FULL_COMMA_CLASS.findall(text))
    half, full = (sum(map(text.count, pair)) for pair in (kind[:2], kind[2:]))
    if kept > lost:
        return "half" if half > full else "full"
    return "full" if lost > kept or full > half else None


def _bracket_edits(text: str, kind: str) -> list[Edit]:
    kept = verbatim(text)
    edits: list[Edit] = []
    open_at: list[int] = []
    for match in _BRACKETS[kind].finditer(text):
        at, char = match.start(), match[0]
        if kept.touch(at, at + 1):
            continue
        if char in kind[::2]:
            open_at.append(at)
        elif open_at:
            start = open_at.pop()
            if _pair_is_chinese(text, start, at):
                edits += Edit(start, start + 1, kind[2]), Edit(at, at + 1, kind[3])
        elif _beside_chinese(text, at):
            edits.append(Edit(at, at + 1, kind[3]))
    edits += (Edit(at, at + 1, kind[2]) for at in open_at if _beside_chinese(text, at))
    return sorted(edits)


def _pair_is_chinese(text: str, start: int, end: int) -> bool:
    if text[start].isascii() != text[end].isascii():  # one of them was lost
        return True
    if has_cjk(text[start + 1 : end]):
        return True
    if start >= 2 and text[start - 1] == " " and text[start - 2].isascii() and text[start - 2].isalpha():
        return False  # `World Health Organization (WHO)`
    before, after = text[max(start - 1, 0) : start], text[end + 1 : end + 2]
    if end - start <= 3 and before.isascii() and before.isalnum():
        return False  # `f(x)`, `3(2)`
    return bool((before and _on_chinese_side(before)) or (after and _on_chinese_side(after)))


def _beside_chinese(text: str, start: int, end: int | None = None) -> bool:
    """Chinese stands directly before or after the characters from `start` up to `end` (one character without it)."""
    before, after = text[max(start - 1, 0) : start], text[end or start + 1 : (end or start + 1) + 1]
    return any(side and _on_chinese_side(side) for side in (before, after))


# --- Quotes, dashes, ellipses -----------------------------------------------------------------------------------

_STRAIGHT = pattern('["\uff02]')
_CURLY = pattern("[\u201c\u201d]")
_QUOTE = pattern('["\uff02\u201c\u201d]')
_DASH = pattern(
    "(?<![-\u2010-\u2015\u2500])(?:-{2,3}(?![a-z])|(?<=[\u3001-\u9fff\uff00-\uffef])-{2,3}|\uff0d{2}|[\u2500\u2015]{2}|\u2013{2})(?![-\u2010-\u2015\u2500>])"
)
_DOTS = pattern(r"(?<!\.)(?:\.{6}|\.{3})(?!\.)|\u3002{3,}|\u22ef{2}|\u00b7{3,6}")


def quotes(draft: Draft) -> None:
    """Straight double quotes in Chinese become U+201C and U+201D by turns, within these U+2018 and U+2019 (GB/T
    15834-2011, 4.8.3.2), where that leaves none open; one that follows a lone U+201C closes it.

    `打造"一号工程"` -> `打造` U+201C `一号工程` U+201D; `24" screen` stays.
    """
    if not _chinese_language(draft):
        return
    for passage in draft.unsettled():
        text = passage.text
        if _STRAIGHT.search(text) and chinese(text):
            passage.change("quotes", _quote_edits(text))


def _quote_edits(text: str) -> list[Edit]:
    curly = _curly_pairs(text)
    inside = {at for pair in curly for at in pair}
    edits: list[Edit] = []
    open_at: int | None = None
    for match in _QUOTE.finditer(text):
        mark, at = match[0], match.start()
        if at in inside:
            continue
        if open_at is None and mark != "\u201d":
            open_at = at
        elif open_at is None or mark == "\u201c":
            return []
        else:
            edits += _pair_edits(text, open_at, at, Spans(curly))
            open_at = None
    return edits if open_at is None else []


def _curly_pairs(text: str) -> list[tuple[int, int]]:
    """The pairs of curly double quotes, where a quote does not stand within another."""
    pairs: list[tuple[int, int]] = []
    open_at: int | None = None
    for match in _CURLY.finditer(text):
        if match[0] == "\u201c":
            open_at = match.start()
        elif open_at is not None:
            pairs.append((open_at, match.start()))
            open_at = None
    return pairs


def _pair_edits(text: str, start: int, end: int, curly: Spans) -> tuple[Edit, ...]:
    said = text[start + 1 : end]
    if not said or not (has_cjk(said) or _beside_chinese(text, start) or _beside_chinese(text, end)):
        return ()
    opening, closing = "\u2018\u2019" if curly.touch(start, end) else "\u201c\u201d"
    return Edit(start, start + 1, opening), Edit(end, end + 1, closing)


def dashes(draft: Draft) -> None:
    """Two hyphens, and other lines put for a dash, become U+2014 U+2014 beside Chinese.

    `--五年来` -> U+2014 U+2014 `五年来`; `--verbose 参数` stays.
    """
    if _chinese_language(draft):
        _replace_beside_chinese(
            draft, "dash", ("--", "\uff0d\uff0d", "\u2500\u2500", "\u2015\u2015", "\u2013\u2013"), _DASH, "\u2014\u2014"
        )


def ellipses(draft: Draft) -> None:
    """Three or six full stops beside Chinese become U+2026 U+2026.

    `等等...` -> `等等` U+2026 U+2026; `wait...` stays.
    """
    if _chinese_language(draft):
        _replace_beside_chinese(
            draft,
            "ellipsis",
            ("...", "\u3002\u3002\u3002", "\u22ef\u22ef", "\u00b7\u00b7\u00b7"),
            _DOTS,
            "\u2026\u2026",
        )


def _replace_beside_chinese(
    draft: Draft, rule: str, signs: tuple[str, ...], sought: re.Pattern[str], after: str
) -> None:
    for passage in draft.unsettled():
        text = passage.text
        if any(sign in text for sign in signs) and sought.search(text) and chinese(text):
            kept = verbatim(text)
            passage.change(rule, list(_beside(text, sought, after, kept)))


def _beside(text: str, sought: re.Pattern[str], after: str, kept: Spans) -> Iterator[Edit]:
    for match in sought.finditer(text):
        start, end = match.span()
        if kept.touch(start, end):
            continue
        if start == 0 or _beside_chinese(text, start, end):
            yield Edit(start, end, after)


def _chinese_language(draft: Draft, *, japanese: bool = False) -> bool:
    """Korean writes half-width marks, Japanese half-width commas by choice."""
    tag = draft.metadata.language or "zh"
    return tag.startswith("zh") or (japanese and tag.startswith("ja"))
