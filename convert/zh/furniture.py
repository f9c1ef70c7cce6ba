"""Page furniture: what lines say that are no part of a text, by the words in `phrases`."""

from __future__ import annotations

import re
from typing import Literal

from .characters import key, simplified
from .credits import is_credit
from .patterns import pattern
from .phrases import CONTROLS, PHRASES, Control, Phrase, Place, Reason
from .rows import Rows

_SHARING = pattern("分享|微信|微博|朋友圈")

_Finder = tuple[re.Pattern[str], tuple[Reason, ...]]


def _finder(rows: list[Phrase]) -> _Finder:
    """One pattern for phrases, and their reasons by the number of the group that matched."""
    return pattern("|".join(f"({row.words})" for row in rows)), tuple(row.reason for row in rows)


def _anywhere(rows: Rows[Phrase]) -> _Finder:
    return _finder([row for row in rows if row.place == "anywhere"])


def _before(rows: Rows[Phrase]) -> _Finder:
    return _finder([row for row in rows if row.place not in ("between", "after")])


def _after(rows: Rows[Phrase]) -> _Finder:
    return _finder([row for row in rows if row.place != "before"])


def _between(rows: Rows[Phrase]) -> _Finder:
    return _finder([row for row in rows if row.place in ("anywhere", "between")])


def _notices(rows: Rows[Phrase]) -> _Finder:
    return _finder([row for row in rows if row.reason == "disclaimer"])


_FINDERS = {"anywhere": _anywhere, "between": _between, "around": _after, "before": _before, "after": _after}


def phrase(said: str, place: Place) -> Reason | None:
    """The reason for which a line with this key is furniture at a place, by the phrase it begins with."""
    sought, reasons = PHRASES.made(_FINDERS[place])
    found = sought.match(said)
    return reasons[(found.lastindex or 1) - 1] if found else None


def _widget(rows: Rows[Control]) -> re.Pattern[str]:
    words = sorted({word for row in rows for word in row.words.split()}, key=len, reverse=True)
    return pattern(f"(?:{'|'.join(map(re.escape, words))})++")


def controls(said: str) -> Reason | None:
    """The reason for a line whose key holds names of controls and nothing else, or nothing at all."""
    if said and not CONTROLS.made(_widget).fullmatch(said):
        return None
    return "share bar" if _SHARING.match(said) else "page tools"


def reason(text: str, place: Place) -> Reason | None:
    """Why a line is furniture at a place; None where it is not.

    >>> reason("【字体\uff1a大 中 小】", "anywhere"), reason("分享到:微信", "before"), reason("上一篇:报告", "anywhere")
    ('page tools', 'share bar', None)
    """
    said = key(text)
    return phrase(said, place) or (None if place == "anywhere" else controls(said))


# --- Lines of a page whose elements show where lines begin and end ----------------------------------------------

LONGEST_NOTICE = 400
"""Characters: the longest notice on rights, some of which are long sentences."""
LONGEST_LINE = 200
"""Characters: a longer line of a page is never furniture by what it says."""
_AROUND = "\u201c\u201d\u2018\u2019\"'\u25b6\uff0a\u2193\u2191\u25bc\u2026 \u00a0\u3000"
RULED = pattern("(?:[-\u2014\u2013\u2500-\u257f=~*#\uff0a\uff1d] ?){4,}|---")
"""A line across the page, drawn with characters; three hyphens are one in Markdown."""
_BARS = frozenset("|\uff5c\u4e28:\uff1a+[]\u3010\u3011- ")
_NUMBERED = pattern("^[0-9]{1,2}(?=[\u4e00-\u9fff])")
"""The number of a clause, whose dot the key leaves out."""
_PAGER = pattern("[^\u4e00-\u9fff]?(?:[\\[\u3010][0-9]{1,3}[\\]\u3011]\\s*){2,}.{0,10}")


def line_reason(text: str, place: Literal["before", "between", "after"]) -> Reason | None:
    """Why a whole line of a page is furniture: before the text, between its paragraphs, or after it.

    >>> [line_reason("责编 王伟", place) for place in ("before", "between", "after")]
    ['credits', None, 'credits']
    """
    known = PHRASES.made(_known)
    if (text, place) not in known:
        if len(known) > _MOST_KNOWN:
            known.clear()
        known[text, place] = _line_reason(text, place)
    return known[text, place]


_MOST_KNOWN = 8192  # lines: a page has hundreds, most of them asked for more than once


def _known(_: Rows[Phrase]) -> dict[tuple[str, str], Reason | None]:
    """What was found out about lines so far; forgotten when a phrase is added."""
    return {}


def _line_reason(text: str, place: Literal["before", "between", "after"]) -> Reason | None:
    if len(text) > LONGEST_LINE:
        text = text.strip(_AROUND)
        notice = place == "after" and len(text) <= LONGEST_NOTICE and is_notice(_NUMBERED.sub("", key(text)))
        return "disclaimer" if notice else None
    bare = text.strip(_AROUND)
    lines = PHRASES.made(_lines)
    line = lines.get(text)
    if line is None:
        if len(lines) > _MOST_KNOWN:
            lines.clear()
        line = lines[text] = _KnownLine(bare)
    if line.settled or place == "between":
        return line.everywhere
    if line.at_ends is None:
        line.at_ends = "credits" if is_credit(bare) else controls(line.said) or ""
    if line.at_ends == "credits":
        return "credits"
    found = phrase(line.said, place)
    if found is not None and (found == "disclaimer" or not _is_sentence(bare)):
        return found
    return line.at_ends or None


class _KnownLine:
    """What is found out about a line once, wherever it stands.  said: its key; everywhere: what it is at any place;
    settled: it is nothing else at the ends of a text; at_ends: what it is there without a phrase of theirs, "" for
    nothing, None until it is asked for."""

    __slots__ = ("at_ends", "everywhere", "said", "settled")

    def __init__(self, bare: str) -> None:
        self.said = said = _NUMBERED.sub("", key(bare))
        self.settled = True
        self.at_ends: Reason | Literal[""] | None = None
        self.everywhere: Reason | None = None
        if not said:
            self.everywhere = "page tools" if _BARS.issuperset(bare) else None
        elif _PAGER.fullmatch(bare):
            self.everywhere = "navigation"
        else:
            found = phrase(said, "between")
            if found in ("navigation", "footer", "share bar") and _is_sentence(bare):
                found = None
            self.everywhere, self.settled = found, found is not None


def _lines(_: Rows[Phrase]) -> dict[str, _KnownLine]:
    """What was found out about lines so far; forgotten when a phrase is added."""
    return {}


def _is_sentence(text: str) -> bool:
    """A line with a full stop in it, or several commas: a text says more than the phrase it begins with."""
    return "\u3002" in text[:-1] or text.count("\uff0c") > 1


def is_notice(said: str) -> bool:
    """A line with this key is the site's notice on rights or on what it vouches for, also as a sentence."""
    return bool(PHRASES.made(_notices)[0].match(said))


_PROMOTION = pattern("客户端|公众号|二维码|下载|扫码|扫描|关注|福利|点击|免费|订阅|加微信|长按|抢先|优惠|咨询热线|进群")


def promotion(text: str) -> int:
    """How many different words of advertising a line has."""
    return len(set(_PROMOTION.findall(simplified(text))))
