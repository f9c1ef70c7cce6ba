"""The named styles of the file: one for each role, so that an office changes the look without touching a paragraph.

In: a style and a language.  Out: styles.xml (OpenDocument 1.3, 3.1.3.3), its pages by `pages`.  `Standard`, from which
every paragraph style descends, is the body without its indent; every style writes all of its indents and spaces.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from msgspec.structs import replace

from ...style import Element, Face, Style
from ...style.once import once_a_style
from ..office import faces
from ..office.measures import (
    ATTACHMENT_LABEL,
    ATTACHMENT_NUMBER,
    CONTENTS_STEP,
    HEADING_LEVELS,
    LIST_LEVELS,
    LIST_STEP,
    PICTURE_ABOVE,
    RULE_LENGTH,
    TWIP,
    Sheet,
    sheet,
)
from . import names
from .looks import tab_stops
from .xml import points, sub, twips

Values = dict[str, str]


class Indents(NamedTuple):
    """How far a paragraph style stands in, twips: the paragraph, its first line beyond that, its right side."""

    left: int
    first: int
    right: int

    def properties(self) -> Values:
        """The same as a paragraph's properties."""
        return {
            "fo:margin-left": twips(self.left),
            "fo:margin-right": twips(self.right),
            "fo:text-indent": twips(self.first),
        }

    def block(self) -> Values:
        """The same of a paragraph without a mark in a list, whose first line LibreOffice indents by nothing."""
        return self._replace(left=self.left + max(0, self.first), first=0).properties()


def indents(place: Sheet, element: Element) -> Indents:
    """The indents of an element; a hanging one is beyond the first line's."""
    left = place.em(element, element.left + element.hanging)
    first = -place.em(element, element.hanging) if element.hanging else place.em(element, element.indent)
    return Indents(left, first, place.em(element, element.right))


@once_a_style
def indents_by_name(style: Style) -> dict[str, Indents]:
    """The indents of each paragraph style."""
    made = ParagraphStyles(style, None, None)
    made.write()
    return made.indents


# --- Fonts and languages ------------------------------------------------------------------------------------------


def fonts(face: Face, *, east: bool = False) -> Values:
    """The fonts of a face.  east: Latin text in the East Asian one too."""
    latin = face.docx[0] if east else face.docx_latin
    return {"style:font-name": latin, "style:font-name-asian": face.docx[0], "style:font-name-complex": latin}


def size(value: float) -> Values:
    """A font size, points."""
    return dict.fromkeys(("fo:font-size", "style:font-size-asian", "style:font-size-complex"), points(value))


def bold(on: bool) -> Values:
    """Bold or not, whatever the script."""
    weights = ("fo:font-weight", "style:font-weight-asian", "style:font-weight-complex")
    return dict.fromkeys(weights, "bold" if on else "normal")


def color(element: Element) -> Values:
    """A colour; black follows a screen's own."""
    black = element.color.lower() in ("#000", "#000000")
    return {"style:use-window-font-color": "true"} if black else {"fo:color": _six(element.color)}


def _six(said: str) -> str:
    return said if len(said) == 7 else "#" + "".join(2 * one for one in said[1:])


def language(region: faces.Region) -> Values:
    """An East Asian language."""
    tag, country = region.code.split("-")
    return {"style:language-asian": tag, "style:country-asian": country}


def western(tag: str | None) -> Values:
    """A western language."""
    code, _, country = faces.western_language(tag).partition("-")
    return {"fo:language": code, "fo:country": country if len(country) == 2 and country.isupper() else "none"}


def dots(style: Style, region: faces.Region, *, marked: bool = False) -> Values:
    """Emphasis dots, on the side a language has them."""
    above = faces.dots(style.composition.emphasis_dots, region.code, marked=marked) == "dot"
    return {"style:text-emphasize": "dot above" if above else "dot below"}


def font_faces(parent: Any, style: Style) -> None:
    """`office:font-face-decls`: each font under the names by which it may be found, the open ones last."""
    holder = sub(parent, "office:font-face-decls")
    table: dict[str, Values] = {}
    for face in style.faces.values():
        open_ones = (one.partition(":")[0] for one in face.families)
        chain = ", ".join(f"'{one}'" for one in dict.fromkeys((*face.docx, *open_ones)))
        generic = "roman" if face.packaged == "serif" else "swiss"
        table.setdefault(face.docx[0], {"svg:font-family": chain, "style:font-family-generic": generic})
    for face in style.faces.values():
        latin = {"svg:font-family": f"'{face.docx_latin}'", "style:font-family-generic": "roman"}
        table.setdefault(face.docx_latin, latin | {"style:font-pitch": "variable"})
    for name, about in table.items():
        sub(holder, "style:font-face", {"style:name": name, **about})


