"""The documents arranged: all by date, by year, by source; each arrangement in pages of a hundred.

In: items.  Out: a `Library`, which pages and feeds walk through.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from .items import Item
from .words import say

T = TypeVar("T")
PAGE = 100
"""Documents of a page or a feed."""


class Shelf(NamedTuple):
    """key: for names of files.  title: in the language of the library."""

    key: str
    title: str
    items: list[Item]


class Library(NamedTuple):
    """title: as it was given, empty where it was not.  language: the one most documents are in."""

    title: str
    language: str
    items: list[Item]
    years: list[Shelf]
    sources: list[Shelf]

    @property
    def name(self) -> str:
        """What the page is headed with: its title, or the word for a library."""
        return self.title or say("library", self.language)

    @property
    def updated(self) -> str:
        """The latest time an item was made, ISO 8601."""
        return max(item.updated for item in self.items)

    @property
    def everything(self) -> Shelf:
        """The shelf of all items."""
        return Shelf("all", say("all", self.language), self.items)


def library(listed: list[Item], title: str) -> Library:
    """The items, newest first, on their shelves: years from the newest, sources from the largest."""
    counts = Counter(item.language for item in listed)
    language = min(counts, key=lambda tag: (-counts[tag], tag))
    years: dict[str, list[Item]] = {}
    sources: dict[str, list[Item]] = {}
    for item in listed:
        if item.year:
            years.setdefault(item.year, []).append(item)
        if item.source:
            sources.setdefault(item.source, []).append(item)
    return Library(
        title,
        language,
        listed,
        [Shelf(f"year-{year}", year, years[year]) for year in sorted(years, reverse=True)],
        [
            Shelf(f"source-{hashlib.sha256(name.encode()).hexdigest()[:12]}", name, found)
            for name, found in sorted(sources.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        ],
    )


def paged(things: list[T]) -> Iterator[tuple[int, int, list[T]]]:
    """Number from 1, count of all pages, and the things of each page."""
    count = max(1, -(-len(things) // PAGE))
    for number in range(1, count + 1):
        yield number, count, things[(number - 1) * PAGE : number * PAGE]
