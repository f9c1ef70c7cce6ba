"""Which leaves of a page are its article: evidence, weighed in one table.

In: the leaves of a page and the leaf of its title.  Out: an `Article`: the leaves that belong to it, and for the
others the reason why not.  The method, in four steps:
1. Every leaf gets a value: sentences count for the article, links and the words of page furniture against it.
2. The article's region is the element whose leaves have the greatest sum, narrowed to what holds its prose.
3. The core of the region is its prose in the places (parents) where most of it stands.
4. Every other leaf of the region is weighed: where it stands, what it looks like, what it says.
Names of classes and ids are hints with a low weight; no site is named.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from itertools import accumulate
from typing import NamedTuple

from .html_lines import is_meta_line
from .html_looks import MOSTLY, Looks, home, is_picture
from .html_node import Node
from .html_pieces import Leaf
from .html_tables import grid_of
from .html_words import END_KINDS, EVERYWHERE, kind_above, kind_of, kind_of_line, promotion

# --- The weights ------------------------------------------------------------------------------------------------

# Step 1, in characters.
LINK_COST = 4.0  # what a link takes away, and for each of its characters
LINK_COST_PER_CHARACTER = 0.3
SHORT = 1.0  # what a short text outside links gives
CONTROL_COST = 2.0
BEFORE_TITLE = 0.1  # what prose before the title is worth
NAMED = 0.3  # what prose is worth inside an element whose name says furniture

# Step 4.  A leaf that is not core is kept with more than 0.
PEER = 2.0  # it stands in a parent of the core
BETWEEN = 1.5  # core stands before and after it
IS_PROSE = 2.0  # from LONG characters on, less below
LONG = 80
EDGE = -1.0  # no core follows it, or none precedes it
FOREIGN = -1.5  # in a part of the region that holds no core
NAMED_FURNITURE = -2.5  # an element between it and the region has a name that says so
LINKED = -4.0  # most of it is links
PROMOTION = -1.5  # for each word of advertising
SAYS_FURNITURE = -9.0
ADJOINS = 4.0  # a picture right before or after what is kept
HEADING = 1.5  # it is bold or a heading, and short

LITTLE = 100  # characters: with less prose the title says where the article is

CORE_SHARE = 0.1  # a parent is one of the core's from this share of its best parent's prose on
OVER = 0.6  # share of the core after which an end mark ends the article

_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|wps|et|ofd|txt|ceb)(?:$|[?#])", re.I)


class Article:
    """kept: indexes of the article's leaves.  reasons: why each other visible leaf is left out.

    region: the element that holds it.  prose: characters of prose in it, 0 where nothing but short lines was found.
    """

    def __init__(self) -> None:
        self.kept: set[int] = set()
        self.reasons: dict[int, str] = {}
        self.region: Node | None = None
        self.core: list[int] = []
        self.prose = 0

    @property
    def first(self) -> int:
        return min(self.kept, default=-1)

    @property
    def last(self) -> int:
        return max(self.kept, default=-1)


# --- Step 1: values ---------------------------------------------------------------------------------------------


def _value(of: Looks, leaf: Leaf, title: int) -> float:
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


def _scope(nodes: list[Node], values: list[float]) -> Node:
    """The element with the greatest sum of values."""
    total = [0.0, *accumulate(values)]
    best, most = nodes[0], total[-1]
    for node in nodes:
        first, last = node.span
        worth = total[last] - total[first]
        if worth >= most:
            best, most = node, worth
    return best


def _narrowed(of: Looks, region: Node) -> Node:
    """The region as far down as one child holds all its prose."""
    counted = [0, *accumulate(map(int, of.prose))]

    def prose(node: Node) -> int:
        return counted[node.span[1]] - counted[node.span[0]]

    while prose(region):
        inner = [child for child in region.children if isinstance(child, Node) and prose(child)]
        if len(inner) != 1 or prose(inner[0]) < prose(region) or inner[0].span[1] - inner[0].span[0] == 1:
            break
        region = inner[0]
    return region


# --- Step 3: the core -------------------------------------------------------------------------------------------


def _core(of: Looks, region: Node) -> list[int]:
    inside = [index for index in range(*region.span) if of.prose[index] and of.leaves[index].hidden is None]
    fair = [index for index in inside if _named_within(of.leaves[index].node, region) is None]
    homes: Counter[int] = Counter()
    for index in fair:
        homes[id(home(of.leaves[index]))] += of.size[index]
    if not homes:
        return fair or inside
    least = max(homes.values()) * CORE_SHARE
    core = [index for index in fair if homes[id(home(of.leaves[index]))] >= least]
    covered = sum(of.size[index] for index in core)
    return core if covered >= 0.7 * sum(of.size[index] for index in fair) else fair


def _named_within(node: Node, region: Node) -> str | None:
    """The kind of furniture an element between a leaf and the region is named."""
    if kind_above(node) is None:
        return None
    for place in node.up():
        if place is region:
            return None
        if place.kind_above is None:
            return None
        if kind := kind_of(place):
            return kind
    return None


# --- Step 4: the rest -------------------------------------------------------------------------------------------


class Place(NamedTuple):
    """Steps 1 to 3.  scope: the region before it was narrowed; prose: what of it may be the core."""

    scope: Node
    region: Node
    prose: list[int]


def place_of(of: Looks, nodes: list[Node], title: int = 0) -> Place:
    """Where the article is.  nodes: the elements that hold leaves; title: the leaf that is its title, 0 where none is
    known."""
    scope = _scope(nodes, [_value(of, leaf, title) for leaf in of.leaves])
    region = _narrowed(of, scope)
    return Place(scope, region, _core(of, region))


def core_of(of: Looks, prose: list[int]) -> list[int]:
    """The prose of the article, as far as it can be told without its title."""
    return _trimmed(of, prose)


def find(of: Looks, nodes: list[Node], place: Place, title: int | None) -> Article:
    """The article of a page.  place: where it is, found without its title; title: the leaf that is it, if any."""
    leaves = of.leaves
    if title is not None and any(of.prose[:title]):
        place = place_of(of, nodes, title)  # what stands before the title counts less
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
    weigher = _Weigher(of, nodes, region, core)
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


def _around(title: Leaf, of: Looks) -> Node:
    """On a page without much prose: the innermost element that holds the title and something below it."""
    for node in title.node.up():
        below = range(title.index + 1, node.span[1])
        said = sum(of.size[at] for at in below if not of.linked[at] and not of.leaves[at].hidden and not _meta(of, at))
        if said >= 10 or any(of.leaves[at].kind == "image" for at in below):
            return node
    return list(title.node.up())[-1]


def _meta(of: Looks, index: int) -> bool:
    return is_meta_line(of.leaves[index].text) or kind_of_line(of.leaves[index].text) is not None


def _tables(nodes: list[Node], region: Node) -> dict[int, Node]:
    """The table of data each leaf of the region stands in, if any: such a table is in or out as a whole."""
    found: dict[int, Node] = {}
    first, last = region.span
    for node in nodes:
        inside = node.tag == "table" and node is not region and first <= node.span[0] and node.span[1] <= last
        if inside and node.span[0] not in found and grid_of(node):
            found.update(dict.fromkeys(range(*node.span), node))
    return found


def _drop_codes(of: Looks, article: Article) -> None:
    """Pictures after the article beside a line that asks to scan or to follow are such codes."""
    core = article.core
    for index in sorted(article.kept):
        if of.leaves[index].kind == "image" and core and index > core[-1]:
            near = [at for at in (index - 2, index - 1, index + 1, index + 2) if at in article.reasons]
            if any(article.reasons[at] in ("share bar", "advertisement") and of.size[at] for at in near):
                article.kept.discard(index)
                article.reasons[index] = "share bar"


def _trimmed(of: Looks, core: list[int]) -> list[int]:
    """The core without prose at its ends that says it is something else, such as a disclaimer."""
    first, last = 0, len(core)
    while first < last and (_says(of, core[first]) or is_meta_line(of.leaves[core[first]].text)):
        first += 1
    while last > first and _says(of, core[last - 1]):
        last -= 1
    return core[first:last]


def _says(of: Looks, index: int) -> bool:
    text = of.leaves[index].text
    return kind_of_line(text) is not None or (promotion(text) >= 2 and of.size[index] < 120)


def _end(of: Looks, core: list[int], last: int, tables: dict[int, Node]) -> int:
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
        elif kind_of_line(leaf.text) in END_KINDS:
            return index
    return last


def _outside(leaf: Leaf, of: Looks) -> str:
    if leaf.control:
        return "form"
    if leaf.kind == "text" and (kind := kind_of_line(leaf.text)):
        return kind
    return kind_above(leaf.node) or ("links" if of.linked[leaf.index] else "outside the article")


class _Weigher:
    """Weighs leaves that are not core: what speaks for each, and the strongest reason against it."""

    def __init__(self, of: Looks, nodes: list[Node], region: Node, core: list[int]) -> None:
        self.of = of
        self.nodes = nodes
        self.region = region
        self.core = core
        self.homes = {id(home(of.leaves[index])) for index in core}

    @functools.cached_property
    def parts(self) -> set[int]:
        return _parts_with_core(self.nodes, self.region, self.core)

    def _place(self, node: Node, place: Node, first: int, last: int) -> tuple[float, list[tuple[float, str]]]:
        """What the place of the leaves `first` to `last` says; place: the element whose child they are."""
        between = bool(self.core) and self.core[0] < first and last < self.core[-1]
        peer = not self.core or id(place) in self.homes or id(_outside_lists(place)) in self.homes
        score = (PEER if peer else 0.0) + (BETWEEN if between else EDGE)
        against: list[tuple[float, str]] = []
        if self.core and not peer and not self._in_part_with_core(node):
            against.append((FOREIGN, "outside the article"))
        if named := _named_within(node, self.region):
            against.append((NAMED_FURNITURE, named))
        return score, against

    def _in_part_with_core(self, node: Node) -> bool:
        return any(id(place) in self.parts for place in node.up())

    def leaf(self, leaf: Leaf, kept: set[int]) -> tuple[float, str]:
        if leaf.control:
            return -1.0, "form"
        of, index = self.of, leaf.index
        score, against = self._place(leaf.image or leaf.node, home(leaf), index, index)
        if of.prose[index]:
            score += IS_PROSE * min(1.0, of.size[index] / LONG)
        between = bool(self.core) and self.core[0] < index < self.core[-1]
        if leaf.kind == "image":
            named = any(weight == NAMED_FURNITURE for weight, _ in against)
            score += ADJOINS if not named and self._adjoins(leaf, kept) else 0.0
        elif leaf.kind == "text":
            score += HEADING if _heads(leaf) else 0.0
            said = kind_of_line(leaf.text)
            if said and (said in EVERYWHERE or not between):
                against.append((SAYS_FURNITURE, said))
            if of.linked[index] and not _names_file(leaf):
                against.append((LINKED, "links"))
            if not between and (words := promotion(leaf.text)):
                against.append((PROMOTION * words, "advertisement"))
        return score + sum(weight for weight, _ in against), min(against, default=(0.0, "outside the article"))[1]

    def table(self, table: Node) -> tuple[float, str]:
        """The same verdict for all leaves of a table of data."""
        first, last = table.span[0], table.span[1] - 1
        score, against = self._place(table, table.parent or table, first, last)
        leaves = self.of.leaves[first : last + 1]
        if sum(leaf.linked for leaf in leaves) > MOSTLY * sum(len(leaf.text) for leaf in leaves):
            against.append((LINKED, "links"))
        return score + sum(weight for weight, _ in against), min(against, default=(0.0, "outside the article"))[1]

    def _adjoins(self, leaf: Leaf, kept: set[int]) -> bool:
        """A picture that is no link, and whose neighbour towards the core is kept."""
        if not self.core or any(piece.format.link is not None for piece in leaf.pieces):
            return False
        leaves, index = self.of.leaves, leaf.index
        around = (
            range(index + 1, min(index + 5, len(leaves))) if index < self.core[0] else range(index - 1, index - 5, -1)
        )
        near = [at for at in around if at >= 0 and not leaves[at].hidden and leaves[at].kind == "text"][:2]
        if near and near[0] in kept:
            return True
        # Its caption may stand between, in the same small part of the page.
        return len(near) == 2 and near[1] in kept and _together(leaves[near[0]].node, leaf.node)


def _outside_lists(place: Node) -> Node:
    """The element a list or quote stands in, for what stands in the list or quote."""
    while place.parent is not None and place.tag in ("ul", "ol", "li", "dl", "dd", "blockquote"):
        place = place.parent
    return place


def _together(one: Node, other: Node) -> bool:
    """Whether two blocks stand in one element of a few leaves, such as the table that sets a picture."""
    return any(one in place.elements() for place in other.up() if place.span[1] - place.span[0] <= 3)


def _heads(leaf: Leaf) -> bool:
    """A short line that is bold, or a heading."""
    if not 1 < len(leaf.text) <= 40 or leaf.linked:
        return False
    return is_strong(leaf) or any(
        node.tag in ("h1", "h2", "h3", "h4", "h5", "h6") for node in (leaf.node, leaf.node.parent) if node
    )


def is_strong(leaf: Leaf) -> bool:
    """All of the line is bold."""
    return all("strong" in piece.format.kinds for piece in leaf.pieces if piece.text.strip())


def _parts_with_core(nodes: list[Node], region: Node, core: list[int]) -> set[int]:
    """The elements inside the region, at any depth, that hold some of the core."""
    first, last = region.span
    members = set(core)
    held = [0, *accumulate(int(index in members) for index in range(first, last))]
    return {
        id(node)
        for node in nodes
        if node is not region
        and first <= node.span[0] < node.span[1] <= last
        and held[node.span[1] - first] > held[node.span[0] - first]
    }


def _names_file(leaf: Leaf) -> bool:
    """A link to a document, such as an attachment."""
    links = [piece.format.link for piece in leaf.pieces if piece.format.link is not None]
    return bool(links) and all(_FILE.search(link.get("href")) for link in links)
