"""`wenban convert`: runs what its options ask for, and says how it went."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..errors import ConvertError, OutputError, Said, SourceError
from ..run.batch.given import FORM_HELP, FORMATS, FORMS
from ..words.messages import tr
from .app import app
from .fields import formats_like, formats_said, metadata_of, metadata_options, style_option
from .project import taken_from
from .say import complain, say, size, table, warning

if TYPE_CHECKING:
    from ..errors import Failure
    from ..run.batch.loop import Run
    from ..run.options import Options
    from ..run.pipeline import Result
    from ..run.report import JsonLines, JUnit, Tally
    from ..warc import Wanted

UNSURE = 8
"""Exit code of `--strict` where all went well, and some line was read with doubt."""
SHOWN = 5
"""Warnings of a document shown without -v."""

REASONS = 10
"""Reasons of failures in the total, the most frequent first."""

NAMES = ("file", "title", "number", "date")
EVERY = 60.0
"""Seconds between two lines of progress where there is no terminal."""


@app.command(help="Convert files and folders; the editions are put into the output folder.")
@click.argument("sources", nargs=-1, metavar="SOURCE...", type=click.Path())
@click.option("--from-list", "lists", multiple=True, metavar="FILE", help="Names of sources, one a line; -: stdin.")
@click.option("--name", default="page", show_default=True, metavar="NAME", help="What the page on stdin (-) is called.")
@click.option("-o", "--out", default="dist", show_default=True, metavar="DIR", help="Folder, one FILE.pdf, -: stdout.")
@click.option(
    "-t",
    "--to",
    "formats",
    multiple=True,
    metavar="FORMAT",
    help="docx, pdf, epub, odt, html, md, txt, json (for pandoc: LaTeX and others); with commas, or repeated.",
    callback=formats_said,
    shell_complete=formats_like,
)
@metadata_options
@click.option(
    "--config",
    is_eager=True,
    expose_value=False,
    callback=taken_from,
    metavar="FILE",
    help="Options of a folder; wenban.toml where it has one.",
)
@click.option(
    "--name-by", type=click.Choice(NAMES), default="file", show_default=True, metavar="WORD",
    help="What editions are called after: file, title, number or date.",
)  # fmt: skip
@click.option("--watch", is_flag=True, help="Make editions again whenever something changes, until Ctrl-C.")
@style_option("gongwen")
@click.option("--reference-doc", default="", metavar="FILE", help="A DOCX whose styles, page and headers are kept.")
@click.option("--show-repairs", is_flag=True, help="In DOCX, each change to the text is a comment beside it.")
@click.option("--form", type=click.Choice(FORMS), metavar="FORM", help=FORM_HELP)
@click.option("--lang", default="auto", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="S", help="Seconds for one document.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first document that fails.")
@click.option("--no-verify", is_flag=True, help="Publish without reading the editions back.")
@click.option("--no-repair", "skip", multiple=True, metavar="RULE", help="Leave out a repair rule; may be repeated.")
@click.option("--repair", "also", multiple=True, metavar="RULE", help="Make an optional repair too: close-quotes.")
@click.option(
    "--edition",
    metavar="LANG",
    type=click.Choice(["zh-Hant", "zh-HK", "zh-Hans"]),
    help="A Chinese text in another script, by OpenCC, each change on record: zh-Hant, zh-HK, zh-Hans.",
)
@click.option("--join", is_flag=True, help="The sources are pages of one article: make one document of them.")
@click.option("--fetch", is_flag=True, help="Get pictures that are not beside a page from the network.")
@click.option("--private", is_flag=True, help="Fetch pages from addresses of the local network too.")
@click.option("--wait", is_flag=True, help="Wait until another run over the output folder has ended.")
@click.option(
    "--warc-url", "urls", multiple=True, metavar="GLOB", help="Of web archives only these addresses; * is anything."
)
@click.option("--warc-type", "types", multiple=True, metavar="TYPE", help="Media types of their pages; default: HTML.")
@click.option(
    "--warc-status", "statuses", multiple=True, metavar="CODE", help="HTTP status; default: 200; 2xx for any."
)
@click.option("--cluster", metavar="ADDRESS", help="Dask scheduler whose workers convert, such as tcp://host:8786.")
@click.option("--memory", type=click.IntRange(1), metavar="MB", help="Megabytes for one document.")
@click.option("--force", is_flag=True, help="Make editions again though nothing has changed.")
@click.option("--prune", is_flag=True, help="Delete editions whose source is gone from the folders given.")
@click.option("--report", multiple=True, metavar="FILE", help="Write results to FILE: JUnit (.xml), else JSON lines.")
@click.option("--corrections", default="", metavar="DIR", help="Where the files NAME.wenban.toml are, if not beside.")
@click.option("--allow-empty", is_flag=True, help="End with 0 also where there is nothing to convert.")
@click.option("--strict", is_flag=True, help="End with 8 where a line of some document is read with doubt.")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print all warnings, times by stage, and traces.")
def convert(sources: tuple[str, ...], watch: bool, **given: Any) -> int:
    """Makes editions and prints a line for each document.  Returns the exit code."""
    from ..run.files import files_of
    from . import watch as watching

    if not (sources := (*sources, *(f"@{name}" for name in given["lists"]))):
        raise click.MissingParameter(param_hint="'SOURCE...'", param_type="argument")
    if not watch:
        return _made(sources, **given)
    corrections, style = given["corrections"], given["style"]
    return watching.watched(lambda: _made(sources, **given), lambda: files_of(sources, style, corrections))


def _made(sources: tuple[str, ...], out: str, style: str, lang: str, dry_run: bool, **given: Any) -> int:
    from .. import style as styles
    from .. import warc
    from ..run.batch.loop import Settings, check_usage
    from ..run.options import Options, language_tag, moment
    from . import project, single

    file = single.format_of(out, given["formats"], sources)
    formats = (file,) if file else tuple(dict.fromkeys(given["formats"] or FORMATS))
    rules = tuple(sorted(set(given["skip"]))), tuple(sorted({*given["also"], *_script(given["edition"])}))
    said = not given["no_verify"], given["fetch"], given["corrections"]
    style = styles.formed(style, given["form"])
    named = metadata_of(given), given["reference_doc"]
    options = Options(moment(), formats, style, language_tag(lang), *rules, *said, *named, given["show_repairs"])
    by_folder = () if file else project.by_folder(options)
    for one in (options, *(own for _, own in by_folder)):
        check_usage(one)
    wanted = warc.wanted(given["types"], given["statuses"], given["urls"])
    if dry_run:
        return _show_plan(sources, out, options, given["join"], wanted)
    sources, failed = _fetched(sources, out, given["private"])
    if failed and (given["fail_fast"] or not sources):
        return exit_code({failure.code for failure in failed}, not sources)
    names = ("jobs", "timeout", "memory", "fail_fast", "join", "force", "prune", "wait", "cluster", "name_by")
    chosen = {name: given[name] for name in names}
    settings = Settings(**chosen, isolated=_has_plug_in(formats), wanted=wanted, by_folder=by_folder)
    shown = given["report"], given["quiet"] or out == single.PAGE, given["verbose"], given["strict"]
    with contextlib.ExitStack() as stack:
        sources, called = stack.enter_context(single.page_given(sources, given["name"]))
        folder = stack.enter_context(single.folder_for(out)) if file else out
        run = single.NamedRun(sources, folder, options, settings, names=called, file=out if file else "")
        code = _convert(run, *shown, given["allow_empty"])
        if file:
            single.put(folder, file, out)
    return ConvertError.exit_code if failed else code


def _script(edition: str | None) -> list[str]:
    """The pass that makes an edition in another script."""
    from ..run.options import language_tag

    return [f"script-{language_tag(edition)}"] if edition else []


def _fetched(sources: tuple[str, ...], out: str, private: bool) -> tuple[tuple[str, ...], list[Failure]]:
    """The sources with pages of the web kept beside the output folder, and what could not be had, which is said."""
    from ..run import address
    from . import single

    sources = address.named(sources)
    if not any(map(address.is_page, sources)):
        return sources, []
    found, failed = address.kept(sources, "dist" if out == single.PAGE else out, private=private)
    for failure in failed:
        complain(failure)
    return found, failed


def _has_plug_in(formats: Sequence[str]) -> bool:
    from ..writers import WRITERS

    return not set(formats) <= set(WRITERS)


def _convert(run: Run, reports: Sequence[str], quiet: bool, verbose: bool, strict: bool, empty: bool) -> int:
    from ..run.report import Tally, annotation

    tally, begun = Tally(), time.monotonic()
    try:
        with contextlib.ExitStack() as stack:
            to_files = [stack.enter_context(_report(path)) for path in reports]
            stopped = stack.enter_context(_interruptible(run))
            stack.enter_context(run)
            if run.alone and not quiet:
                say(tr("note: no worker processes can be had here (/dev/shm); documents are made one after the other"))
            progress = stack.enter_context(_progress(run.total, tally, quiet))
            for result in run.results():
                tally.add(result)
                _show(result, quiet, verbose)
                for report in to_files:
                    report.add(result)
                if os.environ.get("GITHUB_ACTIONS") == "true" and (said := annotation(result)):
                    click.echo(said)
                progress()
            gone = 0
            for entry, deleted in run.gone():
                gone += 1
                _show_gone(entry.source.path, deleted, run.settings.prune, quiet)
    finally:
        if not quiet:
            _show_total(tally, time.monotonic() - begun, verbose)
    if stopped:
        raise KeyboardInterrupt
    if not (tally.states or gone or empty):
        raise SourceError(Said("nothing-found"))
    code = exit_code(tally.codes, tally.failed == tally.states.total())
    return code or (UNSURE if strict and tally.unsure else 0)


def exit_code(codes: set[int], all_failed: bool) -> int:
    """The exit code of a run (see the top of this file).  codes: those of the failures."""
    if not codes:
        return 0
    return next(iter(codes)) if all_failed and len(codes) == 1 else ConvertError.exit_code


@contextlib.contextmanager
def _interruptible(run: Run) -> Iterator[list[int]]:
    """Once interrupted, the run finishes the documents it has begun; a second time it stops at once.  Yields a list of
    the signals that came."""
    came: list[int] = []

    def stop(number: int, frame: object) -> None:
        if run.state == "left":  # what was done is being recorded, which takes a moment and is not to be left half done
            return
        if came or run.state == "new":
            raise KeyboardInterrupt
        came.append(number)
        run.stop()
        say(tr("Interrupted: finishing the documents begun; once more to stop at once."))

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _report(path: str) -> Iterator[JsonLines | JUnit]:
    from ..run.report import JsonLines, JUnit

    def cannot(error: OSError) -> OutputError:
        return OutputError(Said("report-unwritable", error=error.strerror), where=path)

    try:
        stream = open(path, "w", encoding="utf-8")  # noqa: SIM115  (the report closes it)
    except OSError as error:
        raise cannot(error) from None
    report = (JUnit if path.lower().endswith(".xml") else JsonLines)(stream)
    try:
        yield report
    finally:
        try:
            report.close()
        except OSError as error:
            raise cannot(error) from None


@contextlib.contextmanager
def _progress(total: int, tally: Tally, quiet: bool) -> Iterator[Any]:
    """A bar on a terminal, elsewhere a line a minute; yields what is called after each document."""
    begun = said = time.monotonic()

    def line() -> str:
        done, spent = tally.states.total(), max(time.monotonic() - begun, 0.001)
        left = _time((total - done) * spent / max(done, 1))
        rate, failed = f"{done / spent:.1f}", tally.failed
        return tr("{done}/{total}, {rate} a second, {left} left, {failed} failed",
                  done=done, total=total, rate=rate, left=left, failed=failed)  # fmt: skip

    def now_and_then() -> None:
        nonlocal said
        if time.monotonic() - said >= EVERY and not quiet:
            said = time.monotonic()
            say(line())

    if quiet or total < 2 or not sys.stderr.isatty() or os.environ.get("CI"):
        yield now_and_then
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.description}"))
    console = Console(stderr=True)
    # Where standard output goes elsewhere, it must not be drawn into the bar's terminal.
    with Progress(*columns, console=console, transient=True, redirect_stdout=sys.stdout.isatty()) as bar:
        task = bar.add_task("", total=total)
        yield lambda: bar.update(task, advance=1, description=line())


def _show(result: Result, quiet: bool, verbose: bool) -> None:
    if result.error is not None:
        complain(result.error, result.path, verbose)
    if quiet or result.state == "failed" or (result.state == "unchanged" and not verbose):
        return
    if result.state == "skipped":
        say(tr("skipped: {path}", path=result.path))
        return
    files = ", ".join(f"{edition.name} ({size(edition.size)})" for edition in result.editions)
    click.echo(f"{result.path} -> {files}" if result.state != "unchanged" else f"{result.path} = {files}")
    shown = result.notices if verbose else result.notices[:SHOWN]
    for notice in shown:
        say(warning(notice, result.path))
    if more := len(result.notices) - len(shown):
        say(tr("{path}: further warnings: {count}; -v shows them", path=result.path, count=more))
    if verbose:
        say(tr("{path}: repairs: {count}", path=result.path, count=result.repairs))
        if result.left_out:
            said = ", ".join(f"{tr(reason)} {count}" for reason, count in result.left_out.items())
            count = sum(result.left_out.values())
            say(tr("{path}: sentences in no edition: {count} ({said})", path=result.path, count=count, said=said))
    if verbose and result.timings:
        say(f"{result.path}: " + ", ".join(f"{stage} {spent:.3f} s" for stage, spent in result.timings.items()))


def _show_gone(path: str, deleted: bool, prune: bool, quiet: bool) -> None:
    if quiet:
        return
    if deleted:
        say(tr("deleted with its source: {path}", path=path))
    elif prune:
        say(tr("its source is gone, but an edition was changed by hand: {path}; --force deletes it too", path=path))
    else:
        say(tr("its source is gone: {path}; --prune deletes its editions", path=path))


def _show_total(tally: Tally, spent: float, verbose: bool) -> None:
    if tally.faces:
        used = "; ".join(text for _, text in sorted(tally.faces.items()))
        say(
            tr(
                "note: some faces of the style are not installed; drawn with others: {faces} (see `wenban fonts`)",
                faces=used,
            )
        )
    states, total = tally.states, tally.states.total()
    if total > 1 or states["unchanged"]:
        said = tr("{done} done, {failed} failed, {skipped} skipped",
                  done=states["done"], failed=states["failed"], skipped=states["skipped"])  # fmt: skip
        if tally.unsure:
            said += tr(", {unsure} with doubts", unsure=tally.unsure)
        more = tr(", {unchanged} unchanged, {partial} partial: {time}, {rate} a second, {size} written",
                  unchanged=states["unchanged"], partial=states["partial"], time=_time(spent),
                  rate=f"{total / max(spent, 0.001):.1f}", size=size(tally.size))  # fmt: skip
        click.echo(said + more)
    if tally.reasons.total() > 1:
        rows = [(said, str(count)) for said, count in tally.reasons.most_common(REASONS)]
        table((tr("reason"), tr("documents")), rows)
    if verbose and total > 1:
        if tally.left_out:
            rows = [(tr(reason), str(count)) for reason, count in tally.left_out.most_common()]
            table((tr("why sentences of the pages are in no edition"), tr("sentences")), rows)
        table((tr("stage"), tr("seconds")), [(name, f"{spent:.1f}") for name, spent in tally.seconds.items()])


def _time(seconds: float) -> str:
    """`12.3 s`, `4 min 05 s`, `3 h 07 min`."""
    minutes, rest = divmod(int(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{seconds:.1f} s"


def _show_plan(sources: Sequence[str], out: str, options: Options, join: bool, wanted: Wanted) -> int:
    from .. import publish
    from ..run import address
    from ..run.batch.plan import Plan

    failures: list[Failure] = []
    sources = address.named(sources)
    for page in filter(address.is_page, sources):
        name = address.stem(page)
        click.echo(f"{page} -> " + ", ".join(os.path.join(out, f"{name}.{one}") for one in options.formats))
    sources = [source for source in sources if not address.is_page(source)]
    if not sources:
        return 0
    with publish.looked_at(out) as folder, publish.Journal(folder, draft=True) as journal:
        total = Plan(journal, sources, options.formats, join=join, wanted=wanted).total
        for row in journal.planned():
            if row.failure is not None:
                failures.append(row.failure)
                complain(row.failure)
            else:
                files = ", ".join(os.path.join(out, f"{row.stem}.{name}") for name in options.formats)
                click.echo(f"{' + '.join(row.paths)} -> {files}")
    return exit_code({failure.code for failure in failures}, len(failures) == total)
