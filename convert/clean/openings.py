"""Lines that a person corrects stand alone: taken out of the list, the quote or the stretch of furniture they are in.

In: a raw document and its corrections.  Out: the document with a plain paragraph of its own for each corrected line,
for which the passes then decide as the person said.  No line is lost: what stood around it stays as it was.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from ..corrections import LineCorrection, Sidecar, begins_with
from ..errors import Said
from ..model import (
    Block,
    Break,
    Document,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Origin,
    Paragraph,
    Preformatted,
    Quote,
    Removed,
    Rule,
    Table,
    Text,
    block_text,
    plain,
)
from .inlines import split

BY_HAND = ("by hand",)
"""The evidence of what a person said."""


def evidence(sidecar: Sidecar) -> tuple[str, ...]:
    """That a person said it; who and when, where the sidecar has that."""
    told = sidecar.corrections.document
    return (*BY_HAND, *([", ".join(filter(None, (told.who, told.when)))] if told.who or told.when else ()))


def opened(document: Document, sidecar: Sidecar | None) -> Document:
    """The document with its corrected lines in blocks of their own.

    Raises SourceError where a line is not there, or does not begin as the correction says.
    """
    wanted = {line.at: line for line in sidecar.corrections.line} if sidecar is not None else {}
    if sidecar is None or not wanted:
        return document
    opener = _Opener(wanted, evidence(sidecar))
    blocks = tuple(itertools.chain.from_iterable(map(opener.block, document.blocks)))
    for at, line in enumerate(sidecar.corrections.line):
        found = opener.seen.get(line.at)
        if found is None or not (found.strip() or line.at in opener.whole):
            raise sidecar.error(Said("correction-no-line", at=line.at, begins=line.begins), "line", at, "at")
        if begins_with(found, line.begins) is None:
            text = found.split("\n")[0]
            raise sidecar.error(
                Said("correction-changed", at=line.at, begins=line.begins, text=text), "line", at, "begins"
            )
        if line.at in opener.whole and line.kind not in (None, "removed"):
            raise sidecar.error(Said("correction-of-table", at=line.at), "line", at, "as")
    return replace(document, blocks=blocks)


class _Opener:
    """seen: the text of each corrected line that was found.  whole: those that are pictures, tables and the like, which
    can only be removed."""

    def __init__(self, wanted: dict[int, LineCorrection], why: tuple[str, ...]) -> None:
        self.wanted = wanted
        self.why = why
        self.seen: dict[int, str] = {}
        self.whole: set[int] = set()

    def block(self, block: Block) -> Iterator[Block]:
        """The blocks that take the place of one."""
        match block:
            case Quote():
                yield from self._quote(block)
            case List():
                yield from self._list(block)
            case Paragraph() | Heading():
                yield from self._line(block)
            case Removed():
                yield from self._removed(block)
            case Figure() | Table() | Preformatted() if block.origin is not None and block.origin.first in self.wanted:
                yield self._whole(block, block.origin)
            case _:
                yield block

    def _inside(self, first: int, last: int) -> list[LineCorrection]:
        return [self.wanted[at] for at in range(first, last + 1) if at in self.wanted]

    # --- Lines ---

    def _line(self, block: Paragraph | Heading) -> Iterator[Block]:
        """A paragraph, cut where corrections begin; what a person says is plain text first."""
        origin = block.origin
        if origin is None or not (found := self._inside(origin.first, origin.last)):
            yield block
            return
        cuts = {line.at for line in found}
        cuts |= {line.at + 1 for line in found if line.at > origin.first and line.decides()}
        rest: tuple[Inline, ...] = block.children
        has_lines = plain(rest).count("\n") == origin.last - origin.first
        begins = sorted(cut for cut in cuts if has_lines and origin.first < cut <= origin.last)
        for first, upto in itertools.pairwise([origin.first, *begins, origin.last + 1]):
            head, rest = _lines_off(rest, upto - first) if upto <= origin.last else (rest, ())
            lead = origin.lead if first == origin.first else ""
            place = Origin(first, upto - 1, lead, origin.trail if upto > origin.last else "")
            line = self.wanted.get(first)
            if line is not None:
                self.seen[first] = plain(head)
            if line is None and first == origin.first:
                yield replace(block, children=head, origin=place)
            else:
                align = block.align if isinstance(block, Paragraph) else None
                role = block.role if isinstance(block, Paragraph) and line and not line.decides() else "body"
                yield Paragraph(head, role, align, place)

    def _removed(self, block: Removed) -> Iterator[Block]:
        """Furniture, with the lines in it that are to be something else as paragraphs."""
        origin = block.origin
        found = self._inside(origin.first, origin.last) if origin is not None else []
        if origin is None or not found:
            yield block
            return
        texts = (origin.lead + block.text + origin.trail).split("\n")
        for line in found:
            self.seen[line.at] = texts[line.at - origin.first]
        given = {line.at: line for line in found if line.decides() and self.seen[line.at].strip()}
        lines = range(origin.first, origin.last + 1)
        for run in _runs([(at, at in given) for at in lines]):
            text = "\n".join(texts[at - origin.first] for at in run)
            bare = text.strip()
            lead = text[: len(text) - len(text.lstrip())] if bare else text
            place = Origin(run[0], run[-1], lead, text[len(lead) + len(bare) :])
            said = given.get(run[0])
            if said is not None and said.kind == "removed":
                yield Removed(bare, "removed by hand", replace(place, sure=1.0, why=self.why, by_hand=True))
            elif said is not None:
                yield Paragraph((Text(bare),), origin=place)
            else:
                yield Removed(bare, block.reason, place)

    def _whole(self, block: Figure | Table | Preformatted, origin: Origin) -> Block:
        line = self.wanted[origin.first]
        text = self.seen[origin.first] = block_text(block)
        if isinstance(block, Preformatted) and line.kind not in (None, "removed"):
            parts = [(Break(), Text(part)) if at else (Text(part),) for at, part in enumerate(text.split("\n"))]
            return Paragraph(tuple(itertools.chain.from_iterable(parts)), origin=origin)
        self.whole.add(origin.first)
        place = replace(origin, sure=1.0, why=self.why, by_hand=True)
        return Removed(text, "removed by hand", place) if line.kind == "removed" else replace(block, origin=place)

    # --- What holds others ---

    def _quote(self, block: Quote) -> Iterator[Block]:
        for touched, children in _grouped([(child, self._touches(child)) for child in block.children]):
            if touched:
                for child in children:
                    yield from self.block(child)
            else:
                yield Quote(tuple(children))

    def _list(self, block: List) -> Iterator[Block]:
        for touched, items in _grouped([(item, self._touches(item)) for item in block.items]):
            if not touched:
                yield replace(block, items=tuple(items))
                continue
            for item in items:
                yield from self._item(block, item)

    def _item(self, whole: List, item: ListItem) -> Iterator[Block]:
        """An item of a list, its own line first, then what is deeper in it."""
        children = list(item.children)
        if item.origin is not None and item.origin.first in self.wanted and children:
            own = children.pop(0)
            inner = own.children if isinstance(own, Paragraph) else (Text(block_text(own)),)
            marked = inner if item.counted or not item.marker else (Text(item.marker), *inner)
            yield from self._line(Paragraph(marked, origin=item.origin))
        else:
            kept = list(itertools.takewhile(lambda child: not self._touches(child), children))
            children = children[len(kept) :]
            if kept:
                yield replace(whole, items=(replace(item, children=tuple(kept)),))
        for child in children:
            yield from self.block(child)

    def _touches(self, part: Block | ListItem) -> bool:
        """Whether it, or what it holds, has a corrected line."""
        origin: Origin | None = getattr(part, "origin", None)
        if origin is not None and self._inside(origin.first, origin.last):
            return True
        inner: Sequence[Any] = getattr(part, "children", ()) if isinstance(part, Quote | ListItem) else ()
        inner = part.items if isinstance(part, List) else inner
        return any(self._touches(one) for one in inner if not isinstance(one, Rule))


def _lines_off(children: tuple[Inline, ...], count: int) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """The first lines of inlines, and what is behind the break that ends them."""
    text = plain(children)
    end = -1
    for _ in range(count):
        end = text.index("\n", end + 1)
    head, rest = split(children, end)
    return head, split(rest, 1)[1]


def _runs(marked: list[tuple[int, bool]]) -> Iterator[list[int]]:
    """Lines that stay together: those that are marked stand alone."""
    run: list[int] = []
    for at, alone in marked:
        if run and alone:
            yield run
            run = []
        run.append(at)
        if alone:
            yield run
            run = []
    if run:
        yield run


def _grouped(parts: list[tuple[Any, bool]]) -> Iterator[tuple[bool, list[Any]]]:
    for touched, group in itertools.groupby(parts, key=lambda part: part[1]):
        yield touched, [part for part, _ in group]
