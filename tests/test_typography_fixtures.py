"""Line composition shown on texts: where lines may break, what marks lose, where gaps stand, how titles are broken.

`fixtures/typography/lines.txt`: a text, its classes, the text with a bar where a line may begin at each level, the
places of marks that lose a half and of gaps.  `fixtures/typography/titles.txt`: a measure in em and a title, its lines.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from convert.typography import Class, breaks, classify, hyphens, is_han, spacing
from convert.typography.titles import balance

FOLDER = Path(__file__).parent / "fixtures" / "typography"


def shown(text: str) -> str:
    return text.replace("\n", "\\n")


def lines_of(text: str) -> str:
    """The case of a text as the fixture has it."""
    classes = classify(text)
    out = [f"  classes {classes}"]
    for level in get_args(breaks.Level):
        may = breaks.allowed(text, classes, level)
        marked = "".join(("|" if may[at] else "") + shown(char) for at, char in enumerate(text))
        out.append(f"  {level:7} {marked}")
    trims = spacing.trims(classes)
    for name, places in (
        ("left", trims.left),
        ("right", trims.right),
        ("centred", spacing.trims(classes, centred=True).right),
        ("gaps", spacing.gaps(text, classes)),
    ):
        out.append(f"  {name:7}" + "".join(f" {place}" for place in places))
    return "\n".join(out) + "\n"


def lines_cases() -> list[str]:
    row = r" {2}(?:classes|none|basic|gb|strict|left|right|centred|gaps)\b"
    return [block for block in re.split(rf"(?m)^(?!{row})(?=.)", (FOLDER / "lines.txt").read_text("utf-8")) if block]


@pytest.mark.parametrize("case", lines_cases())
def test_lines(case: str) -> None:
    text, _, wanted = case.partition("\n")
    assert lines_of(text.replace("\\n", "\n")).replace(" \n", "\n") == wanted.replace(" \n", "\n")


def title_cases() -> list[tuple[str, float, list[str]]]:
    found = []
    for block in re.split(r"(?m)^(?=\d)", (FOLDER / "titles.txt").read_text("utf-8"))[1:]:
        head, *lines = block.splitlines()
        measure, _, title = head.partition(" ")
        found.append((title, float(measure), [line.strip() for line in lines]))
    return found


@pytest.mark.parametrize(("title", "measure", "lines"), title_cases())
def test_titles(title: str, measure: float, lines: list[str]) -> None:
    mark = re.match("一\u3001", title)
    assert balance(title, measure, "zh-Hans", mark=mark.end() if mark else 0) == lines


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (Class.OPEN, "\uff08\uff3b\uff5b\u300a\u3008\u300c\u300e\u3010\u3014\u3016\u2018\u201c\uff5f\u301d"),
        (Class.CLOSE, "\uff09\uff3d\uff5d\u300b\u3009\u300d\u300f\u3011\u3015\u3017\u2019\u201d\uff60\u301e\u301f"),
        (Class.COMMA, "\u3001\uff0c\uff1b\uff1a"),
        (Class.STOP, "\u3002\uff0e\uff01\uff1f"),
        (Class.TWO_EM, "\u2014\u2026\u22ef\u2e3a"),
        (Class.CONNECTOR, "\u2013\uff5e\u301c"),
        (Class.SOLIDUS, "\uff0f"),
        (Class.INTERPUNCT, "\u00b7\u2027\u30fb"),
        (Class.SMALL_KANA, "\u3041\u3063\u3083\u308e\u3095\u3096\u30a1\u30c3\u30e7\u30f6\u30fc\u309d\u30fe"),
        (Class.SPACE, " \t\u00a0\u2002\u2009\u202f"),
        (Class.WESTERN, "aZ9%.,-@\u00e9\u0416\u03b1\u00b0\u2033"),
        (
            Class.HAN,
            "\u4e00\u9fff\u3400\u4dbf\U00020000\U000323af\uf900\ufaff\u3005\u3007\u3021\u312f\u31a0\uac00\ud7a3",
        ),
        (Class.HAN, "\u2160\u217f\u203b\u2190\u2199\u2460\u24ff\u25a0\u25ff\u2605\u2606\uff21\uff19"),
        (Class.BREAK, "\n"),
        (Class.OBJECT, "\ufffc"),
    ],
)
def test_members_of_classes(kind: Class, members: str) -> None:
    assert [char for char in members if classify(f"\u4e2d{char * 2}\u6587")[1] != kind] == []


@pytest.mark.parametrize("edge", [0x4E00, 0x9FFF, 0x3400, 0x4DBF, 0x20000, 0x323AF, 0xF900, 0xFAFF, 0x3005, 0x3007,
                                  0x3021, 0x312F, 0x31A0, 0x31FF, 0xAC00, 0xD7A3, 0x1100, 0x11FF, 0x2E80,
                                  0x2FDF])  # fmt: skip
def test_han_ranges_reach_to_their_edges(edge: int) -> None:
    assert is_han(chr(edge))


@pytest.mark.parametrize("beyond", [0x2E7F, 0x2FE0, 0x3004, 0x3008, 0x3020, 0x33FF, 0x4DC0, 0xA000, 0xABFF, 0xD7A4,
                                    0xF8FF, 0xFB00, 0x10FF, 0x1200, 0x1FFFF, 0x323B0])  # fmt: skip
def test_han_ranges_end_there(beyond: int) -> None:
    assert not is_han(chr(beyond))


def test_shrinkable_blanks() -> None:
    """Half an em for brackets, commas and stops; in the middle of their em the marks have no blank to give."""
    given = {str(kind): spacing.shrinkable(str(kind)) for kind in Class}
    assert {kind for kind, blank in given.items() if blank == 0.5} >= {"O", "C", "M", "P"}
    assert given["H"] == given["W"] == given["T"] == 0
    assert spacing.shrinkable("M", centred=True) == spacing.shrinkable("P", centred=True) == 0
    assert spacing.shrinkable("O", centred=True) == 0.5


@pytest.mark.parametrize(
    ("text", "language", "divided"),
    [
        ("internationalization", "en", "in-ter-na-tion-al-iz-a-tion"),
        ("information", "zh-Hans", "in-for-ma-tion"),
        ("Information", "en-US", "In-for-ma-tion"),
        ("word", "en", "word"),
        ("NATO", "en", "NATO"),
        ("www.information.org", "en", "www.information.org"),
        ("information.pdf", "en", "information.pdf"),
        ("/information", "en", "/information"),
    ],
)
def test_words_are_divided(text: str, language: str, divided: str) -> None:
    places = set(hyphens.points(text, language))
    assert "".join(("-" if at in places else "") + char for at, char in enumerate(text)) == divided
