"""What of a PDF stays on one page, by the pages as they are laid out; and in which order a page is painted."""

from __future__ import annotations

import io

import pikepdf
import pytest
from exam import exam_document

from convert import style, writers
from convert.model import (
    Block,
    Cell,
    Document,
    Heading,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Row,
    Rule,
    SourceInfo,
    Table,
    Text,
)
from convert.writers.pdf.layout import Layout
from convert.writers.pdf.paginate import paginate
from convert.writers.pdf.rows import TextItem
from convert.writers.pdf.shape import Shaper

GONGWEN = style.load("gongwen")
LINES = 22
SENTENCE = "各地区各部门要认真落实"
HEAD = Row((Cell((Paragraph((Text("说明"),)),), header=True),), header=True)


def document(*blocks: Block, notes: tuple[Note, ...] = ()) -> Document:
    source = SourceInfo("case.txt", "0" * 64, "text/plain", "utf-8", 1)
    return Document(source, Metadata(language="zh-Hans"), blocks, notes=notes)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def laid(whole: Document) -> list[list[str]]:
    """The lines of each page, without repeated heads."""
    layout = Layout(whole, GONGWEN, Shaper(GONGWEN, "zh-Hans"))
    pages = paginate(layout.rows(), layout.page_height, layout.pitch, lambda _: [])
    found = []
    for page in pages:
        items = [item for placed in page.rows if not placed.furniture for item in placed.row.items]
        texts = [item for item in items if isinstance(item, TextItem)]
        found.append([one.shaped.text[one.line.first : one.line.last] for one in texts])
        assert all(placed.y + placed.row.least(layout.pitch) <= layout.page_height + 0.1 for placed in page.rows)
    return found


@pytest.mark.parametrize("behind", [(), (Rule(), paragraph("来源"))])
def test_a_heading_without_text_below_it_is_not_left_alone_on_a_page(behind: tuple[Block, ...]) -> None:
    above = [paragraph(SENTENCE)] * LINES
    pages = laid(document(*above, Heading(1, (Text("注释"),), "h1"), *behind))
    assert [page[:2] for page in pages] == [[SENTENCE] * 2, [SENTENCE, "注释"]]
    assert [page[0] for page in laid(document(*above, Heading(1, (Text("工作"),), "h1"), above[0]))][1:] == ["工作"]


@pytest.mark.parametrize("above", [0, 3, 19])
@pytest.mark.parametrize("length", [300, 1080, 1110, 1140, 2500])
@pytest.mark.parametrize("heads", [(), (HEAD,), (HEAD,) * 4])
def test_a_caption_stays_with_a_table_however_high_its_first_row(
    above: int, length: int, heads: tuple[Row, ...]
) -> None:
    rows = (Row((Cell((paragraph("一" * length),)),)), Row((Cell((paragraph("二" * length),)),)))
    pages = laid(document(*[paragraph(SENTENCE)] * above, Table((*heads, *rows), (Text("表1"),))))
    (page,) = [page for page in pages if "表1" in page]
    at = page.index("表1") + 1 + len(heads)
    assert page[at : at + 1] != []
    assert set(page[at]) == {"一"}
    assert "".join(map("".join, pages)).count("二") == length


def test_a_page_is_painted_in_the_order_of_its_tags() -> None:
    """Marks are counted as they are painted."""
    said = [Paragraph((Text(SENTENCE), NoteRef(f"n{at}", f"[{at}]"), Text(SENTENCE))) for at in range(6)]
    notes = tuple(Note(f"n{at}", f"[{at}]", (paragraph(SENTENCE * 3),)) for at in range(6))
    for whole in (document(*said, notes=notes), exam_document()):
        stream = io.BytesIO()
        writers.write("pdf", whole, GONGWEN, stream)
        with pikepdf.open(stream) as pdf:
            read = marks(pdf.Root.StructTreeRoot.K, None)
        for page in {page for page, _ in read}:
            own = [mark for at, mark in read if at == page]
            assert own == sorted(own)


def marks(node: pikepdf.Object, page: tuple[int, int] | None) -> list[tuple[tuple[int, int] | None, int]]:
    """The page and the number of each mark of a node, in the order of the tree."""
    page = node.Pg.objgen if "/Pg" in node else page
    found: list[tuple[tuple[int, int] | None, int]] = []
    kids = node.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            found.append((page, kid))
        elif kid.get("/Type") == "/MCR":
            found.append((kid.Pg.objgen, int(kid.MCID)))
        elif kid.get("/Type") != "/OBJR":
            found += marks(kid, page)
    return found
