"""The EPUB edition by itself: archive, metadata, contents, chapters, notes, tables, pictures, hostile text."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
from typing import Any

import msgspec
import pytest
from conftest import ROOT, SAMPLE, environment
from epub_book import DC, NCX, OPF, OPS, Book, X, changed, looks, make, read, real_sources
from exam import TITLE, exam_document
from hypothesis import HealthCheck, given, settings
from lxml import etree
from part import examples
from PIL import Image
from strategies import documents, noise

from convert import style, verify, writers
from convert.clean.found import found
from convert.errors import FidelityError
from convert.model import (
    Block,
    Cell,
    Document,
    Figure,
    Heading,
    Link,
    Media,
    Note,
    NoteRef,
    Paragraph,
    Row,
    SourceInfo,
    Span,
    Table,
    Text,
    block_text,
    outline,
)
from convert.writers import epub
from convert.writers.epub.package import identifier

LOOK = style.load("gongwen")
REPORT = style.load("report")


def document(*blocks: Block, **parts: Any) -> Document:
    return Document(SourceInfo("page.txt", "ab" * 32, "text/plain", "utf-8", 0), blocks=found(blocks), **parts)


def body(text: str) -> Paragraph:
    return Paragraph((Text(text),))


@pytest.fixture(scope="module")
def exam() -> Book:
    return make(exam_document(), LOOK)


# --- Archive and package ----------------------------------------------------------------------------------------


def test_the_mimetype_comes_first_and_is_stored(exam: Book) -> None:
    first = exam.infos[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    assert exam.files["mimetype"] == b"application/epub+zip"


def test_nothing_in_the_archive_has_a_time_or_a_machine(exam: Book) -> None:
    assert {info.date_time for info in exam.infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {(info.create_system, info.external_attr) for info in exam.infos} == {(3, 0o644 << 16)}


def test_the_same_bytes_in_another_process_another_hour_another_zone() -> None:
    script = (
        "import hashlib, io; from exam import exam_document; from convert import style, writers\n"
        "out = io.BytesIO(); writers.write('epub', exam_document(), style.load('gongwen'), out)\n"
        "print(hashlib.sha256(out.getvalue()).hexdigest())"
    )
    sums = {hashlib.sha256(make(exam_document(), LOOK).data).hexdigest()}
    for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/Lima")):
        paths = f"{ROOT}:{ROOT / 'tests'}"
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=environment(PYTHONHASHSEED=seed, TZ=zone, PYTHONPATH=paths),
            capture_output=True,
            text=True,
            check=True,
        )
        sums.add(done.stdout.strip())
    assert len(sums) == 1


def test_the_identifier_is_the_contents_own() -> None:
    first = exam_document()
    later = msgspec.structs.replace(first, metadata=msgspec.structs.replace(first.metadata, modified=None))
    other = msgspec.structs.replace(first, source=msgspec.structs.replace(first.source, sha256="0" * 64))
    assert identifier(first) == identifier(later) != identifier(other)
    assert identifier(first).startswith("urn:uuid:")


def test_metadata(exam: Book) -> None:
    assert exam.dc("title") == [TITLE, "\u2014\u2014在洪山镇第十九届人民代表大会第一次会议上"]
    assert exam.dc("language") == ["zh-Hans"]
    assert exam.dc("creator") == ["王小明"]
    assert exam.dc("contributor") == ["镇党政办公室"]
    assert exam.dc("publisher") == ["洪山镇人民政府"]
    assert exam.dc("date") == ["2021-12-31"]
    assert exam.dc("source") == ["https://www.example.gov.cn/xxgk/2021/12/report.html?id=216&part=1"]
    assert exam.dc("identifier")[1:] == ["洪政发\u30142021\u301512号", "011336/2021-00042"]
    assert exam.properties("dcterms:modified") == ["2022-01-05T08:30:00Z"]
    assert exam.properties("file-as") == [TITLE]


def test_a_title_is_sorted_without_the_bracket_it_begins_with() -> None:
    named = document(
        body("文"), metadata=msgspec.structs.replace(exam_document().metadata, title="\u300a大明律\u300b序")
    )
    assert make(named, LOOK).properties("file-as") == ["大明律\u300b序"]


def test_what_is_not_known_is_absent_and_the_rest_still_a_book() -> None:
    book = make(document(body("正文")), LOOK)
    assert book.dc("title") == ["page"]
    assert book.properties("dcterms:modified") == ["1980-01-01T00:00:00Z"]
    assert not any(book.dc(name) for name in ("creator", "publisher", "date", "source", "rights"))
    assert [entry.text for entry in book.nav()] == ["page"]


def test_accessibility_metadata(exam: Book) -> None:
    assert exam.properties("schema:accessMode") == ["textual", "visual"]
    assert exam.properties("schema:accessModeSufficient") == ["textual"]
    assert exam.properties("schema:accessibilityHazard") == ["none"]
    features = exam.properties("schema:accessibilityFeature")
    assert {"alternativeText", "rubyAnnotations", "structuralNavigation", "tableOfContents"} <= set(features)
    assert "目录" in exam.properties("schema:accessibilitySummary")[0]


def test_a_picture_without_words_is_said_to_be_needed() -> None:
    figure = Figure("p", caption=(Text("图"),))
    book = make(document(figure, media=exam_media("p")), LOOK)
    assert book.properties("schema:accessModeSufficient") == ["textual,visual"]
    assert "alternativeText" not in book.properties("schema:accessibilityFeature")


def exam_media(name: str) -> dict[str, Media]:
    return {name: next(iter(exam_document().media.values()))}


def test_rights_and_collection_come_from_the_style() -> None:
    look = changed(LOOK, "epub", rights="公共领域", collection="镇志", collection_type="set", position="3")
    book = make(exam_document(), look)
    assert book.dc("rights") == ["公共领域"]
    assert book.properties("belongs-to-collection") == ["镇志"]
    assert book.properties("collection-type") == ["set"]
    assert book.properties("group-position") == ["3"]


def test_vertical_books_turn_from_right_to_left() -> None:
    book = make(exam_document(), changed(LOOK, "composition", vertical=True))
    assert book.package.find(f"{OPF}spine").get("page-progression-direction") == "rtl"
    assert b"writing-mode: vertical-rl" in book.files["EPUB/style.css"]
    digits = [
        span.text for page in book.chapters.values() for span in page.iter(f"{X}span") if span.get("class") == "tcy"
    ]
    assert "16" in digits
    assert not any(len(run) > 2 for run in digits)


# --- Contents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", real_sources(), ids=lambda path: path.stem)
@pytest.mark.parametrize("run_in", [False, True])
def test_nav_ncx_and_headings_are_the_documents_tree(source: object, run_in: bool) -> None:
    check_tree(read(source), run_in)  # type: ignore[arg-type]


@pytest.mark.parametrize("run_in", [False, True])
def test_the_exams_tree(run_in: bool) -> None:
    check_tree(exam_document(), run_in)


def check_tree(made_of: Document, run_in: bool) -> None:
    look = changed(LOOK, "outline", run_in=run_in)
    book = make(made_of, look)
    wanted = outline(made_of, run_in=run_in, depth=look.outline.depth)
    levels: list[int] = []
    tree = []
    for entry in wanted:
        levels = [level for level in levels if level < entry.level] + [entry.level]
        tree.append((len(levels), " ".join(entry.text.split())))
    if not tree:
        tree = [(1, book.dc("title")[0])]
    assert [(entry.depth, entry.text) for entry in book.nav()] == tree
    assert book.ncx() == book.nav()
    if not wanted:
        return
    for entry in book.nav():
        heading = book.target(entry.address)
        assert "".join("".join(heading.itertext()).split()) == "".join(entry.text.split())
        assert heading.tag[-2:] in ("h1", "h2", "h3", "h4", "h5", "h6") or heading.get("class").startswith("run-in")
    drawn = [
        element.get("id")
        for page in book.chapters.values()
        for element in page.iter()
        if str(element.get("class")).startswith(("heading", "run-in" if run_in else "heading"))
    ]
    assert drawn == [entry.address.partition("#")[2] for entry in book.nav()]


def test_landmarks_are_in_the_books_language(exam: Book) -> None:
    marks = [(entry.text, entry.address) for entry in exam.nav("landmarks")]
    assert marks == [("封面", "cover.xhtml"), ("正文", "chapter-000.xhtml")]


def test_a_contents_page_is_in_the_reading_order_where_the_style_has_one(exam: Book) -> None:
    assert exam.spine[:2] == ["cover.xhtml", "chapter-000.xhtml"]
    report = make(exam_document(), REPORT)
    assert report.spine[:2] == ["cover.xhtml", "nav.xhtml"]
    shown = [[item.get("linear", "yes") for item in book.package.iter(f"{OPF}itemref")] for book in (exam, report)]
    assert [one[:3] for one in shown] == [["no", "yes", "yes"], ["no", "yes", "yes"]]


def test_what_is_described_conforms_to_epub_accessibility() -> None:
    plain, bare = document(body("文")), document(Figure("p", ""), media={"p": Media(b"", "image/png", 1, 1)})
    said = [
        {str(meta.get("property")): meta.text for meta in make(one, LOOK).package.iter(f"{OPF}meta")}
        for one in (plain, bare)
    ]
    assert said[0]["dcterms:conformsTo"] == "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"
    assert said[0]["a11y:certifiedBy"] == "wenban"
    assert "dcterms:conformsTo" not in said[1]


def _line(link: dict[str, Any]) -> tuple[float, float, float, float]:
    """The line that a link of MuPDF's stands on, over the page's whole width."""
    return (0, link["from"].y0, 1000, link["from"].y1)


def _text_of(block: dict[str, Any]) -> str:
    """The text of a block of MuPDF's; `picture` for one."""
    lines = block.get("lines")
    return "picture" if lines is None else "".join(span["text"] for line in lines for span in line["spans"])


