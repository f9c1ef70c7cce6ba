"""Blocks -> paragraphs, tables and pictures of one part: the body or the footnotes (ISO/IEC 29500-1, 17.3.1).

A `Story` is a part being written: it knows the part's relationships, and the `Book` what is common to all parts.  A
paragraph names its style; direct formatting is only what depends on the text itself: where a signature begins, how
many lines a title has, how the source aligned a paragraph.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ...model import (
    AttachmentName,
    Block,
    Break,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    NoteRef,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Rule,
    Table,
    Text,
    block_text,
    plain,
)
from ...style import Element
from ...typography.titles import balance
from ...typography.widths import width_of
from ...words.labels import label
from ..closing import Closing, announces, before_closing, closings
from ..forms import element_of
from ..pictures import size_in_line
from .book import MISSING, Book
from .counted import WordList, counted, is_bullet, number
from .marks import reference_mark
from .measures import TWIP
from .pictures import size, write_picture
from .runs import write_line
from .setting import Setting
from .stylenames import BODY, ELEMENTS, HEADING_LEVELS, ROLES, heading_id, list_id
from .tables import write_table
from .xml import name, put, sub, text_into

_BEHIND_KEEP = (
    "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr", "w:pBdr", "w:tabs", "w:snapToGrid",
    "w:spacing", "w:ind", "w:jc", "w:outlineLvl",
)  # fmt: skip
_CLOSED = re.compile("[.,;:)\\]\u3001\u3002\uff0c\uff0e\uff1a\uff09\u3011\u3015]$")


class Start(NamedTuple):
    """Where the first title stands under a letterhead: its paragraph begins at `y`, what it stands so many lines under
    ends at `edge`.  Points below the upper edge of the page's first line."""

    y: float
    edge: float


