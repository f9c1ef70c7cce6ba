"""The evidence of each line: what its form says, whatever stands around it.

Forms are looked at only where they can matter: a long sentence without a mark is a paragraph, and is asked no more.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...zh import furniture as words
from ...zh.characters import BULLETS, key, simplified
from ...zh.credits import is_address, is_credit
from ...zh.dates import COLUMN, is_date, whole
from ...zh.forms import forms_of, is_number
from ...zh.labels import Pair, is_document_number, kept, pairs
from ...zh.marks import Mark
from ...zh.names import PHOTO_CREDIT, is_byline, poet
from ...zh.patterns import pattern
from ...zh.phrases import Place
from ...zh.sections import (
    ANNEX,
    LETTERHEAD,
    heads_notes,
    is_history,
    is_issue_note,
    is_salutation,
    named_division,
    names_paper,
    occasion,
)
from .. import limits
from ..draft import Unit
from ..series import STOP
from .marks import marks_of

AROUND = BULLETS + " \u3000\t\u00a0"
"""What may stand around a line's words."""
DASHED = pattern("^(?:\u2014\u2014?|--|\u2e3a)\\s*")
"""The dash before a subtitle."""
_STOPS = "\u3002\uff01\uff1f\uff1b!?;"
_ENDS = {
    **dict.fromkeys("\u3002\uff01!\u2026", "stop"),
    **dict.fromkeys("\uff1b;", "semi"),
    **dict.fromkeys("\uff1f?", "ask"),
    **dict.fromkeys("\uff1a:", "colon"),
    **dict.fromkeys("\uff0c\u3001,", "comma"),
    **dict.fromkeys("\u201d\u2019\uff09\u300b\u300d\u3011)", "close"),
}
_LABEL = pattern("[\u4e00-\u9fffA-Za-z0-9\uff08\uff09()/\u3001 \u3000\u00a0]{1,24}?[ \u3000\u00a0]*[:\uff1a]")
_BLANK = pattern("[:\uff1a](?:[ \u3000\u00a0]{4}|[_\uff3f]{2})")
"""What a person fills in: `帐号`, a colon and room for it."""
_HASH = pattern("[0-9a-f]{16,64}")
_LETTERSPACED = pattern("(?<=[\u4e00-\u9fff])[ \u3000\u00a0]+(?=[\u4e00-\u9fff])")
"""White space within `书　记　员`."""
ATX = pattern("#{1,6} +[\u4e00-\u9fff]")
"""A heading as Markdown writes it (CommonMark, 4.2), and manuals that have a link to each: no control is named so."""


class SeenLine:
    """A unit of the text with its evidence.

    end: class of the last character; stop: where its first sentence ends, 0 where it has no stop; alone: nothing
    follows the first sentence; gap: empty lines above, 3 at most; indent: ems before it; trail: white space behind it;
    forms: the forms it has; shape: the coarse kind its form alone gives; key: see `zh.characters.key`.
    """

    __slots__ = (
        "alone", "at", "end", "forms", "gap", "indent", "key", "mark", "pairs", "sentence", "shape", "size", "stop",
        "text", "trail", "unit",
    )  # fmt: skip

    def __init__(self, unit: Unit, at: int, mark: Mark | None, before: Unit | None) -> None:
        self.unit = unit
        self.at = at
        self.text = text = unit.text
        self.size = len(text)
        self.mark = mark
        self.gap = min(unit.first - before.last - 1, 3) if before is not None else 0
        self.indent = unit.lead.count("\u3000") + len(unit.lead.expandtabs(8)) // 2
        self.trail = len(unit.trail) > 2
        self.end = _end(text)
        found = STOP.search(text, mark.end if mark else 0)
        self.stop = found.end() if found else 0
        self.alone = found is None or found.end() == self.size
        self.sentence = self.size > limits.SENTENCE and (self.end in ("stop", "semi", "ask") or not self.alone)
        self.forms: set[str] = set()
        self.pairs: list[Pair] = []
        self.key = ""
        self.shape = ""

    @property
    def bare(self) -> str:
        """The text without what may stand around it."""
        return self.text.strip(AROUND)

    @property
    def sourced(self) -> bool:
        """The line names the source or the author by a label."""
        return any(pair.field in ("source", "author") and pair.value for pair in self.pairs)

    def has(self, *forms: str) -> bool:
        """The line has one of the forms."""
        return not self.forms.isdisjoint(forms)


def _end(text: str) -> str:
    last = text[-1]
    if last in "\u201d\u2019\uff09)\u300b" and len(text) > 1 and text[-2] in "\u3002\uff01\uff1f\uff1b":
        last = text[-2]
    if last == "." and "\uac00" <= text[-2:-1] <= "\ud7a3":
        return "stop"  # Korean has no full stop of its own
    return _ENDS.get(last, "word")


