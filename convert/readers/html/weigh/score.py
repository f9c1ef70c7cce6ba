"""What speaks for a line or picture that is no prose of the article, and what against it: the fourth step of
`article`.

In: the leaves, the article's region and the core of its prose.  Out: for a leaf, or for a table of data as a whole, a
score, kept with more than 0, and the strongest reason against it.
"""

from __future__ import annotations

import functools
import re
from typing import Literal

from ....zh.furniture import line_reason, promotion
from ..metadata.lines import is_meta_line
from ..sight.dom import HtmlElement
from ..sight.runs import HEADINGS, Leaf
from ..thresholds import (
    ADJOINS,
    ALIKE,
    ATTACHED,
    EDGE,
    ENDS_SENTENCE,
    FOREIGN,
    HEADING,
    IS_PROSE,
    LINKED,
    LONG,
    MAX_FIGURE,
    MOSTLY,
    NAMED_FURNITURE,
    PEER,
    PROMOTION,
    SAYS_FURNITURE,
)
from .features import Features
from .names import name_of
from .standing import (
    PICTURE,
    addresses_of,
    are_together,
    is_figure,
    is_media,
    may_head,
    named_within,
    names_file,
    outside_lists,
    parts_with_core,
    path_of,
    row_of,
)

MILD_NAMES = frozenset(("credits", "keywords", "page tools", "logo", "player", "disclaimer", "form"))
"""Kinds of furniture that a name alone does not make of a sentence between sentences."""
HEADS = frozenset(("related items", "comments", "keywords"))
"""What may head a part of the article itself."""

_SENTENCE_END = re.compile("[\u3002\uff01\uff1f][\u201d\u300d)\uff09]?$")


