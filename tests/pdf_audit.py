"""An audit of a finished PDF's lines from the places of its glyphs (convert/README.md, Line composition 2 to 5).

Reads with MuPDF (`mutool`), which shares no code with the writer and, unlike text extraction, gives where each glyph
was drawn (PDFium gives one place for all characters under an ActualText).  In: a file.  Out: its lines, and what is
wrong with them.  Each fault names the rule it breaks first, one of `RULES`.
"""

from __future__ import annotations

import itertools
import re
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

RULES = {
    "line start": "2: no closing mark, comma, stop, connector, interpunct or unit begins a line",
    "line end": "2: no opening bracket or sign before a number ends one",
    "solidus": "2: no solidus ends a line (gb, strict)",
    "two-em start": "2: no two-em mark begins a line (strict)",
    "two-em split": "2: a two-em mark is one",
    "number": "2: a number with its marks and unit is one",
    "word": "2: a western word is one",
    "enumerator": "2: an ordinal mark stays with its text",
    "adjacent marks": "3: two marks side by side take 1.5 em",
    "bracket start": "3: an opening bracket at a line start loses its blank half",
    "first bracket": "3: at an indented first line it keeps it",
    "indent": "Elements, body: a first line is indented by two characters",
    "gap": "3: Han and western stand 1/8 to 1/3 em apart, not beside punctuation",
    "measure": "3, 4: no glyph outside the measure, stops where they hang aside",
    "ends": "4: a justified line ends at the measure",
    "reduction": "4: marks and gaps yield in the stated order",
    "even": "4: marks and gaps of a kind yield alike",
    "enlargement": "4: word spaces first, then gaps, then all other places alike",
    "unopened": "4: nothing opens inside a number or two-em mark, or beside a connector or solidus",
    "loose": "4: no more than 1/8 em is added to a place",
    "left alone": "4: what fits is left as it is, a last line too",
    "runt": "4: a last line holds two characters at the least",
    "widow": "5: no page begins with a paragraph's last line",
    "orphan": "5: no page ends with a paragraph's first line",
    "heading": "5: no page ends with a heading",
    "grid": "5: body lines stand on the line grid",
    "title": "6: lines of a title are centred, in a trapezoid or diamond, none of a single character",
}
"""Rule -> section of convert/README.md, Line composition, and what it asks."""

OPEN = frozenset("\uff08\uff3b\uff5b\u300a\u3008\u300c\u300e\u3010\u3014\u3016\u201c\u2018")
CLOSE = frozenset("\uff09\uff3d\uff5d\u300b\u3009\u300d\u300f\u3011\u3015\u3017\u201d\u2019")
COMMA = frozenset("\u3001\uff0c\uff1b\uff1a")
STOP = frozenset("\u3002\uff0e\uff01\uff1f")
CLOSING = CLOSE | COMMA | STOP
INTERPUNCT = frozenset("\u00b7\u2027\u30fb")
CONNECTOR = frozenset("\uff5e\u2013\u301c")
SOLIDUS = "\uff0f"
TWO_EM = frozenset("\u2014\u2026")
UNITS = frozenset("%\u2030\u2103\uff05\u00b0")
NOT_FIRST = CLOSING | INTERPUNCT | CONNECTOR | {SOLIDUS}
NOT_LAST = OPEN | {SOLIDUS}
_NUMBER = re.compile(r"[0-9][.,:][0-9]|[0-9][0-9%\u2030\u2103\uff05a-zA-Z]")
_SIGN = re.compile("[\u2116\uffe5\u00a5$\u20ac][0-9]")
_ENUMERATOR = re.compile(
    "[一二三四五六七八九十]+\u3001|[0-9]+[.\u3001]|\uff08[一二三四五六七八九十0-9]+\uff09|[\u2460-\u249b]"
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零〇0-9]+(?:[条章节编款项]|分编)\s")
_WESTERN_SIGNS = "%+-#$=\u00d7\u00f7\u00b1\u2103\u2116\u2030"
_LEADERS = re.compile("\u2026{3,}.*[0-9]$")
_BLANKS = frozenset("\u2002\u2005\u2006")
_NEAR = 0.02
"""em: places nearer than this are the same."""


class Glyph(NamedTuple):
    """A character with the origin of its glyph, points from the page's upper left corner, and its font's advance."""

    char: str
    x: float
    y: float
    size: float
    font: str
    width: float = 0


class Line(NamedTuple):
    """Glyphs of one baseline, in the order they were drawn."""

    page: int
    y: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


