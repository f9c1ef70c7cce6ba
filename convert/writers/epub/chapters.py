"""A document's pieces dealt out to chapter files, and each file as an XHTML content document (EPUB 3.3, 6.1).

A new file begins at every heading of level 1 but in a short page, at the word over an attachment, and where one would
grow beyond `LIMIT`.
Footnotes stand at the end of the file that first refers to them, so that a tap shows them at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import NamedTuple

from ...model import Block, Document, Paragraph, Table, block_text, one_line, without_objects
from ...style import Style
from ...words.labels import label
from ..markup import escape, printable, title_of
from ..xhtml import DrawnBlock, Generator, grouped

LIMIT = 250_000
"""Bytes of markup in one file: old reading devices lay out a file as a whole."""

_HEAD = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{0}" xml:lang="{0}">
<head>
<meta charset="utf-8"/>
<title>{1}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
"""


_SHORT = 3000
"""Characters: a text of fewer is not divided by its headings; five pages of an official document."""


class Chapter(NamedTuple):
    """name: of the file.  pieces: its blocks.  notes: bodies of the notes first referred to here."""

    name: str
    title: str
    pieces: list[DrawnBlock]
    notes: list[DrawnBlock]

    @property
    def ids(self) -> Iterable[str]:
        """The ids in the file, in order."""
        return itertools.chain.from_iterable(piece.ids for piece in (*self.pieces, *self.notes))

    def text(self) -> str:
        """The text of the file's blocks, without its notes."""
        return printable("\n".join(map(block_text, without_objects(tuple(piece.source for piece in self.pieces)))))


def chapters(document: Document, generator: Generator) -> list[Chapter]:
    """All chapters, notes included.  There is at least one."""
    parts = _parts(generator.pieces(document.blocks), runs_on=_runs_on(document))
    order = [note.id for note in document.notes]
    found = []
    for name, pieces in parts:
        wanted = [id for piece in pieces for id in piece.notes]
        notes = generator.notes(tuple(sorted(wanted, key=order.index)))
        heading = one_line(block_text(head.source)) if (head := _head(pieces)) is not None else ""
        found.append(Chapter(name, printable(" ".join(heading.split())) or title_of(document), pieces, notes))
    return found


def _runs_on(document: Document) -> bool:
    """A page of a few thousand characters is one file: reading programs begin a screen with each file.  A book's
    chapters, which come from no lines of their own, are files however short they are."""
    return document.source.lines > 0 and sum(map(len, map(block_text, document.blocks))) < _SHORT


def _parts(pieces: list[DrawnBlock], *, runs_on: bool) -> Iterable[tuple[str, list[DrawnBlock]]]:
    """File name and pieces: what stands before the first chapter is number 0.  runs_on: only attachments are
    chapters."""
    chapters: list[list[DrawnBlock]] = [[]]
    for piece in pieces:
        heads = piece.level == 1 and not runs_on and not (chapters[-1] and _is_annex(chapters[-1][-1]))
        if _is_annex(piece) or heads:
            chapters.append([])
        chapters[-1].append(piece)
    for number, chapter in enumerate(chapters):
        if chapter or len(chapters) == 1:
            for part, some in enumerate(_cut(chapter), 1):
                yield f"chapter-{number:03}{f'-{part}' if part > 1 else ''}.xhtml", some


def _is_annex(piece: DrawnBlock) -> bool:
    """The word over an attachment, which begins a page (GB/T 9704-2012, 7.3.7)."""
    return isinstance(piece.source, Paragraph) and piece.source.element == "annex_label"


def _head(pieces: list[DrawnBlock]) -> DrawnBlock | None:
    """The heading a file begins with, behind the word over an attachment where there is one."""
    first = 1 if pieces and _is_annex(pieces[0]) else 0
    return next((piece for piece in pieces[first : first + 1] if piece.level), None)


def _cut(pieces: list[DrawnBlock]) -> Iterable[list[DrawnBlock]]:
    """A chapter in parts below the limit, a heading never the last of its part."""
    part: list[DrawnBlock] = []
    size = 0
    for piece in pieces:
        own = len(piece.html.encode())
        if part and size + own > LIMIT:
            keep = len(part)
            while keep > 1 and part[keep - 1].level:
                keep -= 1
            yield part[:keep]
            part = part[keep:]
            size = sum(len(kept.html.encode()) for kept in part)
        part.append(piece)
        size += own
    yield part


def content_document(chapter: Chapter, document: Document, language: str) -> str:
    """The XHTML of a chapter file; links inside the book still are `\\0id`."""
    first = _head(chapter.pieces)
    section = "<section>"
    if first is not None and first.level == 1 and first.ids:
        section = f'<section epub:type="chapter" role="doc-chapter" aria-labelledby="{first.ids[0]}">'
    body = grouped(chapter.pieces, epub=True)
    notes = ""
    if chapter.notes:
        bodies = "".join(piece.html for piece in chapter.notes)
        name = escape(label("notes", language))
        notes = f'<section class="notes" epub:type="footnotes" aria-label="{name}">\n{bodies}</section>\n'
    head = _HEAD.format(language, escape(chapter.title))
    return (
        f'{head}<body epub:type="bodymatter">\n<main>\n{section}\n{body}</section>\n{notes}</main>\n</body>\n</html>\n'
    )


# --- Pages ------------------------------------------------------------------------------------------------------


def paged(found: list[Chapter], style: Style) -> tuple[list[Chapter], list[tuple[str, str]]]:
    """The chapters with page marks of the style's grid, and (number, XHTML id) of each.

    A page is as many lines as the style's print has; where a block runs over its end, the next one is marked.
    """
    measure = style.grid.characters or max(1, int(style.page.text_width / style.elements.body.size))
    pages: list[tuple[str, str]] = []
    marked: list[Chapter] = []
    lines = 0
    for chapter in found:
        pieces = []
        for piece in chapter.pieces:
            number = str(lines // style.grid.lines + 1)
            if not pages or pages[-1][0] != number:
                id = f"page.{number}"
                pages.append((number, id))
                mark = f'<div epub:type="pagebreak" role="doc-pagebreak" id="{id}" title="{number}"></div>\n'
                piece = piece._replace(html=mark + piece.html, ids=(*piece.ids, id))
            pieces.append(piece)
            lines += _lines(piece.source, measure)
        marked.append(chapter._replace(pieces=pieces))
    return marked, pages


def _lines(block: Block, measure: int) -> int:
    """About how many lines of `measure` characters a block takes; the cells of a table's row stand side by side."""
    if isinstance(block, Table):
        rows = ([block_text(part) for cell in row.cells for part in cell.children] for row in block.rows)
        return sum(max((1 + len(text) * len(row) // measure for text in row), default=1) for row in rows)
    return sum(1 + len(line) // measure for line in block_text(block).split("\n"))
