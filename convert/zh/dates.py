"""Dates of every form -> ISO 8601: digits, Han numerals, years of the Republic and of Japanese eras.

A date has to exist: 31 February is no date, in whatever form.  One row a form, one row an era.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .characters import EDGES, HAN, plain_form
from .numerals import HAN_ZERO, han_number
from .patterns import pattern
from .rows import Rows


class Era(NamedTuple):
    """A reckoning of years, with a name of two characters.

    before: the year before its first.  example: a date of it, and what that is in ISO 8601.
    """

    name: str
    before: int
    example: tuple[str, str]


ERAS: Rows[Era] = Rows(
    Era("民国", 1911, ("民国110年12月31日", "2021-12-31")),  # the Republic's official reckoning, used in Taiwan
    Era("令和", 2018, ("令和3年1月5日", "2021-01-05")),  # Japan's, Era Name Act of 1979
    Era("平成", 1988, ("平成元年1月8日", "1989-01-08")),
    Era("昭和", 1925, ("昭和六十三年一月五日", "1988-01-05")),
)


class Form(NamedTuple):
    """A form of dates.

    words: a regular expression with the groups year, month, day and time.  year: what its year is.  example: such a
    date, and what it is in ISO 8601.
    """

    name: str
    words: str
    year: Callable[[re.Match[str]], int]
    example: tuple[str, str]


_AGO = "\\d+\\s*(?:秒|分钟|小时|天|周|个月|月|年)前"
_TODAY = "今天|昨天|前天|刚刚"
AGO = pattern(f"(?:{_TODAY}|{_AGO})(?:\\s*\\d{{1,2}}:\\d{{2}})?\\s*$")
"""A time told from the day on which a page was saved, at the end of a line."""
OF_FEED = pattern(
    f"(?:发[布表]于|时间)?\\s*[:\uff1a]?\\s*(?:{_AGO}|(?:{_TODAY})\\s*(?:\\d{{1,2}}:\\d{{2}})?"
    "|(?:(?:19|20)\\d{2}[-/.年])?\\d{1,2}[-/.月]\\d{1,2}日?(?:\\s*\\d{1,2}:\\d{2}(?::\\d{2})?)?)"
)
"""The time of an item in a list of news or comments."""
OF_A_LIFE = pattern("出生|生日|生于|诞辰|逝世|去世|卒于|成立(?:时间|日期|于)|生年|没年")
"""Beside a date that is of a person or an organ, and not of the text."""
WHEN_DONE = pattern("(?:(?:编辑|发布|发表|修改|更新)于|posted\\s*@)\\s*")
_HAN_YEAR = f"[{HAN_ZERO}O一二三四五六七八九]"
_HAN_PART = "[一二三四五六七八九十廿卅]{1,3}"
_DAY = "[日号]"
_CLOCK = (
    "(?:[T\\s]*[0-9]{1,2}\\s*[:时点]\\s*[0-9]{1,2}\\s*(?:[:分]\\s*(?:[0-9]{1,2}(?:\\.[0-9]+)?\\s*秒?)?)?(?:Z"
    "|[+-][0-9]{2}:?[0-9]{2})?)"
)
_AFTER = f"(?:\\s*(?:星期|周)[一二三四五六日天])?(?P<time>{_CLOCK})?"
"""What may follow a date and belong to it: the day of the week, the time."""


def _western(found: re.Match[str]) -> int:
    return int(found["year"])


def _han_year(found: re.Match[str]) -> int:
    return han_number(found["year"].replace("O", "\u3007"))


def _before_first(rows: Rows[Era]) -> dict[str, int]:
    return {era.name: era.before for era in rows}


def _era_year(found: re.Match[str]) -> int:
    """0, which no date has, where the two characters before the year name no era."""
    year, before = found["year"], ERAS.made(_before_first).get(found["era"])
    return 0 if before is None else before + (1 if year == "元" else _part(year))


def _short_year(found: re.Match[str]) -> int:
    """Two digits: up to 49 of this century, as POSIX and ISO C leave it to be agreed; pages began in the 1990s."""
    return int(found["year"]) + (2000 if found["year"] < "50" else 1900)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = f"(?P<month>(?:{'|'.join(_MONTHS)})[a-z]{{0,6}})\\.?"
_WEEKDAY = "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\\.?,?\\s+)?"


def _part(text: str) -> int:
    if text.isdecimal():
        return int(text)
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else han_number(text)


FORMS: Rows[Form] = Rows(
    Form(
        "digits",
        "(?<![0-9.])(?P<year>(?:19|20)[0-9]{2})\\s*(?:[-/.\u2013]|年)\\s*(?P<month>[0-9]{1,2})\\s*(?:[-/.\u2013]|月)\\s*"
        "(?P<day>[0-9]{1,2})(?:(?![0-9])|(?=[0-9]{2}:[0-9]{2}))\\s*" + _DAY + "?" + _AFTER,
        _western,
        ("2021年1月5日 星期二", "2021-01-05"),
    ),
    Form(
        "hangul",  # Korea: 2021년 12월 31일
        "(?<![0-9.])(?P<year>(?:19|20)[0-9]{2})\\s*년\\s*(?P<month>[0-9]{1,2})\\s*월\\s*(?P<day>[0-9]{1,2})\\s*일(?P<time>)",
        _western,
        ("2021년 12월 31일", "2021-12-31"),
    ),
    Form(
        "compact",
        "(?<![0-9])(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?![0-9])(?P<time>)",
        _western,
        ("20210105", "2021-01-05"),
    ),
    Form(
        "year apart",  # a year, then month and day with a slash: heads of the pages of Xinhua (news.cn) since 2020
        "(?<![0-9])(?P<year>(?:19|20)[0-9]{2})\\s*(?P<month>[0-9]{2})/(?P<day>[0-9]{2})(?![0-9])" + _AFTER,
        _western,
        ("2021 01/05 08:30:12", "2021-01-05"),
    ),
    Form(
        "han",
        f"(?P<year>{_HAN_YEAR}{{4}})年(?P<month>{_HAN_PART})月(?P<day>{_HAN_PART}){_DAY}(?P<time>)",
        _han_year,
        ("二\u3007二一年十二月三十一日", "2021-12-31"),
    ),
    Form(
        "era",
        f"(?:中[华華])?(?P<era>{HAN}{{2}})\\s*(?P<year>[0-9]{{1,3}}|[{HAN_ZERO}一二三四五六七八九十百]{{1,6}}|元)\\s*年\\s*(?P<month>[0-9]{{1,2}}|{_HAN_PART})\\s*月"
        f"\\s*(?P<day>[0-9]{{1,2}}|{_HAN_PART})\\s*{_DAY}" + _AFTER,
        _era_year,
        ("民国一百一十年十二月三十一日", "2021-12-31"),
    ),
    Form(
        "english",  # as blogs and their systems write dates on pages of any language
        f"(?<![A-Za-z]){_MONTH}\\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:,\\s*|\\s+){_WEEKDAY}(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])"
        + _AFTER,
        _western,
        ("Dec 31 Fri 2021 00:28", "2021-12-31"),
    ),
    Form(
        "english, day first",
        f"(?<![0-9A-Za-z])(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\\s+{_MONTH},?\\s+(?P<year>(?:19|20)[0-9]{{2}})(?![0-9])"
        + _AFTER,
        _western,
        ("31 December 2021", "2021-12-31"),
    ),
)
SHORT = Form(
    "two digits",
    "(?P<year>[0-9]{2})(?P<gap>[-/.年])(?P<month>[0-9]{2})(?:(?P=gap)|月)(?P<day>[0-9]{2})" + _DAY + "?" + _AFTER,
    _short_year,
    ("21-12-31 08:30", "2021-12-31"),
)
"""The form that is a date only where a label says so: a year of two digits, with two for month and day."""

REPUBLIC = Form(
    "three digits",
    "(?P<year>1[0-9]{2})(?P<gap>[-/.])(?P<month>[0-9]{1,2})(?P=gap)(?P<day>[0-9]{1,2})" + _AFTER,
    lambda found: int(found["year"]) + 1911,
    ("110-12-31", "2021-12-31"),
)
"""A year of the Republic without its name, as pages of Taiwan have it after a label: a date only there."""
WITHOUT_YEAR = pattern("(?P<month>[0-9]{1,2})(?:[-/.]|月)(?P<day>[0-9]{1,2})日?" + _AFTER)
"""Month and day: a date only where a label says so and the page has the same day with a year elsewhere."""

_Reader = tuple[re.Pattern[str], Callable[[re.Match[str]], int]]


def _readers(forms: Rows[Form]) -> list[_Reader]:
    return [(pattern(form.words), form.year) for form in forms]


class Found(NamedTuple):
    """A date in a text, in its plain form: from start to end, its time included.

    iso: ISO 8601.  stamp: written by a machine: with a time, in hyphens or with leading zeros, as no document is dated.
    """

    start: int
    end: int
    iso: str
    stamp: bool


_LONGEST_DATE = 100
"""Characters: a longer text is not a date alone."""
_MAY_HOLD = pattern("[0-9\uff10-\uff19]{2}|[年년]")


def iso(year: int, month: int, day: int) -> str | None:
    """The day in ISO 8601, None where the calendar has no such day."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _read(found: re.Match[str], year: Callable[[re.Match[str]], int]) -> str | None:
    return iso(year(found), _part(found["month"]), _part(found["day"]))


