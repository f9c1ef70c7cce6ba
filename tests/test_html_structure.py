"""What HTML says of structure, one construct each: a snippet in, the blocks of the article out."""

from __future__ import annotations

import html_help
import pytest

from convert.model import (
    Break,
    Cell,
    Code,
    Emphasis,
    Figure,
    Heading,
    Inline,
    Link,
    List,
    NoteRef,
    Paragraph,
    Ruby,
    Span,
    Table,
    Text,
    plain,
)

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"


def inlines(content: str, **known: object) -> tuple[Inline, ...]:
    """The inlines of the second paragraph of an article."""
    document = html_help.read(f"<p>{PROSE}</p><p>{content}</p><p>{PROSE}</p>", **known)
    block = document.blocks[1]
    assert isinstance(block, Paragraph | Heading)
    return block.children


def blocks(content: str) -> list[str]:
    return html_help.printed(html_help.read(f"<div><p>{PROSE}</p>{content}<p>{PROSE}</p></div>"))[1:-1]


# --- Inlines ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<b>字</b>", "strong"),
        ("<strong>字</strong>", "strong"),
        ('<span style="font-weight:bold">字</span>', "strong"),
        ('<span style="font-weight: 700">字</span>', "strong"),
        ("<em>字</em>", "emphasis"),
        ('<span style="font-style:italic">字</span>', "emphasis"),
        ("<u>字</u>", "underline"),
        ('<span style="text-decoration: underline">字</span>', "underline"),
        ("<del>字</del>", "strike"),
        ("<sup>字</sup>", "sup"),
        ("<sub>字</sub>", "sub"),
        ('<span style="vertical-align:super">字</span>', "sup"),
        ('<span style="text-emphasis: filled dot">字</span>', "dots"),
    ],
)
def test_emphasis(content: str, kind: str) -> None:
    assert inlines(f"前{content}后") == (Text("前"), Emphasis((Text("字"),), kind), Text("后"))  # type: ignore[arg-type]


def test_emphases_nest_and_neighbours_join() -> None:
    assert inlines("<b>一</b><b>二<i>三</i></b>四") == (
        Emphasis((Text("一二"), Emphasis((Text("三"),), "emphasis")), "strong"),
        Text("四"),
    )


def test_normal_weight_inside_bold_is_normal() -> None:
    assert inlines('<b>重<span style="font-weight:normal">轻</span></b>') == (
        Emphasis((Text("重"),), "strong"),
        Text("轻"),
    )


def test_code_and_language() -> None:
    assert inlines('见<code>x = 1</code>和<span lang="en">text</span>\u3002') == (
        Text("见"), Code("x = 1"), Text("和"), Span("en", (Text("text"),)), Text("\u3002"),
    )  # fmt: skip


def test_ruby() -> None:
    content = "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp>字<rt>ji</rt></ruby>"
    assert inlines(content) == (Ruby("漢", "kan"), Ruby("字", "ji"))


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("http://a.example/x?y=1&amp;z=2#f", "http://a.example/x?y=1&z=2#f"),
        ("//a.example/x", "https://a.example/x"),
        ("/x/y", "https://base.example/x/y"),
        ("z.html", "https://base.example/dir/z.html"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("http://a.example/中文 路径", "http://a.example/%E4%B8%AD%E6%96%87%20%E8%B7%AF%E5%BE%84"),
    ],
)
def test_links_are_absolute(href: str, target: str) -> None:
    found = inlines(f'参见说明书<a href="{href}">链接</a>\u3002', url="https://base.example/dir/page.html")
    assert found == (Text("参见说明书"), Link(target, (Text("链接"),)), Text("\u3002"))


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[", "ftp://a.example/", "x.html"]
)
def test_other_links_are_their_text(href: str) -> None:
    assert inlines(f'参见说明书<a href="{href}">链接</a>\u3002') == (Text("参见说明书链接\u3002"),)


# --- Lines and paragraphs ---------------------------------------------------------------------------------------


