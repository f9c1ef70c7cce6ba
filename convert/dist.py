"""The output folder: the only file that writes there.

In: finished editions as bytes, and an entry for each document of a run.  Out: editions under their final names,
`manifest.json` and `SHA256SUMS` (valid for `sha256sum -c`).  Everything is written beside its place, flushed, then
renamed, so that a name in the folder is never half a file (DESIGN, invariant 5); one run at a time holds the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import msgspec

from . import __version__
from .errors import Failure, Notice, OutputError
from .model import Metadata

SCHEMA = "wenban-manifest/1"
MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
# Files of ours or of the user that no edition may take; the last four are the catalogue's.
_RESERVED = frozenset({MANIFEST, SUMS.lower(), "readme.md", "index.html", "opds.xml", "opds.json", "feed.xml"})
_PART = ".wenban-"
"""How the name of a file that is being written begins."""

# --- The manifest -----------------------------------------------------------------------------------------------


class Edition(msgspec.Struct, frozen=True):
    """A finished file.  fidelity: `equal`, its text was read back; `unchecked`, that was not asked or not possible."""

    format: str
    name: str
    size: int
    sha256: str
    fidelity: Literal["equal", "unchecked"]


class Face(msgspec.Struct, frozen=True):
    """A typeface role.  requested: the style's first choice; used: the family it is drawn with."""

    role: str
    requested: str
    used: str
    substituted: bool


class SourceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """path: from the folder the command ran in, or as it was given where it lies elsewhere."""

    path: str
    sha256: str | None = None


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One document of the folder.  stem: the name of its editions without the ending."""

    stem: str
    source: SourceRecord
    state: Literal["done", "failed"]
    style: str = ""
    metadata: Metadata = Metadata()
    editions: tuple[Edition, ...] = ()
    fonts: tuple[Face, ...] = ()
    warnings: tuple[Notice, ...] = ()
    repairs: int = 0
    error: Failure | None = None


class Manifest(msgspec.Struct, frozen=True):
    """What the folder holds, one entry a document in the order of their paths."""

    schema: str = SCHEMA
    generator: str = f"wenban {__version__}"
    documents: tuple[Entry, ...] = ()


def manifest_schema() -> dict[str, Any]:
    """JSON Schema of `manifest.json`."""
    return msgspec.json.schema(Manifest)


def read_manifest(folder: Path) -> Manifest:
    """The folder's manifest; an empty one where there is none.  Raises OutputError where it cannot be understood."""
    path = folder / MANIFEST
    remedy = "Move it away and convert again"
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (FileNotFoundError, NotADirectoryError):
        return Manifest()
    except OSError as error:
        raise OutputError(f"the manifest cannot be read: {error.strerror}", where=str(path), remedy=remedy) from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise OutputError(f"the manifest cannot be understood: {error}", where=str(path), remedy=remedy) from None
    if found.schema != SCHEMA:
        raise OutputError(f"the manifest is of schema {found.schema!r}", where=str(path), remedy=remedy)
    names = [name for entry in found.documents for name in (entry.stem, *(one.name for one in entry.editions))]
    if strange := [name for name in names if safe_stem(f"{name}.x") != name]:
        # A name that leads out of the folder would be written or deleted there.
        raise OutputError(f"the manifest has a name not of our making: {strange[0]!r}", where=str(path), remedy=remedy)
    return found


# --- Names ------------------------------------------------------------------------------------------------------

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)  # names Windows keeps for itself
_LONGEST = 220  # bytes of a stem: 255 less a suffix, an ending and the temporary part


def safe_stem(name: str) -> str:
    """A file's name without its ending, fit for every file system; a name that had to be cut ends in a hash of it."""
    stem = unicodedata.normalize("NFC", os.path.splitext(_unicode(name))[0])
    stem = _UNSAFE.sub("_", stem).strip(" .").replace("\ufffd", "_")
    if not stem or _DEVICE.fullmatch(stem):
        stem = f"_{stem}"
    if stem.startswith("-"):
        stem = f"_{stem[1:]}"  # a name that looks like an option is a trap for scripts
    if len(stem.encode()) <= _LONGEST:
        return stem
    return stem.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip(" .") + "-" + _hash(name)


def address(path: str | os.PathLike[str]) -> str:
    """How the manifest names a source: from the working folder where it lies in it, else as it was given."""
    given = os.path.normpath(path)
    inside = os.path.relpath(os.path.abspath(given), os.getcwd())
    outside = inside == os.pardir or inside.startswith(os.pardir + os.sep)
    return _unicode(given if outside else inside).replace(os.sep, "/")


