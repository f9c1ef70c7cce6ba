"""Characters that a plain line of glyphs does not hold: text from right to left, marks on letters, what no face has."""

from __future__ import annotations

import io

import pikepdf
import pytest
import tag_reader
import uharfbuzz as hb
from exam import exam_document
from msgspec.structs import replace

from convert import style, verify, writers
from convert.model import Document, Paragraph, Text
from convert.typography import bidi
from convert.writers.pdf.glyphs import INVISIBLE
from convert.writers.pdf.justify import Measure
from convert.writers.pdf.linebreak import break_lines
from convert.writers.pdf.shape import Shaped, Shaper

GONGWEN = style.load("gongwen")
HEBREW = "\u05e9\u05dc\u05d5\u05dd"
ARABIC = "\u0643\u062a\u0627\u0628 \u0627\u0644\u062d\u064a\u0648\u0627\u0646\u060c \u0627\u0644\u062c\u0632\u0621"
LONG = "\u0648\u0644\u0627 \u0639\u0642\u0644\u0627 \u0648\u0636\u0645\u064a\u0631\u0627 " * 6

ODD = [
    f"希伯来文\u201c{HEBREW}\u201d与阿拉伯文\uff08{ARABIC}\uff09并列",
    f"标题为\u300a{ARABIC} 3\u300b的书",
    f"这里有一段很长的文字{LONG}到此为止",
    f"希伯来文名{HEBREW}, {HEBREW}! 123即世界",
    "拼音e\u0301与e\u0302\u0304和m\u0300",
    "没有字体的\U00030000与\U000e0067和\U0001f1e8\U0001f1f3",
    "读不回来的\ufffd与\ufffc\u3164和\ufb01\ufb56",
    "表情\u2708\ufe0f与\U0001f468\u200d\U0001f469与1\ufe0f\u20e3",
    "变量\U0001d465为正数",
    "泰文\u0e20\u0e32\u0e29\u0e32\uff0c\uff0c两个逗号\u300c\u300c",
    "韩文\u1112\u1161\u11ab与\u1100\u1173\u11af",
]


def made(*texts: str) -> tuple[Document, bytes, set[str]]:
    document = replace(exam_document(), blocks=tuple(Paragraph((Text(text),)) for text in texts), notes=())
    stream = io.BytesIO()
    notices = writers.write("pdf", document, GONGWEN, stream)
    return document, stream.getvalue(), {notice.code for notice in notices}


def shaped(text: str) -> Shaped:
    shaper = Shaper(GONGWEN, "zh-Hans")
    return shaper.shape(shaper.runs((Text(text),), shaper.base(GONGWEN.elements.body)), 16)


def test_every_odd_character_is_read_back_and_a_box_is_said() -> None:
    document, data, codes = made(*ODD)
    assert verify.check("pdf", data, writers.compose(document, GONGWEN)) == []
    assert "missing-glyphs" in codes


def test_a_screen_reader_reads_text_from_right_to_left_in_its_order() -> None:
    text = f"希伯来文{HEBREW} 123与{ARABIC}"
    _, data, _ = made(text)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert text.replace(" ", "") in tag_reader.body(tag_reader.tree(pdf))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("中文ABC", "中文ABC"),
        ("中אב文", "中בא文"),
        ("中אב 12文", "中12 בא文"),
        ("中12 אב文", "中12 בא文"),
        ("中א\uff08ב\uff09ג文", "中ג\uff09ב\uff08א文"),
        ("中\uff08אב\uff09文", "中\uff08בא\uff09文"),
        ("中א(b)ב文", "中א(b)ב文"),
        ("中ع1-2文", "中2-1ع文"),
        ("中א1,5文", "中1,5א文"),
        ("中א1+5文", "中1+5א文"),
        ("中א, ב! 文", "中ב ,א! 文"),
    ],
)
def test_lines_are_put_in_order_as_unicode_says(text: str, seen: str) -> None:
    levels = bidi.levels(text) or bytes(len(text))
    assert "".join(text[at] for at in bidi.order(levels)) == seen


def test_brackets_are_turned_where_text_runs_to_the_left() -> None:
    assert "".join(map(bidi.mirrored, "(\u300a<\u00aba")) == ")\u300b>\u00bba"


def test_a_mark_stands_where_harfbuzz_puts_it() -> None:
    paragraph = shaped("m\u0300")
    (stretch,) = paragraph.stretches
    buffer = hb.Buffer()
    buffer.add_str("m\u0300")
    buffer.guess_segment_properties()
    hb.shape(stretch.font.loaded.font, buffer)
    scale = 16 / stretch.font.loaded.upem
    place = buffer.glyph_positions[1]
    assert (place.x_offset, place.y_offset) != (0, 0)
    assert paragraph.shift[1] == pytest.approx(place.x_offset * scale, abs=0.2)
    assert paragraph.lift.get(1, 0) == pytest.approx(place.y_offset * scale, abs=0.2)


def test_letters_of_hangul_are_one_syllable() -> None:
    whole, apart = shaped("韩文한글等"), shaped("韩文\u1112\u1161\u11ab\u1100\u1173\u11af等")
    assert [glyph for glyph in apart.glyph if glyph != INVISIBLE] == whole.glyph
    assert sum(apart.advance) == pytest.approx(sum(whole.advance))


def test_a_long_phrase_from_right_to_left_breaks_between_its_words() -> None:
    text = f"文字{LONG}"
    lines = break_lines(shaped(text), Measure(320))
    assert len(lines) > 2
    assert all(text[line.end - 1] == " " for line in lines[:-1])


def test_a_box_holds_the_code_point() -> None:
    _, data, _ = made("没有\U00030000字")
    _, plain, _ = made("没有口字")
    with pikepdf.open(io.BytesIO(data)) as pdf, pikepdf.open(io.BytesIO(plain)) as other:
        strokes, usual = (one.pages[0].Contents.read_bytes().count(b" l") for one in (pdf, other))
    assert strokes - usual == len("abcdef") * 5 + len("abgcd")  # 030000
