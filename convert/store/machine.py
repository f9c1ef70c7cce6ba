"""What only some systems can do, with what the others do in its place: the one file that calls it.

POSIX has locks on folders, limits on memory, reading without moving on, the processors a process may use; Windows has
none of these under these names (`tests/test_machine.py` bans them elsewhere).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def lock(folder: Path, *, wait: bool) -> int | None:
    """A handle that holds a folder until it is closed; None where the system cannot: names stay whole there too, but
    two runs are not kept apart.  wait: until another has let it go.  Raises BlockingIOError: another holds it."""
    try:
        import fcntl
    except ImportError:  # Windows
        return None
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:
        pass  # a file system without locks
    return handle


@contextlib.contextmanager
def limited(memory: int) -> Iterator[None]:
    """Lets this process grow by so many megabytes of address space and no more, where the system can."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as stream:
            now = int(stream.read().split()[0]) * resource.getpagesize()
        before = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (now + memory * 2**20, before[1]))
    except (ImportError, OSError, ValueError):
        yield
        return
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def taken_out(handle: int, most: int) -> bytes:
    """The first bytes of an open file, which is empty then."""
    os.lseek(handle, 0, os.SEEK_SET)
    found = os.read(handle, most)
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    return found


def open_flags() -> int:
    """How a file is opened that a stranger may have put there: as bytes, no link, and without waiting for a pipe."""
    return os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))
