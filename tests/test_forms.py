"""Official documents with a letterhead: what is found in five made-up ones, and where each edition sets it.

Numbers are those of GB/T 9704-2012, sections 7 and 10.
"""

from __future__ import annotations

import functools
import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

import convert
from convert import style, writers
from convert.model import Document, Metadata, Paragraph, SourceInfo, Text, block_text, ledger
from convert.run.batch.given import FORMS
from convert.style import Style
from convert.writers import forms
from convert.writers.pdf.layout import Layout
from convert.writers.pdf.letterhead import LetterheadRows, with_end
from convert.writers.pdf.paginate import LaidPage, PlacedBand, paginate
from convert.writers.pdf.rows import ASCENT, Band, RuleItem, TextItem
from convert.writers.pdf.shape import Shaper

FOLDER = Path(__file__).parent / "fixtures" / "forms"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
MM = 72 / 25.4
PITCH, EM = 29.53125, 15.75
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@functools.cache
def composed(name: str, look: str = "gongwen+auto") -> tuple[Document, Style]:
    found = style.load(look)
    return writers.compose(convert.read(FOLDER / f"{name}.txt"), found), found


@functools.cache
def laid(name: str) -> tuple[Layout, list[Band]]:
    document, look = composed(name)
    layout = Layout(document, look, Shaper(look, document.metadata.language, document.media))
    return layout, layout.rows()


@functools.cache
def body_of(name: str, look: str = "gongwen+auto") -> etree._Element:
    document, style_of = composed(name, look)
    stream = io.BytesIO()
    writers.find("docx")(document, style_of, stream)
    with zipfile.ZipFile(stream) as package:
        return etree.fromstring(package.read("word/document.xml"))


def said(item: TextItem) -> str:
    return item.shaped.text


def tops(band: Band) -> dict[str, float]:
    """The upper edge of each text's em box, from the text area's."""
    return {said(item): item.y - ASCENT * item.shaped.size for item in band.items if isinstance(item, TextItem)}


def rules(band: Band) -> list[RuleItem]:
    return [item for item in band.items if isinstance(item, RuleItem)]


@pytest.mark.parametrize("name", NAMES)
def test_the_elements_are_found(name: str) -> None:
    found = [
        f"{entry.lines[0]} {entry.element}" for entry in ledger(convert.read(FOLDER / f"{name}.txt")) if entry.element
    ]
    assert found == (FOLDER / f"{name}.elements").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_auto_is_the_form_of_the_page_and_plain_has_no_letterhead(name: str) -> None:
    document, look = composed(name)
    assert forms.form_of(document, look) == {"joint": "general"}.get(name, name)
    plain, _ = composed(name, "gongwen")
    assert not forms.divided(plain.blocks).head
    assert not forms.divided(plain.blocks).end


def test_the_command_line_knows_the_forms() -> None:
    assert FORMS == style.FORMS


# --- PDF: places on the page ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "mark", "top"), [
    ("general", "甲县人民政府办公室文件", 35 * MM), ("upward", "甲县交通运输局文件", 35 * MM),
    ("joint", "甲县教育局", 35 * MM), ("minutes", "甲县人民政府常务会议纪要", 35 * MM),
    ("letter", "甲县教育局", (30 - 37) * MM),
])  # fmt: skip
def test_the_mark_stands_in_its_place_and_is_red(name: str, mark: str, top: float) -> None:
    layout, rows = laid(name)
    assert tops(rows[0])[mark] == pytest.approx(top, abs=0.1)
    item = next(item for item in rows[0].items if isinstance(item, TextItem) and said(item) == mark)
    assert item.line.width <= layout.width + 0.01
    assert {stretch.look.color for stretch in item.shaped.stretches} == {"#ff0000"}
    assert {stretch.look.face for stretch in item.shaped.stretches} == {"xiaobiaosong"}


def test_number_and_rule_below_the_mark() -> None:
    layout, rows = laid("general")
    places = tops(rows[0])
    mark = next(item for item in rows[0].items if isinstance(item, TextItem) and "文件" in said(item))
    foot = places["甲县人民政府办公室文件"] + mark.shaped.size
    number = places["甲政办发〔2021〕12号"]
    assert number - foot == pytest.approx(2 * PITCH, abs=0.01)  # 7.2.5: two empty lines
    (rule,) = rules(rows[0])
    assert rule.y - (number + EM) == pytest.approx(4 * MM, abs=0.01)  # 7.2.7
    assert (rule.x, rule.x2, rule.color) == (0.0, layout.width, "#ff0000")


