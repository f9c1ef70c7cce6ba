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

import re
from collections import Counter
from itertools import accumulate

from .html_leaves import Leaf
from .html_meta import is_meta_line
from .html_tree import Node
from .html_words import END_KINDS, EVERYWHERE, kind_of_line, kind_of_name, name_of, promotion
from .media import references

# --- The weights ------------------------------------------------------------------------------------------------

# Step 1, in characters.
PROSE = 16  # from this many characters outside links, with a punctuation mark, a leaf is prose
MOSTLY = 0.5  # links make a leaf a link from this share on
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
LINKED = -3.0  # most of it is links
PROMOTION = -1.5  # for each word of advertising
SAYS_FURNITURE = -9.0

CORE_SHARE = 0.1  # a parent is one of the core's from this share of its best parent's prose on
OVER = 0.6  # share of the core after which an end mark ends the article

_PUNCTUATION = re.compile(
    "[\uff0c\u3002\uff1b\uff01\uff1f\uff1a\u3001\u2026]|[,.;!?](?=\\s|$|[\"'\u201d\u4e00-\u9fff\uac00-\ud7af])"
)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
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


class _Leafs:
    """What is asked of leaves again and again, computed once."""

    def __init__(self, leaves: list[Leaf]) -> None:
        self.leaves = leaves
        self.size = [len(_SPACE.sub("", leaf.text)) for leaf in leaves]
        self.linked = [leaf.linked > MOSTLY * len(leaf.text) for leaf in leaves]
        self.prose = [self._is_prose(index) for index in range(len(leaves))]

    def _is_prose(self, index: int) -> bool:
        leaf = self.leaves[index]
        if leaf.kind != "text" or leaf.control or self.linked[index] or self.size[index] - leaf.linked < PROSE:
            return False
        return _PUNCTUATION.search(leaf.text) is not None


# --- Step 1: values ---------------------------------------------------------------------------------------------


def _value(of: _Leafs, index: int, title: int | None) -> float:
    leaf = of.leaves[index]
    if leaf.kind != "text":
        return 0.0
    if leaf.control:
        return -CONTROL_COST
    if of.linked[index]:
        return -LINK_COST - LINK_COST_PER_CHARACTER * min(of.size[index], 60)
    if not of.prose[index]:
        return SHORT
    value = float(of.size[index] - leaf.linked)
    if any(kind_of_name(name_of(node)) for node in leaf.node.up()):
        value *= NAMED
    return value * BEFORE_TITLE if title is not None and index < title else value


# --- Step 2: the region -----------------------------------------------------------------------------------------


def _region(of: _Leafs, body: Node, values: list[float]) -> Node:
    """The element with the greatest sum of values; then as far down as one child holds all its prose."""
    total = [0.0, *accumulate(values)]

    def worth(node: Node) -> float:
        return total[node.span[1]] - total[node.span[0]]

    best = body
    for node in body.elements():
        if worth(node) >= worth(best) and node.span[1] > node.span[0]:
            best = node
    return _narrowed(of, best)


def _narrowed(of: _Leafs, region: Node) -> Node:
    counted = [0, *accumulate(map(int, of.prose))]

    def prose(node: Node) -> int:
        return counted[node.span[1]] - counted[node.span[0]]

    while prose(region):
        inner = [child for child in region.children if isinstance(child, Node) and prose(child)]
        if len(inner) != 1 or prose(inner[0]) < prose(region):
            break
        if inner[0].tag in ("p", "li", "h1", "h2", "h3", "h4", "td", "blockquote", "span") and prose(region) == 1:
            break  # a page of one paragraph: its neighbours belong to it
        region = inner[0]
    return region


# --- Step 3: the core -------------------------------------------------------------------------------------------


def home(leaf: Leaf) -> Node:
    """The element whose child a line is: the block's parent, or the block itself for text that stands loose in it."""
    loose = any(isinstance(child, Node) and child.block for child in leaf.node.children)
    return leaf.node if loose or leaf.node.parent is None else leaf.node.parent


def _core(of: _Leafs, region: Node) -> list[int]:
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
    for place in node.up():
        if place is region:
            return None
        if place.attrs and (kind := kind_of_name(name_of(place))):
            return kind
    return None


# --- Step 4: the rest -------------------------------------------------------------------------------------------


def find(leaves: list[Leaf], body: Node, title: int | None) -> Article:
    """The article of a page.  title: index of the leaf that is its title, where there is one."""
    article = Article()
    of = _Leafs(leaves)
    values = [0.0 if leaf.hidden else _value(of, leaf.index, title) for leaf in leaves]
    region = article.region = _region(of, body, values)
    core = _core(of, region)
    start = title + 1 if title is not None and (not core or title < core[-1]) else 0
    core = [index for index in core if index >= start]
    core = article.core = _trimmed(of, core)
    article.prose = sum(of.size[index] for index in core)
    over = _end(of, core, region.span[1])
    homes = {id(home(leaves[index])) for index in core}
    members = set(core)
    for leaf in leaves:
        index = leaf.index
        if leaf.hidden:
            article.reasons[index] = leaf.hidden
        elif index < start or not region.span[0] <= index < region.span[1]:
            article.reasons[index] = _outside(leaf, of)
        elif index in members and index < over:
            article.kept.add(index)
        elif leaf.image is not None and not is_picture(leaf.image):
            article.reasons[index] = "icon"
        else:
            score, reason = _weighed(of, leaf, region, core, homes)
            if index >= over:
                article.reasons[index] = reason or "after the end of the article"
            elif score > 0:
                article.kept.add(index)
            else:
                article.reasons[index] = reason
    _drop_codes(of, article)
    return article