@pytest.mark.parametrize("name", ["gongwen", "vertical"])
def test_mupdf_shows_the_cover_and_each_block_in_its_place(name: str) -> None:
    """An engine of its own: it knows no block, and hides nothing, but where the style sheet says so."""
    import pymupdf

    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    media = {"p": Media(picture.getvalue(), "image/png", 60, 40)}
    title = Paragraph((Text("关于检查的通知"),), "title")
    figure = Figure("p", "图", (Text("红色的图"),))
    first = Paragraph((Text("第一段"), NoteRef("n1", "1"), Text("\u3002")))
    note = Note("n1", "1", (body("按当年价格计算\u3002"),))
    blocks = title, first, figure, body("第二段\u3002")
    look = changed(style.load(name), "epub", page_list=True)
    made = make(document(*blocks, notes=(note,), media=media), look)
    with pymupdf.open(stream=made.data, filetype="epub") as book:
        cover = book[0].get_pixmap(dpi=36)
        assert len(set(cover.samples)) > 8, "the cover is drawn"
        pages = list(book)[1:]
        kinds = [_text_of(block) for page in pages for block in page.get_text("dict")["blocks"]]
        (leads,) = (link for page in pages for link in page.get_links() if "第一段" in page.get_textbox(_line(link)))
        assert "按当年价格计算" in book[leads["page"]].get_text()
    order = [next(at for at, kind in enumerate(kinds) if part in kind)
             for part in ("关于检查的通知", "第一段", "picture", "红色的图", "第二段", "按当年价格计算")]  # fmt: skip
    assert order == sorted(order), kinds
    hidden = set(kinds) & {"封面", "正文", "1"}
    assert not hidden, "lists for reading programs are not shown"


