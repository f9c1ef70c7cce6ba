"""Numbers that belong to a thing and not to a paragraph, of a caption and of an attachment; and what only a whole text
proves to be the mark of a paragraph."""

from __future__ import annotations

from typing import NamedTuple

from .characters import HAN
from .numerals import number
from .patterns import pattern

_DIGITS = "[0-9\uff10-\uff19]{1,3}"
_CAPTION = pattern(
    "(图表|附?[图圖図]|附?表|专栏|專欄|公式|그림|표|[Ff]ig(?:ure|\\.)?|[Tt]able)[ \u3000]?"
    f"({_DIGITS}(?:[-.\u2010\u2013\uff0d\uff0e]{_DIGITS}){{0,3}})(?![0-9%年月])[ \u3000]*"
)
_THINGS = {"表": "table", "附表": "table", "표": "table", "专栏": "box", "專欄": "box", "公式": "formula"}
_PARTS = pattern(_DIGITS)
_HAN = "[一二三四五六七八九十]{1,3}"
_LABEL = pattern(
    f"附[ \u3000]?[件表图錄录圖]?[ \u3000]?({_DIGITS}|{_HAN})?[ \u3000]?"
    "(?:([:\uff1a])[ \u3000]*|(?![0-9一二三四五六七八九十]))"
)

FIGURE = pattern(
    "[ \t\u00a0\u3000]*(?:[%\uff05\u2030~\uff5e\u2014\u00d7-]|[万亿元个名人年月日时分秒条项家吨米倍公千百折]"
    "|至|到|以|\u3001)"
)
"""What stands behind a figure that is no mark."""
UNIT = pattern("[年月日时号个名人件条项家元万亿]")
"""What is counted or measured."""
COUNTED = pattern(
    f"(?:({HAN}{{2,4}}?)[ \u3000]?([0-9\uff10-\uff19]{{1,2}}|[一二三四五六七八九十]{{1,3}})"
    f"|第([0-9\uff10-\uff19]{{1,2}}|[一二三四五六七八九十]{{1,3}})({HAN}))[ \u3000]*[:\uff1a][ \u3000]*"
)
"""A label that counts on, whatever the word, or a day, a step, a round: only a text that has several proves it."""
NAMED = pattern("(?:正文|番外篇?|外传|前传|后传|楔子|尾声|后记|引子|终章|序章|序幕)(?:[ \u3000\u00a0:\uff1a]+|$)")
"""Divisions that have a word for a number, or before it."""


class Numbered(NamedTuple):
    """kind: what is numbered.  path: its number.  end: where the text after it begins."""

    kind: str
    path: tuple[int, ...]
    end: int


def caption_number(text: str) -> Numbered | None:
    """The number a caption begins with.

    >>> caption_number("表1-2 机构设置"), caption_number("表决结果")
    (Numbered(kind='table', path=(1, 2), end=5), None)
    """
    found = _CAPTION.match(text)
    if found is None:
        return None
    kind = "table" if found[1].lower() == "table" else _THINGS.get(found[1], "figure")
    return Numbered(kind, tuple(map(int, _PARTS.findall(found[2]))), found.end())


def attachment_label(text: str) -> Numbered | None:
    """The word before the names of attachments; end: behind its colon, 0 where it has none.

    >>> attachment_label("附表一\uff1a")
    Numbered(kind='label', path=(1,), end=4)
    >>> attachment_label("附件2\uff1a名单"), attachment_label("附\uff1a名单"), attachment_label("附近的路")
    (Numbered(kind='label', path=(2,), end=4), Numbered(kind='label', path=(), end=2), None)
    """
    found = _LABEL.match(text)
    if found is None or not (found[1] or found[2]):
        return None
    return Numbered("label", (number(found[1]),) if found[1] else (), found.end() if found[2] else 0)
