"""The fonts in a PDF, as its objects have them (ISO 32000-2, 9.6 to 9.10).

In: the bytes of an edition.  Out: its composed fonts, each with its program, the texts and the widths of its codes; and
what is wrong with fonts that are built in another way.  Found once for an edition, for more than one check asks.
"""

from __future__ import annotations

import functools
import re
import struct
from typing import NamedTuple

from ..errors import Said
from . import cff
from .objects import Object, Objects, PdfName, Ref, opened

_FONT = re.compile(rb"/Type\s*/Font\b")
_KNOWN = frozenset({"Type0", "CIDFontType0", "CIDFontType2"})
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


class CodeWidths(dict[int, float]):
    """Widths of codes, thousandths of an em."""

    def __init__(self, usual: float) -> None:
        self.usual = usual

    def __missing__(self, code: int) -> float:
        return self.usual


class PdfFont:
    """A font whose codes are its glyphs' numbers.

    name: as the file has it, perhaps a subset's tag before it.  Raises ValueError, IndexError, KeyError or struct.error
    where it is asked for what is built in another way than an edition's.
    """

    def __init__(self, objects: Objects, name: str, font: dict[str, Object], inside: dict[str, Object]) -> None:
        self.name = name
        self._objects, self._font, self._inside = objects, font, inside

    @functools.cached_property
    def _descriptor(self) -> dict[str, Object]:
        return self._objects.dictionary(self._inside.get("FontDescriptor"))

    @property
    def program(self) -> Object:
        """The stream of the program."""
        return self._descriptor["FontFile3" if self.compact else "FontFile2"]

    @property
    def compact(self) -> bool:
        """Whether the program is a CFF table and no TrueType font."""
        return "FontFile3" in self._descriptor

    @functools.cached_property
    def data(self) -> bytes:
        """The bytes of the program."""
        return self._objects.stream(self.program)

    @functools.cached_property
    def table(self) -> cff.CompactFont:
        """The program, where it is `compact`."""
        return cff.CompactFont(self.data)

    @functools.cached_property
    def count(self) -> int:
        """How many glyphs it has."""
        if self.compact:
            return len(self.table)
        return int(struct.unpack_from(">H", self.data, table_at(self.data, b"maxp") + 4)[0])

    @functools.cached_property
    def texts(self) -> dict[int, str]:
        """What each code stands for.  Raises ValueError for a range, which editions do not use."""
        return _texts(self._objects.stream(self._font.get("ToUnicode")))

    @functools.cached_property
    def widths(self) -> CodeWidths:
        """The widths that a W array states (9.7.4.3), glyph by glyph as editions do.  Raises ValueError where they are
        stated otherwise."""
        usual = self._inside.get("DW", 1000)
        found = CodeWidths(usual if isinstance(usual, int | float) else 1000)
        array = self._objects.get(self._inside.get("W"))
        items = array if isinstance(array, list) else []
        for first, widths in zip(items[::2], items[1::2], strict=True):
            if not isinstance(first, int) or not isinstance(widths, list):
                raise ValueError("its widths are stated in another way than an edition's")
            found.update({first + at: width for at, width in enumerate(widths) if isinstance(width, int | float)})
        return found


class FontsFound(NamedTuple):
    """The composed fonts of a file; and what is wrong with others, one sentence each."""

    fonts: list[PdfFont]
    wrong: list[Said]


@functools.lru_cache(maxsize=1)
def fonts(edition: bytes) -> FontsFound:
    """Raises ValueError where the file is built in another way than an edition."""
    objects, found = opened(edition), FontsFound([], [])
    for number, raw, at in objects.containing(_FONT):
        if is_string(raw, at):
            continue
        font = objects.dictionary(Ref(number))
        if (kind := font.get("Subtype")) not in _KNOWN:
            found.wrong.append(Said("drawn-font-kind", kind=kind))
        elif kind == "Type0":
            name = _text(font.get("BaseFont")).removesuffix("-Identity-H")
            inside = _descendant(objects, font)
            if inside is None:
                found.wrong.append(Said("drawn-codes", name=name))
            else:
                found.fonts.append(PdfFont(objects, name, font, inside))
    return found


def _descendant(objects: Objects, font: dict[str, Object]) -> dict[str, Object] | None:
    """The one font that a composed font is made of; None where its codes are not that one's glyphs."""
    below = objects.get(font.get("DescendantFonts"))
    if font.get("Encoding") != "Identity-H" or not isinstance(below, list) or len(below) != 1:
        return None
    inside = objects.dictionary(below[0])
    return inside if inside.get("CIDToGIDMap", "Identity") == "Identity" else None


def is_string(raw: bytes, at: int) -> bool:
    """Whether a place in an object lies in a string: titles of bookmarks, addresses."""
    head = re.sub(rb"\\.", b"", raw[:at], flags=re.DOTALL)
    return head.count(b"(") != head.count(b")")


def table_at(font: bytes, tag: bytes) -> int:
    """Where a table of a font begins (OpenType, the table directory).  Raises KeyError where it has none."""
    count = struct.unpack_from(">H", font, 4)[0]
    for at in range(12, 12 + 16 * count, 16):
        if font[at : at + 4] == tag:
            return int(struct.unpack_from(">I", font, at + 8)[0])
    raise KeyError(tag)


def _text(thing: Object) -> str:
    return str(thing) if isinstance(thing, PdfName) else ""


def _texts(cmap: bytes) -> dict[int, str]:
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
