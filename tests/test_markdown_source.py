"""Markdown as a source: its marks are structure, its front matter is metadata, and Chinese writing is met."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conftest import Wenban
from exam import exam_document
from hypothesis import given
from hypothesis import strategies as st

from convert import readers, source, writers
from convert import style as styles
from convert.clean import clean
from convert.errors import ConvertError
from convert.model import (
    Code,
    Document,
    Emphasis,
    Figure,
    Link,
    List,
    Preformatted,
    Table,
    inlines_of,
    ledger,
    plain,
    replay,
    walk,
)
from convert.verify import text_of


def read(text: str, folder: Path | None = None) -> Document:
    """The document in a Markdown text, its lines all accounted for."""
    raw = readers.read(source.from_bytes(text.encode(), "page.md", folder=folder))
    document = clean(raw)
    assert replay(document.source, ledger(document), document.repairs) == replay(raw.source, ledger(raw), ())
    return document


def lines(document: Document) -> list[tuple[str, str]]:
    """Kind, with the level of a heading, and text of each entry."""
    return [(f"{one.kind}{one.level or ''}", one.text) for one in ledger(document)]


def test_marks_are_structure() -> None:
    document = read(
        "# 关于开展检查的通知\n\n各镇人民政府\uff1a\n\n现将有关事项通知如下\u3002\n\n## 总体要求\n\n"
        "1. 第一项工作要做好\u3002\n2. 第二项工作\n   - 甲\n\n> 引用的话\u3002\n\n|名称|数量|\n|---|--:|\n|苹果|3|\n\n"
        "### 具体安排\n\n段落[^1]\u3002\n\n"
        "```python\nprint(1)\n```\n\n洪山镇人民政府\n\n2021年3月4日\n\n[^1]: 注文\u3002\n"
    )
    assert lines(document) == [
        ("title", "关于开展检查的通知"),
        ("salutation", "各镇人民政府\uff1a"),
        ("paragraph", "现将有关事项通知如下\u3002"),
        ("heading1", "总体要求"),
        ("list_item", "第一项工作要做好\u3002"),
        ("list_item", "第二项工作"),
        ("list_item", "甲"),
        ("quote", "引用的话\u3002"),
        ("table", "名称\n数量\n苹果\n3"),
        ("heading2", "具体安排"),
        ("paragraph", "段落1\u3002"),
        ("paragraph", "print(1)"),
        ("signature", "洪山镇人民政府"),
        ("date", "2021年3月4日"),
        ("note", "注文\u3002"),
    ]  # fmt: skip
    (made,) = [block for block in document.blocks if isinstance(block, List)]
    assert [item.marker for item in made.items] == ["1.", "2."]
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.rows[0].cells[0].header
    assert table.rows[1].cells[1].align == "right"


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("date", "published", "2021-03-05"), ("lang", "language", "zh-Hant"), ("number", "document_number", "甲发1号"),
        ("issuer", "issuing_body", "甲县人民政府"), ("link", "url", "https://example.org/a"), ("标题", "title", "石桥"),
        ("副标题", "subtitle", "桥的历史"), ("author", "author", "王伟"),
    ],
)  # fmt: skip
def test_a_key_of_front_matter_may_be_a_shorter_or_a_chinese_word(key: str, field: str, value: str) -> None:
    document = read(f"---\n{key}: {value}\n---\n\n今年以来修了石桥\u3002\n")
    assert getattr(document.metadata, field) == value


def test_front_matter_is_metadata_and_its_title_the_headings() -> None:
    document = read(
        '---\ntitle: "检查通知"\nauthor:\n  - 张三\n  - 李四\ndate: 2021-03-04\n'
        "abstract: |\n  头一行\n  第二行\n---\n\n"
        "# 检查通知\n\n# 另一部分\n\n正文在这里\u3002\n"
    )
    assert document.metadata.title == "检查通知"
    assert document.metadata.author == "张三\u3001李四"
    assert document.metadata.published == "2021-03-04"
    assert ("abstract", "头一行 第二行") in document.metadata.extra
    assert [kind for kind, _ in lines(document)] == ["meta", "title", "heading1", "paragraph"]


@pytest.mark.parametrize("text", ["---\n\n正文\u3002\n\n---\n", "---\n不是元数据\n---\n\n正文\u3002\n"])
def test_what_stands_between_rules_is_text(text: str) -> None:
    assert ("paragraph", "正文\u3002") in lines(read(text))


@pytest.mark.parametrize(
    ("text", "strong"),
    [
        ("这是**重要\uff08内容\uff09\u3002**然后继续\u3002", ["重要\uff08内容\uff09\u3002"]),
        ("**注意\uff1a**请按时完成\u3002", ["注意\uff1a"]),
        ("他说\uff1a**\u201c好\u201d**就走了\u3002", ["\u201c好\u201d"]),
        ("面积为 2 * 3 * 4 的地\u3002", []),
        ("a**b**c\u3002", ["b"]),
    ],
)
def test_emphasis_stands_beside_chinese_marks(text: str, strong: list[str]) -> None:
    found = [one for one in inlines_of(read(text).blocks) if isinstance(one, Emphasis)]
    assert [plain(one.children) for one in found] == strong


def test_a_line_that_ends_between_han_leaves_no_space() -> None:
    assert lines(read("这一段话写成\n两行\uff0c由 Word\nOffice 打开\u3002")) == [
        ("paragraph", "这一段话写成两行\uff0c由 Word Office 打开\u3002")
    ]


def test_html_links_pictures_and_code(tmp_path: Path) -> None:
    from word_packages import PNG

    (tmp_path / "a.png").write_bytes(PNG)
    document = read(
        '<p align="center"><img src="a.png" alt="办公楼"></p>\n\n'
        "见[附表](https://a.cn/b)\uff0c用 `make` 做\u3002\n\n![丢失](b.png)\n\n"
        "    四格缩进\n\n<!-- 注释 -->\n",
        tmp_path,
    )
    assert [block.media for block in document.blocks if isinstance(block, Figure)] == ["image1.png", None]
    inside = list(inlines_of(document.blocks))
    assert [one.target for one in inside if isinstance(one, Link)] == ["https://a.cn/b"]
    assert [one.text for one in inside if isinstance(one, Code)] == ["make"]
    assert [block.text for block in document.blocks if isinstance(block, Preformatted)] == ["四格缩进"]
    assert [notice.code for notice in document.notices if notice.code == "missing-picture"] == ["missing-picture"]


MARKS = st.sampled_from(
    [
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "**",
        "*",
        "_",
        "`",
        "~~",
        "[^1]",
        "[^1]: ",
        "|",
        "---",
        "\n",
        "\n\n",
        "    ",
        "<b>",
        "<div>",
        "</div>",
        "![a](b.png)",
        "[a](b)",
        "\\",
        "工作报告",
        "各位代表\uff1a",
        "内容,好\u3002",
        "a b",
        "&amp;",
        "+++",
    ]
)


@given(st.lists(MARKS, min_size=1, max_size=30))
def test_any_markdown_replays(parts: list[str]) -> None:
    try:
        read("".join(parts))
    except ConvertError:
        return


def test_what_this_program_writes_it_reads() -> None:
    """An edition is a source, of which no character of Chinese is lost."""
    stream = io.BytesIO()
    exam = exam_document()
    writers.write("md", exam, styles.load("gongwen"), stream)
    document = read(stream.getvalue().decode())
    assert document.metadata.title == exam.metadata.title
    found = {char for one in ledger(document) for char in one.text + one.trail}
    assert {char for char in text_of("md", stream.getvalue()) if "\u4e00" <= char <= "\u9fff"} <= found
    assert sum(isinstance(block, Table) for block in walk(document.blocks)) == sum(
        isinstance(block, Table) for block in walk(exam.blocks)
    )


def test_from_the_command_line_by_name_only(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "README.md").write_text("# 题目\n\n正文\u3002\n", "utf-8")
    assert wenban("convert", "in", "-o", "out", "-t", "txt").returncode == 3
    assert wenban("convert", "in/*.md", "-o", "-", "-t", "txt").stdout.split()[:2] == ["题目", "正文\u3002"]
