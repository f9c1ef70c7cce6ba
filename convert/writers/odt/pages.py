"""Pages: paper, margins, the line grid, heads and feet (OpenDocument 1.3, 16.5 and 16.9); the file of all styles.

In: a document's style and title.  Out: styles.xml.
"""

from __future__ import annotations

from typing import Any

from ...style import Style
from ..office import faces
from ..office.measures import HEADING_LEVELS, TWIP, Sheet, TurnedPage, sheet
from . import names
from .stylesheet import (
    ParagraphStyles,
    Values,
    character_styles,
    color,
    font_faces,
    fonts,
    language,
    size,
    western,
)
from .xml import blob, points, root, sub, text_into, twips


def styles(style: Style, tag: str | None, title: str, *, letter: bool) -> bytes:
    """styles.xml.  tag: the document's language; title: of the running head, empty for none; letter: the first page has
    a letter's foot."""
    node = root("office:document-styles", "style", "text", "table", "draw", "fo", "svg", "xlink")
    font_faces(node, style)
    named = sub(node, "office:styles")
    _defaults(named, style, tag)
    ParagraphStyles(style, tag, named).write()
    character_styles(named, style, tag)
    sub(named, "style:style", {"style:name": names.FRAME, "style:family": "graphic"})
    _outline(named)
    _notes(named)
    automatic = sub(node, "office:automatic-styles")
    place = sheet(style)
    _layout(automatic, "Page", place, style, headed=bool(title))
    _layout(automatic, "FirstPage", place, style, headed=False)
    _layout(automatic, "TurnedPage", place.turned, style, headed=bool(title))
    masters = sub(node, "office:master-styles")
    _master(masters, names.NORMAL, "Page", style, title)
    first = _master(masters, names.FIRST, "FirstPage", style, "", numbered=not letter, next=names.NORMAL)
    if letter:
        from .paper_end import letter_foot

        letter_foot(first, automatic, style)
    _master(masters, names.TURNED, "TurnedPage", style, title)
    return blob(node)


def _defaults(parent: Any, style: Style, tag: str | None) -> None:
    body, region, place = style.elements.body, faces.document_region(tag), sheet(style)
    look: Values = {**fonts(style.faces[body.face]), **size(place.size(body) / 2), **color(body)}
    look |= western(tag) | language(region) | {"style:letter-kerning": "false", "fo:hyphenate": "false"}
    for family in ("graphic", "paragraph"):
        node = sub(parent, "style:default-style", {"style:family": family})
        own = {"style:tab-stop-distance": "21pt"} if family == "paragraph" else {}
        sub(node, "style:paragraph-properties", {**own, "style:writing-mode": "page"})
        sub(node, "style:text-properties", look)
    table = sub(parent, "style:default-style", {"style:family": "table"})
    sub(table, "style:table-properties", {"table:border-model": "collapsing"})
    row = sub(parent, "style:default-style", {"style:family": "table-row"})
    sub(row, "style:table-row-properties", {"fo:keep-together": "always"})


def _outline(parent: Any) -> None:
    """Headings that count nothing: their marks are text."""
    node = sub(parent, "text:outline-style", {"style:name": "Outline"})
    for level in range(1, HEADING_LEVELS + 2):
        sub(node, "text:outline-level-style", {"text:level": level, "style:num-format": ""})


def _notes(parent: Any) -> None:
    own = {
        "text:note-class": "footnote",
        "text:default-style-name": "Footnote",
        "text:citation-style-name": names.encoded("Footnote Symbol"),
        "text:citation-body-style-name": names.encoded(names.REFERENCE),
        "style:num-format": "1",
        "text:start-value": "0",
        "text:footnotes-position": "page",
        "text:start-numbering-at": "document",
    }
    sub(parent, "text:notes-configuration", own)


def _layout(parent: Any, name: str, page: Sheet | TurnedPage, style: Style, *, headed: bool) -> None:
    """A page's layout.  Feet and heads stand between the paper's margin and the text, which keeps its place."""
    place, number, head = sheet(style), style.page_number, style.running_head
    usage = {"style:page-usage": "mirrored"} if style.page.mirrored else {}
    node = sub(parent, "style:page-layout", {"style:name": name, **usage})
    top, bottom = page.top, page.bottom
    footer = min(page.footer, bottom) if number.show else bottom
    header = min(place.header, top) if headed else top
    own: Values = {
        "fo:page-width": twips(page.width),
        "fo:page-height": twips(page.height),
        "style:num-format": "1",
        "style:print-orientation": "landscape" if page.width > page.height else "portrait",
        "fo:margin-top": twips(header),
        "fo:margin-bottom": twips(footer),
        "fo:margin-left": twips(page.left),
        "fo:margin-right": twips(page.right),
        "style:writing-mode": "tb-rl" if style.composition.vertical else "lr-tb",
        "style:layout-grid-mode": "line",
        "style:layout-grid-base-height": twips(place.pitch),
        "style:layout-grid-ruby-height": "0pt",
        "style:layout-grid-lines": str(max(1, page_lines(page, place))),
        "style:layout-grid-print": "false",
        "style:layout-grid-display": "false",
        "style:footnote-max-height": "0pt",
    }
    held = sub(node, "style:page-layout-properties", own)
    separator = {"style:width": "0.5pt", "style:distance-before-sep": "3pt", "style:distance-after-sep": "3pt"}
    sub(held, "style:footnote-sep", separator | {"style:rel-width": "25%", "style:color": "#000000"})
    if headed:
        line = head.size * 1.25 + (1.5 if head.rule else 0)
        room = {"svg:height": twips(top - header), "fo:margin-bottom": points(max(0.0, (top - header) / TWIP - line))}
        sub(sub(node, "style:header-style"), "style:header-footer-properties", room)
    if number.show:
        line = float(number.size)
        room = {
            "svg:height": twips(bottom - footer),
            "fo:margin-top": points(max(0.0, (bottom - footer) / TWIP - line)),
        }
        sub(sub(node, "style:footer-style"), "style:header-footer-properties", room)


def page_lines(page: Sheet | TurnedPage, place: Sheet) -> int:
    """How many lines of the grid a page has."""
    return (page.height - page.top - page.bottom) // place.pitch


def _master(
    parent: Any, name: str, layout: str, style: Style, title: str, *, numbered: bool = True, next: str = ""
) -> Any:
    """A page with its head and foot, those of even pages apart where they stand on the other side."""
    number, head = style.page_number, style.running_head
    encoded = names.encoded(name)
    own = {"style:name": encoded, "style:page-layout-name": layout}
    if encoded != name:
        own["style:display-name"] = name
    if next:
        own["style:next-style-name"] = names.encoded(next)
    node = sub(parent, "style:master-page", own)
    if title:
        said = head.form.replace("{title}", title)
        _line(sub(node, "style:header"), "Header", said)
        if head.even != head.odd:
            _line(sub(node, "style:header-left"), "Header left", said)
    if numbered and number.show:
        _line(sub(node, "style:footer"), "Footer", number.form, field=True)
        if number.even != number.odd:
            _line(sub(node, "style:footer-left"), "Footer left", number.form, field=True)
    return node


def _line(parent: Any, style: str, form: str, *, field: bool = False) -> None:
    node = sub(parent, "text:p", {"text:style-name": names.encoded(style)})
    before, found, after = form.partition("{n}") if field else (form, "", "")
    text_into(node, before)
    if found:
        sub(node, "text:page-number", {"text:select-page": "current"}).text = "1"
    text_into(node, after)
