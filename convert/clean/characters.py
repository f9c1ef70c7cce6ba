"""Characters that are damage: control and invisible characters, compatibility forms, private use, stray spaces.

What is certain is repaired; what is not is reported with its place (`warn_characters`).
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterator

from ..errors import Notice, Said
from ..zh.characters import CJK, MARKS, SPACE, count_cjk
from ..zh.patterns import pattern
from . import limits
from .context import chinese
from .draft import Draft
from .inlines import Edit

_CONTROL = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = pattern("[\ud800-\udfff]")


def control(draft: Draft) -> None:
    """Characters no edition may hold (XML 1.0, 2.2) go; half of a surrogate pair becomes U+FFFD.

    `洪` NUL `山` -> `洪山`.
    """
    for passage in draft.unsettled(code=True):
        text = passage.text
        if text.isprintable():  # no category C: next to nothing to ask, and true of most
            continue
        if _CONTROL.search(text) or _SURROGATE.search(text):
            edits = [Edit(m.start(), m.end(), "") for m in _CONTROL.finditer(text)]
            edits += [Edit(m.start(), m.end(), "\ufffd") for m in _SURROGATE.finditer(text)]
            passage.change("control", sorted(edits), force=True)


_ENTITY = pattern(
    "&(?:nbsp|ensp|emsp|amp|lt|gt|quot|apos|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|bull|times|copy"
    "|#[0-9]{2,5}|#x[0-9A-Fa-f]{2,5});"
)
_OF_PAGES = pattern("</?[A-Za-z][^\u4e00-\u9fff<>]{0,80}>|HTML|XML|转义|字符实体|实体引用")
"""A text about the language of pages, which may speak of references to characters."""


def entities(draft: Draft) -> None:
    """References to characters that a page's text kept become these characters; not where a text is about them.

    `&nbsp;&nbsp;（来源：江城日报）` -> white space and the bracket; `时间&amp;地点` -> `时间&地点`.
    """
    if not any("&" in passage.text and ";" in passage.text for passage in draft.passages()):
        return
    if any(_OF_PAGES.search(passage.text) for passage in draft.passages()):
        return
    for passage in draft.unsettled():
        text = passage.text
        if "&" in text and chinese(text):
            passage.change("entity", [Edit(m.start(), m.end(), _referred(m[0])) for m in _ENTITY.finditer(text)])


def _referred(reference: str) -> str:
    """The character a reference names; itself where that is none to print."""
    char = html.unescape(reference)
    return char if char.isprintable() or char.isspace() else reference


_INVISIBLE = pattern("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
_JOINER = pattern(f"(?<=[{CJK}{MARKS}])[\u200c\u200d]|[\u200c\u200d](?=[{CJK}{MARKS}])")


_HIDDEN = pattern("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")


def invisible(draft: Draft) -> None:
    """Zero-width spaces, byte order marks in mid-text, soft hyphens and direction marks go; joiners beside Han too.

    `洪` U+200B `山镇` -> `洪山镇`.
    """
    for passage in draft.unsettled():
        text = passage.text
        if not text.isprintable() and _HIDDEN.search(text):
            found = [m.span() for sought in (_INVISIBLE, _JOINER) for m in sought.finditer(text)]
            if found:
                passage.change("invisible", [Edit(start, end, "") for start, end in sorted(found)])


_LEADER_DOT = pattern("(?<!\u2024)\u2024(?!\u2024)")
_COMPATIBILITY = pattern("[\u2e80-\u2fd5\uf900-\ufaff\ue5e5\ue81e-\ue864]")
_GB18030_2022 = {
    "\ue5e5": "\u3000",  # GBK's second ideographic space
    "\ue81e": "\u9fb4",
    "\ue826": "\u9fb5",
    "\ue82b": "\u9fb6",
    "\ue82c": "\u9fb7",
    "\ue832": "\u9fb8",
    "\ue843": "\u9fb9",
    "\ue854": "\u9fba",
    "\ue864": "\u9fbb",
}


def compatibility(draft: Draft) -> None:
    """Radicals and compatibility ideographs put for ordinary ones, and private-use characters with a place in
    Unicode since (GB 18030-2022, annex D), become those.  In Japanese and Korean compatibility ideographs stay; in
    Korean a leader's dot (U+2024) is the middle dot that word processors put it for.

    U+2F42 `化` -> `文化`.
    """
    chinese_only = (draft.metadata.language or "zh").startswith("zh")
    korean = (draft.metadata.language or "").startswith("ko")
    for passage in draft.unsettled():
        text = passage.text
        if korean and (found := list(_LEADER_DOT.finditer(text))):
            passage.change("compatibility", [Edit(one.start(), one.end(), "\u00b7") for one in found])
            text = passage.text
        if text.isascii() or not _COMPATIBILITY.search(text):
            continue
        edits = [
            Edit(match.start(), match.end(), _usual(match[0]))
            for match in _COMPATIBILITY.finditer(text)
            if chinese_only or not "\uf900" <= match[0] <= "\ufaff"
        ]
        passage.change("compatibility", edits)


def _usual(char: str) -> str:
    return _GB18030_2022.get(char) or unicodedata.normalize("NFKC", char)


# --- Spaces -----------------------------------------------------------------------------------------------------

_ANY_SPACE = pattern(SPACE)
_BY_MARK = pattern(
    f"(?<=[\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u300b\u300d\u300f]){SPACE}+(?=[{CJK}\u201c\u300a\u300c])"
    f"|(?<=[{CJK}\u201d\u300b\u300d\uff09]){SPACE}+(?=[\u3001\u3002\uff0c\uff1b\uff1f\uff01])"
)
_CALL = pattern("(?<=[\uff1f\uff01])\u3000")
"""The space that Japanese has behind a question or a call within a paragraph (JLReq 3.1.6)."""
_BETWEEN_HAN = pattern(f"(?<=[{CJK}])({SPACE}+)(?=[{CJK}])")
_LETTERSPACE = pattern(
    f"(?<=[{CJK}])[ \u3000](?=[{CJK}\u3001\u3002\uff0c\uff1b\uff1a,.;:])|(?<=[\uff0c\uff1b\uff1a,;:])[ ](?=[{CJK}])"
)
_TOGETHER = pattern(f"(?<=[{CJK}])(?=[{CJK}])")
_SEGMENT_END = pattern('[\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\u201c\u201d\u300a\u300b\uff08\uff09,;:?!()"]')
_SENTENCE = pattern("\u3002")
_BEHIND_MARK = pattern("([壹貳參叁肆伍陸柒捌玖拾一二三四五六七八九十]{1,3}\u3001)[ \u3000]+(?=[^ \u3000])")
_ORDINAL = pattern("第[一二三四五六七八九十百千零〇两0-9]+[编章节条款项篇部集卷回课]$")


def letterspaces(draft: Draft) -> None:
    """Single spaces between nearly all Han of a text, as character recognition leaves them, go; its title's too.

    `负 荷 预 测 方 法` over sentences of that kind -> `负荷预测方法`; `总 则` over ordinary sentences stays.
    """
    found = [passage for passage in draft.unsettled() if _is_letterspaced(passage.text)]
    if not any(count_cjk(passage.text) >= limits.LETTERSPACED_SENTENCE for passage in found):
        return
    for passage in found:
        passage.change("letterspace", [Edit(*match.span(), "") for match in _LETTERSPACE.finditer(passage.text)])


def _is_letterspaced(text: str) -> bool:
    """Most neighbouring Han of the text have a single space between them."""
    if " " not in text and "\u3000" not in text:
        return False
    apart = len(_LETTERSPACE.findall(text))
    return apart >= 3 and apart > len(_TOGETHER.findall(text))


def spaces(draft: Draft) -> None:
    """Spaces beside a full-width mark, and single spaces that cut a sentence between two Han, go.

    `现在` U+FF0C ` 我代表镇 人民政府向大会`, in traditional texts `壹` U+3001 ` 目的` -> without the spaces;
    `第一条 为了`, `总 则`, `省长 刘小涛`, slogans of
    equal halves and phrases of four characters stay.
    """
    japanese = (draft.metadata.language or "").startswith("ja")
    traditional = (draft.metadata.language or "").startswith("zh-Hant")
    for passage in draft.unsettled():
        text = passage.text
        if traditional and (behind := _BEHIND_MARK.match(text)):
            passage.change("space", [Edit(behind.end(1), behind.end(), "")])
            text = passage.text
        if not _ANY_SPACE.search(text) or not _SENTENCE.search(text):
            continue
        calls = {match.span() for match in _CALL.finditer(text)} if japanese else set()
        found = {match.span() for match in _BY_MARK.finditer(text)} - calls
        found |= set(_cuts(text))
        if found and chinese(text):
            passage.change("space", [Edit(start, end, "") for start, end in sorted(found)])


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Single spaces between Han that stand inside a clause of a sentence and do not set its parts apart."""
    for match in _BETWEEN_HAN.finditer(text):
        start, end = match.span()
        if end - start > 1 or _ORDINAL.search(text, max(0, start - 12), start):
            continue
        left = _clause(text, start, -1)
        right = _clause(text, end, 1)
        if left is None or right is None:
            continue
        if len(left) == len(right) or 4 in (len(left), len(right)) or len(left) + len(right) < 6:
            continue  # a slogan, phrases of four characters, a name
        yield start, end


