"""What all parts of one file for a word processor share: bookmarks, notes, pictures, notices.

In: the composed document and its style.  A `Book` is filled while stories are written and read when the package is put
together; numbers are given in document order, so that the same document gives the same file.
"""

from __future__ import annotations

import functools
import re
import struct
import zlib

from ...errors import Notice, Said
from ...model import (
    Document,
    Heading,
    Link,
    Media,
    Note,
    NoteRef,
    RunIn,
    inlines_of,
    outline,
    walk,
)
from ...style import Style
from . import faces
from .counted import WordList
from .marks import counting
from .measures import sheet

PICTURES = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"BM": "bmp",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
}
"""What Word shows: how the file begins -> its ending, which is that of the media type too."""
MISSING = "\0"
"""The key of the frame that stands for a picture that could not be had."""
_BOOKMARK_LENGTH = 40  # the most Word takes
_UNFIT = re.compile(r"\W")


class Book:
    """bookmarks: id -> (number, name).  media: key -> part number, lists: those that Word draws the marks of, both in
    order of use.  order: ids of notes by first reference, numbers: their places in it from 1; counting: how Word counts
    to their marks."""

    def __init__(self, document: Document, style: Style) -> None:
        self.document = document
        self.style = style
        self.sheet = sheet(style)
        self.language = document.metadata.language
        self.region = faces.document_region(self.language)
        self.bookmarks = _bookmarks(document, style)
        self.notes: dict[str, Note] = {note.id: note for note in document.notes}
        self.order = _order(document, self.notes)
        self.numbers = {id: number for number, id in enumerate(self.order, 1)}
        labels = [self.notes[id].label for id in self.order]
        self.counting = counting(labels)
        self.media: dict[str, int] = {}
        self.lists: list[WordList] = []
        self.drawings = 0
        self.notices: list[Notice] = []
        self._opened: set[str] = set()

    def open_bookmark(self, id: str) -> tuple[int, str] | None:
        """Number and name of an id's bookmark, the first time it is asked for."""
        if id not in self.bookmarks or id in self._opened:
            return None
        self._opened.add(id)
        return self.bookmarks[id]

    def known(self, key: str | None) -> Media | None:
        """The picture of a key if Word can show it."""
        media = self.document.media.get(key) if key is not None else None
        return media if media and picture_kind(media) and media.width > 0 and media.height > 0 else None

    def listed(self, one: WordList) -> int:
        """The number of a list: all bullets of one kind are one list, each counted list is one of its own."""
        if one.form == "bullet" and one in self.lists:
            return self.lists.index(one) + 1
        self.lists.append(one)
        return len(self.lists)

    def picture(self, key: str | None) -> tuple[str, Media]:
        """A picture Word can show: its key and what it is; a crossed frame where there is none, with a notice where
        there is one of another kind."""
        media = self.known(key)
        if media is not None and key is not None:
            self.media.setdefault(key, len(self.media) + 1)
            return key, media
        if key in self.document.media:
            kind = self.document.media[key].media_type
            self.notices.append(Notice.of(Said("picture-type", kind=kind, key=key), code="picture-left-out"))
        self.media.setdefault(MISSING, len(self.media) + 1)
        return MISSING, missing_picture()

    def media_of(self, key: str) -> Media:
        """The picture of a key `picture` gave."""
        return missing_picture() if key == MISSING else self.document.media[key]


def picture_kind(media: Media) -> str | None:
    """The file ending of a picture Word shows, told by its bytes: what a page says of it may be wrong."""
    return next((kind for start, kind in PICTURES.items() if media.data.startswith(start)), None)


def _bookmarks(document: Document, style: Style) -> dict[str, tuple[int, str]]:
    """One bookmark for each entry of the outline, and for whatever else a link within the document leads to."""
    wanted = [entry.id for entry in outline(document, depth=style.outline.depth)]
    there = {node.id for node in inlines_of(document.blocks) if isinstance(node, RunIn)}
    there.update(block.id for block in walk(document.blocks) if isinstance(block, Heading))
    notes = tuple(block for note in document.notes for block in note.children)
    for node in inlines_of(document.blocks + notes):
        if isinstance(node, Link) and node.target.startswith("#") and node.target[1:] in there:
            wanted.append(node.target[1:])
    taken: dict[str, tuple[int, str]] = {}
    names: set[str] = set()
    for id in dict.fromkeys(filter(None, wanted)):
        name = _bookmark_name(id, names)
        names.add(name.lower())
        taken[id] = (len(taken) + 1, name)
    return taken


def _bookmark_name(id: str, taken: set[str]) -> str:
    """An id as Word takes it: letters, digits and underscores, a letter first, 40 at most, unique whatever the case."""
    base = _UNFIT.sub("_", id)
    base = base if base[0].isalpha() else f"b_{base}"
    name, count = base[:_BOOKMARK_LENGTH], 1
    while name.lower() in taken:
        count += 1
        ending = f"_{count}"
        name = base[: _BOOKMARK_LENGTH - len(ending)] + ending
    return name


def _order(document: Document, notes: dict[str, Note]) -> list[str]:
    """Ids of notes in the order the body first refers to them."""
    referred = (node.id for node in inlines_of(document.blocks) if isinstance(node, NoteRef) and node.id in notes)
    return list(dict.fromkeys(referred))


@functools.cache
def missing_picture() -> Media:
    """A crossed frame: what typesetters put where a picture is still to come."""
    width, height = 320, 160
    rows = []
    for y in range(height):
        row = bytearray(b"\xff" * width)
        if y in (0, height - 1):
            row[:] = b"\x80" * width
        across = round(y * (width - 1) / (height - 1))
        for x in (0, width - 1, across, width - 1 - across):
            row[x] = 0x80
        rows.append(b"\0" + bytes(row))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    data = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return Media(b"\x89PNG\r\n\x1a\n" + data, "image/png", width, height)
