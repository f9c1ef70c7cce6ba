"""What a form sets below the text: the lines for copies and printing, and a letter's lower rule (GB/T 9704-2012, 7.4
and 10.1).

In: the parts of a composed document.  Out: children of the body, a footer.  The lines stand in a table that the page
places, the rule is the border of a framed paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...model import Paragraph
from ...style import PaperForm, Style
from ...style.once import once_a_style
from ..forms import side_by_side
from ..office.letterhead import DOUBLE, END_LINE, end_lines
from ..office.measures import TWIP, twips
from .runs import write_line, write_text
from .story import Story
from .stylenames import ELEMENTS
from .xml import blob, name, root, sub


def frame(own: Any, width: int, y: int) -> None:
    """A paragraph in a frame in the middle of the page, so far from its upper edge, twips."""
    sub(own, "w:framePr", w=width, wrap="notBeside", vAnchor="page", hAnchor="page", xAlign="center", y=y)


def double(edge: Any, kind: str, weight: float, color: str) -> None:
    """A rule of two lines under a paragraph.  weight: of the thick one, points."""
    sub(edge, "w:bottom", val=kind, sz=max(2, round(weight * 8)), space=0, color=color)


@once_a_style
def letter_foot(style: Style) -> bytes:
    """The foot of a letter's first page: its lower rule, the thin line above, and no number (10.1)."""
    numbers = style.letterhead
    node = root("w:ftr")
    own = sub(sub(node, "w:p"), "w:pPr")
    sub(own, "w:pStyle", val="Footer")
    whole = numbers.letter_thick + DOUBLE
    frame(own, twips(numbers.letter_rule), twips(style.page.height - numbers.letter_foot - whole) - TWIP)
    red = numbers.color.lstrip("#").upper()
    double(sub(own, "w:pBdr"), "thinThickSmallGap", numbers.letter_thick, red)
    sub(own, "w:spacing", before=0, after=0, line=TWIP, lineRule="exact")
    sub(sub(sub(node, "w:p"), "w:pPr"), "w:pStyle", val="Footer")
    return blob(node)


def write_end(story: Story, body: Any, blocks: Sequence[Paragraph], form: PaperForm) -> None:
    """The lines for copies and printing, a row each of a table that the page places: its lower rule is the text area's
    edge (7.4)."""
    sheet, style, numbers = story.sheet, story.style, story.style.letterhead
    total = sum(round(END_LINE * sheet.pitch) * end_lines(block, style, sheet) for block in blocks)
    rules = 0.0 if form == "letter" else 2 * numbers.end_rule + (len(blocks) - 1) * numbers.end_rule_inner
    y = twips(style.page.top + style.page.text_height - rules) - total
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
