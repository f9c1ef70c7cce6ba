"""Glossaries and notes at a document's end: the heading that opens them, and every line below it."""

from __future__ import annotations

import re

from .draft import Draft, Unit
from .language import simplified
from .series import STOP

_TITLE = re.compile(
    "(?:附件?[0-9一二三四五]?[\uff1a:]?|附录|\u300a?政府工作报告\u300b?(?:中?的?)?|报告|有关|部分|相关|主要|名词)*"
    "(?:名词|名词术语|术语|用语|词语|专有名词|缩略语|有关用语|新词)?(?:解释|注释|释义|说明|注解)(?:说明)?|注|注释|参考文献|参考资料|参考书目|引用文献"
)
_MARK = re.compile(
    "[\uff3b\\[\u3010\u3014\uff08(]?[0-9\uff10-\uff19]{1,3}[\uff3d\\]\u3011\u3015\uff09)][^\u3002]{1,40}|[\u2460-\u2473\u203b*]|注[0-9:\uff1a]"
)


def notes(draft: Draft) -> None:
    """`名词解释` alone on its line, where terms follow, opens the notes: a heading, then lines that are notes.

    Without such a heading lines at the end that begin with a note's mark, U+FF3B `1` U+FF3D, are notes.
    """
    units = [unit for unit in draft.units if unit.role in (None, "heading") and unit.text]
    title = next((at for at in range(len(units) - 1, -1, -1) if _opens(units, at)), None)
    if title is not None:
        units[title].role, units[title].level = "heading", 1
        for unit in units[title + 1 :]:
            _note(unit)
        return
    start = len(units)
    for at in range(len(units) - 1, max(0, len(units) - 400), -1):
        text = units[at].text
        if _MARK.match(text) and text[0] in "\uff3b[\u3010\u3014\u203b\u2460注":
            start = at
        elif start - at > 2:
            break
    if 0 < start < len(units) and units[start].mark is None:
        for unit in units[start:]:
            _note(unit)


def _note(unit: Unit) -> None:
    unit.role, unit.run_in, unit.level = "note", 0, 0


def _opens(units: list[Unit], at: int) -> bool:
    """A glossary's title: at least half of the lines that follow name a term first."""
    text = simplified(units[at].text).strip("\uff08\uff09() \u3000\uff1a:\u3010\u3011")
    if not _TITLE.fullmatch(text) or STOP.search(text):
        return False
    following = [unit.text for unit in units[at + 1 : at + 9]]
    return bool(following) and sum(_names_term(line) for line in following) * 2 >= len(following)


def _names_term(text: str) -> bool:
    head = re.split("[\uff1a:]", text, maxsplit=1)
    return (len(head) == 2 and len(head[0]) <= 40) or bool(_MARK.match(text))
