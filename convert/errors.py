"""What can go wrong, with the exit code and the next step for each; and what deserves a notice.

Every error a user can meet is a `ConvertError`.  It says what happened, where (file and line), and what
to do next; its class owns the exit code of the command line (DESIGN, Commands).
"""

from __future__ import annotations

import msgspec


class Notice(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something a person should know about a document that converted all the same.

    code: a stable word for machines, such as `unbalanced-quotes`.
    message: one sentence for people.
    line, column: place in the decoded source, from 1; None where there is no one place.
    """

    code: str
    message: str
    line: int | None = None
    column: int | None = None


class ConvertError(Exception):
    """A document, a style or a run that cannot go on.

    message: what happened.  where: the file concerned.  line: from 1.  remedy: what to do next.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str | None = None, line: int | None = None, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.line = line
        self.remedy = remedy

    def __str__(self) -> str:
        place = self.where or ""
        if place and self.line is not None:
            place += f":{self.line}"
        said = f"{place}: {self.message}" if place else self.message
        return f"{said}. {self.remedy}" if self.remedy else said

    def __reduce__(self) -> tuple[object, ...]:
        # Workers send errors to the parent: keyword arguments have to survive pickling.
        return _rebuild, (type(self), self.message, self.where, self.line, self.remedy)


def _rebuild(kind: type[ConvertError], message: str, where: str | None, line: int | None, remedy: str) -> ConvertError:
    return kind(message, where=where, line=line, remedy=remedy)


class UsageError(ConvertError):
    """The call itself is wrong: an unknown style, style key, edition or option value."""

    exit_code = 2


class SourceError(ConvertError):
    """A source cannot be read: missing, binary, in no charset we can tell."""

    exit_code = 3


class NoContentError(ConvertError):
    """A source was read, but holds no text to publish."""

    exit_code = 4


class FontError(ConvertError):
    """The fonts at hand cannot draw the text, or a named font is missing or broken."""

    exit_code = 5


class FidelityError(ConvertError):
    """An edition read back differs from the document, so it was not published."""

    exit_code = 6


class OutputError(ConvertError):
    """An edition could not be written where it should go."""

    exit_code = 7


class DiskFullError(OutputError):
    """The disk takes no more: what is not written yet cannot be written now, by this document or the next."""


INTERRUPTED = 130
"""Exit code of a run stopped by SIGINT."""


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
        return cls(error.exit_code, type(error).__name__, error.message, error.where, error.line, error.remedy, detail)

    def error(self) -> ConvertError:
        """The error again, of its own class."""
        kind: type[ConvertError] = globals().get(self.kind, ConvertError)
        return kind(self.message, where=self.where, line=self.line, remedy=self.remedy)
