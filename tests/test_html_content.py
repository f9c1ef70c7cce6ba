"""What is in an article and how it comes out: code, frames, formulas, notes, captions, titles, dates, files, shells."""

from __future__ import annotations

import json

import html_help
import msgspec
import pytest

from convert.clean import clean
from convert.errors import NoContentError
from convert.model import Formula, Preformatted, inlines_of
from convert.readers import html

PROSE = "磨坊的水轮从清晨转到天黑\uff0c面粉从石缝里一点一点落下来\uff0c装满一袋要半个时辰\u3002"


def page(inner: str, *, head: str = "", title: str = "<h1>水磨坊</h1>", meta: str = "<p>2020-05-06</p>") -> str:
    """A page with three sentences and something more behind the first."""
    return f"<head>{head}</head><body>{title}{meta}<div><p>{PROSE}</p>{inner}<p>{PROSE}</p><p>{PROSE}</p></div></body>"


def printed(inner: str, **known: str) -> list[str]:
    return html_help.printed(html_help.read(page(inner, **known)))


def test_code_with_chinese_comments_is_code() -> None:
    document = html_help.read(page("<pre><code>def f(x):\n    # 这一行说明它的用途和参数\n    return x</code></pre>"))
    code = [block.text for block in document.blocks if isinstance(block, Preformatted)]
    assert code == ["def f(x):\n    # 这一行说明它的用途和参数\n    return x"]


def test_several_codes_in_one_pre_are_lines() -> None:
    assert "pre: import os / print(1)" in printed("<pre><code>import os</code><code>print(1)</code></pre>")


def test_the_page_in_a_frame_is_read() -> None:
    inner = "".join(f"&lt;p>{PROSE}{at}&lt;/p>" for at in "甲乙丙")
    found = html_help.printed(html_help.read(f'<h1>水磨坊</h1><iframe srcdoc="{inner}"></iframe>'))
    assert sum(PROSE in line for line in found) == 3


def test_frames_of_an_archive_are_read_and_end() -> None:
    whole = f"<meta charset=utf-8><p>{PROSE}</p><p>{PROSE}</p><iframe src='a.html'></iframe>".encode()
    source = html_help.page("<frameset><frame src='a.html'></frameset>")
    found = html_help.printed(html.read(msgspec.structs.replace(source, parts={"a.html": whole})))
    assert 2 <= sum(PROSE in line for line in found) <= 10


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("<msup><mi>c</mi><mn>2</mn></msup>", "c^2"),
        ("<msup><mi>e</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msup>", "e^(i+1)"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a+b)/2"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x_1^2"),
        ("<msqrt><mi>x</mi></msqrt>", "\u221ax"),
        ("<mi>m</mi><msup><mi>c</mi><mn>2</mn></msup><mi>t</mi>", "mc^2 t"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "(_6^14)C"),
        ("<semantics><mi>x</mi><annotation>\\frac</annotation></semantics>", "x"),
        ("<semantics><mi>x</mi><annotation-xml><mi>y</mi></annotation-xml></semantics>", "x"),
        ("<mi>x</mi><mphantom><mi>y</mi></mphantom>", "x"),
        ("<mtable><mtr><mtd><mn>1</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>", "[1;3]"),
    ],
)  # fmt: skip
def test_a_formula_keeps_its_meaning_in_a_line(formula: str, text: str) -> None:
    assert f"body: 设其值为{text}\uff0c余下从略\u3002" in printed(
        f"<p>设其值为<math>{formula}</math>\uff0c余下从略\u3002</p>"
    )


_KATEX = (
    "<span class=katex><span class=katex-mathml{}><math><mi>x</mi></math></span>"
    "<span class=katex-html aria-hidden=true><span>x</span></span></span>"
)


@pytest.mark.parametrize(
    "twice",
    [
        _KATEX.format(""),
        _KATEX.format(" style='display:none'"),
        "<span class=math><span style='display:none'><math><mi>x</mi></math></span><img src=x.svg alt='{x}'></span>",
        "<span class=MathJax data-mathml='&lt;math>&lt;mi>x&lt;/mi>&lt;/math>'><nobr aria-hidden=true>x</nobr></span>",
        "<mjx-container><mjx-math aria-hidden=true>x</mjx-math><mjx-assistive-mml><math><mi>x</mi></math>"
        "</mjx-assistive-mml></mjx-container>",
    ],
)
def test_a_formula_set_twice_is_read_once(twice: str) -> None:
    assert "body: 设其值为x\uff0c余下从略\u3002" in printed(f"<p>设其值为{twice}\uff0c余下从略\u3002</p>")


