"""The loop of a run: the next planned document to whoever has time, what is done into the folder, results in order."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Generator, Iterator
from typing import Literal, NamedTuple

import msgspec

from ... import publish, style, writers
from ...errors import ConvertError, DiskFullError, Failure, Said, UsageError
from ...publish import Entry, Planned, SourceRecord
from ...publish.pool import can_have_workers
from ...store.machine import processors
from ...warc import PAGES, Wanted
from ..options import Options, check_rules
from ..pipeline import Job, Result, is_current
from .given import Paths
from .naming import naming_by
from .plan import Plan
from .worker import failed
from .workers import Alone, Doers, Workers

KEPT = 512
"""Results that may wait for one before them: a slow document does not stop the others, nor do they fill memory."""


class Settings(NamedTuple):
    """How a run is made; the arguments are those of `batch`.  isolated: use a worker even for one document;
    cluster: the address of a Dask scheduler whose workers make the documents; by_folder: the options of sources below a
    folder, by its absolute path, the deepest first; name_by: what editions are called after (`naming`)."""

    jobs: int = 1
    timeout: float | None = None
    memory: int | None = None
    fail_fast: bool = False
    join: bool = False
    force: bool = False
    prune: bool = False
    wait: bool = False
    isolated: bool = False
    cluster: str | None = None
    wanted: Wanted = PAGES
    by_folder: tuple[tuple[str, Options], ...] = ()
    name_by: str = "file"


def check_usage(options: Options) -> None:
    """Raises UsageError: a style, format or rule that is not there."""
    style.load(options.style)
    check_rules(options.skip, options.also)
    for name in set(options.formats) - set(writers.WRITERS):
        writers.find(name)  # a plug-in; our own are imported where they are used


def run(
    sources: Paths, out: str | os.PathLike[str], options: Options, settings: Settings
) -> Generator[Result, None, None]:
    """Does a run and yields each result, in order."""
    with Run(sources, out, options, settings) as begun:
        yield from begun.results()
        for _ in begun.gone():
            pass


class Run:
    """A run over some sources: a context.  Entered, it holds the folder and has found the sources; left, it has
    recorded what was done.  Entering raises OutputError where the folder cannot be had, UsageError where workers
    cannot.

    total: how many documents there are.  state: whether it has been entered, and left.  alone: workers were asked for
    and cannot be had here, so that this process makes all documents.
    """

    total = 0
    alone = False
    state: Literal["new", "entered", "left"] = "new"

    def __init__(self, sources: Paths, out: str | os.PathLike[str], options: Options, settings: Settings) -> None:
        self.out = os.fspath(out)
        self.options = options
        self.settings = settings
        self._sources = sources
        self._stopping = False
        self._ended = False
        self._kept: dict[int, Failure] = {}

    def __enter__(self) -> Run:
        if self._guarded() and self.settings.cluster is None and not can_have_workers():
            raise UsageError(Said("no-workers"))
        with contextlib.ExitStack() as stack:
            home, self._parts = stack.enter_context(publish.held(self.out, wait=self.settings.wait))
            away = self._parts if isinstance(self._parts, str) else None
            self._journal = stack.enter_context(publish.Journal(home, away=away, force=self.settings.force))
            join, wanted = self.settings.join, self.settings.wanted
            try:
                naming = naming_by(self.settings.name_by, self._options_of)
                formats = [name for one in self._all_options() for name in one.formats]
                self._plan = Plan(self._journal, self._sources, formats, join=join, wanted=wanted, naming=naming)
            except BaseException:
                if not self._journal.resumed:
                    self._journal.remove()
                raise
            self.total = self._plan.total
            self._doers = self._chosen()
            stack.callback(self._doers.stop)
            self._stack = stack.pop_all()
        self.state = "entered"
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self.state = "left"
        with self._stack:
            self._doers.stop()
            try:
                self._journal.finish()
            except DiskFullError:
                if not isinstance(error, DiskFullError):
                    raise
            else:
                # Documents that are made again though nothing changed are known by the journal alone.
                if self._ended or not self.settings.force:
                    self._journal.remove()

    def _all_options(self) -> list[Options]:
        return [self.options, *(options for _, options in self.settings.by_folder)]

    def _options_of(self, path: str) -> Options:
        """What a source is made with: the options of the deepest folder that has its own, else those of the run."""
        whole = os.path.abspath(path) if self.settings.by_folder else ""
        found = (own for folder, own in self.settings.by_folder if whole.startswith(os.path.join(folder, "")))
        return next(found, self.options)

    def _guarded(self) -> bool:
        """Only a process of its own can be stopped in a document."""
        return bool(self.settings.timeout or self.settings.memory or self.settings.isolated)

    def _chosen(self) -> Doers:
        """Who makes the documents: a cluster, workers, or this process where there is one document or job, and nothing
        says that it has to be guarded."""
        jobs, timeout, memory = self.settings.jobs, self.settings.timeout, self.settings.memory
        if self.settings.cluster is not None:
            from .cluster import Cluster

            return Cluster(self.settings.cluster, self._parts, self.total, timeout, memory)
        count = min(jobs or processors(), self.total)
        if count <= 1 and not self._guarded():
            return Alone(self._parts)
        if not can_have_workers():
            self.alone = True
            return Alone(self._parts)
        return Workers(self._parts, max(count, 1), self.options, timeout, memory)

    def stop(self) -> None:
        """Begins no further document; `results` ends when those that are being made are done."""
        self._stopping = True
        self._doers.wake()

    def results(self) -> Iterator[Result]:
        """Does the plan.  Raises DiskFullError where nothing more can be written."""
        rows, ready, at = self._journal.planned(), dict[int, Result](), 1
        more = True
        while more or self._doers.busy:
            if self._stopping:
                more = False
                self._doers.cancel()
            more = more and self._hand_out(rows, ready)
            ready.update(self._finished())
            if self.settings.fail_fast and any(result.state == "failed" for result in ready.values()):
                self._doers.stop()
                yield from self._or_skipped(at, ready)
                return
            while at in ready:
                yield ready.pop(at)
                at += 1
        yield from (ready[ordinal] for ordinal in sorted(ready))
        self._ended = not self._stopping

    def _hand_out(self, rows: Iterator[Planned], ready: dict[int, Result]) -> bool:
        """Gives documents to those who have time; returns whether there may be more."""
        while self._doers.busy < self._doers.capacity and len(ready) < max(KEPT, 2 * self._doers.capacity):
            row = next(rows, None)
            if row is None:
                return False
            if row.stem is None:
                path = row.failure.where if row.failure is not None else None
                ready[row.ordinal] = Result("failed", row.id, path or row.id, error=row.failure)
                continue
            path, *pages = row.paths
            job = Job(row.id, path, row.stem, self.out, self._options_of(path), tuple(pages))
            if (done := self._unchanged(job) or self._spared(row.ordinal, job)) is not None:
                ready[row.ordinal] = done
        return True

    def _spared(self, ordinal: int, job: Job) -> Result | None:
        """Begins a document, but for those of its editions that a person changed; the result where nothing else is to
        be made."""
        entry = self._journal.entry(job.id)
        formats = job.options.formats
        wanted = [one for one in entry.editions if one.format in formats] if entry is not None else []
        if kept := self._journal.by_hand(wanted):
            rest = tuple(name for name in formats if name not in {one.format for one in kept})
            job = msgspec.structs.replace(job, options=msgspec.structs.replace(job.options, formats=rest))
            names = ", ".join(one.name for one in kept)
            error = ConvertError(Said("edition-changed-by-hand", names=names), where=self.out)
            self._kept[ordinal] = Failure.of(error)
            current = self._unchanged(job) if rest else Result("unchanged", job.id, job.path)
            if current is not None:
                return self._with_kept(ordinal, current)
        self._doers.begin(ordinal, job)
        return None

    def _with_kept(self, ordinal: int, result: Result) -> Result:
        """A result that says too which editions were left as a person changed them."""
        kept = self._kept.pop(ordinal, None)
        if kept is None or result.error is not None:
            return result
        return msgspec.structs.replace(result, state="partial", error=kept)

    def _unchanged(self, job: Job) -> Result | None:
        """The result of a document whose editions are there, and need not be made again."""
        entry = self._journal.entry(job.id)
        if entry is None or (self.settings.force and not (self._journal.resumed and self._journal.is_fresh(job.id))):
            return None
        try:
            if not is_current(entry, job):
                return None
        except ConvertError:  # its source: whoever makes it says what is wrong
            return None
        editions = tuple(edition for edition in entry.editions if edition.format in job.options.formats)
        found = (entry.source.sha256, entry.metadata, entry.style, entry.made, editions, entry.fonts, entry.warnings)
        return Result("unchanged", job.id, job.path, *found, entry.repairs)

    def gone(self) -> Iterator[tuple[Entry, bool]]:
        """The documents of the folder whose sources are no more where this run looked for them, and whether they were
        deleted: with `prune`, but for those of which a person changed an edition.  None where the run was stopped."""
        if not self._ended:
            return
        for entry in self._plan.gone():
            deleted = self.settings.prune and not self._journal.by_hand(entry.editions)
            if deleted:
                self._journal.forget([entry])
            yield entry, deleted

    def _finished(self) -> Iterator[tuple[int, Result]]:
        """Publishes what has been made and gives the results."""
        done = self._doers.finished()
        if not done:
            return
        made = [(_entry(job, one.result), one.files) for _, job, one in done]
        with (
            uninterrupted()
        ):  # between its name in the folder and its entry in the journal a file belongs to no document
            failures = self._journal.publish(self._parts, made)
        for (ordinal, job, one), failure in zip(done, failures, strict=True):
            result = one.result
            if failure is not None:
                result = failed(job, Failure.of(failure))
                self._journal.record([_entry(job, result)])
            if result.error is not None and result.error.kind == DiskFullError.__name__:
                raise result.error.error()
            yield ordinal, self._with_kept(ordinal, result)

    def _or_skipped(self, at: int, ready: dict[int, Result]) -> Iterator[Result]:
        for row in self._journal.planned(at):
            yield ready.get(row.ordinal) or Result("skipped", row.id, row.id)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Holds back the signals that ask a program to end until what is within is done, where they come to this thread."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def hold(number: int, frame: object) -> None:
        came.append(number)

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    held = {number: handler for number, handler in before.items() if handler is not None}  # None: set by code in C
    try:
        for number in held:
            signal.signal(number, hold)
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)
        for late in came:
            signal.raise_signal(late)


def _entry(job: Job, result: Result) -> Entry:
    """What the manifest says of a result: no times, no traces, no paths of this machine, so that it is always the
    same."""
    error, pages = result.error, tuple(map(publish.address, job.pages))
    if error is not None:
        where = (dict(zip(job.pages, pages, strict=True)) | {job.path: job.id}).get(error.where or "", result.id)
        error = msgspec.structs.replace(error, detail="", where=where)
    return Entry(
        job.stem,
        SourceRecord(result.id, result.sha256, result.metadata.url, pages, result.beside),
        "done" if result.state == "done" else "partial" if result.state == "partial" else "failed",
        result.style,
        result.made,
        result.metadata,
        tuple(sorted(result.editions, key=lambda edition: edition.format)),
        result.fonts,
        result.notices,
        result.repairs,
        error,
    )
