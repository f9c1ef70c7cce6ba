"""Options of `wenban convert` that say metadata of its one document."""

from __future__ import annotations

from typing import Any

import click

from ..errors import SourceError, UsageError

_FIELDS = {"title": "title", "author": "author", "date": "published", "source": "source"}
"""The field that each option sets."""


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
