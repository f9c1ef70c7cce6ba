"""An audit of the lines of a finished PDF in traditional Chinese, Japanese or Korean, from the places of its glyphs.

In: the lines that `pdf_audit` reads with MuPDF, and a language.  Out: what breaks a rule of that language.  It knows
nothing of the writer's own tables: each rule is from the requirements, written down once more.
`python -m tests.cjk_audit ja FILE.pdf=SOURCE.txt ... --style vertical` counts the faults of such files by rule.
"""

from __future__ import annotations

import argparse
import itertools
import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

if __package__:
    sys.path.insert(0, str(Path(__file__).parent))

from pdf_audit import CLOSING, COMMA, INTERPUNCT, NOT_LAST, OPEN, STOP, Fault, Frame, Glyph, Line, glyphs, lines

from convert import style

RULES = {
    "line start": "clreq 3.1.3.1, JLReq 3.1.7, KLReq 3.1.2: no closing mark, comma, stop or interpunct begins a line",
    "small kana": "JLReq 3.1.7 (strict): nor small kana, the prolonged sound mark, iteration marks",
    "line end": "clreq 3.1.3.2, JLReq 3.1.8: no opening bracket ends a line",
    "word": "KLReq 3.1.2: a word is not divided where the line has another place to break",
    "mark": "clreq 3.1.4: in traditional Chinese commas and stops keep their em; JLReq 3.8.3: Japanese stops do",
    "adjacent marks": "clreq 3.1.6, JLReq 3.1.4: brackets side by side lose the blank between them",
    "gap": "clreq 3.2.2, JLReq 3.2.6: 1/8 em at the least between ideographs and letters; KLReq 3.2: none is asked",
    "measure": "no glyph outside the measure",
    "upright": "JLReq 2.3.2, clreq 3.1.1: ideographs, kana and their marks stand upright in vertical lines",
    "ends": "a line that is followed by another of its paragraph ends at the measure",
}
_SMALL = frozenset(
    "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308e\u30a1\u30a3\u30a5\u30a7\u30a9\u30c3\u30e3\u30e5\u30e7"
    "\u30ee\u30f5\u30f6\u30fc\u309d\u309e\u30fd\u30fe\u3005\u303b"
)
_NOT_FIRST = CLOSING | INTERPUNCT | frozenset(".,!?)]}%")
_NEAR = 0.03


def audit(found: list[Line], frame: Frame, language: str, source: str = "") -> Iterator[Fault]:
    """Faults of the lines of a text.  source: the text, by which words are told, for a space at the end of a line is
    not drawn."""
    found = [line for line in found if line.text.strip()]
    for at, line in enumerate(found):
        before = found[at - 1] if at and _goes_on(found, at, frame) else None
        after = at + 1 < len(found) and _goes_on(found, at + 1, frame)
        for rule in _broken(line, before, frame, (language, source), goes_on=after):
            yield Fault(rule, f"page {line.page}, {line.text.strip()[:12]}..{line.text.strip()[-8:]}")


def _place(line: Line, frame: Frame) -> float:
    return abs(line.glyphs[0].x - frame.left) / frame.em


def _right(glyph: Glyph, frame: Frame) -> float:
    return (glyph.x + glyph.width - frame.right) / frame.em


def _goes_on(found: list[Line], at: int, frame: Frame) -> bool:
    """A line at the left edge below one that reaches the measure goes on with its paragraph."""
    before = found[at - 1]
    full = _right(_last(before), frame) > -0.6
    return full and _place(found[at], frame) < 0.6 and before.glyphs[0].font == found[at].glyphs[0].font


def _last(line: Line) -> Glyph:
    return next(glyph for glyph in reversed(line.glyphs) if not glyph.char.isspace())


def _is_hangul(char: str) -> bool:
    return "\uac00" <= char <= "\ud7a3"


def _is_han(char: str) -> bool:
    return ("\u3041" <= char <= "\u30fe" and char not in INTERPUNCT) or "\u4e00" <= char <= "\u9fff"


