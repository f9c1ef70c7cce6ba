"""The plan of a run: what the user names in, each source found once with its address and stem in the journal out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from .. import dist, source
from ..errors import ConvertError, Failure, SourceError
from ..warc import PAGES, Wanted
from . import Paths

Found = tuple[str, tuple[str, ...] | Failure]
"""The address of a document, and its files, or why it is not there."""


def fill(
    journal: dist.Journal, sources: Paths, formats: tuple[str, ...], *, join: bool = False, wanted: Wanted = PAGES
) -> int:
    """Finds the sources and gives each its name; returns how many there are.

    join: they are pages of one document.  wanted: which records of web archives are pages.
    """
    given = [sources] if isinstance(sources, str | os.PathLike) else sources
    found = _found(given, wanted)
    total = journal.plan(_joined(found) if join else found)
    journal.name(formats)
    return total


def _found(sources: Iterable[str | os.PathLike[str]], wanted: Wanted) -> Iterator[Found]:
    for given in sources:
        errors: list[SourceError] = []
        try:
            for path in source.find([given], errors.append, wanted):
                yield from _failures(errors, given)
                yield dist.address(path), (str(path),)
        except ConvertError as error:
            yield dist.address(given), Failure.of(error)
        yield from _failures(errors, given)


def _failures(errors: list[SourceError], given: str | os.PathLike[str]) -> Iterator[Found]:
    for error in errors:
        yield dist.address(error.where or given), Failure.of(error)
    errors.clear()


def _joined(found: Iterable[Found]) -> Iterator[Found]:
    """One document of all pages, named after the first; where a page is not there, the document is not made."""
    pages = dict(found)
    missing = [(one, paths) for one, paths in pages.items() if isinstance(paths, Failure)]
    if missing or not pages:
        yield from missing
        return
    paths = [path for each in pages.values() if not isinstance(each, Failure) for path in each]
    yield next(iter(pages)), tuple(paths)
