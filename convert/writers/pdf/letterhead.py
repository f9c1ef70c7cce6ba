"""What a form sets above and below the text, in its places on the page (GB/T 9704-2012, 7.2, 7.4 and 10).

In: the parts of a composed document and the numbers of its style.  Out: a band that begins the first page and one
that ends the last, each with its items in their places; and the pages with the second in its place.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ...model import Paragraph
from ...style import Element, PaperForm
from ..forms import IssuingMark, mark_of, number_line, side_by_side
from .frame import Frame, PageHost
from .justify import Line, Measure
from .linebreak import break_lines
from .paginate import LaidPage, PlacedBand
from .rows import ASCENT, Band, BandItem, RuleItem, TextItem
from .shape import StyledRun
from .tags import Tag

_ENDLESS = 1e6
_BESIDE = 0.4
"""Between the bodies of a mark and the word beside them, em of the mark."""
_MARK_ROOM = 255.0
"""Points: the mark of many bodies is no higher, so that the text begins on the first page (7.2.4)."""
_SEVEN_EIGHTHS = 0.875
"""Of a character's height: from a letter's rule to what stands below it (10.1)."""


class LetterheadRows:
    """The letterhead of one document, built from above."""

    def __init__(self, layout: PageHost, form: PaperForm) -> None:
        self.layout = layout
        self.form = form
        self.style = layout.style
        self.numbers = layout.style.letterhead
        self.items: list[BandItem] = []
        self.y = 0.0

    def band(self, blocks: Sequence[Paragraph]) -> list[Band]:
        """The letterhead as one band; none where there is nothing to set."""
        if not blocks:
            return []
        by = {block.element: block for block in blocks}
        graded = [block for block in blocks if block.element in ("copy_number", "security", "urgency")]
        if self.form != "letter":
            self._graded(graded, 0.0)
        if mark := by.get("issuing_mark"):
            self._mark(mark)
        if self.form == "letter":
            self._letter(graded, by.get("document_number"))
        else:
            if number := by.get("document_number"):
                self._number(number)
            if issuer := by.get("issuer_line"):
                self._issuer(issuer)
            if self.form == "order":
                self.y += self.numbers.lines * self.layout.pitch
            else:
                self.y += self.numbers.gap
                self._rule(0.0, self.layout.width, self.y, self.numbers.weight)
        return [Band(self.y, self.items, keep=True, snap=False)]

    # --- Parts --------------------------------------------------------------------------------------------------

    def _graded(self, blocks: Sequence[Paragraph], top: float) -> None:
        """Copy number, security and urgency, flush left, one a line, from the text area's first line on."""
        for at, block in enumerate(blocks):
            plain_digits = block.element == "copy_number"
            element = self.style.elements.body if plain_digits else self.style.elements.classification
            y = top + at * self.layout.pitch
            self.items.append(self._line(block, element, y, 0.0))
            self.y = max(self.y, y + element.size)

    def _mark(self, block: Paragraph) -> None:
        element = self.style.elements.issuing_mark
        mark = mark_of(block, self.layout.document.metadata.language)
        size = self._mark_size(mark, element)
        top = self._mark_top()
        node = self._node(block)
        lines = [self._shaped(body, element, size, node) for body in mark.bodies]
        wide = max(line.line.width for line in lines)
        word = self._shaped(mark.word, element, size, node) if mark.word else None
        whole = wide + (word.line.width + _BESIDE * size if word is not None else 0.0)
        left = (self.layout.width - whole) / 2
        step = element.leading * size
        for at, line in enumerate(lines):
            spread = _spread(line, wide)
            self.items.append(replace(spread, x=left, y=top + at * step + ASCENT * size))
        high = (len(lines) - 1) * step + size
        if word is not None:
            y = top + (high - size) / 2 + ASCENT * size
            self.items.append(replace(word, x=left + wide + _BESIDE * size, y=y))
        self.y = top + high

    def _mark_top(self) -> float:
        numbers = self.numbers
        if self.form == "letter":
            return numbers.letter_top - self.style.page.top
        tops = {"upward": numbers.upward_top, "order": numbers.order_top, "minutes": numbers.minutes_top}
        return tops.get(self.form, numbers.top)

    def _mark_size(self, mark: IssuingMark, element: Element) -> float:
        """Not wider than the text area, and not higher than leaves room for the text."""
        widest = max(self._shaped(body, element, element.size, None).line.width for body in mark.bodies)
        if mark.word:
            widest += self._shaped(mark.word, element, element.size, None).line.width + _BESIDE * element.size
        high = len(mark.bodies) * element.leading * element.size
        return min(1.0, self.layout.width / widest, _MARK_ROOM / high) * float(element.size)

    def _number(self, block: Paragraph) -> None:
        """The number, centred, or at the left with the signers at the right (7.2.5, 7.2.6)."""
        element, said = self.style.elements.document_number, number_line(block)
        node, em = self._node(block), element.size
        top = self.y + self.numbers.lines * self.layout.pitch
        rows = said.signers
        last = top + max(0, len(rows) - 1) * self.layout.pitch
        named = replace(element, face=self.numbers.signer_face)
        lines = [[self._shaped(name, named, em, node) for name in row] for row in rows]
        step = max((name.line.width for row in lines for name in row), default=0.0) + em
        wide = max(((len(row) - 1) * step + row[-1].line.width for row in lines), default=0.0)
        x = self.layout.width - element.right * em - wide
        for at, row in enumerate(lines):
            if at == len(lines) - 1:
                self._number_at(said.number, element, element.left * em, last, node)
            y = top + at * self.layout.pitch + ASCENT * em
            if not at:
                word = self._shaped(said.label, element, em, node)
                self.items.append(replace(word, x=x - word.line.width, y=y))
            self.items += [replace(name, x=x + step * column, y=y) for column, name in enumerate(row)]
        if not rows:
            self._number_at(said.number, element, None, last, node)
        self.y = last + em

    def _number_at(self, number: str, element: Element, x: float | None, top: float, node: Tag) -> None:
        """The number, in the middle where no place is given."""
        if number:
            item = self._shaped(number, element, element.size, node)
            left = (self.layout.width - item.line.width) / 2 if x is None else x
            self.items.append(replace(item, x=left, y=top + ASCENT * element.size))

    def _issuer(self, block: Paragraph) -> None:
        element = self.style.elements.document_number
        top = self.y + self.layout.pitch
        self.items += _both_sides(self, block, element, top)
        self.y = top + element.size

    def _letter(self, graded: Sequence[Paragraph], number: Paragraph | None) -> None:
        """The double rule under a letter's mark, below it the number at the right and what stands at the left."""
        numbers = self.numbers
        y = self.y + numbers.gap
        self._double(y, numbers.letter_thick, numbers.letter_thin)
        bottom = y + numbers.letter_thick + numbers.letter_rule_gap + numbers.letter_thin
        top = bottom + _SEVEN_EIGHTHS * self.style.elements.body.size
        self.y = bottom
        self._graded(graded[:1], top)
        if number is not None:
            element = self.style.elements.document_number
            item = self._line(number, element, top, 0.0)
            self.items.append(replace(item, x=self.layout.width - item.line.width))
            self.y = max(self.y, top + element.size)
        self._graded(graded[1:], top + self.layout.pitch)

    def _double(self, y: float, first: float, second: float) -> None:
        """Two rules under one another, as long as the style says, in the middle of the page."""
        x = (self.style.page.width - self.numbers.letter_rule) / 2 - self.layout.inner(0)
        self._rule(x, x + self.numbers.letter_rule, y + first / 2, first)
        self._rule(x, x + self.numbers.letter_rule, y + first + self.numbers.letter_rule_gap + second / 2, second)

    def foot(self) -> list[BandItem]:
        """The lower rule of a letter's first page, the thin line above."""
        numbers = self.numbers
        self.items = []
        whole = numbers.letter_thin + numbers.letter_rule_gap + numbers.letter_thick
        y = self.style.page.height - numbers.letter_foot - self.style.page.top - whole
        self._double(y, numbers.letter_thin, numbers.letter_thick)
        return self.items

    def _rule(self, x: float, x2: float, y: float, weight: float) -> None:
        self.items.append(RuleItem(x, y, x2, y, weight, self.numbers.color))

    # --- Lines --------------------------------------------------------------------------------------------------

    def _node(self, block: Paragraph) -> Tag:
        return self.layout.root.child("Title" if block.role == "title" else "P")

    def _line(self, block: Paragraph, element: Element, top: float, x: float) -> TextItem:
        text = "".join(number_line(block)[:1]) if block.element == "document_number" else _text(block)
        item = self._shaped(text, element, element.size, self._node(block))
        return replace(item, x=x, y=top + ASCENT * element.size)

    def _shaped(self, text: str, element: Element, size: float, node: Tag | None) -> TextItem:
        """Text on one line at the left of the text area."""
        look = self.layout.shaper.base(element)._replace(size=float(size))
        shaped = self.layout.shaper.shape([StyledRun(text, look)], float(size))
        return TextItem(0.0, 0.0, shaped, break_lines(shaped, Measure(_ENDLESS, justify=False))[0], node)