class Story:
    """One part.  addresses and pictures: what its relationships lead to, each with the relationship's id.

    page_break: the next paragraph begins a page.  start: where the first title stands, under a letterhead.  sections:
    the properties of paragraphs that end one, and whether its pages are turned.  holds_notes: a part in which no
    reference can stand.  marked: ids of the notes whose mark stands here.
    """

    def __init__(self, book: Book, *, holds_notes: bool = False) -> None:
        self.book = book
        self.style = book.style
        self.sheet = book.sheet
        self.region = book.region
        self.holds_notes = holds_notes
        self.page_break = False
        self.start: Start | None = None
        self.sections: list[tuple[Any, bool]] = []
        self.addresses: dict[str, str] = {}
        self.pictures: dict[str, str] = {}
        self.marked: set[str] = set()

    def plain_setting(self) -> Setting:
        """The body of the document."""
        return Setting(BODY, self.style.elements.body, self.sheet.measure)

    # --- Blocks ---

    def blocks(self, parent: Any, blocks: tuple[Block, ...], setting: Setting) -> None:
        """Write the blocks as children of `parent`."""
        signed = self.style.elements.signature
        room = self.sheet.measure / self.sheet.em(signed)
        closing = closings(blocks, room, signed, lambda line: width_of(plain(line.children)))
        previous: Block | None = None
        staying = before_closing(blocks)
        for block in blocks:
            if isinstance(block, Table) and isinstance(previous, Table) and not block.caption:
                self.paragraph(parent, setting.style)  # two tables that touch become one in Word
            begun = len(parent)
            if isinstance(block, Paragraph):
                self._paragraph(parent, block, setting, closing.get(block.closing))
            else:
                self._block(parent, block, setting)
            if id(block) in staying:
                _hold(parent[begun:] if isinstance(block, Paragraph) else parent[-1:])
            if not self.holds_notes and (origin := getattr(block, "origin", None)) is not None:
                text = block_text(block) if isinstance(block, Paragraph | Heading) else None
                self.book.remarks.mark(parent[begun:], origin, text)
            previous = block

    def _block(self, parent: Any, block: Block, setting: Setting, depth: int = 0) -> None:
        match block:
            case Paragraph():
                self._paragraph(parent, block, setting, None)
            case Heading():
                annex = block.element is not None
                element = self.style.elements.annex_title if annex else self.style.heading(block.level)
                node = self.paragraph(parent, ELEMENTS["annex_title"][0] if annex else heading_id(block.level))
                if annex:
                    sub(node.find(name("w:pPr")), "w:outlineLvl", val=min(block.level, HEADING_LEVELS) - 1)
                number = self.open_bookmark(node, block.id)
                self._balanced(node, block, element)
                self.close_bookmark(node, number)
            case List():
                own = counted(block, self.book.language)
                counting = self.book.listed(own) if own is not None else None
                for item in block.items:
                    self._item(parent, item, setting, depth + 1, counting)
            case Quote():
                element = self.style.elements.quote
                self.blocks(parent, block.children, setting._replace(style=ROLES["quote"][0], element=element))
            case Table():
                write_table(self, parent, block, setting)
            case Figure():
                self._figure(parent, block, setting)
            case Preformatted():
                text_into(sub(self.paragraph(parent, "HTMLPreformatted"), "w:r"), block.text)
            case Rule():
                self.paragraph(parent, "Rule")

    def paragraph(
        self,
        parent: Any,
        style: str,
        *,
        keep_next: bool = False,
        spacing: dict[str, int] | None = None,
        indent: dict[str, int] | None = None,
        align: str | None = None,
    ) -> Any:
        """An empty `w:p`.  spacing: `w:spacing`; indent: `w:ind`; align: `w:jc`, where not the style's."""
        node = sub(parent, "w:p")
        own = sub(node, "w:pPr")
        sub(own, "w:pStyle", val=style)
        if keep_next:
            sub(own, "w:keepNext")
        if self.page_break:
            sub(own, "w:pageBreakBefore")
            self.page_break = False
        if spacing:
            sub(own, "w:spacing", **spacing)
        if indent:
            sub(own, "w:ind", **indent)
        if align:
            sub(own, "w:jc", val=align)
        return node

    def _paragraph(self, parent: Any, block: Paragraph, setting: Setting, closing: Closing | None) -> None:
        own = element_of(block)
        if block.role == "attachment" and own is None:
            self._attachment(parent, block)
            return
        if own is not None:
            style, element = ELEMENTS[own][0], self.style.element(own)
        elif block.role == "body" or block.role not in ROLES:
            style, element = setting.style, setting.element
        else:
            style, element = ROLES[block.role][0], self.style.element(block.role)
        align = block.align or (setting.align if block.role == "body" else None)
        if closing is not None:
            left = self.sheet.em(self.style.elements.signature, closing.of(block.role))
            indent = {"left": left, "leftChars": 0, "right": 0, "rightChars": 0}
            node = self.paragraph(parent, style, indent=indent, align="left")
        elif align and align != element.align:
            # Set apart by the source: no first-line indent goes with it.
            flush = {"firstLine": 0, "firstLineChars": 0} if element.indent else None
            node = self.paragraph(parent, style, indent=flush, align=align, keep_next=announces(block))
        elif element.balanced:
            self._front(parent, block, style, element)
            return
        else:
            node = self.paragraph(parent, style)
        write_line(node, block.children, self, element)

    def _front(self, parent: Any, block: Paragraph, style: str, element: Element) -> None:
        """A title broken between words: its height is made whole lines, of which Word does not know the number."""
        inlines, lines = self._broken(block, element)
        if self.start is not None:
            node = self.paragraph(parent, style, spacing=self.sheet.under(element, lines, *self.start))
            self.start = None
        else:
            below = self.sheet.below(element, lines)
            after = {"after": round(below * self.sheet.pitch), "afterLines": round(below * 100)}
            node = self.paragraph(parent, style, spacing=after if below != self.sheet.below(element) else None)
        write_line(node, inlines, self, element)

    def _balanced(self, node: Any, block: Heading, element: Element) -> None:
        write_line(node, self._broken(block, element)[0] if element.balanced else block.children, self, element)

    def _broken(self, block: Paragraph | Heading, element: Element) -> tuple[tuple[Inline, ...], int]:
        """A title with its line ends set (GB/T 9704-2012, 7.3.1), and the number of its lines.

        Only where the whole of it is text: a word that is emphasised or linked keeps the breaks Word finds.
        """
        inlines, mark = block.children, block.mark.length if block.mark is not None else 0
        measure = self.sheet.measure / self.sheet.em(element) - element.left - element.right
        lines = balance(plain(inlines), measure, self.book.language, mark=mark)
        if len(lines) < 2 or not all(isinstance(node, Text | Break) for node in inlines):
            return inlines, max(1, len(lines))
        broken: list[Inline] = [Text(lines[0])]
        for line in lines[1:]:
            broken += (Break(), Text(line))
        return tuple(broken), len(lines)

    # --- Turned pages ---

    def turn(self, parent: Any, setting: Setting) -> bool:
        """What was written so far ends a section; the next one has its pages turned.  False where none can end."""
        if parent.tag != name("w:body") or setting.width < self.sheet.measure or self.style.composition.vertical:
            return False
        if len(parent):
            last = parent[-1] if parent[-1].tag == name("w:p") else self._end(parent)
            self.sections.append((last.find(name("w:pPr")), False))
        self.page_break = False
        return True

    def turn_back(self, parent: Any) -> None:
        """The section of turned pages ends."""
        self.sections.append((self._end(parent).find(name("w:pPr")), True))

    def _end(self, parent: Any) -> Any:
        """A paragraph without height, for a section ends with a paragraph."""
        node = self.paragraph(parent, BODY)
        own = node.find(name("w:pPr"))
        sub(own, "w:snapToGrid", val=0)
        sub(own, "w:spacing", line=TWIP, lineRule="exact")
        return node

    # --- Roles that stand apart ---

    def _attachment(self, parent: Any, block: Paragraph) -> None:
        """Each name in a paragraph of its own, turned lines under its first character (GB/T 9704-2012, 7.3.4)."""
        element = self.style.elements.attachment
        for at, inlines in enumerate(_lines(block.children)):
            name = block.names[at] if at < len(block.names) else AttachmentName()
            style = "AttachmentItem" if at and not name.label else "Attachment"
            number = name.mark if name.mark is not None and name.mark.family == "arabic" else None
            if number is not None and number.path < (10,):  # the room before a name is that of one digit
                end = name.label + number.length
                style = "AttachmentFirst" if name.label else style
                inlines = _tabbed(inlines, end)
            write_line(self.paragraph(parent, style), inlines, self, element)

    # --- Lists and pictures ---

    def _item(self, parent: Any, item: ListItem, setting: Setting, depth: int, counting: int | None) -> None:
        """counting: the list that counts to its mark."""
        plainly = setting.style == BODY or setting.style.startswith("List")
        inner = setting._replace(style=list_id(depth), element=self.style.elements.list_item) if plainly else setting
        marker = item.marker if not item.marker or _CLOSED.search(item.marker) else item.marker + " "
        first = item.children[0] if item.children else Paragraph(())
        rest = item.children
        begun = len(parent)
        if marker and not (isinstance(first, Paragraph) and first.role == "body"):
            write_line(self.paragraph(parent, inner.style), (Text(marker),), self, inner.element)
        elif isinstance(first, Paragraph):
            rest = item.children[1:]
            node = self.paragraph(parent, inner.style)
            if is_bullet(item.marker):
                counting = self.book.listed(WordList("bullet", item.marker))
            if counting is not None:
                number(node.find(name("w:pPr")), counting, depth - 1)
                marker = ""
            write_line(node, _led(marker, first.children), self, inner.element)
        if not self.holds_notes:
            self.book.remarks.mark(parent[begun:], item.origin)
        for child in rest:
            self._block(parent, child, inner, depth)

    def _figure(self, parent: Any, block: Figure, setting: Setting) -> None:
        node = self.paragraph(parent, "Figure", keep_next=bool(block.caption))
        key, media = self.book.picture(block.media)
        alt = block.alt
        if key == MISSING:
            words = label("missing_picture", self.book.language)
            alt = words + label("separator", self.book.language) + alt if alt else words
        relation = self.pictures.setdefault(key, f"rIdPicture{len(self.pictures) + 1}")
        self.book.drawings += 1
        shown = size(block if key != MISSING else Figure(None), media, self.sheet, setting.width)
        write_picture(sub(node, "w:r"), shown, alt, self.book.drawings, relation)
        if block.caption:
            self.caption(parent, block.caption)

    def picture(self, run: Any, node: Picture, em: float) -> float:
        """A picture inside a line, into its run; returns its height, points."""
        key, media = self.book.picture(node.media)
        relation = self.pictures.setdefault(key, f"rIdPicture{len(self.pictures) + 1}")
        self.book.drawings += 1
        width, height = (length * em for length in size_in_line(node, media))
        write_picture(run, (width, height), node.alt, self.book.drawings, relation)
        return height

    def caption(self, parent: Any, inlines: tuple[Inline, ...], *, keep_next: bool = False) -> None:
        """A caption; keep_next: it stands above what it names."""
        element = self.style.elements.caption
        write_line(self.paragraph(parent, "Caption", keep_next=keep_next), inlines, self, element)

    # --- What a line refers to (runs.Place) ---

    def relation(self, address: str) -> str:
        """The id of the relation to an address, the same for the same address."""
        return self.addresses.setdefault(address, f"rIdLink{len(self.addresses) + 1}")

    def target(self, id: str) -> str | None:
        """The name of the bookmark of an id, or None where there is none."""
        found = self.book.bookmarks.get(id)
        return found[1] if found else None

    def open_bookmark(self, parent: Any, id: str) -> str | None:
        """Begins the bookmark of an id and returns its number; None where nothing refers to it."""
        found = self.book.open_bookmark(id)
        if found is None:
            return None
        sub(parent, "w:bookmarkStart", id=found[0], name=found[1])
        return str(found[0])

    def close_bookmark(self, parent: Any, number: str | None) -> None:
        """Ends the bookmark of that number."""
        if number is not None:
            sub(parent, "w:bookmarkEnd", id=number)

    def reference(self, parent: Any, node: NoteRef) -> None:
        """The reference to a footnote; a second one to the same note prints its mark only."""
        run = sub(parent, "w:r")
        sub(sub(run, "w:rPr"), "w:rStyle", val="FootnoteReference")
        if node.id in self.book.notes and node.id not in self.marked and not self.holds_notes:
            self.marked.add(node.id)
            number = self.book.numbers[node.id]
            if self.book.counting:
                sub(run, "w:footnoteReference", id=number)
                return
            sub(run, "w:footnoteReference", customMarkFollows=1, id=number)
            reference_mark(run, node.label)
        else:
            text_into(run, node.label)


def _hold(nodes: list[Any]) -> None:
    """Paragraphs that stay on the page of what follows."""
    for node in nodes:
        own = node.find(name("w:pPr"))
        if own is not None and own.find(name("w:keepNext")) is None:
            put(own, "w:keepNext", _BEHIND_KEEP)


def _tabbed(inlines: tuple[Inline, ...], end: int) -> tuple[Inline, ...]:
    """A line whose first `end` characters are its label and number, with a tab for the space behind them."""
    first = inlines[0]
    if not isinstance(first, Text) or len(first.text) < end:
        return inlines
    return (Text(first.text[:end].rstrip() + "\t" + first.text[end:]), *inlines[1:])


def _led(marker: str, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A line behind its marker, in one piece where both are plain."""
    if not marker:
        return inlines
    if inlines and isinstance(inlines[0], Text):
        return (Text(marker + inlines[0].text), *inlines[1:])
    return (Text(marker), *inlines)


def _lines(inlines: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """The inlines cut at the breaks the author set."""
    lines: list[list[Inline]] = [[]]
    for node in inlines:
        if isinstance(node, Break):
            lines.append([])
        else:
            lines[-1].append(node)
    return [tuple(line) for line in lines if line]
