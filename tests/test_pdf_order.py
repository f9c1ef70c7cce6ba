"""What a screen reader says of a PDF: the document's text, in the document's order, and each link by its words."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
import tag_reader
from conftest import ACCEPT, SAMPLE, SHARED, a_part
from exam import exam_document
from msgspec.structs import replace

from convert import clean, readers, source, style, verify, writers
from convert.model import Document, Link, Paragraph, Ruby, Text

SENTENCE = "下面先说明情况再请各位读者仔细阅读并且自己试一试因为这里的链接比一行更长"


def opened(document: Document, name: str = "gongwen") -> pikepdf.Pdf:
    stream = io.BytesIO()
    writers.write("pdf", document, style.load(name), stream)
    return pikepdf.open(stream)


def page(path: Path) -> Document:
    return clean.clean(readers.read(source.load(path)))


def shared() -> list[Path]:
    kinds = ("corpus/reports/*.txt", "corpus/laws/*.txt", "corpus/pages/*.html", "cases/pdf/[ho]*r*.html")
    found = [path for kind in kinds for path in sorted(SHARED.glob(kind))]
    return found if ACCEPT else [*a_part(found[:-2], 6), *found[-2:]]


def inlines() -> Document:
    """A paragraph in which links and ruby stand between text, one link over the end of a line."""
    long = Link("https://a.example/x", (Text(SENTENCE),))
    parts = (
        Text("前面的文字"),
        Link("https://a.example/y", (Text("中间的ABC链接"),)),
        Text("后面的文字"),
        Ruby("饕餮", "tāotiè"),
        Text("请注意阅读的次序"),
        long,
        Text("完了"),
    )
    return replace(exam_document(), blocks=(Paragraph(parts),), notes=())


@pytest.mark.parametrize("name", ["gongwen", "book"])
def test_the_tags_say_the_documents_text_in_its_order(name: str) -> None:
    for document in (inlines(), exam_document(), page(SAMPLE)):
        with opened(document, name) as pdf:
            said = tag_reader.body(tag_reader.tree(pdf))
        assert said == verify.expected(writers.compose(document, style.load(name))).body


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpora are absent")
def test_the_tags_of_shared_documents_say_their_text_in_its_order() -> None:
    for path in shared():
        document = page(path)
        with opened(document) as pdf:
            said = tag_reader.body(tag_reader.tree(pdf))
        assert said == verify.expected(writers.compose(document, style.load("gongwen"))).body, path


def test_a_link_has_one_annotation_a_line_with_its_words() -> None:
    with opened(inlines()) as pdf:
        found = tag_reader.links(pdf)
    assert [link.contents for link in found if "ABC" in link.text] == ["中间的ABC链接"]
    parts = [link.contents for link in found if link.text == SENTENCE]
    assert len(parts) > 1
    assert "".join(parts) == SENTENCE
    with opened(exam_document()) as pdf:
        assert all(link.contents for link in tag_reader.links(pdf))
