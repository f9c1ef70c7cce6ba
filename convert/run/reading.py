"""A document read: the stages `source`, `readers` and `clean`, with the corrections beside its page."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import ConvertError, Notice, Said, SourceError, UsageError
from ..model import Document
from . import corrected, passes
from .options import language_tag, of_packages

if TYPE_CHECKING:
    from ..corrections import Sidecar
    from ..source import Source


def read(
    path: str | Path,
    language: str | None = None,
    skip: tuple[str, ...] = (),
    also: tuple[str, ...] = (),
    *,
    data: bytes | str | None = None,
    pages: Iterable[str | Path] = (),
    fetch: bool = False,
    corrections: str = "",
    sidecar: Sidecar | None = None,
    plain: bool = False,
) -> Document:
    """The document in a file, cleaned: the stages `source`, `readers` and `clean`.

    language: BCP 47 where the caller knows it; else it is found out.  skip: repair rules and passes to leave out;
    also: optional repairs to make (`clean.OPTIONAL`) and passes of other packages.  data: the page itself, where
    `path` is only its name.  pages: files with further pages of the same article, in order.
    fetch: get pictures that are not at hand from the network (needs `wenban[fetch]`).  corrections: the folder of the
    sidecars, empty where each lies beside its source; a page in memory has one only in a folder.  sidecar: corrections
    that are at hand already.  plain: without any.
    Raises SourceError, NoContentError, UsageError.
    """
    first = load([path]) if data is None else [_given(str(path), data)]
    if sidecar is None and not plain and (data is None or corrections):
        sidecar = corrected.sidecar(path, corrections)
    if sidecar is not None and (said := sidecar.corrections.document.language) is not None:
        language = language_tag(said)
    return document_of([*first, *load(pages)], language, skip, also, fetch, sidecar)


def raw(path: str | Path) -> Document:
    """The document in a file as its reader gives it, neither repaired nor labelled.  Raises what `read` raises."""
    return _raw(load([path])[0], False)


def _given(name: str, data: bytes | str) -> Source:
    """The source in a page that is at hand already."""
    from .. import source

    with _at(name, name):
        if isinstance(data, str):
            return source.from_bytes(data.encode(), name, charset="utf-8")
        return source.from_bytes(data, name)


def document_of(
    sources: Sequence[Source],
    language: str | None,
    skip: Iterable[str],
    also: Iterable[str],
    fetch: bool,
    sidecar: Sidecar | None = None,
) -> Document:
    """The document in sources that are loaded, the pages of one article joined.  Raises what `read` raises."""
    from .. import clean, source

    document, *others = [_raw(one, fetch) for one in sources]
    from_page = all(one.media_type != source.DOCUMENT for one in sources)
    if others and not from_page:
        raise UsageError(Said("join-document"), where=sources[0].path)
    begins: list[int] = []
    if others:
        from ..readers.join import join

        begins = [1 + count for count in accumulate(one.source.lines for one in (document, *others[:-1]))]
        document = join([document, *others])
    if language is not None:
        document = _in_language(document, language)
    with _at(sources[0].path, document.source.name):
        if from_page:
            document = clean.clean(document, skip=frozenset(skip), also=frozenset(also), sidecar=sidecar)
            document = _of_strangers(document, begins)
        if added := of_packages(also):
            document = passes.applied(document, added)
        clean.check(document)
        return document


def _of_strangers(document: Document, begins: Sequence[int]) -> Document:
    """Says of joined pages that they are texts of their own, where their fields did not show it."""
    if not begins or any(notice.code == "join-strangers" for notice in document.notices):
        return document
    from ..readers.join import signed_before

    heads = [document.metadata.title or "", *signed_before(document, begins)]
    if len(heads) == 1:
        return document
    notice = Notice.of(Said("join-strangers", titles="; ".join(filter(None, heads[:3]))))
    return msgspec.structs.replace(document, notices=(*document.notices, notice))


def _raw(found: Source, fetch: bool) -> Document:
    """The document in a source as its reader gives it."""
    from .. import readers, source

    with _at(found.path, found.name):
        if fetch and found.media_type == source.HTML:
            from ..readers.fetch import with_pictures

            found = with_pictures(found)
        return readers.read(found)


@contextlib.contextmanager
def _at(path: str | Path, name: str) -> Iterator[None]:
    """Makes errors name the file by its path: the stages know it by its name."""
    try:
        yield
    except ConvertError as error:
        if error.where in (None, name):
            error.where = str(path)
        raise
    except (UnicodeError, RecursionError) as error:
        raise SourceError(Said("page-unreadable", error=error), where=str(path)) from error


def _in_language(document: Document, language: str) -> Document:
    metadata = msgspec.structs.replace(document.metadata, language=language)
    return msgspec.structs.replace(document, metadata=metadata)


def load(paths: Iterable[str | Path]) -> list[Source]:
    """The sources in files, in order.  Raises SourceError."""
    from .. import source

    return [source.load(path) for path in paths]
