"""Pages of the web as sources: each is asked for once and kept with its pictures, so that the conversion can be
repeated without the network.

In: sources as they were given.  Out: the same with the paths of what was kept, MHTML (RFC 2557), in a folder beside the
output folder, which has its name and `.pages`.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from ..errors import ConvertError, Failure, SourceError
from ..publish.keep import keep
from ..publish.names import safe_stem
from ..readers import fetch
from ..source import HTML, MHTML, Source, from_bytes, listed
from .options import moment


def is_page(source: str) -> bool:
    """Whether a source is an address of the web."""
    return source.lower().startswith(("http://", "https://"))


def named(sources: Iterable[str]) -> tuple[str, ...]:
    """Sources with each list (`@FILE`) that names addresses of the web, or can be read only once (standard input, a
    pipe), replaced by what it names."""
    found: list[str] = []
    for source in sources:
        names = [source]
        if source.startswith("@"):
            with contextlib.suppress(SourceError):  # whoever reads it says so
                inside = [os.fspath(name) for name in listed(source)]
                if not os.path.isfile(source[1:]) or any(map(is_page, inside)):
                    names = [os.path.join(".", name) if name.startswith("@") else name for name in inside]
        found += names
    return tuple(found)


def kept(sources: Iterable[str], out: str, *, private: bool = False) -> tuple[tuple[str, ...], list[Failure]]:
    """Sources with addresses of the web replaced by the paths of the pages kept, and what could not be had.

    out: the output folder.  private: addresses of the local network too.
    Raises UsageError where httpx is not installed.
    """
    found: list[str] = []
    failed: list[Failure] = []
    for source in sources:
        if not is_page(source):
            found.append(source)
            continue
        try:
            found.append(_kept(source, out.rstrip("/") + ".pages", private=private))
        except ConvertError as error:
            if error.exit_code == 2:
                raise
            failed.append(Failure.of(error))
    return tuple(found), failed


def _kept(address: str, out: str, *, private: bool) -> str:
    answer = fetch.page(address, private=private)
    name = stem(answer.address)
    page = from_bytes(answer.data, f"{name}.html", path=address, url=answer.address, charset=answer.charset)
    if page.media_type == MHTML:
        data, ending = answer.data, "mhtml"
    elif page.media_type == HTML:
        data, ending = _archive(page, private=private), "mhtml"
    else:
        data, ending = answer.data, "txt"
    return keep(out, f"{name}.{ending}", data, _location(answer.address))


def stem(address: str) -> str:
    """The name of a page that is kept, without its ending: the last part of its path, or its host."""
    split = urlsplit(address)
    last = [part for part in unquote(split.path).split("/") if part]
    return safe_stem(last[-1] if last else split.hostname or "page")


def _location(address: str) -> bytes:
    return f"Snapshot-Content-Location: {address}\r\n".encode("ascii", "replace")


def _archive(page: Source, *, private: bool) -> bytes:
    """A page with its pictures as MHTML."""
    url = page.url or ""
    parts = [(url, f"text/html; charset={page.charset}" if page.charset else "text/html", page.data)]
    for _, address, data in fetch.pictures(page, private=private):
        parts.append((address, "application/octet-stream", data))
    boundary = "wenban-" + hashlib.sha256(b"".join(data for _, _, data in parts)).hexdigest()[:32]
    date = format_datetime(datetime.fromisoformat(moment()))
    out = [
        f"Date: {date}\r\nMIME-Version: 1.0\r\n".encode(),
        _location(url),
        f'Content-Type: multipart/related; type="text/html"; boundary="{boundary}"\r\n\r\n'.encode(),
    ]
    for address, kind, data in parts:
        head = f"--{boundary}\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n"
        out.append(f"{head}Content-Location: {address}\r\n\r\n".encode("ascii", "replace"))
        out.append(base64.encodebytes(data).replace(b"\n", b"\r\n"))
    out.append(f"--{boundary}--\r\n".encode())
    return b"".join(out)
