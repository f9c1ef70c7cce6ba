"""The contents page: entries with leaders and page numbers, set before the pages are known and filled in after.

In: the laid out rows.  Out: rows of the contents, whose numbers `numbered` puts in once the pages are made; the
number of rows does not depend on the numbers, so one pass is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from ...model import OutlineEntry, Text, outline
from ...style import Element
from ...words.labels import label
from ..contents import front_of, is_shown
from .frame import Frame
from .justify import Measure
from .layout import Layout
from .linebreak import break_lines
from .paginate import LaidPage
from .rows import Band, TextItem
from .shape import StyledRun

if TYPE_CHECKING:
    from .tags import Tag

_LEADER = "\u2026"  # U+2026 HORIZONTAL ELLIPSIS


def contents_rows(layout: Layout, rows: list[Band]) -> tuple[list[Band], list[Band]]:
    """The rows before the body with the contents behind them, and the rows of the body, which begins a page.

    A document with fewer than two headings needs no contents.
    """
    style = layout.style
    entries = outline(layout.document, depth=style.contents.depth)
    if len(entries) < 2 or not is_shown(layout.document, style):
        return [], rows
    front = _front_rows(layout, rows)
    body = rows[front:]
    if body:
        body[0] = replace(body[0], new_page=True)
    return [*rows[:front], *_rows(layout, entries)], body


def _front_rows(layout: Layout, rows: list[Band]) -> int:
    """How many rows the title and what stands under it take."""
    front = {id(node) for node in layout.root.kids[: front_of(layout.document.blocks)]}
    count = 0
    for row in rows:
        item = row.items[0] if row.items else None
        if not isinstance(item, TextItem) or id(item.node) not in front:
            break
        count += 1
    return count


def _rows(layout: Layout, entries: list[OutlineEntry]) -> list[Band]:
    toc = layout.root.child("TOC")
    layout.root.kids.remove(toc)
    frame = Frame(0, layout.width, "contents", toc)
    heading = layout.style.elements.heading1
    centred = layout.text(
        (Text(label("contents", layout.shaper.language)),), _plain(heading), frame, toc.child("Caption")
    )
    rows = [replace(row, above=layout.pitch, anchors=(), new_page=False) for row in centred]
    for entry in entries:
        rows.extend(_entry_rows(layout, entry, toc.child("TOCI")))
    layout.root.kids.insert(front_of(layout.document.blocks), toc)
    return rows


def _plain(element: Element) -> Element:
    return msgspec.structs.replace(element, align="center", indent=0, above=0, page_break=False)


def _entry_rows(layout: Layout, entry: OutlineEntry, node: Tag) -> list[Band]:
    element = layout.style.elements.contents
    em = element.size
    look = layout.shaper.base(element)
    linked = look._replace(link=f"#{entry.id}", tag=(("Reference", -1, ""), ("Link", -2, "")))
    shaped = layout.shaper.shape([StyledRun(entry.text, linked)], em)
    indent = (entry.level - 1) * em
    lines = break_lines(shaped, Measure(layout.width - 4 * em, indent, indent + 2 * em, justify=False))
    baseline = layout._baseline(element)
    frame = Frame(0, layout.width, "contents", node)
    rows = []
    for number, line in enumerate(lines):
        item = TextItem(frame.x + line.x, baseline, shaped, line, node)
        more = {"anchors": (f"@{entry.id}",)} if number == len(lines) - 1 else {}
        rows.append(Band(layout.pitch, [item], keep=number < len(lines) - 1, **more))  # type: ignore[arg-type]
    return rows


def numbered(layout: Layout, pages: list[LaidPage]) -> list[LaidPage]:
    """The pages with leaders and page numbers in the contents."""
    where: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        for placed in page.rows:
            for anchor in () if placed.furniture else placed.row.anchors:
                where.setdefault(anchor, number)
    element = layout.style.elements.contents
    em = element.size
    look = layout.shaper.base(element)
    step = sum(layout.shaper.shape([StyledRun(_LEADER, look)], em).advance)  # of Korean faces it is less than an em
    for page in pages:
        for placed in page.rows:
            for anchor in placed.row.anchors:
                if not anchor.startswith("@") or anchor[1:] not in where:
                    continue
                item = placed.row.items[0]
                assert isinstance(item, TextItem)
                digits = layout.shaper.shape([StyledRun(str(where[anchor[1:]]), look)], em)
                width = sum(digits.advance)
                room = layout.width - width - (item.x + item.line.width) - em / 2
                count = max(0, int(room // step)) if step else 0
                if count:
                    dots = layout.shaper.shape([StyledRun(_LEADER * count, look)], em)
                    line = break_lines(dots, Measure(layout.width * 2, justify=False))[0]
                    x = layout.width - width - em / 4 - count * step
                    placed.row.items.append(TextItem(x, item.y, dots, line, None))
                line = break_lines(digits, Measure(layout.width, justify=False))[0]
                placed.row.items.append(TextItem(layout.width - width, item.y, digits, line, item.node))
    return pages
