"""Inlines -> runs: `w:r`, `w:hyperlink`, `w:ruby`, note references and bookmarks (ISO/IEC 29500-1, 17.3.2, 17.16).

A run names its character style; direct formatting is what has no style of its own (underline, strike, raised and
lowered text, a language) or what stands inside another character style, since a run can name but one.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Protocol

from ...model import (
    Break,
    Code,
    Emphasis,
    Formula,
    Inline,
    Link,
    NoteRef,
    Picture,
    Ruby,
    RunIn,
    Span,
    Text,
    plain,
    walk_inline,
)
from ...style import Element, Style
from ...typography import classify, is_han
from ..address import web_address
from ..office import faces
from ..office.measures import Sheet
from .formulas import write_formula
from .stylenames import run_in_id
from .xml import name, sub, text_into

# What emphasis dots stand under: never punctuation (convert/README.md, Line composition 7).
_MARKED = re.compile(r"\w+")
_BOPOMOFO = re.compile("[\u3105-\u312f\u31a0-\u31bf]")
_RUBY_SIZE = 0.5
_MIDDLE = 0.38
"""Where the middle of an ideograph stands above the base line, em."""
_RUBY_RAISE = 0.85
"""Where the foot of a gloss stands above the base line, in the base's size."""


class RunLook(NamedTuple):
    """What a run looks like.  style: its character style; the next four: where that place is taken.
    west, east: `w:lang` of a stretch in another language; serif: the East Asian face of that language."""

    style: str = ""
    bold: bool = False
    italic: bool = False
    quoted: bool = False
    dots: bool = False
    underline: bool = False
    strike: bool = False
    raised: str = ""
    west: str = ""
    east: str = ""
    serif: str = ""


PLAIN = RunLook()


class LinePart(Protocol):
    """The part a line is written into: what knows its relationships, bookmarks and notes."""

    style: Style
    sheet: Sheet
    region: faces.Region

    def relation(self, address: str) -> str:
        """The id of the relationship to an address outside."""

    def target(self, id: str) -> str | None:
        """The bookmark of an id of the document; None where nothing carries it."""

    def open_bookmark(self, parent: Any, id: str) -> str | None:
        """Begins the bookmark of an id, where it has one, and returns what closes it."""

    def close_bookmark(self, parent: Any, number: str | None) -> None:
        """Ends a bookmark."""

    def reference(self, parent: Any, node: NoteRef) -> None:
        """Writes the reference to a note."""

    def picture(self, run: Any, node: Picture, em: float) -> float:
        """Writes a picture into a run and returns its height, points.  em: the size of the text around it, points."""


def write_line(parent: Any, inlines: tuple[Inline, ...], place: LinePart, element: Element) -> None:
    """The inlines of a paragraph, set in `element`, as children of `w:p`."""
    if len(inlines) == 1 and isinstance(inlines[0], Text):
        write_text(parent, inlines[0].text)
    elif inlines:
        _LineWriter(place, element, inlines).write(parent, inlines, PLAIN)
        if place.sheet.on_grid(element) and any(isinstance(node, Picture | Formula) for node in walk_inline(inlines)):
            _opened(parent)


def _opened(parent: Any) -> None:
    """Lines as high as what stands in them, for an exact line would cut a picture or a formula."""
    own = parent.find(name("w:pPr"))
    if own is None:
        own = sub(parent, "w:pPr")
        parent.insert(0, own)
    spacing = own.find(name("w:spacing"))
    if spacing is None:
        spacing = sub(own, "w:spacing")
        after = next((child for child in own if child.tag in (name("w:ind"), name("w:jc"))), None)
        if after is not None:
            after.addprevious(spacing)
    spacing.set(name("w:line"), "240")
    spacing.set(name("w:lineRule"), "auto")


def write_text(parent: Any, text: str) -> None:
    """A whole line of text without any look of its own."""
    for piece, hint in faces.segments(text, classify(text)):
        node = sub(parent, "w:r")
        if hint:
            sub(sub(node, "w:rPr"), "w:rFonts", hint="eastAsia")
        text_into(node, piece)


