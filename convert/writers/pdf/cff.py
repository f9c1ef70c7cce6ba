"""CFF tables taken apart into glyphs and put together from them (Adobe Technical Note 5176).

A process that makes many documents draws the same few thousand characters again and again.  The outlines of a glyph are
cut out of the face once, by HarfBuzz; each document's font is then put together from those it draws.  For faces with
CIDs and one set of outlines, as those for Chinese, Japanese and Korean have; what a glyph is made of does not depend on
the glyphs that were cut out with it, so that a document's font does not depend on the documents before it.
"""

from __future__ import annotations

import struct
from itertools import accumulate, pairwise
from typing import NamedTuple

_CHARSTRINGS, _PRIVATE, _FONT_BBOX = 17, 18, 5
_CHARSET, _FONT_MATRIX, _ROS, _CID_COUNT, _FD_ARRAY, _FD_SELECT = 15, 0x0C07, 0x0C1E, 0x0C22, 0x0C24, 0x0C25
_STRINGS = (b"Adobe", b"Identity")
_OWN_STRINGS = 391
"""The number of a font's first own string."""


class Operand(NamedTuple):
    """A font dictionary, which glyphs share: its font matrix, that of the whole font and its private dictionary, as
    they stand in a table."""

    matrix: bytes
    common: bytes
    private: bytes


class Glyph(NamedTuple):
    """An outline without subroutines."""

    outline: bytes
    kind: Operand


def read(data: bytes) -> list[Glyph] | None:
    """The glyphs of a table in which HarfBuzz has left no subroutines; None where it has no CIDs."""
    _, at = _index(data, data[2])
    tops, at = _index(data, at)
    top = _dict(tops[0])
    if _ROS not in top:
        return None
    outlines, _ = _index(data, _number(top[_CHARSTRINGS]))
    kinds = []
    for font in _index(data, _number(top[_FD_ARRAY]))[0]:
        entries = _dict(font)
        size, start = _numbers(entries[_PRIVATE])
        matrices = entries.get(_FONT_MATRIX, b""), top.get(_FONT_MATRIX, b"")
        kinds.append(Operand(*matrices, data[start : start + size]))
    chosen = _selected(data, _number(top[_FD_SELECT]), len(outlines))
    return [Glyph(outline, kinds[kind]) for outline, kind in zip(outlines, chosen, strict=True)]


def write(name: bytes, glyphs: list[Glyph], box: tuple[int, ...]) -> bytes:
    """A table whose glyphs have their numbers as CIDs, the first being .notdef.  box: the font's, font units."""
    kinds = sorted({glyph.kind for glyph in glyphs})
    numbers = {kind: number for number, kind in enumerate(kinds)}
    select = bytes([0, *(numbers[glyph.kind] for glyph in glyphs)])
    charset = struct.pack(">BHH", 2, 1, len(glyphs) - 2) if len(glyphs) > 1 else b"\0"
    outlines = _as_index([glyph.outline for glyph in glyphs])

    def top(start: int) -> bytes:
        at = list(accumulate((len(charset), len(select), len(outlines)), initial=start))
        entries = [_entry(_ROS, _OWN_STRINGS, _OWN_STRINGS + 1, 0), _raw(_FONT_MATRIX, kinds[0].common)]
        entries += [_raw(_FONT_BBOX, _shorts(box)), _entry(_CID_COUNT, len(glyphs)), _entry(_CHARSET, at[0])]
        entries += [_entry(_FD_SELECT, at[1]), _entry(_CHARSTRINGS, at[2]), _entry(_FD_ARRAY, at[3])]
        return b"".join((b"\1\0\4\4", _as_index([name]), _as_index([b"".join(entries)]), _as_index(_STRINGS), b"\0\0"))

    head = top(len(top(0)))  # all numbers take five bytes
    before = len(head) + len(charset) + len(select) + len(outlines)
    return b"".join((head, charset, select, outlines, _fonts(kinds, before)))


