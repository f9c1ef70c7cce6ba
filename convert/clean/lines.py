"""Lines that scraping cut: joined again where that is certain (rule `line-join`); plain text only.

Three kinds of evidence: a line begins with what cannot begin one, a line stops inside what it opened or in the middle
of a sentence, and a whole text was wrapped at one width.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ..cjk.korea import GOES_ON, KOREA
from ..cjk.pages import heads, stands_alone
from ..cjk.papers import begins_item, country_of
from ..cjk.taiwan import TAIWAN
from ..zh.characters import columns, has_cjk
from ..zh.dates import is_date
from ..zh.marks import divisions, leaves
from ..zh.patterns import pattern
from ..zh.sentences import CANNOT_END
from . import limits
from .draft import Draft, Unit

RULE = "line-join"

_CANNOT_BEGIN = pattern(
    "[\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\uff09\u300b\u300d\u300f\u3011\u3015\u201d%\u2030\u2103]"
)
_SENTENCE_OR_NAME = pattern(".*[\u4e00-\u9fff].*")
_FINISHED = pattern("[\u3002\uff01\uff1f\uff1b\uff1a\u2026.!?;:][\u201d\u2019\uff09\u300b\u300d\u3011)\"']*$")
_SENTENCE = pattern("[\u3002\uff0c]")
_OPENING = {"\u201d": "\u201c", "\uff09": "\uff08", "\u300b": "\u300a", "\u300d": "\u300c", "\u3011": "\u3010"}
_PAIRED = pattern("[\u201c\u201d\uff08\uff09\u300a\u300b\u300c\u300d\u3010\u3011]")
_BULLET = pattern("[\u2022\u25cf\u25a0\u25c6\u25b2\u2605\u203b\\[\uff3b\u3010-]")


def joined(draft: Draft) -> None:
    """`坚持以人民为` / `中心的发展思想` U+3002 -> one paragraph; a library's lines are paragraphs."""
    if draft.document.source.media_type != "text/plain" or len(draft.units) < 2 or draft.typed:
        return
    country = country_of(draft.metadata.language)
    layout = _Wrapping(
        _wrapped_at(draft),
        _common_indent(draft),
        _numbers_before_text(draft.units),
        _usual_step(draft.units),
        _is_torn(draft.units),
        sum(_is_dotted(before.text, unit.text) for before, unit in itertools.pairwise(draft.units)) >= limits.DOTS,
        country is KOREA and sum(itertools.starmap(_outdented, itertools.pairwise(draft.units))) >= limits.CUTS,
        country is KOREA,
    )
    out: list[Unit] = []
    wide = last = 0  # columns and characters of the last line of what is joined so far
    signed = _signed(draft.units)
    widths = _laid_widths(draft.units) if country is TAIWAN else frozenset()
    laid = 0  # columns of the last line with the white space before it
    for at, unit in enumerate(draft.units):
        before = out[-1] if out else None
        registered = (
            before is not None and country is TAIWAN and (_hangs(before, unit) or _laid(before, unit, laid, widths))
        )
        if (
            before is not None
            and at not in signed
            and len(before.text) < limits.JOINED
            and _open(before)
            and _open(unit)
            and not _apart(unit)
            and (registered or _continues(before, unit, layout, wide, last))
            and not begins_item(country, unit.text)
            and not stands_alone(country, unit.text)
            and (
                _goes_on(before, unit, layout, last) or not (country and not layout.width and heads(country, unit.text))
            )
        ):
            wide = _columns(unit)
            _join(before, unit, layout.torn or registered)  # registers cut numbers too
        else:
            out.append(unit)
            wide = _columns(unit) if layout.width else 0
        last = len(unit.text)
        laid = _columns(unit)
    if len(out) < len(draft.units):
        draft.units = out
        draft.relist()


