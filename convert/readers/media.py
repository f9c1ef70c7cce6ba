"""Pictures of a page: where it says they are -> bytes that an edition can hold, or the reason why there are none.

Read are `data:` URIs, the parts of an MHTML file, and files in the page's own folder; never the network, never
anything outside that folder.  Formats are told by content.  JPEG, PNG and GIF are kept as they are; WebP, AVIF, BMP
and TIFF, which Word or PDF cannot hold, become PNG, or JPEG where they are photographs; SVG is not drawn.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from typing import NamedTuple
from urllib.parse import unquote, unquote_to_bytes, urljoin, urlsplit

from ..model import Media
from ..source import Source, beside
from .html_node import Node

MAX_BYTES = 20 * 2**20
MAX_PIXELS = 30_000_000
MAX_TOTAL_BYTES = 100 * 2**20
"""Of all pictures of a document: more would not fit in a worker's memory."""

_KEPT = {"PNG": ("image/png", "png"), "JPEG": ("image/jpeg", "jpg"), "GIF": ("image/gif", "gif")}
_CONVERTED = ("WEBP", "AVIF", "BMP", "TIFF", "MPO")
_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-actual", "data-url", "data-img", "data-echo",
    "data-lazyload", "data-lazy", "data-original-src", "data-real-src", "data-backsrc", "data-file", "_src", "original",
    "lazy-src", "lazysrc", "file", "zoomfile", "oldsrc", "orisrc", "src2", "real_src",
)  # fmt: skip
_DATA = re.compile(r"data:([\w.+-]+/[\w.+-]+)?((?:;[\w.+-]+=[^;,]*)*)(;base64)?,", re.I)
_PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:blank|spacer|space|pixel|transparent|placeholder|loading|lazyload|grey|gray|empty|1x1|px|none|"
    r"default_?img|nopic|load)\d*\.(?:gif|png|jpe?g|svg|webp)",
    re.I,
)


class Picture(NamedTuple):
    """media is None where the picture could not be had; reason: why, for a notice."""

    media: Media | None
    address: str
    reason: str = ""


def references(image: Node) -> list[str]:
    """Where an `<img>` may have its picture, the likeliest first: a real `src`, then what scripts would load."""
    found: list[str] = []
    src = image.get("src").strip()
    lazy = [image.get(name).strip() for name in _LAZY if name in image.attrs]
    if src and not is_placeholder(src):
        found.append(src)
    found.extend(lazy)
    for name in ("srcset", "data-srcset"):
        found.extend(_best(image.get(name)))
    if image.parent is not None and image.parent.tag == "picture":
        for child in image.parent.children:
            if isinstance(child, Node) and child.tag == "source":
                found.extend(_best(child.get("srcset") or child.get("data-srcset")))
    return [address for address in dict.fromkeys(found) if address and not address.startswith(("#", "javascript:"))]


def is_placeholder(src: str) -> bool:
    """A picture that only keeps a place, until a script puts the real one there."""
    if src.startswith("data:"):
        return len(src) < 300 or src.startswith("data:image/svg")
    return src == "about:blank" or _PLACEHOLDER.search(src) is not None


def _best(srcset: str) -> list[str]:
    """The addresses of a `srcset`, the largest picture first."""
    found: list[tuple[float, str]] = []
    for candidate in re.split(r",\s+|,(?=(?:https?:)?//)", srcset):
        parts = candidate.split()
        if parts:
            size = re.fullmatch(r"([\d.]+)[wx]", parts[-1]) if len(parts) > 1 else None
            try:
                found.append((float(size[1]) if size else 1.0, parts[0]))
            except ValueError:
                continue
    return [address for _, address in sorted(found, key=lambda item: -item[0])]


class Pictures:
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

    def add(self, image: Node) -> tuple[str | None, Picture]:
        """The key of an `<img>`'s picture, None where it could not be had, and what was found."""
        addresses = references(image)
        missing = Picture(None, addresses[0] if addresses else image.get("src"), "it is not beside the page")
        for address in addresses:
            data = self._bytes(address)
            if data is None:
                continue
            picture = checked(data, address)
            if picture.media is None:
                missing = picture
                continue
            digest = hashlib.sha256(picture.media.data).digest()
            key = self._by_digest.get(digest)
            if key is None:
                if self._total + len(picture.media.data) > MAX_TOTAL_BYTES:
                    return None, Picture(None, address, "the document's pictures are too large together")
                self._total += len(picture.media.data)
                ending = next(end for kind, end in _KEPT.values() if kind == picture.media.media_type)
                key = self._by_digest[digest] = f"image{len(self.media) + 1}.{ending}"
                self.media[key] = picture.media
            return key, picture
        self.missing.append(addresses)
        return None, missing

    def _bytes(self, address: str) -> bytes | None:
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
    if found is None or len(uri) > MAX_BYTES * 4 // 3 + 200:
        return None
    body = uri[found.end() :]
    if not found[3]:
        return unquote_to_bytes(body)
    try:
        return base64.b64decode(re.sub(r"\s|%0A|%0D", "", body.replace("%3D", "=")), validate=False)
    except (binascii.Error, ValueError):
        return None


def checked(data: bytes, address: str) -> Picture:
    """A picture in a format every edition can hold, within the limits."""
    from PIL import Image

    if len(data) > MAX_BYTES:
        return Picture(None, address, f"it is larger than {MAX_BYTES // 2**20} MB")
    if re.match(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg\b", data[:4096], re.S | re.I):
        return Picture(None, address, "SVG drawings are not supported")
    try:
        with Image.open(io.BytesIO(data), formats=(*_KEPT, *_CONVERTED)) as image:
            width, height = image.size
            if width * height > MAX_PIXELS:
                return Picture(None, address, f"it has more than {MAX_PIXELS // 1_000_000} million pixels")
            if image.format in _KEPT:
                image.load()  # a picture cut off or broken inside would fail in the writers
                return Picture(Media(data, _KEPT[image.format][0], width, height), address)
            return Picture(_converted(image), address)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return Picture(None, address, f"it has more than {MAX_PIXELS // 1_000_000} million pixels")
    except Exception:  # whatever a decoder raises on broken data
        return Picture(None, address, "its data is broken or of no known format")


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
