"""Work of one kind done by worker processes: tasks in, their results out, in order.

No more is handed out than keeps the workers busy, so memory does not grow with the number of tasks.  A task that takes
too long, brings its worker down or raises gives that as its result, and the others go on.
"""

from __future__ import annotations

import itertools
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from ..store.machine import processors as processors

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

R = TypeVar("R")
T = TypeVar("T", bound=tuple[Any, ...])

_SAFE_PATH = "PYTHONSAFEPATH"
"""Python puts the working folder before all others on the path of a child, unless this is set."""

TIME_LIMIT = 600.0
"""Seconds a worker may take for one task."""

_AHEAD = 8  # tasks handed out for each worker


def spread(
    function: Callable[..., R], tasks: Iterable[T], jobs: int, preload: Sequence[str] = ()
) -> Iterator[tuple[T, R | Exception]]:
    """Each task with what `function(*task)` gave or raised.

    jobs: worker processes; 1, or where none can be had: all is done in this one.  preload: modules the workers have
    when they start.
    """
    if jobs <= 1 or not can_have_workers():
        for task in tasks:
            try:
                yield task, function(*task)
            except Exception as error:
                yield task, error
        return
    yield from _in_workers(function, iter(tasks), jobs, preload)


def _in_workers(
    function: Callable[..., R], todo: Iterator[T], jobs: int, preload: Sequence[str]
) -> Iterator[tuple[T, R | Exception]]:
    from pebble import ProcessPool

    waiting: deque[tuple[T, Future[R]]] = deque()
    pool = ProcessPool(jobs, context=context(preload))
    try:
        while True:
            for task in itertools.islice(todo, _AHEAD * jobs - len(waiting)):
                waiting.append((task, pool.schedule(function, task, timeout=TIME_LIMIT)))
            if not waiting:
                break
            task, future = waiting.popleft()
            try:
                found: R | Exception = future.result()
            except Exception as error:  # also that it took too long, or that its worker ended
                found = error
            yield task, found
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def can_have_workers() -> bool:
    """Whether worker processes can be had: they share a lock, which some containers have no memory for (/dev/shm)."""
    import multiprocessing

    try:
        multiprocessing.Lock()
    except (OSError, ImportError):
        return False
    return True


def context(preload: Sequence[str], *, fork: bool = True) -> BaseContext:
    """What worker processes are started with; nothing that lies in the working folder is imported by them.

    preload: modules the process has from which all workers are forked.  fork: False where no such process can be had,
    besides systems that cannot fork: each worker then starts anew.
    """
    import multiprocessing

    if not fork or "forkserver" not in multiprocessing.get_all_start_methods():
        os.environ[_SAFE_PATH] = "1"
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(list(preload))
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before
    return found
