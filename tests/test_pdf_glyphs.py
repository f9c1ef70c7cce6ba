"""Text of a run shaped in one go is what its stretches are, shaped one by one."""

from __future__ import annotations

import pytest

from convert import style
from convert.model import Text
from convert.typography import classify
from convert.writers.pdf.glyphs import Glyphs
from convert.writers.pdf.shape import Shaper
from convert.writers.pdf.typecase import Typecase

GONGWEN = style.load("gongwen")
TEXTS = [
    "2025年GDP增长5.2%左右\uff0c全国\u201c双碳\u201d目标\u2014\u2014见第3页",
    "英文 Python 3 与\u3000全角\uff21\u3001\u2460和\u2161",
    "同一字形\u2026\u2026与\u22ef\u22ef",  # U+2026 and U+22EF share a glyph in most faces
    "合字か\u3099与\u5b57\U000e0101和\u200d不画",  # a mark, a variation selector, a joiner
    "兼容字\uf900与通行字",
]


def drawn(text: str, language: str, *, at_once: bool, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Of each character: its font's name, glyph and advance; and what the glyph stands for."""
    with monkeypatch.context() as patch:
        if not at_once:
            patch.setattr(Typecase, "_at_once", lambda *_: None)
        shaper, out = Shaper(GONGWEN, language), Glyphs([], [], [], {}, set())
        (run,) = shaper.runs((Text(text),), shaper.base(GONGWEN.elements.body))
        shaper.case.draw(text, classify(text), 0, len(text), run.look, out)
    fonts = [piece.font for piece in out.stretches for _ in range(piece.first, piece.last)]
    given = zip(fonts, out.glyph, out.advance, strict=True)
    return [(font.name, glyph, advance, font.texts.get(glyph)) for font, glyph, advance in given]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("language", ["zh-Hans", "ja"])
def test_text_shaped_in_one_go_is_as_its_stretches_are(
    text: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_by_one = drawn(text, language, at_once=False, monkeypatch=monkeypatch)
    assert drawn(text, language, at_once=True, monkeypatch=monkeypatch) == one_by_one
    assert len(one_by_one) == len(text)


def test_simple_text_is_shaped_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    at_once = Typecase._at_once

    def ask(case: Typecase, text: str, *more: object) -> object:
        found = at_once(case, text, *more)  # type: ignore[arg-type]
        asked.append(text if found else "")
        return found

    monkeypatch.setattr(Typecase, "_at_once", ask)
    monkeypatch.setattr(Typecase, "_covered", lambda *_: pytest.fail("looked at stretch by stretch"))
    shaper = Shaper(GONGWEN, "zh-Hans")
    text = "全国人民\u3001代表大会\u201c常务\u201d委员会\u3002"
    shaper.shape(shaper.runs((Text(text),), shaper.base(GONGWEN.elements.body)), 15.75)
    assert asked == [text]
