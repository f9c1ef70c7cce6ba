"""Lines of text -> XHTML: inlines in, markup out, with what the file has to know of them: ids and note references."""

from __future__ import annotations

import re
from collections.abc import Callable

from ...model import (
    Break,
    Code,
    Document,
    Emphasis,
    Formula,
    Inline,
    Link,
    NoteRef,
    Ordinal,
    Picture,
    Ruby,
    RunIn,
    Span,
    Text,
    plain,
)
from ...style import Style
from ...typography.titles import phrases
from ..address import web_address
from ..ids import Ids
from ..markup import LANGUAGE, NOT_XML, escape, language_of
from ..pictures import size_in_line

# Digits up to two stand upright in a vertical line (convert/README.md, Line composition 7), as do two marks of
# exclamation or question.
_UPRIGHT = re.compile(r"(?<![0-9A-Za-z.,%/-])(?:[0-9]{1,2}|[!?]{2})(?![0-9A-Za-z.,%/-])")
# An address in the text, which has no place to break of its own: one behind each of its marks.
_ADDRESS = re.compile(r"(https?://[!-;=?-~]+|www\.[!-;=?-~]+|[\w.+-]+@[\w-]+\.[\w.-]+)", re.ASCII)
_JOINT = re.compile(r"(?<=[/?&=@_.-])(?<!//)(?=[A-Za-z0-9%])")
# A number stays with the western word before it, as `phrases` has it.
_NUMBERED = re.compile("[A-Za-z]+ [0-9]+")
_BOPOMOFO = re.compile("[\u3105-\u312f\u31a0-\u31bf]")
_EMPHASIS = {
    "strong": ("<strong>", "</strong>"),
    "emphasis": ("<em>", "</em>"),
    "dots": ('<em class="dots">', "</em>"),
    "underline": ("<u>", "</u>"),
    "strike": ("<s>", "</s>"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
}


class InlineWriter:
    """Draws the inlines of one document; see `Generator` for the parameters.  picture: the address of a key of
    `Document.media`, None where that is not shown.

    drawn_ids, new_notes: the XML ids that stand in what was drawn since `begin`, and the ids of notes first referred
    to there.  references: how often each note was referred to.  replaced: characters XML cannot hold.
    """

    def __init__(self, document: Document, style: Style, picture: Callable[[str], str | None], *, epub: bool) -> None:
        self.ids = Ids(document)
        self.drawn_ids: list[str] = []
        self.new_notes: list[str] = []
        self.references: dict[str, int] = {}
        self.replaced = 0
        self._language = language_of(document)
        self.picture = picture
        self._media = document.media
        self._vertical = style.composition.vertical
        self._epub = epub
        self._notes = {note.id for note in document.notes}
        self._cut_at: list[int] = []  # offsets of phrases in the title being drawn
        self._cursor = 0
        self._western = False

    def begin(self) -> None:
        """Begins a piece: what is drawn from here on has its own lists."""
        self.drawn_ids, self.new_notes = [], []

    def inline(self, inlines: tuple[Inline, ...]) -> str:
        """The markup of a line of text."""
        parts: list[str] = []
        for at, node in enumerate(inlines):
            before = inlines[at - 1] if at else None
            if isinstance(node, Text) and _refers(inlines, at + 1):
                parts.append(self.text(node.text[:-1]))  # the last character goes with the mark
            elif isinstance(node, NoteRef) and isinstance(before, Text) and before.text:
                # A note's mark may not begin a line.
                parts.append(f'<span class="keep">{self.text(before.text[-1])}{self._reference(node)}</span>')
            else:
                parts.append(self._inline(node))
        return "".join(parts)

    def phrased(self, inlines: tuple[Inline, ...], mark: Ordinal | None) -> str:
        """A title: it may break between words only, on a display of any width (convert/README.md, Line composition 6).
        mark: it begins with."""
        ends, held = 0, mark.length if mark is not None else 0
        self._cut_at = [ends := ends + len(piece) for piece in phrases(plain(inlines), self._language, held)][:-1]
        self._cursor = 0
        html = self.inline(inlines)
        self._cut_at = []
        return html

    def text(self, text: str) -> str:
        """Text of the document, escaped, with the marks a title's phrases or vertical setting need."""
        parts, start = [], 0
        if self._cut_at:
            inside = [at - self._cursor for at in self._cut_at if self._cursor < at < self._cursor + len(text)]
            after = self._cursor + len(text) in self._cut_at
            for at in inside:
                parts.append(self._run(text[start:at]) + "<wbr/>")
                start = at
            self._cursor += len(text)
            return "".join(parts) + self._run(text[start:]) + ("<wbr/>" if after else "")
        return self._run(text)

    def _run(self, text: str) -> str:
        if NOT_XML.search(text):
            self.replaced += len(NOT_XML.findall(text))
        if "/" not in text and "@" not in text:
            return self._plain(text)
        between, *rest = _ADDRESS.split(text)
        parts = [self._plain(between)]
        for address, between in zip(rest[::2], rest[1::2], strict=True):
            parts += "<wbr/>".join(map(escape, _JOINT.split(address))), self._plain(between)
        return "".join(parts)

    def _plain(self, text: str) -> str:
        text = escape(text)
        if self._cut_at:
            text = _NUMBERED.sub(r'<span class="keep">\g<0></span>', text)
        if self._vertical and not self._western:
            return _UPRIGHT.sub(r'<span class="tcy">\g<0></span>', text)
        return text

    def _inline(self, node: Inline) -> str:
        match node:
            case Text():
                return self.text(node.text)
            case Emphasis():
                before, after = _EMPHASIS[node.kind]
                return before + self.inline(node.children) + after
            case Link():
                return self._link(node)
            case Ruby():
                return self._ruby(node)
            case Code():
                return f"<code>{self.text(node.text)}</code>"
            case Span():
                return self._span(node)
            case RunIn():
                return f'<b class="run-in{min(node.level, 4)}"{self.id(node.id)}>{self.inline(node.children)}</b>'
            case NoteRef():
                return self._reference(node)
            case Picture():
                self._cursor += len(node.said)
                return self._picture(node)
            case Formula():
                self._cursor += len(node.text)
                return node.mathml.replace("<math ", f'<math alttext="{escape(node.text)}" ', 1)
            case Break():
                self._cursor += 1
                return "<br/>"

    def _link(self, node: Link) -> str:
        inner = self.inline(node.children)
        if node.target.startswith("#"):
            id = self.ids.of(node.target[1:])
            return f'<a href="\0{id}">{inner}</a>' if id and inner else inner
        address = web_address(node.target)
        if address is None or not inner:
            return inner
        # A page opened from here learns nothing of this one.
        kept = "" if self._epub else ' rel="noopener noreferrer"'
        return f'<a href="{escape(address)}"{kept}>{inner}</a>'

    def _picture(self, node: Picture) -> str:
        address, media = self.picture(node.media), self._media.get(node.media)
        if address is None or media is None:
            return f'<span role="img" aria-label="{escape(node.alt or node.said)}"></span>'
        width = round(size_in_line(node, media)[0] * 16)
        return f'<img class="sign" src="{escape(address)}" alt="{escape(node.alt)}" width="{max(width, 1)}"/>'

    def _span(self, node: Span) -> str:
        if not LANGUAGE.fullmatch(node.language):
            return self.inline(node.children)
        western = node.language[:2].lower() not in ("zh", "ja", "ko")
        outer, self._western = self._western, western
        inner = self.inline(node.children)
        self._western = outer
        xml = f' xml:lang="{node.language}"' if self._epub else ""
        return f'<span{class_of(["western"] if western else [])} lang="{node.language}"{xml}>{inner}</span>'

    def _ruby(self, node: Ruby) -> str:
        gloss = f"<rt>{escape(node.gloss)}</rt>"
        if not self._epub:  # for browsers without ruby; discouraged in EPUB
            gloss = f"<rp>(</rp>{gloss}<rp>)</rp>"
        said = class_of(["bopomofo"] if _BOPOMOFO.search(node.gloss) else [])
        return f"<ruby{said}>{self.text(node.base)}{gloss}</ruby>"

    def _reference(self, node: NoteRef) -> str:
        mark = self.text(node.label)
        if node.id not in self._notes:
            return f"<sup>{mark}</sup>"
        count = self.references[node.id] = self.references.get(node.id, 0) + 1
        if count == 1:
            self.new_notes.append(node.id)
        id = self.ids.of_reference(node.id, count)
        self.drawn_ids.append(id)
        attributes = self.semantics("noteref", "doc-noteref")
        return f'<sup><a{attributes} id="{id}" href="\0{self.ids.of_note(node.id)}">{mark}</a></sup>'

    # --- Attributes ---------------------------------------------------------------------------------------------

    def semantics(self, kind: str, role: str) -> str:
        """The attributes that say what an element is: `epub:type` where it is known, and the ARIA role."""
        return f' epub:type="{kind}" role="{role}"' if self._epub else f' role="{role}"'

    def id(self, id: str) -> str:
        """The attribute of an id of the document, the first time it stands in a piece."""
        known = self.ids.of(id)
        if not known or known in self.drawn_ids:
            return ""
        self.drawn_ids.append(known)
        return f' id="{known}"'


def class_of(names: list[str]) -> str:
    """The attribute of some classes, nothing where there is none."""
    names = list(filter(None, names))
    return f' class="{" ".join(names)}"' if names else ""


def _refers(inlines: tuple[Inline, ...], at: int) -> bool:
    return at < len(inlines) and isinstance(inlines[at], NoteRef)
