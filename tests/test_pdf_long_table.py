"""A long table: what each of its rows keeps in memory, and how its pages are read back."""

from __future__ import annotations

import gc
import io
import tracemalloc

import pytest
from exam import exam_document
from msgspec.structs import replace

from convert import style, verify, writers
from convert.model import Cell, Document, Paragraph, Row, Table, Text
from convert.verify import text
from convert.writers.pdf import tags, typecase
from convert.writers.pdf.file import PdfFile
from convert.writers.pdf.layout import Layout
from convert.writers.pdf.rows import RuleItem, TextItem
from convert.writers.pdf.shape import Shaper

GONGWEN = style.load("gongwen")


def table(count: int) -> Document:
    """A document of one table of `count` rows below a head, four cells a row; no name is like another."""
    said = [
        ("序号", "姓名", "分数", "结果"),
        *((str(at), f"张三{at}", f"{at * 1.5:.1f}", "合格") for at in range(count)),
    ]
    rows = tuple(
        Row(tuple(Cell((Paragraph((Text(one),)),)) for one in row), header=not at) for at, row in enumerate(said)
    )
    return replace(exam_document(), blocks=(Table(rows),), notes=())


def kept(count: int) -> int:
    """Bytes that the rows of a table of `count` rows keep."""
    layout = Layout(table(count), GONGWEN, Shaper(GONGWEN, "zh-Hans"))
    gc.collect()
    tracemalloc.start(1)
    try:
        rows = layout.rows()
        gc.collect()
        assert rows
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


def test_a_row_keeps_little() -> None:
    """Of 20,000 rows each kilobyte is twenty megabytes; a row kept 14,500 bytes when each cell had all of its own."""
    Layout(table(2), GONGWEN, Shaper(GONGWEN, "zh-Hans")).rows()
    assert (kept(50) - kept(20)) / 30 < 6_000


def test_what_is_alike_is_kept_once() -> None:
    rows = Layout(table(3), GONGWEN, Shaper(GONGWEN, "zh-Hans")).rows()[1:]
    lines = [[item for item in row.items if isinstance(item, TextItem)] for row in rows]
    same = [line[3] for line in lines]
    assert same[0].shaped is same[1].shaped
    assert same[0].line is same[1].line
    assert same[0].node is not same[1].node
    assert lines[0][1].shaped is not lines[1][1].shaped
    assert lines[0][1].shaped.boxed is lines[1][1].shaped.boxed
    rules = [[item for item in row.items if isinstance(item, RuleItem)] for row in rows]
    assert rules[0][0] is rules[1][0]


def test_words_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typecase, "MOST_WORDS", 8)
    shaper = Shaper(GONGWEN, "zh-Hans")
    Layout(table(30), GONGWEN, shaper).rows()
    assert all(len(words) <= 8 for words in shaper.case._words.values())


def test_the_structure_is_written_as_it_is_walked() -> None:
    """Nothing of it is left but bytes; a node says where it stands as the objects around it do."""
    file = PdfFile("zh-Hans")
    root = tags.Tag("Document", None)
    cell = root.child("Table").child("TR").child("TD")
    cell.say(ColSpan=2)
    cell.kids.append((0, 0))
    tags.attach(file, root, ["9 0 R"], [])
    assert not root.kids
    assert not cell.kids
    held = b"\n".join(file._settled.values())
    assert b"/ColSpan 2" in held
    assert held.count(b"/S /") == 4


def test_the_repeated_head_of_a_table_is_no_text() -> None:
    """Pages are read as a whole then: by its structure PDFium would read all rows of the table again for each page."""
    document = writers.compose(table(60), GONGWEN)
    stream = io.BytesIO()
    writers.find("pdf")(document, GONGWEN, stream)
    wanted = verify.expected(document)
    assert text._runs_as(wanted.body, stream.getvalue()) == (True, [])
    assert text._runs_as(wanted.body.replace("张三59", ""), stream.getvalue())[0] is False
