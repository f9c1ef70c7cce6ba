"""The marks of footnotes: counted by the word processor where it can, else the document's own (17.11, 17.18.59)."""

from __future__ import annotations

from typing import Any

from ..office.marks import Counting
from .xml import sub, text_into


def count(section: Any, how: Counting | None) -> None:
    """`w:footnotePr` of a section, where notes are not counted as they are anyway."""
    if how is None or how == ("decimal", 1):
        return
    node = sub(section, "w:footnotePr")
    sub(node, "w:numFmt", val=how.format)
    sub(node, "w:numStart", val=how.start)


def reference_mark(run: Any, label: str) -> None:
    """The document's own mark behind a `w:footnoteReference`.  A character an element: LibreOffice (7.4) takes them
    for the mark one by one, and prints a longer text a second time."""
    for char in label:
        text_into(run, char)
