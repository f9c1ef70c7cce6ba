"""ZIP archives (APPNOTE 6.3.3, as EPUB 3.3 and ISO/IEC 29500-2 ask for) whose bytes do not change from run to run.

In: names and contents, in their order.  Out: the archive.  All is dated 1980-01-01, the first day a ZIP file can tell,
and of one system, wherever it was made.
"""

from __future__ import annotations

import struct
import zlib

import deflate

_LEVEL = 6
"""Of libdeflate: takes half of zlib's time, packs as well, and alike on every machine.  Level 9 gains one part in a
hundred for twice the time, level 3 loses four for a fifth less."""
_VERSION = 20  # for reading: packed by deflate
_UNIX, _PERMISSIONS = 3 << 8, 0o644 << 16
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_DAY = 1 << 5 | 1
NOON = 12 << 11
"""As a ZIP file tells the time: Java takes midnight of that day for a time before it, and supposes further fields."""


class Archive:
    """An archive in the making.  time: of the day that all is dated with."""

    def __init__(self, time: int = 0) -> None:
        self._time = time
        self._parts: list[bytes] = []
        self._directory: list[bytes] = []
        self._size = 0

    def add(self, name: str, data: bytes, *, stored: bool = False) -> None:
        """Adds a file; stored: as it is, for it is packed already or has to be read without unpacking."""
        packed = data if stored else bytes(deflate.deflate_compress(data, _LEVEL))
        path = name.encode()
        method = _STORED if stored else _DEFLATED
        flags = 0 if name.isascii() else _UTF8
        sums = zlib.crc32(data), len(packed), len(data)
        common = struct.pack("<5H3L2H", _VERSION, flags, method, self._time, _DAY, *sums, len(path), 0)
        made, place = struct.pack("<H", _UNIX | _VERSION), struct.pack("<3H2L", 0, 0, 0, _PERMISSIONS, self._size)
        self._directory.append(b"PK\1\2" + made + common + place + path)
        self._parts += (b"PK\3\4" + common, path, packed)
        self._size += 4 + len(common) + len(path) + len(packed)

    def to_bytes(self) -> bytes:
        """The finished archive."""
        directory = b"".join(self._directory)
        count = len(self._directory)
        end = b"PK\5\6" + struct.pack("<4H2LH", 0, 0, count, count, len(directory), self._size, 0)
        return b"".join((*self._parts, directory, end))
