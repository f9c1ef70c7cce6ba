"""The proof of a reading finds what is lost: paragraphs and cells taken out of a document are counted exactly."""

from __future__ import annotations

import random
from pathlib import Path

import html_help
import msgspec
import pytest

from convert import source
from convert.model import Block, Document, Figure, Paragraph, Removed, Table, block_text
from convert.readers.html.proof import left_out, pictures_left_out
from convert.readers.html.reader import PageReading

PAGES = sorted((Path(__file__).parent / "fixtures" / "html").glob("*.html"))
LONG = "渡口的船一天走四趟\uff0c早晚各一趟是免钱的\uff0c摆渡人姓周\uff0c在这里守了四十年\u3002"


def lost(reading: PageReading, document: Document, blocks: tuple[Block, ...]) -> list[str]:
    return left_out(reading.leaves, reading.features, blocks, document.notes)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_paragraph_that_is_lost_is_found(path: Path) -> None:
    reading = PageReading(source.load(path))
    document = reading.document()
    before = lost(reading, document, document.blocks)
    prose = {leaf.text for leaf in reading.leaves if reading.features.prose[leaf.index]}
    printed = [block for block in document.blocks if isinstance(block, Paragraph) and block_text(block) in prose]
    printed = [block for block in printed if block.role == "body"]
    for block in random.Random(1).sample(printed, min(8, len(printed))):
        rest = tuple(other for other in document.blocks if other is not block)
        assert len(lost(reading, document, rest)) == len(before) + block_text(block).count("\n") + 1
        reasoned = tuple(Removed(block_text(block), "links") if other is block else other for other in document.blocks)
        assert len(lost(reading, document, reasoned)) == len(before) + block_text(block).count("\n") + 1
        known = tuple(Removed(block_text(block), "credits") if other is block else other for other in document.blocks)
        assert len(lost(reading, document, known)) == len(before)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_picture_that_is_lost_is_counted(path: Path) -> None:
    reading = PageReading(source.load(path))
    document = reading.document()
    kept = reading._built()[1].kept
    figures = [block for block in document.blocks if isinstance(block, Figure)]
    assert pictures_left_out(reading.leaves, kept, document.blocks) == 0
    for count in range(1, len(figures) + 1):
        gone = random.Random(count).sample(figures, count)
        rest = [block for block in document.blocks if not any(block is figure for figure in gone)]
        assert pictures_left_out(reading.leaves, kept, rest) == count


def test_a_caption_that_is_lost_is_found() -> None:
    figure = "<figure><img src='a.jpg'><figcaption>渡口全景</figcaption></figure>"
    reading = PageReading(html_help.page(f"<h1>渡口</h1><div><p>{LONG}</p>{figure}<p>{LONG}</p></div>"))
    document = reading.document()
    assert lost(reading, document, document.blocks) == []
    bare = [msgspec.structs.replace(one, caption=()) if isinstance(one, Figure) else one for one in document.blocks]
    assert lost(reading, document, tuple(bare)) == ["渡口全景"]


def test_a_cell_that_is_lost_is_found() -> None:
    rows = "".join(f"<tr><td>{at}</td><td>周某{at}</td><td>渡口村{at}组</td></tr>" for at in range(9))
    reading = PageReading(html_help.page(f"<h1>渡口</h1><div><p>{LONG}</p><table>{rows}</table><p>{LONG}</p></div>"))
    document = reading.document()
    assert lost(reading, document, document.blocks) == []
    table = next(block for block in document.blocks if isinstance(block, Table))
    row = msgspec.structs.replace(table.rows[4], cells=table.rows[4].cells[:-1])
    less = msgspec.structs.replace(table, rows=(*table.rows[:4], row, *table.rows[5:]))
    blocks = tuple(less if block is table else block for block in document.blocks)
    assert lost(reading, document, blocks) == ["渡口村4组"]


def test_much_prose_elsewhere_is_said() -> None:
    aside = "".join(f"<div><section><p>{LONG}{at}\u3002</p></section></div>" for at in "甲乙")
    page = f"<h1>渡口</h1><div><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></div><hr>{aside}"
    document = html_help.read(page)
    codes = [notice.code for notice in document.notices]
    printed = sum(LONG in line for line in html_help.printed(document))
    assert ("text-left-out" in codes) == (printed < 5)


def test_the_marks_of_a_list_are_no_text_of_it() -> None:
    inner = f"<ul><li>{LONG[:-1]}第三次\u3002</li></ul>"
    page = f"<h1>题名</h1><ol><li>{LONG}</li><li>{LONG[:-1]}第二次\u3002{inner}</li></ol>"
    reading = PageReading(source.from_bytes(f"<body>{page}</body>".encode(), "a.html"))
    document = reading.document()
    assert lost(reading, document, document.blocks) == []