def lines_of(units: Sequence[Unit]) -> list[SeenLine]:
    """The lines with the evidence of their forms."""
    marks = marks_of([unit.text for unit in units])
    lines: list[SeenLine] = []
    read = 0  # sentences of the text
    for at, (unit, mark) in enumerate(zip(units, marks, strict=True)):
        line = SeenLine(unit, at, mark, units[at - 1] if at else None)
        front = at < limits.HEAD_LINES or read < limits.READ
        if front or at >= len(units) - limits.END_LINES or not _plain_sentence(line):
            _look(line)
            read += line.sentence and not any(form.startswith("f:") for form in line.forms)
        else:
            line.shape = "mark" if mark else "text" if line.size > limits.ONE_LINE else "sentence"
        lines.append(line)
    return lines


def _plain_sentence(line: SeenLine) -> bool:
    """A sentence in the middle of a text that begins and ends like any other, which is asked for no form."""
    start = line.mark.end if line.mark else 0
    if not line.sentence or line.text[start : start + 1] in _SPECIAL or line.text[-1] in _PHOTO:
        return False
    return _EARLY_LABEL.search(line.text, start, start + limits.LABEL) is None


_SPECIAL = frozenset(
    "\uff08([\uff3b\u3010\u3014\u203b*\uff0a\u2014\u2022\u00b7>附抄主分报发注备资数新本据\u300a\u3008_\uff3f\u2500\u2502\u250c\u2514\u251c"
) | frozenset("0123456789<")
"""With what lines begin that may be more than a sentence: notes, labels, dates, tables."""
_PHOTO = "摄影图片)\uff09"
_EARLY_LABEL = pattern("[:\uff1a\t]")


def _look(line: SeenLine) -> None:
    """Adds the forms a line has, and its shape."""
    bare = simplified(line.bare)
    if not bare:
        line.shape = "short"
        return
    line.key = key(line.text[:200])
    line.forms = forms_of(bare)
    close = _LETTERSPACED.sub("", bare) if len(bare) <= limits.SIGNATURE else bare
    if close != bare and "signer" in forms_of(close):
        line.forms.add("signer")
    if line.text[-1] == "\u2026" and line.text[0] in BULLETS:
        line.end, line.sentence = "word", False  # a link that the page cut short
    _labelled(line, bare)
    _made_like(line, bare)
    _furniture(line)
    line.shape = _shape(line)


def _labelled(line: SeenLine, bare: str) -> None:
    """Labels with values, of metadata and others, and speech behind a name."""
    forms, text = line.forms, line.text
    line.pairs = pairs(line.bare)  # values as the document writes them
    if line.pairs and all(pair.field == "control" for pair in line.pairs):
        forms.add("f:control")
    elif line.pairs:
        forms.add("pairs")
        if not any(pair.value for pair in line.pairs):
            forms.add("keys-only")
        if any(kept(pair.field) and pair.value for pair in line.pairs):
            forms.add("says")
        if all(pair.field not in ("extra", "control", "credit") for pair in line.pairs):
            forms.add("fields")
        if any(_is_said(pair.value) for pair in line.pairs):
            forms.add("said")
    if "speaker" in forms:
        value = bare.replace(":", "\uff1a").partition("\uff1a")[2].strip()
        if value and _is_said(value):
            forms.add("speaks")
    elif found := _LABEL.match(text, line.mark.end if line.mark else 0):
        label = "mark-label" if line.mark else "label"
        forms.add(label if found.end() < line.size else f"{label}-only")


def _is_said(value: str) -> bool:
    """The value of a label is speech, not a name, an organ, a date or a number."""
    if value[-1:] in ("\u3002", "\uff1f", "\uff01", "?", "!"):
        return len(value) > 3
    return len(value) > limits.VALUE and ("\uff0c" in value or "\u3002" in value) and not is_date(value)


