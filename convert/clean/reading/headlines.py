"""What a line is for a title: whether it may be one of its lines, whether it says of a text when, where and by whom it
came out."""

from __future__ import annotations

from ...zh.characters import simplified
from ...zh.dates import STAMP
from ...zh.labels import DATE_FIELDS
from ...zh.names import poet
from ...zh.patterns import pattern
from .. import limits
from .body import FURNITURE
from .evidence import SeenLine

_FORMED = frozenset(
    (
        "stamp", "date", "partial-date", "number", "salutation", "attachment", "attachment-alone", "caption",
        "note-title", "history", "grade", "number-first", "organ-date", "copied", "box", "noted", "f:widget",
        "f:credit", "f:anywhere", "f:before",
    )
)  # fmt: skip
LONGEST = 120
"""Characters of a line of a title at the most."""
_LINKS = pattern("(?:\\S{2,8}[ \u3000\u00a0|]+){3,}\\S{2,8}")
"""Names of links side by side."""
_NOT_FIRST = frozenset("\u00b7\u2022\u25cf\u25cb\u25a0>*-")
"""Bullets, with which a link begins."""
ARROWS = frozenset("\u2190\u2039\u00ab<")
"""With what a way back begins."""


_LABELS = pattern("(?:^|[\\s\u3000])[\u4e00-\u9fff]{2,6}[:\uff1a][^\\s\u3000]")
"""A label with its value."""
CLOCK = pattern("[0-2]?[0-9][:\uff1a][0-5][0-9](?![0-9])")
"""The hour of a programme."""


def may_be_title(line: SeenLine) -> bool:
    """The line may be one of a title's."""
    if (
        not line.text
        or line.size > LONGEST
        or line.forms & _FORMED
        or ("pairs" in line.forms and "said" not in line.forms)
    ):
        return False
    if (
        (line.size <= 3 and not any(map(str.isalpha, line.text)))
        or line.text[0] in _NOT_FIRST | ARROWS
        or "\t" in line.text
    ):
        return False
    names = line.text.split()
    letters = len(names) > limits.MENU_ROW and all(len(name) == 1 for name in names)
    if _LINKS.fullmatch(line.text) and "kind" not in line.forms:
        return False
    if len(_LABELS.findall(line.text)) > 1 or (line.at and CLOCK.match(line.text)):
        return False
    if (
        len(names) >= limits.MENU_ROW
        and not letters
        and max(map(len, names)) <= limits.MENU_NAME
        and "about" not in line.forms
    ):
        return any(map(str.isdigit, names))  # `40` is no name of a menu
    return not (line.sentence and line.size > 60) and line.end not in ("semi", "comma")


def is_heading(line: SeenLine) -> bool:
    """The line may head the text below it: a title, and no tool of the page."""
    return may_be_title(line) and not is_tool(line)


def is_tool(line: SeenLine) -> bool:
    """A short line between a title and the text that is neither: `举报/反馈`, who wrote it."""
    if line.has("f:after", "byline", "name", "digits", "no-han") or is_stamp(line) or line.size < limits.KEY:
        return True
    return "organ" in line.forms and (line.size <= limits.ORGAN or "spaced" in line.forms)


def is_stamp(line: SeenLine) -> bool:
    """The line says when a page came out, to the minute."""
    if "stamp" in line.forms or STAMP.match(line.text):
        return True
    return not line.sentence and line.size <= limits.HEADING and bool(_CAME_OUT.match(line.text))


_CAME_OUT = pattern(
    "[^0-9\u3002\uff0c\uff1a:]{1,16}(?:19|20)[0-9]{2}(?:年|[-/.])[0-9]{1,2}(?:月|[-/.])[0-9]{1,2}日?[^0-9\u3002\uff0c]{0,4}"
    "[0-9]{1,2}:[0-9]{2}(?!.*\u3002)"
)
"""Who published a text, with or without a space before the day and the hour: `江城晚报2019-09-23 07:48`."""


def is_dated(line: SeenLine) -> bool:
    """The line says by a label, or alone, when a page came out."""
    return "date" in line.forms or any(pair.value and pair.field in DATE_FIELDS for pair in line.pairs)


def says_of_text(line: SeenLine) -> bool:
    """The line says when a text came out, from where, or under which number."""
    if "f:before" in line.forms:
        return False
    if line.size <= limits.ORGAN and poet(simplified(line.text)):
        return True
    return line.has("keyed", "number", "organ-date") or is_stamp(line) or (line.sourced and not line.has("said"))


def is_value(before: SeenLine, line: SeenLine) -> bool:
    """The line stands below a label that has no value, and that is none of the page's own: `分享` with a colon."""
    return "label-only" in before.forms and line.size <= limits.ONE_LINE and not before.has(*FURNITURE)


def is_of_text(line: SeenLine) -> bool:
    """The line says of a text what `says_of_text` means, or begins to with a label."""
    return "label-only" in line.forms or says_of_text(line)