def test_white_space_collapses_and_indents_are_layout() -> None:
    document = html_help.read(f"<p>\n  \u3000\u3000{PROSE}\n\t 第二句\u3002&nbsp; </p>")
    block = document.blocks[0]
    assert isinstance(block, Paragraph)
    assert plain(block.children) == f"{PROSE} 第二句\u3002"
    assert block.origin is not None
    assert (block.origin.lead, block.origin.trail) == ("\u3000\u3000", "\u00a0")


@pytest.mark.parametrize("between", ["<br><br>", "<br/>\u3000\u3000", "<br>&nbsp;&nbsp;&nbsp;&nbsp;", "<br>"])
def test_line_breaks_end_paragraphs(between: str) -> None:
    assert blocks(f"<p>第一段\u3002{between}第二段的话长一些\u3002</p>") == [
        "body: 第一段\u3002",
        "body: 第二段的话长一些\u3002",
    ]


def test_line_breaks_stay_in_verse_and_headings() -> None:
    assert blocks("<p>床前明月光\uff0c<br>疑是地上霜\u3002</p>") == ["body: 床前明月光\uff0c / 疑是地上霜\u3002"]
    assert blocks("<h2>第一行标题<br>第二行</h2>") == ["heading 1: 第一行标题 / 第二行"]
    assert inlines("床前明月光\uff0c<br>疑是地上霜\u3002")[1] == Break()


def test_text_loose_beside_blocks_is_a_paragraph() -> None:
    assert blocks("<div>散落的文字\uff0c没有标签\u3002<p>段落文字\u3002</p>又一句散落的话\u3002</div>") == [
        "body: 散落的文字\uff0c没有标签\u3002",
        "body: 段落文字\u3002",
        "body: 又一句散落的话\u3002",
    ]


def test_bold_paragraphs_are_paragraphs() -> None:
    assert inlines("<strong>一\u3001</strong><strong>总体要求</strong>") == (
        Emphasis((Text("一\u3001总体要求"),), "strong"),
    )


def test_heading_levels_are_relative() -> None:
    assert blocks(f"<h3>大的</h3><p>{PROSE}</p><h5>小的</h5>") == [
        "heading 1: 大的",
        f"body: {PROSE}",
        "heading 2: 小的",
    ]


@pytest.mark.parametrize(("again", "subtitle"), [("<h2>工作的安排</h2>", None), ("", "总体的要求")])
def test_a_heading_right_after_the_title_is_the_first_of_its_kind(again: str, subtitle: str | None) -> None:
    text = "<p>各单位要认真贯彻落实会议精神\uff0c切实抓好各项工作的落实\u3002</p>"
    body = f"<h1>关于工作的通知</h1><h2>总体的要求</h2>{text * 3}{again}{text * 3}"
    whole = html_help.read(f"<html><title>关于工作的通知</title><body><article>{body}</article></body></html>")
    assert whole.metadata.subtitle == subtitle
    (kind,) = [line.split(":")[0] for line in html_help.printed(whole) if "总体的要求" in line]
    assert (kind == "subtitle") == (subtitle is not None)


def test_a_long_paragraph_in_a_heading_tag_is_a_paragraph() -> None:
    assert blocks(f"<h2>{PROSE * 4}</h2>") == [f"body: {PROSE * 4}"]


@pytest.mark.parametrize(
    "content",
    [
        '<p align="right">某某局</p>',
        '<p style="text-align: right">某某局</p>',
        '<div align="right"><p>某某局</p></div>',
    ],
)
def test_alignment(content: str) -> None:
    assert blocks(content) == ["body right: 某某局"]


def test_what_word_and_servers_leave_behind_is_passed_over() -> None:
    document = html_help.read(f"<p>{PROSE}<?xml:namespace prefix = o ?></p><?php echo 1 ?><p ><?p ?>{PROSE}</p>")
    assert html_help.printed(document) == [f"body: {PROSE}", f"body: {PROSE}"]


