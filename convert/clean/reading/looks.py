"""How a page sets a line: what stands in bold, or in an element of headings."""

from __future__ import annotations

from collections.abc import Sequence

from ...model import Emphasis, Text
from ...zh.patterns import pattern
from .. import limits
from ..draft import Unit
from .evidence import ATX, SeenLine

_NO_HEADING = pattern("[\u2014\uff08(\u3010\\[]")


def styles_of(lines: Sequence[SeenLine]) -> dict[int, str]:
    """Lines that the page sets like headings and that have no mark: heading elements, bold lines by their place, and
    several that Markdown's signs stand before."""
    signed = [line for line in lines if line.text[0] == "#" and line.size <= limits.HEADING and ATX.match(line.text)]
    out = {line.at: f"h{line.text.index(' ')}" for line in signed if len(signed) >= limits.HEADS}
    for line in lines:
        if line.mark is not None:
            continue
        if line.unit.role == "heading":
            out[line.at] = f"h{line.unit.level}"
        elif (
            line.size <= limits.HEADING_SENTENCE
            and line.end not in ("stop", "semi", "comma")
            and line.at + 1 < len(lines)
            and not _NO_HEADING.match(line.text)
            and _bold(line.unit) >= line.size
        ):
            out[line.at] = f"bold {getattr(line.unit.block, 'align', None)}"
    return out


def bold_leads(lines: Sequence[SeenLine]) -> dict[int, str]:
    """Paragraphs whose first sentence alone is bold, where there are several."""
    found = [
        line.at
        for line in lines
        if line.stop
        and not line.alone
        and line.mark is None
        and line.stop <= limits.HEADING_SENTENCE
        and _bold(line.unit) == line.stop
    ]
    return dict.fromkeys(found, "bold") if len(found) > 1 else {}


def _bold(unit: Unit) -> int:
    """How many of a paragraph's first characters are bold."""
    length = 0
    for node in unit.body.children:
        if not (isinstance(node, Emphasis) and node.kind == "strong"):
            if isinstance(node, Text) and not node.text.strip():
                continue
            break
        length += len("".join(child.text for child in node.children if isinstance(child, Text)))
    return length
