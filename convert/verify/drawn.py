"""Whether the glyphs in an edition are those that its faces draw for its text.

In: the bytes of an edition as they are published.  Out: what is wrong, one sentence each.  Each font in it is opened
with FreeType, and each glyph is compared with what HarfBuzz draws from the face for the text that the file says the
glyph stands for: its outline and its width.  A PDF says it in ToUnicode (ISO 32000-2, 9.10.3), a book and a Word file
in the font's own map of characters.
"""

from __future__ import annotations

import contextlib
import functools
import io
import posixpath
import re
import struct
import zipfile
from collections.abc import Callable, Hashable, Iterator

from ..errors import Said
from . import cff, faces
from .freetype import FreeTypeError, Program
from .objects import Object, Objects, PdfName, Ref

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

_KNOWN_FONTS = frozenset({"Type0", "CIDFontType0", "CIDFontType2"})
_HIDING = re.compile(rb"/(?:OCProperties|OCG|AcroForm|SMask|AP)\b")
_FONT = re.compile(rb"/Type\s*/Font\b")
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


def _pdf(edition: bytes, language: str) -> Iterator[Said]:
    objects = Objects(edition)
    for number, raw, at in objects.containing(_HIDING):
        if not _is_string(raw, at) and not _is_own_mask(objects, number, raw, at):
            yield Said("drawn-hides", number=number, what=raw[at : at + 9].decode("latin-1"))
    for font in _fonts(objects):
        kind = font.get("Subtype")
        if kind not in _KNOWN_FONTS:
            yield Said("drawn-font-kind", kind=kind)
        elif kind == "Type0":
            yield from _type0(objects, font, language)


def _is_own_mask(objects: Objects, number: int, raw: bytes, at: int) -> bool:
    """Whether a mask is that of a picture, which hides nothing but parts of the picture (ISO 32000-1, 8.9.5.1)."""
    found = objects.get(Ref(number)) if raw.startswith(b"/SMask", at) else None
    return isinstance(found, dict) and found.get("Subtype") == "Image" and "SMask" in found


def _is_string(raw: bytes, at: int) -> bool:
    """Whether a place lies in a string: titles of bookmarks, addresses."""
    head = re.sub(rb"\\.", b"", raw[:at], flags=re.DOTALL)
    return head.count(b"(") != head.count(b")")


def _fonts(objects: Objects) -> Iterator[dict[str, Object]]:
    for number, raw, at in objects.containing(_FONT):
        if not _is_string(raw, at):
            yield objects.dictionary(Ref(number))


def _type0(objects: Objects, font: dict[str, Object], language: str) -> Iterator[Said]:
    """A composite font: each code that it gives a text to."""
    name = _text(font.get("BaseFont")).removesuffix("-Identity-H")
    descendants = objects.get(font.get("DescendantFonts"))
    if font.get("Encoding") != "Identity-H" or not isinstance(descendants, list) or len(descendants) != 1:
        yield Said("drawn-codes", name=name)
        return
    inside = objects.dictionary(descendants[0])
    if inside.get("CIDToGIDMap", PdfName("Identity")) != "Identity":
        yield Said("drawn-codes", name=name)
        return
    at_hand = faces.named(name)
    if not at_hand:
        yield Said("drawn-no-face", name=name)
        return
    descriptor = objects.dictionary(inside.get("FontDescriptor"))
    compact = "FontFile3" in descriptor
    program = objects.stream(descriptor["FontFile3" if compact else "FontFile2"])
    texts = _texts(objects.stream(font.get("ToUnicode")))
    widths = _widths(objects.get(inside.get("W")), inside.get("DW", 1000))
    yield from _said(name, _strange(program, compact, texts, widths, at_hand, language))


