"""The objects of a PDF read from its bytes (ISO 32000-2, 7.3 and 7.5), apart from PDFium and from what wrote them.

In: a file with cross-reference streams, as editions are.  Out: its objects, read when they are asked for.  PDFium tells
what a page says and shows, but neither the widths a font states nor the codes its map of characters has: they are read
here.
"""

from __future__ import annotations

import bisect
import contextlib
import functools
import re
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import deflate

_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_HEAD = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\b")
_STREAM = re.compile(rb"\s*stream\r?\n")
_TOKEN = re.compile(
    rb"[\x00\t\n\f\r ]*(?:%[^\r\n]*[\x00\t\n\f\r ]*)*"
    rb"(?:(?P<ref>(\d+)\s+(\d+)\s+R\b)|(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))|(?P<open><<|\[)|(?P<close>>>|\])"
    rb"|/(?P<name>[^\x00\t\n\f\r ()<>\[\]{}/%]*)|<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<string>\()|(?P<word>[A-Za-z]+))"
)
_ESCAPE = re.compile("#([0-9A-Fa-f]{2})")
_BRACKET = re.compile(rb"[()\\]")
_LARGEST = 2**28
"""Bytes a stream may have when it is unpacked."""


class Ref(NamedTuple):
    """A reference to an object."""

    number: int


class PdfName(str):
    """A name, without its stroke."""

    __slots__ = ()


Object = dict[str, "Object"] | list["Object"] | Ref | PdfName | bytes | int | float | bool | None


