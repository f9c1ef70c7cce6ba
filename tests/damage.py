"""One bit changed in each file of a finished folder, and in the folder packed, again and again.

`python -m tests.damage` prints for each file how many of the changes were not found, and ends with 1 where there is
any.  `--count` says how many there are for each (500).  A packed folder is looked at as its receiver does: unpacked by
zipfile, which compares the sum of each part, then its bag and the folder in it.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import bagit

import convert
from convert import catalogue, publish

ROOT = Path(__file__).resolve().parents[1]


def flipped(data: bytes, draw: random.Random) -> bytes:
    """The bytes with one bit changed."""
    changed = bytearray(data)
    changed[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def missed(folder: Path, name: str, count: int, seed: int = 0) -> int:
    """How many of so many changes of a file its folder does not show."""
    path, draw = folder / name, random.Random(f"{seed} {name}")
    whole, unseen = path.read_bytes(), 0
    for _ in range(count):
        path.write_bytes(flipped(whole, draw))
        unseen += not publish.examine(folder, deep=False).findings
    path.write_bytes(whole)
    return unseen


def missed_when_packed(packed: bytes, into: Path, count: int, seed: int = 0) -> int:
    """How many of so many changes of a packed folder its receiver does not see."""
    draw, unseen = random.Random(seed), 0
    files = contents(packed)
    for case in range(count):
        changed = flipped(packed, draw)
        try:
            found = contents(changed)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
            continue
        if found != files:
            top = into / str(case)
            for name, data in found.items():
                (top / name).parent.mkdir(parents=True, exist_ok=True)
                (top / name).write_bytes(data)
            unseen += not _is_refused(top)
    return unseen


def contents(packed: bytes) -> dict[str, bytes]:
    """The files of a ZIP file.  Raises what zipfile does where a part is not what its sum says."""
    with zipfile.ZipFile(io.BytesIO(packed)) as bag:
        return {name: bag.read(name) for name in bag.namelist()}


def _is_refused(top: Path) -> bool:
    try:
        (inside,) = top.iterdir()
        bagit.Bag(str(inside)).validate()
        return bool(publish.examine(inside / "data").findings)
    except (bagit.BagError, bagit.BagValidationError, convert.ConvertError, ValueError, OSError):
        return True


def made(top: Path) -> Path:
    """A folder of one document, with its catalogue."""
    list(convert.batch([ROOT / "source"], top / "dist", ("docx", "pdf", "epub", "html")))
    catalogue.build(top / "dist")
    return top / "dist"


def _cases(folder: Path, count: int, into: Path) -> Iterator[tuple[str, int]]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        yield name, missed(folder, name, count)
    yield "the packed folder", missed_when_packed(publish.pack(folder).path.read_bytes(), into, count)


def main() -> int:
    """Prints a line for each file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=500)
    count, total = parser.parse_args().count, 0
    with tempfile.TemporaryDirectory() as top:
        for name, unseen in _cases(made(Path(top)), count, Path(top) / "unpacked"):
            total += unseen
            print(f"{name}: {count} changes, {unseen} not found", flush=True)
    return int(bool(total))


if __name__ == "__main__":
    sys.exit(main())