class Frame(NamedTuple):
    """Where lines should stand, points: left edge, measure, em; top and pitch of the line grid.

    level: of breaks (convert/README.md, Line composition 2); hanging: whether stops may stand outside the measure.
    filled: pages are filled, and only a last line of less than four characters stands alone (Line composition 5).
    """

    left: float
    measure: float
    em: float
    top: float
    pitch: float
    level: str = "gb"
    hanging: bool = False
    filled: bool = False

    @property
    def right(self) -> float:
        return self.left + self.measure


def glyphs(path: Path) -> list[list[Glyph]]:
    """The glyphs of each page, in the order they were drawn."""
    out = path.with_suffix(".stext.xml")
    options = "preserve-ligatures,preserve-whitespace,inhibit-spaces"
    subprocess.run(["mutool", "convert", "-F", "stext", "-O", options, "-o", str(out), str(path)], check=True)
    pages: list[list[Glyph]] = []
    for page in ET.parse(out).iter("page"):
        found: list[Glyph] = []
        for font in page.iter("font"):
            size, name = float(font.get("size", "0")), font.get("name", "")
            for char in font.iter("char"):
                corners = char.get("quad", "").split()
                x, y = float(char.get("x", "0")), float(char.get("y", "0"))
                found.append(Glyph(char.get("c", ""), x, y, size, name, float(corners[2]) - float(corners[0])))
        pages.append([glyph for at, glyph in enumerate(found) if not _is_filler(found, at)])
    return pages


def _is_filler(page: list[Glyph], at: int) -> bool:
    """Whether a glyph is a blank that fills a gap, under an ActualText that says that nothing is there: a space no page
    uses, or one wider than its gap, so that it overlaps its neighbour, as a space of the text never does."""
    glyph = page[at]
    if glyph.char != "\u2002":
        return glyph.char in _BLANKS
    before, after = page[at - 1 : at], page[at + 1 : at + 2]
    near = 0.05 * glyph.size
    overlaps = any(other.y == glyph.y and other.x < glyph.x + glyph.width - near for other in after)
    return overlaps or any(other.y == glyph.y and other.x + other.width > glyph.x + near for other in before)


def lines(path: Path, *, size: float, bottom: float) -> list[Line]:
    """Lines of the body: glyphs of `size` points above `bottom`, those of one baseline together."""
    out: list[Line] = []
    for number, page in enumerate(glyphs(path), 1):
        by_y: dict[float, list[Glyph]] = {}
        for glyph in page:
            if abs(glyph.size - size) < 0.05 and glyph.y < bottom:
                by_y.setdefault(round(glyph.y, 1), []).append(glyph)
        out.extend(Line(number, y, tuple(by_y[y])) for y in sorted(by_y))
    return out


class Fault(NamedTuple):
    rule: str
    where: str


def faults(found: list[Line], frame: Frame) -> Iterator[Fault]:
    """What breaks a rule.  A line that begins at the indent of two characters begins a paragraph, one that begins at
    the left edge goes on with it; of lines elsewhere (titles, signatures) only the ends are looked at."""
    contents = {line.page for line in found if _LEADERS.search(line.text)}
    found = [line for line in found if line.text.strip() and line.page not in contents]
    kinds = [_kind(line, frame) for line in found]
    for at, line in enumerate(found):
        if _is_heading(line, frame) and at + 1 < len(found) and found[at + 1].page != line.page:
            yield Fault("heading", f"page {line.page}, {line.text.strip()}")
        before = found[at - 1] if at and kinds[at] == "goes on" and kinds[at - 1] != "elsewhere" else None
        after = found[at + 1] if at + 1 < len(found) and kinds[at + 1] == "goes on" else None
        inside = kinds[at] == "elsewhere" or after is not None
        broken = list(_ends(line, before, frame.level, inside=inside))
        if kinds[at] != "elsewhere":
            broken += _places(line, frame, after, begins=kinds[at] == "begins")
            broken += _pages(line, before, after, kinds[at], filled=frame.filled)
            if before is not None and after is None and sum(map(str.isalnum, line.text)) < 2:
                broken.append("runt")
            if _off((line.y - frame.top - 0.88 * frame.em) % frame.pitch, frame.pitch) > 0.1:
                broken.append("grid")
        for rule in broken:
            yield Fault(rule, f"page {line.page}, {line.text.strip()[:12]}..{line.text.strip()[-6:]}")


