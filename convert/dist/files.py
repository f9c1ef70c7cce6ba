"""Files in the output folder: written beside their place, flushed, then renamed.

So a name in the folder is never half a file (DESIGN, invariant 5).  One run at a time holds the folder.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import OutputError
from .names import short_hash

_PART = ".wenban-"
"""How the name of a file that is being written begins."""


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts files into the folder: all are on the disk before the first takes its name.

    Raises OutputError: the folder or a file in it cannot be written.
    """
    parts: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            path = folder / name
            part = folder / f"{_PART}{os.getpid()}-{short_hash(name)}"
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
