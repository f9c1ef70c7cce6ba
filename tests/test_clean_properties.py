"""Over any text (convert/README.md, invariant 1): ledger complete, source replayed, cleaning again changes nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from part import examples

from convert.clean import check, clean
from convert.errors import NoContentError
from convert.model import Document, ledger, replay
from convert.readers.text import parse

WORDS = st.sampled_from(
    [
        "洪山镇政府工作报告",
        "各位代表",
        "一\u3001",
        "\uff08一\uff09",
        "(二)",
        "1.",
        "(1)",
        "第一章 总则",
        "第一条",
        "第一部分 回顾",
        "第二编",
        "甲\u3001乙",
        "\u2460",
        "名词解释",
        "附件1",
        "2021年1月1日",
        "目录",
        "\uff3b1\uff3d词语",
        "当前位置: 首页",
        "责任编辑:",
        "大力提振消费\u3002",
        "广东省省长 孟凡利",
        "一是",
        "\u2014\u2014",
        "--",
        "...",
        "现在,我代表",
        "经济发展稳中有进\u3002",
        "2025年",
        "3.5%",
        "12:30",
        "4,000",
        '"',
        "\u201c",
        "\u201d",
        "(",
        ")",
        ":",
        "\uff1a",
        ",",
        "!",
        "?",
        " ",
        "\u3000",
        "\u00a0",
        "\u200b",
        "\ufeff",
        "\u2f42",
        "\ue5e5",
        "\ufffd",
        "\x00",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u2028",
        "来源:",
        "来源: 本站 责任编辑: 王某",
        "(原题为\u300a春耕\u300b)",
        "发布时间:2021-12-31",
        "\u3010字体: 大 中 小\u3011",
        "扫一扫在手机打开当前页",
        "附件:",
        "http://a.b/c?d=e",
        "Hello, world",
        "かな",
        "한국어",
        "\ud800",
    ]
)
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map("".join), st.text(max_size=200))


def cleaned(text: str) -> Document | None:
    try:
        return clean(parse(text))
    except NoContentError:
        return None


def repaired(document: Document) -> str:
    """The text of a document with its repairs made; lines that were joined are one."""
    lines: list[str | None] = [""] * document.source.lines
    for entry in ledger(document):
        first, last = entry.lines
        lines[first - 1 : last] = [entry.lead + entry.text + entry.trail, *([None] * (last - first))]
    return "\n".join(line for line in lines if line is not None)


@given(TEXTS)
@settings(max_examples=examples(500), deadline=None)
def test_the_ledger_is_complete_and_replays_the_source(text: str) -> None:
    document = cleaned(text)
    if document is None:
        return
    entries = ledger(document)
    assert replay(document.source, entries, document.repairs) == text
    covered = [number for entry in entries for number in range(entry.lines[0], entry.lines[1] + 1)]
    assert len(covered) == len(set(covered))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert set(covered) >= {number for number, line in enumerate(lines, 1) if line}
    check(document)  # each line that is left out has a reason, each that is metadata is held there


@given(TEXTS)
@settings(max_examples=examples(500), deadline=None)
def test_cleaning_again_changes_nothing(text: str) -> None:
    document = cleaned(text)
    if document is None:
        return
    again = cleaned(repaired(document))
    assert again is not None
    assert again.repairs == ()
    assert [(e.kind, e.text, e.level, e.run_in) for e in ledger(again) if e.text] == [
        (e.kind, e.text, e.level, e.run_in) for e in ledger(document) if e.text
    ]
