"""Atom (RFC 4287): elements both kinds of XML feed have, and `feed.xml`, which lists what is new.

In: a library.  Out: `feed.xml` with the documents that changed last.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator

from ...writers.markup import escape
from ..items import Item, media_type, to_read
from ..shelves import Library
from .links import link

NAME = "feed.xml"
TYPE = "application/atom+xml"
NEWEST = 50
"""Documents `feed.xml` lists."""

_NAMESPACES = 'xmlns="http://www.w3.org/2005/Atom"'


def files(holdings: Library, base: str) -> Iterator[tuple[str, bytes]]:
    """The feed."""
    newest = sorted(holdings.items, key=lambda item: (item.updated, item.published), reverse=True)[:NEWEST]
    links = [
        element("link", rel="self", type=TYPE, href=link(base, NAME, NAME)),
        element("link", rel="alternate", type="text/html", href=link(base, NAME, "index.html")),
    ]
    entries = (entry(item, _links(item, base)) for item in newest)
    yield NAME, feed(holdings, feed_id(holdings, "new"), holdings.name, [*links, *entries])


def _links(item: Item, base: str) -> Iterator[str]:
    """The edition to read is the entry's alternate, the others come with it."""
    main = to_read(item)
    for edition in (main, *(one for one in item.editions if one != main)):
        rel = "alternate" if edition == main else "enclosure"
        href = link(base, NAME, edition.name)
        yield element("link", rel=rel, type=media_type(edition), href=href, length=str(edition.size))


def feed(holdings: Library, id: str, title: str, parts: Iterable[str], namespaces: str = "") -> bytes:
    """A feed document.  parts: its links and entries; namespaces: beside Atom's."""
    head = [
        element("id", id),
        element("title", title),
        element("updated", holdings.updated),
        f"<author>{element('name', holdings.name)}</author>",
        element("generator", "wenban"),
    ]
    body = "\n".join([*head, *parts])
    language = escape(holdings.language)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed {_NAMESPACES}{namespaces} xml:lang="{language}">\n{body}\n'
        "</feed>\n"
    ).encode()


def entry(item: Item, parts: Iterable[str]) -> str:
    """An entry for a document.  parts: its links, and elements of other namespaces."""
    made = [element("id", item.id), element("title", item.title), element("updated", item.updated)]
    if item.published:
        made.append(element("published", f"{item.published}T00:00:00Z"))
    if item.author:
        made.append(f"<author>{element('name', item.author)}</author>")
    made.extend(parts)
    if item.summary:
        made.append(element("summary", item.summary, type="text"))
    return f'<entry xml:lang="{escape(item.language)}">\n' + "\n".join(made) + "\n</entry>"


def element(name: str, text: str = "", **attributes: str) -> str:
    """An XML element with text only."""
    given = "".join(f' {key.replace("_", ":")}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{given}>{escape(text)}</{name}>" if text else f"<{name}{given}/>"


def feed_id(holdings: Library, key: str) -> str:
    """The lasting name of a feed: the same as long as the library has its title."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_DNS, f'wenban {holdings.title} {key}')}"
