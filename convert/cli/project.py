"""`wenban init`, which writes a `wenban.toml`, and how `wenban convert` takes its options from one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ..errors import OutputError, Said
from ..words.messages import tr
from .app import app

if TYPE_CHECKING:
    from ..run.options import Options

FILE = "wenban.toml"


def taken_from(context: click.Context, _: click.Parameter, path: str | None) -> None:
    """Makes what a file says the defaults of the command.  path: None for the file of this folder, where it has one;
    empty for none."""
    if context.resilient_parsing or path == "" or (path is None and not os.path.isfile(FILE)):
        return
    from ..run import project

    context.meta["project"] = found = project.load(path or FILE)
    context.default_map = {**(context.default_map or {}), **project.defaults(found)}


def by_folder(options: Options) -> tuple[tuple[str, Options], ...]:
    """The options for sources below some folders, by absolute path, the deepest first; what was said on the command
    line holds for all."""
    import msgspec

    from ..run.options import language_tag

    context = click.get_current_context()
    found = []
    for section in context.meta["project"].folder if "project" in context.meta else ():
        changes: dict[str, Any] = {}
        for name, parameter in (
            ("style", "style"), ("formats", "formats"), ("language", "lang"), ("no_repair", "skip"), ("repair", "also"),
        ):  # fmt: skip
            value = getattr(section, name)
            if value is not None and context.get_parameter_source(parameter) is not ParameterSource.COMMANDLINE:
                field = parameter if parameter in ("skip", "also") else name
                changes[field] = language_tag(value) if name == "language" else value
        found.append((os.path.abspath(section.path), msgspec.structs.replace(options, **changes)))
    return tuple(sorted(found, key=lambda one: -len(one[0])))


@app.command(help="Write a wenban.toml with comments: the options that `wenban convert` takes in its folder.")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path())
def init(folder: str) -> None:
    """Writes the file and prints its name.  Raises OutputError: there is one, or it cannot be written."""
    path = os.path.normpath(os.path.join(folder, FILE))
    if os.path.lexists(path):
        raise OutputError(Said("project-exists"), where=path)
    try:
        os.makedirs(folder, exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(text())
    except OSError as error:
        raise OutputError(Said("unwritable", error=error.strerror), where=path) from None
    click.echo(path)


def text() -> str:
    """The file as it is written: what most set, and the rest behind `#`."""
    lines = [
        ("", tr("Options of `wenban convert` in this folder; those of the command line outrank them.")),
        ('sources = ["."]', tr("Files, folders, patterns.")),
        ('out = "dist"', tr("Where the editions go.")),
        ('# formats = ["docx", "pdf", "epub"]', tr("Also: odt, html, md, txt, json.")),
        ('# style = "gongwen"', tr("A style's name, or its TOML file; see `wenban styles`.")),
        ('# language = "auto"', tr("Language, such as zh-Hans.")),
        ('# name-by = "file"', tr("What editions are called after: file, title, number or date.")),
        ('# corrections = "corrections"', tr("Where the files NAME.wenban.toml are, if not beside.")),
        ("# jobs = 0", tr("Workers; 0: one a processor.")),
        ("# timeout = 60.0", tr("Seconds for one document.")),
        ("# memory = 2000", tr("Megabytes for one document.")),
        ('# no-repair = ["space"]', tr("Repair rules to leave out.")),
        ('# repair = ["close-quotes"]', tr("Optional repairs to make.")),
        ('# report = ["report.jsonl"]', tr("Write results to FILE: JUnit (.xml), else JSON lines.")),
        ("# strict = true", tr("End with 8 where a line of some document is read with doubt.")),
        ("# prune = true", tr("Delete editions whose source is gone from the folders given.")),
        ("# allow-empty = true", tr("End with 0 also where there is nothing to convert.")),
        ("# [[folder]]", tr("What is otherwise for the sources below a folder; any number of these.")),
        ('# path = "laws"', ""),
        ('# style = "report"', ""),
        ('# formats = ["pdf"]', ""),
    ]
    out = ""
    for line, comment in lines:
        out += (f"\n# {comment}\n" if comment and out else f"# {comment}\n" if comment else "") + (
            f"{line}\n" if line else ""
        )
    return out
