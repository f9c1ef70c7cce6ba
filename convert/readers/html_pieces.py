"""A stretch of text in one format, and how the stretches of a block become leaves.

A leaf is what one visible line (or one picture) of the page is made of.  White space is collapsed as CSS does it;
no-break and ideographic spaces at a line's ends, which such pages indent with, are the leaf's `lead` and `trail`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from .html_node import SPACES, Node

Kind = Literal["strong", "emphasis", "dots", "underline", "strike", "sup", "sub"]


class Format(msgspec.Struct, frozen=True, gc=False):
    """How a stretch of text is set.  link: the `<a>` it stands in; language: a `lang` that is not the page's."""

    link: Node | None = None
    language: str = ""
    kinds: tuple[Kind, ...] = ()
    code: bool = False


class Piece(msgspec.Struct, frozen=True, gc=False):
    """A stretch of one format.  gloss: what stands over it as ruby.  A line break is the text `\\n`."""

    text: str
    format: Format
    gloss: str = ""


class Leaf(msgspec.Struct, eq=False, gc=False):
    """One visible line, or several that the page broke by hand, or a picture.

    node: the block it stands in.  hidden: why it is not seen.  linked: characters that are links.
    """

    kind: Literal["text", "image", "pre", "rule"]
    node: Node
    hidden: str | None
    text: str = ""
    pieces: tuple[Piece, ...] = ()
    lead: str = ""
    trail: str = ""
    linked: int = 0
    image: Node | None = None
    control: bool = False
    index: int = 0


PLAIN = Format()
BREAK = Format(language="\n")  # told apart from a text that is a line end of the source

EDGES = SPACES + "\u00a0\u3000\u200b\ufeff\u2002\u2003"
"""White space that is layout where it stands at a line's ends, with the invisible characters met there."""

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_RUN = re.compile(r"[ \t\n\r\f]+")


def single(text: str, form: Format, block: Node, gloss: str = "") -> Leaf:
    """The leaf of a line of one piece, as most are; one without text where there is nothing but white space."""
    whole = collapsed(text.strip(SPACES))
    bare = whole.strip(EDGES)
    leaf = Leaf("text", block, block.hidden, bare, (Piece(bare, form, gloss),))
    if len(bare) < len(whole):
        start = len(whole) - len(whole.lstrip(EDGES))
        leaf.lead, leaf.trail = whole[:start], whole[start + len(bare) :]
    if form.link is not None:
        leaf.linked = len(bare)
    return leaf


def made_of(pieces: list[Piece], block: Node) -> list[Leaf]:
    """The leaves that the text of a block makes, with none of white space alone at its end."""
    while pieces and pieces[-1].format is not BREAK and not pieces[-1].text.strip(SPACES):
        pieces.pop()  # white space between an element and the end of its line
    if not pieces:
        return []
    if len(pieces) == 1 and (piece := pieces[0]).format is not BREAK:
        return [single(piece.text, piece.format, block, piece.gloss)]
    return [_text_leaf(group, block) for group in _paragraphs(_lines(pieces), block)]


class _Line(NamedTuple):
    """A line's text and pieces with white space collapsed, cut at `<br>`; a blank one has no text."""

    text: str
    pieces: tuple[Piece, ...]
    lead: str
    trail: str

    @property
    def indented(self) -> bool:
        """Indented as paragraphs are: by an ideographic space or two no-break ones."""
        return sum(2 if char == "\u3000" else 1 for char in self.lead if char in "\u3000\u00a0\u2002\u2003") >= 2


def _line(pieces: list[Piece]) -> _Line:
    whole = "".join([piece.text for piece in pieces])
    bare = whole.strip(EDGES)
    if len(bare) == len(whole):
        return _Line(whole, tuple(pieces), "", "")
    start = len(whole) - len(whole.lstrip(EDGES)) if bare else len(whole)
    return _Line(bare, cut_pieces(pieces, start, start + len(bare)), whole[:start], whole[start + len(bare) :])


def collapsed(text: str) -> str:
    """White space in a text as one space each."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        return _RUN.sub(" ", text)
    return text


def cut_pieces(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces between two offsets of their joined text."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        text = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if text:
            out.append(Piece(text, piece.format, piece.gloss))
    return tuple(out)


def _lines(pieces: list[Piece]) -> list[_Line]:
    lines: list[_Line] = []
    current: list[Piece] = []
    space = True  # white space at a line's start disappears
    for piece in pieces:
        if piece.format is BREAK:
            lines.append(_line(_without_last_space(current)))
            current, space = [], True
            continue
        text = collapsed(piece.text.lstrip(SPACES) if space else piece.text)
        if text:
            space = text[-1] == " "
            _add(current, text, piece)
    lines.append(_line(_without_last_space(current)))
    return lines


def _add(pieces: list[Piece], text: str, piece: Piece) -> None:
    """Adds a text with the format of its piece; to the piece before it, where that has the same format."""
    last, form = pieces[-1] if pieces else None, piece.format
    if last is not None and (last.format is form or last.format == form) and not last.gloss and not piece.gloss:
        pieces[-1] = Piece(last.text + text, form)
    else:
        pieces.append(piece if text is piece.text else Piece(text, form, piece.gloss))


def _without_last_space(pieces: list[Piece]) -> list[Piece]:
    if pieces and pieces[-1].text.endswith(" "):
        last = pieces[-1]
        return [*pieces[:-1], Piece(last.text[:-1], last.format, last.gloss)] if len(last.text) > 1 else pieces[:-1]
    return pieces


def _paragraphs(lines: list[_Line], block: Node) -> list[list[_Line]]:
    """Lines grouped into paragraphs.

    On Chinese pages `<br>` ends a paragraph more often than a line.  It is a line break within one only in a heading,
    in a table cell, and in verse: unindented lines of one length, all short.
    """
    groups: list[list[_Line]] = [[]]
    together = block.tag in HEADINGS or block.tag in ("td", "th", "caption", "figcaption") or _verse(lines)
    for line in lines:
        if not line.text:
            groups.append([])
        elif groups[-1] and (not together or line.indented):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _verse(lines: list[_Line]) -> bool:
    lengths = [len(line.text) for line in lines if line.text]
    return len(lengths) > 1 and max(lengths) <= 16 and max(lengths) - min(lengths) <= 2 and min(lengths) >= 4


def _text_leaf(lines: list[_Line], block: Node) -> Leaf:
    first = lines[0]
    text, pieces = first.text, first.pieces
    if len(lines) > 1:
        text = "\n".join([line.text for line in lines])
        parts = list(pieces)
        for line in lines[1:]:
            parts.append(Piece("\n", BREAK))
            parts.extend(line.pieces)
        pieces = tuple(parts)
    linked = 0
    for piece in pieces:
        if piece.format.link is not None:
            linked += len(piece.text)
    return Leaf("text", block, block.hidden, text, pieces, first.lead, lines[-1].trail, linked)
