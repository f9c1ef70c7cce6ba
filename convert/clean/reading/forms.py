"""What a form says of a line, where a paper's or a text's own form says what its lines are."""

from __future__ import annotations

from typing import NamedTuple

from ...model import Align, RemovalReason

WHY = ("the form of such papers",)


class FormLine(NamedTuple):
    """What a line is by its paper's form.

    state: one of `candidates.STATES`, or several with spaces between.  level: of a
    heading or run-in heading.  run_in: where that ends, or an item's mark.  groups: what the row's groups say, by name.
    why: what says so.  item: how deep an item is among those it is in, 0 where the line is none.  reason: why a line is
    left out.  align: where it stands on its line.
    """

    state: str
    level: int = 0
    run_in: int = 0
    groups: tuple[tuple[str, str], ...] = ()
    why: tuple[str, ...] = WHY
    item: int = 0
    reason: RemovalReason = "the page's own table of contents"
    align: Align | None = None
