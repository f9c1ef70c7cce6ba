"""What the output folder says of itself: `manifest.json` and `SHA256SUMS` (valid for `sha256sum -c`).

In: an entry for each document.  Out: both files, one entry a document in the order of their paths.  Each entry stands
on a line of its own, so that a manifest of any length is written, read and compared line by line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal

import msgspec

from ..errors import Failure, Notice, OutputError, Said
from ..model import Metadata
from ..version import VERSION
from .names import MANIFEST, is_safe

SCHEMA = "wenban-manifest/1"


class Making(msgspec.Struct, frozen=True, omit_defaults=True):
    """How editions were made, so that they can be made again, and the text they hold.

    version: of wenban.  style: SHA-256 of the style's values.  modified: the time the editions carry.  text: SHA-256
    of the text that each edition holds (`verify.digest`).  language, skip, also, fetch: as `options.Options`;
    language is absent where it was found out.  fingerprint: of all that editions are made from but the time
    (`fingerprint.of`): while it is the same they are not made again.  corrections: SHA-256 of the sidecar, with what
    the options said of metadata; empty where there was none.  given: these fields of the options, by name.
    """

    version: str
    style: str
    modified: str
    text: str
    language: str | None = None
    skip: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    fetch: bool = False
    fingerprint: str = ""
    corrections: str = ""
    given: tuple[tuple[str, str], ...] = ()


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


class DrawnFace(msgspec.Struct, frozen=True):
    """A typeface role.  requested: the style's first choice; used: the family it is drawn with."""

    role: str
    requested: str
    used: str
    substituted: bool


class SourceRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """path: below the folder that was given, whose name stands first.  url: the page's address.

    pages: paths of the further pages of the same article, where it was joined of several.  beside: the files beside the
    page that it asks for, whether they are there or not.  sha256: of the source's bytes; of a joined one, of the
    hexadecimal sums of its pages one after the other.
    """

    path: str
    sha256: str | None = None
    url: str | None = None
    pages: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One document of the folder.  stem: the name of its editions without the ending.

    state: `partial`, some of the editions asked for could not be made; `failed`, none.
    """

    stem: str
    source: SourceRecord
    state: Literal["done", "partial", "failed"]
    style: str = ""
    made: Making | None = None
    metadata: Metadata = Metadata()
    editions: tuple[Edition, ...] = ()
    fonts: tuple[DrawnFace, ...] = ()
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
    generator: str = f"wenban {VERSION}"
    documents: tuple[Entry, ...] = ()
    extras: tuple[File, ...] = ()


class _Head(msgspec.Struct):
    schema: str
    generator: str
    documents: tuple[()]


def manifest_schema() -> dict[str, Any]:
    """JSON Schema of `manifest.json`."""
    return msgspec.json.schema(Manifest)


_LONGEST = 2**26
"""Bytes a line may have: an entry with thousands of warnings has fewer."""
_LARGEST = 2**28
"""Bytes a manifest may have that is not a line a document."""


# --- Reading ----------------------------------------------------------------------------------------------------


def read_manifest(folder: Path) -> Manifest:
    """The folder's manifest; an empty one where there is none.  Raises OutputError where it cannot be understood."""
    items = list(scan(folder))
    documents = tuple(item for item in items if isinstance(item, Entry))
    return Manifest(documents=documents, extras=tuple(item for item in items if isinstance(item, File)))


def scan(folder: Path) -> Iterator[Entry | File]:
    """What the folder's manifest lists, one after the other; nothing where there is none.

    One that has been laid out by another program is read whole.  Raises OutputError where it cannot be understood.
    """
    path = folder / MANIFEST
    try:
        with open(path, "rb") as stream:
            for item in _items(stream):
                if strange := [name for name in _names(item) if "/" in name or not is_safe(name)]:
                    # A name that leads out of the folder would be written or deleted there.
                    raise OutputError(Said("manifest-strange-name", name=strange[0]), where=str(path))
                yield item
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:
        raise OutputError(Said("manifest-unreadable", error=error.strerror), where=str(path)) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise OutputError(Said("manifest-not-understood", error=error), where=str(path)) from None


def _items(stream: BinaryIO) -> Iterator[Entry | File]:
    first = stream.readline(_LONGEST)
    try:
        _check_schema(msgspec.json.decode(first + b"]}", type=_Head).schema, stream.name)
    except msgspec.MsgspecError:
        stream.seek(0)
        text = stream.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise msgspec.DecodeError("it is too large to be read whole") from None
        whole = msgspec.json.decode(text, type=Manifest)
        _check_schema(whole.schema, stream.name)
        yield from whole.documents
        yield from whole.extras
        return
    kind: type[Entry] | type[File] = Entry
    while line := stream.readline(_LONGEST):
        if line == b'],"extras":[\n' and kind is Entry:
            kind = File
        elif line == b"]}\n" and not stream.read(1):
            return
        else:
            yield msgspec.json.decode(line.removesuffix(b"\n").removesuffix(b","), type=kind)
    raise msgspec.DecodeError("it has no end")


def _check_schema(schema: str, path: str) -> None:
    if schema != SCHEMA:
        raise OutputError(Said("manifest-schema", schema=schema), where=path)


def _names(item: Entry | File) -> Iterable[str]:
    return (item.stem, *(one.name for one in item.editions)) if isinstance(item, Entry) else item.name.split("/")


# --- Writing ----------------------------------------------------------------------------------------------------


def lines(documents: Iterable[bytes], extras: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a manifest: encoded entries and files, each on a line of its own."""
    opening = msgspec.json.encode(Manifest()).removesuffix(b'],"extras":[]}')
    yield opening + b"\n"
    yield from _list(documents)
    yield b'],"extras":[\n'
    yield from _list(extras)
    yield b"]}\n"


def _list(items: Iterable[bytes]) -> Iterator[bytes]:
    before = b""
    for item in items:
        yield before + item
        before = b",\n"
    if before:
        yield b"\n"


def merged(
    entry: Entry, old: Entry | None, by_hand: Callable[[Iterable[Edition]], list[Edition]]
) -> tuple[Entry, list[str]]:
    """The entry of a document after a run, and the names of editions that are out of date with it.

    A document that failed keeps the entry and the editions of its last success.  Editions that this run did not make
    stay where the source is the same, and those that a person changed stay always.  by_hand: tells which those are.
    """
    if old is not None and old.state != "failed" and entry.state == "failed":
        return old, []
    made = {edition.format for edition in entry.editions}
    others, stale = list[Edition](), list[str]()
    if old is not None:
        others = [_still(edition, old, entry) for edition in old.editions if edition.format not in made]
        if old.source.sha256 != entry.source.sha256:
            kept = by_hand(edition for edition in old.editions if edition.format not in made)
            names = {edition.name for edition in kept}
            stale = [edition.name for edition in others if edition.name not in names]
            others = [edition for edition in others if edition.name in names]
    editions = tuple(sorted((*entry.editions, *others), key=lambda edition: edition.format))
    return msgspec.structs.replace(entry, editions=editions), stale


def _still(edition: Edition, old: Entry, new: Entry) -> Edition:
    """An edition of an earlier run in the entry of a later one: it says how it was made where that was otherwise."""
    made = edition.made or old.made
    return msgspec.structs.replace(edition, made=made if made != new.made else None)
