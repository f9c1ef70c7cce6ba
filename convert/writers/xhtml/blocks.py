"""Blocks -> XHTML: paragraphs, headings, lists, figures, notes and tables, drawn one by one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import NamedTuple

from ...errors import Notice, Said
from ...model import (
    Block,
    Break,
    Cell,
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
    Removed,
    Row,
    Rule,
    Table,
    plain,
)
from ...style import Style
from ...typography import Class, classify
from ...typography.widths import width_of
from ...words.labels import label
from ..closing import has_long_date
from ..forms import ABOVE, form_of, placed
from ..markup import escape, language_of
from .inlines import InlineWriter, class_of

_CODE_LANGUAGE = re.compile(r"[A-Za-z0-9+#_-]{1,20}")
_INTERNAL = re.compile('href="\0([^"]*)"')
_ELEMENT_CLASSES = {"copy_number": ("classification",), "security": ("classification",), "urgency": ("classification",)}
"""Elements that share the look of another."""
_FRONT_ROLES = frozenset({"title", "subtitle", "byline", "dateline"})


class DrawnBlock(NamedTuple):
    """A block of the top level, drawn.

    level: of a heading, else 0.  group: `front` (title and what belongs to it), `closing` and the number of its
    closing group, `colophon` (the source note) or empty.
    notes: ids of the notes first referred to here.  ids: the XML ids that stand here.  source: the block.
    """

    html: str
    level: int
    group: str
    notes: tuple[str, ...]
    ids: tuple[str, ...]
    source: Block


def resolve(html: str, where: Callable[[str], str]) -> str:
    """Markup whose inner links go where they should: `where` gives the address of an XML id."""
    return _INTERNAL.sub(lambda found: f'href="{where(found[1])}"', html)


def grouped(drawn: list[DrawnBlock], *, epub: bool) -> str:
    """The markup of pieces, what belongs together in an element of its own."""
    parts = []
    for group, some in itertools.groupby(drawn, key=lambda piece: piece.group):
        pieces = list(some)
        html = "".join(piece.html for piece in pieces)
        if group == "front" and epub:
            html = f"<header>\n{html}</header>\n"
        elif group.startswith("closing"):
            long = has_long_date((piece.source for piece in pieces), lambda line: width_of(plain(line.children)))
            html = f'<div class="closing{" long" if long else ""}">\n{html}</div>\n'
        elif group == "colophon" and epub:
            html = f'<section epub:type="colophon" role="doc-colophon">\n{html}</section>\n'
        parts.append(html)
    return "".join(parts)


class Generator:
    """Draws one document.

    picture: the address of a medium by its key, None where there is none to show.
    epub: write `epub:type` and `xml:lang` (XHTML), else only what HTML knows.
    first_level: the rank of a level-1 heading: 1 where each chapter is a file of its own, 2 under the title.
    """

    def __init__(
        self, document: Document, style: Style, *, epub: bool, picture: Callable[[str], str | None], first_level: int
    ) -> None:
        self.notices: list[Notice] = []
        self.language = language_of(document)
        self._style = style
        self._epub = epub
        self._picture = picture
        self._notes = {note.id: note for note in document.notes}
        self._line = InlineWriter(document, style, picture, epub=epub)
        self._open_levels = [] if first_level == 1 else [0]
        self._first_level = first_level
        self._titled = False
        self._tables = 0
        self._form = form_of(document, style)
        self._placed: dict[int, tuple[str, ...]] = {}

    def pieces(self, blocks: tuple[Block, ...]) -> list[DrawnBlock]:
        """The blocks of the top level, in order."""
        drawn = []
        self._placed = placed(blocks, self._form)
        for block in blocks:
            self._line.begin()
            html = self.block(block)
            level = block.level if isinstance(block, Heading) else 0
            notes, ids = tuple(self._line.new_notes), tuple(self._line.drawn_ids)
            drawn.append(DrawnBlock(html, level, _group(block), notes, ids, block))
        return drawn

    def notes(self, first: tuple[str, ...]) -> list[DrawnBlock]:
        """The bodies of notes by id, followed by those only their text refers to."""
        drawn, queue = [], list(first)
        while queue:
            note = self._notes[queue.pop(0)]
            self._line.begin()
            html = self._note(note)
            queue += self._line.new_notes
            drawn.append(DrawnBlock(html, 0, "note", (), tuple(self._line.drawn_ids), Paragraph(())))
        return drawn

    def anchor(self, id: str) -> str:
        """The XML id of a heading, run-in heading or note, empty where there is none."""
        return self._line.ids.of(id)

    def finish(self) -> list[Notice]:
        """Everything worth knowing about what was drawn."""
        if self._line.replaced:
            self.notices.append(Notice.of(Said("character-replaced", count=self._line.replaced)))
        return self.notices

    # --- Blocks -------------------------------------------------------------------------------------------------

    def block(self, block: Block) -> str:
        """The markup of a block."""
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                return self._heading(block)
            case List():
                return self._list(block)
            case Quote():
                return f"<blockquote>\n{self._all(block.children)}</blockquote>\n"
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Preformatted():
                kind = f' class="language-{block.language}"' if _CODE_LANGUAGE.fullmatch(block.language) else ""
                return f"<pre><code{kind}>{self._line.text(block.text)}</code></pre>\n"
            case Rule():
                return "<hr/>\n"
            case Removed():
                return ""

    def _all(self, blocks: tuple[Block, ...]) -> str:
        return "".join(map(self.block, blocks))

    def _paragraph(self, block: Paragraph, lead: str = "") -> str:
        role = block.role.replace("_", "-")
        classes = [role] if block.role != "body" else []
        if block.element is not None:
            classes = [*_ELEMENT_CLASSES.get(block.element, ()), block.element.replace("_", "-")]
            classes += self._placed.get(id(block), ())
        if block.align:
            classes.append(block.align)
        name, extra = "p", ""
        if block.element in ("document_number", "printing", "issuer_line") and "\t" in plain(block.children):
            return self._sides(block, [*classes, "sides"])
        if block.role == "title" and not self._titled:
            self._titled, name = True, "h1"
        elif block.role == "subtitle":
            extra = self._line.semantics("subtitle", "doc-subtitle")
        balanced = block.role in _FRONT_ROLES and self._style.element(block.role).balanced
        if block.role == "attachment" and block.element is None:
            classes.append(_hanging(block))
            text = lead + self._attachments(block.children)
        else:
            text = lead + (
                self._line.phrased(block.children, block.mark) if balanced else self._line.inline(block.children)
            )
        return f"<{name}{class_of(classes)}{extra}>{text}</{name}>\n"

    def _sides(self, block: Paragraph, classes: list[str]) -> str:
        """Lines with text at both sides."""
        pairs = (line.split("\t", 1) for line in plain(block.children).split("\n"))
        rows = (" ".join(f"<span>{self._line.text(text)}</span>" for text in pair) for pair in pairs)
        parts = "\n".join(f'<span class="row">{row}</span>' for row in rows)
        return f"<p{class_of(classes)}>{parts}</p>\n"

    def _attachments(self, inlines: tuple[Inline, ...]) -> str:
        """Names on lines of their own stand one below the other."""
        ends = [at for at, node in enumerate(inlines) if isinstance(node, Break)]
        bounds = [-1, *ends, len(inlines)]
        first, *more = (self._line.inline(inlines[a + 1 : b]) for a, b in itertools.pairwise(bounds))
        return first + "".join(f'<br/><span class="item">{line}</span>' for line in more)

    def _heading(self, block: Heading) -> str:
        while self._open_levels and self._open_levels[-1] >= block.level:
            self._open_levels.pop()
        self._open_levels.append(block.level)
        rank = len(self._open_levels)
        if self._first_level == 1 and self._open_levels[0] > 1:
            rank += 1  # before the first chapter: under the title
        balanced = self._style.heading(block.level).balanced
        text = self._line.phrased(block.children, block.mark) if balanced else self._line.inline(block.children)
        annex = block.element is not None
        classes = class_of(["annex-title"] if annex else [f"heading{min(block.level, 4)}"])
        if not plain(block.children).strip():
            return f"<p{classes}{self._line.id(block.id)}>{text}</p>\n"  # an empty heading heads nothing
        deep = f' aria-level="{rank}"' if rank > 6 else ""
        name = f"h{min(rank, 6)}"
        return f"<{name}{classes}{self._line.id(block.id)}{deep}>{text}</{name}>\n"

    def _list(self, block: List) -> str:
        # Marks are text, so the list itself has none; `role` keeps it a list for readers that look at `list-style`.
        name = "ol" if block.ordered else "ul"
        items = "".join(map(self._item, block.items))
        return f'<{name} role="list">\n{items}</{name}>\n'

    def _item(self, item: ListItem) -> str:
        lead = ""
        if item.marker:
            closed = classify(item.marker)[-1] in (Class.COMMA, Class.CLOSE, Class.STOP)
            lead = f"<span{class_of(['marker', *(['closed'] if closed else [])])}>{self._line.text(item.marker)}</span>"
        first = item.children[0] if item.children else Paragraph(())
        if isinstance(first, Paragraph):
            return f"<li>{self._paragraph(first, lead)}{self._all(item.children[1:])}</li>\n"
        return f"<li>{f'<p>{lead}</p>' if lead else ''}{self._all(item.children)}</li>\n"

    def _figure(self, block: Figure) -> str:
        media = block.media
        address = self._picture(media) if media is not None else None
        if address is None:
            said = label("missing_picture", self.language)
            if block.alt:
                said += label("separator", self.language) + block.alt
            shown = f'<div class="missing" role="img" aria-label="{escape(said)}"></div>'
        else:
            width = f' width="{round(block.width)}"' if block.width else ""
            shown = f'<img src="{escape(address)}" alt="{escape(block.alt)}"{width}/>'
        caption = f"<figcaption>{self._line.inline(block.caption)}</figcaption>" if block.caption else ""
        return f"<figure>{shown}{caption}</figure>\n"

    def _note(self, note: Note) -> str:
        id = self._line.ids.of_note(note.id)
        self._line.drawn_ids.append(id)
        attributes = self._line.semantics("backlink", "doc-backlink")
        address = self._line.ids.of_reference(note.id, 1)
        link = f'<a{attributes} href="\0{address}">{self._line.text(note.label)}</a>'
        mark = f'<span class="note-label">{link}</span> '
        children = note.children or (Paragraph(()),)
        if isinstance(children[0], Paragraph):
            body = self._paragraph(children[0], mark) + self._all(children[1:])
        else:
            body = f"<p>{mark}</p>\n{self._all(children)}"
        return f'<aside{self._line.semantics("footnote", "doc-footnote")} id="{id}">\n{body}</aside>\n'

    # --- Tables -------------------------------------------------------------------------------------------------

    def _table(self, block: Table) -> str:
        self._tables += 1
        name = " ".join(plain(block.caption).split()) or f"{label('table', self.language)} {self._tables}"
        head = _head_rows(block)
        data = any(not (row.header or cell.header) for row in block.rows for cell in row.cells)
        rows = [self._row(row, len(block.rows) - at, data) for at, row in enumerate(block.rows)]
        body = f"<tbody>\n{''.join(rows[head:])}</tbody>\n" if rows[head:] else ""
        if head:
            body = f"<thead>\n{''.join(rows[:head])}</thead>\n{body}"
        caption = f"<caption>{self._line.inline(block.caption)}</caption>\n" if block.caption else ""
        # A wide table scrolls in a region of its own, which the keyboard has to reach.
        region = f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(name)}">'
        return f"{region}<table>\n{caption}{body}</table></div>\n"

    def _row(self, row: Row, rows_left: int, data: bool) -> str:
        return f"<tr>{''.join(self._cell(cell, row.header, rows_left, data) for cell in row.cells)}</tr>\n"

    def _cell(self, cell: Cell, header_row: bool, rows_left: int, data: bool) -> str:
        colspan, rowspan = max(1, min(cell.colspan, 1000)), max(1, min(cell.rowspan, rows_left))
        spans = (f' colspan="{colspan}"' if colspan > 1 else "") + (f' rowspan="{rowspan}"' if rowspan > 1 else "")
        only = cell.children[0] if len(cell.children) == 1 else None
        align = cell.align
        if isinstance(only, Paragraph) and only.role == "body":
            content, align = self._line.inline(only.children), cell.align or only.align
        else:
            content = self._all(cell.children)
        # A head without text, or in a table that has no data, heads nothing.
        if (cell.header or header_row) and content and data:
            scope, span = ("col", colspan) if header_row else ("row", rowspan)
            scope += "group" if span > 1 else ""
            return f'<th{class_of([align] if align else [])} scope="{scope}"{spans}>{content}</th>'
        return f"<td{class_of([align] if align else [])}{spans}>{content}</td>"


def _hanging(block: Paragraph) -> str:
    """The class that sets turned lines under the name's first character (GB/T 9704-2012, 7.3.4)."""
    name = block.names[0] if block.names else None
    if name is None or not name.label:
        return ""
    mark = name.mark.length if name.mark is not None else 0
    return f"hang{name.label + (1 if mark and name.mark is not None and name.mark.family == 'arabic' else mark)}"


def _group(block: Block) -> str:
    if isinstance(block, Paragraph):
        if block.role in _FRONT_ROLES or block.element in ABOVE:
            return "front"
        if block.role == "source_note":
            return "colophon"
        if block.closing:
            return f"closing {block.closing}"
    return ""


def _head_rows(table: Table) -> int:
    """How many rows make the table's head: header rows at the top, unless a cell of theirs reaches out of it."""
    head = 0
    while head < len(table.rows) and table.rows[head].header:
        head += 1
    reaches = any(at + cell.rowspan > head for at in range(head) for cell in table.rows[at].cells)
    return 0 if reaches or head == len(table.rows) else head
