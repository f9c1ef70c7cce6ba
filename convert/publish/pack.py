"""A finished folder as one file to hand over: a BagIt bag (RFC 8493) in a ZIP file.

In: an output folder that verifies.  Out: `NAME.zip` with one folder `NAME/`: the tag files, a README for the receiver
in Chinese and English, and the folder's files under `data/`.  The same folder and name give the same bytes: the files
stand in the order of their names, all with one time, and uncompressed, for what `zlib` makes differs from version to
version (and the editions are compressed themselves).  Names need no encoding (RFC 8493, 2.1.3): ours have neither line
ends nor `%`.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ..errors import FidelityError, OutputError, Said, UsageError
from .audit import examine
from .manifest import Edition, File, Manifest, read_manifest
from .names import MANIFEST, SUMS, short_hash

if TYPE_CHECKING:
    from zipfile import ZipInfo

_README = Path(__file__).with_name("RECEIVER.md")
_TIME = (1980, 1, 1, 0, 0, 0)  # the first a ZIP file can hold
_PIECE = 2**20


class Packed(NamedTuple):
    """A bag that was written.  files: in its payload; size: of the ZIP file, bytes."""

    path: Path
    documents: int
    files: int
    size: int


def pack(folder: Path, out: Path | None = None, *, jobs: int = 1) -> Packed:
    """Packs a folder that verifies.

    out: the ZIP file; None: beside the folder, under its name.  jobs: worker processes for the check.
    Raises FidelityError: something is wrong with the folder; UsageError: `out` is inside it; SourceError: there is no
    manifest; OutputError: `out` cannot be written.
    """
    here = folder.resolve()
    path = out if out is not None else here.parent / f"{here.name or 'dist'}.zip"
    if path.resolve().is_relative_to(here):
        raise UsageError(Said("pack-inside-itself"), where=str(path))
    if wrong := examine(folder, jobs=jobs).findings:
        raise FidelityError(Said("pack-unverified", name=wrong[0].name, what=wrong[0].what), where=str(folder))
    manifest = read_manifest(folder)
    files: list[Edition | File] = [one for entry in manifest.documents for one in entry.editions]
    files += [*manifest.extras, _own(folder, MANIFEST), _own(folder, SUMS)]
    files.sort(key=_name)
    part = path.parent / f".wenban-{os.getpid()}-{short_hash(path.name)}"
    try:
        with open(part, "wb") as stream:
            _write(stream, path.stem, _tags(manifest, files), folder, files)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
        return Packed(path, _made(manifest), len(files), path.stat().st_size)
    except OSError as error:
        said = error.strerror or str(error)
        raise OutputError(Said("pack-unwritable", error=said), where=str(path)) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _made(manifest: Manifest) -> int:
    """Documents that have editions; of one that failed the manifest knows only why."""
    return sum(bool(entry.editions) for entry in manifest.documents)


def _own(folder: Path, name: str) -> File:
    data = (folder / name).read_bytes()
    return File(name, len(data), hashlib.sha256(data).hexdigest())


def _name(file: Edition | File) -> str:
    return file.name


def _tags(manifest: Manifest, files: Sequence[Edition | File]) -> dict[str, bytes]:
    """The tag files (RFC 8493, 2.1.1 to 2.2.2) and the README, by name."""
    times = [entry.made.modified for entry in manifest.documents if entry.made is not None]
    date = max(times, default="")[:10]
    info = {
        "Bag-Software-Agent": manifest.generator,
        "Bagging-Date": date,
        "Payload-Oxum": f"{sum(one.size for one in files)}.{len(files)}",
    }
    formats = Counter(edition.format for entry in manifest.documents for edition in entry.editions)
    readme = _README.read_text(encoding="utf-8").format(
        documents=_made(manifest),
        formats=", ".join(f"{name.upper()} {count}" for name, count in sorted(formats.items())),
        generator=manifest.generator,
        date=date,
    )
    tags = {
        "README.md": readme,
        "bag-info.txt": "".join(f"{label}: {value}\n" for label, value in info.items() if value),
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "manifest-sha256.txt": "".join(f"{one.sha256}  data/{one.name}\n" for one in files),
    }
    found = {name: text.encode() for name, text in tags.items()}
    sums = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in found.items())
    return {**found, "tagmanifest-sha256.txt": "".join(sums).encode()}


def _write(stream: BinaryIO, top: str, tags: dict[str, bytes], folder: Path, files: Sequence[Edition | File]) -> None:
    from zipfile import ZIP_STORED, ZipFile

    with ZipFile(stream, "w", ZIP_STORED) as bag:
        for name, data in tags.items():
            with bag.open(_info(f"{top}/{name}", len(data)), "w") as part:
                part.write(data)
        for file in files:
            digest = hashlib.sha256()
            info = _info(f"{top}/data/{file.name}", file.size)
            with open(folder / file.name, "rb") as source, bag.open(info, "w") as part:
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    part.write(piece)
            if digest.hexdigest() != file.sha256:
                raise FidelityError(Said("pack-changed"), where=str(folder / file.name))


def _info(name: str, size: int) -> ZipInfo:
    from zipfile import ZipInfo

    info = ZipInfo(name, _TIME)
    info.create_system = 3  # wherever it is written
    info.external_attr = 0o100644 << 16
    info.file_size = size
    return info
