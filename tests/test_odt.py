"""The ODT edition, taken apart by lxml alone: its package, its styles, and what of a document it says."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Wenban
from exam import exam_document
from looks import LOOKS
from lxml import etree

from convert import style, verify, writers
from convert.model import (
    Block,
    Cell,
    Document,
    Emphasis,
    Heading,
    Inline,
    Link,
    List,
    ListItem,
    Metadata,
    Note,
    NoteRef,
    Ordinal,
    Paragraph,
    Row,
    Ruby,
    SourceInfo,
    Table,
    Text,
    outline,
)
from convert.run import reading

NS = {
    prefix: f"urn:oasis:names:tc:opendocument:xmlns:{path}:1.0"
    for prefix, path in (
        ("office", "office"), ("style", "style"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"), ("meta", "meta"), ("manifest", "manifest"),
    )
} | {"xlink": "http://www.w3.org/1999/xlink", "dc": "http://purl.org/dc/elements/1.1/"}  # fmt: skip
CORPUS = sorted((ROOT / "tests" / "corpus").glob("*.txt")) + sorted((ROOT / "tests" / "corpus").glob("*.html"))
PAGES = sorted((ROOT / "tests" / "fixtures" / "html").glob("*.html"))
FORMS = sorted((ROOT / "tests" / "fixtures" / "forms").glob("*.txt"))


def edition(document: Document, look: str = "gongwen") -> bytes:
    stream = io.BytesIO()
    assert writers.write("odt", document, style.load(look), stream) is not None
    return stream.getvalue()


@cache
def exam(look: str = "gongwen") -> bytes:
    return edition(exam_document(), look)


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def found(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=NS))


def document(*blocks: Block, notes: tuple[Note, ...] = (), **known: str) -> Document:
    source = SourceInfo("a.txt", "0" * 64, "text/plain", "utf-8", 1)
    return Document(source, Metadata(**known), blocks=blocks, notes=notes)


def line(*inlines: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(one) if isinstance(one, str) else one for one in inlines))


def content(*blocks: Block, notes: tuple[Note, ...] = (), look: str = "gongwen", **known: str) -> Any:
    return part(edition(document(*blocks, notes=notes, **known), look), "content.xml")


def said(node: Any) -> str:
    return "".join(node.itertext())


# --- The package --------------------------------------------------------------------------------------------------


def test_the_media_type_is_the_first_file_and_plain() -> None:
    data = exam()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert package.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        listed = {one.get(f"{{{NS['manifest']}}}full-path") for one in part(data, "META-INF/manifest.xml")}
        assert {"/", *package.namelist()} - {"mimetype", "META-INF/manifest.xml"} == {
            one for one in listed if one == "/" or not one.endswith("/")
        }
        assert {item.date_time for item in package.infolist()} == {(1980, 1, 1, 12, 0, 0)}
    assert data[38:77] == b"application/vnd.oasis.opendocument.text"


def test_bytes_are_the_same_again() -> None:
    assert edition(exam_document()) == exam()


def test_properties_are_those_of_the_document() -> None:
    meta = part(exam(), "meta.xml")
    values = {node.tag.rpartition("}")[2]: node.text for node in meta[0]}
    known = exam_document().metadata
    assert values["title"] == known.title
    assert values["creator"] == values["initial-creator"] == known.author
    assert values["date"] == values["creation-date"] == "2022-01-05T08:30:00Z"
    assert (values["language"], values["generator"]) == ("zh-CN", "wenban")
    further = {node.get(f"{{{NS['meta']}}}name"): node.text for node in found(meta, "//meta:user-defined")}
    assert further["document_number"] == known.document_number


# --- Styles -------------------------------------------------------------------------------------------------------


def test_the_page_is_that_of_the_standard() -> None:
    styles = part(exam(), "styles.xml")
    (page,) = found(styles, "//style:page-layout[@style:name='Page']/style:page-layout-properties")
    sizes = {key.rpartition("}")[2]: value for key, value in page.attrib.items()}
    assert (sizes["page-width"], sizes["page-height"]) == ("595.3pt", "841.9pt")
    assert (sizes["margin-top"], sizes["margin-left"]) == ("98.05pt", "79.4pt")
    assert sizes["writing-mode"] == "lr-tb"


@pytest.mark.parametrize(
    ("name", "east", "size", "indent"),
    [
        ("Title", "方正小标宋简体", "22pt", "0pt"),
        ("Standard", "仿宋_GB2312", "16pt", "0pt"),
        ("Text_20_body", "仿宋_GB2312", "16pt", "31.5pt"),
        ("Heading_20_1", "黑体", "16pt", "31.5pt"),
        ("Heading_20_2", "楷体_GB2312", "16pt", "31.5pt"),
        ("Source_20_Note", "宋体", "14pt", "0pt"),
    ],
)
def test_roles_have_the_faces_of_the_standard(name: str, east: str, size: str, indent: str) -> None:
    styles = part(exam(), "styles.xml")
    (look,) = found(styles, f"//style:style[@style:name='{name}']/style:text-properties")
    own = {key.rpartition("}")[2]: value for key, value in look.attrib.items()}
    assert (own["font-name-asian"], own["font-size-asian"], own["font-name"]) == (east, size, "Times New Roman")
    (shape,) = found(styles, f"//style:style[@style:name='{name}']/style:paragraph-properties")
    assert shape.get(f"{{{NS['fo']}}}text-indent") == indent
    (face,) = found(styles, f"//style:font-face[@style:name='{east}']/@svg:font-family")
    assert face.startswith(f"'{east}'")


def test_every_style_that_is_named_is_there() -> None:
    for look in LOOKS:
        data = exam(look)
        roots = [part(data, name) for name in ("content.xml", "styles.xml")]
        names = {
            one for root in roots for one in found(root, "//style:style/@style:name | //text:list-style/@style:name")
        }
        pages = set(found(roots[1], "//style:master-page/@style:name"))
        used = {one for root in roots for one in found(root, "//@text:style-name | //@style:parent-style-name")}
        assert used <= names | {"Rubies"}, used - names
        assert set(found(roots[0], "//@style:master-page-name")) <= pages
        assert set(found(roots[1], "//@style:font-name-asian")) <= set(found(roots[1], "//style:font-face/@style:name"))


def test_page_numbers_stand_on_both_sides() -> None:
    styles = part(exam(), "styles.xml")
    (odd,) = found(styles, "//style:master-page[@style:name='Standard']/style:footer/text:p")
    (even,) = found(styles, "//style:master-page[@style:name='Standard']/style:footer-left/text:p")
    assert (said(odd), len(found(odd, "text:page-number"))) == ("\u20141\u2014", 1)
    assert even.get(f"{{{NS['text']}}}style-name") == "Footer_20_left"


def test_vertical_lines_run_down_the_page() -> None:
    name = next(name for name in style.names() if style.load(name).composition.vertical)
    pages = found(part(exam(name), "styles.xml"), "//style:page-layout-properties/@style:writing-mode")
    assert set(pages) == {"tb-rl"}


@pytest.mark.parametrize(
    ("language", "tag"),
    [("zh-Hans", ("zh", "CN")), ("zh-Hant", ("zh", "TW")), ("ja", ("ja", "JP")), ("ko", ("ko", "KR"))],
)
def test_each_script_has_its_language(language: str, tag: tuple[str, str]) -> None:
    styles = part(edition(document(line("文"), language=language)), "styles.xml")
    look = found(styles, "//style:default-style[@style:family='paragraph']/style:text-properties")[0]
    assert (look.get(f"{{{NS['style']}}}language-asian"), look.get(f"{{{NS['style']}}}country-asian")) == tag


# --- Text ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*CORPUS, *PAGES, *FORMS], ids=lambda path: path.name)
def test_the_text_of_a_document_is_held_whole(path: Path) -> None:
    look = style.load("gongwen+auto")
    composed = writers.compose(reading.read(path), look)
    stream = io.BytesIO()
    writers.find("odt")(composed, look, stream)
    assert verify.check("odt", stream.getvalue(), composed) == []
    assert verify.faults("odt", stream.getvalue()) == []


def test_headings_have_the_levels_of_the_outline() -> None:
    heads = found(part(exam(), "content.xml"), "//office:text/text:h")
    wanted = [(entry.level, entry.text) for entry in outline(exam_document())]
    assert [(int(node.get(f"{{{NS['text']}}}outline-level")), said(node)) for node in heads] == wanted


def test_lists_have_items_and_the_marks_of_the_page() -> None:
    text = part(exam(), "content.xml")
    (outer,) = found(text, "//office:text/text:list")
    items = found(outer, "text:list-item")
    assert len(items) == 3
    assert [said(found(item, "text:p")[0])[:2] for item in items] == ["1.", "2.", "3."]
    (inner,) = found(items[0], "text:list")
    assert len(found(inner, "text:list-item")) == 2
    name = inner.get(f"{{{NS['text']}}}style-name")
    level = found(text, f"//text:list-style[@style:name='{name}']/text:list-level-style-bullet[@text:level='2']")
    assert [one.get(f"{{{NS['text']}}}bullet-char") for one in level] == ["\u2022"]
    assert len(found(items[1], "text:p")) == 2, "the second paragraph stays in its item"


def counted(number: int, marker: str, *children: Block) -> ListItem:
    return ListItem(children, marker, counted=True, mark=Ordinal("arabic", (number,), len(marker)))


def test_a_number_that_the_page_counts_is_counted_by_the_list() -> None:
    items = (counted(3, "3.", line("甲")), counted(4, "4.", line("乙"), Table((Row((Cell((line("丙"),)),)),))))
    text = content(List((*items, counted(5, "5.", line("丁"))), ordered=True))
    first, second = found(text, "//office:text/text:list")
    style_name = first.get(f"{{{NS['text']}}}style-name")
    (level,) = found(
        text, f"//text:list-style[@style:name='{style_name}']/text:list-level-style-number[@text:level='1']"
    )
    values = {key.rpartition("}")[2]: value for key, value in level.attrib.items()}
    assert (values["num-format"], values["num-suffix"], values["start-value"]) == ("1", ".", "3")
    # A list holds no table: it goes on behind it, and its number with it.
    assert [said(item) for item in found(first, "text:list-item")] == ["甲", "乙"]
    (item,) = found(second, "text:list-item")
    assert (said(item), item.get(f"{{{NS['text']}}}start-value")) == ("丁", "5")
    assert said(found(text, "//office:text/table:table//table:table-cell")[0]) == "丙"


def test_a_table_has_a_cell_in_every_place() -> None:
    tables = found(part(exam(), "content.xml"), "//table:table")
    for table in tables:
        columns = len(found(table, "table:table-column"))
        for row in found(table, ".//table:table-row"):
            assert len(found(row, "table:table-cell | table:covered-table-cell")) == columns
    first = tables[0]
    heads = found(first, "table:table-header-rows/table:table-row")
    assert len(heads) == 2
    spans = [
        (cell.get(f"{{{NS['table']}}}number-columns-spanned"), cell.get(f"{{{NS['table']}}}number-rows-spanned"))
        for cell in found(first, ".//table:table-cell")
    ]
    assert spans.count((None, "2")) == 1
    assert spans.count(("2", None)) == 2
    assert spans.count(("2", "2")) == 1
    assert said(found(first, "table:title")[0]) == "表1 主要指标完成情况"


def test_cells_are_aligned_as_the_page_has_them() -> None:
    text = content(Table((Row((Cell((line("12"),), align="right"), Cell((line("甲"),)))),)))
    right, left = found(text, "//table:table-cell/text:p")
    name = right.get(f"{{{NS['text']}}}style-name")
    (align,) = found(text, f"//style:style[@style:name='{name}']/style:paragraph-properties/@fo:text-align")
    assert align == "end"
    assert left.get(f"{{{NS['text']}}}style-name") == "Table_20_Contents"


def test_notes_stand_where_they_are_referred_to() -> None:
    notes = found(part(exam(), "content.xml"), "//text:note[@text:note-class='footnote']")
    assert [said(found(note, "text:note-citation")[0]) for note in notes] == ["1", "2", "3"]
    assert [len(found(note, "text:note-body/text:p")) for note in notes] == [1, 2, 1]
    assert all(said(note.getparent()) for note in notes)


def test_a_table_in_a_note_is_lines() -> None:
    """LibreOffice drops one there."""
    table = Table(
        (Row((Cell((line("甲"),)), Cell((line("乙"),)))), Row((Cell((line("丙"),)), Cell(())))), (Text("表"),)
    )
    text = content(line("文", NoteRef("n", "1")), notes=(Note("n", "1", (line("注"), table)),))
    (body,) = found(text, "//text:note-body")
    assert not found(body, ".//table:table")
    assert [said(node) for node in found(body, "text:p")] == ["注", "表", "甲乙", "丙"]
    assert len(found(body, ".//text:tab")) == 2


def test_a_second_reference_to_a_note_is_a_reference() -> None:
    note = Note("n", "\u2460", (line("注"),))
    text = content(line("甲", NoteRef("n", "\u2460"), "乙", NoteRef("n", "\u2460")), notes=(note,))
    (citation,) = found(text, "//text:note/text:note-citation")
    assert citation.get(f"{{{NS['text']}}}label") == "\u2460"
    (again,) = found(text, "//text:note-ref")
    assert again.get(f"{{{NS['text']}}}ref-name") == found(text, "//text:note/@text:id")[0]
    assert again.text == "\u2460"


def test_links_lead_somewhere() -> None:
    text = part(exam(), "content.xml")
    places = set(found(text, "//text:bookmark-start/@text:name"))
    targets = found(text, "//text:a/@xlink:href")
    assert "mailto:office@example.gov.cn" in targets
    assert any(one.startswith("https://www.example.gov.cn/open?id=1") for one in targets)
    inside = [one[1:] for one in targets if one.startswith("#")]
    assert inside
    assert set(inside) <= places
    assert sorted(places) == sorted(found(text, "//text:bookmark-end/@text:name"))


def test_a_link_in_a_link_and_a_gloss_with_spaces_are_plain() -> None:
    inner = Link("https://example.org/b", (Text("内"),))
    text = content(line(Link("https://example.org/a", (Text("外"), inner)), Ruby("北京", "Peking  city")))
    (link,) = found(text, "//text:a")
    assert (said(link), link.get(f"{{{NS['xlink']}}}href")) == ("外内", "https://example.org/a")
    (gloss,) = found(text, "//text:ruby-text")
    assert (gloss.text, len(gloss)) == ("Peking city", 0)


def test_ruby_and_dots_stay_what_they_are() -> None:
    dotted = Emphasis((Text("重点\uff0c内容"),), "dots")
    text = content(line(Ruby("洪", "h\u00f3ng"), dotted))
    (ruby,) = found(text, "//text:ruby")
    assert [said(node) for node in ruby] == ["洪", "h\u00f3ng"]
    dots = found(text, "//text:span[@text:style-name='Emphasis_20_Dots']")
    assert [said(node) for node in dots] == ["重点", "内容"], "no dot stands under a mark"


def test_a_mark_behind_latin_letters_is_drawn_in_the_chinese_face() -> None:
    text = content(line("\u201cGDP\u201d增长"))
    (span,) = found(text, "//office:text/text:p/text:span[. = '\u201d' or . = '\u201c']")[:1]
    name = span.get(f"{{{NS['text']}}}style-name")
    assert found(text, f"//style:style[@style:name='{name}']/style:text-properties/@style:font-name") == ["仿宋_GB2312"]


def test_every_space_is_kept() -> None:
    text = content(line(" 甲  乙\tA B", Emphasis((Text(" 丙 "),), "strong"), "\n丁"))
    (node,) = found(text, "//office:text/text:p")
    spaces = [int(one.get(f"{{{NS['text']}}}c") or 1) for one in found(node, ".//text:s")]
    assert spaces == [1, 2, 1, 1]
    assert (len(found(node, ".//text:tab")), len(found(node, ".//text:line-break"))) == (1, 1)
    assert said(node) == "甲乙A B丙丁"


def test_pictures_have_their_size_and_what_they_say() -> None:
    text = part(exam(), "content.xml")
    frames = found(text, "//draw:frame[draw:image]")
    titles = [said(found(frame, "svg:title")[0]) for frame in frames]
    assert "柱状图\uff1a2017年至2021年财政收入逐年上升" in titles
    assert all(frame.get(f"{{{NS['svg']}}}width").endswith("pt") for frame in frames)
    with zipfile.ZipFile(io.BytesIO(exam())) as package:
        assert set(found(text, "//draw:image/@xlink:href")) == {
            name for name in package.namelist() if name.startswith("Pictures/")
        }


def test_a_formula_stays_one() -> None:
    objects = found(part(exam(), "content.xml"), "//draw:object/@xlink:href")
    assert len(objects) == 3
    root = part(exam(), f"{objects[0]}/content.xml")
    math = "{http://www.w3.org/1998/Math/MathML}"
    assert root.tag == f"{math}math"
    assert root.find(f".//{math}mrow/{math}mfrac") is not None
    assert said(root) == "S=b23"


def test_a_contents_lists_the_headings(tmp_path: Path) -> None:
    (tmp_path / "long.toml").write_text('extends = "gongwen"\n[contents]\nshow = true\n')
    text = part(edition(exam_document(), str(tmp_path / "long.toml")), "content.xml")
    (index,) = found(text, "//text:table-of-content/text:index-body")
    entries = [found(one, "text:a")[0].text for one in found(index, "text:p")]
    assert entries == [entry.text for entry in outline(exam_document(), depth=2)]
    places = set(found(text, "//text:bookmark-start/@text:name"))
    assert set(found(index, ".//text:bookmark-ref/@text:ref-name")) <= places


def test_a_wide_table_stands_on_a_turned_page() -> None:
    cells = tuple(Cell((line(f"第{at}列的内容\u4e00\u4e8c"),)) for at in range(24))
    text = content(line("前"), Table((Row(cells),)), line("后"))
    pages = found(text, "//style:style/@style:master-page-name")
    assert pages == ["Standard", "Landscape", "Standard"] or set(pages) == {"Standard", "Landscape"}
    after = found(text, "//office:text/text:p")[-1].get(f"{{{NS['text']}}}style-name")
    assert found(text, f"//style:style[@style:name='{after}']/@style:master-page-name") == ["Standard"]


def test_what_follows_a_heading_in_a_list_of_a_cell() -> None:
    inner = List((ListItem((Heading(2, (Text("题"),), "h"), line("文")), "1."),))
    text = content(Table((Row((Cell((inner, line("后"))),)),)))
    (cell,) = found(text, "//table:table-cell")
    assert [said(node) for node in found(cell, ".//text:p | .//text:h")] == ["1.", "题", "文", "后"]
    assert found(cell, "text:p")[-1].getparent() is cell


# --- Letterheads --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_letterhead_has_its_red_mark(path: Path) -> None:
    data = edition(reading.read(path), "gongwen+auto")
    text, styles = part(data, "content.xml"), part(data, "styles.xml")
    assert found(styles, "//style:style[@style:name='Issuing_20_Mark']/style:text-properties/@fo:color") == ["#ff0000"]
    named = found(text, "//style:style[@style:parent-style-name='Issuing_20_Mark']/@style:name")
    marks = [node for node in found(text, "//text:p") if node.get(f"{{{NS['text']}}}style-name") in named]
    assert marks


# --- Commands -----------------------------------------------------------------------------------------------------


def test_from_the_command_line(wenban: Wenban, tmp_path: Path) -> None:
    page = "关于开展检查的通知\n各村\uff1a\n请于月底前完成检查\u3002\n洪山镇人民政府\n2021年12月31日\n"
    (tmp_path / "page.txt").write_text(page, encoding="utf-8")
    assert wenban("convert", "page.txt", "-o", "notice.odt").returncode == 0
    assert "请于月底前完成检查" in said(part((tmp_path / "notice.odt").read_bytes(), "content.xml"))
    assert wenban("convert", "page.txt", "-o", "dist", "-t", "odt", "-t", "html").returncode == 0
    told = wenban("verify", "dist")
    assert told.returncode == 0
    assert ["odt", "1", "1", "1", "1"] in [row.split() for row in told.stdout.splitlines()]
    assert wenban("catalogue", "dist").returncode == 0
    assert "page.odt" in (tmp_path / "dist" / "index.html").read_text(encoding="utf-8")
    (tmp_path / "other.txt").write_text(page.replace("检查", "核查"), encoding="utf-8")
    assert wenban("bind", "page.txt", "other.txt", "-o", "book.odt").returncode == 0
    assert "请于月底前完成核查" in said(part((tmp_path / "book.odt").read_bytes(), "content.xml"))
