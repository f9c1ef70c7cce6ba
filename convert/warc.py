"""Pages out of web archives (WARC, ISO 28500), plain or compressed; needs the extra `wenban[warc]`.

In: a WARC file.  Out: one virtual path for each page it holds (`crawl.warc.gz/000000012345-news.html`: the record's
offset and a name made from its address), and the `Record` at such a path: its bytes, with address, time and charset
from the archive, and the archive's pictures.  Each page is read by its own offset, so the archive may be large.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from .errors import NoContentError, SourceError, UsageError

MAX_MEDIA_BYTES = 64 * 2**20
"""A larger picture is cut off, and then refused as broken."""

SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
_PAGES = ("text/html", "application/xhtml+xml")
_NAME = re.compile(r"(\d{12})-[\w-]*\.html")


def is_archive(path: Path) -> bool:
    """Whether a name is that of a WARC file."""
    return path.name.lower().endswith(SUFFIXES)


def is_page(path: Path) -> bool:
    """Whether a path is one that `pages` gave."""
    return is_archive(path.parent) and _NAME.fullmatch(path.name) is not None


def pages(archive: Path) -> list[Path]:
    """The virtual paths of the pages in an archive, in its order: responses of HTML with status 200.

    Raises SourceError where it cannot be read, UsageError where fastwarc is not installed.
    """
    return [
        archive / f"{offset:012d}-{_slug(url)}.html" for offset, url, kind in _index(*_key(archive)) if kind in _PAGES
    ]


class Record(NamedTuple):
    """A page as the archive has it.  charset: of its Content-Type; fetched: ISO 8601; parts: pictures by address."""

    data: bytes
    url: str | None
    charset: str | None
    fetched: str | None
    parts: Mapping[str, bytes]


def load(path: Path, limit: int) -> Record:
    """The page at a virtual path.  limit: bytes it may have.  Raises SourceError, NoContentError."""
    archive = path.parent
    found = _NAME.fullmatch(path.name)
    for record in _records(archive, int(found[1]) if found else 0):
        data = record.reader.read(limit + 1)
        if len(data) > limit:
            raise SourceError(f"the page is larger than {limit // 2**20} MB", where=str(path), remedy="Leave it out")
        if not data.strip():
            raise NoContentError("the record is empty", where=str(path), remedy="Leave it out")
        time = record.record_date
        fetched = time.isoformat() if time is not None else None
        return Record(data, record.headers.get("WARC-Target-URI"), record.http_charset, fetched, _Pictures(archive))
    raise SourceError("no such record", where=str(path), remedy="List the archive again")


class _Pictures(Mapping[str, bytes]):
    """The pictures of an archive by their addresses, each read when it is asked for."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive

    def _offsets(self) -> dict[str, int]:
        return _pictures(*_key(self._archive))

    def __getitem__(self, address: str) -> bytes:
        for record in _records(self._archive, self._offsets()[address]):
            return bytes(record.reader.read(MAX_MEDIA_BYTES))
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets())

    def __len__(self) -> int:
        return len(self._offsets())


def _key(archive: Path) -> tuple[str, int, int]:
    """What a cached index is for: a file in one state."""
    try:
        state = archive.stat()
    except OSError as error:
        raise SourceError(
            f"the archive cannot be read: {error.strerror}", where=str(archive), remedy="Check the path"
        ) from None
    return str(archive), state.st_size, state.st_mtime_ns


@functools.lru_cache(maxsize=4)
def _index(archive: str, size: int, time: int) -> tuple[tuple[int, str, str], ...]:
    """Offset, address and media type of every good response."""
    found: list[tuple[int, str, str]] = []
    for record in _records(Path(archive), 0):
        headers = record.http_headers
        if headers is None or headers.status_code != 200:
            continue
        kind = (record.http_content_type or "").lower()
        found.append((record.stream_pos, record.headers.get("WARC-Target-URI") or "", kind))
    return tuple(found)


@functools.lru_cache(maxsize=4)
def _pictures(archive: str, size: int, time: int) -> dict[str, int]:
    return {url: offset for offset, url, kind in _index(archive, size, time) if kind.startswith("image/")}


def _records(archive: Path, offset: int) -> Iterator[Any]:
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise UsageError(
            "reading WARC files needs fastwarc", where=str(archive), remedy='Install it: pip install "wenban[warc]"'
        ) from None
    try:
        with open(archive, "rb") as stream:
            stream.seek(offset)
            yield from ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all")
    except (OSError, ValueError) as error:
        raise SourceError(
            f"the archive cannot be read: {error}", where=str(archive), remedy="Check that it is whole"
        ) from None


def _slug(url: str) -> str:
    """A short name from the last part of an address."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return "page"
    last = unquote(path.rstrip("/").rpartition("/")[2]).rpartition(".")
    return re.sub(r"[^A-Za-z0-9_-]+", "-", last[0] or last[2]).strip("-")[:40] or "page"
