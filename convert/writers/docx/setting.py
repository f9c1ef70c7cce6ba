"""How blocks look where they stand, and what writes them: what a table needs of the story it is part of."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from ...model import Block, Inline
from ...style import Element, Style
from .measures import Sheet


class Setting(NamedTuple):
    """How plain paragraphs look where they stand.  style: a style id.  width: room for them, twips.  header: in the
    head of a table.  align: of the cell they are in."""

    style: str
    element: Element
    width: int
    align: str | None = None


class Teller(Protocol):
    """The part that is being written.  page_break: the next paragraph begins a page."""

    style: Style
    sheet: Sheet
    page_break: bool

    def blocks(self, parent: Any, blocks: tuple[Block, ...], setting: Setting) -> None:
        """Write the blocks as children of `parent`."""

    def paragraph(self, parent: Any, style: str) -> Any:
        """An empty `w:p`."""

    def turn(self, parent: Any, setting: Setting) -> bool:
        """Begins a turned page; False where there can be none."""

    def turn_back(self, parent: Any) -> None:
        """Ends it."""

    def caption(self, parent: Any, inlines: tuple[Inline, ...], *, keep_next: bool = False) -> None:
        """A caption; keep_next: it stands above what it names."""
