"""The logical structure of a tagged PDF: planned from the document, hung on marked content while pages are painted,
written as a StructTreeRoot at the end (ISO 32000-1, 14.7 and 14.8; PDF/UA-1).

A paragraph is one node over any number of pages, because nodes are made for blocks and not for what a page shows.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from reportlab.pdfbase import pdfdoc

# Types of ours -> standard ones (ISO 32000-1, 14.8.4). A title is no heading of the outline in PDF 1.7.
ROLE_MAP = {"Title": "P", "Subtitle": "P", "Byline": "P", "Salutation": "P", "Signature": "P", "Date": "P"}


PDF_2_SPACE = "http://iso.org/pdf2/ssn"
"""The namespace of the standard structure of PDF 2.0 (ISO 32000-2, 14.8.6)."""


class Tag:
    """A structure element.  kids: nodes, (page, mcid) marks and ("object", page, reference) in reading order.  refs:
    nodes that it leads to.

    There is one for each cell of a table: what few of them have is made where it is needed.
    """

    __slots__ = ("alt", "attributes", "id", "inline", "kids", "kind", "language", "parent", "refs")

    def __init__(self, kind: str, parent: Tag | None) -> None:
        self.kind = kind
        self.parent = parent
        self.kids: list[Any] = []
        self.attributes: dict[str, Any] | None = None
        self.alt: str | None = None
        self.id: str | None = None
        self.language: str | None = None
        self.inline: dict[int, Tag] | None = None
        self.refs: list[Tag] | None = None

    def child(self, kind: str) -> Tag:
        """A new node at the end of this one."""
        node = Tag(kind, self)
        self.kids.append(node)
        return node

    def within(self, path: tuple[tuple[str, int, str], ...]) -> Tag:
        """The inline node at the end of a path of (kind, number, detail), made where it is met for the first time."""
        node = self
        for kind, number, detail in path:
            if node.inline is None:
                node.inline = {}
            found = node.inline.get(number)
            if found is None:
                found = node.inline[number] = node.child(kind)
                if kind == "Span":
                    found.language = detail
                elif kind in ("Figure", "Formula"):
                    found.alt = detail
            node = found
        return node

    def say(self, **entries: Any) -> None:
        """Adds attributes, by their names in the file (ISO 32000-1, 14.8.5)."""
        self.attributes = {**(self.attributes or {}), **entries}


def nodes(root: Tag) -> Iterator[Tag]:
    """A node and all within it, in reading order."""
    left = [root]
    while left:
        node = left.pop()
        yield node
        left += reversed([kid for kid in node.kids if isinstance(kid, Tag)])


def reading_order(root: Tag) -> dict[int, int]:
    """How many nodes are read before each node, by its id."""
    return {id(node): number for number, node in enumerate(nodes(root))}


class Ranks:
    """Heading levels without a step left out, as PDF/UA-1 7.4.2 wants: a level deeper than the last by more than one
    becomes one deeper."""

    def __init__(self) -> None:
        self._open: list[int] = []

    def next(self, level: int) -> int:
        """The level of the next heading, without gaps."""
        while self._open and self._open[-1] >= level:
            self._open.pop()
        self._open.append(level)
        return len(self._open)


class _Tree(NamedTuple):
    """What is written of a tree so far.  pages: a reference to each page.  parents: the element of each mark of a page.
    written: the reference to the elements that are asked for, by the node's id.  numbers: of objects that others refer
    to, by the node's id.  space: a reference to the namespace of the types in `kinds`."""

    document: Any
    pages: list[Any]
    parents: list[list[Any]]
    written: dict[int, Any]
    ids: list[tuple[str, Any]]
    numbers: dict[int, int]
    space: Any
    kinds: frozenset[str]


