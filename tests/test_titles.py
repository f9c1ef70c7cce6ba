"""Titles broken over lines (GB/T 9704-2012, 7.3.1): between words, in a good shape, never against kinsoku."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from part import examples

from convert.typography import Class, breaks, classify
from convert.typography.titles import balance, estimate, phrases

COURT = "最高人民法院关于审理外商投资企业纠纷案件若干问题的规定\uff08一\uff09"
CODE = "最高人民法院关于适用\u300a民法典\u300b继承编的解释\uff08一\uff09"


@pytest.mark.parametrize(
    ("title", "measure", "lines"),
    [
        ("2026年北京市政府工作报告", 20, ["2026年北京市政府工作报告"]),
        (
            "国务院关于在对外公务活动中赠送和接受礼品的规定",
            9,
            ["国务院关于在对外", "公务活动中赠送和", "接受礼品的规定"],
        ),
        (COURT, 9, ["最高人民法院", "关于审理外商投资", "企业纠纷案件若干", "问题的规定\uff08一\uff09"]),
        (CODE, 14, ["最高人民法院关于适用", "\u300a民法典\u300b继承编的解释\uff08一\uff09"]),
        ("发布新iPhone 11和平板电脑", 9, ["发布新iPhone 11", "和平板电脑"]),
        ("第一行\n第二行", 20, ["第一行", "第二行"]),
        ("工作报告", 1, ["工", "作", "报", "告"]),
        ("", 10, []),
    ],
)
def test_lines(title: str, measure: float, lines: list[str]) -> None:
    assert balance(title, measure, "zh-Hans") == lines


WHOLE = [
    "最高人民法院关于适用\u300a中华人民共和国民法典\u300b继承编的解释\uff08一\uff09",
    "最高人民法院\u3001最高人民检察院关于办理走私刑事案件适用法律若干问题的解释",
    "国务院办公厅对十届全国人大四次会议第2996号建议的答复",
    "国务院关于同意乌鲁木齐\u3001昌吉\u3001石河子高新技术产业开发区建设国家自主创新示范区的批复",
]


@pytest.mark.parametrize("title", WHOLE)
def test_no_line_ends_within_a_word_of_the_dictionary(title: str) -> None:
    import rjieba

    words = {0, *itertools.accumulate(map(len, rjieba.cut(title)))}
    for measure in range(10, 23):
        lines = balance(title, measure, "zh-Hans")
        assert set(itertools.accumulate(map(len, lines))) <= words, lines
    assert set(itertools.accumulate(map(len, phrases(title, "zh-Hans")))) <= words


def test_english_breaks_at_spaces() -> None:
    lines = balance("Government Work Report of the Town of Hongshan 2021", 14, "en")
    assert lines == ["Government Work Report of", "the Town of Hongshan 2021"]


def test_japanese_and_traditional_chinese_have_their_own_segmenters() -> None:
    assert "".join(balance("東京都\u306e新\u3057\u3044条例\u306b\u3064\u3044\u3066", 6, "ja")).startswith(
        "東京都\u306e"
    )
    assert balance("臺北市政府環境保護局公告", 7, "zh-Hant") == ["臺北市政府", "環境保護局公告"]


def test_measured_advances_replace_the_estimate() -> None:
    assert balance("工作报告", 4, widths=[2.0] * 4) == ["工作", "报告"]


def test_gaps_between_han_and_digits_are_part_of_the_line() -> None:
    """Five gaps make one em and a quarter; the line that does not hold them is broken between words."""
    title = "2026年1月28日在全市代表大会会议上"
    ink = sum(estimate(title))
    assert balance(title, ink + 5 * 0.25, "zh-Hans") == [title]
    first, second = balance(title, ink + 4.5 * 0.25, "zh-Hans")
    assert not {first[-1] + second[0]} & {"大会", "会议", "代表", "全市"}
    assert balance(title, ink, "zh-Hans", gap=0) == [title]


def test_phrases_join_to_the_title() -> None:
    assert phrases("洪山镇政府工作报告\uff082021\uff09", "zh-Hans") == [
        "洪山镇",
        "政府",
        "工作",
        "报告",
        "\uff082021\uff09",
    ]


def _width(line: str) -> float:
    return sum(estimate(line))


MARKS = "\uff08\uff09\u300a\u300b\u201c\u201d\u3001\uff0c\uff1a\u3002"
TITLES = st.lists(
    st.sampled_from(
        [*"的和与关于进一步推进乡村建设工作情况报告年度综合A8 ", *MARKS, "2025", "GB/T 9704", "\u2014\u2014"]
    ),
    min_size=1,
    max_size=60,
).map("".join)


@settings(max_examples=examples(300), deadline=None)
@given(TITLES, st.floats(6, 30), st.sampled_from(["zh-Hans", "zh-Hant", "ja", "en"]))
def test_any_title_keeps_its_text_and_the_measure(title: str, measure: float, language: str) -> None:
    lines = balance(title, measure, language)
    assert "".join("".join(lines).split()) == "".join(title.split())
    for line in lines:
        # Only what may not be broken is let out of the measure: nothing here is as wide as 6 em unless marks pile up.
        assert _width(line) <= measure + 1e-6 or not set(MARKS).isdisjoint(line)


@settings(max_examples=examples(300), deadline=None)
@given(TITLES, st.floats(12, 30))
def test_no_line_begins_or_ends_against_kinsoku(title: str, measure: float) -> None:
    text = title.strip()
    lines = balance(text, measure, "zh-Hans")
    if not lines or "".join(lines) != text:
        return  # white space went: offsets are no longer those of the text
    classes = classify(text)
    may = breaks.allowed(text, classes, "strict")
    longest = max((len(run) for run in "".join("x " if ok else "x" for ok in may[1:]).split()), default=0)
    if longest > 10:
        return  # a pile of marks longer than a line has to break somewhere
    at = 0
    for line in lines[:-1]:
        at += len(line)
        assert may[at], (lines, text[at - 1 : at + 1])


@pytest.mark.parametrize("title", [COURT, CODE])
@pytest.mark.parametrize("measure", range(9, 24))
def test_shape_and_line_edges_of_real_titles(title: str, measure: int) -> None:
    lines = balance(title, measure, "zh-Hans")
    for before, after in itertools.pairwise(lines):
        assert classify(before)[-1] != Class.OPEN
        assert classify(after)[0] not in (Class.CLOSE, Class.COMMA, Class.STOP)
    assert all(sum(map(str.isalnum, line)) > 1 for line in lines)
    assert all(_width(line) <= measure for line in lines)


def test_a_very_long_title_takes_no_time_to_speak_of() -> None:
    lines = balance("关于推进工作报告的规定和" * 200, 12, "zh-Hans")
    assert 200 <= len(lines) <= 260
