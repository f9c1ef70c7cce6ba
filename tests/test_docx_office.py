"""The DOCX edition as LibreOffice draws it: the page of GB/T 9704-2012, and every character of the text."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import msgspec
import office
import pikepdf
import pytest
from conftest import SAMPLE, SHARED, a_part
from exam import exam_document
from lxml import etree
from office import MM, Line

from convert import style, verify, writers
from convert.model import Document, Note, NoteRef, Paragraph, SourceInfo, Text, outline
from convert.run import reading

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEIGHT = 297 * MM
FOOT = 262 * MM
"""Below the text area, above the page number."""
CELL = 15.75
FORMS = sorted((Path(__file__).parent / "fixtures" / "forms").glob("*.txt"))

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are absent")


def edition(document: Document, name: str, path: Path) -> Path:
    stream = io.BytesIO()
    writers.write("docx", document, style.load(name), stream)
    path.write_bytes(stream.getvalue())
    return path


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sample and exam in both styles, and official documents with their letterheads, as PDF by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    documents = {"sample": reading.read(SAMPLE), "exam": exam_document()}
    files = [
        edition(document, look, folder / f"{name}-{look}.docx")
        for name, document in documents.items()
        for look in ("gongwen", "report")
    ]
    files += [edition(reading.read(path), "gongwen+auto", folder / f"{path.stem}.docx") for path in FORMS]
    return {path.stem: path for path in office.convert(files, folder)}


@pytest.fixture(scope="module")
def pages(drawn: dict[str, Path]) -> list[list[Line]]:
    return office.pages(drawn["sample-gongwen"])


def text_lines(page: list[Line]) -> list[Line]:
    return [line for line in page if line.y < FOOT]


def numbers(page: list[Line]) -> Line:
    (line,) = [line for line in page if line.y >= FOOT]
    return line


def test_a_full_page_has_22_lines(pages: list[list[Line]]) -> None:
    counts = [len(text_lines(page)) for page in pages[1:-1]]
    assert max(counts) == 22
    assert counts.count(22) >= 2
    # A page may end a line or two early: a paragraph's first or last line never stands alone, nor does a heading.
    assert min(counts) >= 20


def test_lines_stand_on_the_grid_of_every_page(pages: list[list[Line]]) -> None:
    pitch = style.load("gongwen").docx.line_pitch
    assert pitch is not None
    first = text_lines(pages[1])[0].y
    for page in pages[:-1]:
        for line in text_lines(page):
            if line.glyphs[0].size == 16:
                steps = (line.y - first) / pitch
                assert abs(steps - round(steps)) < 0.02, line.text


def test_the_frames_of_first_and_last_line_are_the_standard_s(pages: list[list[Line]]) -> None:
    full = [text_lines(page) for page in pages[1:-1] if len(text_lines(page)) == 22]
    for lines in full:
        assert abs(lines[0].top / MM - 37) <= 1
        assert abs((HEIGHT - lines[-1].bottom) / MM - 35) <= 1
        assert abs(min(line.glyphs[0].x for line in lines) / MM - 28) <= 1


def test_a_full_line_has_28_characters(pages: list[list[Line]]) -> None:
    # Lines of a paragraph that are not its first or last: they begin at the left edge and reach the right one.
    left = 28 * MM
    right = left + 28 * CELL
    full = [
        line
        for page in pages
        for line in text_lines(page)
        if line.glyphs[0].size == 16
        and abs(line.glyphs[0].x - left) < 1
        and line.glyphs[-1].x > right - 1.5 * CELL
        and not re.search("[ -~]", line.text)
    ]
    assert len(full) > 40
    counts = [len(line.glyphs) for line in full]
    # One less where a mark may not begin the next line and takes a character with it.
    assert set(counts) <= {27, 28}
    assert counts.count(28) >= 0.85 * len(counts)
    assert max(line.glyphs[-1].x + CELL for line in full) <= right + 2


def test_first_lines_are_indented_by_two_characters(pages: list[list[Line]]) -> None:
    starts = {round((line.glyphs[0].x - 28 * MM) / CELL, 1) for line in text_lines(pages[1])}
    assert starts == {0.0, 2.0}


def test_page_numbers_stand_outside_one_character_in(pages: list[list[Line]]) -> None:
    assert len(pages) >= 6
    for number, page in enumerate(pages, 1):
        line = numbers(page)
        assert line.text == f"\u2014{number}\u2014"
        if number % 2:
            end = (line.glyphs[-1].x + line.glyphs[-1].size) / MM
            assert abs(end - (28 + 156 - 14 / MM)) <= 1
        else:
            assert abs(line.glyphs[0].x / MM - (28 + 14 / MM)) <= 1
        middle = line.top / MM + 7 / MM  # 7 mm to the dash, in the middle of a number of 14 pt (7.5)
        assert abs(middle - (37 + 224.3 + 7)) <= 1


def test_nothing_is_lost_in_the_sample(drawn: dict[str, Path]) -> None:
    look = style.load("gongwen")
    wanted = verify.expected(writers.compose(reading.read(SAMPLE), look))
    assert office.text(drawn["sample-gongwen"], foot=FOOT) == wanted.body


@pytest.mark.parametrize("look", ["gongwen", "report"])
def test_the_exam_comes_out_complete(drawn: dict[str, Path], look: str) -> None:
    """By line: LibreOffice draws notes, glosses and repeated heads in between."""
    document = writers.compose(exam_document(), style.load(look))
    found = "".join(line.text for page in office.pages(drawn[f"exam-{look}"]) for line in page)
    parts = verify.expected(document)
    for gloss in ("h\u00f3ng", "sh\u0101n", "\u3068\u3046\u304d\u3087\u3046"):
        assert gloss in found
    for note in ("按当年价格计算", "投运时间为2021年6月", "变电站由\u201c国家电网\u201d投资建设", "清单见附表"):
        assert note in parts.notes
        assert note in found
    for line in ("居中的一行", "2.公共服务设施建设项目库", "2021年12月31日", "索引号\uff1a011336/2021-00042"):
        assert line in parts.body
        assert line in found
    # The head of the long table stands on each of its pages.
    assert found.count("村名项目投资\uff08万元\uff09") + found.count("序号村名项目投资") >= 2


def test_signature_and_date_stand_as_the_standard_says(drawn: dict[str, Path]) -> None:
    lines = {line.text: line for page in office.pages(drawn["exam-gongwen"]) for line in page}
    signature, date = lines["洪山镇人民政府"], lines["2021年12月31日"]
    assert abs(date.glyphs[0].x - signature.glyphs[0].x - 2 * CELL) < 1
    # The date is longer than the signature, so it is the one that ends two characters before the edge.
    end = (date.glyphs[-1].x + CELL - 28 * MM) / CELL
    assert abs(28 - 2 - end) < 0.6


def test_turned_lines_of_an_attachment_stand_under_its_name(drawn: dict[str, Path]) -> None:
    lines = [line for page in office.pages(drawn["exam-gongwen"]) for line in page]
    at = next(at for at, line in enumerate(lines) if line.text.startswith("附件\uff1a1."))
    first, turned, second = lines[at : at + 3]
    names = [first.glyphs[5].x, turned.glyphs[0].x, second.glyphs[2].x]
    assert second.text.startswith("2.公共")
    assert max(names) - min(names) < 0.5
    assert abs((first.glyphs[0].x - 28 * MM) / CELL - 2) < 0.1


# --- Letterheads: where the PDF has them, whose places test_forms measures by the standard's numbers -----------------


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same documents as our PDF."""
    folder = tmp_path_factory.mktemp("printed")
    for path in FORMS:
        stream = io.BytesIO()
        writers.write("pdf", reading.read(path), style.load("gongwen+auto"), stream)
        (folder / f"{path.stem}.pdf").write_bytes(stream.getvalue())
    return {path.stem: folder / f"{path.stem}.pdf" for path in FORMS}


