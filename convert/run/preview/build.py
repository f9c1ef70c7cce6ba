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
from ..options import Options, moment

Stamps = dict[str, tuple[int, int]]
"""Time (nanoseconds) and size of each file by its path."""

MOST = 20_000
"""Files of a folder that are watched: a preview of more is a batch, and looking at all of them takes too long."""


class Shown(msgspec.Struct, frozen=True):
    """A document of the preview.  files: its editions by format; error: why there are none.  unsure: lines
    that are read with doubt."""

    stem: str
    path: str
    title: str = ""
    files: dict[str, str] = {}
    notices: tuple[Notice, ...] = ()
    repairs: int = 0
    error: Failure | None = None
    unsure: int = 0


class Build:
    """The state of a preview, for one thread that makes it and many that show it.

    version: grows with each change that is done.  failure: what is wrong with the source or the style as a whole.
    Raises SourceError, UsageError: that is wrong from the beginning.
    """

    def __init__(self, given: str, folder: Path, options: Options) -> None:
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

    @property
    def corrections(self) -> str:
        """The folder of the sidecars, empty where each lies beside its source."""
        return self._options.corrections

    @property
    def language(self) -> str | None:
        """The language of the documents, where the user said it."""
        return self._options.language

    def ranked(self) -> list[Shown]:
        """The documents, first those that failed, then those with most lines in doubt."""
        return sorted(self.documents.values(), key=lambda one: (one.error is None, -one.unsure))

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
        sidecars = {path: self._sidecars(path) for path in pages}
        # A style or a picture: which documents it is for is not known.
        others = changed.difference(pages, *sidecars.values())
        for path in pages:
            name = stem(self._address(path), taken.__contains__, self._options.formats)
            taken.add(key(name))
            old = known.get(path)
            same = not others and changed.isdisjoint((path, *sidecars[path]))
            current = old is not None and old.stem == name and same
            made[name] = old if old is not None and current else self._document(path, name)
        return made, None

    def _sidecars(self, path: str) -> list[str]:
        return source.sidecar_places(path, self.corrections)

    def _address(self, path: str) -> str:
        return publish.address(path, publish.base(self.given))

    def _document(self, path: str, name: str) -> Shown:
        try:
            options = msgspec.structs.replace(self._options, modified=moment())
            result = pipeline.run(pipeline.Job(self._address(path), path, name, str(self.folder), options))
        except ConvertError as error:
            return Shown(name, path, error=Failure.of(error))
        except Exception as error:  # a fault of ours: the preview goes on
            said = Said("unforeseen", kind=type(error).__name__, error=error)
            return Shown(name, path, error=Failure.of(ConvertError(said, where=path)))
        files = {edition.format: edition.name for edition in result.editions}
        doubts = sum(int(one.args.get("count", 0)) for one in result.notices if one.code == "unsure")
        title = result.metadata.title or name
        return Shown(name, path, title, files, result.notices, result.repairs, unsure=doubts)

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
            yield from map(Path, self._sidecars(self.given))
            return
        if self.corrections:
            yield from Path(self.corrections).rglob("*.wenban.toml")
        count = 0
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                count += 1
                if count > MOST:
                    return
                yield Path(folder, name)
