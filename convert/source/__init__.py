"""Inputs: the only room that reads what the user names.

In: paths of files and folders.  Out: `Source`, the bytes of one page with what is known of it from outside its text
(name, address, charset, where its pictures may be read), and `Decoded`, its text.  Kinds: plain text, Markdown, DOCX,
HTML, MHTML (RFC 2557; the root part becomes the source, the others its `parts`), and pages in web archives (`warc`).
Charsets are decided in `charset`.
"""

from __future__ import annotations

from .finding import find, is_pattern, listed
from .loading import (
    BY_SUFFIX,
    DOCUMENT,
    DOCX,
    HTML,
    MARKDOWN,
    MAX_BYTES,
    MAX_MEDIA_BYTES,
    MHTML,
    NAMED,
    PLAIN,
    Decoded,
    Source,
    beside,
    decode,
    from_bytes,
    load,
    state_of,
    unread,
)
from .sidecars import sidecar_of, sidecar_places

__all__ = [
    "BY_SUFFIX",
    "DOCUMENT",
    "DOCX",
    "HTML",
    "MARKDOWN",
    "MAX_BYTES",
    "MAX_MEDIA_BYTES",
    "MHTML",
    "NAMED",
    "PLAIN",
    "Decoded",
    "Source",
    "beside",
    "decode",
    "find",
    "from_bytes",
    "is_pattern",
    "listed",
    "load",
    "sidecar_of",
    "sidecar_places",
    "state_of",
    "unread",
]
