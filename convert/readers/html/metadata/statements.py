"""What is known of an article: from the lines around it first, then from the page's head; and its language.

In: what lines say, and the parsed page.  Out: the values of `Metadata`.  Chinese government sites have to give
ArticleTitle, PubDate, ContentSource and others as `<meta>`; Open Graph and JSON-LD come after.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ....zh import dates
from ....zh.bylines import (
    LABELLED,
    NOBODY,
    SOURCE_ENDS,
    han_names,
    korean_reporter,
    name_and_medium,
    people,
    reporter_in_line,
    source_and_author,
)
from ....zh.labels import DATE_FIELDS, pairs_within, trimmed
from ....zh.language import detect
from ....zh.organs import is_organ, is_province, is_source
from ..sight.dom import WebPage
from ..thresholds import LONGEST_PEN_NAME
from .lines import find_date, medium


class Statements:
    """What lines have said so far; the first to say a thing is right, by the strength of its label."""

    def __init__(self) -> None:
        self.dates: dict[str, str] = {}
        self.values: dict[str, str] = {}
        self.extra: list[tuple[str, str]] = []
        self.sites: frozenset[str] = frozenset()  # how the site calls itself
        self.other_dates: list[str] = []  # of the page's head and address
        self.medium: str | None = None  # what a date line names without a label
        self.nick: str | None = None  # how somebody is called whom an element names as the author
        self.lines: frozenset[str] = frozenset()  # what the page shows
        self.bylines: list[str] = []  # what elements show that are called as those of authors are
        self.persons: list[str] = []  # who elements say in their properties to be the author

    def line(self, text: str, *, head: bool) -> None:
        """Takes what a line of the article's head or foot says."""
        for pair in pairs_within(text):
            self.pair(pair.field, pair.label, pair.value)
        if not head:
            return
        if date := find_date(text):
            self.dates.setdefault("bare", date)
            self.medium = self.medium or medium(text, self.sites)
        if name := reporter_in_line(text) or korean_reporter(text):
            self.values.setdefault("author", name)
        if both := name_and_medium(text):
            self.values.setdefault("author", both[0])
            self.values.setdefault("source", both[1])

    def pair(self, field: str, label: str, value: str) -> None:
        """Takes the value of a label, as far as it is of the kind that the field asks for."""
        value = trimmed(value)
        if (
            not value
            or (field == "source" and is_province(value))
            or (field in ("source", "author", "editor") and value.lower() in NOBODY)
        ):
            return
        if field in DATE_FIELDS:
            if date := dates.stated_date(value) or dates.completed(value, self.other_dates):
                self.dates.setdefault(field, date)
                if field == "written":
                    self.extra.append((label, date))
        elif field == "extra":
            self.extra.append((label, value))
        elif field in ("author", "editor"):
            if names := people(value):
                self.values.setdefault(field, "\u3001".join(names))
        elif field == "source":
            source, names = source_and_author(SOURCE_ENDS.split(value)[0].rstrip())
            self.values.setdefault(field, source)
            if names:
                self.values.setdefault("author", "\u3001".join(names))
        elif field not in ("control", "credit", "title", "original"):
            self.values.setdefault(field, value)

    @property
    def published(self) -> str | None:
        """When the article appeared, by the label with most right to say so."""
        return next(
            (self.dates[kind] for kind in ("published", "bare", "dated", "updated", "written") if kind in self.dates),
            None,
        )


_IN_ADDRESS = re.compile(r"/((?:19|20)\d{2})[-/]?(\d{2})[-/]?(\d{2})[/_.]")


def dates_of_head(page: WebPage, url: str) -> list[str]:
    """The dates that the page's head and its address have, of whatever they are."""
    found = [date for _, content in page.metas if len(content) < 40 and (date := dates.iso_date(content))]
    if address := _IN_ADDRESS.search(url):
        found += filter(None, [dates.iso(*map(int, address.groups()))])
    return found