def _fonts(kinds: list[Operand], start: int) -> bytes:
    """The font dictionaries and behind them their private ones, where the first begins at `start`."""

    def array(place: int) -> bytes:
        fonts = []
        for kind in kinds:
            fonts.append(_raw(_FONT_MATRIX, kind.matrix) + _entry(_PRIVATE, len(kind.private), place))
            place += len(kind.private)
        return _as_index(fonts)

    return array(start + len(array(0))) + b"".join(kind.private for kind in kinds)


# --- The data structures ----------------------------------------------------------------------------------------------


def _index(data: bytes, at: int) -> tuple[list[bytes], int]:
    """The objects of an INDEX, and where it ends."""
    count = int.from_bytes(data[at : at + 2], "big")
    if not count:
        return [], at + 2
    width, first = data[at + 2], at + 3
    base = first + (count + 1) * width - 1
    ends = [base + int.from_bytes(data[place : place + width], "big") for place in range(first, base + 1, width)]
    return [data[start:end] for start, end in pairwise(ends)], ends[-1]


def _as_index(objects: list[bytes] | tuple[bytes, ...]) -> bytes:
    ends = list(accumulate(map(len, objects), initial=1))
    width = (ends[-1].bit_length() + 7) // 8
    places = b"".join([end.to_bytes(width, "big") for end in ends])
    return b"".join((struct.pack(">HB", len(objects), width), places, *objects))


def _dict(data: bytes) -> dict[int, bytes]:
    """The operators of a DICT with their operands as they stand; of two bytes where the first is 12."""
    out: dict[int, bytes] = {}
    at = start = 0
    while at < len(data):
        byte = data[at]
        if byte <= 21:
            operator = byte << 8 | data[at + 1] if byte == 12 else byte
            out[operator] = data[start:at]
            at = start = at + (2 if byte == 12 else 1)
        elif byte == 30:  # a real number, up to a half byte of 15
            at += 1
            while data[at] & 15 != 15:
                at += 1
            at += 1
        else:
            at += {28: 3, 29: 5}.get(byte, 1 if byte < 247 else 2)
    return out


def _numbers(operands: bytes) -> list[int]:
    """Whole numbers."""
    out = []
    at = 0
    while at < len(operands):
        byte = operands[at]
        if byte in (28, 29):
            width = 2 if byte == 28 else 4
            out.append(int.from_bytes(operands[at + 1 : at + 1 + width], "big", signed=True))
            at += 1 + width
        elif byte < 247:
            out.append(byte - 139)
            at += 1
        else:
            high, low = (byte - 247, 108) if byte < 251 else (251 - byte, -108)
            out.append(high * 256 + low + (operands[at + 1] if low > 0 else -operands[at + 1]))
            at += 2
    return out


def _number(operands: bytes) -> int:
    return _numbers(operands)[-1]


def _shorts(numbers: tuple[int, ...]) -> bytes:
    """Numbers in two bytes each: negative ones in four bytes FreeType takes for huge ones, and poppler, which asks it
    for the box, then draws small text in other places."""
    return b"".join(struct.pack(">Bh", 28, number) for number in numbers)


def _entry(operator: int, *numbers: int) -> bytes:
    return _raw(operator, b"".join(struct.pack(">Bi", 29, number) for number in numbers))


def _raw(operator: int, operands: bytes) -> bytes:
    if not operands:
        return b""
    return operands + (struct.pack(">H", operator) if operator > 255 else bytes([operator]))


def _selected(data: bytes, at: int, count: int) -> bytes:
    """The number of each glyph's font dictionary."""
    if data[at] == 0:
        return data[at + 1 : at + 1 + count]
    runs = int.from_bytes(data[at + 1 : at + 3], "big")
    out = b""
    for run in range(runs):
        first, kind, end = struct.unpack_from(">HBH", data, at + 3 + 3 * run)
        out += bytes([kind]) * (end - first)
    return out
