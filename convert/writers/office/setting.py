"""How blocks look where they stand."""

from __future__ import annotations

from typing import NamedTuple

from ...style import Element


class Setting(NamedTuple):
    """How plain paragraphs look where they stand.  style: a style of the edition.  width: room for them, twips.
    align: of the cell they are in."""

    style: str
    element: Element
    width: int
    align: str | None = None
