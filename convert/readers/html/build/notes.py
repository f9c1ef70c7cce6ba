"""Footnotes of a page: marks that link to a text below it, which links back or begins with the same mark.

In: the leaves of the article and the elements with an id.  Out: which `<a>` is a reference, and which leaves are the
body of which note.
"""

from __future__ import annotations

import re

from ..sight.dom import HtmlElement, WebPage
from ..sight.runs import EDGES, Leaf
from ..thresholds import MAX_NOTE_LINES

_MARK = re.compile(
    "[\\[\uff3b(\uff08\u3014\u3010]?\\s*(?:\u6ce8\\s*)?(?:\\d{1,3}|[\u2460-\u2473\u24f5-\u24fe\u2776-\u277f]|[*\u2020\u2021\u00a7]+|[ivx]{1,5}|[a-z])\\s*"
    "[\\]\uff3d)\uff09\u3015\u3011]?"
)
_AT_START = re.compile("[\\^\u2191\u21a9]?(?:" + _MARK.pattern + ")[\\s.\u3001\uff0e:\uff1a\\^\u2191]*")
_BACK = re.compile(
    "[\\s\u00a0]*(?:[\u21a9\u2191\u2934\u23ce^][\ufe0e\ufe0f]?|\u8fd4\u56de|\u56de\u5230?\u6b63\u6587)+$"
)
_DIGITS = re.compile(r"\w+|[*\u2020\u2021\u00a7]+")


class NoteFinder:
    """of_leaf: the note a leaf is the body of.  A note's id is made from its place: `n1`, `n2` ..."""

    def __init__(self, page: WebPage, leaves: list[Leaf], kept: set[int]) -> None:
        self.of_leaf: dict[int, str] = {}
        self._of_target: dict[str, str] = {}
        self._labels: dict[str, str] = {}
        self._first: set[int] = set()
        self.marks: set[int] = set()  # leaves that are only the mark of a note
        self._page = page
        for index in sorted(kept):
            for run in leaves[index].runs:
                link = run.format.link
                if link is not None and index not in self.of_leaf:
                    self._refer(link, run.text, index, leaves)

    def _refer(self, link: HtmlElement, text: str, index: int, leaves: list[Leaf]) -> None:
        name = link.get("href").rpartition("#")[2]
        target = self._page.ids.get(name) if link.get("href").startswith("#") else None
        if target is None or name in self._of_target or not _MARK.fullmatch(text.strip()):
            return
        place = next((node for node in target.up() if node.block and node.span[0] < node.span[1]), None)
        if place is None or place.tag in ("body", "ul", "ol", "table", "article", "section", "main"):
            return
        if place.tag in ("td", "th") and place.parent is not None:
            place = place.parent  # the mark in one cell, the note in the next
        body = [at for at in range(*place.span) if leaves[at].kind == "text" and leaves[at].hidden is None]
        if not body or body[0] <= index or any(at in self.of_leaf for at in body) or len(body) > MAX_NOTE_LINES:
            return
        mark, begins = _DIGITS.search(text), _DIGITS.search(leaves[body[0]].text[:8])
        same = mark is not None and begins is not None and mark[0] == begins[0]
        if not same and not _links_back(leaves, body, link):
            return
        note = f"n{len(self._labels) + 1}"
        self._of_target[name] = note
        self._labels[note] = text.strip()
        self._first.add(body[0])
        if len(body) > 1 and _AT_START.fullmatch(leaves[body[0]].text):
            self.marks.add(body.pop(0))
        self.of_leaf.update(dict.fromkeys(body, note))

    def of_link(self, link: HtmlElement) -> str | None:
        """The note an `<a>` refers to."""
        href = link.get("href")
        return self._of_target.get(href[1:]) if href.startswith("#") else None

    def body(self, note: str, leaf: Leaf) -> tuple[str, int, int]:
        """A note's label, and where in a leaf its text begins and ends, between its mark and its way back."""
        label, text = self._labels[note], leaf.text
        start = 0
        first = leaf.index in self._first
        found = _AT_START.match(text)
        if first and found and _same(found[0], label) and found.end() < len(text):
            start = found.end()
        else:
            caret = re.match("[\\^\u2191\u21a9][\ufe0e\ufe0f]?\\s*", text)
            start = caret.end() if first and caret and caret.end() < len(text) else 0
        back = _BACK.search(text, start)
        end = back.start() if back and back.start() > start else len(text)
        while start < end and text[start] in EDGES:
            start += 1
        return label, start, end


def _same(mark: str, label: str) -> bool:
    one, other = _DIGITS.search(mark), _DIGITS.search(label)
    return one is not None and other is not None and one[0] == other[0]


def _links_back(leaves: list[Leaf], body: list[int], link: HtmlElement) -> bool:
    names = {node.get(key) for node in link.up() for key in ("id", "name") if node.get(key) and not _far(node, link)}
    hrefs = (run.format.link.get("href") for at in body for run in leaves[at].runs if run.format.link is not None)
    return any(href.startswith("#") and href[1:] in names for href in hrefs)


def _far(node: HtmlElement, link: HtmlElement) -> bool:
    """An ancestor that is not the mark's own `<sup>` or `<a>`."""
    return node is not link and node.block
