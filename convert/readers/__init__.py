"""Readers: a `Source` in, a raw `Document` out; one function for each media type, found in one table.

A raw document has one block for each line (plain text) or each visible block (of the others) of the source, in order
and with its `Origin`, and the text exactly as the page had it: repairing and labelling are the business of `clean`.  A
document that is a source itself (`document`) was cleaned before.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from ..errors import Said, SourceError
from ..model import Document

if TYPE_CHECKING:
    from ..source import Source

READERS: dict[str, str] = {
    "text/plain": "convert.readers.text:read",
    "text/html": "convert.readers.html:read",
    "text/markdown": "convert.readers.markdown:read",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "convert.readers.docx:read",
    "application/json": "convert.readers.document:read",
}
"""Media type -> "module:function"; a reader is imported when a source needs it."""


def read(source: Source) -> Document:
    """The raw document of a source.  Raises SourceError: no reader for its media type, or what the reader raises."""
    target = READERS.get(source.media_type)
    if target is None:
        raise SourceError(
            Said("no-reader", media_type=source.media_type, READERS=", ".join(sorted(READERS))), where=source.path
        )
    module, _, function = target.partition(":")
    document: Document = getattr(importlib.import_module(module), function)(source)
    return document
