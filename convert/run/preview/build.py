"""What a preview shows, made anew when something changed.

In: a source, options, a folder for the editions.  Out: for each document its editions, or what went wrong.  A change is
seen by the times and sizes of files: pages, what lies beside them in a folder that is given, and the style with its
parents.  A document fails for itself: it keeps its place in the preview, with its error.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ... import publish, source, style
from ...errors import ConvertError, Failure, Notice, Said
from ...publish.names import key, stem
from .. import pipeline

Stamps = dict[str, tuple[int, int]]
"""Time (nanoseconds) and size of each file by its path."""

MOST = 20_000
"""Files of a folder that are watched: a preview of more is a batch, and looking at all of them takes too long."""


class Shown(msgspec.Struct, frozen=True):
    """A document of the preview.  files: its editions by format; error: why there are none."""

    stem: str
    path: str
    title: str = ""
    files: dict[str, str] = {}
    notices: tuple[Notice, ...] = ()
    repairs: int = 0
    error: Failure | None = None


class Build:
    """The state of a preview, for one thread that makes it and many that show it.

    version: grows with each change that is done.  failure: what is wrong with the source or the style as a whole.
    Raises SourceError, UsageError: that is wrong from the beginning.
    """

    def __init__(self, given: str, folder: Path, options: pipeline.Options) -> None:
        self.given = given
        self.folder = folder
        self.version = 0
        self.documents: dict[str, Shown] = {}
        self.failure: Failure | None = None
        self._options = options
        self._stamps: Stamps = {}
        self._changed = threading.Condition()
        style.load(options.style)
        next(iter(source.find([given])), None)

    def wait(self, seen: int, seconds: float) -> int:
        """The version, when it is no longer the one seen, at the latest after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self.version != seen, seconds)
            return self.version

    def refresh(self) -> bool:
        """Makes what is out of date; whether anything was."""
        now = self._now()
        if now == self._stamps and self.version:
            return False
        changed = {path for path in {*now, *self._stamps} if now.get(path) != self._stamps.get(path)}
        self._stamps = now
        documents, failure = self._made(changed)
        with self._changed:
            self.documents, self.failure = documents, failure
            self.version += 1
            self._changed.notify_all()
        return True

    def _made(self, changed: set[str]) -> tuple[dict[str, Shown], Failure | None]:
        made: dict[str, Shown] = {}
        taken: set[str] = set()
        style.forget()
        try:
            style.load(self._options.style)
            pages = [str(path) for path in source.find([self.given])]
        except ConvertError as error:
            return self.documents, Failure.of(error)
        known = {shown.path: shown for shown in self.documents.values()}
        others = changed - set(pages)  # a style or a picture: which documents it is for is not known
        for path in pages:
            name = stem(self._address(path), taken.__contains__, self._options.formats)
            taken.add(key(name))
            old = known.get(path)
            current = old is not None and old.stem == name and path not in changed and not others
            made[name] = old if old is not None and current else self._document(path, name)
        return made, None

    def _address(self, path: str) -> str:
        return publish.address(path, publish.base(self.given))

    def _document(self, path: str, name: str) -> Shown:
        try:
            options = msgspec.structs.replace(self._options, modified=pipeline.moment())
            result = pipeline.run(pipeline.Job(self._address(path), path, name, str(self.folder), options))
        except ConvertError as error:
            return Shown(name, path, error=Failure.of(error))
        except Exception as error:  # a fault of ours: the preview goes on
            said = Said("unforeseen", kind=type(error).__name__, error=error)
            return Shown(name, path, error=Failure.of(ConvertError(said, where=path)))
        files = {edition.format: edition.name for edition in result.editions}
        return Shown(name, path, result.metadata.title or name, files, result.notices, result.repairs)

    def _now(self) -> Stamps:
        found: Stamps = {}
        for path in (*style.files(self._options.style), *self._watched()):
            try:
                state = os.stat(path)
            except OSError:
                continue  # gone; its absence is the change
            found[str(path)] = (state.st_mtime_ns, state.st_size)
        return found

    def _watched(self) -> Iterator[Path]:
        root = Path(self.given)
        if not root.is_dir():
            yield root
            return
        count = 0
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                count += 1
                if count > MOST:
                    return
                yield Path(folder, name)
