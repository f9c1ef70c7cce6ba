"""A subset of a face as a PDF composite font: Type 0 with Identity-H, CFF or TrueType outlines, exact ToUnicode.

In: a `FontUse` with its glyphs and the text each stands for.  Out: PDF objects in the document, and the code of every
glyph as hex for the content streams.  ISO 32000-1, 9.7 (composite fonts), 9.9 (font programs), 9.10.3 (ToUnicode).
"""

from __future__ import annotations

import functools
import hashlib
import struct
from collections.abc import Iterable
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase import pdfdoc

from ...errors import FontError, Said
from ...typography import fonts
from . import cff
from .glyphs import FontUse

_ITALIC_ANGLE = 0
_SYMBOLIC = 4
_STEM = 80
"""StemV is no table of the font; readers use it only where they have to replace an embedded font."""

WHOLE = b""
"""The key of a whole font file among its tables."""


def embed(use: FontUse, document: Any) -> Any:
    """Subset, register, and fill `use.codes` and `use.widths`; returns a reference to the Type 0 font.

    Raises FontError where the face cannot be subset, or its licence bits forbid embedding.
    """
    name = _subset_name(use, sorted(use.texts.items()))
    tables, mapping = _program(use, name)
    use.codes = {old: f"{new:04x}" for old, new in mapping.items()}
    compact = b"CFF " in tables
    descriptor = _descriptor(use, name, tables[b"head"])
    if compact:
        descriptor["FontFile3"] = document.stream(tables[b"CFF "], "font", {"Subtype": pdfdoc.PDFName("CIDFontType0C")})
    else:
        data = tables[WHOLE]
        descriptor["FontFile2"] = document.stream(data, "font", {"Length1": len(data)})
    info = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
    descendant = {
        "Type": pdfdoc.PDFName("Font"),
        "Subtype": pdfdoc.PDFName("CIDFontType0" if compact else "CIDFontType2"),
        "BaseFont": pdfdoc.PDFName(name),
        "CIDSystemInfo": pdfdoc.PDFDictionary(info),
        "FontDescriptor": document.Reference(pdfdoc.PDFDictionary(descriptor)),
        "DW": 1000,
        "W": pdfdoc.PDFArrayCompact(_widths(use, mapping)),
    }
    if not compact:
        descendant["CIDToGIDMap"] = pdfdoc.PDFName("Identity")
    font = {
        "Type": pdfdoc.PDFName("Font"),
        "Subtype": pdfdoc.PDFName("Type0"),
        "BaseFont": pdfdoc.PDFName(f"{name}-Identity-H" if compact else name),
        "Encoding": pdfdoc.PDFName("Identity-H"),
        "DescendantFonts": pdfdoc.PDFArrayCompact([document.Reference(pdfdoc.PDFDictionary(descendant))]),
        "ToUnicode": document.stream(_to_unicode(use, mapping), "text"),
    }
    return document.Reference(pdfdoc.PDFDictionary(font))


@functools.lru_cache(maxsize=8)
def _cut_out(path: str, index: int) -> dict[int, cff.Glyph]:
    """The glyphs of a face that were cut out so far; filled as they are asked for."""
    return {}


def _program(use: FontUse, name: str) -> tuple[dict[bytes, bytes], dict[int, int]]:
    """The tables of the subset, under `WHOLE` the file itself, and the map from the face's glyph ids to the subset's.

    Of a face with CIDs and one set of outlines only the glyphs are cut out that were not asked for before.
    """
    face = use.loaded.face
    if face.has_var_data or "CFF " not in face.table_tags:
        return _subset(use, use.texts)
    known = _cut_out(use.found.path, use.found.index)
    if missing := sorted(use.texts.keys() - known.keys()):
        tables, mapping = _subset(use, missing)
        glyphs = cff.read(tables[b"CFF "])
        if glyphs is None:
            return tables, mapping
        known |= {0: glyphs[0]} | {old: glyphs[new] for old, new in mapping.items()}
    wanted = sorted(use.texts.keys() | {0})
    head = face.reference_table("head").data
    data = cff.write(name.encode("ascii"), [known[glyph] for glyph in wanted], struct.unpack(">4h", head[36:44]))
    return {b"CFF ": data, b"head": head}, {old: new for new, old in enumerate(wanted)}


