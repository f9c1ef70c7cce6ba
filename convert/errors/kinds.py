"""The kinds of error, each with its exit code (convert/README.md, Commands)."""

from __future__ import annotations

from .said import Said, Value, code_of, values_of


class ConvertError(Exception):
    """A document, a style or a run that cannot go on.

    message: what happened.  where: the file concerned.  line: from 1.  remedy: what to do next.  id: the code of the
    message, empty where it has none; values: what the message was made of.
    """

    exit_code = 1

    def __init__(self, message: str, *, where: str | None = None, line: int | None = None, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.line = line
        self.remedy = remedy or (message.remedy() if isinstance(message, Said) else "")

    @property
    def id(self) -> str:
        """The code of the message in the catalogues, empty where it has none."""
        return code_of(self.message)

    @property
    def values(self) -> dict[str, Value]:
        """What the message was made of, by name."""
        return values_of(self.message)

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