def test_pages_are_listed_in_order_and_lead_somewhere() -> None:
    book = make(exam_document(), changed(LOOK, "epub", page_list=True))
    pages = book.nav("page-list")
    numbers = [int(page.text) for page in pages]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == 1
    assert 5 <= numbers[-1] <= 15  # the exam is nine pages of this style
    for page in pages:
        mark = book.target(page.address)
        assert (mark.get("role"), mark.get("title")) == ("doc-pagebreak", page.text)
    assert len(list(book.page("toc.ncx").iter(f"{NCX}pageTarget"))) == len(pages)
    assert "pageBreakMarkers" in book.properties("schema:accessibilityFeature")


# --- Chapters ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", looks().values(), ids=looks())
@pytest.mark.parametrize("source", real_sources(), ids=lambda path: path.stem)
def test_the_text_is_the_documents(source: object, look: style.Style) -> None:
    made_of = read(source)  # type: ignore[arg-type]
    assert verify.check("epub", make(made_of, look).data, writers.compose(made_of, look)) == []


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_the_text_of_any_document(made_of: Document) -> None:
    for look in (LOOK, changed(REPORT, "composition", vertical=True)):
        assert verify.check("epub", make(made_of, look).data, writers.compose(made_of, look)) == []


def test_each_chapter_begins_a_file(exam: Book) -> None:
    assert list(exam.chapters) == [f"chapter-{number:03}.xhtml" for number in range(4)]
    for page in list(exam.chapters.values())[1:]:
        section = page.find(f"{X}body/{X}main/{X}section")
        assert section.get(f"{OPS}type") == "chapter"
        assert section[0].tag == f"{X}h1"
        assert section.get("aria-labelledby") == section[0].get("id")


