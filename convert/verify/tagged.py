"""The order in which the structure of a PDF names what its pages hold (ISO 32000-2, 14.7.5)."""

from __future__ import annotations

from collections.abc import Iterator

from .objects import Object, Objects, Ref, opened


def marked(edition: bytes) -> list[tuple[int, int]]:
    """Page, from 0, and number of each marked content, in the order of the structure.

    Raises ValueError where the file is built in a way that editions are not.
    """
    objects = opened(edition)
    catalog = objects.dictionary(objects.trailer.get("Root"))
    numbers = {page: at for at, page in enumerate(_pages(objects, catalog.get("Pages")))}
    out: list[tuple[int, int]] = []
    seen: set[int] = set()
    todo: list[tuple[Object, int]] = [(catalog.get("StructTreeRoot"), -1)]
    while todo:
        thing, page = todo.pop()
        if isinstance(thing, Ref):
            if thing.number in seen:
                raise ValueError("an element of the structure is within itself")
            seen.add(thing.number)
        found = objects.get(thing)
        if isinstance(found, int):
            out.append((page, found))
        elif isinstance(found, list):
            todo += [(one, page) for one in reversed(found)]
        elif isinstance(found, dict) and found.get("Type") != "OBJR":
            on = found.get("Pg")
            page = numbers.get(on.number, -1) if isinstance(on, Ref) else page
            todo.append((found.get("MCID", found.get("K")), page))
    return out


def _pages(objects: Objects, tree: Object) -> Iterator[int]:
    """The numbers of the pages' objects, in order."""
    todo: list[Object] = [tree]
    while todo:
        thing = todo.pop()
        found = objects.dictionary(thing)
        inside = objects.get(found.get("Kids"))
        if isinstance(inside, list):
            todo += reversed(inside)
        elif isinstance(thing, Ref):
            yield thing.number