class _Wrapping(NamedTuple):
    """How a text is set: the width it was wrapped at, 0 where its lines are paragraphs; the white space before nearly
    every line, which says nothing; whether numbers that stand alone belong to the line after them; how many lines it
    is from one that has text to the next; whether its lines end anywhere; whether stops stand for bullets."""

    width: int
    indent: str
    numbers: bool
    step: int
    torn: bool
    dots: bool
    outdented: bool
    korean: bool


def _usual_step(units: Sequence[Unit]) -> int:
    """2 where an empty line stands between nearly all lines of a text, else 1."""
    steps = [unit.first - before.last for before, unit in itertools.pairwise(units)]
    return 2 if steps and sum(step > 1 for step in steps) * 10 >= len(steps) * 9 else 1


def _is_torn(units: Sequence[Unit]) -> bool:
    """Many lines that do not end a sentence are cut inside a word: so the others are cut between words."""
    pairs = [
        (before.text, unit.text)
        for before, unit in itertools.pairwise(units)
        if unit.first == before.last + 1
        and _open(before)
        and _open(unit)
        and not unit.mark
        and len(before.text) >= limits.CUT_LINE
        and not _FINISHED.search(before.text[-8:])
    ]
    cut = sum(_is_cut(*pair) for pair in pairs)
    return cut >= limits.CUTS and cut * 4 >= len(pairs)


def _signed(units: Sequence[Unit]) -> set[int]:
    """Places of dates on lines of their own, and of the short lines above them, which are whoever signs."""
    out: set[int] = set()
    for at, unit in enumerate(units):
        if at and _open(unit) and len(unit.text) <= limits.SIGNATURE and is_date(unit.text):
            out.add(at)
            name = units[at - 1].text
            if len(name) <= limits.SIGNATURE and not _SENTENCE.search(name) and not _CANNOT_BEGIN.match(name):
                out.add(at - 1)
    return out


def _open(unit: Unit) -> bool:
    return unit.plain and unit.role is None and bool(unit.text)


def _apart(unit: Unit) -> bool:
    """A person said what the line is, or that a paragraph begins here."""
    return unit.hand is not None and not unit.hand.join


def _join(before: Unit, unit: Unit, torn: bool) -> None:
    """torn: words and numbers are cut anywhere."""
    empty = "\n" * (unit.first - before.last)
    latin = all(side.isascii() and side.isalnum() for side in (before.text[-1], unit.text[0]))
    latin = latin and not (torn and before.text[-1].isdigit() and unit.text[0].isdigit())
    korean = bool(_WORD_END.search(before.text[-8:])) or (before.trail and _HANGUL.search(before.text[-1]))
    between = " " if latin or korean else "\u3000" if _mark_alone(before) and before.text[0] == "第" else ""
    before.body.append(unit.body, before.trail + empty + unit.lead, between, RULE)
    before.last, before.trail = unit.last, unit.trail


_CHANGE = pattern("[0-9]{1,2}[.\uff0e][ \u3000]*(?=(?:中華)?民國)")
_CHANGED = pattern("(?:中華)?民國|[\uff08(]原名稱")
"""How an entry of a statute's list of changes begins, and what stands below one: what was announced later, a name."""


def _hangs(before: Unit, unit: Unit) -> bool:
    """The line below an entry of a statute's list of changes stands where the entry's text begins: it goes on with it,
    whatever it begins with."""
    if unit.first != before.last + 1 or not unit.lead or unit.lead.strip(" \u3000") or _CHANGED.match(unit.text):
        return False
    if (number := _CHANGE.match(before.text)) is not None:
        return len(unit.lead) == len(before.lead) + number.end()
    return bool(before.lead) and unit.lead == before.lead and _CHANGED.match(before.text) is not None


def _may_go_on(unit: Unit) -> bool:
    return _open(unit) and not unit.mark and not _BULLET.match(unit.text) and not _LABEL.match(unit.text)


