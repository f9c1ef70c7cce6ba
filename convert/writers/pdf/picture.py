"""Pictures as PDF image objects: JPEG data as it is, everything else as packed pixels with its transparency.

In: a `Media`.  Out: a registered image.  Colours are RGB or grey, as the file's sRGB output intent wants.
"""

from __future__ import annotations

import io
from typing import Any

import deflate
from reportlab.pdfbase import pdfdoc

from ...errors import ConvertError, Said
from ...model import Media
from .file import PACKING


def embed(name: str, media: Media, file: Any) -> Any:
    """A reference to the image object.  Raises ConvertError where the data is no picture."""
    from PIL import Image

    try:
        picture: Any = Image.open(io.BytesIO(media.data))
        if picture.format == "JPEG" and picture.mode in ("RGB", "L"):
            space = "DeviceRGB" if picture.mode == "RGB" else "DeviceGray"
            return _image(file, picture.size, space, media.data, "DCTDecode", None)
        return _pixels(file, picture)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ConvertError(Said("picture-undrawable", name=name, error=error)) from None


def _pixels(file: Any, picture: Any) -> Any:
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    mask = None
    if transparent:
        whole = picture.convert("RGBA")
        mask = _image(file, picture.size, "DeviceGray", _packed(whole.getchannel("A")), "FlateDecode", None)
        flat = whole.convert("RGB")
    else:
        flat = picture.convert("L" if picture.mode in ("1", "L", "I;16", "I") else "RGB")
    space = "DeviceGray" if flat.mode == "L" else "DeviceRGB"
    return _image(file, picture.size, space, _packed(flat), "FlateDecode", mask)


def _packed(picture: Any) -> bytes:
    return bytes(deflate.zlib_compress(picture.tobytes(), PACKING["text"]))


def _image(file: Any, size: tuple[int, int], space: str, data: bytes, coding: str, mask: Any) -> Any:
    entries = {
        "Type": pdfdoc.PDFName("XObject"),
        "Subtype": pdfdoc.PDFName("Image"),
        "Width": size[0],
        "Height": size[1],
        "ColorSpace": pdfdoc.PDFName(space),
        "BitsPerComponent": 8,
        "Filter": pdfdoc.PDFName(coding),
    }
    if mask is not None:
        entries["SMask"] = mask
    return file.Reference(pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), data))
