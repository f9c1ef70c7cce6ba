"""What the command line says, in the user's language: English, or simplified Chinese where the locale is Chinese.

English texts are the keys of a table (`zh_cn`), with `{name}` where a value stands.  `tr` is for texts that are at hand
as a template; `of_error` for finished messages of the other modules, which speak English only: it finds the template
a message was made from and translates that.
"""

from __future__ import annotations

import functools
import gettext
import os
import re
from collections.abc import Mapping
from typing import Any

_HOLE = re.compile(r"\{(\w*)\}")


@functools.cache
def table() -> Mapping[str, str]:
    """Translations for this process's locale, read as gettext does; empty for English."""
    wanted = next(filter(None, map(os.environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if not wanted.lower().startswith("zh"):
        return {}
    from .zh_cn import TABLE

    return TABLE


def tr(text: str, /, **values: object) -> str:
    """The text in the user's language, its holes filled."""
    return table().get(text, text).format(**values) if values else table().get(text, text)


def of_error(message: str) -> str:
    """A finished message in the user's language; unchanged where no template fits."""
    if not message or not table():
        return message
    if message in table():
        return table()[message]
    for pattern, translated in _patterns():
        if found := pattern.fullmatch(message):
            return translated.format(*found.groups())
    return message


@functools.cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Templates of the other modules: their holes have no names, for the message no longer says what they were."""
    return tuple(
        (re.compile("(.+?)".join(map(re.escape, re.split(r"\{\d*\}", english))), re.S), chinese)
        for english, chinese in table().items()
        if re.search(r"\{\d*\}", english)
    )


def for_click() -> None:
    """Click's own words (Usage, Options, errors) from the table too: it asks gettext, which looks for files."""
    if table():
        gettext.dgettext = lambda domain, message: table().get(message, message)


def in_help(command: Any) -> None:
    """Help of a Click command and of all below it; the English texts are written where the options are."""
    for thing in (command, *command.params):
        if getattr(thing, "help", None):
            thing.help = tr(thing.help)
    for child in getattr(command, "commands", {}).values():
        in_help(child)
