"""Options that several commands have, what a shell completes them with, and those that say metadata of one document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click
from click.shell_completion import CompletionItem

from ..errors import SourceError, UsageError

_FIELDS = {"title": "title", "author": "author", "date": "published", "source": "source"}
"""The field that each option sets."""


def formats_like(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:
    """The formats that a shell may complete a word to."""
    from ..writers import names

    before, comma, last = begun.rpartition(",")
    return [before + comma + name for name in names() if name.startswith(last)]


def formats_said(context: click.Context, parameter: click.Parameter, said: tuple[str, ...]) -> tuple[str, ...]:
    """The formats of all `-t`, each of which may name several with commas."""
    if not said:
        return said
    from ..run.options import format_names

    return format_names(said)


def _styles_like(context: click.Context, parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """The styles and files that a shell may complete a word to."""
    from .. import style

    return [CompletionItem(name) for name in style.names() if name.startswith(begun)] or [
        CompletionItem(begun, type="file")
    ]


def style_option(default: str) -> Callable[[Any], Any]:
    """Gives a command the option `--style`."""
    return click.option(
        "--style", default=default, show_default=True, metavar="NAME", help="A style's name, or its TOML file.",
        shell_complete=_styles_like,
    )  # fmt: skip


def metadata_options(command: Any) -> Any:
    """A command with these options."""
    for name in reversed(_FIELDS):
        option = f"--{name}"
        command = click.option(option, f"meta_{name}", metavar="TEXT", help="Set this field; empty text clears it.")(
            command
        )
    return command


def metadata_of(given: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The fields that were set, by their names in the metadata.  Raises UsageError: a value does not fit its field."""
    values = ((field, given[f"meta_{name}"]) for name, field in _FIELDS.items())
    fields = tuple((field, value) for field, value in values if value is not None)
    if fields:
        from ..run import corrected

        try:
            corrected.with_metadata(None, "", fields)
        except SourceError as error:
            raise UsageError(error.message) from None
    return fields
