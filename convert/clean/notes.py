"""Glossaries and notes at a document's end: the heading that opens them, and every line below it."""

from __future__ import annotations

from ..zh.marks import follows
from ..zh.patterns import pattern
from ..zh.sections import heads_notes
from . import limits
from .draft import Draft, Unit
from .series import STOP, is_law

_MARK = pattern(
    "[\uff3b\\[\u3010\u3014\uff08(]?[0-9\uff10-\uff19]{1,3}[\uff3d\\]\u3011\u3015\uff09)][^\u3002]{1,40}"
    "|[\u2460-\u2473\u203b*]|注[0-9:\uff1a]"
)
_SIGN = "\uff3b[\u3010\u3014\u203b\u2460注"
_COLON = pattern("[\uff1a:]")
_ANNEX = pattern("附件[0-9一二三四五六七八九]")


def notes(draft: Draft) -> None:
    """`名词解释` alone on its line, where terms follow, opens the notes: a heading, then lines that are notes.

    Without such a heading lines at the end that begin with a note's mark, U+FF3B `1` U+FF3D, or that count on and
    name a term each, are notes.
    """
    units = [unit for unit in draft.units if unit.role in (None, "heading") and unit.text]
    title = next((at for at in range(len(units) - 1, -1, -1) if _opens(units, at)), None)
    if title is not None:
        units[title].role, units[title].level, units[title].run_in = "heading", 1, 0
        for unit in units[title + 1 :]:
            if _ANNEX.match(unit.text) and len(unit.text) <= limits.HEADING:
                break
            _note(unit)
        return
    start = _signed(units)
    if start == len(units) and not is_law([unit.mark for unit in units]):
        start = _counted(units)
    if 0 < start < len(units):
        for unit in units[start:]:
            _note(unit)


def _note(unit: Unit) -> None:
    unit.role, unit.run_in, unit.level = "note", 0, 0


def _opens(units: list[Unit], at: int) -> bool:
    """A glossary's title: at least half of the lines that follow name a term first."""
    if not heads_notes(units[at].text) or STOP.search(units[at].text):
        return False
    following = [unit.text for unit in units[at + 1 : at + 9]]
    return bool(following) and sum(_names_term(line) for line in following) * 2 >= len(following)


def _names_term(text: str) -> bool:
    colon = _COLON.search(text, 0, 42)
    return colon is not None or bool(_MARK.match(text))


def _signed(units: list[Unit]) -> int:
    """Where the last lines begin that carry marks of notes, with up to two lines of text after each."""
    start = len(units)
    for at in range(len(units) - 1, max(0, len(units) - limits.NOTES_LINES), -1):
        text = units[at].text
        if text[0] in _SIGN and _MARK.match(text):
            start = at
        elif start - at > 2:
            break
    return start


def _counted(units: list[Unit]) -> int:
    """Where the last lines begin that count `1.` `2.` ... to the end and name a term each."""
    start = len(units)
    while start > 0 and (mark := units[start - 1].mark) and mark.family == "arabic":
        if start < len(units) and not follows(mark, units[start].mark):
            break
        colon = _COLON.search(units[start - 1].text, mark.end, mark.end + 42)
        if colon is None or STOP.search(units[start - 1].text, mark.end, colon.start()):
            break
        start -= 1
    first = units[start].mark if start < len(units) else None
    return start if first and first.value == 1 and len(units) - start >= limits.GLOSSARY else len(units)
