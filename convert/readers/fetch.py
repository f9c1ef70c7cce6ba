"""Pictures from the network, for a run that asks for them (`--fetch`); needs the extra `wenban[fetch]`.

In: a page whose pictures are not beside it.  Out: the same page with them among its parts.  Only http and https, only
what the article shows, limited in number, bytes and time; a page cannot make us ask hosts of the local network, except
the one it came from itself.
"""

from __future__ import annotations

import ipaddress
import socket
from collections import ChainMap
from typing import cast
from urllib.parse import urlsplit

import msgspec

from ..errors import Said, UsageError
from ..source import Source
from .html.thresholds import MAX_MEDIA_BYTES, MAX_PICTURE_BYTES

MAX_PICTURES = 200
MAX_REDIRECTS = 4


def with_pictures(source: Source, *, timeout: float = 10.0) -> Source:
    """The page with the pictures its article lacks; those that cannot be had stay missing.

    timeout: seconds for each.  Raises UsageError where httpx is not installed, and what `html.read` raises.
    """
    try:
        import httpx
    except ImportError:
        raise UsageError(Said("needs-httpx"), where=source.path) from None
    from .html import missing_pictures

    wanted, own = missing_pictures(source), urlsplit(source.url or "").hostname
    parts: dict[str, bytes] = {}
    total = 0
    headers = {"User-Agent": "wenban (a converter of saved pages)", "Referer": source.url or ""}
    with httpx.Client(timeout=timeout, headers=headers) as client:
        for choices in wanted[:MAX_PICTURES]:
            for reference, address in choices:
                data = parts.get(reference) or _get(client, address, own)
                if data is not None and total + len(data) <= MAX_MEDIA_BYTES:
                    parts[reference] = data
                    total += len(data)
                    break
    # Chained, not copied: the parts of a web archive are read only when they are asked for.
    return msgspec.structs.replace(source, parts=ChainMap(parts, cast("dict[str, bytes]", source.parts)))


def _get(client: object, address: str, own: str | None) -> bytes | None:
    """The bytes at an address, None where they cannot be had or are too many.  own: the host the page came from."""
    import httpx

    assert isinstance(client, httpx.Client)
    try:
        for _ in range(MAX_REDIRECTS + 1):
            if not _may_ask(address, own):
                return None
            with client.stream("GET", address) as response:
                if response.is_redirect and response.next_request is not None:
                    address = str(response.next_request.url)
                    continue
                if response.status_code != 200:
                    return None
                data = b""
                for piece in response.iter_bytes():
                    data += piece
                    if len(data) > MAX_PICTURE_BYTES:
                        return None
                return data
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        pass
    return None


def _may_ask(address: str, own: str | None) -> bool:
    """Whether an address is one of the open network, or of the page's own host."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    if parts.hostname == own:
        return True
    found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
    return all(ipaddress.ip_address(entry[4][0]).is_global for entry in found)
