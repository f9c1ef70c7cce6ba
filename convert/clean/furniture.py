"""Page furniture: widgets, share bars, breadcrumbs, credits, counters, footers, related items.  Labelled, not deleted.

What a line says decides, in a form without width, spaces and brackets (`key`), and where it stands: before the body,
after it, or in it.  In the body only what can be nothing else is furniture; a short line we do not know is body.
"""

from __future__ import annotations

from ..zh import furniture as words
from ..zh.characters import key
from ..zh.labels import says_something
from ..zh.names import PHOTO_CREDIT
from ..zh.patterns import pattern
from . import limits
from .draft import Draft, Unit

_SCRIPT = pattern("function ?\\(|document\\.|window\\.|\\bvar \\w+ ?=|\\$\\(|</?[a-z]+[ >]|Array ?\\(|\\{\\}|;\\s*\\}")
_LABEL_ALONE = pattern("[:\uff1a]\\s*$")
_HASH = pattern("[0-9a-f]{16,64}")
_FORM_LINE = pattern("^[^:\uff1a\u3002]{2,12}[:\uff1a]\\s*\\S")
"""A line of a form, which says the same in each of its parts."""
_SENTENCE = pattern("[\u3002\uff0c]")
_STOPS = "\u3002\uff01\uff1f\uff1b!?;"


def furniture(draft: Draft) -> None:
    """Labels furniture.  `字体` U+FF1A `大 中 小`, `扫一扫在手机上查看当前页面` -> removed with the reason."""
    units = [unit for unit in draft.units if unit.role is None and unit.plain and unit.text]
    begin, end = _body(units)
    for unit in units[:begin]:
        if says_something(unit.text):
            continue
        if reason := words.reason(unit.text, "before"):
            unit.remove(reason)
    for unit in units[begin:end]:
        if len(unit.text) > limits.WIDGET_IN_BODY or unit.text[-1] in _STOPS or unit.mark:
            continue
        if reason := words.reason(unit.text, "anywhere"):
            unit.remove(reason)
    for unit in units:
        if (
            len(unit.text) <= limits.PHOTO_CREDIT
            and unit.text[-1] in "\u6444\u5f71\u56fe\u7247)\uff09"
            and PHOTO_CREDIT.search(unit.text)
        ):
            unit.remove("caption of a picture that is not here")
    _after(units, end, draft.document.source.media_type == "text/plain")
    draft.relist()


def _body(units: list[Unit]) -> tuple[int, int]:
    """From the first to after the last line that reads like a sentence of the text.

    A page's hidden summary, which repeats the beginning after the end, is no body.
    """
    begin = next((at for at, unit in enumerate(units) if _is_sentence(unit.text)), None)
    if begin is None:
        return len(units), len(units)
    openings = _openings(units[: begin + 4], begin + 1)
    for at in range(len(units) - 1, begin, -1):
        text = units[at].text
        if _is_sentence(text) and (at == begin + 1 or not any(opening.startswith(key(text)) for opening in openings)):
            return begin, at + 1
    return begin, begin + 1


def _openings(units: list[Unit], count: int) -> list[str]:
    """What the page says from each of its first lines on, a few lines far."""
    keys = [key(unit.text) for unit in units[: count + 3]]
    return ["".join(keys[at : at + 4]) for at in range(min(count, len(keys)))]


def _is_sentence(text: str) -> bool:
    if len(text) < limits.SHORTEST_SENTENCE or not (text[-1] in _STOPS or text[-2] in _STOPS):
        return False
    said = key(text[:80])
    return not (
        words.is_notice(said)
        or PHOTO_CREDIT.search(text[-40:])
        or (len(said) < limits.WIDGET_IN_BODY and words.phrase(said, "anywhere"))
    )


def _after(units: list[Unit], end: int, bare: bool) -> None:
    """What follows the body: known furniture, what belongs to a label before it, and what the page says again.

    bare: a text without elements, which alone tell a summary from a line that an article repeats."""
    if end == len(units):
        return
    before = {
        said for unit in units[:end] if len(unit.text) < 200 and len(said := key(unit.text)) > limits.REPEATED_WHOLE
    }
    openings = _openings(units[:end], 12)
    related = waiting = footer = False
    for unit in units[end:]:
        said = key(unit.text)
        if words.is_credit(unit.text):
            unit.remove("credits")
            waiting = bool(_LABEL_ALONE.search(unit.text))
        elif reason := words.reason(unit.text, "after"):
            unit.remove(reason)
            related = related or words.opens_list(said)
            footer = footer or reason == "footer"
        elif _HASH.fullmatch(said) or (_SCRIPT.search(unit.text) and not _SENTENCE.search(unit.text)):
            unit.remove("script or identifier of the page")
        elif bare and (
            (said in before and not _FORM_LINE.search(unit.text))
            or (len(said) >= limits.REPEATED and any(opening.startswith(said) for opening in openings))
        ):
            unit.remove("repeats the page's own text")
        elif waiting and len(unit.text) <= limits.EDITOR:
            unit.remove("credits")
            waiting = False
        elif related:
            unit.remove("related items")
    if footer:
        for unit in units[end:]:
            if unit.role is None and words.is_address(key(unit.text)):
                unit.remove("footer")
