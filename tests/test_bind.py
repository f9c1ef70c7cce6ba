"""`wenban bind`: many pages, one book, in which each document is a chapter and nothing of it is lost."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from conftest import Wenban
from docx import Document as WordDocument

from convert.clean.signed import signing_date
from convert.errors import Failure
from convert.model import (
    Document,
    Figure,
    Heading,
    Media,
    Metadata,
    Note,
    NoteRef,
    Paragraph,
    Picture,
    RunIn,
    SourceInfo,
    Span,
    Text,
    inlines_of,
    outline,
)
from convert.run import binding, reading
from convert.run.batch import naming
from convert.run.binding import Bindable, bound, by_date, look_of

PAGES = {
    "2.html": (
        "<title>第二号通知</title><h1>第二号通知</h1><p>发布时间\uff1a2021-03-02 来源\uff1a县政府</p>"
        "<p>各单位要认真学习\uff0c见<a href='http://example.cn/10.html#top'>另一通知</a>\u3002</p>"
        "<h2>一\u3001目标</h2><p>按时完成各项任务\uff0c不得拖延推诿\u3002</p><h2>二\u3001要求</h2><p>加强领导\uff0c落实责任\u3002</p>"
    ),
    "10.html": (
        "<title>第十号通知</title><link rel=canonical href='http://example.cn/10.html'><h1>第十号通知</h1>"
        "<p>发布时间\uff1a2020-01-05 来源\uff1a市政府</p><p>请于月底前完成检查\uff0c并将结果报送办公室\u3002</p>"
    ),
    "附录/说明.txt": "关于编写的说明\n\n本书收录两篇通知\uff0c按日期排列\u3002\n",
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    for name, text in PAGES.items():
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "pages"


def leaves(pages: Path) -> list[Bindable]:
    found = [one for one in binding.found([str(pages)]) if not isinstance(one, Failure)]
    return [one for _, one in binding.read(found, None, "", 1) if isinstance(one, Bindable)]


def test_a_book_in_three_formats_from_the_command_line(wenban: Wenban, pages: Path, tmp_path: Path) -> None:
    (pages / "3.txt").write_bytes(b"")
    names = ("out/汇编.epub", "汇编.pdf", "汇编.docx")
    done = wenban("bind", "pages", "--author", "县志办", "--parts", *(word for name in names for word in ("-o", name)))
    assert done.returncode == 1  # the book is made, and the page that is not in it is said
    assert "3.txt: " in done.stderr
    assert [line.split(" (")[0] for line in done.stdout.splitlines()] == list(names)
    assert done.stdout.count("): 3 documents") == 3
    heads = [
        (0, "pages"), (1, "第二号通知"), (2, "一\u3001目标"), (2, "二\u3001要求"), (1, "第十号通知"), (0, "附录"),
        (1, "关于编写的说明"),
    ]  # fmt: skip
    with zipfile.ZipFile(tmp_path / names[0]) as book:
        nav = book.read("EPUB/nav.xhtml").decode()
        told = book.read("EPUB/package.opf").decode() if "EPUB/package.opf" in book.namelist() else ""
        told = told or book.read("EPUB/content.opf").decode()
    assert re.findall(r'<a href="[^"]*">([^<]*)</a>', nav.split("</nav>")[0]) == [text for _, text in heads]
    assert ">汇编<" in told
    assert ">县志办<" in told
    pdf = pypdfium2.PdfDocument(tmp_path / names[1])
    assert [(mark.level, mark.get_title()) for mark in pdf.get_toc()] == heads
    first = pdf[0].get_textpage().get_text_range()
    named = ("汇编", "县志办", "目录", "第二号通知", "附录", "关于编写的说明")
    assert [part for part in named if part not in first] == []
    assert "一\u3001目标" not in first  # the contents names the documents
    word = WordDocument(str(tmp_path / names[2]))
    styled = [(int(one.style.name[-1]) - 1, one.text) for one in word.paragraphs if one.style.name.startswith("Head")]
    assert styled == heads
    assert [one.text for one in word.paragraphs if one.style.name == "Title"] == ["汇编"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["pages", "-o", "book.doc"], 2, "book.doc: its ending is that of no format"),
        (["pages", "-o", "book.azw3"], 2, "ebook-convert page.epub page.azw3"),
        (["none", "-o", "book.txt"], 3, "none"),
        (["-o", "book.txt"], 2, "SOURCE..."),
    ],
)
def test_what_cannot_be_bound(wenban: Wenban, tmp_path: Path, arguments: list[str], code: int, said: str) -> None:
    done = wenban("bind", *arguments)
    assert (done.returncode, said in done.stderr) == (code, True)
    assert list(tmp_path.iterdir()) == []


def test_chapters_are_by_file_with_numbers_by_their_value_or_by_date(
    pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pages)
    found = leaves(pages)
    assert [leaf.document.source.name for leaf in found] == ["2.html", "10.html", "说明.txt"]
    assert [leaf.part for leaf in found] == ["pages", "pages", "附录"]
    here = binding.found(["2.html", "附录/说明.txt"])
    assert [one[1] for one in here if isinstance(one, tuple)] == ["pages", "附录"]
    assert [leaf.document.metadata.published for leaf in by_date(found)] == ["2020-01-05", "2021-03-02", None]


def test_by_date_each_part_stays_one() -> None:
    dated = [msgspec.structs.replace(made(1), metadata=Metadata(published=day)) for day in ("2021", "2020", "2019")]
    given = [Bindable(one, part) for one, part in zip(dated, ("b", "a", "b"), strict=True)]
    found = [(leaf.part, leaf.document.metadata.published) for leaf in by_date(given, parts=True)]
    assert found == [("b", "2019"), ("b", "2021"), ("a", "2020")]


def test_a_paper_dated_under_its_signature_alone_stands_at_that_day(
    tmp_path: Path, wenban: Wenban, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an attachment is signed with says nothing of the paper, and the metadata stays as it is."""
    text = "关于开展{}的通知\n\n各镇人民政府\uff1a\n\n现将有关事项通知如下\u3002\n\n洪山镇人民政府\n\n{}\n"
    pages = {"a.txt": ("检查", "2021年3月4日"), "b.txt": ("评比", "二〇二〇年五月六日"), "c.txt": ("培训", "")}
    for name, said in pages.items():
        (tmp_path / name).write_text(text.format(*said), "utf-8")
    annex = "\n附件\n\n培训办法\n\n一\u3001按时参加培训\u3002\n\n红山镇人民政府\n\n2019年1月2日\n"
    (tmp_path / "c.txt").write_text(text.format("培训", "") + annex, "utf-8")
    found = [Bindable(reading.read(str(tmp_path / name)), "") for name in pages]
    assert [leaf.document.metadata.published for leaf in found] == [None] * 3
    assert [signing_date(leaf.document) for leaf in found] == ["2021-03-04", "2020-05-06", None]
    assert [leaf.document.source.name for leaf in by_date(found)] == ["b.txt", "a.txt", "c.txt"]
    names = [naming.name_of(leaf.document, "date") for leaf in found]
    assert names == ["2021-03-04 关于开展检查的通知", "2020-05-06 关于开展评比的通知", "关于开展培训的通知"]
    said_otherwise = naming.name_of(found[0].document, "date", [("published", "2022-07-08")])
    assert said_otherwise == "2022-07-08 关于开展检查的通知"
    monkeypatch.chdir(tmp_path)
    assert wenban("convert", "a.txt", "-t", "txt", "--name-by", "date", "-q").returncode == 0
    assert (tmp_path / "dist" / "2021-03-04 关于开展检查的通知.txt").is_file()


