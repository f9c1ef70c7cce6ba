"""Faces sent along with the file, so that a machine without them shows the same (ISO/IEC 29500-1, 17.8.1).

In: a document and a style.  Out: the style with the embedded faces named first, and one obfuscated font for each: its
first 32 bytes are exclusive-ored with a key made from the font itself.  Only faces that stand in for a wanted one and
may be passed on as a subset (OpenType, OS/2 fsType) are embedded; a wanted face that is at hand is mostly not free.
"""

from __future__ import annotations

import hashlib
from typing import Any, NamedTuple

from msgspec.structs import replace

from ...model import Document, block_text
from ...style import Style
from ...typography import fonts

_FAMILY = 1
"""The name record by which Word knows a font (OpenType, `name`)."""
_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_OBFUSCATED = 32
_FORBIDDEN = 0x0002 | 0x0100  # restricted licence; no subsetting


class EmbeddedFont(NamedTuple):
    """A font of the file.  name: its family; key: the GUID it is obfuscated with; data: as stored."""

    name: str
    key: str
    data: bytes


def embedded(document: Document, style: Style) -> tuple[Style, list[EmbeddedFont]]:
    """The style as drawn by embedded faces, and these faces, each once, in the order of the style's roles."""
    found = fonts.resolve(style, document.metadata.language)
    text = _text(document)
    made: dict[tuple[str, int, int], EmbeddedFont] = {}
    faces = dict(style.faces)
    for role, face in style.faces.items():
        drawn = found.face(role)
        if not drawn.substituted or _permission(drawn) & _FORBIDDEN:
            continue
        key = (drawn.path, drawn.index, drawn.weight)
        if key not in made:
            made[key] = _obfuscated(fonts.subset_otf(drawn, text))
        faces[role] = replace(face, docx=(made[key].name, *face.docx))
    return replace(style, faces=faces), list(made.values())


def _permission(found: fonts.ResolvedFace) -> int:
    """The embedding permission a font states, none where it states nothing."""
    table = bytes(fonts.loaded(found).face.reference_table("OS/2").data)
    return int.from_bytes(table[8:10], "big") if len(table) >= 10 else 0


def _text(document: Document) -> str:
    """Every character the edition may need, in order."""
    parts = [_ASCII, "\u2014\u201c\u201d\u2018\u2019\u2026\u00b7"]
    parts += map(block_text, document.blocks)
    parts += (block_text(block) for note in document.notes for block in note.children)
    return "".join(sorted(set("".join(parts))))


def _obfuscated(font: bytes) -> EmbeddedFont:
    digest = hashlib.sha256(font).hexdigest()[:32].upper()
    key = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:]))
    mask = bytes.fromhex(digest)[::-1]
    head = bytes(byte ^ mask[at % len(mask)] for at, byte in enumerate(font[:_OBFUSCATED]))
    return EmbeddedFont(_family(font), f"{{{key}}}", head + font[_OBFUSCATED:])


def _family(font: bytes) -> str:
    import uharfbuzz

    face: Any = uharfbuzz.Face(font)
    return str(face.get_name(_FAMILY))