def test_quotations_get_the_marks_that_browsers_show() -> None:
    document = html_help.read(f"<p>{PROSE}</p><p>他说<q>甲说<q lang=zh>好</q></q>\u3002</p>")
    assert html_help.printed(document)[-1] == "body: 他说\u201c甲说\u2018好\u2019\u201d\u3002"


def test_signature_and_date_at_the_end() -> None:
    document = html_help.read(f"<p>{PROSE}</p><p>{PROSE}</p><p align=right>某某局</p><p align=right>2021年3月5日</p>")
    assert html_help.printed(document)[-2:] == ["signature: 某某局", "date: 2021年3月5日"]


def test_preformatted_code_and_preformatted_prose() -> None:
    assert blocks("<pre>\nif x:\n    y()\n</pre>") == ["pre: if x: /     y()"]
    assert blocks(f"<pre>\u3000\u3000{PROSE}\n\u3000\u3000{PROSE}</pre>") == [f"body: {PROSE}", f"body: {PROSE}"]


# --- Lists, quotes, tables --------------------------------------------------------------------------------------


def test_lists() -> None:
    assert blocks("<ul><li>甲项内容</li><li>乙项内容</li></ul>") == ["item: \u2022甲项内容", "item: \u2022乙项内容"]
    assert blocks('<ol start="3"><li>甲项</li><li value="7">乙项</li><li>丙项</li></ol>') == [
        "item: 3.甲项", "item: 7.乙项", "item: 8.丙项",
    ]  # fmt: skip
    assert blocks('<ol type="i"><li>甲项</li><li>乙项</li></ol>') == ["item: i.甲项", "item: ii.乙项"]


@pytest.mark.parametrize(
    ("kind", "number", "mark"),
    [("a", 3, "c"), ("A", 26, "Z"), ("a", 27, "27"), ("I", 4, "IV"), ("i", 49, "xlix"), ("I", 944, "CMXLIV"),
     ("I", 590, "DXC"), ("i", 1490, "mcdxc"), ("I", 4000, "4000")],
)  # fmt: skip
def test_an_item_is_numbered_as_its_list_says(kind: str, number: int, mark: str) -> None:
    assert blocks(f"<ol type={kind} start={number}><li>甲项</li><li>乙项</li></ol>")[0] == f"item: {mark}.甲项"


def test_items_that_bring_their_own_marks_get_none() -> None:
    assert blocks("<ul><li>\uff08一\uff09甲项</li><li>\uff08二\uff09乙项</li></ul>") == [
        "item: \uff08一\uff09甲项",
        "item: \uff08二\uff09乙项",
    ]
    assert blocks('<ul style="list-style:none"><li>甲项</li><li>乙项</li></ul>') == ["item: 甲项", "item: 乙项"]


def test_nested_lists() -> None:
    document = html_help.read(
        f"<div><p>{PROSE}</p><ol><li>甲项<ul><li>子项一</li><li>子项二</li></ul></li><li>乙项</li></ol><p>{PROSE}</p></div>"
    )
    outer = document.blocks[1]
    assert isinstance(outer, List)
    assert outer.ordered
    inner = outer.items[0].children[1]
    assert isinstance(inner, List)
    assert [item.marker for item in inner.items] == ["\u25e6", "\u25e6"]
    assert outer.items[0].counted


def test_text_loose_in_a_list_between_items_is_kept() -> None:
    assert blocks("<ol><li>甲项</li><ol>散落的字<li>子项</li></ol></ol>") == ["item: 1.甲项 / 散落的字 / 子项"]


def test_quotes() -> None:
    assert blocks(f"<blockquote><p>{PROSE}</p><p>落款人</p></blockquote>") == [f"quote: {PROSE} / 落款人"]


def table(content: str) -> Table:
    document = html_help.read(f"<div><p>{PROSE}</p>{content}<p>{PROSE}</p></div>")
    found = [block for block in document.blocks if isinstance(block, Table)]
    assert len(found) == 1
    return found[0]


