"""PDF read back: what is done to a file before PDFium reads it changes nothing of what is read."""

from __future__ import annotations

import re
import zlib

import msgspec
import pypdfium2
import pytest
from conftest import SAMPLE
from exam import exam_document
from hypothesis import HealthCheck, given, settings
from strategies import documents

from convert import style, verify, writers
from convert.model import Document, Paragraph, Text
from convert.run import pipeline, reading
from convert.verify import pdf, text


def made(look: str, *, sample: bool) -> bytes:
    document = reading.read(SAMPLE) if sample else exam_document()
    return pipeline.write("pdf", document, style.load(look))[0]


@pytest.mark.parametrize("look", ["gongwen", "report", "book"])
@pytest.mark.parametrize("sample", [True, False], ids=["sample", "exam"])
def test_boxes_in_place_of_outlines_change_no_text(look: str, sample: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = made(look, sample=sample)
    boxed = verify.read("pdf", edition)
    monkeypatch.setattr(pdf, "_boxed", lambda data: data)
    assert verify.read("pdf", edition) == boxed


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
def test_boxes_change_the_text_of_no_document(document: Document) -> None:
    edition, _ = pipeline.write("pdf", document, style.load("gongwen"))
    boxed = verify.read("pdf", edition)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdf, "_boxed", lambda data: data)
        assert verify.read("pdf", edition) == boxed


def test_boxes_change_the_outlines_of_cff_fonts_and_nothing_else() -> None:
    edition = made("gongwen", sample=True)
    boxed = pdf._boxed(edition)
    fonts = [
        found.span() for found in re.finditer(rb"CIDFontType0C[^<>]*>>\s*stream\s.*?endstream", edition, re.DOTALL)
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
    boxed = pdf._boxed(made("gongwen", sample=True))
    with pypdfium2.PdfDocument(boxed) as document:
        page = document[1].get_textpage()
        at = next(at for at, char in enumerate(page.get_text_range()) if "\u4e00" <= char <= "\u9fff")
        left, bottom, right, top = page.get_charbox(at)
    assert right - left == pytest.approx(top - bottom, rel=0.02)


@pytest.mark.parametrize(
    "font",
    [b"", b"\x01\x00\x04\x02", b"not a font at all", b"\x01\x00\x04\x02" + b"\x00\x01\x01\x01\x02a" * 3, b"\xff" * 400],
)
def test_a_font_of_another_build_stays_as_it_is(font: bytes) -> None:
    packed = zlib.compress(font)
    head = b"1 0 obj\n<< /Filter /FlateDecode /Length %d /Subtype /CIDFontType0C >>\nstream\n" % len(packed)
    for data in (head + packed + b"\nendstream", head + font + b"\nendstream", head):
        assert pdf._boxed(data) == data


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
