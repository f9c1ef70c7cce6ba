"""Pictures on the pages of a PDF, their boxes read back through PDFium: wherever they come to stand, they are inside
the type area, as wide or tall as they should be, with their captions."""

from __future__ import annotations

import io
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from pypdfium2 import raw

from convert import style, verify, writers
from convert.model import Cell, Document, Figure, Media, Metadata, Paragraph, Row, SourceInfo, Table, Text
from convert.writers.pdf.layout import measure_width

SHAPES = {"tall": (300, 3000), "wide": (3000, 200), "large": (2000, 1500), "small": (60, 40), "square": (500, 500)}


def picture(size: tuple[int, int], mode: str = "RGB") -> Media:
    stream = io.BytesIO()
    Image.new(mode, size, (60, 120, 180, 90)[: len(mode)]).save(stream, "PNG")
    return Media(stream.getvalue(), "image/png", *size)


MEDIA = {f"{name}.png": picture(size) for name, size in SHAPES.items()}
CLEAR = {"clear.png": picture((60, 40), "RGBA")}


def made(*blocks: Any, look: str) -> bytes:
    source = SourceInfo("pictures.txt", "0" * 64, "text/plain", "utf-8", 1)
    stream = io.BytesIO()
    writers.write(
        "pdf", Document(source, Metadata(language="zh-Hans"), blocks, (), MEDIA | CLEAR), style.load(look), stream
    )
    return stream.getvalue()


def boxes(data: bytes) -> list[tuple[int, tuple[float, float, float, float]]]:
    """Page and box (left, bottom, right, top; points) of each picture."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [
            (number, item.get_bounds())
            for number, page in enumerate(pdf)
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])
        ]


def assert_inside(data: bytes, look: str, count: int) -> None:
    found = boxes(data)
    assert len(found) == count
    page = style.load(look).page
    width = measure_width(style.load(look))
    for number, (left, bottom, right, top) in found:
        inner = page.width - page.inner - width if page.mirrored and number % 2 else page.inner
        assert inner - 0.01 <= left < right <= inner + width + 0.01
        assert page.height - page.top - page.text_height - 0.1 <= bottom < top <= page.height - page.top + 0.01


@pytest.mark.parametrize("look", ["gongwen", "report", "book"])
def test_pictures_stay_inside_the_type_area_wherever_the_text_puts_them(look: str) -> None:
    caption = (Text("图1\u3000全镇规划"),)
    blocks: list[Any] = []
    lines = 0
    for place in range(1, style.load(look).grid.lines, 3):  # each picture at another height of its page
        for name in SHAPES:
            blocks += [Paragraph((Text("各地认真落实\u3002"),))] * (place + lines % 3)
            blocks.append(Figure(f"{name}.png", "图", caption if place % 2 else ()))
            lines += 1
    assert_inside(made(*blocks, look=look), look, lines)


def test_a_picture_keeps_its_shape_and_its_caption() -> None:
    data = made(*(Figure(name, "图", (Text(f"题注{name}"),)) for name in MEDIA), look="gongwen")
    with pypdfium2.PdfDocument(data) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    for (number, (left, bottom, right, top)), (name, size) in zip(boxes(data), SHAPES.items(), strict=True):
        assert (right - left) / (top - bottom) == pytest.approx(size[0] / size[1], rel=0.01)
        assert f"题注{name}.png" in texts[number]


def test_a_picture_is_as_large_as_its_page_shows_it() -> None:
    figures = (Figure("large.png", width=200.0, height=120.0), Figure("large.png", width=100.0), Figure("small.png"))
    sizes = [(right - left, top - bottom) for _, (left, bottom, right, top) in boxes(made(*figures, look="gongwen"))]
    assert [value for size in sizes for value in size] == pytest.approx([150, 90, 75, 56.25, 45, 30], abs=0.05)


def test_pictures_in_the_cells_of_a_table_stay_inside_it() -> None:
    def row(*names: str) -> Row:
        return Row(tuple(Cell((Paragraph((Text("图示"),)), Figure(name, "图"), Figure(name, "图"))) for name in names))

    table = Table((row("tall.png", "wide.png"), row("square.png", "large.png")))
    assert_inside(made(table, look="gongwen"), "gongwen", 8)


def test_a_picture_that_is_partly_clear_hides_no_text() -> None:
    assert verify.unseen("pdf", made(Paragraph((Text("正文\u3002"),)), Figure("clear.png"), look="gongwen")) == []