def test_without_parts_each_title_is_of_the_first_level_and_each_chapter_has_its_note(pages: Path) -> None:
    look = look_of("book", "zh-Hans", parts=False)
    assert (look.contents.show, look.contents.depth, look.elements.heading2.page_break) == (True, 1, False)
    book = bound(leaves(pages), Metadata(title="汇编", language="zh-Hans"), look, parts=False)
    assert [(one.level, one.text) for one in outline(book)] == [
        (1, "第二号通知"), (2, "一\u3001目标"), (2, "二\u3001要求"), (1, "第十号通知"), (1, "关于编写的说明"),
    ]  # fmt: skip
    ids = [one.id for one in outline(book)]
    assert len(set(ids)) == len(ids)
    links = [node for node in inlines_of(book.blocks) if getattr(node, "target", "").startswith("#")]
    assert [node.target for node in links] == [f"#{ids[3]}"]  # another page of the book is a place in it
    notes = [one for one in book.blocks if isinstance(one, Paragraph) and one.role == "source_note"]
    assert "来源\uff1a县政府" in [node.text for note in notes for node in note.children if isinstance(node, Text)]
    data, _ = binding.write("txt", book, look)
    assert data.decode().count("来源\uff1a") == 2
    parted = look_of("book", "zh-Hans", parts=True)
    assert (parted.contents.depth, parted.elements.heading2.page_break) == (2, True)