# --- Styles -------------------------------------------------------------------------------------------------------


class ParagraphStyles:
    """Styles of paragraphs, as children of `office:styles`; without a parent only their indents are found."""

    def __init__(self, style: Style, tag: str | None, parent: Any) -> None:
        self.style = style
        self.tag = tag
        self.parent = parent
        self.sheet: Sheet = sheet(style)
        self.indents: dict[str, Indents] = {}

    def write(self) -> None:
        """All of them."""
        body = self.style.elements.body
        self._add(names.NORMAL, replace(body, indent=0), above="")
        self._add(names.BODY, body)
        for level in range(1, HEADING_LEVELS + 1):
            element = replace(self.style.heading(level), keep_next=True)
            self._add(names.heading(level), element, level=level)
        for role, name in names.ROLES.items():
            keeps = role in ("signature", "caption")
            self._add(name, self.style.element(role), keep_lines=keeps, contextual=role == "signature")
        for role, name in names.ELEMENTS.items():
            self._add(name, self.style.element(role), contextual=role == "attendance")
        self._attachment_items()
        for depth in range(1, LIST_LEVELS + 1):
            element = self.style.elements.list_item
            stepped = replace(element, left=element.left + LIST_STEP * (depth - 1))
            self._add(names.listed(depth), stepped, next=names.listed(depth))
        self._contents()
        self._margins()
        self._blocks()

    def _attachment_items(self) -> None:
        """Turned lines of an attachment stand under the first character of its name (GB/T 9704-2012, 7.3.4): a tab
        after the number leads there, whatever the number's width."""
        element = self.style.elements.attachment
        name_at = element.indent + ATTACHMENT_LABEL + ATTACHMENT_NUMBER
        for name, hanging, above in (
            ("Attachment First", ATTACHMENT_LABEL + ATTACHMENT_NUMBER, element.above),
            ("Attachment Item", ATTACHMENT_NUMBER, 0),
        ):
            self._add(name, replace(element, indent=0, left=name_at - hanging, hanging=hanging, above=above))

    def _contents(self) -> None:
        element, heading = self.style.elements.contents, self.style.elements.heading1
        title = replace(heading, align="center", indent=0, left=0, right=0, keep_next=True, page_break=False)
        self._add(names.CONTENTS_TITLE, title)
        for level in range(1, HEADING_LEVELS + 1):
            stepped = replace(element, indent=0, left=CONTENTS_STEP * (level - 1), right=0)
            tab = self.sheet.measure - self.sheet.em(stepped, stepped.left)
            self._add(names.contents(level), stepped, tab=tab, next=names.contents(level))

    def _margins(self) -> None:
        """Lines as high as the number, so that it stands where GB/T 9704-2012, 7.5 says; its half-width digits are
        those of the East Asian face."""
        number, head = self.style.page_number, self.style.running_head
        for name, side in (("Footer", number.odd), ("Footer left", number.even)):
            left, right = (number.inset if side == at else 0 for at in ("left", "right"))
            element = Element(number.face, number.size, align=side, left=left, right=right)
            self._add(name, element, line=round(number.size * TWIP), east=True, next=name)
        for name, side in (("Header", head.odd), ("Header left", head.even)):
            element = Element(head.face, head.size, align=side)
            ruled = {"fo:border-bottom": "0.5pt solid #000000", "fo:padding-bottom": "1pt"} if head.rule else {}
            self._add(name, element, line=round(head.size * 1.25 * TWIP), further=ruled, next=name)

    def _blocks(self) -> None:
        """What stands between paragraphs: pictures, rules, code; and the text of cells."""
        elements = self.style.elements
        figure = replace(elements.caption, align="center", indent=0, above=PICTURE_ABOVE, below=0)
        self._add("Figure", figure, line=0)
        body = elements.body
        rest = self.sheet.measure / self.sheet.em(body) - RULE_LENGTH
        short = Element(body.face, body.size, align="left", right=rest, above=0.5, keep_next=True)
        self._add(
            "Horizontal Line", short, line=self.sheet.pitch // 2, further={"fo:border-top": "0.5pt solid #000000"}
        )
        self._add(names.PREFORMATTED, elements.preformatted, east=True)
        self._add(names.CELL, elements.table, next=names.CELL)
        self._add(names.HEAD, replace(elements.table, align="center", keep_next=True), next=names.HEAD)

    def _add(
        self,
        name: str,
        element: Element,
        *,
        above: str = names.NORMAL,
        next: str = names.BODY,
        line: int | None = None,
        level: int = 0,
        tab: int = 0,
        east: bool = False,
        keep_lines: bool = False,
        contextual: bool = False,
        further: Values | None = None,
    ) -> None:
        """line: height instead of the element's, twips; 0 for what stands in it.  level: of the outline.  tab: a right
        tab with dots, twips.  east: Latin text in the East Asian face too."""
        self.indents[name] = place = indents(self.sheet, element)
        if self.parent is None:
            return
        head = {"style:name": names.encoded(name), "style:family": "paragraph", "style:class": "text"}
        if names.encoded(name) != name:
            head["style:display-name"] = name
        if above:
            head |= {"style:parent-style-name": above, "style:next-style-name": names.encoded(next)}
        if level:
            head["style:default-outline-level"] = str(level)
        node = sub(self.parent, "style:style", head)
        own = place.properties() | self._shape(element, line) | (further or {})
        if element.keep_next:
            own["fo:keep-with-next"] = "always"
        if element.keep_next or keep_lines:
            own["fo:keep-together"] = "always"
        if element.page_break:
            own["fo:break-before"] = "page"
        if contextual:
            own["style:contextual-spacing"] = "true"
        if not above:
            own |= self._composition()
        held = sub(node, "style:paragraph-properties", own)
        if tab:
            tab_stops(held, [("right", tab / TWIP)], dotted=True)
        face = self.style.faces[element.face]
        spacing = {"fo:letter-spacing": twips(self.sheet.run_spacing(element))}
        look = fonts(face, east=east) | size(self.sheet.size(element) / 2) | bold(element.bold) | color(element)
        sub(node, "style:text-properties", look | spacing)

    def _shape(self, element: Element, line: int | None) -> Values:
        on_grid = self.sheet.on_grid(element)
        height = self.sheet.pitch if on_grid else self.sheet.line(element)
        below = self.sheet.below(element) if line is None else element.below
        snaps = line is None and on_grid
        return {
            "fo:margin-top": twips(element.above * self.sheet.pitch),
            "fo:margin-bottom": twips(below * self.sheet.pitch),
            "fo:line-height": "100%" if line == 0 else twips(height if line is None else line),
            "fo:text-align": {"left": "start", "right": "end"}.get(element.align, element.align),
            "style:snap-to-layout-grid": "true" if snaps else "false",
        }

    def _composition(self) -> Values:
        composition = self.style.composition
        lines = "2" if composition.widow_control else "0"
        return {
            "fo:widows": lines,
            "fo:orphans": lines,
            "style:line-break": "strict" if composition.breaks != "none" else "normal",
            "style:punctuation-wrap": "hanging" if composition.hanging else "simple",
            "style:text-autospace": "ideograph-alpha" if composition.autospace > 0 else "none",
            "style:writing-mode": "page",
        }


