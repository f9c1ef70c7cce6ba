"""Who makes documents: this process (`Alone`), or worker processes (`Workers`), whom nothing a document does can stop.

In: a `Job`.  Out: `Made`, a result with its editions staged in the room of the run, which publishes them.
"""

from __future__ import annotations

import os
import queue
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from .. import dist, pipeline
from ..dist import Parts
from ..errors import ConvertError, Failure
from ..pipeline import Job, Options, Result

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

TIME_LIMIT = 600.0
"""Seconds a worker may take for one document where the caller does not say."""


class Made(NamedTuple):
    """A result that is not published yet, and the names of its staged files."""

    result: Result
    files: tuple[str, ...] = ()


Done = tuple[int, Job, Made]
"""A document's place in the run, what was to do, and what came of it."""


def attempt(job: Job, parts: Parts) -> Made:
    """One document, whatever it raises: a ConvertError is its reason, anything else a fault of ours with its trace."""
    try:
        result, files = pipeline.make(job)
        return Made(result, dist.stage(parts, files))
    except ConvertError as error:
        return Made(failed(job, Failure.of(error)))
    except MemoryError:
        return Made(fault_of(job, "there was not enough memory", "Split the page, or use fewer jobs"))
    except Exception as error:
        import traceback

        fault = fault_of(
            job,
            f"something unforeseen happened: {type(error).__name__}: {error}",
            "Please report this with the source file; -v shows where it happened",
            traceback.format_exc(),
        )
        return Made(fault)


def failed(job: Job, failure: Failure) -> Result:
    """The result of a document that could not be made."""
    if failure.where is None:
        failure = msgspec.structs.replace(failure, where=job.path)
    return Result("failed", job.id, job.path, error=failure)


def fault_of(job: Job, message: str, remedy: str, detail: str = "") -> Result:
    return failed(job, Failure(ConvertError.exit_code, "ConvertError", message, job.path, None, remedy, detail))


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
        return len(self._done)

    def begin(self, ordinal: int, job: Job) -> None:
        self._done.append((ordinal, job, attempt(job, self._parts)))

    def finished(self) -> list[Done]:
        done, self._done = self._done, []
        return done

    def cancel(self) -> None:
        return

    wake = stop = cancel


class Workers:
    """Worker processes, each replaced where a document has ended it.  timeout: seconds for one document."""

    AHEAD = 4
    """Documents taken for each worker: enough that none waits for another, too few to fill memory."""

    def __init__(self, parts: Parts, count: int, options: Options, timeout: float | None) -> None:
        from pebble import ProcessPool

        self.capacity = count * self.AHEAD
        self._parts = parts
        self._timeout = timeout or TIME_LIMIT
        self._begun: dict[int, tuple[Job, Future[Made]]] = {}
        self._ended: queue.SimpleQueue[int | None] = queue.SimpleQueue()
        self._pool = ProcessPool(count, context=_context(options))

    @property
    def busy(self) -> int:
        return len(self._begun)

    def begin(self, ordinal: int, job: Job) -> None:
        future = self._pool.schedule(attempt, (job, self._parts), timeout=self._timeout)
        self._begun[ordinal] = (job, future)
        future.add_done_callback(lambda _: self._ended.put(ordinal))

    def finished(self) -> list[Done]:
        ended = [self._ended.get()] if self._begun else []
        while not self._ended.empty():
            ended.append(self._ended.get())
        done: list[Done] = []
        for ordinal in ended:
            if ordinal is not None and ordinal in self._begun:
                job, future = self._begun.pop(ordinal)
                if not future.cancelled():
                    done.append((ordinal, job, _result(job, future, self._timeout)))
        return done

    def cancel(self) -> None:
        for _, future in list(self._begun.values()):
            if not future.running():
                future.cancel()

    def wake(self) -> None:
        self._ended.put(None)

    def stop(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._begun.clear()


def _result(job: Job, future: Future[Made], timeout: float) -> Made:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        return expired(job, timeout)
    except ProcessExpired as error:
        return ended(job, error.exitcode)
    except Exception as error:  # a result that cannot be sent back
        return Made(fault_of(job, f"its result was lost: {error}", "Please report this with the source file"))


def expired(job: Job, timeout: float) -> Made:
    """What comes of a document that took too long."""
    remedy = "Give it more time with --timeout, or split the page"
    return Made(fault_of(job, f"took longer than {timeout:g} seconds", remedy))


def ended(job: Job, code: int) -> Made:
    """What comes of a document that ended the process it was made in."""
    return Made(fault_of(job, f"its worker process ended (exit code {code})", "Free memory or use fewer jobs"))


def _context(options: Options) -> BaseContext:
    """Workers come from a clean process that is ready for the run's documents: they are quick to start, share its
    memory, and no thread is copied."""
    import multiprocessing

    from .. import warm, writers

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    own = [name for name in options.formats if name in writers.WRITERS]  # a plug-in could end that process
    os.environ[warm.WARM] = "\n".join((options.style, *own))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([warm.__name__])
    return context
