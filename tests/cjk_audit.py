"""An audit of the lines of a finished PDF in traditional Chinese, Japanese or Korean, from the places of its glyphs.

In: the lines that `pdf_audit` reads with MuPDF, and a language.  Out: what breaks a rule of that language.  It knows
nothing of the writer's own tables: each rule is from the requirements, written down once more.
`python -m tests.cjk_audit ja FILE.pdf=SOURCE.txt ...` counts the faults of files in the style `report` by rule.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

if __package__:
    sys.path.insert(0, str(Path(__file__).parent))

from pdf_audit import CLOSING, COMMA, INTERPUNCT, NOT_LAST, OPEN, STOP, Fault, Frame, Glyph, Line, lines

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
    return "\u3041" <= char <= "\u30fe" or "\u4e00" <= char <= "\u9fff"


def _broken(line: Line, before: Line | None, frame: Frame, said: tuple[str, str], *, goes_on: bool) -> Iterator[str]:
    """said: the language and the source."""
    text, (language, source) = line.text.strip(), said
    if before is not None:
        other = before.text.rstrip()
        if text[0] in _NOT_FIRST:
            yield "line start"
        if language == "ja" and text[0] in _SMALL:
            yield "small kana"
        inside = _is_hangul(other[-1]) and _is_hangul(text[0]) and other[-8:] + text[:8] in source
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


def audited(path: Path, language: str, look: style.Style, source: str = "") -> tuple[int, list[Fault]]:
    """Characters of a file's body, and its faults."""
    page, size = look.page, float(look.elements.body.size)
    grid = look.grid
    measure = float(grid.characters * grid.character_pitch) if grid.characters else float(page.text_width)
    frame = Frame(float(page.inner), measure, size, float(page.top), float(grid.line_pitch))
    found = lines(path, size=size, bottom=float(page.top) + float(page.text_height) + 5)
    return sum(len(line.text.strip()) for line in found), list(audit(found, frame, language, source))


def main() -> None:
    """Audits the files that are named."""
    language, *names = sys.argv[1:]
    look = style.in_language(style.load("report"), language)
    total, rules = 0, Counter[str]()
    for name in names:
        made, _, text = name.partition("=")
        count, faults = audited(Path(made), language, look, Path(text).read_text("utf-8") if text else "")
        total += count
        rules.update(fault.rule for fault in faults)
        for one in faults[:5]:
            sys.stdout.write(f"{one.rule}: {one.where}\n")
    sys.stdout.write(f"{total} characters, {dict(rules)}\n")


if __name__ == "__main__":
    main()
