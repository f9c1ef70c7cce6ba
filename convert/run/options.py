"""What holds for a whole run: its options, its time, the languages and the names of rules a user may say."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ..errors import Said, UsageError
from ..style import Style
from ..style.once import once_a_style
from . import passes


class Options(msgspec.Struct, frozen=True):
    """What holds for all documents of a run.

    modified: the time the editions carry, ISO 8601 in UTC.  language: BCP 47, None to find out.
    skip: repair rules and passes to leave out; also: optional repairs to make.  check: read the editions back before
    they are published.  fetch: get pictures that are not at hand from the network.  corrections: the folder of the
    sidecars, empty where each lies beside its source.  metadata: fields of the one document of the run, by name; they
    outrank its sidecar.  reference: a DOCX that is the template of the DOCX editions.  show_repairs: in DOCX each
    repair is a comment.
    """

    modified: str
    formats: tuple[str, ...]
    style: str
    language: str | None = None
    skip: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    check: bool = True
    fetch: bool = False
    corrections: str = ""
    metadata: tuple[tuple[str, str], ...] = ()
    reference: str = ""
    show_repairs: bool = False

    @property
    def choices(self) -> tuple[object, ...]:
        """What of them changes what an edition holds, besides style and formats."""
        added = [passes.package(name) for name in of_packages(self.also)]
        template = [_sum(self.reference)] if self.reference else []
        shown = ["show repairs"] if self.show_repairs else []
        return (self.language, self.skip, self.also, self.fetch, *added, *template, *shown)


def _sum(path: str) -> str:
    """SHA-256 of a file; empty where it cannot be read, which the writer says."""
    try:
        return hashlib.sha256(Path(path).read_bytes()).hexdigest()
    except OSError:
        return ""


@once_a_style
def referenced(look: Style, reference: str, show_repairs: bool = False) -> Style:
    """A style whose DOCX editions have this file as their template, where one is given, and show repairs."""
    own = {"reference": reference or look.docx.reference, "show_repairs": show_repairs or look.docx.show_repairs}
    return msgspec.structs.replace(look, docx=msgspec.structs.replace(look.docx, **own))


def check_rules(skip: Iterable[str], also: Iterable[str] = ()) -> None:
    """Raises UsageError where a name to leave out, or an optional one to add, is not the name of a rule or pass."""
    from .. import clean

    _check_names(skip, [name for name, _ in clean.PASSES])
    if added := of_packages(also):
        _check_names(added, [*(name for name, _ in clean.OPTIONAL), *passes.names()])


def _check_names(given: Iterable[str], known: list[str]) -> None:
    for name in given:
        if name not in known:
            raise UsageError(Said("unknown-rule", name=name, known=", ".join(known)))


def of_packages(also: Iterable[str]) -> list[str]:
    """The names in `also` that are not repairs of ours: passes of other packages, or unknown."""
    from .. import clean

    ours = {name for name, _ in clean.OPTIONAL}
    return [name for name in also if name not in ours]


_BETWEEN = re.compile("[,\uff0c\u3001\\s]+")


def format_names(said: Sequence[str]) -> tuple[str, ...]:
    """The formats that a user names, each once: one a word, or several with commas between them.

    >>> format_names(["pdf,docx", "pdf", "epub"])
    ('pdf', 'docx', 'epub')
    """
    names = (name for one in said for name in _BETWEEN.split(one))
    return tuple(dict.fromkeys(filter(None, names))) or tuple(said)


_LANGUAGES = {
    "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans": "zh-Hans", "zh-hans-cn": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hant": "zh-Hant", "zh-hant-tw": "zh-Hant", "zh-hk": "zh-Hant-HK", "zh-mo": "zh-Hant-HK",
    "zh-hant-hk": "zh-Hant-HK", "ja": "ja", "ja-jp": "ja", "ko": "ko", "ko-kr": "ko",
    "en": "en", "en-us": "en-US", "en-gb": "en-GB",
}  # fmt: skip
"""What users call the languages we set, as the tags we know: BCP 47, and names of locales in small letters."""


def language_tag(said: str) -> str | None:
    """The language a user says: a BCP 47 tag, or None for `auto`.  Raises UsageError where we do not know it.

    >>> language_tag("zh_CN.UTF-8"), language_tag("zh-TW")
    ('zh-Hans', 'zh-Hant')
    """
    if said == "auto":
        return None
    tag = _LANGUAGES.get(said.partition(".")[0].replace("_", "-").lower())
    if tag is None:
        raise UsageError(Said("not-a-language", said=said))
    return tag


def moment() -> str:
    """The time of this run in UTC, ISO 8601: SOURCE_DATE_EPOCH where it is set, else now.

    Raises UsageError where SOURCE_DATE_EPOCH is not a number of seconds.
    """
    said = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        when = datetime.fromtimestamp(int(said), UTC) if said else datetime.now(UTC)
    except (ValueError, OverflowError, OSError):
        raise UsageError(Said("not-a-time", said=said)) from None
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
