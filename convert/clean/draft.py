"""The draft: a document while the passes work on it, and the record of what they change.

In: a raw `Document`.  Out: the same document with its text repaired and its blocks labelled.  A `Unit` is a block at
the top of the document; a `Passage` is a stretch of text in one, however deep, that can be changed.  Passes see text
as repaired so far; every change is kept with the source text it stands for, so that changes made one upon another
come out as `Repair`s in source coordinates, in one walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from ..cjk.aozora import TypedLine
from ..corrections import LineCorrection, Sidecar
from ..errors import Notice
from ..model import (
    Block,
    Document,
    Figure,
    Heading,
    List,
    Metadata,
    Origin,
    Paragraph,
    Preformatted,
    Quote,
    Removed,
    Repair,
    Table,
    Text,
)
from ..zh.labels import DATE_FIELDS, Pair, value_of
from ..zh.marks import Mark, mark_of
from .edits import Passage
from .places import BREAK, ChangeAt, Locator, Piece, source_changes, source_places

_LINES = (Paragraph, Heading)

DATES = (DATE_FIELDS[0], "bare", *DATE_FIELDS[1:])
"""What says when a page appeared, the one with most right first; `bare`: a date that stands alone."""


class Unit:
    """A block at the top of the document, and what the passes found it to be.

    role: a role of `model.Paragraph`, or `heading`, `item`, `removed`; None where it is not decided, or where the
    block is of a type of its own.  level: of a heading or a run-in heading.  run_in: length of the run-in heading at
    its start.  marker: length of a list item's mark.  lead, trail, first, last, sure, why, by_hand: as in `Origin`.
    hand: what a person said of its first line.  cell: it was a table's.
    """

    __slots__ = (
        "_mark",
        "_marked",
        "block",
        "by_hand",
        "cell",
        "first",
        "hand",
        "last",
        "lead",
        "level",
        "marker",
        "passage",
        "pieces",
        "plain",
        "reason",
        "role",
        "run_in",
        "sure",
        "trail",
        "why",
    )

    def __init__(self, block: Block) -> None:
        origin: Origin | None = getattr(block, "origin", None)
        self.block = block
        self.first, self.last = (origin.first, origin.last) if origin else (0, 0)
        self.lead, self.trail = (origin.lead, origin.trail) if origin else ("", "")
        self.plain = isinstance(block, Paragraph)
        self.passage: Passage | None = None
        self.pieces: list[Piece] = []
        if isinstance(block, _LINES):
            self.passage = Passage(block.children)
            self.pieces.append(self.passage)
        elif not isinstance(block, Removed):
            self.pieces.extend(_pieces(block))
        self._marked = ""
        self._mark: Mark | None = None
        self.hand: LineCorrection | None = None
        self.by_hand = origin is not None and origin.by_hand
        self.role: str | None = None
        self.reason = ""
        self.level = 0
        self.run_in = 0
        self.marker = 0
        self.cell = False
        self.sure: float | None = None
        self.why: tuple[str, ...] = ()
        if isinstance(block, Removed):
            self.role, self.reason = "removed", block.reason
        elif isinstance(block, Heading):
            self.role, self.level = "heading", block.level
        elif isinstance(block, Paragraph) and block.role != "body":
            self.role = block.role

    @property
    def text(self) -> str:
        """The text of a paragraph or heading; empty for a block of another type."""
        return self.passage.text if self.passage is not None else ""

    @property
    def mark(self) -> Mark | None:
        """The ordinal mark the text begins with."""
        text = self.text
        if self._marked != text:
            self._marked, self._mark = text, mark_of(text)
        return self._mark

    @property
    def body(self) -> Passage:
        """The passage of a paragraph or heading."""
        assert self.passage is not None
        return self.passage

    def remove(self, reason: str) -> None:
        """Sets the unit aside as no part of the document.  reason: of the closed set."""
        self.role, self.reason = "removed", reason

    def restore(self) -> None:
        """Takes the changes of its text back, where it is the block it was: what is not printed stays as the page had
        it."""
        block = self.block
        if isinstance(block, _LINES) and block.origin is not None and block.origin.last == self.last:
            self.passage = Passage(block.children)
            self.pieces = [self.passage]


def _pieces(block: Block) -> Iterator[Piece]:
    """A block's text as `model.ledger` will have it: pieces after an `Origin` are that entry's text, in order."""
    if isinstance(block, Removed):
        return
    origin = getattr(block, "origin", None)
    if origin is not None and not isinstance(block, _LINES):
        yield origin
    match block:
        case Paragraph() | Heading():
            yield Passage(block.children)
        case Preformatted():
            yield Passage((Text(block.text),) if block.text else (), code=True)
        case Figure():
            yield Passage(block.caption)
        case Table():
            yield from _table_pieces(block)
        case Quote():
            yield from _joined(block.children)
        case List():
            for position, item in enumerate(block.items):
                if position:
                    yield BREAK
                if item.origin is not None:
                    yield item.origin
                if not item.counted:
                    yield item.marker
                yield from _joined(item.children)


def _joined(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    for position, block in enumerate(blocks):
        if position:
            yield BREAK
        if isinstance(block, _LINES) and block.origin is not None:
            yield block.origin
        yield from _pieces(block)


def _table_pieces(table: Table) -> Iterator[Piece]:
    if table.caption:
        yield Passage(table.caption)
    between = bool(table.caption)
    for row in table.rows:
        for cell in row.cells:
            if between:
                yield BREAK
            between = True
            yield from _joined(cell.children)


class Draft:
    """A document in work.

    Passes label `units`, change passages through `Passage.change`, set `metadata`, and add notices.
    skip: names of passes and repair rules to leave out.  sidecar: what a person says of the document.
    """

    def __init__(self, document: Document, skip: frozenset[str] = frozenset(), sidecar: Sidecar | None = None) -> None:
        self.document = document
        self.skip = skip
        self.sidecar = sidecar
        self.overruled: Metadata | None = None  # what was read where a person says otherwise
        self.metadata: Metadata = document.metadata
        self.units = [Unit(block) for block in document.blocks]
        self.note_pieces = [
            [piece for block in note.children for piece in _note_pieces(block)] for note in document.notes
        ]
        self.notices: list[Notice] = []
        self.typed: dict[int, TypedLine] = {}  # what the notation of a text says of its lines, by their numbers
        self.metadata_sure: dict[str, float] = {}
        self._dated = -1 if document.metadata.published else len(DATES)
        self._listed: list[Passage] | None = None

    def passages(self, *, code: bool = False) -> Iterator[Passage]:
        """Every passage of the text that is printed, in order; with `code` also what is set as typed."""
        if self._listed is None:
            self._listed = list(self._passages())
        return (passage for passage in self._listed if code or not passage.code)

    def unsettled(self, *, code: bool = False) -> Iterator[Passage]:
        """The passages in which the last round of repairs changed something, or which it has not seen."""
        return (passage for passage in self.passages(code=code) if not passage.settled)

    def settle(self) -> None:
        """Says that a round of repairs has ended."""
        for passage in self.passages(code=True):
            passage.settle()

    def relist(self) -> None:
        """Says that units were removed, joined or given back: which passages are printed has changed."""
        self._listed = None

    def _passages(self) -> Iterator[Passage]:
        for unit in self.units:
            if unit.role != "removed":
                for piece in unit.pieces:
                    if isinstance(piece, Passage):
                        yield piece
        for pieces in self.note_pieces:
            for piece in pieces:
                if isinstance(piece, Passage):
                    yield piece

    def know_pair(self, pair: Pair) -> None:
        """Puts what a label says into the metadata: into its field, or under the label where it has none or where the
        field takes another type of value, as a date that the calendar does not have."""
        value = value_of(pair.takes, pair.value)
        if not pair.value or pair.field == "control":
            return
        if pair.field in DATES:
            if value is not None:
                self.know_date(pair.field, value)
            if value is None or pair.field == "written":
                self.know_more(pair.label, pair.value)
        elif pair.field in ("extra", "credit", "original"):
            self.know_more(pair.label, pair.value)
        else:
            self.know(**{pair.field: value})

    def know_date(self, said: str, date: str) -> None:
        """When the page appeared.  said: the field of the label, or `bare`; one with more right takes the place of one
        with less."""
        rank = DATES.index(said)
        if rank < self._dated:
            self._dated = rank
            self.metadata = msgspec.structs.replace(self.metadata, published=date)

    def know_more(self, label: str, value: str) -> None:
        """Adds a pair of the page's own table that has no field."""
        if (label, value) not in self.metadata.extra:
            self.metadata = msgspec.structs.replace(self.metadata, extra=(*self.metadata.extra, (label, value)))

    def join(self, first: Unit, second: Unit, after: str, rule: str) -> bool:
        """Puts a unit behind the one before it, as one paragraph, with the empty lines between them; whether nothing
        else stood there.  after: what takes the place of what was between; a newline is a set break."""
        start, end = self.units.index(first), self.units.index(second)
        empty = [""] * (second.first - first.last - 1)
        for unit in self.units[start + 1 : end]:
            if not isinstance(unit.block, Removed) or unit.block.text or unit.first != unit.last:
                return False
            empty[unit.first - first.last - 1] = unit.lead + unit.trail
        between = first.trail + BREAK + "".join(line + BREAK for line in empty) + second.lead
        first.body.append(second.body, between, after, rule)
        first.last, first.trail = second.last, second.trail
        del self.units[start + 1 : end + 1]
        return True

    def places(self) -> Iterator[tuple[Passage, Locator]]:
        """Every printed passage with a function from an offset in it to line and column in the source."""
        for unit in self.units:
            if unit.role != "removed":
                yield from source_places(unit.pieces, unit.first, unit.lead)
        for pieces in self.note_pieces:
            yield from source_places(pieces, 0, "")

    def know(self, **fields: object) -> None:
        """Sets metadata; what is known already stays."""
        new = {name: value for name, value in fields.items() if value and not getattr(self.metadata, name)}
        if new:
            self.metadata = msgspec.structs.replace(self.metadata, **new)

    @property
    def changed(self) -> int:
        """How often a passage was changed so far."""
        return sum(passage.changed for passage in self.passages(code=True))

    def changes(self) -> Iterator[ChangeAt]:
        """All changes with their places."""
        for unit in self.units:
            if not isinstance(unit.block, Removed):
                yield from source_changes(unit.pieces, unit.first, unit.lead)
        for pieces in self.note_pieces:
            yield from source_changes(pieces, 0, "")

    def repairs(self) -> list[Repair]:
        """All changes in source coordinates, in source order."""
        out = [
            Repair(change.rule, line, column, change.before, passage.text[change.start : change.end])
            for passage, change, line, column in self.changes()
        ]
        return sorted(out, key=lambda repair: (repair.line, repair.column))


def _note_pieces(block: Block) -> Iterator[Piece]:
    origin = getattr(block, "origin", None)
    if isinstance(block, _LINES) and origin is not None:
        yield origin
    yield from _pieces(block)


CleaningStep = Callable[[Draft], None]
