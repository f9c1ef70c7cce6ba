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
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from ....zh.furniture import line_reason, promotion
from ....zh.phrases import Reason
from ..metadata.lines import is_meta_line
from ..sight.dom import HtmlElement
from ..sight.pictures import is_picture
from ..sight.runs import Leaf
from ..thresholds import (
    BEFORE_TITLE,
    CODE,
    CONTROL_COST,
    CORE_SHARE,
    LINK_COST,
    LINK_COST_PER_CHARACTER,
    LITTLE,
    LITTLE_PROSE,
    NAMED,
    OVER,
    REPEATED,
    SHORT,
)
from .features import Features
from .names import kind_above, name_of
from .score import Scorer
from .standing import named_within

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


# --- Step 1: values ---------------------------------------------------------------------------------------------


def _value(of: Features, leaf: Leaf, title: int) -> float:
    """What a leaf speaks for the article; title: the leaf that is its title, 0 where none is known."""
    index = leaf.index
    if leaf.hidden is not None or leaf.kind not in ("text", "pre"):
        return 0.0
    if leaf.control:
        return -CONTROL_COST
    if of.linked[index]:
        return -LINK_COST - LINK_COST_PER_CHARACTER * min(of.size[index], 60)
    if leaf.kind == "pre":
        return min(float(of.size[index]), CODE)
    if not of.prose[index] or line_reason(leaf.text, "after") == "footer":
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


def _with_pictures(of: Features, scope: HtmlElement) -> HtmlElement:
    """The scope with what stands around it, as long as that is pictures, with no more than one link, such as one to the
    whole picture."""
    while (outer := scope.parent) is not None and outer.tag != "body":
        added = (*range(outer.span[0], scope.span[0]), *range(scope.span[1], outer.span[1]))
        others = [at for at in added if of.leaves[at].kind != "image" and of.leaves[at].hidden is None]
        if len(others) > 1 or not all(of.linked[at] for at in others):
            break
        scope = outer
    return scope


def _narrowed(of: Features, region: HtmlElement) -> HtmlElement:
    """The region as far down as one child holds all its prose; a table of data is no region, what it stands in is."""
    counted = [0, *accumulate(map(int, of.prose))]

    def prose(node: HtmlElement) -> int:
        return counted[node.span[1]] - counted[node.span[0]]

    while prose(region):
        inner = [child for child in region.children if isinstance(child, HtmlElement) and prose(child)]
        if len(inner) != 1 or prose(inner[0]) < prose(region) or inner[0].span[1] - inner[0].span[0] == 1:
            break
        region = inner[0]
    return _outside_tables(of, region)


def _outside_tables(of: Features, node: HtmlElement) -> HtmlElement:
    """What the table of data around an element stands in; the element itself where there is none."""
    table = of.tables.get(node.span[0])
    inside = table is not None and table.parent is not None and any(place is table for place in node.up())
    return table.parent if inside else node  # type: ignore[union-attr,return-value]


# --- Step 3: the core -------------------------------------------------------------------------------------------


def _core(of: Features, region: HtmlElement) -> list[int]:
    inside = [index for index in range(*region.span) if of.prose[index] and of.leaves[index].hidden is None]
    fair = [index for index in inside if named_within(of.leaves[index].node, region) is None]
    homes: Counter[int] = Counter()
    for index in fair:
        homes[id(of.home(of.leaves[index]))] += of.size[index]
    if not homes:
        return fair or inside
    least = max(homes.values()) * CORE_SHARE
    core = [index for index in fair if homes[id(of.home(of.leaves[index]))] >= least]
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
    scope = _outside_tables(of, _scope(nodes, [_value(of, leaf, title) for leaf in of.leaves]))
    region = _narrowed(of, scope)
    return Candidate(_with_pictures(of, scope), region, _core(of, region))


def core_of(of: Features, prose: list[int]) -> list[int]:
    """The prose of the article, as far as it can be told without its title."""
    return _trimmed(of, prose)