def test_table_with_spans_and_heads() -> None:
    found = table(
        "<table><caption>表一</caption><thead><tr><th rowspan=2>甲</th><th colspan=2>乙</th></tr>"
        "<tr><th>丙</th><th>丁</th></tr></thead><tr><td>1</td><td align=right>2</td><td>3</td></tr></table>"
    )
    assert plain(found.caption) == "表一"
    assert [row.header for row in found.rows] == [True, True, False]
    first = found.rows[0].cells
    assert [(cell.colspan, cell.rowspan, cell.header) for cell in first] == [(1, 2, True), (2, 1, True)]
    assert found.rows[2].cells[1].align == "right"


def test_ragged_table_is_filled_up() -> None:
    found = table("<table><tr><td>甲</td><td>乙</td><td>丙</td></tr><tr><td>丁</td></tr></table>")
    assert found.rows[1].cells[1:] == (Cell(()), Cell(()))


@pytest.mark.parametrize("span", ["0", "99", "-1", "x", ""])
def test_spans_stay_inside_the_table(span: str) -> None:
    found = table(f'<table><tr><td rowspan="{span}">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>')
    assert found.rows[0].cells[0].rowspan == (2 if span in ("0", "99") else 1)


@pytest.mark.parametrize(
    "content",
    [
        "<table><tr><td>只有一格\uff0c用来排版</td></tr></table>",
        "<table><tr><td>甲栏目</td><td>乙栏目</td></tr></table>",
        f"<table><tr><td>{PROSE * 6}</td><td>边栏</td></tr><tr><td>{PROSE * 6}</td><td>边栏</td></tr></table>",
        '<table role="presentation"><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>',
    ],
)
def test_layout_tables_are_no_tables(content: str) -> None:
    document = html_help.read(f"<div><p>{PROSE}</p>{content}<p>{PROSE}</p></div>")
    assert not any(isinstance(block, Table) for block in document.blocks)


# --- Notes and figures ------------------------------------------------------------------------------------------


def test_footnotes_with_ways_back() -> None:
    document = html_help.read(
        f'<div><p>{PROSE}<sup><a href="#f1" id="b1">1</a></sup></p><p>{PROSE}</p>'
        '<p id="f1">1. 注释的内容\u3002<a href="#b1">\u21a9</a></p></div>'
    )
    first = document.blocks[0]
    assert isinstance(first, Paragraph)
    assert first.children[1] == NoteRef("n1", "1")
    assert [(note.id, note.label) for note in document.notes] == [("n1", "1")]
    body = document.notes[0].children[0]
    assert isinstance(body, Paragraph)
    assert plain(body.children) == "注释的内容\u3002"


def test_word_footnotes() -> None:
    document = html_help.read(
        f'<div><p>{PROSE}<a href="#_ftn1" name="_ftnref1">[1]</a></p><p>{PROSE}</p>'
        '<div id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1" name="_ftn1">[1]</a> 见第三章\u3002</p></div>'
        "</div>"
    )
    assert [note.label for note in document.notes] == ["[1]"]
    assert html_help.block_text_of(document.notes[0].children) == "见第三章\u3002"


def test_a_link_to_a_heading_is_no_note() -> None:
    document = html_help.read(f'<div><p>{PROSE}<a href="#s">1</a></p><h2 id="s">标题文字</h2><p>{PROSE}</p></div>')
    assert document.notes == ()


LONG_ROW = f"<tr><td>水利</td><td>{PROSE * 8}</td></tr>"


def test_a_table_with_a_caption_holds_data_however_long_its_cells_are() -> None:
    (found,) = html_help.read(
        f"<p>{PROSE}</p><table><caption>表一</caption>{LONG_ROW * 2}</table><p>{PROSE}</p>"
    ).blocks[1:-1]
    assert isinstance(found, Table)
    assert (plain(found.caption), len(found.rows)) == ("表一", 2)
    laid_out = html_help.read(f"<p>{PROSE}</p><table>{LONG_ROW * 2}</table><p>{PROSE}</p>")
    assert not any(isinstance(block, Table) for block in laid_out.blocks)


