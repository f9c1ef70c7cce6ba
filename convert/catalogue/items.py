"""What the catalogue knows of each document.

In: the folder's manifest.  Out: one `Item` for each document that has editions, newest first.  Titles, sources and
dates come from pages that cannot be trusted: here they become one line of text without control and direction marks.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Iterable
from datetime import date

import msgspec

from ..publish import Edition, Entry

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "epub": "application/epub+zip",
    "html": "text/html",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}
READABLE = ("html", "pdf", "epub", "docx", "odt")
"""Formats in the order in which a reader who asks for the document wants them."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSHOWN = re.compile(
    r"[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]+"
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "wenban")
_EPOCH = "1970-01-01T00:00:00Z"


class Preview(msgspec.Struct, frozen=True):
    """The picture of a first page.  name: from the folder, with `/`; width, height: in pixels."""

    name: str
    width: int
    height: int


class Item(msgspec.Struct, frozen=True):
    """A document as the catalogue lists it; what is not known is empty.

    id: a urn:uuid that changes only with the source.  published: ISO date.  updated: ISO 8601, UTC, the
    day it was published, else when its editions were made.
    texts: names of the files that hold its text (`search`).  summary: how the text begins.
    """

    id: str
    stem: str
    title: str
    source: str
    author: str
    published: str
    updated: str
    language: str
    editions: tuple[Edition, ...]
    preview: Preview | None = None
    texts: tuple[str, ...] = ()
    summary: str = ""

    @property
    def year(self) -> str:
        """The year it was published in."""
        return self.published[:4]


def items(entries: Iterable[Entry]) -> list[Item]:
    """The documents that have editions, newest first; those of one day by title, those without a date last."""
    found = [_item(entry) for entry in entries if entry.editions]
    found.sort(key=lambda item: (item.title, item.stem))
    found.sort(key=lambda item: item.published, reverse=True)
    return found


def _item(entry: Entry) -> Item:
    known = entry.metadata
    made = known.modified if _MOMENT.fullmatch(known.modified or "") and known.modified else _EPOCH
    published = _date(known.published or "")
    name = f"{entry.source.sha256 or entry.source.path} {entry.stem}"
    return Item(
        f"urn:uuid:{uuid.uuid5(_NAMESPACE, name)}",
        entry.stem,
        shown(known.title or "") or entry.stem,
        shown(known.source or known.issuing_body or ""),
        shown(known.author or known.issuing_body or known.source or ""),
        published,
        f"{published}T00:00:00Z" if published else made,
        known.language if _LANGUAGE.fullmatch(known.language or "") and known.language else "zh-Hans",
        tuple(sorted(entry.editions, key=lambda edition: edition.format)),
    )


def shown(text: str) -> str:
    """A text on one line, without what could turn, hide or break the text around it."""
    return " ".join(unicodedata.normalize("NFC", _UNSHOWN.sub("", _CONTROL.sub(" ", text))).split())


def _date(text: str) -> str:
    found = _DATE.match(text)
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""


def media_type(edition: Edition) -> str:
    """The media type of an edition; a format of a plug-in has none that is known."""
    return MEDIA_TYPES.get(edition.format, "application/octet-stream")


def to_read(item: Item) -> Edition:
    """The edition a link on the title leads to."""
    ranks = {name: rank for rank, name in enumerate(READABLE)}
    return min(item.editions, key=lambda edition: (ranks.get(edition.format, len(ranks)), edition.format))