class Scorer:
    """Weighs leaves that are not core: what speaks for each, and the strongest reason against it."""

    def __init__(self, of: Features, nodes: list[HtmlElement], region: HtmlElement, core: list[int]) -> None:
        self.of = of
        self.nodes = nodes
        self.region = region
        self.core = core
        self._kept: set[int] = set()
        self._texts: dict[int, bool] = {}
        self.homes = {id(of.home(of.leaves[index])) for index in core}

    @functools.cached_property
    def parts(self) -> set[int]:
        """The elements that hold a part of the article's core."""
        return parts_with_core(self.nodes, self.region, self.core)

    def _place(
        self, node: HtmlElement, place: HtmlElement, first: int, last: int
    ) -> tuple[float, list[tuple[float, str]]]:
        """What the place of the leaves `first` to `last` says; place: the element whose child they are."""
        between = bool(self.core) and self.core[0] < first and last < self.core[-1]
        peer = not self.core or id(place) in self.homes or id(outside_lists(place)) in self.homes
        score = (PEER if peer else 0.0) + (1.0 if between else EDGE)
        against: list[tuple[float, str]] = []
        of_text = any(outer is self._of_text_alone for outer in node.up())
        in_row = self.core and not peer and row_of(node, self.region) in self._rows
        if (
            (of_text and not is_meta_line(self.of.leaves[first].text))
            or (in_row and {first - 1, last + 1} & self._kept)
            or (self.core and not peer and (self._goes_on(node, first, last) or self._in_series(node)))
        ):
            score += ALIKE
        elif self.core and not peer and not between and not self._in_part_with_core(node):
            if self._part(node) in self._makes and first - 1 in self._kept:
                score += ALIKE
            else:
                against.append((FOREIGN, "outside the article"))
        if named := named_within(node, self.region):
            against.append((NAMED_FURNITURE, named))
        return score, against

    @functools.cached_property
    def _of_text_alone(self) -> HtmlElement | None:
        """The innermost element that holds the core, where it has no link to another page and no control: then all of
        it is text."""
        of, core = self.of, self.core
        if not core:
            return None
        whole = next(place for place in of.leaves[core[0]].node.up() if place.span[1] > core[-1])
        seen = [leaf for leaf in of.leaves[slice(*whole.span)] if leaf.hidden is None]
        alone = not any(leaf.control or (of.linked[leaf.index] and not names_file(leaf)) for leaf in seen)
        return whole if alone else None

    def _goes_on(self, node: HtmlElement, first: int, last: int) -> bool:
        """Beside what is kept, in the place where the text stands, a block of several lines of which none is a link or
        a control or says what furniture says: rows set with `<div>`, a table in a wrapper, `<details>`."""
        before = first < self.core[0]
        if (last + 1 if before else first - 1) not in self._kept:
            return False
        block = next((place for place in node.up() if self._holds_text(place.parent)), None)
        if block is not None and id(block) not in self._texts:
            self._texts[id(block)] = self._is_text(block, "before" if before else "after")
        return block is not None and self._texts[id(block)]

    def _holds_text(self, place: HtmlElement | None) -> bool:
        return place is self.region or id(place) in self.homes or id(place) in self.parts

    def _is_text(self, block: HtmlElement, place: Literal["before", "after"]) -> bool:
        seen = [leaf for leaf in self.of.leaves[slice(*block.span)] if leaf.hidden is None and leaf.kind != "rule"]
        return len(seen) > 1 and not any(
            leaf.kind == "image"
            or leaf.control
            or leaf.linked
            or is_meta_line(leaf.text)
            or line_reason(leaf.text, place) is not None
            or promotion(leaf.text)
            for leaf in seen
        )

    def _in_series(self, node: HtmlElement) -> bool:
        """A line made like one between lines of the core, such as the head of the first of several steps."""
        return path_of(node, self.region) in self._paths

    @functools.cached_property
    def _paths(self) -> set[tuple[str, ...]]:
        """How the short lines between the first and the last of the core are made."""
        between = self.of.leaves[self.core[0] : self.core[-1]] if self.core else []
        return {
            path_of(leaf.node, self.region)
            for leaf in between
            if leaf.kind == "text" and leaf.hidden is None and not leaf.control
            if not self.of.linked[leaf.index] or self._heads_entry(leaf)
            if leaf.index not in self._members and self._furniture(leaf) is None
        } - {()}

    @functools.cached_property
    def _members(self) -> frozenset[int]:
        return frozenset(self.core)

    @functools.cached_property
    def _makes(self) -> set[tuple[str, str]]:
        """The makes of the region's parts that hold core."""
        return {self._part(self.of.leaves[index].node) for index in self.core} - {("", "")}

    @functools.cached_property
    def _rows(self) -> set[str]:
        """The makes of the region's rows that hold core."""
        return {row_of(self.of.leaves[index].node, self.region) for index in self.core} - {""}

    def _part(self, node: HtmlElement) -> tuple[str, str]:
        """The make, tag and name, of the region's child that an element stands in; a plain `<div>` has none."""
        for place in node.up():
            if place.parent is self.region and (place.tag != "div" or name_of(place).strip()):
                return place.tag, name_of(place)
        return "", ""

    def _in_part_with_core(self, node: HtmlElement) -> bool:
        return any(id(place) in self.parts for place in node.up())

    def leaf(self, leaf: Leaf, kept: set[int]) -> tuple[float, str]:
        """The verdict on a leaf.  kept: the leaves that are kept so far."""
        if leaf.control:
            return -1.0, "form"
        index, self._kept = leaf.index, kept
        if self.core and self.core[0] < index < self.core[-1]:
            reason = self._furniture(leaf)
            return (-1.0, reason) if reason else (1.0, "")
        of = self.of
        score, against = self._place(leaf.image or leaf.node, self._home(leaf), index, index)
        if of.prose[index]:
            score += IS_PROSE * min(1.0, of.size[index] / LONG)
        if leaf.kind == "image" or is_media(leaf):
            named = any(weight == NAMED_FURNITURE and why != "player" for weight, why in against)
            score += ADJOINS if not named and self._adjoins(leaf, kept) else 0.0
        elif leaf.kind == "text":
            score += HEADING if may_head(leaf) else 0.0
            if said := line_reason(leaf.text, "before" if self.core and index < self.core[0] else "after"):
                against.append((SAYS_FURNITURE, said))
            if index - 1 in kept and _SENTENCE_END.search(leaf.text) and not leaf.linked:
                score += ENDS_SENTENCE
            if names_file(leaf):
                score += ATTACHED
            elif of.linked[index] and not (self._listed(leaf) or self._ends_text(leaf) or self._heads_entry(leaf)):
                against.append((LINKED, "links"))
            if words := promotion(leaf.text):
                against.append((PROMOTION * words, "advertisement"))
        return score + sum(weight for weight, _ in against), min(against, default=(0.0, "outside the article"))[1]

    def _furniture(self, leaf: Leaf) -> str | None:
        """Why a leaf between the first and the last line of the core is furniture; None where nothing says so."""
        of, index = self.of, leaf.index
        if leaf.kind == "rule":
            return None
        named = named_within(leaf.image or leaf.node, self.region)
        if is_media(leaf):
            return named if named not in (None, "player") else None
        if named and (not of.prose[index] or named not in MILD_NAMES):
            return named
        if leaf.kind == "image":
            return None if self._shows(leaf) or id(self._home(leaf)) in self.homes else "links"
        said = line_reason(leaf.text, "between")
        if said and not (self._heads_core(index) and (said in HEADS or self._spoken_of(index))):
            return said
        if not of.linked[index] or names_file(leaf) or self._listed(leaf) or self._heads_entry(leaf):
            return None
        return "links" if self._in_list(index) else None

    def _listed(self, leaf: Leaf) -> bool:
        """A link behind lines of the core, where the text stands, under a heading as others of the text are: what an
        author refers to."""
        of = self.of
        if not self.core or leaf.index < self.core[0] or id(outside_lists(self._home(leaf))) not in self.homes:
            return False
        before = range(leaf.index - 1, self.core[0], -1)
        head = next((at for at in before if of.leaves[at].hidden is None and not of.linked[at]), -1)
        return head in self._kept and of.leaves[head].node.tag in self._heads

    def _ends_text(self, leaf: Leaf) -> bool:
        """A link that stands alone behind the last line of the core, set as that is: where the text ends, and no list
        of other texts begins."""
        of, index, home = self.of, leaf.index, self._home(leaf)
        alike = any(of.leaves[at].node.tag == leaf.node.tag and of.home(of.leaves[at]) is home for at in self.core)
        if not alike or index <= self.core[-1]:
            return False
        between = [at for at in range(self.core[-1] + 1, index) if of.leaves[at].hidden is None]
        after = self._next(index)
        alone = after < 0 or self._home(of.leaves[after]) is not home or not of.linked[after]
        return alone and self._kept.issuperset(between) and not any(of.linked[at] for at in between)

    def _heads_entry(self, leaf: Leaf) -> bool:
        """A heading that is a link, right above lines of the core, with no more than a date between: on a page of
        several entries each has such a one."""
        if leaf.node.tag not in HEADINGS:
            return False
        after = self._next(leaf.index)
        if after >= 0 and is_meta_line(self.of.leaves[after].text):
            after = self._next(after)
        return after in self._members

    @functools.cached_property
    def _heads(self) -> set[str]:
        """The tags of the headings that occur more than once between lines of the core, or once with another."""
        between = self.of.leaves[self.core[0] : self.core[-1]] if self.core else []
        found = [leaf.node.tag for leaf in between if leaf.node.tag in HEADINGS and leaf.hidden is None]
        return set(found) if len(found) > 1 else set()

    def _heads_core(self, index: int) -> bool:
        """The next line is of the core: what heads it is a heading, whatever it says."""
        return self._next(index) in self._members

    def _spoken_of(self, index: int) -> bool:
        """The next line says the words of one that is no link: a manual's chapter has the name of a control."""
        leaves = self.of.leaves
        return not leaves[index].linked and leaves[index].text in leaves[self._next(index)].text

    def _next(self, index: int) -> int:
        """The next line that is seen; -1 where there is none."""
        leaves = self.of.leaves
        return next((at for at in range(index + 1, len(leaves)) if leaves[at].hidden is None), -1)

    def _in_list(self, index: int) -> bool:
        """A line of links to several places, or beside others to other places, or where no line of the core stands.

        A link that stands alone between two paragraphs heads what follows, or is a sentence of it."""
        of = self.of
        if len(addresses_of(of.leaves[index])) > 1:
            return True
        if id(of.home(of.leaves[index])) not in self.homes:
            return True
        own = addresses_of(of.leaves[index])
        for step in (-1, 1):
            at = index + step
            while 0 <= at < len(of.leaves) and of.leaves[at].hidden is not None:
                at += step
            if 0 <= at < len(of.leaves) and of.linked[at] and addresses_of(of.leaves[at]) != own:
                return True
        return False

    def _shows(self, leaf: Leaf) -> bool:
        """A picture that is no link to another page: such links stand on advertisements and on teasers.

        One with a line that is no link, in an element of their own, is a picture with its caption."""
        links = [run.format.link for run in leaf.runs if run.format.link is not None]
        if not links or is_media(leaf) or self._in_figure(leaf) or self._captioned(leaf):
            return True
        return all(PICTURE.search(link.get("href")) for link in links) or not any(link.get("href") for link in links)

    @staticmethod
    def _in_figure(leaf: Leaf) -> bool:
        return any(node.tag == "figure" for node in leaf.node.up())

    def _captioned(self, leaf: Leaf) -> bool:
        place: HtmlElement | None = leaf.node
        while place is not None and place.span[1] - place.span[0] == 1:
            place = place.parent
        if place is None or place is self.region or place.span[1] - place.span[0] > MAX_FIGURE:
            return False
        beside = [at for at in range(*place.span) if self.of.leaves[at].kind == "text"]
        return bool(beside) and not any(self.of.leaves[at].linked for at in beside)

    def _in_region(self, node: HtmlElement) -> bool:
        return any(place is self.region for place in node.up())

    def _home(self, leaf: Leaf) -> HtmlElement:
        """Where a leaf stands; for a picture, what the element that holds it and its caption stands in."""
        if leaf.image is None:
            return self.of.home(leaf)
        place = leaf.node
        while place.parent is not None and place is not self.region and is_figure(place):
            place = place.parent
        return place

    def belongs(self, leaf: Leaf) -> bool:
        """A picture or a file below a line that ends the article, in the place where its text stands."""
        if leaf.kind == "image":
            return self._shows(leaf) and id(self._home(leaf)) in self.homes
        return leaf.kind == "text" and names_file(leaf) and self._in_region(leaf.node)

    def table(self, table: HtmlElement, kept: set[int]) -> tuple[float, str]:
        """The same verdict for all leaves of a table of data.  kept: the leaves that are kept so far, this table's
        among them."""
        self._kept = kept
        first, last = table.span[0], table.span[1] - 1
        score, against = self._place(table, table.parent or table, first, last)
        leaves = self.of.leaves[first : last + 1]
        if sum(leaf.linked for leaf in leaves) > MOSTLY * sum(len(leaf.text) for leaf in leaves):
            against.append((LINKED, "links"))
        return score + sum(weight for weight, _ in against), min(against, default=(0.0, "outside the article"))[1]

    def _adjoins(self, leaf: Leaf, kept: set[int]) -> bool:
        """A picture that shows something, and whose neighbour towards the core is kept."""
        if not self.core or not self._shows(leaf):
            return False
        if id(self._home(leaf)) in self.homes:
            return True
        leaves, index = self.of.leaves, leaf.index
        around = (
            range(index + 1, min(index + 5, len(leaves))) if index < self.core[0] else range(index - 1, index - 5, -1)
        )
        near = [at for at in around if at >= 0 and not leaves[at].hidden and leaves[at].kind == "text"]
        if self._in_figure(leaf):  # a link to the picture, which may be shown larger, stands between
            near = [at for at in near if not self.of.linked[at]]
        near = near[:2]
        if near and near[0] in kept:
            return True
        # Its caption may stand between, in the same small part of the page.
        return len(near) == 2 and near[1] in kept and are_together(leaves[near[0]].node, leaf.node)
