"""The document as a whole: its parts, what it says, and its outline."""

from __future__ import annotations

import msgspec

from ..errors import Notice
from .mapping import printed
from .reading import block_text, one_line, plain, walk, walk_inline
from .types import Attachment, Block, Heading, Media, Metadata, Note, Paragraph, Repair, RunIn, SourceInfo


class Document(msgspec.Struct, frozen=True, omit_defaults=True):
    """attachments: files that editions embed where their style wants it; no part of what `to_json` gives.
    metadata_sure: for a field of `metadata` how likely it is right, 0 to 1; empty where it was not weighed.
    metadata_by_hand: the fields that a person set or cleared."""

    source: SourceInfo
    metadata: Metadata = Metadata()
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    media: dict[str, Media] = {}
    repairs: tuple[Repair, ...] = ()
    notices: tuple[Notice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    metadata_sure: dict[str, float] = {}
    metadata_by_hand: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """What it says, a line for each of its blocks, then its notes: without what was removed and what became
        metadata, and without the source note that editions add."""
        blocks = (*self.blocks, *(block for note in self.notes for block in note.children))
        return "\n".join(filter(None, map(block_text, printed(blocks))))


class OutlineEntry(msgspec.Struct, frozen=True):
    """An entry of the outline: nav, bookmarks and contents are made from these and from nothing else."""

    level: int
    id: str
    text: str
    run_in: bool = False


def outline(document: Document, *, run_in: bool = False, depth: int = 9) -> list[OutlineEntry]:
    """Headings in order, down to level `depth`; with `run_in` also run-in headings."""
    entries: list[OutlineEntry] = []
    for block in walk(document.blocks):
        if isinstance(block, Heading) and block.level <= depth:
            entries.append(OutlineEntry(block.level, block.id, one_line(plain(block.children))))
        elif run_in and isinstance(block, Paragraph):
            for node in walk_inline(block.children):
                if isinstance(node, RunIn) and node.id and node.level <= depth:
                    entries.append(OutlineEntry(node.level, node.id, one_line(plain(node.children)), True))
    return entries
