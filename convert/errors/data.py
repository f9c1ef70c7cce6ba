"""Notices, and errors as data: for results, the manifest and reports, where they are JSON."""

from __future__ import annotations

import msgspec

from . import kinds
from .kinds import ConvertError


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something a person should know about a document that converted all the same.

    code: a stable word for machines, such as `unbalanced-quotes`.
    message: one sentence for people.
    line, column: place in the decoded source, from 1; None where there is no single place.
    """

    code: str
    message: str
    line: int | None = None
    column: int | None = None


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A `ConvertError` as data, for results and reports.  kind: the name of its class; code: its exit code.

    detail: the traceback where the error is a fault of ours.
    """

    code: int
    kind: str
    message: str
    where: str | None = None
    line: int | None = None
    remedy: str = ""
    detail: str = ""

    @classmethod
    def of(cls, error: ConvertError, detail: str = "") -> Failure:
        """An error as data.  detail: a trace, where there is one."""
        return cls(error.exit_code, type(error).__name__, error.message, error.where, error.line, error.remedy, detail)

    def error(self) -> ConvertError:
        """The error again, of its own class."""
        kind: type[ConvertError] = getattr(kinds, self.kind, ConvertError)
        return kind(self.message, where=self.where, line=self.line, remedy=self.remedy)
