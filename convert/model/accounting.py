"""The ledger: what became of every line of the source, and the source rebuilt from that record alone.

convert/README.md, invariant 1: every line that is not empty is accounted for exactly once; ledger and repairs replay
the source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

import msgspec

from .document import Document
from .reading import block_text, plain, walk, walk_inline
from .reasons import RemovalReason
from .types import (
    Block,
    Figure,
    Heading,
    List,
    ListItem,
    Origin,
    PaperElement,
    Paragraph,
    Quote,
    Removed,
    Repair,
    Rule,
    RunIn,
    SourceInfo,
    Table,
)

Kind = Literal[
    "title", "subtitle", "meta", "byline", "salutation", "heading", "paragraph", "list_item", "note", "quote", "table",
    "figure", "caption", "signature", "date", "attachment", "removed",
]  # fmt: skip
_SENTENCE_END = re.compile("[\u3002\uff01\uff1f!?\n]+")
_KIND_OF_ROLE: dict[str, Kind] = {"body": "paragraph", "dateline": "date"}


SURE = 0.45
"""What is less sure is read with doubt.  Of kinds of paper that reading was not fitted on one line in twenty is, and of
these more than a quarter is wrong."""


class LedgerEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of some source lines.  text: as repaired.  lead, trail, sure, why, by_hand: see `Origin`; element:
    see `Paragraph`."""

    lines: tuple[int, int]
    kind: Kind = msgspec.field(name="as")
    text: str = ""
    level: int | None = None
    run_in: str | None = None
    reason: RemovalReason | None = None
    lead: str = ""
    trail: str = ""
    sure: float | None = None
    why: tuple[str, ...] = ()
    by_hand: bool = False
    element: PaperElement | None = None


def ledger(document: Document) -> list[LedgerEntry]:
    """One entry for each block that came from source lines, in source order.  Together they cover every line that
    is not empty, exactly once; a line of white space alone is `removed`."""
    found = list(_entries(document.blocks, None))
    for note in document.notes:
        found.extend(_entries(note.children, "note"))
    return sorted(found, key=lambda entry: entry.lines)


def _entries(blocks: tuple[Block, ...], inside: Kind | None) -> Iterator[LedgerEntry]:
    for block in blocks:
        match block:
            case List():
                for item in block.items:
                    yield from _item_entries(item, inside)
            case Quote():
                yield from _entries(block.children, inside or "quote")
            case Rule():
                pass
            case _:
                if block.origin is not None:
                    yield _entry(block, block.origin, inside)


def _item_entries(item: ListItem, inside: Kind | None) -> Iterator[LedgerEntry]:
    kind = inside or "list_item"
    if item.origin is None:
        yield from _entries(item.children, kind)
        return
    # The item's own line is its marker and its first block; what follows has lines of its own.
    own = "" if item.counted else item.marker
    rest = item.children
    if rest and getattr(rest[0], "origin", None) is None:
        own, rest = own + block_text(rest[0]), rest[1:]
    yield _made(item.origin, kind, own)
    yield from _entries(rest, kind)


def _entry(block: Any, origin: Origin, inside: Kind | None) -> LedgerEntry:
    text = block_text(block)
    match block:
        case Heading():
            return _made(origin, "heading", text, level=block.level, element=block.element)
        case Removed():
            return _made(origin, "removed", text, reason=block.reason)
        case Table():
            return _made(origin, "table", text)
        case Figure():
            return _made(origin, "figure", text)
        case Paragraph():
            kind: Kind = inside or _KIND_OF_ROLE.get(block.role, block.role)  # type: ignore[arg-type]
            leads = [node for node in walk_inline(block.children) if isinstance(node, RunIn)]
            if leads:
                return _made(origin, kind, text, level=leads[0].level, run_in="".join(plain(n.children) for n in leads))
            return _made(origin, kind, text, element=block.element)
    return _made(origin, inside or "paragraph", text)


