"""Blocks -> rows: what stands in one horizontal band of a page, with what must not be parted from it.

In: the composed document and its style.  Out: rows in reading order, each with its height and its items at places
from the row's upper left corner (x from the left of the text area, y downwards, points).  Structure nodes are made
here, from blocks.  Pages are none of this module's business.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from types import MappingProxyType

import msgspec
from msgspec.structs import replace

from ...errors import Notice
from ...model import (
    AttachmentName,
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Note,
    Ordinal,
    Paragraph,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
)
from ...style import Element, Style
from ..closing import SPARE, Closing, announces, closings
from ..forms import divided, element_of, form_of
from .balanced import title_lines
from .figure import figure_rows
from .frame import Frame
from .join import add, hold, join
from .justify import Line, Measure
from .lead import lead_of, lead_runs
from .linebreak import break_lines
from .places import anchors_of, note_places
from .rows import ASCENT, Band, RuleItem, TextItem
from .shape import Shaped, Shaper, StyledRun, measure_width
from .table import table_rows
from .tags import Ranks, Tag, reading_order

RULE_LENGTH = 5.0  # em of the body

_KIND_OF_ROLE = {
    "title": "Title", "subtitle": "Subtitle", "byline": "Byline", "dateline": "Date", "salutation": "Salutation",
    "signature": "Signature", "date": "Date", "caption": "Caption",
}  # fmt: skip


_ALONE = 4
"""Characters of a last line that may stand alone on a page."""
_ENDLESS = 1e6  # points: a measure in which no line is broken
_NO_NAME = AttachmentName()
_NO_CLOSINGS: Mapping[int, Closing] = MappingProxyType({})


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
        self.root = Tag("Document", None)
        self.levels = Ranks()
        self.notices: list[Notice] = []
        self.notes: dict[str, Note] = {note.id: note for note in document.notes}
        self.note_nodes: dict[str, Tag] = {}
        self.form = form_of(document, style)
        self.end: Band | None = None
        self.unnumbered: frozenset[int] = frozenset()

    def rows(self) -> list[Band]:
        """The rows of the whole document."""
        frame = Frame(0, self.width, "body", self.root)
        head, text, end = divided(self.document.blocks)
        if not head and not end:
            return self.blocks(text, frame)
        from .letterhead import LetterheadRows, end_band

        rows = [*LetterheadRows(self, self.form).band(head), *self.blocks(text, frame)]
        self.end = end_band(self, end, self.form)
        return rows

    @functools.cached_property
    def reading_order(self) -> dict[int, int]:
        """What is read before what; asked for when all is laid out."""
        return reading_order(self.root)

    def inner(self, number: int) -> float:
        """From the left edge of a page, counted from 0, to its text area, points."""
        inner = float(self.style.page.inner)
        mirrored = self.style.page.mirrored and number % 2
        return float(self.style.page.width) - inner - self.width if mirrored else inner

    def blocks(self, blocks: tuple[Block, ...], frame: Frame) -> list[Band]:
        """The rows of some blocks."""
        out: list[Band] = []
        previous: Block | None = None
        headed = 0
        places: Mapping[int, Closing] = _NO_CLOSINGS
        text = 0  # the row from which text goes with a closing group that comes behind it
        for block in blocks:
            if places is _NO_CLOSINGS and isinstance(block, Paragraph) and block.closing:
                signed = self.style.elements.signature
                places = closings(blocks, frame.width / signed.size, signed, self._width)
            rows = self._block(block, frame, places)
            join(out, rows, previous, block)
            if isinstance(block, Rule) and isinstance(previous, Heading):
                hold(out, headed)
            if isinstance(block, Heading):
                headed = len(out)
            text = add(out, rows, block, text, cell=frame.cell)
            previous = block
        if isinstance(previous, Heading):
            hold(out, headed)
        return out

    def _block(self, block: Block, frame: Frame, places: Mapping[int, Closing] = _NO_CLOSINGS) -> list[Band]:
        match block:
            case Heading():
                return self._heading(block, frame)
            case Paragraph():
                return self._paragraph(block, frame, places.get(block.closing))
            case List():
                return self._list(block, frame)
            case Quote():
                node = frame.node.child("BlockQuote")
                return self.blocks(block.children, frame._replace(body="quote", node=node))
            case Table():
                return table_rows(self, block, frame)
            case Figure():
                return figure_rows(self, block, frame)
            case Preformatted():
                return self._preformatted(block, frame)
            case Rule():
                return [self._rule(frame)]
        return []

    # --- Text ---------------------------------------------------------------------------------------------------

    def _heading(self, block: Heading, frame: Frame) -> list[Band]:
        element = self.style.element("annex_title") if block.element else self.style.heading(block.level)
        node = frame.node.child(f"H{min(self.levels.next(block.level), 6)}")
        rows = self.text(block.children, element, frame, node, mark=block.mark)
        first = replace(rows[0], anchors=(block.id,) if block.id else (), new_page=element.page_break)
        return [first, *rows[1:]]

    def _paragraph(self, block: Paragraph, frame: Frame, closing: Closing | None) -> list[Band]:
        role = frame.body if block.role == "body" else block.role
        element = self.style.element(element_of(block) or role)
        lead = lead_of(block, frame, self.levels) if frame.node is self.root else None
        node = frame.node.child(_KIND_OF_ROLE.get(block.role, "P"))
        if block.element is not None and element.page_break:
            first, *more = self.text(block.children, element, frame, node)
            return [replace(first, new_page=True), *more]
        if block.role == "attachment" and block.element is None:
            return self._attachment(block, element, frame, node)
        if closing is not None:
            row, *more = self.text(block.children, element, frame, node)
            item = row.items[0]
            if not more and isinstance(item, TextItem):
                x = frame.x + closing.of(block.role) * self.style.elements.signature.size
                row = replace(row, items=[replace(item, x=x)])
            return [row, *more]
        align = block.align or frame.align
        if align and align != element.align:
            # Set apart by the source: no first-line indent goes with it.
            element = _aligned(element, align)
        if announces(block):
            element = msgspec.structs.replace(element, keep_next=True)
        runs = lead_runs(self.shaper, block, element, lead) if lead is not None else None
        return self.text(block.children, element, frame, node, runs=runs, mark=block.mark)

    def text(
        self,
        inlines: tuple[Inline, ...],
        element: Element,
        frame: Frame,
        node: Tag,
        *,
        runs: list[StyledRun] | None = None,
        indents: tuple[float, float] | None = None,
        mark: Ordinal | None = None,
    ) -> list[Band]:
        """A paragraph as rows.  indents: of the first and the later lines, points, where the element's do not hold.
        mark: what it begins with."""
        runs = self.shaper.runs(inlines, self.shaper.base(element)) if runs is None else runs
        length = mark.length if mark is not None else 0
        shaped = self.shaper.shape(runs, element.size, (0, length) if length else None)
        em = element.size
        left, right = element.left * em, element.right * em
        first, later = indents or (left + element.indent * em, left + element.hanging * em)
        width = frame.width - right
        if first > frame.width / 2:  # a table column too narrow for the indent
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
        lines = (
            title_lines(shaped, element.size, width, self.shaper.language, length)
            if element.balanced
            else break_lines(shaped, measure)
        )
        return self._rows_of(shaped, lines, element, frame, node, width, inlines)

    def _rows_of(
        self,
        shaped: Shaped,
        lines: list[Line],
        element: Element,
        frame: Frame,
        node: Tag,
        width: float,
        inlines: tuple[Inline, ...],
    ) -> list[Band]:
        height, above = element.leading * self.pitch, element.above * self.pitch
        baseline = self._baseline(element)
        snap = element.leading == 1 and not frame.cell
        notes = [(at, ref) for at, ref in note_places(shaped) if ref not in self.note_nodes] if inlines else []
        for _, ref in notes:  # a note is read after the paragraph that refers to it first
            self.note_nodes[ref] = frame.node.child("Note")
        anchors = [(piece.first, piece.look.anchor) for piece in shaped.stretches if piece.look.anchor is not None]
        rows: list[Band] = []
        held = self._held(lines)
        for number, line in enumerate(lines):
            x = frame.x + line.x
            if element.align in ("center", "right") and line.x == 0:
                spare = width - line.width - (element.left * element.size)
                x += element.left * element.size + (spare / 2 if element.align == "center" else spare)
            row = Band(
                height,
                [TextItem(x, baseline, shaped, line, node)],
                0 if frame.cell or number else above,
                element.keep_next or number in held,
                snap,
                tuple([ref for at, ref in notes if line.first <= at < line.end]) if notes else (),
                anchors_of(anchors, line) if anchors else (),
            )
            rows.append(row)
        if element.below and not frame.cell:
            below = element.below - SPARE if element.leading > 1 else element.below
            rows[-1] = replace(rows[-1], height=rows[-1].height + below * self.pitch)
        return rows

    def _held(self, lines: list[Line]) -> tuple[int, ...]:
        """The lines that stay with the next: the first and the last but one, or where pages are filled the last but
        one above less than four characters."""
        if len(lines) < 2:
            return ()
        if self.style.composition.widow_control:
            return 0, len(lines) - 2
        return (len(lines) - 2,) if lines[-1].last - lines[-1].first < _ALONE else ()

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

    def _attachment(self, block: Paragraph, element: Element, frame: Frame, node: Tag) -> list[Band]:
        """Each name on a line of its own; a turned line aligns with the name's first character (GB/T 9704, 7.3.4)."""
        runs = self.shaper.runs(block.children, self.shaper.base(element))
        rows: list[Band] = []
        first = element.indent * element.size
        for part, name in itertools.zip_longest(_by_line(runs), block.names, fillvalue=_NO_NAME):
            if not isinstance(part, list) or not isinstance(name, AttachmentName):
                break  # names of lines that are not there
            advance = self.shaper.shape(part, element.size).advance
            label = sum(advance[: name.label])
            number = sum(advance[name.label : name.label + name.mark.length]) if name.mark is not None else 0.0
            more = self.text((), element, frame, node, runs=part, indents=(first, first + label + number))
            if not rows:  # later numbers stand under the first, behind the label
                first += label
            rows.extend(more if not rows else [replace(row, above=0) for row in more])
        return rows

    def _width(self, block: Paragraph) -> float:
        """The width of a paragraph on one line, em."""
        element = self.style.element(block.role)
        runs = self.shaper.runs(block.children, self.shaper.base(element))
        lines = break_lines(self.shaper.shape(runs, element.size), Measure(_ENDLESS, justify=False))
        return max(line.width for line in lines) / element.size

    # --- Lists, figures and the rest ----------------------------------------------------------------------------

    def _list(self, block: List, frame: Frame) -> list[Band]:
        node = frame.node.child("L")
        numbering = "Decimal" if block.ordered else "Disc"
        node.say(O="/List", ListNumbering=f"/{numbering}")
        rows: list[Band] = []
        for item in block.items:
            rows.extend(self._list_item(item, frame, node.child("LI")))
        return rows

    def _list_item(self, item: ListItem, frame: Frame, node: Tag) -> list[Band]:
        mark = node.child("Lbl") if item.marker else node
        body = node.child("LBody")
        inner = frame._replace(node=body, body="list_item" if frame.body == "body" else frame.body)
        element = self.style.element(inner.body)
        first = item.children[0] if item.children else Paragraph(())
        rows: list[Band] = []
        if item.marker and isinstance(first, Paragraph):
            paragraph = body.child("P")
            look = self.shaper.base(element)
            runs = [StyledRun(item.marker, look._replace(owner=mark)), *self.shaper.runs(first.children, look)]
            held = replace(item.mark, length=len(item.marker)) if item.mark is not None else None
            rows = self.text(first.children, element, inner, paragraph, runs=runs, mark=held)
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

    def _preformatted(self, block: Preformatted, frame: Frame) -> list[Band]:
        """Lines as they are, in a block: Code within P, for Code is an inline type (ISO 32000-1, 14.8.4.4)."""
        element = self.style.elements.preformatted
        node = frame.node.child("P")
        look = self.shaper.base(element)._replace(tag=(("Code", -1, ""),))
        rows: list[Band] = []
        # Spaces at a line start and in rows carry meaning here: they are set as spaces that do not vanish.
        text = block.text.replace("\t", "    ").replace(" ", "\u00a0")
        for part in text.split("\n"):
            rows.extend(self.text((), element, frame, node, runs=[StyledRun(part or "\u00a0", look)]))
        return rows

    def _rule(self, frame: Frame) -> Band:
        """A short rule in the middle of an empty line."""
        y = self.pitch / 2
        length = min(RULE_LENGTH * self.body_size, frame.width)
        return Band(self.pitch, [RuleItem(frame.x, y, frame.x + length, y, 0.5)], keep=True, snap=not frame.cell)

    def note_rows(self, note: Note) -> list[Band]:
        """A footnote's rows, its label before its first paragraph."""
        element = self.style.elements.footnote
        node = self.note_nodes[note.id]
        node.id = f"note-{note.id}"
        label_node = node.child("Lbl")
        frame = Frame(0, self.width, "footnote", node)
        rows: list[Band] = []
        for number, block in enumerate(note.children):
            if number == 0 and isinstance(block, Paragraph):
                look = self.shaper.base(element)
                mark = look._replace(size=look.size * 0.7, rise=look.size * 0.3, owner=label_node, anchor=node.id)
                runs = [StyledRun(note.label, mark), StyledRun("\u2002", look), *self.shaper.runs(block.children, look)]
                rows.extend(self.text(block.children, element, frame, node.child("P"), runs=runs))
            else:
                rows.extend(self._block(block, frame))
        return [replace(row, snap=False, above=0) for row in rows]


def _aligned(element: Element, align: str) -> Element:
    return msgspec.structs.replace(element, align=align, indent=0, left=0, hanging=0)


def _by_line(runs: list[StyledRun]) -> list[list[StyledRun]]:
    """Runs cut at the breaks the author set."""
    parts: list[list[StyledRun]] = [[]]
    for run in runs:
        pieces = run.text.split("\n")
        for number, piece in enumerate(pieces):
            if number:
                parts.append([])
            if piece:
                parts[-1].append(run._replace(text=piece))
    return [part for part in parts if part]