def test_what_is_graded_stands_on_the_first_lines_flush_left() -> None:
    _, rows = laid("general")
    graded = [item for item in rows[0].items if isinstance(item, TextItem)][:3]
    assert [said(item) for item in graded] == ["000012", "机密★1年", "特急"]
    assert [item.x for item in graded] == [0.0] * 3
    assert [item.y - graded[0].y for item in graded] == pytest.approx([0, PITCH, 2 * PITCH])


def test_signers_stand_at_the_right_one_character_in() -> None:
    layout, rows = laid("upward")
    items = {said(item): item for item in rows[0].items if isinstance(item, TextItem)}
    assert items["甲交字〔2021〕5号"].x == pytest.approx(EM)  # 7.2.5
    assert items["签发人\uff1a"].y == items["王建国"].y == items["李明"].y == items["甲交字〔2021〕5号"].y
    last = items["李明"]
    assert last.x == pytest.approx(items["王建国"].x + items["王建国"].line.width + EM, abs=0.01)
    assert last.x + last.line.width == pytest.approx(layout.width - EM, abs=0.01)  # 7.2.6
    assert {stretch.look.face for stretch in items["王建国"].shaped.stretches} == {"kai"}


def test_more_signers_stand_two_on_a_line_and_the_number_on_the_last() -> None:
    document = convert.with_metadata(convert.read(FOLDER / "upward.txt"), signer="王建国\u3001李明\u3001张伟")
    look = style.load("gongwen+upward")
    whole = writers.compose(document, look)
    layout = Layout(whole, look, Shaper(look, "zh-Hans", {}))
    places = tops(layout.rows()[0])
    assert places["王建国"] == places["李明"] == pytest.approx(places["张伟"] - PITCH)
    assert places["甲交字〔2021〕5号"] == places["张伟"]


def test_bodies_of_a_joint_mark_are_as_wide_as_the_widest() -> None:
    _, rows = laid("joint")
    items = {said(item): item for item in rows[0].items if isinstance(item, TextItem)}
    bodies = [items[name] for name in ("甲县教育局", "甲县公安局", "甲县交通运输局")]
    assert len({round(item.line.width, 3) for item in bodies}) == 1
    assert items["文件"].y == pytest.approx(bodies[1].y)
    assert items["文件"].x > bodies[0].x + bodies[0].line.width


def test_all_bodies_of_a_joint_mark_issue_the_paper() -> None:
    assert composed("joint")[0].metadata.issuing_body == "甲县教育局\u3001甲县公安局\u3001甲县交通运输局"
    assert composed("general")[0].metadata.issuing_body == "甲县人民政府办公室"


def test_a_letter_has_two_double_rules_and_no_first_number() -> None:
    layout, rows = laid("letter")
    upper, lower = (
        rules(rows[0]),
        [item for item in LetterheadRows(layout, "letter").foot() if isinstance(item, RuleItem)],
    )
    mark = next(item for item in rows[0].items if isinstance(item, TextItem) and said(item) == "甲县教育局")
    foot = mark.y - ASCENT * mark.shaped.size + mark.shaped.size
    assert upper[0].y - upper[0].weight / 2 - foot == pytest.approx(4 * MM, abs=0.01)
    assert upper[0].weight > upper[1].weight
    assert lower[0].weight < lower[1].weight
    assert all(rule.x2 - rule.x == pytest.approx(170 * MM) for rule in (*upper, *lower))
    assert all(28 * MM + (rule.x + rule.x2) / 2 == pytest.approx(105 * MM, abs=0.01) for rule in (*upper, *lower))
    assert 37 * MM + lower[1].y + lower[1].weight / 2 == pytest.approx((297 - 20) * MM, abs=0.01)
    places = tops(rows[0])
    under = upper[1].y + upper[1].weight / 2
    assert places["甲教函〔2021〕21号"] - under == pytest.approx(EM * 7 / 8, abs=0.01)
    assert places["特急"] == places["甲教函〔2021〕21号"]


