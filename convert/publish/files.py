"""Files in the output folder: written in a room of their own, brought to the disk, then renamed.

So a name in the folder is never half a file, not even after the power went (convert/README.md, invariant 5).  Files are
brought to the disk many at a time, for waiting for each alone takes longer than making it.  One run at a time holds the
folder.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DiskFullError, OutputError, Said, SourceError
from ..store import machine, places

if TYPE_CHECKING:
    from .manifest import Edition, File

HIDDEN = ".wenban-"
"""How the names of our files that are no editions begin: they are there while a run lasts."""

JOURNAL = f"{HIDDEN}run.sqlite"
"""The state of an unfinished run (`journal`): all that a run may find of one before it."""

_AT_ONCE = 16
"""Files brought to the disk at the same time: the file system writes its own log once for all of them."""


Parts = Path | str
"""Where the files of a document go: the room of a run (`opened`), or the address of an output folder elsewhere."""


def stage(parts: Parts, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Writes the files of a document; returns the names of those that `settle` gives their names: at an address none.

    Raises OutputError: they cannot be written; then none is left in the room.
    """
    if isinstance(parts, str):
        for name, data in files.items():
            places.put(places.join(parts, name), data)
        return ()
    try:
        for name, data in files.items():
            (parts / name).write_bytes(data)
    except OSError as error:
        clear(parts, files)
        raise cannot_write(parts.parent, error) from None
    return tuple(files)


def settle(folder: Path, parts: Path, documents: Sequence[Iterable[str]]) -> list[OutputError | None]:
    """Gives staged files their names in the folder: all are on the disk before the first does so.

    documents: the names of each document's files.  Returns an error for each document, None where all is well.
    """
    names = [list(document) for document in documents]
    errors = iter(_flush_all([parts / name for document in names for name in document]))
    failures: list[OutputError | None] = []
    for document in names:
        found = next(filter(None, [next(errors) for _ in document]), None)
        try:
            if found is not None:
                raise found
            _replace_all(folder, parts, document)
            failures.append(None)
        except OSError as error:
            clear(parts, document)
            failures.append(cannot_write(Path(error.filename2 or folder), error))
    flush_folder(folder)
    return failures


def _replace_all(folder: Path, parts: Path, names: Sequence[str]) -> None:
    """Gives staged files their names, all or none of them: where one cannot take its name, those before it are what
    they were.  Raises OSError."""
    done: list[tuple[str, Path | None]] = []
    try:
        for number, name in enumerate(names):
            before = None if len(names) == 1 else _kept(folder / name, parts / f"{number}.before")
            os.replace(parts / name, folder / name)
            done.append((name, before))
    except OSError:
        for name, before in reversed(done):
            with contextlib.suppress(OSError):
                if before is not None:
                    os.replace(before, folder / name)
                else:
                    (folder / name).unlink()
        raise


def _kept(path: Path, second: Path) -> Path | None:
    """A second name for a file, or a copy where the file system has none; None where there is no such file."""
    try:
        os.link(path, second, follow_symlinks=False)
    except FileNotFoundError:
        return None
    except (OSError, NotImplementedError):
        if not path.is_file():
            return None
        shutil.copy2(path, second)
    return second


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Puts files into the folder: all are on the disk before the first takes its name.

    Raises OutputError: the folder or a file in it cannot be written.
    """
    with room(folder) as parts:
        stage(parts, files)
        for failure in settle(folder, parts, [files]):
            if failure is not None:
                raise failure


def replace_file(path: Path, data: bytes) -> None:
    """Writes a file of the user's, whole or not at all, into a folder that is made where it is not there.

    Raises OutputError: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=HIDDEN, dir=path.parent)
        try:
            with open(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(name, path.stat().st_mode & 0o777 if path.exists() else 0o644)
            os.replace(name, path)
        except BaseException:
            clear(path.parent, [os.path.basename(name)])
            raise
    except OSError as error:
        raise cannot_write(path, error) from None
    flush_folder(path.parent)


def clear(folder: Path, names: Iterable[str]) -> None:
    """Deletes files that may be there."""
    for name in names:
        with contextlib.suppress(OSError):
            (folder / name).unlink(missing_ok=True)


def sha256_of(path: Path) -> str | None:
    """The checksum of a file; None where it cannot be read."""
    try:
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def has(folder: str, file: Edition | File) -> bool:
    """Whether a file is in an output folder and as long as it should be; `verify` looks at what is in it."""
    try:
        if places.is_remote(folder):
            return places.state(places.join(folder, file.name))[0] == file.size
        found = Path(folder, file.name).lstat()
    except (OSError, SourceError):
        return False
    return stat.S_ISREG(found.st_mode) and found.st_size == file.size


def flush_folder(folder: Path) -> None:
    """Makes the system write the names in a folder to the disk, where it can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _flush(path: Path) -> OSError | None:
    try:
        handle = os.open(path, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        return error
    return None


def _flush_all(paths: Sequence[Path]) -> list[OSError | None]:
    if len(paths) < 2:
        return [_flush(path) for path in paths]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(len(paths), _AT_ONCE)) as pool:
        return list(pool.map(_flush, paths))


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The error of ours for one of the system's."""
    said = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFullError(Said("disk-full", error=said), where=str(path))
    return OutputError(Said("unwritable", error=said), where=str(path))


# --- The room of a run ------------------------------------------------------------------------------------------


@contextlib.contextmanager
def room(folder: Path) -> Iterator[Path]:
    """A hidden folder in the output folder in which files are written before they take their names.

    It has a name of its own each time, so that workers of a run that was killed write nothing into the next one's.
    Raises OutputError: it cannot be made.
    """
    try:
        parts = Path(tempfile.mkdtemp(prefix=HIDDEN, dir=folder))
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:
        yield parts
    finally:
        shutil.rmtree(parts, ignore_errors=True)


@contextlib.contextmanager
def opened(folder: Path, *, wait: bool = False) -> Iterator[Path]:
    """Holds the folder for one run and gives it a room: makes it, keeps other runs out, clears what a killed run left.

    wait: until another run has ended.  A folder that was made here and is still empty in the end is taken away.
    Raises OutputError: it cannot be made or written, or another run holds it.
    """
    made = not folder.exists()
    with _locked(folder, wait):
        _clear_left(folder)
        with room(folder) as parts:
            yield parts
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _clear_left(folder: Path) -> None:
    for left in folder.glob(f"{HIDDEN}*"):
        if left.name.startswith(JOURNAL):
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                left.unlink()


@contextlib.contextmanager
def _locked(folder: Path, wait: bool) -> Iterator[None]:
    """Makes the folder and holds it."""
    try:
        while True:
            folder.mkdir(parents=True, exist_ok=True)
            handle = _lock(folder, wait)
            if handle is None or _is_still(folder, handle):
                break
            os.close(handle)  # the run that was waited for took its empty folder away
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:
        yield
    finally:
        if handle is not None:
            os.close(handle)


def _lock(folder: Path, wait: bool) -> int | None:
    try:
        return machine.lock(folder, wait=wait)
    except BlockingIOError:
        raise OutputError(Said("folder-in-use"), where=str(folder)) from None


def _is_still(folder: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), folder.stat())
    except FileNotFoundError:
        return False