class _LineWriter:
    """One paragraph on its way: the classes of its text are worked out over the whole, for their context."""

    def __init__(self, place: LinePart, element: Element, inlines: tuple[Inline, ...]) -> None:
        self.place = place
        self.element = element
        self.classes = classify(plain(inlines))
        self.at = 0

    def write(self, parent: Any, inlines: tuple[Inline, ...], look: RunLook) -> None:
        for node in inlines:
            match node:
                case Text():
                    self._text(parent, node.text, look)
                case Code():
                    self._text(parent, node.text, _styled(look, "HTMLCode"))
                case Break():
                    self._advance("\n")
                    sub(sub(parent, "w:r"), "w:br")
                case Ruby():
                    self._ruby(parent, node, look)
                case NoteRef():
                    self._advance(node.label)
                    self.place.reference(parent, node)
                case Picture():
                    self._advance(node.said)
                    self._picture(parent, node)
                case Formula():
                    self._advance(node.text)
                    write_formula(parent, node)
                case Emphasis():
                    self.write(parent, node.children, self._emphasised(look, node))
                case Span():
                    self.write(parent, node.children, self._in_language(look, node.language))
                case RunIn():
                    number = self.place.open_bookmark(parent, node.id)
                    self.write(parent, node.children, _styled(look, run_in_id(node.level)))
                    self.place.close_bookmark(parent, number)
                case Link():
                    self.write(self._link(parent, node), node.children, _styled(look, look.style or "Hyperlink"))

    def _advance(self, text: str) -> str:
        classes = self.classes[self.at : self.at + len(text)]
        self.at += len(text)
        return classes

    def _text(self, parent: Any, text: str, look: RunLook) -> None:
        classes = self._advance(text)
        if not (look.dots or look.style == "EmphasisDots"):
            self._pieces(parent, text, classes, 0, len(text), look)
            return
        bare = look._replace(dots=False, style="" if look.style == "EmphasisDots" else look.style)
        done = 0
        for found in _MARKED.finditer(text):
            self._pieces(parent, text, classes, done, found.start(), bare)
            self._pieces(parent, text, classes, *found.span(), look)
            done = found.end()
        self._pieces(parent, text, classes, done, len(text), bare)

    def _pieces(self, parent: Any, text: str, classes: str, first: int, last: int, look: RunLook) -> None:
        if first == last:
            return
        whole = text[first:last]
        # A stretch in a western language has no hints: its marks are its own.
        for piece, hint in [(whole, False)] if look.west else faces.segments(whole, classes[first:last]):
            text_into(self._run(parent, look, hint), piece)

    def _link(self, parent: Any, node: Link) -> Any:
        """The `w:hyperlink` to write into, or the line itself where the target is neither in the document nor an
        address an edition may carry."""
        if node.target.startswith("#"):
            anchor = self.place.target(node.target[1:])
            return parent if anchor is None else sub(parent, "w:hyperlink", anchor=anchor)
        address = web_address(node.target)
        if address is None:
            return parent
        holder = sub(parent, "w:hyperlink")
        holder.set(name("r:id"), self.place.relation(address))
        return holder

    def _emphasised(self, look: RunLook, node: Emphasis) -> RunLook:
        match node.kind:
            case "strong":
                # Bold of a character style and bold of a paragraph style cancel out (17.7.3): direct bold does not.
                return look._replace(bold=True) if look.style or self.element.bold else _styled(look, "Strong")
            case "dots":
                return look._replace(dots=True) if look.style or look.east else _styled(look, "EmphasisDots")
            case "underline":
                return look._replace(underline=True)
            case "strike":
                return look._replace(strike=True)
            case "sup" | "sub":
                return look._replace(raised="superscript" if node.kind == "sup" else "subscript")
        if not any(map(is_han, plain(node.children))):
            return look._replace(italic=True)
        return look._replace(quoted=True) if look.style else _styled(look, "Emphasis")

    def _in_language(self, look: RunLook, language: str) -> RunLook:
        region = faces.region(language)
        if region is None:
            return look._replace(west=faces.western_language(language), east="", serif="")
        if region == self.place.region:
            return look._replace(west="", east="", serif="")
        return look._replace(west="", east=region.code, serif=region.serif)

    def _picture(self, parent: Any, node: Picture) -> None:
        """A picture stands on the base line; here its middle comes to the middle of the characters beside it."""
        run = sub(parent, "w:r")
        position = sub(sub(run, "w:rPr"), "w:position")
        em = self.place.sheet.size(self.element) / 2
        height = self.place.picture(run, node, em)
        position.set(name("w:val"), str(round(2 * (_MIDDLE * em - height / 2))))

    def _ruby(self, parent: Any, node: Ruby, look: RunLook) -> None:
        classes = self._advance(node.base)
        outer = self._run(parent, look, False)
        ruby = sub(outer, "w:ruby")
        size = self.place.sheet.size(self.element)
        properties = sub(ruby, "w:rubyPr")
        western = not any(map(is_han, node.gloss))
        beside = _BOPOMOFO.search(node.gloss) is not None  # at the right of its base, one sign below the other
        sub(properties, "w:rubyAlign", val="rightVertical" if beside else "center" if western else "distributeSpace")
        sub(properties, "w:hps", val=round(size * _RUBY_SIZE))
        sub(properties, "w:hpsRaise", val=round(size * _RUBY_RAISE))
        sub(properties, "w:hpsBaseText", val=size)
        sub(properties, "w:lid", val=look.east or self.place.region.code)
        text_into(self._run(sub(ruby, "w:rt"), look, not western, round(size * _RUBY_SIZE)), node.gloss)
        hint = not look.west and any(hint for _, hint in faces.segments(node.base, classes))
        text_into(self._run(sub(ruby, "w:rubyBase"), look, hint), node.base)

    def _run(self, parent: Any, look: RunLook, hint: bool, size: int = 0) -> Any:
        """A run that looks like `look`; its properties in the order of the schema.  size: half-points, 0 as it is."""
        node = sub(parent, "w:r")
        if look == PLAIN and not hint and not size:
            return node
        own = sub(node, "w:rPr")
        if look.style:
            sub(own, "w:rStyle", val=look.style)
        fonts = {"hint": "eastAsia"} if hint else {}
        if look.serif:
            fonts["eastAsia"] = look.serif
        elif look.quoted:
            style = self.place.style
            fonts["eastAsia"] = style.faces[style.elements.quote.face].docx[0]
        if fonts:
            sub(own, "w:rFonts", **fonts)
        for on, tag in ((look.bold, "w:b"), (look.bold, "w:bCs"), (look.italic, "w:i"), (look.strike, "w:strike")):
            if on:
                sub(own, tag)
        if size:
            sub(own, "w:spacing", val=0)
            sub(own, "w:sz", val=size)
            sub(own, "w:szCs", val=size)
        if look.underline:
            sub(own, "w:u", val="single")
        if look.raised:
            sub(own, "w:vertAlign", val=look.raised)
        if look.dots:
            side = self.place.style.composition.emphasis_dots
            sub(own, "w:em", val=faces.dots(side, look.east or self.place.region.code, marked=bool(look.east)))
        if look.west:
            sub(own, "w:lang", val=look.west)
        elif look.east:
            sub(own, "w:lang", eastAsia=look.east)
        return node


_TAKEN: dict[str, dict[str, Any]] = {
    "Strong": {"bold": True},
    "Emphasis": {"quoted": True},
    "EmphasisDots": {"dots": True},
}


def _styled(look: RunLook, style: str) -> RunLook:
    """`look` under another character style; what the former one said stays, as direct formatting."""
    return look if look.style == style else look._replace(style=style, **_TAKEN.get(look.style, {}))
