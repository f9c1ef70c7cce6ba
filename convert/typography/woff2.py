"""Faces that web pages come with (WOFF2, W3C), unpacked to what every reader of fonts takes."""

from __future__ import annotations

import importlib.util
import io

SUFFIX = ".woff2"


def can_read() -> bool:
    """Whether the packages are here that unpack it."""
    return all(importlib.util.find_spec(name) is not None for name in ("fontTools", "brotli"))


def unpacked(data: bytes) -> bytes | None:
    """The same font as OTF or TTF; None where it is no font."""
    from fontTools.ttLib import TTLibError, woff2

    held = io.BytesIO()
    try:
        woff2.decompress(io.BytesIO(data), held)
    except (TTLibError, ValueError, KeyError):
        return None
    return held.getvalue()
