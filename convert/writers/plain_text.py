"""The document as plain text in UTF-8: a line for each paragraph, tables in columns, notes behind a form feed.

What paper shows by size or place and a line of text cannot (the reading over a character, the raised mark of a note)
stands in brackets, between two characters without ink or width, so that an edition can be read back: U+2060 around a
gloss or a mark, U+2063 around a formula.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import BinaryIO

from ..errors import Notice
from ..model import (
    Block,
    Break,
    Cell,
    Code,
    Document,
    Figure,
    Formula,
    Heading,
    Inline,
    List,
    Note,
    NoteRef,
    Paragraph,
    Picture,
    Preformatted,
    Quote,
    Removed,
    Ruby,
    Rule,
    Table,
    Text,
)
from ..style import Style
from .markup import printable

_UNSEEN = re.compile("[\t\r\v\f\u2060\u2063]")
_WIDE = frozenset("WF")
_COLUMNS = 100
"""A table wider than this is not padded, in columns of a terminal: its lines would be folded."""
_INDENT = "\u3000\u3000"
_INDENTED = frozenset({"body", "note", "attachment"})
_GROUPS = {
    "body": "text", "note": "text", "salutation": "text", "title": "", "subtitle": "", "dateline": "byline",
    "date": "signature",
}  # fmt: skip
"""Paragraphs by what they run on with, where that is not their own role."""
_BETWEEN = "  "


def write(document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write the document.  The style has no say: plain text has no looks."""
    body = "\n".join(_blocks(document.blocks))
    foot = "".join(f"{line}\n" for note in document.notes for line in _note(note))
    stream.write((f"{body}\n" + (f"\f{foot}" if foot else "")).encode())
    return []


def _note(note: Note) -> Iterator[str]:
    """A note's lines: its mark, a tab, the text; the lines below the first begin with the tab."""
    first, *rest = list(_blocks(note.children)) or [""]
    yield f"{_text(note.label)}\t{first.lstrip(_INDENT)}"
    yield from (f"\t{line}" for line in rest)


def _blocks(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines of blocks, an empty one between two that do not run on."""
    before: str | None = None
    for block in blocks:
        group, lines = _group(block), list(_lines(block))
        if lines and before is not None and not (before == group != ""):
            yield ""
        yield from lines
        before = group if lines else "" if isinstance(block, Rule) and before is not None else before


def _group(block: Block) -> str:
    """What a block runs on with, by name; empty where it stands alone."""
    if isinstance(block, Paragraph):
        return _GROUPS.get(block.role, block.role)
    return "text" if isinstance(block, List) else ""


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _paragraph(block.children, _INDENT if block.role in _INDENTED else "")
        case Heading():
            yield from _paragraph(block.children)
        case List():
            for item in block.items:
                first, *rest = list(_blocks(item.children)) or [""]
                yield _INDENT + _text(item.marker) + first.lstrip(_INDENT)
                yield from (_INDENT + line if line else "" for line in rest)
        case Quote():
            yield from (_INDENT + line if line else "" for line in _blocks(block.children))
        case Table():
            yield from _paragraph(block.caption)
            yield from _table(block)
        case Figure():
            yield from _paragraph(block.caption)
        case Preformatted():
            yield from printable(_UNSEEN.sub(" ", block.text.expandtabs())).split("\n")
        case Rule() | Removed():
            return


def _paragraph(children: tuple[Inline, ...], indent: str = "") -> Iterator[str]:
    text = _inlines(children).strip()
    if text:
        yield from (indent + text).split("\n")


def _table(table: Table) -> Iterator[str]:
    """A line for each row; where no cell spans and the lines are short, cells of a column under one another."""
    rows = [[_cell(cell) for cell in row.cells] for row in table.rows]
    widths = [max(map(_width, column)) for column in zip_longest(*rows, fillvalue="")]
    spans = any(cell.colspan > 1 or cell.rowspan > 1 for row in table.rows for cell in row.cells)
    padded = not spans and sum(widths) + len(_BETWEEN) * len(widths) <= _COLUMNS
    for row in rows:
        ends = (width - _width(text) if padded else 0 for text, width in zip(row, widths, strict=False))
        yield _BETWEEN.join(text + " " * end for text, end in zip(row, ends, strict=True)).rstrip(" ")


def _cell(cell: Cell) -> str:
    return " ".join(line.strip() for line in _blocks(cell.children) if line)


def _width(text: str) -> int:
    """Columns of a terminal that a text takes."""
    return sum(1 + (unicodedata.east_asian_width(char) in _WIDE) for char in _UNSEEN.sub("", text))


def _inlines(inlines: tuple[Inline, ...]) -> str:
    return "".join(map(_inline, inlines))


def _inline(node: Inline) -> str:
    match node:
        case Text() | Code():
            return _text(node.text)
        case Formula():
            return f"\u2063{_text(node.text)}\u2063"
        case Ruby():
            return f"{_text(node.base)}\u2060\uff08{_text(node.gloss)}\uff09\u2060"
        case NoteRef():
            label = _text(node.label)
            return f"\u2060[{label}]\u2060" if label.isalnum() else label
        case Break():
            return "\n"
        case Picture():
            return ""
        case _:
            return _inlines(node.children)


def _text(text: str) -> str:
    """Text on a line: line ends and what marks an edition's parts are spaces."""
    return printable(_UNSEEN.sub(" ", text)).replace("\n", " ")
