"""What the output folder says of itself: `manifest.json` and `SHA256SUMS` (valid for `sha256sum -c`).

In: an entry for each document of a run.  Out: both files, one entry a document in the order of their paths.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

import msgspec

from .. import __version__
from ..errors import Failure, Notice, OutputError
from ..model import Metadata
from .files import publish
from .names import MANIFEST, SUMS, is_safe

SCHEMA = "wenban-manifest/1"


class Making(msgspec.Struct, frozen=True, omit_defaults=True):
    """How editions were made, so that they can be made again, and the text they hold.

    version: of wenban.  style: SHA-256 of the style's values.  modified: the time the editions carry.  text: SHA-256
    of the text that each edition holds (`verify.digest`).  language, skip, also, fetch: as `pipeline.Options`;
    language is absent where it was found out.
    """

    version: str
    style: str
    modified: str
    text: str
    language: str | None = None
    skip: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    fetch: bool = False


class Edition(msgspec.Struct, frozen=True, omit_defaults=True):
    """A finished file.  fidelity: `equal`, its text was read back; `unchecked`, that was not asked or not possible.

    pages: of a PDF.  chapters: of an EPUB.  made: where this edition was made otherwise than the newest of the entry.
    """

    format: str
    name: str
    size: int
    sha256: str
    fidelity: Literal["equal", "unchecked"]
    pages: int | None = None
    chapters: int | None = None
    made: Making | None = None


class Face(msgspec.Struct, frozen=True):
    """A typeface role.  requested: the style's first choice; used: the family it is drawn with."""

    role: str
    requested: str
    used: str
    substituted: bool


class SourceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """path: from the folder the command ran in, or as it was given where it lies elsewhere.  url: the page's address.

    pages: paths of the further pages of the same article, where it was joined of several.  sha256: of the source's
    bytes; of a joined one, of the hexadecimal sums of its pages one after the other.
    """

    path: str
    sha256: str | None = None
    url: str | None = None
    pages: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One document of the folder.  stem: the name of its editions without the ending."""

    stem: str
    source: SourceRecord
    state: Literal["done", "failed"]
    style: str = ""
    made: Making | None = None
    metadata: Metadata = Metadata()
    editions: tuple[Edition, ...] = ()
    fonts: tuple[Face, ...] = ()
    warnings: tuple[Notice, ...] = ()
    repairs: int = 0
    error: Failure | None = None


class File(msgspec.Struct, frozen=True):
    """A file of the folder that is no edition: the catalogue's.  name: from the folder, with `/`."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What the folder holds, one entry a document in the order of their paths."""

    schema: str = SCHEMA
    generator: str = f"wenban {__version__}"
    documents: tuple[Entry, ...] = ()
    extras: tuple[File, ...] = ()


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
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise OutputError(f"the manifest cannot be understood: {error}", where=str(path), remedy=remedy) from None
    if found.schema != SCHEMA:
        raise OutputError(f"the manifest is of schema {found.schema!r}", where=str(path), remedy=remedy)
    names = [name for entry in found.documents for name in (entry.stem, *(one.name for one in entry.editions))]
    names += [part for extra in found.extras for part in extra.name.split("/")]
    if strange := [name for name in names if "/" in name or not is_safe(name)]:
        # A name that leads out of the folder would be written or deleted there.
        raise OutputError(f"the manifest has a name not of our making: {strange[0]!r}", where=str(path), remedy=remedy)
    return found


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
            others = [_still(edition, old, entry) for edition in old.editions if edition.format not in made]
            if old.source.sha256 != entry.source.sha256:
                stale.extend(edition.name for edition in others)
                others = []
            editions = tuple(sorted((*entry.editions, *others), key=lambda edition: edition.format))
            known[entry.source.path] = msgspec.structs.replace(entry, editions=editions)
    for name in stale:
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    manifest = Manifest(documents=tuple(known[path] for path in sorted(known)), extras=before.extras)
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"
    sums = sums_of(manifest) | {MANIFEST: hashlib.sha256(text).hexdigest()}
    lines = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
    publish(folder, {MANIFEST: text, SUMS: lines.encode()})
    return manifest


def _still(edition: Edition, old: Entry, new: Entry) -> Edition:
    """An edition of an earlier run in the entry of a later one: it says how it was made where that was otherwise."""
    made = edition.made or old.made
    return msgspec.structs.replace(edition, made=made if made != new.made else None)


def sums_of(manifest: Manifest) -> dict[str, str]:
    """The checksum of each file the manifest names, by its name."""
    editions = {one.name: one.sha256 for entry in manifest.documents for one in entry.editions}
    return editions | {one.name: one.sha256 for one in manifest.extras}