def test_the_lines_at_the_end() -> None:
    layout, _ = laid("general")
    assert layout.end is not None
    drawn = rules(layout.end)
    assert [round(rule.weight / MM, 2) for rule in drawn] == [0.35, 0.25, 0.35]
    assert all((rule.x, rule.x2, rule.color) == (0, layout.width, "") for rule in drawn)
    pages, unnumbered = with_end([LaidPage([], [], 0)], layout.end, layout, "general")
    last = pages[-1].rows[-1]
    assert (len(pages), unnumbered) == (2, frozenset())  # an even page; the one before holds text
    assert last.y + drawn[-1].y == pytest.approx(layout.type_height)
    date = next(item for item in layout.end.items if isinstance(item, TextItem) and "印发" in said(item))
    assert date.x + date.line.width == pytest.approx(layout.width - 14, abs=0.01)


def test_a_blank_page_before_the_end_has_no_number_nor_has_the_last() -> None:
    layout, _ = laid("general")
    assert layout.end is not None
    full = LaidPage([PlacedBand(0, Band(layout.page_height, [], need=layout.type_height))], [], 0)
    pages, unnumbered = with_end([full, full], layout.end, layout, "general")
    assert (len(pages), unnumbered) == (4, frozenset({3, 4}))


def test_an_attachment_begins_a_page() -> None:
    layout, rows = laid("general")
    pages = paginate(rows, layout.page_height, layout.pitch, lambda _: [])
    first = [page.rows[0].row.items[0] for page in pages]
    assert [said(item) for item in first if isinstance(item, TextItem)][2:] == ["附件1", "附件2"]
    title = pages[2].rows[1]
    assert round(title.y / PITCH) == 2  # the third line
    item = title.row.items[0]
    assert isinstance(item, TextItem)
    assert item.x + item.line.width / 2 == pytest.approx(layout.width / 2, abs=0.1)


def placed_lines(name: str) -> list[tuple[int, float, TextItem]]:
    """Page, upper edge of the em box and item of each line of a document."""
    layout, rows = laid(name)
    pages = paginate(rows, layout.page_height, layout.pitch, lambda _: [])
    return [
        (number, placed.y + item.y - ASCENT * item.shaped.size, item)
        for number, page in enumerate(pages)
        for placed in page.rows
        for item in placed.row.items
        if isinstance(item, TextItem)
    ]


def line_of(name: str, start: str) -> tuple[int, float, TextItem]:
    """The line that begins so."""
    found = (line for line in placed_lines(name) if said(line[2])[line[2].line.first :].startswith(start))
    return next(found)


@pytest.mark.parametrize(("name", "start", "face", "size"), [
    ("general", "000012", "fangsong", 15.75), ("general", "机密", "hei", 15.75), ("general", "特急", "hei", 15.75),
    ("general", "甲政办发", "fangsong", 15.75), ("upward", "签发人", "fangsong", 15.75),
    ("general", "甲县人民政府办公室关于", "xiaobiaosong", 22), ("general", "各乡镇人民政府\uff0c", "fangsong", 15.75),
    ("general", "坚持建管养", "fangsong", 15.75), ("general", "一\u3001总体", "hei", 15.75),
    ("general", "\uff08一\uff09", "kai", 15.75), ("general", "附件\uff1a1", "fangsong", 15.75),
    ("general", "2021年6月18日", "fangsong", 15.75), ("general", "\uff08此件", "fangsong", 15.75),
    ("general", "附件1", "hei", 15.75), ("general", "甲县农村公路养护实施方案", "xiaobiaosong", 22),
    ("minutes", "出席", "hei", 15.75), ("minutes", "第3期", "fangsong", 15.75), ("letter", "特急", "hei", 15.75),
])  # fmt: skip
def test_faces_and_sizes(name: str, start: str, face: str, size: float) -> None:
    """7.2.1 to 7.3.7 and 10.3: each element's face and size, told by its first character."""
    _, _, item = line_of(name, start)
    look = next(piece.look for piece in item.shaped.stretches if piece.first <= item.line.first < piece.last)
    assert (look.face, item.shaped.size) == (face, size)


def test_the_end_is_set_in_size_4() -> None:
    layout, _ = laid("general")
    assert layout.end is not None
    items = [item for item in layout.end.items if isinstance(item, TextItem)]
    assert {item.shaped.size for item in items} == {14}  # 7.4.2, 7.4.3
    assert {stretch.look.face for item in items for stretch in item.shaped.stretches} == {"fangsong"}
    assert min(item.x for item in items) == 14
    assert items[1].x == pytest.approx(4 * 14, abs=2)  # a turned line of the copies begins behind the colon


