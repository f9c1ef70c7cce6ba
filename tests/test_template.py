"""DOCX editions in an office's own file: its styles, page and headers stay, matched by name; the rest is added."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Mm, Pt

import convert
from convert import style, verify, writers
from convert.errors import UsageError
from convert.run.options import Options, referenced

FOLDER = Path(__file__).parent / "fixtures"


def of_python_docx(path: Path) -> None:
    made = docx.Document()
    page = made.sections[0]
    page.header.paragraphs[0].text = "甲县档案馆"
    page.left_margin = Mm(31)
    made.add_paragraph("模板里的旧文字")
    made.save(str(path))


def of_wps(path: Path) -> None:
    made = docx.Document()
    for name in ("公文标题", "公文正文", "一级标题", "主送机关"):
        made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made.styles["公文正文"].paragraph_format.first_line_indent = Pt(32)
    made.sections[0].header.paragraphs[0].text = "甲县人民政府办公室"
    made.save(str(path))


def of_libreoffice(path: Path) -> None:
    path.write_bytes((FOLDER / "templates" / "libreoffice.docx").read_bytes())


@pytest.mark.parametrize(("make", "header", "title", "body"), [
    (of_python_docx, "甲县档案馆", "Title", "Normal"), (of_wps, "甲县人民政府办公室", "公文标题", "公文正文"),
    (of_libreoffice, "甲县档案馆", "Title", "Normal"),
])  # fmt: skip
def test_a_template_keeps_its_look(
    make: Callable[[Path], None], header: str, title: str, body: str, tmp_path: Path
) -> None:
    template = tmp_path / "office.docx"
    make(template)
    look = referenced(style.load("gongwen"), str(template))
    whole = writers.compose(convert.read(FOLDER / "forms" / "general.txt"), look)
    stream = io.BytesIO()
    notices = writers.find("docx")(whole, look, stream)
    assert not verify.check("docx", stream.getvalue(), whole)
    assert not verify.faults("docx", stream.getvalue())
    read = docx.Document(stream)
    assert read.sections[0].header.paragraphs[0].text == header
    assert read.sections[0].left_margin == docx.Document(str(template)).sections[0].left_margin
    styled = {line.text: line.style.name for line in read.paragraphs if line.style is not None}
    assert styled["甲县人民政府办公室关于印发\n《甲县农村公路养护实施方案》的通知"] == title
    assert styled["坚持建管养运并重\uff0c健全分级负责机制\u3002"] == body
    assert styled["附件1"] == "Annex Label"
    assert "模板里的旧文字" not in styled
    assert any(notice.code == "template-added" and "Annex Label" in notice.message for notice in notices)


def test_an_edition_of_ours_is_a_template_with_its_body_text(tmp_path: Path) -> None:
    plain = style.load("gongwen")
    whole = writers.compose(convert.read("a.txt", data="甲县档案馆的通知\n各单位要认真落实\u3002"), plain)
    with (tmp_path / "ours.docx").open("wb") as stream:
        writers.find("docx")(whole, plain, stream)
    again = io.BytesIO()
    assert not writers.find("docx")(whole, referenced(plain, str(tmp_path / "ours.docx")), again), "nothing is added"
    styled = {line.text: line.style.name for line in docx.Document(again).paragraphs if line.style is not None}
    assert styled["各单位要认真落实\u3002"] == "Body Text"


def test_a_template_that_is_none_is_said(tmp_path: Path) -> None:
    wrong = tmp_path / "office.docx"
    wrong.write_bytes(b"no package")
    look = referenced(style.load("gongwen"), str(wrong))
    whole = writers.compose(convert.read(FOLDER / "forms" / "letter.txt"), look)
    with pytest.raises(UsageError, match="template cannot be read"):
        writers.find("docx")(whole, look, io.BytesIO())


def test_another_template_makes_editions_anew(tmp_path: Path) -> None:
    file = tmp_path / "office.docx"
    of_python_docx(file)
    options = Options("2021-01-01T00:00:00Z", ("docx",), "gongwen", reference=str(file))
    before = options.choices
    of_wps(file)
    assert options.choices != before
