"""Papers of Taiwan, Japan and Korea: each row does what its example shows, and the form decides where it is met."""

from __future__ import annotations

import re
from typing import Any

import pytest

from convert.cjk.japan import JAPAN
from convert.cjk.korea import KOREA
from convert.cjk.lines import PaperLine, readers
from convert.cjk.pages import JAPAN_OUTLINE, JAPAN_PAGE, KOREA_OUTLINE, KOREA_PAGE, TAIWAN_PAGE, PageLine
from convert.cjk.papers import begins_item, country_of
from convert.cjk.taiwan import TAIWAN
from convert.clean import clean
from convert.corrections import Corrections, LineCorrection, Sidecar
from convert.model import Document, Paragraph, ledger, plain
from convert.readers.text import parse
from convert.zh.dates import find, iso_date
from convert.zh.marks import mark_of

TABLES = [table for country in (TAIWAN, JAPAN, KOREA) for table in (country.statute, country.letter, country.decision)]


def rows() -> list[Any]:
    return [
        pytest.param(table, row, id=f"{row.kind} {row.example[:16]}") for table in TABLES for row in table
    ]  # fmt: skip


@pytest.mark.parametrize(("table", "row"), rows())
def test_a_row_is_the_first_that_its_example_is_like(table: Any, row: PaperLine) -> None:
    first, found = next((one, found) for one, sought in table.made(readers) if (found := sought.match(row.example)))
    assert first == row
    said = found.groupdict()
    assert all(said[name] for name in said)
    assert "date" not in said or iso_date("".join(said["date"].split()))


@pytest.mark.parametrize("row", [*TAIWAN_PAGE, *JAPAN_PAGE, *KOREA_PAGE], ids=lambda row: row.example[:16])
def test_a_row_of_pages_is_the_first_that_its_example_is(row: PageLine) -> None:
    table = next(table for table in (TAIWAN_PAGE, JAPAN_PAGE, KOREA_PAGE) if row in table)
    found = next(one for one in table if re.fullmatch(one.words, row.example))
    assert found == row
    said = re.fullmatch(row.words, row.example)
    assert said is not None
    day = "".join((said.groupdict().get("date") or "").split())
    republic = re.findall("[0-9]+", said.groupdict().get("roc") or "")
    assert row.kind != "stamp" or find(day or "民國{}年{}月{}日".format(*republic))


@pytest.mark.parametrize("table", [JAPAN_OUTLINE, KOREA_OUTLINE])
def test_a_mark_of_an_outline_is_that_of_its_example(table: Any) -> None:
    for row in table:
        assert next(one for one in table if re.match(one.words, row.example)) == row


def read(*lines: str) -> Document:
    return clean(parse("\n".join(lines) + "\n", name="page.txt"))


def kinds(document: Document) -> list[str]:
    return [f"{entry.kind}{entry.level or ''}" for entry in ledger(document) if entry.text]


LAW = (
    "見本法\uff08抄\uff09", "目次", "\u3000第一章\u3000総則\uff08第一条\u30fb第二条\uff09", "\u3000附則",
    "第一章\u3000総則",
    "\uff08目的\uff09", "第一条\u3000この法律は\u3001見本を定めることを目的とする\u3002", "\uff08定義\uff09",
    "第二条\u3000次に掲げるものをいう\u3002", "一\u3000第一のもの", "二\u3000第二のもの", "附\u3000則",
    "この法律は\u3001公布の日から施行する\u3002",
)  # fmt: skip


def test_a_statute_of_japan_is_read_by_its_form() -> None:
    document = read(*LAW)
    assert kinds(document) == [
        "title", "removed", "removed", "removed", "heading1", "heading2", "paragraph", "heading2", "paragraph",
        "paragraph", "paragraph", "heading1", "paragraph",
    ]  # fmt: skip
    assert [entry.reason for entry in ledger(document) if entry.kind == "removed"] == [
        "the page's own table of contents"
    ] * 3


def test_sections_of_several_chapters_have_one_name_in_a_contents() -> None:
    parts = ("第一章\u3000総則", "第一節\u3000通則", "第二章\u3000雑則", "第一節\u3000通則")
    text = "第{}条\u3000この法律は\u3001見本を定めることを目的とする\u3002"
    document = read(
        "見本法", "目次", *parts, "附則", parts[0], parts[1], text.format("一"), parts[2], parts[3], text.format("二")
    )
    assert kinds(document)[:10] == ["title", *["removed"] * 6, "heading1", "heading2", "paragraph"]


