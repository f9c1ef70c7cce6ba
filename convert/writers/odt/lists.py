"""Lists: `text:list` with its items, the marks those that the page has (OpenDocument 1.3, 5.3 and 16.30).

A bullet and a number that the page's own list counts are the list's, so that a clerk can add an item; a number in the
text of the page stays text before its line, in a list that draws no mark.  A list holds no table: it is closed before
one and opened again behind it.
"""

from __future__ import annotations

from typing import Any

from ...model import List, ListItem, Paragraph, Text
from ..office.book import Book
from ..office.counted import WordList, counted, is_bullet
from ..office.lines import led, spaced
from ..office.measures import LIST_LEVELS, LIST_STEP, Sheet
from ..office.setting import Setting
from . import names
from .looks import ListLook
from .stylesheet import indents
from .teller import TextTeller
from .xml import sub, twips

_FORMATS = {
    "decimal": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_HAN = "\u4e00, \u4e8c, \u4e09, ..."
"""Han numbers, as LibreOffice writes their format (19.500)."""


class _OpenList:
    """A list that is being written: its element, its style and its last item."""

    def __init__(self, node: Any, style: str) -> None:
        self.node = node
        self.style = style
        self.item: Any = None


class ListWriter:
    """The lists of a story.  begins: the paragraph that is asked for begins an item."""

    def __init__(self, story: TextTeller, book: Book) -> None:
        self.story = story
        self.book = book
        self.begins = False
        self._open: list[_OpenList] = []

    def close(self) -> None:
        """Ends all that is open."""
        self._open.clear()

    def item(self, parent: Any) -> Any:
        """The item that is open, or the parent."""
        return self._open[-1].item if self._open else parent

    def write(self, parent: Any, block: List, setting: Setting, depth: int) -> None:
        """A list of a depth, from 1."""
        own = counted(block, self.book.language)
        number = self.book.listed(own) if own is not None else 0
        for at, item in enumerate(block.items):
            self._item(parent, item, setting, depth, own, number, at)
        del self._open[depth - 1 :]

    def _item(
        self, parent: Any, item: ListItem, setting: Setting, depth: int, own: WordList | None, number: int, at: int
    ) -> None:
        plainly = setting.style == names.BODY or setting.style.startswith("List ")
        element = self.story.style.elements.list_item
        inner = setting._replace(style=names.listed(depth), element=element) if plainly else setting
        marker = spaced(item.marker)
        first = item.children[0] if item.children else Paragraph(())
        leads = isinstance(first, Paragraph) and first.role == "body"
        if leads and is_bullet(item.marker):
            own, number = WordList("bullet", item.marker), 0
        look = ListLook(own if leads else None, number, inner.element, plainly)
        self._enter(parent, depth, self.story.looks.list_style(look), own.start + at if own and number else 0)
        rest = item.children
        self.begins = True
        if marker and not leads:
            self.story.line(parent, inner.style, (Text(marker),), inner.element)
        elif isinstance(first, Paragraph):
            rest = rest[1:]
            inlines = led("" if look.mark else marker, first.children)
            align = inner.align if inner.align != inner.element.align else None
            side = {"fo:text-align": {"left": "start", "right": "end"}.get(align, align)} if align else None
            self.story.line(parent, inner.style, inlines, inner.element, own=side)
        self.begins = False
        for child in rest:
            self.story.block(parent, child, inner, depth)

    def _enter(self, parent: Any, depth: int, style: str, start: int) -> None:
        """Begins an item at a depth, in the list that is open there where it has the style.  start: its number, 0 for
        none."""
        del self._open[depth:]
        if len(self._open) == depth and self._open[-1].style != style:
            self._open.pop()
        again = len(self._open) < depth
        while len(self._open) < depth:
            holder = self.item(parent)
            self._open.append(_OpenList(sub(holder, "text:list", {"text:style-name": style}), style))
            if len(self._open) < depth:
                self._open[-1].item = sub(self._open[-1].node, "text:list-header")
        told = {"text:start-value": start} if again and start else None
        self._open[-1].item = sub(self._open[-1].node, "text:list-item", told)


def list_element(parent: Any, name: str, look: ListLook, sheet: Sheet) -> None:
    """`text:list-style`.  A mark stands where the style of its paragraph has the first line, as if it were text: a
    space behind a bullet, none behind a number that ends in a mark."""
    node = sub(parent, "text:list-style", {"style:name": name})
    mark = look.mark
    for level in range(1, LIST_LEVELS + 1):
        own: dict[str, object] = {"text:level": level}
        if mark is not None and mark.form == "bullet":
            kind, follows = "bullet", "space"
            own["text:bullet-char"] = mark.mark
        else:
            kind, follows = "number", "nothing"
            form = _FORMATS.get(mark.form, _HAN) if mark is not None else ""
            own |= {"style:num-suffix": mark.mark, "style:num-format": form} if mark else {"style:num-format": form}
            if mark is not None:
                own["text:start-value"] = mark.start
        holder = sub(node, f"text:list-level-style-{kind}", own)
        mode = {"text:list-level-position-and-space-mode": "label-alignment"}
        place = indents(sheet, look.element)
        left = place.left + (sheet.em(look.element, LIST_STEP * (level - 1)) if look.stepped else 0)
        aligned = {
            "text:label-followed-by": follows,
            "fo:text-indent": twips(place.first),
            "fo:margin-left": twips(left),
        }
        sub(sub(holder, "style:list-level-properties", mode), "style:list-level-label-alignment", aligned)
