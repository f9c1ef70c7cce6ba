"""Text that passes change, and the record of it: changes made one upon another, kept as one list.

Each change says which characters of the text as it is now stand for which source text; edits of the text as it is now
are composed with the earlier ones, so that the list stays in order and free of overlaps.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..model import Inline, Text, plain
from .context import Spans
from .inlines import Edit, Inlines, edited, fixed


class Change(NamedTuple):
    """The characters `start` to `end` of the current text stand for the source text `before`."""

    start: int
    end: int
    before: str
    rule: str


class Passage:
    """Text that can be changed, with the changes made so far."""

    __slots__ = ("_fixed", "changed", "changes", "children", "code", "text")

    def __init__(self, children: Inlines, code: bool = False) -> None:
        self.children = children
        self.text = plain(children)
        self.changes: list[Change] = []
        self.changed = 0
        self.code = code  # set as typed: only what no writer can write is repaired
        self._fixed: list[tuple[int, int]] | None = None

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
        return True

    def append(self, other: Passage, between: str, after: str, rule: str) -> None:
        """Joins a passage that followed: `between` stood between the two in the source and becomes `after`."""
        start = len(self.text)
        shift = start + len(after)
        self.changes.append(Change(start, shift, between, rule))
        self.changes += [c._replace(start=c.start + shift, end=c.end + shift) for c in other.changes]
        self.children = _merged((*self.children, *((Text(after),) if after else ()), *other.children))
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
    """Earlier changes and new edits of `text` as changes of the text to come; where they overlap they become one."""
    out: list[Change] = []
    shift = 0
    waiting = 0
    for edit in edits:
        while waiting < len(changes) and changes[waiting].end <= edit.start and not _inside(changes[waiting], edit):
            change = changes[waiting]
            out.append(change._replace(start=change.start + shift, end=change.end + shift))
            waiting += 1
        start, end, at = edit.start, edit.end, edit.start
        before: list[str] = []
        while waiting < len(changes) and (changes[waiting].start < edit.end or _inside(changes[waiting], edit)):
            change = changes[waiting]
            start, end = min(start, change.start), max(end, change.end)
            before += text[at : change.start], change.before
            at = change.end
            waiting += 1
        before.append(text[at : edit.end])
        after = text[start : edit.start] + edit.after + text[edit.end : end]
        source = "".join(before)
        if source != after:
            out.append(Change(start + shift, start + shift + len(after), source, rule))
        shift += len(edit.after) - (edit.end - edit.start)
    out += [change._replace(start=change.start + shift, end=change.end + shift) for change in changes[waiting:]]
    return out


def _inside(change: Change, edit: Edit) -> bool:
    """A deletion made earlier stands strictly within the characters of an edit."""
    return edit.start < change.start < edit.end
