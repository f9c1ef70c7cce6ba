"""The DOCX edition as a file: styles, page, properties, validity, and what python-docx finds in it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from typing import Any

import docx
import msgspec
import pytest
from conftest import ROOT, SAMPLE, SHARED, a_part
from exam import PICTURE, TITLE, exam_document
from hypothesis import HealthCheck, given, settings
from lxml import etree
from openxml_audit import OpenXmlValidator
from part import examples
from strategies import anything, documents, noise

from convert import style, verify, writers
from convert.errors import Notice, Said
from convert.model import Document, Figure, Media, Metadata, Note, NoteRef, Paragraph, SourceInfo, Text, outline
from convert.run import reading
from convert.style import Style
from convert.writers.office.book import missing_picture

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STYLES = ("gongwen", "report")
MM = 1440 / 25.4
"""Twips in a millimetre."""

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are absent")


def edition(document: Document, look: Style) -> bytes:
    stream = io.BytesIO()
    writers.write("docx", document, look, stream)
    return stream.getvalue()


def part(data: bytes, name: str) -> Any:
    """A part of a package as XML."""
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def attribute(element: Any, name: str = "val") -> str | None:
    found: str | None = None if element is None else element.get(W + name)
    return found


def audit(data: bytes) -> list[str]:
    """What openxml-audit has to say in strict policy."""
    handle, name = tempfile.mkstemp(suffix=".docx")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        return [str(error) for error in OpenXmlValidator(strict=True, max_errors=0).validate(name).errors]
    finally:
        os.unlink(name)


@pytest.fixture(scope="module")
def sample() -> Document:
    return reading.read(SAMPLE)


@pytest.fixture(scope="module")
def exam() -> dict[str, bytes]:
    """The exam document in every style."""
    return {name: edition(exam_document(), style.load(name)) for name in STYLES}


# --- Styles -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def looks(exam: dict[str, bytes]) -> dict[str, Any]:
    """The styles of an official document by name."""
    nodes = part(exam["gongwen"], "word/styles.xml").findall(W + "style")
    return {str(attribute(node.find(W + "name"))): node for node in nodes}


@pytest.mark.parametrize("name", STYLES)
def test_every_paragraph_style_names_all_four_fonts(exam: dict[str, bytes], name: str) -> None:
    nodes = part(exam[name], "word/styles.xml").findall(W + "style")
    paragraphs = [node for node in nodes if attribute(node, "type") == "paragraph"]
    assert len(paragraphs) > 30
    for node in paragraphs:
        fonts = node.find(f"{W}rPr/{W}rFonts")
        assert {key.removeprefix(W) for key in fonts.attrib} == {"ascii", "hAnsi", "eastAsia", "cs"}
        assert all(fonts.attrib.values())


@pytest.mark.parametrize(
    ("name", "east", "size"),
    [
        ("Title", "方正小标宋简体", "44"),
        ("Normal", "仿宋_GB2312", "32"),
        ("Body Text", "仿宋_GB2312", "32"),
        ("heading 1", "黑体", "32"),
        ("heading 2", "楷体_GB2312", "32"),
        ("heading 3", "仿宋_GB2312", "32"),
        ("Source Note", "宋体", "28"),
    ],
)
def test_roles_have_the_faces_of_the_standard(looks: dict[str, Any], name: str, east: str, size: str) -> None:
    run = looks[name].find(W + "rPr")
    assert attribute(run.find(W + "rFonts"), "eastAsia") == east
    assert attribute(run.find(W + "sz")) == size


def test_the_body_has_its_indent_in_characters_and_chinese_line_breaking(looks: dict[str, Any]) -> None:
    plain = looks["Normal"].find(W + "pPr")
    assert attribute(plain.find(W + "ind"), "firstLineChars") == "0", "only the body is indented"
    assert looks["Body Text"].find(W + "qFormat") is not None
    own = looks["Body Text"].find(W + "pPr")
    indent, spacing = own.find(W + "ind"), own.find(W + "spacing")
    assert attribute(indent, "firstLineChars") == "200"
    assert attribute(own.find(W + "jc")) == "both"
    assert attribute(spacing, "before") == attribute(spacing, "after") == "0"
    for switch in ("kinsoku", "autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        assert attribute(plain.find(W + switch)) == "1", switch
    assert attribute(plain.find(W + "widowControl")) == "0"  # GB/T 9704-2012, 5.2.3: pages are filled
    assert attribute(looks["Normal"].find(f"{W}rPr/{W}spacing")) == "-5"


def test_headings_carry_outline_levels_and_keep_with_what_follows(looks: dict[str, Any]) -> None:
    depth = style.load("gongwen").outline.depth
    for level in range(1, 10):
        own = looks[f"heading {level}"].find(W + "pPr")
        assert attribute(own.find(W + "outlineLvl")) == str(level - 1 if level <= depth else 9)
        assert own.find(W + "keepNext") is not None
        assert attribute(own.find(W + "ind"), "firstLineChars") == "200"
    assert looks["Title"].find(f"{W}pPr/{W}outlineLvl") is None


def test_no_style_is_left_with_an_indent_of_the_body(looks: dict[str, Any]) -> None:
    paragraphs = [node for node in looks.values() if attribute(node, "type") == "paragraph"]
    for node in paragraphs:
        assert attribute(node.find(f"{W}pPr/{W}ind"), "firstLineChars") is not None


def test_a_run_in_heading_is_a_character_style(looks: dict[str, Any]) -> None:
    node = looks["Run-in Heading 2"]
    assert attribute(node, "type") == "character"
    assert attribute(node.find(f"{W}rPr/{W}rFonts"), "eastAsia") == "楷体_GB2312"
    assert looks["Run-in Heading 3"].find(f"{W}rPr/{W}b") is not None


def test_the_font_table_has_every_name_of_a_face(exam: dict[str, bytes]) -> None:
    fonts = {attribute(node, "name"): node for node in part(exam["gongwen"], "word/fontTable.xml")}
    assert attribute(fonts["仿宋_GB2312"].find(W + "altName")) == "FangSong_GB2312,FangSong"
    assert attribute(fonts["仿宋_GB2312"].find(W + "charset")) == "86"
    assert "Times New Roman" in fonts


def test_theme_fonts_are_east_asian_too(exam: dict[str, bytes]) -> None:
    space = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    fonts = part(exam["gongwen"], "word/theme/theme1.xml").findall(f".//{space}ea")
    assert [font.get("typeface") for font in fonts] == ["黑体", "仿宋_GB2312"]


# --- Page and settings ------------------------------------------------------------------------------------------


def test_an_official_page_is_the_measured_one(exam: dict[str, bytes]) -> None:
    section = part(exam["gongwen"], "word/document.xml").find(f"{W}body/{W}sectPr")
    size, margins, grid = (section.find(W + name) for name in ("pgSz", "pgMar", "docGrid"))
    assert (attribute(size, "w"), attribute(size, "h")) == ("11906", "16838")
    assert [attribute(margins, side) for side in ("top", "right", "bottom", "left")] == ["1961", "1474", "1847", "1588"]
    assert (attribute(grid, "type"), attribute(grid, "linePitch")) == ("lines", "590")
    assert attribute(grid, "charSpace") is None


def test_a_style_without_numbers_for_word_gets_the_same_grid() -> None:
    plain = msgspec.structs.replace(style.load("gongwen"), docx=style.Docx())
    data = edition(exam_document(), plain)
    margins = part(data, "word/document.xml").find(f"{W}body/{W}sectPr/{W}pgMar")
    # Half of the extra leading, 6.8 pt, stands above the first line's frame at 37 mm.
    assert abs(int(margins.get(W + "top")) + 6.8 * 20 - 37 * MM) < 4
    body = part(data, "word/styles.xml").find(f"{W}style[@{W}styleId='Normal']/{W}rPr")
    assert (attribute(body.find(W + "sz")), attribute(body.find(W + "spacing"))) == ("32", "-5")


def test_page_numbers_are_fields_between_dashes_on_both_sides(exam: dict[str, bytes]) -> None:
    data = exam["gongwen"]
    section = part(data, "word/document.xml").find(f"{W}body/{W}sectPr")
    relations = {rel.get("Id"): rel.get("Target") for rel in part(data, "word/_rels/document.xml.rels")}
    kinds = {attribute(node, "type"): relations[node.get(R + "id")] for node in section.findall(W + "footerReference")}
    assert kinds == {"default": "footer1.xml", "even": "footer2.xml"}
    assert part(data, "word/settings.xml").find(W + "evenAndOddHeaders") is not None
    nodes = part(data, "word/styles.xml")
    for target, name, side in (("footer1.xml", "Footer", "right"), ("footer2.xml", "FooterEven", "left")):
        foot = part(data, f"word/{target}")
        assert "".join(foot.itertext(W + "t")).replace("2", "1") == "\u2014 1 \u2014"
        assert "".join(foot.itertext(W + "instrText")) == " PAGE "
        assert attribute(foot.find(f".//{W}pStyle")) == name
        own = nodes.find(f"{W}style[@{W}styleId='{name}']")
        assert attribute(own.find(f"{W}pPr/{W}jc")) == side
        assert attribute(own.find(f"{W}pPr/{W}ind"), f"{side}Chars") == "100"
        assert own.find(f"{W}rPr/{W}rFonts").get(W + "ascii") == "宋体"


def test_one_footer_where_both_sides_are_alike(exam: dict[str, bytes]) -> None:
    names = zipfile.ZipFile(io.BytesIO(exam["report"])).namelist()
    assert "word/footer1.xml" in names
    assert "word/footer2.xml" not in names
    assert part(exam["report"], "word/settings.xml").find(W + "evenAndOddHeaders") is None


def test_binding_and_vertical_setting_go_into_the_file() -> None:
    look = style.load("gongwen")
    look = msgspec.structs.replace(
        look,
        page=msgspec.structs.replace(look.page, mirrored=True),
        composition=msgspec.structs.replace(look.composition, vertical=True),
    )
    data = edition(exam_document(), look)
    assert part(data, "word/settings.xml").find(W + "mirrorMargins") is not None
    body = part(data, "word/document.xml")
    cells = list(body.iter(f"{W}tcPr"))
    assert cells
    for place in [*cells, *body.iter(f"{W}sectPr")]:
        assert attribute(place.find(f"{W}textDirection")) == "tbRl"
    table = next(body.iter(f"{W}tbl"))
    across = float(look.page.text_width) * 20
    assert int(attribute(table.find(f"{W}tblPr/{W}tblW"), "w")) > across
    assert audit(data) == []


def test_a_plain_report_has_no_direct_formatting(sample: Document) -> None:
    """But that its last line of text stays with the source note."""
    root = part(edition(sample, style.load("gongwen")), "word/document.xml")
    (kept,) = (node for node in root.iter(W + "p") if node.find(f"{W}pPr/{W}keepNext") is not None)
    assert attribute(kept.getnext().find(f"{W}pPr/{W}pStyle")) == "Rule"
    kept.remove(kept.find(W + "pPr"))
    assert {node.tag.removeprefix(W) for own in root.iter(W + "pPr") for node in own} == {"pStyle"}
    for own in root.iter(W + "rPr"):
        for node in own:
            assert node.tag in (W + "rStyle", W + "rFonts")
            assert set(node.attrib) <= {W + "val", W + "hint"}


def test_settings_are_those_of_a_current_chinese_word(exam: dict[str, bytes]) -> None:
    node = part(exam["gongwen"], "word/settings.xml")
    assert attribute(node.find(W + "characterSpacingControl")) == "compressPunctuation"
    assert attribute(node.find(W + "themeFontLang"), "eastAsia") == "zh-CN"
    modes = {attribute(one, "name"): attribute(one) for one in node.iter(W + "compatSetting")}
    assert modes["compatibilityMode"] == "15"


@pytest.mark.parametrize(
    ("tag", "code", "charset"),
    [("zh-Hans", "zh-CN", "86"), ("zh-Hant", "zh-TW", "88"), ("ja", "ja-JP", "80"), ("ko", "ko-KR", "81")],
)
def test_each_script_has_its_language(tag: str, code: str, charset: str) -> None:
    document = Document(
        SourceInfo("a.txt", "0" * 64, "text/plain", "utf-8", 1),
        Metadata(language=tag),
        (Paragraph((Text("山"),)),),
    )
    data = edition(document, style.load("gongwen"))
    defaults = part(data, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert attribute(defaults, "eastAsia") == code
    assert attribute(part(data, "word/fontTable.xml")[0].find(W + "charset")) == charset
    assert docx.Document(io.BytesIO(data)).core_properties.language == code
    assert audit(data) == []


# --- The package ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STYLES)
def test_the_exam_is_valid(exam: dict[str, bytes], name: str) -> None:
    assert audit(exam[name]) == []


@pytest.mark.parametrize("name", STYLES)
def test_the_sample_is_valid(sample: Document, name: str) -> None:
    assert audit(edition(sample, style.load(name))) == []


@needs_shared
@pytest.mark.parametrize("folder", ["reports", "laws", "pages"])
def test_the_corpora_are_valid_and_complete(folder: str) -> None:
    sources = [path for path in sorted((SHARED / "corpus" / folder).iterdir()) if path.suffix in (".txt", ".html")]
    assert sources
    for path in a_part(sources, 12):
        document = reading.read(path)
        for look in map(style.load, STYLES):
            data = edition(document, look)
            assert audit(data) == [], path
            assert verify.check("docx", data, writers.compose(document, look)) == [], path
            assert docx.Document(io.BytesIO(data)).paragraphs, path


def test_bytes_are_the_same_in_another_process(exam: dict[str, bytes]) -> None:
    code = (
        "import io, sys; from exam import exam_document; from convert import style, writers;"
        "writers.write('docx', exam_document(), style.load('gongwen'), sys.stdout.buffer)"
    )
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        assert done.stdout == exam["gongwen"]


def test_the_package_has_no_clock_and_no_template(exam: dict[str, bytes]) -> None:
    package = zipfile.ZipFile(io.BytesIO(exam["gongwen"]))
    assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert package.namelist()[0] == "[Content_Types].xml"
    assert not [name for name in package.namelist() if "Effects" in name or "glossary" in name or "customXml" in name]
    times = part(exam["gongwen"], "docProps/core.xml").findall("{http://purl.org/dc/terms/}*")
    assert {time.text for time in times} == {"2022-01-05T08:30:00Z"}
    assert not re.search(rb"paraId|rsid", package.read("word/document.xml"))


def test_a_document_without_a_time_has_the_first_day_of_zip() -> None:
    bare = Document(SourceInfo("a/b.txt", "0" * 64, "text/plain", "utf-8", 1), Metadata(), (Paragraph((Text("山"),)),))
    core = docx.Document(io.BytesIO(edition(bare, style.load("gongwen")))).core_properties
    assert core.modified is not None
    assert (core.modified.year, core.modified.month) == (1980, 1)
    assert core.title == "b"


def test_properties(exam: dict[str, bytes]) -> None:
    core = docx.Document(io.BytesIO(exam["gongwen"])).core_properties
    assert (core.title, core.author, core.language) == (TITLE, "王小明", "zh-CN")
    assert core.identifier == "洪政发\u30142021\u301512号"
    custom = {node.get("name"): node[0].text for node in part(exam["gongwen"], "docProps/custom.xml")}
    assert custom["published"] == "2021-12-31"
    assert custom["source"] == "洪山镇人民政府"
    assert custom["url"] == exam_document().metadata.url
    assert custom["主题分类"] == "农业\u3001林业\u3001水利"


def test_bookmarks_outline_and_contents_are_the_tree(exam: dict[str, bytes]) -> None:
    look = style.load("report")
    tree = outline(exam_document(), depth=look.outline.depth)
    data = part(exam["report"], "word/document.xml")
    bookmarks = [attribute(node, "name") for node in data.iter(W + "bookmarkStart")]
    assert bookmarks == [entry.id for entry in tree]
    opened = docx.Document(io.BytesIO(exam["report"]))
    headings = [one for one in opened.paragraphs if re.fullmatch(r"Heading \d", str(one.style and one.style.name))]
    assert [(int(str(one.style.name)[-1]), one.text) for one in headings if one.style] == [
        (entry.level, entry.text) for entry in tree
    ]
    listed = [entry for entry in tree if entry.level <= look.contents.depth]
    lines = list(data.find(f".//{W}sdt").iter(W + "p"))[1:]
    assert [int(str(attribute(line.find(f".//{W}pStyle")))[-1]) for line in lines] == [entry.level for entry in listed]
    anchors = [attribute(line.find(f".//{W}hyperlink"), "anchor") for line in lines]
    assert anchors == [entry.id for entry in listed]
    codes = ["".join(line.itertext(W + "instrText")) for line in lines]
    assert codes[0].startswith(' TOC \\o "1-2"')
    assert all(f" PAGEREF {entry.id} \\h " in code for entry, code in zip(listed, codes, strict=True))
    texts = [re.sub(r"\d+$", "", "".join(line.itertext(W + "t"))) for line in lines]
    assert texts == [entry.text for entry in listed]


def test_a_contents_needs_two_headings() -> None:
    bare = msgspec.structs.replace(exam_document(), blocks=exam_document().blocks[:7])
    assert part(edition(bare, style.load("report")), "word/document.xml").find(f".//{W}sdt") is None


def test_python_docx_finds_what_is_there(exam: dict[str, bytes]) -> None:
    opened = docx.Document(io.BytesIO(exam["gongwen"]))
    assert len(opened.tables) == 2
    assert opened.tables[0].cell(0, 1).text == "2020年"
    assert opened.tables[0].cell(3, 3).text == opened.tables[0].cell(4, 4).text == "结转"
    assert [paragraph.text for paragraph in opened.paragraphs if paragraph.style and paragraph.style.name == "Date"]
    assert len(opened.inline_shapes) == 3
    notes = part(exam["gongwen"], "word/footnotes.xml").findall(W + "footnote")
    assert len(notes) == 2 + 3


@pytest.mark.parametrize(
    ("marks", "counted"),
    [
        (["1", "2"], None),
        (["3", "4"], ["decimal", "3"]),
        (["\u2461", "\u2462"], ["decimalEnclosedCircle", "2"]),
        (["[1]", "[2]"], None),
        (["1", "3"], None),
        (["\u2473", "21"], None),
    ],
)
def test_word_counts_notes_where_it_can(marks: list[str], counted: list[str] | None) -> None:
    notes = tuple(Note(mark, mark, (Paragraph((Text("注"),)),)) for mark in marks)
    blocks = (Paragraph((Text("文"), *(NoteRef(mark, mark) for mark in marks))),)
    document = Document(SourceInfo("a.txt", "0" * 64, "text/plain", "utf-8", 1), blocks=blocks, notes=notes)
    data = edition(document, style.load("gongwen"))
    assert audit(data) == []
    assert verify.check("docx", data, document) == []
    how = part(data, "word/document.xml").find(f".//{W}sectPr/{W}footnotePr")
    assert (None if how is None else [value.get(W + "val") for value in how]) == counted


def test_a_property_without_a_printable_name_is_left_out() -> None:
    metadata = Metadata(extra=(("\x1b", "甲"), (" \x1b栏目", "乙"), ("栏目", "丙")))
    document = Document(SourceInfo("a.txt", "0" * 64, "text/plain", "utf-8", 1), metadata, (Paragraph((Text("文"),)),))
    data = edition(document, style.load("gongwen"))
    assert audit(data) == []
    assert [field.get("name") for field in part(data, "docProps/custom.xml")] == ["栏目"]


def test_a_picture_nobody_described_has_no_empty_description() -> None:
    media = {"a": missing_picture()}
    blocks = (Figure("a"), Figure("a", alt="办公楼"))
    document = Document(SourceInfo("a.html", "0" * 64, "text/html", "utf-8", 1), blocks=blocks, media=media)
    root = part(edition(document, style.load("gongwen")), "word/document.xml")
    for tag in ("docPr", "cNvPr"):
        assert [node.get("descr") for node in root.iter(f"{{*}}{tag}")] == [None, "办公楼"]


def test_a_picture_word_cannot_show_is_said() -> None:
    media = {PICTURE: Media(b"RIFF", "image/webp", 10, 10)}
    document = Document(
        SourceInfo("a.html", "0" * 64, "text/html", "utf-8", 1), Metadata(), (Figure(PICTURE, "图"),), media=media
    )
    stream = io.BytesIO()
    found = writers.write("docx", document, style.load("gongwen"), stream)
    said = Said("picture-type", kind="image/webp", key=PICTURE)
    assert said == f"Word does not show pictures of type image/webp: {PICTURE} is left out"
    assert found == [Notice.of(said, code="picture-left-out")]
    alt = part(stream.getvalue(), "word/document.xml").find(".//{*}docPr").get("descr")
    assert alt == "图片缺失\uff1a图"


def test_faces_are_sent_along_where_a_style_wants_it(sample: Document) -> None:
    look = style.load("gongwen")
    look = msgspec.structs.replace(look, docx=msgspec.structs.replace(look.docx, embed_fonts=True))
    data = edition(sample, look)
    assert data == edition(sample, look)
    assert audit(data) == []
    fonts = {attribute(node, "name"): node for node in part(data, "word/fontTable.xml")}
    package = zipfile.ZipFile(io.BytesIO(data))
    relations = {rel.get("Id"): rel.get("Target") for rel in part(data, "word/_rels/fontTable.xml.rels")}
    embedded = {name: node.find(W + "embedRegular") for name, node in fonts.items()}
    assert any(one is not None for one in embedded.values())
    for name, one in embedded.items():
        if one is None:
            continue
        stored = package.read("word/" + relations[one.get(R + "id")])
        key = bytes.fromhex(re.sub(r"[{}-]", "", one.get(W + "fontKey")))[::-1]
        head = bytes(byte ^ key[at % 16] for at, byte in enumerate(stored[:32]))
        assert head[:4] in (b"OTTO", b"\0\1\0\0"), name
    assert attribute(fonts[next(iter(fonts))].find(W + "altName"))


# --- Any document -----------------------------------------------------------------------------------------------

_MANY = settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))


def _whole(document: Document, name: str) -> None:
    look = style.load(name)
    data = edition(document, look)
    assert verify.check("docx", data, writers.compose(document, look)) == []
    assert audit(data) == []


@_MANY
@given(documents())
def test_any_document_is_valid_and_complete(document: Document) -> None:
    _whole(document, "report")


@_MANY
@given(documents(anything))
def test_any_characters_are_valid_and_complete(document: Document) -> None:
    _whole(document, "gongwen")


@_MANY
@given(noise())
def test_any_blocks_are_valid_and_complete(document: Document) -> None:
    _whole(document, "gongwen")