def find(of: Features, nodes: list[HtmlElement], place: Candidate, title: int | None) -> Article:
    """The article of a page.  Between the first and the last line of its core everything stays that is not positively
    furniture.  place: where it is, found without its title; title: the leaf that is it, if any."""
    leaves = of.leaves
    if title is not None and any(of.prose[:title]):
        place = candidate_of(of, nodes, title)  # what stands before the title counts less
    scope, region, core = place
    if title is not None and sum(of.size[index] for index in _trimmed(of, core)) < LITTLE:
        scope = region = _around(leaves[title], of)
        core = _core(of, region)
    start = title + 1 if title is not None and (not core or title < core[-1]) else 0
    core = _trimmed(of, [index for index in core if index >= start])
    article = Article()
    article.region, article.core = region, core
    article.prose = sum(of.size[index] for index in core)
    over = _end(of, core, scope.span[1])
    weigher = Scorer(of, nodes, region, core)
    members = set(core)
    tables = {id(table): table for at in core if (table := of.tables.get(at)) is not None}
    members.update(*(range(*table.span) for table in tables.values()))
    for leaf in _outwards(leaves, core):
        index = leaf.index
        if leaf.hidden is not None:
            continue  # it says itself why
        if index < start or not scope.span[0] <= index < scope.span[1]:
            article.reasons[index] = _outside(leaf, of)
        elif index in members:
            article.kept.add(index)
        elif leaf.image is not None and not is_picture(leaf.image):
            article.reasons[index] = "icon"
        else:
            table = of.tables.get(index)
            if table is None or table is region:
                score, reason = weigher.leaf(leaf, article.kept)
            else:
                score, reason = weigher.table(table, article.kept)
            if index >= over and not weigher.belongs(leaf):
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
    """The core without prose at its ends that says it is something else, such as a disclaimer, and without what stands
    in other places after a line that ends the article."""
    core = _before_end(of, core)
    first, last = 0, len(core)
    while first < last and (
        _says(of, core[first], "before")
        or is_meta_line(of.leaves[core[first]].text)
        or _repeats(of, core[first], core[first + 1 : last])
    ):
        first += 1
    while last > first and (
        _says(of, core[last - 1], "after")
        or _repeats(of, core[last - 1], core[first : last - 1])
        or _is_detached(of, core[last - 1], core[first : last - 1])
    ):
        last -= 1
    return core[first:last]


def _stands_apart(of: Features, index: int, others: list[int]) -> bool:
    """A line of the core stands in a place where none of the others does."""
    return id(of.home(of.leaves[index])) not in {id(of.home(of.leaves[other])) for other in others}


def _is_detached(of: Features, index: int, others: list[int]) -> bool:
    """A last line behind several links and controls, in a place of its own and short beside the others."""
    if not others or not _stands_apart(of, index, others):
        return False
    between = [at for at in range(others[-1] + 1, index) if of.leaves[at].hidden is None]
    foreign = sum(of.linked[at] or of.leaves[at].control for at in between)
    return (
        foreign > 1
        and 2 * foreign >= len(between)
        and of.size[index] < CORE_SHARE * sum(map(of.size.__getitem__, others))
    )


def _repeats(of: Features, index: int, others: list[int]) -> bool:
    """A line of the core stands in a place of its own and says again what the others do, as summaries do."""
    text = of.leaves[index].text
    if len(text) < LITTLE_PROSE or not _stands_apart(of, index, others):
        return False
    said = {pair for other in others for pair in pairwise(of.leaves[other].text)}
    own = list(pairwise(text))
    return sum(pair in said for pair in own) >= REPEATED * len(own)


def _before_end(of: Features, core: list[int]) -> list[int]:
    """The core up to an end mark behind which nothing stands in the places of what is before it: comments, teasers."""
    whole = sum(of.size[index] for index in core)
    behind = 0
    for at in range(len(core) - 1, 0, -1):
        before, after = core[at - 1], core[at]
        behind += of.size[after]
        between = range(before + 1, after)
        marks = (at for at in between if of.leaves[at].hidden is None and at not in of.tables)
        said = {line_reason(of.leaves[mark].text, "after") for mark in marks} & END_KINDS
        if behind > (1 - OVER) * whole:  # comments may be longer than what they are about
            said &= {"comments"} if whole - behind >= LITTLE else set()
        if not said:
            continue
        homes = {id(of.home(of.leaves[index])) for index in core[:at]}
        goes_on = any(id(of.home(of.leaves[index])) in homes for index in core[at:])
        if not goes_on and not _of_one_make(of.leaves[before], of.leaves[after]):
            return _before_end(of, core[:at])
    return core


def _of_one_make(one: Leaf, other: Leaf) -> bool:
    """Two lines in two parts of a page that have the same name and stand side by side, such as entries of a blog."""
    up, around = list(one.node.up()), list(other.node.up())
    while up and around and up[-1] is around[-1]:
        up.pop()
        around.pop()
    if not up or not around:
        return False
    return up[-1].tag == around[-1].tag and name_of(up[-1]).strip() != "" and name_of(up[-1]) == name_of(around[-1])


def _says(of: Features, index: int, place: Literal["before", "after"]) -> bool:
    text = of.leaves[index].text
    return line_reason(text, place) is not None or (promotion(text) >= 2 and of.size[index] < 120)


def _end(of: Features, core: list[int], last: int) -> int:
    """Where the article is over: at the first end mark after its core.  One with core after it ends nothing."""
    for index in range(core[-1] + 1 if core else last, last):
        leaf = of.leaves[index]
        if leaf.hidden is None and index not in of.tables and line_reason(leaf.text, "after") in END_KINDS:
            return index
    return last


def _outside(leaf: Leaf, of: Features) -> str:
    if leaf.control:
        return "form"
    if leaf.kind == "text" and (kind := line_reason(leaf.text, "before") or line_reason(leaf.text, "after")):
        return kind
    return kind_above(leaf.node) or ("links" if of.linked[leaf.index] else "outside the article")