def _broken(line: Line, before: Line | None, frame: Frame, said: tuple[str, str], *, goes_on: bool) -> Iterator[str]:
    """said: the language and the source."""
    text, (language, source) = line.text.strip(), said
    if before is not None:
        other = before.text.rstrip()
        if text[0] in _NOT_FIRST:
            yield "line start"
        if language == "ja" and text[0] in _SMALL:
            yield "small kana"
        inside = _is_hangul(other[-1]) and _is_hangul(text[0]) and other[-20:] + text[:20] in source
        if language == "ko" and inside and " " in other:
            yield "word"
    if goes_on:
        if text[-1] in NOT_LAST:
            yield "line end"
        last = _last(line)
        blank = 0.5 if last.char in CLOSING and not (language == "zh-Hant" and last.char in COMMA | STOP) else 0.0
        if not -0.03 - blank - (0.5 if language == "ko" else 0) <= _right(last, frame) <= blank + 0.03:
            yield "ends"
    yield from _places(line, frame, language)


def _places(line: Line, frame: Frame, language: str) -> Iterator[str]:
    if _right(_last(line), frame) > (0.55 if _last(line).char in CLOSING else _NEAR):
        yield "measure"
    for one, two in itertools.pairwise(line.glyphs):
        step = (two.x - one.x) / frame.em
        whole = one.char in STOP or (language == "zh-Hant" and one.char in COMMA)
        if whole and language in ("ja", "zh-Hant") and two.char not in CLOSING | OPEN and step < 1 - _NEAR:
            yield "mark"
        if language != "ko" and one.char in CLOSING and two.char in OPEN and step > 1.6 and language == "ja":
            yield "adjacent marks"
        letters = two.char.isascii() and two.char.isalnum() and one.char.isascii() is False
        if language != "ko" and letters and _is_han(one.char) and step < one.width / frame.em + 0.125 - _NEAR:
            yield "gap"


# --- Files --------------------------------------------------------------------------------------------------------


def audited(path: Path, language: str, look: style.Style, source: str = "") -> tuple[int, list[Fault]]:
    """Characters of the body of a file that we made, and its faults."""
    page, size = look.page, float(look.elements.body.size)
    fallen: list[Fault] = []
    if look.composition.vertical:
        frame = Frame(float(page.top), float(page.text_height), size, float(page.inner), float(look.grid.line_pitch))
        found = _glossed(columns(path, frame), columns(path, frame._replace(em=size / 2)), frame)
        fallen = list(lying(path, size))
    else:
        grid = look.grid
        measure = float(grid.characters * grid.character_pitch) if grid.characters else float(page.text_width)
        frame = Frame(float(page.inner), measure, size, float(page.top), float(grid.line_pitch))
        bottom = float(page.top) + float(page.text_height) + 5
        found = _glossed(lines(path, size=size, bottom=bottom), lines(path, size=size / 2, bottom=bottom), frame)
    return sum(len(line.text.strip()) for line in found), [*fallen, *audit(found, frame, language, source)]


def _glossed(found: list[Line], glosses: list[Line], frame: Frame) -> list[Line]:
    """The lines, those that end below the end of a reading as if they ended there: a base is set in the middle of a
    reading that is longer, and the reading ends at the measure (JLReq 3.3.8)."""
    ends = {(line.page, round(line.y)): _last(line) for line in glosses if line.text.strip()}
    out = []
    for line in found:
        above = [
            last
            for (page, y), last in ends.items()
            if page == line.page and 0 < line.y - y < 1.6 * frame.em and line.text.strip() and last.x >= _last(line).x
        ]
        if above and abs(above[0].x + above[0].width - frame.right) < _NEAR * frame.em:
            at = line.glyphs.index(_last(line))
            moved = line.glyphs[at]._replace(x=frame.right - line.glyphs[at].width)
            line = line._replace(glyphs=(*line.glyphs[:at], moved, *line.glyphs[at + 1 :]))
        out.append(line)
    return out


def columns(path: Path, frame: Frame) -> list[Line]:
    """Lines from top to bottom, from right to left, turned to lie as `audit` knows lines.

    frame: of the turned lines, from the top of the text area.  Where something other than an upright character stands,
    the place is no number, of which no rule says anything.
    """
    out: list[Line] = []
    for number, page in enumerate(glyphs(path), 1):
        inside = [
            glyph
            for glyph in page
            if abs(glyph.size - frame.em) < 0.05 and frame.left - 5 <= glyph.y <= frame.right + 15
        ]
        middles = [round(glyph.x + glyph.width / 2) for glyph in inside if not _is_turned(glyph)]
        by_x: dict[int, list[Glyph]] = {middle: [] for middle in middles}
        for glyph in inside:
            turned = _is_turned(glyph)
            along = math.nan if turned else glyph.y - 0.88 * frame.em
            placed = Glyph(" " if turned else glyph.char, along, 0, glyph.size, glyph.font, frame.em)
            near = min(by_x, key=lambda x, at=glyph.x + glyph.width / 2: abs(x - at), default=0)  # type: ignore[misc]
            by_x.setdefault(near, []).append(placed)
        out += [Line(number, -x, tuple(by_x[x])) for x in sorted(by_x, reverse=True)]
    return out


