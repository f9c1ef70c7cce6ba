"""The document as pandoc's JSON (pandoc-types 1.23, pandoc 3): every other format, through `pandoc -f json`.

Title and subtitle are metadata, as pandoc's own readers have them, so that no template prints them twice.  What pandoc
has no construct for is a `Span` or `Div` whose class says what it is; list marks pandoc can count are left to it, the
others stay text.  Pictures travel inside, as data addresses: pandoc has nothing to fetch.
"""

from __future__ import annotations

import base64
import re
from typing import Any, BinaryIO

import msgspec

from ..errors import Notice
from ..model import (
    Block,
    Break,
    Cell,
    Code,
    Document,
    Emphasis,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    NoteRef,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Removed,
    Row,
    Ruby,
    Rule,
    RunIn,
    Span,
    Table,
    Text,
)
from ..style import Style
from .address import web_address
from .markup import language_of, printable, title_of
from .pictures import ShownPicture, ShownPictures, size_in_line

API_VERSION = [1, 23, 1]
_Json = dict[str, Any]
_NO_ATTRIBUTES: list[Any] = ["", [], []]
_EMPHASIS = {
    "strong": "Strong",
    "emphasis": "Emph",
    "underline": "Underline",
    "strike": "Strikeout",
    "sup": "Superscript",
    "sub": "Subscript",
}
_IN_METADATA = frozenset({"title", "subtitle"})
_BULLETS = frozenset("\u2022\u00b7\u25cf\u25cb\u25a0\u25a1\u25aa\u25ab\u2013-*")
_DELIMITERS = {("", "."): "Period", ("", ")"): "OneParen", ("(", ")"): "TwoParens"}
_ALIGNMENTS = {"left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight", None: "AlignDefault"}
_WORDS = re.compile(r"( +|\n+)")


