"""DOCX as a source: styles, numbers, tables, notes and pictures of the shapes that Word, WPS and pandoc make."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from conftest import Wenban
from exam import exam_document
from word_packages import PNG, counted, lists, numbered, package, paragraph, style

from convert import readers, source, writers
from convert import style as styles
from convert.clean import clean
from convert.errors import SourceError
from convert.model import Document, Figure, Link, NoteRef, Ruby, Table, inlines_of, ledger, plain, replay
from convert.readers.docx.numbering import numeral
from convert.verify import text_of
from convert.zh import wordstyles


def read(data: bytes, name: str = "page.docx") -> Document:
    """The document in a DOCX, its lines all accounted for."""
    raw = readers.read(source.from_bytes(data, name))
    document = clean(raw)
    assert replay(document.source, ledger(document), document.repairs) == replay(raw.source, ledger(raw), ())
    return document


def lines(document: Document) -> list[tuple[str, str]]:
    """Kind, with the level of a heading, and text of each entry."""
    return [(f"{one.kind}{one.level or ''}", one.text) for one in ledger(document)]


TEXT = "各镇要加强组织领导\uff0c明确工作责任\uff0c按时完成任务\u3002"


def test_word_says_structure_by_styles_of_any_name() -> None:
    """Word's Chinese names, styles based on others, an outline level, a list that counts headings in Han numerals."""
    named = (
        style("a", "标题") + style("1", "heading 1", f"<w:pPr>{numbered(1)}</w:pPr>")
        + style("mine", "我的层次", '<w:basedOn w:val="1"/>')
        + style("out", "要点", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
        + style("toc", "toc 1") + style("sign", "Signature")
    )  # fmt: skip
    body = "".join(
        (
            paragraph("关于开展检查的通知", "a"), paragraph("总体要求 1", "toc"), paragraph("各镇人民政府\uff1a"),
            paragraph("总体要求", "1"), paragraph(TEXT), paragraph("主要任务", "mine"), paragraph("具体安排", "out"),
            paragraph(TEXT), paragraph("按期上报", "", numbered(2)), paragraph("注意安全", "", numbered(2)),
            paragraph("洪山镇人民政府", "sign"), paragraph("2021年3月4日", "", '<w:jc w:val="right"/>'),
        )
    )  # fmt: skip
    numbers = lists(counted(1, ("chineseCounting", "%1\u3001")), counted(2, ("bullet", "\uf06c")))
    document = read(package(body, styles=named, numbering=numbers))
    assert lines(document) == [
        ("title", "关于开展检查的通知"),
        ("removed", "总体要求 1"),
        ("salutation", "各镇人民政府\uff1a"),
        ("heading1", "一\u3001总体要求"),
        ("paragraph", TEXT),
        ("heading1", "二\u3001主要任务"),
        ("heading2", "具体安排"),
        ("paragraph", TEXT),
        ("list_item", "按期上报"),
        ("list_item", "注意安全"),
        ("signature", "洪山镇人民政府"),
        ("date", "2021年3月4日"),
    ]
    assert document.metadata.title == "关于开展检查的通知"
    assert [one.reason for one in ledger(document) if one.reason] == ["the page's own table of contents"]


def test_wps_sets_by_hand() -> None:
    """No style but the standard one: a centred title, numbers counted without a style, spaces before a signature; a
    header, tracked changes, hidden text, a text box in two forms."""
    changed = (
        "<w:p><w:r><w:t>各镇要加强</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>组织领导</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>"
        "<w:r><w:t>\uff0c明确工作责任\u3002</w:t></w:r></w:p>"
    )
    inside = paragraph("文本框里的话要保留下来\u3002")
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        f"{inside}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    body = (
        paragraph("洪山镇2021年工作总结", "", '<w:jc w:val="center"/>')
        + paragraph("基本情况", "", numbered(1)) + paragraph(TEXT) + paragraph("组织建设", "", numbered(1, 1))
        + changed + paragraph("主要做法", "", numbered(1)) + paragraph(TEXT) + box
    )  # fmt: skip
    numbers = lists(counted(1, ("chineseCountingThousand", "%1\u3001"), ("chineseCountingThousand", "\uff08%2\uff09")))
    document = read(package(body, numbering=numbers, header1=paragraph("洪山镇文件")))
    found = lines(document)
    assert ("removed", "洪山镇文件") in found
    assert ("removed", "看不见") in found
    assert [one for one in found if one[0] != "removed"] == [
        ("title", "洪山镇2021年工作总结"),
        ("heading1", "一\u3001基本情况"),
        ("paragraph", TEXT),
        ("heading2", "\uff08一\uff09组织建设"),
        ("paragraph", "各镇要加强组织领导\uff0c明确工作责任\u3002"),
        ("heading1", "二\u3001主要做法"),
        ("paragraph", TEXT),
        ("paragraph", "文本框里的话要保留下来\u3002"),
    ]


