"""How things are said: errors, warnings, sizes, tables."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ..words import messages
from ..words.messages import tr

if TYPE_CHECKING:
    from ..errors import Failure, Notice


def say(text: str) -> None:
    """Prints a line to standard error."""
    click.echo(text, err=True)


def complain(failure: Failure, source: str | None = None, verbose: bool = False) -> None:
    """An error: where, what, and what to do next; the source first where the place is another file."""
    place = failure.where or source or ""
    if place and failure.line is not None:
        place += f":{failure.line}"
    if source and failure.where and failure.where != source:
        place = f"{source}: {place}"
    said, remedy = messages.of_failure(failure)
    if remedy:
        said = tr("{message}. {remedy}", message=said, remedy=remedy)
    say(tr("error: ") + (f"{place}: {said}" if place else said))
    if verbose and failure.detail:
        say(failure.detail.rstrip())


def warning(notice: Notice, path: str) -> str:
    """A notice as one line: place, message, code."""
    place = ":".join(str(part) for part in (path, notice.line, notice.column) if part is not None)
    return tr("warning: ") + f"{place}: {messages.of_notice(notice)} [{notice.code}]"


def plain(text: str) -> str:
    """A text from a page, made safe for a terminal: a character that cannot be printed becomes an escape."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def size(count: int) -> str:
    """A number of bytes as kB or MB."""
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def json(value: Any) -> str:
    """A value as JSON on one line."""
    import msgspec

    return msgspec.json.encode(value, enc_hook=str).decode()  # a message with a code is a kind of text


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns; on a terminal folded to its width, elsewhere one line a row."""
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 1000, highlight=False, markup=False)
    table = Table(*head, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*row)
    console.print(table)
