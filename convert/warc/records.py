"""The records of a web archive: a file, or a WARC file within a WACZ file -> records by fastwarc, from any offset.

A WACZ file is a ZIP archive whose WARC files lie in `archive/` and are stored, not compressed (WACZ 1.1.1, 5.2.1), so
they are read in place.  A compressed WARC file has a member for each record (ISO 28500, annex D), so that reading can
start at any; one compressed as a whole is refused.
"""

from __future__ import annotations

import contextlib
import functools
import io
import os
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple

from ..errors import ConvertError, Said, SourceError, UsageError
from ..store import places

SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
WACZ = ".wacz"
_MAGIC = (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")
"""How a record begins in gzip, Zstandard and LZ4."""
_PLAIN = b"WARC/1."
_END = b"\r\n\r\n"
_BLOCK = 2**20
_PAGE, _ALL = 2**18, 2**23
"""Bytes to get at a time from afar: for one page, and for all records."""


class FoundRecord(NamedTuple):
    """A record met on the way.  kind: its media type, empty where it has none; status: of HTTP; whole: all of it is
    there and can be read."""

    offset: int
    kind: str = ""
    status: str | None = None
    url: str = ""
    whole: bool = True


class Content(NamedTuple):
    """What a record holds, its transfer and content codings undone.  charset: as declared; fetched: ISO 8601."""

    data: bytes
    url: str | None
    charset: str | None
    fetched: str | None


def archives(path: str) -> list[str]:
    """The WARC files in a file: itself, or those in a WACZ file by name (`crawl.wacz/archive/data.warc.gz`)."""
    if not path.lower().endswith(WACZ):
        return [path]
    return [f"{path}/{name}" for name in sorted(_members(path, *state(path)))]


def scan(archive: str) -> Iterator[FoundRecord]:
    """Every response and resource of a WARC file, and a `FoundRecord` that is not whole where it is damaged.

    After a damaged place it goes on at the next record there is.  Raises SourceError where there is no record at all,
    and where they cannot be read one by one.
    """
    from fastwarc.warc import WarcRecordType

    pages = (WarcRecordType.response, WarcRecordType.resource)
    start: int | None = 0
    last, length, count = -1, 0, 0
    while start is not None:
        try:
            for record in records(archive, start, _ALL):
                count += 1
                if record.stream_pos <= last or (count == 2 and not _begins(archive, record.stream_pos)):
                    raise _OnePieceError(archive)
                last, length = record.stream_pos, record.content_length
                found = _found(archive, record)
                if record.record_type in pages or not found.whole:
                    yield found
                if not found.whole:
                    break
            else:
                if count and _after(archive, last, length).strip(
                    _END
                ):  # a head that is cut off is passed over silently
                    yield FoundRecord(last + 1, whole=False)
                return
        except _OnePieceError:
            raise
        except SourceError:
            if not count:
                raise
            yield FoundRecord(last + 1, whole=False)
        start = _next(archive, last + 1)


def records(archive: str, offset: int, ahead: int = _PAGE) -> Iterator[Any]:
    """The records from an offset on, HTTP not yet parsed.  ahead: as `opened`.

    Raises SourceError, UsageError (fastwarc is missing).
    """
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError:
        raise UsageError(Said("needs-fastwarc"), where=archive) from None
    with _said(archive), opened(archive, ahead) as stream:
        stream.seek(offset)
        try:
            yield from ArchiveIterator(stream, parse_http=False)
        except (OSError, ValueError) as error:
            raise SourceError(Said("warc-damaged", offset=offset, error=error), where=archive) from None


def read(archive: str, offset: int, limit: int) -> Content | None:
    """What the record at an offset holds; None where it is not whole, or its length is wrong.

    limit: no more than one byte more is read.  Raises SourceError: there is no record, or it cannot be decoded.
    """
    found = records(archive, offset)
    for record in found:
        with _said(archive):
            raw = record.reader.read(limit + 1)
            if len(raw) < min(record.content_length, limit + 1):
                return None
            record.set_bytes_content(raw)
            record.parse_http(auto_decode="all")
            data, said = bytes(record.reader.read(limit + 1)), record.http_charset
            kind, url, time = (
                record.headers.get("Content-Type"),
                record.headers.get("WARC-Target-URI"),
                record.record_date,
            )
            charset = said or _charset(kind or "")
        try:
            next(found, None)
        except SourceError:
            if len(raw) <= limit and _after(archive, offset, len(raw))[:4] != _END:
                return None
        return Content(data, url, charset, time.isoformat() if time is not None else None)
    raise SourceError(Said("no-such-record"), where=archive)


def state(path: str) -> tuple[int, str]:
    """Size and time of an archive: what is kept of it holds for it in one state.  Raises SourceError."""
    outer, _ = _outer(path)
    if places.is_remote(outer):
        return places.state(outer)
    with _said(outer):
        found = os.stat(outer)
        return found.st_size, str(found.st_mtime_ns)


class _OnePieceError(SourceError):
    def __init__(self, archive: str) -> None:
        super().__init__(Said("warc-one-piece"), where=archive)


@contextlib.contextmanager
def _said(archive: str) -> Iterator[None]:
    """What goes wrong while an archive is read, as a SourceError."""
    try:
        yield
    except ConvertError:
        raise
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise SourceError(Said("warc-unreadable", error=said), where=archive) from None


def _found(archive: str, record: Any) -> FoundRecord:
    with _said(archive):
        record.parse_http()
        headers = record.http_headers
        kind = record.http_content_type if headers is not None else record.headers.get("Content-Type")
        status = str(headers.status_code) if headers is not None else None
        url = record.headers.get("WARC-Target-URI") or ""
        length = record.content_length  # of what is left after the head of HTTP
        whole = record.consume() >= length
        return FoundRecord(record.stream_pos, (kind or "").partition(";")[0].strip().lower(), status, url, whole)


def _begins(archive: str, offset: int) -> bool:
    """Whether a record can begin at an offset."""
    with opened(archive) as stream:
        stream.seek(offset)
        return stream.read(7).startswith((*_MAGIC, _PLAIN))


def _next(archive: str, start: int) -> int | None:
    """Where the first record at or after an offset begins that can be read; None where there is none."""
    with _said(archive), opened(archive) as stream:
        first = stream.read(7)
        mark = next((magic for magic in _MAGIC if first.startswith(magic)), _PLAIN)
        stream.seek(start)
        held, at = b"", start
        while more := stream.read(_BLOCK):
            held += more
            found = held.find(mark)
            while found >= 0:
                with contextlib.suppress(SourceError):
                    if next(records(archive, at + found), None) is not None:
                        return at + found
                found = held.find(mark, found + 1)
            kept = held[-len(mark) + 1 :]
            held, at = kept, at + len(held) - len(kept)
    return None


def _unzipped(stream: BinaryIO) -> Any:
    from gzip import GzipFile

    return GzipFile(fileobj=stream)


def _after(archive: str, offset: int, length: int) -> bytes:
    """The first bytes after the content of a record: two line breaks, and the beginning of the next record.

    Only gzip and plain files are looked into; of others it is supposed that all is well.
    """
    with opened(archive) as stream:
        stream.seek(offset)
        first = stream.read(4)
        stream.seek(offset)
        if first.startswith(_MAGIC[1:]):
            return _END
        plain = _unzipped(stream) if first.startswith(_MAGIC[0]) else stream
        found = b""
        try:
            while (line := plain.readline(_BLOCK)).strip():
                pass
            if not line:  # the head is not whole
                return b"?"
            while length > 0:
                length -= len(plain.read(min(length, _BLOCK))) or length
            found = plain.read(4)
            return found + plain.read(1)
        except (OSError, EOFError, zlib.error):
            return found + b"?"


def _charset(content_type: str) -> str | None:
    found = re.search(r"charset=[\"']?([\w.:-]+)", content_type, re.I)
    return found[1] if found else None


# --- Files ------------------------------------------------------------------------------------------------------


def opened(archive: str, ahead: int = _PAGE) -> BinaryIO:
    """A WARC file to read from, also one within a WACZ file.  ahead: bytes to get beyond those asked for, from afar."""
    outer, inner = _outer(archive)
    if inner is None:
        return _file(outer, ahead)
    start, size = _members(outer, *state(outer))[inner]
    return io.BufferedReader(_Part(_file(outer, ahead), start, size))


def _file(path: str, ahead: int) -> BinaryIO:
    return places.opened(path, ahead) if places.is_remote(path) else open(path, "rb")


def _outer(archive: str) -> tuple[str, str | None]:
    """The file on the disk, and the name in it of what is asked for."""
    at = archive.lower().find(WACZ + "/")
    return (archive, None) if at < 0 else (archive[: at + len(WACZ)], archive[at + len(WACZ) + 1 :])


@functools.lru_cache(maxsize=4)
def _members(path: str, size: int, time: str) -> dict[str, tuple[int, int]]:
    """Start and size of each WARC file in a WACZ file."""
    found: dict[str, tuple[int, int]] = {}
    from zipfile import ZIP_STORED, BadZipFile, ZipFile

    with _said(path), _file(path, _PAGE) as stream:
        try:
            members = ZipFile(stream).infolist()
        except BadZipFile as error:
            raise ValueError(str(error)) from None
        for member in members:
            if not (member.filename.startswith("archive/") and member.filename.lower().endswith(SUFFIXES)):
                continue
            if member.compress_type != ZIP_STORED:
                raise SourceError(Said("wacz-compressed", filename=member.filename), where=path)
            stream.seek(member.header_offset + 26)  # the local header's own lengths of name and extra field
            lengths = stream.read(4)
            start = member.header_offset + 30 + int.from_bytes(lengths[:2], "little")
            found[member.filename] = start + int.from_bytes(lengths[2:], "little"), member.file_size
    return found


class _Part(io.RawIOBase):
    """A stretch of a file as a file of its own."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        self._stream, self._start, self._size = stream, start, size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        self._stream.seek(self._start + self._at)
        data = self._stream.read(max(0, min(len(buffer), self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()
