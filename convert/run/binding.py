"""Many documents, one book: `wenban bind`.

In: the documents of pages, each read and cleaned for itself.  Out: one document, in which the title of each is a
heading of the first level, its own headings stand a level deeper, and its source note ends its chapter; with parts, the
folders are the first level and the titles the second.  A link from one page to the address of another leads to that
chapter.  A note keeps the label its text has.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

import msgspec
from msgspec.structs import replace

from .. import publish, source, style, writers
from ..errors import ConvertError, Failure, Notice, Said, SourceError
from ..model import (
    Block,
    Break,
    Document,
    Figure,
    Heading,
    Inline,
    Link,
    Media,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Picture,
    Rule,
    RunIn,
    SourceInfo,
    Span,
    Text,
    map_blocks,
    map_inlines,
    map_text,
)
from ..publish.pool import spread
from ..readers.join import names_of_media
from . import pipeline, reading

DEEPEST = 9
"""The lowest level a heading has."""
_DIGITS = re.compile("([0-9]+)")
_PRELOAD = ("convert.run.reading", "convert.clean", "convert.readers.html", "lxml.etree")


class Bindable(msgspec.Struct, frozen=True):
    """A document of a book.  part: the folder it is from."""

    document: Document
    part: str


def found(sources: Iterable[str]) -> Iterator[tuple[str, str] | Failure]:
    """Path and part of each page, or why it is not there: in the order given, those of a folder by path, numbers in
    names by their value."""
    failures: list[SourceError] = []
    for given in sources:
        try:
            for name in source.listed(given):
                paths = map(str, source.find([name], failures.append))
                for path in sorted(paths, key=_in_order):
                    yield path, _part(path, publish.base(name))
        except ConvertError as error:
            yield Failure.of(error)
        yield from map(Failure.of, failures)
        failures.clear()


def _part(path: str, begin: str) -> str:
    """The folder of a page, named from below the one that was given, or that one's own name."""
    first, *rest = publish.address(path, begin).split("/")[:-1] or [os.path.basename(os.getcwd())]
    return "/".join(rest) or first


def _in_order(path: str) -> list[tuple[bool, int, str]]:
    pieces = _DIGITS.split(path)
    return [(piece.isdecimal(), int(piece) if piece.isdecimal() else 0, piece) for piece in pieces]


def read(
    pages: Iterable[tuple[str, str]], language: str | None, corrections: str, jobs: int
) -> Iterator[tuple[str, Bindable | Failure]]:
    """The document of each page, by its path, or why it has none."""
    tasks = ((path, part, language, corrections) for path, part in pages)
    for (path, part, *_), got in spread(_read, tasks, jobs, _PRELOAD):
        if isinstance(got, Document):
            yield path, Bindable(got, part)
        else:
            error = got if isinstance(got, ConvertError) else SourceError(Said("page-unreadable", error=got))
            yield path, replace(Failure.of(error), where=error.where or path)


def _read(path: str, part: str, language: str | None, corrections: str) -> Document:
    return reading.read(path, language, corrections=corrections)


def by_date(leaves: Sequence[Bindable], *, parts: bool = False) -> list[Bindable]:
    """The documents by the day they were published, or where that is not said were signed; those without one last, in
    the order they have.  parts: within each part, and the parts as they come."""
    from ..clean.signed import signing_date

    order = list(dict.fromkeys(leaf.part for leaf in leaves if parts))

    def day(document: Document) -> str:
        return document.metadata.published or signing_date(document) or "~"

    return sorted(leaves, key=lambda leaf: (order.index(leaf.part) if parts else 0, day(leaf.document)))


def look_of(name: str, language: str | None, *, parts: bool) -> style.Style:
    """A style for books: with a contents of the documents, and of the parts above them.  Raises UsageError: no such
    style."""
    look = style.in_language(style.load(name), language)
    contents = replace(look.contents, show=True, depth=2 if parts else 1)
    elements = look.elements
    if parts:
        elements = replace(elements, heading2=replace(elements.heading2, page_break=elements.heading1.page_break))
    return replace(look, contents=contents, elements=elements)


def language_of(leaves: Sequence[Bindable]) -> str | None:
    """The language of a book: that of most of its documents."""
    known = Counter(leaf.document.metadata.language for leaf in leaves)
    return known.most_common(1)[0][0] if known else None


