"""EPUB and HTML editions read back, by libxml2.

In: the bytes of an edition.  Out: the parts of its text: body, notes, glosses, formulas.
"""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import unquote

from .marked import TextParts
from .packages import opened

_X = "{http://www.w3.org/1999/xhtml}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NO_KINDS = frozenset[str]()
_FURNITURE = frozenset({"doc-backlink", "backlink", "doc-toc"})
_NOTES = frozenset({"footnote", "doc-footnote"})
_SILENT = frozenset({"head", "script", "style", "template", "nav", "rp"})


def read_book(data: bytes) -> TextParts:
    """The parts of an EPUB's text, its pages in reading order.

    Raises BadZipFile, KeyError or XMLSyntaxError where it is none.
    """
    text, package = _MarkupText(), opened(data)
    container = xml(package.read("META-INF/container.xml"))
    path = next(container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile")).get("full-path")
    opf = xml(package.read(path))
    items = {item.get("id"): item for item in opf.iter("{http://www.idpf.org/2007/opf}item")}
    for itemref in opf.iter("{http://www.idpf.org/2007/opf}itemref"):
        item = items[itemref.get("idref")]
        if "nav" not in (item.get("properties") or "").split():
            page = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(item.get("href"))))
            text.walk(xml(package.read(page)), text.parts)
    return text.found()


def read_page(data: bytes) -> TextParts:
    """The parts of an HTML page's text."""
    from lxml import html

    text = _MarkupText()
    text.walk(html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8", huge_tree=True)), text.parts)
    return text.found()


class _MarkupText:
    """The text of pages of markup, notes and glosses apart."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.notes: list[str] = []
        self.glosses: list[str] = []
        self.formulas: list[str] = []

    def found(self) -> TextParts:
        """All of it."""
        return {"body": self.parts, "notes": self.notes, "glosses": self.glosses, "formulas": self.formulas}

    def walk(self, element: Any, into: list[str]) -> None:
        """Adds what stands in an element to `into`, a note or a gloss to its own place."""
        if not isinstance(element.tag, str):  # a comment or an instruction
            return
        name = element.tag.removeprefix(_X)
        kinds = _kinds(element) if (given := element.attrib) else _NO_KINDS
        if name in _SILENT or "hidden" in given or kinds & _FURNITURE:
            return
        if name == "rt":
            into = self.glosses
        elif name.endswith("math"):
            into = self.formulas
        elif kinds & _NOTES:
            into = self.notes
        if text := element.text:
            into.append(text)
        for child in element:
            self.walk(child, into)
            if text := child.tail:
                into.append(text)


def _kinds(element: Any) -> frozenset[str]:
    role, kind = element.get("role"), element.get(_EPUB_TYPE)
    return frozenset(f"{role or ''} {kind or ''}".split()) if role or kind else _NO_KINDS


def xml(data: bytes) -> Any:
    """The root of a part, without anything from elsewhere.  Raises XMLSyntaxError where it is broken."""
    from lxml import etree

    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
