"""What is done with an output folder: `verify`, `pack`, `catalogue`; and `preview`, which makes one for a while."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import click

from ..errors import FidelityError
from ..run.batch.given import FORM_HELP, FORMATS, FORMS
from ..words import messages
from ..words.messages import tr
from .app import app
from .fields import style_option
from .say import complain, json, plain, say, size, table, warning

if TYPE_CHECKING:
    from ..publish import Report
    from ..run.preview import Build


@app.command(help="Check an output folder: every file is there, unchanged, well built, and holds its document's text.")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="What was found as JSON.")
@click.option("--allow-missing", is_flag=True, help="End with 0 where there is no such folder yet.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
@click.option("--drawn", is_flag=True, help="Paint pages of PDF editions too, and recognise their characters.")
@click.option("--rebuild", "sources", multiple=True, metavar="SOURCE", help="Make it again from SOURCE and compare.")
@click.option("--style", metavar="FILE", help="With --rebuild: the style, where it is not a shipped one.")
@click.option("--reference-doc", default="", metavar="FILE", help="With --rebuild: the template of the DOCX editions.")
@click.option("--show-repairs", is_flag=True, help="With --rebuild: the DOCX editions show their repairs.")
@click.option("--fetch", is_flag=True, help="With --rebuild: get pictures from the network again.")
@click.option("--corrections", default="", metavar="DIR", help="With --rebuild: where the files NAME.wenban.toml are.")
def verify(
    folder: str, as_json: bool, jobs: int, drawn: bool, sources: tuple[str, ...], style: str | None, **given: Any
) -> int:
    """Checks a folder and prints what is wrong.  Returns the exit code."""
    from pathlib import Path

    from .. import publish
    from ..publish.pool import processors
    from ..run.rebuild import rebuild

    if given.pop("allow_missing") and not Path(folder).exists():
        return 0
    jobs = jobs or processors()
    report = publish.examine(Path(folder), drawn=drawn, jobs=jobs)
    if sources and all(finding.name != publish.MANIFEST for finding in report.findings):
        report.rebuilt, found = rebuild(Path(folder), sources, look=style, jobs=jobs, **given)
        report.findings = sorted({*report.findings, *found})
    if as_json:
        click.echo(json(report))
    else:
        _show_report(report)
    return FidelityError.exit_code if report.findings else 0


def _show_report(report: Report) -> None:
    rows = []
    for name, tally in report.formats.items():
        read = str(tally.equal) + (f" (+{tally.unread})" if tally.unread else "")
        rows.append((name, str(tally.files), str(tally.unchanged), str(tally.built), read))
    if rows:
        table((tr("format"), tr("editions"), tr("unchanged"), tr("well built"), tr("text equal")), rows)
    words = {
        "missing": tr("missing"), "changed": tr("changed"), "extra": tr("extra"),
        "link": tr("no file"), "broken": tr("broken"), "text": tr("other text"),
        "differs": tr("differs"),
    }  # fmt: skip
    for finding in report.findings:
        detail = f": {messages.translated(finding.detail)}" if finding.detail else ""
        click.echo(plain(f"{words[finding.what]}: {finding.name}{detail}"))
    if report.rebuilt is not None:
        click.echo(tr("documents made again: {count} of {all}", count=report.rebuilt, all=report.documents))
    bad = len({finding.name for finding in report.findings})
    click.echo(tr("{count} files, {bad} with faults", count=report.files, bad=bad))


@app.command(help="Pack an output folder that verifies into one ZIP file: a BagIt bag with a README for the receiver.")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option(
    "-o", "--out", metavar="FILE", type=click.Path(), help="The ZIP file; DIR.zip beside the folder if not given."
)
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
def pack(folder: str, out: str | None, jobs: int) -> None:
    """Packs a folder and prints the name of the file."""
    from pathlib import Path

    from .. import publish
    from ..publish.pool import processors

    packed = publish.pack(Path(folder), Path(out) if out else None, jobs=jobs or processors())
    known = {"documents": packed.documents, "files": packed.files}
    if packed.documents == 1:
        said = tr("{documents} document, {files} files", **known)
    else:
        said = tr("{documents} documents, {files} files", **known)
    click.echo(f"{packed.path} ({size(packed.size)}): {said}")


@app.command(help="Show the editions of a source in the browser, made again whenever it or its style changes.")
@click.argument("source", metavar="SOURCE", type=click.Path())
@style_option("gongwen")
@click.option("--form", type=click.Choice(FORMS), metavar="FORM", help=FORM_HELP)
@click.option("--lang", default="auto", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
@click.option("--no-repair", "skip", multiple=True, metavar="RULE", help="Leave out a repair rule; may be repeated.")
@click.option("--repair", "also", multiple=True, metavar="RULE", help="Make an optional repair too: close-quotes.")
@click.option("--corrections", default="", metavar="DIR", help="Where the files NAME.wenban.toml are, if not beside.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Port at 127.0.0.1; 0: a free one.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
def preview(source: str, style: str, lang: str, port: int, no_open: bool, **given: Any) -> None:
    """Serves a page with the editions until it is interrupted."""
    import tempfile
    import webbrowser
    from pathlib import Path

    from .. import style as styles
    from ..run.options import Options, check_rules, language_tag, moment
    from ..run.preview import Build, Server, serve

    skip, also = tuple(sorted(set(given["skip"]))), tuple(sorted(set(given["also"])))
    check_rules(skip, also)
    style = styles.formed(style, given["form"])
    options = Options(
        moment(), (*FORMATS, "html"), style, language_tag(lang), skip, also, corrections=given["corrections"]
    )
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
            complain(failure)
    count = len(build.documents)
    click.echo(tr("{count} document shown", count=count) if count == 1 else tr("{count} documents shown", count=count))


@app.command(help="Make the catalogue of an output folder: a page to browse and search, and feeds (OPDS, Atom).")
@click.argument("folder", metavar="DIR", type=click.Path())
@click.option("--title", default="", metavar="TEXT", help="The catalogue's title.")
@click.option("--base-url", default="", metavar="URL", help="The folder's address, for absolute links in feeds.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def catalogue(folder: str, title: str, base_url: str, jobs: int, quiet: bool) -> None:
    """Makes the catalogue of a folder and prints its notices."""
    from pathlib import Path

    from .. import catalogue

    made = catalogue.build(Path(folder), title, base_url, jobs)
    if not quiet:
        for notice in made.notices:
            say(warning(notice, folder))
        known = {"count": made.documents, "folder": folder, "size": size(made.size)}
        if made.documents == 1:
            click.echo(tr("{count} document in {folder}: index.html, opds.xml, opds.json, feed.xml ({size})", **known))
        else:
            click.echo(tr("{count} documents in {folder}: index.html, opds.xml, opds.json, feed.xml ({size})", **known))
