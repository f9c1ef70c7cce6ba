"""End matter: attachments, signature and date, notes in brackets, credits that say where the text is from."""

from __future__ import annotations

from ..zh.dates import is_date
from ..zh.labels import pairs
from ..zh.patterns import pattern
from ..zh.sections import ANNEX, is_issue_note
from . import limits
from .draft import Draft, Unit
from .series import is_law

_ORGAN = pattern("[^\u3002\uff0c\uff1b\uff1a,;:]{2,40}")
_BRACKETED = pattern("[\uff08(][^\uff08\uff09()]{2,80}[\uff09)]")
_STOPS = "\u3002\uff01\uff1f\uff1b\uff1a"


def ends(draft: Draft) -> None:
    """`附件` U+FF1A `1.名单` -> attachment; `随县人民政府` above `2021年12月31日` -> signature and date."""
    units = [unit for unit in draft.units if unit.role in (None, "heading") and unit.text]
    law = is_law([unit.mark for unit in units])
    _attachments(units, law)
    tail = [unit for unit in units[-limits.END_LINES :] if unit.plain and unit.role is None]
    date = next((at for at in range(len(tail) - 1, -1, -1) if is_date(tail[at].text)), None)
    if date is not None and date and not law:
        _signed(draft, tail, date)
    for unit in tail[-3:] if not law else ():
        if unit.role is None and (is_issue_note(unit.text) or _BRACKETED.fullmatch(unit.text)):
            unit.role, unit.run_in = "note", 0
    _credits(draft, units)


def _attachments(units: list[Unit], law: bool) -> None:
    """Labels of annexes, and the list of them above the signature, whose further lines carry numbers."""
    listing = False
    for at, unit in enumerate(units):
        if unit.role == "heading" and not ANNEX.fullmatch(unit.text):
            listing = False
        elif at and ANNEX.fullmatch(unit.text) and not _in_sentence(unit.text):
            unit.role, unit.run_in, unit.level = "attachment", 0, 0
            listing = not law and len(unit.text) > 4
            if not law and len(unit.text) <= limits.LABEL_ALONE:
                _annex_title(units[at + 1 : at + 3])
        elif listing and (mark := unit.mark) and mark.family == "arabic" and unit.text[-1] not in _STOPS:
            unit.role, unit.run_in, unit.level = "attachment", 0, 0
        else:
            listing = False


def _annex_title(following: list[Unit]) -> None:
    """The line below an annex's label is its title, where text follows it."""
    if len(following) == 2 and not following[0].mark and len(following[0].text) <= limits.HEADING:
        title = following[0]
        if title.plain and title.role is None and title.text[-1] not in _STOPS:
            title.role, title.level, title.run_in = "heading", 1, 0


def _in_sentence(text: str) -> bool:
    return text[-1] in _STOPS and len(text) > 12


def _signed(draft: Draft, tail: list[Unit], date: int) -> None:
    """The date under a signature: one to four lines without punctuation stand above it."""
    names: list[Unit] = []
    for unit in reversed(tail[max(0, date - limits.SIGNATURE_LINES) : date]):
        if not _ORGAN.fullmatch(unit.text) or unit.mark or len(unit.text) > limits.SIGNATURE:
            break
        names.append(unit)
    if not names or any(
        unit.text[-1] not in _STOPS + "\u201d\uff09"
        for unit in tail[date + 1 :][:2]
        if len(unit.text) > limits.SIGNATURE
    ):
        return
    for unit in names:
        unit.role, unit.run_in = "signature", 0
    tail[date].role = "date"
    for unit in tail[date + 1 : date + 2]:
        if _BRACKETED.fullmatch(unit.text):
            unit.role, unit.run_in = "note", 0
    draft.know(issuing_body=names[-1].text if len(names) == 1 and not draft.metadata.author else None)


def _credits(draft: Draft, units: list[Unit]) -> None:
    """`来源` U+FF1A `四川日报` below the text, in brackets or not."""
    for unit in units[-limits.CREDIT_LINES :]:
        if not unit.plain or unit.role is not None or len(unit.text) > limits.CREDIT:
            continue
        found = pairs(unit.text.strip("\uff08\uff09()"))
        if found and all(pair.field not in ("extra", "title", "original", "control") for pair in found):
            unit.role = "meta"
            for pair in found:
                draft.know_pair(pair)