def from_head(page: WebPage, known: Statements) -> None:
    """What the head says and no line did."""
    if known.medium:
        known.values.setdefault("source", known.medium)
    for key, names in _META_NAMES.items():
        value = LABELLED.sub("", page.meta(*names))
        if key != "source":
            value = "\u3001".join(han_names(value))  # often the name of the site, or of its system
        if value and not value.isdigit() and key not in known.values:
            known.pair(key, key, value)
    site = page.meta("og:site_name")
    if site and page.title.endswith(site):  # a platform for others' pages does not end the titles of theirs so
        known.values.setdefault("source", site)
    if "author" not in known.values and (named := han_names(_json_author(page))):
        known.values["author"] = "\u3001".join(named)
    by = page.meta("article:author", "og:article:author")
    if "source" not in known.values and by and not han_names(by) and (is_organ(by) or by in known.lines):
        known.pair("source", "source", by)
    if known.nick and known.nick != known.values.get("source") and not is_organ(known.nick):
        known.values.setdefault("author", known.nick)
    persons = set(known.persons) - known.sites
    if "author" not in known.values and (name := persons.pop() if len(persons) == 1 else _named_twice(page, known)):
        known.values["author"] = name
    if not known.dates.keys() - {"written"}:
        stated = page.meta(*_META_DATES) or _json_date(page)
        if date := _date_in_head(stated):
            known.dates["bare"] = date


_NOTE = re.compile(r"\s*[(\uff08][^()\uff08\uff09]{1,40}[)\uff09]\s*$")


def _named_twice(page: WebPage, known: Statements) -> str:
    """Who wrote as both names for it in the head say, or as one does and a line of the page that is called so: any name
    may be a pen name, where it is not the site's alone."""
    author = _NOTE.sub("", page.meta("author")).strip()
    article = page.meta("article:author", "og:article:author").strip()
    if not 2 <= len(author) <= LONGEST_PEN_NAME or "/" in author or author.lower() in NOBODY or is_organ(author):
        return ""
    twice = author == article and not is_source(author) and not any(author in site for site in known.sites)
    return author if twice or any(text.startswith(author) for text in known.bylines) else ""


_META_NAMES = {
    "source": ("contentsource", "source", "og:source", "mediaid", "article:source"),
    "author": ("author", "article:author", "og:article:author"),
    "editor": ("editor", "contenteditor"),
}
_META_DATES = (
    "pubdate", "publishdate", "publish_date", "publishtime", "publish_time", "article:published_time",
    "og:release_date",
    "og:published_time", "og:article:published_time",
    "weibo: article:create_at", "weibo:article:create_at", "datepublished", "date", "dc.date",
    "dc.date.issued", "releasedate", "_pubtime", "og:time", "apub:time",
)  # fmt: skip


def _date_in_head(value: str) -> str | None:
    return dates.iso_date(value)  # also eight digits


def _json(page: WebPage) -> Iterable[dict[str, Any]]:
    import msgspec

    for text in page.json_ld:
        try:
            data = msgspec.json.decode(text.strip().encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            continue
        stack = [data]
        while stack:
            item = stack.pop()
            if isinstance(item, dict):
                yield item
                stack.extend(value for value in (item.get("@graph"), item.get("mainEntity")) if value)
            elif isinstance(item, list):
                stack.extend(item)


def headline(page: WebPage) -> str:
    """What JSON-LD calls the article."""
    return next((item["headline"] for item in _json(page) if isinstance(item.get("headline"), str)), "")


def _json_author(page: WebPage) -> str:
    for item in _json(page):
        authors = item.get("author")
        for author in authors if isinstance(authors, list) else [authors]:
            if isinstance(author, dict) and isinstance(author.get("name"), str):
                return str(author["name"])
    return ""


def _json_date(page: WebPage) -> str:
    keys = ("datePublished", "pubDate", "dateCreated")
    return next((item[key] for item in _json(page) for key in keys if isinstance(item.get(key), str)), "")


# --- Language ---------------------------------------------------------------------------------------------------


def language(tag: str, text: str) -> str | None:
    """A page's `lang` as a BCP 47 tag with script, where the text agrees with it; None otherwise."""
    said = tag.strip().replace("_", "-").lower()
    primary = said.split("-")[0]
    found = detect(text)
    if primary in ("zh", "cn", "chs", "cht"):
        traditional = "hant" in said or said.endswith(("-tw", "-hk", "-mo")) or primary == "cht"
        return found if found == ("zh-Hant" if traditional else "zh-Hans") else None
    if primary in ("ja", "ko"):
        return primary if found == primary else None
    return said if found == "en" and re.fullmatch("[a-z]{2,3}", primary) else None
