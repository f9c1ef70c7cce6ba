"""PDF read back: what is done to a file before PDFium reads it changes nothing of what is read."""

from __future__ import annotations

import re

import msgspec
import pypdfium2
import pytest
from conftest import SAMPLE
from exam import exam_document
from hypothesis import HealthCheck, given, settings
from part import examples
from planted import File
from strategies import documents

from convert import style, verify, writers
from convert.model import Cell, Document, Paragraph, Row, Table, Text
from convert.run import pipeline, reading
from convert.verify import boxes, embedded, freetype, pdf, tagged, text
from convert.verify.plain import is_plain


def made(look: str, *, sample: bool) -> bytes:
    document = reading.read(SAMPLE) if sample else exam_document()
    return pipeline.write("pdf", document, style.load(look))[0]


@pytest.mark.parametrize("look", ["gongwen", "report", "book"])
@pytest.mark.parametrize("sample", [True, False], ids=["sample", "exam"])
def test_boxes_in_place_of_outlines_change_no_text(look: str, sample: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = made(look, sample=sample)
    boxed = verify.read("pdf", edition)
    monkeypatch.setattr(boxes, "boxed", lambda data: data)
    assert verify.read("pdf", edition) == boxed


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
def test_boxes_change_the_text_of_no_document(document: Document) -> None:
    edition, _ = pipeline.write("pdf", document, style.load("gongwen"))
    boxed = verify.read("pdf", edition)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(boxes, "boxed", lambda data: data)
        assert verify.read("pdf", edition) == boxed


def test_boxes_change_the_outlines_of_fonts_and_nothing_else() -> None:
    edition = made("gongwen", sample=True)
    boxed = boxes.boxed(edition)
    fonts = [
        found.span()
        for found in re.finditer(rb"/(?:CIDFontType0C|Length1)\b[^<>]*>>\s*stream\s.*?endstream", edition, re.DOTALL)
    ]
    assert fonts
    assert len(boxed) == len(edition)
    place = 0
    for start, end in fonts:
        assert boxed[place:start] == edition[place:start]
        assert boxed[start:end] != edition[start:end]
        place = end
    assert boxed[place:] == edition[place:]


def test_a_boxed_font_draws_boxes() -> None:
    """PDFium takes the changed fonts for what they are: each ideograph is a box of its em."""
    edition = made("gongwen", sample=True)
    with pypdfium2.PdfDocument(boxes.boxed(edition)) as document, pypdfium2.PdfDocument(edition) as before:
        page = document[1].get_textpage()
        assert page.get_text_range() == before[1].get_textpage().get_text_range()
        at = next(at for at in range(page.count_chars()) if "\u4e00" <= page.get_text_range(at, 1) <= "\u9fff")
        left, bottom, right, top = page.get_charbox(at)
    assert (right - left, top - bottom) == (pytest.approx(15.75, abs=0.1), pytest.approx(15.75, abs=0.2))


@pytest.mark.parametrize("count", [6, 7])
def test_each_box_is_as_wide_as_its_glyph_is_said_to_be(count: int) -> None:
    widths = embedded.CodeWidths(1000)
    widths.update({2: 500, 3: 500, 4: 333.01, 5: 0, 9: 700})
    with freetype.Program(boxes._boxes(count, widths)) as program:
        drawn = [program.contours(program.shape(glyph)) for glyph in range(count)]
        assert program.glyphs == count
    wide = [1000, 1000, 500, 500, 333, 100, 1000][:count]
    assert drawn == [[[(0.0, -120.0), (float(width), 880.0)]] for width in wide]


@pytest.mark.parametrize("font", [b"", b"\x01\x00\x04\x02", b"not a font at all", b"\x01\x00\x04\x02" + b"\xff" * 400])
def test_a_font_of_another_build_stays_as_it_is(font: bytes) -> None:
    file = File(made("gongwen", sample=True))
    file.change(file.fonts()[-1], lambda _: font)
    data = file.to_bytes()
    assert boxes.boxed(data) == data
    assert boxes.boxed(data[:-9]) == data[:-9]


def test_pages_as_a_whole_are_the_body_and_nothing_else() -> None:
    look = style.load("gongwen")
    composed = writers.compose(reading.read(SAMPLE), look)
    edition, body = made("gongwen", sample=True), verify.expected(composed).body
    assert text._runs_as(body, edition) == (True, [])
    for other in (body[1:], body[:-1], body + "\u4e00", "\u4e00" + body, body[:99] + body[100:], ""):
        assert text._runs_as(other, edition) == (False, [])


@pytest.mark.parametrize("said", ["\U00020bb7\u4e00", "\U00020bb7" * 700, "A\U0001d49c-\u4e00"])
def test_characters_beyond_the_first_plane(said: str) -> None:
    """PDFium's text of a whole page counts in units of UTF-16: nothing is overrun, and nothing called different."""
    look = style.load("gongwen")
    document = reading.read(SAMPLE)
    document = msgspec.structs.replace(document, blocks=(*document.blocks[:3], Paragraph((Text(said),))))
    edition, _ = pipeline.write("pdf", document, look)
    assert verify.check("pdf", edition, writers.compose(document, look)) == []


def test_cells_that_go_on_on_a_further_page_are_read_whole() -> None:
    """Two cells higher than a page are drawn page by page; the structure has the first whole before the second."""
    cells = [tuple(Paragraph((Text(f"{word}{at}"),)) for at in range(70)) for word in ("东街", "西街")]
    row = Row(tuple(Cell(cell) for cell in cells))
    look = style.load("gongwen")
    document = msgspec.structs.replace(reading.read(SAMPLE), blocks=(Table((row, row)),), notes=())
    edition, _ = pipeline.write("pdf", document, look)
    composed = writers.compose(document, look)
    assert verify.differences(verify.expected(composed), verify.read("pdf", edition)), "as it is drawn it differs"
    assert verify.check("pdf", edition, composed) == []
    other = msgspec.structs.replace(composed, blocks=(Table((row, Row(row.cells[::-1]))),))
    (said,) = verify.check("pdf", edition, other)
    assert "西街0" in str(said) or "东街0" in str(said)


def test_the_order_of_the_structure_names_each_marked_content_once() -> None:
    edition = made("gongwen", sample=False)
    order = tagged.marked(edition)
    assert len(order) == len(set(order))
    assert {page for page, _ in order} == set(range(max(order)[0] + 1))
    assert sorted(pdf.in_order(edition)) == sorted(piece for piece in pdf.pieces(edition) if piece != ("body", "\n"))


# --- Plain pages -------------------------------------------------------------------------------------------------


def test_pages_of_plain_text_are_known_to_be_plain() -> None:
    for look in ("gongwen", "report"):
        assert is_plain(made(look, sample=True))


@pytest.mark.parametrize(
    "code",
    [
        b"1 g", b"0 0 0 rg", b"/GS0 gs", b"3 Tr", b"7 Tr", b"30 Tz", b"0 0 1 1 re W n", b"1 0 0 1 9 9 cm", b"q",
        b"2 0 0 1 80 80 Tm", b"1 0 0 -1 80 80 Tm", b"/F1 2.9 Tf", b"/F1 0.5 Tf", b"2 w", b"12 w", b"0 0 9 9 re f",
        b"/Im1 Do", b"(text)Tj", b"% 1 g", b"/OC /L BDC", b"9 Ts", b"/P<</MCID 0/Alt(x)>>BDC",
    ],
)  # fmt: skip
def test_pages_with_another_operator_are_not(code: bytes) -> None:
    file = File(made("gongwen", sample=True))
    file.change(file.pages()[-1], lambda content: content + b"\n" + code + b"\n")
    assert not is_plain(file.to_bytes())


@pytest.mark.parametrize(
    "said", [b"/#43ontents 5 0 R", b"/Contents %s\n 5 0 R", b"/Contents 0 0 R", b"/Contents [1 0 R]"]
)
def test_contents_that_are_named_in_another_way_are_not(said: bytes) -> None:
    file = File(made("gongwen", sample=True))
    at = next(at for at, body in file.plain.items() if b"/Catalog" in body)
    file.plain[at] = file.plain[at][:-2] + said + b" >>"
    assert not is_plain(file.to_bytes())
    assert not is_plain(b"")


def test_the_text_of_a_note_is_no_content() -> None:
    file = File(made("gongwen", sample=True))
    at = next(at for at, body in file.plain.items() if b"/Catalog" in body)
    file.plain[at] = (
        file.plain[at][:-2] + b"/Contents (text) /A << /Contents <feff> /Contents [%d 0 R] >> >>" % file.pages()[0]
    )
    assert is_plain(file.to_bytes())
