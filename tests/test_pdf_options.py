"""What a style can ask of the PDF edition beyond the default: boxes for characters no face draws, the page embedded in
the file, words hyphenated, wide tables turned.  Each file passes the validators."""

from __future__ import annotations

import io
import itertools
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pypdfium2
import pytest
from conftest import SAMPLE, Wenban
from exam import exam_document
from pdf_audit import glyphs, lines
from test_pdf import assert_accessible, assert_drawn_alike

from convert import style, verify, writers
from convert.errors import FontError, Notice
from convert.model import Attachment, Cell, Document, Link, Metadata, Paragraph, Row, SourceInfo, Table, Text
from convert.run import pipeline
from convert.typography import fonts, hyphens
from convert.writers.pdf.layout import measure_width

RARE = "罕见字\U00020000与\U0002a6d0\u3001\U00020000各一"


def document(*texts: str, **more: Any) -> Document:
    blocks = tuple(Paragraph((Text(text),)) for text in texts)
    return Document(
        SourceInfo("case.txt", "0" * 64, "text/plain", "utf-8", 1), Metadata(language="zh-Hans"), blocks, **more
    )


def made(whole: Document, name: str = "gongwen", **pdf: Any) -> tuple[bytes, list[Notice]]:
    look = style.load(name)
    look = msgspec.structs.replace(look, pdf=msgspec.structs.replace(look.pdf, **pdf))
    stream = io.BytesIO()
    notices = writers.write("pdf", whole, look, stream)
    assert verify.check("pdf", stream.getvalue(), writers.compose(whole, look)) == []
    return stream.getvalue(), notices


def text_of(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf).replace("\r\n", "")


def for_verapdf(folder: Path) -> dict[Path, list[str]]:
    """Files with what options make, and the profiles they claim; `test_pdf` shows them to veraPDF with its own."""
    archive, second = all_at_once(folder)
    hyphenated(document(ENGLISH, ENGLISH[6:], ENGLISH[20:]), folder)
    return {archive: ["3a", "ua1"], second: ["4f", "ua2"], folder / "hyphens.pdf": ["2a", "ua1"]}


def assert_whole(*paths: Path) -> None:
    """qpdf finds nothing wrong with some files."""
    for path in paths:
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False, encoding="utf-8")
        assert done.returncode == 0, done.stdout + done.stderr


# --- Characters no face can draw ------------------------------------------------------------------------------------


def test_a_character_no_face_draws_is_an_error_that_names_it() -> None:
    with pytest.raises(FontError, match=r"U\+20000"):
        made(document(RARE), missing_glyphs="error")


def test_or_a_box_that_is_read_as_the_character_and_a_warning() -> None:
    data, notices = made(document(RARE))
    assert text_of(data).startswith(RARE)
    assert [notice.code for notice in notices] == ["missing-glyphs"]
    assert "U+20000, U+2A6D0:" in notices[0].message


