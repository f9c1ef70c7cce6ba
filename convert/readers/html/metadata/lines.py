"""What a line of a page says of its article: when, by whom, where it appeared.

In: a line of text.  Out: whether it is such a line and no sentence, its date, and the medium it names without a label.
Labels, dates and names are the vocabulary's (`convert.zh`).
"""

from __future__ import annotations

from ....zh import dates
from ....zh.characters import plain_form
from ....zh.furniture import line_reason
from ....zh.labels import Label, label_of, pairs_within
from ....zh.organs import is_source
from ....zh.patterns import pattern

_LONGEST = 160
_REST = 30  # characters that a line with a date may have beside it
_SPACE = pattern(r"[\s\u00a0\u3000\u200b\ufeff]+")
_BETWEEN = pattern("[\\s\u00a0\u3000|\uff5c\u4e28\u00b7\u2022]+")
_CLOCK = pattern(r"\d{1,2}:\d{2}(?::\d{2})?")
_TIME = pattern(r"\d{1,2}:\d{2}(?::\d{2})?|T\d{2}|[\u65e5\u65f6\u5206]")
_YEAR, _MONTH_DAY = pattern("(?:19|20)[0-9]{2}"), pattern("[0-9]{1,2}[-/.][0-9]{1,2}")
_DAY_ALONE, _YEAR_MONTH = pattern("[0-9]{1,2}"), pattern("(?:19|20)[0-9]{2}[-/.][0-9]{1,2}")
_PARTS = pattern("[-/.]")
_DIGITS_ALONE = pattern(r"\d{8}")


def find_date(text: str) -> str | None:
    """The first calendar date in a line, as YYYY-MM-DD; eight digits in a row may be any number."""
    found = _date(text)
    return found.iso if found is not None else None


def date_apart(text: str, after: str) -> str | None:
    """The date of which one line has the year and the next one the rest, or one the day and the next one the rest."""
    if _YEAR.fullmatch(text) and _MONTH_DAY.fullmatch(after):
        return find_date(f"{text}-{_PARTS.sub('-', after)}")
    if _DAY_ALONE.fullmatch(text) and _YEAR_MONTH.fullmatch(after):
        return find_date(f"{_PARTS.sub('-', after)}-{text}")
    return None


def _date(text: str) -> dates.Found | None:
    found = dates.find(text)
    if found is None or _DIGITS_ALONE.fullmatch(plain_form(text)[found.start : found.end]):
        return None
    return found


def label_alone(text: str) -> Label | None:
    """The label that a line is and nothing else, as in the cells of a metadata table."""
    return label_of(_SPACE.sub("", text).strip("[]\u3010\u3011:\uff1a"))


def medium(text: str, sites: frozenset[str]) -> str | None:
    """The source that a date line names without a label: what is called as media and offices are, or one of `sites`, as
    the site calls itself."""
    found = _date(text)
    labelled = pairs_within(text)
    if found is None or any(pair.field not in ("control", "credit", "published", "dated") for pair in labelled):
        return None
    plain = plain_form(text)
    said = text if len(text) == len(plain) else plain
    rest = said[: found.start] + " " + said[found.end :]
    parts = _BETWEEN.split(_CLOCK.sub(" ", rest))
    return next((part for part in parts if part in sites or _is_medium(part)), None)


def _is_medium(text: str) -> bool:
    return len(text) <= 20 and is_source(text) and line_reason(text, "between") is None


def is_meta_line(text: str) -> bool:
    """A line that says when, by whom and where the article appeared, and is no sentence of it."""
    if len(text) > _LONGEST or "\u3002" in text or text.count("\uff0c") > 1:
        return False
    if pairs_within(text):
        return True
    found = _date(text)
    if found is None:
        return False
    plain = plain_form(text)
    return len(_SPACE.sub("", _TIME.sub("", plain[: found.start] + plain[found.end :]))) <= _REST
