"""An audit of a finished PDF's lines from the places of its glyphs (TYPOGRAPHY sections 2 to 4).

Reads with MuPDF (`mutool`), which shares no code with the writer and, unlike text extraction, gives where each glyph
was drawn.  In: a file.  Out: its lines, and what is wrong with them.
"""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

NOT_FIRST = frozenset(
    "\uff09\uff3d\uff5d\u300b\u3009\u300d\u300f\u3011\u3015\u3017\u201d\u2019\u3001\uff0c\uff1b\uff1a\u3002\uff0e\uff01\uff1f"
    "\u00b7\u2027\u30fb\uff5e\uff0f"
)
NOT_LAST = frozenset("\uff08\uff3b\uff5b\u300a\u3008\u300c\u300e\u3010\u3014\u3016\u201c\u2018\uff0f")


class Glyph(NamedTuple):
    """A character with the origin of its glyph, points from the page's upper left corner."""

    char: str
    x: float
    y: float
    size: float
    font: str


class Line(NamedTuple):
    """Glyphs of one baseline, from left to right."""

    page: int
    y: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


def glyphs(path: Path) -> list[list[Glyph]]:
    """The glyphs of each page, in the order they were drawn."""
    out = path.with_suffix(".stext.xml")
    options = "preserve-ligatures,preserve-whitespace"
    subprocess.run(["mutool", "convert", "-F", "stext", "-O", options, "-o", str(out), str(path)], check=True)
    pages: list[list[Glyph]] = []
    for page in ET.parse(out).iter("page"):
        found: list[Glyph] = []
        for font in page.iter("font"):
            size, name = float(font.get("size", "0")), font.get("name", "")
            for char in font.iter("char"):
                found.append(Glyph(char.get("c", ""), float(char.get("x", "0")), float(char.get("y", "0")), size, name))
        pages.append(found)
    return pages


def lines(path: Path, *, size: float, bottom: float) -> list[Line]:
    """Lines of the body: glyphs of `size` points above `bottom`, those of one baseline together."""
    out: list[Line] = []
    for number, page in enumerate(glyphs(path), 1):
        by_y: dict[float, list[Glyph]] = {}
        for glyph in page:
            if abs(glyph.size - size) < 0.05 and glyph.y < bottom:
                by_y.setdefault(round(glyph.y, 1), []).append(glyph)
        for y in sorted(by_y):
            out.append(Line(number, y, tuple(sorted(by_y[y], key=lambda glyph: glyph.x))))
    return out


def faults(found: list[Line], *, left: float, measure: float, em: float) -> Iterator[str]:
    """What breaks a rule: marks at the wrong end of a line, split two-em marks, glyphs outside the measure, last lines
    of one character.  A line that begins at the indent of two characters begins a paragraph."""
    for at, line in enumerate(found):
        text = line.text.strip()
        if not text:
            continue
        where = f"page {line.page}, {text[:12]}..{text[-6:]}"
        before = found[at - 1].text.strip() if at else ""
        begins = abs(line.glyphs[0].x - left - 2 * em) < 0.6 * em
        continues = at > 0 and not begins and abs(line.glyphs[0].x - left) < 0.6 * em
        if continues and text[0] in NOT_FIRST:
            yield f"{where}: {text[0]!r} begins a line"
        if text[-1] in NOT_LAST:
            yield f"{where}: {text[-1]!r} ends a line"
        if continues and before and text[0] == before[-1] and text[0] in "\u2014\u2026" and _odd(before, text[0]):
            yield f"{where}: a two-em mark is split"
        last = line.glyphs[-1]
        if last.x > left + measure + 0.02 * em:
            yield f"{where}: a glyph stands outside the measure"
        ends = at + 1 == len(found) or abs(found[at + 1].glyphs[0].x - left - 2 * em) < 0.6 * em
        if continues and ends and sum(char.isalnum() for char in text) < 2:
            yield f"{where}: the last line of a paragraph is a single character"


def _odd(text: str, mark: str) -> bool:
    return (len(text) - len(text.rstrip(mark))) % 2 == 1


def on_grid(found: list[Line], *, left: float, cell: float) -> tuple[int, int]:
    """How many Han of lines without western characters stand on the character grid, and how many there are."""
    good = total = 0
    for line in found:
        if any(char.isascii() and char.isalnum() for char in line.text):
            continue
        for glyph in line.glyphs:
            if "\u4e00" <= glyph.char <= "\u9fff":
                place = (glyph.x - left) / cell
                total += 1
                good += abs(place - round(place)) <= 0.02
    return good, total
