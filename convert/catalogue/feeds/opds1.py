"""OPDS Catalog 1.2: Atom feeds to walk through and fetch from.

In: a library.  Out: `opds.xml`, a navigation feed that leads to all documents, to years and to sources, each in
acquisition feeds of a hundred that follow each other (`rel="next"`, RFC 5005).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..items import Item, media_type
from ..shelves import PAGE, Library, Shelf, paged
from ..words import say
from .atom import element, entry, feed, feed_id
from .links import link

ROOT = "opds.xml"
NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
_NAMESPACES = (
    ' xmlns:dc="http://purl.org/dc/terms/" xmlns:opds="http://opds-spec.org/2010/catalog"'
    ' xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:thr="http://purl.org/syndication/thread/1.0"'
)
_RELATIONS = "http://opds-spec.org/"


def files(holdings: Library, base: str) -> Iterator[tuple[str, bytes]]:
    """All feeds, `opds.xml` first."""
    return _AtomFeeds(holdings, base).files()


class _AtomFeeds:
    def __init__(self, holdings: Library, base: str) -> None:
        self._holdings, self._base = holdings, base

    def files(self) -> Iterator[tuple[str, bytes]]:
        known = self._holdings
        tops = [(known.everything.title, "all", ACQUISITION, _RELATIONS + "sort/new", len(known.items))]
        for key, shelves in (("years", known.years), ("sources", known.sources)):
            if shelves:
                title = say("by_year" if key == "years" else "by_source", known.language)
                tops.append((title, key, NAVIGATION, "subsection", len(shelves)))
        entries = [self._heading(ROOT, *top) for top in tops]
        yield ROOT, self._feed(ROOT, "root", known.name, NAVIGATION, entries)
        for shelf in (known.everything, *known.years, *known.sources):
            yield from self._acquisition(shelf)
        for title, key, kind, _, _ in tops:
            if kind == NAVIGATION:
                yield from self._navigation(key, title, known.years if key == "years" else known.sources)

    def _acquisition(self, shelf: Shelf) -> Iterator[tuple[str, bytes]]:
        for number, count, items in paged(shelf.items):
            name = _page(shelf.key, number)
            entries = [self._entry(name, item) for item in items]
            around = self._around(name, shelf.key, number, count, ACQUISITION, len(shelf.items))
            yield name, self._feed(name, shelf.key, shelf.title, ACQUISITION, [*around, *entries])

    def _navigation(self, key: str, title: str, shelves: list[Shelf]) -> Iterator[tuple[str, bytes]]:
        for number, count, some in paged(shelves):
            name = _page(key, number)
            entries = [
                self._heading(name, shelf.title, shelf.key, ACQUISITION, "subsection", len(shelf.items))
                for shelf in some
            ]
            around = self._around(name, key, number, count, NAVIGATION, len(shelves))
            yield name, self._feed(name, key, title, NAVIGATION, [*around, *entries])

    def _around(self, name: str, key: str, number: int, count: int, kind: str, total: int) -> Iterator[str]:
        """Links to the pages before and after, and where in the whole this one stands (OpenSearch 1.1)."""
        if count == 1:
            return
        pages = {"first": 1, "previous": number - 1, "next": number + 1, "last": count}
        for rel, other in pages.items():
            if 0 < other <= count:
                yield element("link", rel=rel, type=kind, href=link(self._base, name, _page(key, other)))
        yield element("opensearch:totalResults", str(total))
        yield element("opensearch:itemsPerPage", str(PAGE))
        yield element("opensearch:startIndex", str((number - 1) * PAGE + 1))

    def _feed(self, name: str, key: str, title: str, kind: str, parts: list[str]) -> bytes:
        links = [element("link", rel="self", type=kind, href=link(self._base, name, name))]
        links.append(element("link", rel="start", type=NAVIGATION, href=link(self._base, name, ROOT)))
        if name != ROOT:
            links.append(element("link", rel="up", type=NAVIGATION, href=link(self._base, name, ROOT)))
        return feed(self._holdings, feed_id(self._holdings, f"opds {key}"), title, [*links, *parts], _NAMESPACES)

    def _heading(self, name: str, title: str, key: str, kind: str, rel: str, count: int) -> str:
        """An entry that leads to another feed (8.1)."""
        known = self._holdings
        parts = (
            element("id", feed_id(known, f"opds {key}")),
            element("title", title),
            element("updated", known.updated),
            element("link", rel=rel, type=kind, href=link(self._base, name, _page(key, 1)), thr_count=str(count)),
            element("content", say("count", known.language, n=count) if kind == ACQUISITION else title, type="text"),
        )
        return "<entry>\n" + "\n".join(parts) + "\n</entry>"

    def _entry(self, name: str, item: Item) -> str:
        """An entry for a document with its pictures and editions (5)."""
        parts = [element("dc:language", item.language)]
        if item.source:
            parts.append(element("dc:publisher", item.source))
        if item.published:
            parts.append(element("dc:issued", item.published))
        if item.preview:
            href = link(self._base, name, item.preview.name)
            parts += [
                element("link", rel=_RELATIONS + kind, type="image/png", href=href)
                for kind in ("image", "image/thumbnail")
            ]
        for edition in item.editions:
            parts.append(
                element(
                    "link",
                    rel=_RELATIONS + "acquisition/open-access",
                    type=media_type(edition),
                    href=link(self._base, name, edition.name),
                    length=str(edition.size),
                    title=edition.format.upper(),
                )
            )
        return entry(item, parts)


def _page(key: str, number: int) -> str:
    return f"catalogue/opds/{key}-{number}.xml"
