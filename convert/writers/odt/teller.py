"""What writes blocks: what tables and lists need of the story they are part of."""

from __future__ import annotations

from typing import Any, Protocol

from ...model import Block, Inline
from ...style import Element, Style
from ..office.measures import Sheet
from ..office.setting import Setting
from .looks import AutomaticStyles, TabStop
from .objects import FileObjects
from .stylesheet import Values


class TextTeller(Protocol):
    """The text or the note that is being written.  page_break, master, small: as `story.TextStory` has them."""

    style: Style
    sheet: Sheet
    looks: AutomaticStyles
    objects: FileObjects
    page_break: bool
    master: str
    small: tuple[float, float] | None

    def blocks(self, parent: Any, blocks: tuple[Block, ...], setting: Setting) -> None:
        """Write the blocks as children of `parent`."""

    def block(self, parent: Any, block: Block, setting: Setting, depth: int = 0) -> None:
        """Write one block, in lists of a depth."""

    def paragraph(
        self,
        parent: Any,
        style: str,
        *,
        own: Values | None = None,
        text: Values | None = None,
        tabs: tuple[TabStop, ...] = (),
        level: int = 0,
    ) -> Any:
        """An empty paragraph."""

    def line(self, parent: Any, style: str, inlines: tuple[Inline, ...], element: Element, **further: Any) -> Any:
        """A paragraph with its text."""

    def caption(self, parent: Any, inlines: tuple[Inline, ...], *, keep_next: bool = False) -> None:
        """A caption; keep_next: it stands above what it names."""

    def turn(self, parent: Any, setting: Setting) -> bool:
        """What comes next stands on turned pages; False where there can be none."""

    def turn_back(self) -> None:
        """What comes next does not."""
