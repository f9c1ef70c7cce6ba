"""What a style can ask of the PDF edition beyond the default: boxes for characters no face draws, the page embedded in
the file, words hyphenated, wide tables turned.  Each file passes the validators."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pikepdf
import pypdfium2
import pytest
from conftest import SAMPLE, Wenban
from exam import exam_document
from tools import verapdf

from convert import style, verify, writers
from convert.errors import FontError, Notice
from convert.model import Attachment, Document, Metadata, Paragraph, SourceInfo, Text

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


def assert_valid(path: Path, *flavours: str) -> None:
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    for flavour in flavours:
        command = [*verapdf(), "--flavour", flavour, "--format", "text", "-v", str(path)]
        done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
        assert done.stdout.startswith("PASS"), done.stdout


# --- Characters no face can draw ------------------------------------------------------------------------------------


def test_a_character_no_face_draws_is_an_error_that_names_it() -> None:
    with pytest.raises(FontError, match=r"U\+20000"):
        made(document(RARE))


def test_or_a_box_that_is_read_as_the_character_and_a_warning() -> None:
    data, notices = made(document(RARE), missing_glyphs="box")
    assert text_of(data).startswith(RARE)
    assert [notice.code for notice in notices] == ["missing-glyphs"]
    assert "U+20000, U+2A6D0:" in notices[0].message


def test_a_box_can_be_seen() -> None:
    data, _ = made(document("\U00020000"), missing_glyphs="box")
    with pypdfium2.PdfDocument(data) as pdf:
        left, bottom, right, top = pdf[0].get_textpage().get_charbox(0)
        scale = 4
        drawn = pdf[0].render(scale=scale).to_pil().convert("L")
        height = pdf[0].get_height()
    box = drawn.crop(tuple(round(value * scale) for value in (left, height - top, right, height - bottom)))
    dark = sum(value < 128 for value in box.getdata())
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


def test_archives_with_boxes_and_attachments_are_valid(tmp_path: Path) -> None:
    whole = exam_document()
    attached = (
        Attachment("网页.html", "text/html", b"<p>1</p>"),
        Attachment("网页.html", "text/html", b"<p>2</p>"),
    )
    blocks = (*whole.blocks, Paragraph((Text(RARE),)))
    data, _ = made(msgspec.structs.replace(whole, blocks=blocks, attachments=attached), missing_glyphs="box")
    path = tmp_path / "archive.pdf"
    path.write_bytes(data)
    assert_valid(path, "3a", "ua1")
