"""The contents: a TOC field whose entries are there already, so that it reads right before any update.

In: the outline's entries and the page each is expected on.  Out: a `w:sdt` that Word knows as a table of contents, with
a PAGEREF field for each number (ISO/IEC 29500-1, 17.5.2.11, 17.16.5.45, 17.16.5.68).
"""

from __future__ import annotations

from typing import Any

from ...model import OutlineEntry
from ...words.labels import label
from ..office.measures import HEADING_LEVELS
from .runs import write_text
from .story import Story
from .xml import name, sub


def write_contents(story: Story, parent: Any, entries: list[OutlineEntry], pages: dict[str, int], depth: int) -> None:
    """The contents of the levels down to `depth`, as children of `parent`."""
    holder = sub(parent, "w:sdt")
    part = sub(sub(holder, "w:sdtPr"), "w:docPartObj")
    sub(part, "w:docPartGallery", val="Table of Contents")
    sub(part, "w:docPartUnique")
    content = sub(holder, "w:sdtContent")
    write_text(story.paragraph(content, "TOCHeading"), label("contents", story.book.language))
    for at, entry in enumerate(entries):
        node = story.paragraph(content, f"TOC{min(entry.level, HEADING_LEVELS)}")
        if at == 0:
            field(node, "begin")
            instruction(node, f' TOC \\o "1-{depth}" \\h \\z \\u ')
            field(node, "separate")
        _entry(story, node, entry, pages.get(entry.id, 1))
        if at == len(entries) - 1:
            field(node, "end")


def _entry(story: Story, node: Any, entry: OutlineEntry, page: int) -> None:
    anchor = story.target(entry.id)
    line = node if anchor is None else sub(node, "w:hyperlink", anchor=anchor, history=1)
    write_text(line, entry.text)
    sub(sub(line, "w:r"), "w:tab")
    if anchor is not None:
        number(line, f" PAGEREF {anchor} \\h ", str(page))


def number(parent: Any, code: str, result: str) -> None:
    """A field with the result it is shown with until it is updated."""
    field(parent, "begin")
    instruction(parent, code)
    field(parent, "separate")
    sub(sub(parent, "w:r"), "w:t").text = result
    field(parent, "end")


def field(parent: Any, kind: str) -> None:
    """One of the three marks of a field: begin, separate, end."""
    sub(sub(parent, "w:r"), "w:fldChar", fldCharType=kind)


def instruction(parent: Any, code: str) -> None:
    """What a field is."""
    node = sub(sub(parent, "w:r"), "w:instrText")
    node.set(name("xml:space"), "preserve")
    node.text = code
