"""The vocabulary: each row is proved by its example, and a row that is added works at once."""

from __future__ import annotations

import doctest
import importlib
import re
from collections.abc import Iterable
from typing import Any

import pytest
from conftest import ROOT

from convert import readers, source
from convert.clean import clean
from convert.model import REMOVAL_REASONS, Document, Heading, LedgerEntry, Paragraph, ledger
from convert.readers.text import parse
from convert.zh import dates, forms, furniture, labels, marks, names, numerals, organs, phrases, sections, shells
from convert.zh.characters import SIMPLIFIED, TRADITIONAL, columns, is_cjk, key, simplified
from convert.zh.language import detect
from convert.zh.rows import Rows

MODULES = sorted(path.stem for path in (ROOT / "convert" / "zh").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name: str) -> None:
    module = importlib.import_module(f"convert.zh.{name}")
    assert doctest.testmod(module).failed == 0


# --- Each row and its example -----------------------------------------------------------------------------------


def _proves_label(row: labels.Label) -> bool:
    """Each word of the row is a label with the row's field and type, and its value comes out as it was put in."""
    wanted = labels.value_of(row.takes, row.example)
    found = [labels.pairs(f"{word}\uff1a{row.example}") for word in row.words.split()]
    right = [
        len(pairs) == 1
        and (pairs[0].field, pairs[0].takes) == (row.field, row.takes)
        and labels.value_of(row.takes, pairs[0].value) == wanted
        for pairs in found
    ]
    return bool(wanted) and all(right)


def _proves_words(row: sections.Words) -> bool:
    """One of the words stands in the example, and the function of its use knows the example."""
    known: dict[str, Any] = {
        "paper": sections.names_paper,
        "addressee": sections.is_salutation,
        "meeting": sections.occasion,
        "speech": sections.occasion,
        "promulgation": sections.is_history,
        "division": lambda text: sections.named_division(text) == "part",
        "beside": lambda text: sections.named_division(text) == "beside",
        "contents": sections.is_contents,
        "glossary": sections.heads_notes,
        "notes": sections.heads_notes,
        "issue": sections.is_issue_note,
    }
    said = key(row.example)
    return any(key(word) in said for word in row.words.split()) and bool(known[row.use](row.example))


def _proves_control(row: phrases.Control) -> bool:
    said = key(row.example)
    shared = row.reason != "share bar" or furniture.controls(said) == "share bar"
    return furniture.controls(said) is not None and shared and all(map(furniture.controls, row.words.split()))


PROOFS: tuple[tuple[Rows[Any], Any], ...] = (
    (numerals.SEQUENCES, lambda row: numerals.number(row.example[0]) == row.example[1]),
    (
        marks.FAMILIES,
        lambda row: (mark := marks.mark_of(row.example[0])) and (mark.family, mark.path) == (row.name, row.example[1]),
    ),
    (dates.ERAS, lambda row: dates.iso_date(row.example[0]) == row.example[1] and dates.is_date(row.example[0])),
    (dates.FORMS, lambda row: dates.iso_date(row.example[0]) == row.example[1] and dates.is_date(row.example[0])),
    (
        names.OFFICES,
        lambda row: any(word in row.example for word in row.words.split()) and names.is_byline(row.example),
    ),
    (organs.ENDINGS, lambda row: row.example.endswith(row.word) and _ends(row)),
    (labels.LABELS, _proves_label),
    (forms.FORMS, lambda row: row.name in forms.forms_of(simplified(row.example))),
    (phrases.PHRASES, lambda row: _is_phrase(row)),
    (phrases.CONTROLS, _proves_control),
    (shells.SHELLS, lambda row: shells.is_shell(row.example)),
    (sections.WORDS, _proves_words),
)


def _ends(row: organs.Ending) -> bool:
    right = organs.ends_like_office if row.kind == "place" else organs.is_organ
    return right(row.example)


def _is_phrase(row: phrases.Phrase) -> bool:
    return row.reason in phrases.REASONS and furniture.phrase(key(row.example), row.place) == row.reason


def _rows() -> Iterable[Any]:
    for table, proof in PROOFS:
        yield from (pytest.param(row, proof, id=f"{type(row).__name__} {str(row[0])[:20]}") for row in table)


@pytest.mark.parametrize(("row", "proof"), list(_rows()))
def test_a_row_does_what_its_example_shows(row: Any, proof: Any) -> None:
    assert proof(row), row


def _stretched(row: forms.LineForm, size: int) -> str | None:
    """The example with one of its characters said over and over, still in the words of the row; None where none can."""
    ends = "\\Z" if row.how in ("whole", "ends") else ""
    looks = re.compile(f"(?:{row.words}){ends}")
    example = simplified(row.example)
    for at in range(len(example) + 1):
        for more in (example[at - 1 : at], "字"):
            said = example[:at] + more * (size - len(example)) + example[at:]
            if len(said) == size and (looks.match if row.how in ("whole", "begins") else looks.search)(said):
                return said
    return None


