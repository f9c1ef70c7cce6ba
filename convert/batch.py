"""Many documents: sources in, one `Result` each out, in the order the sources were given.

One document cannot stop another: whatever it raises becomes a failed result, and with workers also a crash of the
interpreter or a document that takes too long.  The folder's manifest and checksums are written when the run ends,
however it ends.  With more than one job, scripts call `batch` under `if __name__ == "__main__":`, for the workers
import the script.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from .errors import ConvertError, Failure, SourceError

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.context import BaseContext

    from .dist import Entry
    from .pipeline import Job, Options, Result

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
FORMATS = ("docx", "pdf", "epub")
"""The editions made where none is named."""

TIME_LIMIT = 600.0
"""Seconds a worker may take for one document where the caller does not say."""

AHEAD = 4
"""Documents handed out for each worker: enough that none waits for the slowest, too few to fill memory."""


class Plan(NamedTuple):
    """A run before it starts.  todo: in the order given, jobs, and failed results for what is not there."""

    out: Path
    todo: tuple[Job | Result, ...]

    @property
    def jobs(self) -> list[Job]:
        from .pipeline import Job

        return [one for one in self.todo if isinstance(one, Job)]


def batch(
    sources: Paths,
    out: str | os.PathLike[str] = "dist",
    formats: Sequence[str] = FORMATS,
    style: str = "gongwen",
    *,
    language: str | None = None,
    skip: Iterable[str] = (),
    also: Iterable[str] = (),
    check: bool = True,
    fetch: bool = False,
    join: bool = False,
    jobs: int = 1,
    timeout: float | None = None,
    fail_fast: bool = False,
) -> Iterator[Result]:
    """Converts files and folders into `out` and yields a result for each document, in order.

    formats: of `writers.names()`.  style: the name of a shipped style or the path of a TOML file.  language: BCP 47,
    None to find out.  skip: repair rules to leave out; also: optional repairs to make.  check: read editions back
    before they are published.  fetch: get pictures that are not at hand from the network (needs `wenban[fetch]`).
    join: all sources are pages of one article, in order, and become one document under the name of the first.
    jobs: worker processes; 0 is one for each processor.  timeout: seconds for one document (in workers).
    Raises UsageError and OutputError before any work: an unknown style or format, a folder that cannot be written.
    """
    from .pipeline import Options, moment

    rules = tuple(sorted(set(skip))), tuple(sorted(set(also)))
    options = Options(moment(), tuple(dict.fromkeys(formats)), style, language, *rules, check, fetch)
    return run(plan(sources, out, options, join=join), jobs=jobs, timeout=timeout, fail_fast=fail_fast)


def convert(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str] = "dist",
    formats: Sequence[str] = FORMATS,
    style: str = "gongwen",
    *,
    language: str | None = None,
    skip: Iterable[str] = (),
    also: Iterable[str] = (),
    check: bool = True,
    fetch: bool = False,
) -> Result:
    """Converts one file into `out`; the arguments are those of `batch`.  Raises ConvertError where it fails."""
    results = list(
        batch(source, out, formats, style, language=language, skip=skip, also=also, check=check, fetch=fetch)
    )
    if len(results) != 1:
        raise SourceError(f"holds {len(results)} pages, not one", where=os.fspath(source), remedy="Use convert.batch")
    if results[0].error is not None:
        raise results[0].error.error()
    return results[0]


def plan(sources: Paths, out: str | os.PathLike[str], options: Options, *, join: bool = False) -> Plan:
    """Finds the sources and gives each its names; touches nothing.  join: they are the pages of one document.

    Raises UsageError: a style, format or rule that is not there.  Raises OutputError: a manifest that cannot be read.
    """
    from . import dist, source, style, writers
    from .pipeline import Job, Result, check_rules

    style.load(options.style)
    check_rules(options.skip, options.also)
    for name in set(options.formats) - set(writers.WRITERS):
        writers.find(name)  # a plug-in; our own are imported where they are used
    found: dict[str, Path | Result] = {}
    for given in [sources] if isinstance(sources, str | os.PathLike) else sources:
        try:
            for path in source.find([os.fspath(given)]):
                found.setdefault(dist.address(path), path)
        except ConvertError as error:
            one = dist.address(given)
            found.setdefault(one, Result("failed", one, os.fspath(given), error=Failure.of(error)))
    folder = Path(out)
    paths = [one for one, path in found.items() if isinstance(path, Path)]
    if join:
        return Plan(folder, _joined(found, paths, folder, options))
    stems = dist.stems(paths, dist.read_manifest(folder), options.formats)
    todo = (
        Job(one, str(path), stems[one], str(folder), options) if isinstance(path, Path) else path
        for one, path in found.items()
    )
    return Plan(folder, tuple(todo))


def _joined(found: dict[str, Path | Result], ids: list[str], out: Path, options: Options) -> tuple[Job | Result, ...]:
    """One job for all pages, named after the first; where a page is not there, the document is not made."""
    from . import dist
    from .pipeline import Job

    missing = tuple(one for one in found.values() if not isinstance(one, Path))
    if missing or not ids:
        return missing
    stems = dist.stems(ids[:1], dist.read_manifest(out), options.formats)
    path, *pages = (str(found[one]) for one in ids)
    return (Job(ids[0], path, stems[ids[0]], str(out), options, tuple(pages)),)


def run(
    planned: Plan, *, jobs: int = 1, timeout: float | None = None, fail_fast: bool = False
) -> Generator[Result, None, None]:
    """Does a plan: yields each result as it is ready, in order, and records the run in the folder at its end.

    jobs, timeout, fail_fast: as `batch`.  Raises OutputError where the folder cannot be written.
    """
    from . import dist
    from .pipeline import Result

    jobs_todo = planned.jobs
    if not jobs_todo:
        yield from (one for one in planned.todo if isinstance(one, Result))
        return
    count = min(jobs or processors(), len(jobs_todo))
    entries: list[Entry] = []
    with dist.opened(planned.out), contextlib.ExitStack() as last:
        last.callback(dist.record, planned.out, entries, dist.read_manifest(planned.out))
        alone = count <= 1 and timeout is None
        results = map(attempt, jobs_todo) if alone else _workers(jobs_todo, count, timeout or TIME_LIMIT)
        stopped = False
        for one in planned.todo:
            if stopped:
                yield Result("skipped", one.id, one.path)
                continue
            result = one if isinstance(one, Result) else next(results)
            if not isinstance(one, Result):
                entries.append(_entry(one, result))
            yield result
            stopped = fail_fast and result.state == "failed"


def attempt(job: Job) -> Result:
    """One document, whatever it raises: a ConvertError is its reason, anything else a fault of ours with its trace."""
    from . import pipeline

    try:
        return pipeline.run(job)
    except ConvertError as error:
        return _failed(job, Failure.of(error))
    except MemoryError:
        return _fault(job, "there was not enough memory", "Split the page, or use fewer jobs")
    except Exception as error:
        import traceback

        return _fault(
            job,
            f"something unforeseen happened: {type(error).__name__}: {error}",
            "Please report this with the source file; -v shows where it happened",
            traceback.format_exc(),
        )


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _workers(jobs: Sequence[Job], count: int, timeout: float) -> Iterator[Result]:
    """Results in order from worker processes.  No more is handed out than the workers need to stay busy."""
    from pebble import ProcessPool

    todo = iter(jobs)
    waiting: deque[tuple[Job, Future[Result]]] = deque()
    pool = ProcessPool(count, context=_context(jobs[0].options))
    try:
        while True:
            for job in itertools.islice(todo, AHEAD * count - len(waiting)):
                waiting.append((job, pool.schedule(attempt, (job,), timeout=timeout)))
            if not waiting:
                break
            yield _awaited(*waiting.popleft(), timeout)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _awaited(job: Job, future: Future[Result], timeout: float) -> Result:
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        message, remedy = f"took longer than {timeout:g} seconds", "Give it more time with --timeout, or split the page"
    except ProcessExpired as error:
        message, remedy = f"its worker process ended (exit code {error.exitcode})", "Free memory or use fewer jobs"
    except Exception as error:  # a result that cannot be sent back
        message, remedy = f"its result was lost: {error}", "Please report this with the source file"
    return _fault(job, message, remedy)


def _context(options: Options) -> BaseContext:
    """Workers come from a clean process that is ready for the run's documents: they are quick to start, share its
    memory, and no thread is copied."""
    import multiprocessing

    from . import warm

    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    os.environ[warm.WARM] = "\n".join((options.style, *options.formats))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([warm.__name__])
    return context


def _fault(job: Job, message: str, remedy: str, detail: str = "") -> Result:
    return _failed(job, Failure(ConvertError.exit_code, "ConvertError", message, job.path, None, remedy, detail))


def _failed(job: Job, failure: Failure) -> Result:
    from .pipeline import Result

    if failure.where is None:
        failure = msgspec.structs.replace(failure, where=job.path)
    return Result("failed", job.id, job.path, error=failure)


def _entry(job: Job, result: Result) -> Entry:
    """What the manifest says of a result: no times, no traces, so that it is the same on every run."""
    from .dist import Entry, SourceRecord, address

    return Entry(
        job.stem,
        SourceRecord(result.id, result.sha256, result.metadata.url, tuple(map(address, job.pages))),
        "done" if result.state == "done" else "failed",
        result.style,
        result.made,
        result.metadata,
        result.editions,
        result.fonts,
        result.notices,
        result.repairs,
        result.error and msgspec.structs.replace(result.error, detail=""),
    )
