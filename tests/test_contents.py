"""A contents where nobody asked for one: in a long text with headings, in every edition, and never in a short one."""

from __future__ import annotations

import io
import zipfile

import pytest
from epub_book import changed, make

import convert
from convert import style, writers
from convert.model import Document, Heading, Paragraph, SourceInfo, Text
from convert.style import Style
from convert.writers.contents import front_of, is_shown
from convert.writers.pdf.contents import contents_rows
from convert.writers.pdf.layout import Layout
from convert.writers.pdf.shape import Shaper

GONGWEN = style.load("gongwen")
LEAST = GONGWEN.contents.least


def text(characters: int, headings: int = 5) -> Document:
    """A document of so many characters of text, headings included."""
    heads = [Heading(1, (Text(f"第{at}章"),), f"h{at}") for at in range(1, headings + 1)]
    body = Paragraph((Text("文" * (characters - 3 * headings)),))
    return Document(SourceInfo("long.txt", "0" * 64, "text/plain", "utf-8", 1), blocks=(*heads, body))


def docx(document: Document, look: Style) -> bytes:
    stream = io.BytesIO()
    writers.write("docx", document, look, stream)
    return zipfile.ZipFile(stream).read("word/document.xml")


def html(document: Document, look: Style) -> str:
    stream = io.BytesIO()
    writers.write("html", document, look, stream)
    return stream.getvalue().decode()


def test_a_long_text_with_headings_has_one() -> None:
    assert GONGWEN.contents.show == "auto"
    assert is_shown(text(LEAST), GONGWEN)
    assert not is_shown(text(LEAST - 1), GONGWEN)
    assert not is_shown(text(LEAST, headings=4), GONGWEN)


@pytest.mark.parametrize("said", [True, False])
def test_what_a_style_says_goes_before(said: bool) -> None:
    look = changed(GONGWEN, "contents", show=said)
    assert is_shown(text(20), look) is is_shown(text(LEAST), look) is said


def test_what_stands_above_a_title_stands_before_the_contents() -> None:
    def block(role: str) -> Paragraph:
        return Paragraph((Text("文"),), role=role)  # type: ignore[arg-type]

    above, title, day, body = map(block, ("attachment", "title", "dateline", "body"))
    assert front_of([above, title, day, body, title]) == 3
    assert front_of([title, body]) == 1
    assert front_of([body, above, body, above, title, body]) == 0
    assert front_of([title, day]) == 2


def test_a_letterhead_has_none() -> None:
    whole = convert.with_metadata(text(LEAST), document_number="甲政发〔2021〕1号")
    assert is_shown(whole, style.load("gongwen"))
    assert not is_shown(whole, style.load("gongwen+general"))


@pytest.mark.parametrize("characters", [99, 100])
def test_every_edition_goes_by_it(characters: int) -> None:
    look, document = changed(GONGWEN, "contents", least=100), text(characters)
    shown = characters == 100
    layout = Layout(document, look, Shaper(look, None, {}))
    assert bool(contents_rows(layout, layout.rows())[0]) is shown
    assert (b"TOC \\o" in docx(document, look)) is shown
    spine = make(document, look).spine
    assert ("nav.xhtml" in spine) is shown
    assert ("body > nav { display: none" not in " ".join(html(document, look).split())) is shown
