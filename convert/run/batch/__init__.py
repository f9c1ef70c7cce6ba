"""Many documents: sources in, one `Result` each out, in the order the sources were given.

One document cannot stop another: whatever it raises becomes a failed result, and with workers also a crash of the
interpreter, a document that takes too long or too much memory, and one that prints.  What is done is in the folder's
journal at once, so that a run that was killed goes on where it was; manifest and checksums are written when a run
ends, however it ends.  With more than one job, scripts call `batch` under `if __name__ == "__main__":`, for the workers
import the script.

`plan` finds and names the sources, `run` is the loop, `workers` the processes.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ...errors import Said, SourceError
from .given import FORMATS, Paths

if TYPE_CHECKING:
    from ...style import Style
    from ...warc import Wanted
    from ..pipeline import Result


def batch(
    sources: Paths,
    out: str | os.PathLike[str] = "dist",
    formats: Sequence[str] = FORMATS,
    style: str | os.PathLike[str] | Style = "gongwen",
    *,
    language: str | None = None,
    skip: Iterable[str] = (),
    also: Iterable[str] = (),
    check: bool = True,
    fetch: bool = False,
    join: bool = False,
    jobs: int = 1,
    timeout: float | None = None,
    memory: int | None = None,
    fail_fast: bool = False,
    force: bool = False,
    prune: bool = False,
    wait: bool = False,
    cluster: str | None = None,
    wanted: Wanted | None = None,
    corrections: str | os.PathLike[str] = "",
) -> Batch:
    """Converts files and folders into `out` and gives a result for each document, in order, as it is iterated.

    Nothing is done before the first result is asked for: write `for result in convert.batch(...)`, or `list(...)`.
    A batch that is thrown away before that says so with a RuntimeWarning.

    sources: paths as the command line takes them: files, folders, archives, patterns, `@FILE` for a list, `-` for a
    list on standard input.
    formats: of `writers.names()`, or a text that names them with commas.  style: the name of a shipped style, the path
    of a TOML file, or a style that a program made.  language: BCP 47, None to find out.  skip: repair rules to leave
    out; also: optional repairs to make.
    check: read editions back before they are published.  fetch: get pictures that are not at hand from the network
    (needs `wenban[fetch]`).
    join: all sources are pages of one article, in order, and become one document under the name of the first.
    jobs: worker processes; 0 is one for each processor.  timeout: seconds for one document; memory: megabytes for one
    document; with either, also a single job is done in a worker.  force: make editions again though nothing has
    changed.  prune: delete the editions of documents whose sources are gone from the folders given.  wait: until
    another run over the folder has ended.
    cluster: the address of a Dask scheduler (`tcp://HOST:PORT`) whose workers make the documents, instead of `jobs`.
    wanted: which records of web archives are pages (`convert.warc.Wanted`); None: HTML with status 200.
    corrections: a folder of the sidecars `NAME.wenban.toml`; without it each lies beside its source.
    Raises UsageError at once: an unknown style or format; OutputError when the first result is asked for: a folder
    that cannot be written, or that another run holds.
    """
    from ...warc import PAGES
    from ..options import Options, format_names, moment
    from .loop import Settings, check_usage, run

    rules = tuple(sorted(set(skip))), tuple(sorted(set(also)))
    folder, made = os.fspath(corrections), format_names([formats] if isinstance(formats, str) else formats)
    options = Options(moment(), made, _named(style), language, *rules, check, fetch, folder)
    check_usage(options)
    settings = Settings(
        jobs, timeout, memory, fail_fast, join, force, prune, wait, cluster=cluster, wanted=wanted or PAGES
    )
    return Batch(run(sources, out, options, settings))


def _named(style: str | os.PathLike[str] | Style) -> str:
    """What names a style to those who make the documents; one that a program made is kept in the user's cache."""
    if isinstance(style, str | os.PathLike):
        return os.fspath(style)
    from pathlib import Path

    import platformdirs

    from ...publish import replace_file
    from ...style.dumped import dumped

    path = Path(platformdirs.user_cache_dir("wenban")) / "styles" / f"{style.sha256[:16]}.toml"
    text = dumped(style).encode()
    if not path.is_file() or path.read_bytes() != text:
        replace_file(path, text)
    return str(path)


class Batch(Iterator["Result"]):
    """The results of a run, each when its document is done.  Leaving early ends the run; what is done stays done."""

    def __init__(self, results: Generator[Result, None, None]) -> None:
        self._results = results
        self._begun = False

    def __next__(self) -> Result:
        self._begun = True
        return next(self._results)

    def close(self) -> None:
        """Ends the run here: no further document is begun, and the folder's manifest is written."""
        self._begun = True
        self._results.close()

    def __del__(self) -> None:
        if not self._begun:
            warnings.warn(
                "convert.batch(...) was not iterated, so no document was made: use a loop or list() around it",
                RuntimeWarning,
                stacklevel=2,
            )


def convert(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str] = "dist",
    formats: Sequence[str] = FORMATS,
    style: str | os.PathLike[str] | Style = "gongwen",
    *,
    language: str | None = None,
    skip: Iterable[str] = (),
    also: Iterable[str] = (),
    check: bool = True,
    fetch: bool = False,
    corrections: str | os.PathLike[str] = "",
) -> Result:
    """Converts one file into `out`; the arguments are those of `batch`.  Raises ConvertError where it fails."""
    how: dict[str, Any] = {"skip": skip, "also": also, "check": check, "fetch": fetch, "corrections": corrections}
    results = list(batch(source, out, formats, style, language=language, **how))
    if len(results) != 1:
        raise SourceError(Said("several-pages", results=len(results)), where=os.fspath(source))
    if results[0].error is not None:
        raise results[0].error.error()
    return results[0]
