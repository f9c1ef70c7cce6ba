"""One document in a worker process: its result, whatever it does.

In: a `Job`.  Out: `Made`, a result with its editions staged in the room of the run, which publishes them.  What a
document or a writer prints goes nowhere near the run's own output, and memory it takes is limited; where the system
lets us (Linux), a document that takes too much fails alone, before it takes the memory of others.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import tempfile
from typing import NamedTuple

import msgspec

from ... import publish
from ...errors import ConvertError, Failure, Said
from ...publish import Parts
from ...store import machine
from .. import pipeline
from ..pipeline import Job, Result


class Made(NamedTuple):
    """A result that is not published yet, and the names of its staged files."""

    result: Result
    files: tuple[str, ...] = ()


def begin() -> None:
    """Begins a worker process: its standard output is a file that `attempt` looks into, its standard error nothing.
    Garbage is searched for about once a document."""
    gc.set_threshold(50_000)
    with tempfile.TemporaryFile() as said:
        os.dup2(said.fileno(), 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def attempt(job: Job, parts: Parts, memory: int) -> Made:
    """One document in a worker.  memory: megabytes it may take."""
    with machine.limited(memory):
        made = attempt_here(job, parts, Said("too-much-memory", memory=memory))
    if said := _said():
        return Made(fault(job, Said("writer-printed", text=said)))
    return made


def _said() -> str:
    """The beginning of what was printed since it was last asked."""
    with contextlib.suppress(Exception):  # whatever a writer made of it
        sys.stdout.flush()
    return machine.taken_out(1, 60).decode("utf-8", "replace")


def attempt_here(job: Job, parts: Parts, too_much: Said | None = None) -> Made:
    """One document, whatever it raises: a ConvertError is its reason, anything else a fault of ours with its trace."""
    try:
        result, files = pipeline.make(job)
        return Made(result, publish.stage(parts, files))
    except ConvertError as error:
        return Made(failed(job, Failure.of(error)))
    except MemoryError:
        return Made(fault(job, too_much or Said("not-enough-memory")))
    except Exception as error:
        import traceback

        said = Said("unforeseen", kind=type(error).__name__, error=error)
        return Made(fault(job, said, traceback.format_exc()))


def failed(job: Job, failure: Failure) -> Result:
    """The result of a document that could not be made."""
    if failure.where is None:
        failure = msgspec.structs.replace(failure, where=job.path)
    return Result("failed", job.id, job.path, error=failure)


def fault(job: Job, said: Said, detail: str = "") -> Result:
    """The result of a document for which something else than the document is to blame.  detail: a traceback."""
    return failed(job, Failure.of(ConvertError(said), detail))


def expired(job: Job, timeout: float) -> Made:
    """What comes of a document that took too long."""
    return Made(fault(job, Said("too-slow", seconds=timeout)))


def ended(job: Job, code: int) -> Made:
    """What comes of a document that ended the process it was made in."""
    return Made(fault(job, Said("worker-ended", code=code)))
