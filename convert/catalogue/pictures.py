"""Pictures of documents: the first page of a PDF edition, or a made cover where there is none.

In: an edition's bytes, or what is known of a document.  Out: a PNG as wide as a card on a sharp screen.  PNG, because
OPDS 1.2 (5.2.1) wants a picture every reader can show.  PDFium draws; pages without colour are kept in sixteen greys.
"""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .items import Item

WIDTH = 320  # pixels
_TALLEST = 2 * WIDTH
_COLOURS = 48
_GREYS = 16
_FAINT = 24  # of 255: how far the channels of a grey page may differ
_LOOK = "1"
"""Part of a picture's name: to be raised when pictures come out otherwise, for old ones are used again."""


def name_of(*content: str) -> str:
    """The name of the picture that is made from some content, without folder and ending."""
    return hashlib.sha256("\0".join((_LOOK, *content)).encode()).hexdigest()[:24]


def first_page(pdf: bytes) -> bytes:
    """The first page of a PDF, as PNG.  Raises ValueError where it cannot be drawn."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            page = document[0]
            width, height = page.get_size()
            scale = min(WIDTH / width, _TALLEST / height)
            image = page.render(scale=scale, rev_byteorder=True, no_smoothpath=False).to_pil()
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    return _png(image)


def made_cover(item: Item) -> bytes:
    """A cover with the title, as PNG.  Raises FontError where no face can draw it."""
    from PIL import Image

    from .. import style
    from ..model import Document, Metadata, SourceInfo
    from ..writers.epub.cover import cover

    known = Metadata(
        title=item.title, source=item.source or None, published=item.published or None, language=item.language
    )
    source = SourceInfo(item.stem, "", "text/plain", "utf-8", 0)
    drawn = Image.open(io.BytesIO(cover(Document(source, known), style.load("gongwen"))))
    height = round(drawn.height * WIDTH / drawn.width)
    return _png(drawn.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS))


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height in pixels (PNG, 11.2.2)."""
    return int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


def _png(image: Any) -> bytes:
    from PIL import Image, ImageChops

    image = image.convert("RGB")
    red, green, blue = image.split()
    coloured = any(any(ImageChops.difference(red, other).histogram()[_FAINT:]) for other in (green, blue))
    if not coloured:
        ramp = [level * 255 // (_GREYS - 1) for level in range(_GREYS)]
        grey = green.point([round(value * (_GREYS - 1) / 255) for value in range(256)])
        small = Image.frombytes("P", grey.size, grey.tobytes())
        small.putpalette([value for level in ramp for value in (level, level, level)])
        depth = 4
    else:
        small = image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        depth = 8
    stream = io.BytesIO()
    small.save(stream, "PNG", bits=depth, compress_level=9)
    return stream.getvalue()