def write(document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write the document.  The style has no say: pandoc's templates and reference files have."""
    syntax = _Syntax(document)
    blocks = [node for block in document.blocks for node in syntax.block(block)]
    whole = {"pandoc-api-version": API_VERSION, "meta": _metadata(document, syntax), "blocks": blocks}
    stream.write(msgspec.json.encode(whole) + b"\n")
    return syntax.pictures.notices


def _metadata(document: Document, syntax: _Syntax) -> _Json:
    known = document.metadata
    printed = {block.role for block in document.blocks if isinstance(block, Paragraph)}
    meta: _Json = {"lang": _string(language_of(document))}
    for role, fallback in (("title", title_of(document)), ("subtitle", known.subtitle)):
        said = [block.children for block in document.blocks if isinstance(block, Paragraph) and block.role == role]
        inlines = [node for run in said for node in (_node("LineBreak"), *syntax.inlines(run))][1:]
        if inlines or fallback:
            meta[role] = _node("MetaInlines", inlines or _text(fallback or ""))
    # What the text prints itself is not given to a template to print again.
    for name, value, role in (("author", known.author, "byline"), ("date", known.published, "dateline")):
        if value and role not in printed:
            meta[name] = _node("MetaInlines", _text(value))
    for name in ("source", "editor", "url", "document_number", "issuing_body", "index_number"):
        if value := getattr(known, name):
            meta[name.replace("_", "-")] = _string(value)
    return meta


def _string(value: str) -> _Json:
    return _node("MetaString", printable(value))


def _node(kind: str, *content: Any) -> _Json:
    """A node of the syntax: a lone content stands for itself, several make a list."""
    if not content:
        return {"t": kind}
    return {"t": kind, "c": content[0] if len(content) == 1 else list(content)}


def _attributes(*classes: str, id: str = "", **values: str) -> list[Any]:
    return [id, list(classes), [[name.replace("_", "-"), value] for name, value in values.items()]]


def _image(picture: ShownPicture, alt: str, **values: str) -> _Json:
    address = f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"
    return _node("Image", _attributes(**values), _text(alt), [address, ""])


def _text(text: str) -> list[_Json]:
    """Words and the spaces between them; an ideographic space is a character like any other."""
    nodes = []
    for piece in _WORDS.split(printable(text)):
        if piece[:1] in (" ", "\n"):
            nodes.append(_node("SoftBreak" if piece[0] == "\n" else "Space"))
        elif piece:
            nodes.append(_node("Str", piece))
    return nodes


class _Syntax:
    def __init__(self, document: Document) -> None:
        self.pictures = ShownPictures(document)
        self._media = document.media
        self._notes = {note.id: note for note in document.notes}
        self._noted: set[str] = set()
        self._in_note = False

    # --- Blocks -------------------------------------------------------------------------------------------------

    def block(self, block: Block) -> list[_Json]:
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading():
                return [_node("Header", block.level, _attributes(id=block.id), self.inlines(block.children))]
            case List():
                return self._list(block)
            case Quote():
                return [_node("BlockQuote", self._blocks(block.children))]
            case Table():
                return [self._table(block)]
            case Figure():
                return [self._figure(block)]
            case Preformatted():
                classes = [block.language] if block.language else []
                return [_node("CodeBlock", _attributes(*classes), printable(block.text))]
            case Rule():
                return [_node("HorizontalRule")]
            case Removed():
                return []

    def _blocks(self, blocks: tuple[Block, ...]) -> list[_Json]:
        return [node for block in blocks for node in self.block(block)]

    def _paragraph(self, block: Paragraph) -> list[_Json]:
        if block.role in _IN_METADATA:
            return []
        paragraph = _node("Para", self.inlines(block.children))
        name = block.role.replace("_", "-")
        classes = [*([name] if block.role != "body" else []), *([block.align] if block.align else [])]
        if not classes:
            return [paragraph]
        style = {"custom-style": name.replace("-", " ").title()} if block.role != "body" else {}
        return [_node("Div", ["", classes, [list(pair) for pair in style.items()]], [paragraph])]

    def _list(self, block: List) -> list[_Json]:
        if attributes := _numbering(block.items):
            return [_node("OrderedList", attributes, [self._blocks(item.children) for item in block.items])]
        if all(item.marker in _BULLETS for item in block.items):
            return [_node("BulletList", [self._blocks(item.children) for item in block.items])]
        return [_node("Div", _attributes("list"), [self._marked(item) for item in block.items])]

    def _marked(self, item: ListItem) -> _Json:
        """An item whose mark pandoc cannot count: the mark is text."""
        mark = _text(item.marker)
        first = item.children[0] if item.children else None
        if isinstance(first, Paragraph):
            blocks = [_node("Para", mark + self.inlines(first.children)), *self._blocks(item.children[1:])]
        else:
            blocks = [_node("Para", mark), *self._blocks(item.children)]
        return _node("Div", _attributes("list-item"), blocks)

    def _figure(self, block: Figure) -> _Json:
        picture = self.pictures.get(block.media) if block.media is not None else None
        if picture is None:
            # A figure without an image is left out by some of pandoc's writers, its caption with it.
            caption = [_node("Para", self.inlines(block.caption))] if block.caption else []
            return _node("Div", _attributes("missing", alt=printable(block.alt)), caption)
        image = _image(picture, block.alt)
        return _node("Figure", _NO_ATTRIBUTES, self._caption(block.caption), [_node("Plain", [image])])

    def _caption(self, inlines: tuple[Inline, ...]) -> list[Any]:
        return [None, [_node("Plain", self.inlines(inlines))] if inlines else []]

    # --- Tables -------------------------------------------------------------------------------------------------

    def _table(self, block: Table) -> _Json:
        head = 0
        while head < len(block.rows) and block.rows[head].header:
            head += 1
        if any(at + cell.rowspan > head for at in range(head) for cell in block.rows[at].cells):
            head = 0  # pandoc's head and body are tables of their own: no cell spans both
        rows = [self._row(row) for row in block.rows]
        columns = max((sum(cell.colspan for cell in row.cells) for row in block.rows), default=0)
        return _node(
            "Table",
            _NO_ATTRIBUTES,
            self._caption(block.caption),
            [[_node("AlignDefault"), _node("ColWidthDefault")] for _ in range(columns)],
            [_NO_ATTRIBUTES, rows[:head]],
            [[_NO_ATTRIBUTES, 0, [], rows[head:]]],
            [_NO_ATTRIBUTES, []],
        )

    def _row(self, row: Row) -> list[Any]:
        return [_NO_ATTRIBUTES, [self._cell(cell) for cell in row.cells]]

    def _cell(self, cell: Cell) -> list[Any]:
        only = cell.children[0] if len(cell.children) == 1 else None
        if isinstance(only, Paragraph) and only.role == "body":
            blocks = [_node("Plain", self.inlines(only.children))]
        else:
            blocks = self._blocks(cell.children)
        alignment = _node(_ALIGNMENTS[cell.align or (only.align if isinstance(only, Paragraph) else None)])
        return [_NO_ATTRIBUTES, alignment, max(1, cell.rowspan), max(1, cell.colspan), blocks]

    # --- Inline -------------------------------------------------------------------------------------------------

    def inlines(self, inlines: tuple[Inline, ...]) -> list[_Json]:
        return [node for inline in inlines for node in self._inline(inline)]

    def _inline(self, node: Inline) -> list[_Json]:
        match node:
            case Text():
                return _text(node.text)
            case Emphasis():
                inner = self.inlines(node.children)
                if node.kind == "dots":
                    return [_node("Span", _attributes("dots"), [_node("Emph", inner)])]
                return [_node(_EMPHASIS[node.kind], inner)]
            case Link():
                inner = self.inlines(node.children)
                target = node.target if node.target.startswith("#") else web_address(node.target)
                return [_node("Link", _NO_ATTRIBUTES, inner, [printable(target), ""])] if target else inner
            case Ruby():
                return [_node("Span", _attributes("ruby", gloss=printable(node.gloss)), _text(node.base))]
            case Code():
                return [_node("Code", _NO_ATTRIBUTES, printable(node.text))]
            case Span():
                return [_node("Span", _attributes(lang=printable(node.language)), self.inlines(node.children))]
            case RunIn():
                attributes = _attributes("run-in", id=node.id, level=str(node.level))
                return [_node("Span", attributes, [_node("Strong", self.inlines(node.children))])]
            case NoteRef():
                return [self._note(node)]
            case Picture():
                return self._picture(node)
            case Formula():
                return [_node("Span", _attributes("formula"), _text(node.text))]
            case Break():
                return [_node("LineBreak")]

    def _picture(self, node: Picture) -> list[_Json]:
        picture = self.pictures.get(node.media)
        if picture is None:
            return _text(node.said)
        height = f"{size_in_line(node, self._media[node.media])[1]:.2f}em"
        return [_image(picture, node.alt, height=height)]

    def _note(self, node: NoteRef) -> _Json:
        """The note itself, where pandoc counts it; its mark where it was printed before, or inside another note."""
        note = self._notes.get(node.id)
        if note is None or self._in_note or node.id in self._noted:
            return _node("Superscript", _text(node.label))
        self._noted.add(node.id)
        return _node("Note", self._noted_blocks(note.children))

    def _noted_blocks(self, blocks: tuple[Block, ...]) -> list[_Json]:
        self._in_note = True
        drawn = self._blocks(blocks)
        self._in_note = False
        return drawn


def _numbering(items: tuple[ListItem, ...]) -> list[Any] | None:
    """pandoc's list attributes where it would count the marks as they are printed: 1. or 1) or (1), one by one."""
    first = items[0].mark if items else None
    if first is None or len(first.path) != 1:
        return None
    start = first.path[0]
    for (opened, closed), delimiter in _DELIMITERS.items():
        if all(item.marker == f"{opened}{number}{closed}" for number, item in enumerate(items, start)):
            return [start, _node("Decimal"), _node(delimiter)]
    return None
