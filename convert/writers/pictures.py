"""Pictures as XHTML editions may carry them: the core media types of EPUB 3.3 (3.2), told by their bytes.

A picture in another format, or an SVG that does more than draw, is not carried: the edition says it is missing.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from ..errors import Notice, Said
from ..model import Block, Document, Figure, Media, Picture, map_blocks
from ..typography.fonts import packaged

_SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/svg+xml": "svg",
}
_SHARP, _MOST_PIXELS = 3, 3_000
"""Pixels of a drawn SVG for each of CSS, and the most of one side."""
_TEXT = 16
"""CSS pixels: the size of text that a page leaves to the browser."""
_HIGHEST, _WIDEST = 1.4, 14.0
"""em: of a picture inside a line."""
_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ACTIVE = frozenset({f"{_SVG}{name}" for name in ("script", "foreignObject", "a", "animate", "set", "handler")})


class ShownPicture(NamedTuple):
    """name: a stable file name, by order of appearance."""

    name: str
    media_type: str
    data: bytes


class ShownPictures:
    """The pictures of a document that are shown, each once."""

    def __init__(self, document: Document) -> None:
        self.notices: list[Notice] = []
        self._media = document.media
        self._shown: dict[str, ShownPicture | None] = {}

    def get(self, key: str) -> ShownPicture | None:
        """The picture of a key of `Document.media`, None (with a notice) where there is none to show."""
        if key not in self._shown:
            media = self._media.get(key)
            media_type = media_type_of(media.data) if media else None
            if media is None or media_type is None:
                self.notices.append(Notice.of(Said("picture-left-out", key=key)))
                self._shown[key] = None
            else:
                number = sum(picture is not None for picture in self._shown.values()) + 1
                name = f"picture-{number:03}.{_SUFFIXES[media_type]}"
                self._shown[key] = ShownPicture(name, media_type, media.data)
        return self._shown[key]

    def shown(self) -> list[ShownPicture]:
        """The pictures that the document shows, in order."""
        return [picture for picture in self._shown.values() if picture is not None]


def size_in_line(node: Picture, media: Media) -> tuple[float, float]:
    """Width and height of a picture inside a line, em of the text around it: as large beside it as the page shows it
    beside its own, but no higher than a line and no wider than half of one."""
    width, height = (max(1.0, length) for length in shown_size(node, media))
    scale = min(1 / _TEXT, _HIGHEST / height, _WIDEST / width)
    return width * scale, height * scale


def shown_size(block: Figure | Picture, media: Media) -> tuple[float, float]:
    """Width and height of a picture, CSS pixels: as the page shows it where it says so, else its own pixels.

    Of one length the other follows.
    """
    width, height = block.width, block.height
    if width is None and height is None:
        return media.width, media.height
    if width is None or height is None:
        scale = (width or 0) / media.width if width is not None else (height or 0) / media.height
        return media.width * scale, media.height * scale
    return width, height


def without_drawings(document: Document) -> tuple[Document, list[Notice]]:
    """The document with its SVG as PNG, for formats that hold no SVG; a figure without its picture, and a notice, where
    it cannot be drawn (extra `wenban[svg]`)."""
    drawings = {key: media for key, media in document.media.items() if media_type_of(media.data) == "image/svg+xml"}
    if not drawings:
        return document, []
    drawn = {key: _drawn(media) for key, media in drawings.items()}
    notices = [
        Notice.of(Said("svg-undrawn", key=key), code="picture-left-out") for key, one in drawn.items() if one is None
    ]
    made = {key: drawn.get(key, media) for key, media in document.media.items()}

    def change(block: Block) -> Block:
        lost = isinstance(block, Figure) and block.media in drawn and drawn[block.media] is None
        return msgspec.structs.replace(block, media=None) if lost else block

    blocks = map_blocks(document.blocks, change)
    kept = {key: media for key, media in made.items() if media is not None}
    return msgspec.structs.replace(document, media=kept, blocks=blocks), notices


def _drawn(media: Media) -> Media | None:
    """A drawing as PNG of the same size in CSS pixels, with as many pixels as print needs."""
    try:
        import resvg_py
    except ImportError:
        return None
    text = media.data.decode("utf-8", "replace")
    faces = packaged()[:1] if "<text" in text else ()
    serif = faces[0].family if faces else None  # for every family: those of the page are not here
    width = round(min(media.width * _SHARP, _MOST_PIXELS, _MOST_PIXELS * media.width / media.height))
    try:
        data = resvg_py.svg_to_bytes(
            svg_string=text,
            width=max(width, 1),
            skip_system_fonts=True,
            font_files=[face.path for face in faces],
            font_family=serif,
            serif_family=serif,
            sans_serif_family=serif,
        )
    except ValueError:
        return None
    return Media(bytes(data), "image/png", media.width, media.height)


def media_type_of(data: bytes) -> str | None:
    """The media type of a picture's bytes, None for a kind that editions do not carry."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "image/svg+xml" if b"<svg" in data[:4096] and _is_still_svg(data) else None


def _is_still_svg(data: bytes) -> bool:
    """Whether an SVG only draws: no script, no link, no motion, nothing fetched from elsewhere."""
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return False
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return False
    for element in root.iter():
        if not isinstance(element.tag, str):
            return False
        if element.tag in _ACTIVE or element.tag.startswith(f"{_SVG}animate") or not element.tag.startswith(_SVG):
            return False
        for name, value in element.attrib.items():
            fetches = name in ("href", _XLINK) and not value.startswith(("#", "data:image/"))
            if name.startswith("on") or fetches or "url(" in value.replace("url(#", ""):
                return False
        if element.tag == f"{_SVG}style" and ("@import" in (element.text or "") or "url(" in (element.text or "")):
            return False
    return bool(root.tag == f"{_SVG}svg")
