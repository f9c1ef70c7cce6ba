"""The catalogue of an output folder: a page to browse and search, and feeds for reading programs.

In: a finished folder with its manifest.  Out, through `dist`: `index.html`, `opds.xml`, `opds.json`, `feed.xml`, and
what they need below `catalogue/`.  All files are static: the page works from a disk without a server, and every
reader gets the same bytes from any host.  Nothing but the folder is read, and no clock: dates are those of the
manifest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from .. import publish
from ..errors import NoContentError, Notice, Said, UsageError
from . import examine, pages, pictures, search
from .examine import Task
from .feeds import atom, opds1, opds2
from .items import Item, Preview, items
from .script import call
from .shelves import Library, library

OURS = re.compile(r"catalogue/(?:[a-z]+/)?[\w-]+\.(?:css|html|js|json|png|xml)")
"""Names below `catalogue/` that this room gives."""


class Catalogue(msgspec.Struct, frozen=True):
    """What was made.  drawn: pictures that were not there before.  size: bytes of all files together."""

    documents: int
    files: int
    size: int
    drawn: int
    notices: tuple[Notice, ...]


def build(folder: Path, title: str = "", base_url: str = "", jobs: int = 1) -> Catalogue:
    """Makes the catalogue of a folder, in the place of the one before.

    title: of the catalogue; empty for a plain word.  base_url: where the folder will be found, for absolute links in
    feeds; empty for relative ones.  jobs: worker processes; 0 is one for each processor.
    Raises UsageError, SourceError, OutputError, NoContentError, FontError (where a cover has to be made).
    """
    base = _base(base_url)
    if not (folder / publish.MANIFEST).is_file():
        raise publish.no_output(folder)
    with publish.held_for_extras(folder) as parts:
        manifest = publish.read_manifest(folder)
        listed, notices = _present(folder, items(manifest.documents))
        if not listed:
            raise NoContentError(Said("nothing-to-list"), where=str(folder))
        with publish.replaced(folder, parts, manifest.extras, OURS) as extras:
            index = search.Index()
            listed, drawn = _examined(folder, listed, extras, index, notices, jobs)
            holdings = library(listed, title)
            for name, data in _files(holdings, index, base):
                extras.put(name, data)
    size = sum(one.size for one in extras.files)
    return Catalogue(len(listed), len(extras.files), size, drawn, tuple(notices))


def _present(folder: Path, listed: list[Item]) -> tuple[list[Item], list[Notice]]:
    """The documents with those editions that are there and as large as the manifest says."""
    found: list[Item] = []
    notices: list[Notice] = []
    for item in listed:
        there = tuple(one for one in item.editions if _size(folder / one.name) == one.size)
        notices += [Notice.of(Said("catalogue-missing", name=one.name)) for one in item.editions if one not in there]
        if there:
            found.append(msgspec.structs.replace(item, editions=there))
    return found, notices


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _examined(
    folder: Path, listed: list[Item], extras: publish.Extras, index: search.Index, notices: list[Notice], jobs: int
) -> tuple[list[Item], int]:
    """The items with picture, texts and summary, whose files are put; and how many pictures were drawn."""
    done: list[Item] = []
    names = [f"catalogue/previews/{examine.picture_name(item)}.png" for item in listed]
    known: set[str] = set()
    tasks: list[Task] = []
    for item, name in zip(listed, names, strict=True):
        drawn = name in known or extras.keep(name)
        tasks.append(Task(str(folder), item, drawn))
        known.add(name)
    sizes: dict[str, tuple[int, int]] = {}
    for item, name, found in zip(listed, names, examine.examine_all(tasks, jobs), strict=True):
        notices.extend(found.notices)
        if found.picture is not None:
            extras.put(name, found.picture)
            sizes[name] = pictures.size_of(found.picture)
        elif name not in sizes and (data := _head(folder / name)):
            sizes[name] = pictures.size_of(data)
        for part in found.parts:
            index.add(search.grams(part))
            extras.put(f"catalogue/text/{search.key(part)}.js", search.text_file(part))
        done.append(
            msgspec.structs.replace(
                item,
                preview=Preview(name, *sizes[name]) if name in sizes else None,
                texts=tuple(map(search.key, found.parts)),
                summary=found.summary,
            )
        )
    return done, sum(not task.drawn for task in tasks)


def _head(path: Path) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read(32)
    except OSError:
        return b""


def _files(holdings: Library, index: search.Index, base: str) -> Iterator[tuple[str, bytes]]:
    for number, content in index.shards():
        yield f"catalogue/grams/{number}.js", call("grams", number, content)
    yield publish.LISTED, msgspec.json.encode(sorted(one.name for item in holdings.items for one in item.editions))
    yield from pages.files(holdings, index.shard_count)
    yield from opds1.files(holdings, base)
    yield from opds2.files(holdings, base)
    yield from atom.files(holdings, base)


def _base(address: str) -> str:
    """The address that links in feeds begin with.  Raises UsageError where it is not the address of a folder."""
    from ..writers.address import web_address

    if not address:
        return ""
    found = web_address(address)
    if found is None or found.startswith("mailto:") or "?" in found or "#" in found:
        raise UsageError(Said("not-a-folder-address", address=address))
    return found.rstrip("/") + "/"
