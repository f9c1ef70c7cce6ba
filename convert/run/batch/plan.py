"""The plan of a run: what the user names in, each source found once with its address and stem in the journal out."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator, Sequence

from ... import publish, source, warc
from ...errors import ConvertError, Failure, SourceError
from ...store import places
from ...warc import Wanted
from .given import Paths
from .naming import Naming

PlannedSource = tuple[str, tuple[str, ...] | Failure]
"""The address of a document, and its files, or why it is not there."""


class Plan:
    """The sources of a run in a journal.  total: how many there are.

    join: they are pages of one document.  wanted: which records of web archives are pages.  naming: what documents are
    called, where not after their files.
    """

    def __init__(
        self,
        journal: publish.Journal,
        sources: Paths,
        formats: Sequence[str],
        *,
        join: bool,
        wanted: Wanted,
        naming: Naming | None = None,
    ) -> None:
        self._journal = journal
        self._out = os.path.abspath(journal.folder)
        self._wanted = wanted
        self._folders: dict[str, set[str]] = {}
        self._patterns: set[tuple[str, str]] = set()
        given = [sources] if isinstance(sources, str | os.PathLike) else sources
        found = self._found(given)
        self.total = journal.plan(_joined(found) if join else found)
        journal.name(formats, naming)

    def gone(self) -> Iterator[publish.Entry]:
        """The documents that are not in the plan though they lie where it looked, in a folder, an archive or a pattern
        that was given, and whose source is no more there.  An archive that is there keeps its pages, also those that
        this run does not want."""
        for entry in self._journal.unplanned():
            path = entry.source.path
            if not places.is_remote(path) and (looked := self._looked(path)) and not any(map(_is_there, looked)):
                yield entry

    def _looked(self, address: str) -> list[str]:
        """Where the source of an address would be, of the places where the run looked."""
        parts = address.split("/")
        while parts[0] == "..":  # of a manifest of before
            del parts[0]
        path = "/".join(parts)
        bases = {begin for count in range(1, len(parts)) for begin in self._folders.get("/".join(parts[:count]), ())}
        bases |= {begin for begin, pattern in self._patterns if fnmatch.fnmatchcase(path, pattern)}
        return [os.path.join(begin, path) for begin in bases]

    def _is_ours(self, path: str | os.PathLike[str], given: str | os.PathLike[str]) -> bool:
        """What was found lies in the output folder, which itself lies in the folder or the pattern that was given."""
        if places.is_remote(path):
            return False
        return _lies_in(path, self._out) and not _lies_in(given, self._out)

    def _look_in(self, name: str | os.PathLike[str], begin: str) -> None:
        """Takes down that the run looks in a folder or an archive; manifests of before name it from folders above."""
        whole = os.path.abspath(name)
        while True:
            self._folders.setdefault(publish.address(whole, begin), set()).add(begin)
            if begin == (above := os.path.dirname(begin)):
                break
            begin = above
        self._folders.setdefault(whole, set()).add("")

    def _found(self, sources: Iterable[str | os.PathLike[str]]) -> Iterator[PlannedSource]:
        for given in sources:
            try:
                for name in source.listed(given):
                    yield from self._found_at(name)
            except ConvertError as error:  # the list itself
                yield publish.address(given), Failure.of(error)

    def _found_at(self, name: str | os.PathLike[str]) -> Iterator[PlannedSource]:
        errors: list[SourceError] = []
        begin = publish.base(name)
        if places.is_remote(name):
            pass
        elif os.path.isdir(name) or warc.is_archive(name):
            self._look_in(name, begin)
        elif source.is_pattern(name):
            self._patterns.add((begin, publish.address(name, begin)))
        try:
            for path in source.find([name], errors.append, self._wanted):
                yield from _failures(errors, name, begin)
                if self._is_ours(path, name):
                    continue
                yield publish.address(path, begin), (str(path),)
        except ConvertError as error:
            yield publish.address(name, begin), Failure.of(error)
        yield from _failures(errors, name, begin)


def _lies_in(path: str | os.PathLike[str], folder: str) -> bool:
    return os.path.join(os.path.abspath(path), "").startswith(os.path.join(folder, ""))


def _is_there(path: str) -> bool:
    parts = path.split("/")
    return os.path.lexists(path) or any(os.path.isfile("/".join(parts[:count])) for count in range(1, len(parts)))


def _failures(errors: list[SourceError], given: str | os.PathLike[str], begin: str) -> Iterator[PlannedSource]:
    for error in errors:
        yield publish.address(error.where or given, begin), Failure.of(error)
    errors.clear()


def _joined(found: Iterable[PlannedSource]) -> Iterator[PlannedSource]:
    """One document of all pages, named after the first; where a page is not there, the document is not made."""
    pages = dict(found)
    missing = [(one, paths) for one, paths in pages.items() if isinstance(paths, Failure)]
    if missing or not pages:
        yield from missing
        return
    paths = [path for each in pages.values() if not isinstance(each, Failure) for path in each]
    yield next(iter(pages)), tuple(paths)
