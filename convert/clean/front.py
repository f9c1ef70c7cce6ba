"""Front matter: title, subtitle, source, date, byline and salutation -> metadata and roles.

What has a form of its own is labelled first; the title is then the best of what is left before the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..zh.characters import BULLETS, key, simplified
from ..zh.dates import Found, find, whole
from ..zh.labels import Pair, fits, is_document_number, pairs
from ..zh.names import is_byline, said_by
from ..zh.organs import ends_like_office, is_organ, is_site
from ..zh.patterns import pattern
from ..zh.sections import LETTERHEAD, ends_history, is_history, is_salutation, names_paper, occasion
from . import limits
from .draft import Draft, Unit
from .lines import RULE

_DASHED = pattern("^(?:\u2014\u2014?|--|\u2e3a)\\s*")
_STAMPED = pattern("(.{4,}?)[ \u3000\t]+((?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?: [0-9:]{4,8})?)")
_BRACKETED = pattern("[\uff08(].{1,80}[\uff09)]")
_UNFINISHED = pattern("(?:的|和|与|及|暨|\u3001|关于)$")
_OPENED = pattern("关于|\u300a[^\u300b]*$")
"""What a title begins and has to end: its matter (the end names the kind of paper), a name in book-title marks."""
_STOPS = "\u3002\uff01\uff1f\uff1b"
_AROUND = BULLETS + " \u3000\t\u00a0"


def front(draft: Draft) -> None:
    """Labels what stands before the body.

    `洪山镇政府工作报告` -> title, `来源` U+FF1A `北京日报` -> meta, `北京市市长 殷勇` -> byline,
    `各位代表` U+FF1A -> salutation.
    """
    titled = next((at for at, unit in enumerate(draft.units) if unit.role == "title"), -1)
    units = [u for u in draft.units[titled + 1 :] if u.text and (u.role == "heading" or (u.plain and not u.role))]
    zone = _zone(units, titled >= 0)
    rest = [unit for unit in zone if not _formed(draft, unit, zone, titled >= 0) and _could_be_title(unit.text)]
    if titled >= 0:
        _repeats(rest, key(draft.units[titled].text))
        return
    title = _title(draft, rest)
    if title is not None:
        _around(draft, title, rest)


def _could_be_title(text: str) -> bool:
    return len(text) <= limits.TITLE and text[-1] not in "\u3002\uff1b\uff0c\uff1a" and not _is_sentence(text)


def _zone(units: list[Unit], titled: bool) -> list[Unit]:
    """The units before the body: up to a salutation, or to the first mark or sentence.

    Up to three sentences may stand above a salutation: a summary, a slogan.
    """
    sentences = 0
    end: int | None = None
    for at, unit in enumerate(units[: limits.FRONT_LINES]):
        text = unit.text
        if (at or titled) and _is_salutation(text):
            return units[: at + 1]
        if _is_sentence(text) and not pairs(text) and not is_history(text):
            end = at if end is None else end
            sentences += 1
            if sentences > limits.SUMMARIES:
                break
        elif (unit.mark and not _is_subtitle(text, at > 0 or titled)) or (titled and unit.role == "heading"):
            end = at if end is None else end
            break
    if end is None:
        return units if len(units) <= limits.FRONT_LINES else units[:1]
    return units[:end]


def _is_salutation(text: str) -> bool:
    return len(text) <= limits.SALUTATION and is_salutation(text) and not pairs(text.strip(_AROUND))


def _is_sentence(text: str) -> bool:
    return len(text) > limits.SENTENCE and (text[-1] in _STOPS or text[-1] == "." or "\u3002" in text[:-1])


def _is_subtitle(text: str, titled: bool) -> bool:
    bare = simplified(_DASHED.sub("", text).strip("\uff08\uff09() "))
    spoken = occasion(bare)
    return (spoken > 0 and spoken >= len(bare) - limits.SUBTITLE_TAIL) or (
        titled and bool(_DASHED.match(text)) and text[-1] not in _STOPS
    )


def _formed(draft: Draft, unit: Unit, zone: list[Unit], titled: bool) -> bool:
    """Labels a unit that has a form of its own; whether it has.  titled: the title stands above."""
    text = unit.text
    titled = titled or unit is not zone[0]
    bare = text.strip(_AROUND)
    if unit.role == "heading":
        return False
    if unit is zone[-1] and _is_salutation(text):
        unit.role = "salutation"
    elif found := pairs(bare):
        unit.role = "meta"
        _know(draft, found, zone[zone.index(unit) + 1 :])
    elif unit.role == "meta":
        pass  # the value of the line before
    elif date := whole(bare):
        _date(draft, unit, date)
    elif is_document_number(bare):
        unit.role = "meta"
        draft.know(document_number=bare)
    elif is_history(text):
        unit.role = "dateline"
    elif _is_subtitle(text, titled):
        unit.role = "subtitle"
        _subtitle(draft, _DASHED.sub("", text).strip("\uff08\uff09() "))
    elif titled and is_byline(bare):
        unit.role = "byline"
        draft.know(author=said_by(bare))
    return unit.role is not None


def _date(draft: Draft, unit: Unit, date: Found) -> None:
    """A date of its own: the page's, where a machine wrote it; else the day of the speech or the signing."""
    if date.stamp:
        unit.role = "meta"
        draft.know_date("bare", date.iso)
    else:
        unit.role = "dateline"


