"""The named styles of the file: one for each role, so that an office changes the look without touching a paragraph.

In: a Style and a language.  Out: styles.xml (ISO/IEC 29500-1, 17.7).  `Normal`, from which every paragraph style
descends, is the body without its indent; body text has a style of its own.  Every style writes all of its indents and
spaces.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ...style import Element, Style
from ...style.once import once_a_style
from ..office import faces
from ..office.measures import (
    ATTACHMENT_LABEL,
    ATTACHMENT_NUMBER,
    CELL_MARGIN,
    CONTENTS_STEP,
    HEADING_LEVELS,
    LIST_LEVELS,
    LIST_STEP,
    PICTURE_ABOVE,
    RULE_LENGTH,
    Sheet,
    sheet,
)
from . import remarks
from .stylenames import (
    BODY,
    ELEMENTS,
    GALLERY,
    NORMAL,
    ROLES,
    TABLE,
    list_id,
    run_in_id,
)
from .xml import blob, root, sub


@once_a_style
def stylesheet(style: Style, language: str | None) -> bytes:
    """styles.xml of a style in a language; the same for every document, so it is made once."""
    return blob(_Stylesheet(style, language).make())


class _Stylesheet:
    def __init__(self, style: Style, language: str | None) -> None:
        self.style = style
        self.language = language
        self.sheet: Sheet = sheet(style)
        self.root: Any = root("w:styles")

    def make(self) -> Any:
        self._defaults()
        self._body()
        self._headings()
        for role, (id, name, alias) in ROLES.items():
            element = self.style.element(role)
            keeps = role in ("signature", "caption")
            self._add(id, name, element, alias, keep_lines=keeps, contextual=role == "signature")
        for role, (id, name, alias) in ELEMENTS.items():
            self._add(id, name, self.style.element(role), alias, contextual=role == "attendance")
        self._attachment_items()
        self._lists()
        self._contents()
        self._footers()
        self._blocks()
        self._table()
        self._characters()
        return self.root

    def _defaults(self) -> None:
        body, region = self.style.elements.body, faces.document_region(self.language)
        defaults = sub(self.root, "w:docDefaults")
        run = sub(sub(defaults, "w:rPrDefault"), "w:rPr")
        sub(run, "w:rFonts", **faces.slots(self.style.faces[body.face]))
        for tag in ("w:sz", "w:szCs"):
            sub(run, tag, val=self.sheet.size(body))
        sub(run, "w:lang", val=faces.western_language(self.language), eastAsia=region.code, bidi="ar-SA")
        sub(sub(defaults, "w:pPrDefault"), "w:pPr")
        hidden = dict.fromkeys(("defLockedState", "defSemiHidden", "defUnhideWhenUsed", "defQFormat"), 0)
        sub(self.root, "w:latentStyles", **hidden, defUIPriority=99, count=376)

    # --- Paragraph styles ---

    def _body(self) -> None:
        node = self._node("paragraph", NORMAL, "Normal", default=True)
        sub(node, "w:qFormat")
        properties = sub(node, "w:pPr")
        composition = self.style.composition
        for tag, on in (
            ("w:widowControl", composition.widow_control),
            ("w:kinsoku", composition.breaks != "none"),
            ("w:wordWrap", True),
            ("w:overflowPunct", self.style.docx.hanging),
            # Word has one switch for all lines: off where an indented line keeps its bracket's blank half.
            ("w:topLinePunct", composition.trim_indented_start),
            ("w:autoSpaceDE", composition.autospace > 0),
            ("w:autoSpaceDN", composition.autospace > 0),
        ):
            sub(properties, tag, val=int(on))
        body = self.style.elements.body
        self._shape(properties, replace(body, indent=0))
        self._look(node, body)
        self._add(BODY, "Body Text", body)

    def _headings(self) -> None:
        for level in range(1, HEADING_LEVELS + 1):
            element = replace(self.style.heading(level), keep_next=True)
            outlined = level <= self.style.outline.depth
            self._add(f"Heading{level}", f"heading {level}", element, outline=level - 1 if outlined else 9)

    def _attachment_items(self) -> None:
        """Turned lines of an attachment stand under the first character of its name (GB/T 9704-2012, 7.3.4): a tab
        after the number leads there, whatever the number's width."""
        element = self.style.elements.attachment
        name_at = element.indent + ATTACHMENT_LABEL + ATTACHMENT_NUMBER
        for id, name, alias, hanging, above in (
            (
                "AttachmentFirst",
                "Attachment First",
                "附件说明首项",
                ATTACHMENT_LABEL + ATTACHMENT_NUMBER,
                element.above,
            ),
            ("AttachmentItem", "Attachment Item", "附件说明后项", ATTACHMENT_NUMBER, 0),
        ):
            hung = replace(element, indent=0, left=name_at - hanging, hanging=hanging, above=above)
            self._add(id, name, hung, alias)

    def _lists(self) -> None:
        element = self.style.elements.list_item
        for depth in range(1, LIST_LEVELS + 1):
            name = "List Paragraph" if depth == 1 else f"List {depth}"
            stepped = replace(element, left=element.left + LIST_STEP * (depth - 1))
            self._add(list_id(depth), name, stepped, next=list_id(depth))

    def _contents(self) -> None:
        element, heading = self.style.elements.contents, self.style.elements.heading1
        title = replace(heading, align="center", indent=0, left=0, right=0, keep_next=True, page_break=False)
        self._add("TOCHeading", "TOC Heading", title, outline=9)
        for level in range(1, HEADING_LEVELS + 1):
            stepped = replace(element, indent=0, left=CONTENTS_STEP * (level - 1), right=0)
            self._add(f"TOC{level}", f"toc {level}", stepped, tab=self.sheet.measure, next=f"TOC{level}")

    def _footers(self) -> None:
        """Lines as high as the number, so that it stands where GB/T 9704-2012, 7.5 says; its half-width digits are
        those of the East Asian face."""
        number = self.style.page_number
        height = ("exact", round(number.size * 20))
        for id, name, alias, side in (
            ("Footer", "footer", "", number.odd),
            ("FooterEven", "Footer Even", "双页页脚", number.even),
        ):
            left, right = (number.inset if side == at else 0 for at in ("left", "right"))
            element = Element(number.face, number.size, align=side, left=left, right=right)
            self._add(id, name, element, alias, line=height, east=True, next=id)

        head = self.style.running_head
        for id, name, alias, side in (
            ("Header", "header", "", head.odd),
            ("HeaderEven", "Header Even", "双页页眉", head.even),
        ):
            element = Element(head.face, head.size, align=side)
            height = ("exact", round(head.size * 1.25 * 20))
            self._add(id, name, element, alias, line=height, rule=head.rule and head.show, next=id)

    def _blocks(self) -> None:
        """What stands between paragraphs: pictures, rules, code; and the text of cells."""
        elements = self.style.elements
        # A line on the grid grows with what stands in it, by whole lines: a picture needs that.
        figure = replace(elements.caption, align="center", indent=0, above=PICTURE_ABOVE, below=0)
        self._add("Figure", "Figure", figure, "图片", line=("auto", 240))
        body = elements.body
        rest = self.sheet.measure / self.sheet.em(body) - RULE_LENGTH
        short = Element(body.face, body.size, align="left", right=rest, above=0.5, keep_next=True)
        self._add("Rule", "Rule", short, "短横线", line=("exact", self.sheet.pitch // 2), border=True)
        self._add("HTMLPreformatted", "HTML Preformatted", elements.preformatted, east=True)
        self._add("TableText", "Table Text", elements.table, "表格文字", next="TableText")
        heading = replace(elements.table, align="center", keep_next=True)
        self._add("TableHeading", "Table Heading", heading, "表头文字", next="TableHeading")

    def _node(self, kind: str, id: str, name: str, alias: str = "", *, default: bool = False) -> Any:
        attributes: dict[str, object] = {"type": kind}
        if default:
            attributes["default"] = 1
        if alias:
            attributes["customStyle"] = 1
        node = sub(self.root, "w:style", **attributes, styleId=id)
        sub(node, "w:name", val=name)
        if alias:
            sub(node, "w:aliases", val=alias)
        return node

    def _add(
        self,
        id: str,
        name: str,
        element: Element,
        alias: str = "",
        *,
        next: str = BODY,
        line: tuple[str, int] | None = None,
        tab: int = 0,
        outline: int | None = None,
        border: bool = False,
        rule: bool = False,
        east: bool = False,
        keep_lines: bool = False,
        contextual: bool = False,
    ) -> None:
        """A paragraph style.  line: rule and height instead of the element's.  tab: a right tab with dots, twips.
        border, rule: a line above or below.  east: Latin text in the East Asian face too."""
        node = self._node("paragraph", id, name, alias)
        sub(node, "w:basedOn", val=NORMAL)
        sub(node, "w:next", val=next)
        if id in GALLERY:
            sub(node, "w:qFormat")
        properties = sub(node, "w:pPr")
        if element.keep_next:
            sub(properties, "w:keepNext")
        if element.keep_next or keep_lines:
            sub(properties, "w:keepLines")
        if element.page_break:
            sub(properties, "w:pageBreakBefore")
        if border:
            sub(sub(properties, "w:pBdr"), "w:top", val="single", sz=4, space=0, color="auto")
        if rule:
            sub(sub(properties, "w:pBdr"), "w:bottom", val="single", sz=4, space=1, color="auto")
        if tab:
            sub(sub(properties, "w:tabs"), "w:tab", val="right", leader="dot", pos=tab)
        self._shape(properties, element, line, contextual=contextual)
        if outline is not None:
            sub(properties, "w:outlineLvl", val=outline)
        self._look(node, element, east=east)

    def _shape(
        self, properties: Any, element: Element, line: tuple[str, int] | None = None, *, contextual: bool = False
    ) -> None:
        on_grid = self.sheet.on_grid(element)
        # The grid alone would do in Word; other programs know no grid, and set such lines solid.
        rule, height = line or ("exact", self.sheet.pitch if on_grid else self.sheet.line(element))
        below = element.below if line else self.sheet.below(element)
        sub(properties, "w:snapToGrid", val=int(rule == "auto" or (line is None and on_grid)))
        sub(
            properties,
            "w:spacing",
            before=round(element.above * self.sheet.pitch),
            beforeLines=round(element.above * 100),
            after=round(below * self.sheet.pitch),
            afterLines=round(below * 100),
            line=height,
            lineRule=rule,
        )
        sub(properties, "w:ind", **indents(self.sheet, element))
        if contextual:
            sub(properties, "w:contextualSpacing")
        sub(properties, "w:jc", val="both" if element.align == "justify" else element.align)

    def _look(self, node: Any, element: Element, *, east: bool = False) -> None:
        run = sub(node, "w:rPr")
        face = self.style.faces[element.face]
        sub(run, "w:rFonts", **(faces.east_slots(face) if east else faces.slots(face)))
        for tag in ("w:b", "w:bCs"):
            sub(run, tag, val=int(element.bold))
        sub(run, "w:color", val=_color(element))
        sub(run, "w:spacing", val=self.sheet.run_spacing(element))
        for tag in ("w:sz", "w:szCs"):
            sub(run, tag, val=self.sheet.size(element))

    # --- Tables and characters ---

    def _table(self) -> None:
        element = self.style.elements.table
        plain = self._node("table", "TableNormal", "Normal Table", default=True)
        sub(plain, "w:semiHidden")
        self._cell_margins(sub(plain, "w:tblPr"), 108, 0)
        node = self._node("table", TABLE, "Edition Table", "正文表格")
        sub(node, "w:basedOn", val="TableNormal")
        properties = sub(node, "w:tblPr")
        borders = sub(properties, "w:tblBorders")
        drawn = {"all": "top left bottom right insideH insideV", "horizontal": "top bottom insideH", "none": ""}
        for side in drawn[element.rules].split():
            sub(borders, f"w:{side}", val="single", sz=4, space=0, color="auto")
        self._cell_margins(properties, self.sheet.em(element, CELL_MARGIN), self.sheet.em(element, CELL_MARGIN / 3))
        sub(sub(node, "w:tcPr"), "w:vAlign", val="center")
        none = self._node("numbering", "NoList", "No List", default=True)
        sub(none, "w:semiHidden")

    def _cell_margins(self, properties: Any, beside: int, above: int) -> None:
        margins = sub(properties, "w:tblCellMar")
        for side, width in (("top", above), ("left", beside), ("bottom", above), ("right", beside)):
            sub(margins, f"w:{side}", w=width, type="dxa")

    def _characters(self) -> None:
        default = self._node("character", "DefaultParagraphFont", "Default Paragraph Font", default=True)
        sub(default, "w:uiPriority", val=1)
        sub(default, "w:semiHidden")
        for level in range(1, 5):
            run = self._character(run_in_id(level), f"Run-in Heading {level}", f"段内标题 {level}")
            self._run_in(run, self.style.run_in(level))
        strong = self._character("Strong", "Strong")
        sub(strong, "w:b")
        sub(strong, "w:bCs")
        # Slanted Han are no Chinese custom: what Latin sets in italics stands in the face of quotations.
        face = self.style.faces[self.style.elements.quote.face]
        sub(self._character("Emphasis", "Emphasis"), "w:rFonts", eastAsia=face.docx[0])
        dots = self._character("EmphasisDots", "Emphasis Dots", "着重号")
        region = faces.document_region(self.language).code
        sub(dots, "w:em", val=faces.dots(self.style.composition.emphasis_dots, region))
        # Black and without a line: a printed official document shows no links.
        self._character("Hyperlink", "Hyperlink")
        sub(self._character("FootnoteReference", "footnote reference"), "w:vertAlign", val="superscript")
        if self.style.docx.show_repairs:
            self._add(remarks.TEXT, "annotation text", replace(self.style.elements.footnote, hanging=0, indent=0))
            self._character(remarks.REFERENCE, "annotation reference")
        code = self._character("HTMLCode", "HTML Code")
        sub(code, "w:rFonts", **faces.east_slots(self.style.faces[self.style.elements.preformatted.face]))

    def _run_in(self, run: Any, element: Element) -> None:
        body = self.style.elements.body
        sub(run, "w:rFonts", **faces.slots(self.style.faces[element.face]))
        if element.bold:
            sub(run, "w:b")
            sub(run, "w:bCs")
        if element.color != body.color:
            sub(run, "w:color", val=_color(element))
        if element.size != body.size:
            sub(run, "w:spacing", val=0)
            for tag in ("w:sz", "w:szCs"):
                sub(run, tag, val=self.sheet.size(element))

    def _character(self, id: str, name: str, alias: str = "") -> Any:
        node = self._node("character", id, name, alias)
        sub(node, "w:basedOn", val="DefaultParagraphFont")
        return sub(node, "w:rPr")


def indents(sheet: Sheet, element: Element) -> dict[str, int]:
    """`w:ind` of an element: in characters, which follow the text's size, and the same in twips for programs that do
    not count characters.

    A hanging indent is in twips alone, its characters 0: Word counts `leftChars` without the hanging part and `left`
    with it, and not every program knows.
    """
    if element.hanging:
        left, hanging = sheet.em(element, element.left + element.hanging), sheet.em(element, element.hanging)
        own = {"left": left, "leftChars": 0, "hanging": hanging, "firstLineChars": 0}
    else:
        left, first = sheet.em(element, element.left), sheet.em(element, element.indent)
        own = {"left": left, "leftChars": round(element.left * 100)}
        own |= {"firstLine": first, "firstLineChars": round(element.indent * 100)}
    return own | {"right": sheet.em(element, element.right), "rightChars": round(element.right * 100)}


def _color(element: Element) -> str:
    """`auto` for black, which follows a screen's own colours."""
    return "auto" if element.color.lower() in ("#000", "#000000") else element.color.lstrip("#").upper()
