"""`wenban bind`: many pages, one book."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from ..errors import Failure, OutputError, Said, SourceError, UsageError
from ..words.messages import tr
from .app import app
from .convert import exit_code
from .fields import style_option
from .say import complain, say, size, warning

if TYPE_CHECKING:
    from pathlib import Path

    from ..run.binding import Bindable


@app.command(help="Bind the documents of many pages into one book: a contents, and a chapter for each.")
@click.argument("sources", nargs=-1, metavar="SOURCE...", type=click.Path())
@click.option("--from-list", "lists", multiple=True, metavar="FILE", help="Names of sources, one a line; -: stdin.")
@click.option(
    "-o", "--out", "files", multiple=True, required=True, metavar="FILE",
    help="The book, such as book.epub, book.pdf, book.docx; repeatable.",
)  # fmt: skip
@click.option("--title", metavar="TEXT", help="The book's title; else the name of its first file.")
@click.option("--author", metavar="TEXT", help="Who wrote or gathered it.")
@click.option("--parts", is_flag=True, help="A part for each folder, with its name as the heading.")
@click.option("--by-date", is_flag=True, help="Chapters by the day they were published, not by file.")
@style_option("book")
@click.option("--lang", default="auto", show_default=True, metavar="TAG", help="Language, such as zh-Hans.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0: one a processor.")
@click.option("--corrections", default="", metavar="DIR", help="Where the files NAME.wenban.toml are, if not beside.")
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
@click.option("-v", "--verbose", is_flag=True, help="Print all warnings, times by stage, and traces.")
def bind(sources: tuple[str, ...], files: tuple[str, ...], style: str, lang: str, parts: bool, **given: Any) -> int:
    """Makes one book and prints a line for each of its files.  Returns the exit code."""
    from pathlib import Path

    from ..model import Metadata
    from ..run import binding
    from ..run.options import language_tag, moment

    if not (sources := (*sources, *(f"@{name}" for name in given["lists"]))):
        raise click.MissingParameter(param_hint="'SOURCE...'", param_type="argument")
    formats = _formats(files)
    language, modified = language_tag(lang), moment()
    binding.look_of(style, language, parts=parts)
    leaves, codes = _read(sources, language, given)
    if not (leaves or codes):
        raise SourceError(Said("nothing-to-bind"))
    if not leaves:
        return exit_code(codes, True)
    if given["by_date"]:
        leaves = binding.by_date(leaves, parts=parts)
    spoken = language or binding.language_of(leaves)
    look = binding.look_of(style, spoken, parts=parts)
    title = given["title"] or Path(files[0]).stem
    metadata = Metadata(title=title, author=given["author"], language=spoken, modified=modified)
    book = binding.bound(leaves, metadata, look, parts=parts)
    count = len(leaves)
    said = tr("{count} document", count=count) if count == 1 else tr("{count} documents", count=count)
    for file, format in zip(files, formats, strict=True):
        data, notices = binding.write(format, book, look)
        _put(Path(file), data)
        if given["quiet"]:
            continue
        click.echo(f"{file} ({size(len(data))}): {said}")
        for notice in notices if given["verbose"] else ():
            say(warning(notice, file))
    return exit_code(codes, False)


def _put(file: Path, data: bytes) -> None:
    """Gives a book its name, in a folder that is made for it.  Raises OutputError: that cannot be."""
    from ..publish import replace_file

    try:
        os.makedirs(file.absolute().parent, exist_ok=True)
    except OSError as error:
        raise OutputError(Said("unwritable", error=error.strerror), where=str(file)) from None
    replace_file(file, data)


def _formats(files: tuple[str, ...]) -> list[str]:
    """The format of each file, by its ending.  Raises UsageError: it is that of none."""
    from ..writers import elsewhere, names

    known = names()
    endings = [os.path.splitext(file)[1][1:].lower() for file in files]
    for file, ending in zip(files, endings, strict=True):
        if ending not in known:
            raise elsewhere(ending) or UsageError(Said("book-ending", file=file, known=", ".join(known)))
    return endings


def _read(sources: tuple[str, ...], language: str | None, given: dict[str, Any]) -> tuple[list[Bindable], set[int]]:
    """The documents of a book, and the exit codes of those that could not be had, which is said."""
    from ..publish.pool import processors
    from ..run import binding

    pages, leaves, codes = [], [], set()

    def failed(failure: Failure) -> None:
        complain(failure, verbose=given["verbose"])
        codes.add(failure.code)

    for one in binding.found(sources):
        if isinstance(one, Failure):
            failed(one)
        else:
            pages.append(one)
    jobs = min(given["jobs"] or processors(), len(pages))
    for path, got in binding.read(pages, language, given["corrections"], jobs):
        if isinstance(got, Failure):
            failed(got)
            continue
        leaves.append(got)
        for notice in got.document.notices if given["verbose"] else ():
            say(warning(notice, path))
    return leaves, codes