def _drop_codes(of: _Leafs, article: Article) -> None:
    """Pictures at the article's ends beside a line that asks to scan or to follow are such codes."""
    core = article.core
    for index in sorted(article.kept):
        if of.leaves[index].kind == "image" and not (core and core[0] < index < core[-1]):
            near = [at for at in (index - 2, index - 1, index + 1, index + 2) if at in article.reasons]
            if any(article.reasons[at] in ("share bar", "advertisement") and of.size[at] for at in near):
                article.kept.discard(index)
                article.reasons[index] = "share bar"


_LENGTH = re.compile(r"^\s*(\d+(?:\.\d+)?)(?:px)?\s*$")
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icon|ico|logo|emoji|arrow|btn|button|bullet|dot|line|qrcode|qr|ewm|erweima|spacer|blank|pixel|1x1|"
    r"tracking|counter|stat|count|hm|filetype|fileicon)s?\d*(?:[_.-][\w-]*)?\.(?:gif|png|jpe?g|svg|bmp|php|asp)",
    re.I,
)
_SMALL = 50  # pixels: an icon has both sides below, a line or a tracking picture one below 5


def is_picture(image: Node) -> bool:
    """An `<img>` that shows something, and is no icon, ruler or counter."""
    if not references(image):
        return False
    sizes = []
    for name in ("width", "height"):
        styled = re.search(rf"(?:^|;)\s*{name}\s*:\s*([\d.]+)px", image.get("style"))
        found = styled or _LENGTH.match(image.get(name))
        sizes.append(float(found[1]) if found else None)
    known = [size for size in sizes if size is not None]
    if (len(known) == 2 and max(known) <= _SMALL) or (known and min(known) < 5):
        return False
    return _ICON.search(image.get("src").partition("?")[0]) is None


def _trimmed(of: _Leafs, core: list[int]) -> list[int]:
    """The core without prose at its ends that says it is something else, such as a disclaimer."""
    first, last = 0, len(core)
    while first < last and (_says(of, core[first]) or is_meta_line(of.leaves[core[first]].text)):
        first += 1
    while last > first and _says(of, core[last - 1]):
        last -= 1
    return core[first:last]


def _says(of: _Leafs, index: int) -> bool:
    text = of.leaves[index].text
    return kind_of_line(text) is not None or (promotion(text) >= 2 and of.size[index] < 120)


def _end(of: _Leafs, core: list[int], last: int) -> int:
    """Where the article is over: at the first end mark after most of its core."""
    whole = sum(of.size[index] for index in core)
    seen = 0
    members = set(core)
    for index in range(core[0] if core else 0, last):
        leaf = of.leaves[index]
        if index in members:
            seen += of.size[index]
        elif core and seen >= OVER * whole and leaf.hidden is None and kind_of_line(leaf.text) in END_KINDS:
            return index
    return last


def _outside(leaf: Leaf, of: _Leafs) -> str:
    if leaf.control:
        return "form"
    if leaf.kind == "text" and (kind := kind_of_line(leaf.text)):
        return kind
    named = next((kind for node in leaf.node.up() if node.attrs and (kind := kind_of_name(name_of(node)))), None)
    return named or ("links" if of.linked[leaf.index] else "outside the article")


def _weighed(of: _Leafs, leaf: Leaf, region: Node, core: list[int], homes: set[int]) -> tuple[float, str]:
    """What speaks for a leaf of the region that is not core, and the strongest reason against it."""
    if leaf.control:
        return -1.0, "form"
    index = leaf.index
    between = bool(core) and core[0] < index < core[-1]
    peer = id(home(leaf)) in homes or not core
    prose = IS_PROSE * min(1.0, of.size[index] / LONG) if of.prose[index] else 0.0
    score = (PEER if peer else 0.0) + (BETWEEN if between else EDGE) + prose
    against: list[tuple[float, str]] = []
    if core and not peer and not _holds_core(leaf.node, region, core):
        against.append((FOREIGN, "outside the article"))
    if named := _named_within(leaf.image or leaf.node, region):
        against.append((NAMED_FURNITURE, named))
    if leaf.kind == "text":
        said = kind_of_line(leaf.text)
        if said and (said in EVERYWHERE or not between):
            against.append((SAYS_FURNITURE, said))
        if of.linked[index] and not _names_file(leaf):
            against.append((LINKED, "links"))
        if not between and (words := promotion(leaf.text)):
            against.append((PROMOTION * words, "advertisement"))
    score += sum(weight for weight, _ in against)
    return score, min(against, default=(0.0, "outside the article"))[1]


def _holds_core(node: Node, region: Node, core: list[int]) -> bool:
    """Whether the part of the region a leaf stands in, below the region itself, holds some of the core."""
    part = node
    for place in node.up():
        if place is region:
            break
        part = place
    return part is region or any(part.span[0] <= index < part.span[1] for index in core)


def _names_file(leaf: Leaf) -> bool:
    """A link to a document, such as an attachment."""
    links = [piece.format.link for piece in leaf.pieces if piece.format.link is not None]
    return bool(links) and all(_FILE.search(link.get("href")) for link in links)
