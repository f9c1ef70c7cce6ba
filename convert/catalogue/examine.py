"""The slow part of a catalogue: reading each document's text and drawing its picture, in worker processes.

In: items.  Out: an `Examined` for each, in order.  A damaged edition costs its document the text or the picture and
is said; it stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from ..errors import Notice, Said
from ..publish import Edition, Wrong, contents
from ..publish.pool import processors, spread
from . import pictures, search
from .items import Item, shown

TEXTS = ("epub", "html", "docx", "odt", "pdf")
"""Formats to take the text from, the quickest first."""
_SUMMARY = 120  # characters
_FEW = 8  # documents that are done before a worker has started


class Task(msgspec.Struct, frozen=True):
    """What is to be found out.  drawn: the picture is there already."""

    folder: str
    item: Item
    drawn: bool


class Examined(msgspec.Struct, frozen=True):
    """parts: of the text (`search.parts`).  picture: a PNG; None where it was there or could not be made."""

    parts: tuple[str, ...] = ()
    summary: str = ""
    picture: bytes | None = None
    notices: tuple[Notice, ...] = ()


def examine_all(tasks: Sequence[Task], jobs: int) -> Iterator[Examined]:
    """The result of each task, in order.  jobs: worker processes; 0 is one for each processor."""
    count = min(jobs or processors(), len(tasks))
    if count <= 1 or len(tasks) <= _FEW:
        yield from map(examine, tasks)
        return
    preload = ("convert.catalogue.examine", "convert.verify", "pypdfium2", "PIL.Image")
    for (task,), found in spread(examine, ((task,) for task in tasks), count, preload):
        if isinstance(found, Exception):  # it took too long, or ended its process
            found = Examined(notices=(_unread(task.item.stem, f"{type(found).__name__}: {found}"),))
        yield found


def examine(task: Task) -> Examined:
    """One document."""
    notices: list[Notice] = []
    text = _text(task, notices)
    picture = None if task.drawn else _picture(task, notices)
    return Examined(tuple(search.parts(text)), _summary(text, task.item.title), picture, tuple(notices))


def picture_name(item: Item) -> str:
    """The name of a document's picture: of what it shows, so that it can be used again as long as that is the same."""
    pdf = _edition(item, "pdf")
    return pictures.name_of(pdf.sha256) if pdf else pictures.name_of(item.title, item.source, item.published)


def _text(task: Task, notices: list[Notice]) -> str:
    from .. import verify

    for name in TEXTS:
        if edition := _edition(task.item, name):
            try:
                lines = verify.text_of(name, _read(task.folder, edition)).split("\n")
                return "\n".join(filter(None, map(shown, lines)))
            except ValueError as error:
                notices.append(_unread(edition.name, str(error)))
    return ""


def _picture(task: Task, notices: list[Notice]) -> bytes | None:
    edition = _edition(task.item, "pdf")
    if edition is None:
        return pictures.made_cover(task.item)
    try:
        return pictures.first_page(_read(task.folder, edition))
    except ValueError as error:
        notices.append(_unread(edition.name, str(error)))
        return None


def _edition(item: Item, name: str) -> Edition | None:
    return next((edition for edition in item.editions if edition.format == name), None)


def _read(folder: str, edition: Edition) -> bytes:
    """The bytes of an edition.  Raises ValueError where they are not those of the manifest."""
    data = contents(Path(folder), edition, keep=True)
    if isinstance(data, Wrong):
        raise ValueError(f"{data.what}. {data.detail}".rstrip(". "))
    return data


def _summary(text: str, title: str) -> str:
    """How the text begins, after the title: its first lines of some length."""
    lines = [line for line in text[: 50 * _SUMMARY].splitlines() if line not in title]
    full = next((at for at, line in enumerate(lines) if len(line) >= _SUMMARY // 3), 0)
    begun = " ".join(lines[full:])
    return begun if len(begun) <= _SUMMARY else begun[:_SUMMARY].rstrip() + "\u2026"


def _unread(name: str, reason: str) -> Notice:
    return Notice.of(Said("catalogue-unread", name=name, reason=reason))