def _laid_widths(units: Sequence[Unit]) -> frozenset[int]:
    """Widths at which the paragraphs of a text were cut, those of each level at one of their own, as registers of laws
    and letters set them: several lines stop there in mid-sentence, and what follows them comes to a stop."""
    cuts: list[tuple[int, Unit, bool]] = []  # columns, the line, whether what follows comes to a stop
    closed = False
    for before, unit in reversed(list(itertools.pairwise(units))):
        cut = unit.first == before.last + 1 and _open(before) and _may_go_on(unit)
        if not cut or _columns(before) < limits.LAID or _FINISHED.search(before.text[-8:]):
            closed = bool(_FINISHED.search(before.text[-8:]))
            continue
        if not cuts or cuts[-1][1] is not unit:
            closed = bool(_FINISHED.search(unit.text[-8:]))
        cuts.append((_columns(before), before, closed))
    out: set[int] = set()
    for width in {width for width, _, _ in cuts}:
        near = [(unit, closed) for wide, unit, closed in cuts if abs(wide - width) < limits.WRAP_SLACK]
        many = len(near) >= limits.CUTS
        said = sum(bool(_SENTENCE.search(unit.text)) for unit, _ in near) * 2 >= len(near)
        verse = sum(unit.text[-1] in "\uff0c," for unit, _ in near) * 2 > len(near)
        if many and said and not verse and sum(closed for _, closed in near) * 4 >= len(near) * 3:
            out.add(width)
    return frozenset(out)


def _laid(before: Unit, unit: Unit, laid: int, widths: frozenset[int]) -> bool:
    """The last line stops in mid-sentence at a width at which the text was cut."""
    return (
        laid in widths and unit.first == before.last + 1 and _may_go_on(unit) and not _FINISHED.search(before.text[-8:])
    )


_NUMBERED = pattern("[0-9\uff10-\uff19]{1,2}(?:[.\uff0e][0-9\uff10-\uff19]{1,2}){1,4}[ \u3000]*[^0-9\uff10-\uff19]")
"""A decimal number that may begin a paragraph."""


def _continues(before: Unit, unit: Unit, layout: _Wrapping, wide: int, last: int) -> bool:
    """wide, last: columns and characters of the last line of `before`."""
    text, following = before.text, unit.text
    width, indent = layout.width, layout.indent
    near = unit.first == before.last + 1
    if _mark_alone(before) and not unit.mark and _SENTENCE_OR_NAME.fullmatch(following):
        return unit.first <= before.last + 2 and _belongs(before, unit, layout.numbers)
    if layout.dots and following[0] == "\u3002":
        return False
    if _CANNOT_BEGIN.match(following) and not _FINISHED.search(text[-8:]) and len(text) > 1:
        return unit.first <= before.last + 2 and _closes(text, following)
    full = bool(width) and wide >= width - limits.WRAP_SLACK and not _FINISHED.search(text[-8:])
    if _goes_on(before, unit, layout, last):
        return True
    indented = unit.lead.startswith(("\u3000", "    ", "\t")) and unit.lead != indent and not (full and indent)
    if indented or unit.mark or (indent and _NUMBERED.match(following)):
        return False
    if not near:
        return unit.first <= before.last + layout.step and _is_cut(text, following)
    if _BOX.search(following) or _BLANK.search(text[-3:]) or _BLANK.search(following[-3:]):
        return False
    if width and wide * 5 >= width * 4 and (has_cjk(text) or following[0].islower()):
        return not _FINISHED.search(text[-8:]) or bool(before.lead.strip("\t ") and not unit.lead)
    if _FINISHED.search(text[-8:]) or _BULLET.match(following):
        return False
    if _unclosed(text) and _closed_by(following):
        return True
    if layout.torn and last >= limits.CUT_LINE and _SENTENCE.search(text):
        return True
    long = len(text) >= limits.NOT_A_NAME and bool(_SENTENCE.search(text))
    long = long and not _LABEL.match(following) and not _REMARK.search(text)
    return (long and _is_rest(text, following, last)) or _is_cut(text, following)