@pytest.mark.parametrize("name", ["general", "joint", "upward"])
def test_the_title_stands_two_lines_below_the_rule(name: str) -> None:
    layout, rows = laid(name)
    (rule,) = rules(rows[0])
    title = next(line for line in placed_lines(name) if line[2].shaped.size == 22)
    assert title[1] - rule.y == pytest.approx(2 * PITCH, abs=0.01)  # 7.3.1
    assert title[2].x + title[2].line.width / 2 == pytest.approx(layout.width / 2, abs=6)
    last = [line for line in placed_lines(name) if line[0] == 0 and line[2].shaped.size == 22][-1]
    after = next(line for line in placed_lines(name) if line[0] == 0 and line[1] > last[1])
    empty = 2 * PITCH - EM  # 7.3.2: one line, and what is left to the grid
    assert empty - PITCH / 7 <= after[1] - (last[1] + 22) <= empty + PITCH
    assert after[2].x == 0


def test_a_letter_s_title_stands_two_lines_below_its_number() -> None:
    number, title = line_of("letter", "甲教函"), line_of("letter", "关于商请")
    assert title[1] - (number[1] + EM) == pytest.approx(2 * PITCH, abs=0.01)  # 10.1


def test_what_stands_below_the_text() -> None:
    """An empty line before the attachments and before the signature, none before the note; their indents (7.3.4 to
    7.3.6)."""
    body, first, second = line_of("general", "各单位"), line_of("general", "附件\uff1a1"), line_of("general", "2.甲县")
    assert first[1] - body[1] == pytest.approx(2 * PITCH)
    assert first[2].x == pytest.approx(2 * EM)
    assert second[1] - first[1] == pytest.approx(PITCH)
    signed, dated, note = (line_of("general", start) for start in ("甲县人民政府办公室", "2021年6月18日", "\uff08此件"))
    signed = next(line for line in placed_lines("general") if said(line[2]) == "甲县人民政府办公室")
    assert signed[1] - second[1] == pytest.approx(2 * PITCH)
    assert dated[1] - signed[1] == note[1] - dated[1] == pytest.approx(PITCH)
    assert dated[2].x - signed[2].x == pytest.approx(2 * EM)
    assert note[2].x == pytest.approx(2 * EM)


def test_who_was_there_stands_an_empty_line_below() -> None:
    """10.3: each group in a line of its own, the empty line once."""
    body, present, absent = (line_of("minutes", start) for start in ("会议原则", "出席", "请假"))
    assert present[1] - body[1] == pytest.approx(2 * PITCH)
    assert absent[1] - present[1] == pytest.approx(PITCH)
    assert present[2].x == pytest.approx(2 * EM)


# --- DOCX -----------------------------------------------------------------------------------------------------------


def of_style(body: etree._Element, name: str) -> list[etree._Element]:
    return [node for node in body.iter(f"{W}p") if node.find(f"{W}pPr/{W}pStyle[@{W}val='{name}']") is not None]


def test_docx_letterhead_is_paragraphs_with_borders() -> None:
    body = body_of("general")
    (mark,) = of_style(body, "IssuingMark")
    (number,) = of_style(body, "DocumentNumber")
    edge = number.find(f"{W}pPr/{W}pBdr/{W}bottom")
    assert edge is not None
    assert (edge.get(f"{W}color"), edge.get(f"{W}val")) == ("FF0000", "single")
    assert mark.find(f"{W}pPr/{W}spacing[@{W}lineRule='exact']") is not None
    assert len(of_style(body, "Classification")) == 3
    assert len(of_style(body, "AnnexLabel")) == len(of_style(body, "AnnexTitle")) == 2


def test_docx_letter_is_placed_from_the_page() -> None:
    body = body_of("letter")
    (mark,) = of_style(body, "IssuingMark")
    frame = mark.find(f"{W}pPr/{W}framePr")
    assert frame is not None
    assert (frame.get(f"{W}vAnchor"), int(frame.get(f"{W}w", "0"))) == ("page", round(170 * MM * 20))
    line = mark.find(f"{W}pPr/{W}spacing")
    rule = mark.find(f"{W}pPr/{W}pBdr/{W}bottom[@{W}val='thickThinSmallGap']")
    assert line is not None
    assert rule is not None
    top, high = (int(node.get(f"{W}{name}", "0")) / 20 for node, name in ((frame, "y"), (line, "line")))
    assert top + 0.8 * high - ASCENT * 45 == pytest.approx(30 * MM, abs=0.1)
    assert 0.2 * high - (1 - ASCENT) * 45 == pytest.approx(4 * MM, abs=0.1)  # from the mark to the rule
    assert rule.get(f"{W}sz") == "12"  # 1.5 pt
    assert body.find(f".//{W}sectPr/{W}titlePg") is not None


