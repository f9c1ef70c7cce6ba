"""Files of the folder that are no editions, such as the catalogue: each run puts a new set in the place of the old.

In: names and bytes, one file at a time, so that a large set is never in memory.  Out: the files under their names,
recorded in `manifest.json` and `SHA256SUMS`, all or none of them; what the set before had and this one has not is
deleted.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import OutputError, Said
from .files import JOURNAL, cannot_write, clear, opened, settle
from .journal import Journal
from .look import Wrong, contents
from .manifest import File


class Extras:
    """A set that is being made.  Files are written into the room of the run until `replaced` ends."""

    def __init__(self, folder: Path, parts: Path, before: Iterable[File]) -> None:
        self._folder, self._parts = folder, parts
        self._old = {one.name: one for one in before}
        self._new: dict[str, File] = {}
        self.made: list[str] = []

    def put(self, name: str, data: bytes) -> None:
        """Adds a file.  name: from the folder, with `/`; a name that is there already must mean the same bytes.

        Raises OutputError where it cannot be written.
        """
        if name in self._new:
            return
        file = File(name, len(data), hashlib.sha256(data).hexdigest())
        if self._old.get(name) == file and self.keep(name):
            return
        path = self._parts / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise cannot_write(self._folder, error) from None
        self.made.append(name)
        self._new[name] = file

    def keep(self, name: str) -> bool:
        """Takes a file of the set before over into this one; False where there is none, or it was changed."""
        old = self._old.get(name)
        if old is None or (name not in self._new and isinstance(contents(self._folder, old, keep=False), Wrong)):
            return False
        self._new[name] = old
        return True

    @property
    def files(self) -> tuple[File, ...]:
        """The set, by name."""
        return tuple(self._new[name] for name in sorted(self._new))

    @property
    def old(self) -> frozenset[str]:
        """Names of the set before."""
        return frozenset(self._old)


@contextlib.contextmanager
def held_for_extras(folder: Path) -> Iterator[Path]:
    """Holds a finished folder and gives the room of the run.

    Raises OutputError: another run holds it, or one over documents was killed and has to be brought to its end first.
    """
    with opened(folder) as parts:
        if (folder / JOURNAL).exists():
            with Journal(folder) as journal:
                if journal.has_plan:
                    raise OutputError(Said("run-unfinished"), where=str(folder))
        yield parts


@contextlib.contextmanager
def replaced(folder: Path, parts: Path, before: Iterable[File], ours: re.Pattern[str]) -> Iterator[Extras]:
    """Makes a new set of files and records it when the block ends well; else the folder is as it was.

    parts: the room of the run (`held_for_extras`).  before: the set the folder has.  ours: names such a set may have;
    files of such names that are in no set, left by a run that was killed, are deleted too.
    Raises OutputError where a file cannot be written.
    """
    extras = Extras(folder, parts, before)
    yield extras
    for room in sorted({os.path.dirname(name) for name in extras.made}):
        _make(folder, room)
    for failure in settle(folder, parts, [extras.made]):
        if failure is not None:
            raise failure
    with Journal(folder) as journal:
        journal.put_extras(extras.files)
        journal.finish()
        journal.remove()
    kept = {one.name for one in extras.files}
    here = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    stale = {name for name in here if ours.fullmatch(name)} | extras.old
    clear(folder, sorted(stale - kept))
    for room in sorted({os.path.dirname(name) for name in stale - kept}, reverse=True):
        with contextlib.suppress(OSError):
            (folder / room).rmdir()  # where nothing is left in it


def _make(folder: Path, room: str) -> None:
    """A folder in the folder; a link to another place is not followed."""
    path = folder / room
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from None
    if path.resolve() != folder.resolve() / room:
        raise OutputError(Said("link-elsewhere"), where=str(path))
