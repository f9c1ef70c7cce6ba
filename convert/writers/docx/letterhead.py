"""What a form sets above and below the text, as paragraphs, tables and frames that stay editable (GB/T 9704-2012, 7.2,
7.4 and 10).

In: the parts of a composed document.  Out: children of the body.  A rule is a border of a paragraph or of a table, the
place of a mark is the space above it, a letter's mark and the lines at the end stand in frames that the page places.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ...model import Paragraph, plain
from ...style import PaperForm, Style
from ...style.once import once_a_style
from ...typography.widths import width_of
from ..forms import A_ROW, IssuingMark, mark_of, number_line, side_by_side
from . import faces
from .measures import TWIP, twips
from .runs import write_line, write_text
from .story import Story
from .stylesheet import ELEMENTS
from .xml import blob, name, root, sub

_MARK_LINE = 1.2
"""Height of a mark's line, em."""
_FOOT = 0.8
"""Where the baseline of an exact line stands, from its top."""
_ASCENT = 0.88
_BESIDE = 0.4
"""Between the bodies of a mark and the word beside them, em of the mark."""
_MARK_ROOM = 255.0
"""Points: the mark of many bodies is no higher (7.2.4)."""
_SEVEN_EIGHTHS = 0.875
_NUMBER_LINE = 1.25
"""Height of the number's line, em."""
_END_LINE = 0.8
"""Height of a line at the end, lines of the grid."""