def _unicode(name: str) -> str:
    """A file name for JSON: bytes of it that are no UTF-8, which Python keeps as surrogates, become U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name)


def stems(ids: Iterable[str], manifest: Manifest, formats: Iterable[str]) -> dict[str, str]:
    """The stem of each source's editions.

    A source keeps the name the manifest has for it.  Else it is its file's own, and where that is taken by another
    source (upper and lower case alike, for some file systems do not tell them apart) the later in path order gets
    a suffix from a hash of its path.
    """
    endings = tuple(formats)
    named = {entry.source.path: entry.stem for entry in manifest.documents}
    taken = {stem.casefold() for stem in named.values()}
    for one in sorted(set(ids) - set(named)):
        plain = safe_stem(one.rpartition("/")[2])
        suffixed = (f"{plain}-{_hash(one, length)}" for length in range(8, 65))
        free = (stem for stem in itertools.chain([plain], suffixed) if _free(stem, taken, endings))
        named[one] = next(free)
        taken.add(named[one].casefold())
    return {one: named[one] for one in ids}


def _free(stem: str, taken: set[str], endings: tuple[str, ...]) -> bool:
    key = stem.casefold()
    return key not in taken and not any(f"{key}.{ending}" in _RESERVED for ending in endings)


def _hash(text: str, length: int = 8) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


# --- Writing ----------------------------------------------------------------------------------------------------


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts files into the folder: all are on the disk before the first takes its name.

    Raises OutputError: the folder or a file in it cannot be written.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            path = folder / name
            part = folder / f"{_PART}{os.getpid()}-{_hash(name)}"
            parts.append((part, path))
            _write(part, data)
        for part, path in parts:
            os.replace(part, path)
    except OSError as error:
        raise _cannot_write(Path(error.filename2 or folder), error) from None
    finally:
        for part, _ in parts:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _cannot_write(path: Path, error: OSError) -> OutputError:
    said = error.strerror or str(error)
    return OutputError(
        f"cannot be written: {said}", where=str(path), remedy="Free the disk, check permissions, or choose another -o"
    )


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[None]:
    """Holds the folder for one run: makes it, keeps other runs out, clears what a killed run left.

    Raises OutputError: it cannot be made or written, or another run holds it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f"{_PART}{os.getpid()}-probe"
        _write(probe, b"")
        probe.unlink()
    except OSError as error:
        raise _cannot_write(folder, error) from None
    with _locked(folder):
        for left in folder.glob(f"{_PART}*"):
            with contextlib.suppress(OSError):
                left.unlink()
        yield


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:  # Windows: names stay whole there too, but two runs are not kept apart
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise OutputError(
            "another run is writing there", where=str(folder), remedy="Wait until it has ended, or choose another -o"
        ) from None
    except OSError:
        pass  # a file system without locks
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.close(handle)


def record(folder: Path, entries: Iterable[Entry], before: Manifest) -> Manifest:
    """Writes manifest and checksums for the documents of a run, keeping the entries of those that were not in it.

    A document that failed keeps the entry and the editions of its last success.  Editions of formats this run did
    not make stay where the source is the same; where it changed they are out of date and are deleted.
    """
    known = {entry.source.path: entry for entry in before.documents}
    stale: list[str] = []
    for entry in entries:
        old = known.get(entry.source.path)
        if old is None or old.state == "failed":
            known[entry.source.path] = entry
        elif entry.state == "done":
            made = {edition.format for edition in entry.editions}
            others = [edition for edition in old.editions if edition.format not in made]
            if old.source.sha256 != entry.source.sha256:
                stale.extend(edition.name for edition in others)
                others = []
            editions = tuple(sorted((*entry.editions, *others), key=lambda edition: edition.format))
            known[entry.source.path] = msgspec.structs.replace(entry, editions=editions)
    for name in stale:
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    manifest = Manifest(documents=tuple(known[path] for path in sorted(known)))
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    sums = _sums(manifest) | {MANIFEST: hashlib.sha256(text).hexdigest()}
    lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    publish(folder, {MANIFEST: text, SUMS: lines.encode()})
    return manifest


def _sums(manifest: Manifest) -> dict[str, str]:
    return {edition.name: edition.sha256 for entry in manifest.documents for edition in entry.editions}


# --- Reading back -----------------------------------------------------------------------------------------------


class Finding(msgspec.Struct, frozen=True):
    """What is wrong with a file of the folder: it is `missing`, `changed`, or `extra` (in no manifest)."""

    name: str
    what: Literal["missing", "changed", "extra"]


def audit(folder: Path) -> tuple[int, list[Finding]]:
    """How many files were looked at, and each that is not as manifest and checksums say.

    Raises OutputError: there is no manifest, or it cannot be read.
    """
    if not (folder / MANIFEST).is_file():
        raise OutputError("there is no manifest here", where=str(folder), remedy="Give the folder `convert` wrote to")
    wanted = _sums(read_manifest(folder))
    listed = _read_sums(folder)
    findings: list[Finding] = []
    if listed is None:
        findings.append(Finding(SUMS, "missing"))
        listed = {}
    elif set(listed) != {*wanted, MANIFEST}:
        findings.append(Finding(SUMS, "changed"))
    for name in sorted({*wanted, *listed}):
        claims = {sums[name] for sums in (wanted, listed) if name in sums}
        found = _sha256(folder / name)
        if found is None:
            findings.append(Finding(name, "missing"))
        elif claims != {found}:
            findings.append(Finding(name, "changed"))
    here = sorted(path.name for path in folder.iterdir() if path.is_file())
    own = {*wanted, *listed, MANIFEST, SUMS, "README.md"}
    findings.extend(Finding(name, "extra") for name in here if name not in own)
    return len(here), findings


def _read_sums(folder: Path) -> dict[str, str] | None:
    """The checksums by name; none where a line is not as we write it; None where there is no such file."""
    try:
        lines = (folder / SUMS).read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return None
    if lines.pop() or not all(re.fullmatch("[0-9a-f]{64}  [^\r]+", line) for line in lines):
        return {}
    return {line[66:]: line[:64] for line in lines}


def _sha256(path: Path) -> str | None:
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None