LONG = [row for row in forms.FORMS if _stretched(row, row.longest * 3 // 2)]


@pytest.mark.parametrize("row", LONG, ids=lambda row: f"{row.name} {row.longest}")
def test_a_line_has_a_form_only_up_to_a_length(row: forms.LineForm) -> None:
    assert len(row.example) < row.longest
    short, long = (_stretched(row, row.longest * quarters // 4) for quarters in (3, 6))
    assert row.name in forms.forms_of(short or "")
    assert long is not None
    assert row.name not in forms.forms_of(long)


def test_every_table_is_proved() -> None:
    tables = {
        id(value)
        for name in MODULES
        for value in vars(importlib.import_module(f"convert.zh.{name}")).values()
        if isinstance(value, Rows)
    }
    assert tables == {id(table) for table, _ in PROOFS}


BEGINNINGS = [row for row in phrases.PHRASES if row.reason in ("navigation", "footer", "share bar")]


@pytest.mark.parametrize("row", BEGINNINGS, ids=lambda row: row.example[:12])
def test_a_sentence_says_more_than_the_phrase_it_begins_with(row: phrases.Phrase) -> None:
    sentence = f"{row.example}的时候\uff0c大家想起了石桥\u3002那年的水很大\u3002"
    places: tuple[Any, ...] = ("before", "between", "after")
    assert any(furniture.line_reason(row.example, place) == row.reason for place in places)
    assert not any(furniture.line_reason(sentence, place) for place in places)


# --- One row is enough ------------------------------------------------------------------------------------------

BODY = "我们要坚定信心\uff0c奋力拼搏\uff0c推动各项事业再上新台阶\u3002今后一年\uff0c我们要再创佳绩\u3002"


def read(*lines: str, html: bool) -> Document:
    """A page of lines: title, the lines, and text."""
    if not html:
        return clean(parse("\n".join(["某县工作报告", *lines, BODY, BODY])))
    inner = "".join(f"<p>{line}</p>" for line in (*lines, BODY, BODY))
    page = f"<html lang=zh><title>某县工作报告</title><body><h1>某县工作报告</h1>{inner}</body></html>"
    return clean(readers.read(source.from_bytes(page.encode(), "page.html")))


def entry(document: Document, text: str) -> LedgerEntry:
    return next(found for found in ledger(document) if text in found.text)


def test_reasons_are_those_of_the_model() -> None:
    assert phrases.REASONS <= REMOVAL_REASONS


def test_a_new_furniture_phrase_is_one_row() -> None:
    line = "一键直达智慧屏"
    assert entry(read(line, html=False), line).kind != "removed"
    with phrases.PHRASES.adding(phrases.Phrase("page tools", "anywhere", "一键直达", line)):
        found = entry(read(line, html=False), line)
        assert (found.kind, found.reason) == ("removed", "page tools")


def test_a_new_label_is_one_row() -> None:
    line = "播发机构\uff1a四川日报"
    assert read(line, html=False).metadata.source is None
    with labels.LABELS.adding(labels.Label("source", "organ", "播发机构", "四川日报")):
        document = read(line, html=False)
        assert document.metadata.source == "四川日报"
        assert entry(document, line).kind == "meta"


def test_a_new_family_of_marks_is_one_row() -> None:
    new = marks.Family("task", "strong", False, "事", "事项([0-9]{1,2})[ \u3000]+", ("事项1 加强管理", (1,)))
    lines = ["事项1 加强管理", BODY, "事项2 改善服务", BODY]

    def numbers(html: bool) -> list[Any]:
        blocks = [block for block in read(*lines, html=html).blocks if isinstance(block, Heading | Paragraph)]
        return [block.mark.path for block in blocks if block.mark is not None and block.mark.family == "task"]

    assert numbers(html=False) == []
    with marks.FAMILIES.adding(new):
        assert [numbers(html=html) for html in (False, True)] == [[(1,), (2,)]] * 2
        assert entry(read(*lines, html=False), "事项2").kind == "heading"


def test_a_new_site_is_one_row() -> None:
    assert not organs.is_source("川观慧眼")
    with organs.ENDINGS.adding(organs.Ending("慧眼", "medium", "川观慧眼")):
        assert organs.is_source("川观慧眼")


def test_a_new_era_is_one_row() -> None:
    assert dates.iso_date("大正十年一月五日") is None
    with dates.ERAS.adding(dates.Era("大正", 1911, ("大正十年一月五日", "1921-01-05"))):
        assert dates.iso_date("大正十年一月五日") == "1921-01-05"


# --- What is no table -------------------------------------------------------------------------------------------


def test_traditional_and_simplified_stand_one_for_one() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
    assert simplified("發佈時間") == "发布时间"


def test_surnames_stand_once() -> None:
    everyone = names.SURNAMES + names.RARE
    assert len(everyone) == len(set(everyone))
    assert not set(everyone) & set(TRADITIONAL)


@pytest.mark.parametrize(
    ("text", "tag"),
    [("现在", "zh-Hans"), ("現在向大會報告", "zh-Hant"), ("これは文です", "ja"), ("보고합니다", "ko"), ("Hello", "en")],
)
def test_languages(text: str, tag: str) -> None:
    assert detect(text) == tag


def test_width() -> None:
    assert columns("ab\u3002") == 4
    assert is_cjk("\u4e00")
    assert not is_cjk("a")


@pytest.mark.parametrize("name", ["date", "roc"])
@pytest.mark.parametrize("html", [False, True])
def test_text_and_page_give_one_date(name: str, html: bool) -> None:
    said = {"date": "2021-02-31", "roc": "民國110年12月31日"}[name]
    wanted = {"date": None, "roc": "2021-12-31"}[name]
    assert read(f"发布时间\uff1a{said}", html=html).metadata.published == wanted


def test_who_checked_a_page_is_not_its_editor() -> None:
    metadata = read("审核\uff1a王伟 编辑\uff1a李梅", html=False).metadata
    assert (metadata.editor, metadata.extra) == ("李梅", (("审核", "王伟"),))


def test_a_label_with_more_right_says_when_a_page_appeared() -> None:
    lines = ("更新日期\uff1a2022-01-05", "成文日期\uff1a2021年12月1日", "发布日期\uff1a2021-12-31")
    metadata = read(*lines, html=False).metadata
    assert metadata.published == "2021-12-31"
    assert metadata.extra == (("成文日期", "2021年12月1日"), ("更新日期", "2022-01-05"))
