"""Whether the pages of a PDF are painted with plain text and thin lines alone, told by their operators (ISO 32000-2, 8
and 9).

In: the bytes of an edition.  Out: yes, where every stream that any object names as its contents consists of the
operators below and nothing else.  Then all text is black and opaque, filled, upright, not clipped and large enough to
be read, and PDFium need not be asked for the colour, the matrix and the state of each piece.
"""

from __future__ import annotations

import re
import struct

from .objects import Object, Objects, Ref, opened

_NUMBER = rb"-?[0-9.]+"
_PLAIN = re.compile(
    rb"(?:(?:<[0-9a-f]*>Tj|\[(?:<[0-9a-f]*>|" + _NUMBER + rb")*+\]TJ"
    rb"|1 0 0 1 " + _NUMBER + rb" " + _NUMBER + rb" Tm"
    rb"|/F[0-9]+ (?:[3-9]|[1-9][0-9]+)(?:\.[0-9]+)? Tf"  # no less than 3 points
    rb"|/[A-Za-z0-9]+<</MCID [0-9]+>>BDC|/Span<</ActualText<[0-9a-f]*>>>BDC|/Artifact BMC|EMC|BT|ET"
    rb"|[02] Tr|[01](?:\.[0-9]+)? w"  # filled, or filled and stroked with less than 2 points
    rb"|" + _NUMBER + rb" " + _NUMBER + rb" [ml]|(?:" + _NUMBER + rb" ){4}re|S)[ \n]++)*+"
)
_CONTENTS = re.compile(rb"/Contents\s*+(?:([0-9]+)\s+[0-9]+\s+R|(\[[^\]]*\])|[(<])?|/[^\s/<>\[\](){}%]*#")
"""What an object names as its contents: a stream, streams, or the text of a note; or a name that is not spelled out."""
_REFERENCE = re.compile(rb"([0-9]+)\s+[0-9]+\s+R")


def is_plain(edition: bytes) -> bool:
    """False too where the file is built in another way than an edition."""
    try:
        objects = opened(edition)
        named: set[int] = set()
        for _, raw, at in objects.containing(_CONTENTS):
            found = _CONTENTS.match(raw, at)
            if found is None or found[0][-1:] not in b"R](<":
                return False
            named.update(map(int, _REFERENCE.findall(found[0])))
        return all(_is_plain(objects, Ref(number)) for number in named)
    except (ValueError, IndexError, struct.error, RecursionError):
        return False


def _is_plain(objects: Objects, thing: Object) -> bool:
    known = objects.get(thing)
    if isinstance(known, list):
        return all(_is_plain(objects, one) for one in known)
    return isinstance(known, dict) and _PLAIN.fullmatch(objects.stream(thing) + b"\n") is not None