def bound(leaves: Sequence[Bindable], metadata: Metadata, look: style.Style, *, parts: bool) -> Document:
    """One document of all.  metadata: the book's own; its title stands above the contents, its author below that."""
    blocks: list[Block] = [Paragraph((Text(metadata.title or ""),), role="title")]
    if metadata.author:
        blocks.append(Paragraph((Text(metadata.author),), role="byline"))
    addresses = {leaf.document.metadata.url: f"d{number}" for number, leaf in enumerate(leaves, 1)}
    addresses.pop(None, None)
    notes: list[Note] = []
    media: dict[str, Media] = {}
    before, closing = "", 0
    for number, leaf in enumerate(leaves, 1):
        if parts and leaf.part != before:
            before = leaf.part
            blocks.append(Heading(1, (Text(before),), f"p{number}"))
        composed = writers.compose(leaf.document, look)
        names = names_of_media(composed, media)
        spoken = _spoken(composed, metadata.language)
        mover = _ChapterMover(f"d{number}", 2 if parts else 1, names, closing, addresses, spoken)
        blocks += mover.chapter(composed)
        notes += mover.notes(composed.notes)
        closing = mover.last
    return Document(_source(leaves, metadata), metadata, tuple(blocks), tuple(notes), media)


def write(format: str, book: Document, look: style.Style) -> tuple[bytes, list[Notice]]:
    """One edition of a book, read back, and what its writer has to say.  Raises what writers raise; FidelityError: it
    does not hold the book's text."""
    look = replace(look, source_note=replace(look.source_note, show=False))  # each chapter has its own
    data, notices = pipeline.write(format, book, look)
    pipeline.check({format: data}, writers.compose(book, look), book.source.name, book.metadata.language)
    return data, notices


def _spoken(document: Document, language: str | None) -> str | None:
    """The language of a document where it is not the book's."""
    own = document.metadata.language
    return own if own != language else None


def _source(leaves: Sequence[Bindable], metadata: Metadata) -> SourceInfo:
    whole = hashlib.sha256("".join(leaf.document.source.sha256 for leaf in leaves).encode()).hexdigest()
    return SourceInfo(metadata.title or "book", whole, "text/plain", "utf-8", 0)


class _ChapterMover:
    """Moves the blocks of one document into a book.

    id: of its heading, which all ids in it begin with.  level: of that heading.  media: new keys of pictures.  closing:
    closing groups of the chapters before; last: with those of this one.  addresses: the chapter of each page's address.
    language: its own, where it is not the book's.
    """

    def __init__(
        self, id: str, level: int, media: dict[str, str], closing: int, addresses: dict[str | None, str],
        language: str | None,
    ) -> None:  # fmt: skip
        self.id = id
        self.level = level
        self.media = media
        self.last = self._closing = closing
        self.addresses = addresses
        self.language = language
        self._is_noted = False

    def chapter(self, document: Document) -> Iterator[Block]:
        """The document's title as a heading, then its blocks."""
        title: tuple[Inline, ...] = ()
        for block in document.blocks:
            if isinstance(block, Paragraph) and block.role == "title":
                title += (Break(), *block.children) if title else block.children
        said = document.metadata.title or PurePath(document.source.name).stem
        yield from self._moved((Heading(0, title or (Text(said),)),))
        rest = (block for block in document.blocks if not (isinstance(block, Paragraph) and block.role == "title"))
        yield from self._moved(tuple(rest))

    def notes(self, notes: Iterable[Note]) -> Iterator[Note]:
        """The document's notes under ids of the book."""
        for note in notes:
            yield Note(self._named(note.id), note.label, self._moved(note.children))

    def _moved(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return map_blocks(blocks, self._block, lambda item: replace(item, origin=None))

    def _named(self, id: str) -> str:
        return f"{self.id}-{id}" if id else self.id

    def _block(self, block: Block) -> Block:
        match block:
            case Heading():
                block = replace(block, level=min(block.level + self.level, DEEPEST), id=self._named(block.id))
            case Figure() if block.media is not None:
                block = replace(block, media=self.media[block.media])
            case Paragraph() if block.closing:
                self.last = max(self.last, self._closing + block.closing)
                block = replace(block, closing=self._closing + block.closing)
        if not isinstance(block, Rule) and getattr(block, "origin", None) is not None:
            block = replace(block, origin=None)
        self._is_noted = isinstance(block, Paragraph) and block.role == "source_note"
        return map_text(block, self._line)

    def _line(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        moved = map_inlines(inlines, self._inline)
        if self.language is None or not moved:
            return moved
        return tuple(
            replace(node, children=(Span(self.language, node.children),))
            if isinstance(node, RunIn)
            else node
            if isinstance(node, Break | NoteRef | Picture)
            else Span(self.language, (node,))
            for node in moved
        )

    def _inline(self, node: Inline) -> Inline:
        match node:
            case RunIn():
                return replace(node, level=min(node.level + self.level, DEEPEST), id=self._named(node.id))
            case NoteRef():
                return NoteRef(self._named(node.id), node.label)
            case Picture():
                return replace(node, media=self.media[node.media])
            case Link() if node.target.startswith("#"):
                return replace(node, target=f"#{self._named(node.target[1:])}")
            case Link() if node.target.partition("#")[0] in self.addresses and not self._is_noted:
                return replace(node, target=f"#{self.addresses[node.target.partition('#')[0]]}")
        return node
