"""What is known of an article: from the lines around it first, then from the page's head; and its language.

In: what lines say, and the parsed page.  Out: the values of `Metadata`.  Chinese government sites have to give
ArticleTitle, PubDate, ContentSource and others as `<meta>`; Open Graph and JSON-LD come after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from ..sight.dom import WebPage
from .lines import (
    IN_LINE,
    NAME_MEDIUM,
    WRAPPING,
    find_date,
    han_names,
    iso_date,
    medium,
    pairs,
    people,
)

_C = "[:\uff1a]"
_ISO = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")


class Statements:
    """What lines have said so far; the first to say a thing is right, by the strength of its label."""

    def __init__(self) -> None:
        self.dates: dict[str, str] = {}
        self.values: dict[str, str] = {}
        self.extra: list[tuple[str, str]] = []
        self.sites: frozenset[str] = frozenset()  # how the site calls itself
        self.medium: str | None = None  # what a date line names without a label

    def line(self, text: str, *, head: bool) -> None:
        """Takes what a line of the article's head or foot says."""
        for kind, label, value in pairs(text):
            self.pair(kind, label, value)
        if head and (date := find_date(text)):
            self.dates.setdefault("bare", date)
            self.medium = self.medium or medium(text, self.sites)
        if head and (found := IN_LINE.search(text)) and han_names(found[1]):
            self.values.setdefault("author", found[1])
        if head and (found := NAME_MEDIUM.match(text.strip())):
            self.values.setdefault("author", found[1])
            self.values.setdefault("source", found[2])

    def pair(self, kind: str, label: str, value: str) -> None:
        """Takes in a label and its value.  kind: what the label is for, as in the vocabulary of labels."""
        value = value.strip(WRAPPING)
        if not value:
            return
        if kind in ("published", "dated", "updated", "written"):
            if date := find_date(value):
                self.dates.setdefault(kind, date)
                if kind == "written":
                    self.extra.append((label, date))
        elif kind == "extra":
            self.extra.append((label, value))
        elif kind in ("author", "editor"):
            if names := people(value):
                self.values.setdefault(kind, "\u3001".join(names))
        elif kind == "source":
            self.values.setdefault(kind, value.split("\n")[0])
        elif kind not in ("other", "title", "original"):
            self.values.setdefault(kind, value)

    @property
    def published(self) -> str | None:
        """The date of publishing, ISO 8601: of several dates the one whose label says most."""
        return next(
            (self.dates[kind] for kind in ("published", "bare", "dated", "updated", "written") if kind in self.dates),
            None,
        )


def from_head(page: WebPage, known: Statements) -> None:
    """What the head says and no line did."""
    if known.medium:
        known.values.setdefault("source", known.medium)
    for key, names in _META_NAMES.items():
        value = re.sub("^(?:来源|作者|编辑)" + _C, "", page.meta(*names))
        if key != "source":
            value = "\u3001".join(han_names(value))  # often the name of the site, or of its system
        if value and not value.isdigit() and key not in known.values:
            known.pair(key, key, value)
    if "author" not in known.values and (named := han_names(_json_author(page))):
        known.values["author"] = "\u3001".join(named)
    if known.published is None:
        stated = page.meta(*_META_DATES) or _json_date(page)
        if date := _date_in_head(stated):
            known.dates["bare"] = date


_META_NAMES = {
    "source": ("contentsource", "source", "og:source", "mediaid", "article:source"),
    "author": ("author", "article:author", "og:article:author"),
    "editor": ("editor", "contenteditor"),
}
_META_DATES = (
    "pubdate", "publishdate", "publish_date", "publishtime", "publish_time", "article:published_time",
    "og:release_date",
    "og:published_time", "weibo: article:create_at", "weibo:article:create_at", "datepublished", "date", "dc.date",
    "dc.date.issued", "releasedate", "_pubtime", "og:time", "apub:time",
)  # fmt: skip


def _date_in_head(value: str) -> str | None:
    if date := find_date(value):
        return date
    found = _ISO.match(value)
    return iso_date(int(found[1]), int(found[2]), int(found[3])) if found else None


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

_ONLY_HANS = frozenset("这国来说会对时为们个学发动过经现产种样见业门问间东气长书车马鸟鱼报务实认识议让边运")
_ONLY_HANT = frozenset("這國來說會對時為們個學發動過經現產種樣見業門問間東氣長書車馬鳥魚報務實認識議讓邊運")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def language(tag: str, text: str) -> str | None:
    """A page's `lang` as a BCP 47 tag with script, where the text agrees with it; None otherwise."""
    sample = text[:20_000]
    counts = Counter(sample)
    met = "".join(counts)  # each character once: a few hundred
    kana, hangul, han = (sum(map(counts.__getitem__, script.findall(met))) for script in (_KANA, _HANGUL, _HAN))
    head = tag.strip().replace("_", "-").lower()
    primary = head.split("-")[0]
    total = max(len(sample), 1)
    if primary in ("zh", "cn", "chs", "cht"):
        if han < 0.3 * total or kana > 0.1 * han or hangul > 0.1 * han:
            return None
        there, here = (sum(map(counts.__getitem__, only & counts.keys())) for only in (_ONLY_HANT, _ONLY_HANS))
        hant = there > here
        said_hant = "hant" in head or head.endswith(("-tw", "-hk", "-mo")) or primary == "cht"
        if hant != said_hant:
            return None
        return "zh-Hant" if hant else "zh-Hans"
    if primary == "ja":
        return "ja" if kana > 0.1 * total else None
    if primary == "ko":
        return "ko" if hangul > 0.2 * total else None
    if re.fullmatch(r"[a-z]{2,3}", primary):
        return head if han + kana + hangul < 0.1 * total and primary != "zh" else None
    return None
