"""Trees of inlines as text: change them at offsets of their plain text, and cut them in two.

Offsets count over `model.plain`, in which a `Break` is one newline.  Emphasis, links and spans stay around what they
held; a change that begins in one node and ends in another puts its text where it begins.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from ..model import (
    Break,
    Code,
    Emphasis,
    Formula,
    Inline,
    Link,
    NoteRef,
    Picture,
    Ruby,
    RunIn,
    Span,
    Text,
    plain,
)

Inlines = tuple[Inline, ...]


class Edit(NamedTuple):
    """Put `after` in the place of the characters from `start` up to `end`."""

    start: int
    end: int
    after: str


def edited(children: Inlines, edits: Sequence[Edit]) -> Inlines:
    """The inlines with edits made, which are in order and do not overlap; none of them inserts (see `Passage`)."""
    if len(children) == 1 and type(children[0]) is Text:
        text = rewritten(children[0].text, 0, edits)
        return (Text(text),) if text else ()
    out, _ = _edited(children, 0, edits)
    return out


def _edited(children: Inlines, at: int, edits: Sequence[Edit]) -> tuple[Inlines, int]:
    out: list[Inline] = []
    for node in children:
        if isinstance(node, Emphasis | Link | Span | RunIn):
            inner, end = _edited(node.children, at, edits)
            if inner:
                out.append(msgspec.structs.replace(node, children=inner))
            at = end
            continue
        said = plain((node,))
        at, start = at + len(said), at
        text = rewritten(said, start, edits)
        if text == said:
            out.append(node)
        elif text:
            out.append(_with_text(node, text))
    return tuple(out), at


def _with_text(node: Inline, text: str) -> Inline:
    match node:
        case Code():
            return Code(text)
        case Ruby():
            return Ruby(text, node.gloss)
        case NoteRef():
            return NoteRef(node.id, text)
        case Picture():
            return msgspec.structs.replace(node, said=text)
        case Formula():
            return Formula(text, node.mathml)
    return Text(text)


def rewritten(text: str, offset: int, edits: Sequence[Edit]) -> str:
    """`text`, which begins at `offset`, with those of the edits that touch it."""
    parts: list[str] = []
    at = 0
    first = bisect.bisect_right(edits, offset, key=lambda edit: edit.end)
    for position in range(first, len(edits)):
        start, end, after = edits[position]
        start, end = start - offset, end - offset
        if start >= len(text):
            break
        if start >= 0:
            parts += text[at:start], after
        at = min(end, len(text))
    return "".join((*parts, text[at:])) if at else text


def split(children: Inlines, at: int) -> tuple[Inlines, Inlines]:
    """The inlines before and after an offset; a container across it is in both."""
    head: list[Inline] = []
    for position, node in enumerate(children):
        length = len(plain((node,)))
        if length <= at:
            head.append(node)
            at -= length
            continue
        if at <= 0:
            return tuple(head), children[position:]
        if isinstance(node, Emphasis | Link | Span | RunIn):
            left, right = split(node.children, at)
            first: Inline = msgspec.structs.replace(node, children=left)
            second: Inline = msgspec.structs.replace(node, children=right)
        elif isinstance(node, Text):
            first, second = Text(node.text[:at]), Text(node.text[at:])
        else:  # a ruby base, a code or a note's mark is not cut: it goes with what precedes it
            return (*head, node), children[position + 1 :]
        return (*head, first), (second, *children[position + 1 :])
    return tuple(head), ()


def fixed(children: Inlines) -> list[tuple[int, int]]:
    """Where the characters are that repairs of the text leave alone: code, notes' marks, set line breaks, and what
    stands for a picture or a formula."""
    leaves = _leaves(children, 0)
    return [(start, end) for start, end, node in leaves if start < end and not isinstance(node, Text | Ruby)]


def _leaves(children: Inlines, at: int) -> Iterator[tuple[int, int, Inline]]:
    for node in children:
        if isinstance(node, Emphasis | Link | Span | RunIn):
            yield from _leaves(node.children, at)
            at += len(plain(node.children))
        else:
            length = 1 if isinstance(node, Break) else len(plain((node,)))
            yield at, at + length, node
            at += length
