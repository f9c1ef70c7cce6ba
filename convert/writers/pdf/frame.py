"""Where blocks are laid out, and what lays them out: what a table needs of the layout it stands in."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from ...errors import Notice
from ...model import Block, Document, Inline
from ...style import Element, Style
from .rows import Band
from .shape import Shaper
from .tags import Tag


class Frame(NamedTuple):
    """Where blocks are laid: x of the left edge and width, points; the element body paragraphs take; the parent node;
    keep: whether a table cell holds them (no space above, no keeping)."""

    x: float
    width: float
    body: str
    node: Tag
    cell: bool = False
    align: str | None = None


class PageHost(Protocol):
    """The layout of a document: what stands outside of its text needs its style, its page and its shaper."""

    document: Document
    style: Style
    shaper: Shaper
    root: Tag
    pitch: float
    width: float
    body_size: float
    page_height: float
    type_height: float

    def inner(self, number: int) -> float:
        """From the left edge of a page, counted from 0, to its text area, points."""

    def text(self, inlines: tuple[Inline, ...], element: Element, frame: Frame, node: Tag) -> list[Band]:
        """A paragraph as rows."""


class TableHost(Protocol):
    """The layout of a document: its style and its page, points, and how what a cell or a caption holds becomes rows."""

    style: Style
    pitch: float
    width: float
    page_height: float
    type_height: float
    notices: list[Notice]

    def blocks(self, blocks: tuple[Block, ...], frame: Frame) -> list[Band]:
        """Blocks as rows, in reading order."""

    def text(self, inlines: tuple[Inline, ...], element: Element, frame: Frame, node: Tag) -> list[Band]:
        """A paragraph as rows."""
