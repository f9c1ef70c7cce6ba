"""Charsets: declared, wrongly declared, not declared at all, and in texts of a few characters."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert import source
from convert.source import charset

HERE = Path(__file__).parent
SIMPLIFIED = (HERE / "fixtures" / "html" / "newspaper.txt").read_text(encoding="utf-8").replace("\u2014", "")
TRADITIONAL = (HERE / "fixtures" / "html" / "traditional-news.txt").read_text(encoding="utf-8").replace("\uff0f", "")
JAPANESE = (
    "政府は今年の経済成長率の目標を達成するため\u3001中小企業への支援を拡大し\u3001雇用を増やすことに努める方針を決めた\u3002"
    "国会は先月\u3001関連する法律を可決し\u3001新しい制度は来年一月から施行される\u3002学生たちは図書館で本を読んだりする\u3002"
)
KOREAN = (
    "정부는 올해 경제 성장률 목표를 달성하기 위하여 중소기업에 대한 지원을 확대하고 일자리를 늘리는 데 힘쓰기로 "
    "했다. "
    "국회는 지난달 관련 법률을 통과시켰으며, 새로운 제도는 내년 1월부터 시행된다."
)
CASES = [
    ("utf-8", SIMPLIFIED), ("gb18030", SIMPLIFIED), ("gb18030", TRADITIONAL), ("big5", TRADITIONAL),
    ("shift_jis", JAPANESE), ("euc-jp", JAPANESE), ("euc-kr", KOREAN),
    ("utf-16-le", SIMPLIFIED), ("utf-16-be", SIMPLIFIED), ("utf-16-le", KOREAN), ("utf-16-be", JAPANESE),
]  # fmt: skip
PYTHON = {"big5": "big5hkscs", "shift_jis": "cp932", "euc-kr": "cp949", "euc-jp": "euc_jp"}


def encoded(text: str, name: str) -> bytes:
    return text.encode(PYTHON.get(name, name))


@pytest.mark.parametrize(("name", "text"), CASES)
def test_text_without_a_declaration(name: str, text: str) -> None:
    decoded = source.decode(source.from_bytes(encoded(text, name), "a.txt"))
    assert decoded.text == text
    assert decoded.charset == name
    assert decoded.notices == ()


@pytest.mark.parametrize(("name", "text"), CASES)
def test_short_texts(name: str, text: str) -> None:
    """From 12 characters on at least 95 of 100 pieces are told right."""
    pieces = [text[at : at + 12] for at in range(0, len(text) - 12, 3)]
    pieces = [piece for piece in pieces if sum(char > "\x7f" for char in piece) >= 8]
    right = sum(charset.decide(encoded(piece, name)).text == piece for piece in pieces)
    assert right >= 0.95 * len(pieces)


@pytest.mark.parametrize(("name", "text"), CASES[:7])
@pytest.mark.parametrize(
    "said", ["gb2312", "utf-8", "big5", "iso-8859-1", "shift_jis", "euc-kr", "no-such-charset", None]
)
def test_page_with_any_declaration_is_read_right(name: str, text: str, said: str | None) -> None:
    declaration = f'<meta charset="{said}">' if said else ""
    page = f"<html><head>{declaration}<title>x</title></head><body><p>{text}</p></body></html>"
    decoded = source.decode(source.from_bytes(encoded(page, name), "a.html"))
    assert decoded.text == page
    declared = charset.codec_of(said) if said else None
    wrong = declared not in (None, name)
    assert [notice.code for notice in decoded.notices] == (["wrong-charset"] if wrong else [])


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16"])
def test_byte_order_mark_comes_first(mark: str) -> None:
    data = f'<meta charset="gbk"><p>{SIMPLIFIED}</p>'.encode(mark)
    decoded = source.decode(source.from_bytes(data, "a.html"))
    assert SIMPLIFIED in decoded.text
    assert not decoded.text.startswith("\ufeff")


def test_transport_comes_before_the_page() -> None:
    data = f'<meta charset="utf-8"><p>{SIMPLIFIED}</p>'.encode("gb18030")
    decoded = source.decode(source.from_bytes(data, "a.html", charset="gbk"))
    assert (decoded.charset, decoded.notices) == ("gb18030", ())


def test_gb18030_in_four_bytes_and_in_its_2022_form() -> None:
    text = "国务院关于\U00020000\u3400\u9fa6字\u3002"
    assert source.decode(source.from_bytes(text.encode("gb18030"), "a.txt")).text == text
    data = "依照国务院的决定\u3002".encode("gb18030") + b"\xa6\xd9\xfe\x59"
    assert source.decode(source.from_bytes(data, "a.txt")).text == "依照国务院的决定\u3002\ufe10\u9fb4"


def test_a_bad_byte_in_a_page_is_shown_and_said() -> None:
    data = f"<p>{SIMPLIFIED}</p>".encode("gb18030") + b"\xff" + "<p>完</p>".encode("gb18030")
    decoded = source.decode(source.from_bytes(data, "a.html"))
    assert decoded.text == f"<p>{SIMPLIFIED}</p>\ufffd<p>完</p>"
    assert [notice.code for notice in decoded.notices] == ["bad-bytes"]


def test_page_cut_inside_a_character_is_read() -> None:
    data = f"<p>{SIMPLIFIED}".encode()[:-2]
    assert source.decode(source.from_bytes(data, "a.html")).charset == "utf-8"


def test_rare_names_need_no_frequent_character() -> None:
    assert charset.decide("饕餮".encode("gb18030")).text == "饕餮"


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    for html in (False, True):
        found = charset.decide(data, html=html)
        assert found.text is None or isinstance(found.text, str)
        assert found.text is not None or not html or found.bad_byte >= -1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff"), max_size=200))
def test_utf8_is_always_itself(text: str) -> None:
    assert charset.decide(text.encode()).text == text
