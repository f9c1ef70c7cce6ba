"""The ways through a book: navigation document (EPUB 3.3, 7) and NCX (for readers of EPUB 2).

Both are made from `model.outline` and from nothing else, so they show what bookmarks and headings show.
"""

from __future__ import annotations

from typing import NamedTuple

from ...words.labels import label
from ..contents import ContentsNode, nested_list
from ..markup import escape

_NAV = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{0}" xml:lang="{0}">
<head>
<meta charset="utf-8"/>
<title>{1}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body epub:type="frontmatter">
{2}</body>
</html>
"""
_NCX = """\
<?xml version="1.0" encoding="utf-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{0}">
<head>
<meta name="dtb:uid" content="{1}"/>
<meta name="dtb:depth" content="{2}"/>
<meta name="dtb:totalPageCount" content="{3}"/>
<meta name="dtb:maxPageNumber" content="{3}"/>
</head>
<docTitle><text>{4}</text></docTitle>
<navMap>
{5}</navMap>
{6}</ncx>
"""


class Landmark(NamedTuple):
    """A part of the book that readers can go to.  kind: its `epub:type`."""

    kind: str
    text: str
    address: str


def nav_document(
    nodes: list[ContentsNode], landmarks: list[Landmark], pages: list[tuple[str, str]], title: str, language: str
) -> str:
    """The navigation document.  pages: (number, address)."""
    contents = escape(label("contents", language))
    body = (
        f'<main>\n<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">\n'
        f'<h1 id="toc-title" class="heading1">{contents}</h1>\n{nested_list(nodes)}</nav>\n</main>\n'
    )
    items = "".join(
        f'<li><a epub:type="{mark.kind}" href="{escape(mark.address)}">{escape(mark.text)}</a></li>\n'
        for mark in landmarks
    )
    body += _hidden("landmarks", "landmarks", items, language)
    if pages:
        items = "".join(f'<li><a href="{escape(address)}">{number}</a></li>\n' for number, address in pages)
        body += _hidden("page-list", "page_list", items, language)
    return _NAV.format(language, escape(title), body)


def _hidden(kind: str, word: str, items: str, language: str) -> str:
    """A list for the reading system, not for the page."""
    name = escape(label(word, language))
    role = ' role="doc-pagelist"' if kind == "page-list" else ""
    return (
        f'<nav epub:type="{kind}"{role} id="{kind}" aria-label="{name}" hidden="hidden">\n<ol>\n{items}</ol>\n</nav>\n'
    )


def ncx(nodes: list[ContentsNode], pages: list[tuple[str, str]], identifier: str, title: str, language: str) -> str:
    """The same contents as DAISY 2005 NCX."""
    counter = _Counter()
    points = "".join(_point(node, counter) for node in nodes)
    targets = "".join(
        f'<pageTarget id="page-{number}" type="normal" value="{number}" playOrder="{counter.order(address)}">'
        f'<navLabel><text>{number}</text></navLabel><content src="{escape(address)}"/></pageTarget>\n'
        for number, address in pages
    )
    page_list = ""
    if pages:
        name = escape(label("page_list", language))
        page_list = f"<pageList>\n<navLabel><text>{name}</text></navLabel>\n{targets}</pageList>\n"
    last = max((int(number) for number, _ in pages), default=0)
    return _NCX.format(language, escape(identifier), _depth(nodes), last, escape(title), points, page_list)


class _Counter:
    """Play order: the same address has the same number."""

    def __init__(self) -> None:
        self.points = 0
        self._orders: dict[str, int] = {}

    def order(self, address: str) -> int:
        return self._orders.setdefault(address, len(self._orders) + 1)


def _point(node: ContentsNode, counter: _Counter) -> str:
    counter.points += 1
    start = f'<navPoint id="point-{counter.points}" playOrder="{counter.order(node.address)}">'
    shown = f'<navLabel><text>{escape(node.text)}</text></navLabel><content src="{escape(node.address)}"/>\n'
    return f"{start}{shown}{''.join(_point(child, counter) for child in node.children)}</navPoint>\n"


def _depth(nodes: list[ContentsNode]) -> int:
    return 1 + max((_depth(node.children) for node in nodes), default=0) if nodes else 0
