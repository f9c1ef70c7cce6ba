"""Blocks -> paragraphs, headings, lists, tables and pictures of the text or of a note (OpenDocument 1.3, 5).

A paragraph names its style; an automatic one only where something depends on the text itself: where a signature begins,
how many lines a title has, how the source aligned a paragraph.
"""

from __future__ import annotations

from typing import Any

from ...model import (
    AttachmentName,
    Block,
    Figure,
    Formula,
    Heading,
    Inline,
    List,
    NoteRef,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Ruby,
    Rule,
    Table,
    Text,
    plain,
    walk_inline,
)
from ...style import Element
from ...typography.widths import width_of
from ..closing import Closing, before_closing, closings
from ..forms import element_of
from ..office.book import Book
from ..office.letterhead import Start
from ..office.lines import broken, lines_of, tabbed
from ..office.measures import HEADING_LEVELS
from ..office.setting import Setting
from . import names
from .lists import ListWriter
from .looks import AutomaticStyles, TabStop
from .objects import FileObjects
from .runs import write_line
from .stylesheet import Values, indents, indents_by_name, size
from .tables import write_table
from .xml import name, points, sub, text_into, twips


class TextStory:
    """The text, or one note.

    page_break: the next paragraph begins a page; master: on pages of that name.  start: where the first title stands,
    under a letterhead.  small: size and height of lines of a table that is set smaller, points.  marked: ids of the
    notes that stand in the file already.
    """

    def __init__(self, book: Book, looks: AutomaticStyles, objects: FileObjects, *, holds_notes: bool = False) -> None:
        self.book = book
        self.looks = looks
        self.objects = objects
        self.style = book.style
        self.sheet = book.sheet
        self.region = book.region
        self.holds_notes = holds_notes
        self.page_break = False
        self.master = ""
        self.start: Start | None = None
        self.small: tuple[float, float] | None = None
        self.marked: set[str] = set()
        self.lists = ListWriter(self, book)

    def plain_setting(self) -> Setting:
        """The body of the document."""
        return Setting(names.BODY, self.style.elements.body, self.sheet.measure)

    # --- Blocks ---

    def blocks(self, parent: Any, blocks: tuple[Block, ...], setting: Setting) -> None:
        """Write the blocks as children of `parent`."""
        signed = self.style.elements.signature
        room = self.sheet.measure / self.sheet.em(signed)
        closing = closings(blocks, room, signed, lambda line: width_of(plain(line.children)))
        staying = before_closing(blocks)
        previous: Block | None = None
        for block in blocks:
            if isinstance(block, Table) and isinstance(previous, Table) and not block.caption:
                self.paragraph(parent, setting.style)  # two tables do not touch
            previous = block
            begun = len(parent) if id(block) in staying else 0  # libxml2 counts them
            if isinstance(block, Paragraph):
                self._paragraph(parent, block, setting, closing.get(block.closing))
            else:
                self.block(parent, block, setting)
            if id(block) in staying:
                self._hold(parent[begun:] if isinstance(block, Paragraph) else parent[-1:])

    def block(self, parent: Any, block: Block, setting: Setting, depth: int = 0) -> None:
        """Write one block.  depth: of the lists it stands in."""
        match block:
            case Paragraph():
                self._paragraph(parent, block, setting, None)
            case Heading():
                self._heading(parent, block)
            case List():
                self.lists.write(parent, block, setting, depth + 1)
            case Quote():
                element = self.style.elements.quote
                inner = setting._replace(style=names.ROLES["quote"], element=element)
                if depth:
                    for child in block.children:
                        self.block(parent, child, inner, depth)
                else:
                    self.blocks(parent, block.children, inner)
            case Table() if self.holds_notes:
                self._rows(parent, block, setting)
            case Table():
                self.lists.close()
                write_table(self, parent, block, setting)
            case Figure():
                self._figure(parent, block, setting)
            case Preformatted():
                text_into(self.paragraph(parent, names.PREFORMATTED), block.text)
            case Rule():
                self.paragraph(parent, "Horizontal Line")

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
        """An empty paragraph, in the list item that is open.  own, text: its properties where not the style's.  level:
        of a heading."""
        held = dict(own or {})
        look = dict(text or {})
        if self.page_break:
            held["fo:break-before"] = "page"
        if self.small is not None:
            look = size(self.small[0]) | look
            held.setdefault("fo:line-height", points(self.small[1]))
        holder = self.lists.item(parent)
        if holder is not parent and not self.lists.begins:  # a list's own indents are for its marks
            held = indents_by_name(self.style)[style].block() | held
        made = self.looks.style("paragraph", style, held, text=look, master=self.master, tabs=tabs)
        self.page_break, self.master = False, ""
        if not level:
            return sub(holder, "text:p", {"text:style-name": made})
        return sub(holder, "text:h", {"text:style-name": made, "text:outline-level": min(level, HEADING_LEVELS)})

    def line(self, parent: Any, style: str, inlines: tuple[Inline, ...], element: Element, **further: Any) -> Any:
        """A paragraph with its text.  Its lines are as high as what stands in them where that is a picture, a
        formula or ruby, which an exact line would cut."""
        kinds = {type(node) for node in walk_inline(inlines)} if self.sheet.on_grid(element) else set()
        if kinds & {Picture, Formula, Ruby}:
            own = {"fo:line-height": "normal", "style:line-height-at-least": twips(self.sheet.pitch)}
            if Ruby in kinds:  # on the grid a gloss stands far from its base
                own["style:snap-to-layout-grid"] = "false"
            further["own"] = own | (further.get("own") or {})
        node = self.paragraph(parent, style, **further)
        write_line(node, inlines, self, element)
        return node

    # --- Turned pages ---

    def turn(self, parent: Any, setting: Setting) -> bool:
        """What comes next stands on turned pages.  False where there can be none."""
        if parent.tag != name("office:text") or setting.width < self.sheet.measure or self.style.composition.vertical:
            return False
        self.page_break, self.master = False, names.TURNED
        return True

    def turn_back(self) -> None:
        """What comes next does not."""
        self.master = names.NORMAL

    # --- One kind each ---

    def _heading(self, parent: Any, block: Heading) -> None:
        annex = block.element is not None
        element = self.style.elements.annex_title if annex else self.style.heading(block.level)
        inlines = block.children
        if element.balanced:
            inlines, _ = broken(block, element, self.sheet, self.book.language)
        style = names.ELEMENTS["annex_title"] if annex else names.heading(block.level)
        node = self.paragraph(parent, style, level=block.level)
        bookmark = self.open_bookmark(node, block.id)
        write_line(node, inlines, self, element)
        self.close_bookmark(node, bookmark)

    def _paragraph(self, parent: Any, block: Paragraph, setting: Setting, closing: Closing | None) -> None:
        special = element_of(block)
        if block.role == "attachment" and special is None:
            self._attachment(parent, block)
            return
        if special is not None:
            style, element = names.ELEMENTS[special], self.style.element(special)
        elif block.role == "body" or block.role not in names.ROLES:
            style, element = setting.style, setting.element
        else:
            style, element = names.ROLES[block.role], self.style.element(block.role)
        align = block.align or (setting.align if block.role == "body" else None)
        own: Values = {}
        inlines = block.children
        if closing is not None:
            left = self.sheet.em(self.style.elements.signature, closing.of(block.role))
            own = {"fo:margin-left": twips(left), "fo:margin-right": "0pt", "fo:text-indent": "0pt"}
            own["fo:text-align"] = "start"
        elif align and align != element.align:
            # Set apart by the source: no first-line indent goes with it.
            own = {"fo:text-align": {"left": "start", "right": "end"}.get(align, align)}
            if element.indent:
                own |= indents(self.sheet, element)._replace(first=0).properties()
        elif element.balanced:
            inlines, own = self._front(block, element)
        self.line(parent, style, inlines, element, own=own)

    def _front(self, block: Paragraph, element: Element) -> tuple[tuple[Inline, ...], Values]:
        """A title broken between words: its height is made whole lines."""
        inlines, lines = broken(block, element, self.sheet, self.book.language)
        if self.start is not None:
            spacing = self.sheet.under(element, lines, *self.start)
            self.start = None
            return inlines, {"fo:margin-top": twips(spacing["before"]), "fo:margin-bottom": twips(spacing["after"])}
        below = self.sheet.below(element, lines)
        if below == self.sheet.below(element):
            return inlines, {}
        # Both: LibreOffice takes one that is not said for none.
        above = {"fo:margin-top": twips(element.above * self.sheet.pitch)}
        return inlines, above | {"fo:margin-bottom": twips(below * self.sheet.pitch)}

    def _attachment(self, parent: Any, block: Paragraph) -> None:
        """Each name in a paragraph of its own, turned lines under its first character (GB/T 9704-2012, 7.3.4)."""
        element = self.style.elements.attachment
        for at, inlines in enumerate(lines_of(block.children)):
            said = block.names[at] if at < len(block.names) else AttachmentName()
            style = "Attachment Item" if at and not said.label else "Attachment"
            number = said.mark if said.mark is not None and said.mark.family == "arabic" else None
            if number is not None and number.path < (10,):  # the room before a name is that of one digit
                style = "Attachment First" if said.label else style
                inlines = tabbed(inlines, said.label + number.length)
            self.line(parent, style, inlines, element)

    def _figure(self, parent: Any, block: Figure, setting: Setting) -> None:
        node = self.paragraph(parent, "Figure", own={"fo:keep-with-next": "always"} if block.caption else None)
        self.objects.figure(node, block, setting.width)
        if block.caption:
            self.caption(parent, block.caption)

    def _rows(self, parent: Any, block: Table, setting: Setting) -> None:
        """A table in a note, a line for each row: LibreOffice (7.4) draws none there."""
        if block.caption:
            self.line(parent, setting.style, block.caption, setting.element)
        for row in block.rows:
            inlines: list[Inline] = []
            for cell in row.cells:
                inlines += [Text("\t")] if inlines else []
                for child in cell.children:
                    if isinstance(child, Paragraph):
                        inlines += child.children
                        continue
                    if inlines:
                        self.line(parent, setting.style, tuple(inlines), setting.element)
                        inlines = []
                    self.block(parent, child, setting)
            if inlines:
                self.line(parent, setting.style, tuple(inlines), setting.element)

    def caption(self, parent: Any, inlines: tuple[Inline, ...], *, keep_next: bool = False) -> None:
        """A caption; keep_next: it stands above what it names."""
        # Below a picture it stands close to it, off the grid.
        own = {"fo:keep-with-next": "always"} if keep_next else {"style:snap-to-layout-grid": "false"}
        self.line(parent, names.ROLES["caption"], inlines, self.style.elements.caption, own=own)

    def _hold(self, nodes: list[Any]) -> None:
        """Paragraphs that stay on the page of what follows; of a list its last one."""
        for node in nodes:
            lines = list(node.iter(name("text:p"), name("text:h"))) if node.tag != name("table:table") else []
            for line in lines[:1] if node.tag != name("text:list") else lines[-1:]:
                key = name("text:style-name")
                line.set(key, self.looks.changed(line.get(key), {"fo:keep-with-next": "always"}))

    # --- What a line refers to (runs.TextPart) ---

    def target(self, id: str) -> str | None:
        """The name of the bookmark of an id, or None where there is none."""
        found = self.book.bookmarks.get(id)
        return found[1] if found else None

    def open_bookmark(self, parent: Any, id: str) -> str | None:
        """Begins the bookmark of an id and returns its name; None where nothing refers to it."""
        found = self.book.open_bookmark(id)
        if found is None:
            return None
        sub(parent, "text:bookmark-start", {"text:name": found[1]})
        return found[1]

    def close_bookmark(self, parent: Any, name: str | None) -> None:
        """Ends the bookmark of that name."""
        if name is not None:
            sub(parent, "text:bookmark-end", {"text:name": name})

    def picture(self, parent: Any, node: Picture, element: Element) -> None:
        """A picture inside a line."""
        self.objects.picture(parent, node, self.sheet.size(element) / 2)

    def formula(self, parent: Any, node: Formula) -> None:
        """A formula inside a line, as text where it is no object."""
        if not self.objects.formula(parent, node):
            text_into(parent, node.text)

    def reference(self, parent: Any, node: NoteRef) -> None:
        """The reference to a footnote, which stands where it is first referred to; a second one prints its mark."""
        if node.id not in self.book.numbers or self.holds_notes:
            text_into(sub(parent, "text:span", {"text:style-name": names.encoded(names.REFERENCE)}), node.label)
            return
        number = self.book.numbers[node.id]
        if node.id in self.marked:
            holder = sub(parent, "text:span", {"text:style-name": names.encoded(names.REFERENCE)})
            own = {"text:note-class": "footnote", "text:reference-format": "text", "text:ref-name": f"note{number}"}
            sub(holder, "text:note-ref", own).text = node.label
            return
        self.marked.add(node.id)
        note = sub(parent, "text:note", {"text:id": f"note{number}", "text:note-class": "footnote"})
        counted = self.book.counting == ("decimal", 1)
        said = {} if counted else {"text:label": self.book.notes[node.id].label}
        sub(note, "text:note-citation", said).text = self.book.notes[node.id].label
        self._note(sub(note, "text:note-body"), self.book.notes[node.id].children)

    def _note(self, body: Any, blocks: tuple[Block, ...]) -> None:
        """The text of a note, a space behind its mark."""
        inner = TextStory(self.book, self.looks, self.objects, holds_notes=True)
        setting = Setting(names.ROLES["footnote"], self.style.elements.footnote, self.sheet.measure)
        first = blocks[0] if blocks else None
        node = inner.paragraph(body, setting.style)
        sub(node, "text:s")
        if isinstance(first, Paragraph):
            write_line(node, first.children, inner, setting.element)
            blocks = blocks[1:]
        inner.blocks(body, blocks, setting)
