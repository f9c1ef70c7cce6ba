"""The files of one document looked at again, as the manifest describes them; the manifest is not trusted.

In: the folder and an entry.  Out: what is wrong with the files it names, and how many of each format passed what.
Checksums come first, and only a file whose bytes are the manifest's is read any further: its structure, its extent and
its text, which has to be the one all editions of the document hold, and to be seen.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from ..errors import Said
from ..store import machine
from .manifest import Edition, Entry, File

if TYPE_CHECKING:
    from .. import verify

MAX_BYTES = 2**31
"""A larger file is not read: no edition is as large, and one that only seems so would keep the check busy for hours."""

What = Literal["missing", "changed", "extra", "link", "broken", "text", "differs"]


class Finding(msgspec.Struct, frozen=True, omit_defaults=True, order=True):
    """What is wrong with a file of the folder.

    what: it is `missing`; `changed`, its bytes are not those of the manifest; `extra`, in no manifest; a `link` or
    another thing that is no file; `broken`, its structure is not that of its format; its `text` is not the
    document's; or it `differs` from what is made again of the source.  detail: what exactly, one sentence.
    """

    name: str
    what: What
    detail: str = ""


class FormatCount(msgspec.Struct):
    """Editions of a format: how many there should be, and how many passed each check.

    unread: those whose text no reader can read back.
    """

    files: int = 0
    unchanged: int = 0
    built: int = 0
    equal: int = 0
    unread: int = 0

    def add(self, other: FormatCount) -> None:
        """Adds the counts of another tally."""
        for name in self.__struct_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Looked(NamedTuple):
    """What was found of one document."""

    findings: list[Finding]
    tallies: dict[str, FormatCount]


class Wrong(NamedTuple):
    """Why a file cannot be what the manifest says."""

    what: What
    detail: str


def look(folder: str, entry: Entry, deep: bool, drawn: bool = False) -> Looked:
    """The editions of a document.  deep: beyond their checksums.  drawn: pages of PDF files are painted too, and their
    characters recognised."""
    findings: list[Finding] = []
    tallies: dict[str, FormatCount] = {}
    whole: list[tuple[Edition, bytes]] = []
    for edition in entry.editions:
        tally = tallies.setdefault(edition.format, FormatCount())
        tally.files += 1
        if edition.name != f"{entry.stem}.{edition.format}":
            findings.append(Finding(edition.name, "broken", Said("other-name")))
            continue
        found = contents(Path(folder), edition, keep=deep)
        if isinstance(found, Wrong):
            findings.append(Finding(edition.name, *found))
            continue
        tally.unchanged += 1
        if deep:
            faults = list(_faults(edition, found))
            findings.extend(faults)
            if not faults:
                tally.built += 1
                whole.append((edition, found))
    findings.extend(_texts(entry, whole, tallies))
    if drawn:
        findings.extend(_painted(whole))
    return Looked(findings, tallies)


def _is_said(text: str, reading: verify.EditionText) -> bool:
    from .. import verify

    return verify.digest(reading) == text


def _painted(whole: list[tuple[Edition, bytes]]) -> Iterator[Finding]:
    from .. import verify

    for edition, data in whole:
        if edition.format == "pdf":
            yield from (Finding(edition.name, "text", why) for why in verify.unrecognised(data))


def contents(folder: Path, file: Edition | File, *, keep: bool, most: int = MAX_BYTES) -> bytes | Wrong:
    """The bytes of a file the manifest names, none where they are not to be kept; or why it is not that file.

    most: bytes it may have.
    """
    path = folder / file.name
    try:
        if "/" in file.name and path.parent.resolve() != folder.resolve() / os.path.dirname(file.name):
            return Wrong("link", Said("folder-is-link"))
        if not stat.S_ISREG(path.lstat().st_mode):
            return Wrong("link", Said("no-plain-file"))
        with open(os.open(path, machine.open_flags()), "rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size != file.size:
                return Wrong("changed", Said("other-size", size=size, size2=file.size))
            if size > most:
                return Wrong("broken", Said("too-large"))
            data = stream.read() if keep else b""
            found = hashlib.sha256(data) if keep else hashlib.file_digest(stream, "sha256")
    except FileNotFoundError:
        return Wrong("missing", "")
    except OSError as error:
        return Wrong("changed", Said("unreadable", error=error.strerror))
    return data if found.hexdigest() == file.sha256 else Wrong("changed", "")


def _faults(edition: Edition, data: bytes) -> Iterator[Finding]:
    from .. import verify

    for fault in verify.faults(edition.format, data):
        yield Finding(edition.name, "broken", fault)
    found = verify.extent(edition.format, data)
    if found != (edition.pages, edition.chapters):
        said, has = (
            "/".join(str(one) for one in pair if one is not None) for pair in ((edition.pages, edition.chapters), found)
        )
        yield Finding(edition.name, "broken", Said("other-page-count", said=said or 0, has=has or 0))


def _texts(entry: Entry, whole: list[tuple[Edition, bytes]], tallies: dict[str, FormatCount]) -> Iterator[Finding]:
    """Editions whose text has another sum than the manifest says, and how they differ from one that has it; and those
    that do not show it."""
    from .. import verify

    good: dict[str, verify.EditionText] = {}
    wrong: list[tuple[Edition, str, verify.EditionText]] = []
    for edition, data in whole:
        tally = tallies[edition.format]
        made = edition.made or entry.made
        if made is None or not verify.can_read(edition.format):
            tally.unread += 1
            continue
        try:
            reading = verify.read(edition.format, data, partial(_is_said, made.text))
        except Exception as error:  # what is wrong with a file decides what its reader raises
            yield Finding(edition.name, "text", Said("unread-back", kind=type(error).__name__, error=error))
            continue
        if verify.digest(reading) == made.text:
            good.setdefault(made.text, reading)
            hidden = verify.unseen(edition.format, data, entry.metadata.language, elsewhere=True)
            tally.equal += not hidden
            yield from (Finding(edition.name, "text", why) for why in hidden)
        else:
            wrong.append((edition, made.text, reading))
    for edition, text, reading in wrong:
        differences = verify.differences(good[text], reading) if text in good else [Said("other-text")]
        yield Finding(edition.name, "text", differences[0])