def test_docx_end_is_a_table_that_the_page_places() -> None:
    body = body_of("general")
    table = body.findall(f"{W}body/{W}tbl")[-1]
    place = table.find(f"{W}tblPr/{W}tblpPr")
    assert place is not None
    assert place.get(f"{W}vAnchor", place.get(f"{W}vertAnchor")) == "page"
    lines = 3  # two for the copies, one for the printing
    height = lines * round(0.8 * 590) / 20 + (0.35 + 0.25 + 0.35) * MM
    assert int(place.get(f"{W}tblpY", "0")) / 20 + height == pytest.approx(37 * MM + 21 * PITCH + EM, abs=0.1)
    weights = {
        edge.tag.removeprefix(W): int(edge.get(f"{W}sz", "0")) / 8 for edge in table.find(f"{W}tblPr/{W}tblBorders")
    }
    assert weights["top"] == weights["bottom"] == pytest.approx(0.35 * MM, abs=0.1)
    assert weights["insideH"] == pytest.approx(0.25 * MM, abs=0.1)


# --- All ------------------------------------------------------------------------------------------------------------


def test_what_the_page_has_not_is_given_and_nothing_is_made_up() -> None:
    text = (FOLDER / "given.text").read_text("utf-8")
    document = convert.read("page.txt", data=text)
    whole = writers.compose(document, style.load("gongwen+general"))
    lines = [
        (block.element, block_text(block)) for block in whole.blocks if isinstance(block, Paragraph) and block.element
    ]
    assert lines == [
        ("copy_number", "000003"), ("recipients", "县人民政府\uff1a"), ("copy_to", "抄送\uff1a县财政局\u3002"),
        ("printing", "甲县教育局办公室\t2021年7月2日印发"),
    ]  # fmt: skip


def test_an_order_has_its_mark_from_the_title() -> None:
    text = (FOLDER / "order.text").read_text("utf-8")
    look = style.load("gongwen+auto")
    whole = writers.compose(convert.read("order.txt", data=text), look)
    layout = Layout(whole, look, Shaper(look, "zh-Hans", {}))
    band = layout.rows()[0]
    assert layout.form == "order"
    places = tops(band)
    assert places["甲市人民政府令"] == pytest.approx(20 * MM, abs=0.1)
    assert places["第18号"] - (places["甲市人民政府令"] + 45) == pytest.approx(2 * PITCH, abs=0.01)  # 10.2
    assert band.height - (places["第18号"] + EM) == pytest.approx(2 * PITCH, abs=0.01)
    assert not rules(band)


def test_a_style_takes_its_form_from_its_name() -> None:
    assert style.load("gongwen+letter").form == "letter"
    assert style.formed("gongwen+letter", "plain") == "gongwen+plain"
    assert style.load("gongwen").form == "plain"


# --- A number below the title, without a form ------------------------------------------------------------------------

NUMBER = "国函〔2018〕144号"


def numbered_page(*, above: bool = False, label: str = "") -> Document:
    """A page that has its number below its title, or above it."""
    title = Paragraph((Text("关于同意的批复"),), role="title")
    number = Paragraph((Text(label + NUMBER),), role="meta", element="document_number")
    body = Paragraph((Text("你部请示收悉" + "\u3002"),))
    front = (number, title) if above else (title, number)
    source = SourceInfo("page.txt", "0" * 64, "text/plain", "utf-8", 3)
    return Document(source, Metadata(title="关于同意的批复", document_number=NUMBER), (*front, body))


def test_the_number_below_a_title_is_printed_there_and_said_once() -> None:
    look = style.load("gongwen")
    whole = writers.compose(numbered_page(), look)
    said = [block_text(block) for block in whole.blocks]
    assert said[:2] == ["关于同意的批复", NUMBER]
    assert whole.blocks[1].role == "dateline"
    assert sum(NUMBER in one for one in said) == 1