def attach(
    document: Any,
    root: Tag,
    pages: list[Any],
    annotations: list[tuple[Tag, Any, int]],
    ends: Iterable[Tag] = (),
    kinds: frozenset[str] = frozenset(),
) -> dict[int, Any]:
    """Write the tree into the catalogue; returns references to the elements of annotations and `ends`, by the node's
    id.  Nodes lose their kids on the way.

    pages: a reference to each page.  annotations: (node, annotation dictionary, page) of the links; each gets its
    StructParent number behind those of the pages.  kinds: types in the namespace of PDF 2.0; none in a file of PDF 1.7.
    """
    count = len(pages)
    for offset, (node, annotation, page) in enumerate(annotations):
        annotation["StructParent"] = count + offset
        node.kids.append(("object", page, document.Reference(annotation)))
    top = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    reference = document.Reference(top)
    written: dict[int, Any] = dict.fromkeys(map(id, (*(node for node, _, _ in annotations), *ends)))
    space = document.Reference(pdfdoc.PDFDictionary({"NS": pdfdoc.PDFString(PDF_2_SPACE)})) if kinds else None
    led = {id(end): end for node in nodes(root) for end in node.refs or ()} if kinds else {}
    numbers = {key: document.reserve() for key in led}
    tree = _Tree(document, pages, [[] for _ in pages], written, [], numbers, space, kinds)
    top["K"] = _write(tree, root, reference)
    nums: list[Any] = []
    for page, marks in enumerate(tree.parents):
        nums += [page, document.Reference(pdfdoc.PDFArrayCompact(marks))]
    for offset, (node, _, _) in enumerate(annotations):
        nums += [count + offset, written[id(node)]]
    top["ParentTree"] = document.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArrayCompact(nums)}))
    top["ParentTreeNextKey"] = count + len(annotations)
    if kinds:
        top["Namespaces"] = pdfdoc.PDFArrayCompact([space])
    else:
        top["RoleMap"] = pdfdoc.PDFDictionary({ours: pdfdoc.PDFName(theirs) for ours, theirs in ROLE_MAP.items()})
    if tree.ids:
        tree.ids.sort(key=lambda pair: pair[0])
        names = [part for name, target in tree.ids for part in (pdfdoc.PDFString(name), target)]
        top["IDTree"] = document.Reference(pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArrayCompact(names)}))
    document.Catalog.StructTreeRoot = reference
    return written


def _wrap(node: Tag) -> None:
    """Text between the elements of a node becomes elements too: some readers take all text of a node before its
    elements."""
    kids, node.kids = node.kids, []
    for marked, run in itertools.groupby(kids, lambda kid: isinstance(kid, tuple) and kid[0] != "object"):
        if marked:
            node.child("Span").kids = list(run)
        else:
            node.kids += run


def _write(tree: _Tree, node: Tag, parent: Any) -> Any:
    if any(isinstance(kid, Tag) for kid in node.kids):
        _wrap(node)
    entries = pdfdoc.PDFDictionary({"S": pdfdoc.PDFName(node.kind), "P": parent})
    number = tree.numbers.get(id(node)) or tree.document.reserve()
    reference = f"{number} 0 R"
    if id(node) in tree.written:
        tree.written[id(node)] = reference
    own_page: int | None = None
    kids: list[Any] = []
    for kid in node.kids:
        if isinstance(kid, Tag):
            kids.append(_write(tree, kid, reference))
        elif kid[0] == "object":
            kids.append(pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("OBJR"), "Obj": kid[2], "Pg": tree.pages[kid[1]]}))
        else:
            page, mark = kid
            if own_page is None:
                own_page = page
                entries["Pg"] = tree.pages[page]
            marks = tree.parents[page]
            marks.extend([pdfdoc.PDFnull] * (mark + 1 - len(marks)))
            marks[mark] = reference
            kids.append(
                mark
                if page == own_page
                else pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("MCR"), "Pg": tree.pages[page], "MCID": mark})
            )
    node.kids.clear()
    if kids:
        entries["K"] = kids[0] if len(kids) == 1 else pdfdoc.PDFArrayCompact(kids)
    if node.alt is not None:
        entries["Alt"] = pdfdoc.PDFString(node.alt)
    if node.language is not None:
        entries["Lang"] = pdfdoc.PDFString(node.language)
    if node.id is not None:
        entries["ID"] = pdfdoc.PDFString(node.id)
        tree.ids.append((node.id, reference))
    if node.attributes:
        entries["A"] = pdfdoc.PDFDictionary(node.attributes)
    if node.kind in tree.kinds:
        entries["NS"] = tree.space
    if node.refs:
        entries["Ref"] = pdfdoc.PDFArrayCompact([f"{tree.numbers[id(end)]} 0 R" for end in node.refs])
    tree.document.settle(number, entries)
    return reference