@pytest.mark.parametrize("name", [path.stem for path in FORMS])
def test_a_letterhead_stands_where_the_pdf_has_it(drawn: dict[str, Path], printed: dict[str, Path], name: str) -> None:
    """Each line within a millimetre, as far as the standard lets the type area stand elsewhere (5.2.1), and what a word
    processor rounds; a bracket at a line's start is set closer in the PDF."""
    for ours, theirs in zip(office.pages(printed[name]), office.pages(drawn[name]), strict=False):
        there = {(line.text[:6], round(line.glyphs[0].size / 2)): line for line in theirs}
        lines = [line for line in ours if line.y < FOOT]
        pairs = [(line, there.get((line.text[:6], round(line.glyphs[0].size / 2)))) for line in lines]
        assert sum(found is None for _, found in pairs) <= 1  # a word processor breaks some lines elsewhere
        for line, found in pairs:
            if found is not None:
                assert abs(found.top - line.top) <= 1.2 * MM, line.text
                if line.text[0].isalnum():
                    assert abs(found.glyphs[0].x - line.glyphs[0].x) <= 1.2 * MM, line.text


@pytest.mark.parametrize("name", [path.stem for path in FORMS])
def test_the_rules_stand_where_the_pdf_has_them(drawn: dict[str, Path], printed: dict[str, Path], name: str) -> None:
    ours = [rule for page in office.rules(printed[name]) for rule in page]
    theirs = [rule for page in office.rules(drawn[name]) for rule in page]
    assert len(ours) == len(theirs) >= 1
    for rule, found in zip(ours, theirs, strict=True):
        assert found.red == rule.red
        assert abs(found.y - rule.y) <= MM
        assert abs(found.x - rule.x) <= 1.1 * MM
        assert abs(found.x2 - rule.x2) <= 1.1 * MM
        assert abs(found.weight - rule.weight) <= 0.3  # the thin line of a double rule has a weight of its own


