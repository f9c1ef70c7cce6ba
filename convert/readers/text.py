"""Plain text -> a raw document: one paragraph for each line that holds anything.

A line ends at LF, CR LF or CR.  Most lines' way of ending is the document's own (`SourceInfo.newline`); a line that
ends otherwise is a repair of the rule `line-end`.  White space at a line's ends is layout and goes to its `Origin`;
an empty line has no block, a line of white space alone is `Removed`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ..errors import Notice
from ..model import Block, Document, Metadata, Origin, Paragraph, RemovalReason, Removed, Repair, SourceInfo, Text

if TYPE_CHECKING:
    from ..source import Source

BLANK: RemovalReason = "white space"
"""The reason given for a line of white space alone."""

_NOTHING_KNOWN = Metadata()
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|$)")


def read(source: Source) -> Document:
    """The raw document of a text source.  Raises SourceError where the bytes are no text (see `source.decode`)."""
    from ..source import decode

    decoded = decode(source)
    return parse(
        decoded.text,
        name=source.name,
        sha256=source.digest(),
        charset=decoded.charset,
        metadata=Metadata(url=source.url, retrieved=source.fetched),
        notices=tuple(decoded.notices),
    )


def parse(
    text: str,
    *,
    name: str = "",
    sha256: str = "",
    charset: str = "utf-8",
    metadata: Metadata = _NOTHING_KNOWN,
    notices: tuple[Notice, ...] = (),
) -> Document:
    """The raw document of decoded text."""
    lines, ends = _split(text)
    newline = Counter(end for end in ends if end).most_common(1)[0][0] if any(ends) else "\n"
    blocks: list[Block] = []
    repairs: list[Repair] = []
    for number, (line, end) in enumerate(zip(lines, ends, strict=True), 1):
        if end and end != newline:
            repairs.append(Repair("line-end", number, len(line) + 1, end, newline))
        if line:
            blocks.append(_block(number, line))
    info = SourceInfo(name, sha256, "text/plain", charset, len(lines), newline, bool(ends and ends[-1]))
    return Document(info, metadata, tuple(blocks), repairs=tuple(repairs), notices=notices)


def _split(text: str) -> tuple[list[str], list[str]]:
    """Lines without their ends, and the ends; the last end is empty where the text just stops."""
    if "\r" not in text:  # the common case, at C speed
        lines = text.split("\n")
        ends = ["\n"] * (len(lines) - 1)
        return (lines, [*ends, ""]) if lines[-1] else (lines[:-1], ends)
    found = [match.groups() for match in _LINE.finditer(text)]
    found = [(line, end) for line, end in found if line or end]
    return [line for line, _ in found], [end for _, end in found]


def _block(number: int, line: str) -> Block:
    bare = line.lstrip()
    if not bare:
        return Removed("", BLANK, Origin(number, number, lead=line))
    text = bare.rstrip()
    origin = Origin(number, number, line[: len(line) - len(bare)], bare[len(text) :])
    return Paragraph((Text(text),), origin=origin)