def _text(block: Paragraph) -> str:
    left, right = side_by_side(block)
    return left + right


def _spread(item: TextItem, width: float) -> TextItem:
    """A line whose characters stand apart until it is so wide."""
    count = item.line.last - item.line.first - 1
    if count < 1 or item.line.width >= width:
        return item
    more = (width - item.line.width) / count
    extra = {at: item.line.extra.get(at, 0.0) + more for at in range(item.line.first, item.line.last - 1)}
    line: Line = replace(item.line, extra=extra, width=width)
    return replace(item, line=line)


def _both_sides(head: LetterheadRows, block: Paragraph, element: Element, top: float) -> list[BandItem]:
    """One line with text at both sides, as far in as the element says."""
    node = head._node(block)
    out: list[BandItem] = []
    for at, text in enumerate(side_by_side(block)):
        if text:
            item = head._shaped(text, element, element.size, node)
            right = head.layout.width - element.right * element.size - item.line.width
            out.append(replace(item, x=right if at else element.left * element.size, y=top + ASCENT * element.size))
    return out


# --- The end ----------------------------------------------------------------------------------------------------


def end_band(layout: PageHost, blocks: Sequence[Paragraph], form: PaperForm) -> Band | None:
    """The lines for copies and printing, with their rules (7.4); a letter has no rules there (10.1)."""
    if not blocks:
        return None
    head, numbers = LetterheadRows(layout, form), layout.style.letterhead
    items: list[BandItem] = []
    y = 0.0
    for number, block in enumerate(blocks):
        if form != "letter":
            weight = numbers.end_rule_inner if number else numbers.end_rule
            items.append(RuleItem(0, y, layout.width, y, weight))
        if block.element == "printing":
            element = layout.style.elements.printing
            spare = element.leading * layout.pitch - element.size
            items += _both_sides(head, block, element, y + spare / 2)
            y += element.leading * layout.pitch
            continue
        element = layout.style.elements.copy_to
        node = layout.root.child("P")
        frame = Frame(0, layout.width, "body", layout.root)
        for row in layout.text(block.children, element, frame, node):
            items += [replace(item, y=item.y + y) for item in row.items if isinstance(item, TextItem)]
            y += row.height
    if form != "letter":
        items.append(RuleItem(0, y, layout.width, y, numbers.end_rule))
    return Band(y, items, snap=False)


def with_end(
    pages: list[LaidPage], band: Band, layout: PageHost, form: PaperForm
) -> tuple[list[LaidPage], frozenset[int]]:
    """The pages with the lines at the end on the last of them, their last rule on the text area's lower edge, and the
    pages without a number: where a blank page stands before, it and the last one have none (7.5)."""
    even = layout.style.letterhead.even_end and form != "letter"
    out, blank = list(pages), 0
    while not _fits(out[-1], band, layout) or (even and len(out) % 2):
        blank += 1
        out.append(LaidPage([], [], layout.page_height))
    last = out[-1]
    placed = PlacedBand(layout.type_height - band.height, band)
    out[-1] = last._replace(rows=[*last.rows, placed])
    count = len(out)
    return out, frozenset((count, count - 1)) if blank > 1 else frozenset()


def _fits(page: LaidPage, band: Band, layout: PageHost) -> bool:
    if page.notes:
        return False
    bottom = page.rows[-1].y + page.rows[-1].row.least(layout.pitch) if page.rows else 0.0
    return bottom + layout.pitch - layout.body_size <= layout.type_height - band.height