def title_faults(found: list[Line], frame: Frame) -> Iterator[Fault]:
    """What is wrong with the lines of a title."""
    spans = [(line.glyphs[0].x, line.glyphs[-1].x + line.glyphs[-1].width) for line in found]
    widths = [end - start for start, end in spans]
    steps = [after - before for before, after in itertools.pairwise(widths)]
    falls = next((at for at, step in enumerate(steps) if step < 0), len(steps))
    for line, (start, end) in zip(found, spans, strict=True):
        middle = abs(start + end - frame.left - frame.right) / 2
        if middle > line.glyphs[0].size * 0.3 or len(line.text.strip()) < 2:
            yield Fault("title", line.text)
    if any(step > found[0].glyphs[0].size / 2 for step in steps[falls:]):
        yield Fault("title", "a line between two longer ones")


def _is_heading(line: Line, frame: Frame) -> bool:
    sans = all("Sans" in glyph.font for glyph in line.glyphs)
    return sans and abs((line.glyphs[0].x - frame.left) / frame.em - 2) < _NEAR


def _kind(line: Line, frame: Frame) -> str:
    """begins: where a paragraph's first line does; goes on: at the left edge (or half an em before it, where a bracket
    lost its blank half); elsewhere.  A line in a sans face from end to end is a heading."""
    if all("Sans" in glyph.font for glyph in line.glyphs):
        return "elsewhere"
    first, last = line.glyphs[0], line.glyphs[-1]
    place, spare = (first.x - frame.left) / frame.em, (frame.right - last.x - last.width) / frame.em
    starts = (place, place + 0.5) if first.char in OPEN else (place,)
    ends = (spare, spare + 0.5) if last.char in CLOSING else (spare,)
    if any(start > 0 and abs(start - end) < _NEAR for start in starts for end in ends):
        return "elsewhere"  # centred
    return "goes on" if abs(place) < 0.6 else "begins" if abs(place - 2) < 0.6 else "elsewhere"


def _off(rest: float, pitch: float) -> float:
    return min(rest, pitch - rest)


# --- Where lines break (sections 2 and 5) ---------------------------------------------------------------------------


def _ends(line: Line, before: Line | None, level: str, *, inside: bool) -> Iterator[str]:
    """Marks at the wrong end, and things that a line end cuts; `before` is the line this one goes on with.  inside: it
    does not end its paragraph."""
    text = line.text.strip()
    if inside and text[-1] in OPEN:
        yield "line end"
    if inside and text[-1] == SOLIDUS and level in ("gb", "strict"):
        yield "solidus"
    if before is None:
        return
    other = before.text.strip()
    joint = other[-1] + text[0]
    whole = not before.text.endswith(" ") and not line.text.startswith(" ")
    if text[0] in NOT_FIRST or (text[0] in UNITS and other[-1].isdigit()) or _lone_dash(text, other):
        yield "line start"
    if _SIGN.fullmatch(joint):
        yield "line end"
    if text[0] in TWO_EM and level == "strict":
        yield "two-em start"
    if text[0] in TWO_EM and text[0] == other[-1] and (len(other) - len(other.rstrip(text[0]))) % 2:
        yield "two-em split"
    if whole and any(map(_NUMBER.fullmatch, (joint, other[-2:] + text[0], other[-1] + text[:2]))):
        yield "number"
    if whole and joint.isascii() and joint.isalpha():
        yield "word"
    if _ENUMERATOR.fullmatch(other):
        yield "enumerator"


def _lone_dash(text: str, other: str) -> bool:
    return text[0] == "\u2014" and text[1:2] != "\u2014" and other[-1] != "\u2014"


def _pages(line: Line, before: Line | None, after: Line | None, kind: str, *, filled: bool) -> Iterator[str]:
    alone = before is not None and before.page != line.page and after is None
    if alone and (not filled or len(line.text.strip()) < 4):
        yield "widow"
    if not filled and kind == "begins" and after is not None and after.page != line.page:
        yield "orphan"


# --- Where glyphs stand (sections 3 and 4) --------------------------------------------------------------------------


class _Box(NamedTuple):
    """A character's cell as it would stand alone, em from the left edge: half of a mark's cell is blank."""

    char: str
    kind: str
    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