def character_styles(parent: Any, style: Style, tag: str | None) -> None:
    """Styles of what stands in a line."""

    def add(name: str, look: Values) -> None:
        head = {"style:name": names.encoded(name), "style:family": "text"}
        if names.encoded(name) != name:
            head["style:display-name"] = name
        sub(sub(parent, "style:style", head), "style:text-properties", look)

    place, body = sheet(style), style.elements.body
    for level in range(1, 5):
        element = style.run_in(level)
        look = fonts(style.faces[element.face]) | (bold(True) if element.bold else {})
        if element.color != body.color:
            look |= color(element)
        if element.size != body.size:
            look |= size(place.size(element) / 2) | {"fo:letter-spacing": "normal"}
        add(names.run_in(level), look)
    add("Strong Emphasis", bold(True))
    # Slanted Han are no Chinese custom: what Latin sets in italics stands in the face of quotations.
    add("Emphasis", {"style:font-name-asian": style.faces[style.elements.quote.face].docx[0]})
    add("Emphasis Dots", dots(style, faces.document_region(tag)))
    # Black and without a line: a printed official document shows no links.
    add("Internet link", {"style:text-underline-style": "none", "style:use-window-font-color": "true"})
    add("Visited Internet Link", {"style:text-underline-style": "none", "style:use-window-font-color": "true"})
    add(names.REFERENCE, {"style:text-position": "super 58%"})
    add("Footnote Symbol", {"style:text-position": "super 58%"})
    add("Source Text", fonts(style.faces[style.elements.preformatted.face], east=True))
    add("Rubies", size(place.size(body) / 4) | {"fo:letter-spacing": "normal", "style:text-emphasize": "none"})