def test_a_single_row_with_a_caption_is_a_table() -> None:
    (found,) = html_help.read(
        f"<p>{PROSE}</p><table><caption>表一</caption><tr><td>{PROSE}</td></tr></table><p>{PROSE}</p>"
    ).blocks[1:-1]
    assert isinstance(found, Table)


@pytest.mark.parametrize(
    "content",
    [
        '<figure><img src="a.jpg"><figcaption>图的说明</figcaption></figure>',
        '<p align="center"><img src="a.jpg"></p><p align="center">图的说明</p>',
        '<p class="f_center"><img src="a.jpg"><br>图的说明<br></p>',
        '<div class="img_wrapper"><img src="a.jpg"><span class="img_descr">图的说明</span></div>',
        '<p><img src="a.jpg"></p><p class="picText">图的说明</p>',
        '<div><img src="a.jpg"></div><span style="color: rgb(136, 136, 136)">图的说明</span><br>',
    ],
)
def test_captions(content: str) -> None:
    assert blocks(content) == ["figure: 图的说明"]


@pytest.mark.parametrize(
    "content",
    [
        '<p align="center"><img src="a.jpg"></p><p align="center"><b>诗的题目</b></p><p align="center">诗句一行</p>',
        '<p align="center"><img src="a.jpg"></p><p align="center">诗句一行\uff0c</p><p align="center">诗句二行</p>',
        f'<p><img src="a.jpg"></p><p>{PROSE}</p>',
        '<div><img src="a.jpg"></div><span style="color: #ff8888">红色的话</span><br>',
        '<div><img src="a.jpg"></div><span style="color: #222">黑色的话</span><br>',
    ],
)
def test_what_follows_a_picture_is_not_always_its_caption(content: str) -> None:
    assert blocks(content)[0] == "figure: "


def test_alternative_text() -> None:
    document = html_help.read(f'<div><p>{PROSE}</p><p><img src="a.jpg" alt=" 会场\n全景 "></p><p>{PROSE}</p></div>')
    figure = document.blocks[1]
    assert isinstance(figure, Figure)
    assert figure.alt == "会场 全景"
    assert figure.media is None


# --- What is left out -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<p style="display:none">看不见的字</p>', "hidden on the page"),
        ("<p hidden>看不见的字</p>", "hidden on the page"),
        ('<p style="position:absolute;left:-9999px">看不见的字</p>', "text off the screen"),
        ('<p style="font-size:0">看不见的字</p>', "text without size"),
        ('<p style="color:#ffffff">看不见的字</p>', "text in the colour of its background"),
        (
            '<div style="background:#333"><p style="color: #333333">看不见的字</p></div>',
            "text in the colour of its background",
        ),
        ("<style>.n{display:none}</style><p class=n>看不见的字</p>", "hidden by the page's style sheet"),
    ],
)
def test_hidden_text_is_removed_with_its_reason(content: str, reason: str) -> None:
    document = html_help.read(f"<div><p>{PROSE}</p>{content}<p>{PROSE}</p></div>")
    assert html_help.removed(document) == {"看不见的字": reason}


def test_hidden_text_inside_a_line_follows_it() -> None:
    document = html_help.read(f'<p>{PROSE}<span style="display:none">暗</span>明</p>')
    assert html_help.printed(document) == [f"body: {PROSE}明"]
    assert html_help.removed(document) == {"暗": "hidden on the page"}


def test_white_text_on_a_dark_ground_is_read() -> None:
    assert blocks('<p style="background-color:#00f"><span style="color:#fff">白色标题</span></p>') == ["body: 白色标题"]


