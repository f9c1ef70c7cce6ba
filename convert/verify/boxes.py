"""A PDF whose fonts draw nothing but boxes, for PDFium to read the text of.

PDFium asks for the box of each character's outline when it loads a page, and again when it looks for text, and runs the
outline's program each time: most of the work of reading.  Outlines have no part in what the text is, which comes from
the page's content, from `ToUnicode` and from `ActualText`.  So PDFium is given the file with its font programs replaced
by the lightest that FreeType reads: a TrueType font of which each glyph is a line from corner to corner of a box as
wide as the file says the glyph is.  Every other byte is as it is, and where it is.  The outlines are looked at where
they are, in the bytes that are published: `drawn`.
"""

from __future__ import annotations

import struct

import deflate

from . import embedded
from .objects import opened

_DESCENT, _ASCENT = -120, 880
"""Thousandths of an em: the box of an ideograph."""
_NARROWEST = 100
"""Thousandths of an em: PDFium leaves out text without any width, as marks on letters have."""


def boxed(edition: bytes) -> bytes:
    """The file with boxes in place of outlines; of the same length.

    A file that is built in another way than an edition, or a font in it, stays as it is.
    """
    out = bytearray(edition)
    try:
        objects = opened(edition)
        for font in embedded.fonts(edition).fonts:
            start, end = objects.place(font.program)
            packed = deflate.zlib_compress(_boxes(font.count, font.widths), 1)
            if len(packed) <= end - start:
                out[start:end] = packed.ljust(end - start, b"\0")
    except (ValueError, IndexError, KeyError, struct.error, RecursionError):
        return edition
    return bytes(out)


def _boxes(count: int, widths: embedded.CodeWidths) -> bytes:
    """A TrueType font (OpenType 1.9, the tables that FreeType wants) of `count` glyphs with the widths of their codes.

    Each box stands in `glyf` twice, one half of the table like the other: glyph after glyph takes its box from the
    other half, for one that begins where the next begins is taken to be empty, and one that begins behind the next to
    end with the table.
    """
    wide = {code: max(round(width), _NARROWEST) for code, width in widths.items() if code < count}
    usual = max(round(widths.usual), _NARROWEST)
    kinds = sorted({usual, *wide.values()})
    half = b"".join(map(_box, kinds))
    place = {kind: len(half) // len(kinds) * at for at, kind in enumerate(kinds)}
    starts = [place[usual]] * (count + 1)
    for code, width in wide.items():
        starts[code] = place[width]
    starts[1::2] = [start + len(half) for start in starts[1::2]]
    tables = {
        b"glyf": 2 * half,
        b"head": struct.pack(
            ">4I2H2Q4h2H3h", 65536, 65536, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, _DESCENT, kinds[-1], _ASCENT, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">I3hH11hH", 65536, _ASCENT, _DESCENT, 0, kinds[-1], *(0,) * 11, 1),
        b"hmtx": struct.pack(">Hh", usual, 0),
        b"loca": struct.pack(f">{count + 1}I", *starts),
        b"maxp": struct.pack(">IH13H", 65536, count, 2, 1, *(0,) * 11),
    }
    head, body = struct.pack(">I4H", 65536, len(tables), 64, 2, 32), b""
    for tag, table in tables.items():
        head += tag + struct.pack(">3I", 0, 12 + 16 * len(tables) + len(body), len(table))
        body += table
    return head + body


def _box(width: int) -> bytes:
    """A glyph: two points on the curve, at the corners of a box (OpenType, `glyf`)."""
    outline = struct.pack(
        ">5h2H2B4h", 1, 0, _DESCENT, width, _ASCENT, 1, 0, 1, 1, 0, width, _DESCENT, _ASCENT - _DESCENT
    )
    return outline.ljust(28, b"\0")
