"""Inlines -> spans, links, ruby, notes and bookmarks (OpenDocument 1.3, 6.1).

A span names a style and stands in another where two looks meet.  Marks that Chinese and western text share are drawn in
the Chinese face where the text around them is Chinese: a word processor takes the face of the character before them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
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
)
from ...style import Element, Style
from ...typography import classify, is_han
from ..address import web_address
from ..office import faces
from . import names
from .looks import AutomaticStyles
from .stylesheet import Values, dots, language, western
from .xml import clean, sub, text_into

# What emphasis dots stand under: never punctuation (convert/README.md, Line composition 7).
_MARKED = re.compile(r"\w+")
_BOPOMOFO = re.compile("[\u3105-\u312f\u31a0-\u31bf]")
_WIDE = frozenset("WF")
_RAISED = {"sup": "super 58%", "sub": "sub 58%"}


class SpanLook(NamedTuple):
    """What text needs to know of the spans around it.  face: the East Asian font.  dots: the style of emphasis dots.
    west: the stretch is in a western language, whose marks are its own.  linked: it stands in a link, which holds no
    other."""

    face: str
    dots: str = ""
    west: bool = False
    linked: bool = False


class TextPart(Protocol):
    """The part a line is written into: what knows its bookmarks, notes and styles."""

    style: Style
    region: faces.Region
    looks: AutomaticStyles

    def target(self, id: str) -> str | None:
        """The bookmark of an id of the document; None where nothing carries it."""

    def open_bookmark(self, parent: Any, id: str) -> str | None:
        """Begins the bookmark of an id, where it has one, and returns what closes it."""

    def close_bookmark(self, parent: Any, name: str | None) -> None:
        """Ends a bookmark."""

    def reference(self, parent: Any, node: NoteRef) -> None:
        """Writes the reference to a note, with the note itself the first time."""

    def picture(self, parent: Any, node: Picture, element: Element) -> None:
        """Writes a picture inside a line."""

    def formula(self, parent: Any, node: Formula) -> None:
        """Writes a formula inside a line."""


def write_line(parent: Any, inlines: tuple[Inline, ...], place: TextPart, element: Element) -> None:
    """The inlines of a paragraph, set in `element`, as its children."""
    if inlines:
        look = SpanLook(place.style.faces[element.face].docx[0])
        _SpanWriter(place, element, inlines).write(parent, inlines, look)


class _SpanWriter:
    """One paragraph on its way: the classes of its text are worked out over the whole, for their context."""

    def __init__(self, place: TextPart, element: Element, inlines: tuple[Inline, ...]) -> None:
        self.place = place
        self.element = element
        self.text = plain(inlines)
        self.classes = classify(self.text)
        self.at = 0

    def write(self, parent: Any, inlines: tuple[Inline, ...], look: SpanLook) -> None:
        for node in inlines:
            match node:
                case Text():
                    self._text(parent, node.text, look)
                case Code():
                    self._text(self._named(parent, "Source Text"), node.text, look)
                case Break():
                    self.at += 1
                    sub(parent, "text:line-break")
                case Ruby():
                    self._ruby(parent, node, look)
                case NoteRef():
                    self.at += len(node.label)
                    self.place.reference(parent, node)
                case Picture():
                    self.at += len(node.said)
                    self.place.picture(parent, node, self.element)
                case Formula():
                    self.at += len(node.text)
                    self.place.formula(parent, node)
                case Emphasis():
                    self._emphasis(parent, node, look)
                case Span():
                    self._language(parent, node, look)
                case RunIn():
                    style = self.place.style
                    own = look._replace(face=style.faces[style.run_in(node.level).face].docx[0])
                    name = self.place.open_bookmark(parent, node.id)
                    self.write(self._named(parent, names.run_in(node.level)), node.children, own)
                    self.place.close_bookmark(parent, name)
                case Link():
                    holder = parent if look.linked else self._link(parent, node)
                    self.write(holder, node.children, look._replace(linked=True))

    def _named(self, parent: Any, style: str) -> Any:
        return sub(parent, "text:span", {"text:style-name": names.encoded(style)})

    def _direct(self, parent: Any, look: Values) -> Any:
        return sub(parent, "text:span", {"text:style-name": self.place.looks.style("text", text=look)})

    def _text(self, parent: Any, text: str, look: SpanLook) -> None:
        if not look.dots:
            self._pieces(parent, text, look)
            return
        done = 0
        for found in _MARKED.finditer(text):
            self._pieces(parent, text[done : found.start()], look)
            self._pieces(sub(parent, "text:span", {"text:style-name": look.dots}), found[0], look)
            done = found.end()
        self._pieces(parent, text[done:], look)

    def _pieces(self, parent: Any, text: str, look: SpanLook) -> None:
        for piece, in_east in self._cut(text, look):
            text_into(self._direct(parent, {"style:font-name": look.face}) if in_east else parent, piece)

    def _cut(self, text: str, look: SpanLook) -> Iterator[tuple[str, bool]]:
        """The text from here on, cut where a mark has to be told that it is Chinese."""
        begins, self.at = self.at, self.at + len(text)
        done = 0
        for start, end in [] if look.west else self._marks(text, begins):
            if start > done:
                yield text[done:start], False
            yield text[start:end], True
            done = end
        if done < len(text):
            yield text[done:], False

    def _marks(self, text: str, begins: int) -> list[tuple[int, int]]:
        """Where the marks stand that would be taken for western ones and are not."""
        found: list[tuple[int, int]] = []
        for place in faces.IN_QUESTION.finditer(text):
            at = place.start()
            if faces.hinted(text[at], self.classes[begins + at]) and not self._east[begins + at]:
                if found and found[-1][1] == at:
                    found[-1] = (found[-1][0], at + 1)
                else:
                    found.append((at, at + 1))
        return found

    @functools.cached_property
    def _east(self) -> list[bool]:
        """For each character whether what decides its script is East Asian: the nearest before it that has a script,
        else the nearest behind it."""
        scripts: list[bool | None] = [
            None if char.isspace() or faces.IN_QUESTION.match(char) else unicodedata.east_asian_width(char) in _WIDE
            for char in self.text
        ]
        last = next((one for one in scripts if one is not None), True)
        out: list[bool] = []
        for one in scripts:
            last = last if one is None else one
            out.append(last)
        return out

    def _link(self, parent: Any, node: Link) -> Any:
        """The link to write into, or the line itself where the target is neither in the document nor an address an
        edition may carry."""
        if node.target.startswith("#"):
            anchor = self.place.target(node.target[1:])
            address = None if anchor is None else f"#{anchor}"
        else:
            address = web_address(node.target)
        if address is None:
            return parent
        look = names.encoded("Internet link"), names.encoded("Visited Internet Link")
        own = {"xlink:type": "simple", "xlink:href": address, "text:style-name": look[0]}
        return sub(parent, "text:a", {**own, "text:visited-style-name": look[1]})

    def _emphasis(self, parent: Any, node: Emphasis, look: SpanLook) -> None:
        match node.kind:
            case "strong":
                holder = self._named(parent, "Strong Emphasis")
            case "dots":
                holder, look = parent, look._replace(dots=look.dots or names.encoded("Emphasis Dots"))
            case "underline":
                line = {"style:text-underline-style": "solid", "style:text-underline-width": "auto"}
                holder = self._direct(parent, {**line, "style:text-underline-color": "font-color"})
            case "strike":
                holder = self._direct(parent, {"style:text-line-through-style": "solid"})
            case "sup" | "sub":
                holder = self._direct(parent, {"style:text-position": _RAISED[node.kind]})
            case _ if not any(map(is_han, plain(node.children))):
                holder = self._direct(parent, {"fo:font-style": "italic"})
            case _:
                style = self.place.style
                holder = self._named(parent, "Emphasis")
                look = look._replace(face=style.faces[style.elements.quote.face].docx[0])
        self.write(holder, node.children, look)

    def _language(self, parent: Any, node: Span, look: SpanLook) -> None:
        region = faces.region(node.language)
        if region is None:
            self.write(self._direct(parent, western(node.language)), node.children, look._replace(west=True))
            return
        own = language(region)
        if region != self.place.region:
            own |= {"style:font-name-asian": region.serif}
            look = look._replace(face=region.serif)
        if look.dots:
            marked = dots(self.place.style, region, marked=True)
            look = look._replace(dots=self.place.looks.style("text", text=marked))
        self.write(self._direct(parent, own), node.children, look._replace(west=False))

    def _ruby(self, parent: Any, node: Ruby, look: SpanLook) -> None:
        western_gloss = not any(map(is_han, node.gloss))
        beside = _BOPOMOFO.search(node.gloss) is not None  # at the right of its base, one sign below the other
        own = {"style:ruby-align": "center" if western_gloss or beside else "distribute-letter"}
        own["style:ruby-position"] = "above"
        holder = sub(parent, "text:ruby", {"text:style-name": self.place.looks.style("ruby", own=own)})
        self._text(sub(holder, "text:ruby-base"), node.base, look)
        # A gloss holds text alone (6.4.3): its white space stands as it is.
        sub(holder, "text:ruby-text", {"text:style-name": "Rubies"}).text = clean(" ".join(node.gloss.split()))