@pytest.mark.parametrize("page", [numbered_page(above=True), numbered_page(label="文号")])
def test_another_number_stands_in_the_source_note(page: Document) -> None:
    whole = writers.compose(page, style.load("gongwen"))
    found = [block for block in whole.blocks if NUMBER in block_text(block)]
    assert [block.role for block in found] == ["source_note"]


def test_with_a_form_the_number_stands_in_the_letterhead() -> None:
    whole = writers.compose(numbered_page(), style.load(style.formed("gongwen", "general")))
    found = [block for block in whole.blocks if NUMBER in block_text(block)]
    assert [(block.role, block.element) for block in found] == [("body", "document_number")]


# --- Who signs stands with text ---------------------------------------------------------------------------------------


def test_no_page_has_a_signature_and_no_text() -> None:
    """The upward document's text would end with its first page; two lines of it go with who signs (7.3.5)."""
    lines = placed_lines("upward")
    page = {text: number for number, _, item in lines if (text := said(item))}
    signed = next(number for text, number in page.items() if text.startswith("甲县交通运输局"))
    last = max(number for text, number in page.items() if text.startswith("妥否"))
    assert last == max(page.values()) >= signed
    assert page["妥否\uff0c请批示\u3002"] == next(
        number for text, number in page.items() if text.startswith("2021年7月2日")
    )


def plain_pages(name: str) -> dict[str, int]:
    """On which page of the PDF each line stands, without a letterhead."""
    document, look = composed(name, "gongwen")
    layout = Layout(document, look, Shaper(look, document.metadata.language, document.media))
    pages = paginate(layout.rows(), layout.page_height, layout.pitch, lambda _: [])
    return {
        said(item): number
        for number, one in enumerate(pages)
        for placed in one.rows
        for item in placed.row.items
        if isinstance(item, TextItem)
    }


@pytest.mark.parametrize("name", ["upward", "minutes"])
def test_no_page_has_the_source_note_and_nothing_else(name: str) -> None:
    """Without a letterhead the text would end with the first page; its last line goes with the note."""
    page = plain_pages(name)
    (printing,) = (number for text, number in page.items() if text.endswith("日印发"))
    (issuer,) = (number for text, number in page.items() if text.startswith("发文机关\uff1a"))
    assert printing == issuer == 1
    assert max(number for text, number in page.items() if text.startswith("抄送")) == 0


def test_docx_keeps_the_last_line_with_the_source_note() -> None:
    lines = [(of_line, "".join(of_line.itertext(W + "t"))) for of_line in body_of("upward", "gongwen").iter(W + "p")]
    kept = [text for node, text in lines if node.find(f"{W}pPr/{W}keepNext") is not None]
    assert [text for text in kept if text.endswith("日印发")]
    assert not [text for text in kept if text.startswith("抄送")]


def test_no_page_has_the_note_below_the_date_and_nothing_else() -> None:
    """Without a letterhead the date ends the first page of the general document; the note goes below it (7.3.6)."""
    page = plain_pages("general")
    assert (
        page["\uff08此件公开发布\uff09"]
        == page["2021年6月18日"]
        == page["各单位要按照分工\uff0c于6月底前完成清查\u3002"]
    )


def test_docx_keeps_a_date_with_the_note_below_it() -> None:
    lines = [(of_line, "".join(of_line.itertext(W + "t"))) for of_line in body_of("general").iter(W + "p")]
    kept = [text for node, text in lines if node.find(f"{W}pPr/{W}keepNext") is not None]
    assert "2021年6月18日" in kept
    lines = [(of_line, "".join(of_line.itertext(W + "t"))) for of_line in body_of("letter").iter(W + "p")]
    kept = [text for node, text in lines if node.find(f"{W}pPr/{W}keepNext") is not None]
    assert "2021年9月1日" not in kept  # nothing stands below it


def test_docx_keeps_the_text_before_it_with_who_signs() -> None:
    lines = [(of_line, "".join(of_line.itertext(W + "t"))) for of_line in body_of("upward").iter(W + "p")]
    kept = [text for node, text in lines if node.find(f"{W}pPr/{W}keepNext") is not None]
    assert "妥否\uff0c请批示\u3002" in kept
    assert any(text.startswith("附件") for text in kept)
    assert not any(text.startswith("为做好") for text in kept)
