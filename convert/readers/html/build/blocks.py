"""Leaves and what was found out about them -> the blocks of a document, each with the visible lines it came from.

Every leaf gives lines, in document order, whatever becomes of it: a kept one a block of the article, a line that says
when and by whom a `meta` paragraph, any other a `Removed`.  A picture without a caption has one empty line, a cell
of a table at least one.  Lists, quotes and tables of data keep their structure; layout tables are only their text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from msgspec.structs import replace

from ....errors import Notice, Said
from ....model import (
    Block,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Note,
    Origin,
    Paragraph,
    Preformatted,
    Quote,
    RemovalReason,
    Removed,
    Rule,
    Table,
    block_text,
    map_blocks,
)
from ....zh.captions import AFTER_FILE, BEFORE_FILE
from ..sight.dom import HtmlElement
from ..sight.grid import grid_of
from ..sight.pictures import said_by, size_of
from ..sight.runs import BREAK, HEADINGS, EmphasisKind, Leaf, RunFormat, TextRun, cut_runs, trim
from ..sight.styles import alignment
from ..thresholds import LONGEST_HEADING, MAX_NESTING, SMALL_PICTURE
from .inlines import InlineMaker
from .leafroles import LeafRoles
from .lists import marks_of
from .media import LoadedPicture, PictureReader
from .notes import NoteFinder
from .tables import make_table


class BlockBuilder:
    """Builds the blocks.  lines: the page's visible lines so far, as `SourceInfo.lines` counts them."""

    def __init__(
        self,
        leaves: list[Leaf],
        region: HtmlElement,
        labels: LeafRoles,
        inlines: InlineMaker,
        pictures: PictureReader,
        notes: NoteFinder,
    ) -> None:
        self.leaves = leaves
        self.region = region
        self.labels = labels
        self.inlines = inlines
        inlines.picture = self._in_line
        self.pictures = pictures
        self.notes = notes
        self.lines: list[str] = []
        self.notices: list[Notice] = []
        self.made_notes: dict[str, Note] = {}
        self.levels = self._levels()

    # --- The whole page ---

    def build(self) -> list[Block]:
        """The blocks of all leaves, in document order."""
        blocks: list[Block] = []
        captions = set(self.labels.captions.values())
        left_out: list[Leaf] = []  # leaves left out one after the other for one reason
        why = ""
        kept, roles = self.labels.kept, self.labels.roles
        index = 0
        while index < len(self.leaves):
            leaf = self.leaves[index]
            if index in captions:
                index += 1
                continue
            if index not in kept and index not in roles:
                if leaf.kind in ("text", "pre"):
                    reason = self._reason(leaf)
                    if left_out and reason != why:
                        blocks.append(self._removed(left_out))
                        left_out = []
                    left_out.append(leaf)
                    why = reason
                index += 1
                continue
            if left_out:
                blocks.append(self._removed(left_out))
                left_out = []
            structure = self._structure(leaf)
            if structure is not None:
                blocks.extend(self._made(structure))
                index = structure.span[1]
            else:
                if (made := self._block(leaf)) is not None:
                    blocks.append(made)
                index += 1
        if left_out:
            blocks.append(self._removed(left_out))
        return _without_idle_rules(blocks)

    def _structure(self, leaf: Leaf) -> HtmlElement | None:
        """The outermost list, quote or table of data in the article that begins with this leaf."""
        found = None
        if leaf.index in self.labels.kept:
            for node in leaf.node.up():
                if node is self.region:
                    break
                if self._is_structure(node, leaf) and self._whole(node):
                    found = node
        return found

    def _whole(self, node: HtmlElement) -> bool:
        """Whether everything in an element that can be seen belongs to the article, without a role or a note's body."""
        for index in range(*node.span):
            leaf = self.leaves[index]
            if leaf.hidden is None and (index not in self.labels.kept or index in self.labels.roles):
                return False
            if index in self.notes.of_leaf:
                return False
        if node.tag in ("ul", "ol"):
            return _covered(node, _entries(node))
        return True

    def _made(self, node: HtmlElement) -> Iterator[Block]:
        if node.tag == "table":
            made: list[Block] = [self._table(node)]
        elif node.tag == "blockquote":
            made = [Quote(tuple(self._inside(node, 1)))]
        else:
            made = [self._list(node, 0)]
        yield from made
        for index in range(*node.span):
            if self.leaves[index].hidden is not None and self.leaves[index].kind in ("text", "pre"):
                yield self._removed([self.leaves[index]])

    def _inside(self, node: HtmlElement, depth: int) -> Iterator[Block]:
        """The blocks of an element inside a structure."""
        captions = set(self.labels.captions.values())
        index = node.span[0]
        while index < node.span[1]:
            leaf = self.leaves[index]
            inner = self._inner(leaf, node) if depth < MAX_NESTING else None
            if leaf.hidden is not None or index in captions:
                index += 1
            elif inner is not None:
                if inner.tag == "table":
                    yield self._table(inner)
                elif inner.tag == "blockquote":
                    yield Quote(tuple(self._inside(inner, depth + 1)))
                else:
                    yield self._list(inner, depth)
                index = inner.span[1]
            else:
                if (made := self._block(leaf)) is not None:
                    yield made
                index += 1

    def _inner(self, leaf: Leaf, outer: HtmlElement) -> HtmlElement | None:
        found = None
        for node in leaf.node.up():
            if node is outer:
                break
            if self._is_structure(node, leaf) and self._whole(node):
                found = node
        return found

    @staticmethod
    def _is_structure(node: HtmlElement, leaf: Leaf) -> bool:
        if node.tag not in ("ul", "ol", "blockquote", "table") or node.span[0] != leaf.index:
            return False
        return node.tag != "table" or grid_of(node) is not None

    # --- Lines ---

    def _origin(self, text: str, lead: str = "", trail: str = "") -> Origin:
        first = len(self.lines) + 1
        self.lines.extend((lead + text + trail).split("\n"))
        return Origin(first, len(self.lines), lead, trail)

    def _block(self, leaf: Leaf) -> Block | None:
        if leaf.index in self.labels.kept:
            return self._kept(leaf)
        if leaf.kind == "text" and leaf.index in self.labels.roles:
            return self._paragraph(leaf)
        return self._removed([leaf]) if leaf.kind in ("text", "pre") else None

    def _reason(self, leaf: Leaf) -> str:
        return self.labels.reasons.get(leaf.index) or leaf.hidden or "outside the article"

    def _removed(self, left_out: list[Leaf]) -> Removed:
        """Leaves in a row that are left out for one reason."""
        whole = "\n".join(leaf.lead + leaf.text + leaf.trail for leaf in left_out)
        lead, trail = left_out[0].lead, left_out[-1].trail
        text = whole[len(lead) : len(whole) - len(trail)]
        return Removed(text, cast("RemovalReason", self._reason(left_out[0])), self._origin(text, lead, trail))

    def _kept(self, leaf: Leaf) -> Block | None:
        if leaf.kind == "image":
            return self._figure(leaf)
        if leaf.kind == "rule":
            return Rule()
        if leaf.kind == "pre":
            return Preformatted(leaf.text, origin=self._origin(leaf.text))
        note = self.notes.of_leaf.get(leaf.index)
        if note is not None:
            self._note(note, leaf)
            return None
        level = self._level(leaf)
        if level and leaf.index not in self.labels.roles:
            children = self.inlines.make(_unstyled(leaf.runs))
            return Heading(level, children, origin=self._origin(leaf.text, leaf.lead, leaf.trail))
        return self._paragraph(leaf)

    def _paragraph(self, leaf: Leaf) -> Paragraph:
        role = self.labels.roles.get(leaf.index, "body")
        if role == "body" and leaf.linked:
            _without_counter(leaf)
        align = alignment(leaf.node, self.region) if role == "body" else None
        origin = self._origin(leaf.text, leaf.lead, leaf.trail)
        runs = leaf.runs if role == "body" else _unstyled(leaf.runs)
        return Paragraph(self.inlines.make(runs), role, align, origin)

    def _figure(self, leaf: Leaf) -> Figure:
        assert leaf.image is not None
        key, picture = self.pictures.add(leaf.image)
        caption = self.leaves[self.labels.captions[leaf.index]] if leaf.index in self.labels.captions else None
        origin = self._origin(*((caption.text, caption.lead, caption.trail) if caption is not None else ("",)))
        if key is None:
            self._missing(picture, origin.first)
        alt = " ".join(leaf.image.get("alt").split())
        said = self.inlines.make(_unstyled(caption.runs)) if caption is not None else ()
        width, height = (size if size and size > SMALL_PICTURE / 2 else None for size in size_of(leaf.image))
        return Figure(key, alt, said, origin, width=width, height=height)

    def _in_line(self, image: HtmlElement) -> str | None:
        """The key of a picture inside a line; a notice where there is none and nothing stands for it."""
        key, picture = self.pictures.add(image)
        if key is None and not said_by(image):
            self._missing(picture, len(self.lines))
        return key

    def _missing(self, picture: LoadedPicture, line: int) -> None:
        address = picture.address if len(picture.address) < 200 else picture.address[:200] + "..."
        self.notices.append(Notice.of(Said("missing-picture", address=address, reason=picture.reason), line))

    def _note(self, note: str, leaf: Leaf) -> None:
        """A line of a note's body; its mark and its way back are the line's ends, not its text."""
        label, start, end = self.notes.body(note, leaf)
        runs = cut_runs(leaf.runs, start, end)
        origin = self._origin(leaf.text[start:end], leaf.lead + leaf.text[:start], leaf.text[end:] + leaf.trail)
        block = Paragraph(self.inlines.make(runs), origin=origin)
        before = self.made_notes.get(note)
        children = (*before.children, block) if before else (block,)
        self.made_notes[note] = Note(note, label, children)

    # --- Headings ---

    def _levels(self) -> dict[str, int]:
        """The rank of each heading tag of the article: the highest that occurs is 1."""
        used = {tag for index in self.labels.kept if (tag := self._heading_tag(self.leaves[index]))}
        return {tag: rank for rank, tag in enumerate(sorted(used), 1)}

    def _heading_tag(self, leaf: Leaf) -> str:
        if leaf.kind != "text" or leaf.index in self.labels.roles or not 1 < len(leaf.text) <= LONGEST_HEADING:
            return ""
        for node in leaf.node.up():
            if node.tag in HEADINGS:
                return node.tag
            if node is self.region or node.tag in ("li", "td", "th", "blockquote"):
                break
        return ""

    def _level(self, leaf: Leaf) -> int:
        return self.levels.get(self._heading_tag(leaf), 0)

    # --- Structures ---

    def _list(self, node: HtmlElement, depth: int) -> List:
        entries = [entry for entry in _entries(node) if self._seen(entry)]
        ordered = node.tag == "ol"
        marks = list(marks_of(node, entries, depth, [self._first_text(entry) for entry in entries]))
        items: list[ListItem] = []
        for entry, mark in zip(entries, marks, strict=True):
            if entry.tag in ("ul", "ol") and items:  # a list that stands between the items belongs to the one before
                whole = depth < MAX_NESTING and _covered(entry, _entries(entry))
                blocks = (self._list(entry, depth + 1),) if whole else tuple(self._inside(entry, depth + 1))
                last = items[-1]
                items[-1] = ListItem((*last.children, *blocks), last.marker, last.counted, last.origin)
                continue
            items.append(self._item(entry, mark, depth))
        return List(tuple(items), ordered)

    def _item(self, entry: HtmlElement, mark: str, depth: int) -> ListItem:
        blocks = list(self._inside(entry, depth + 1))
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph) and first.origin is not None:
            own = Paragraph(first.children, first.role, first.align)
            return ListItem((own, *blocks[1:]), mark, True, first.origin)
        return ListItem(tuple(blocks), mark, True)

    def _seen(self, entry: HtmlElement) -> bool:
        return any(self.leaves[at].hidden is None for at in range(*entry.span))

    def _first_text(self, entry: HtmlElement) -> str:
        return next((self.leaves[at].text for at in range(*entry.span) if self.leaves[at].hidden is None), "")

    def _table(self, node: HtmlElement) -> Table:
        saved, self.lines = self.lines, []  # what cells hold is counted as the table's lines, at its end
        table = make_table(node, lambda cell: list(_without_origins(tuple(self._inside(cell, 1)))), self._caption)
        self.lines = saved
        origin = self._origin(block_text(table))
        return Table(table.rows, table.caption, origin)

    def _caption(self, node: HtmlElement) -> tuple[Inline, ...]:
        """The text of a `<caption>`."""
        runs: list[TextRun] = []
        for at in range(*node.span):
            if self.leaves[at].hidden is None:
                runs += (*((TextRun("\n", BREAK),) if runs else ()), *self.leaves[at].runs)
        return self.inlines.make(runs)


