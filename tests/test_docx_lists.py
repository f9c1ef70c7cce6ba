"""Lists in DOCX: Word draws bullets and counts where the page does; numbers in the text are text; in an office's file
ours stand behind its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree
from msgspec.structs import replace
from openxml_audit import OpenXmlValidator

from convert import style, verify, writers
from convert.model import Document, List, ListItem, Ordinal, Paragraph, SourceInfo, Text
from convert.run.options import referenced
from convert.run.wordfile import paragraphs_of
from convert.style import Style
from convert.verify.wordlists import numeral
from convert.writers.office.counted import WordList, counted, is_bullet

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def item(text: str, marker: str, *more: List) -> ListItem:
    return ListItem((Paragraph((Text(text),)), *more), marker)


INNER = List((item("里面的一条", "\u25e6"),))
LISTS = (
    List((item("第一条", "\u2022"), item("第二条", "\u2022", INNER))),
    List((item("编号的一条", "1."), item("编号的二条", "2.")), ordered=True),
    List((item("后来的一条", "\u2022"),)),
)
WHOLE = Document(SourceInfo("lists.txt", "0" * 64, "text/plain", "utf-8", 1), blocks=LISTS)


def edition(look: Style) -> bytes:
    stream = io.BytesIO()
    writers.write("docx", WHOLE, look, stream)
    return stream.getvalue()


def listed(data: bytes) -> list[tuple[str, str, str]]:
    """Text, list and level of each paragraph that is in a list."""
    root: Any = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    return [
        ("".join(line.itertext(W + "t")), own.find(W + "numId").get(W + "val"), own.find(W + "ilvl").get(W + "val"))
        for line in root.iter(W + "p")
        if (own := line.find(f"{W}pPr/{W}numPr")) is not None
    ]


@pytest.mark.parametrize("marker", ["\u2022", "\u25e6", "\u25a0", "\u2605", "-", "\u2013", "\u00b7"])
def test_what_does_not_count_is_a_bullet(marker: str) -> None:
    assert is_bullet(marker)


@pytest.mark.parametrize("marker", ["1.", "\uff081\uff09", "a", "\u4e00", "\u2460", "\u3001", ".", ""])
def test_what_counts_is_none(marker: str) -> None:
    assert not is_bullet(marker)


def test_bullets_are_word_s_and_numbers_text() -> None:
    data = edition(style.load("gongwen"))
    assert listed(data) == [
        ("第一条", "1", "0"), ("第二条", "1", "0"), ("里面的一条", "2", "1"), ("后来的一条", "1", "0"),
    ]  # fmt: skip
    package = zipfile.ZipFile(io.BytesIO(data))
    document: Any = etree.fromstring(package.read("word/document.xml"))
    assert "1.编号的一条" in ["".join(line.itertext(W + "t")) for line in document.iter(W + "p")]
    lists: Any = etree.fromstring(package.read("word/numbering.xml"))
    assert [node.get(W + "val") for node in lists.iter(W + "lvlText")] == ["\u2022"] * 5 + ["\u25e6"] * 5
    assert {node.get(W + "val") for node in lists.iter(W + "numFmt")} == {"bullet"}
    assert {node.get(W + "val") for node in lists.iter(W + "suff")} == {"space"}, "as if it were text"
    assert not list(lists.iter(W + "ind")), "the style of the paragraph says where it stands"


def test_the_text_is_complete_with_its_bullets() -> None:
    data = edition(style.load("gongwen"))
    whole = writers.compose(WHOLE, style.load("gongwen"))
    assert verify.check("docx", data, whole) == []
    assert verify.check("docx", data.replace(b"numbering", b"numbexing"), whole), "the bullets are read"
    assert "\u2022第一条" in [one.text for one in paragraphs_of(data, "lists.docx")[0]]


def test_in_an_office_s_file_our_lists_stand_behind_its_own(tmp_path: Path) -> None:
    office = tmp_path / "office.docx"
    docx.Document().save(str(office))  # python-docx's template has lists of its own
    look = referenced(style.load("gongwen"), str(office))
    data = edition(look)
    assert verify.check("docx", data, writers.compose(WHOLE, look)) == []
    (tmp_path / "made.docx").write_bytes(data)
    errors = OpenXmlValidator(strict=True, max_errors=0).validate(str(tmp_path / "made.docx")).errors
    assert [str(error) for error in errors if "numbering" in str(error)] == []
    lists: Any = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/numbering.xml"))
    tags = [node.tag.removeprefix(W) for node in lists if node.tag in (W + "abstractNum", W + "num")]
    assert tags == sorted(tags), "abstract ones first"
    ids = [node.get(W + "numId") for node in lists.iter(W + "num")]
    assert len(set(ids)) == len(ids) > 2
    assert {id for _, id, _ in listed(data)} == set(ids[-2:])


# --- Numbers that the page counts -----------------------------------------------------------------------------------


def page_list(*marks: tuple[str, int], counted: bool = True) -> List:
    """A list as a page counts it; marks: each with its number."""
    made = [(mark, Ordinal("han", (number,), len(mark))) for mark, number in marks]
    return List(
        tuple(replace(item(f"事项{mark}", mark), counted=counted, mark=own) for mark, own in made), ordered=True
    )


HAN = page_list(("九\u3001", 9), ("十\u3001", 10), ("十一\u3001", 11))


@pytest.mark.parametrize(
    ("block", "language", "wanted"),
    [
        (HAN, "zh-Hans", WordList("chineseCountingThousand", "\u3001", 9)),
        (HAN, "zh-Hant-TW", WordList("taiwaneseCountingThousand", "\u3001", 9)),
        (HAN, "ja", WordList("japaneseCounting", "\u3001", 9)),
        (page_list(("二十\u3001", 20), ("二十一\u3001", 21)), None, WordList("chineseCountingThousand", "\u3001", 20)),
        (page_list(("1.", 1), ("2.", 2)), None, WordList("decimal", ".", 1)),
        (page_list(("z.", 26)), None, WordList("lowerLetter", ".", 26)),
        (page_list(("A.", 1), ("B.", 2)), None, WordList("upperLetter", ".", 1)),
        (page_list(("iv.", 4), ("v.", 5)), None, WordList("lowerRoman", ".", 4)),
        (page_list(("XLIX.", 49), ("L.", 50)), None, WordList("upperRoman", ".", 49)),
        (page_list(("1.", 1), ("3.", 3)), None, None),
        (page_list(("1.", 1), ("2\u3001", 2)), None, None),
        (page_list(("1.", 1), counted=False), None, None),
        (page_list(("廿\u3001", 20)), None, None),
        (List((item("无", ""),)), None, None),
        (List(()), None, None),
        (List((ListItem((HAN,), "1.", counted=True, mark=Ordinal("arabic", (1,), 2)),)), None, None),
    ],
)
def test_lists_that_word_counts(block: List, language: str | None, wanted: WordList | None) -> None:
    assert counted(block, language) == wanted


def test_word_counts_where_the_page_does() -> None:
    inner = page_list(("a.", 1), ("b.", 2))
    outer = replace(HAN, items=(replace(HAN.items[0], children=(*HAN.items[0].children, inner)), *HAN.items[1:]))
    again = page_list(("1.", 1), ("2.", 2))
    whole = replace(WHOLE, blocks=(outer, again, again))
    stream = io.BytesIO()
    writers.write("docx", whole, style.load("gongwen"), stream)
    data = stream.getvalue()
    assert [(list, level) for _, list, level in listed(data)] == [
        ("1", "0"), ("2", "1"), ("2", "1"), ("1", "0"), ("1", "0"), ("3", "0"), ("3", "0"), ("4", "0"), ("4", "0"),
    ]  # fmt: skip
    assert not any(text.startswith(("1.", "a.", "九")) for text, _, _ in listed(data))
    composed = writers.compose(whole, style.load("gongwen"))
    assert verify.check("docx", data, composed) == []
    lists: Any = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/numbering.xml"))
    first = next(lists.iter(W + "abstractNum"))
    said = {node.tag.removeprefix(W): node.get(W + "val") for node in next(first.iter(W + "lvl"))}
    assert said == {
        "start": "9", "numFmt": "chineseCountingThousand", "suff": "nothing", "lvlText": "%1\u3001", "lvlJc": "left",
    }  # fmt: skip
    read = [one.text for one in paragraphs_of(data, "lists.docx")[0]]
    assert [text[:3] for text in read[:5]] == ["九\u3001事", "a.事", "b.事", "十\u3001事", "十一\u3001"]


@pytest.mark.parametrize(
    ("number", "form", "said"),
    [
        (1, "chineseCountingThousand", "一"), (10, "japaneseCounting", "十"), (11, "japaneseCounting", "十一"),
        (20, "taiwaneseCountingThousand", "二十"), (99, "chineseCountingThousand", "九十九"),
        (100, "chineseCountingThousand", ""), (0, "chineseCountingThousand", ""), (7, "decimal", "7"),
        (26, "lowerLetter", "z"), (27, "lowerLetter", ""), (0, "upperLetter", ""), (2, "upperLetter", "B"),
        (49, "lowerRoman", "xlix"), (89, "upperRoman", "LXXXIX"), (90, "upperRoman", ""), (0, "lowerRoman", ""),
        (1, "hebrew1", ""),
    ],
)  # fmt: skip
def test_numbers_as_word_draws_them(number: int, form: str, said: str) -> None:
    assert numeral(number, form) == said


def test_reader_and_writer_count_alike() -> None:
    for number in range(1, 100):
        block = page_list((numeral(number, "chineseCountingThousand") + "\u3001", number))
        assert counted(block, None) == WordList("chineseCountingThousand", "\u3001", number)
        if number < 90:
            block = page_list((numeral(number, "upperRoman") + ".", number))
            assert counted(block, None) is not None
