"""Passes of other packages: functions that get a cleaned document and return it changed.

A package announces one under the entry point group `wenban.passes`; the name of the entry point is the name of the
pass, which runs where it is asked for by name (`also=["NAME"]`, `--repair NAME`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..errors import Said, UsageError
from ..model import Document

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints


def names() -> list[str]:
    """The passes of other packages that are installed here."""
    return sorted({point.name for point in _plug_ins()})


def package(name: str) -> str:
    """Name and version of the package that a pass comes from; empty where it has none."""
    found = [point.dist for point in _plug_ins().select(name=name)]
    return f"{found[0].name} {found[0].version}" if found and found[0] is not None else ""


def applied(document: Document, also: Iterable[str]) -> Document:
    """The document after the passes named in `also`, in that order; other names are passed over.

    Raises UsageError: a pass cannot be loaded, or does not return a document.
    """
    for name in also:
        for point in _plug_ins().select(name=name):
            try:
                change = point.load()
            except Exception as error:  # a stranger's package may raise anything
                raise UsageError(Said("pass-unloadable", name=name, value=point.value, error=error)) from error
            document = change(document)
            if not isinstance(document, Document):
                raise UsageError(Said("pass-result", name=name, value=point.value, kind=type(document).__name__))
    return document


def _plug_ins() -> EntryPoints:
    from importlib.metadata import entry_points

    return entry_points(group="wenban.passes")