def _is_turned(glyph: Glyph) -> bool:
    return glyph.char.isascii() or glyph.char.isspace() or _lies(glyph)


def _lies(glyph: Glyph) -> bool:
    """The character lies on its side: the upper edge of its box does not run to the right."""
    return glyph.width < 0.05 * glyph.size


def lying(path: Path, size: float) -> Iterator[Fault]:
    """Ideographs, kana and marks that lie on their side in vertical lines."""
    for number, page in enumerate(glyphs(path), 1):
        found = "".join(one.char for one in page if abs(one.size - size) < 0.05 and _lies(one) and _stands(one.char))
        if found:
            yield Fault("upright", f"page {number}, {found[:12]}")


def _stands(char: str) -> bool:
    return _is_han(char) or char in COMMA | STOP


_FORMS = re.compile("[\u2e80-\u2fdf\ufe10-\ufe4f]")
"""Radicals, and forms for vertical lines, by which some programs name the glyphs of other characters."""


def _plain(found: list[Line]) -> list[Line]:
    """The lines with the characters of the text in place of such forms."""

    def plain(glyph: Glyph) -> Glyph:
        said = unicodedata.normalize("NFKC", glyph.char) if _FORMS.match(glyph.char) else glyph.char
        said = chr(ord(said) + 0xFEE0) if said in "()[]{}" else said  # that of U+FE35 is half-width
        return glyph._replace(char=said if len(said) == 1 else glyph.char)

    return [line._replace(glyphs=tuple(map(plain, line.glyphs))) for line in found]


def seen_frame(path: Path) -> tuple[list[Line], Frame]:
    """The lines of a file that any program made, and the frame that they show: the size most glyphs have, and the
    edges at which most lines begin and end."""
    sizes = Counter(glyph.size for page in glyphs(path) for glyph in page)
    size = sizes.most_common(1)[0][0]
    found = _plain([line for line in lines(path, size=size, bottom=math.inf) if len(line.text.strip()) > 1])
    left = Counter(round(line.glyphs[0].x, 1) for line in found).most_common(1)[0][0]
    ends = Counter(round(last.x + last.width, 1) for line in found if (last := _last(line)).char not in CLOSING)
    return found, Frame(left, ends.most_common(1)[0][0] - left, size, 0, 0)


def seen_columns(path: Path) -> tuple[list[Line], Frame, list[Fault]]:
    """The same of vertical lines, with the characters that lie on their side in them."""
    sizes = Counter(glyph.size for page in glyphs(path) for glyph in page if not glyph.char.isascii())
    size = sizes.most_common(1)[0][0]
    found = _plain([line for line in columns(path, Frame(0, math.inf, size, 0, 0)) if len(line.text.strip()) > 1])
    placed = [line for line in found if line.glyphs[0].x == line.glyphs[0].x]
    starts = Counter(round(line.glyphs[0].x, 1) for line in placed)
    # The first edge that one of twenty lines stands at: in statutes most lines are first lines, further in.
    top = min(place for place, times in starts.items() if times * 20 >= len(placed))
    ends = Counter(
        round(last.x + last.width, 1)
        for line in placed
        if (last := _last(line)).char not in CLOSING and last.x == last.x
    )
    return found, Frame(top, ends.most_common(1)[0][0] - top, size, 0, 0), list(lying(path, size))


def main() -> None:
    """Audits the files that are named; `--style NAME` says the style they were made in, `report` by default."""
    told = argparse.ArgumentParser()
    told.add_argument("language")
    told.add_argument("files", nargs="+")
    told.add_argument("--style", default="report")
    given = told.parse_args()
    look = style.in_language(style.load(given.style), given.language)
    total, rules = 0, Counter[str]()
    for name in given.files:
        made, _, text = name.partition("=")
        count, faults = audited(Path(made), given.language, look, Path(text).read_text("utf-8") if text else "")
        total += count
        rules.update(fault.rule for fault in faults)
        for one in faults[:5]:
            sys.stdout.write(f"{one.rule}: {one.where}\n")
    sys.stdout.write(f"{total} characters, {dict(rules)}\n")


if __name__ == "__main__":
    main()