SECTIONS = (Heading(1, (Text("一"),), "h1"), body("文" * 1000), Heading(1, (Text("二"),), "h2"), body("文" * 1000))
ANNEX = (Paragraph((Text("附件"),), element="annex_label"), Paragraph((Text("表"),), "title"), body("文"))


def test_a_short_page_is_one_file_and_its_attachments_are_others() -> None:
    page = msgspec.structs.replace(document(*SECTIONS, *ANNEX).source, lines=9)
    short = make(msgspec.structs.replace(document(*SECTIONS, *ANNEX), source=page), LOOK)
    assert list(short.chapters) == ["chapter-000.xhtml", "chapter-001.xhtml"]
    assert [entry[1] for entry in short.nav()] == ["一", "二"]
    long = make(msgspec.structs.replace(document(*SECTIONS, body("文" * 1000)), source=page), LOOK)
    assert list(long.chapters) == ["chapter-001.xhtml", "chapter-002.xhtml"]
    assert list(make(document(*SECTIONS), LOOK).chapters) == ["chapter-001.xhtml", "chapter-002.xhtml"]  # of a book


def test_a_long_chapter_is_cut_but_never_behind_a_heading() -> None:
    blocks = [Heading(1, (Text("一\u3001很长"),), "h1")]
    for number in range(2, 400):
        blocks += [Heading(2, (Text(f"第{number}节"),), f"h{number}"), body("正文" * 400)]  # type: ignore[list-item]
    book = make(document(*blocks), LOOK)
    assert list(book.chapters) == ["chapter-001.xhtml", *(f"chapter-001-{part}.xhtml" for part in range(2, 5))]
    for name, page in book.chapters.items():
        assert len(book.files[f"EPUB/{name}"]) < 255_000
        assert page.find(f"{X}body/{X}main/{X}section")[-1].tag == f"{X}p"
    assert len(book.nav()) == 399


def test_a_chapter_that_lost_its_text_is_not_let_out() -> None:
    made_of = writers.compose(exam_document(), LOOK)
    generator = epub.Generator(made_of, LOOK, epub=True, picture=lambda key: None, first_level=1)
    found = epub.chapters(made_of, generator)
    items = epub._content(made_of, found, "zh-Hans")
    epub._check(epub.pack(made_of, LOOK, items), found)
    bare = items[1]._replace(content=items[1].content.replace("全年实现".encode(), b""))
    with pytest.raises(FidelityError, match=r"chapter-001\.xhtml"):
        epub._check(epub.pack(made_of, LOOK, [items[0], bare, *items[2:]]), found)


def test_notes_stand_in_the_file_that_refers_to_them_first(exam: Book) -> None:
    for name, page in exam.chapters.items():
        references = [link for link in page.iter(f"{X}a") if link.get(f"{OPS}type") == "noteref"]
        notes = {aside.get("id"): aside for aside in page.iter(f"{X}aside")}
        for link in references:
            assert link.get("role") == "doc-noteref"
            aside = notes[link.get("href").lstrip("#")]
            assert (aside.get(f"{OPS}type"), aside.get("role")) == ("footnote", "doc-footnote")
            back = next(aside.iter(f"{X}a"))
            assert back.get("role") == "doc-backlink"
            assert exam.target(name + back.get("href")) is not None
            assert back.get("href") == f"#{link.get('id')}"
    assert sum(len(list(page.iter(f"{X}aside"))) for page in exam.chapters.values()) == 3


