"""What the command line says, in the user's language: English; Japanese where the locale is Japanese; Chinese where it
is Chinese, traditional in Taiwan, Hong Kong and Macau, else simplified.

`translated` is for messages of the other modules, which have a code; `tr` for the command line's own texts, whose code
is their English.
"""

from __future__ import annotations

import functools
import gettext
import os
import re
from collections.abc import Mapping
from typing import Any, Protocol

from . import foreign, system
from .catalogues import CHINESE, JAPANESE, TRADITIONAL, catalogue, english


class Coded(Protocol):
    """A message with its code and what it was made of, as data (`errors.Failure`, `errors.Notice`)."""

    @property
    def message(self) -> str:
        """In English."""

    @property
    def id(self) -> str:
        """Its code in the catalogues."""

    @property
    def args(self) -> Mapping[str, object]:
        """What its template was filled with, by name."""


class CodedFailure(Coded, Protocol):
    """An error with what to do next."""

    @property
    def remedy(self) -> str:
        """What to do next, in English."""


class CodedNotice(Coded, Protocol):
    """A notice; without an id its code is the message's."""

    @property
    def code(self) -> str:
        """The kind of notice, for machines."""


_TRADITIONAL = re.compile("_(?:tw|hk|mo|hant)")
_TAGS = {CHINESE: "zh-Hans", TRADITIONAL: "zh-Hant", JAPANESE: "ja"}


@functools.cache
def current() -> gettext.NullTranslations:
    """The catalogue for this process's locale, chosen as gettext does; one without texts for English."""
    wanted = next(filter(None, map(os.environ.get, ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"))), "")
    first = (wanted or system.language()).split(":")[0].lower().replace("-", "_")
    tongue = re.split("[_.@]", first)[0]
    if tongue == "ja":
        return catalogue(JAPANESE)
    if tongue != "zh":
        return gettext.NullTranslations()
    return catalogue(TRADITIONAL if _TRADITIONAL.search(first) else CHINESE)


def language() -> str:
    """The language it is in, as HTML names it."""
    return _TAGS.get(current().info().get("language", ""), "en")


def tr(text: str, /, **values: object) -> str:
    """The text in the user's language, its holes filled."""
    said = current().gettext(text) if text else ""
    return said.format(**values) if values else said


def translated(message: str, id: str = "", values: Mapping[str, object] | None = None) -> str:
    """A message in the user's language.  id, values: its code and what it was made of, where `message` does not have
    them with it (`errors.Said`); a message without a code stays as it is."""
    id, values = getattr(message, "code", id), getattr(message, "values", values) or {}
    template = current().gettext(id) if id else ""
    if template in ("", id):
        return message
    return template.format(**{name: _value(value) for name, value in values.items()})


def _value(value: object) -> object:
    if not isinstance(value, str):
        return value
    said = translated(value)
    if not said or said != value or language() == "en":
        return said
    if (own := current().gettext(said)) != said:
        return own
    apart = foreign.taken_apart(said)
    if apart is None:
        return said
    # What a library quotes stays: names, values. What it says itself is one more sentence.
    return tr(apart[0], **{name: _value(part) if name in foreign.SAID else part for name, part in apart[1].items()})


def of_failure(failure: CodedFailure) -> tuple[str, str]:
    """What happened, and what to do next, in the user's language."""
    code = f"{failure.id}.remedy"
    own = code if failure.id and english(code) is not None else ""
    return translated(failure.message, failure.id, failure.args), translated(failure.remedy, own, failure.args)


def of_notice(notice: CodedNotice) -> str:
    """The sentence of a notice, in the user's language."""
    return translated(notice.message, notice.id or notice.code, notice.args)


def for_click() -> None:
    """Click's own words (Usage, Options, errors) from the catalogue too: it asks gettext, which looks for files."""
    if language() != "en":
        gettext.dgettext = lambda domain, message: tr(message)
        gettext.dngettext = lambda domain, msgid1, msgid2, n: tr(msgid1 if n == 1 else msgid2)


_STOP = re.compile(r"(?<=['\u3040-\u30ff\u4e00-\u9fff])\.(?: |$)", re.MULTILINE)


def stopped(sentence: str) -> str:
    """A sentence of Click's, which ends its pieces with a full stop of its own, whatever their language."""
    return sentence if language() == "en" else _STOP.sub("\u3002", sentence)


def in_help(command: Any) -> None:
    """Help of a Click command and of all below it; the English texts are written where the options are."""
    for thing in (command, *command.params):
        if getattr(thing, "help", None):
            thing.help = tr(thing.help)
    for child in getattr(command, "commands", {}).values():
        in_help(child)