def _all(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The dates in a text in its plain form, form by form, each with its ISO form; what is no day is passed over."""
    for sought, year in FORMS.made(_readers):
        for found in sought.finditer(text):
            if date := _read(found, year):
                yield found, date


def find(text: str) -> Found | None:
    """The first date in a text, None where it has none.

    >>> find("时间: 2021-12-31 08:30").iso
    '2021-12-31'
    """
    if not _MAY_HOLD.search(text):
        return None
    best = min(_all(plain_form(text)), key=lambda pair: pair[0].start(), default=None)
    return _found(*best) if best else None


_AT = pattern(f"(?<=日)[于於]{HAN}{{2,6}}$")
"""The place behind the day, where somebody signs: `一九五〇年十月八日于北京`."""
COLUMN = pattern(
    f"^{HAN}{{2,6}}[ \u3000]+(?=(?:19|20)[0-9]{{2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}[ \u3000]+[0-9]{{1,2}}:)"
    "|^[^0-9/|\uff5c:\uff1a\uff0c\u3002]{2,16}[ \u3000]*[/|\uff5c][ \u3000]*(?=(?:19|20)[0-9]{2}[-/.年])"
)
"""The name of a column before the day and the hour at which a page came out; who wrote it, parted by a stroke from the
day."""


STAMP = pattern(
    "^(?:19|20)[0-9]{2}(?:年|[-/.])[0-9]{1,2}(?:月|[-/.])[0-9]{1,2}日?[^0-9\u3002\uff0c]{0,8}[0-9]{1,2}:[0-9]{2}"
)
"""How a line begins that says on which day and at which hour a page came out; its source may follow."""
MOMENT = pattern(
    "^[^0-9\u3002\uff0c\uff1a:]{0,16}"
    "(?:(?:(?:19|20)[0-9]{2}(?:[-/.]|年))?[0-9]{1,2}(?:[-/.]|月)[0-9]{1,2}日?[ \u3000]*[0-9]{1,2}:[0-9]{2}"
    "(?::[0-9]{2})?|[0-9]{1,2}[ \u3000]?(?:分钟|小时|天|分鐘|小時)前)"
    "(?:[ \u3000]*(?:举报|舉報|回复|回覆|查看对话|赞|讚|分享|来自|评论|[0-9]+))*$"
)
"""When something in a list came out, behind who says it: `2019-09-3007:42`, `6小时前`; in front of what to do with it:
`举报`, `回复`."""


def whole(text: str) -> Found | None:
    """The date that a text is, with or without a time, and nothing else; None where it is more, or no date."""
    if len(text) > _LONGEST_DATE or not _MAY_HOLD.search(text):
        return None
    text = _AT.sub("", plain_form(text).strip(EDGES + "()"))
    for sought, year in FORMS.made(_readers):
        if (match := sought.fullmatch(text)) and (date := _read(match, year)):
            return _found(match, date)
    return None


def _found(match: re.Match[str], date: str) -> Found:
    padded = "0" in (match["month"][0], match["day"][0])
    return Found(match.start(), match.end(), date, bool(match["time"] or "年" not in match[0] or padded))


def iso_date(text: str) -> str | None:
    """The first date in a text as ISO 8601.

    >>> iso_date("2026年02月10日 07时41分"), iso_date("二〇二一年十二月三十一日"), iso_date("2021-02-31")
    ('2026-02-10', '2021-12-31', None)
    """
    found = find(text)
    return found.iso if found else None


def stated_date(text: str) -> str | None:
    """The date in the value of a label that says it is one: also with a year of two digits, or of the Republic.

    >>> stated_date("21-12-31"), stated_date("110-12-31"), stated_date("21-12")
    ('2021-12-31', '2021-12-31', None)
    """
    if date := iso_date(text):
        return date
    found = _SHORT.fullmatch(plain_form(text).strip(EDGES + "()"))
    if found:
        return _read(found, SHORT.year)
    found = _REPUBLIC.fullmatch(plain_form(text).strip(EDGES + "()"))
    return _read(found, REPUBLIC.year) if found else None


_SHORT = pattern(SHORT.words)
_REPUBLIC = pattern(REPUBLIC.words)


def completed(text: str, others: list[str]) -> str | None:
    """The day that a value without a year means, where one of the other dates, in ISO 8601, is that day.

    >>> completed("12-31 08:30", ["2020-01-05", "2021-12-31"])
    '2021-12-31'
    """
    found = WITHOUT_YEAR.fullmatch(plain_form(text).strip(EDGES + "()"))
    if found is None:
        return None
    day = f"-{int(found['month']):02}-{int(found['day']):02}"
    return next((date for date in others if date.endswith(day)), None)


def is_date(text: str) -> bool:
    """The text is a date and nothing else."""
    return whole(text) is not None


_SIGNED_YEAR = (
    f"(?:(?:19|20)[0-9]{{2}}|{_HAN_YEAR}{{4}}|(?:中华|中華)?民国[0-9{HAN_ZERO}一二三四五六七八九十百]{{1,6}})"
)
SIGNED = f"(?:{_SIGNED_YEAR}年(?:[0-9]{{1,2}}|{_HAN_PART})月(?:[0-9]{{1,2}}|{_HAN_PART}){_DAY})"
"""A date as people write it into a sentence, for a regular expression."""
