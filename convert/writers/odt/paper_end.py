"""What a form sets below the text: the lines for copies and printing, and a letter's lower rule (GB/T 9704-2012, 7.4
and 10.1).

In: the parts of a composed document.  Out: children of the text, a foot.  The lines stand in a table in a frame that
the page places, the rule is the border of a framed paragraph.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...model import Paragraph
from ...style import Letterhead, PaperForm, Style
from ..forms import side_by_side
from ..office.letterhead import END_LINE, end_lines
from ..office.measures import TWIP
from . import names
from .looks import AutomaticStyles
from .story import TextStory
from .stylesheet import Values
from .tables import table_element
from .xml import points, root, sub, text_into

_TINY = {
    "fo:line-height": "1pt",
    "fo:margin-top": "0pt",
    "fo:margin-bottom": "0pt",
    "fo:margin-left": "0pt",
    "fo:margin-right": "0pt",
    "fo:text-indent": "0pt",
}
_PLACED = {
    "style:vertical-pos": "from-top",
    "style:vertical-rel": "page",
    "style:horizontal-pos": "center",
    "style:horizontal-rel": "page",
    "style:wrap": "none",
    "style:flow-with-text": "false",
    "fo:padding": "0pt",
    "fo:border": "none",
    "fo:margin-left": "0pt",
    "fo:margin-right": "0pt",
    "fo:margin-top": "0pt",
    "fo:margin-bottom": "0pt",
}


def frame(looks: AutomaticStyles, name: str, width: float, y: float, below: float = 0) -> tuple[Any, Any]:
    """A frame in the middle of the page, so far from its upper edge (points), in no paragraph yet; and its box.  below:
    from it to the text under it."""
    held = root("office:text", "text", "draw", "svg", "fo", "style")
    look = looks.style("graphic", names.FRAME, _PLACED | {"fo:margin-bottom": points(below)})
    node = _frame(held, look, name, width, y)
    return node, node[0]


def _frame(parent: Any, style: str, name: str, width: float, y: float) -> Any:
    # By its name LibreOffice tells a frame of text from a drawing.
    own = {"draw:style-name": style, "draw:name": name, "text:anchor-type": "paragraph"}
    own |= {"svg:width": points(width), "svg:y": points(y)}
    node = sub(parent, "draw:frame", own)
    sub(node, "draw:text-box", {"fo:min-height": "1pt"})
    return node


def double_height(numbers: Letterhead) -> float:
    """How high a rule of two lines is, points."""
    return numbers.letter_thin + numbers.letter_rule_gap + numbers.letter_thick


def double(numbers: Letterhead, *, thick_first: bool) -> Values:
    """A rule of two lines under a paragraph."""
    lines = [numbers.letter_thin, numbers.letter_rule_gap, numbers.letter_thick]
    if thick_first:
        lines.reverse()
    return {
        "fo:border-bottom": f"{points(double_height(numbers))} double {numbers.color}",
        "style:border-line-width-bottom": " ".join(map(points, lines)),
        "fo:padding-bottom": "0pt",
    }


def letter_foot(master: Any, automatic: Any, style: Style) -> None:
    """The foot of a letter's first page: its lower rule, the thin line above, and no number (10.1)."""
    numbers = style.letterhead
    look = {"style:name": "LetterRule", "style:family": "graphic", "style:parent-style-name": names.FRAME}
    held = sub(automatic, "style:style", look)
    sub(held, "style:graphic-properties", _PLACED)
    line = {"style:name": "LetterRuleLine", "style:family": "paragraph", "style:parent-style-name": "Footer"}
    sub(sub(automatic, "style:style", line), "style:paragraph-properties", _TINY | double(numbers, thick_first=False))
    holder = sub(sub(master, "style:footer"), "text:p", {"text:style-name": "Footer"})
    y = style.page.height - numbers.letter_foot - double_height(numbers) - 1
    node = _frame(holder, "LetterRule", "Foot", numbers.letter_rule, y)
    sub(node[0], "text:p", {"text:style-name": "LetterRuleLine"})


def write_end(story: TextStory, body: Any, blocks: Sequence[Paragraph], form: PaperForm) -> None:
    """The lines for copies and printing, a row each of a table that the page places: its lower rule is the text area's
    edge (7.4)."""
    place, style, numbers = story.sheet, story.style, story.style.letterhead
    total = sum(round(END_LINE * place.pitch) * end_lines(block, style, place) for block in blocks) / TWIP
    rules = 0.0 if form == "letter" else 2 * numbers.end_rule + (len(blocks) - 1) * numbers.end_rule_inner
    y = style.page.top + style.page.text_height - rules - total
    anchor = story.paragraph(body, names.BODY, own=_TINY)  # what the page places hangs on a paragraph
    node, box = frame(story.looks, "End", place.measure / TWIP, y)
    anchor.append(node)
    table = table_element(story, box, [place.measure])
    for at, block in enumerate(blocks):
        edges: Values = {"fo:border": "none", "fo:padding": "0pt"}
        if form != "letter":
            last = at == len(blocks) - 1
            rule = numbers.end_rule if last else numbers.end_rule_inner
            edges["fo:border-bottom"] = f"{points(rule)} solid #000000"
            if not at:
                edges["fo:border-top"] = f"{points(numbers.end_rule)} solid #000000"
        look = story.looks.style("table-cell", own=edges)
        cell = sub(sub(table, "table:table-row"), "table:table-cell", {"table:style-name": look})
        _end_line(story, cell, block)


def _end_line(story: TextStory, cell: Any, block: Paragraph) -> None:
    element = story.style.element(block.element or "printing")
    name = names.ELEMENTS[block.element or "printing"]
    if block.element != "printing":
        story.line(cell, name, block.children, element)
        return
    left, right = side_by_side(block)
    room = story.sheet.measure - story.sheet.em(element, element.right) - story.sheet.em(element, element.left)
    node = story.paragraph(cell, name, tabs=(("right", room / TWIP),))
    text_into(node, f"{left}\t{right}")