class LetterheadWriter:
    """The letterhead of a document."""

    def __init__(self, story: Story, body: Any, form: PaperForm) -> None:
        self.story = story
        self.body = body
        self.form = form
        self.style = story.style
        self.sheet = story.sheet
        self.numbers = story.style.letterhead
        self.red = self.numbers.color.lstrip("#").upper()

    def write(self, blocks: Sequence[Paragraph]) -> None:
        """The parts, in their order."""
        by = {block.element: block for block in blocks}
        graded = [block for block in blocks if block.element in ("copy_number", "security", "urgency")]
        number, mark, issuer = by.get("document_number"), by.get("issuing_mark"), by.get("issuer_line")
        if self.form == "letter":
            if mark is not None:
                self._letter_mark(mark)
            self._letter_lines(graded, number)
            return
        for block in graded:
            self._line(block, "classification")
        size = self._mark(mark, len(graded)) if mark is not None else 0.0
        if number is not None:
            self._number(number, size, ruled=issuer is None)
        if issuer is not None:
            self._issuer(issuer)

    def _line(self, block: Paragraph, element: str, **properties: Any) -> Any:
        node = self.story.paragraph(self.body, ELEMENTS[element][0], **properties)
        write_line(node, block.children, self.story, self.style.element(element))
        return node

    # --- The mark -----------------------------------------------------------------------------------------------

    def _top(self) -> float:
        numbers = self.numbers
        tops = {"upward": numbers.upward_top, "order": numbers.order_top, "minutes": numbers.minutes_top}
        return float(tops.get(self.form, numbers.top))

    def _mark_size(self, mark: IssuingMark) -> float:
        """Points: not wider than the text area, not higher than leaves room for the text."""
        element = self.style.elements.issuing_mark
        widest = max(map(width_of, mark.bodies)) + (width_of(mark.word) + _BESIDE if mark.word else 0.0)
        high = len(mark.bodies) * _MARK_LINE
        most = min(float(element.size), self.sheet.measure / TWIP / widest, _MARK_ROOM / high)
        return math.floor(most * 2) / 2

    def _mark(self, block: Paragraph, lines: int) -> float:
        """The mark below so many lines; returns its size, points."""
        mark = mark_of(block, self.story.book.language)
        size = self._mark_size(mark)
        # From the page's first line to where the mark's line begins, whose em box begins a little lower.
        start = self.sheet.top / TWIP + lines * self.sheet.pitch / TWIP
        em_top = (_FOOT * _MARK_LINE - _ASCENT) * size
        before = max(0, twips(self.style.page.top + self._top() - start - em_top))
        if mark.word:
            self._mark_beside(mark, size, before)
            return size
        side = max(0, (self.sheet.measure - twips(max(map(width_of, mark.bodies)) * size)) // 2)
        for at, body in enumerate(mark.bodies):
            node = self._mark_line(self.body, size, 0 if at else before, side if len(mark.bodies) > 1 else 0)
            self._mark_text(node, body, size)
        return size

    def _mark_line(self, parent: Any, size: float, before: int, side: int = 0) -> Any:
        node = sub(parent, "w:p")
        own = sub(node, "w:pPr")
        sub(own, "w:pStyle", val=ELEMENTS["issuing_mark"][0])
        height = twips(size * _MARK_LINE)
        sub(own, "w:snapToGrid", val=0)
        sub(own, "w:spacing", before=before, beforeLines=0, after=0, afterLines=0, line=height, lineRule="exact")
        if side:
            sub(own, "w:ind", left=side, leftChars=0, right=side, rightChars=0)
            sub(own, "w:jc", val="distribute")
        return node

    def _mark_text(self, node: Any, text: str, size: float) -> None:
        write_text(node, text)
        for run in node.iterchildren(name("w:r")):
            own = run.find(name("w:rPr"))
            if own is None:
                own = sub(run, "w:rPr")
                run.insert(0, own)
            for tag in ("w:sz", "w:szCs"):
                sub(own, tag, val=round(size * 2))

    def _mark_beside(self, mark: IssuingMark, size: float, before: int) -> None:
        """Several bodies in a table without borders, the word beside them in the middle."""
        wide = twips(max(map(width_of, mark.bodies)) * size) + TWIP
        beside = twips((width_of(mark.word) + _BESIDE) * size) + TWIP
        table = self._table((wide, beside))
        left, right = self._cells(table, (wide, beside), align="center")
        for at, body in enumerate(mark.bodies):
            node = self._mark_line(left, size, 0 if at else before)
            sub(node.find(name("w:pPr")), "w:jc", val="distribute")
            self._mark_text(node, body, size)
        node = self._mark_line(right, size, before)
        sub(node.find(name("w:pPr")), "w:jc", val="right")
        self._mark_text(node, mark.word, size)

    def _table(self, widths: tuple[int, ...]) -> Any:
        """A table as wide as its columns, in the middle, without borders."""
        table = sub(self.body, "w:tbl")
        own = sub(table, "w:tblPr")
        sub(own, "w:tblW", w=sum(widths), type="dxa")
        sub(own, "w:tblInd", w=(self.sheet.measure - sum(widths)) // 2, type="dxa")
        sub(own, "w:tblLayout", type="fixed")
        margins = sub(own, "w:tblCellMar")
        for side, width in (("top", 0), ("left", 0), ("bottom", 0), ("right", 0)):
            sub(margins, f"w:{side}", w=width, type="dxa")
        grid = sub(table, "w:tblGrid")
        for width in widths:
            sub(grid, "w:gridCol", w=width)
        return table

    def _cells(self, table: Any, widths: tuple[int, ...], align: str) -> list[Any]:
        row = sub(table, "w:tr")
        cells = []
        for width in widths:
            cell = sub(row, "w:tc")
            own = sub(cell, "w:tcPr")
            sub(own, "w:tcW", w=width, type="dxa")
            sub(own, "w:vAlign", val=align)
            cells.append(cell)
        return cells

    # --- The number ---------------------------------------------------------------------------------------------

    def _em(self) -> float:
        """Size of the number, points."""
        return self.sheet.size(self.style.elements.document_number) / 2

    def _gap(self, size: float, high: float) -> int:
        """Space above a line so high (points) so that the lines between it and the mark are empty, twips."""
        below_mark = (_MARK_LINE - (_FOOT * _MARK_LINE - _ASCENT) - 1) * size
        above_em = _FOOT * high - _ASCENT * self._em()
        return max(0, round(self.numbers.lines * self.sheet.pitch - twips(below_mark + above_em)))

    def _rule_space(self, high: float) -> int:
        """Points from the foot of the number's line to the rule under it."""
        return max(0, round(self.numbers.gap - (high - (_FOOT * high - _ASCENT * self._em()) - self._em())))

    def _shape(
        self,
        node: Any,
        before: int,
        high: float,
        *,
        ruled: bool,
        after: int = 0,
        tabs: Sequence[tuple[str, int]] = (),
    ) -> None:
        """The paragraph of a line of the letterhead.  high: of its lines, points.  A rule is as wide as its paragraph,
        which therefore has no distance from the margins."""
        own = node.find(name("w:pPr"))
        if ruled:
            edge = sub(own, "w:pBdr")
            weight = round(self.numbers.weight * 8)
            sub(edge, "w:bottom", val="single", sz=weight, space=self._rule_space(high), color=self.red)
        if tabs:
            stops = sub(own, "w:tabs")
            for kind, place in tabs:
                sub(stops, "w:tab", val=kind, pos=place)
        sub(own, "w:snapToGrid", val=0)
        spaces = {"before": before, "beforeLines": 0, "after": after, "afterLines": 0}
        sub(own, "w:spacing", **spaces, line=twips(high), lineRule="exact")
        sub(own, "w:ind", left=0, leftChars=0, right=0, rightChars=0)
        if tabs:
            sub(own, "w:jc", val="left")

    def _number(self, block: Paragraph, size: float, *, ruled: bool) -> None:
        said, element = number_line(block), self.style.elements.document_number
        order, many = self.form == "order", len(said.signers) > 1
        high = self.sheet.pitch / TWIP if many else self._em() * _NUMBER_LINE
        node = self.story.paragraph(self.body, ELEMENTS["document_number"][0])
        after = round(self.numbers.lines * self.sheet.pitch) if order else 0
        left, right = self.sheet.em(element, element.left), self.sheet.measure - self.sheet.em(element, element.right)
        wide = max((width_of(name) for row in said.signers for name in row), default=0.0)
        names = right - self.sheet.em(element, wide * A_ROW + 1)
        word = names - self.sheet.em(element, width_of(said.label))
        stops = (("left", left), ("left", word), ("left", names)) if many else (("left", left), ("right", right))
        tabs = stops if said.signers else ()
        self._shape(node, self._gap(size, high), high, ruled=ruled and not order, after=after, tabs=tabs)
        if not said.signers:
            write_text(node, said.number)
            return
        for at, row in enumerate(said.signers):
            if at:
                sub(sub(node, "w:r"), "w:br")
            last = at == len(said.signers) - 1
            write_text(node, "\t" + (said.number if last else "") + "\t" + ("\t" if at else said.label))
            self._names(node, row)

    def _names(self, node: Any, names: Sequence[str]) -> None:
        """The names of those who sign, in their own face."""
        first = len(node)
        write_text(node, "\u3000".join(names))
        face = faces.slots(self.style.faces[self.numbers.signer_face])
        for run in node[first:]:
            own = run.find(name("w:rPr"))
            if own is None:
                own = sub(run, "w:rPr")
                run.insert(0, own)
            fonts = own.find(name("w:rFonts"))
            if fonts is None:
                fonts = sub(own, "w:rFonts")
            for slot, value in face.items():
                fonts.set(name(f"w:{slot}"), value)

    def _issuer(self, block: Paragraph) -> None:
        element = self.style.elements.document_number
        left, right = side_by_side(block)
        node = self.story.paragraph(self.body, ELEMENTS["document_number"][0])
        inset = self.sheet.em(element, element.right)
        stops = (("left", self.sheet.em(element, element.left)), ("right", self.sheet.measure - inset))
        high = self._em() * _NUMBER_LINE
        self._shape(node, self.sheet.pitch, high, ruled=True, after=self.sheet.pitch, tabs=stops)
        for text in (left, right):
            sub(sub(node, "w:r"), "w:tab")
            write_text(node, text)

    # --- Letters ------------------------------------------------------------------------------------------------

    def _letter_mark(self, block: Paragraph) -> None:
        """The mark in a frame as wide as the rule under it, placed from the page's edge (10.1)."""
        mark, numbers = mark_of(block, self.story.book.language), self.numbers
        size = self._mark_size(mark)
        em_top = (_FOOT * _MARK_LINE - _ASCENT) * size
        for at, body in enumerate((*mark.bodies[:-1], mark.bodies[-1] + mark.word)):
            node = sub(self.body, "w:p")
            own = sub(node, "w:pPr")
            sub(own, "w:pStyle", val=ELEMENTS["issuing_mark"][0])
            frame(own, twips(numbers.letter_rule), twips(numbers.letter_top - em_top))
            if at == len(mark.bodies) - 1:
                space = round(numbers.gap - (_MARK_LINE - (_FOOT * _MARK_LINE - _ASCENT) - 1) * size)
                double(sub(own, "w:pBdr"), "thickThinSmallGap", numbers.letter_thick, self.red, max(0, space))
            height = twips(size * _MARK_LINE)
            sub(own, "w:snapToGrid", val=0)
            sub(own, "w:spacing", before=0, beforeLines=0, after=0, afterLines=0, line=height, lineRule="exact")
            self._mark_text(node, body, size)

    def _letter_lines(self, graded: Sequence[Paragraph], number: Paragraph | None) -> None:
        """The number at the right, on its line the first of what stands at the left."""
        em = self._em()
        before = twips((_SEVEN_EIGHTHS - _FOOT * _NUMBER_LINE + _ASCENT) * em)
        if number is not None:
            node = self.story.paragraph(self.body, ELEMENTS["document_number"][0])
            self._shape(node, before, em * _NUMBER_LINE, ruled=False, tabs=(("right", self.sheet.measure),))
            for block in graded[:1]:
                write_line(node, block.children, self.story, self.style.elements.classification)
            sub(sub(node, "w:r"), "w:tab")
            write_text(node, number_line(number).number)
        for block in graded[number is not None :]:
            self._line(block, "classification")


def frame(own: Any, width: int, y: int) -> None:
    """A paragraph in a frame in the middle of the page, so far from its upper edge, twips."""
    sub(own, "w:framePr", w=width, wrap="notBeside", vAnchor="page", hAnchor="page", xAlign="center", y=y)


def double(edge: Any, kind: str, weight: float, color: str, space: int) -> None:
    """A rule of two lines under a paragraph."""
    sub(edge, "w:bottom", val=kind, sz=max(2, round(weight * 2 * 8)), space=space, color=color)


@once_a_style
def letter_foot(style: Style) -> bytes:
    """The foot of a letter's first page: its lower rule, the thin line above, and no number (10.1)."""
    numbers = style.letterhead
    node = root("w:ftr")
    own = sub(sub(node, "w:p"), "w:pPr")
    sub(own, "w:pStyle", val="Footer")
    whole = numbers.letter_thin + numbers.letter_rule_gap + numbers.letter_thick
    frame(own, twips(numbers.letter_rule), twips(style.page.height - numbers.letter_foot - whole) - TWIP)
    red = numbers.color.lstrip("#").upper()
    double(sub(own, "w:pBdr"), "thinThickSmallGap", numbers.letter_thick, red, 0)
    sub(own, "w:spacing", before=0, after=0, line=TWIP, lineRule="exact")
    sub(sub(sub(node, "w:p"), "w:pPr"), "w:pStyle", val="Footer")
    return blob(node)


def write_end(story: Story, body: Any, blocks: Sequence[Paragraph], form: PaperForm) -> None:
    """The lines for copies and printing, a row each of a table that the page places: its lower rule is the text area's
    edge (7.4)."""
    sheet, style, numbers = story.sheet, story.style, story.style.letterhead
    total = sum(round(_END_LINE * sheet.pitch) * _lines(story, block) for block in blocks)
    y = twips(style.page.top + style.page.text_height) - total
    table = sub(body, "w:tbl")
    own = sub(table, "w:tblPr")
    # LibreOffice 7.4 places a table as wide as the text only where the page says its place in words.
    place = {"vertAnchor": "page", "horzAnchor": "page", "tblpXSpec": "center"}
    sub(own, "w:tblpPr", leftFromText=0, rightFromText=0, **place, tblpY=y)
    sub(own, "w:tblW", w=sheet.measure, type="dxa")
    if form != "letter":
        edges = sub(own, "w:tblBorders")
        weights = {"top": numbers.end_rule, "bottom": numbers.end_rule, "insideH": numbers.end_rule_inner}
        for side, weight in weights.items():
            sub(edges, f"w:{side}", val="single", sz=round(weight * 8), space=0, color="auto")
    sub(own, "w:tblLayout", type="fixed")
    margins = sub(own, "w:tblCellMar")
    for side in ("left", "right"):
        sub(margins, f"w:{side}", w=0, type="dxa")
    sub(sub(table, "w:tblGrid"), "w:gridCol", w=sheet.measure)
    for block in blocks:
        row = sub(table, "w:tr")
        sub(sub(row, "w:trPr"), "w:cantSplit")
        cell = sub(row, "w:tc")
        sub(sub(cell, "w:tcPr"), "w:tcW", w=sheet.measure, type="dxa")
        _end_line(story, cell, block)
    anchor = sub(sub(body, "w:p"), "w:pPr")  # a table that the page places hangs on the paragraph behind it
    sub(anchor, "w:spacing", before=0, after=0, line=TWIP, lineRule="exact")


def _end_line(story: Story, cell: Any, block: Paragraph) -> None:
    element = story.style.element(block.element or "printing")
    node = story.paragraph(cell, ELEMENTS[block.element or "printing"][0])
    if block.element != "printing":
        write_line(node, block.children, story, element)
        return
    left, right = side_by_side(block)
    stops = sub(node.find(name("w:pPr")), "w:tabs")
    sub(stops, "w:tab", val="right", pos=story.sheet.measure - story.sheet.em(element, element.right))
    write_text(node, left)
    sub(sub(node, "w:r"), "w:tab")
    write_text(node, right)


def _lines(story: Story, block: Paragraph) -> int:
    element = story.style.element(block.element or "printing")
    if block.element == "printing":
        return 1
    measure = story.sheet.measure / story.sheet.em(element) - element.left - element.right
    rest = width_of(plain(block.children)) - measure
    return 1 + max(0, math.ceil(rest / (measure - element.hanging)))
