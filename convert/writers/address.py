"""Addresses of links as every edition may carry them: absolute http, https or mailto, in ASCII (RFC 3986, 6068)."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_PATH = "/:@!$&'()*+,;=~-._%"


def web_address(target: str) -> str | None:
    """The address ready to print, None where it is not a link we print (another scheme, no host, not an address)."""
    try:
        parts = urlsplit(_CONTROL.sub(lambda found: quote(found[0]), target.strip()))
        scheme = parts.scheme.lower()
        if scheme == "mailto":
            return (
                urlunsplit((scheme, "", _quoted(parts.path), _quoted(parts.query), "")) if "@" in parts.path else None
            )
        if scheme not in ("http", "https") or not (host := _host(parts.hostname or "")):
            return None
        port = f":{parts.port}" if parts.port is not None else ""
        return urlunsplit(
            (scheme, host + port, _quoted(parts.path), _quoted(parts.query, "?"), _quoted(parts.fragment, "?"))
        )
    except ValueError:  # a port that is no number, half an IPv6 address, a surrogate
        return None


def _host(name: str) -> str | None:
    ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    return ascii_name if _HOST.fullmatch(ascii_name) and ".." not in ascii_name else None


def _quoted(part: str, also: str = "") -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe=_PATH + also)
