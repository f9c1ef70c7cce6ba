"""Blocks -> rows: what stands in one horizontal band of a page, with what must not be parted from it.

In: the composed document and its style.  Out: rows in reading order, each with its height and its items at places
from the row's upper left corner (x from the left of the text area, y downwards, points).  Structure nodes are made
here, from blocks.  Pages are none of this module's business.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from ...errors import Notice
from ...model import (
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
    plain,
)
from ...style import Element, Style
from ...words.labels import label
from .justify import Line, Measure
from .linebreak import break_lines
from .rows import ASCENT, Item, PictureItem, Row, RuleItem, TextItem, TurnedItem
from .shape import Run, Shaped, Shaper
from .table import table_rows
from .tags import Levels, Node

RULE_LENGTH = 5.0  # em of the body
CLOSING_OFFSET = 2.0
"""How far a closing date begins right of the signature above it, em (GB/T 9704-2012, 7.3.5.2)."""

PIXEL = 0.75  # points; a picture without a size of its own is taken at 96 dpi
PICTURE_SHARE = 0.75
"""The most of a page's height a picture may take."""

_KIND_OF_ROLE = {
    "title": "Title", "subtitle": "Subtitle", "byline": "Byline", "dateline": "Date", "salutation": "Salutation",
    "signature": "Signature", "date": "Date", "caption": "Caption",
}  # fmt: skip
_ATTACHMENT = re.compile("(附件|附)?[\uff1a:]?([0-9]+[.\uff0e\u3001])?")


class Place(NamedTuple):
    """Where blocks are laid: x of the left edge and width, points; the element body paragraphs take; the parent node;
    keep: whether a table cell holds them (no space above, no keeping)."""

    x: float
    width: float
    body: str
    node: Node
    cell: bool = False
    align: str | None = None


