"""OPDS Catalog 2.0: the same feeds as JSON, on the Readium Web Publication Manifest.

In: a library.  Out: `opds.json` with links to all documents, to years and to sources, and its newest documents.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..items import Item, media_type
from ..shelves import PAGE, Library, Shelf, paged
from ..words import say
from .links import link

ROOT = "opds.json"
TYPE = "application/opds+json"
_ACQUISITION = "http://opds-spec.org/acquisition/open-access"
_FIRST = 20  # documents the first feed shows


def files(holdings: Library, base: str) -> Iterator[tuple[str, bytes]]:
    """All feeds, `opds.json` first."""
    for name, feed in _Feeds(holdings, base).feeds():
        yield name, json.dumps(feed, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class _Feeds:
    def __init__(self, holdings: Library, base: str) -> None:
        self._holdings, self._base = holdings, base

    def feeds(self) -> Iterator[tuple[str, dict[str, Any]]]:
        known = self._holdings
        everything = known.everything
        tops = [self._navigation_link(ROOT, everything)]
        navigations = {
            "years": (say("by_year", known.language), known.years),
            "sources": (say("by_source", known.language), known.sources),
        }
        navigations = {key: pair for key, pair in navigations.items() if pair[1]}
        tops += [self._link(ROOT, _page(key, 1), "subsection", title) for key, (title, _) in navigations.items()]
        newest = {
            "metadata": {"title": everything.title, "numberOfItems": len(known.items)},
            "links": [self._link(ROOT, _page("all", 1), "self")],
            "publications": [self._publication(ROOT, item) for item in known.items[:_FIRST]],
        }
        yield ROOT, {**self._head(ROOT, known.name), "navigation": tops, "groups": [newest]}
        for shelf in (everything, *known.years, *known.sources):
            for number, count, items in paged(shelf.items):
                name = _page(shelf.key, number)
                head = self._head(name, shelf.title, shelf.key, number, count, len(shelf.items))
                yield name, {**head, "publications": [self._publication(name, item) for item in items]}
        for key, (title, shelves) in navigations.items():
            for number, count, some in paged(shelves):
                name = _page(key, number)
                head = self._head(name, title, key, number, count, len(shelves))
                yield name, {**head, "navigation": [self._navigation_link(name, shelf) for shelf in some]}

    def _head(
        self, name: str, title: str, key: str = "", number: int = 1, count: int = 1, total: int = 0
    ) -> dict[str, Any]:
        metadata: dict[str, Any] = {"title": title, "modified": self._holdings.updated}
        links = [self._link(name, name, "self"), self._link(name, ROOT, "start")]
        if key:
            metadata |= {"numberOfItems": total, "itemsPerPage": PAGE, "currentPage": number}
            links.append(self._link(name, ROOT, "up"))
        if count > 1:
            pages = {"first": 1, "previous": number - 1, "next": number + 1, "last": count}
            links += [self._link(name, _page(key, at), rel) for rel, at in pages.items() if 0 < at <= count]
        return {"metadata": metadata, "links": links}

    def _link(self, name: str, target: str, rel: str, title: str = "") -> dict[str, Any]:
        made: dict[str, Any] = {"href": link(self._base, name, target), "type": TYPE, "rel": rel}
        return {**made, "title": title} if title else made

    def _navigation_link(self, name: str, shelf: Shelf) -> dict[str, Any]:
        made = self._link(name, _page(shelf.key, 1), "subsection", shelf.title)
        return {**made, "properties": {"numberOfItems": len(shelf.items)}}

    def _publication(self, name: str, item: Item) -> dict[str, Any]:
        metadata = {
            "@type": "http://schema.org/Article",
            "identifier": item.id,
            "title": item.title,
            "author": item.author,
            "publisher": item.source,
            "language": item.language,
            "published": item.published,
            "modified": item.updated,
            "description": item.summary,
        }
        links = [
            {
                "href": link(self._base, name, edition.name),
                "type": media_type(edition),
                "rel": _ACQUISITION,
                "title": edition.format.upper(),
                "size": edition.size,
            }
            for edition in item.editions
        ]
        made: dict[str, Any] = {"metadata": {key: value for key, value in metadata.items() if value}, "links": links}
        if item.preview:
            picture = item.preview
            href = link(self._base, name, picture.name)
            made["images"] = [{"href": href, "type": "image/png", "width": picture.width, "height": picture.height}]
        return made


def _page(key: str, number: int) -> str:
    return f"catalogue/opds/{key}-{number}.json"
