"""Wide tables in DOCX: columns by their content as in the PDF, smaller where they have to be, turned where that would
be too small to read.
"""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from convert import style, verify, writers
from convert.model import Block, Cell, Document, Emphasis, Paragraph, Row, SourceInfo, Table, Text
from convert.writers.columns import READABLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONGWEN = style.load("gongwen")
BEFORE, AFTER = Paragraph((Text("现将指标公布如下"),)), Paragraph((Text("以上由县统计局解释"),))


def table(columns: int, *, caption: str = "") -> Table:
    """A row of heads and one of numbers, the last of them emphasised."""
    heads = tuple(Cell((Paragraph((Text("指标"),)),), header=True) for _ in range(columns))
    said = [Text("1,234.50")] * (columns - 1) + [Emphasis((Text("1,234.50"),), "superscript")]
    numbers = tuple(Cell((Paragraph((one,)),), align="center") for one in said)
    return Table((Row(heads, header=True), Row(numbers)), (Text(caption),) if caption else ())


def edition(*blocks: Block, folder: Path | None = None) -> Any:
    """The body of a document of these blocks, which verifies, and is valid where there is a folder to check it in."""
    document = Document(SourceInfo("table.txt", "0" * 64, "text/plain", "utf-8", 1), blocks=blocks)
    stream = io.BytesIO()
    writers.write("docx", document, GONGWEN, stream)
    assert verify.check("docx", stream.getvalue(), writers.compose(document, GONGWEN)) == []
    if folder is not None:
        (folder / "table.docx").write_bytes(stream.getvalue())
        errors = OpenXmlValidator(strict=True, max_errors=0).validate(str(folder / "table.docx")).errors
        assert [str(error) for error in errors] == []
    return etree.fromstring(zipfile.ZipFile(stream).read("word/document.xml")).find(W + "body")


def sizes(body: Any) -> set[str]:
    """The sizes set in the table, half-points."""
    return {node.get(W + "val") for node in body.find(W + "tbl").iter(W + "sz")}


def widths(body: Any) -> list[int]:
    return [int(node.get(W + "w")) for node in body.find(W + "tbl").iter(W + "gridCol")]


def sections(body: Any) -> list[tuple[str | None, int]]:
    """Orientation of each section's pages, and how wide their text is, twips."""
    found = []
    for node in body.iter(W + "sectPr"):
        page, margins = node.find(W + "pgSz"), node.find(W + "pgMar")
        text = int(page.get(W + "w")) - int(margins.get(W + "left")) - int(margins.get(W + "right"))
        found.append((page.get(W + "orient"), text))
    return found


def test_a_table_that_fits_keeps_its_size() -> None:
    body = edition(BEFORE, table(5))
    assert sizes(body) == set()
    assert sum(widths(body)) == sections(body)[0][1]


def test_a_table_too_wide_is_set_smaller(tmp_path: Path) -> None:
    body = edition(BEFORE, table(11), AFTER, folder=tmp_path)
    (size,) = sizes(body)
    assert READABLE * 2 <= int(size) < 24
    lines = {node.get(W + "line") for node in body.find(W + "tbl").iter(W + "spacing")}
    assert [int(line) for line in lines] == [pytest.approx(0.6 * 590 * int(size) / 24, abs=15)]
    assert len(sections(body)) == 1
    # No number is broken: its column has room for it at this size, half an em a digit.
    assert min(widths(body)) >= 8 * 0.5 * int(size) * 10


def test_a_table_too_small_to_read_is_turned(tmp_path: Path) -> None:
    body = edition(BEFORE, table(17, caption="表1"), AFTER, folder=tmp_path)
    upright, turned, last = sections(body)
    assert (upright[0], turned[0], last[0]) == (None, "landscape", None)
    assert turned[1] == pytest.approx(22 * 590, abs=60)
    assert sum(widths(body)) == turned[1]
    texts = ["".join(node.itertext(W + "t")) for node in body]
    order = [
        next(at for at, text in enumerate(texts) if text.startswith(start)) for start in ("现将", "表1", "指标", "以上")
    ]
    assert all(one < other for one, other in pairwise(order))
    ends = [at for at, node in enumerate(body) if node.find(f"{W}pPr/{W}sectPr") is not None]
    assert ends == [order[0], order[2] + 1], "the caption stands on the page of its table"
    footers = [len(node.findall(W + "footerReference")) for node in body.iter(W + "sectPr")]
    assert footers == [2, 2, 2]


def test_a_turned_table_at_the_end_leaves_no_blank_page() -> None:
    assert [orient for orient, _ in sections(edition(BEFORE, table(17)))] == [None, "landscape"]
    alone = edition(table(17))
    assert [orient for orient, _ in sections(alone)][:1] == ["landscape"]