class Layout:
    """Lays out one document.  notices: what a person should know, such as a table that had to be made smaller."""

    def __init__(self, document: Document, style: Style, shaper: Shaper) -> None:
        self.document = document
        self.style = style
        self.shaper = shaper
        self.pitch = float(style.grid.line_pitch)
        self.body_size = float(style.elements.body.size)
        self.width = measure_width(style)
        self.page_height = style.grid.lines * self.pitch
        self.type_height = float(style.page.text_height)
        self.root = Node("Document", None)
        self.levels = Levels()
        self.notices: list[Notice] = []
        self.notes: dict[str, Note] = {note.id: note for note in document.notes}
        self.note_nodes: dict[str, Node] = {}

    def rows(self) -> list[Row]:
        place = Place(0, self.width, "body", self.root)
        return self.blocks(self.document.blocks, place)

    def blocks(self, blocks: tuple[Block, ...], place: Place) -> list[Row]:
        out: list[Row] = []
        previous: Block | None = None
        for block, following in zip(blocks, (*blocks, None)[1:], strict=True):
            rows = self._block(block, place, _partner(block, previous, following))
            if isinstance(previous, Figure) and isinstance(block, Paragraph) and block.role == "caption" and out:
                out[-1] = replace(out[-1], keep=True)
            if out and rows and isinstance(rows[0].items[0], TurnedItem):
                out[-1] = replace(out[-1], keep=False)  # what leads to a turned table cannot stand on its page
            out.extend(rows)
            previous = block
        return out

    def _block(self, block: Block, place: Place, partner: Block | None = None) -> list[Row]:
        match block:
            case Heading():
                return self._heading(block, place)
            case Paragraph():
                return self._paragraph(block, place, partner)
            case List():
                return self._list(block, place)
            case Quote():
                node = place.node.child("BlockQuote")
                return self.blocks(block.children, place._replace(body="quote", node=node))
            case Table():
                return table_rows(self, block, place)
            case Figure():
                return self._figure(block, place)
            case Preformatted():
                return self._preformatted(block, place)
            case Rule():
                return [self._rule(place)]
        return []

    # --- Text ---------------------------------------------------------------------------------------------------

    def _heading(self, block: Heading, place: Place) -> list[Row]:
        element = self.style.heading(block.level)
        node = place.node.child(f"H{min(self.levels.next(block.level), 6)}")
        rows = self.text(block.children, element, place, node)
        first = replace(rows[0], anchors=(block.id,) if block.id else (), new_page=element.page_break)
        return [first, *rows[1:]]

    def _paragraph(self, block: Paragraph, place: Place, partner: Block | None) -> list[Row]:
        role = place.body if block.role == "body" else block.role
        element = self.style.element(role)
        node = place.node.child(_KIND_OF_ROLE.get(block.role, "P"))
        if block.role == "attachment":
            return self._attachment(block, element, place, node)
        if block.role in ("signature", "date"):
            return self._closing(block, element, place, node, partner)
        align = block.align or place.align
        if align and align != element.align:
            # Set apart by the source: no first-line indent goes with it.
            element = _aligned(element, align)
        return self.text(block.children, element, place, node)

    def text(
        self,
        inlines: tuple[Inline, ...],
        element: Element,
        place: Place,
        node: Node,
        *,
        runs: list[Run] | None = None,
        indents: tuple[float, float] | None = None,
    ) -> list[Row]:
        """A paragraph as rows.  indents: of the first and the later lines, points, where the element's do not hold."""
        runs = self.shaper.runs(inlines, self.shaper.base(element)) if runs is None else runs
        shaped = self.shaper.shape(runs, element.size)
        em = element.size
        left, right = element.left * em, element.right * em
        first, later = indents or (left + element.indent * em, left + element.hanging * em)
        width = place.width - right
        if first > place.width / 2:  # a table column too narrow for the indent
            first, later = 0.0, 0.0
        composition = self.style.composition
        measure = Measure(
            width,
            first,
            later,
            composition.trim_indented_start,
            element.align == "justify",
            composition.hanging,
        )
        lines = self._balanced(shaped, element, width) if element.balanced else break_lines(shaped, measure)
        return self._rows_of(shaped, lines, element, place, node, width, inlines)

    def _balanced(self, shaped: Shaped, element: Element, width: float) -> list[Line]:
        """A title broken between words (GB/T 9704-2012, 7.3.1): its lines are set as if the author had set them."""
        from ...typography.titles import balance

        if sum(shaped.advance) <= width:
            return break_lines(shaped, Measure(width, justify=False))
        out: list[Line] = []
        at = 0
        for line in balance(shaped.text, width / element.size, self.shaper.language):
            first = shaped.text.index(line, at)  # white space at a line end is not in the line
            at = first + len(line)
            inner = break_lines(_slice(shaped, first, at), Measure(width, justify=False))
            out.extend(_moved(part, first) for part in inner)
        return out

    def _rows_of(
        self,
        shaped: Shaped,
        lines: list[Line],
        element: Element,
        place: Place,
        node: Node,
        width: float,
        inlines: tuple[Inline, ...],
    ) -> list[Row]:
        height, above = element.leading * self.pitch, element.above * self.pitch
        baseline = self._baseline(element)
        snap = element.leading == 1 and not place.cell
        notes = [(at, ref) for at, ref in _note_places(shaped) if ref not in self.note_nodes] if inlines else []
        for _, ref in notes:  # a note is read after the paragraph that refers to it first
            self.note_nodes[ref] = place.node.child("Note")
        anchors = [(piece.first, piece.look.anchor) for piece in shaped.stretches if piece.look.anchor is not None]
        rows: list[Row] = []
        # Widow and orphan: the first line stays with the second, the last with the one before.
        held = (0, len(lines) - 2) if len(lines) > 1 else ()
        for number, line in enumerate(lines):
            x = place.x + line.x
            if element.align in ("center", "right") and line.x == 0:
                spare = width - line.width - (element.left * element.size)
                x += element.left * element.size + (spare / 2 if element.align == "center" else spare)
            row = Row(
                height,
                [TextItem(x, baseline, shaped, line, node)],
                0 if place.cell or number else above,
                element.keep_next or number in held,
                snap,
                tuple([ref for at, ref in notes if line.first <= at < line.end]) if notes else (),
                _anchors(anchors, line) if anchors else (),
            )
            rows.append(row)
        if element.below and not place.cell:
            rows[-1] = replace(rows[-1], height=rows[-1].height + element.below * self.pitch)
        return rows

    def _baseline(self, element: Element) -> float:
        """From a row's upper edge to the baseline.  A body line's em box begins at the row's upper edge, as the
        standard measures its margins; taller and smaller type is centred on what is left."""
        if element.leading == 1 and element.size > self.body_size:
            return ASCENT * self.body_size  # on the body's baseline, rising into the line above
        spare = element.leading * self.pitch - element.size
        if element.leading >= 1:
            spare = max(0.0, spare - (self.pitch - self.body_size))
        return spare / 2 + ASCENT * element.size

    # --- Roles that stand apart ---------------------------------------------------------------------------------

    def _attachment(self, block: Paragraph, element: Element, place: Place, node: Node) -> list[Row]:
        """Each name on a line of its own; a turned line aligns with the name's first character (GB/T 9704, 7.3.4)."""
        runs = self.shaper.runs(block.children, self.shaper.base(element))
        rows: list[Row] = []
        opening = element.indent * element.size
        lead = 0.0  # width of the word before the first number, under which later numbers stand
        for number, part in enumerate(_by_line(runs)):
            text = "".join(run.text for run in part)
            found = _ATTACHMENT.match(text)
            marks = found.group() if found else ""
            shaped = self.shaper.shape(part, element.size)
            width = sum(shaped.advance[: len(marks)])
            if number == 0:
                digits = len(found.group(2) or "") if found else 0
                lead = sum(shaped.advance[: len(marks) - digits])
            first = opening if number == 0 else opening + lead
            more = self.text((), element, place, node, runs=part, indents=(first, first + width))
            rows.extend(more if number == 0 else [replace(row, above=0) for row in more])
        return rows

    def _closing(self, block: Paragraph, element: Element, place: Place, node: Node, beside: Block | None) -> list[Row]:
        """Signature and date without a seal (GB/T 9704-2012, 7.3.5.2): the signature ends two characters before the
        right edge and the date begins two characters right of where it begins.  A date longer than the signature ends
        two characters before the edge, and the signature moves left with it."""
        rows = self.text(block.children, element, place, node)
        item = rows[0].items[0]
        if len(rows) > 1 or not isinstance(beside, Paragraph) or not isinstance(item, TextItem):
            return rows
        own = item.line.width
        other = sum(
            self.shaper.shape(self.shaper.runs(beside.children, self.shaper.base(element)), element.size).advance
        )
        signature, date = (own, other) if block.role == "signature" else (other, own)
        offset = CLOSING_OFFSET * element.size
        edge = place.width - element.right * element.size
        begins = edge - signature if date <= signature else edge - date - offset
        begins = min(begins, place.width - date - offset)
        x = begins if block.role == "signature" else begins + offset
        if x >= 0:
            rows[0] = replace(rows[0], items=[replace(item, x=place.x + x)])
        return rows

    # --- Lists, figures and the rest ----------------------------------------------------------------------------

    def _list(self, block: List, place: Place) -> list[Row]:
        node = place.node.child("L")
        numbering = "Decimal" if block.ordered else "Disc"
        node.attributes = {"O": "/List", "ListNumbering": f"/{numbering}"}
        rows: list[Row] = []
        for item in block.items:
            rows.extend(self._list_item(item, place, node.child("LI")))
        return rows

    def _list_item(self, item: ListItem, place: Place, node: Node) -> list[Row]:
        mark = node.child("Lbl") if item.marker else node
        body = node.child("LBody")
        inner = place._replace(node=body, body="list_item" if place.body == "body" else place.body)
        element = self.style.element(inner.body)
        first = item.children[0] if item.children else Paragraph(())
        rows: list[Row] = []
        if item.marker and isinstance(first, Paragraph):
            paragraph = body.child("P")
            look = self.shaper.base(element)
            runs = [Run(item.marker, look._replace(owner=mark)), *self.shaper.runs(first.children, look)]
            rows = self.text(first.children, element, inner, paragraph, runs=runs)
            rest = item.children[1:]
        else:
            rest = item.children
            if item.marker:
                rows = self.text((Text(item.marker),), element, inner, mark)
        deeper = inner._replace(x=inner.x + element.size, width=inner.width - element.size)
        for child in rest:
            nested = isinstance(child, List) and inner.width > 8 * element.size
            rows.extend(self._block(child, deeper if nested else inner))
        return rows

    def _figure(self, block: Figure, place: Place) -> list[Row]:
        node = place.node.child("Figure")
        node.alt = block.alt or plain(block.caption) or label("missing_picture", self.shaper.language)
        width, height = self._picture_size(block, place)
        x = place.x + (place.width - width) / 2
        items: list[Item] = [PictureItem(x, 0, width, height, block.media, node)]
        if block.media is None:
            items.extend(self._missing(x, width, height))
        room = height if place.cell else _up(height + self.pitch / 4, self.pitch)
        keep = bool(block.caption)
        node.attributes = {"O": "/Layout", "Width": round(width, 2), "Height": round(height, 2)}
        # A picture ends where the last line's em box does, not in the leading below it.
        need = None if place.cell else height + self.pitch - self.body_size
        rows = [Row(room, items, keep=keep, snap=not place.cell, need=need)]
        if block.caption:
            element = self.style.elements.caption
            rows.extend(self.text(block.caption, element, place, place.node.child("Caption")))
        return rows

    def _picture_size(self, block: Figure, place: Place) -> tuple[float, float]:
        media = self.document.media.get(block.media) if block.media is not None else None
        if media is None or not media.width or not media.height:
            return place.width / 2, 4 * self.pitch
        width, height = media.width * PIXEL, media.height * PIXEL
        scale = min(1.0, place.width / width, PICTURE_SHARE * self.page_height / height)
        return width * scale, height * scale

    def _missing(self, x: float, width: float, height: float) -> list[Item]:
        """A frame that says that a picture is missing: furniture, for the page had no such text."""
        element = self.style.elements.caption
        words = label("missing_picture", self.shaper.language)
        shaped = self.shaper.shape([Run(words, self.shaper.base(element))], element.size)
        line = break_lines(shaped, Measure(width, justify=False))[0]
        return [TextItem(x + (width - line.width) / 2, height / 2 + element.size * 0.38, shaped, line, None)]

    def _preformatted(self, block: Preformatted, place: Place) -> list[Row]:
        """Lines as they are, in a block: Code within P, for Code is an inline type (ISO 32000-1, 14.8.4.4)."""
        element = self.style.elements.preformatted
        node = place.node.child("P")
        look = self.shaper.base(element)._replace(tag=(("Code", -1, ""),))
        rows: list[Row] = []
        # Spaces at a line start and in rows carry meaning here: they are set as spaces that do not vanish.
        text = block.text.replace("\t", "    ").replace(" ", "\u00a0")
        for part in text.split("\n"):
            rows.extend(self.text((), element, place, node, runs=[Run(part or "\u00a0", look)]))
        return rows

    def _rule(self, place: Place) -> Row:
        """A short rule in the middle of an empty line."""
        y = self.pitch / 2
        length = min(RULE_LENGTH * self.body_size, place.width)
        return Row(self.pitch, [RuleItem(place.x, y, place.x + length, y, 0.5)], keep=True, snap=not place.cell)

    def note_rows(self, note: Note) -> list[Row]:
        """A footnote's rows, its label before its first paragraph."""
        element = self.style.elements.footnote
        node = self.note_nodes[note.id]
        node.id = f"note-{note.id}"
        label_node = node.child("Lbl")
        place = Place(0, self.width, "footnote", node)
        rows: list[Row] = []
        for number, block in enumerate(note.children):
            if number == 0 and isinstance(block, Paragraph):
                look = self.shaper.base(element)
                mark = look._replace(size=look.size * 0.7, rise=look.size * 0.3, owner=label_node, anchor=node.id)
                runs = [Run(note.label, mark), Run("\u2002", look), *self.shaper.runs(block.children, look)]
                rows.extend(self.text(block.children, element, place, node.child("P"), runs=runs))
            else:
                rows.extend(self._block(block, place))
        return [replace(row, snap=False, above=0) for row in rows]


