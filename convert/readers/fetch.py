"""Pages and pictures from the network, for a run that asks for them; needs the extra `wenban[fetch]`.

In: an address, or a page whose pictures are not beside it.  Out: the page, or the same page with them among its parts.
Only http and https, each address asked for once, limited in bytes, time and turns to other addresses; of pictures only
what the article shows.  Hosts of the local network are not asked: a host's name is looked up once, and what is asked is
the machine that was found and looked at.  An exception is the host that a page came from, for its pictures.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections import ChainMap
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NamedTuple, cast
from urllib.parse import urlsplit

import msgspec

from ..errors import Said, SourceError, UsageError
from ..source import Source
from .html.thresholds import MAX_MEDIA_BYTES, MAX_PICTURE_BYTES

MAX_PICTURES = 200
MAX_REDIRECTS = 4
MAX_PAGE_BYTES = 32 * 2**20
SECONDS = 60.0
"""The most that one page or picture may take."""
_AGENT = "wenban (a converter of pages)"


class FetchedPage(NamedTuple):
    """What an address gave.  address: where it was found in the end; charset: as the server says."""

    address: str
    data: bytes
    charset: str | None


def page(address: str, *, private: bool = False) -> FetchedPage:
    """What is at an address of the web.  private: it may be one of the local network.

    Raises SourceError where it cannot be had, is too large or may not be asked for, UsageError without httpx.
    """
    with _client(_httpx(address), 20.0) as client:
        return _get(client, address, MAX_PAGE_BYTES, None, private=private)


def with_pictures(source: Source, *, timeout: float = 10.0, private: bool = False) -> Source:
    """The page with the pictures its article lacks; those that cannot be had stay missing.

    timeout: seconds for each step of a request.  private: see `page`.  Raises UsageError where httpx is not installed,
    and what `html.read` raises.
    """
    found = {reference: data for reference, _, data in pictures(source, timeout=timeout, private=private)}
    # Chained, not copied: the parts of a web archive are read only when they are asked for.
    return msgspec.structs.replace(source, parts=ChainMap(found, cast("dict[str, bytes]", source.parts)))


def pictures(source: Source, *, timeout: float = 10.0, private: bool = False) -> Iterator[tuple[str, str, bytes]]:
    """The pictures that a page's article lacks: how the page names each, its address, its bytes."""
    httpx = _httpx(source.path)
    from .html import missing_pictures

    wanted, own = missing_pictures(source), urlsplit(source.url or "").hostname
    known: dict[str, bytes | None] = {}
    total = 0
    with _client(httpx, timeout, source.url or "") as client:
        for choices in wanted[:MAX_PICTURES]:
            for reference, address in choices:
                if address not in known:
                    known[address] = _picture(client, address, own, private=private)
                data = known[address]
                if data is not None and total + len(data) <= MAX_MEDIA_BYTES:
                    total += len(data)
                    yield reference, address, data
                    break


def _picture(client: Any, address: str, own: str | None, *, private: bool) -> bytes | None:
    try:
        return _get(client, address, MAX_PICTURE_BYTES, own, private=private).data
    except SourceError:
        return None


def _httpx(where: str) -> ModuleType:
    try:
        import httpx
    except ImportError:
        raise UsageError(Said("needs-httpx"), where=where) from None
    return httpx


_NUMBER = re.compile(r"^\[Errno -?\d+\] ")


def _why(error: Exception) -> str:
    """What the system says, without its number."""
    return _NUMBER.sub("", str(error)) or type(error).__name__


def _client(httpx: ModuleType, timeout: float, referer: str = "") -> Any:
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "gzip, deflate", "Referer": referer}
    return httpx.Client(timeout=timeout, headers={name: value for name, value in headers.items() if value})


def _get(client: Any, address: str, most: int, own: str | None, *, private: bool) -> FetchedPage:
    """What an address gives.  most: bytes.  own: the host that may be asked wherever it is.  Raises SourceError."""
    import httpx

    first, until = address, time.monotonic() + SECONDS
    try:
        for _ in range(MAX_REDIRECTS + 1):
            machine, said = _asked(address, own, private=private)
            with client.stream("GET", machine, **said) as response:
                if response.is_redirect:
                    address = str(httpx.URL(address).join(response.headers["location"]))
                    continue
                if response.status_code != 200:
                    raise SourceError(Said("address-status", status=response.status_code), where=first)
                data = _read(response, most, until, first)
                return FetchedPage(address, data, response.charset_encoding)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        raise SourceError(Said("address-unreadable", error=_why(error)), where=first) from None
    raise SourceError(Said("address-turns", count=MAX_REDIRECTS), where=first)


def _read(response: Any, most: int, until: float, first: str) -> bytes:
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > most:
            raise SourceError(Said("file-too-large", limit=most // 2**20), where=first)
        if time.monotonic() > until:
            raise SourceError(Said("address-slow", seconds=round(SECONDS)), where=first)
    return bytes(data)


def _asked(address: str, own: str | None, *, private: bool) -> tuple[str, dict[str, Any]]:
    """The address of the machine to ask, and what it has to be told of the host.

    Raises SourceError for what may not be asked for, OSError where there is no such host.
    """
    import httpx

    url = httpx.URL(address)
    if url.scheme not in ("http", "https") or not url.host:
        raise SourceError(Said("address-kind"), where=address)
    found = socket.getaddrinfo(url.host, url.port or (443 if url.scheme == "https" else 80), type=socket.SOCK_STREAM)
    machines = [str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)]
    if not private and url.host != own and not all(ipaddress.ip_address(one).is_global for one in machines):
        raise SourceError(Said("address-private"), where=address)
    host = url.netloc.decode("ascii")
    said = {"headers": {"Host": host}, "extensions": {"sni_hostname": url.raw_host.decode("ascii")}}
    return str(url.copy_with(host=machines[0], userinfo=b"", fragment=None)), said
