"""The state of a run on disk: what the folder holds, what is planned, and what is done, in one SQLite file.

In: the manifest as it was, the sources found, an entry for each document done.  Out: the next thing to do, and in the
end the new manifest.  So memory does not grow with the number of documents.  The file stands in the output folder while
a run is unfinished; the run after one that was killed finds there what had been done.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import itertools
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from ..errors import Failure, OutputError
from ..store import places
from . import names
from .away import hand_over
from .files import JOURNAL, Parts, cannot_write, clear, flush_folder, room, settle, sha256_of
from .manifest import Edition, Entry, File, lines, merged, scan

_LAYOUT = "3"
"""A journal of another layout is not read: the run begins from the manifest."""

_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE documents (id TEXT PRIMARY KEY, stem_key TEXT, entry BLOB, fresh INTEGER) WITHOUT ROWID;
CREATE INDEX stems ON documents (stem_key);
CREATE TABLE extras (name TEXT PRIMARY KEY, entry BLOB) WITHOUT ROWID;
CREATE TABLE plan (
    ordinal INTEGER PRIMARY KEY, id TEXT UNIQUE, whole BLOB UNIQUE, paths BLOB, stem TEXT, stem_key TEXT, failure BLOB
);
CREATE INDEX planned_stems ON plan (stem_key);
CREATE TABLE sums (name TEXT PRIMARY KEY, sha256 TEXT) WITHOUT ROWID;
CREATE TABLE intents (name TEXT, sha256 TEXT, PRIMARY KEY (name, sha256)) WITHOUT ROWID;
"""
_CHUNK = 256
"""Rows read at a time: between two reads the tables may change."""


class Planned(NamedTuple):
    """One document to do.  ordinal: its place in the run, from 1.  id: its address.  paths: its file, and the further
    pages of a joined document.  stem: None where there is a failure: the source is not there."""

    ordinal: int
    id: str
    paths: tuple[str, ...]
    stem: str | None
    failure: Failure | None


