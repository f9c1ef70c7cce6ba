"""Whether the glyphs in an edition are those that its faces draw for its text.

In: the bytes of an edition as they are published.  Out: what is wrong, one sentence each.  Each font in it is opened
with FreeType, and each glyph is compared with what HarfBuzz draws from the face for the text that the file says the
glyph stands for: its outline and its width.  A PDF says it in ToUnicode (ISO 32000-2, 9.10.3), a book and a Word file
in the font's own map of characters.
"""

from __future__ import annotations

import contextlib
import functools
import posixpath
import re
import struct
import zipfile
from collections.abc import Callable, Hashable, Iterator

from ..errors import Said
from . import embedded, faces
from .freetype import FreeTypeError, Program
from .objects import Objects, Ref, opened
from .packages import opened as opened_zip

_SHOWN = 3
"""Glyphs of a font that are named; more are counted."""


def faults(name: str, edition: bytes, language: str | None = None, *, elsewhere: bool = False) -> list[Said]:
    """What is wrong with the fonts of an edition, one sentence each.

    name: its format; of one without fonts there is nothing to say.  language: the document's, BCP 47.  elsewhere: it
    may have been made on a machine with other faces than this; nothing is said of fonts whose face is not at hand.
    """
    if name not in _CHECKS:
        return []
    try:
        found = list(_CHECKS[name](edition, language or "zh-Hans"))
        return [one for one in found if not (elsewhere and one.code == "drawn-no-face")]
    except (ValueError, IndexError, KeyError, struct.error, RecursionError, zipfile.BadZipFile) as error:
        return [Said("drawn-fonts-unreadable", error=error)]


def _said(font: str, wrong: list[str]) -> Iterator[Said]:
    if wrong:
        some = ", ".join(f"{text!r} (U+{ord(text[0]):04X})" if text else "one without text" for text in wrong[:_SHOWN])
        yield Said("drawn-glyphs", count=len(wrong), font=font, some=some)


# --- PDF ---------------------------------------------------------------------------------------------------------

_HIDING = re.compile(rb"/(?:OCProperties|OCG|AcroForm|SMask|AP)\b")


def _pdf(edition: bytes, language: str) -> Iterator[Said]:
    objects = opened(edition)
    for number, raw, at in objects.containing(_HIDING):
        if not embedded.is_string(raw, at) and not _is_own_mask(objects, number, raw, at):
            yield Said("drawn-hides", number=number, what=raw[at : at + 9].decode("latin-1"))
    found = embedded.fonts(edition)
    yield from found.wrong
    for font in found.fonts:
        if at_hand := faces.named(font.name):
            yield from _said(font.name, _strange(font, at_hand, language))
        else:
            yield Said("drawn-no-face", name=font.name)


def _is_own_mask(objects: Objects, number: int, raw: bytes, at: int) -> bool:
    """Whether a mask is that of a picture, which hides nothing but parts of the picture (ISO 32000-1, 8.9.5.1)."""
    found = objects.get(Ref(number)) if raw.startswith(b"/SMask", at) else None
    return isinstance(found, dict) and found.get("Subtype") == "Image" and "SMask" in found


def _strange(font: embedded.PdfFont, at_hand: faces.Faces, language: str) -> list[str]:
    """The texts whose glyphs are not right.

    Where the font is a table with CIDs and without subroutines, a glyph is known by the bytes it is made of, and drawn
    only where they are new; else each is drawn.
    """
    data, texts, widths = font.data, font.texts, font.widths
    if font.compact and font.table.numbered:
        made_of = font.table.keys
        keys: dict[int, Hashable] = {code: (made_of[code], widths[code]) for code in texts if code < len(made_of)}
    else:
        with Program(data) as program:
            known = [code for code in texts if code < program.glyphs and program.cid(code) == code]
            keys = {code: (*program.shape(code), program.upem, widths[code]) for code in known}
    missing = [text for code, text in texts.items() if code not in keys]
    codes = {key: code for code, key in keys.items()}
    with contextlib.ExitStack() as stack:

        @functools.cache
        def opened_program() -> Program:
            return stack.enter_context(Program(data))

        def glyph(key: Hashable) -> faces.EmbeddedGlyph:
            code = codes[key]
            if opened_program().cid(code) != code:
                raise FreeTypeError("the glyphs of a font are not its codes")
            return faces.EmbeddedGlyph(opened_program(), code, widths[code])

        return missing + at_hand.strange([(texts[code], key) for code, key in keys.items()], glyph, language)


# --- Fonts in packages -------------------------------------------------------------------------------------------

_KEY = re.compile(r"\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", re.I)
_OBFUSCATED = 32


def _epub(edition: bytes, language: str) -> Iterator[Said]:
    package = opened_zip(edition)
    for name in package.names:
        if name.lower().endswith((".otf", ".ttf", ".woff", ".woff2")):
            yield from _font(posixpath.basename(name), package.read(name), language)


def _docx(edition: bytes, language: str) -> Iterator[Said]:
    """Obfuscated fonts (ISO/IEC 29500-1, 17.8.1): the first bytes are masked with the key that the font table has."""
    from .parts import xml

    package = opened_zip(edition)
    if not any(name.endswith(".odttf") for name in package.names):
        return
    targets = {
        one.get("Id"): posixpath.join("word", one.get("Target", ""))
        for one in xml(package.read("word/_rels/fontTable.xml.rels")).iter()
        if one.get("Target")
    }
    for one in xml(package.read("word/fontTable.xml")).iter():
        keys = [value for value in one.attrib.values() if _KEY.fullmatch(value)]
        parts = [targets[value] for value in one.attrib.values() if value in targets]
        if keys and parts:
            mask = bytes.fromhex(keys[0].strip("{}").replace("-", ""))[::-1]
            data = package.read(posixpath.normpath(parts[0]))
            head = bytes(byte ^ mask[at % len(mask)] for at, byte in enumerate(data[:_OBFUSCATED]))
            yield from _font(posixpath.basename(parts[0]), head + data[_OBFUSCATED:], language)


def _font(name: str, data: bytes, language: str) -> Iterator[Said]:
    """A whole font: the glyph of each character, and those that its layout tables put in their place."""
    with Program(data) as program:
        at_hand = faces.named(program.name, _weight(data))
        if not at_hand:
            yield Said("drawn-no-face", name=program.name or name)
            return
        characters = dict(program.characters())
        numbers: dict[Hashable, int] = {}
        drawn = list[tuple[str, Hashable]]()
        for char, number in characters.items():
            key = (*program.shape(number), program.upem)
            numbers[key] = number
            drawn.append((char, key))
        wrong = at_hand.strange(drawn, lambda key: faces.EmbeddedGlyph(program, numbers[key]), language)
        if not wrong and (others := sorted(set(range(1, program.glyphs)) - set(characters.values()))):
            reached = at_hand.drawings("".join(characters))
            shown = (faces.EmbeddedGlyph(program, number).drawing for number in others)
            wrong = ["" for one in shown if not any(map(one.is_like, reached))]
        yield from _said(name, wrong)


def _weight(data: bytes) -> int | None:
    """The weight that a font says it has (OpenType, OS/2), None where it says nothing."""
    with contextlib.suppress(KeyError):
        return int(struct.unpack_from(">H", data, embedded.table_at(data, b"OS/2") + 4)[0])
    return None


_CHECKS: dict[str, Callable[[bytes, str], Iterator[Said]]] = {"docx": _docx, "epub": _epub, "pdf": _pdf}
