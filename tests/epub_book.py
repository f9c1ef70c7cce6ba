"""A finished book opened for the tests: its files, and what its navigation says, read with lxml alone."""

from __future__ import annotations

import io
import posixpath
import zipfile
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from conftest import SAMPLE, SHARED
from looks import LOOKS
from lxml import etree

from convert import style, writers
from convert.errors import Notice
from convert.model import Document
from convert.run import reading
from convert.style import Style

X = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"


class Entry(NamedTuple):
    """An entry of a contents: how deep it stands, what it says, where it leads."""

    depth: int
    text: str
    address: str


class Book:
    def __init__(self, data: bytes, notices: list[Notice] | None = None) -> None:
        self.data = data
        self.notices = notices or []
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.infos = archive.infolist()
            self.files = {info.filename: archive.read(info) for info in self.infos}

    @cached_property
    def package(self) -> Any:
        return etree.fromstring(self.files["EPUB/content.opf"])

    def page(self, name: str) -> Any:
        return etree.fromstring(self.files[f"EPUB/{name}"])

    @cached_property
    def spine(self) -> list[str]:
        hrefs = {item.get("id"): item.get("href") for item in self.package.iter(f"{OPF}item")}
        return [hrefs[ref.get("idref")] for ref in self.package.iter(f"{OPF}itemref")]

    @cached_property
    def chapters(self) -> dict[str, Any]:
        """The chapter files, in reading order."""
        return {name: self.page(name) for name in self.spine if name.startswith("chapter-")}

    def dc(self, name: str) -> list[str]:
        return [element.text for element in self.package.iter(f"{DC}{name}")]

    def properties(self, name: str) -> list[str]:
        return [meta.text for meta in self.package.iter(f"{OPF}meta") if meta.get("property") == name]

    def nav(self, kind: str = "toc") -> list[Entry]:
        navs = [nav for nav in self.page("nav.xhtml").iter(f"{X}nav") if nav.get(f"{OPS}type") == kind]
        return list(_nav_entries(navs[0].find(f"{X}ol"), 1)) if navs else []

    def ncx(self) -> list[Entry]:
        return list(_ncx_entries(self.page("toc.ncx").find(f"{NCX}navMap"), 1))

    def target(self, address: str) -> Any:
        """The element an address in the book leads to."""
        name, _, id = address.partition("#")
        root = self.page(posixpath.normpath(name))
        found = [root] if not id else [element for element in root.iter() if element.get("id") == id]
        assert len(found) == 1, address
        return found[0]


def _nav_entries(ol: Any, depth: int) -> Any:
    for li in ol:
        link = li.find(f"{X}a")
        yield Entry(depth, "".join(link.itertext()), link.get("href"))
        for below in li.findall(f"{X}ol"):
            yield from _nav_entries(below, depth + 1)


def _ncx_entries(parent: Any, depth: int) -> Any:
    for point in parent.findall(f"{NCX}navPoint"):
        yield Entry(depth, point.find(f"{NCX}navLabel/{NCX}text").text, point.find(f"{NCX}content").get("src"))
        yield from _ncx_entries(point, depth + 1)


def make(document: Document, look: Style) -> Book:
    """The book of a document."""
    stream = io.BytesIO()
    notices = writers.write("epub", document, look, stream)
    return Book(stream.getvalue(), notices)


def changed(look: Style, part: str, **values: Any) -> Style:
    """A style with some values of one of its tables changed."""
    table = msgspec.structs.replace(getattr(look, part), **values)
    return msgspec.structs.replace(look, **{part: table})


def looks() -> dict[str, Style]:
    """The shipped styles, each also set in vertical columns."""
    shipped = {name: style.load(name) for name in LOOKS}
    upright = {f"{name}, vertical": changed(look, "composition", vertical=True) for name, look in shipped.items()}
    return shipped | upright


def real_sources(most: tuple[int, int, int] = (2, 2, 3)) -> list[Path]:
    """The sample, and the first reports, laws and pages where the shared corpus is at hand."""
    found = [SAMPLE]
    for folder, number in zip(("reports/*.txt", "laws/*.txt", "pages/*.html"), most, strict=True):
        found += sorted((SHARED / "corpus").glob(folder))[:number]
    return found


def read(path: Path) -> Document:
    return reading.read(path)
