"""On which page a heading will stand: what a contents says until a word processor has counted.

In: the composed document and its sheet.  Out: page numbers by heading id.  An estimate by widths and line counts, with
the keeps of the styles; it is not layout, and only a contents needs it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from ...model import (
    Block,
    Figure,
    Heading,
    List,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    block_text,
    item_text,
    plain,
    walk_inline,
)
from ...style import Element
from ...typography.widths import width_of
from .book import Book, missing_picture
from .grid import row_heights
from .measures import LIST_STEP, TWIP
from .pictures import size

_KINSOKU = 0.4
"""What a line loses on average to the rules of where it may break, em, over a paragraph's lines but the last."""
_WIDOWS = 2
"""The same where the style controls widows."""


class _PageBand(NamedTuple):
    """What goes on a page as one: lines of one height.  Heights are in lines of the grid."""

    lines: int
    height: float
    above: float = 0
    below: float = 0
    keep: bool = False
    whole: bool = False
    notes: float = 0
    id: str = ""
    new_page: bool = False


def heading_pages(book: Book, front: tuple[Block, ...], entries: int, rest: tuple[Block, ...]) -> dict[str, int]:
    """The page of each heading, the first page being 1: `front`, a contents of `entries` lines, then `rest` from a new
    page on."""
    measure = _PageMeasure(book)
    contents = book.style.elements.contents
    title = _PageBand(1, 1, keep=True)
    listed = [title, *(_PageBand(1, contents.leading) for _ in range(entries))]
    bands = [*measure.bands(front), *listed]
    following = list(measure.bands(rest))
    if following:
        following[0] = following[0]._replace(new_page=True)
    widows = _WIDOWS if book.style.composition.widow_control else 1
    return _pages([*bands, *following], book.sheet.text_height / book.sheet.pitch, widows)


def _pages(bands: list[_PageBand], room: float, widows: int) -> dict[str, int]:
    """widows: lines that stay together at a page's end and at its beginning."""
    pages: dict[str, int] = {}
    page, used, notes = 1, 0.0, 0.0
    for at, band in enumerate(bands):
        left = room - notes - band.notes - used - band.above
        total = band.lines * band.height
        after = bands[at + 1] if band.keep and at + 1 < len(bands) else None
        needed = total if band.whole or band.keep else min(band.lines, widows) * band.height
        if after is not None:
            needed += after.above + min(after.lines, widows) * after.height
        if (band.new_page and used > 0) or (needed > left + 1e-6 and used > 0):
            page, used, notes = page + 1, 0.0, 0.0
            left = room - band.notes
        else:
            used += band.above
        if band.id:
            pages[band.id] = page
        lines = band.lines
        while lines * band.height > left + 1e-6 and lines > 1:
            fit = max(1, min(int((left + 1e-6) / band.height), lines - 1))
            if lines - fit < widows < fit + 1:
                fit -= 1
            lines -= max(fit, 1)
            page, used, notes = page + 1, 0.0, 0.0
            left = room
        used += lines * band.height + band.below
        notes += band.notes
    return pages


class _PageMeasure:
    """Blocks -> bands."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheet = book.sheet
        self.style = book.style
        note = self.style.elements.footnote
        self.note_heights = {
            one.id: sum(self._lines(block_text(block), note) for block in one.children) * note.leading
            for one in book.document.notes
        }

    def bands(self, blocks: tuple[Block, ...], element: Element | None = None, step: float = 0) -> Iterator[_PageBand]:
        """element: of body paragraphs, the body's own where None.  step: how far they stand in, em."""
        for block in blocks:
            match block:
                case Paragraph():
                    own = element or self.style.elements.body
                    if block.role != "body" and block.role != "meta":
                        own = self.style.element(block.role)
                    yield self._text(plain(block.children), own, step, notes=self._notes(block))
                case Heading():
                    own = self.style.heading(block.level)
                    band = self._text(plain(block.children), own, 0, notes=self._notes(block))
                    yield band._replace(keep=True, id=block.id, new_page=own.page_break)
                case List():
                    for item in block.items:
                        yield self._text(item_text(item).split("\n")[0], self.style.elements.list_item, step)
                        yield from self.bands(item.children[1:], self.style.elements.list_item, step + LIST_STEP)
                case Quote():
                    yield from self.bands(block.children, self.style.elements.quote, step)
                case Preformatted():
                    own = self.style.elements.preformatted
                    yield _PageBand(block.text.count("\n") + 1, own.leading)
                case Rule():
                    yield _PageBand(1, 1, keep=True)
                case Figure():
                    yield from self._figure(block)
                case Table():
                    yield from self._table(block)

    def _text(self, text: str, element: Element, step: float, *, notes: float = 0) -> _PageBand:
        lines = self._lines(text, element, step)
        below = self.sheet.below(element, lines if element.balanced else 1)
        return _PageBand(lines, element.leading, element.above, below, element.keep_next, notes=notes)

    def _lines(self, text: str, element: Element, step: float = 0) -> int:
        measure = self.sheet.measure / self.sheet.em(element) - element.left - element.right - step
        indent = element.indent
        count = 0
        for line in text.split("\n"):
            width = indent + width_of(line)
            count += max(1, math.ceil((width - 1e-6) / measure))
            if width > measure:
                count += math.ceil((width + (width // measure) * _KINSOKU) / measure) - math.ceil(width / measure)
            indent = 0
        return count

    def _notes(self, block: Paragraph | Heading) -> float:
        nodes = (node for node in walk_inline(block.children) if isinstance(node, NoteRef))
        return sum(self.note_heights.get(node.id, 0) for node in nodes)

    def _figure(self, block: Figure) -> Iterator[_PageBand]:
        media = self.book.known(block.media)
        shown = size(block if media else Figure(None), media or missing_picture(), self.sheet, self.sheet.measure)
        height = shown[1] * TWIP / self.sheet.pitch
        yield _PageBand(1, math.ceil(height), whole=True, keep=bool(block.caption))
        if block.caption:
            yield self._text(plain(block.caption), self.style.elements.caption, 0)

    def _table(self, table: Table) -> Iterator[_PageBand]:
        if table.caption:
            yield self._text(plain(table.caption), self.style.elements.caption, 0)._replace(keep=True)
        for height in row_heights(table, self.sheet, self.style.elements.table):
            yield _PageBand(1, height, whole=True)
