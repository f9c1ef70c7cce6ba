"""Faults planted into finished editions: what a reader would see is not the text, and what the file says is.

In: the bytes of an edition as they are published.  Out: bytes that hold the same text to every reader of text, drawn
otherwise.  PDF files are put together again as the writer does, so that nothing but the fault tells them apart.
"""

from __future__ import annotations

import io
import itertools
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from convert.verify import cff
from convert.verify.objects import Objects, Ref

_LENGTH = re.compile(rb"/Length (\d+)")


class File:
    """A PDF of ours taken apart into its objects, and put together again."""

    def __init__(self, edition: bytes) -> None:
        objects = Objects(edition)
        self.trailer = objects.trailer
        self.plain: dict[int, bytes] = {}
        self.streams: dict[int, tuple[bytes, bytes]] = {}
        for number, (kind, where, index) in enumerate(objects._rows):
            if kind == 2:
                held, places = objects._inside(where)
                self.plain[number] = held[places[index] : places[index + 1]].strip()
            elif kind == 1:
                known = objects._stream(where)[0]
                if known.get("Type") not in ("ObjStm", "XRef"):
                    head = edition[edition.index(b"obj", where) + 3 : edition.index(b"stream", where)].strip()
                    self.streams[number] = head, objects._stream(where)[1]

    def of_kind(self, pattern: bytes) -> list[int]:
        """Numbers of the streams whose dictionary holds something, in order."""
        return [number for number, (head, _) in self.streams.items() if re.search(pattern, head)]

    def pages(self) -> list[int]:
        """Numbers of the streams that pages are painted with, in order."""
        found = [re.search(rb"/Contents (\d+) 0 R", body) for body in self.plain.values()]
        return [int(one[1]) for one in found if one]

    def fonts(self) -> list[int]:
        """Numbers of the streams with font programs, the largest first."""
        return sorted(self.of_kind(rb"CIDFontType0C|/Length1"), key=lambda one: -len(self.streams[one][1]))

    def change(self, number: int, change: Callable[[bytes], bytes]) -> None:
        head, data = self.streams[number]
        changed = change(data)
        assert changed != data, "nothing was planted"
        self.streams[number] = head, changed

    def to_bytes(self) -> bytes:
        """The file, objects and table packed as the writer does."""
        out, rows = bytearray(b"%PDF-1.7\n%\xe4\xb8\xad\xe6\x96\x87\n"), {0: (0, 0, 65535)}
        last = max((*self.plain, *self.streams))
        for number, (head, data) in self.streams.items():
            packed = zlib.compress(data) if b"FlateDecode" in head else data
            rows[number] = 1, len(out), 0
            head = _LENGTH.sub(b"/Length %d" % len(packed), head)
            out += b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, head, packed)
        bodies, heads, offset = [], [], 0
        for index, (number, body) in enumerate(self.plain.items()):
            rows[number] = 2, last + 1, index
            heads.append(b"%d %d" % (number, offset))
            bodies.append(body)
            offset += len(body) + 1
        first = b" ".join(heads) + b"\n"
        rows[last + 1] = 1, len(out), 0
        out += _stream(last + 1, b"/Type/ObjStm/N %d/First %d" % (len(bodies), len(first)), first + b"\n".join(bodies))
        rows[last + 2], start = (1, len(out), 0), len(out)
        table = b"".join(struct.pack(">BIH", *rows.get(number, (0, 0, 0))) for number in range(last + 3))
        root, info = self.trailer["Root"], self.trailer["Info"]
        assert isinstance(root, Ref)
        assert isinstance(info, Ref)
        entries = b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R" % (last + 3, root.number, info.number)
        out += _stream(last + 2, entries, table) + b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)


def _stream(number: int, entries: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data)
    head = b"<<%s/Filter/FlateDecode/Length %d>>" % (entries, len(packed))
    return b"%d 0 obj\n%sstream\n%s\nendstream\nendobj\n" % (number, head, packed)


# --- Glyphs of a PDF's font --------------------------------------------------------------------------------------


def with_outlines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    """A change of a CFF table: its charstrings, and everything else as it was."""

    def changed(font: bytes) -> bytes:
        table = cff.CompactFont(font)
        outlines = change(table.outlines)
        start, end, size = table._start, table._places[-1], font[table._start + 2]
        ends, offset = [(1).to_bytes(size, "big")], 1
        for outline in outlines:
            offset += len(outline)
            ends.append(offset.to_bytes(size, "big"))
        index = struct.pack(">HB", len(outlines), size) + b"".join((*ends, *outlines))
        grown = len(index) - (end - start)
        out = font[:start] + index + font[end:]
        return _moved(out, cff._FD_ARRAY, grown, table) if grown else out

    return changed


def _moved(font: bytes, operator: tuple[int, int], grown: int, table: cff.Table) -> bytes:
    """The table with what lies behind the charstrings found where it is now: font dictionaries and private ones."""
    (place,) = cff._numbers(table._top[operator])
    out = font.replace(table._top[operator], b"\x1d" + struct.pack(">i", place + grown), 1)
    places = cff._index(table.data, place)
    for at, end in itertools.pairwise(places):
        operands = cff._dict(table.data[at:end])[cff._PRIVATE]
        size, start = cff._numbers(operands)
        moved = b"\x1d" + struct.pack(">i", size) + b"\x1d" + struct.pack(">i", start + grown)
        head, tail = out[: at + grown], out[at + grown :]
        out = head + tail.replace(operands, moved, 1)
    return out


def rotated(outlines: list[bytes]) -> list[bytes]:
    """Each glyph has the outline of its neighbour; the first, which stands for what is not there, is left."""
    return [outlines[0], *outlines[2:], outlines[1]]


def swapped(outlines: list[bytes]) -> list[bytes]:
    """The first two glyphs have each other's outlines."""
    return [outlines[0], outlines[2], outlines[1], *outlines[3:]]


def emptied(outlines: list[bytes]) -> list[bytes]:
    """The last glyph draws nothing."""
    return [*outlines[:-1], b"\x0e"]


def shifted(outlines: list[bytes]) -> list[bytes]:
    """The last glyph lies 200 units to the right: 200 hmoveto before all it does."""
    return [*outlines[:-1], b"\x1c\x00\xc8\x16" + outlines[-1]]


def in_table(tag: bytes, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """A change of a table of a font file, which is as long as before."""

    def changed(font: bytes) -> bytes:
        for at in range(12, 12 + 16 * int.from_bytes(font[4:6], "big"), 16):
            name, _, offset, length = struct.unpack_from(">4sIII", font, at)
            if name == tag:
                table = change(font[offset : offset + length])
                assert len(table) == length
                return font[:offset] + table + font[offset + length :]
        raise AssertionError(f"there is no table {tag!r}")

    return changed


# --- Packages ----------------------------------------------------------------------------------------------------


def repacked(edition: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A package whose files are changed, in the same order and packed the same way."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(edition)) as old, zipfile.ZipFile(out, "w") as new:
        same = True
        for info in old.infolist():
            data = old.read(info)
            changed = change(info.filename, data)
            same &= changed == data
            new.writestr(info, changed, info.compress_type)
    assert not same, "nothing was planted"
    return out.getvalue()
