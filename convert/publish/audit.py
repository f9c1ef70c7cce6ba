"""The output folder looked at again: every file is there, unchanged, well built and holds its document's text, and
nothing else is there.

In: a folder, of which nothing is trusted: names that lead out of it, links, files of any size and broken JSON are
found, not followed.  Out: a report.  `manifest.json` says what there should be; `SHA256SUMS` says it again and has the
manifest's own sum, so a change to either is found too.  (Whoever changes files and writes both anew can only be found
out by making the editions again: `rebuild`.)  Memory: the names and sums of all files, and and the editions of one
document in each process.
"""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from ..errors import OutputError, Said, SourceError
from .look import MAX_BYTES, Finding, FormatCount, Looked, Wrong, contents, look
from .manifest import Edition, Entry, File, scan
from .names import MANIFEST, SUMS, is_safe, unicode_of
from .pool import spread

REPORT = "wenban-verify/1"
_PRELOAD = ("convert.publish.look", "convert.verify", "lxml.etree", "selectolax.lexbor")
_FEW = 4
"""Documents for which no worker is started: fewer than these are looked at sooner than workers start."""

LISTED = "catalogue/editions.json"
"""The editions that the catalogue links, as a list of names."""
CATALOGUE = "index.html"

_README = "README.md"  # what a person says of the folder is his own


class Report(msgspec.Struct, omit_defaults=True):
    """What was found in a folder.

    formats: by name.  files: all that were looked at, those of the folder itself too.  rebuilt: documents that were
    made again from their sources, where that was asked.
    """

    schema: str
    documents: int
    files: int
    formats: dict[str, FormatCount]
    findings: list[Finding]
    rebuilt: int | None = None

    def add(self, looked: Looked) -> None:
        """Takes in what was found of one document."""
        self.findings.extend(looked.findings)
        for name, tally in looked.tallies.items():
            self.formats.setdefault(name, FormatCount()).add(tally)


def report_schema() -> dict[str, Any]:
    """JSON Schema of a report."""
    return {"$id": REPORT, **msgspec.json.schema(Report)}


def audit(folder: Path) -> tuple[int, list[Finding]]:
    """How many files there are, and what is wrong with them, by checksums alone.  Raises SourceError as `examine`."""
    report = examine(folder, deep=False)
    return report.files, report.findings


def no_output(folder: Path) -> SourceError:
    """The error for a folder that is none of ours, or is not there: nothing was to be written."""
    return SourceError(Said("no-manifest") if folder.exists() else Said("no-such-path"), where=str(folder))


def examine(
    folder: Path,
    *,
    deep: bool = True,
    drawn: bool = False,
    jobs: int = 1,
    done: Callable[[], object] = lambda: None,
) -> Report:
    """Looks at a whole folder.

    deep: beyond checksums, structure and text too.  drawn: pages of PDF files are painted, and their characters
    recognised.  jobs: worker processes.  done: called after each document.
    Raises SourceError: this is not an output folder, or there is none.
    """
    if not any((folder / name).is_file() for name in (MANIFEST, SUMS)):
        raise no_output(folder)
    report = Report(REPORT, 0, 0, {}, [])
    sums = _Sums(folder, report)
    extras: list[File] = []
    entries = _listed(folder, report, sums, extras)
    first = list(itertools.islice(entries, _FEW))
    entries = itertools.chain(first, entries)
    tasks = ((str(folder), entry, deep, drawn) for entry in entries)
    for (_, entry, *_), looked in spread(look, tasks, jobs if len(first) == _FEW else 1, _PRELOAD):
        report.documents += 1
        report.add(looked if isinstance(looked, Looked) else _failed(entry, looked))
        done()
    report.formats = dict(sorted(report.formats.items()))
    report.findings.extend(_other_files(folder, extras))
    report.findings.extend(_gone_from_catalogue(folder, extras, sums.names))
    report.findings.extend(sums.left())
    report.findings.extend(_walk(folder, report, sums.names))
    report.findings = sorted(set(report.findings))
    return report


def _failed(entry: Entry, error: Exception) -> Looked:
    """The finding where the check itself failed: the worker was killed, ended or ran out of time."""
    said = Said("unchecked", kind=type(error).__name__, error=error)
    return Looked([Finding(one.name, "broken", said) for one in entry.editions], {})


def _listed(folder: Path, report: Report, sums: _Sums, extras: list[File]) -> Iterator[Entry]:
    """The entries of the manifest, each file of them compared with SHA256SUMS; other files are put into `extras`."""
    try:
        for item in scan(folder):
            files: tuple[Edition | File, ...] = item.editions if isinstance(item, Entry) else (item,)
            for file in files:
                sums.compare(file.name, file.sha256)
            if isinstance(item, Entry):
                yield item
            else:
                extras.append(item)
    except OutputError as error:
        report.findings.append(Finding(MANIFEST, "broken", error.message))
        sums.manifest_failed = True


