"""What a text begins with and which lines belong together, as the model keeps it, and as every edition sets it."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from convert import style, writers
from convert.clean.found import found
from convert.clean.papers import papered
from convert.model import (
    AttachmentName,
    Document,
    Figure,
    Heading,
    List,
    ListItem,
    Metadata,
    Ordinal,
    Paragraph,
    Removed,
    Role,
    SourceInfo,
    Table,
    Text,
    map_blocks,
    map_inlines,
    walk,
)
from convert.writers.closing import Closing, closings, has_long_date

LOOK = style.load("gongwen")


def line(text: str, role: Role = "body") -> Paragraph:
    return Paragraph((Text(text),), role)


def document(*blocks: Any) -> Document:
    source = SourceInfo("a.txt", "0" * 64, "text/plain", "utf-8", 9)
    return Document(source, Metadata(language="zh-Hans"), found(blocks))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("\uff08十一\uff09加强", Ordinal("han_paren", (11,), 4)),
        ("第三章 总则", Ordinal("chapter", (3,), 4)),
        ("2025年", None),
    ],
)
def test_marks_of_headings_and_paragraphs(text: str, mark: Ordinal | None) -> None:
    paragraph, heading = found((line(text), Heading(1, (Text(text),), "h1")))
    assert isinstance(paragraph, Paragraph)
    assert isinstance(heading, Heading)
    assert (paragraph.mark and paragraph.mark.family, heading.mark) == (mark and mark.family, paragraph.mark)
    assert mark is None or (paragraph.mark and paragraph.mark.path) == mark.path


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "附件\uff1a1.名单\n2.表",
            (AttachmentName(3, Ordinal("arabic", (1,), 2)), AttachmentName(0, Ordinal("arabic", (2,), 2))),
        ),
        ("附件2\uff1a名单", (AttachmentName(4, Ordinal("label", (2,))),)),
        ("附表一\uff1a", (AttachmentName(4, Ordinal("label", (1,))),)),
        ("附\uff1a名单", (AttachmentName(2),)),
        ("名单", (AttachmentName(),)),
    ],
)
def test_labels_and_numbers_of_attachments(text: str, names: tuple[AttachmentName, ...]) -> None:
    (block,) = found((line(text, "attachment"),))
    assert isinstance(block, Paragraph)
    assert block.names == names


def test_numbers_of_captions_and_the_style_of_lists() -> None:
    table, figure, caption, items = found(
        (
            Table((), (Text("表1-2 机构"),)),
            Figure(None, caption=(Text("图3 地形"),)),
            line("附表2 名单", "caption"),
            List((ListItem((line("甲"),), "1."), ListItem((line("乙"),), "2.")), True),
        )
    )
    assert isinstance(table, Table)
    assert isinstance(figure, Figure)
    assert isinstance(caption, Paragraph)
    assert isinstance(items, List)
    assert (table.number, figure.number) == (Ordinal("table", (1, 2), 5), Ordinal("figure", (3,), 3))
    assert caption.mark == Ordinal("table", (2,), 4)
    assert (items.style, [item.mark and item.mark.path for item in items.items]) == ("arabic", [(1,), (2,)])


def test_closing_groups_are_counted_and_what_is_not_printed_parts_none() -> None:
    roles: list[Role] = ["signature", "signature", "date", "body", "signature", "date", "signature"]
    blocks: list[Any] = [line("某", role) for role in roles]
    blocks.insert(1, Removed(" ", "white space"))
    groups = [block.closing for block in found(tuple(blocks)) if isinstance(block, Paragraph)]
    assert groups == [1, 1, 1, 0, 2, 2, 3]


def test_where_a_closing_group_stands() -> None:
    def placed(*texts: str) -> dict[int, Closing]:
        roles: list[Role] = ["signature"] * (len(texts) - 1)
        whole = found(tuple(line(text, role) for text, role in zip(texts, [*roles, "date"], strict=True)))
        return closings(whole, 28, LOOK.elements.signature, lambda one: len(one.children[0].text))  # type: ignore[union-attr]

    assert placed("十个字的机关名称在此", "五个字机关", "八个字的日期在此") == {1: Closing(16, 18)}
    assert placed("三个字", "八个字的日期在此") == {1: Closing(16, 18)}
    assert placed("一" * 40, "日期") == {}  # a line that does not fit stands where its element says
    assert has_long_date(found((line("三个字", "signature"), line("五个字日期", "date"))), lambda one: 3.0) is False


def test_every_edition_sets_joint_signatories_and_their_date_alike() -> None:
    names = ["某省发展和改革委员会", "某省财政厅"]
    whole = document(*(line(name, "signature") for name in names), line("2021年12月31日", "date"))
    made: dict[str, bytes] = {}
    for name in ("docx", "epub"):
        stream = io.BytesIO()
        writers.write(name, whole, LOOK, stream)
        made[name] = stream.getvalue()
    with zipfile.ZipFile(io.BytesIO(made["docx"])) as archive:
        body = archive.read("word/document.xml").decode()
    lefts = [int(found) for found in re.findall(r'w:ind w:left="(\d+)"', body)]
    assert lefts[0] == lefts[1]
    assert abs(lefts[2] - lefts[0] - 2 * 315) <= 12  # two characters of 15.75 points
    with zipfile.ZipFile(io.BytesIO(made["epub"])) as archive:
        pages = "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))
    (group,) = re.findall(r'<div class="closing">(.*?)</div>', pages, re.S)
    assert re.findall(r'class="(\w+)"', group) == ["signature", "signature", "date"]
    from convert.writers.pdf.layout import Layout
    from convert.writers.pdf.rows import TextItem
    from convert.writers.pdf.shape import Shaper

    rows = Layout(whole, LOOK, Shaper(LOOK, "zh-Hans")).rows()
    items = [row.items[0] for row in rows]
    xs = [item.x for item in items if isinstance(item, TextItem)]
    assert xs[0] == xs[1]
    assert xs[2] - xs[0] == pytest.approx(2 * LOOK.elements.signature.size)
    assert [row.above > 0 for row in rows] == [True, False, False]


def test_map_reaches_every_block_and_inline_and_keeps_what_does_not_change() -> None:
    whole = document(
        List((ListItem((line("甲"),), "1."),)), line("乙"), Table((), (Text("丙"),)), Removed("丁", "navigation")
    )
    assert map_blocks(whole.blocks, lambda block: block) == whole.blocks
    assert map_blocks(whole.blocks, lambda block: block)[0] is whole.blocks[0]
    kept = map_blocks(whole.blocks, lambda block: None if isinstance(block, Removed) else block)
    assert [type(block) for block in walk(kept)] == [List, Paragraph, Paragraph, Table]
    assert map_inlines((Text("甲"), Text("乙")), lambda node: None if node == Text("甲") else node) == (Text("乙"),)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("石桥养护办法", True), ("石桥养护的办法和养护以后的检查\u3002", False), ("养护下列石桥\uff1a", False),
        ("养护石桥\uff1b", False), ("养护石桥\uff0c", False), ("一\u3001养护石桥", False), ("", False),
        ("养护石桥" * 12, False),
    ],
)  # fmt: skip
def test_what_stands_below_the_label_of_an_attachment_is_its_title(line: str, title: bool) -> None:
    blocks = tuple(Paragraph((Text(text),)) for text in ("请遵照执行\u3002", "以后再作修改\u3002", "附件1", line))
    after, _ = papered(blocks, Metadata())
    elements = [block.element for block in after if isinstance(block, Paragraph)]
    assert elements == [None, None, "annex_label", "annex_title" if title else None]
