"""What a form says of a line, where a paper's or a text's own form says what its lines are."""

from __future__ import annotations

from typing import NamedTuple

from ...model import Align, RemovalReason

WHY = ("the form of such papers",)


class FormLine(NamedTuple):
    """What a line is by its paper's form.

    state: one of `candidates.STATES`, or several with spaces between.  level: of a
    heading or run-in heading.  run_in: where that ends.  groups: what
    the row's groups say, by name.  why: what says so.  reason: why a line is left out.  align: where it stands
    on its line.
    """

    state: str
    level: int = 0
    run_in: int = 0
    groups: tuple[tuple[str, str], ...] = ()
    why: tuple[str, ...] = WHY
    reason: RemovalReason = "the page's own table of contents"
    align: Align | None = None
