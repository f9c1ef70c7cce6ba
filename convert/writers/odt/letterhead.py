"""What a form sets above the text, as paragraphs, tables and frames that stay editable (GB/T 9704-2012, 7.2 and 10).

In: the parts of a composed document.  Out: children of the text.  A rule is a border of a paragraph, the place of a
mark is the space above it, a letter's mark stands in a frame that the page places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...model import Paragraph
from ...style import PaperForm
from ...typography.widths import width_of
from ..forms import IssuingMark, mark_of, number_line, side_by_side
from ..office.letterhead import BESIDE, MARK_LINE, NUMBER_LINE, SEVEN_EIGHTHS, LetterheadMeasures, Start
from ..office.measures import ASCENT, FOOT, TWIP
from ..office.measures import twips as in_twips
from . import names
from .looks import TabStop
from .paper_end import double, double_height, frame
from .story import TextStory
from .stylesheet import Values, fonts, size
from .tables import table_element
from .xml import name, points, sub, text_into, twips

_FLUSH = {"fo:margin-left": "0pt", "fo:margin-right": "0pt", "fo:text-indent": "0pt"}
_SPREAD = {"fo:text-align": "justify", "fo:text-align-last": "justify", "style:justify-single-word": "true"}


class TextLetterhead(LetterheadMeasures):
    """The letterhead of a document.

    y: where what is written so far ends, points below the first line's upper edge.
    """

    def __init__(self, story: TextStory, body: Any, form: PaperForm) -> None:
        super().__init__(story.style, story.sheet, form)
        self.story = story
        self.body = body
        self.y = 0.0
        self.last: Any = None

    def write(self, blocks: Sequence[Paragraph], *, titled: bool) -> None:
        """The parts, in their order.  titled: a title follows, which finds its place by `TextStory.start`; other text
        begins on the next line of the grid."""
        edge = self._parts(blocks)
        if titled:
            self.story.start = Start(self.y, edge)
        elif self.last is not None:
            empty = self.numbers.lines if self.form == "order" else 0.0
            begins = self.sheet.on_line(self.y, edge + empty * self.sheet.pitch / TWIP)
            key = name("text:style-name")
            below = {"fo:margin-bottom": points(begins - self.y)}  # the one above is said already
            self.last.set(key, self.story.looks.changed(self.last.get(key), below))

    def _parts(self, blocks: Sequence[Paragraph]) -> float:
        """Writes the parts; returns the edge from which the place of a title is measured, as `y`."""
        by = {block.element: block for block in blocks}
        graded = [block for block in blocks if block.element in ("copy_number", "security", "urgency")]
        number, mark, issuer = by.get("document_number"), by.get("issuing_mark"), by.get("issuer_line")
        if self.form == "letter":
            holder = (
                self._letter_mark(mark, self._letter_gap() if number is not None else 0) if mark is not None else None
            )
            return self._letter_lines(graded, number, holder)
        for block in graded:
            self._line(block, "classification")
        self.y = len(graded) * self.sheet.pitch / TWIP
        high = self._mark(mark, len(graded)) if mark is not None else 0.0
        if number is not None:
            self._number(number, high, ruled=issuer is None)
        if issuer is not None:
            self._issuer(issuer)
        return self.y

    def _line(self, block: Paragraph, element: str) -> Any:
        return self.story.line(self.body, names.ELEMENTS[element], block.children, self.style.element(element))

    # --- The mark -----------------------------------------------------------------------------------------------

    def _mark(self, block: Paragraph, lines: int) -> float:
        """The mark below so many lines; returns its size, points."""
        mark = mark_of(block, self.story.book.language)
        high = self.mark_size(mark)
        # From the page's first line to where the mark's line begins, whose em box begins a little lower.
        start = self.sheet.top / TWIP + lines * self.sheet.pitch / TWIP
        em_top = (FOOT * MARK_LINE - ASCENT) * high
        before = max(0, in_twips(self.style.page.top + self.mark_top() - start - em_top))
        self.y += before / TWIP + len(mark.bodies) * high * MARK_LINE
        if mark.word:
            self._mark_beside(mark, high, before)
            return high
        side = max(0, (self.sheet.measure - in_twips(max(map(width_of, mark.bodies)) * high)) // 2)
        for at, body in enumerate(mark.bodies):
            inset = _FLUSH | {"fo:margin-left": twips(side), "fo:margin-right": twips(side)} | _SPREAD
            spread = inset if len(mark.bodies) > 1 else None
            self.last = self._mark_line(self.body, body, high, 0 if at else before, spread)
        return high

    def _mark_line(self, parent: Any, said: str, high: float, before: int, further: Values | None = None) -> Any:
        own: Values = {
            "style:snap-to-layout-grid": "false",
            "fo:margin-top": twips(before),
            "fo:margin-bottom": "0pt",
            "fo:line-height": points(high * MARK_LINE),
        }
        style = names.ELEMENTS["issuing_mark"]
        node = self.story.paragraph(parent, style, own=own | (further or {}), text=size(high))
        text_into(node, said)
        return node

    def _mark_beside(self, mark: IssuingMark, high: float, before: int) -> None:
        """Several bodies in a table without borders, the word beside them in the middle."""
        wide = in_twips(max(map(width_of, mark.bodies)) * high) + TWIP
        beside = in_twips((width_of(mark.word) + BESIDE) * high) + TWIP
        table = table_element(self.story, self.body, [wide, beside])
        row = sub(table, "table:table-row")
        plain = {"fo:padding": "0pt", "fo:border": "none", "style:vertical-align": "middle"}
        look = {"table:style-name": self.story.looks.style("table-cell", own=plain)}
        left, right = sub(row, "table:table-cell", look), sub(row, "table:table-cell", look)
        for at, body in enumerate(mark.bodies):
            self._mark_line(left, body, high, 0 if at else before, _SPREAD)
        self._mark_line(right, mark.word, high, before, {"fo:text-align": "end"})

    # --- The number ---------------------------------------------------------------------------------------------

    def _ruled(self, before: int, high: float, *, ruled: bool, lines: int = 1, tabs: tuple[TabStop, ...] = ()) -> Any:
        """The paragraph of a line of the letterhead.  high: of each of its lines, points.  A rule is as wide as its
        paragraph, which therefore has no distance from the margins."""
        own: Values = {
            **_FLUSH,
            "style:snap-to-layout-grid": "false",
            "fo:margin-top": twips(before),
            "fo:margin-bottom": "0pt",
            "fo:line-height": points(high),
        }
        self.y += before / TWIP + lines * high
        if ruled:
            space = self.rule_space(high)
            own["fo:border-bottom"] = f"{points(self.numbers.weight)} solid {self.numbers.color}"
            own["fo:padding-bottom"] = points(space)
            self.y += space + self.numbers.weight
        if tabs:
            own["fo:text-align"] = "start"
        self.last = self.story.paragraph(self.body, names.ELEMENTS["document_number"], own=own, tabs=tabs)
        return self.last

    def _number(self, block: Paragraph, size: float, *, ruled: bool) -> None:
        said, element = number_line(block), self.style.elements.document_number
        many = len(said.signers) > 1
        high = self.sheet.pitch / TWIP if many else self.em() * NUMBER_LINE
        left, right = self.sheet.em(element, element.left), self.sheet.measure - self.sheet.em(element, element.right)
        wide = max((width_of("\u3000".join(row)) for row in said.signers), default=0.0)
        people = right - self.sheet.em(element, wide)
        word = people - self.sheet.em(element, width_of(said.label))
        places = (("left", left), ("left", word), ("left", people)) if many else (("left", left), ("right", right))
        stops: tuple[TabStop, ...] = tuple((kind, place / TWIP) for kind, place in places)
        count, ruled = max(1, len(said.signers)), ruled and self.form != "order"
        tabs = stops if said.signers else ()
        node = self._ruled(self.gap(size, high), high, ruled=ruled, lines=count, tabs=tabs)
        if not said.signers:
            text_into(node, said.number)
            return
        for at, row in enumerate(said.signers):
            if at:
                sub(node, "text:line-break")
            last = at == len(said.signers) - 1
            text_into(node, "\t" + (said.number if last else "") + "\t" + ("\t" if at else said.label))
            text_into(self._faced(node, self.numbers.signer_face), "\u3000".join(row))

    def _faced(self, node: Any, role: str) -> Any:
        """A span in the face of a role."""
        look = self.story.looks.style("text", text=fonts(self.style.faces[role]))
        return sub(node, "text:span", {"text:style-name": look})

    def _issuer(self, block: Paragraph) -> None:
        element = self.style.elements.document_number
        inset = self.sheet.em(element, element.right)
        places = (("left", self.sheet.em(element, element.left)), ("right", self.sheet.measure - inset))
        stops: tuple[TabStop, ...] = tuple((kind, place / TWIP) for kind, place in places)
        high = self.em() * NUMBER_LINE
        foot = (1 - FOOT) * high - (1 - ASCENT) * self.em()  # under the number, a line as high as this one
        node = self._ruled(self.gap_of(1.0, foot, high), high, ruled=True, tabs=stops)
        for said in side_by_side(block):
            text_into(node, f"\t{said}")

    # --- Letters ------------------------------------------------------------------------------------------------

    def _letter_gap(self) -> int:
        """From the rule under the mark to the line of the number, twips."""
        return in_twips((SEVEN_EIGHTHS - FOOT * NUMBER_LINE + ASCENT) * self.em())

    def _letter_mark(self, block: Paragraph, below: int) -> Any:
        """The mark in a frame as wide as the rule under it, placed from the page's edge (10.1), text so far below it;
        the last line is so high that its foot is where the rule stands."""
        mark, numbers = mark_of(block, self.story.book.language), self.numbers
        high = self.mark_size(mark)
        bodies = (*mark.bodies[:-1], mark.bodies[-1] + mark.word)
        line = MARK_LINE * high
        ruled = (numbers.gap + (1 - ASCENT) * high) / (1 - FOOT)
        first = ruled if len(bodies) == 1 else line
        y = in_twips(numbers.letter_top - (FOOT * first - ASCENT * high))
        holder, box = frame(self.story.looks, "Mark", numbers.letter_rule, y / TWIP, below / TWIP)
        page, self.story.master = self.story.master, ""  # begins with the paragraph that holds the frame
        for at, body in enumerate(bodies):
            last = at == len(bodies) - 1
            own = {"fo:line-height": points(ruled if last else line)}
            rule = double(numbers, thick_first=True) if last else {}
            self._mark_line(box, body, high, 0, own | rule)
        self.story.master = page
        self.y = (y - self.sheet.top) / TWIP + (len(bodies) - 1) * line + ruled + double_height(numbers)
        return holder

    def _letter_lines(self, graded: Sequence[Paragraph], number: Paragraph | None, holder: Any) -> float:
        """The number at the right, on its line the first of what stands at the left.  holder: the frame of the mark.
        Returns where the em box of the last line ends, as `y`."""
        em, high, foot, begun = self.em(), self.sheet.pitch / TWIP, self.y, len(self.body)
        if number is not None:
            high = em * NUMBER_LINE
            node = self._ruled(self._letter_gap(), high, ruled=False, tabs=(("right", self.sheet.measure / TWIP),))
            for block in graded[:1]:
                element = self.style.elements.classification
                self._classified(node, block, element.face)
            text_into(node, f"\t{number_line(number).number}")
            foot = self.y
        for block in graded[number is not None :]:
            self._line(block, "classification")
            high = self.sheet.pitch / TWIP
            self.y += high
            foot = self.y
        if holder is not None:
            if len(self.body) == begun:
                self.story.paragraph(self.body, names.BODY, own=_FLUSH | {"fo:line-height": "1pt"})
            anchor = self.body[begun]
            anchor.insert(0, holder)
            holder.tail, anchor.text = anchor.text, None
        return foot - ((1 - FOOT) * high - (1 - ASCENT) * em)

    def _classified(self, node: Any, block: Paragraph, face: str) -> None:
        from .runs import write_line

        write_line(self._faced(node, face), block.children, self.story, self.style.elements.classification)