_WORD_END = pattern(GOES_ON)
_HANGUL = pattern("[\uac00-\ud7a3]")
_GOING = pattern("[0-9]{0,4}[\uac00-\ud7a3]")


def _goes_on(before: Unit, unit: Unit, layout: _Wrapping, last: int) -> bool:
    """A paragraph of Korean goes on: one of many that begin indented, or one that has a number, behind a full line."""
    if layout.outdented and _outdented(before, unit):
        return True
    return (
        last >= limits.FULL_LINE and not unit.lead and _cut_in_hangul(before, unit) and begins_item(KOREA, before.text)
    )


def _outdented(before: Unit, unit: Unit) -> bool:
    """A paragraph of Korean that begins indented goes on at the margin of the next line, or below its first word."""
    if not before.lead.startswith("    "):
        return False
    below = len(unit.lead) > len(before.lead) and begins_item(KOREA, before.text)
    return (below or not unit.lead) and len(before.text) >= limits.CUT_LINE and _cut_in_hangul(before, unit)


def _cut_in_hangul(before: Unit, unit: Unit) -> bool:
    return (
        unit.first == before.last + 1
        and not unit.mark
        and not _FINISHED.search(before.text[-8:])
        and bool(_HANGUL.search(before.text[-8:]))
        and bool(_GOING.match(unit.text))
    )


def _is_dotted(text: str, following: str) -> bool:
    """`石做引水道` / U+3002 `石做去水道`: a stop where a bullet was."""
    return following[:1] == "\u3002" and len(following) > 1 and len(text) < limits.CUT_LINE


_LABEL = pattern("[^\uff0c\u3002\uff1a:]{1,12}[\uff1a:]")
"""A label, or who speaks: a sentence does not go on with it."""
_REMARK = pattern("[\u3002\uff01\uff1f]\uff08[^\uff08\uff09]+\uff09$")
"""A remark in brackets behind the last sentence."""
_DECIMAL_ALONE = pattern("[0-9\uff10-\uff19]{1,2}(?:[.\uff0e][0-9\uff10-\uff19]{1,2}){1,4}[.\uff0e\u3001]?")


def _mark_alone(unit: Unit) -> bool:
    """`第一章` on a line of its own: its name is on the next; `1.`, `1.2`: its text, or what it heads."""
    mark = unit.mark
    if mark is None:
        return len(unit.text) <= 12 and bool(_DECIMAL_ALONE.fullmatch(unit.text))
    return mark.end >= len(unit.text) and mark.family not in leaves()


def _belongs(before: Unit, unit: Unit, numbers: bool) -> bool:
    """The line after a mark that stands alone is its text or its name.

    A number heads what follows where its text is indented more than it, and where several lines follow each number.
    """
    family = before.mark.family if before.mark else "decimal"
    if family in divisions():
        return unit.first == before.last + 1
    if family == "article":
        return True
    return numbers and len(unit.lead) <= len(before.lead)


