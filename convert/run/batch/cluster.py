"""A Dask cluster makes documents (`--cluster`); needs the extra `wenban[cluster]` here and on its workers.

In: jobs, handed out in shards: one task of the scheduler for some tens of documents.  Out: `Made`, as from `workers`.
A shard whose worker is lost is done again elsewhere, to the same files under the same names, so nothing is made twice.
On a worker each document is made in a process of its own beside it (`children`): no document can end the worker.

Sources, style file and output folder are those that the workers see: addresses such as s3://, or paths of a file
system that all machines share.
"""

from __future__ import annotations

import os
import queue
from typing import TYPE_CHECKING

from ...errors import ConvertError, Said, UsageError
from ...publish import Parts
from ...version import VERSION
from ..pipeline import Job
from . import children
from .worker import Made, fault
from .workers import TIME_LIMIT, Done

if TYPE_CHECKING:
    from distributed import Future

SHARD = 32
"""The most documents in a task: seconds of work, so that the scheduler has little to do and a lost worker little to
repeat."""

AHEAD = 2
"""Shards handed out for each thread of the cluster."""

PATIENCE = 15.0
"""Seconds to wait for the scheduler."""


class Cluster:
    """The workers of a Dask scheduler.

    parts: where editions go.  timeout: seconds for one document; memory: megabytes for one.

    Raises UsageError: distributed is not installed, or there is no scheduler at the address.
    """

    def __init__(self, address: str, parts: Parts, total: int, timeout: float | None, memory: int | None) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise UsageError(Said("needs-distributed")) from None
        try:
            self._client = Client(address, timeout=PATIENCE, set_as_default=False, name="wenban")
        except (OSError, ValueError) as error:
            raise UsageError(Said("scheduler-unreachable", error=error), where=address) from None
        self._parts = parts
        self._timeout = timeout or TIME_LIMIT
        self._memory = memory
        self._total = total
        self._held: list[tuple[int, Job]] = []
        self._begun: dict[Future, list[tuple[int, Job]]] = {}
        self._ended: queue.SimpleQueue[Future | None] = queue.SimpleQueue()
        self._look_around()

    def _look_around(self) -> None:
        """Workers come and go: how much to hand out depends on how many there are."""
        self._slots = AHEAD * max(1, sum(self._client.nthreads().values()))
        self._size = min(SHARD, max(1, self._total // (2 * self._slots)))
        self.capacity = self._slots * self._size

    @property
    def busy(self) -> int:
        """How many documents have been begun and not yet given back."""
        return len(self._held) + sum(map(len, self._begun.values()))

    def begin(self, ordinal: int, job: Job) -> None:
        """Gives a document to the cluster."""
        self._held.append((ordinal, job))
        if len(self._held) >= self._size:
            self._submit()

    def _submit(self) -> None:
        shard, self._held = self._held, []
        jobs = [job for _, job in shard]
        given = (VERSION, jobs, self._parts, self._timeout, self._memory, os.getcwd())
        future = self._client.submit(children.make, *given, pure=False, retries=2)
        self._begun[future] = shard
        future.add_done_callback(self._ended.put)

    def finished(self) -> list[Done]:
        """Documents that are done; waits for one where none is."""
        if self._held and len(self._begun) < self._slots:
            self._submit()
        ended = [self._ended.get()] if self._begun else []
        while not self._ended.empty():
            ended.append(self._ended.get())
        done: list[Done] = []
        for future in ended:
            if future is not None and future in self._begun:
                shard = self._begun.pop(future)
                made = self._result(future, shard)
                done.extend((ordinal, job, one) for (ordinal, job), one in zip(shard, made, strict=True))
        if done:
            self._look_around()
        return done

    def _result(self, future: Future, shard: list[tuple[int, Job]]) -> list[Made]:
        try:
            made: list[Made] = future.result()
            return made
        except ConvertError:
            raise
        except Exception as error:
            if self._client.status != "running":
                raise ConvertError(Said("scheduler-lost")) from None
            return [Made(fault(job, Said("worker-lost", error=error))) for _, job in shard]

    def cancel(self) -> None:
        """Takes back what no worker has begun."""
        self._held.clear()

    def wake(self) -> None:
        """Ends a wait of `finished`."""
        self._ended.put(None)

    def stop(self) -> None:
        """Drops all, also what is being made."""
        if self._client.status in ("closing", "closed"):
            return
        self._held.clear()
        self._client.cancel(list(self._begun), force=True)
        self._begun.clear()
        self._client.close()
