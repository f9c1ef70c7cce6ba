"""The tables of a sidecar, and the file read."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
import unicodedata
from typing import Any, Literal, get_args

import msgspec

from .. import toml
from ..errors import Said, SourceError

KindByHand = Literal[
    "title", "subtitle", "meta", "byline", "salutation", "heading", "paragraph", "list_item", "note", "quote",
    "caption", "signature", "date", "attachment", "removed",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(KindByHand)
"""What a line can be said to be: the kinds of the ledger but `table` and `figure`."""

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")


class _CorrectionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class DocumentCorrection(_CorrectionTable, frozen=True):
    """`[document]`: how this one document is read and set, whatever the run says.

    language: BCP 47.  style: a style's name, or its TOML file, beside the sidecar.  form: how an official document is
    set, as `--form` says it.  who, when: who looked and on which
    day, for the record.
    """

    language: str | None = None
    style: str | None = None
    who: str | None = None
    when: str | None = None
    form: Literal["plain", "auto", "general", "upward", "letter", "order", "minutes"] | None = None


class MetadataCorrection(_CorrectionTable, frozen=True):
    """`[metadata]`: fields set; an empty string clears.  extra: further pairs of the page, by their label."""

    title: str | None = None
    subtitle: str | None = None
    source: str | None = None
    editor: str | None = None
    author: str | None = None
    published: str | None = None
    url: str | None = None
    retrieved: str | None = None
    document_number: str | None = None
    issuing_body: str | None = None
    index_number: str | None = None
    copy_number: str | None = None
    security: str | None = None
    urgency: str | None = None
    issuing_mark: str | None = None
    signer: str | None = None
    recipients: str | None = None
    public_note: str | None = None
    copy_to: str | None = None
    printing_body: str | None = None
    printing_date: str | None = None
    extra: dict[str, str] = {}

    def fields(self) -> dict[str, str]:
        """The fields that are set or cleared, but `extra`."""
        found = {name: getattr(self, name) for name in self.__struct_fields__ if name != "extra"}
        return {name: value for name, value in found.items() if value is not None}

    def named(self) -> tuple[str, ...]:
        """The names of the fields it speaks of."""
        return (*self.fields(), *(("extra",) if self.extra else ()))


class LineCorrection(_CorrectionTable, frozen=True):
    """`[[line]]`: one line of the source, as the ledger counts them.

    at: its number; begins: the first characters of its text, so that a changed page is noticed.  kind (`as`): what it
    is; level: of a heading or a run-in heading; run_in: the run-in heading it begins with, to its end, empty for none.
    keep: it is no furniture.  join: it goes on with the line before it.  split: a paragraph begins here.
    """

    at: int
    begins: str
    kind: KindByHand | None = msgspec.field(name="as", default=None)
    level: int | None = None
    run_in: str | None = None
    keep: bool = False
    join: bool = False
    split: bool = False

    def decides(self) -> bool:
        """Whether it says what the line is, and not only where it begins."""
        return self.kind is not None or self.keep or self.run_in is not None


class RepairCorrection(_CorrectionTable, frozen=True):
    """`[[repair]]`: a change of the text on a line.

    undo: the repair at this place is taken back; before, after: as `inspect --repairs` shows it.  Else `before`, as it
    stands in the repaired text, becomes `after`; column: where it is there more than once, from 1 in the source.
    """

    at: int
    before: str
    after: str = ""
    column: int | None = None
    undo: bool = False


class Corrections(_CorrectionTable, frozen=True):
    """All that a sidecar says."""

    document: DocumentCorrection = DocumentCorrection()
    metadata: MetadataCorrection = MetadataCorrection()
    line: tuple[LineCorrection, ...] = ()
    repair: tuple[RepairCorrection, ...] = ()


def json_schema() -> dict[str, Any]:
    """JSON Schema of a sidecar, for editors."""
    return msgspec.json.schema(Corrections)


class Sidecar(msgspec.Struct, frozen=True):
    """A sidecar as it was read.  path: of the file."""

    path: str
    text: str
    corrections: Corrections

    @property
    def sha256(self) -> str:
        """SHA-256 of the file's text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def error(self, said: Said, *path: str | int) -> SourceError:
        """An error that names the place in the file to which a path leads (`toml.line_of`)."""
        return SourceError(said, where=self.path, line=toml.line_of(self.text, path))


