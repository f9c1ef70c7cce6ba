"""Nothing that is prose is dropped: what stands between the lines of an article, under whatever name, stays."""

from __future__ import annotations

import re

import html_help
import pytest

LONG = "石桥在村口立了三百年\uff0c每年春天都有人来修补桥面\uff0c换下的石板就铺在路边\u3002"


def between(middle: str, *, around: str = "div") -> list[str]:
    """What is printed of a page whose article has something in its middle."""
    body = f"<p>{LONG}甲\u3002</p><p>{LONG}乙\u3002</p>{middle}<p>{LONG}丙\u3002</p><p>{LONG}丁\u3002</p>"
    return html_help.printed(html_help.read(f"<h1>石桥</h1><p>2020-05-06</p><{around}>{body}</{around}>"))


@pytest.mark.parametrize(
    "middle",
    [
        "<p>图片来源\uff1a村史馆</p>",
        "<p>资料来源\uff1a县志</p>",
        "<p>责任编辑\uff1a王伟</p>",
        "<p><b>相关链接</b></p>",
        "<p><a href='/1'>桥头的老人\uff1a守桥四十年</a></p>",
        "<p><a href='/1'><b>桥头的老人</b></a></p>",
        "<p><a href='/1'>县志里说\uff0c这座桥的石料是从二十里外的山上一块一块背下来的\u3002</a></p>",
        "<p class='editor'>编者说明\uff0c以下两段是守桥人的口述\uff0c由记者整理\u3002</p>",
        "<p>日期\uff1a五月六日\uff0c桥面封闭\u3002行人请走下游的渡口\u3002</p>",
    ],
)
def test_a_line_between_paragraphs_ends_nothing_and_stays(middle: str) -> None:
    printed = between(middle)
    assert sum(LONG in line for line in printed) == 4
    assert re.sub("<[^>]*>", "", middle) in [
        line.partition(": ")[2] for line in printed if not line.startswith("title")
    ]


@pytest.mark.parametrize(
    "name", ["editor", "special", "print", "tag", "more", "comment", "related", "ad", "footer", "source"]
)
def test_no_name_outweighs_the_prose_of_a_page(name: str) -> None:
    body = "".join(f"<p>{LONG}{at}\u3002</p>" for at in "甲乙丙丁")
    document = html_help.read(f"<h1>石桥</h1><p>2020-05-06</p><div class='{name}'>{body}</div><p>联系我们</p>")
    assert sum(LONG in line for line in html_help.printed(document)) == 4


def test_the_tags_of_a_blogs_entry_are_no_furniture() -> None:
    entry = f"<article class='type-post hentry tag-bridge'><p>{LONG}{{0}}</p><p>第{{0}}座桥</p><p>{LONG}</p></article>"
    printed = html_help.printed(html_help.read(f"<h1>石桥</h1><main>{''.join(map(entry.format, '甲乙丙'))}</main>"))
    assert [line for line in printed if len(line) < 15 and line.startswith("body")] == [
        f"body: 第{at}座桥" for at in "甲乙丙"
    ]


def test_rows_beside_the_text_are_text_and_lines_with_what_furniture_says_are_not() -> None:
    text = f"<p>{LONG}甲\u3002</p><p>{LONG}乙\u3002</p><p>{LONG}丙\u3002</p>"
    rows = "<div><div><span>桥长</span> <span>十丈</span></div><div><span>桥宽</span> <span>一丈</span></div></div>"
    tools = "<div><div>分享到微信</div><div>阅读 120</div></div><div><a href=/1>上一篇</a></div>"
    printed = html_help.printed(html_help.read(f"<h1>石桥</h1><div>{text}{rows}{tools}</div>"))
    assert printed[-2:] == ["body: 桥长 十丈", "body: 桥宽 一丈"]


def test_a_table_is_the_article_or_not_as_a_whole() -> None:
    rows = "".join(f"<tr><td>{at}</td><td>王某{at}</td><td>柳荫村</td></tr>" for at in range(1, 9))
    table = f"<table><tr><th>序号</th><th>姓名</th><th>住址</th></tr>{rows}</table>"
    printed = html_help.printed(
        html_help.read(
            "<div><a href=/>首页</a><a href=/n>新闻</a></div><div><h1>低保名单公示</h1><p>发布时间\uff1a2020-05-06</p>"
            f"{table}</div><div><a href=/c>联系我们</a></div>"
        )
    )
    assert [line for line in printed if line.startswith("row")][:2] == [
        "row: 序号 | 姓名 | 住址",
        "row: 1 | 王某1 | 柳荫村",
    ]
    assert sum(line.startswith("row") for line in printed) == 9


def test_pictures_and_files_below_a_notice_stay() -> None:
    body = f"<p>{LONG}</p>" * 3
    tail = (
        "<p>图片来自网络\uff0c如有侵权\uff0c请联系删除\u3002</p><p><img src=a.jpg></p><p><img src=b.jpg></p>"
        "<div><span>附件\uff1a</span><ul><li><a href=/f/1.doc>申报表</a></li></ul></div>"
    )
    printed = html_help.printed(html_help.read(f"<h1>石桥</h1><div>{body}{tail}</div>"))
    assert printed.count("figure: ") == 2
    assert any("申报表" in line for line in printed)


def test_a_copy_of_the_text_in_another_place_is_no_part_of_it() -> None:
    body = f"<p>{LONG}</p><p>桥下的水是从上游的水库放下来的\uff0c夏天涨\uff0c冬天枯\uff0c鱼却一直有\u3002</p>"
    printed = html_help.printed(html_help.read(f"{LONG}<h1>石桥</h1><section><div>{body}</div></section>"))
    assert sum(LONG in line for line in printed) == 1
