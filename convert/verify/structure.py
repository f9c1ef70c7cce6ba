"""How finished editions are built, looked at by readers that share no code with the writers.

In: an edition's bytes, perhaps hostile.  Out: its extent, and its faults, one sentence each.  What is looked for is
what a reader needs to open the file at all, and what we promise of it: nothing here replaces epubcheck, veraPDF or a
schema, which the tests run.

- DOCX: ECMA-376 part 2 (packages), part 1, 11.3.10 (main document part); zipfile and libxml2.
- ODT: OpenDocument 1.3, part 2 (packages), part 3, 3.7 (text documents); zipfile and libxml2.
- EPUB: EPUB 3.3 (OCF 4, package document 5, navigation 7); zipfile and libxml2.
- PDF: ISO 19005-2, 6.6.4 and ISO 14289-1, 5, or their parts 4 and 2 (identification in XMP), ISO 32000-1, 14.7 and 14.8
  (logical structure); PDFium and libxml2.
- HTML: one file that asks for nothing from anywhere; lexbor.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import Said
from . import odtparts, pdfium
from .parts import Fault, Package, beside, xml


def extent(name: str, edition: bytes) -> tuple[int | None, int | None]:
    """How long an edition is: the pages of a PDF, and the chapters of an EPUB (documents in reading order, less cover
    and navigation); None for other formats, or where it cannot be opened."""
    try:
        return _pages(edition) if name == "pdf" else None, _chapters(edition) if name == "epub" else None
    except Exception:  # what is wrong with a file decides what its reader raises; `faults` says it
        return None, None


def faults(name: str, edition: bytes) -> list[str]:
    """What is wrong with how an edition is built; empty where nothing is, or where we know nothing of the format."""
    found: list[Fault] = []
    try:
        if name in _CHECKS:
            found.extend(_CHECKS[name](edition))
    except Exception as error:  # as above
        found.append(Fault(Said("unopenable", kind=type(error).__name__, error=error)))
    return [fault.message for fault in found]


# --- DOCX -------------------------------------------------------------------------------------------------------

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def _docx(edition: bytes) -> Iterator[Fault]:
    package = Package(edition)
    broken = list(package.not_well_formed(".xml", ".rels"))
    yield from broken
    if broken:
        return
    types = package.xml("[Content_Types].xml")
    of_part = {one.get("PartName", "")[1:]: one.get("ContentType") for one in types.iter(f"{_TYPES}Override")}
    of_ending = {one.get("Extension", "").lower(): one.get("ContentType") for one in types.iter(f"{_TYPES}Default")}
    for name in sorted(set(of_part) - set(package.files)):
        yield Fault(Said("part-missing", name=name))
    for name in sorted(set(package.files) - set(of_part) - {"[Content_Types].xml"}):
        if name.rpartition(".")[2].lower() not in of_ending:
            yield Fault(Said("part-untyped", name=name))
    reached = yield from _relations(package)
    yield from (Fault(Said("part-unreached", name=name)) for name in _unreached(package, reached))
    mains = [name for name, kind in of_part.items() if kind == _MAIN]
    if (
        len(mains) != 1
        or (main := package.xml(mains[0])).tag != f"{_WORD}document"
        or main.find(f"{_WORD}body") is None
    ):
        yield Fault(Said("docx-no-body"))
        return
    ids = {one.get("Id") for one in package.xml(_relations_of(mains[0])).iter(f"{_RELATIONS}Relationship")}
    used = {value for one in main.iter() for key, value in one.attrib.items() if key.startswith(f"{{{_OFFICE}}}")}
    for name in sorted(used - ids):
        yield Fault(Said("docx-dangling", name=name))


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _relations(package: Package) -> Generator[Fault, None, set[str]]:
    """Faults of relationships; returns the parts they lead to."""
    reached: set[str] = set()
    for name in sorted(package.files):
        if not name.endswith(".rels"):
            continue
        base = posixpath.join(posixpath.dirname(posixpath.dirname(name)), "-")
        for one in package.xml(name).iter(f"{_RELATIONS}Relationship"):
            target = one.get("Target", "")
            if one.get("TargetMode") == "External":
                if one.get("Type") != f"{_OFFICE}/hyperlink":
                    yield Fault(Said("part-fetches", name=name, address=target))
            elif (part := beside(base, target)) in package.files:
                reached.add(part)
            else:
                yield Fault(Said("part-dangling", name=name, address=target))
    return reached


def _unreached(package: Package, reached: set[str]) -> list[str]:
    own = {name for name in package.files if name.endswith((".rels", "/")) or name == "[Content_Types].xml"}
    return sorted(set(package.files) - own - reached)


# --- EPUB -------------------------------------------------------------------------------------------------------

_X = "{http://www.w3.org/1999/xhtml}"
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TYPE = "{http://www.idpf.org/2007/ops}type"


class _EpubBook:
    """A publication: its package, where its package document lies, and the items of that by id and by name."""

    def __init__(self, package: Package) -> None:
        self.package = package
        container = package.xml("META-INF/container.xml")
        roots = list(container.iter("{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"))
        if len(roots) != 1:
            raise ValueError("its container names no package document, or several")
        self.path: str = roots[0].get("full-path", "")
        self.opf = package.xml(self.path)
        self.items = {item.get("id"): item for item in self.opf.iter(f"{_OPF}item")}
        self.names = {beside(self.path, item.get("href", "")): item for item in self.items.values()}
        self.spine: list[str] = [one.get("idref", "") for one in self.opf.iter(f"{_OPF}itemref")]

    def name(self, item: Any) -> str:
        return beside(self.path, item.get("href", ""))

    def navigation(self) -> tuple[str, Any]:
        """Name and root of the navigation document."""
        found = [name for name, item in self.names.items() if "nav" in (item.get("properties") or "").split()]
        if len(found) != 1:
            raise ValueError("it has no navigation document, or several")
        return found[0], self.package.xml(found[0])


def _chapters(edition: bytes) -> int:
    book = _EpubBook(Package(edition))
    path, navigation = book.navigation()
    covers = (link for link in navigation.iter(f"{_X}a") if "cover" in (link.get(_TYPE) or "").split())
    other = {path, *(beside(path, urlsplit(link.get("href", "")).path) for link in covers)}
    return sum(book.name(book.items[one]) not in other for one in book.spine)


def _epub(edition: bytes) -> Iterator[Fault]:
    package = Package(edition)
    first = package.infos[0] if package.infos else zipfile.ZipInfo("")
    stored = first.compress_type == zipfile.ZIP_STORED and not first.extra
    if first.filename != "mimetype" or not stored or package.files["mimetype"] != b"application/epub+zip":
        yield Fault(Said("epub-mimetype"))
    broken = list(package.not_well_formed(".xml", ".opf", ".xhtml", ".ncx", ".svg"))
    yield from broken
    if broken:
        return
    book = _EpubBook(package)
    for what in ("identifier", "title", "language"):
        if not any((one.text or "").strip() for one in book.opf.iter(f"{_DC}{what}")):
            yield Fault(Said("epub-metadata", what=what))
    for name in sorted(set(book.names) - set(package.files)):
        yield Fault(Said("part-missing", name=name))
    own = {"mimetype", book.path, *(name for name in package.files if name.startswith("META-INF/"))}
    for name in sorted(set(package.files) - set(book.names) - own):
        yield Fault(Said("part-unreached", name=name))
    if not book.spine or not set(book.spine) <= set(book.items):
        yield Fault(Said("epub-spine"))
    yield from _links(book)


def _links(book: _EpubBook) -> Iterator[Fault]:
    """Navigation with a contents; each link inside the book leads somewhere; nothing runs or is fetched."""
    _, navigation = book.navigation()
    if not any("toc" in (nav.get(_TYPE) or "").split() for nav in navigation.iter(f"{_X}nav")):
        yield Fault(Said("epub-navigation"))
    pages = {
        name: book.package.xml(name) for name in book.names if name.endswith(".xhtml") and name in book.package.files
    }
    ids = {name: {one.get("id") for one in page.iter() if one.get("id")} for name, page in pages.items()}
    for name, page in pages.items():
        for one in page.iter(f"{_X}a", f"{_X}img", f"{_X}link", f"{_X}script"):
            address = urlsplit(one.get("href") or one.get("src") or "")
            if one.tag == f"{_X}script":
                yield Fault(Said("epub-script", name=name))
            elif address.scheme or address.netloc:
                if one.tag != f"{_X}a" and address.scheme != "data":
                    yield Fault(Said("part-fetches", name=name, address=address.geturl()))
            else:
                target = beside(name, address.path) if address.path else name
                if target not in book.names or (
                    address.fragment and unquote(address.fragment) not in ids.get(target, ())
                ):
                    yield Fault(Said("part-dangling", name=name, address=address.geturl()))


# --- PDF --------------------------------------------------------------------------------------------------------

_XMP = re.compile(rb"<\?xpacket begin=.*?<\?xpacket end=", re.DOTALL)
_PDFA, _PDFUA = "{http://www.aiim.org/pdfa/ns/id/}", "{http://www.aiim.org/pdfua/ns/id/}"
_IDENTIFICATION = (f"{_PDFA}part", f"{_PDFA}rev", f"{_PDFA}conformance", f"{_PDFUA}part", f"{_PDFUA}rev")
_ALONE: dict[tuple[Any, ...], bytes] = {
    ("2", None, "A", "1", None): b"%PDF-1.",
    ("4", "2020", None, "2", "2024"): b"%PDF-2.",
}
"""PDF/A-2a with PDF/UA-1, PDF/A-4 with PDF/UA-2 -> how the file begins."""
_HOLDING: dict[tuple[Any, ...], bytes] = {
    ("3", None, "A", "1", None): b"%PDF-1.",
    ("4", "2020", "F", "2", "2024"): b"%PDF-2.",
}
"""The same of a file that holds others: PDF/A-3a, PDF/A-4f."""


def _pages(edition: bytes) -> int:
    with pdfium.PdfDocument(edition) as document:
        return len(document)


def _pdf(edition: bytes) -> Iterator[Fault]:
    if not edition.startswith((b"%PDF-1.", b"%PDF-2.")) or not edition.rstrip().endswith(b"%%EOF"):
        yield Fault(Said("pdf-ends"))
    with pdfium.PdfDocument(edition) as document:
        library, handle = document.pdfium, document.handle
        if not len(document):
            yield Fault(Said("pdf-no-pages"))
        if not library.FPDFCatalog_IsTagged(handle) or not any(
            _has_structure(library, page) for page in document.pages()
        ):
            yield Fault(Said("pdf-untagged"))
        if library.FPDF_GetSecurityHandlerRevision(handle) != -1:
            yield Fault(Said("pdf-encrypted"))
        scripts, held = library.FPDFDoc_GetJavaScriptActionCount(handle), library.FPDFDoc_GetAttachmentCount(handle)
    packets = _XMP.findall(edition)
    if len(packets) != 1:
        yield Fault(Said("pdf-xmp"))
        return
    root = xml(packets[0].partition(b"?>")[2].rpartition(b"<?xpacket")[0].strip())
    said = {one.tag: (one.text or "").strip() for one in root.iter() if one.tag in _IDENTIFICATION}
    said |= {key: value for one in root.iter() for key, value in one.attrib.items() if key in _IDENTIFICATION}
    claimed: tuple[Any, ...] = tuple(map(said.get, _IDENTIFICATION))
    if scripts or (held and claimed not in _HOLDING):
        yield Fault(Said("pdf-active"))
    if edition[:7] != (_ALONE | _HOLDING).get(claimed):
        yield Fault(Said("pdf-conformance"))


def _has_structure(library: Any, page: int) -> bool:
    tree = library.FPDF_StructTree_GetForPage(page)
    if not tree:
        return False
    count: int = library.FPDF_StructTree_CountChildren(tree)
    library.FPDF_StructTree_Close(tree)
    return count > 0


# --- HTML -------------------------------------------------------------------------------------------------------


def _html(edition: bytes) -> Iterator[Fault]:
    from selectolax.lexbor import LexborHTMLParser

    text = edition.decode("utf-8")
    if not text.lower().startswith("<!doctype html>"):
        yield Fault(Said("html-start"))
    tree = LexborHTMLParser(text)
    root, title = tree.css_first("html"), tree.css_first("head > title")
    if root is None or not root.attributes.get("lang") or title is None or not title.text(deep=True).strip():
        yield Fault(Said("html-language-title"))
    policies = [one.attributes.get("content") or "" for one in tree.css("meta[http-equiv='Content-Security-Policy']")]
    if not any(policy.startswith("default-src 'none'") for policy in policies):
        yield Fault(Said("html-policy"))
    ids = Counter(one.attributes.get("id") or "" for one in tree.css("[id]"))
    for name, count in ids.items():
        if count > 1:
            yield Fault(Said("html-id-twice", name=name))
    for one in tree.css("*"):
        name, given = one.tag or "", one.attributes
        if name in ("script", "iframe", "object", "embed", "base") or any(key.startswith("on") for key in given):
            yield Fault(Said("html-active", name=name))
        address = given.get("src") or (given.get("href") if name in ("a", "link") else None) or ""
        named = name == "link" and given.get("rel") == "canonical"  # an address that is said, not asked
        if name != "a" and not named and address and not address.startswith("data:"):
            yield Fault(Said("html-fetches", address=address))
        elif name == "a" and address.startswith("#") and unquote(address[1:]) not in ids:
            yield Fault(Said("html-dangling", address=address))


# --- pandoc's JSON ----------------------------------------------------------------------------------------------


def _json(edition: bytes) -> Iterator[Fault]:
    import msgspec

    tree = msgspec.json.decode(edition)
    if not isinstance(tree, dict) or not {"pandoc-api-version", "meta", "blocks"} <= set(tree):
        yield Fault(Said("not-pandoc"))


# --- Markdown ---------------------------------------------------------------------------------------------------


def _md(edition: bytes) -> Iterator[Fault]:
    from . import marked

    if not marked.has_head(edition):
        yield Fault(Said("md-head"))


_CHECKS: dict[str, Callable[[bytes], Iterator[Fault]]] = {
    "docx": _docx,
    "epub": _epub,
    "html": _html,
    "json": _json,
    "md": _md,
    "odt": odtparts.faults,
    "pdf": _pdf,
}