def test_a_second_reference_leads_to_the_note_in_its_file() -> None:
    made_of = document(
        Heading(1, (Text("一"),), "h1"), Paragraph((Text("文"), NoteRef("a", "1"))),
        Heading(1, (Text("二"),), "h2"), Paragraph((Text("文"), NoteRef("a", "1"), Text("又"), NoteRef("b", "2"))),
        notes=(Note("a", "1", (body("甲"),)), Note("b", "2", (body("乙"),))),
    )  # fmt: skip
    book = make(made_of, LOOK)
    links = [link.get("href") for link in book.chapters["chapter-002.xhtml"].iter(f"{X}a")]
    assert links[:2] == ["chapter-001.xhtml#note-a", "#note-b"]
    assert [aside.get("id") for aside in book.chapters["chapter-002.xhtml"].iter(f"{X}aside")] == ["note-b"]


def test_a_notes_mark_is_kept_with_the_character_before_it(exam: Book) -> None:
    kept = [span for span in exam.chapters["chapter-001.xhtml"].iter(f"{X}span") if span.get("class") == "keep"]
    assert ["".join(span.itertext()) for span in kept] == ["元1", "座2"]


def test_links_inside_the_book_cross_files() -> None:
    made_of = document(
        Heading(1, (Text("一"),), "h1"), Heading(1, (Text("二"),), "h2"),
        Paragraph((Link("#h1", (Text("见上"),)), Link("#h2", (Text("见此"),)), Link("#nowhere", (Text("无处"),)))),
    )  # fmt: skip
    page = make(made_of, LOOK).chapters["chapter-002.xhtml"]
    assert [link.get("href") for link in page.iter(f"{X}a")] == ["chapter-001.xhtml#h1", "#h2"]


def test_signature_and_date_stand_together_and_attachments_hang(exam: Book) -> None:
    page = exam.chapters["chapter-003.xhtml"]
    closing = [div for div in page.iter(f"{X}div") if div.get("class") == "closing long"]
    assert [[p.get("class") for p in div] for div in closing] == [["signature", "date"]]
    attachment = next(p for p in page.iter(f"{X}p") if str(p.get("class")).startswith("attachment"))
    assert attachment.get("class") == "attachment hang4"  # the word with its colon, and the number
    assert [span.get("class") for span in attachment.findall(f"{X}span")] == ["item"]
    sheet = "".join(exam.files["EPUB/style.css"].decode().split())
    assert ".attachment.item{display:block;text-indent:2em;}" in sheet  # names below a word that is none of ours
    assert ".hang7.item{text-indent:-1em;}" in sheet


@pytest.mark.parametrize(
    ("lines", "last"),
    [
        (["附件\uff1a1.甲", "2.乙", "3.丙"], "hang4"),
        (["附件\uff1a名单"], "hang3"),
        (["附\uff1a名单"], "hang2"),
        (["1.没有词"], "attachment"),
    ],
)
def test_attachments_on_lines_of_their_own(lines: list[str], last: str) -> None:
    made_of = document(*(Paragraph((Text(line),), "attachment") for line in lines))
    (p,) = make(made_of, LOOK).chapters["chapter-000.xhtml"].iter(f"{X}p")
    assert p.get("class").split()[-1] == last
    assert len(p.findall(f"{X}span")) == len(lines) - 1


# --- Tables and pictures ----------------------------------------------------------------------------------------


def test_a_table_has_its_spans_its_head_and_a_region_to_scroll_in(exam: Book) -> None:
    table = next(exam.chapters["chapter-002.xhtml"].iter(f"{X}table"))
    region = table.getparent()
    assert (region.get("tabindex"), region.get("role"), region.get("aria-label")) == (
        "0", "group", "表1 主要指标完成情况",
    )  # fmt: skip
    head, tail = table.find(f"{X}thead"), table.find(f"{X}tbody")
    assert [len(row) for row in head] == [3, 4]
    assert head[0][0].get("rowspan") == "2"
    assert head[0][1].get("colspan") == "2"
    assert {cell.get("scope") for row in head for cell in row} == {"col", "colgroup"}
    joined = [cell for cell in tail.iter(f"{X}td") if cell.get("rowspan") == "2"]
    assert [cell.get("colspan") for cell in joined] == ["2"]


