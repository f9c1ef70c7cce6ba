"""Lines as word processors get them: titles broken, marks before their text, attachments cut by their names."""

from __future__ import annotations

import re

from ...model import Break, Heading, Inline, Paragraph, Text, plain
from ...style import Element
from ...typography.titles import balance
from .measures import Sheet

_CLOSED = re.compile("[.,;:)\\]\u3001\u3002\uff0c\uff0e\uff1a\uff09\u3011\u3015]$")


def broken(
    block: Paragraph | Heading, element: Element, sheet: Sheet, language: str | None
) -> tuple[tuple[Inline, ...], int]:
    """A title with its line ends set (GB/T 9704-2012, 7.3.1), and the number of its lines.

    Only where the whole of it is text: a word that is emphasised or linked keeps the breaks a word processor finds.
    """
    inlines, mark = block.children, block.mark.length if block.mark is not None else 0
    measure = sheet.measure / sheet.em(element) - element.left - element.right
    lines = balance(plain(inlines), measure, language, mark=mark)
    if len(lines) < 2 or not all(isinstance(node, Text | Break) for node in inlines):
        return inlines, max(1, len(lines))
    out: list[Inline] = [Text(lines[0])]
    for line in lines[1:]:
        out += (Break(), Text(line))
    return tuple(out), len(lines)


def spaced(marker: str) -> str:
    """A mark that is text, with a space behind it where it does not close itself."""
    return marker if not marker or _CLOSED.search(marker) else marker + " "


def tabbed(inlines: tuple[Inline, ...], end: int) -> tuple[Inline, ...]:
    """A line whose first `end` characters are its label and number, with a tab for the space behind them."""
    first = inlines[0]
    if not isinstance(first, Text) or len(first.text) < end:
        return inlines
    return (Text(first.text[:end].rstrip() + "\t" + first.text[end:]), *inlines[1:])


def led(marker: str, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A line behind its marker, in one piece where both are plain."""
    if not marker:
        return inlines
    if inlines and isinstance(inlines[0], Text):
        return (Text(marker + inlines[0].text), *inlines[1:])
    return (Text(marker), *inlines)


def lines_of(inlines: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """The inlines cut at the breaks the author set."""
    lines: list[list[Inline]] = [[]]
    for node in inlines:
        if isinstance(node, Break):
            lines.append([])
        else:
            lines[-1].append(node)
    return [tuple(line) for line in lines if line]