def _made_like(line: SeenLine, bare: str) -> None:
    """Forms that the vocabulary knows by functions of its own."""
    forms, text, size = line.forms, line.text, line.size
    if size <= limits.NO_SENTENCE:
        if date := whole(bare) or whole(COLUMN.sub("", bare)):
            forms.add("stamp" if date.stamp else "date")
            forms.discard("partial-date")
        if is_document_number(bare) or is_number("".join(bare.split())):
            forms.add("number")
        if heads_notes(bare):
            forms.add("note-title")
    if is_issue_note(bare):
        forms.add("copied")
    if "attachment" in forms or ANNEX.fullmatch(bare):
        forms.discard("attachment")
        if not (line.end in ("stop", "semi") and size > 12):
            forms.add("attachment" if size > limits.LABEL_ALONE else "attachment-alone")
    if line.end == "colon" and size <= limits.SALUTATION and is_salutation(text) and not line.pairs:
        forms.add("salutation")
    if is_history(text):
        forms.add("history")
    if _names_occasion(text):
        forms |= {"subtitle", "occasion"}
    elif DASHED.match(text) and text[-1] not in _STOPS:
        forms.add("subtitle")
    if size <= limits.PHOTO_CREDIT and PHOTO_CREDIT.search(bare):
        forms.add("photo")
    if line.end == "ask" and size <= limits.NO_SENTENCE:
        forms.add("question")
    if line.sentence:
        forms -= {"kind", "about", "organ", "signer", "name", "section", "columns", "spaced"}
        return
    if size <= limits.NO_SENTENCE:
        _short(line, bare)


def _short(line: SeenLine, bare: str) -> None:
    forms, size = line.forms, line.size
    rest = bare[line.mark.end :] if line.mark and line.text[:1] == bare[:1] else bare
    rest = rest.strip("\u3010\u3011[]\uff1a: \u3000")
    if rest != bare and "section" in forms_of(rest):
        forms.add("section")
    if size <= 12 and not line.mark and named_division(bare):
        forms.add("named")
    if names_paper(bare):
        forms.add("kind")
    if "columns" in forms:
        forms.discard("spaced")
    if size <= limits.ONE_LINE:
        if LETTERHEAD.fullmatch(bare):
            forms.add("letterhead")
        if is_byline(bare):
            forms.add("byline")
        elif size <= limits.ORGAN and poet(bare):
            forms |= {"byline", "poet"}
    if len(bare) >= 4 and sum(map(str.isdigit, bare)) * 2 > len(bare):
        forms.add("digits")
    elif not any("\u4e00" <= char <= "\u9fff" for char in bare):
        forms.add("no-han")


def _furniture(line: SeenLine) -> None:
    said, forms = line.key, line.forms
    if line.text[0] == "#" and ATX.match(line.text):
        forms.discard("script")
        return
    if not said:
        forms.add("f:rule" if words.RULED.fullmatch(line.text) else "f:empty")
        return
    if line.size <= limits.FURNITURE:
        places: tuple[Place, ...] = ("anywhere", "before", "after")
        found = {place: words.phrase(said, place) for place in places}
        if line.size > limits.ONE_LINE and line.text.count("\uff0c") > 1:  # a sentence that asks people to scan a code
            found = {place: reason for place, reason in found.items() if reason != "share bar"}
        forms.update(f"f:{place}" for place, reason in found.items() if reason)
        if "crumb" in forms and line.text[0] not in BULLETS and line.mark is None:  # what is listed leads to no page
            forms.add("f:before")
        if any(map(str.isalnum, said)) and words.controls(said) and not _BLANK.search(line.text):
            forms.add("f:widget")
        if is_credit(line.text):
            forms.add("f:credit")
        if is_address(said):
            forms.add("f:address")
    if words.is_notice(said):
        forms.add("f:notice")
    if _HASH.fullmatch(said) or ("script" in forms and "\u3002" not in line.text):
        forms.add("f:script")
    forms.discard("script")


def _names_occasion(text: str) -> bool:
    """The line names the occasion of a speech and hardly anything beside it."""
    bare = simplified(DASHED.sub("", text).strip("\uff08\uff09() "))
    spoken = occasion(bare)
    return spoken > 0 and spoken >= len(bare) - limits.SUBTITLE_TAIL


_SHAPES = (
    "stamp", "date", "partial-date", "number", "salutation", "attachment-alone", "attachment", "caption", "note-title",
    "signer", "grade", "copied", "history", "noted", "section", "box",
)  # fmt: skip


def _shape(line: SeenLine) -> str:
    """A coarse word for a line's form, for its neighbours."""
    if line.has("f:anywhere", "f:widget", "f:credit", "f:script"):
        return "furniture"
    if line.has("pairs") and not line.has("said"):
        return "pairs"
    for form in _SHAPES:
        if form in line.forms:
            return form
    if line.mark:
        return "mark-alone" if line.alone and line.end not in ("stop", "semi") else "mark"
    if line.sentence:
        return "text" if line.size > limits.ONE_LINE else "sentence"
    if line.end == "colon":
        return "colon"
    for form, shape in (
        ("f:after", "after"),
        ("organ", "organ"),
        ("kind", "kind"),
        ("name", "name"),
        ("byline", "name"),
        ("dated", "dated"),
    ):
        if form in line.forms:
            return shape
    return "short" if line.size <= limits.ONE_LINE else "long"
