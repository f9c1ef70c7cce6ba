"""The EPUB edition: EPUB 3.3 with what readers of EPUB 2 need.

In: a composed document and a style.  Out: one archive.  The text is drawn by `xhtml`, dealt out by `chapters`, found
by `navigation`, described and packed by `package`; before it leaves, every chapter is read back from the archive and
its text compared with the document's.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO
from xml.etree import ElementTree

from ...errors import FidelityError, Notice, Said
from ...model import Document, OutlineEntry, outline
from ...style import Style
from ...words.labels import label
from ..contents import is_shown, tree
from ..css import edition_css, rule
from ..markup import escape, language_of, title_of
from ..pictures import ShownPictures
from ..xhtml import Generator, resolve
from .chapters import Chapter, chapters, content_document, paged
from .cover import cover
from .embedding import Embedded, embed
from .navigation import Landmark, nav_document, ncx
from .package import FOLDER, PackageItem, identifier, pack

_XHTML = "application/xhtml+xml"
_COVER = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{0}" xml:lang="{0}">
<head>
<meta charset="utf-8"/>
<title>{1}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body epub:type="cover" class="cover">
<main>
<h1><img role="doc-cover" src="cover.png" alt="{2}"/></h1>
</main>
</body>
</html>
"""


def write(document: Document, style: Style, stream: BinaryIO) -> list[Notice]:
    """Write the edition.  Raises FidelityError where the archive does not hold the document's text, FontError where
    the cover's face cannot be had."""
    pictures = ShownPictures(document)

    def address_of(key: str) -> str | None:
        picture = pictures.get(key)
        return picture.name if picture else None

    generator = Generator(document, style, epub=True, picture=address_of, first_level=1)
    found = chapters(document, generator)
    pages: list[tuple[str, str]] = []
    if style.epub.page_list:
        found, pages = paged(found, style)
    fonts = embed(document, style) if style.epub.embed_fonts else Embedded()
    items = [
        *_cover(document, style),
        *_navigation(document, style, found, generator, pages),
        PackageItem("style", "style.css", "text/css", _sheet(style, generator.language, fonts).encode()),
        *_content(document, found, generator.language),
        *(
            PackageItem(f"media-{at}", picture.name, picture.media_type, picture.data)
            for at, picture in enumerate(pictures.shown(), 1)
        ),
        *fonts.items,
    ]
    data = pack(document, style, items)
    _check(data, found)
    stream.write(data)
    return [*generator.finish(), *pictures.notices, *fonts.notices]


def _navigation(
    document: Document, style: Style, found: list[Chapter], generator: Generator, pages: list[tuple[str, str]]
) -> list[PackageItem]:
    where = _places(found)
    first, language, title = found[0].name, generator.language, title_of(document)

    def address(id: str) -> str:
        known = generator.anchor(id)
        return f"{where[known]}#{known}" if known in where else first

    nodes = tree(outline(document, run_in=style.outline.run_in, depth=style.outline.depth), address)
    # A book without headings still has a way in.
    nodes = nodes or tree([OutlineEntry(1, "", title)], address)
    landmarks = [Landmark("cover", label("cover", language), "cover.xhtml")]
    listed = is_shown(document, style)
    if listed:  # a landmark may only lead to what is in the spine, and engines print all of that
        landmarks.append(Landmark("toc", label("contents", language), "nav.xhtml#toc"))
    landmarks.append(Landmark("bodymatter", label("body", language), first))
    marks = [(number, f"{where[id]}#{id}") for number, id in pages]
    nav = nav_document(nodes, landmarks, marks, title, language)
    old = ncx(nodes, marks, identifier(document), title, language)
    return [
        PackageItem("nav", "nav.xhtml", _XHTML, nav.encode(), ("nav",), "yes" if listed else ""),
        PackageItem("ncx", "toc.ncx", "application/x-dtbncx+xml", old.encode()),
    ]


def _places(found: list[Chapter]) -> dict[str, str]:
    """XML id -> the file it stands in."""
    return {id: chapter.name for chapter in found for id in chapter.ids}


def _content(document: Document, found: list[Chapter], language: str) -> list[PackageItem]:
    where = _places(found)
    items = []
    for at, chapter in enumerate(found, 1):
        html = resolve(content_document(chapter, document, language), _relative(where, chapter.name))
        properties = ("mathml",) if "<math " in html else ()
        items.append(PackageItem(f"chapter-{at}", chapter.name, _XHTML, html.encode(), properties, "yes"))
    return items


def _relative(where: dict[str, str], here: str) -> Callable[[str], str]:
    def address(id: str) -> str:
        file = where.get(id, here)
        return f"#{id}" if file == here else f"{file}#{id}"

    return address


def _cover(document: Document, style: Style) -> list[PackageItem]:
    picture = cover(document, style)
    language = language_of(document)
    title = escape(title_of(document))
    page = _COVER.format(language, escape(label("cover", language)), title)
    return [
        PackageItem("cover", "cover.xhtml", _XHTML, page.encode(), linear="no"),
        PackageItem("cover-image", "cover.png", "image/png", picture, ("cover-image",)),
    ]


def _sheet(style: Style, language: str, fonts: Embedded) -> str:
    whole = rule("body.cover", {"text-align": "center", "margin": "0"})
    picture = {"display": "block", "margin": "0 auto", "height": "100%", "max-height": "100vh", "max-width": "100vw"}
    whole += rule(".cover img", picture | {"object-fit": "contain"})
    return fonts.css + edition_css(style, language, tuple(fonts.families.items())) + whole


# --- Reading it back --------------------------------------------------------------------------------------------


def _check(data: bytes, found: list[Chapter]) -> None:
    """Every chapter in the finished archive holds its blocks' text, white space aside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for chapter in found:
            root = ElementTree.fromstring(archive.read(f"{FOLDER}/{chapter.name}"))
            got = "".join("".join(_text(root)).split())
            if got != "".join(chapter.text().split()):
                raise FidelityError(Said("epub-differs", name=chapter.name))


def _text(element: Any) -> list[str]:
    name = element.tag.rpartition("}")[2]
    if name in ("rt", "rp", "head", "math") or element.get("class") == "notes":
        return []
    parts = [element.text or ""]
    for child in element:
        parts += _text(child)
        parts.append(child.tail or "")
    return parts