def _subset(use: FontUse, glyphs: Iterable[int]) -> tuple[dict[bytes, bytes], dict[int, int]]:
    """As HarfBuzz makes it."""
    # Without subroutines the outlines are larger, but they pack better: the file is smaller, and sooner made.
    flags = (
        hb.SubsetFlags.NO_LAYOUT_CLOSURE
        | hb.SubsetFlags.CFF_IDENTITY_CHARSET
        | hb.SubsetFlags.NOTDEF_OUTLINE
        | hb.SubsetFlags.DESUBROUTINIZE
    )
    try:
        plan = fonts.outlines_plan(use.found, glyphs, flags=flags)
        data = bytes(plan.execute().blob.data)
    except Exception as error:  # the binding raises RuntimeError and others
        raise FontError(Said("font-unsubsettable", error=error), where=use.found.path) from None
    mapping = plan.old_to_new_glyph_mapping
    return _tables(data), {old: mapping[old] for old in glyphs}


def _tables(data: bytes) -> dict[bytes, bytes]:
    count = struct.unpack(">H", data[4:6])[0]
    records = (struct.unpack(">4sIII", data[12 + 16 * i : 28 + 16 * i]) for i in range(count))
    return {tag: data[offset : offset + length] for tag, _, offset, length in records} | {WHOLE: data}


def _subset_name(use: FontUse, glyphs: list[tuple[int, str]]) -> str:
    """PostScript name with the six-letter tag that marks a subset (ISO 32000-1, 9.6.4), made from its contents."""
    digest = hashlib.sha256(repr((use.found.path.rpartition("/")[2], use.found.weight, glyphs)).encode()).digest()
    tag = "".join(chr(65 + byte % 26) for byte in digest[:6])
    own = use.loaded.face.get_name(6) or use.found.family
    if use.loaded.face.has_var_data:  # the name is the default instance's, Thin for one
        own = f"{use.found.family}-{use.found.weight}"
    return f"{tag}+{''.join(char for char in own if (char.isascii() and char.isalnum()) or char in '-_')}"


def _descriptor(use: FontUse, name: str, head: bytes) -> dict[str, Any]:
    scale = 1000 / use.loaded.upem
    box = struct.unpack(">4h", head[36:44])
    extents = use.loaded.font.get_font_extents("ltr")
    return {
        "Type": pdfdoc.PDFName("FontDescriptor"),
        "FontName": pdfdoc.PDFName(name),
        "Flags": _SYMBOLIC,
        "FontBBox": pdfdoc.PDFArrayCompact([round(value * scale) for value in box]),
        "ItalicAngle": _ITALIC_ANGLE,
        "Ascent": round(extents.ascender * scale),
        "Descent": round(extents.descender * scale),
        "CapHeight": round(extents.ascender * scale * 0.8),
        "StemV": _STEM,
    }


def _widths(use: FontUse, mapping: dict[int, int]) -> list[Any]:
    """The W array: only glyphs that are not one em wide, consecutive ones together."""
    scale = 1000 / use.loaded.upem
    advance = use.loaded.font.get_glyph_h_advance
    own = {mapping[code]: round(advance(code) * scale, 2) for code in use.texts}
    use.widths = {code: own[mapping[code]] / 1000 for code in use.texts}
    out: list[Any] = []
    run: list[Any] = []
    previous = -2
    for code in sorted(own):
        width = own[code]
        if width == 1000:
            continue
        if code != previous + 1:
            run = []
            out.extend((code, pdfdoc.PDFArrayCompact(run)))
            run = out[-1].sequence
        run.append(int(width) if width == int(width) else width)
        previous = code
    return out


def _to_unicode(use: FontUse, mapping: dict[int, int]) -> bytes:
    """The ToUnicode CMap: each code with all the characters its glyph stands for."""
    pairs = sorted((mapping[code], text) for code, text in use.texts.items())
    lines = [f"<{code:04x}> <{text.encode('utf-16-be').hex()}>" for code, text in pairs]
    blocks = []
    for at in range(0, len(lines), 100):
        part = lines[at : at + 100]
        blocks.append(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar")
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        + "\n".join(blocks)
        + "\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")
