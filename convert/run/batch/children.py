"""On a worker of a cluster: documents made in processes beside it, so that none can end, hang or fill the worker.

In: the jobs of a shard.  Out: `Made` for each.  A child gets one job after the other through its standard input and
ends with it: a worker that was killed leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence

from ...errors import Said, UsageError
from ...publish import Parts
from ...store.machine import processors
from ...version import VERSION
from ..pipeline import Job
from .worker import Made, attempt, begin, ended, expired
from .workers import default_memory

_idle: queue.LifoQueue[subprocess.Popen[bytes]] = queue.LifoQueue()


def make(
    version: str, jobs: Sequence[Job], parts: Parts, timeout: float, memory: int | None, folder: str
) -> list[Made]:
    """The documents of a shard, one after the other.

    version: of the program that asks.  parts: where editions go.  timeout: seconds for each document; memory: megabytes
    for each, None for a share of what there is here.  folder: from which relative paths count, where there is such a
    folder here.  Raises UsageError where the versions differ.
    """
    if version != VERSION:
        raise UsageError(Said("worker-version", VERSION=VERSION, version=version))
    memory = memory or default_memory(processors())
    return [_made(job, timeout, (job, parts, memory, folder)) for job in jobs]


def _made(job: Job, timeout: float, given: tuple[Job, Parts, int, str]) -> Made:
    child = _child()
    assert child.stdin is not None
    assert child.stdout is not None
    late = threading.Event()

    def end() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(timeout, end)
    timer.start()
    try:
        pickle.dump(given, child.stdin)
        child.stdin.flush()
        made: Made = pickle.load(child.stdout)
        _idle.put(child)
        return made
    except (OSError, EOFError, pickle.UnpicklingError):
        child.kill()
        code = child.wait()
        return expired(job, timeout) if late.is_set() else ended(job, code)
    finally:
        timer.cancel()


def _child() -> subprocess.Popen[bytes]:
    with contextlib.suppress(queue.Empty):
        while (child := _idle.get_nowait()).poll() is not None:
            pass
        return child
    command = [sys.executable, "-P", "-c", f"from {__name__} import serve; serve()"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def serve() -> None:
    """A child: makes what it is given until its standard input ends."""
    given, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    begin()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            job, parts, memory, folder = pickle.load(given)
            with contextlib.suppress(OSError):
                os.chdir(folder)
            pickle.dump(attempt(job, parts, memory), answers)
            answers.flush()