def measure_width(style: Style) -> float:
    """The measure, points: whole cells of the grid, or the page's text width."""
    grid = style.grid
    return float(grid.characters * grid.character_pitch) if grid.characters else float(style.page.text_width)


def _partner(block: Block, previous: Block | None, following: Block | None) -> Block | None:
    """The date below a signature, the signature above a date: they are placed by one another."""
    if not isinstance(block, Paragraph):
        return None
    other = {"signature": following, "date": previous}.get(block.role)
    wanted = {"signature": "date", "date": "signature"}.get(block.role)
    return other if isinstance(other, Paragraph) and other.role == wanted else None


def _aligned(element: Element, align: str) -> Element:
    return msgspec.structs.replace(element, align=align, indent=0, left=0, hanging=0)


def _anchors(places: list[tuple[int, str]], line: Line) -> tuple[str, ...]:
    """The ids that lead to a line."""
    return tuple(dict.fromkeys(anchor for at, anchor in places if line.first <= at < max(line.end, line.first + 1)))


def _note_places(shaped: Shaped) -> list[tuple[int, str]]:
    """Position and id of each footnote reference of a paragraph."""
    tagged = [stretch for stretch in shaped.stretches if stretch.look.tag]
    return [(piece.first, detail) for piece in tagged for kind, _, detail in piece.look.tag if kind == "Reference"]


