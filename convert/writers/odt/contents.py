"""The contents: an index whose entries are there already, so that it reads right before any update (OpenDocument 1.3,
8.3).

In: the outline's entries and the page each is expected on.  Out: `text:table-of-content`, with a reference for each
number that a word processor counts when it opens the file.
"""

from __future__ import annotations

from typing import Any

from ...model import OutlineEntry
from ...words.labels import label
from . import names
from .story import TextStory
from .xml import sub, text_into


def write_contents(
    story: TextStory, parent: Any, entries: list[OutlineEntry], pages: dict[str, int], depth: int
) -> None:
    """The contents of the levels down to `depth`, as a child of `parent`."""
    said = label("contents", story.book.language)
    node = sub(parent, "text:table-of-content", {"text:name": "Contents", "text:protected": "false"})
    source = sub(node, "text:table-of-content-source", {"text:outline-level": depth})
    title = {"text:style-name": names.encoded(names.CONTENTS_TITLE)}
    sub(source, "text:index-title-template", title).text = said
    for level in range(1, depth + 1):
        style = {"text:outline-level": level, "text:style-name": names.encoded(names.contents(level))}
        entry = sub(source, "text:table-of-content-entry-template", style)
        sub(entry, "text:index-entry-link-start")
        sub(entry, "text:index-entry-text")
        sub(entry, "text:index-entry-tab-stop", {"style:type": "right", "style:leader-char": "."})
        sub(entry, "text:index-entry-page-number")
        sub(entry, "text:index-entry-link-end")
    body = sub(node, "text:index-body")
    head = sub(body, "text:index-title", {"text:name": "Contents_Head"})
    text_into(story.paragraph(head, names.CONTENTS_TITLE), said)
    for one in entries:
        line = story.paragraph(body, names.contents(one.level))
        _entry(story, line, one, pages.get(one.id, 1))


def _entry(story: TextStory, node: Any, entry: OutlineEntry, page: int) -> None:
    anchor = story.target(entry.id)
    if anchor is None:
        text_into(node, f"{entry.text}\t")
        return
    link = sub(node, "text:a", {"xlink:type": "simple", "xlink:href": f"#{anchor}"})
    text_into(link, f"{entry.text}\t")
    sub(link, "text:bookmark-ref", {"text:reference-format": "page", "text:ref-name": anchor}).text = str(page)
