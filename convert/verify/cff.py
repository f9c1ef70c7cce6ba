"""CFF tables looked at glyph by glyph (Adobe Technical Note 5176), apart from how a writer puts them together.

In: a font program of a PDF (CIDFontType0C).  Out: its charstrings, and what each is read with.
"""

from __future__ import annotations

import itertools
import struct
from collections.abc import Hashable
from functools import cached_property

_CHARSET, _CHAR_STRINGS, _PRIVATE = 15, 17, 18
_FONT_MATRIX, _FD_ARRAY, _FD_SELECT = (12, 7), (12, 36), (12, 37)

_Operator = int | tuple[int, int]


class CompactFont:
    """A CFF table with CIDs.

    Raises ValueError, IndexError, KeyError or struct.error where it is none, here or when it is asked.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        names = _index(data, data[2])
        tops = _index(data, names[-1])
        self._strings = tops[-1]
        self._top = _dict(data[tops[0] : tops[1]])
        self._start = _whole(self._top[_CHAR_STRINGS])
        self._places = _index(data, self._start)

    def __len__(self) -> int:
        return len(self._places) - 1

    @cached_property
    def outlines(self) -> list[bytes]:
        """The charstring of each glyph."""
        return [self.data[at:end] for at, end in itertools.pairwise(self._places)]

    @cached_property
    def numbered(self) -> bool:
        """Whether glyphs have their numbers as CIDs, and the table has no subroutines: what a charstring draws then
        depends on nothing but itself and its font dictionary."""
        at, count = _whole(self._top[_CHARSET]), len(self)
        ranges = struct.pack(">BHH", 2, 1, count - 2) if count > 1 else b"\0"
        whole = self.data[at : at + len(ranges)] == ranges
        no_own = all(b"\x13" not in private or 19 not in _dict(private) for _, private in self._kinds)
        globals_at = _index_end(self.data, self._strings)
        return whole and no_own and self.data[globals_at : globals_at + 2] == b"\0\0"

    @cached_property
    def keys(self) -> list[Hashable]:
        """What each glyph is made of: its charstring, the matrices and the private dictionary it is read with."""
        select = self._select()
        return [(outline, self._kinds[kind]) for outline, kind in zip(self.outlines, select, strict=True)]

    @cached_property
    def _kinds(self) -> list[tuple[bytes, bytes]]:
        """Matrices and private dictionary of each font dictionary."""
        places = _index(self.data, _whole(self._top[_FD_ARRAY]))
        matrix, kinds = self._top.get(_FONT_MATRIX, b""), []
        for at, end in itertools.pairwise(places):
            font = _dict(self.data[at:end])
            size, start = _numbers(font[_PRIVATE])
            kinds.append((matrix + b"|" + font.get(_FONT_MATRIX, b""), self.data[start : start + size]))
        return kinds

    def _select(self) -> bytes:
        """The font dictionary of each glyph (section 19)."""
        at, count = _whole(self._top[_FD_SELECT]), len(self)
        if self.data[at] == 0:
            return self.data[at + 1 : at + 1 + count]
        if self.data[at] != 3:
            raise ValueError("font dictionaries are chosen in an unknown way")
        runs = struct.unpack_from(">H", self.data, at + 1)[0]
        found = b""
        for run in range(runs):
            first, kind, end = struct.unpack_from(">HBH", self.data, at + 3 + 3 * run)
            found += bytes([kind]) * (end - first)
        return found


def _index(data: bytes, start: int) -> list[int]:
    """Where the objects of an INDEX (5176, section 5) begin, and where the last ends."""
    count, size = struct.unpack_from(">HB", data, start)
    if not count:
        raise ValueError("an index without objects")
    first = start + 3
    base = first + (count + 1) * size - 1
    return [base + int.from_bytes(data[at : at + size], "big") for at in range(first, base + 1, size)]


def _index_end(data: bytes, start: int) -> int:
    """Where an INDEX ends, which may have no objects."""
    return _index(data, start)[-1] if data[start : start + 2] != b"\0\0" else start + 2


def _dict(data: bytes) -> dict[_Operator, bytes]:
    """The operators of a DICT (5176, section 4), each with its operands as they stand."""
    found: dict[_Operator, bytes] = {}
    at = start = 0
    while at < len(data):
        byte = data[at]
        if byte <= 21:
            found[(12, data[at + 1]) if byte == 12 else byte] = data[start:at]
            at = start = at + (2 if byte == 12 else 1)
        elif byte == 30:  # a real number, in nibbles up to an f
            at += 1
            while data[at] & 15 != 15:
                at += 1
            at += 1
        else:
            at += 3 if byte == 28 else 5 if byte == 29 else 2 if byte >= 247 else 1
    return found


def _numbers(operands: bytes) -> list[int]:
    found, at = list[int](), 0
    while at < len(operands):
        byte = operands[at]
        if byte == 28:
            found.append(struct.unpack_from(">h", operands, at + 1)[0])
            at += 3
        elif byte == 29:
            found.append(struct.unpack_from(">i", operands, at + 1)[0])
            at += 5
        elif byte >= 251:
            found.append(-(byte - 251) * 256 - operands[at + 1] - 108)
            at += 2
        elif byte >= 247:
            found.append((byte - 247) * 256 + operands[at + 1] + 108)
            at += 2
        else:
            found.append(byte - 139)
            at += 1
    return found


def _whole(operands: bytes) -> int:
    return _numbers(operands)[-1]
