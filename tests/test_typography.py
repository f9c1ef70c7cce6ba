"""Character classes, breaks and spacing, one rule a test (convert/README.md, Line composition 1 to 3)."""

from __future__ import annotations

import pytest

from convert.typography import breaks, classify, spacing
from convert.typography.widths import width_of

LEVELS: tuple[breaks.Level, ...] = ("none", "basic", "gb", "strict")


def broken(text: str, level: breaks.Level = "gb") -> str:
    """The text with a bar wherever a line may break."""
    may = breaks.allowed(text, classify(text), level)
    return "".join(f"|{char}" if may[at] else char for at, char in enumerate(text))


def test_shared_quotes_are_chinese_beside_han() -> None:
    assert classify("\u201c十\u201d") == "OHC"


def test_shared_quotes_are_western_in_an_english_phrase() -> None:
    assert classify("say \u201cyes\u201d now") == "WWWsWWWWWsWWW"


def test_a_dash_is_two_em_only_beside_its_twin() -> None:
    assert classify("一\u2014\u2014二") == "HTTH"
    assert classify("一\u2014二") == "HNH"


def test_a_paragraph_of_marks_alone_is_chinese() -> None:
    assert classify("\u2026\u2026") == "TT"


@pytest.mark.parametrize("mark", "\uff0c\u3002\u3001\uff1b\uff1a\uff01\uff1f\uff09\u300b\u201d\u3011\u00b7")
def test_marks_never_begin_a_line(mark: str) -> None:
    assert f"|{mark}" not in broken(f"中文{mark}中文")
    assert f"|{mark}" in broken(f"中文{mark}中文", "none")


@pytest.mark.parametrize("mark", "\uff08\u300a\u201c\u3010\u300c")
def test_opening_brackets_never_end_a_line(mark: str) -> None:
    assert f"{mark}|" not in broken(f"中文{mark}中文")
    assert f"{mark}|" in broken(f"中文{mark}中文", "none")


def test_the_solidus_ends_no_line_from_level_gb_on() -> None:
    text = "中\uff0f文"
    assert "\uff0f|" in broken(text, "basic")
    assert "\uff0f|" not in broken(text, "gb")


def test_a_two_em_mark_begins_a_line_except_at_level_strict() -> None:
    assert broken("中\u2014\u2014文", "gb") == "中|\u2014\u2014|文"
    assert broken("中\u2014\u2014文", "strict") == "中\u2014\u2014|文"


@pytest.mark.parametrize("level", LEVELS)
def test_a_two_em_mark_is_never_split(level: breaks.Level) -> None:
    for mark in ("\u2014\u2014", "\u2026\u2026"):
        assert mark in broken(f"中{mark}文", level)


@pytest.mark.parametrize("number", ["4,000.5%", "10kV", "5G", "3.5", "2021-12-31", "12:30"])
def test_numbers_stay_whole(number: str) -> None:
    assert number in broken(f"中文{number}中文")


@pytest.mark.parametrize("unit", ["\uff05", "\u2030", "\u2103"])
def test_a_unit_stays_with_its_number(unit: str) -> None:
    assert f"5{unit}" in broken(f"中5{unit}文")


@pytest.mark.parametrize("sign", ["\uffe5", "\u2116"])
def test_a_sign_stays_with_its_number(sign: str) -> None:
    assert f"{sign}100" in broken(f"中{sign}100文")


def test_a_western_word_stays_whole_but_for_its_hyphen() -> None:
    assert broken("世界well-known世") == "世|界|well-|known|世"


def test_an_address_breaks_behind_its_marks() -> None:
    assert broken("https://a.cn/b?c=d") == "https://|a.|cn/|b?|c=|d"


@pytest.mark.parametrize("mark", ["一\u3001", "\uff08一\uff09", "1.", "\u2460", "第一条\u3000"])
def test_an_ordinal_mark_stays_with_its_text(mark: str) -> None:
    text = f"{mark}工作"
    may = breaks.allowed(text, classify(text), held=((0, len(mark)),))
    assert not any(may[: len(mark) + 1])
    assert may[len(mark) + 1]


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("\u201d\uff0c", (), (0,)),  # closing, comma
        ("\uff09\u201c", (), (0,)),  # closing, opening
        ("\u300a\u201c", (1,), ()),  # opening, opening
        ("\u3002\u201d", (), (0,)),  # stop, closing
        ("\uff0c\u201c", (), (0,)),  # comma, opening
        ("\u201c十\u201d", (), ()),  # not adjacent
    ],
)
def test_adjacent_marks_lose_the_blank_between_them(text: str, left: tuple[int, ...], right: tuple[int, ...]) -> None:
    text = f"中{text}中"
    assert spacing.trims(classify(text)) == ((tuple(at + 1 for at in left)), tuple(at + 1 for at in right))


def test_marks_in_the_middle_of_their_em_lose_nothing() -> None:
    assert spacing.trims("HMOH", centred=True) == ((), ())
    assert spacing.trims("HCOH", centred=True) == ((), (1,))


def test_a_gap_stands_between_han_and_western() -> None:
    text = "共5G基站"
    assert spacing.gaps(text, classify(text)) == [1, 3]


@pytest.mark.parametrize("text", ["共 5 个", "\uff085\uff09", "中(a)"])
def test_no_gap_at_a_space_or_punctuation(text: str) -> None:
    assert [at for at in spacing.gaps(text, classify(text)) if text[at] in "5(" or text[at - 1] in "5)"] == []


def test_a_variation_selector_is_one_with_the_character_before_it() -> None:
    """No gap between it and its neighbours, as between Han and Latin, and no line begins with it."""
    text = "\u845b\U000e0100城A\ufe00的"
    classes = classify(text)
    assert classes == "HHHWWH"
    assert spacing.gaps(text, classes) == [3, 5]
    assert list(breaks.allowed(text, classes)) == [0, 0, 1, 1, 0, 1]


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("洪山", 2.0),
        ("2021年", 4 * 0.5 + 0.25 + 1),
        ("ab CD.", 2 * 0.45 + 0.25 + 2 * 0.68 + 0.27),
        ("洪 A", 1 + 0.25 + 0.68),
    ],
)
def test_the_width_of_a_line_without_a_font(text: str, ems: float) -> None:
    assert width_of(text) == pytest.approx(ems)
