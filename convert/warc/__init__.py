"""Pages out of web archives: WARC (ISO 28500), plain or compressed, and WACZ 1.1; needs the extra `wenban[warc]`.

In: an archive, and which of its records are wanted.  Out: one virtual path for each page it holds
(`crawl.warc.gz/crawl-000000012345-news.html`: the archive's name, the record's offset, and a name made from its
address), found in one streaming pass; and the `Record` at such a path: its bytes, with address, time and charset from
the archive, and the archive's pictures.  Each page is read by its own offset, so that memory does not grow with the
archive.  A record that is damaged has a path too: loading it says what is wrong, and what stands after it is found.
Revisits (records that say a page was still the same) are no pages: the page is where it was first met.
"""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from ..errors import NoContentError, Said, SourceError, UsageError
from .pictures import Pictures
from .records import SUFFIXES, WACZ, FoundRecord, archives, read, scan

Name = str | os.PathLike[str]


class Wanted(NamedTuple):
    """Which records are pages.  types: media types; statuses: of HTTP, `2xx` stands for all from 200 to 299; urls:
    addresses, none: all.  `*` in types and urls is anything.  A record without HTTP (type `resource`) has no status."""

    types: tuple[str, ...] = ("text/html", "application/xhtml+xml")
    statuses: tuple[str, ...] = ("200",)
    urls: tuple[str, ...] = ()

    def has(self, found: FoundRecord) -> bool:
        """Whether a record is wanted."""
        return (
            _like(found.kind, self.types)
            and (found.status is None or _like(found.status, (one.replace("x", "?") for one in self.statuses)))
            and (not self.urls or _like(found.url, self.urls))
        )


PAGES = Wanted()


def wanted(types: Iterable[str], statuses: Iterable[str], urls: Iterable[str]) -> Wanted:
    """Which records a user asks for; HTML with status 200 where nothing is said.  Raises UsageError: a status that is
    not an HTTP status."""
    codes = tuple(one.lower() for one in statuses)
    for code in codes:
        if not re.fullmatch("[1-5][0-9x]{2}", code):
            raise UsageError(Said("not-a-status", code=code))
    return Wanted(tuple(one.lower() for one in types) or PAGES.types, codes or PAGES.statuses, tuple(urls))


class Record(NamedTuple):
    """A page as the archive has it.  charset: of its Content-Type; fetched: ISO 8601; parts: pictures by address."""

    data: bytes
    url: str | None
    charset: str | None
    fetched: str | None
    parts: Mapping[str, bytes]


def is_archive(path: Name) -> bool:
    """Whether a name is that of a web archive."""
    return os.fspath(path).lower().endswith((*SUFFIXES, WACZ))


def is_page(path: Name) -> bool:
    """Whether a path is one that `pages` gave."""
    return _place(os.fspath(path)) is not None


def pages(archive: Name, wanted: Wanted = PAGES) -> Iterator[str]:
    """The virtual paths of the pages in an archive, in its order, and of the records that are damaged.

    Raises SourceError where it cannot be read, or not record by record; UsageError where fastwarc is not installed.
    """
    for part in archives(os.fspath(archive)):
        for found in scan(part):
            if not found.whole or wanted.has(found):
                yield _path(part, found)


def load(path: Name, limit: int) -> Record:
    """The page at a virtual path.  limit: bytes it may have.  Raises SourceError, NoContentError."""
    where = os.fspath(path)
    archive, offset = _place(where) or (where, 0)
    found = read(archive, offset, limit)
    if found is None:
        raise SourceError(Said("warc-record-cut", offset=offset), where=where)
    if len(found.data) > limit:
        raise SourceError(Said("page-too-large", limit=limit // 2**20), where=where)
    if not found.data.strip():
        raise NoContentError(Said("record-empty"), where=where)
    return Record(*found, Pictures(archive))


def _path(archive: str, found: FoundRecord) -> str:
    ending = "txt" if found.kind == "text/plain" else "html"
    slug = _slug(found.url) if found.url else "damaged"
    return f"{archive}/{_stem(archive)}-{found.offset:012d}-{slug}.{ending}"


def _place(path: str) -> tuple[str, int] | None:
    """The archive of a virtual path and the record's offset; None for any other path."""
    archive, _, name = path.replace(os.sep, "/").rpartition("/")
    if not archive.lower().endswith(SUFFIXES):
        return None
    found = re.fullmatch(re.escape(_stem(archive)) + r"-(\d{12,})-[\w-]+\.(?:html|txt)", name)
    return (archive, int(found[1])) if found else None


def _stem(archive: str) -> str:
    """The archive's name without its endings."""
    name = archive.replace(os.sep, "/").rpartition("/")[2]
    return name[: name.lower().rindex(".warc")]


def _slug(url: str) -> str:
    """A short name from the last part of an address."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return "page"
    last = unquote(path.rstrip("/").rpartition("/")[2]).rpartition(".")
    return re.sub(r"[^A-Za-z0-9_-]+", "-", last[0] or last[2]).strip("-")[:40] or "page"


def _like(text: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(text, pattern) for pattern in patterns)
