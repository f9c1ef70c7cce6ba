"""The text of a tagged PDF as a screen reader says it: element by element through the structure tree, what is hung on
each in the order it is hung (ISO 32000-2, 14.7.2 and 14.8.2.3).

Reads with pikepdf (QPDF), which shares no code with the writer: marked content of the pages, ToUnicode and ActualText.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pikepdf

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_LAYOUT = re.compile(r"[\s\u00ad\u200b-\u200f\ufe00-\ufe0f]+")


class Said(NamedTuple):
    """A piece of text, and the elements that it stands in from the outside in."""

    path: tuple[str, ...]
    text: str


class Link(NamedTuple):
    """An annotation: its page, what it says it is, and the text of the element it belongs to."""

    page: int
    contents: str
    text: str


def tree(pdf: pikepdf.Pdf) -> list[Said]:
    """The text in the order of the tree."""
    marks = [_marked(page) for page in pdf.pages]
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    return list(_said(pdf.Root.StructTreeRoot.K, (), None, marks, numbers))


def body(said: list[Said], *, apart: frozenset[str] = frozenset({"RT", "Note", "TOC", "Formula"})) -> str:
    """What the elements say that no footnote, gloss, formula or contents is, white space aside."""
    return _LAYOUT.sub("", "".join(piece.text for piece in said if apart.isdisjoint(piece.path)))


def links(pdf: pikepdf.Pdf) -> list[Link]:
    """The link annotations of the pages, in the order of the tree."""
    marks = [_marked(page) for page in pdf.pages]
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(node: pikepdf.Object) -> Iterator[Link]:
        for kid in _kids(node):
            if not isinstance(kid, pikepdf.Dictionary):
                continue
            if kid.get("/Type") == "/OBJR":
                text = "".join(piece.text for piece in _said(node, (), None, marks, numbers))
                yield Link(numbers[kid.Pg.objgen], str(kid.Obj.get("/Contents", "")), text)
            elif "/S" in kid:
                yield from walk(kid)

    return list(walk(pdf.Root.StructTreeRoot))


def _kids(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K", pikepdf.Array())
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _said(
    node: pikepdf.Object,
    path: tuple[str, ...],
    page: int | None,
    marks: list[dict[int, str]],
    numbers: dict[tuple[int, int], int],
) -> Iterator[Said]:
    path = (*path, str(node.S)[1:])
    page = numbers[node.Pg.objgen] if "/Pg" in node else page
    for kid in _kids(node):
        if isinstance(kid, int):
            assert page is not None, "a mark without a page"
            yield Said(path, marks[page][kid])
        elif kid.get("/Type") == "/MCR":
            yield Said(path, marks[numbers[kid.Pg.objgen]][int(kid.MCID)])
        elif kid.get("/Type") != "/OBJR":
            yield from _said(kid, path, page, marks, numbers)


def _marked(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked content of a page that has a number."""
    fonts = {name: _texts(font) for name, font in page.obj.get("/Resources", {}).get("/Font", {}).items()}
    found: dict[int, list[str]] = {}
    open_: list[tuple[int | None, bool]] = []  # the number that text goes to, and whether ActualText says it
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page, "BDC BMC EMC Tf Tj TJ"):
        name = str(operator)
        if name == "BMC":
            open_.append((None, True))
        elif name == "BDC":
            number, silent = open_[-1] if open_ else (None, False)
            entries = operands[1]
            number = int(entries["/MCID"]) if "/MCID" in entries else number
            if number is not None:
                found.setdefault(number, [])
                if "/ActualText" in entries:
                    found[number].append(str(entries["/ActualText"]))
            open_.append((number, silent or "/ActualText" in entries))
        elif name == "EMC":
            open_.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif open_ and open_[-1][0] is not None and not open_[-1][1]:
            strings = operands[0] if name == "TJ" else operands
            shown = b"".join(bytes(part) for part in strings if isinstance(part, pikepdf.String))
            found[open_[-1][0]] += [font[int.from_bytes(shown[at : at + 2])] for at in range(0, len(shown), 2)]
    return {number: "".join(parts) for number, parts in found.items()}


def _texts(font: pikepdf.Object) -> dict[int, str]:
    pairs = _PAIR.findall(font.ToUnicode.read_bytes().partition(b"beginbfchar")[2])
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