def _boxes(line: Line, frame: Frame, after: Line | None) -> list[_Box]:
    out = []
    text = line.text + (after.text if after else "")
    faces = {glyph.font for glyph in line.glyphs if "\u4e00" <= glyph.char <= "\u9fff"}
    for glyph in line.glyphs:
        kind = _class(glyph)
        if kind == "I" and (glyph.font not in faces or _is_western(text, len(out))):
            kind = "W"
        if kind == "T" and glyph.width < 0.95 * glyph.size and _is_western(text, len(out)):
            kind = "W"  # an ellipsis after western letters, narrower than a Chinese one and kerned with them
        left, drawn = (glyph.x - frame.left) / frame.em, glyph.width / frame.em
        width = 1.0 if kind in "OCMP" else 0.5 if kind == "I" else drawn
        # A face that draws a mark narrower than its cell has the ink on the side the mark belongs to.
        left -= width - drawn if kind == "O" else (width - drawn) / 2 if kind == "I" else 0
        out.append(_Box(glyph.char, kind, left, width))
    if mark := _ARTICLE.match(line.text):  # an em stands behind its number, whatever space the source has
        at = mark.end() - 1
        out[at:] = [out[at]._replace(kind="H", width=1.0), *out[at + 1 :]]
    while out and out[-1].kind == "s":
        out.pop()
    chars = "".join(box.char for box in out)
    lone = {found.start() for found in re.finditer("(?<!\u2014)\u2014(?!\u2014)", chars)}
    return [box._replace(kind="N") if at in lone else box for at, box in enumerate(out)]


def _is_western(text: str, at: int) -> bool:
    """Whether a nearest letter or digit is western and none is Han (convert/README.md, Line composition 1)."""
    sides = (filter(str.isalnum, side) for side in (text[at - 1 :: -1] if at else "", text[at:]))
    nearest = [char for char in (next(side, "") for side in sides) if char]
    return bool(nearest) and all(char.isascii() for char in nearest)


def _class(glyph: Glyph) -> str:
    """A letter as in convert/README.md, Line composition 1: marks O C M P (stops), I interpunct, T two-em, N connector,
    D solidus, s space, W western, H the rest.  Shared marks in the width of a western face are western."""
    char, full = glyph.char, glyph.width > 0.9 * glyph.size
    for kind, members in (("O", OPEN), ("C", CLOSE)):
        if char in members:
            return kind if full or char not in "\u2018\u2019\u201c\u201d" else "W"
    for kind, members in (("M", COMMA), ("P", STOP), ("I", INTERPUNCT), ("T", TWO_EM), ("N", CONNECTOR)):
        if char in members:
            return kind
    if char == SOLIDUS:
        return "D"
    return "s" if char.isspace() else "H" if full and char not in _WESTERN_SIGNS else "W"


def _places(line: Line, frame: Frame, after: Line | None, *, begins: bool) -> Iterator[str]:
    """Faults of one line of a paragraph, whose last one (none `after` it) is not justified."""
    boxes, last = _boxes(line, frame, after), after is None
    first, end, measure = boxes[0], boxes[-1], frame.measure / frame.em
    if begins and abs(first.left - 2) > _NEAR:
        yield "first bracket" if first.kind == "O" else "indent"
    if not begins and abs(first.left + 0.5 * (first.kind == "O")) > _NEAR:
        yield "bracket start"
    hangs = frame.hanging and end.char in "\u3001\uff0c\u3002"
    least = end.left if hangs else end.right - 0.5 * (end.kind in "CMP")
    if least > measure + _NEAR:
        yield "measure"
    # What was added between a character and the next one, beyond what rules of section 3 put there.
    more = [_added(before, after) for before, after in itertools.pairwise(boxes)]
    if not last and end.right < measure - _NEAR and measure - end.right < _most(boxes):
        yield "ends"
    opened = max(0.0, min(_plain(boxes, more), default=0.0))
    for added, before, after in zip(more, boxes, boxes[1:], strict=False):
        if _rule(before, after) < 0 and added > opened + _NEAR:
            yield "adjacent marks"
        if _is_gap(before, after) and not -0.125 - _NEAR <= added <= 1 / 3 - 0.25 + opened + _NEAR:
            yield "gap"
    if min(more, default=0) < -_NEAR:
        yield from _reduced(boxes, more, measure)
    elif max(more, default=0) > _NEAR:
        yield from _enlarged(boxes, more)
    squeezed = min(more, default=0) < -_NEAR
    if (last and max(more, default=0) > _NEAR) or (squeezed and end.right < measure - _NEAR):
        yield "left alone"


def _most(boxes: list[_Box]) -> float:
    """How far a line can be opened, em: what follows one that would need more cannot be broken, and it is ragged."""
    pairs = list(itertools.pairwise(boxes))
    gaps = sum(1 / 3 - 0.25 for pair in pairs if _is_gap(*pair))
    spaces = sum(max(0.0, 0.5 - box.width) for box in boxes if box.kind == "s")
    return gaps + spaces + 0.125 * sum(not _closed(*pair) for pair in pairs)


def _added(before: _Box, after: _Box) -> float:
    """What was added to the place between two characters; letters that a face draws closer together are its matter."""
    added = after.left - before.right - _rule(before, after)
    return max(added, 0.0) if before.kind + after.kind in ("WW", "Ws", "sW") else added