def test_tables_notes_links_pictures_and_ruby() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    table = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell.format('<w:vMerge w:val="restart"/>', "单位")
        + cell.format('<w:gridSpan w:val="2"/>', "数量") + "</w:tr>"
        + "<w:tr>" + cell.format("<w:vMerge/>", "") + cell.format("", "甲") + cell.format("", "乙") + "</w:tr></w:tbl>"
    )  # fmt: skip
    rich = (
        "<w:p><w:r><w:t>这一段话有注释</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:t>\uff0c见</w:t></w:r>"
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://a.cn/b\" </w:instrText>"
        "</w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>附表</w:t></w:r><w:r>"
        "<w:fldChar w:fldCharType='end'/></w:r><w:r><w:ruby><w:rt><w:r><w:t>hong</w:t></w:r></w:rt><w:rubyBase><w:r>"
        "<w:t>洪</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>山\u3002</w:t></w:r></w:p>"
    )
    drawing = (
        "<w:p><w:r><w:drawing><wp:inline><wp:extent cx='952500' cy='476250'/><wp:docPr id='1' name='x' descr='办公楼'/>"
        "<a:graphic><a:blip r:embed='p1'/></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    note = "<w:footnote w:id='2'><w:p><w:r><w:t>据统计局数据\u3002</w:t></w:r></w:p></w:footnote>"
    document = read(package(paragraph(TEXT) + rich + drawing + table, footnotes=note, pictures={"p1": PNG}))
    (made,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [[(one.colspan, one.rowspan) for one in row.cells] for row in made.rows] == [[(1, 2), (2, 1)], [(1, 1)] * 2]
    assert made.rows[0].header
    (figure,) = [block for block in document.blocks if isinstance(block, Figure)]
    assert (figure.alt, figure.width, figure.height, figure.media) == ("办公楼", 100, 50, "image1.png")
    inside = list(inlines_of(document.blocks))
    assert [(one.target, plain(one.children)) for one in inside if isinstance(one, Link)] == [
        ("https://a.cn/b", "附表")
    ]
    assert [(one.base, one.gloss) for one in inside if isinstance(one, Ruby)] == [("洪", "hong")]
    assert [one.label for one in inside if isinstance(one, NoteRef)] == ["1"]
    assert [one.text for one in ledger(document) if one.kind == "note"] == ["据统计局数据\u3002"]


def test_what_this_program_writes_it_reads() -> None:
    """An edition is a source, of which no text is lost."""
    stream = io.BytesIO()
    exam = exam_document()
    writers.write("docx", exam, styles.load("gongwen"), stream)
    document = read(stream.getvalue())
    assert document.metadata.title == "".join((exam.metadata.title or "").split())
    wanted = "".join(text_of("docx", stream.getvalue()).split())
    found = {char for one in ledger(document) for char in one.text + one.trail}
    assert {char for char in wanted if "\u4e00" <= char <= "\u9fff"} <= found


@pytest.mark.parametrize(
    ("form", "number", "said"),
    [
        ("chineseCounting", 21, "二十一"),
        ("ideographTraditional", 4, "丁"),
        ("lowerLetter", 28, "bb"),
        ("upperRoman", 14, "XIV"),
        ("decimalEnclosedCircleChinese", 3, "\u2462"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "\uff11\uff12"),
        ("none", 5, ""),
        ("ordinal", 5, "5"),
        ("chineseLegalSimplified", 105, "壹佰零伍"),
        ("ideographDigital", 20, "二\u3007"),
    ],
)
def test_numbers_are_counted_as_the_list_asks(form: str, number: int, said: str) -> None:
    assert numeral(number, form) == said
    assert wordstyles.han(10_000) == "10000"


def test_numbers_of_levels_go_on_and_begin_anew() -> None:
    numbers = lists(counted(1, ("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)")))
    given = [(0, "甲"), (1, "乙"), (1, "丙"), (2, "丁"), (0, "戊"), (1, "己")]
    body = "".join(paragraph(f"{text}项工作", "", numbered(1, level)) for level, text in given)
    found = [one.text for one in ledger(readers.read(source.from_bytes(package(body, numbering=numbers), "p.docx")))]
    assert [one.replace("项工作", "") for one in found] == ["1. 甲", "1.1 乙", "1.2 丙", "a) 丁", "2. 戊", "2.1 己"]


def test_templates_are_read_and_broken_files_are_errors() -> None:
    template = package(paragraph(TEXT), main="template.main+xml")
    assert lines(read(template, "page.dotx"))[0][1] == TEXT
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as out:
        out.writestr("[Content_Types].xml", "<Types")
        out.writestr("word/document.xml", "<w:document")
    with pytest.raises(SourceError):
        read(stream.getvalue())
    assert source.from_bytes(package(paragraph(TEXT)), "page.bin").media_type == source.DOCX


def test_pandoc_says_structure_by_its_styles(tmp_path: Path) -> None:
    import pypandoc

    text = (
        "# 检查通知\n\n各镇人民政府\uff1a\n\n## 总体要求\n\n段落[^1]\u3002\n\n> 引用的话\u3002\n\n"
        "```\na  b\nc\n```\n\n[^1]: 注文\u3002\n"
    )
    pypandoc.convert_text(text, "docx", "md", outputfile=str(tmp_path / "page.docx"))
    assert lines(read((tmp_path / "page.docx").read_bytes())) == [
        ("title", "检查通知"),
        ("salutation", "各镇人民政府\uff1a"),
        ("heading1", "总体要求"),
        ("paragraph", "段落1\u3002"),
        ("quote", "引用的话\u3002"),
        ("paragraph", "a  b\nc"),
        ("note", "注文\u3002"),
    ]  # fmt: skip


def test_from_the_command_line_by_name_only(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notice.docx").write_bytes(package(paragraph(TEXT)))
    assert wenban("convert", "in", "-o", "out", "-t", "txt").returncode == 3
    assert wenban("convert", "in/notice.docx", "-o", "-", "-t", "txt").stdout.split()[0] == TEXT
