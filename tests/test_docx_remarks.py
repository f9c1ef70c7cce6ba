"""Repairs as comments in DOCX: each where it was made, and no text is another for it."""

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
from convert.model import Document, Repair
from convert.run import pipeline, reading
from convert.run.options import Options, referenced
from convert.style import Style

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PAGE = """关于工作的通知

各单位:
  现将(有关)事项通知如下,请认真执行.
\u4e00\u3001加强领导
各单位要加强领导,落实责任.

附件:1.甲表
2.乙表
"""
SHOWN = referenced(style.load("gongwen"), "", True)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    path = tmp_path_factory.mktemp("page") / "page.txt"
    path.write_text(PAGE, "utf-8")
    return reading.read(str(path))


def edition(document: Document, look: Style = SHOWN) -> bytes:
    return pipeline.write("docx", document, look)[0]


def ranges(data: bytes) -> dict[str, str]:
    """The text that each comment is about, by its number."""
    body: Any = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))
    found: dict[str, str] = {}
    open_: set[str] = set()
    for node in body.iter():
        if node.tag == W + "commentRangeStart":
            open_.add(node.get(W + "id"))
            found[node.get(W + "id")] = ""
        elif node.tag == W + "commentRangeEnd":
            open_.discard(node.get(W + "id"))
        elif node.tag == W + "t":
            for id in open_:
                found[id] += node.text
    assert not open_
    return found


def test_each_repair_is_a_comment_where_it_was_made(document: Document) -> None:
    data = edition(document)
    comments = {str(one.comment_id): one for one in docx.Document(io.BytesIO(data)).comments}
    about = ranges(data)
    assert len(document.repairs) == len(comments) == len(about) > 6
    said = {one.text: about[id] for id, one in comments.items()}
    assert said['"(" \u2192 "\uff08" (brackets, 4:5)'] == "\uff08"
    assert said['")" \u2192 "\uff09" (brackets, 4:8)'] == "\uff09"
    assert [text for one, text in said.items() if "4:15)" in one] == ["\uff0c"]
    assert [text for one, text in said.items() if "4:21)" in one] == ["\u3002"]
    assert {one.author for one in comments.values()} == {"wenban"}


def test_the_text_is_the_same_with_and_without(document: Document) -> None:
    data, plainly = edition(document), edition(document, style.load("gongwen"))
    composed = writers.compose(document, SHOWN)
    assert verify.check("docx", data, composed) == verify.check("docx", plainly, composed) == []
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(plainly)).namelist()


def test_what_has_no_place_of_its_own_stands_at_the_block_before(document: Document) -> None:
    more = (Repair("other", 99, 1, "x", "y"), Repair("other", 6, 400, "x", ""), Repair("other", 1, 1, "", "关"))
    data = edition(replace(document, repairs=more))
    about = ranges(data)
    assert about["0"] == "关", "a title's first character"
    assert about["1"].startswith("各单位要加强领导"), "none at that column: the whole paragraph"
    assert "乙表" in about["2"] or "甲表" in about["2"]


def test_what_was_deleted_has_a_range_without_width(document: Document) -> None:
    data = edition(replace(document, repairs=(Repair("other", 4, 4, " ", ""),)))
    assert ranges(data) == {"0": ""}


def test_word_takes_it_also_in_an_office_s_file(document: Document, tmp_path: Path) -> None:
    office = tmp_path / "office.docx"
    theirs = docx.Document()
    theirs.add_comment(theirs.add_paragraph("旧文").runs, "旧批注")
    theirs.save(str(office))
    for name, data in (("own", edition(document)), ("office", edition(document, referenced(SHOWN, str(office))))):
        (tmp_path / f"{name}.docx").write_bytes(data)
        assert len(list(docx.Document(io.BytesIO(data)).comments)) == len(document.repairs)
    errors = OpenXmlValidator(strict=True, max_errors=0).validate(str(tmp_path / "own.docx")).errors
    assert [str(error) for error in errors] == []


def test_the_option_is_part_of_what_an_edition_is_made_from() -> None:
    plainly = Options("", ("docx",), "gongwen")
    assert replace(plainly, show_repairs=True).choices != plainly.choices
    assert not referenced(style.load("gongwen"), "a.docx").docx.show_repairs