def _made(origin: Origin, kind: Kind, text: str, **more: Any) -> LedgerEntry:
    place: dict[str, Any] = {"lines": (origin.first, origin.last), "lead": origin.lead, "trail": origin.trail}
    return LedgerEntry(kind=kind, text=text, sure=origin.sure, why=origin.why, by_hand=origin.by_hand, **place, **more)


def left_out(document: Document) -> dict[str, int]:
    """How many sentences of the page are in no edition, by the reason; the most first.  What ends without a mark, such
    as an entry of a menu, counts as one."""
    found: Counter[str] = Counter()
    for block in walk(document.blocks):
        if isinstance(block, Removed):
            found[block.reason] += sum(any(map(str.isalnum, one)) for one in _SENTENCE_END.split(block.text))
    return dict(
        sorted(((reason, count) for reason, count in found.items() if count), key=lambda one: (-one[1], one[0]))
    )


def replay(source: SourceInfo, entries: list[LedgerEntry], repairs: tuple[Repair, ...]) -> str:
    """The decoded source, rebuilt from ledger and repairs alone (convert/README.md, invariant 1), in linear time.

    Raises ValueError where the record does not fit together: a repair outside every entry, an entry whose text
    does not hold what a repair says it put there, lines accounted for twice.
    """
    lines: list[str] = [""] * source.lines
    ends = [source.newline] * source.lines
    taken = bytearray(source.lines + 1)
    by_line: dict[int, list[Repair]] = {}
    for repair in repairs:
        if repair.rule == "line-end":
            ends[repair.line - 1] = repair.before
        else:
            by_line.setdefault(repair.line, []).append(repair)
    for entry in entries:
        first, last = entry.lines
        if not 1 <= first <= last <= source.lines:
            raise ValueError(f"lines {first} to {last} of {source.lines}")
        if any(taken[first : last + 1]):
            raise ValueError(f"lines {first} to {last} are accounted for twice")
        taken[first : last + 1] = b"\1" * (last + 1 - first)
        own = [repair for number in range(first, last + 1) for repair in by_line.pop(number, ())]
        parts = _unrepair(entry, sorted(own, key=lambda repair: (repair.line, repair.column)))
        if len(parts) != last - first + 1:
            raise ValueError(f"lines {first} to {last} come back as {len(parts)} lines")
        lines[first - 1 : last] = parts
    if by_line:
        raise ValueError(f"line {min(by_line)}: a repair outside every entry")
    joined = "".join(line + end for line, end in zip(lines, ends, strict=True))
    return joined if source.final_newline or not lines else joined[: len(joined) - len(ends[-1])]


def _unrepair(entry: LedgerEntry, repairs: list[Repair]) -> list[str]:
    """An entry's source lines: its text with each repair taken back, from left to right."""
    if not repairs:
        return (entry.lead + entry.text + entry.trail).split("\n")
    text = entry.text
    out = [entry.lead]
    at = 0  # offset in `text` of what is not yet taken
    line, column = _moved(entry.lines[0], 1, entry.lead)  # where `at` stands in the source
    for repair in repairs:
        upto = at
        while line < repair.line:
            upto = text.find("\n", upto) + 1
            if not upto:
                raise ValueError(f"line {repair.line}: a repair beyond its entry")
            line, column = line + 1, 1
        upto += repair.column - column
        if upto < at or line > repair.line or not text.startswith(repair.after, upto) or upto > len(text):
            raise ValueError(f"line {repair.line}, column {repair.column}: {repair.after!r} is not there")
        out += text[at:upto], repair.before
        at = upto + len(repair.after)
        line, column = _moved(line, repair.column, repair.before)
    return "".join((*out, text[at:], entry.trail)).split("\n")


def _moved(line: int, column: int, over: str) -> tuple[int, int]:
    """The place in the source after `over`, from the one before it."""
    newline = over.rfind("\n")
    return (line, column + len(over)) if newline < 0 else (line + over.count("\n"), len(over) - newline)
