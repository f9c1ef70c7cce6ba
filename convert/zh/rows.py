"""Tables of the vocabulary: rows of data, and what is made of them when it is first asked for.

A row stands in one place with its example; patterns and look-ups are made of all rows, so that a row that is added,
in the file or at run time, works for every reader and pass at once.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar, cast

AnyRow = TypeVar("AnyRow")
Compiled = TypeVar("Compiled")


class Rows(Generic[AnyRow]):
    """A table.  Iterating gives its rows in order; `made` gives what a function makes of the table, made once."""

    def __init__(self, *rows: AnyRow) -> None:
        self._rows = rows
        self._made: dict[Callable[..., Any], Any] = {}

    def __iter__(self) -> Iterator[AnyRow]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def made(self, make: Callable[[Rows[AnyRow]], Compiled]) -> Compiled:
        """`make(self)`, called at the first use and again only after a row was added."""
        try:
            return cast("Compiled", self._made[make])
        except KeyError:
            found = self._made[make] = make(self)
            return found

    @contextlib.contextmanager
    def adding(self, *rows: AnyRow) -> Iterator[None]:
        """While the context lasts, the table has these rows too, before its own."""
        before = self._rows
        self._rows = (*rows, *before)
        self._made.clear()
        try:
            yield
        finally:
            self._rows = before
            self._made.clear()