def test_of_a_formula_nothing_runs_and_each_part_has_its_place() -> None:
    table = "<mtable>x<mtd>y\x01\ufffe</mtd></mtable>"
    evil = f"<msup onclick=x()><mi href=javascript:x()>c</mi></msup><script>x()</script>{table}"
    document = html_help.read(
        page(f"<p>设其值为<math>{evil}<mfenced><mi>a</mi><mi>b</mi></mfenced></math>\uff0c从略\u3002</p>")
    )
    formula = next(node for node in inlines_of(document.blocks) if isinstance(node, Formula))
    assert formula.mathml == (
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mrow><mi>c</mi></mrow><mtable><mtr><mtd><mtext>y</mtext>'
        "</mtd></mtr></mtable><mrow><mo>(</mo><mi>a</mi><mo>,</mo><mi>b</mi><mo>)</mo></mrow></math>"
    )


def test_the_article_in_the_rows_of_react_is_read() -> None:
    def element(tag: str, *children: object, **held: object) -> list[object]:
        return ["$", tag, None, {"children": list(children), **held}]

    raw = f"<p>{PROSE}</p>"
    inner = element("div", dangerouslySetInnerHTML={"__html": "$3"})
    tree = element(
        "div", element("h1", "水磨坊"), element("nav", "$$"), element("$L1", element("p", PROSE)), "$L4", inner
    )
    lines = f"2:{json.dumps(tree)}\n4:{json.dumps(element('p', PROSE))}\n"
    rows = f"1:I[5,[]]\n3:T{len(raw.encode()):x},{raw}{lines}"
    parts = [rows[at : at + 90] for at in range(0, len(rows), 90)]
    pieces = [f"<script>self.__next_f.push({json.dumps([1, part])})</script>" for part in parts]
    document = html_help.read(f"<title>水磨坊</title><div id=root></div>{''.join(pieces)}")
    assert html_help.printed(document) == ["title: 水磨坊", *[f"body: {PROSE}"] * 3]


def test_a_title_that_the_page_cuts_is_whole() -> None:
    shown = "<h1>关于维修老水磨坊的\u2026</h1>"
    cut = page("", title=shown, head="<title>关于维修老水磨坊的通知_县府</title>")
    assert html_help.read(cut).metadata.title == "关于维修老水磨坊的通知"
    own = page("", title=shown, head="<title>关于维修老水磨坊的\u2026_县府</title>")
    assert html_help.read(own).metadata.title == "关于维修老水磨坊的\u2026"


@pytest.mark.parametrize("field", [f"{PROSE}\n{PROSE}\n{PROSE}", f"&lt;p>{PROSE}&lt;/p>" * 3])
def test_the_article_in_a_field_is_read(field: str) -> None:
    found = html_help.printed(html_help.read(f"<h1>水磨坊</h1><textarea>{field}</textarea>"))
    assert found == ["title: 水磨坊", *[f"body: {PROSE}"] * 3]


def test_pictures_behind_the_article_are_counted() -> None:
    behind = '<div style="background-image: url(&quot;a.jpg&quot;); height: 300px"></div>'
    document = html_help.read(page(behind + '<p style="background:url(data:,)">从略\u3002</p>'))
    assert [notice.message for notice in document.notices] == [
        "1 pictures of the article are backgrounds and in no edition, such as a.jpg"
    ]


def test_notes_in_a_table_are_notes() -> None:
    mark = "<sup><a id=r1 href='#n1'>[1]</a></sup>"
    row = "<tr><td id=n1><a href='#r1'>\u21911</a></td><td>水轮重修于前年\u3002</td></tr>"
    document = html_help.read(page(f"<p>{PROSE}{mark}</p><table>{row}</table>"))
    assert [html_help.block_text_of(note.children) for note in document.notes] == ["水轮重修于前年\u3002"]


def test_bold_lines_under_pictures_are_captions() -> None:
    picture = "<p align=center><img src=a.jpg></p><p align=center><b>{}</b></p>"
    found = printed(picture.format("水轮全景") + f"<p>{PROSE}</p>" + picture.format("石磨近景"))
    assert [line for line in found if line.startswith("figure")] == ["figure: 水轮全景", "figure: 石磨近景"]


def test_a_title_in_lines_is_one_title() -> None:
    document = html_help.read(
        page(
            "",
            head="<title>白石镇人民政府关于保护水磨坊的决定</title>",
            title="<p align=center><b>白石镇人民政府</b></p><p align=center><b>关于保护水磨坊的决定</b></p>",
            meta="<p>(2020年5月6日镇第十届人民代表大会第三次会议通过)</p>",
        )
    )
    assert document.metadata.title == "白石镇人民政府关于保护水磨坊的决定"
    assert document.metadata.published == "2020-05-06"
    found = html_help.printed(document)
    assert found[:2] == ["title: 白石镇人民政府", "title: 关于保护水磨坊的决定"]
    assert found[2] == "dateline: (2020年5月6日镇第十届人民代表大会第三次会议通过)"


def test_a_badge_is_no_part_of_the_title() -> None:
    assert html_help.read(page("", title="<h1><i class=badge>原创</i>水磨坊</h1>")).metadata.title == "水磨坊"


