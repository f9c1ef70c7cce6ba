"""Ruby of Japanese and bopomofo, emphasis dots: places at the lowest level, and what each edition says of them."""

from __future__ import annotations

import pytest

from convert import style
from convert.model import Document, Emphasis, Metadata, Paragraph, Ruby, SourceInfo, Text
from convert.run import pipeline
from convert.verify import check
from convert.writers import compose
from convert.writers.office import faces
from convert.writers.pdf import ruby
from convert.writers.pdf.shape import Shaped, Shaper


def shaped(language: str, *inlines: Text | Ruby | Emphasis) -> tuple[Shaped, float]:
    look = style.in_language(style.load("report"), language)
    shaper = Shaper(look, language)
    size = float(look.elements.body.size)
    return shaper.shape(shaper.runs(inlines, shaper.base(look.elements.body)), size), size


def test_a_long_reading_hangs_over_kana() -> None:
    """JLReq 3.3.8: by one of its characters at most; what is missing still widens the base."""
    made, em = shaped("ja", Text("この"), Ruby("承", "うけたまわ"), Text("りは"))
    (gloss,) = made.glosses
    assert (gloss.lead, gloss.trail) == pytest.approx((em / 2, em / 2))
    assert made.advance[2] == pytest.approx(gloss.width - em)
    assert (made.may[2], made.may[3]) == (0, 0)


def test_a_long_reading_hangs_over_no_ideograph_and_no_other_reading() -> None:
    for before, after in ((Text("漢"), Text("字")), (Ruby("の", "ノ"), Ruby("は", "ハ"))):
        made, _ = shaped("ja", before, Ruby("承", "うけたまわ"), after)
        gloss = next(one for one in made.glosses if one.first == 1)
        assert (gloss.lead, gloss.trail) == (0, 0)
        assert made.advance[1] == pytest.approx(gloss.width)
    made, _ = shaped("zh-Hans", Text("の"), Ruby("承", "chengshou"), Text("は"))
    assert (made.glosses[0].lead, made.glosses[0].trail) == (0, 0)


def test_a_gloss_of_raised_text_stands_no_higher_than_others() -> None:
    """Raised with its base too, it lay on the line above."""
    made, _ = shaped("zh-Hans", Text("注"), Emphasis((Ruby("政", "zheng"),), "sup"))
    assert made.stretches[-1].look.rise > 0
    assert [stretch.look.rise for stretch in made.glosses[0].shaped.stretches] == [0]


def test_bopomofo_stands_beside_its_base() -> None:
    made, em = shaped("zh-Hant", Text("說"), Ruby("窮", "ㄑㄩㄥ\u02ca"), Text("則"))
    (gloss,) = made.glosses
    assert gloss.beside
    assert made.advance[1] == pytest.approx(em + gloss.width)
    lifts = [gloss.shaped.lift[at] for at in range(4)]
    assert lifts[0] > lifts[1] > lifts[2]
    assert lifts[3] > lifts[2]
    assert gloss.shaped.shift[:3] == [0, 0, 0]
    assert gloss.shaped.shift[3] > 0


def test_the_light_tone_stands_on_top() -> None:
    column = ruby.column("\u02d9ㄅㄚ", 12, 4)
    assert column.lift[0] > column.lift[1] > column.lift[2]
    assert column.shift == [0, 0, 0]
    assert column.width == 4
    assert not ruby.is_bopomofo("zhuyin")
    assert not ruby.is_bopomofo("\u02ca")


def test_dots_stand_where_each_language_has_them() -> None:
    node = Emphasis((Text("大切"),), "dots")
    assert [shaped(tag, node)[0].stretches[0].look.dots_over for tag in ("zh-Hans", "zh-Hant", "ja", "ko")] == [
        False, False, True, True,
    ]  # fmt: skip
    assert [faces.dots("under", code) for code in ("zh-CN", "zh-TW", "ja-JP", "ko-KR")] == [
        "underDot", "underDot", "dot", "dot",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "gloss", "said"), [("zh-Hant", "ㄉㄨ\u02ca", b"rightVertical"), ("ja", "よ", b"distributeSpace")]
)
def test_each_edition_holds_its_ruby(language: str, gloss: str, said: bytes) -> None:
    inlines = (Text("小朋友"), Ruby("讀", gloss), Emphasis((Text("書"),), "dots"))
    source = SourceInfo("page.txt", "0" * 64, "text/plain", "utf-8", 1)
    document = Document(source, Metadata(title="見本", language=language), (Paragraph(inlines),))
    look = style.in_language(style.load("report"), language)
    made = {name: pipeline.write(name, document, look)[0] for name in ("pdf", "docx", "html")}
    for name, data in made.items():
        assert check(name, data, compose(document, look)) == []
    from io import BytesIO
    from zipfile import ZipFile

    assert said in ZipFile(BytesIO(made["docx"])).read("word/document.xml")
    assert (b'<ruby class="bopomofo"' in made["html"]) == (language == "zh-Hant")
