"""Which leaves of a page are its article, by evidence.

In: the leaves of a page and the leaf of its title.  Out: an `Article`: the leaves that belong to it, and for the
others the reason why not.  The method, in four steps:
1. Every leaf gets a value: sentences count for the article, links and the words of page furniture against it.
2. The article's region is the element whose leaves have the greatest sum, narrowed to what holds its prose.
3. The core of the region is its prose in the places (parents) where most of it stands.
4. Every other leaf of the region is weighed (`score`): where it stands, what it looks like, what it says.
Names of classes and ids are hints with a low weight; no site is named.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import Literal, NamedTuple

from ....zh.furniture import Reason, line_reason, promotion
from ..metadata.lines import is_meta_line
from ..sight.dom import HtmlElement
from ..sight.grid import grid_of
from ..sight.pictures import is_picture
from ..sight.runs import Leaf
from ..thresholds import (
    BEFORE_TITLE,
    CONTROL_COST,
    CORE_SHARE,
    LINK_COST,
    LINK_COST_PER_CHARACTER,
    LITTLE,
    NAMED,
    OVER,
    SHORT,
)
from .features import Features, home
from .names import kind_above
from .score import Scorer, named_within

# --- The weights ------------------------------------------------------------------------------------------------

# Step 1, in characters.


END_KINDS: frozenset[Reason] = frozenset(
    ("credits", "related items", "comments", "disclaimer", "navigation", "footer", "end mark", "original title")
)
"""What, late in an article, shows that it is over."""


class Article:
    """kept: indexes of the article's leaves.  reasons: why each other visible leaf is left out.

    region: the element that holds it.  prose: characters of prose in it, 0 where nothing but short lines was found.
    """

    def __init__(self) -> None:
        self.kept: set[int] = set()
        self.reasons: dict[int, str] = {}
        self.region: HtmlElement | None = None
        self.core: list[int] = []
        self.prose = 0

    @property
    def first(self) -> int:
        """Index of the first leaf that is kept; -1 where none is."""
        return min(self.kept, default=-1)

    @property
    def last(self) -> int:
        """Index of the last leaf that is kept; -1 where none is."""
        return max(self.kept, default=-1)


# --- Step 1: values ---------------------------------------------------------------------------------------------


def _value(of: Features, leaf: Leaf, title: int) -> float:
    """What a leaf speaks for the article; title: the leaf that is its title, 0 where none is known."""
    index = leaf.index
    if leaf.hidden is not None or leaf.kind != "text":
        return 0.0
    if leaf.control:
        return -CONTROL_COST
    if of.linked[index]:
        return -LINK_COST - LINK_COST_PER_CHARACTER * min(of.size[index], 60)
    if not of.prose[index]:
        return SHORT
    value = float(of.plain[index])
    if kind_above(leaf.node):
        value *= NAMED
    return value * BEFORE_TITLE if index < title else value


# --- Step 2: the region -----------------------------------------------------------------------------------------


def _scope(nodes: list[HtmlElement], values: list[float]) -> HtmlElement:
    """The element with the greatest sum of values."""
    total = [0.0, *accumulate(values)]
    best, most = nodes[0], total[-1]
    for node in nodes:
        first, last = node.span
        worth = total[last] - total[first]
        if worth >= most:
            best, most = node, worth
    return best


def _narrowed(of: Features, region: HtmlElement) -> HtmlElement:
    """The region as far down as one child holds all its prose."""
    counted = [0, *accumulate(map(int, of.prose))]

    def prose(node: HtmlElement) -> int:
        return counted[node.span[1]] - counted[node.span[0]]

    while prose(region):
        inner = [child for child in region.children if isinstance(child, HtmlElement) and prose(child)]
        if len(inner) != 1 or prose(inner[0]) < prose(region) or inner[0].span[1] - inner[0].span[0] == 1:
            break
        region = inner[0]
    return region


# --- Step 3: the core -------------------------------------------------------------------------------------------


def _core(of: Features, region: HtmlElement) -> list[int]:
    inside = [index for index in range(*region.span) if of.prose[index] and of.leaves[index].hidden is None]
    fair = [index for index in inside if named_within(of.leaves[index].node, region) is None]
    homes: Counter[int] = Counter()
    for index in fair:
        homes[id(home(of.leaves[index]))] += of.size[index]
    if not homes:
        return fair or inside
    least = max(homes.values()) * CORE_SHARE
    core = [index for index in fair if homes[id(home(of.leaves[index]))] >= least]
    covered = sum(of.size[index] for index in core)
    return core if covered >= 0.7 * sum(of.size[index] for index in fair) else fair


# --- Step 4: the rest -------------------------------------------------------------------------------------------


class Candidate(NamedTuple):
    """Steps 1 to 3.  scope: the region before it was narrowed; prose: what of it may be the core."""

    scope: HtmlElement
    region: HtmlElement
    prose: list[int]


def candidate_of(of: Features, nodes: list[HtmlElement], title: int = 0) -> Candidate:
    """Where the article is.  nodes: the elements that hold leaves; title: the leaf that is its title, 0 where none is
    known."""
    scope = _scope(nodes, [_value(of, leaf, title) for leaf in of.leaves])
    region = _narrowed(of, scope)
    return Candidate(scope, region, _core(of, region))


def core_of(of: Features, prose: list[int]) -> list[int]:
    """The prose of the article, as far as it can be told without its title."""
    return _trimmed(of, prose)


def find(of: Features, nodes: list[HtmlElement], place: Candidate, title: int | None) -> Article:
    """The article of a page.  place: where it is, found without its title; title: the leaf that is it, if any."""
    leaves = of.leaves
    if title is not None and any(of.prose[:title]):
        place = candidate_of(of, nodes, title)  # what stands before the title counts less
    scope, region, core = place
    if title is not None and sum(of.size[index] for index in core) < LITTLE:
        scope = region = _around(leaves[title], of)
        core = _core(of, region)
    start = title + 1 if title is not None and (not core or title < core[-1]) else 0
    core = _trimmed(of, [index for index in core if index >= start])
    article = Article()
    article.region, article.core = region, core
    article.prose = sum(of.size[index] for index in core)
    tables = _tables(nodes, region)
    over = _end(of, core, scope.span[1], tables)
    weigher = Scorer(of, nodes, region, core)
    members = set(core)
    for leaf in _outwards(leaves, core):
        index = leaf.index
        if leaf.hidden:
            article.reasons[index] = leaf.hidden
        elif index < start or not scope.span[0] <= index < scope.span[1]:
            article.reasons[index] = _outside(leaf, of)
        elif index in members and index < over:
            article.kept.add(index)
        elif leaf.image is not None and not is_picture(leaf.image):
            article.reasons[index] = "icon"
        else:
            table = tables.get(index)
            score, reason = weigher.table(table) if table is not None else weigher.leaf(leaf, article.kept)
            if index >= over:
                article.reasons[index] = reason or "after the end of the article"
            elif score > 0:
                article.kept.add(index)
            else:
                article.reasons[index] = reason
    _drop_codes(of, article)
    return article


def _outwards(leaves: list[Leaf], core: list[int]) -> list[Leaf]:
    """The leaves from the first of the core on, then those before it, backwards: each after its neighbour inside."""
    first = core[0] if core else 0
    return leaves[first:] + leaves[:first][::-1]


def _around(title: Leaf, of: Features) -> HtmlElement:
    """On a page without much prose: the innermost element that holds the title and something below it."""
    for node in title.node.up():
        below = range(title.index + 1, node.span[1])
        said = sum(of.size[at] for at in below if not of.linked[at] and not of.leaves[at].hidden and not _meta(of, at))
        if said >= 10 or any(of.leaves[at].kind == "image" for at in below):
            return node
    return list(title.node.up())[-1]


def _meta(of: Features, index: int) -> bool:
    return is_meta_line(of.leaves[index].text) or line_reason(of.leaves[index].text, "after") is not None


def _tables(nodes: list[HtmlElement], region: HtmlElement) -> dict[int, HtmlElement]:
    """The table of data each leaf of the region stands in, if any: such a table is in or out as a whole."""
    found: dict[int, HtmlElement] = {}
    first, last = region.span
    for node in nodes:
        inside = node.tag == "table" and node is not region and first <= node.span[0] and node.span[1] <= last
        if inside and node.span[0] not in found and grid_of(node):
            found.update(dict.fromkeys(range(*node.span), node))
    return found


def _drop_codes(of: Features, article: Article) -> None:
    """Pictures after the article beside a line that asks to scan or to follow are such codes."""
    core = article.core
    for index in sorted(article.kept):
        if of.leaves[index].kind == "image" and core and index > core[-1]:
            near = [at for at in (index - 2, index - 1, index + 1, index + 2) if at in article.reasons]
            if any(article.reasons[at] in ("share bar", "advertisement") and of.size[at] for at in near):
                article.kept.discard(index)
                article.reasons[index] = "share bar"


def _trimmed(of: Features, core: list[int]) -> list[int]:
    """The core without prose at its ends that says it is something else, such as a disclaimer."""
    first, last = 0, len(core)
    while first < last and (_says(of, core[first], "before") or is_meta_line(of.leaves[core[first]].text)):
        first += 1
    while last > first and _says(of, core[last - 1], "after"):
        last -= 1
    return core[first:last]


def _says(of: Features, index: int, place: Literal["before", "after"]) -> bool:
    text = of.leaves[index].text
    return line_reason(text, place) is not None or (promotion(text) >= 2 and of.size[index] < 120)


def _end(of: Features, core: list[int], last: int, tables: dict[int, HtmlElement]) -> int:
    """Where the article is over: at the first end mark after most of its core."""
    whole = sum(of.size[index] for index in core)
    seen = 0
    members = set(core)
    for index in range(core[0] if core else last, last):
        leaf = of.leaves[index]
        if index in members:
            seen += of.size[index]
        elif seen < OVER * whole or leaf.hidden is not None or index in tables:
            continue
        elif line_reason(leaf.text, "after") in END_KINDS:
            return index
    return last


def _outside(leaf: Leaf, of: Features) -> str:
    if leaf.control:
        return "form"
    if leaf.kind == "text" and (kind := line_reason(leaf.text, "before") or line_reason(leaf.text, "after")):
        return kind
    return kind_above(leaf.node) or ("links" if of.linked[leaf.index] else "outside the article")
