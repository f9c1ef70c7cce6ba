"""XML ids of an edition: those of the document where they are fit to be one, each used once, the same on every run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Document, Heading, Paragraph, RunIn, walk, walk_inline

_XML_ID = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


class Ids:
    """XML ids: those of the document where they are fit to be one, each used once."""

    def __init__(self, document: Document) -> None:
        self._taken: set[str] = set()
        self._anchors: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        for id in _anchors(document):
            if id and id not in self._anchors:
                self._anchors[id] = self._new(id)
        for note in document.notes:
            self._notes[note.id] = self._new(f"note-{note.id}")

    def _new(self, wanted: str) -> str:
        good = wanted if _XML_ID.fullmatch(wanted) else f"id-{len(self._taken) + 1}"
        id, count = good, 1
        while id in self._taken:
            count += 1
            id = f"{good}-{count}"
        self._taken.add(id)
        return id

    def of(self, id: str) -> str:
        """The id in the edition of a heading, run-in heading or note; empty where it has none."""
        return self._anchors.get(id) or self._notes.get(id, "")

    def of_note(self, id: str) -> str:
        """The id in the edition of a note."""
        return self._notes[id]

    def of_reference(self, id: str, count: int) -> str:
        """The id of the reference to a note.  count: which of several, from 1."""
        suffix = f"-{count}" if count > 1 else ""
        return f"ref.{self._notes[id]}{suffix}"


def _anchors(document: Document) -> Iterator[str]:
    bodies = [note.children for note in document.notes]
    for blocks in (document.blocks, *bodies):
        for block in walk(blocks):
            if isinstance(block, Heading):
                yield block.id
            if isinstance(block, Paragraph | Heading):
                yield from (node.id for node in walk_inline(block.children) if isinstance(node, RunIn))