def _clause(text: str, at: int, step: int) -> str | None:
    """The clause's part before or after `at`; None where it runs to the paragraph's edge or has another space."""
    if step < 0:
        begin = max((m.end() for m in _SEGMENT_END.finditer(text, max(0, at - 60), at)), default=-1)
        part = text[begin:at] if begin >= 0 else None
    else:
        found = _SEGMENT_END.search(text, at, at + 60)
        part = text[at : found.start()] if found else None
    return None if part is None or " " in part or "\u3000" in part else part


def edges(draft: Draft) -> None:
    """White space that other repairs left at a paragraph's ends goes.  U+200B ` 洪山镇` -> ` 洪山镇` -> `洪山镇`."""
    for passage in draft.unsettled():
        text = passage.text
        if text and (text[0].isspace() or text[-1].isspace()):
            left = len(text) - len(text.lstrip())
            right = len(text.rstrip())
            spans = [(0, left), (right, len(text))] if left < right else [(0, len(text))]
            passage.change("edges", [Edit(start, end, "") for start, end in spans if start < end])


# --- What is only reported --------------------------------------------------------------------------------------

_DOUBTFUL = pattern("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd\ufffd]+")


def warn_characters(draft: Draft) -> None:
    """Characters for private use, as U+E000, and U+FFFD stand for something that cannot be told: the first place and
    the number of each kind are reported."""
    seen: dict[str, tuple[int, int | None, int | None]] = {}
    for passage, place in draft.places():
        for match in _DOUBTFUL.finditer(passage.text):
            code = "replacement-character" if match[0][0] == "\ufffd" else "private-use-character"
            count, line, column = seen.get(code) or (0, *place(match.start()))
            seen[code] = (count + len(match[0]), line, column)
    words = {
        "replacement-character": "characters lost in an earlier conversion (U+FFFD)",
        "private-use-character": "characters for private use, which only their own font can draw",
    }
    for code, (count, line, column) in seen.items():
        draft.notices.append(Notice.of(Said("odd-characters", words=words[code], count=count), line, column, code=code))
