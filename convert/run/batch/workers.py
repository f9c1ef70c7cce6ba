"""Who makes documents: this process (`Alone`), or worker processes (`Workers`), whom nothing a document does can stop.

In: a `Job`.  Out: `Made`, a result with its editions staged in the room of the run, which publishes them.
"""

from __future__ import annotations

import contextlib
import os
import queue
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ...errors import Said
from ...publish import Parts
from ..options import Options
from ..pipeline import Job
from . import worker
from .worker import Made, attempt_here, ended, expired, fault

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

TIME_LIMIT = 600.0
"""Seconds a worker may take for one document where the caller does not say."""

LEAST_MEMORY = 512
"""Megabytes a worker may always take for one document."""


Done = tuple[int, Job, Made]
"""A document's place in the run, what was to do, and what came of it."""


_LONGEST_PLACE = 70
"""Bytes of the temporary folder's path: the socket in it to the process that forks workers may have some 100."""


class Doers(Protocol):
    """Who makes documents: a context.  capacity: how many to begin; busy: those begun whose result was not taken."""

    capacity: int

    @property
    def busy(self) -> int:
        """How many."""

    def begin(self, ordinal: int, job: Job) -> None:
        """Takes a document."""

    def finished(self) -> list[Done]:
        """What has been made since it was last asked; waits for it where there is nothing yet."""

    def cancel(self) -> None:
        """Drops what has been taken, but is not being made yet."""

    def wake(self) -> None:
        """Ends a `finished` that waits; for signal handlers."""

    def stop(self) -> None:
        """Drops all, also what is being made."""


class Alone:
    """This process: one document at a time, made when it is begun."""

    capacity = 1

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._done: list[Done] = []

    @property
    def busy(self) -> int:
        """How many documents wait to be given back."""
        return len(self._done)

    def begin(self, ordinal: int, job: Job) -> None:
        """Makes a document at once."""
        self._done.append((ordinal, job, attempt_here(job, self._parts)))

    def finished(self) -> list[Done]:
        """The documents made since the last call."""
        done, self._done = self._done, []
        return done

    def cancel(self) -> None:
        """Nothing: what was begun is done."""
        return

    wake = stop = cancel


class Workers:
    """Worker processes, each replaced where a document has ended it.

    timeout: seconds for one document.  memory: megabytes for one document beyond what the worker has without it.
    """

    AHEAD = 4
    """Documents taken for each worker: enough that none waits for another, too few to fill memory."""
    PATIENCE = 0.25
    """Seconds that a finished document waits for others."""

    def __init__(
        self, parts: Parts, count: int, options: Options, timeout: float | None = None, memory: int | None = None
    ) -> None:
        from pebble import ProcessPool

        self.capacity = count * self.AHEAD
        self._parts = parts
        self._timeout = timeout or TIME_LIMIT
        self._memory = memory or default_memory(count)
        self._cancelled = False
        self._begun: dict[int, tuple[Job, Future[Made]]] = {}
        self._ended: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._pool = ProcessPool(count, context=_context(options), initializer=worker.begin)

    @property
    def busy(self) -> int:
        """How many documents have been begun and not yet given back."""
        return len(self._begun)

    def begin(self, ordinal: int, job: Job) -> None:
        """Gives a document to a worker, or to the queue before them."""
        future = self._pool.schedule(worker.attempt, (job, self._parts, self._memory), timeout=self._timeout)
        self._begun[ordinal] = (job, future)
        future.add_done_callback(lambda _: self._ended.put(ordinal))

    def finished(self) -> list[Done]:
        """Several together where they come soon, for they are brought to the disk and into the journal at once; the
        workers have others to make meanwhile."""
        ended = [self._ended.get()] if self._begun else []
        until = time.monotonic() + self.PATIENCE
        with contextlib.suppress(queue.Empty):
            while None not in ended and len(ended) < min(self.capacity // 2, len(self._begun)):
                ended.append(self._ended.get(timeout=max(0.0, until - time.monotonic())))
        while not self._ended.empty():
            ended.append(self._ended.get())
        done: list[Done] = []
        for ordinal in ended:
            if ordinal is not None and ordinal in self._begun:
                job, future = self._begun.pop(ordinal)
                if (made := self._made(job, future)) is not None:
                    done.append((ordinal, job, made))
        return done

    def _made(self, job: Job, future: Future[Made]) -> Made | None:
        """What came of a document; None where it was dropped."""
        from pebble import ProcessExpired

        if future.cancelled():
            return None
        try:
            return future.result()
        except TimeoutError:
            return expired(job, self._timeout)
        except ProcessExpired as error:
            # Whoever stops us may have ended our workers too.
            return None if self._cancelled else ended(job, error.exitcode)
        except Exception as error:  # a result that cannot be sent back
            return Made(fault(job, Said("result-lost", error=error)))

    def cancel(self) -> None:
        """Takes back what no worker has begun."""
        self._cancelled = True
        for _, future in list(self._begun.values()):
            if not future.running():
                future.cancel()

    def wake(self) -> None:
        """Ends a wait of `finished`."""
        self._ended.put(None)

    def stop(self) -> None:
        """Ends the workers; what they were making is dropped."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._begun.clear()


def default_memory(count: int) -> int:
    """Megabytes for one document of each of some workers: together most of what this machine, or its container, has."""
    limits = [_physical_memory()]
    for path in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        with contextlib.suppress(OSError, ValueError):
            limits.append(int(Path(path).read_text(encoding="ascii")))
    return max(LEAST_MEMORY, min(limits) * 4 // 5 // count // 2**20)


def _physical_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows
        return 4 * 2**30


def _context(options: Options) -> BaseContext:
    """Workers come from a clean process that is ready for the run's documents: they are quick to start, share its
    memory, and no thread is copied."""
    from ... import writers
    from ...publish import pool
    from .. import warm

    too_long = len(os.fsencode(tempfile.gettempdir())) > _LONGEST_PLACE
    own = [name for name in options.formats if name in writers.WRITERS]  # a plug-in could end that process
    os.environ[warm.WARM] = "\n".join((options.style, *own))
    return pool.context([warm.__name__], fork=not too_long)
