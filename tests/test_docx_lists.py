"""Lists in DOCX: bullets are Word's, numbers the page's text; in an office's file ours stand behind its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from convert import style, verify, writers
from convert.model import Document, List, ListItem, Paragraph, SourceInfo, Text
from convert.run.options import referenced
from convert.run.wordfile import paragraphs_of
from convert.style import Style
from convert.writers.docx.bullets import is_bullet

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