def made(number: int, language: str = "zh-Hans") -> Document:
    """A document with a note, pictures and closing lines, whose ids are those of every other."""
    lead = RunIn(2, (Text("加强管理\u3002"),), "r1")
    lines = (lead, Text("要"), NoteRef("n1", "1"), Picture("image1.png"))
    return Document(
        SourceInfo(f"{number}.html", str(number) * 64, "text/html", "utf-8", 9),
        Metadata(title=f"题目{number}", language=language),
        (
            Paragraph((Text(f"题目{number}"),), role="title"),
            Heading(9, (Text("深"),), "h1"),
            Paragraph(lines),
            Figure("image1.png", "图"),
            Paragraph((Text("某局"),), role="signature", closing=1),
        ),
        (Note("n1", "1", (Paragraph((Text(f"注{number}"),)),)),),
        {"image1.png": Media(bytes([number]) if number < 3 else b"\1", "image/png", 1, 1)},
    )


def test_what_has_a_name_in_a_document_has_one_of_its_own_in_the_book() -> None:
    look = look_of("book", "zh-Hans", parts=False)
    given = [Bindable(made(1), ""), Bindable(made(2, "ja"), ""), Bindable(made(3), "")]
    book = bound(given, Metadata(language="zh-Hans"), look, parts=False)
    assert [note.id for note in book.notes] == ["d1-n1", "d2-n1", "d3-n1"]
    nodes = list(inlines_of(book.blocks))
    assert [node.id for node in nodes if isinstance(node, NoteRef)] == ["d1-n1", "d2-n1", "d3-n1"]
    assert [(node.id, node.level) for node in nodes if isinstance(node, RunIn)] == [
        ("d1-r1", 3), ("d2-r1", 3), ("d3-r1", 3),
    ]  # fmt: skip
    # The same picture is carried once.
    assert [node.media for node in nodes if isinstance(node, Picture)] == ["image1.png", "image2.png", "image1.png"]
    figures = [block.media for block in book.blocks if isinstance(block, Figure)]
    assert figures == ["image1.png", "image2.png", "image1.png"]
    assert sorted(book.media) == ["image1.png", "image2.png"]
    assert [block.closing for block in book.blocks if isinstance(block, Paragraph) and block.closing] == [1, 2, 3]
    assert {block.level for block in book.blocks if isinstance(block, Heading)} == {1, 9}
    # What is in another language says so, for its characters have forms of their own.
    assert {node.language for node in nodes if isinstance(node, Span)} == {"ja"}
    assert binding.language_of(given) == "zh-Hans"


def test_the_same_pages_give_the_same_book(pages: Path) -> None:
    look = look_of("book", "zh-Hans", parts=False)
    once, again = (
        binding.write("epub", bound(leaves(pages), Metadata(title="汇编"), look, parts=False), look)[0] for _ in "12"
    )
    assert once == again
    assert "EPUB/chapter-003.xhtml" in zipfile.ZipFile(io.BytesIO(once)).namelist()