class Objects:
    """The objects of a file.

    Raises ValueError, also later, where the file is built in a way that editions are not, or is broken.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        if (end := _END.search(data)) is None or data.count(b"startxref") != 1:
            raise ValueError("its end does not say where its objects are, or it was added to")
        self.trailer, rows = self._stream(int(end[1]))
        widths = self.trailer.get("W")
        if self.trailer.get("Type") != "XRef" or widths != [1, 4, 2] or "Prev" in self.trailer:
            raise ValueError("its table of objects is built in another way than an edition's")
        self._rows = list(struct.iter_unpack(">BIH", rows[: len(rows) // 7 * 7]))
        self._packed: dict[int, tuple[bytes, list[int]]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def containing(self, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, bytes, int]]:
        """Objects in which a pattern is found: their number, their bytes (of a stream those before it), and where in
        them it is."""
        packed: dict[int, dict[int, int]] = {}
        for number, (kind, where, index) in enumerate(self._rows):
            if kind == 2:
                packed.setdefault(where, {})[index] = number
            elif kind == 1:
                head = _HEAD.match(self._data, where)
                if head is None or int(head[1]) != number:
                    raise ValueError(f"object {number} is not where it should be")
                raw = self._data[head.end() : self._data.find(b"stream", head.end())]
                yield from ((number, raw, found.start()) for found in pattern.finditer(raw))
        for where, numbers in packed.items():
            held, places = self._inside(where)
            for found in pattern.finditer(held):
                index = bisect.bisect_right(places, found.start()) - 1
                if index >= 0:
                    start = places[index]
                    yield numbers[index], held[start : places[index + 1]], found.start() - start

    def get(self, thing: Object) -> Object:
        """What a reference leads to; anything else as it is."""
        if not isinstance(thing, Ref):
            return thing
        kind, where, index = self._rows[thing.number]
        if kind == 2:
            held, places = self._inside(where)
            return parsed(held[places[index] : places[index + 1]])
        return self._stream_head(where)[0] if kind == 1 else None

    def dictionary(self, thing: Object) -> dict[str, Object]:
        """A dictionary, or what is before a stream.  Raises ValueError where there is none."""
        found = self.get(thing)
        if not isinstance(found, dict):
            raise ValueError("an object is of another kind than it should be")
        return found

    def stream(self, thing: Object) -> bytes:
        """What a stream holds, unpacked."""
        if not isinstance(thing, Ref) or self._rows[thing.number][0] != 1:
            raise ValueError("a stream is not there")
        return self._stream(self._rows[thing.number][1])[1]

    def place(self, thing: Object) -> tuple[int, int]:
        """Where the bytes of a stream begin and end in the file, packed as they are."""
        if not isinstance(thing, Ref) or self._rows[thing.number][0] != 1:
            raise ValueError("a stream is not there")
        known, start = self._stream_head(self._rows[thing.number][1])
        length = known.get("Length")
        if not isinstance(length, int):
            raise ValueError("the length of a stream is not where it begins")
        return start, start + length

    def _inside(self, number: int) -> tuple[bytes, list[int]]:
        """What an object stream holds, and where its objects begin; at last where they end."""
        if number not in self._packed:
            known, held = self._stream(self._rows[number][1])
            first, count = known.get("First"), known.get("N")
            if known.get("Type") != "ObjStm" or not isinstance(first, int) or not isinstance(count, int):
                raise ValueError("objects are packed in another way than an edition's")
            places = [first + int(one) for one in held[:first].split()[1 : 2 * count : 2]]
            self._packed[number] = held, [*places, len(held)]
        return self._packed[number]

    def _stream_head(self, where: int) -> tuple[dict[str, Object], int]:
        """The dictionary of a stream, and where its bytes begin."""
        if (head := _HEAD.match(self._data, where)) is None:
            raise ValueError(f"there is no object at byte {where}")
        known, at = _parse(self._data, head.end())
        begin = _STREAM.match(self._data, at)
        if not isinstance(known, dict) or begin is None:
            raise ValueError(f"there is no stream at byte {where}")
        return known, begin.end()

    def _stream(self, where: int) -> tuple[dict[str, Object], bytes]:
        """The dictionary of a stream and what it holds."""
        known, start = self._stream_head(where)
        length = known.get("Length")
        if not isinstance(length, int) or known.get("Filter") not in (None, "FlateDecode") or "DecodeParms" in known:
            raise ValueError("a stream is packed in another way than an edition's")
        held = self._data[start : start + length]
        return known, unpacked(held) if "Filter" in known else held


@functools.lru_cache(maxsize=1)
def opened(edition: bytes) -> Objects:
    """The objects of an edition, which more than one check asks for.  Raises ValueError as they do."""
    return Objects(edition)


def unpacked(data: bytes) -> bytes:
    """What was packed with zlib.  Raises ValueError where it is none, or too large."""
    with contextlib.suppress(deflate.DeflateError):  # soon, where it is no larger than most
        return bytes(deflate.zlib_decompress(data, 8 * len(data) + 4096))
    unpacker = zlib.decompressobj()
    try:
        held = unpacker.decompress(data, _LARGEST)
    except zlib.error as error:
        raise ValueError(f"a stream is broken: {error}") from None
    if not unpacker.eof:
        raise ValueError("a stream is too large to be unpacked, or has no end")
    return held


def parsed(data: bytes) -> Object:
    """An object.  Raises ValueError where there is none."""
    return _parse(data, 0)[0]


def _parse(data: bytes, at: int) -> tuple[Object, int]:
    """The object at a place, and where it ends."""
    open_: list[tuple[bytes, list[Object]]] = []
    while True:
        token = _TOKEN.match(data, at)
        if token is None:
            raise ValueError(f"no object can be read at byte {at}")
        at, kind = token.end(), token.lastgroup
        thing: Object
        if kind == "open":
            open_.append((token["open"], []))
            continue
        if kind == "close":
            if not open_:
                raise ValueError("an end without a beginning")
            opening, items = open_.pop()
            thing = items if opening == b"[" else dict(zip(map(str, items[::2]), items[1::2], strict=True))
        elif kind == "string":
            thing, at = _string(data, at)
        else:
            thing = _simple(token)
        if not open_:
            return thing, at
        open_[-1][1].append(thing)


def _simple(token: re.Match[bytes]) -> Object:
    match token.lastgroup:
        case "ref":
            return Ref(int(token["ref"].split()[0]))
        case "number":
            said = token["number"]
            return float(said) if b"." in said else int(said)
        case "name":
            name = token["name"].decode("latin-1")
            return PdfName(_ESCAPE.sub(lambda one: chr(int(one[1], 16)), name) if "#" in name else name)
        case "hex":
            digits = b"".join(token["hex"].split())
            return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
        case _:
            return {b"true": True, b"false": False}.get(token["word"])


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    """A string in parentheses, its escapes left as they are: no text is taken from it."""
    depth, start = 1, at
    while depth:
        found = _BRACKET.search(data, at)
        if found is None:
            raise ValueError("a string has no end")
        at = found.end() + (found[0] == b"\\")
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
    return data[start : at - 1], at
