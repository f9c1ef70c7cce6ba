"""The command line: the only file that prints or exits.

Exit codes (DESIGN, Commands): 0 all well; 2 usage; where every document failed for the same kind of reason, the code of
that reason (3 source, 4 no content, 5 fonts, 6 check, 7 output); 1 where only some failed or the reasons differ;
130 interrupted.  Results go to standard output, progress, warnings and errors to standard error.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click

from . import __version__, messages
from .batch import FORMATS
from .errors import INTERRUPTED, ConvertError, Failure, FidelityError, Notice, OutputError, UsageError
from .messages import tr

if TYPE_CHECKING:
    from .batch.run import Run
    from .dist import Report
    from .model import Document
    from .pipeline import Options, Result
    from .preview import Build
    from .report import JsonLines, JUnit, Tally
    from .warc import Wanted

SHOWN = 5
"""Warnings of a document shown without -v."""

REASONS = 10
"""Reasons of failures in the total, the most frequent first."""

EVERY = 60.0
"""Seconds between two lines of progress where there is no terminal."""


_FEW_COLLECTIONS = 100_000
"""Objects more before Python looks for circles no one refers to: modules and documents hold none to speak of."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits."""
    gc.set_threshold(_FEW_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a console may lack Chinese
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end: as Ctrl-C
    messages.for_click()
    messages.in_help(app)
    code = _run(arguments)
    gc.freeze()  # what is left ends with the process: looking through it would take a tenth of a short run
    sys.exit(code)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code: int | None = app.main(arguments, prog_name="wenban", standalone_mode=False)
        sys.stdout.flush()
        return code or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except ConvertError as error:
        _complain(Failure.of(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say(tr("Interrupted; what was finished is in place."))
        return INTERRUPTED
    except BrokenPipeError:  # the reader of our output has gone: nobody is left to be told
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        if "-v" in (arguments or sys.argv):
            raise
        _say(tr("error: something unforeseen happened: {error}", error=f"{type(error).__name__}: {error}"))
        _say(tr("Run it again with -v and report what it prints."))
        return 1


@click.group(
    help="Turns scraped Chinese web pages into publication-grade DOCX, PDF and EPUB editions.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
def app() -> None:
    pass


# --- convert ----------------------------------------------------------------------------------------------------


@app.command(help="Convert files and folders; the editions are put into the output folder.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path())
@click.option("-o", "--out", default="dist", show_default=True, metavar="DIR", help="Output folder.")
@click.option("-t", "--to", "formats", multiple=True, metavar="FORMAT", help="docx, pdf, epub, html; may be repeated.")
@click.option("--style", default="gongwen", show_default=True, metavar="NAME", help="A style's name, or its TOML file.")
@click.option("--lang", default="auto", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
@click.option("--timeout", type=click.FloatRange(0, min_open=True), metavar="S", help="Seconds for one document.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first document that fails.")
@click.option("--no-verify", is_flag=True, help="Publish without reading the editions back.")
@click.option("--no-repair", "skip", multiple=True, metavar="RULE", help="Leave out a repair rule; may be repeated.")
@click.option("--repair", "also", multiple=True, metavar="RULE", help="Make an optional repair too: close-quotes.")
@click.option("--join", is_flag=True, help="The sources are pages of one article: make one document of them.")
@click.option("--fetch", is_flag=True, help="Get pictures that are not beside a page from the network.")
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
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print all warnings, times by stage, and traces.")
def convert(sources: tuple[str, ...], out: str, style: str, lang: str, dry_run: bool, **given: Any) -> int:
    from . import warc
    from .batch.run import Run, Settings, check_usage
    from .pipeline import Options, language_tag, moment

    formats = tuple(dict.fromkeys(given["formats"] or FORMATS))
    rules = tuple(sorted(set(given["skip"]))), tuple(sorted(set(given["also"])))
    options = Options(moment(), formats, style, language_tag(lang), *rules, not given["no_verify"], given["fetch"])
    check_usage(options)
    wanted = warc.wanted(given["types"], given["statuses"], given["urls"])
    if dry_run:
        return _show_plan(sources, out, options, given["join"], wanted)
    names = ("jobs", "timeout", "memory", "fail_fast", "join", "force", "prune", "wait", "cluster")
    chosen = {name: given[name] for name in names}
    settings = Settings(**chosen, isolated=_has_plug_in(formats), wanted=wanted)
    return _convert(Run(sources, out, options, settings), given["report"], given["quiet"], given["verbose"])


def _has_plug_in(formats: Sequence[str]) -> bool:
    from .writers import WRITERS

    return not set(formats) <= set(WRITERS)


def _convert(run: Run, reports: Sequence[str], quiet: bool, verbose: bool) -> int:
    from .report import Tally, annotation

    tally, begun = Tally(), time.monotonic()
    try:
        with contextlib.ExitStack() as stack:
            to_files = [stack.enter_context(_report(path)) for path in reports]
            stopped = stack.enter_context(_interruptible(run))
            stack.enter_context(run)
            progress = stack.enter_context(_progress(run.total, tally, quiet))
            for result in run.results():
                tally.add(result)
                _show(result, quiet, verbose)
                for report in to_files:
                    report.add(result)
                if os.environ.get("GITHUB_ACTIONS") == "true" and (said := annotation(result)):
                    click.echo(said)
                progress()
            gone = sum(1 for entry in run.gone() if _show_gone(entry.source.path, run.settings.prune, quiet))
    finally:
        if not quiet:
            _show_total(tally, time.monotonic() - begun, verbose)
    if not (tally.states or gone or stopped or quiet):
        _say(tr("There was nothing to convert: no .txt, .html or .mhtml file was found."))
    if stopped:
        raise KeyboardInterrupt
    return exit_code(tally.codes, tally.failed == tally.states.total())


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
        _say(tr("Interrupted: finishing the documents begun; once more to stop at once."))

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _report(path: str) -> Iterator[JsonLines | JUnit]:
    from .report import JsonLines, JUnit

    def cannot(error: OSError) -> OutputError:
        return OutputError(
            f"the report cannot be written: {error.strerror}", where=path, remedy="Choose another --report"
        )

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
            _say(line())

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
        _complain(result.error, result.path, verbose)
    if quiet or result.state == "failed" or (result.state == "unchanged" and not verbose):
        return
    if result.state == "skipped":
        _say(tr("skipped: {path}", path=result.path))
        return
    files = ", ".join(f"{edition.name} ({_size(edition.size)})" for edition in result.editions)
    click.echo(f"{result.path} -> {files}" if result.state != "unchanged" else f"{result.path} = {files}")
    shown = result.notices if verbose else result.notices[:SHOWN]
    for notice in shown:
        _say(_notice(notice, result.path))
    if more := len(result.notices) - len(shown):
        _say(tr("{path}: {count} more warnings; -v shows them", path=result.path, count=more))
    if verbose:
        _say(tr("{path}: {count} repairs", path=result.path, count=result.repairs))
        _say(f"{result.path}: " + ", ".join(f"{stage} {spent:.3f} s" for stage, spent in result.timings.items()))


def _show_gone(path: str, pruned: bool, quiet: bool) -> bool:
    if not quiet and pruned:
        _say(tr("deleted with its source: {path}", path=path))
    elif not quiet:
        _say(tr("its source is gone: {path}; --prune deletes its editions", path=path))
    return True


def _show_total(tally: Tally, spent: float, verbose: bool) -> None:
    if tally.faces:
        used = "; ".join(text for _, text in sorted(tally.faces.items()))
        _say(tr("note: drawn with other faces than the style asks for: {faces} (see `wenban fonts`)", faces=used))
    states, total = tally.states, tally.states.total()
    if total > 1 or states["unchanged"]:
        said = tr("{done} done, {failed} failed, {skipped} skipped",
                  done=states["done"], failed=states["failed"], skipped=states["skipped"])  # fmt: skip
        more = tr(", {unchanged} unchanged, {partial} partial: {time}, {rate} a second, {size} written",
                  unchanged=states["unchanged"], partial=states["partial"], time=_time(spent),
                  rate=f"{total / max(spent, 0.001):.1f}", size=_size(tally.size))  # fmt: skip
        click.echo(said + more)
    if tally.reasons.total() > 1:
        rows = [(said, str(count)) for said, count in tally.reasons.most_common(REASONS)]
        _table((tr("reason"), tr("documents")), rows)
    if verbose and total > 1:
        _table((tr("stage"), tr("seconds")), [(name, f"{spent:.1f}") for name, spent in tally.seconds.items()])


def _time(seconds: float) -> str:
    """`12.3 s`, `4 min 05 s`, `3 h 07 min`."""
    minutes, rest = divmod(int(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{seconds:.1f} s"


def _show_plan(sources: Sequence[str], out: str, options: Options, join: bool, wanted: Wanted) -> int:
    from . import dist
    from .batch.plan import Plan

    failures: list[Failure] = []
    with dist.looked_at(out) as folder, dist.Journal(folder, draft=True) as journal:
        total = Plan(journal, sources, options.formats, join=join, wanted=wanted).total
        for row in journal.planned():
            if row.failure is not None:
                failures.append(row.failure)
                _complain(row.failure)
            else:
                files = ", ".join(os.path.join(out, f"{row.stem}.{name}") for name in options.formats)
                click.echo(f"{' + '.join(row.paths)} -> {files}")
    return exit_code({failure.code for failure in failures}, len(failures) == total)


# --- inspect ----------------------------------------------------------------------------------------------------


@app.command(help="Show what a source is read as: its metadata, outline, repairs and what was removed.")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path())
@click.option("--json", "view", flag_value="json", help="The whole document as JSON (see `wenban schema`).")
@click.option("--outline", "view", flag_value="outline", help="Headings and run-in headings.")
@click.option("--repairs", "view", flag_value="repairs", help="Each change to the text.")
@click.option("--removed", "view", flag_value="removed", help="Each line that is no part of the text, and why.")
@click.option("--lang", default="auto", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
@click.option("--no-repair", "skip", multiple=True, metavar="RULE", help="Leave out a repair rule; may be repeated.")
@click.option("--repair", "also", multiple=True, metavar="RULE", help="Make an optional repair too: close-quotes.")
@click.option("--join", is_flag=True, help="The sources are pages of one article: make one document of them.")
@click.option("--fetch", is_flag=True, help="Get pictures that are not beside a page from the network.")
def inspect(sources: tuple[str, ...], view: str | None, lang: str, join: bool, fetch: bool, **rules: Any) -> None:
    from . import model
    from .pipeline import check_rules, language_tag, read

    path, *pages = sources
    if pages and not join:
        raise UsageError(
            f"{len(sources)} sources, but one document is shown at a time",
            remedy="Give one, or --join if they are pages of one article",
        )
    check_rules(rules["skip"], rules["also"])
    document = read(path, language_tag(lang), rules["skip"], rules["also"], pages=pages, fetch=fetch)
    match view:
        case "json":
            click.echo(model.to_json(document))
        case "outline":
            for entry in model.outline(document, run_in=True):
                click.echo(f"{'  ' * (entry.level - 1)}{entry.text}")
        case "repairs":
            for repair in document.repairs:
                click.echo(
                    f"{repair.line}:{repair.column} {repair.rule}: {_json(repair.before)} -> {_json(repair.after)}"
                )
        case "removed":
            for removed in (entry for entry in model.ledger(document) if entry.kind == "removed"):
                first, last = removed.lines
                lines = str(first) if first == last else f"{first}-{last}"
                click.echo(f"{lines} {removed.reason}: {removed.text.strip()}")
        case _:
            _summary(document)


def _summary(document: Document) -> None:
    from collections import Counter

    from . import model

    source = document.source
    rows = [(tr("source"), f"{source.name}, {source.media_type}, {source.charset}, {source.lines}")]
    known = {name: getattr(document.metadata, name) for name in document.metadata.__struct_fields__ if name != "extra"}
    rows += [(name, str(value)) for name, value in known.items() if value]
    rows += list(document.metadata.extra)
    counts = Counter(entry.kind for entry in model.ledger(document))
    rows += [(tr("lines as"), ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))]
    rules = Counter(repair.rule for repair in document.repairs)
    rows += [(tr("repairs"), ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items())) or "0")]
    for name, value in rows:
        click.echo(f"{name}: {value}")
    for notice in document.notices:
        _say(_notice(notice, source.name))


# --- The other commands -----------------------------------------------------------------------------------------


@app.command(help="Check an output folder: every file is there, unchanged, well built, and holds its document's text.")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="What was found as JSON.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
@click.option("--rebuild", "sources", multiple=True, metavar="SOURCE", help="Make it again from SOURCE and compare.")
@click.option("--style", metavar="FILE", help="With --rebuild: the style, where it is not a shipped one.")
@click.option("--fetch", is_flag=True, help="With --rebuild: get pictures from the network again.")
def verify(folder: str, as_json: bool, jobs: int, sources: tuple[str, ...], style: str | None, fetch: bool) -> int:
    from pathlib import Path

    from . import dist
    from .batch import processors
    from .rebuild import rebuild

    jobs = jobs or processors()
    report = dist.examine(Path(folder), jobs=jobs)
    if sources and all(finding.name != dist.MANIFEST for finding in report.findings):
        report.rebuilt, found = rebuild(Path(folder), sources, look=style, fetch=fetch, jobs=jobs)
        report.findings = sorted({*report.findings, *found})
    if as_json:
        click.echo(_json(report))
    else:
        _show_report(report)
    return FidelityError.exit_code if report.findings else 0


def _show_report(report: Report) -> None:
    rows = []
    for name, tally in report.formats.items():
        read = str(tally.equal) + (f" (+{tally.unread})" if tally.unread else "")
        rows.append((name, str(tally.files), str(tally.unchanged), str(tally.built), read))
    if rows:
        _table((tr("format"), tr("editions"), tr("unchanged"), tr("well built"), tr("text equal")), rows)
    words = {
        "missing": tr("missing"), "changed": tr("changed"), "extra": tr("extra"),
        "link": tr("no file"), "broken": tr("broken"), "text": tr("other text"),
        "differs": tr("differs"),
    }  # fmt: skip
    for finding in report.findings:
        detail = f": {messages.of_error(finding.detail)}" if finding.detail else ""
        click.echo(_plain(f"{words[finding.what]}: {finding.name}{detail}"))
    if report.rebuilt is not None:
        click.echo(tr("{count} of {all} documents made again", count=report.rebuilt, all=report.documents))
    bad = len({finding.name for finding in report.findings})
    click.echo(tr("{count} files, {bad} not as they should be", count=report.files, bad=bad))


@app.command(help="Pack an output folder that verifies into one ZIP file: a BagIt bag with a README for the receiver.")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "-o", "--out", metavar="FILE", type=click.Path(), help="The ZIP file; DIR.zip beside the folder if not given."
)
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
def pack(folder: str, out: str | None, jobs: int) -> None:
    from pathlib import Path

    from . import dist
    from .batch import processors

    packed = dist.pack(Path(folder), Path(out) if out else None, jobs=jobs or processors())
    said = tr("{documents} documents, {files} files", documents=packed.documents, files=packed.files)
    click.echo(f"{packed.path} ({_size(packed.size)}): {said}")


@app.command(help="Show the editions of a source in the browser, made again whenever it or its style changes.")
@click.argument("source", metavar="SOURCE", type=click.Path())
@click.option("--style", default="gongwen", show_default=True, metavar="NAME", help="A style's name, or its TOML file.")
@click.option("--lang", default="auto", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
@click.option("--no-repair", "skip", multiple=True, metavar="RULE", help="Leave out a repair rule; may be repeated.")
@click.option("--repair", "also", multiple=True, metavar="RULE", help="Make an optional repair too: close-quotes.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port at 127.0.0.1; 0: a free one.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def preview(source: str, style: str, lang: str, port: int, no_open: bool, **rules: tuple[str, ...]) -> None:
    import tempfile
    import webbrowser
    from pathlib import Path

    from .pipeline import Options, check_rules, language_tag, moment
    from .preview import Build, Server, serve

    skip, also = tuple(sorted(set(rules["skip"]))), tuple(sorted(set(rules["also"])))
    check_rules(skip, also)
    options = Options(moment(), (*FORMATS, "html"), style, language_tag(lang), skip, also)
    with tempfile.TemporaryDirectory(prefix="wenban-") as folder:
        build = Build(source, Path(folder), options)
        server = Server(build, port)
        click.echo(tr("The preview is at {url} ; Ctrl-C ends it.", url=server.url))
        if not no_open:
            webbrowser.open(server.url)
        with contextlib.suppress(KeyboardInterrupt):
            serve(build, server, lambda: _show_preview(build))


def _show_preview(build: Build) -> None:
    for failure in (build.failure, *(shown.error for shown in build.documents.values())):
        if failure is not None:
            _complain(failure)
    click.echo(tr("{count} documents shown", count=len(build.documents)))


@app.command(help="Make the catalogue of an output folder: a page to browse and search, and feeds (OPDS, Atom).")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--title", default="", metavar="TEXT", help="The catalogue's title.")
@click.option("--base-url", default="", metavar="URL", help="The folder's address, for absolute links in feeds.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def catalogue(folder: str, title: str, base_url: str, jobs: int, quiet: bool) -> None:
    from pathlib import Path

    from . import catalogue

    made = catalogue.build(Path(folder), title, base_url, jobs)
    if not quiet:
        for notice in made.notices:
            _say(_notice(notice, folder))
        click.echo(
            tr("{count} documents in {folder}: index.html, opds.xml, opds.json, feed.xml ({size})",
               count=made.documents, folder=folder, size=_size(made.size))
        )  # fmt: skip


@app.command(help="Show which face draws each role of a style.")
@click.option("--style", default="gongwen", show_default=True, metavar="NAME", help="A style's name, or its TOML file.")
@click.option("--lang", default="zh-Hans", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
def fonts(style: str, lang: str) -> None:
    from . import style as styles
    from .pipeline import language_tag
    from .typography import fonts

    found = fonts.resolve(styles.load(style), language_tag(lang)).faces
    head = (tr("role"), tr("drawn with"), tr("weight"), tr("asked for"), tr("file"))
    rows = [
        (
            role + ("" if not face.substituted else " *"),
            face.family,
            str(face.weight) + (f" +{face.embolden:g} em" if face.embolden else ""),
            ", ".join(dict.fromkeys(face.requested)),
            face.path + (f" ({face.index})" if face.index else ""),
        )
        for role, face in found.items()
    ]
    _table(head, rows)
    if any(face.substituted for face in found.values()):
        click.echo(
            tr("* no face asked for is installed; put one into a font folder, or name its folder in WENBAN_FONTS")
        )


@app.command(help="List the styles.")
def styles() -> None:
    from . import style

    _table((tr("name"), tr("description")), [(name, style.load(name).description) for name in style.names()])


@app.command(help="Print the JSON Schema of `inspect --json`.")
@click.option("--manifest", is_flag=True, help="That of manifest.json instead.")
def schema(manifest: bool) -> None:
    import json

    from . import dist, model

    click.echo(json.dumps(dist.manifest_schema() if manifest else model.json_schema(), ensure_ascii=False, indent=2))


@app.command(help="Check this machine: Python, packages, fonts, folders, optional programs.")
def doctor() -> int:
    from . import doctor

    words = {"ok": tr("ok"), "note": tr("note"), "bad": tr("bad")}
    findings = list(doctor.examine())
    for finding in findings:
        remedy = f"  {messages.of_error(finding.remedy)}" if finding.remedy else ""
        what, found = map(messages.of_error, (finding.what, finding.found))
        click.echo(f"{words[finding.state]}: {what}: {found}{remedy}")
    bad = any(finding.state == "bad" for finding in findings)
    click.echo(tr("This machine cannot convert; see above.") if bad else tr("This machine can convert."))
    return 1 if bad else 0


# --- Saying things ----------------------------------------------------------------------------------------------


def _say(text: str) -> None:
    click.echo(text, err=True)


def _complain(failure: Failure, source: str | None = None, verbose: bool = False) -> None:
    """An error: where, what, and what to do next; the source first where the place is another file."""
    place = failure.where or source or ""
    if place and failure.line is not None:
        place += f":{failure.line}"
    if source and failure.where and failure.where != source:
        place = f"{source}: {place}"
    said = messages.of_error(failure.message)
    if failure.remedy:
        said = tr("{message}. {remedy}", message=said, remedy=messages.of_error(failure.remedy))
    _say(tr("error: ") + (f"{place}: {said}" if place else said))
    if verbose and failure.detail:
        _say(failure.detail.rstrip())


def _notice(notice: Notice, path: str) -> str:
    place = ":".join(str(part) for part in (path, notice.line, notice.column) if part is not None)
    return tr("warning: ") + f"{place}: {messages.of_error(notice.message)} [{notice.code}]"


def _plain(text: str) -> str:
    """A text of strangers for a terminal: what is no printable character becomes an escape."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _json(value: Any) -> str:
    import msgspec

    return msgspec.json.encode(value).decode()


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns; on a terminal folded to its width, elsewhere one line a row."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 1000, highlight=False, markup=False)
    table = Table(*head, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
