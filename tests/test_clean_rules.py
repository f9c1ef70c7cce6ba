"""Single rules of cleaning where a page of text would not show them: characters, marks, options, messages."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import pytest

from convert.clean import OPTIONAL, PASSES, clean
from convert.clean.context import Spans
from convert.errors import NoContentError
from convert.model import Document, Emphasis, Heading, Origin, Paragraph, SourceInfo, Text, ledger, plain, replay
from convert.readers.text import parse
from convert.zh.dates import iso_date
from convert.zh.labels import pairs
from convert.zh.marks import mark_of


def text_of(text: str, **options: frozenset[str]) -> str:
    """The last line of a small text after cleaning."""
    source = f"标题\n{text}"
    document = clean(parse(source), **options)
    assert replay(document.source, ledger(document), document.repairs) == source
    return ledger(document)[-1].text


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("洪\u200b山\ufeff镇很好\u3002", "洪山镇很好\u3002", "invisible"),
        ("洪\x00山镇\x1f很好\u3002", "洪山镇很好\u3002", "control"),
        ("洪山\ud800镇很好\u3002", "洪山\ufffd镇很好\u3002", "control"),
        ("\u2f42化站\uf9e4很好\u3002", "文化站理很好\u3002", "compatibility"),
        ("\ue81e字很好\u3002", "\u9fb4字很好\u3002", "compatibility"),
        ("--五年来我们很好\u3002", "\u2014\u2014五年来我们很好\u3002", "dash"),
        ("我们很好\u2500\u2500真的\u3002", "我们很好\u2014\u2014真的\u3002", "dash"),
        ("我们很好......真的\u3002", "我们很好\u2026\u2026真的\u3002", "ellipsis"),
        ('打造"一号工程"\u3002', "打造\u201c一号工程\u201d\u3002", "quotes"),
        ("我们很好.", "我们很好.", ""),
        ("我们今天很好.", "我们今天很好\u3002", "full-stop"),
    ],
)
def test_a_repair_and_its_rule(before: str, after: str, rule: str) -> None:
    assert text_of(before) == after
    document = clean(parse(f"标题\n{before}"))
    assert {repair.rule for repair in document.repairs} == ({rule} if rule else set())
    if rule:
        assert text_of(before, skip=frozenset({rule})) == before


def test_rule_names_are_the_names_of_passes() -> None:
    names = [name for name, _ in PASSES]
    assert len(names) == len(set(names)) + names.count("edges") - 1
    assert {"punctuation", "brackets", "quotes", "dash", "ellipsis", "space", "line-join", "full-stop"} <= set(names)


def test_every_pass_says_what_it_does_with_an_example() -> None:
    for name, rule in PASSES:
        said = getattr(rule, "func", rule).__doc__
        assert said, name
        assert "`" in said or "U+" in said, name


def test_an_open_quote_is_closed_only_when_asked() -> None:
    before = "入选\u201c全省首批\u2018擦亮小城镇\u2019建设试点镇\u3002随后又有进展\u3002"
    assert text_of(before) == before
    assert [name for name, _ in OPTIONAL if not name.startswith("script-")] == ["close-quotes"]
    asked = frozenset({"close-quotes"})
    assert text_of(before, also=asked) == before.replace("镇\u3002随", "镇\u201d\u3002随")
    assert not clean(parse(f"标题\n{before}"), also=asked).notices


@pytest.mark.parametrize(
    "written",
    ["C:\\docs,new", "https://example.org/a,b", "www.example.org/a,b", "ab.c@example.org", "10:30", "3:2", "1,024"],
)
def test_what_is_written_by_rules_of_its_own_keeps_its_marks(written: str) -> None:
    assert text_of(f"大家看到的是{written}目录,写在桥头\u3002") == f"大家看到的是{written}目录\uff0c写在桥头\u3002"


def test_a_quotation_over_several_paragraphs_is_not_reported() -> None:
    open_at_both = "标题\n\u201c五年来我们修了石桥\u3002\n\u201c五年来我们修了水渠\u3002\u201d"
    assert not clean(parse(open_at_both)).notices
    (notice,) = clean(parse(open_at_both.replace("\n\u201c五年来我们修了水", "\n五年来我们修了水\u201c"))).notices
    assert (notice.code, notice.line) == ("unbalanced-quotes", 2)


def test_many_open_marks_are_counted_and_not_listed() -> None:
    lines = [f"\uff08第{at}次五年来我们修了石桥\u3002" for at in range(40)]
    found = [notice for notice in clean(parse("\n".join(["标题", *lines]))).notices if "unbalanced" in notice.code]
    assert found[-1].code == "unbalanced"
    assert str(40 - len(found[:-1])) in found[-1].message


def test_doubtful_characters_are_reported_with_the_first_place() -> None:
    document = clean(parse("标题\n\u3000这个\ue000字和\ue001字不能辨认\u3002\n这里是\ufffd\u3002"))
    assert [(notice.code, notice.line, notice.column) for notice in document.notices] == [
        ("private-use-character", 2, 4),
        ("replacement-character", 3, 4),
    ]


def test_no_text_to_publish_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(NoContentError) as caught:
        clean(parse("首页\n打印\n版权所有:某公司", name="page.txt"))
    assert caught.value.exit_code == 4
    assert "page.txt" in str(caught.value)
    assert "inspect" in str(caught.value)


@pytest.mark.parametrize("text", ["", "\n\n", " \n\u3000\n", "\u200b\n"])
def test_empty_texts_hold_no_content(text: str) -> None:
    with pytest.raises(NoContentError):
        clean(parse(text))


@pytest.mark.parametrize(
    ("text", "family", "value"),
    [
        ("第一章 总则", "chapter", 1),
        ("第二百零五条 本编", "article", 205),
        ("第三分编 用益物权", "subpart", 3),
        ("第一部分 回顾", "part", 1),
        ("十一\u3001加强", "han", 11),
        ("\uff08二十\uff09加强", "han_paren", 20),
        ("12.加强", "arabic", 12),
        ("\uff11\uff0e加强", "arabic", 1),
        ("(3)加强", "arabic_paren", 3),
        ("4)加强", "arabic_paren", 4),
        ("\u2462加强", "circled", 3),
        ("\u2163\u3001加强", "roman", 4),
        ("IX. 加强", "roman", 9),
        ("乙\u3001加强", "stem", 2),
        ("\u2014\u2014加强", "dash", 0),
        ("三是加强", "ordinal", 3),
    ],
)
def test_marks(text: str, family: str, value: int) -> None:
    mark = mark_of(text)
    assert mark is not None
    assert (mark.family, mark.value) == (family, value)


@pytest.mark.parametrize(
    "text",
    ["2025年", "3.5%左右", "一二三", "一\u3001二\u3001三产业", "第一条件", "第三节目", "\u2014", "5G网络", "十分重要"],
)
def test_no_marks(text: str) -> None:
    assert mark_of(text) is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-12-31", "2021-12-31"),
        ("2021/1/5 08:30", "2021-01-05"),
        ("2021.01.05", "2021-01-05"),
        ("2021年1月5日 星期二", "2021-01-05"),
        ("二〇二一年十二月三十一日", "2021-12-31"),
        ("\uff12\uff10\uff12\uff11年1月5日", "2021-01-05"),
        ("20210105", "2021-01-05"),
        ("2021-13-05", None),
        ("2021-02-31", None),
        ("2021年2月31日\uff0c后来是2021年3月1日", "2021-03-01"),
        ("民國110年12月31日", "2021-12-31"),
        ("中华民国一百一十年十二月三十一日", "2021-12-31"),
        ("昨天", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("来 源\uff1a四川日报 发布时间\uff1a2026-02-10", [("来源", "四川日报"), ("发布时间", "2026-02-10")]),
        ("\u3010字号\uff1a大 中 小\u3011\u3010打印\u3011", [("字号", "大 中 小"), ("打印", "")]),
        ("发布日期 2026-02-10", [("发布日期", "2026-02-10")]),
        ("2026-02-10 信息 来源\uff1a县政府", [("发布时间", "2026-02-10"), ("信息来源", "县政府")]),
        ("\uff08供稿人\uff1a李四", [("供稿人", "李四")]),
        ("他说资料来源\uff1a不明", []),
        ("大会时间\uff1a明天", []),
        ("来源不明\uff1a四川", []),
        ("日期\uff1a5月6日\uff0c县里召开会议\u3002", []),
    ],
)
def test_pairs(text: str, found: list[tuple[str, str]]) -> None:
    assert [(pair.label, pair.value) for pair in pairs(text)] == found


def _html(*blocks: Paragraph | Heading) -> Document:
    info = SourceInfo("page.html", "", "text/html", "utf-8", len(blocks))
    placed = (type(block)(**{**_fields(block), "origin": Origin(at, at)}) for at, block in enumerate(blocks, 1))
    return clean(Document(info, blocks=tuple(placed)))


def _fields(block: Paragraph | Heading) -> dict[str, object]:
    return {name: getattr(block, name) for name in block.__struct_fields__}


def _bold(text: str) -> Emphasis:
    return Emphasis((Text(text),), "strong")


BODY = Paragraph((Text("我们要坚定信心\uff0c奋力拼搏\uff0c推动各项事业再上新台阶\u3002"),))


LAST = Paragraph((Text("今后一年\uff0c我们要再创佳绩\u3002"),))


def test_bold_lines_are_headings_and_bold_leads_run_in_headings() -> None:
    rest = Text("实施重点行动\uff0c推动重点领域取得新的突破\u3002")
    document = _html(
        Paragraph((Text("工作报告"),), "title"),
        BODY,
        Paragraph((_bold("市场竞争\uff0c自我救赎"),)),
        Paragraph((_bold("一是抓项目\u3002"[2:]), rest)),
        Paragraph((_bold("抓招商\u3002"), rest)),
        Paragraph((_bold("重要"), Text("的是实干\u3002"), rest)),
        Paragraph((_bold("\u2014\u2014鲁迅"),)),
        LAST,
    )
    told = [(entry.kind, entry.level, entry.run_in) for entry in ledger(document)]
    assert told == [
        ("title", None, None),
        ("paragraph", None, None),
        ("heading", 1, None),
        ("paragraph", 2, "抓项目\u3002"),
        ("paragraph", 2, "抓招商\u3002"),
        ("paragraph", None, None),
        ("paragraph", None, None),
        ("paragraph", None, None),
    ]


def test_elements_and_marks_share_one_outline_without_gaps() -> None:
    document = _html(
        Paragraph((Text("工作报告"),), "title"),
        BODY,
        Heading(2, (Text("回顾"),)),
        Heading(4, (Text("成绩"),)),
        Paragraph((Text("\uff08一\uff09经济发展"),)),
        BODY,
        Heading(2, (Text("安排"),)),
        LAST,
    )
    headings = [(block.level, plain(block.children)) for block in document.blocks if isinstance(block, Heading)]
    assert headings == [(1, "回顾"), (2, "成绩"), (3, "\uff08一\uff09经济发展"), (1, "安排")]
    assert [block.id for block in document.blocks if isinstance(block, Heading)] == ["h1", "h2", "h3", "h4"]


@pytest.mark.parametrize(("count", "found"), [(2, False), (3, True)])
def test_three_neighbours_that_begin_alike_have_leads(count: int, found: bool) -> None:
    body = "我们实施重点行动\uff0c推动重点领域取得新的突破\uff0c群众的满意程度继续提高\u3002"
    leads = [f"绿化\uff0c{word}\u3002" for word in ("先行", "有序", "见效")][:count]
    text = "\n".join(["工作报告", body, "一\u3001工作回顾", *(lead + body for lead in leads)])
    told = [entry.run_in for entry in ledger(clean(parse(text))) if entry.text.startswith("绿化")]
    assert told == (leads if found else [None] * count)


punctuation_pass = importlib.import_module("convert.clean.punctuation")


def test_a_row_of_marks_is_asked_twice_and_not_once_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mark is Chinese once the one beside it is: from the left end, from the right one, or from both."""
    asked = 0
    among = punctuation_pass._among_chinese

    def counted(text: Sequence[str], at: int) -> bool:
        nonlocal asked
        asked += 1
        return among(text, at)

    monkeypatch.setattr(punctuation_pass, "_among_chinese", counted)
    for text in ("甲" + ":" * 500, ":" * 500 + "甲", "甲" + "!" * 500 + "乙"):
        asked = 0
        edits = list(punctuation_pass._comma_edits(text, Spans([])))
        assert len(edits) == 500
        assert asked <= 3 * 500