def _entries(node: HtmlElement) -> list[HtmlElement]:
    """The items of a list: usually `<li>`, but whatever holds something."""
    return [child for child in node.children if isinstance(child, HtmlElement) and child.span[0] < child.span[1]]


def _covered(node: HtmlElement, parts: list[HtmlElement]) -> bool:
    """Whether blocks inside an element hold all its leaves, one after the other."""
    at = node.span[0]
    for part in parts:
        if part.span[0] != at or not part.block:
            return False
        at = part.span[1]
    return at == node.span[1]


def _without_origins(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """What a cell holds: its lines are the table's, and no heading stands in it."""

    def change(block: Block) -> Block:
        if isinstance(block, Heading):
            return Paragraph(block.children)
        return replace(block, origin=None) if getattr(block, "origin", None) is not None else block

    # The marks of items are in the lines of the table.
    return map_blocks(blocks, change, lambda item: replace(item, origin=None, counted=False))


def _without_counter(leaf: Leaf) -> None:
    """A line of a file with a counter of how often it was fetched: the file is what it says."""
    linked = [run.format.link is not None for run in leaf.runs]
    if not any(linked):
        return
    first, last = linked.index(True), len(linked) - linked[::-1].index(True)
    start = sum(len(run.text) for run in leaf.runs[:first])
    end = sum(len(run.text) for run in leaf.runs[:last])
    if AFTER_FILE.fullmatch(leaf.text[end:]) and BEFORE_FILE.fullmatch(leaf.text[:start] or "附件"):
        trim(leaf, start, end)


def _unstyled(runs: tuple[TextRun, ...]) -> tuple[TextRun, ...]:
    """The runs without an emphasis that all of them have: the role says how such a line is set."""
    shared = [run.format.kinds for run in runs if run.text.strip()]
    asked: tuple[EmphasisKind, ...] = ("strong", "emphasis", "underline")
    common = {kind for kind in asked if shared and all(kind in kinds for kinds in shared)}
    if not common:
        return runs
    return tuple(run if run.format is BREAK else _without(run, common) for run in runs)


def _without(run: TextRun, kinds: set[EmphasisKind]) -> TextRun:
    form = run.format
    left = tuple(kind for kind in form.kinds if kind not in kinds)
    return TextRun(run.text, RunFormat(form.link, form.language, left, form.code), run.gloss, run.object)


def _without_idle_rules(blocks: list[Block]) -> list[Block]:
    """Rules that separate nothing: before what is printed, after it, or in a row."""
    printed = [at for at, block in enumerate(blocks) if not isinstance(block, Rule | Removed)]
    first, last = (printed[0], printed[-1]) if printed else (0, -1)
    out: list[Block] = []
    for at, block in enumerate(blocks):
        idle = not first < at < last or (out and isinstance(out[-1], Rule))
        if not (isinstance(block, Rule) and idle):
            out.append(block)
    return out
