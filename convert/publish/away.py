"""An output folder at an address that fsspec reaches, such as s3://: objects are put whole by whoever made them.

What a run needs on a disk, its journal and the manifest as it grows, is in a folder of this machine, which goes when
the run has come to its end; the run after one that was killed finds it there.  Two machines can write to
one address at the same time: nothing prevents it.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ..store import places
from .files import JOURNAL, Parts, opened
from .names import MANIFEST, SUMS, short_hash


@contextlib.contextmanager
def held(out: str, *, wait: bool = False) -> Iterator[tuple[Path, Parts]]:
    """Holds an output folder for one run: gives the folder its state is in, and where its editions go.

    Raises as `opened`; UsageError where a package for the address is missing.
    """
    out = places.local(out)
    if not places.is_remote(out):
        with opened(Path(out), wait=wait) as parts:
            yield Path(out), parts
        return
    places.check(out)
    home = _home(out)
    with opened(home, wait=wait):
        _fetch(out, home)
        yield home, out
    if not (home / JOURNAL).exists():
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def looked_at(out: str) -> Iterator[Path]:
    """The folder with an output folder's manifest, to read."""
    out = places.local(out)
    if not places.is_remote(out):
        yield Path(out)
        return
    with tempfile.TemporaryDirectory() as home:
        _fetch(out, Path(home))
        yield Path(home)


def _home(out: str) -> Path:
    import platformdirs

    return platformdirs.user_state_path("wenban") / short_hash(out.rstrip("/"), 32)


def _fetch(out: str, home: Path) -> None:
    for name in (MANIFEST, SUMS):
        if not places.fetch(places.join(out, name), home / name):
            (home / name).unlink(missing_ok=True)


def hand_over(home: Path, out: str) -> None:
    """Puts manifest and checksums where they belong, the checksums last.  Raises OutputError."""
    for name in (MANIFEST, SUMS):
        if (home / name).exists():
            places.put_file(places.join(out, name), home / name)
