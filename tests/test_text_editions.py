"""Markdown and plain text: read back whole, whatever the text; what Markdown's readers make of it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
import yaml
from conftest import Wenban
from exam import TITLE, exam_document
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from part import examples
from strategies import documents

from convert import style, verify, writers
from convert.clean.found import found
from convert.model import (
    Block,
    Cell,
    Document,
    Emphasis,
    Figure,
    Formula,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Row,
    Ruby,
    Rule,
    RunIn,
    SourceInfo,
    Table,
    Text,
)

LOOK = style.load("gongwen")
FORMATS = ("md", "txt")
UNKNOWN = Metadata()


def made(name: str, document: Document) -> str:
    """An edition, which reads back whole."""
    stream = io.BytesIO()
    writers.write(name, document, LOOK, stream)
    assert verify.check(name, stream.getvalue(), writers.compose(document, LOOK)) == []
    assert verify.faults(name, stream.getvalue()) == []
    return stream.getvalue().decode()


def document(*blocks: Block, notes: tuple[Note, ...] = (), known: Metadata = UNKNOWN) -> Document:
    source = SourceInfo("page.txt", "0" * 64, "text/plain", "utf-8", 1)
    return Document(source, known, blocks=found(blocks), notes=notes)


def body(*blocks: Block, notes: tuple[Note, ...] = ()) -> str:
    """The Markdown of blocks, behind the metadata."""
    return made("md", document(*blocks, notes=notes)).partition("\n---\n\n")[2].rstrip("\n")


def text(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))


def listed(*marks: str) -> List:
    return List(tuple(ListItem((text("项"),), mark) for mark in marks))


@settings(max_examples=examples(6), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_any_document_reads_back_whole(made_of: Document) -> None:
    for name in FORMATS:
        made(name, made_of)


@pytest.mark.parametrize(
    "line",
    [
        "# a", "#", "- a", "+ a", "* a", "1. a", "12) a", "> a", "---", "===", "***", "a | b", "|-|", ":-:", "```",
        "~~~", "[a]: b", "[a](b)", "![a](b)", "[^1]: a", "<b>a</b>", "<!-- a -->", "&amp; &#65;", "a\\", "\\*",
        "*a*", "__a__", "a_b_c", "`a`", "    a", "https://example.org", "<https://example.org>", "a #", "\u3000",
        "- [ ] a", "$a$", "~a~", "a!", "\ta", "!",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", FORMATS)
def test_text_is_never_syntax(name: str, line: str) -> None:
    """Each where a block, a line, an item, a cell, a heading and a note begins, and beside what is syntax."""
    broken = Paragraph((Text("甲"), writers.Break(), Text(line), writers.Break(), Text(line)))
    link = Paragraph((Text(line), Link("https://example.org/", (Text(line),)), Text(line)))
    strong = Paragraph((Text("甲"), Emphasis((Text(line),), "strong"), Text(line), NoteRef("n", line)))
    inner = (text(line), broken, link, strong, Heading(1, (Text(line),)), Preformatted(line))
    table = Table((Row((Cell((text(line),)), Cell((broken,))), header=True), Row((Cell((link,)), Cell((strong,))))))
    blocks = (*inner, Quote(inner), List((ListItem(inner, "1."), ListItem(inner, "2."))), table)
    made(name, document(*blocks, notes=(Note("n", line, inner),)))


@pytest.mark.parametrize(
    ("inlines", "drawn"),
    [
        ((RunIn(1, (Text("\uff08一\uff09加强\u3002"),)), Text("要建台账")), "**\uff08一\uff09加强**\u3002要建台账"),
        ((Text("称"), Emphasis((Text("\u201c重点\u201d"),), "strong"), Text("为")), "称\u201c**重点**\u201d为"),
        ((Emphasis((Text("甲"),), "strong"), Emphasis((Text("乙"),))), "**甲**<em>乙</em>"),
        ((Emphasis((Text("甲"), Emphasis((Text("乙"),)), Text("丙")), "strong"),), "**甲<em>乙</em>丙**"),
        ((Text("m"), Emphasis((Text("2"),), "sup")), "m<sup>2</sup>"),
        ((Ruby("山", "shān"), Formula("x^2", "<math/>")),
         '<ruby>山<rt>shān</rt></ruby><span class="formula">x\\^2</span>'),
        ((Link("https://example.org/a(b)", (Text("见"),)),), "[见](<https://example.org/a(b)>)"),
        ((Link("https://example.org/", (Text("https://example.org/"),)),), "<https://example.org/>"),
        ((Link("#part", (Text("见上"),)),), "见上"),
    ],
)  # fmt: skip
def test_inlines(inlines: tuple[Inline, ...], drawn: str) -> None:
    assert body(Paragraph(inlines)) == drawn


def test_emphasis_holds_beside_chinese_marks() -> None:
    """CommonMark itself (6.2) finds it, not only the reader of ours."""
    blocks = [
        Paragraph((Text("甲"), Emphasis((Text(inside),), kind), Text("乙")))
        for inside in ("\u201c重点\u201d", "重点\u3002", "\uff08一\uff09重点\uff1a", "重 点")
        for kind in ("strong", "emphasis")
    ]
    page = MarkdownIt("commonmark").render(body(*blocks))  # type: ignore[arg-type]
    assert (page.count("<strong>"), page.count("<em>"), page.count("*")) == (4, 4, 0)


@pytest.mark.parametrize(
    ("blocks", "drawn"),
    [
        ([listed("1.", "2.")], "1. 项\n2. 项"),
        ([listed("4)", "5)"), listed("1.")], "4) 项\n5) 项\n\n<!-- -->\n\n1. 项"),
        ([listed("\u2022", "\u2022")], "- 项\n- 项"),
        ([listed("\u2022"), listed("\u2022")], "- 项\n\n<!-- \u2022 -->\n\n- 项"),
        ([listed("\u25cf")], "<!-- \u25cf -->\n\n- 项"),
        ([listed("1.", "3.")], "1.项\n\n3.项"),
        ([listed("一\u3001", "二\u3001")], "一\u3001项\n\n二\u3001项"),
        ([Heading(2, (Text("一"),)), Heading(9, (Text("二"),)), Rule()], "### 一\n\n###### 二\n\n***"),
        ([Quote((text("甲"), text("乙")))], "> 甲\n>\n> 乙"),
        ([Preformatted("```", "c++")], "````c++\n```\n````"),
        ([Figure(None, "地图", (Text("图一"),))], "![地图]()\n\n图一"),
        ([Table((Row((Cell((text("甲"),)), Cell(())), header=True), Row((Cell((text("a|b"),)), Cell((text("乙"),))))))],
         "| 甲 |  |\n| --- | --- |\n| a\\|b | 乙 |"),
        ([Table((Row((Cell((text("甲"),), colspan=2),)),))],
         '<table>\n\n<tr>\n\n<td colspan="2">\n\n甲\n\n</td>\n\n</tr>\n\n</table>'),
    ],
)  # fmt: skip
def test_blocks(blocks: list[Block], drawn: str) -> None:
    assert body(*blocks) == drawn


def test_notes() -> None:
    """Two of one mark have two names; a note inside a note is its mark."""
    notes = (Note("a", "1", (text("注"), text("又"))), Note("b", "1", (text("余", NoteRef("a", "1")),)))
    drawn = body(text("甲", NoteRef("a", "1"), "(乙)", NoteRef("b", "1")), notes=notes)
    assert drawn == "甲[^1]\\(乙)[^1+2]\n\n[^1]: 注\n\n    又\n\n[^1+2]: 余1"
    plain = made("txt", document(text("甲", NoteRef("a", "1"), "乙", NoteRef("b", "1")), notes=notes))
    assert plain == "\u3000\u3000甲\u2060[1]\u2060乙\u2060[1]\u2060\n\f1\t注\n\t\u3000\u3000又\n1\t余\u2060[1]\u2060\n"


def test_metadata_is_yaml_whatever_it_holds() -> None:
    known = Metadata(title='a: "b"\\ #c\u2028\x07', author="- [x]", published="2021-12-31", source="\U0001f600")
    head = made("md", document(text("甲"), known=known)).split("---\n")[1]
    said = yaml.safe_load(head)
    assert (said["author"], said["date"], said["source"]) == ("- [x]", "2021-12-31", "\U0001f600")
    assert said["title"] == 'a: "b"\\ #c \ufffd'


@pytest.mark.parametrize("out", [".", "./page.txt"])
def test_no_edition_takes_the_place_of_its_source(out: str, wenban: Wenban, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("关于开展检查的通知\n各村要在年底前完成检查\n")
    before = page.read_bytes()
    done = wenban("convert", "page.txt", "-t", "txt", "-o", out)
    assert (done.returncode, page.read_bytes()) == (7, before)
    assert "would take the place of its source" in done.stderr


def test_the_exam() -> None:
    drawn = made("md", exam_document())
    assert f"\n# {TITLE}\n" in drawn
    assert "[picture-001.png]: data:image/png;base64," in drawn
    plain = made("txt", exam_document())
    assert "\n序号  村名      项目" in plain
    assert json.dumps(plain)  # no half of a character