def _subtitle(draft: Draft, text: str) -> None:
    """The subtitle without dash and brackets; a byline that follows it on the line is the author."""
    spoken = occasion(simplified(text))
    tail = text[spoken:].strip("\uff08\uff09() \u3000") if spoken else ""
    if tail and is_byline(tail):
        draft.know(author=tail)
        text = text[:spoken]
    draft.know(subtitle=text)


# --- Metadata lines ---------------------------------------------------------------------------------------------


def _know(draft: Draft, found: list[Pair], following: Sequence[Unit]) -> None:
    """Puts pairs into the metadata; a label without a value may have it on the next line."""
    for position, pair in enumerate(found):
        if not pair.value and position == len(found) - 1 and following:
            pair = pair._replace(value=_next_value(pair, following))
        draft.know_pair(pair)


def _next_value(pair: Pair, following: Sequence[Unit]) -> str:
    """The value of a label that stands alone, where the next line can be one; labels that line."""
    unit = following[0]
    text = unit.text.strip(_AROUND)
    within = len(following) > 1 and bool(pairs(following[1].text.strip(_AROUND)))
    if unit.role is not None or pairs(text) or unit.mark or _is_salutation(text) or _is_subtitle(text, True):
        return ""
    if not fits(pair.takes, text, within=within):
        return ""
    unit.role = "meta"
    return text


# --- The title --------------------------------------------------------------------------------------------------


def _title(draft: Draft, rest: list[Unit]) -> Unit | None:
    """The best of the lines that have no form of their own, with the line it goes on in."""
    while rest:
        at = _best(draft, rest)
        if not _joined(draft, rest, at):
            title = rest[at]
            title.role, title.level = "title", 0
            _know_title(draft, title.text)
            return title
    return None


def _best(draft: Draft, rest: list[Unit]) -> int:
    """Which line is the title: the one the page names, or that is worded like a title, or said twice, or the first."""
    known = key(draft.metadata.title or "")
    keys = [key(unit.text) for unit in rest]
    scores: list[int] = []
    for at, unit in enumerate(rest):
        score = 8 if known and keys[at] == known else 0
        stamped = _STAMPED.fullmatch(unit.text)
        worded = names_paper(stamped[1] if stamped else unit.text)
        score += (3 if len(keys[at]) > 5 else 1) if worded else 0  # a short one may be the name of a column
        score += 2 if keys.count(keys[at]) > 1 else 0
        score += 2 if at == 0 else 0
        score += 2 if unit.role == "heading" and unit.level == 1 else 0
        score -= 4 if len(keys[at]) < 3 or is_site(unit.text) or LETTERHEAD.fullmatch(unit.text) else 0
        score -= 3 if _BRACKETED.fullmatch(unit.text) else 0
        scores.append(score)
    return scores.index(max(scores))


def _joined(draft: Draft, rest: list[Unit], at: int) -> bool:
    """Joins a title broken over two lines: the first stops where no title ends, the second ends like one."""
    if RULE in draft.skip or draft.document.source.media_type != "text/plain":
        return False
    for first in (at - 1, at):
        if first < 0 or first + 1 >= len(rest) or rest[first].last + 1 != rest[first + 1].first:
            continue
        one, two = rest[first], rest[first + 1]
        ends = names_paper(two.text) and key(one.text) not in key(two.text)
        if one.plain and two.plain and _breaks(one.text) and ends:
            draft.join(one, two, "", RULE)
            del rest[first + 1]
            return True
    return False


def _breaks(text: str) -> bool:
    plain = simplified(text)
    broken = bool(_UNFINISHED.search(plain) or _OPENED.search(plain)) or ends_like_office(plain)
    return broken and not names_paper(plain) and not LETTERHEAD.fullmatch(text)


def _know_title(draft: Draft, text: str) -> None:
    """The title; where it carries the occasion of a speech behind a dash or in brackets, that is the subtitle."""
    dated = _STAMPED.fullmatch(text)
    if dated:
        text = dated[1]
        if date := find(dated[2]):
            draft.know_date("bare", date.iso)
    found = re.fullmatch("(.{2,}?)(?:\u2014\u2014|[\uff08(])(.+?)[\uff09)]?", text)
    if found and occasion(simplified(found[2])) == len(found[2]):
        draft.know(title=found[1], subtitle=found[2])
    else:
        draft.know(title=text)


def _around(draft: Draft, title: Unit, rest: list[Unit]) -> None:
    """What else stands before the body: the title again, the site's own lines, names, and lines of a law's history."""
    said = key(title.text)
    position = rest.index(title)
    before, after = rest[:position], rest[position + 1 :]
    for unit in before:
        if unit.role is not None:
            continue
        if LETTERHEAD.fullmatch(unit.text):
            unit.role = "meta"
            draft.know(issuing_body=unit.text.removesuffix("文件"))
        elif len(before) > 1 or is_site(unit.text) or key(unit.text) in said:
            unit.remove("repeats the title" if key(unit.text) == said else "navigation")
    _repeats(after, said)
    history = any(unit.role == "dateline" for unit in draft.units)
    for unit in after:
        if unit.role is None and _BRACKETED.fullmatch(unit.text):
            unit.role = "subtitle"
        elif (
            unit.role is None
            and history
            and len(unit.text) <= limits.SIGNATURE
            and (is_organ(unit.text) or ends_history(unit.text))
        ):
            unit.role = "dateline"


def _repeats(units: list[Unit], said: str) -> None:
    """The title said again, on one line or over several."""
    for at in range(len(units)):
        whole = ""
        for end in range(at, min(at + limits.REPEATED_OVER, len(units))):
            whole += key(units[end].text)
            if whole == said:
                for unit in units[at : end + 1]:
                    unit.remove("repeats the title")
                return