def _strange(
    data: bytes, compact: bool, texts: dict[int, str], widths: _CodeWidths, at_hand: faces.Faces, language: str
) -> list[str]:
    """The texts whose glyphs are not right.

    Where the font is a table with CIDs and without subroutines, a glyph is known by the bytes it is made of, and drawn
    only where they are new; else each is drawn.
    """
    table = cff.CompactFont(data) if compact else None
    if table is not None and table.numbered:
        made_of = table.keys
        keys: dict[int, Hashable] = {code: (made_of[code], widths[code]) for code in texts if code < len(made_of)}
    else:
        with Program(data) as program:
            known = [code for code in texts if code < program.glyphs and program.cid(code) == code]
            keys = {code: (*program.shape(code), program.upem, widths[code]) for code in known}
    missing = [text for code, text in texts.items() if code not in keys]
    codes = {key: code for code, key in keys.items()}
    with contextlib.ExitStack() as stack:

        @functools.cache
        def opened() -> Program:
            return stack.enter_context(Program(data))

        def glyph(key: Hashable) -> faces.EmbeddedGlyph:
            code = codes[key]
            if opened().cid(code) != code:
                raise FreeTypeError("the glyphs of a font are not its codes")
            return faces.EmbeddedGlyph(opened(), code, widths[code])

        return missing + at_hand.strange([(texts[code], key) for code, key in keys.items()], glyph, language)


def _text(thing: Object) -> str:
    return str(thing) if isinstance(thing, PdfName) else ""


def _texts(cmap: bytes) -> dict[int, str]:
    """What each code stands for.  Raises ValueError for a range, which editions do not use."""
    if b"beginbfrange" in cmap or b"usecmap" in cmap:
        raise ValueError("its map of characters is built in another way than an edition's")
    pairs = _PAIR.findall(cmap.partition(b"beginbfchar")[2])
    codes = [int(code, 16) for code, _ in pairs]
    if all(len(text) == 4 for _, text in pairs):  # the usual case: each is one character of the first plane
        together = bytes.fromhex(b"".join([text for _, text in pairs]).decode("ascii"))
        found = together.decode("utf-16-be", "surrogatepass")
        if len(found) == len(codes):
            return dict(zip(codes, found, strict=True))
    texts = (bytes.fromhex(text.decode("ascii")).decode("utf-16-be", "surrogatepass") for _, text in pairs)
    return dict(zip(codes, texts, strict=True))


class _CodeWidths(dict[int, float]):
    """Widths of codes, thousandths of an em."""

    def __init__(self, usual: float) -> None:
        self._usual = usual

    def __missing__(self, code: int) -> float:
        return self._usual


def _widths(array: Object, usual: Object) -> _CodeWidths:
    """The widths that a W array states (9.7.4.3), glyph by glyph as editions do.  Raises ValueError where they are
    stated otherwise."""
    found = _CodeWidths(usual if isinstance(usual, int | float) else 1000)
    items = array if isinstance(array, list) else []
    for first, widths in zip(items[::2], items[1::2], strict=True):
        if not isinstance(first, int) or not isinstance(widths, list):
            raise ValueError("its widths are stated in another way than an edition's")
        found.update({first + at: width for at, width in enumerate(widths) if isinstance(width, int | float)})
    return found


# --- Fonts in packages -------------------------------------------------------------------------------------------

_KEY = re.compile(r"\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", re.I)
_OBFUSCATED = 32


def _epub(edition: bytes, language: str) -> Iterator[Said]:
    with zipfile.ZipFile(io.BytesIO(edition)) as package:
        for name in package.namelist():
            if name.lower().endswith((".otf", ".ttf", ".woff", ".woff2")):
                yield from _font(posixpath.basename(name), package.read(name), language)


def _docx(edition: bytes, language: str) -> Iterator[Said]:
    """Obfuscated fonts (ISO/IEC 29500-1, 17.8.1): the first bytes are masked with the key that the font table has."""
    from .structure import xml

    with zipfile.ZipFile(io.BytesIO(edition)) as package:
        names = set(package.namelist())
        if not any(name.endswith(".odttf") for name in names):
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
    count = struct.unpack_from(">H", data, 4)[0]
    for at in range(12, 12 + 16 * count, 16):
        tag, _, offset, _ = struct.unpack_from(">4sIII", data, at)
        if tag == b"OS/2":
            weight: int = struct.unpack_from(">H", data, offset + 4)[0]
            return weight
    return None


_CHECKS: dict[str, Callable[[bytes, str], Iterator[Said]]] = {"docx": _docx, "epub": _epub, "pdf": _pdf}
