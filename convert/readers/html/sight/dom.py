"""A page as a light tree: elements, text, and what its head says.

The tree holds elements and text only; its depth is bounded, so that everything after may recurse.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec


def words(text: str) -> frozenset[str]:
    """The words of a table that is written as text."""
    return frozenset(text.split())


BLOCK_TAGS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frame frameset h1 h2 h3 h4 h5 h6 header hgroup hr iframe legend li main menu nav ol optgroup "
    "option p pre search section select summary table tbody td tfoot th thead tr ul"
)
SKIPPED_TAGS = words(
    "script style template head title meta link base noembed noframes object embed applet "
    "canvas param track map area datalist rp"
)


SPACES = " \t\n\r\f"
"""What CSS collapses."""


class HtmlElement(msgspec.Struct, eq=False):
    """An element.  children: elements and text in order.  hidden: why it is not seen, None where it is.  block: whether
    it stands on lines of its own.  styled: it has attributes that say how it looks.  A struct, which is made fast: a
    page has thousands."""

    tag: str
    attrs: dict[str, str | None]
    parent: HtmlElement | None
    children: list[HtmlElement | str]
    hidden: str | None = None
    block: bool = True
    styled: bool = False
    span: tuple[int, int] = (0, 0)  # the leaves it holds, set when the page is cut into leaves
    kind: str | None = ""  # of furniture that it is named; "" until asked for
    kind_above: str | None = ""  # of it or the nearest around it that is so named
    loose: bool | None = None
    grid: Any = False  # of a table of data; False until looked for

    def get(self, name: str) -> str:
        """An attribute's value, empty where there is none."""
        return self.attrs.get(name) or ""

    def holds_blocks(self) -> bool:
        """Whether a child is a block: text beside it stands loose."""
        if self.loose is None:
            self.loose = any(isinstance(child, HtmlElement) and child.block for child in self.children)
        return self.loose

    def up(self) -> Iterator[HtmlElement]:
        """The element and its ancestors, from the inside out."""
        node: HtmlElement | None = self
        while node is not None:
            yield node
            node = node.parent

    def elements(self) -> Iterator[HtmlElement]:
        """The elements inside, in document order."""
        stack = [child for child in reversed(self.children) if isinstance(child, HtmlElement)]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, HtmlElement))

    def text(self) -> str:
        """All text inside, as the source has it."""
        return text_of(self.children)


def dissolve(page: WebPage) -> None:
    """Takes a tree apart that is not needed any more: without the ways up its elements are freed at once, and nobody
    has to search them for circles."""
    for node in page.built:
        node.parent = None


def text_of(children: list[HtmlElement | str]) -> str:
    """The text of elements and text in a row, as the source has it."""
    parts: list[str] = []
    stack = children[::-1]
    while stack:
        child = stack.pop()
        if isinstance(child, str):
            parts.append(child)
        else:
            stack.extend(reversed(child.children))
    return "".join(parts)


class WebPage:
    """A parsed page.  metas: (key, content) of `<meta>` in order, keys in lower case."""

    def __init__(self, body: HtmlElement) -> None:
        self.body = body
        self.title = ""
        self.language = ""
        self.base = ""
        self.canonical = ""
        self.saved_from = ""
        self.metas: list[tuple[str, str]] = []
        self.json_ld: list[str] = []
        self.built: list[HtmlElement] = []  # all elements of the tree
        self.frames: list[HtmlElement] = []
        self.fields: list[HtmlElement] = []  # text fields
        self.formulas: list[HtmlElement] = []  # MathML that is hidden
        self.drawn: list[HtmlElement] = []  # formulas as MathJax 3 draws them
        self.states: list[Any] = []  # the parser's nodes of scripts that may hold what the page shows
        self.ids: dict[str, HtmlElement] = {}

    def meta(self, *keys: str) -> str:
        """The first content that one of the keys has, tried in the order given."""
        for key in keys:
            for name, content in self.metas:
                if name == key and content:
                    return content
        return ""
