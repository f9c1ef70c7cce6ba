"""Where a line stands among the elements of its page, and what it is made of, for the steps that weigh it."""

from __future__ import annotations

import re
from itertools import accumulate

from ....zh.captions import FETCHES_FILE
from ..sight.dom import HtmlElement
from ..sight.leaves import MEDIA
from ..sight.runs import Leaf
from ..thresholds import MAX_FIGURE
from .names import kind_above, kind_of, name_of

PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp)(?:$|[?#!])", re.I)
_SAVED_AS = re.compile(r"\.(?!apk|exe|dmg|ipa|msi|pkg)\w{2,5}$", re.I)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|zip|rar|7z|wps|et|ofd|txt|ceb|hwpx?)(?:$|[?#])", re.I)


def path_of(node: HtmlElement, region: HtmlElement) -> tuple[str, ...]:
    """The tags and names of the elements from a line up to the region; empty where they tell no part of the page."""
    path: list[str] = []
    for place in node.up():
        if place is region:
            return tuple(path) if len(path) > 1 and any(" " in part.strip() for part in path) else ()
        path.append(f"{place.tag} {name_of(place)}".strip())
    return ()


def row_of(node: HtmlElement, region: HtmlElement) -> str:
    """The class of the one element in a plain `<div>` of the region, as some pages have for each line; else empty."""
    inner: list[HtmlElement] = []
    for place in node.up():
        if place.parent is region:
            whole = place.tag == "div" and not place.attrs and inner and inner[-1].span == place.span
            return inner[-1].attrs.get("class") or "" if whole else ""
        inner.append(place)
    return ""


def is_figure(place: HtmlElement) -> bool:
    """An element that holds no more than a picture with its caption, or is called so."""
    return place.tag == "figure" or place.span[1] - place.span[0] <= MAX_FIGURE


def outside_lists(place: HtmlElement) -> HtmlElement:
    """The element a list or quote stands in, for what stands in the list or quote."""
    while place.parent is not None and place.tag in ("ul", "ol", "li", "dl", "dd", "blockquote"):
        place = place.parent
    return place


def are_together(one: HtmlElement, other: HtmlElement) -> bool:
    """Whether two blocks stand in one element of a few leaves, such as the table that sets a picture."""
    return any(one in place.elements() for place in other.up() if place.span[1] - place.span[0] <= 3)


def is_media(leaf: Leaf) -> bool:
    """A line that stands for a video or audio."""
    link = leaf.runs[0].format.link if leaf.runs else None
    return link is not None and link.tag in MEDIA


def may_head(leaf: Leaf) -> bool:
    """A short line that is bold, or a heading."""
    if not 1 < len(leaf.text) <= 40 or leaf.linked:
        return False
    return is_strong(leaf) or any(
        node.tag in ("h1", "h2", "h3", "h4", "h5", "h6") for node in (leaf.node, leaf.node.parent) if node
    )


def is_strong(leaf: Leaf) -> bool:
    """All of the line is bold."""
    return all("strong" in run.format.kinds for run in leaf.runs if run.text.strip())


def parts_with_core(nodes: list[HtmlElement], region: HtmlElement, core: list[int]) -> set[int]:
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


def names_file(leaf: Leaf) -> bool:
    """A link to a document, such as an attachment, by its address, by its own name or by what it says of itself;
    pictures may stand beside it."""
    links = [(run.format.link, run.text.strip()) for run in leaf.runs if run.format.link is not None]
    files = [_fetches(link) or _FILE.search(text) is not None for link, text in links]
    return any(files) and all(file or PICTURE.search(text) for file, (_, text) in zip(files, links, strict=True))


def _fetches(link: HtmlElement) -> bool:
    return (
        _FILE.search(link.get("href")) is not None
        or _SAVED_AS.search(link.get("download")) is not None
        or FETCHES_FILE.search(link.get("title")) is not None
    )


def addresses_of(leaf: Leaf) -> set[str]:
    """Where the links of a line lead."""
    return {link.get("href") for run in leaf.runs if (link := run.format.link) is not None}


def named_within(node: HtmlElement, region: HtmlElement) -> str | None:
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