def parsed(data: bytes, path: str) -> Sidecar:
    """A sidecar from the bytes of its file.

    Raises SourceError, with the line: TOML that cannot be read, an unknown key, a value that does not fit.
    """
    text = ""
    try:
        text = data.decode("utf-8-sig")
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        said, line = toml.fault(error, text)
        raise SourceError(Said("sidecar-unreadable", error=said), where=path, line=line) from None
    toml.check_keys(raw, Corrections, text, path, SourceError)
    try:
        sidecar = Sidecar(path, text, msgspec.convert(_with_dates(raw), Corrections))
    except msgspec.ValidationError as error:
        line = toml.line_of_misfit(text, error)
        raise SourceError(Said("sidecar-misfit", error=error), where=path, line=line) from None
    _check(sidecar)
    return sidecar


def _with_dates(raw: Any) -> Any:
    """Dates of TOML as the text they are."""
    if isinstance(raw, dict):
        return {key: _with_dates(value) for key, value in raw.items()}
    if isinstance(raw, list):
        return [_with_dates(value) for value in raw]
    return raw.isoformat() if isinstance(raw, datetime.date | datetime.time) else raw


def _check(sidecar: Sidecar) -> None:
    """Raises SourceError where values do not go together."""
    whole = sidecar.corrections
    if (date := whole.metadata.published) and not _is_date(date):
        raise sidecar.error(Said("sidecar-date", value=date), "metadata", "published")
    seen: set[int] = set()
    for at, line in enumerate(whole.line):
        if line.at in seen:
            raise sidecar.error(Said("sidecar-twice", at=line.at), "line", at, "at")
        seen.add(line.at)
        if line.level is not None and not 1 <= line.level <= 9:
            raise sidecar.error(Said("sidecar-level-range", level=line.level), "line", at, "level")
        if line.level is not None and line.kind != "heading" and not line.run_in:
            raise sidecar.error(Said("sidecar-level"), "line", at, "level")
        if line.run_in is not None and line.kind not in (None, "paragraph"):
            raise sidecar.error(Said("sidecar-run-in", kind=line.kind), "line", at, "run_in")
        if line.join and (line.split or line.decides()):
            raise sidecar.error(Said("sidecar-join"), "line", at, "join")
        if line.keep and line.kind == "removed":
            raise sidecar.error(Said("sidecar-keep"), "line", at, "keep")
        if not (line.decides() or line.join or line.split):
            raise sidecar.error(Said("sidecar-says-nothing", at=line.at), "line", at, "at")
    for at, repair in enumerate(whole.repair):
        if not repair.before and not repair.undo:
            raise sidecar.error(Said("sidecar-nothing-before"), "repair", at, "before")


def _is_date(said: str) -> bool:
    """Whether it is an ISO date, or a year or month of one."""
    if not _DATE.fullmatch(said):
        return False
    try:
        datetime.date.fromisoformat((said + "-01-01")[:10])
    except ValueError:
        return False
    return True


# --- The first characters of a line ------------------------------------------------------------------------------


def begins_with(text: str, begins: str) -> int | None:
    """How many characters of a text are the ones it should begin with; None where it begins otherwise.

    Only letters and digits are compared, whatever their width and whatever stands between them, so that the text of
    the page and the same text with its marks repaired are one.  What has neither is compared as it is.
    """
    wanted = _folded(begins)
    if not wanted:
        bare, here = begins.strip(), text.encode("utf-8", "ignore").decode().strip()
        same = here.startswith(bare) if bare else not here
        return text.index(bare) + len(bare) if same and bare in text else None
    at = 0
    for end, char in enumerate(text, 1):
        if not (folded := _folded(char)):
            continue
        if not wanted.startswith(folded, at):
            return None
        at += len(folded)
        if at == len(wanted):
            return _with_marks(text, end, begins)
    return None


def _with_marks(text: str, end: int, begins: str) -> int:
    """The end with the marks behind it, where what was given ends in marks too."""
    tail = len(begins) - len(begins.rstrip("".join(char for char in set(begins) if not _folded(char))))
    while tail and end < len(text) and not _folded(text[end]) and not text[end].isspace():
        end, tail = end + 1, tail - 1
    return end


def _folded(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))
