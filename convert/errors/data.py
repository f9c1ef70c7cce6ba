"""Notices, and errors as data: for results, the manifest and reports, where they are JSON."""

from __future__ import annotations

import msgspec

from . import kinds
from .kinds import ConvertError
from .said import Said, Value, values_of


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something a person should know about a document that converted all the same.

    code: a stable word for machines, such as `unbalanced-quotes`.
    message: one sentence for people.
    line, column: place in the decoded source, from 1; None where there is no single place.
    id: the message's code in the catalogues, where it is not `code`.  args: what the message was made of.
    """

    code: str
    message: str
    line: int | None = None
    column: int | None = None
    id: str = ""
    args: dict[str, Value] = {}

    @classmethod
    def of(cls, said: Said, line: int | None = None, column: int | None = None, code: str = "") -> Notice:
        """A notice of a message of ours.  code: where it is not the message's own."""
        id = said.code if code else ""
        return cls(code or said.code, str(said), line, column, id, values_of(said))


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A `ConvertError` as data, for results and reports.  kind: the name of its class; code: its exit code.

    detail: the traceback where the error is a fault of ours.
    id: the message's code in the catalogues, empty where it has none.  args: what the message was made of.
    """

    code: int
    kind: str
    message: str
    where: str | None = None
    line: int | None = None
    remedy: str = ""
    detail: str = ""
    id: str = ""
    args: dict[str, Value] = {}

    @classmethod
    def of(cls, error: ConvertError, detail: str = "") -> Failure:
        """The error as data; detail: a traceback."""
        kind, message, remedy = type(error).__name__, str(error.message), str(error.remedy)
        return cls(error.exit_code, kind, message, error.where, error.line, remedy, detail, error.id, error.values)

    def error(self) -> ConvertError:
        """The error again, of its own class."""
        kind: type[ConvertError] = getattr(kinds, self.kind, ConvertError)
        message = Said(self.id, **self.args) if self.id else self.message
        return kind(message, where=self.where, line=self.line, remedy=self.remedy)