class Journal:
    """The state of a run over a folder; a context.  Methods raise OutputError where the disk does not take them.

    resumed: a run was killed here, and what it did is known.
    """

    def __init__(self, folder: Path, *, draft: bool = False, away: str | None = None, force: bool = False) -> None:
        """Opens the state of an unfinished run, or begins a new one from the manifest.

        away: the address at which the files are; in the folder there is only what says of them.
        draft: only to look at; nothing is written to the folder.  force: also editions that a person changed are
        written over.  Raises OutputError: the manifest cannot be read.
        """
        self.folder = folder
        self._away = away
        self._force = force
        self.resumed = False
        self.changed = False
        self._file = None if draft else folder / JOURNAL
        with self._writing():
            self._base = self._open()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _as_ours(self.folder, error) from None

    def _open(self) -> sqlite3.Connection:
        current = sha256_of(self.folder / names.MANIFEST)
        if self._file is not None and self._file.exists():
            with contextlib.suppress(sqlite3.DatabaseError):
                base = _connect(self._file)
                found = dict(base.execute("SELECT name, value FROM state"))
                if found.get("layout") == _LAYOUT and found.get("manifest") == current:
                    self.resumed = self.changed = True
                    return base
                base.close()
        self._delete_file()
        base = _connect(self._file)
        with _closed_if_it_fails(base, self._delete_file), base:
            base.executescript(f"BEGIN; {_TABLES}")
            base.executemany("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, 0)", self._loaded(base))
            # Last: without it the file is not trusted.
            base.executemany("INSERT INTO state VALUES (?, ?)", [("layout", _LAYOUT), ("manifest", current)])
        return base

    def _loaded(self, base: sqlite3.Connection) -> Iterator[tuple[str, str, bytes]]:
        for item in scan(self.folder):
            if isinstance(item, File):
                base.execute("INSERT OR REPLACE INTO extras VALUES (?, ?)", (item.name, msgspec.json.encode(item)))
            else:
                yield item.source.path, names.key(item.stem), msgspec.json.encode(item)

    # --- The plan -----------------------------------------------------------------------------------------------

    def plan(self, sources: Iterable[tuple[str, Sequence[str | os.PathLike[str]] | Failure]]) -> int:
        """Takes the sources of a run in, in order: address, and paths or why it is not there.

        A source named twice is done once.  Returns how many there are.
        """
        with self._writing(), self._base as base:
            base.execute("DELETE FROM plan")
            has_any = bool(self._value("SELECT EXISTS (SELECT 1 FROM documents)"))
            for one, found in sources:
                if isinstance(found, Failure):
                    row = (one, None, b"", msgspec.json.encode(found))
                    base.execute("INSERT OR IGNORE INTO plan (id, whole, paths, failure) VALUES (?, ?, ?, ?)", row)
                else:
                    self._take(one, [os.fspath(path) for path in found], has_any)
            return int(self._value("SELECT count(*) FROM plan"))

    def _take(self, address: str, paths: list[str], has_any: bool) -> None:
        """Takes a source in, under the address that the manifest has for it, else its own, and where another source of
        the run has that under a longer one.  has_any: the manifest has addresses."""
        remote = places.is_remote(paths[0])
        path = paths[0] if remote else os.path.abspath(places.local(paths[0]))
        whole = hashlib.blake2b(os.fsencode(path), digest_size=16).digest()
        if self._value("SELECT EXISTS (SELECT 1 FROM plan WHERE whole = ?)", whole):
            return
        below = max(1, address.count("/"))  # parts, without the name of the folder that was given
        known = names.ends(path, below) if has_any and not remote else ()
        mine = (one for one in known if self._value("SELECT EXISTS (SELECT 1 FROM documents WHERE id = ?)", one))
        longer = () if remote else reversed([one for one in names.ends(path, below + 1) if not one.startswith("../")])
        for one in itertools.chain(mine, [address], longer):
            row = (one, whole, b"\0".join(map(os.fsencode, paths)))
            if self._base.execute("INSERT OR IGNORE INTO plan (id, whole, paths) VALUES (?, ?, ?)", row).rowcount:
                return

    @property
    def has_plan(self) -> bool:
        """Whether there are sources in it: what is no run over documents, such as that of a catalogue, has none."""
        return bool(self._value("SELECT EXISTS (SELECT 1 FROM plan)"))

    def name(self, endings: Sequence[str], called: Callable[[str], str] | None = None) -> None:
        """Gives each source its stem: the one the manifest has for it, else a new one, in the order of addresses.

        called: what a source is to be called by its path, where not after its file; empty where it has no name.
        """
        with self._writing(), self._base as base:
            last = ""
            while rows := base.execute(
                "SELECT p.id, d.entry, p.paths FROM plan p LEFT JOIN documents d ON d.id = p.id"
                " WHERE p.failure IS NULL AND p.id > ? ORDER BY p.id LIMIT ?",
                (last, _CHUNK),
            ).fetchall():
                for one, entry, paths in rows:
                    known = _entry(entry)
                    wanted = called(os.fsdecode(paths.split(b"\0")[0])) if called and known is None else ""
                    stem = known.stem if known is not None else names.stem(one, self._is_taken, endings, wanted)
                    base.execute("UPDATE plan SET stem = ?, stem_key = ? WHERE id = ?", (stem, names.key(stem), one))
                last = rows[-1][0]

    def _is_taken(self, key: str) -> bool:
        asked = (
            "SELECT EXISTS (SELECT 1 FROM documents WHERE stem_key = ?1 UNION SELECT 1 FROM plan WHERE stem_key = ?1)"
        )
        return bool(self._value(asked, key))

    def planned(self, first: int = 1) -> Iterator[Planned]:
        """The plan in order, from a place in it."""
        last = first - 1
        while rows := self._base.execute(
            "SELECT ordinal, id, paths, stem, failure FROM plan WHERE ordinal > ? ORDER BY ordinal LIMIT ?",
            (last, _CHUNK),
        ).fetchall():
            for ordinal, one, paths, stem, failure in rows:
                found = msgspec.json.decode(failure, type=Failure) if failure is not None else None
                yield Planned(ordinal, one, tuple(map(os.fsdecode, paths.split(b"\0"))), stem, found)
            last = rows[-1][0]

    def unplanned(self) -> Iterator[Entry]:
        """The documents of the folder that are not in the plan, in the order of their addresses."""
        last = ""
        while rows := self._base.execute(
            "SELECT d.id, d.entry FROM documents d LEFT JOIN plan p ON p.id = d.id"
            " WHERE p.id IS NULL AND d.id > ? ORDER BY d.id LIMIT ?",
            (last, _CHUNK),
        ).fetchall():
            yield from (msgspec.json.decode(entry, type=Entry) for _, entry in rows)
            last = rows[-1][0]

    # --- What a person changed ------------------------------------------------------------------------------------

    def by_hand(self, editions: Iterable[Edition]) -> list[Edition]:
        """Those of some editions that a person changed: the file is there, and it is neither what the entry says nor
        what a run was about to put there when it was killed.  At an address nobody looks."""
        if self._force or self._away is not None:
            return []
        return [edition for edition in editions if self._is_by_hand(edition)]

    def _is_by_hand(self, edition: Edition) -> bool:
        found = sha256_of(self.folder / edition.name)
        if found in (None, edition.sha256):
            return False
        asked = "SELECT EXISTS (SELECT 1 FROM intents WHERE name = ? AND sha256 = ?)"
        return not self._value(asked, edition.name, found)

    def _intend(self, entries: Iterable[Entry]) -> None:
        """Says which files are about to take the place of others, so that after a kill they are known as ours."""
        rows = [(one.name, one.sha256) for entry in entries for one in entry.editions if self.entry(entry.source.path)]
        if rows:
            with self._writing(), self._base as base:
                base.executemany("INSERT OR IGNORE INTO intents VALUES (?, ?)", rows)

    # --- What is done -------------------------------------------------------------------------------------------

    def entry(self, id: str) -> Entry | None:
        """What the folder holds of a document."""
        return _entry(self._value("SELECT entry FROM documents WHERE id = ?", id))

    def is_fresh(self, id: str) -> bool:
        """Whether a document was done since the manifest was written: in this run, or in the one that was killed."""
        return bool(self._value("SELECT fresh FROM documents WHERE id = ?", id))

    def publish(self, parts: Parts, made: Sequence[tuple[Entry, Iterable[str]]]) -> list[OutputError | None]:
        """Gives the staged files of some documents their names, and takes their entries in.

        parts: the room of the run; made: entries with the names of their files.  Returns for each its error, or
        None.  What is out of date is deleted before the journal says so, because no later run would find it.
        """
        failures: list[OutputError | None] = [None] * len(made)
        if isinstance(parts, Path):
            self._intend(entry for entry, _ in made)
            failures = settle(self.folder, parts, [files for _, files in made])
        self.record(entry for (entry, _), failure in zip(made, failures, strict=True) if failure is None)
        return failures

    def record(self, entries: Iterable[Entry]) -> None:
        """Takes entries in (`manifest.merged`)."""
        with self._writing(), self._base as base:
            for entry in entries:
                old = self.entry(entry.source.path)
                new, stale = merged(entry, old, self.by_hand)
                if new is old:
                    continue
                if stale:
                    self._clear(stale)
                self.changed = self.changed or new != old
                row = (new.source.path, names.key(new.stem), msgspec.json.encode(new))
                base.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?, 1)", row)

    def forget(self, entries: Iterable[Entry]) -> None:
        """Deletes documents: their editions, then their entries."""
        with self._writing(), self._base as base:
            for entry in entries:
                self._clear([edition.name for edition in entry.editions])
                base.execute("DELETE FROM documents WHERE id = ?", (entry.source.path,))
                self.changed = True

    def put_extras(self, files: Iterable[File]) -> None:
        """Takes files that are no editions in, in the place of those there were."""
        with self._writing(), self._base as base:
            base.execute("DELETE FROM extras")
            base.executemany(
                "INSERT INTO extras VALUES (?, ?)", ((one.name, msgspec.json.encode(one)) for one in files)
            )
            self.changed = True

    def _clear(self, names: Iterable[str]) -> None:
        if self._away is not None:
            places.delete(self._away, names)
        else:
            clear(self.folder, names)
            flush_folder(self.folder)

    # --- The end ------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Writes manifest and checksums where they are not as they should be."""
        with self._writing():
            written = self._value("SELECT value FROM state WHERE name = 'manifest'")
            if self.changed or (written and not self._has_sums(written)):
                self._write()
                if self._away is not None:
                    hand_over(self.folder, self._away)

    def _has_sums(self, manifest: str) -> bool:
        """Whether the checksums are those written with a manifest: a run may have been killed between the two."""
        wanted = f"{manifest}  {names.MANIFEST}\n".encode()
        try:
            with open(self.folder / names.SUMS, "rb") as stream:
                return wanted in stream
        except OSError:
            return False

    def remove(self) -> None:
        """Takes the journal out of the folder: the run has come to its end."""
        self._base.close()
        self._delete_file()

    def _write(self) -> None:
        with room(self.folder) as parts:
            try:
                digest = hashlib.sha256()
                with open(parts / names.MANIFEST, "wb") as stream:
                    for line in lines(self._bodies("documents"), self._bodies("extras")):
                        digest.update(line)
                        stream.write(line)
                with open(parts / names.SUMS, "wb") as stream:
                    for name, sha256 in self._sums(digest.hexdigest()):
                        stream.write(f"{sha256}  {name}\n".encode())
            except OSError as error:
                raise cannot_write(self.folder, error) from None
            for failure in settle(self.folder, parts, [(names.MANIFEST, names.SUMS)]):
                if failure is not None:
                    raise failure

    def _bodies(self, table: str) -> Iterator[bytes]:
        order = {"documents": "id", "extras": "name"}[table]
        return (body for (body,) in self._base.execute(f"SELECT entry FROM {table} ORDER BY {order}"))

    def _sums(self, manifest: str) -> Iterator[tuple[str, str]]:
        """Name and checksum of each file the manifest names, and of the manifest, in the order of names."""
        with self._base as base:
            base.execute("DELETE FROM sums")
            for body in self._bodies("documents"):
                editions = msgspec.json.decode(body, type=Entry).editions
                base.executemany(
                    "INSERT OR REPLACE INTO sums VALUES (?, ?)", [(one.name, one.sha256) for one in editions]
                )
            for body in self._bodies("extras"):
                extra = msgspec.json.decode(body, type=File)
                base.execute("INSERT OR REPLACE INTO sums VALUES (?, ?)", (extra.name, extra.sha256))
            base.execute("INSERT OR REPLACE INTO sums VALUES (?, ?)", (names.MANIFEST, manifest))
            yield from base.execute("SELECT name, sha256 FROM sums ORDER BY name")

    def _value(self, question: str, *values: object) -> Any:
        row = self._base.execute(question, values).fetchone()
        return row[0] if row is not None else None

    def _delete_file(self) -> None:
        if self._file is not None:
            clear(self.folder, [f"{JOURNAL}{ending}" for ending in ("-wal", "-shm", "-journal", "")])


def _connect(file: Path | None) -> sqlite3.Connection:
    """The journal in a file; without one, in a file of SQLite's own that is gone in the end."""
    base = sqlite3.connect(file or "", check_same_thread=False)
    # One process has the folder (`files.opened`).  A commit that a power cut undoes costs the document's work, no more.
    for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
        base.execute(f"PRAGMA {pragma}").fetchall()
    return base


@contextlib.contextmanager
def _closed_if_it_fails(base: sqlite3.Connection, *then: Any) -> Iterator[None]:
    try:
        yield
    except BaseException:
        base.close()
        for one in then:
            one()
        raise


def _entry(body: bytes | None) -> Entry | None:
    return msgspec.json.decode(body, type=Entry) if body is not None else None


def _as_ours(folder: Path, error: sqlite3.Error) -> OutputError:
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return cannot_write(
        folder, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) if full else OSError(errno.EIO, str(error))
    )
