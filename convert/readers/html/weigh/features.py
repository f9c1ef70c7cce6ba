"""What leaves look like: prose, links, items of a feed, pictures that show something.

In: the leaves of a page.  Out: `Features`, asked by every step that looks for the article, computed once.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import accumulate, islice

from ....zh.dates import OF_FEED
from ....zh.patterns import pattern
from ..metadata.lines import label_alone
from ..sight.dom import HtmlElement
from ..sight.grid import grid_of
from ..sight.runs import HEADINGS, Leaf
from ..thresholds import (
    LINKED_RECORDS,
    LINKED_SENTENCE,
    LONGEST_FIELD,
    MAX_ITEM,
    MAX_RECORD,
    MAX_SIBLINGS,
    MIN_RECORDS,
    MOSTLY,
    NAME_HOLDS,
    PROSE,
    TABLE_TEXT,
)
from .names import kind_above, kind_of, name_of

_SPACES = " \n\u00a0\u3000\u200b"
_PUNCTUATION = re.compile(
    "[\uff0c\u3002\uff1b\uff01\uff1f\uff1a\u3001\u2026]|[,.;!?](?=\\s|$|[\"'\u201d\u4e00-\u9fff\uac00-\ud7af])"
)


_SENTENCE_END = pattern("\u3002[\u201d\u2019\u300d\u300f)\uff09]?$")


class Features:
    """What is asked of leaves again and again, computed once, by their index.

    size: characters without spaces; plain: those outside links; linked: most of it is links; prose: it is a sentence,
    or in a cell of a table that says something.  tables: the outermost table of data that a leaf stands in.
    """

    def __init__(self, leaves: list[Leaf], nodes: list[HtmlElement]) -> None:
        self.leaves = leaves
        self.tables: dict[int, HtmlElement] = {}
        self.size: list[int] = []
        self.linked: list[bool] = []
        self.plain: list[int] = []
        self.prose: list[bool] = []
        for leaf in leaves:
            text, links = leaf.text, leaf.linked
            if links and _is_linked_sentence(leaf):
                links = 0
            size = len(text) if text.isalnum() else len(text) - sum(map(text.count, _SPACES))  # most are words alone
            linked = links > MOSTLY * len(text)
            self.size.append(size)
            self.linked.append(linked)
            self.plain.append(size - links)
            self.prose.append(not linked and size - links >= PROSE and _is_prose(leaf))
        sentences = [index for index, prose in enumerate(self.prose) if prose]
        teasers = [index for index in sentences if self._is_teaser(index)]
        if sum(self.size[index] for index in teasers) < 0.8 * sum(self.size[index] for index in sentences):
            for index in teasers:  # else the page is a feed, and its items are the article
                self.prose[index] = False
        self._read_tables(nodes)
        self._read_records(nodes)
        self._void_names(nodes)

    def home(self, leaf: Leaf) -> HtmlElement:
        """The element whose child a line is: the block's parent, or the block itself for text that stands loose in it.
        An element that holds one line and nothing else is that line: some pages wrap each line in several.

        A table of data is one child of its own, whatever stands in its cells."""
        if (table := self.tables.get(leaf.index)) is not None and table.parent is not None:
            return table.parent
        if leaf.node.holds_blocks() or leaf.node.parent is None:
            return leaf.node
        place = leaf.node.parent
        while place.parent is not None and place.span[1] - place.span[0] == 1:
            place = place.parent
        return place

    def _read_tables(self, nodes: list[HtmlElement]) -> None:
        """Finds the tables of data; the cells of one that says something are prose, short as they may be."""
        for node in nodes:
            if node.tag == "table" and node.span[0] not in self.tables and grid_of(node):
                self.tables.update(dict.fromkeys(range(*node.span), node))
                says = self._says_something(node)
                if kind_of(node) == "form":
                    node.kind = None  # there is no field in a table of data
                for index in range(*node.span):
                    leaf = self.leaves[index]
                    self.prose[index] = says and leaf.kind == "text" and not leaf.control and leaf.hidden is None

    def _read_records(self, nodes: list[HtmlElement]) -> None:
        """Finds tables of data that are made of other elements: rows of one make, each with several short lines, as
        long as next to nothing in them is a link."""
        for node in nodes:
            first, last = node.span
            if last - first < MIN_RECORDS * 2 or first in self.tables or not self._holds_records(node):
                continue
            self.tables.update(dict.fromkeys(range(first, last), node))
            says = self._says_something(node)
            for index in range(first, last):
                leaf = self.leaves[index]
                self.prose[index] |= says and leaf.kind == "text" and not leaf.control and leaf.hidden is None

    def _holds_records(self, node: HtmlElement) -> bool:
        rows = [child for child in node.children if isinstance(child, HtmlElement) and child.span[0] < child.span[1]]
        if len(rows) < MIN_RECORDS or any(isinstance(child, str) and child.strip() for child in node.children):
            return False
        make, count = Counter((row.tag, name_of(row)) for row in rows).most_common(1)[0]
        alike = [row for row in rows if (row.tag, name_of(row)) == make]
        if count < max(MIN_RECORDS, 0.8 * len(rows)) or node.tag in ("table", "tbody", "thead", "tr"):
            return False
        lengths = Counter(row.span[1] - row.span[0] for row in alike)
        length, same = lengths.most_common(1)[0]
        if not 2 <= length <= MAX_RECORD or max(lengths) > MAX_RECORD or same < 0.6 * count:
            return False
        inside = [self.leaves[at] for row in rows for at in range(*row.span)]
        size = sum(self.size[leaf.index] for leaf in inside)
        return (
            all(self._is_field(leaf) for leaf in inside)
            and sum(leaf.linked for leaf in inside) <= LINKED_RECORDS * size
            and size <= LONGEST_FIELD * len(inside)
            and not any(self.prose[leaf.index] for leaf in inside[: 2 * length])
            and kind_above(node) in (None, "form")  # some systems put all of a page into one form
        )

    def _is_field(self, leaf: Leaf) -> bool:
        """A line that may be a field of a record: text, no heading, no control, and no time, as feeds and comments
        have."""
        return (
            leaf.kind == "text"
            and leaf.hidden is None
            and not leaf.control
            and leaf.node.tag not in HEADINGS
            and OF_FEED.fullmatch(leaf.text) is None
        )

    def _says_something(self, table: HtmlElement) -> bool:
        """Whether a table of data may be the article: it has text, no more links than text, and its cells are neither
        the labels of the page's metadata nor the days of a calendar."""
        inside = [at for at in range(*table.span) if self.leaves[at].kind == "text" and self.leaves[at].hidden is None]
        size = sum(self.size[at] for at in inside)
        if size < TABLE_TEXT or sum(self.leaves[at].linked for at in inside) > MOSTLY * size:
            return False
        labels = sum(label_alone(self.leaves[at].text) is not None for at in inside)
        numbers = sum(self.size[at] <= 2 and self.leaves[at].text.isdigit() for at in inside)
        return labels * 3 < len(inside) and numbers < 0.8 * len(inside)

    def _void_names(self, nodes: list[HtmlElement]) -> None:
        """The name of an element that holds most of the page's prose, listings among it, says nothing of it; the foot
        of a page is told by its tag."""
        held = (self.prose[leaf.index] or leaf.kind == "pre" for leaf in self.leaves)
        total = [0, *accumulate(size if holds else 0 for size, holds in zip(self.size, held, strict=True))]
        for node in nodes:
            if node.tag == "footer":
                continue
            if total[node.span[1]] - total[node.span[0]] > NAME_HOLDS * total[-1] and kind_of(node) is not None:
                node.kind = None

    def _is_teaser(self, index: int) -> bool:
        """The text of an item of a feed or of a comment: a few lines, one of them a link or a time, beside other items
        of the same make."""
        for item in self.home(self.leaves[index]).up():
            if item.parent is None or item.span[1] - item.span[0] > MAX_ITEM:
                return False
            if self._is_item(item):
                near = [
                    child
                    for child in islice(item.parent.children, MAX_SIBLINGS)
                    if isinstance(child, HtmlElement) and child is not item and _is_made_alike(child, item)
                ]
                if any(sum(self.prose[slice(*child.span)]) > 2 for child in near):
                    return False  # one of several entries, some of which are whole
                if any(map(self._is_item, near)):
                    return True
        return False

    def _is_item(self, node: HtmlElement) -> bool:
        first, last = node.span
        if not 2 <= last - first <= MAX_ITEM or sum(self.prose[first:last]) > 2:
            return False
        return any(self._marks_item(at) for at in range(first, last))

    def _marks_item(self, index: int) -> bool:
        """A link that stands alone, or a time."""
        leaf = self.leaves[index]
        if leaf.kind == "image":
            return any(run.format.link for run in leaf.runs)
        return self.linked[index] or (self.size[index] < 24 and OF_FEED.fullmatch(leaf.text) is not None)


def _is_made_alike(one: HtmlElement, other: HtmlElement) -> bool:
    return one.tag == other.tag and name_of(one) == name_of(other)


def _is_prose(leaf: Leaf) -> bool:
    """A sentence: with a punctuation mark."""
    return leaf.kind == "text" and not leaf.control and _PUNCTUATION.search(leaf.text, 0, 4096) is not None


def _is_linked_sentence(leaf: Leaf) -> bool:
    """A sentence most of which is a link: in an article it is one all the same, or the link was never closed."""
    return leaf.linked >= LINKED_SENTENCE and not leaf.control and _SENTENCE_END.search(leaf.text) is not None