def _by_line(runs: list[Run]) -> list[list[Run]]:
    """Runs cut at the breaks the author set."""
    parts: list[list[Run]] = [[]]
    for run in runs:
        pieces = run.text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                parts.append([])
            if piece:
                parts[-1].append(run._replace(text=piece))
    return [part for part in parts if part]


def _slice(shaped: Shaped, first: int, last: int) -> Shaped:
    """Characters first to last-1 of a paragraph as one of their own, for lines that were chosen already."""
    return shaped._replace(
        text=shaped.text[first:last],
        classes=shaped.classes[first:last],
        may=shaped.may[first:last],
        advance=shaped.advance[first:last],
        gaps=[at - first for at in shaped.gaps if first < at < last],
        left=frozenset(at - first for at in shaped.left if first <= at < last),
        right=frozenset(at - first for at in shaped.right if first <= at < last),
        hyphens={at - first: width for at, width in shaped.hyphens.items() if first < at < last},
    )


def _moved(line: Line, by: int) -> Line:
    return replace(
        line,
        first=line.first + by,
        last=line.last + by,
        end=line.end + by,
        extra={at + by: value for at, value in line.extra.items()},
        shift={at + by: value for at, value in line.shift.items()},
    )


def _up(height: float, pitch: float) -> float:
    """A height rounded up to whole lines."""
    return -(-height // pitch) * pitch
