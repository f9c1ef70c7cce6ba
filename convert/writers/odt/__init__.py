"""The ODT edition: a text that LibreOffice and other offices open as their own (OASIS OpenDocument 1.3).

In: the composed document and a style.  Out: a package, its bytes the same on every run.  Styles and pages are made by
`stylesheet` and `pages`, the text by `story`; what is measured is that of the DOCX edition.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, BinaryIO

from ...errors import Notice
from ...model import Document, Paragraph, one_line, outline
from ...style import Style
from ..archive import NOON, Archive
from ..contents import front_of, is_shown
from ..forms import divided, form_of
from ..office.book import Book
from ..office.pages import heading_pages
from ..pictures import without_drawings
from . import names
from .contents import write_contents
from .letterhead import TextLetterhead
from .lists import list_element
from .looks import AutomaticStyles
from .objects import FileObjects
from .package import MEDIA_TYPE, manifest, meta, settings
from .pages import styles
from .paper_end import write_end
from .story import TextStory
from .stylesheet import font_faces
from .xml import blob, root, sub

_FEWEST = 2
"""A document with fewer headings needs no contents."""


def write(document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write a composed document as ODT.  Returns what a person should know of it."""
    document, notices = without_drawings(document)
    book, looks = Book(document, style), AutomaticStyles()
    objects = FileObjects(book, looks)
    head = root("office:document-content", "style", "text", "table", "draw", "fo", "svg", "xlink")
    font_faces(head, style)
    automatic = sub(head, "office:automatic-styles")
    text = sub(sub(head, "office:body"), "office:text")
    title = one_line(document.metadata.title or "") if style.running_head.show else ""
    letter = form_of(document, style) == "letter"
    story = TextStory(book, looks, objects)
    story.master = names.FIRST if letter or title else names.NORMAL  # said, for the first line to have its space above
    _text(story, text)
    looks.into(automatic)
    for look, name in looks.lists.items():
        list_element(automatic, name, look, book.sheet)
    parts = {
        "content.xml": blob(head),
        "styles.xml": styles(style, document.metadata.language, title, letter=letter),
        "meta.xml": meta(document.metadata, PurePath(document.source.name).stem),
        "settings.xml": settings(),
    }
    stream.write(_package(parts, objects))
    return [*notices, *book.notices]


def _text(story: TextStory, body: Any) -> None:
    """The blocks, behind the title matter a contents where the style wants one."""
    book, style = story.book, story.style
    head, blocks, end = divided(book.document.blocks)
    form = form_of(book.document, style)
    if head:
        titled = bool(blocks) and isinstance(blocks[0], Paragraph) and blocks[0].role == "title"
        TextLetterhead(story, body, form).write(head, titled=titled)
    shown = is_shown(book.document, style)
    entries = outline(book.document, depth=min(style.contents.depth, style.outline.depth)) if shown else []
    if len(entries) >= _FEWEST:
        count = front_of(blocks)
        front, blocks = blocks[:count], blocks[count:]
        story.blocks(body, front, story.plain_setting())
        write_contents(story, body, entries, heading_pages(book, front, len(entries), blocks), style.contents.depth)
        story.page_break = True
    story.blocks(body, blocks, story.plain_setting())
    if end:
        write_end(story, body, end, form)


def _package(parts: dict[str, bytes], objects: FileObjects) -> bytes:
    """The package: its type first and as it is, so that it is known by its first bytes (part 2, 3.3)."""
    archive = Archive(NOON)
    archive.add("mimetype", MEDIA_TYPE.encode("ascii"), stored=True)
    for name, data in parts.items():
        archive.add(name, data)
    for name, data in objects.files.items():
        archive.add(name, data, stored=name.startswith("Pictures/"))
    listed = [(name, "text/xml") for name in parts] + objects.media_types()
    archive.add("META-INF/manifest.xml", manifest(listed))
    return archive.to_bytes()
