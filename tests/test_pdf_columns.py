"""Columns of tables: numbers stand under each other by their decimal points, none is broken while there is room."""

from __future__ import annotations

import pytest
from exam import exam_document
from msgspec.structs import replace

from convert import style
from convert.model import Cell, Paragraph, Row, Table, Text
from convert.writers.pdf.layout import Layout
from convert.writers.pdf.rows import TextItem
from convert.writers.pdf.shape import Shaper

GONGWEN = style.load("gongwen")


def items(*rows: str) -> dict[str, TextItem]:
    """The lines of a table by their text; rows: cells with a bar between them, the first row heads the table."""
    cells = [tuple(Cell((Paragraph((Text(one),)),)) for one in row.split("|")) for row in rows]
    table = Table(tuple(Row(row, header=at == 0) for at, row in enumerate(cells)))
    document = replace(exam_document(), blocks=(table,), notes=())
    found = Layout(document, GONGWEN, Shaper(GONGWEN, "zh-Hans")).rows()
    lines = [item for row in found for item in row.items if isinstance(item, TextItem)]
    return {item.shaped.text[item.line.first : item.line.last]: item for item in lines}


def point(item: TextItem) -> float:
    text = item.shaped.text
    end = text.find(".") if "." in text else len(text.rstrip("%"))
    return item.x + sum(item.shaped.advance[:end])


def test_decimal_points_stand_under_each_other() -> None:
    found = items("项目|数值", "甲|1,234.5", "乙|98.75", "丙|12%", "丁|\u2014")
    points = {point(found[text]) for text in ("1,234.5", "98.75", "12%")}
    assert max(points) - min(points) == pytest.approx(0, abs=0.01)
    assert found["\u2014"].x + found["\u2014"].line.width / 2 == pytest.approx(
        found["数值"].x + found["数值"].line.width / 2, abs=0.01
    )


def test_a_column_of_words_stays_as_it_is() -> None:
    found = items("项目|数值", "甲|1,234.5", "乙|98.75", "丙|没有统计这个项目")
    assert found["1,234.5"].x == found["98.75"].x == found["没有统计这个项目"].x


def test_no_number_is_broken_while_other_columns_have_room() -> None:
    words = "这是一段很长的说明文字因此这一列要占很多地方" * 3
    number = "12,345,678,901,234.56"
    assert number in items("项目|数值|说明", f"甲|{number}|{words}", f"乙|2.5|{words}")
