"""What a text begins with, and which lines belong together -> fields of the model, so that no writer looks for it.

In: blocks with their roles.  Out: the same blocks with ordinal marks, the labels and numbers of attachments, the
numbers of captions, the style of lists, and closing groups.
"""

from __future__ import annotations

from msgspec.structs import replace

from ..cjk.korea import ENCLOSED
from ..model import (
    AttachmentName,
    Block,
    Figure,
    Heading,
    List,
    ListItem,
    Ordinal,
    Paragraph,
    Removed,
    Table,
    item_text,
    map_blocks,
    plain,
)
from ..zh.marks import Mark, mark_of
from ..zh.numbered import attachment_label, caption_number
from ..zh.patterns import pattern

_ENCLOSED = pattern(ENCLOSED)


def found(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks with what was found in them; what was there before is found again."""
    return _grouped(map_blocks(blocks, _found))


def _found(block: Block) -> Block:
    match block:
        case Paragraph() if block.role == "attachment":
            lines = plain(block.children).split("\n")
            return replace(block, names=tuple(_name(line) for line in lines if line))
        case Paragraph() if block.role in ("meta", "signature", "date"):
            return block
        case Paragraph() | Heading():
            text = plain(block.children)
            is_caption = isinstance(block, Paragraph) and block.role == "caption"
            mark = _number(text) if is_caption else _ordinal(mark_of(text))
            return block if mark == block.mark else replace(block, mark=mark)
        case Table() | Figure() if block.caption:
            return replace(block, number=_number(plain(block.caption)))
        case List():
            items = tuple(replace(item, mark=_marker(item)) for item in block.items)
            families = {item.mark.family if item.mark is not None else "" for item in items}
            return replace(block, items=items, style=families.pop() if len(families) == 1 else "")
    return block


def _grouped(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Signatories that follow one another and the date under them, numbered as one closing group."""
    out: list[Block] = []
    count = 0
    signing = False  # whether a date or a further signatory still belongs to the group begun
    for block in blocks:
        if isinstance(block, Paragraph) and block.role in ("signature", "date"):
            count += not signing
            signing = block.role == "signature"
            block = replace(block, closing=count)
        elif not isinstance(block, Removed) and not (isinstance(block, Paragraph) and block.role == "meta"):
            signing = False
        out.append(block)
    return tuple(out)


def _ordinal(mark: Mark | None) -> Ordinal | None:
    return Ordinal(mark.family, mark.path if any(mark.path) else (), mark.end) if mark is not None else None


def _number(caption: str) -> Ordinal | None:
    numbered = caption_number(caption)
    return Ordinal(*numbered) if numbered is not None else None


def _name(line: str) -> AttachmentName:
    label = attachment_label(line)
    korean = _ENCLOSED.match(line)
    end = label.end if label is not None else korean.end() if korean else 0
    mark = _ordinal(mark_of(line[end:]))
    if mark is None and label is not None and label.path:
        mark = Ordinal("label", label.path)
    return AttachmentName(end, mark)


def _marker(item: ListItem) -> Ordinal | None:
    """What the mark of a list item says: a number, or that it is a bullet; nothing where it is neither."""
    length = len(item.marker)
    mark = _ordinal(mark_of(item_text(item))) if item.marker else None
    if mark is not None:
        return replace(mark, length=length)
    return Ordinal("bullet", (), length) if item.marker and not any(map(str.isalnum, item.marker)) else None