def test_a_cell_that_reaches_out_of_the_head_leaves_no_head() -> None:
    tall = Cell((body("甲"),), rowspan=2, header=True)
    rows = (Row((tall, Cell((body("乙"),), header=True)), header=True), Row((Cell((body("丙"),)),)))
    page = make(document(Table(rows)), LOOK).chapters["chapter-000.xhtml"]
    table = next(page.iter(f"{X}table"))
    assert table.find(f"{X}thead") is None
    assert next(table.iter(f"{X}th")).get("rowspan") == "2"


def test_a_missing_picture_is_said_to_be_missing(exam: Book) -> None:
    page = exam.chapters["chapter-002.xhtml"]
    missing = [div for div in page.iter(f"{X}div") if div.get("class") == "missing"]
    assert [(div.get("role"), div.get("aria-label")) for div in missing] == [("img", "图片缺失\uff1a全镇规划示意图")]


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>', True),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', False),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', False),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><image href="http://example.org/x.png"/></svg>', False),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill:url(http://example.org/x)"/></svg>', False),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>', False),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><rect>', False),
        (b"BM not a picture editions carry", False),
        (b"", False),
    ],
)
def test_only_pictures_that_just_show_something_are_carried(data: bytes, kept: bool) -> None:
    book = make(document(Figure("p", "图"), media={"p": Media(data, "image/png", 1, 1)}), LOOK)
    assert ("EPUB/picture-001.svg" in book.files) is kept
    assert bool([notice for notice in book.notices if notice.code == "picture-left-out"]) is not kept


# --- Cover and fonts --------------------------------------------------------------------------------------------


def test_the_cover_is_drawn_from_the_title(exam: Book) -> None:
    assert Image.open(io.BytesIO(exam.files["EPUB/cover.png"])).size == (1400, 1867)
    (shown,) = exam.page("cover.xhtml").iter("{http://www.w3.org/1999/xhtml}img")
    assert (shown.get("src"), shown.get("alt")) == ("cover.png", TITLE)
    assert b"srcset" not in exam.files["EPUB/cover.xhtml"]
    items = [item.get("href") for item in exam.package.iter(f"{OPF}item") if item.get("properties") == "cover-image"]
    assert items == ["cover.png"]
    other = make(msgspec.structs.replace(exam_document(), metadata=msgspec.structs.replace(
        exam_document().metadata, title="另一个标题")), LOOK)  # fmt: skip
    assert other.files["EPUB/cover.png"] != exam.files["EPUB/cover.png"]


@pytest.mark.parametrize("title", ["题" * 2000, "\U0001f600\ue000", "A" * 300, "\u2014", "ﷺ" * 40])
def test_any_title_makes_a_cover(title: str) -> None:
    metadata = msgspec.structs.replace(exam_document().metadata, title=title)
    assert make(document(body("文"), metadata=metadata), LOOK).files["EPUB/cover.png"]


def test_no_font_is_carried_unless_the_style_says_so(exam: Book) -> None:
    assert not [name for name in exam.files if name.endswith((".otf", ".ttf"))]
    assert b"@font-face" not in exam.files["EPUB/style.css"]


def test_embedded_fonts_cover_the_text_and_bring_their_licence() -> None:
    import uharfbuzz as hb

    made_of = exam_document()
    book = make(made_of, changed(LOOK, "epub", embed_fonts=True))
    fonts = [hb.Face(data) for name, data in book.files.items() if name.endswith(".otf")]
    covered = {code for font in fonts for code in font.unicodes}
    text = {char for block in made_of.blocks for char in block_text(block) if not char.isspace()}
    assert {char for char in text if ord(char) not in covered} == set()
    assert sum(len(data) for name, data in book.files.items() if name.endswith(".otf")) < 400_000
    assert b"SIL OPEN FONT LICENSE" in book.files["META-INF/font-licences.txt"]
    css = book.files["EPUB/style.css"].decode()
    assert 'font-family: "wenban-1", ' in css


