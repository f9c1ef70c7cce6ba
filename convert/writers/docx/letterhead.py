"""What a form sets above the text, as paragraphs, tables and frames that stay editable (GB/T 9704-2012, 7.2 and 10).

In: the parts of a composed document.  Out: children of the body.  A rule is a border of a paragraph, the place of a
mark is the space above it, a letter's mark stands in a frame that the page places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...model import Paragraph
from ...style import PaperForm
from ...typography.widths import width_of
from ..forms import IssuingMark, mark_of, number_line, side_by_side
from ..office import faces
from ..office.letterhead import BESIDE, DOUBLE, MARK_LINE, NUMBER_LINE, SEVEN_EIGHTHS, LetterheadMeasures, Start
from ..office.measures import ASCENT, FOOT, TWIP, twips
from .paper_end import double, frame
from .runs import write_line, write_text
from .story import Story
from .stylenames import ELEMENTS
from .xml import name, sub


class LetterheadWriter(LetterheadMeasures):
    """The letterhead of a document.

    y: where what is written so far ends, points below the first line's upper edge.
    """

    def __init__(self, story: Story, body: Any, form: PaperForm) -> None:
        super().__init__(story.style, story.sheet, form)
        self.story = story
        self.body = body
        self.red = self.numbers.color.lstrip("#").upper()
        self.y = 0.0
        self.last: Any = None

    def write(self, blocks: Sequence[Paragraph], *, titled: bool) -> None:
        """The parts, in their order.  titled: a title follows, which finds its place by `Story.start`; other text
        begins on the next line of the grid."""
        edge = self._parts(blocks)
        if titled:
            self.story.start = Start(self.y, edge)
        elif self.last is not None:
            empty = self.numbers.lines if self.form == "order" else 0.0
            begins = self.sheet.on_line(self.y, edge + empty * self.sheet.pitch / TWIP)
            spacing = self.last.find(f"{name('w:pPr')}/{name('w:spacing')}")
            spacing.set(name("w:after"), str(twips(begins - self.y)))

    def _parts(self, blocks: Sequence[Paragraph]) -> float:
        """Writes the parts; returns the edge from which the place of a title is measured, as `y`."""
        by = {block.element: block for block in blocks}
        graded = [block for block in blocks if block.element in ("copy_number", "security", "urgency")]
        number, mark, issuer = by.get("document_number"), by.get("issuing_mark"), by.get("issuer_line")
        if self.form == "letter":
            if mark is not None:
                self._letter_mark(mark)
            return self._letter_lines(graded, number)
        for block in graded:
            self._line(block, "classification")
        self.y = len(graded) * self.sheet.pitch / TWIP
        size = self._mark(mark, len(graded)) if mark is not None else 0.0
        if number is not None:
            self._number(number, size, ruled=issuer is None)
        if issuer is not None:
            self._issuer(issuer)
        return self.y

    def _line(self, block: Paragraph, element: str, **properties: Any) -> Any:
        node = self.story.paragraph(self.body, ELEMENTS[element][0], **properties)
        write_line(node, block.children, self.story, self.style.element(element))
        return node

    # --- The mark -----------------------------------------------------------------------------------------------

    def _mark(self, block: Paragraph, lines: int) -> float:
        """The mark below so many lines; returns its size, points."""
        mark = mark_of(block, self.story.book.language)
        size = self.mark_size(mark)
        # From the page's first line to where the mark's line begins, whose em box begins a little lower.
        start = self.sheet.top / TWIP + lines * self.sheet.pitch / TWIP
        em_top = (FOOT * MARK_LINE - ASCENT) * size
        before = max(0, twips(self.style.page.top + self.mark_top() - start - em_top))
        self.y += before / TWIP + len(mark.bodies) * size * MARK_LINE
        if mark.word:
            self._mark_beside(mark, size, before)
            return size
        side = max(0, (self.sheet.measure - twips(max(map(width_of, mark.bodies)) * size)) // 2)
        for at, body in enumerate(mark.bodies):
            node = self._mark_line(self.body, size, 0 if at else before, side if len(mark.bodies) > 1 else 0)
            self._mark_text(node, body, size)
            self.last = node
        return size

    def _mark_line(self, parent: Any, size: float, before: int, side: int = 0) -> Any:
        node = sub(parent, "w:p")
        own = sub(node, "w:pPr")
        sub(own, "w:pStyle", val=ELEMENTS["issuing_mark"][0])
        height = twips(size * MARK_LINE)
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
        beside = twips((width_of(mark.word) + BESIDE) * size) + TWIP
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

    def _shape(
        self,
        node: Any,
        before: int,
        high: float,
        *,
        ruled: bool,
        lines: int = 1,
        tabs: Sequence[tuple[str, int]] = (),
    ) -> None:
        """The paragraph of a line of the letterhead.  high: of each of its lines, points.  A rule is as wide as its
        paragraph, which therefore has no distance from the margins."""
        own = node.find(name("w:pPr"))
        self.last = node
        self.y += before / TWIP + lines * high
        if ruled:
            edge = sub(own, "w:pBdr")
            weight, space = round(self.numbers.weight * 8), self.rule_space(high)
            sub(edge, "w:bottom", val="single", sz=weight, space=space, color=self.red)
            self.y += space + weight / 8
        if tabs:
            stops = sub(own, "w:tabs")
            for kind, place in tabs:
                sub(stops, "w:tab", val=kind, pos=place)
        sub(own, "w:snapToGrid", val=0)
        spaces = {"before": before, "beforeLines": 0, "after": 0, "afterLines": 0}
        sub(own, "w:spacing", **spaces, line=twips(high), lineRule="exact")
        sub(own, "w:ind", left=0, leftChars=0, right=0, rightChars=0)
        if tabs:
            sub(own, "w:jc", val="left")

    def _number(self, block: Paragraph, size: float, *, ruled: bool) -> None:
        said, element = number_line(block), self.style.elements.document_number
        many = len(said.signers) > 1
        high = self.sheet.pitch / TWIP if many else self.em() * NUMBER_LINE
        node = self.story.paragraph(self.body, ELEMENTS["document_number"][0])
        left, right = self.sheet.em(element, element.left), self.sheet.measure - self.sheet.em(element, element.right)
        wide = max((width_of("\u3000".join(row)) for row in said.signers), default=0.0)
        names = right - self.sheet.em(element, wide)
        word = names - self.sheet.em(element, width_of(said.label))
        stops = (("left", left), ("left", word), ("left", names)) if many else (("left", left), ("right", right))
        tabs = stops if said.signers else ()
        count, ruled = max(1, len(said.signers)), ruled and self.form != "order"
        self._shape(node, self.gap(size, high), high, ruled=ruled, lines=count, tabs=tabs)
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
        self._in_face(node, first, self.numbers.signer_face)

    def _in_face(self, node: Any, first: int, role: str) -> None:
        """The runs from child `first` on in the face of a role."""
        face = faces.slots(self.style.faces[role])
        for run in node.iterchildren(name("w:r")):
            if node.index(run) < first:
                continue
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
        high = self.em() * NUMBER_LINE
        foot = (1 - FOOT) * high - (1 - ASCENT) * self.em()  # under the number, a line as high as this one
        self._shape(node, self.gap_of(1.0, foot, high), high, ruled=True, tabs=stops)
        for text in (left, right):
            sub(sub(node, "w:r"), "w:tab")
            write_text(node, text)

    # --- Letters ------------------------------------------------------------------------------------------------

    def _letter_mark(self, block: Paragraph) -> None:
        """The mark in a frame as wide as the rule under it, placed from the page's edge (10.1).

        The last line is so high that its foot is where the rule stands: LibreOffice 7.4 counts twice what space a
        border in a frame has.
        """
        mark, numbers = mark_of(block, self.story.book.language), self.numbers
        size = self.mark_size(mark)
        bodies = (*mark.bodies[:-1], mark.bodies[-1] + mark.word)
        line = MARK_LINE * size
        ruled = (numbers.gap + (1 - ASCENT) * size) / (1 - FOOT)
        first = ruled if len(bodies) == 1 else line
        y = twips(numbers.letter_top - (FOOT * first - ASCENT * size))
        for at, body in enumerate(bodies):
            last = at == len(bodies) - 1
            node = sub(self.body, "w:p")
            own = sub(node, "w:pPr")
            sub(own, "w:pStyle", val=ELEMENTS["issuing_mark"][0])
            frame(own, twips(numbers.letter_rule), y)
            if last:
                double(sub(own, "w:pBdr"), "thickThinSmallGap", numbers.letter_thick, self.red)
            sub(own, "w:snapToGrid", val=0)
            height = twips(ruled if last else line)
            sub(own, "w:spacing", before=0, beforeLines=0, after=0, afterLines=0, line=height, lineRule="exact")
            self._mark_text(node, body, size)
        self.y = (y - self.sheet.top) / TWIP + (len(bodies) - 1) * line + ruled + numbers.letter_thick + DOUBLE

    def _letter_lines(self, graded: Sequence[Paragraph], number: Paragraph | None) -> float:
        """The number at the right, on its line the first of what stands at the left.  Returns where the em box of the
        last line ends, as `y`."""
        em, high, foot = self.em(), self.sheet.pitch / TWIP, self.y
        if number is not None:
            high = em * NUMBER_LINE
            before = twips((SEVEN_EIGHTHS - FOOT * NUMBER_LINE + ASCENT) * em)
            node = self.story.paragraph(self.body, ELEMENTS["document_number"][0])
            self._shape(node, before, high, ruled=False, tabs=(("right", self.sheet.measure),))
            for block in graded[:1]:
                write_line(node, block.children, self.story, self.style.elements.classification)
                self._in_face(node, 0, self.style.elements.classification.face)
            sub(sub(node, "w:r"), "w:tab")
            write_text(node, number_line(number).number)
            foot = self.y
        for block in graded[number is not None :]:
            self._line(block, "classification")
            high = self.sheet.pitch / TWIP
            self.y += high
            foot = self.y
        return foot - ((1 - FOOT) * high - (1 - ASCENT) * em)
