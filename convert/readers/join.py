"""Several pages of one article -> one raw document.

In: the raw documents of the pages, in order.  Out: one whose lines are the lines of all, one page after the other, so
that ledger and replay hold over them.  Heads and feet that every page repeats are kept once; the others are `Removed`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

import msgspec

from ..errors import Notice, Said, UsageError
from ..model import (
    Block,
    Document,
    Figure,
    Heading,
    Inline,
    ListItem,
    Media,
    Metadata,
    Note,
    NoteRef,
    Origin,
    Paragraph,
    Picture,
    RemovalReason,
    Removed,
    block_text,
    map_blocks,
    map_inlines,
    map_text,
)

REPEATED: RemovalReason = "repeated on the next page"
"""The reason given for what an earlier page had already."""

_HEAD_ROLES = frozenset(("title", "subtitle", "byline", "dateline", "meta"))
T = TypeVar("T")


def join(documents: Sequence[Document]) -> Document:
    """One document of the pages given.  Raises UsageError where there is none, or their lines end differently."""
    if not documents:
        raise UsageError(Said("nothing-to-join"))
    if len({document.source.newline for document in documents}) > 1:
        raise UsageError(Said("join-line-ends"))
    blocks: list[Block] = []
    notes: list[Note] = []
    media: dict[str, Media] = {}
    notices, repairs = [], []
    lines = 0
    for number, document in enumerate(documents, 1):
        mover = _Mover(lines, number, names_of_media(document, media))
        moved = list(mover.blocks(document.blocks))
        blocks.extend(_without_repeats(blocks, moved))
        notes.extend(Note(mover.note(note.id), note.label, mover.blocks(note.children)) for note in document.notes)
        notices += [
            msgspec.structs.replace(notice, line=notice.line + lines) if notice.line is not None else notice
            for notice in document.notices
        ]
        repairs += [msgspec.structs.replace(repair, line=repair.line + lines) for repair in document.repairs]
        lines += document.source.lines
    titles = list(dict.fromkeys(one.metadata.title for one in documents if one.metadata.title))
    if len(titles) == len(documents) > 1:
        notices.append(Notice.of(Said("join-strangers", titles="; ".join(titles[:3]))))
    first = documents[0].source
    whole = hashlib.sha256("".join(document.source.sha256 for document in documents).encode()).hexdigest()
    source = msgspec.structs.replace(first, sha256=whole, lines=lines, final_newline=documents[-1].source.final_newline)
    return Document(source, _metadata(documents), tuple(blocks), tuple(notes), media, tuple(repairs), tuple(notices))


def signed_before(document: Document, begins: Sequence[int]) -> list[str]:
    """The heads of texts of their own: what a further page begins with, where the page before ends with who signs it.

    document: the pages joined and labelled.  begins: the first line of each further page.
    """
    heads: list[str] = []
    before: Block | None = None
    waiting = sorted(begins)
    for block in document.blocks:
        origin = getattr(block, "origin", None)
        if isinstance(block, Removed) or origin is None:
            continue
        if waiting and origin.first >= waiting[0]:
            waiting = [line for line in waiting if line > origin.first]
            signed = isinstance(before, Paragraph) and before.closing > 0
            if signed and _heads(block):
                heads.append(block_text(block))
        before = block
    return heads


def _heads(block: Block) -> bool:
    """Whether a block is a heading without a number, which no text goes on with."""
    if isinstance(block, Paragraph):
        return block.role == "title" and block.mark is None
    return isinstance(block, Heading) and block.mark is None


def _metadata(documents: Sequence[Document]) -> Metadata:
    """What the first page says; what it does not, the next that does."""
    known = {
        name: next((value for one in documents if (value := getattr(one.metadata, name))), None)
        for name in Metadata.__struct_fields__
        if name != "extra"
    }
    extra = dict.fromkeys(pair for one in documents for pair in one.metadata.extra)
    return Metadata(**known, extra=tuple(extra))


def names_of_media(document: Document, media: dict[str, Media]) -> dict[str, str]:
    """New keys for a page's pictures: each is kept once.  Adds them to `media`."""
    names: dict[str, str] = {}
    for key, picture in document.media.items():
        same = next((known for known, other in media.items() if other.data == picture.data), None)
        if same is None:
            same = f"image{len(media) + 1}.{key.rpartition('.')[2]}"
            media[same] = picture
        names[key] = same
    return names


def _without_repeats(before: list[Block], page: list[Block]) -> list[Block]:
    """A further page with what it repeats of the pages before marked as removed: lines of its head wherever they
    stand, and others at its beginning and its end."""
    if not before:
        return page
    known = {block_text(block) for block in before if not isinstance(block, Removed)} - {""}
    out = [_removed(block) if _is_head(block) and block_text(block) in known else block for block in page]
    for order in (range(len(out)), range(len(out) - 1, -1, -1)):
        for at in order:
            block = out[at]
            if isinstance(block, Removed):
                continue
            if not isinstance(block, Paragraph) or block_text(block) not in known:
                break
            out[at] = _removed(block)
    return out


def _is_head(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role in _HEAD_ROLES


def _removed(block: Block) -> Block:
    assert isinstance(block, Paragraph)
    return Removed(block_text(block), REPEATED, block.origin)


class _Mover:
    """Moves blocks down by some lines, with ids of notes and pictures that are new."""

    def __init__(self, by: int, page: int, media: dict[str, str]) -> None:
        self.by = by
        self.page = page
        self.media = media

    def note(self, id: str) -> str:
        return id if self.page == 1 else f"p{self.page}{id}"

    def blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        return map_blocks(blocks, self._block, self._item)

    def _origin(self, origin: Origin) -> Origin:
        return msgspec.structs.replace(origin, first=origin.first + self.by, last=origin.last + self.by)

    def _item(self, item: ListItem) -> ListItem:
        return msgspec.structs.replace(item, origin=self._origin(item.origin)) if item.origin is not None else item

    def _block(self, block: Block) -> Block:
        if isinstance(block, Figure) and block.media is not None:
            block = msgspec.structs.replace(block, media=self.media[block.media])
        origin = getattr(block, "origin", None)
        if origin is not None:
            block = msgspec.structs.replace(block, origin=self._origin(origin))
        return map_text(block, lambda inlines: map_inlines(inlines, self._inline))

    def _inline(self, node: Inline) -> Inline:
        if isinstance(node, Picture):
            return msgspec.structs.replace(node, media=self.media[node.media])
        return NoteRef(self.note(node.id), node.label) if isinstance(node, NoteRef) else node
