"""Lines that scraping cut: joined again where that is certain (rule `line-join`); plain text only.

Three kinds of evidence: a line begins with what cannot begin one, a line stops inside what it opened or in the middle
of a sentence, and a whole text was wrapped at one width.
"""

from __future__ import annotations

from ..zh.characters import columns, has_cjk
from ..zh.patterns import pattern
from . import limits
from .draft import Draft, Unit

RULE = "line-join"

_CANNOT_BEGIN = pattern(
    "[\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\uff09\u300b\u300d\u300f\u3011\u3015\u201d%\u2030\u2103]"
)
_SENTENCE_OR_NAME = pattern(".*[\u4e00-\u9fff].*")
_FINISHED = pattern("[\u3002\uff01\uff1f\uff1b\uff1a\u2026.!?;:][\u201d\u2019\uff09\u300b\u300d\u3011)\"']*$")
_CANNOT_END = pattern("[\uff0c\u3001,\u201c\u300a\uff08(\u2014]$|(?:[的和与及或为对在把被将向以]|以及|并且|关于)$")
_SENTENCE = pattern("[\u3002\uff0c]")
_OPENING = {"\u201d": "\u201c", "\uff09": "\uff08", "\u300b": "\u300a", "\u300d": "\u300c", "\u3011": "\u3010"}
_PAIRED = pattern("[\u201c\u201d\uff08\uff09\u300a\u300b\u300c\u300d\u3010\u3011]")
_BULLET = pattern("[\u2022\u25cf\u25a0\u25c6\u25b2\u2605\u203b\\[\uff3b\u3010-]")


def joined(draft: Draft) -> None:
    """`坚持以人民为` / `中心的发展思想` U+3002 -> one paragraph."""
    if draft.document.source.media_type != "text/plain" or len(draft.units) < 2:
        return
    width = _wrapped_at(draft)
    out: list[Unit] = []
    for unit in draft.units:
        before = out[-1] if out else None
        if (
            before is not None
            and len(before.text) < limits.JOINED
            and _open(before)
            and _open(unit)
            and _continues(before, unit, width)
        ):
            _join(before, unit)
        else:
            out.append(unit)
    if len(out) < len(draft.units):
        draft.units = out
        draft.relist()


def _open(unit: Unit) -> bool:
    return unit.plain and unit.role is None and bool(unit.text)


def _join(before: Unit, unit: Unit) -> None:
    empty = "\n" * (unit.first - before.last)
    latin = all(side.isascii() and side.isalnum() for side in (before.text[-1], unit.text[0]))
    between = " " if latin else "\u3000" if _mark_alone(before) and before.text[0] == "第" else ""
    before.body.append(unit.body, before.trail + empty + unit.lead, between, RULE)
    before.last, before.trail = unit.last, unit.trail


def _continues(before: Unit, unit: Unit, width: int) -> bool:
    text, following = before.text, unit.text
    near = unit.first == before.last + 1
    if near and not unit.mark and _mark_alone(before) and _SENTENCE_OR_NAME.fullmatch(following):
        return True
    if _CANNOT_BEGIN.match(following) and not _FINISHED.search(text[-8:]) and len(text) > 1:
        return unit.first <= before.last + 2 and _closes(text, following)
    if not near or unit.lead.startswith(("\u3000", "    ", "\t")) or unit.mark:
        return False
    if width and _columns(before) >= width - limits.WRAP_SLACK and (has_cjk(text) or following[0].islower()):
        return not _FINISHED.search(text[-8:]) or bool(before.lead.strip("\t ") and not unit.lead)
    if _FINISHED.search(text[-8:]) or _BULLET.match(following):
        return False
    if _unclosed(text) and _closed_by(following):
        return True
    return len(text) >= limits.NOT_A_NAME and bool(_SENTENCE.search(text)) and _is_rest(text, following)


def _mark_alone(unit: Unit) -> bool:
    """`第一章` on a line of its own: its name is on the next."""
    return unit.mark is not None and unit.mark.end >= len(unit.text) and unit.mark.family not in ("dash", "ordinal")


def _closes(text: str, following: str) -> bool:
    """A closing mark at the line's start has something to close."""
    opening = _OPENING.get(following[0])
    return opening is None or opening in _unclosed(text)


def _unclosed(text: str) -> list[str]:
    """Quotes and brackets a text leaves open."""
    opened: list[str] = []
    for mark in _PAIRED.findall(text):
        if mark not in _OPENING:
            opened.append(mark)
        elif opened and opened[-1] == _OPENING[mark]:
            opened.pop()
    return opened


def _closed_by(following: str) -> bool:
    """What follows is the missing part: it closes more than it opens, or is a word on its way there."""
    marks = _PAIRED.findall(following)
    return (bool(marks) and marks[0] in _OPENING) or (not marks and len(following) <= limits.REST)


def _is_rest(text: str, following: str) -> bool:
    """A long text without a stop goes on: it ends in what cannot end one, or the rest is short or a sentence."""
    return (
        bool(_CANNOT_END.search(text[-4:])) or bool(_FINISHED.search(following[-8:])) or len(following) <= limits.REST
    )


# --- A text wrapped at one width --------------------------------------------------------------------------------


def _columns(unit: Unit) -> int:
    return len(unit.lead.expandtabs(8)) + unit.lead.count("\u3000") + columns(unit.text.rsplit("\n", 1)[-1])


def _wrapped_at(draft: Draft) -> int:
    """The width at which most lines were cut, in columns; 0 where the lines are paragraphs.

    In a wrapped text no line is wider, many are just as wide, and most of those stop in mid-sentence.
    """
    units = [unit for unit in draft.units if _open(unit) and unit.first == unit.last]
    if len(units) < limits.WRAPPED_LINES or max(len(unit.text) for unit in units) > limits.WRAPPED_WIDTH[1]:
        return 0
    widths = [_columns(unit) for unit in units]
    width = max(widths)
    full = [unit for unit, wide in zip(units, widths, strict=True) if wide >= width - limits.WRAP_SLACK]
    cut = sum(not _FINISHED.search(unit.text[-8:]) for unit in full)
    if (
        width < limits.WRAPPED_WIDTH[0]
        or len(full) < max(limits.WRAPPED_LINES // 2, len(units) // 3)
        or cut * 10 < len(full) * 7
    ):
        return 0
    return width