@pytest.mark.parametrize(
    "content",
    [
        '<div style="position:absolute;left:50%;margin-left:-490px"><p>看得见的话\u3002</p></div>',
        '<p style="font-size:0"><span style="font-size:16px">看得见的话\u3002</span></p>',
        '<div style="height:0;padding-bottom:56%;overflow:hidden"><p>看得见的话\u3002</p></div>',
        '<div style="visibility:hidden"><p style="visibility:visible">看得见的话\u3002</p></div>',
        '<p style="text-indent:-2em">看得见的话\u3002</p>',
        '<p style="color:#e0ffff">看得见的话\u3002</p>',
        '<p style="color:#ffe0ff">看得见的话\u3002</p>',
        '<p style="color:#ffffe0">看得见的话\u3002</p>',
    ],
)
def test_usual_layout_hides_nothing(content: str) -> None:
    assert blocks(content) == ["body: 看得见的话\u3002"]


def test_a_link_that_was_never_closed_makes_no_list_of_links() -> None:
    paragraphs = f"<p>{PROSE * 2}</p>" * 4
    document = html_help.read(f'<div><h1>题目在此</h1><a href="/top">{paragraphs}</div>')
    assert html_help.printed(document) == ["title: 题目在此", *[f"body: {PROSE * 2}"] * 4]


def test_a_media_query_hides_nothing() -> None:
    assert blocks(
        "<style>@media print{.n{display:none} .m{display:none}}</style><p class=m>印刷时不见的话\u3002</p>"
    ) == ["body: 印刷时不见的话\u3002"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<div class="share">分享到\uff1a<a href="#">微信</a></div>', "share bar"),
        ('<p><a href="/a">相关的另一篇文章</a></p><p><a href="/b">还有一篇</a></p>', "links"),
        ("<p>\u3010打印本页\u3011\u3010关闭窗口\u3011</p>", "page tools"),
        ("<p>上一篇\uff1a没有了</p>", "navigation"),
        ("<p>扫描二维码关注我们</p>", "share bar"),
        ("<form><select><option>选项</option></select></form>", "form"),
    ],
)
def test_furniture_between_paragraphs_is_removed(content: str, reason: str) -> None:
    document = html_help.read(f"<div><p>{PROSE}</p>{content}<p>{PROSE}</p></div>")
    assert set(html_help.removed(document).values()) == {reason}


def test_an_unknown_short_line_in_the_middle_is_body() -> None:
    assert blocks("<p>某个短行</p>") == ["body: 某个短行"]


@pytest.mark.parametrize(("name", "kept"), [("line", True), ("foot", False)])
def test_a_short_line_in_a_row_like_those_of_the_text_is_text(name: str, kept: bool) -> None:
    rows = [("line", f"<h3>目的</h3><p>{PROSE}</p>"), ("line", f"<h3>范围</h3><p>{PROSE}</p>"), (name, "<p>附则</p>")]
    page = "".join(f'<div><div class="{style}"><div>{inner}</div></div></div>' for style, inner in rows)
    document = html_help.read(f"<body><div id=a>{page}</div><div><p>页脚一行</p></div></body>")
    assert ("附则" in document.text) is kept
    assert "页脚一行" not in document.text


def test_a_line_in_several_elements_stands_where_the_outermost_does() -> None:
    lines = "".join(f"<div><div><p>{PROSE}{number}\u3002</p></div></div>" for number in "一二三")
    document = html_help.read(f"<div><p>{PROSE}</p>{lines}<div><div><p>附则</p></div></div></div>")
    assert "附则" in document.text


def test_a_head_of_empty_cells_is_no_row() -> None:
    rows = "<tr><td>名称</td><td>位置</td></tr><tr><td>甲</td><td>乙</td></tr>"
    empty = "<tr><td></td><td></td></tr>"
    for head, count in ((empty, 2), ("<tr><th>表</th><th></th></tr>", 3)):
        assert len(table(f"<table><thead>{head}</thead>{rows}</table>").rows) == count
    assert len(table(f"<table>{rows}{empty}</table>").rows) == 3