@pytest.mark.parametrize(
    "word",
    ["ᠮᠣᠩ", "བོད", "ئۇيغۇر", "שלום", "𫓥", "葛󠄀", "\U000f1234"],
)
@pytest.mark.parametrize("bare", [False, True], ids=["with system faces", "without"])
def test_a_word_of_another_script_sinks_no_document(word: str, bare: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mongolian, Tibetan, Uyghur, Hebrew, an ideograph of GB 18030-2022, a variation sequence, private use."""
    if bare:
        monkeypatch.setattr(fonts, "_resolve", fonts._resolve.__wrapped__)  # what was found before is not remembered
        monkeypatch.setattr(fonts, "_anything", lambda *_: None)
    look = style.load("gongwen")
    whole = document(f"他说\uff1a{word}是一个词\uff0c{word}\u3002")
    for name in ("docx", "pdf", "epub"):
        data, _ = pipeline.write(name, whole, look)
        assert verify.check(name, data, writers.compose(whole, look)) == []


def test_a_box_can_be_seen() -> None:
    data, _ = made(document("\U00020000"), missing_glyphs="box")
    with pypdfium2.PdfDocument(data) as pdf:
        left, bottom, right, top = pdf[0].get_textpage().get_charbox(0)
        scale = 4
        drawn = pdf[0].render(scale=scale).to_pil().convert("L")
        height = pdf[0].get_height()
    box = drawn.crop(tuple(round(value * scale) for value in (left, height - top, right, height - bottom)))
    dark = sum(value < 128 for value in box.tobytes())
    assert min(box.size) > 8 * scale
    assert 0.02 < dark / (box.width * box.height) < 0.5  # an outline: neither nothing nor a blot


# --- The page embedded ----------------------------------------------------------------------------------------------


def test_the_page_is_embedded_as_the_source(wenban: Wenban, tmp_path: Path) -> None:
    page = tmp_path / "网页.html"
    page.write_text(
        "<meta charset=utf-8><title>通知</title><h1>通知</h1><p>各村认真落实工作\u3002</p>", encoding="utf-8"
    )
    look = tmp_path / "archive.toml"
    look.write_text('extends = "gongwen"\ndescription = "archive"\n[pdf]\nattach_source = true\n', encoding="utf-8")
    done = wenban("convert", page, SAMPLE, "-t", "pdf", "--style", look, "-o", "out")
    assert done.returncode == 0, done.stderr
    for name, source, media_type in (("网页", page, "text/html"), (SAMPLE.stem, SAMPLE, "text/plain")):
        with pikepdf.open(tmp_path / "out" / f"{name}.pdf") as pdf:
            (spec,) = pdf.Root.AF
            held = spec.EF.UF
            assert bytes(held.read_bytes()) == source.read_bytes()
            assert (str(held.Subtype), str(spec.AFRelationship), str(spec.UF)) == (
                f"/{media_type}", "/Source", source.name,
            )  # fmt: skip
            assert (int(held.Params.Size), str(held.Params.ModDate)) == (source.stat().st_size, "D:20211231000000Z")
            assert pdf.Root.Names.EmbeddedFiles.Names[1].objgen == spec.objgen


# --- Words divided --------------------------------------------------------------------------------------------------

ENGLISH = (
    "会议讨论了Internationalization和telecommunications的发展方向\uff0c并听取了representatives的意见\u3002"
    "Each administrative department reported on its responsibilities and achievements\u3002"
)


def hyphenated(whole: Document, folder: Path, **composition: Any) -> tuple[list[str], bytes]:
    """The lines of an edition whose style divides words, as they are drawn, and its bytes."""
    look = style.load("gongwen")
    look = msgspec.structs.replace(
        look, composition=msgspec.structs.replace(look.composition, hyphenate=True, **composition)
    )
    stream = io.BytesIO()
    writers.write("pdf", whole, look, stream)
    assert verify.check("pdf", stream.getvalue(), writers.compose(whole, look)) == []
    path = folder / "hyphens.pdf"
    path.write_bytes(stream.getvalue())
    return [line.text for line in lines(path, size=15.75, bottom=700)], stream.getvalue()


def test_words_are_divided_where_the_style_says_so_and_read_whole(tmp_path: Path) -> None:
    drawn, data = hyphenated(document(ENGLISH, ENGLISH[6:], ENGLISH[20:]), tmp_path)
    ends = [line for line in drawn if line.endswith("-")]
    assert ends
    whole = "".join((ENGLISH + ENGLISH[6:] + ENGLISH[20:]).split())
    assert "".join(text_of(data).split()).startswith(whole)
    said = subprocess.run(["pdftotext", tmp_path / "hyphens.pdf", "-"], capture_output=True, check=True).stdout
    assert "-" not in said.decode()
    assert_whole(tmp_path / "hyphens.pdf")


def test_no_word_is_divided_by_default(tmp_path: Path) -> None:
    path = tmp_path / "whole.pdf"
    path.write_bytes(made(document(ENGLISH, ENGLISH[6:], ENGLISH[20:]))[0])
    assert [line.text for line in lines(path, size=15.75, bottom=700) if line.text.endswith("-")] == []


@pytest.mark.parametrize("text", ["https://example.gov.cn/administration/departments", "office@administration.gov.cn"])
def test_addresses_are_not_divided_by_a_hyphen(text: str) -> None:
    assert hyphens.points(text, "en") == []


@pytest.mark.parametrize(("word", "language", "divided"), [
    ("information", "zh-Hans", "in-for-ma-tion"),
    ("Donaudampfschiff", "de", "Do-nau-dampf-schiff"),
    ("UNESCO", "en", "UNESCO"),
    ("into", "en", "into"),
])  # fmt: skip
def test_words_are_divided_by_the_dictionary_of_their_language(word: str, language: str, divided: str) -> None:
    at = {0, *hyphens.points(word, language), len(word)}
    assert "-".join(word[first:last] for first, last in itertools.pairwise(sorted(at))) == divided


# --- Wide tables turned ---------------------------------------------------------------------------------------------


def wide_table(columns: int, rows: int) -> Table:
    def cell(text: str, **more: Any) -> Cell:
        return Cell((Paragraph((Text(text),)),), **more)

    def line(number: int) -> Row:
        village = Cell((Paragraph((Link("https://a.example/", (Text(f"第{number}村"),)),)),))
        return Row((village, *(cell(f"{number * 1000 + at:,}.5万元") for at in range(1, columns))))

    head = Row(tuple(cell(f"第{at}项指标", header=True) for at in range(1, columns + 1)), header=True)
    return Table((head, *map(line, range(1, rows + 1))), (Text("表1\u3000各村指标"),))


def around(table: Table) -> tuple[Any, ...]:
    return (Paragraph((Text("指标见下表\u3002"),)), table, Paragraph((Text("以上为快报数\u3002"),)))


def with_blocks(*blocks: Any) -> Document:
    return msgspec.structs.replace(document(), blocks=blocks)


@pytest.mark.parametrize("name", ["gongwen", "report", "book"])
def test_a_table_too_wide_to_read_upright_is_turned_whole_onto_pages_of_its_own(name: str, tmp_path: Path) -> None:
    data, notices = made(with_blocks(*around(wide_table(14, 30))), name)
    assert "table-turned" in [notice.code for notice in notices]
    path = tmp_path / "wide.pdf"
    path.write_bytes(data)
    look = style.load(name)
    page, width = look.page, measure_width(look)
    pages = glyphs(path)
    turned = [[glyph for glyph in found if glyph.size < look.elements.body.size] for found in pages]
    assert len(pages) > 3
    for number, found in enumerate(turned[1:-1], 1):
        mirrored = page.mirrored and number % 2
        left = page.width - page.inner - width if mirrored else page.inner
        inside = [glyph for glyph in found if page.top < glyph.y < page.top + page.text_height]
        assert all(left - 0.1 < glyph.x < left + width + 0.1 for glyph in inside)
        text = "".join(glyph.char for glyph in inside)
        assert text.count("项指标") == 14  # the head, on every page
        assert len(inside) > 14 * 4
    with pikepdf.open(path) as pdf:
        kinds = [str(kid.S) for kid in pdf.Root.StructTreeRoot.K.K]
        assert kinds == ["/P", "/Table", "/P"]
        assert [str(kid.S) for kid in pdf.Root.StructTreeRoot.K.K[1].K] == ["/Caption", *["/TR"] * 31]
        boxes = [
            (number, [float(value) for value in note.Rect])
            for number, one in enumerate(pdf.pages)
            for note in one.get("/Annots", [])
        ]
    assert len(boxes) >= 30
    for number, (x, y, x2, y2) in boxes:  # each lies around what is drawn
        assert any(x < glyph.x < x2 and y - 0.1 < page.height - glyph.y < y2 for glyph in turned[number])


def test_a_table_that_can_be_read_upright_is_not_turned() -> None:
    _, notices = made(with_blocks(*around(wide_table(9, 3))))
    assert [notice.code for notice in notices] == ["table-scaled"]


# --- All at once ----------------------------------------------------------------------------------------------------


def all_at_once(folder: Path) -> tuple[Path, Path]:
    """The exam with all that these options make, as PDF/A-3 and as PDF/A-4."""
    whole = exam_document()
    attached = tuple(Attachment("网页.html", "text/html", page) for page in (b"<p>1</p>", b"<p>2</p>"))
    blocks = (*whole.blocks[:30], Paragraph((Text(RARE),)), *around(wide_table(14, 12)), *whole.blocks[30:])
    whole = msgspec.structs.replace(whole, blocks=blocks, attachments=attached)
    path, second = folder / "archive.pdf", folder / "archive-2.pdf"
    path.write_bytes(made(whole, missing_glyphs="box")[0])
    second.write_bytes(made(whole, missing_glyphs="box", standard="a-4")[0])
    return path, second


def test_a_file_with_all_of_these_is_drawn_alike_by_all(tmp_path: Path) -> None:
    path, second = all_at_once(tmp_path)
    assert_whole(path, second)
    assert_accessible([path], tmp_path)
    assert_drawn_alike(path, tmp_path)
    assert verify.faults("pdf", path.read_bytes()) == verify.faults("pdf", second.read_bytes()) == []


# --- PDF 2.0 --------------------------------------------------------------------------------------------------------


def test_a_file_of_pdf_2_says_what_it_is_and_leads_to_its_elements() -> None:
    data, _ = made(exam_document(), "book", standard="a-4")
    assert data.startswith(b"%PDF-2.0\n")
    assert verify.faults("pdf", data) == []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Info" not in pdf.trailer
        root = pdf.Root.StructTreeRoot
        assert [str(space.NS) for space in root.Namespaces] == ["http://iso.org/pdf2/ssn"]
        assert "/RoleMap" not in root
        assert str(root.K.NS.NS) == "http://iso.org/pdf2/ssn"
        found: dict[str, list[pikepdf.Object]] = {}
        for node in elements(root.K):
            found.setdefault(str(node.S), []).append(node)
        assert {"/Title", "/FENote", "/TOCI", "/Caption", "/Figure"} <= found.keys()
        assert found.keys().isdisjoint({"/Note", "/Byline", "/Subtitle", "/Date", "/Signature", "/Salutation"})
        assert {str(node.P.S) for node in found["/Caption"]} <= {"/Figure", "/Table", "/TOC"}
        assert any(kid.S == "/Caption" for node in found["/Figure"] for kid in kids_of(node))
        for note in found["/FENote"]:
            assert note.A.NoteType == "/Footnote"
            assert [note.objgen in [back.objgen for back in mark.Ref] for mark in note.Ref] == [True] * len(note.Ref)
        assert all(str(entry.Ref[0].S)[:2] == "/H" for entry in found["/TOCI"])
        bookmark = pdf.Root.Outlines.First
        assert bookmark.A.D[0].Type == "/Page"
        assert str(bookmark.A.SD[0].S) == "/H1"
        actions = [note.A for page in pdf.pages for note in page.get("/Annots", []) if note.A.S == "/GoTo"]
        assert {str(action.SD[0].S) for action in actions} >= {"/FENote", "/H1"}


def elements(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    yield node
    for kid in kids_of(node):
        yield from elements(kid)


def kids_of(node: pikepdf.Object) -> list[pikepdf.Object]:
    kids = node.get("/K", [])
    every = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in every if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