def _numbers_before_text(units: Sequence[Unit]) -> bool:
    """Most numbers that stand alone are followed by one line or two."""
    open_units = [unit for unit in units if _open(unit)]
    decimals = {unit.text.strip(".\uff0e\u3001") for unit in open_units if unit.mark is None and _mark_alone(unit)}
    if sum(
        f"{text}.1" in decimals or (text[-1].isdigit() and f"{text[:-1]}{int(text[-1]) + 1}" in decimals)
        for text in decimals
    ) * 2 < len(decimals):
        return False  # figures of a table
    places = [at for at, unit in enumerate(open_units) if _mark_alone(unit)]
    between = sorted(after - at - 1 for at, after in itertools.pairwise(places))
    return not between or between[len(between) // 2] <= 2


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


def _is_rest(text: str, following: str, last: int) -> bool:
    """A long text without a stop goes on: it ends in what cannot end one, or the rest is a sentence, or short, below
    no other short line.  last: characters of the line above."""
    if CANNOT_END.search(text[-4:]) or _FINISHED.search(following[-8:]):
        return True
    return len(following) <= limits.REST < last and not following[0].isdigit()


_HAN_END = pattern("[\u3400-\u9fff]{2,}$")
_HAN_START = pattern("[\u3400-\u9fff]+")


def _is_cut(text: str, following: str) -> bool:
    """A long line ends, and the next begins, inside one word of the dictionary: `…行政管` / `理局…`."""
    left, right = _HAN_END.search(text[-limits.WORD :]), _HAN_START.match(following[: limits.WORD])
    if left is None or right is None or len(text) < limits.CUT_LINE or not _SENTENCE.search(text + following):
        return False
    import rjieba

    before, after = rjieba.cut(left[0], hmm=False), rjieba.cut(right[0], hmm=False)
    if len(before[-1]) > 1 and len(after[0]) > 1:
        return False  # two whole words, which together may be one too
    bounds = set(itertools.accumulate(map(len, rjieba.cut(left[0] + right[0], hmm=False))))
    return len(left[0]) not in bounds


# --- A text wrapped at one width --------------------------------------------------------------------------------


def _columns(unit: Unit) -> int:
    return len(unit.lead.expandtabs(8)) + unit.lead.count("\u3000") + columns(unit.text.rsplit("\n", 1)[-1])


def _wrapped_at(draft: Draft) -> int:
    """The width at which most lines were cut, in columns; 0 where the lines are paragraphs.

    In a wrapped text hardly a line is wider, many are just as wide, and most of those stop in mid-sentence; where they
    stop at commas it is verse.
    """
    units = [unit for unit in draft.units if _open(unit) and unit.first == unit.last and not _BOX.search(unit.text)]
    if len(units) < limits.WRAPPED_LINES:
        return 0
    widths = sorted(_columns(unit) for unit in units)
    cut = [unit for unit in units if not _FINISHED.search(unit.text[-8:]) and len(unit.text) > 8]
    counted = Counter(min(_columns(unit), limits.WRAPPED_WIDTH[1] + 1) for unit in cut)
    near = {wide: sum(counted[wide - less] for less in range(limits.WRAP_SLACK)) for wide in counted}
    width = max(near, key=lambda wide: (near[wide], wide), default=0)
    if not limits.WRAPPED_WIDTH[0] <= width <= limits.WRAPPED_WIDTH[1]:
        return 0
    wider = sum(wide > width + 2 for wide in widths)
    full = sum(width - limits.WRAP_SLACK < wide <= width + 2 for wide in widths)
    spoken = sum(
        bool(_SENTENCE.search(unit.text)) for unit in cut if width - limits.WRAP_SLACK < _columns(unit) <= width
    )
    if spoken * 4 < near[width]:
        return 0  # a list of names or headlines of one length
    commas = sum(unit.text[-1] in "\uff0c," for unit in cut)
    wrapped = near[width] >= max(5, len(units) // (6 if _common_indent(draft) else 4)) and near[width] * 10 >= full * 7
    return width if wrapped and wider * 8 <= len(units) and commas * 2 <= len(cut) else 0


_BLANK = pattern("[_\uff3f\u3000\u00d7]{2,}$")
"""How a line ends that is to be filled in."""
_BOX = pattern("[\u2500-\u257f]")
"""A line of a table that is drawn with characters."""


def _common_indent(draft: Draft) -> str:
    """The white space before nearly every line; empty where the lines differ."""
    leads = Counter(unit.lead for unit in draft.units if _open(unit))
    if not leads:
        return ""
    lead, count = leads.most_common(1)[0]
    return lead if lead and count * 10 >= sum(leads.values()) * 9 else ""