def test_characters_an_embedded_font_lacks_are_said() -> None:
    book = make(document(body("文\U0001f600")), changed(LOOK, "epub", embed_fonts=True))
    assert any(notice.code == "font-lacks-characters" and "\U0001f600" in notice.message for notice in book.notices)


def test_a_number_in_a_title_stays_with_the_word_before_it() -> None:
    title = Paragraph((Text("发布新iPhone 11和平板电脑"),), "title")
    page = make(document(title, body("iPhone 11")), LOOK).chapters["chapter-000.xhtml"]
    assert ["".join(span.itertext()) for span in page.iter(f"{X}span") if span.get("class") == "keep"] == ["iPhone 11"]


def test_an_address_in_the_text_may_break_behind_its_marks() -> None:
    text = "见http://www.example.cn/a_b/?x=1&y=2\uff0c或a@example.cn\u30021/2"
    for look in (LOOK, changed(LOOK, "composition", vertical=True)):
        book = make(document(body(text)), look)
        (paragraph,) = book.chapters["chapter-000.xhtml"].iter(f"{X}p")
        breaks = [before + "|" for before in paragraph.xpath(".//*[local-name()='wbr']/preceding-sibling::text()[1]")]
        assert "".join(paragraph.itertext()) == text
        assert breaks == [
            "见http://www.|", "example.|", "cn/|", "a_|", "b/?|", "x=|", "1&|", "y=|", "2\uff0c或a@|", "example.|",
        ]  # fmt: skip


# --- Hostile text -----------------------------------------------------------------------------------------------


def test_text_cannot_break_out() -> None:
    evil = '</p><script>alert("1")</script>&<![CDATA[ ]]>'
    made_of = document(
        Paragraph((Text(evil),), "title"), Heading(1, (Text(evil),), evil), body(evil), Figure(None, evil),
        Paragraph((Link(f"#{evil}", (Text("内"),)), Link("javascript:alert(1)", (Text("外"),)), NoteRef(evil, evil))),
        Paragraph((Span('en" onclick="x', (Text("语"),)),)),
        metadata=msgspec.structs.replace(exam_document().metadata, title=evil, source=evil, url="javascript:1"),
        notes=(Note(evil, evil, (body(evil),)),),
    )  # fmt: skip
    book = make(made_of, LOOK)
    pages = [etree.fromstring(data) for name, data in book.files.items() if name.endswith((".xhtml", ".opf", ".ncx"))]
    assert not [element for page in pages for element in page.iter(f"{X}script")]
    assert not [name for page in pages for element in page.iter() for name in element.attrib if name.startswith("on")]
    addresses = [element.get("href") for page in pages for element in page.iter() if element.get("href")]
    assert not [address for address in addresses if "javascript" in address]
    assert not list(book.package.iter(f"{DC}source"))
    assert verify.check("epub", book.data, writers.compose(made_of, LOOK)) == []


def test_characters_xml_cannot_hold_are_shown_as_replaced() -> None:
    book = make(document(body("甲\x00乙\x0b丙\ufffe丁\ud800戊"), body("己\x85")), LOOK)
    text = "".join(book.chapters["chapter-000.xhtml"].itertext())
    assert "甲\ufffd乙\ufffd丙\ufffd丁\ufffd戊" in text
    assert [notice.message[:2] for notice in book.notices if notice.code == "character-replaced"] == ["4 "]


@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(noise())
def test_anything_makes_well_formed_files(made_of: Document) -> None:
    book = make(made_of, LOOK)
    for name, data in book.files.items():
        if name.endswith((".xhtml", ".opf", ".ncx", ".svg", ".xml")):
            etree.fromstring(data)


def test_the_sample_is_as_it_should_be() -> None:
    book = make(read(SAMPLE), LOOK)
    assert book.dc("title") == ["洪山镇政府工作报告\uff082021\uff09"]
    assert book.dc("date") == ["2021-12-31"]
    assert [entry.depth for entry in book.nav()].count(1) == 2
    assert [entry.depth for entry in book.nav()].count(2) == 6
    paragraphs = [p for page in book.chapters.values() for p in page.iter(f"{X}p")]
    assert sum(p.find(f"{X}b") is not None for p in paragraphs) == 16
    assert [p.get("class") for p in paragraphs].count("salutation") == 1
