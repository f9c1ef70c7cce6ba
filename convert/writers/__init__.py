"""Writers: a document and a style -> one edition, written to a stream.

A writer is a function `write(document, style, stream) -> list[Notice]` with an attribute-free contract: it gets the
document as `compose` left it (nothing removed, source note in place), draws all of its text, and raises a
ConvertError where it cannot.  New format: one file, one line in the table below, or an entry point in the group
`wenban.writers` whose name is the file ending and which loads to such a function.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from ..errors import Notice, Said, UsageError
from ..model import (
    Block,
    Break,
    Document,
    Link,
    Note,
    NoteRef,
    Paragraph,
    Rule,
    Text,
    inlines_of,
    printed,
)
from ..style import Style
from ..words.labels import label
from .forms import fields_of, in_place, with_form, with_number

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

Writer = Callable[[Document, Style, BinaryIO], list[Notice]]

# Name (and file ending) -> module and function: imported when it is first used, for each is heavy.
WRITERS: dict[str, str] = {
    "docx": "convert.writers.docx:write",
    "pdf": "convert.writers.pdf:write",
    "epub": "convert.writers.epub:write",
    "odt": "convert.writers.odt:write",
    "html": "convert.writers.html:write",
    "md": "convert.writers.markdown:write",
    "txt": "convert.writers.plain_text:write",
    "json": "convert.writers.pandoc:write",
}


_PANDOC = "wenban convert PAGE -o - -t json | pandoc -f json -s -o page.{}"
ELSEWHERE = {
    **dict.fromkeys(("azw3", "mobi"), "wenban convert PAGE -o page.epub && ebook-convert page.epub page.{}"),
    **dict.fromkeys(("tex", "typ", "rst", "org", "rtf", "pptx", "fb2", "adoc", "wiki"), _PANDOC),
}
"""Formats that other programs make of ours, by the ending of their files, with the command: Calibre keeps the look of
the EPUB, pandoc the structure of the JSON."""


_NOTED = (
    "source", "author", "editor", "published", "document_number", "issuing_body", "index_number", "copy_number",
    "security", "urgency", "issuing_mark", "signer",
)  # fmt: skip
"""Fields that the source note says."""


def names() -> list[str]:
    """All formats at hand, built in first."""
    added = sorted({point.name for point in _plug_ins()} - set(WRITERS))
    return [*WRITERS, *added]


def find(name: str) -> Writer:
    """The writer of a format.  Raises UsageError where there is none or a plug-in cannot be loaded."""
    if name in WRITERS:
        module, function = WRITERS[name].split(":")
        writer: Writer = getattr(importlib.import_module(module), function)
        return writer
    for point in _plug_ins().select(name=name):
        try:
            loaded: Writer = point.load()
        except Exception as error:  # a stranger's package may raise anything
            raise UsageError(Said("writer-unloadable", name=name, value=point.value, error=error)) from error
        return loaded
    raise elsewhere(name) or UsageError(Said("unknown-writer", name=name, names=", ".join(names())))


def elsewhere(name: str) -> UsageError | None:
    """The error that says how another program makes a format; None where we know of none, or a plug-in makes it."""
    if name not in ELSEWHERE or name in names():
        return None
    return UsageError(Said("format-elsewhere", name=name, command=ELSEWHERE[name].format(name)))


def package(name: str) -> str:
    """Name and version of the package that a plug-in's writer comes from; empty where it has none."""
    found = [point.dist for point in _plug_ins().select(name=name)]
    return f"{found[0].name} {found[0].version}" if found and found[0] is not None else ""


def _plug_ins() -> EntryPoints:
    """The entry points of other packages.  Most runs need none, and the import takes as long as the command line's."""
    from importlib.metadata import entry_points

    return entry_points(group="wenban.writers")


def write(name: str, document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write one edition of a document as the clean passes left it."""
    return find(name)(compose(document, style), style, stream)


def compose(document: Document, style: Style) -> Document:
    """What every edition prints: the document without removed and meta lines, the names of its attachments under one
    another in one paragraph (GB/T 9704-2012, 7.3.4), the notes that nothing printed refers to as paragraphs at the end,
    then the source note, all with what a form adds."""
    blocks = tuple(_attachments(printed(with_number(document, style))))
    notes = document.notes
    if notes:
        referred = {node.id for node in inlines_of(blocks) if isinstance(node, NoteRef)}
        notes = tuple(note for note in notes if note.id in referred)
        blocks += tuple(block for note in document.notes if note.id not in referred for block in _loose(note))
    shown = style.source_note.show
    note = tuple(_source_note(document, in_place(document, style))) if shown else ()
    blocks = with_form(blocks, document, style, (Rule(), *note) if note else ())
    return msgspec.structs.replace(document, blocks=blocks, notes=notes)


def _attachments(blocks: Iterable[Block]) -> Iterator[Block]:
    held: Paragraph | None = None
    for block in blocks:
        if not isinstance(block, Paragraph) or block.role != "attachment":
            if held is not None:
                yield held
                held = None
            yield block
        elif block.element is not None:
            if held is not None:
                yield held
                held = None
            yield block  # the label of an attachment, which no name stands under
        elif held is None:
            held = block
        else:
            children = (*held.children, Break(), *block.children)
            held = msgspec.structs.replace(held, children=children, names=(*held.names, *block.names))
    if held is not None:
        yield held


def _loose(note: Note) -> tuple[Block, ...]:
    """A note without a reference, behind its mark."""
    first, rest = note.children[:1], note.children[1:]
    mark = Text(f"{note.label} ")
    if first and isinstance(first[0], Paragraph):
        return Paragraph((mark, *first[0].children), role="note"), *rest
    return Paragraph((mark,), role="note"), *first, *rest


def _says(text: str, words: str) -> bool:
    return "".join(words.split()) in text


def _source_note(document: Document, printed: Collection[str]) -> Iterator[Paragraph]:
    """Source, date, address, retrieved (convert/README.md, Elements) and what else the page's own table said.
    printed: the fields that stand elsewhere."""
    known, language = document.metadata, document.metadata.language
    above = fields_of(document)
    for field in _NOTED:
        if (value := getattr(known, field)) and field not in printed and not (above and _says(above, value)):
            yield Paragraph((Text(label(field, language) + value),), role="source_note")
    for name, value in known.extra:
        if above and _says(above, name) and _says(above, value):
            continue
        yield Paragraph((Text(name + label("separator", language) + value),), role="source_note")
    if known.url:
        link = Link(known.url, (Text(known.url),))
        yield Paragraph((Text(label("url", language)), link), role="source_note")
    if known.retrieved:
        yield Paragraph((Text(label("retrieved", language) + known.retrieved),), role="source_note")