def test_what_a_person_says_goes_before_the_form() -> None:
    line = LineCorrection(6, LAW[5], kind="paragraph")
    document = clean(
        parse("\n".join(LAW) + "\n", name="page.txt"), sidecar=Sidecar("page.txt", "", Corrections(line=(line,)))
    )
    assert [entry.kind for entry in ledger(document) if entry.lines[0] == 6] == ["paragraph"]


def test_an_article_of_korea_leads_in() -> None:
    document = read(
        "견본법", "[시행 2024. 5. 17.] [법률 제19410호, 2023. 5. 16., 제정]", "제1장 총칙",
        "제1조(목적) 이 법은 견본을 정함을 목적으로 한다.", "제2조(정의) ① 뜻은 다음과 같다.",
        "부칙 <제19410호,2023.5.16>",
        "이 법은 공포한 날부터 시행한다.",
    )  # fmt: skip
    assert [entry.run_in for entry in ledger(document) if entry.run_in] == ["제1조(목적)", "제2조(정의)"]
    assert (document.metadata.document_number, document.metadata.published) == ("법률 제19410호", "2023-05-16")


def test_no_form_is_sought_in_simplified_chinese() -> None:
    assert country_of("zh-Hans") is None
    assert country_of(None) is None
    assert country_of("zh-HK") is TAIWAN


def test_items_of_japan_begin_lines_of_their_own() -> None:
    assert begins_item(JAPAN, "二\u3000前号に掲げる者")
    assert not begins_item(JAPAN, "二十日以内")
    assert not begins_item(TAIWAN, "二\u3000前號")


def test_formal_numerals_count() -> None:
    assert [mark_of(f"{char}\u3001目的") for char in "貳贰"] == [("formal", (2,), 2)] * 2


NOTICE = (
    "令和6年5月1日", "会員各位", "見本学会長", "総会のご案内",
    "総会を下記のとおり開催いたしますので\u3001ご出席くださいますようお願い申し上げます\u3002", "敬具", "記",
    "1\u3000日時\u3000令和6年6月1日\uff08土\uff09", "2\u3000場所\u3000見本会館", "以上",
)  # fmt: skip


def test_a_record_stands_in_the_middle_its_day_and_what_closes_it_at_the_right() -> None:
    aligned = [
        (plain(block.children), block.align)
        for block in read(*NOTICE).blocks
        if isinstance(block, Paragraph) and block.align
    ]
    assert aligned == [("令和6年5月1日", "right"), ("敬具", "right"), ("記", "center"), ("以上", "right")]


def test_a_path_that_the_page_does_not_say_again_ends_above_its_title() -> None:
    document = read(
        "ホーム", "お知らせ", "見本の市から皆さまへのお知らせです", "市の見本を配ります\u3002ぜひお越しください\u3002"
    )
    assert kinds(document) == ["removed", "removed", "title", "paragraph"]


def test_a_page_goes_on_below_a_link_to_its_top_where_sentences_stand() -> None:
    text = "市の見本を配りますので\u3001皆さまぜひお越しください\u3002"
    document = read(
        "見本の配布について", text, "ページの先頭へ戻る", "会場", text, "ページの先頭へ戻る", "市の案内", "交通"
    )
    assert kinds(document)[-4:] == ["paragraph", "removed", "removed", "removed"]


def test_a_leaders_dot_of_korean_is_a_middle_dot() -> None:
    document = read("견본 대책", "이번 대책은 환경부\u2024농림부가 함께 세웠다\u2024\u2024\u2024")
    assert ledger(document)[-1].text == "이번 대책은 환경부\u00b7농림부가 함께 세웠다\u2024\u2024\u2024"


def test_a_compatibility_ideograph_of_japanese_stays_also_where_nobody_says_the_language() -> None:
    document = read("神社の案内", "この\ufa19社は\u3001市の東にある古いお社です\u3002")
    assert "\ufa19" in ledger(document)[-1].text


def test_the_names_of_what_a_korean_letter_encloses_have_their_label_and_numbers() -> None:
    document = read(
        "수신  견본시장", "제목  견본 계획 알림", "1. 견본 계획을 붙임과 같이 알려 드리니 참고하여 주시기 바랍니다.",
        "붙임  1. 견본 계획 1부.", "      2. 견본 서식 1부.  끝.", "견본시장",
    )  # fmt: skip
    names = [name for block in document.blocks if isinstance(block, Paragraph) for name in block.names]
    assert [(name.label, name.mark and name.mark.path) for name in names] == [(4, (1,)), (0, (2,))]
