"""Vertical lines in the PDF: pages that are laid out lying and turned, characters that stand upright in them."""

from __future__ import annotations

import re
import zlib

import pytest

from convert import style
from convert.model import Document, Emphasis, Heading, Link, Metadata, Paragraph, Ruby, SourceInfo, Text
from convert.run import pipeline
from convert.typography import classify
from convert.verify import check, unseen
from convert.writers import compose
from convert.writers.pdf import upright
from convert.writers.pdf.shape import Shaper
from convert.writers.pdf.vertical import ColumnPainter, turned


def shaped(text: str, language: str = "ja"):  # type: ignore[no-untyped-def]
    look = style.in_language(style.load("vertical"), language)
    shaper = Shaper(turned(look), language)
    size = float(look.elements.body.size)
    return shaper.shape(shaper.runs((Text(text),), shaper.base(look.elements.body)), size), size


def test_the_layout_sees_a_page_lying_on_its_side() -> None:
    look = style.load("vertical")
    lying = turned(look)
    assert (lying.page.width, lying.page.text_width) == (look.page.height, look.page.text_height)
    assert (lying.page.inner, lying.page.top) == (look.page.top, look.page.inner)
    assert lying.grid.lines == 17
    assert lying.composition.vertical


@pytest.mark.parametrize(("language", "name"), [("zh-Hant", "vertical-tw"), ("ja", "vertical-ja"), ("ko", "vertical")])
def test_each_language_has_its_vertical_style(language: str, name: str) -> None:
    assert style.in_language(style.load("vertical"), language).name == name


def test_short_numbers_stand_in_one_cell() -> None:
    text = "令和6年12月\u30012024年"
    classes = classify(text)
    assert upright.numbers(text, classes) == [(2, 3), (4, 6)]
    assert upright.composed(classes, [(2, 3), (4, 6)]) == "HHHHHKHMWWWWH"
    made, em = shaped(text)
    assert made.advance[2:6] == pytest.approx([em, em, em, 0])
    assert made.upright[5].cell == 4
    assert made.upright[4].aside < made.upright[5].aside
    assert not {8, 9, 10, 11} & made.upright.keys()
    assert made.may[5] == 0


def test_marks_have_their_form_for_vertical_lines() -> None:
    """Another glyph than in a line that runs across, and the same text."""
    across = Shaper(style.load("book-ja"), "ja")
    look = across.base(style.load("book-ja").elements.body)
    other = across.shape(across.runs((Text("\u300c漢\u300d\u3001ー"),), look), 10.5)
    made, _ = shaped("\u300c漢\u300d\u3001ー")
    assert [one != two for one, two in zip(made.glyph, other.glyph, strict=True)] == [True, False, True, True, True]


def test_a_dash_of_two_em_is_one_line_down() -> None:
    made, em = shaped("ある\u2014\u2014そう")
    assert made.advance[2:4] == pytest.approx([em, em])
    assert made.upright[2].below == pytest.approx(em / 2)


def test_places_are_those_of_the_page() -> None:
    look = style.load("vertical")
    painter = ColumnPainter(0, look, {})
    x, y = painter.place(0)
    assert x == pytest.approx(float(look.page.width) - float(look.page.inner))
    assert y == pytest.approx(float(look.page.height) - float(look.page.top))
    left, bottom, right, top = painter._on_page((100, 200, 150, 220))
    assert (left, right) == (200, 220)
    assert (bottom, top) == pytest.approx((painter.height - 150, painter.height - 100))
    assert ColumnPainter(1, look, {}).top < painter.top  # bound at the right, then at the left


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "ja"])
def test_a_vertical_page_is_held_whole_and_seen(language: str) -> None:
    inlines = (
        Text("\u300c見本\u300dの"), Ruby("承", "うけたまわ"), Text("り\u2014\u201412月\u3001Windows"),
        Emphasis((Text("大切"),), "dots"), Link("https://example.com/", (Text("見る"),)), Text("\u3002"),
    )  # fmt: skip
    blocks = (
        Heading(1, (Text("第一章"),), "h1"),
        Paragraph(inlines),
        Paragraph((Text("続きの文を\u3001\u300c書く\u3002\u300d" * 30),)),
    )
    source = SourceInfo("page.txt", "0" * 64, "text/plain", "utf-8", 1)
    document = Document(source, Metadata(title="見本", language=language), blocks)
    look = style.in_language(style.load("vertical"), language)
    data, notices = pipeline.write("pdf", document, look)
    assert check("pdf", data, compose(document, look)) == []
    assert unseen("pdf", data, language) == []
    assert [notice.code for notice in notices] == []
    streams = (zlib.decompress(found[1]) for found in re.finditer(rb"stream\r?\n(x.*?)\r?\nendstream", data, re.DOTALL))
    content = next(one for one in streams if b" Tm " in one)
    assert content.startswith(b"q 0 -1 1 0 0 ")
    lying = re.findall(rb"1 0 0 1 [-0-9. ]+ Tm\n?\[?<([0-9a-f]+)>", content)
    assert b"\n0 1 -1 0 " in content
    assert sum(map(len, lying)) < 4 * 30, "only western text and dashes lie on their side"
