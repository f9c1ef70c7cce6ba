"""The package of an EPUB 3.3: metadata, manifest, spine, container, through EbookLib; the only place that touches it.

EbookLib writes the package document and the container; chapters, navigation and NCX are handed to it as finished
files, for it rewrites what it takes for a chapter (text outside elements is lost) and knows one language only.
"""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from ...model import Document, Figure, Formula, Picture, Ruby, inlines_of, walk
from ...style import Style
from ...words.labels import label
from ..address import web_address
from ..archive import Archive
from ..markup import language_of, printable, title_of

FOLDER = "EPUB"
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "wenban")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_COMPRESSED = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
_LEADING_MARKS = re.compile(r"^[^\w]+")


class PackageItem(NamedTuple):
    """A file of the book.  properties: of its manifest entry.  linear: `yes` for a part of the reading order, `no` for
    what is only gone to from elsewhere, empty for what is not read as a page.

    One without a media type is no part of the publication and stands in the archive by its full path.
    """

    id: str
    name: str
    media_type: str
    content: bytes
    properties: tuple[str, ...] = ()
    linear: str = ""


def identifier(document: Document) -> str:
    """The book's name for all time: the same source and title give the same."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{document.source.sha256} {title_of(document)}')}"


def pack(document: Document, style: Style, items: list[PackageItem]) -> bytes:
    """The finished archive of a book made of `items`, in their order."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.metadata = {}
    book.IDENTIFIER_ID = "identifier"
    book.FOLDER_NAME = FOLDER
    book.direction = "rtl" if style.composition.vertical else "ltr"
    _describe(book, document, style)
    for item in items:
        entry = epub.EpubItem(item.id, item.name, item.media_type, item.content, manifest=bool(item.media_type))
        entry.properties = list(item.properties)
        book.add_item(entry)
    book.spine = [(item.id, item.linear) for item in items if item.linear]
    stored = frozenset(f"{FOLDER}/{item.name}" for item in items if item.media_type in _COMPRESSED)
    out = _Out(stored | {"mimetype"})
    _writer(out, book, _time(document.metadata.modified), language_of(document)).write()
    return out.archive.to_bytes()


def _time(iso: str | None) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(iso) if iso else datetime.datetime(1980, 1, 1)
    return moment.astimezone(datetime.UTC) if moment.tzinfo else moment


def _writer(out: _Out, book: Any, modified: datetime.datetime, language: str) -> Any:
    from ebooklib import epub

    class PackageWriter(epub.EpubWriter):  # type: ignore[misc]
        """EbookLib's writer with an archive of ours, whose failures are exceptions."""

        def write(self) -> None:
            self.out = out
            out.writestr("mimetype", b"application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()

        def _write_opf_file(self, root: Any) -> None:
            root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
            super()._write_opf_file(root)

    return PackageWriter(None, book, {"mtime": modified})


class _Out:
    """Our archive as EbookLib writes to it.  stored: names of files that are not packed."""

    def __init__(self, stored: frozenset[str]) -> None:
        self.archive = Archive()
        self._stored = stored

    def writestr(self, name: str, data: bytes | str) -> None:
        self.archive.add(name, data.encode() if isinstance(data, str) else data, stored=name in self._stored)


# --- Metadata (EPUB 3.3, 5.5; EPUB Accessibility 1.1) -----------------------------------------------------------


def _describe(book: Any, document: Document, style: Style) -> None:
    known = document.metadata
    language = language_of(document)
    book.title, book.language = title_of(document), language
    book.set_identifier(identifier(document))
    for number, id in ((known.document_number, "document-number"), (known.index_number, "index-number")):
        if number:
            book.add_metadata("DC", "identifier", printable(number), {"id": id})
    book.add_metadata("DC", "title", title_of(document), {"id": "title"})
    _refine(book, "title", "title-type", "main")
    _refine(book, "title", "file-as", _sort_key(title_of(document)))
    if known.subtitle:
        book.add_metadata("DC", "title", _one_line(known.subtitle), {"id": "subtitle"})
        _refine(book, "subtitle", "title-type", "subtitle")
    book.add_metadata("DC", "language", language)
    _people(book, document)
    if known.published and _DATE.fullmatch(known.published):
        book.add_metadata("DC", "date", known.published)
    if known.url and (address := web_address(known.url)):
        book.add_metadata("DC", "source", address)
    if style.epub.rights:
        book.add_metadata("DC", "rights", printable(style.epub.rights))
    if style.epub.collection:
        _collect(book, style)
    for name, value in _accessibility(document, style):
        _property(book, name, value)
    mode = "vertical-rl" if style.composition.vertical else "horizontal-lr"
    for name, value in (("cover", "cover-image"), ("primary-writing-mode", mode)):
        book.add_metadata(None, "meta", "", {"name": name, "content": value})


def _people(book: Any, document: Document) -> None:
    """Who wrote it and who made it public: an issuing body is the author of its documents."""
    known = document.metadata
    people = (
        ("creator", known.author or known.issuing_body, "aut"),
        ("contributor", known.editor, "edt"),
        ("publisher", known.source or known.issuing_body, "pbl"),
    )
    for tag, name, role in people:
        if name:
            book.add_metadata("DC", tag, _one_line(name), {"id": tag})
            _refine(book, tag, "role", role, scheme="marc:relators")


def _collect(book: Any, style: Style) -> None:
    _property(book, "belongs-to-collection", printable(style.epub.collection), id="collection")
    _refine(book, "collection", "collection-type", style.epub.collection_type)
    if style.epub.position:
        _refine(book, "collection", "group-position", style.epub.position)


def _accessibility(document: Document, style: Style) -> Iterator[tuple[str, str]]:
    """What is true of every edition we make, and of this one."""
    blocks = document.blocks + tuple(block for note in document.notes for block in note.children)
    lines = list(inlines_of(blocks))
    figures = [node for node in (*walk(blocks), *lines) if isinstance(node, Figure | Picture)]
    described = all(figure.alt for figure in figures)
    yield "schema:accessMode", "textual"
    if figures:
        yield "schema:accessMode", "visual"
    yield "schema:accessModeSufficient", "textual" if described else "textual,visual"
    features = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
    if figures and described:
        features.append("alternativeText")
    if any(isinstance(node, Ruby) for node in lines):
        features.append("rubyAnnotations")
    if any(isinstance(node, Formula) for node in lines):
        features.append("MathML")
    if style.epub.page_list:
        features += ["pageBreakMarkers", "pageNavigation"]
        yield "pageBreakSource", "none"
    for feature in features:
        yield "schema:accessibilityFeature", feature
    yield "schema:accessibilityHazard", "none"
    language = language_of(document)
    summary = label("accessibility", language)
    if figures:
        summary += label("pictures_described" if described else "pictures_undescribed", language)
    yield "schema:accessibilitySummary", summary
    if described:
        yield "dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
        yield "a11y:certifiedBy", "wenban"


def _property(book: Any, name: str, value: str, **attributes: str) -> None:
    book.add_metadata(None, "meta", value, {"property": name, **attributes})


def _refine(book: Any, id: str, name: str, value: str, **attributes: str) -> None:
    _property(book, name, value, refines=f"#{id}", **attributes)


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def _sort_key(title: str) -> str:
    """A title as catalogues sort it: without the brackets or quotes it begins with."""
    return _LEADING_MARKS.sub("", title) or title
