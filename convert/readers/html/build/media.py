"""Pictures of a page: where it says they are -> bytes that an edition can hold, or the reason why there are none.

Read are `data:` URIs, the parts of an MHTML file, and files in the page's own folder; never the network, never
anything outside that folder.  Formats are told by content.  JPEG, PNG and GIF are kept as they are; WebP, AVIF, BMP
and TIFF, which Word or PDF cannot hold, become PNG, or JPEG where they are photographs; a photograph that its camera
says is turned is turned; of SVG what draws is kept.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from typing import NamedTuple
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from ....model import Media
from ....source import Source, beside
from ..sight.dom import HtmlElement
from ..sight.pictures import references
from ..thresholds import MAX_MEDIA_BYTES, MAX_PICTURE_BYTES, MAX_PICTURE_PIXELS
from .drawings import SVG, drawing

_KEPT = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "GIF": ("image/gif", "gif")}
_CONVERTED = ("WEBP", "AVIF", "BMP", "TIFF", "MPO")
_ORIENTATION = 0x0112
"""The tag that says how a camera was held (Exif 2.32, 4.6.4)."""
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+-]+=[^;,]*)*)(;base64)?,", re.I)


class LoadedPicture(NamedTuple):
    """media is None where the picture could not be had; reason: why, for a notice."""

    media: Media | None
    address: str
    reason: str = ""


class PictureReader:
    """The pictures of one document, read once each; keys are in reading order.

    media: what `Document.media` will be.  missing: where each picture that could not be had may be.
    """

    def __init__(self, source: Source, base: str) -> None:
        self.source = source
        self.base = base
        self.media: dict[str, Media] = {}
        self.missing: list[list[str]] = []
        self._by_digest: dict[bytes, str] = {}
        self._total = 0

    def add(self, image: HtmlElement) -> tuple[str | None, LoadedPicture]:
        """The key of an `<img>`'s picture, None where it could not be had, and what was found."""
        addresses = references(image)
        missing = LoadedPicture(None, addresses[0] if addresses else image.get("src"), "it is not beside the page")
        for address in addresses:
            data = self.bytes_of(address)
            if data is None:
                continue
            picture = checked(data, address)
            if picture.media is None:
                missing = picture
                continue
            digest = hashlib.sha256(picture.media.data).digest()
            key = self._by_digest.get(digest)
            if key is None:
                if self._total + len(picture.media.data) > MAX_MEDIA_BYTES:
                    return None, LoadedPicture(None, address, "the document's pictures are too large together")
                self._total += len(picture.media.data)
                kinds = (*_KEPT.values(), (SVG, "svg"))
                ending = next(end for kind, end in kinds if kind == picture.media.media_type)
                key = self._by_digest[digest] = f"image{len(self.media) + 1}.{ending}"
                self.media[key] = picture.media
            return key, picture
        self.missing.append(addresses)
        return None, missing

    def bytes_of(self, address: str) -> bytes | None:
        """What a page names by an address: in itself, in its archive, or beside it; None where it is not at hand."""
        if address.startswith("data:"):
            return _data_uri(address)
        parts = self.source.parts
        if address in parts:
            return parts[address]
        try:
            whole = urljoin(self.base, address) if self.base else address
            split = urlsplit(address)
        except ValueError:
            return None
        if whole in parts:
            return parts[whole]
        if split.scheme or split.netloc:
            return None  # an address on the network, or a path of the machine
        for path in dict.fromkeys((unquote(split.path), split.path, unquote(address))):
            if (data := beside(self.source, path)) is not None:
                return data
        return None


def _data_uri(uri: str) -> bytes | None:
    found = _DATA.match(uri)
    if found is None or len(uri) > MAX_PICTURE_BYTES * 4 // 3 + 200:
        return None
    body = uri[found.end() :]
    if not found[3]:
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(re.sub(r"\s|%0A|%0D", "", body.replace("%3D", "=")), validate=False)
    except (binascii.Error, ValueError):
        return None


def checked(data: bytes, address: str) -> LoadedPicture:
    """A picture in a format every edition can hold, within the limits."""
    from PIL import Image

    if len(data) > MAX_PICTURE_BYTES:
        return LoadedPicture(None, address, f"it is larger than {MAX_PICTURE_BYTES // 2**20} MB")
    if re.match(
        rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>\s*)*<svg\b",
        data[:4096],
        re.S | re.I,
    ):
        made = drawing(data)
        return LoadedPicture(made, address, "" if made else "it draws nothing, or more than SVG may here")
    try:
        with Image.open(io.BytesIO(data), formats=(*_KEPT, *_CONVERTED)) as image:
            width, height = image.size
            if width * height > MAX_PICTURE_PIXELS:
                return LoadedPicture(
                    None, address, f"it has more than {MAX_PICTURE_PIXELS // 1_000_000} million pixels"
                )
            if image.format in _KEPT:
                image.load()  # a picture cut off or broken inside would fail in the writers
                if image.format == "JPEG" and image.getexif().get(_ORIENTATION, 1) in range(2, 9):
                    return LoadedPicture(_upright(image), address)
                return LoadedPicture(Media(data, _KEPT[image.format][0], width, height), address)
            return LoadedPicture(_converted(image), address)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return LoadedPicture(None, address, f"it has more than {MAX_PICTURE_PIXELS // 1_000_000} million pixels")
    except Exception:  # whatever a decoder raises on broken data
        return LoadedPicture(None, address, "its data is broken or of no known format")


def _upright(image: object) -> Media:
    """A photograph turned as its camera says: editions show pictures as they are stored."""
    from PIL import Image, ImageOps

    assert isinstance(image, Image.Image)
    turned, out = ImageOps.exif_transpose(image), io.BytesIO()
    turned.save(out, "JPEG", quality=92)
    return Media(out.getvalue(), "image/jpeg", *turned.size)


def _converted(image: object) -> Media:
    from PIL import Image

    assert isinstance(image, Image.Image)
    lossy = image.format in ("WEBP", "AVIF", "MPO") and image.mode in ("RGB", "YCbCr", "L")
    out = io.BytesIO()
    if lossy:
        image.convert("RGB" if image.mode != "L" else "L").save(out, "JPEG", quality=90, subsampling=0)
    else:
        mode = image.mode if image.mode in ("1", "L", "LA", "RGB", "RGBA", "P") else "RGB"
        image.convert(mode).save(out, "PNG")
    return Media(out.getvalue(), "image/jpeg" if lossy else "image/png", *image.size)
