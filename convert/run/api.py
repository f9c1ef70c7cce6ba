"""What a program calls for a single document: read it, change it, write one format to bytes.

Nothing here writes a file.  A document is never changed in place: each function returns a new one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import Said, UsageError
from ..model import Block, Document, Metadata
from ..model.mapping import map_blocks as _map

if TYPE_CHECKING:
    from ..style import Style

Pass = Callable[[Document], Document]
"""A step of one's own after the cleaning: takes a document and returns it changed."""


def read(
    page: str | os.PathLike[str],
    language: str | None = None,
    skip: Iterable[str] = (),
    also: Iterable[str] = (),
    *,
    data: bytes | str | None = None,
    passes: Iterable[Pass] = (),
    pages: Iterable[str | os.PathLike[str]] = (),
    fetch: bool = False,
    corrections: str | os.PathLike[str] = "",
) -> Document:
    """The document in a page: read, repaired and labelled.

    page: the path of a file, or an address.  data: the page itself, where a program has it already; then `page` is
    only its name, whose ending says what it is (`.txt`, `.html`, `.mhtml`), and no picture beside it is read.
    language: BCP 47 where the caller knows it; else it is found out.  skip: repair rules and passes to leave out;
    also: optional repairs and passes of other packages to add.  passes: functions that get the cleaned document and
    return it changed, in this order.  pages: files with further pages of the same article, in order.
    fetch: get pictures that are not at hand from the network (needs `wenban[fetch]`).  corrections: a folder of the
    sidecars `NAME.wenban.toml`; without it that beside the page is read.
    Raises SourceError: the page cannot be read; NoContentError: it holds no text; UsageError: a name in `skip` or
    `also` is not known.
    """
    from . import reading
    from .options import check_rules

    skip, also = tuple(skip), tuple(also)
    check_rules(skip, also)
    folder = os.fspath(corrections)
    document = reading.read(
        _path(page), language, skip, also, data=data, pages=map(_path, pages), fetch=fetch, corrections=folder
    )
    for change in passes:
        document = change(document)
        if not isinstance(document, Document):
            raise TypeError(f"the pass {change!r} returned {type(document).__name__}, not a Document")
    return document


def write(document: Document, format: str, style: str | Style = "gongwen", *, check: bool = True) -> bytes:
    """One edition of a document, as the bytes of its file.

    format: one of `convert.writers.names()`, such as `pdf`.  style: the name of a shipped style, the path of a TOML
    file, or a style that is loaded.  check: read the edition back and compare its text with the document's.
    The edition carries `metadata.modified`, or where that is not set the time of SOURCE_DATE_EPOCH, or now.
    Raises UsageError: no such format or style; FontError: the fonts cannot draw the text; FidelityError: the edition
    does not hold the document's text.
    """
    from .. import style as styles
    from .. import writers
    from . import pipeline
    from .options import moment

    look = styles.load(style) if isinstance(style, str) else style
    look = styles.in_language(look, document.metadata.language)
    if document.metadata.modified is None:
        document = with_metadata(document, modified=moment())
    data, _ = pipeline.write(format, document, look)
    if check:
        pipeline.check({format: data}, writers.compose(document, look), document.source.name)
    return data


def to_json(document: Document) -> str:
    """The document with its ledger as `wenban inspect --json` prints it; `convert.read` takes it again under a name
    that ends in `.json`."""
    from .. import model

    return model.to_json(document).decode()


def with_metadata(document: Document, **fields: str | None) -> Document:
    """The document with other metadata: `with_metadata(document, title="...", author=None)`.

    Editions carry the new values in their properties and their source note.  The title that stands above the text is
    a block (`role="title"`): change it with `map_blocks`.
    Raises UsageError: no field has that name.
    """
    for name in fields:
        if name not in Metadata.__struct_fields__:
            known = ", ".join(Metadata.__struct_fields__)
            raise UsageError(Said("unknown-field", name=name, known=known))
    return msgspec.structs.replace(document, metadata=msgspec.structs.replace(document.metadata, **fields))


def map_blocks(document: Document, change: Callable[[Block], Block | None]) -> Document:
    """The document with every block as `change` returns it, also blocks inside quotes, lists, tables and notes.

    A block that `change` returns unchanged stays as it is; for None it is left out.  What is left out is out of the
    ledger too: set lines aside with `Removed` where they have to stay accounted for.
    """
    notes = tuple(msgspec.structs.replace(note, children=_map(note.children, change)) for note in document.notes)
    return msgspec.structs.replace(document, blocks=_map(document.blocks, change), notes=notes)


def _path(page: str | os.PathLike[str]) -> str | Path:
    return page if isinstance(page, str) else Path(page)
