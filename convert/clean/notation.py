"""Texts typed in the notation of Aozora Bunko: ruby, emphasis and headings as their notes say.

In: a plain text in Japanese.  Out: the same lines without the notation, each change on record, and for a text of the
library what each line is: its title and writers, the key to the notation, the text, and who made the file.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from msgspec.structs import replace

from ..cjk import aozora
from ..cjk.aozora import TypedEmphasis, TypedKind, TypedLine, TypedMark
from ..model import Emphasis, Inline, Paragraph, Ruby, Text
from . import limits
from .draft import Draft, Unit
from .inlines import Edit

RULE = "notation"


def notation(draft: Draft) -> None:
    """Drops the notation and keeps what it says: `所々` U+FF5C `丹塗` U+300A `にぬり` U+300B -> ruby."""
    if draft.document.source.media_type != "text/plain" or not (draft.metadata.language or "").startswith("ja"):
        return
    units = [unit for unit in draft.units if unit.plain and unit.text]
    front, key, colophon = _parts(units)
    known = key > 0 or colophon < len(units)
    open_marks: dict[TypedKind, str] = {}
    for at, unit in enumerate(units):
        if unit.first in draft.typed:
            continue  # read in an earlier round
        if front <= at < key:
            said = TypedLine("key")
        elif at >= colophon:
            said = TypedLine("colophon")
        else:
            said = _typed(unit, open_marks, known)
        if known:
            draft.typed[unit.first] = said if at >= front else _above(units[:front], at)


def _typed(unit: Unit, open_marks: dict[TypedKind, str], known: bool) -> TypedLine:
    read = aozora.typed(unit.text, open_marks, noted=known)
    if read.edits:
        unit.body.change(RULE, [Edit(*edit) for edit in read.edits])
    if read.marks and len(unit.body.children) == 1:
        unit.body.mark(_inlines(read.text, read.marks))
    if read.right and isinstance(unit.block, Paragraph):
        unit.block = replace(unit.block, align="right")
    for mark in read.marks:
        if mark.kind == "heading" or (mark.kind == "lead" and mark.start == 0):
            return TypedLine("heading", int(mark.said), mark.end if mark.kind == "lead" else 0)
    return TypedLine("text")


def _above(front: Sequence[Unit], at: int) -> TypedLine:
    """A line above the key: the title, its further lines, who wrote it and who put it into Japanese."""
    if at == 0:
        return TypedLine("title")
    rest = front[at:]
    writers = len(rest) == 1 or aozora.TRANSLATOR.match(front[at].text) or aozora.TRANSLATOR.match(rest[1].text)
    return TypedLine("byline" if writers else "subtitle")


def _parts(units: Sequence[Unit]) -> tuple[int, int, int]:
    """Where the key above the text begins and ends, 0 where there is none, and where the colophon below it begins."""
    texts = [unit.text for unit in units[: limits.FRONT_LINES]]
    fences = [at for at, text in enumerate(texts) if aozora.FENCE.match(text)]
    named = next((at for at, text in enumerate(texts) if aozora.KEY.match(text)), len(texts))
    begin = next((at for at in fences if at < named), 0)
    end = next((at + 1 for at in fences if at > named and begin), 0)
    below = range(max(end, len(units) - limits.FRONT_LINES), len(units))
    colophon = next((at for at in below if aozora.COLOPHON.match(units[at].text)), len(units))
    if not end and not any(aozora.LIBRARY.search(units[at].text) for at in range(colophon, len(units))):
        return 0, 0, len(units)
    if not end:
        begin = end = _head(units, colophon)
    return begin, end, colophon


def _head(units: Sequence[Unit], colophon: int) -> int:
    """Lines above the first empty one, where a text without a key has its title and writer."""
    return next((at for at in range(1, min(5, colophon)) if units[at].first > units[at - 1].last + 1), 0)


def _inlines(text: str, marks: Sequence[TypedMark]) -> tuple[Inline, ...]:
    """The text as inlines: readings as ruby, and emphasis around them, whole where it covers a part of one."""
    ruby = {mark.start: mark for mark in marks if mark.kind == "ruby"}
    kinds: list[tuple[TypedEmphasis, ...]] = [()] * len(text)
    for mark in marks:
        if mark.kind != "ruby" and mark.kind != "heading" and mark.kind != "lead":
            for at in range(mark.start, mark.end):
                kinds[at] = (*kinds[at], mark.kind) if mark.kind not in kinds[at] else kinds[at]
    pieces: list[tuple[tuple[TypedEmphasis, ...], Inline]] = []
    at = 0
    while at < len(text):
        read = ruby.get(at)
        end = read.end if read is not None else at + 1
        pieces.append((kinds[at], Ruby(text[at:end], read.said) if read is not None else Text(text[at:end])))
        at = end
    out: list[Inline] = []
    for kind, group in itertools.groupby(pieces, key=lambda piece: piece[0]):
        run: tuple[Inline, ...] = tuple(_joined([piece for _, piece in group]))
        for one in reversed(kind):
            run = (Emphasis(run, one),)
        out += run
    return tuple(out)


def _joined(run: Sequence[Inline]) -> list[Inline]:
    """Characters side by side as one text."""
    out: list[Inline] = []
    for is_text, group in itertools.groupby(run, key=lambda piece: isinstance(piece, Text)):
        pieces = list(group)
        out += [Text("".join(piece.text for piece in pieces if isinstance(piece, Text)))] if is_text else pieces
    return out
