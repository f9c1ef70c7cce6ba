"""Text that passes change, and the record of it: changes made one upon another, kept as one list.

Each change says which characters of the text as it is now stand for which source text; edits of the text as it is now
are composed with the earlier ones, so that the list stays in order and free of overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..model import Break, Inline, Text, plain
from .context import Spans
from .inlines import Edit, Inlines, edited, fixed


class Change(NamedTuple):
    """The characters `start` to `end` of the current text stand for the source text `before`."""

    start: int
    end: int
    before: str
    rule: str


class Passage:
    """Text that can be changed, with the changes made so far.

    settled: a whole round of repairs found nothing in it, so that what looks at one passage alone finds nothing again.
    """

    __slots__ = ("_counted", "_fixed", "changed", "changes", "children", "code", "settled", "text")

    def __init__(self, children: Inlines, code: bool = False) -> None:
        self.children = children
        self.text = plain(children)
        self.changes: list[Change] = []
        self.changed = 0
        self.code = code  # set as typed: only what no writer can write is repaired
        self.settled = False
        self._counted = 0  # what `changed` was when the last round ended
        self._fixed: list[tuple[int, int]] | None = None

    def settle(self) -> None:
        """Says that a round of repairs has ended."""
        self.settled = self.changed == self._counted
        self._counted = self.changed

    @property
    def fixed(self) -> list[tuple[int, int]]:
        """Offsets that hold code, notes' marks and set breaks, which are not to be changed."""
        if self._fixed is None:
            simple = len(self.children) == 1 and type(self.children[0]) is Text
            self._fixed = [] if simple else fixed(self.children)
        return self._fixed

    def change(self, rule: str, edits: Iterable[Edit], *, force: bool = False) -> bool:
        """Makes edits of one rule, in order and not overlapping; whether any was made.

        Edits that change nothing and, without `force`, edits that touch what is fixed, are left out.
        """
        text = self.text
        kept = [edit for edit in edits if text[edit.start : edit.end] != edit.after]
        if self.fixed and not force:
            fixed = Spans(self.fixed)
            kept = [edit for edit in kept if not fixed.touch(edit.start, edit.end)]
        if not kept:
            return False
        self.changes = _composed(text, self.changes, kept, rule)
        self.children = edited(self.children, kept)
        self.text = plain(self.children)
        self._fixed = None
        self.changed += 1
        self.settled = False
        return True

    def mark(self, children: Inlines) -> None:
        """Takes inlines of the same text in the place of those there are."""
        assert plain(children) == self.text
        self.children = children
        self._fixed = None

    def append(self, other: Passage, between: str, after: str, rule: str) -> None:
        """Joins a passage that followed: `between` stood between the two in the source and becomes `after`,
        a newline a set break."""
        self._counted, self.settled = -1, False  # no round has seen this text as it is now
        start = len(self.text)
        shift = start + len(after)
        if between != after:
            self.changes.append(Change(start, shift, between, rule))
        self.changes += [c._replace(start=c.start + shift, end=c.end + shift) for c in other.changes]
        inner: Inlines = (Break(),) if after == "\n" else (Text(after),) if after else ()
        self.children = _merged((*self.children, *inner, *other.children))
        self.text = plain(self.children)
        self._fixed = None


def _merged(children: Inlines) -> Inlines:
    """Neighbouring texts as one, so that plain text stays a single node."""
    out: list[Inline] = []
    for node in children:
        if isinstance(node, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + node.text)
        else:
            out.append(node)
    return tuple(out)


def _composed(text: str, changes: list[Change], edits: list[Edit], rule: str) -> list[Change]:
    """Earlier changes and new edits of `text` as changes of the text to come; those that overlap become one."""
    out: list[Change] = []
    shift = 0
    for group in _groups(sorted([*changes, *edits], key=lambda item: (item.start, item.end, isinstance(item, Edit)))):
        start, end = group[0].start, max(item.end for item in group)
        old = [item for item in group if isinstance(item, Change)]
        new = [item for item in group if isinstance(item, Edit)]
        if new:
            source = _replaced(text, start, end, [(change.start, change.end, change.before) for change in old])
            after = _replaced(text, start, end, [(edit.start, edit.end, edit.after) for edit in new])
            if source != after:
                out.append(Change(start + shift, start + shift + len(after), source, rule))
            shift += len(after) - (end - start)
        else:
            out += [change._replace(start=change.start + shift, end=change.end + shift) for change in old]
    return out


def _groups(items: list[Change | Edit]) -> Iterator[list[Change | Edit]]:
    """Neighbours that overlap, together; what only touches, or deletes at a border, stays apart."""
    group: list[Change | Edit] = []
    end = 0
    for item in items:
        if group and item.start < end and (item.end > group[0].start):
            group.append(item)
        else:
            if group:
                yield group
            group = [item]
        end = max(end, item.end) if len(group) > 1 else item.end
    if group:
        yield group


def _replaced(text: str, start: int, end: int, parts: list[tuple[int, int, str]]) -> str:
    """The characters from start to end with some of them replaced."""
    out: list[str] = []
    at = start
    for first, last, new in parts:
        out += text[at:first], new
        at = last
    return "".join((*out, text[at:end]))
