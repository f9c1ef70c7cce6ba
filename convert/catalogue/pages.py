"""The pages people see: `index.html` and a page for each further hundred documents.

In: a library.  Out: HTML 5 that is complete without script, the style sheet, the script, and the list of all
documents the script filters and sorts.  A content security policy (CSP Level 3) allows the folder's own files and
nothing else; browsers that know Trusted Types allow no markup from text at all.  Texts stand in elements that isolate
their direction.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator
from importlib import resources
from urllib.parse import quote

from ..publish import MANIFEST, SUMS, Edition
from ..writers.markup import escape
from .feeds import atom, opds1, opds2
from .items import Item, media_type, to_read
from .script import call, literal
from .search import LONGEST
from .shelves import PAGE, Library, paged
from .words import WORDS, say

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'; trusted-types wenban"
)


def files(holdings: Library, shards: int) -> Iterator[tuple[str, bytes]]:
    """The pages and all they load.  shards: of the index (`search`)."""
    script = f"const WORDS = {literal(WORDS)};\n{_asset('catalogue.js')}".encode()
    sheet = _asset("catalogue.css").encode()
    listed = _documents(holdings, shards)
    yield "catalogue/catalogue.js", script
    yield "catalogue/catalogue.css", sheet
    yield "catalogue/documents.js", listed
    # A browser keeps files of a website for a while: those of another version of the catalogue must not be mixed in.
    version = hashlib.sha256(script + sheet + listed).hexdigest()[:12]
    for number, count, items in paged(holdings.items):
        yield page_name(number), _HtmlPage(holdings, version, number, count).html(items)


def page_name(number: int) -> str:
    """The file of a page, from the folder."""
    return "index.html" if number == 1 else f"catalogue/page-{number}.html"


@functools.cache
def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def _documents(holdings: Library, shards: int) -> bytes:
    """What the script knows of each document: see `documents` there for the order of the fields."""
    sources = [shelf.title for shelf in holdings.sources]
    numbers = {name: number for number, name in enumerate(sources)}
    rows = [
        [
            item.title,
            numbers.get(item.source, -1),
            item.published,
            item.language,
            item.preview and [item.preview.name, item.preview.width, item.preview.height],
            item.stem,
            [[one.format, one.size, *_odd_name(item, one)] for one in _in_order(item)],
            item.texts,
        ]
        for item in holdings.items
    ]
    types = {one.format: media_type(one) for item in holdings.items for one in item.editions}
    known = {"shards": shards, "longest": LONGEST, "page": PAGE, "sources": sources, "types": types, "rows": rows}
    return call("documents", known)


def _odd_name(item: Item, edition: Edition) -> list[str]:
    """The name of an edition that is not called after its document."""
    return [edition.name] if edition.name != f"{item.stem}.{edition.format}" else []


def _in_order(item: Item) -> list[Edition]:
    """The editions, the one to read first."""
    main = to_read(item)
    return [main, *(one for one in item.editions if one != main)]


class _HtmlPage:
    def __init__(self, holdings: Library, version: str, number: int, count: int) -> None:
        self._holdings, self._version, self._number, self._count = holdings, version, number, count
        self._root = "../" * page_name(number).count("/")

    def html(self, items: list[Item]) -> bytes:
        listed = "".join(self._item(item, at) for at, item in enumerate(items))
        base = "zh" if self._holdings.language.startswith("zh") else "en"
        return (
            f'<!DOCTYPE html>\n<html lang="zh-Hans" data-root="{self._root}" data-version="{self._version}"'
            f' data-language="{base}">\n<head>\n{"".join(self._head())}</head>\n<body>\n'
            f'<a class="skip" href="#documents" data-word="skip">{_zh("skip")}</a>\n{self._header()}{_controls()}'
            f'<main id="documents" tabindex="-1">\n<h2 class="unseen" id="heading" data-word="documents">'
            f'{_zh("documents")}</h2>\n<ol class="items" id="list" start="{(self._number - 1) * PAGE + 1}">\n{listed}'
            f'</ol>\n<button type="button" id="more" data-word="more" hidden="hidden">{_zh("more")}</button>\n'
            f"{self._pager()}</main>\n{self._footer()}</body>\n</html>\n"
        ).encode()

    def _head(self) -> Iterator[str]:
        root, version = self._root, self._version
        page = f" ({self._number}/{self._count})" if self._number > 1 else ""
        yield '<meta charset="utf-8"/>\n'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        yield '<meta name="referrer" content="no-referrer"/>\n<meta name="color-scheme" content="light dark"/>\n'
        yield f'<meta name="generator" content="wenban"/>\n<title>{escape(self._name())}{page}</title>\n'
        yield f'<link rel="stylesheet" href="{root}catalogue/catalogue.css?v={version}"/>\n'
        yield f'<script src="{root}catalogue/catalogue.js?v={version}" defer="defer"></script>\n'
        yield f'<link rel="alternate" type="{atom.TYPE}" href="{root}{atom.NAME}"/>\n'
        yield f'<link rel="related" type="{opds1.NAVIGATION}" href="{root}{opds1.ROOT}"/>\n'
        yield f'<link rel="related" type="{opds2.TYPE}" href="{root}{opds2.ROOT}"/>\n'
        for rel, number in (("prev", self._number - 1), ("next", self._number + 1)):
            if 0 < number <= self._count:
                yield f'<link rel="{rel}" href="{root}{page_name(number)}"/>\n'

    def _name(self) -> str:
        return self._holdings.title or _zh("library")

    def _header(self) -> str:
        known = self._holdings
        word = "" if known.title else ' data-word="library"'
        home = f'<a href="{self._root}index.html"{word}>{escape(self._name())}</a>'
        years = [shelf.title for shelf in known.years]
        span = f"{years[-1]}\u2013{years[0]}" if len(years) > 1 else "".join(years)
        facts = [f'<span data-word="count" data-n="{len(known.items)}">{_zh("count", n=len(known.items))}</span>']
        facts += [f"<span>{span}</span>"] if span else []
        day = known.updated[:10]
        facts.append(f'<span data-word="updated" data-date="{day}">{_zh("updated", date=day)}</span>')
        return (
            f"<header>\n<h1><bdi>{home}</bdi></h1>\n<p>{' '.join(facts)}</p>\n"
            f'<button type="button" id="language" data-word="language" lang="en" hidden="hidden">'
            f"{_zh('language')}</button>\n</header>\n"
        )

    def _item(self, item: Item, at: int) -> str:
        id = f"d{at}"
        main = to_read(item)
        href = self._link(main.name)
        picture = '<span class="blank"></span>'
        if item.preview:
            one = item.preview
            lazy = ' loading="lazy"' if at > 7 else ""
            picture = (
                f'<img src="{self._link(one.name)}" alt="" width="{one.width}" height="{one.height}"{lazy}'
                ' decoding="async"/>'
            )
        facts = f'<span class="source"><bdi>{escape(item.source)}</bdi></span> ' if item.source else ""
        if item.published:
            facts += f'<time datetime="{item.published}">{item.published}</time>'
        return (
            f'<li class="item" lang="{escape(item.language)}">'
            f'<a class="cover" href="{href}" tabindex="-1" aria-hidden="true">{picture}</a>\n'
            f'<div class="about"><h3 id="{id}"><a href="{href}"'
            f' type="{media_type(main)}"><bdi>{escape(item.title)}</bdi></a></h3>\n<p class="facts">{facts}</p>\n'
            f'<ul class="editions">{"".join(self._edition(one, id) for one in _in_order(item))}</ul></div></li>\n'
        )

    def _edition(self, edition: Edition, id: str) -> str:
        return (
            f'<li><a href="{self._link(edition.name)}" type="{media_type(edition)}" aria-describedby="{id}">'
            f"{escape(edition.format.upper())} <small>{size(edition.size)}</small></a></li>"
        )

    def _link(self, name: str) -> str:
        return self._root + quote(name)

    def _pager(self) -> str:
        if self._count == 1:
            return ""
        parts = []
        for word, number in (("previous", self._number - 1), ("next", self._number + 1)):
            if 0 < number <= self._count:
                rel = "prev" if word == "previous" else "next"
                href = self._root + page_name(number)
                parts.append(f'<a class="{rel}" rel="{rel}" href="{href}" data-word="{word}">{_zh(word)}</a>')
        for number in range(1, self._count + 1):
            here = ' aria-current="page"' if number == self._number else ""
            words = f'data-word="page" data-n="{number}" data-m="{self._count}" data-into="aria-label"'
            label = _zh("page", n=number, m=self._count)
            href = self._root + page_name(number)
            parts.append(f'<a href="{href}"{here} aria-label="{label}" {words}>{number}</a>')
        label = f'aria-label="{_zh("pages")}" data-word="pages" data-into="aria-label"'
        return f'<nav id="pager" {label}>\n' + "\n".join(parts) + "\n</nav>\n"

    def _footer(self) -> str:
        root = self._root
        links = (
            (atom.NAME, "new", ""),
            (opds1.ROOT, "", "OPDS 1.2"),
            (opds2.ROOT, "", "OPDS 2.0"),
            (MANIFEST, "manifest", ""),
            (SUMS, "checksums", ""),
        )
        shown = "".join(
            f'<li><a href="{root}{name}"' + (f' data-word="{word}">{_zh(word)}' if word else f">{text}") + "</a></li>"
            for name, word, text in links
        )
        return f'<footer>\n<h2 data-word="subscribe">{_zh("subscribe")}</h2>\n<ul>{shown}</ul>\n</footer>\n'


def size(count: int) -> str:
    """A number of bytes for people; the script says it in the same way."""
    return f"{max(1, round(count / 1000))} kB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"


def _zh(word: str, **values: object) -> str:
    return escape(say(word, "zh", **values))


def _controls() -> str:
    """The form that only works with the script, which shows it; and what is said where there is none."""

    def choice(name: str, *options: tuple[str, str]) -> str:
        shown = "".join(f'<option value="{value}" data-word="{word}">{_zh(word)}</option>' for value, word in options)
        return (
            f'<label for="{name}" data-word="{name}">{_zh(name)}</label>\n<select id="{name}" name="{name}">'
            f"{shown}</select>\n"
        )

    return (
        '<form role="search" id="controls" hidden="hidden">\n<div class="field wide">'
        f'<label for="q" data-word="search">{_zh("search")}</label>\n<input type="search" id="q" name="q"'
        f' maxlength="{LONGEST}" autocomplete="off" spellcheck="false" enterkeyhint="search"/></div>\n'
        f'<div class="field">{choice("year", ("", "every_year"))}</div>\n'
        f'<div class="field">{choice("source", ("", "every_source"))}</div>\n'
        '<div class="field">'
        + choice("sort", ("newest", "newest"), ("oldest", "oldest"), ("title", "title"), ("source", "source"))
        + f'</div>\n<button type="reset" id="clear" data-word="clear" hidden="hidden">{_zh("clear")}</button>\n'
        f'<p id="status" role="status" data-word="by_date">{_zh("by_date")}</p>\n</form>\n'
        f'<noscript><p class="note">{_zh("no_script")}</p></noscript>\n'
    )
