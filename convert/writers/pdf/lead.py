"""Run-in headings in the structure: a heading of its own before the paragraph that it begins, on the same line.

In: a paragraph of the text.  Out: the node of its heading, and its runs.  Readers go from heading to heading and list
them, which they cannot do with a stretch of a paragraph (ISO 32000-1, 14.8.4.3.2).
"""

from __future__ import annotations

from ...model import Paragraph, RunIn
from ...style import Element
from .frame import Frame
from .shape import Shaper, StyledRun
from .tags import Ranks, Tag


def lead_of(block: Paragraph, frame: Frame, levels: Ranks) -> Tag | None:
    """The node of the run-in heading that a paragraph begins with and goes on behind; None where there is none."""
    if block.role != "body" or len(block.children) < 2 or not isinstance(first := block.children[0], RunIn):
        return None
    return frame.node.child(f"H{min(levels.next(first.level), 6)}")


def lead_runs(shaper: Shaper, block: Paragraph, element: Element, lead: Tag) -> list[StyledRun]:
    """The runs of such a paragraph."""
    look = shaper.base(element)
    heading = shaper.runs(block.children[:1], look._replace(owner=lead))
    return [*heading, *shaper.runs(block.children[1:], look)]