@pytest.mark.parametrize("name", ["sample", "exam"])
def test_the_numbers_of_the_contents_are_right_before_any_update(drawn: dict[str, Path], name: str) -> None:
    """LibreOffice works the fields out; what was written beforehand has to be the same."""
    path = drawn[f"{name}-report"]
    root = etree.fromstring(zipfile.ZipFile(path.with_suffix(".docx")).read("word/document.xml"))
    entries = [list(line.itertext(W + "t")) for line in root.find(f".//{W}sdt").iter(W + "p")][1:]
    written = {"".join(texts[:-1]): int(texts[-1]) for texts in entries}
    counted: dict[str, int] = {}
    for line in office.pages(path)[0]:
        if found := re.fullmatch(r"(.+?)\.{3,}(\d+)", line.text):
            counted[found[1]] = int(found[2])
    document = exam_document() if name == "exam" else reading.read(SAMPLE)
    assert list(written) == [entry.text for entry in outline(document, depth=2)]
    assert counted == written


def test_embedded_faces_draw_where_none_is_installed(tmp_path: Path) -> None:
    look = style.load("gongwen")
    look = msgspec.structs.replace(look, docx=msgspec.structs.replace(look.docx, embed_fonts=True))
    stream = io.BytesIO()
    writers.write("docx", reading.read(SAMPLE), look, stream)
    source = tmp_path / "embedded.docx"
    source.write_bytes(stream.getvalue())
    (pdf,) = office.convert([source], tmp_path, chinese=False)
    fonts = etree.fromstring(zipfile.ZipFile(source).read("word/fontTable.xml"))
    sent = [font.get(W + "name") for font in fonts if font.find(W + "embedRegular") is not None]
    with pikepdf.open(pdf) as opened:
        drawn = {str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()}
    assert sent
    assert any(sent[0].replace(" ", "") in name for name in drawn), drawn


def noted(marks: list[str]) -> Document:
    """A paragraph for each mark, and its note."""
    pairs = list(enumerate(marks))
    blocks = tuple(Paragraph((Text(f"正文{at}"), NoteRef(f"n{at}", mark), Text("后文"))) for at, mark in pairs)
    notes = tuple(Note(f"n{at}", mark, (Paragraph((Text(f"注文{at}"),)),)) for at, mark in pairs)
    return Document(SourceInfo("notes.txt", "0" * 64, "text/plain", "utf-8", 1), blocks=blocks, notes=notes)


def test_each_mark_of_a_note_is_drawn_once_at_each_end(tmp_path: Path) -> None:
    every = [["3", "4"], ["\u2460", "\u2461", "\u2462"], ["1", "2"]]
    files = [edition(noted(marks), "gongwen", tmp_path / f"{at}.docx") for at, marks in enumerate(every)]
    for marks, pdf in zip(every, office.convert(files, tmp_path), strict=True):
        text = office.text(pdf, foot=HEIGHT)
        assert "".join(f"正文{at}{mark}后文" for at, mark in enumerate(marks)) in text
        assert "".join(f"{mark}注文{at}" for at, mark in enumerate(marks)) in text


def test_marks_nobody_counts_to_are_drawn_once_in_the_text(tmp_path: Path) -> None:
    """In the note LibreOffice (7.4) puts the reference's mark before the one that Word needs there."""
    marks = ["[1]", "*", "[3]", "5"]
    pdf = office.convert([edition(noted(marks), "gongwen", tmp_path / "a.docx")], tmp_path)[0]
    text = office.text(pdf, foot=HEIGHT)
    assert "".join(f"正文{at}{mark}后文" for at, mark in enumerate(marks)) in text
    assert all(f"{mark}注文{at}" in text for at, mark in enumerate(marks))


@needs_shared
@pytest.mark.parametrize("folder", ["reports", "laws", "pages"])
def test_libreoffice_converts_the_corpora_without_a_change(folder: str, tmp_path: Path) -> None:
    look = style.load("gongwen")
    found = [path for path in sorted((SHARED / "corpus" / folder).iterdir()) if path.suffix in (".txt", ".html")]
    sources = a_part(found, 8)
    documents = [reading.read(path) for path in sources]
    files = [edition(document, "gongwen", tmp_path / f"{at}.docx") for at, document in enumerate(documents)]
    for source, document, pdf in zip(sources, documents, office.convert(files, tmp_path), strict=True):
        wanted = verify.expected(writers.compose(document, look))
        assert verify.text._LAYOUT.sub("", office.text(pdf, foot=FOOT)) == wanted.body, source
