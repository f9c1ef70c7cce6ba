"""OpenDocument texts read back (OASIS OpenDocument 1.3, part 3), as ZIP and XML.

In: the bytes of an ODT.  Out: the parts of its text.
"""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import unquote

from .marked import TextParts
from .markup import xml
from .packages import ZipEdition, opened

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _DRAW, _STYLE = (_NS % name for name in ("office", "text", "drawing", "style"))
_SVG = _NS % "svg-compatible"
_HREF = "{http://www.w3.org/1999/xlink}href"
_BLOCKS = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_UNSEEN = frozenset(
    {
        *(f"{_TEXT}{name}" for name in ("tracked-changes", "table-of-content", "sequence-decls")),
        *(f"{_OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "event-listeners")),
        *(f"{_SVG}{name}" for name in ("title", "desc")),
        f"{_NS % 'table'}title",
        f"{_NS % 'table'}desc",
    }
)
"""What is no text of the body: an index, what is said of a picture or a table, remarks."""
_HOLDERS = frozenset(
    {
        f"{_OFFICE}text",
        *(f"{_TEXT}{name}" for name in ("list-item", "list-header", "note-body", "section", "index-body")),
        *(f"{_NS % 'table'}{name}" for name in ("table", "table-header-rows", "table-row", "table-cell")),
        f"{_DRAW}text-box",
    }
)
"""What holds paragraphs, where white space is layout."""
_SPACES = frozenset(f"{_TEXT}{name}" for name in ("s", "tab", "line-break"))
_DIGITS = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"


def read(data: bytes) -> TextParts:
    """The parts of an ODT's text.  Raises BadZipFile, KeyError or XMLSyntaxError where it is none."""
    package = opened(data)
    root = xml(package.read("content.xml"))
    styles = xml(package.read("styles.xml"))
    text = _OdtText(package, _list_levels(root) | _list_levels(styles))
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise KeyError("it has no text")
    text.walk(body, text.parts["body"])
    return text.parts


def _list_levels(root: Any) -> dict[tuple[str, int], Any]:
    """The levels of the list styles, by the style's name and their number."""
    return {
        (style.get(f"{_STYLE}name"), int(level.get(f"{_TEXT}level"))): level
        for style in root.iter(f"{_TEXT}list-style")
        for level in style
        if level.get(f"{_TEXT}level")
    }


class _OdtText:
    """The text below one element after the other.  waiting: the mark of a list item that has begun."""

    def __init__(self, package: ZipEdition, levels: dict[tuple[str, int], Any]) -> None:
        self.parts: TextParts = {name: [] for name in ("body", "notes", "glosses", "formulas")}
        self._package = package
        self._levels = levels
        self._lists: list[str] = []
        self._waiting = ""

    def walk(self, element: Any, into: list[str]) -> None:
        """Adds what stands in an element to `into`, a note, a gloss or a formula to its own place."""
        inside = element.tag not in _HOLDERS
        if element.text and inside:
            into.append(element.text)
        for child in element:
            self._child(child, into)
            if child.tail and inside:
                into.append(child.tail)

    def _child(self, child: Any, into: list[str]) -> None:
        tag = child.tag
        if tag in _BLOCKS:
            into.append(self._waiting)
            self._waiting = ""
            self.walk(child, into)
            into.append("\n")
        elif tag in _SPACES:
            into.append(" ")
        elif tag == f"{_TEXT}list":
            self._list(child, into)
        elif tag == f"{_TEXT}note":
            citation = child.find(f"{_TEXT}note-citation")
            into.append(citation.get(f"{_TEXT}label") or citation.text or "")
            lists, self._lists = self._lists, []
            self.walk(child.find(f"{_TEXT}note-body"), self.parts["notes"])
            self._lists = lists
        elif tag == f"{_TEXT}ruby-text":
            self.parts["glosses"].append("".join(child.itertext()))
        elif tag == f"{_DRAW}object":
            name = posixpath.normpath(posixpath.join(unquote(child.get(_HREF)), "content.xml"))
            self.parts["formulas"].append("".join(xml(self._package.read(name)).itertext()))
        elif isinstance(tag, str) and tag not in _UNSEEN:
            self.walk(child, into)

    def _list(self, element: Any, into: list[str]) -> None:
        name = element.get(f"{_TEXT}style-name") or (self._lists[-1] if self._lists else "")
        self._lists.append(name)
        level = self._levels.get((name, len(self._lists)))
        count = int(level.get(f"{_TEXT}start-value") or 1) if level is not None else 1
        for item in element:
            if item.tag == f"{_TEXT}list-item":
                count = int(item.get(f"{_TEXT}start-value") or count)
                self._waiting = _mark(level, count) if level is not None else ""
                count += 1
            self.walk(item, into)
            self._waiting = ""
        self._lists.pop()


def _mark(level: Any, count: int) -> str:
    """The mark that a level of a list draws before an item."""
    if level.tag == f"{_TEXT}list-level-style-bullet":
        return str(level.get(f"{_TEXT}bullet-char", ""))
    form = level.get(f"{_STYLE}num-format") or ""
    if not form:
        return ""
    return (level.get(f"{_STYLE}num-prefix") or "") + _numeral(form, count) + (level.get(f"{_STYLE}num-suffix") or "")


def _numeral(form: str, count: int) -> str:
    """A number in a form (19.500); Han numbers below a hundred."""
    if form in ("a", "A"):
        return chr(ord(form) + (count - 1) % 26) * ((count - 1) // 26 + 1)
    if form in ("i", "I"):
        return _roman(count) if form == "i" else _roman(count).upper()
    if form.startswith(_DIGITS[0]) and 0 < count < 100:
        tens, ones = divmod(count, 10)
        front = ("" if tens == 1 else _DIGITS[tens - 1]) + "\u5341" if tens else ""
        return front + (_DIGITS[ones - 1] if ones else "")
    return str(count)


def _roman(count: int) -> str:
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    out = ""
    for value, sign in signs:
        times, count = divmod(count, value)
        out += sign * times
    return out
