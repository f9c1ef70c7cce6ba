"""What writes blocks: what a table needs of the story it is part of."""

from __future__ import annotations

from typing import Any, Protocol

from ...model import Block, Inline
from ...style import Style
from ..office.measures import Sheet
from ..office.setting import Setting


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