@pytest.mark.parametrize(
    ("meta", "head", "date"),
    [
        ("<p>發布日期\uff1a109-05-06</p>", "", "2020-05-06"),
        ("<p>发布时间\uff1a20-05-06 23:16</p>", "", "2020-05-06"),
        ("<p>发布时间\uff1a05-06 22:46</p>", "<meta itemprop=dateUpdate content='2020-05-06 22:50'>", "2020-05-06"),
        ("<p>发布时间\uff1a05-06 22:46</p>", "<meta itemprop=dateUpdate content='2020-05-07'>", None),
        ("<p>发布时间\uff1a05-06 22:46</p>", "<link rel=canonical href='https://a.cn/2020/0506/1.html'>", "2020-05-06"),
    ],
)  # fmt: skip
def test_dates_with_less_than_a_year(meta: str, head: str, date: str | None) -> None:
    assert html_help.read(page("", meta=meta, head=head)).metadata.published == date


def test_a_date_below_the_text_counts_where_none_stands_above() -> None:
    below = "<p>2021-07-08 11:42:03 举报</p>"
    whole = f"<h1>水磨坊</h1><div><p>{PROSE}</p><p>{PROSE}</p></div><div>{below}</div>"
    assert html_help.read(whole).metadata.published == "2021-07-08"
    assert html_help.read(whole.replace("</h1>", "</h1><p>2020-05-06</p>")).metadata.published == "2020-05-06"


def test_how_often_a_file_was_fetched_is_no_text() -> None:
    document = html_help.read(page("<p>附件\u3010<a href='/d?id=1'>申报表.docx</a>\u3011已下载35次</p>"))
    assert "body: 申报表.docx" in html_help.printed(document)


@pytest.mark.parametrize(
    "text", ["Please enable JavaScript to continue.", "404 页面不存在", "请先登录后查看", "正在进行安全验证"]
)
def test_a_shell_is_no_article(text: str) -> None:
    with pytest.raises(NoContentError):
        html_help.read(f"<title>x</title><div id=app></div><p>{text}</p>")


def test_a_list_is_numbered_in_han_where_its_style_says_so() -> None:
    items = "<ol style='list-style-type:cjk-ideographic' start=9><li>查水轮<li>查石磨<li>查水闸</ol>"
    found = [line for line in printed(items) if line.startswith("item")]
    assert found == ["item: 九\u3001查水轮", "item: 十\u3001查石磨", "item: 十一\u3001查水闸"]


TOLD = [
    "石桥修好了\uff0c孩子们可以走近路上学\uff0c不用再绕远\u3002" * 2,
    f"{PROSE}{PROSE}",
    f"{PROSE}以后还要修路\u3002" * 2,
]


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">[{"title":"石桥","content":"<p>%s</p>"}]</script>',
        '<script>window.__INITIAL_STATE__={"a":{"title":"石桥","text":"%s"}};(function(){})()</script>',
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"石桥","articleBody":"%s"}</script>',
    ],
)
def test_the_article_in_the_data_of_scripts_is_read_where_the_page_shows_none(script: str) -> None:
    data = script % ("</p><p>" if "<p>" in script else "\\n").join(TOLD)
    document = html_help.read(f"<head>{data}</head><body><div id=app>加载中</div></body>")
    assert html_help.printed(document) == ["title: 石桥", *(f"body: {line}" for line in TOLD)]
    assert [notice.code for notice in document.notices] == ["script-page"]
    shown = html_help.read(f"<head>{data}</head><body><h1>另一篇</h1><p>{PROSE}</p><p>{PROSE}</p></body>")
    assert html_help.printed(shown) == ["title: 另一篇", f"body: {PROSE}", f"body: {PROSE}"]


def test_a_list_of_links_is_no_article_unless_it_is_asked_for() -> None:
    links = "".join(f"<li><a href='/{at}'>县里的第{at}条新闻标题</a></li>" for at in range(40))
    page = f"<h1>新闻中心</h1><ul>{links}</ul>"
    with pytest.raises(NoContentError):
        clean(html_help.read(page))
    assert clean(html_help.read(page), skip=frozenset(("link-list",))).blocks
    notice = f"<h1>停水通知</h1><p>2020-05-06</p><img src='a.jpg' width=600 height=800><ul>{links}</ul>"
    assert clean(html_help.read(notice)).blocks  # a notice that is a picture


def test_a_video_leaves_its_title_and_address() -> None:
    player = (
        '<div class="video-player"><video title="通车仪式"><source src="https://v.example/a.mp4?x=1"></video></div>'
    )
    assert "body: 视频\uff1a通车仪式 v.example/a.mp4" in printed(player)
    framed = '<p><iframe data-src="https://v.example/player.html?vid=x"></iframe></p>'
    assert "body: 视频\uff1av.example/player.html" in printed(framed)
    assert "body: 音频\uff1ab.mp3" in printed('<audio src="/b.mp3"></audio>')
    nothing = '<video src="blob:x"></video><iframe src="https://ad.example/x"></iframe>'
    assert len(printed(nothing)) == len(printed(""))
