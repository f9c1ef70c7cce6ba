"""Lines that meet the measure (convert/README.md, Line composition 4): each rule by an example, all of them on random
paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from part import examples
from pdf_audit import NOT_FIRST, NOT_LAST

from convert import style
from convert.model import Text
from convert.typography import breaks, classify
from convert.writers.pdf.justify import NEAR, Line, Measure
from convert.writers.pdf.linebreak import COST_BAD, _Breaker, break_lines
from convert.writers.pdf.shape import Shaped, Shaper

EM = 15.75
GONGWEN = style.load("gongwen")


def shaped(text: str) -> Shaped:
    shaper = Shaper(GONGWEN, "zh-Hans")
    element = GONGWEN.elements.body
    return shaper.shape(shaper.runs((Text(text),), shaper.base(element)), element.size)


def cut(text: str, cells: float, indent: float = 0, **more: bool) -> list[str]:
    whole = shaped(text)
    return [text[line.first : line.last] for line in break_lines(whole, Measure(cells * EM, indent * EM, **more))]


def width(paragraph: Shaped, line: Line) -> float:
    return sum(paragraph.advance[at] + line.extra.get(at, 0.0) for at in range(line.first, line.last))


def test_han_fill_the_cells() -> None:
    assert cut("一二三四五六七八九十", 5) == ["一二三四五", "六七八九十"]


def test_a_first_line_is_indented_by_whole_characters() -> None:
    assert cut("一二三四五六七八九十", 6, 2)[0] == "一二三四"


def test_a_mark_at_the_line_end_takes_half_an_em() -> None:
    text = "一二三四\uff0c六\u3002八九十一"
    lines = break_lines(shaped(text), Measure(6.5 * EM))
    assert text[: lines[0].last] == "一二三四\uff0c六\u3002"
    assert lines[0].extra == {6: pytest.approx(-EM / 2)}


def test_marks_inside_yield_before_gaps_are_opened() -> None:
    # Seven and a half cells for eight characters: the comma inside gives half an em.
    text = "一二三\uff0c五六七八九十十一十二"
    lines = break_lines(shaped(text), Measure(7.5 * EM))
    assert lines[0].extra == {3: pytest.approx(-EM / 2)}


def test_a_line_whose_marks_fit_is_left_alone() -> None:
    lines = break_lines(shaped("一\uff0c二\u3001三四五六七八"), Measure(6 * EM))
    assert lines[0].extra == {}


def test_an_opening_bracket_at_a_line_start_loses_its_left_half() -> None:
    text = "一二三四\u300a五六七八九十"
    lines = break_lines(shaped(text), Measure(4 * EM))
    assert text[lines[1].first] == "\u300a"
    assert lines[1].shift[lines[1].first] == pytest.approx(-EM / 2)


def test_an_opening_bracket_keeps_its_half_in_an_indented_first_line() -> None:
    lines = break_lines(shaped("\u300a五六七八九十\u300b通知"), Measure(8 * EM, 2 * EM))
    assert lines[0].shift == {}


def test_a_last_line_holds_two_characters_at_the_least() -> None:
    text = "一二三四\uff0c五六七八九十十一十二十三"
    for cells in range(5, 16):
        assert sum(char.isalnum() for char in cut(text, cells)[-1]) >= 2, cells


def test_a_break_of_the_author_ends_a_line_that_is_not_stretched() -> None:
    lines = break_lines(shaped("一二\n三四五六"), Measure(4 * EM))
    assert [line.extra for line in lines] == [{}, {}]


def test_a_line_before_what_cannot_be_broken_is_ragged_and_not_spaced_out() -> None:
    text = "会消费品零售总额万亿元进步Donaudampfschifffahrtselektrizitaet出口总值亿元经营主体万户"
    paragraph = shaped(text)
    first, second, *_ = break_lines(paragraph, Measure(20 * paragraph.size))
    assert 11 < first.last < 14
    assert set(first.extra.values()) <= {0.0}
    assert width(paragraph, second) == pytest.approx(20 * paragraph.size, abs=0.02)


@pytest.mark.parametrize(
    ("text", "begins"),
    [("4.5%\u20145.5%", [5]), ("2019\u20132021", [5]), ("A\u2014B", []), ("1949\u2014\u20142019", [])],
)
def test_a_line_may_end_with_the_dash_of_a_range(text: str, begins: list[int]) -> None:
    may = breaks.allowed(text, classify(text))
    assert [at for at in range(len(text)) if may[at]] == begins


def test_hanging_stops_stand_outside_the_measure() -> None:
    assert cut("一二三四五\u3002七八九十", 5, hanging=True) == ["一二三四五\u3002", "七八九十"]
    assert cut("一二三四五\u3002七八九十", 5) != ["一二三四五\u3002", "七八九十"]


def test_a_gap_between_scripts_vanishes_at_the_line_end() -> None:
    lines = break_lines(shaped("一二三四2021年一二"), Measure(4 * EM))
    assert 3 not in lines[0].extra


def test_a_piece_wider_than_the_line_is_broken_where_the_line_ends() -> None:
    lines = cut("a" * 60, 6)
    assert "".join(lines) == "a" * 60
    assert len(lines) > 3


ALPHABET = st.sampled_from(
    list("的一是在不了有和人这")
    + list("\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\uff08\uff09\u300a\u300b\u201c\u201d\u00b7")
    + ["\u2014\u2014", "\u2026\u2026", "2021", "5G", "4,000.5%", "GDP", " ", "10kV", "\uff5e", "\u2460"]
)


@settings(max_examples=examples(400), deadline=None)
@given(st.lists(ALPHABET, min_size=1, max_size=60).map("".join), st.integers(6, 28), st.booleans())
def test_no_rule_is_broken_in_any_paragraph(text: str, cells: int, indented: bool) -> None:
    paragraph = shaped(text)
    measure = Measure(cells * EM, 2 * EM if indented else 0)
    lines = break_lines(paragraph, measure)
    assert "".join(text[line.first : line.end] for line in lines) == text
    for number, line in enumerate(lines):
        piece = text[line.first : line.last]
        assert width(paragraph, line) + line.x <= measure.width + 0.02 * EM, piece
        if number == 0 or not piece or len(lines) == 1:
            continue
        emergency = not any(paragraph.may[at] for at in range(lines[number - 1].first + 1, line.first + 1))
        assert emergency or paragraph.may[line.first], (piece, paragraph.classes)
        before = text[: line.first].rstrip()
        # Shared quotes in a text without Han are western, and stand where its spaces put them.
        emergency = emergency or "H" not in paragraph.classes
        assert emergency or piece[0] not in NOT_FIRST
        assert emergency or before[-1:] not in NOT_LAST


def some_breaks_fit(paragraph: Shaped, measure: Measure) -> bool:
    """Whether any set of breaks has each line at the measure and two characters in the last: all sets are tried."""
    breaker, size = _Breaker(paragraph, measure), len(paragraph.text)
    reached = {0}
    for start in range(size):
        if start in reached:
            full = breaker.full(start)
            if breaker._tail(start, size)[1] <= full + NEAR and not (start and breaker._is_runt(start, size)):
                return True
            cuts = range(start + 1, min(start + 3 * int(measure.width / EM), size))
            reached |= {to for to in cuts if paragraph.may[to] and breaker._cost(start, to, full) < COST_BAD}
    return False


@settings(max_examples=examples(200), deadline=None)
@given(st.text("的一是在不了有和人这中大\uff0c\u3002\u3001", min_size=30, max_size=200))
@example("一" * 20 + "\u3001" * 30 + "一是")
def test_justified_lines_end_at_the_measure(text: str) -> None:
    paragraph, measure = shaped(text), Measure(28 * EM, 2 * EM)
    short = [28 * EM - width(paragraph, line) - line.x for line in break_lines(paragraph, measure)[:-1]]
    assert all(missing >= -0.02 * EM for missing in short)
    # So many marks may stand together that a line before them could only be spaced out: it is ragged.
    assert all(missing <= 0.02 * EM for missing in short) or not some_breaks_fit(paragraph, measure)


@pytest.mark.parametrize(
    "piece",
    [
        "中央经济工作会议\uff0c提出要求\u3002",
        "\u300a4,000.5%\u300bthe管理\u2014\u2014",
        "\u3010一\u3011\u201c二\u201d\u3001GDP",
    ],
)
def test_the_work_grows_with_the_text_and_no_faster(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = [0]
    cost = _Breaker._cost

    def count(*given: object) -> float:
        counted[0] += 1
        return cost(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(_Breaker, "_cost", count)
    work = []
    for times in (100, 400):
        counted[0] = 0
        break_lines(shaped(piece * times + "一"), Measure(28 * EM, 2 * EM))
        work.append(counted[0])
    assert 0 < work[1] < 4.5 * work[0]
