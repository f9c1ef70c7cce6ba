"""What every edition made of markup needs of a text: escaped, with a language and a title that are always there."""

from __future__ import annotations

import re

from ..model import Document

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters XML 1.0 (2.2) cannot hold."""
LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
"""The form of a BCP 47 tag."""
_DEFAULT_LANGUAGE = "zh-Hans"


def language_of(document: Document) -> str:
    """The language tag of a document, simplified Chinese where it has none that is well-formed."""
    tag = document.metadata.language or ""
    return tag if LANGUAGE.fullmatch(tag) else _DEFAULT_LANGUAGE


def title_of(document: Document) -> str:
    """The title on one line; the source's name where the document has none."""
    name = document.metadata.title or document.source.name.rpartition("/")[2].rpartition(".")[0] or document.source.name
    return " ".join(NOT_XML.sub("\ufffd", name).split()) or "\u2014"


def escape(text: str) -> str:
    """Text for element content and quoted attributes, whatever it holds."""
    return printable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def printable(text: str) -> str:
    """Text as an edition in XML can hold it."""
    return NOT_XML.sub("\ufffd", text) if NOT_XML.search(text) else text
