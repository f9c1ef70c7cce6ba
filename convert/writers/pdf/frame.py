"""Where blocks are laid out, and what lays them out: what a table needs of the layout it stands in."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from ...errors import Notice
from ...model import Block, Inline
from ...style import Element, Style
from .rows import Row
from .tags import Node


class Frame(NamedTuple):
    """Where blocks are laid: x of the left edge and width, points; the element body paragraphs take; the parent node;
    keep: whether a table cell holds them (no space above, no keeping)."""

    x: float
    width: float
    body: str
    node: Node
    cell: bool = False
    align: str | None = None


class Setter(Protocol):
    """The layout of a document: its style and its page, points, and how what a cell or a caption holds becomes rows."""

    style: Style
    pitch: float
    width: float
    page_height: float
    type_height: float
    notices: list[Notice]

    def blocks(self, blocks: tuple[Block, ...], frame: Frame) -> list[Row]:
        """Blocks as rows, in reading order."""

    def text(self, inlines: tuple[Inline, ...], element: Element, frame: Frame, node: Node) -> list[Row]:
        """A paragraph as rows."""