def _rule(before: _Box, after: _Box) -> float:
    """What stands between two characters of a line that is neither squeezed nor opened, em."""
    pair = before.kind + after.kind
    if (pair[0] in "CMP" and pair[1] in "CMPO") or pair == "OO":
        return -0.5
    return 0.25 if _is_gap(before, after) else 0.0


def _is_gap(before: _Box, after: _Box) -> bool:
    pair = before.kind + after.kind
    western = {"HW": after.char, "WH": before.char}.get(pair)
    return western is not None and (western.isalnum() or western in _WESTERN_SIGNS) and before.char != "\u3000"


def _givers(boxes: list[_Box], more: list[float]) -> Iterator[tuple[str, float, float]]:
    """(kind, what it gave, the most it can give) of each mark, word space and gap inside a line, em."""
    for at, box in enumerate(boxes[1:-1], 1):
        before, after = more[at - 1], more[at]
        near = boxes[at - 1].kind, boxes[at + 1].kind
        if box.kind == "s":
            yield "s", -after, max(0.0, box.width - 0.25)
        elif box.kind == "I":
            yield "I", -before - after, 0.25
        elif box.kind == "O" and near[0] not in "CMPO":
            yield "O", -before, 0.5
        elif box.kind in "CMP" and near[1] not in "CMPO":
            yield box.kind, -after, 0.5
    for at, (left, right) in enumerate(itertools.pairwise(boxes)):
        if _is_gap(left, right):
            yield "gap", -more[at], 0.125


_ORDER = ("s", "I", "OC", "M", "gap", "P")


def _reduced(boxes: list[_Box], more: list[float], measure: float) -> Iterator[str]:
    """A kind may give only what the kinds before it could not; the mark at the line end gives first of all."""
    givers = list(_givers(boxes, more))
    used = [at for at, kinds in enumerate(_ORDER) for kind, gave, _ in givers if kind in kinds and gave > _NEAR]
    if boxes[-1].kind in "CMP" and boxes[-1].right - 0.5 < measure - _NEAR and boxes[-2].kind not in "O":
        yield "reduction"
    for at in range(max(used, default=0)):
        for kind, gave, most in givers:
            if kind in _ORDER[at] and gave < most - _NEAR and not _mixed(kind, boxes):
                yield "reduction"
                return
    for kinds in _ORDER:
        shares = [gave / most for kind, gave, most in givers if kind in kinds and most > _NEAR]
        if shares and max(shares) - min(shares) > 4 * _NEAR and not any(_mixed(kind, boxes) for kind in kinds):
            yield "even"


def _mixed(kind: str, boxes: list[_Box]) -> bool:
    """Whether marks of a kind touch others, so that what one of them gave cannot be told."""
    pairs = ("".join(box.kind for box in pair) for pair in itertools.pairwise(boxes))
    return any(kind in pair and "I" in pair and pair != "HI" and pair != "IH" for pair in pairs)


def _plain(boxes: list[_Box], more: list[float]) -> list[float]:
    """What was added to each place that is neither closed, nor a gap, nor a word space."""
    return [
        added
        for added, before, after in zip(more, boxes, boxes[1:], strict=False)
        if not _closed(before, after) and "s" not in before.kind + after.kind and not _is_gap(before, after)
    ]


def _closed(before: _Box, after: _Box) -> bool:
    pair = before.kind + after.kind
    return pair in ("TT", "WW") or (pair[0] in "ND" and pair[1] != "s") or (pair[1] in "ND" and pair[0] != "s")


def _enlarged(boxes: list[_Box], more: list[float]) -> Iterator[str]:
    for added, before, after in zip(more, boxes, boxes[1:], strict=False):
        letters = before.kind + after.kind == "WW" and not (before.char + after.char).isdigit()
        if _closed(before, after) and added > _NEAR and not letters:
            yield "unopened"
    plain = _plain(boxes, more)
    if not plain:
        return
    if max(plain) - min(plain) > 2 * _NEAR:
        yield "enlargement"
    if max(plain) > 0.125 + _NEAR:
        yield "loose"
    if min(plain) > _NEAR:
        most = {"gap": 1 / 3 - 0.25, "s": 0.5 - min((box.width for box in boxes if box.kind == "s"), default=0.5)}
        if any(kind in most and -gave < most[kind] - _NEAR for kind, gave, _ in _givers(boxes, more)):
            yield "enlargement"


# --- The character grid ---------------------------------------------------------------------------------------------


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
                good += abs(place - round(place)) <= _NEAR
    return good, total
