"""The manual made of the commands: `python -m tests.manual` writes the man page and the reference of the docs anew."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

import convert
from convert.cli import app
from convert.cli.project import text as init_text
from convert.model import REMOVAL_REASONS, Kind, Metadata
from convert.version import VERSION
from tests.messages import LOCALE, entries

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "convert" / "docs" / "pages"
PAGE = ROOT / "convert" / "words" / "man" / "wenban.1"
CHANGES = ROOT / "CHANGELOG.md"
EXIT_CODES = (
    (0, "all well"),
    (1, "some documents failed, the rest are done"),
    (2, "the call is wrong"),
    (3, "a source cannot be read, or none is found"),
    (4, "no content was found"),
    (5, "the fonts cannot draw the text"),
    (6, "an edition failed its check"),
    (7, "output could not be written"),
    (8, "with --strict: all is done, and some line was read with doubt"),
    (130, "interrupted"),
)


def commands() -> Iterator[tuple[str, click.Command]]:
    """The commands by name."""
    yield from sorted(app.commands.items())


def options(command: click.Command) -> Iterator[tuple[str, str]]:
    """The options of a command as they are typed, and what each does."""
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            typed = ", ".join((*parameter.opts, *parameter.secondary_opts))
            if not parameter.is_flag:
                typed += f" {parameter.metavar or parameter.type.name.upper()}"
            said = parameter.help or ""
            if parameter.show_default and parameter.default not in (None, False):
                said += f" Default: {parameter.default}."
            yield typed, said


def usage(name: str, command: click.Command) -> str:
    """How a command is called."""
    pieces = command.collect_usage_pieces(click.Context(command, info_name=name))
    return " ".join(("wenban", name, *pieces))


def page() -> str:
    """The man page, in the macros of man(7)."""
    out = [
        f'.TH WENBAN 1 "" "wenban {VERSION}" "User commands"',
        ".SH NAME",
        "wenban \\- turns scraped Chinese web pages into publication-grade DOCX, PDF and EPUB editions",
        ".SH SYNOPSIS",
        ".B wenban",
        "COMMAND [OPTIONS] ...",
        ".SH COMMANDS",
    ]
    for name, command in commands():
        out += [f".SS {_plain(usage(name, command))}", _plain(command.help or "")]
        for typed, said in options(command):
            out += [".TP", f".B {_plain(typed)}", _plain(said)]
    out.append(".SH EXIT STATUS")
    for code, said in EXIT_CODES:
        out += [".TP", f".B {code}", _plain(said)]
    out += [
        ".SH ENVIRONMENT",
        ".TP",
        ".B SOURCE_DATE_EPOCH",
        "The time that editions carry, in seconds since 1970.",
        ".TP",
        ".B WENBAN_FONTS",
        "Folders with further fonts.",
        ".TP",
        ".B NO_COLOR",
        "No colours, where it is set.",
    ]
    return "\n".join(out) + "\n"


def _plain(text: str) -> str:
    """A text that troff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{text}" if text[:1] in (".", "'") else text


def reference() -> str:
    """The reference of the docs, in Markdown."""
    out = ["# Commands", "", "<!-- Made by `python -m tests.manual` from the commands themselves. -->"]
    for name, command in commands():
        out += ["", f"## wenban {name}", "", command.help or "", "", "```text", usage(name, command), "```", ""]
        rows = [f"| `{typed}` | {said.replace('|', chr(92) + '|')} |" for typed, said in options(command)]
        out += ["| option | what it does |", "|---|---|", *rows] if rows else []
    out += ["", "## Exit codes", "", "| code | meaning |", "|---|---|"]
    out += [f"| {code} | {said} |" for code, said in EXIT_CODES]
    return "\n".join(out) + "\n"


def folder() -> str:
    """The reference of `wenban.toml`: what `wenban init` writes."""
    written = init_text().rstrip()
    return f"# Options of a folder\n\n`wenban init` writes this; every key is in it.\n\n```toml\n{written}\n```\n"


def kinds() -> str:
    """The reference of closed sets: metadata, kinds of the ledger, reasons, notices, errors."""
    out = ["# What is said of a document", "", "<!-- Made by `python -m tests.manual` from the code. -->"]
    about = (Metadata.__doc__ or "").split("\n\n", 1)[-1]
    out += ["", "## Metadata", "", " ".join(about.split()), ""]
    out += [f"- `{name}`" for name in Metadata.__struct_fields__]
    out += ["", "## Kinds of the ledger", "", *(f"- `{kind}`" for kind in get_args(Kind))]
    out += ["", "## Reasons why a line is removed", "", *(f"- {reason}" for reason in sorted(REMOVAL_REASONS))]
    out += ["", "## Messages", "", "Notices and errors by their code, with what to do next.", ""]
    known = entries(LOCALE / "en" / "LC_MESSAGES" / "wenban.po")
    for code, said in sorted(known.items()):
        if code and not code.endswith(".remedy"):
            remedy = known.get(f"{code}.remedy")
            out.append(f"- `{code}`: {_markdown(said)}" + (f" *{_markdown(remedy)}.*" if remedy else ""))
    return "\n".join(out) + "\n"


def _markdown(text: str) -> str:
    return re.sub(r"([<>*_\[\]|])", r"\\\1", text)


def python() -> str:
    """The reference of the public names, from their docstrings."""
    out = ["# Python", "", "`import convert`, or installed also `import wenban`.", ""]
    for name in sorted(convert.__all__):
        thing = getattr(convert, name)
        signature = str(inspect.signature(thing)) if inspect.isfunction(thing) else ""
        said = inspect.cleandoc(thing.__doc__ or "")
        out += [f"## {name}", "", "```text", f"{name}{signature}" if signature else f"class {name}", "```", ""]
        out += [re.sub(r"(?m)^ +", "", _markdown(said)), ""]
    return "\n".join(out).rstrip() + "\n"


def schemas() -> dict[str, str]:
    """The published JSON Schemas by name."""
    from convert import corrections, model, publish
    from convert.run import report

    made = {
        "document": model.json_schema,
        "manifest": publish.manifest_schema,
        "corrections": corrections.json_schema,
        "report": report.json_schema,
        "verify": publish.report_schema,
    }
    return {name: json.dumps(make(), ensure_ascii=False, indent=1) + "\n" for name, make in made.items()}


def files() -> dict[Path, str]:
    """Everything that is made, by its path."""
    return {
        PAGE: page(),
        DOCS / "commands.md": reference(),
        DOCS / "folder.md": folder(),
        DOCS / "kinds.md": kinds(),
        DOCS / "python.md": python(),
        DOCS / "changelog.md": CHANGES.read_text(encoding="utf-8"),
        **{DOCS / "schemas" / f"{name}.json": text for name, text in schemas().items()},
    }


if __name__ == "__main__":
    for path, text in files().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