def _other_files(folder: Path, extras: Iterable[File]) -> Iterator[Finding]:
    for file in extras:
        if isinstance(found := contents(folder, file, keep=False), Wrong):
            yield Finding(file.name, *found)


def _gone_from_catalogue(folder: Path, extras: Iterable[File], names: set[str]) -> Iterator[Finding]:
    """The catalogue links editions that the folder has no more."""
    for file in extras:
        if file.name != LISTED or isinstance(found := contents(folder, file, keep=True), Wrong):
            continue
        try:
            listed = msgspec.json.decode(found, type=list[str])
        except msgspec.MsgspecError:
            continue
        if gone := sorted(set(listed) - names):
            yield Finding(CATALOGUE, "link", Said("catalogue-stale", count=len(gone), name=gone[0]))


# --- SHA256SUMS -------------------------------------------------------------------------------------------------


class _Sums:
    """The lines of SHA256SUMS, and which of them the manifest agrees with.

    names: of all files that the manifest or the sums name.
    """

    def __init__(self, folder: Path, report: Report) -> None:
        self._folder = folder
        self._report = report
        self._sums: dict[str, bytes] = {}
        self.names: set[str] = {MANIFEST, SUMS}
        self.manifest_failed = not (folder / MANIFEST).is_file()
        self._there = self._read()
        self.names.update(self._sums)

    def _read(self) -> bool:
        """Whether there are sums that can be compared; a line that `publish` would not write is a finding."""
        path = self._folder / SUMS
        try:
            if path.is_symlink() or not path.is_file():
                raise FileNotFoundError
            before = ""
            with open(path, "rb") as stream:
                while line := stream.readline(2000):
                    found = re.fullmatch(r"([0-9a-f]{64})  ([^\r\n]+)\n", line.decode("utf-8", "replace"))
                    if found is None or not is_safe(found[2]) or found[2] <= before:
                        self._wrong("changed", Said("line-not-ours"))
                        self._sums.clear()
                        return False
                    before = found[2]
                    self._sums[before] = bytes.fromhex(found[1])
        except FileNotFoundError:
            self._wrong("missing")
            return False
        except OSError as error:
            self._wrong("changed", Said("unreadable", error=error.strerror))
            return False
        return True

    def _wrong(self, what: str, detail: str = "") -> None:
        self._report.findings.append(Finding(SUMS, what, detail))  # type: ignore[arg-type]

    def compare(self, name: str, sha256: str) -> None:
        """Takes a file the manifest names: the sums have to say the same of it."""
        said = self._sums.pop(name, None)
        if self._there and said is None:
            if name in self.names:
                self._report.findings.append(Finding(MANIFEST, "broken", Said("named-twice", name=name)))
            else:
                self._wrong("changed", Said("sums-without", name=name))
        elif said is not None and said.hex() != sha256:
            self._wrong("changed", Said("other-sum", name=name))
        self.names.add(name)

    def left(self) -> Iterator[Finding]:
        """What is wrong with the manifest, and with files that only the sums name: where the manifest cannot be read,
        they are compared."""
        if self._there:
            own = File(MANIFEST, self._size(MANIFEST), self._sums.pop(MANIFEST, b"").hex())
            most = MAX_BYTES if self.manifest_failed else own.size
            if isinstance(found := contents(self._folder, own, keep=False, most=most), Wrong):
                yield Finding(MANIFEST, *found)
        for name, said in self._sums.items():
            if not self.manifest_failed:
                yield Finding(SUMS, "changed", Said("not-in-manifest", name=name))
            elif isinstance(
                found := contents(self._folder, File(name, self._size(name), said.hex()), keep=False), Wrong
            ):
                yield Finding(name, *found)

    def _size(self, name: str) -> int:
        try:
            return (self._folder / name).lstat().st_size
        except OSError:
            return 0


# --- The folder itself ------------------------------------------------------------------------------------------


def _walk(folder: Path, report: Report, known: set[str]) -> Iterator[Finding]:
    """What is there and should not be.  Counts the files."""
    rooms = [""]
    while rooms:
        room = rooms.pop()
        try:
            found = sorted(os.scandir(folder / room), key=lambda one: one.name)
        except OSError as error:
            yield Finding(unicode_of(room), "link", Said("unreadable", error=error.strerror))
            continue
        for one in found:
            name = f"{room}{one.name}"
            if one.is_dir(follow_symlinks=False):
                rooms.append(f"{name}/")
                continue
            report.files += 1
            if not one.is_file(follow_symlinks=False):
                yield Finding(unicode_of(name), "link", Said("no-plain-file"))
            elif name not in known and name != _README:
                yield Finding(unicode_of(name), "extra")
