"""Styles and line composition of traditional Chinese, Japanese and Korean: which style, which classes, which breaks."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from cjk_audit import audit, audited
from pdf_audit import Frame, Glyph, Line

from convert import style
from convert.run import pipeline
from convert.run.reading import read
from convert.typography import breaks, classify, fonts, spacing, system_faces
from convert.verify import check
from convert.writers import compose


@pytest.mark.parametrize(
    ("look", "language", "found"),
    [
        ("gongwen", "zh-Hans", "gongwen"),
        ("gongwen", "zh-Hant-HK", "gongwen-tw"),
        ("report", "ja", "report-ja"),
        ("book", "ko", "book-ko"),
        ("ja", "ko", "ja"),
        ("gongwen", "jam", "gongwen"),
    ],
)
def test_a_language_has_its_own_style(look: str, language: str, found: str) -> None:
    assert style.in_language(style.load(look), language).name == found


def test_what_extends_a_style_keeps_its_own_faces() -> None:
    assert style.load("report-ja").faces["song"].docx[1] == "MS Mincho"
    assert style.load("report-ja").languages == {}
    assert style.load("report-ja").elements.title.size == style.load("report").elements.title.size


CORPUS = Path(__file__).parent / "corpus"
PAGES = {
    "zh-Hant": "臺北市政府\u3000公告\n主旨\uff1a公告保護區範圍\uff0c並自即日起生效\u3002\n"
    "公告事項\uff1a\n一\u3001範圍如附圖\u3002\n",
    "ja": "見本規則\n第一条\u3000この規則は\u3001\u300c見本\u300dを定める\u3002\n第二条\u3000時々の見本とする\u3002\n",
    "ko": "견본 규칙\n제1조(목적) 이 규칙은 \u300c견본\u300d을 정한다.\n제2조(정의) 뜻은 \u201c견본\u201d이다.\n",
}  # fmt: skip


@pytest.mark.parametrize("language", PAGES)
def test_a_page_of_each_language_is_held_whole(language: str) -> None:
    """In its style, in the formats that set type, without a word about faces: they are installed for the tests."""
    document = read("page.txt", data=PAGES[language].encode())
    assert document.metadata.language == language
    look = style.in_language(style.load("gongwen"), language)
    for name in ("pdf", "docx", "epub"):
        data, notices = pipeline.write(name, document, look)
        assert check(name, data, compose(document, look)) == []
        assert [notice.code for notice in notices if notice.code != "missing-picture"] == []
    assert fonts.resolve(look, language).face("song").family.startswith("Noto Serif")


def test_a_language_without_its_face_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fonts.lacks_serif("zh-Hans") == fonts.lacks_serif("en") == ""
    find, bare = fonts.importlib.util.find_spec, {fonts._SERIF_PACKAGE[tag] for tag in ("zh-Hant", "ja", "ko")}
    monkeypatch.setattr(fonts.importlib.util, "find_spec", lambda name: None if name in bare else find(name))
    assert [fonts.lacks_serif(tag) for tag in ("zh-Hant-HK", "ja", "ko-KR")] == ["zh-tw", "ja", "ko"]
    monkeypatch.setattr(system_faces, "folders", list)
    system_faces.installed.cache_clear()
    fonts._resolve.cache_clear()
    try:
        document = read(str(CORPUS / "ja-kitei.txt"))
        look = style.in_language(style.load("gongwen"), "ja")
        data, notices = pipeline.write("pdf", document, look)
        assert check("pdf", data, compose(document, look)) == []
        assert [str(one.message) for one in notices if "wenban[ja]" in str(one.message)]
        assert fonts.resolve(look, "ja").face("song").family.startswith("Noto Sans")
    finally:
        system_faces.installed.cache_clear()
        fonts._resolve.cache_clear()


def places(text: str, language: str, **options: str) -> str:
    """The text with a bar wherever a line may begin."""
    may = breaks.allowed(text, classify(text, language), language=language, **options)  # type: ignore[arg-type]
    return "".join("|" * allowed + char for allowed, char in zip(may, text, strict=True))


@pytest.mark.parametrize(
    ("text", "level", "found"),
    [
        ("キャッチ", "gb", "キャッ|チ"),  # JLReq 3.1.7: small kana
        ("キャッチ", "basic", "キ|ャ|ッ|チ"),
        ("コーヒー", "strict", "コー|ヒー"),  # the prolonged sound mark
        ("時々の", "gb", "時々|の"),  # cl-09, iteration marks
        ("それ\u3034\u3035の", "gb", "そ|れ|\u3034\u3035|の"),
        ("ああ\u300cい\u300d", "gb", "あ|あ|\u300cい\u300d"),
    ],
)
def test_japanese_lines_begin_where_jlreq_lets_them(text: str, level: str, found: str) -> None:
    assert places(text, "ja", level=level) == found


def test_korean_lines_break_between_words() -> None:
    text = "이 법은 제1조에 따른다."
    assert places(text, "ko", words="keep") == "이 |법은 |제1조에 |따른다."
    assert "|" in places(text, "ko")[3:7]
    assert places("법률\u318d규칙", "ko", words="keep") == "법률\u318d|규칙"


@pytest.mark.parametrize(("name", "language"), [("tw-tiaoli", "zh-Hant"), ("ja-kitei", "ja"), ("ko-gonggo", "ko")])
def test_lines_of_a_finished_page_break_no_rule(name: str, language: str, tmp_path: Path) -> None:
    page = CORPUS / f"{name}.txt"
    look = style.in_language(style.load("report"), language)
    made = tmp_path / "page.pdf"
    made.write_bytes(pipeline.write("pdf", read(page), look)[0])
    count, faults = audited(made, language, look, page.read_text("utf-8"))
    assert count > 200
    assert faults == []


def test_the_audit_sees_what_is_wrong() -> None:
    """A line of Japanese that begins with small kana, ends with a bracket, holds a cut stop and is too long."""

    def line(y: float, text: str, wrong: float = 1.0) -> Line:
        steps = [0.0, *itertools.accumulate(10 * (wrong if char == "\u3002" else 1) for char in text[:-1])]
        return Line(1, y, tuple(Glyph(char, x, y, 10, "Serif", 10) for char, x in zip(text, steps, strict=True)))

    frame = Frame(0, 100, 10, 0, 20)
    text = line(20, "\u3042\u3044\u3002\u3046\u3048\u304a\u304b\u304d\u304f\u304f\u300c", 0.5)
    found = {fault.rule for fault in audit([text, line(40, "\u3063\u3066")], frame, "ja")}
    assert found >= {"small kana", "line end", "mark"}
    assert "measure" in {fault.rule for fault in audit([line(20, "\u3042" * 12)], frame, "ja")}
    korean = [line(20, "이 법은 국민 건강을 증"), line(40, "진한다.")]
    assert {fault.rule for fault in audit(korean, frame, "ko", "이 법은 국민 건강을 증진한다.")} >= {"word"}


def test_marks_of_korean_are_narrow() -> None:
    assert classify("\u201c가\u201d\u00b7나", "ko") == "WHWWH"
    assert spacing.trims(classify("가\u300c나\u300d다", "ko"), narrow=True) == ((1,), (3,))


def test_a_stop_of_japanese_keeps_its_blank_in_the_line() -> None:
    assert spacing.shrinkable("P", japanese=True) == 0
    assert spacing.shrinkable("M", japanese=True) == spacing.HALF


def test_classes_of_chinese_are_what_they_were() -> None:
    assert classify("人々") == "HH"
    assert classify("\u201c人\u201d\u00b7人") == "OHCIH"
