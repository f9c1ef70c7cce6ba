"""A document as `wenban inspect --json` printed it, and perhaps changed by a person -> the document, cleaned already.

Its JSON is checked against its schema, and for what a schema cannot say: its ledger is the one of its blocks, its links
lead to pages or to what is in it, its pictures have names and types of pictures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from ..errors import Said, SourceError
from ..model import (
    SCHEMA,
    Block,
    Document,
    Figure,
    Heading,
    Inspection,
    Link,
    NoteRef,
    RunIn,
    from_json,
    inlines_of,
    ledger,
    replay,
    walk,
)

if TYPE_CHECKING:
    from ..source import Source

_TARGET = re.compile("(?:https?://|mailto:|#).", re.I)
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}")
_PICTURES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml", "image/webp")


def read(source: Source) -> Document:
    """The document in a JSON source.  Raises SourceError: it is none, or does not fit its schema."""
    try:
        raw = msgspec.json.decode(source.data)
        if isinstance(raw, dict) and "pandoc-api-version" in raw:
            raise SourceError(Said("pandoc-document"), where=source.path)
        document = from_json(source.data)
        if raw["schema"] == SCHEMA and msgspec.convert(raw, Inspection).ledger != ledger(document):
            raise SourceError(Said("document-ledger"), where=source.path)
        replay(document.source, ledger(document), document.repairs)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise SourceError(Said("document-misfit", error=error), where=source.path) from None
    for wrong in _wrong(document):
        raise SourceError(Said("document-misfit", error=wrong), where=source.path)
    info = msgspec.structs.replace(document.source, name=source.name, sha256=source.digest())
    return msgspec.structs.replace(document, source=info)


def _wrong(document: Document) -> Iterator[str]:
    """What no reader of ours would give."""
    blocks: tuple[Block, ...] = (*document.blocks, *(block for note in document.notes for block in note.children))
    notes = {note.id for note in document.notes}
    inlines = list(inlines_of(blocks))
    for node in inlines:
        if isinstance(node, Link) and not _TARGET.match(node.target):
            yield f"link target {node.target!r}"
        if isinstance(node, NoteRef) and node.id not in notes:
            yield f"note {node.id!r}"
    ids = [node.id for node in inlines if isinstance(node, RunIn)]
    for block in walk(blocks):
        if isinstance(block, Figure) and block.media is not None and block.media not in document.media:
            yield f"media {block.media!r}"
        if isinstance(block, Heading):
            ids.append(block.id)
            if not 1 <= block.level <= 9:
                yield f"level {block.level}"
    yield from (f"id {one!r}" for one, count in Counter(ids).items() if count > 1 or not _NAME.fullmatch(one))
    yield from (f"note {note.id!r}" for note in document.notes if not _NAME.fullmatch(note.id))
    for name, picture in document.media.items():
        if not _NAME.fullmatch(name) or picture.media_type not in _PICTURES:
            yield f"media {name!r}"
