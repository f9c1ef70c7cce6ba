"""Pages with little prose, or with much around it: listings, threads of forums, short verse, controls in the middle."""

from __future__ import annotations

import html_help
import pytest

from convert.model import Figure, Preformatted, walk
from convert.readers.html.weigh.names import kind_of_name

LONG = "石桥在村口立了三百年\uff0c每年春天都有人来修补桥面\uff0c换下的石板就铺在路边\u3002"
LINKS = "<p><a href=/1>守桥人的一天</a></p><p><a href=/2>桥面的石板从哪里来</a></p>" * 6
TEXT = f"<p>{LONG}甲\u3002</p><p>{LONG}乙\u3002</p>"


def printed(html: str) -> list[str]:
    """What is printed of a page, without the kinds of the lines."""
    return [line.partition(": ")[2] for line in html_help.printed(html_help.read(html))]


@pytest.mark.parametrize(
    ("listing", "lines"),
    [
        ("a: 1<br>b:<br>  c: 2", "a: 1\nb:\n  c: 2"),
        ("<div>x = 1</div><div>y = 2</div>", "x = 1\ny = 2"),
        ("<code>x = 1<br>y = 2</code><button>Copy</button>", "x = 1\ny = 2"),
        ("x = 1<span style='display:none'>复制代码</span>", "x = 1"),
    ],
)
def test_a_listing_keeps_its_lines_and_no_control(listing: str, lines: str) -> None:
    document = html_help.read(f"<h1>石桥</h1>{TEXT}<pre>{listing}</pre>{TEXT}")
    assert [block.text for block in walk(document.blocks) if isinstance(block, Preformatted)] == [lines]


def test_a_button_is_a_control_where_it_stands_alone_and_a_word_in_a_sentence() -> None:
    middle = f"<p><button><span>音量</span></button></p><p>请按<button>确定</button>键\u3002</p><p>{LONG}</p>"
    lines = printed(
        f"<h1>石桥</h1><div>{TEXT}{middle}<p><textarea>&lt;div&gt;模板\uff0c还有\uff0c{LONG}</textarea></p>{TEXT}</div>"
    )
    assert "请按确定键\u3002" in lines
    assert not any("音量" in line or "模板" in line for line in lines)


def test_a_name_is_no_hash_and_no_address_of_a_heading() -> None:
    assert kind_of_name("summary_EGg7N") is None
    assert kind_of_name("left-gg") == "advertisement"
    assert kind_of_name("box_share12") == "share bar"
    lines = printed(f"<h1>石桥</h1>{TEXT}<h2 id='edit-code'>编辑代码并继续<a href='#edit-code'>#</a></h2>{TEXT}")
    assert "编辑代码并继续" in lines


def test_an_article_of_listings_is_found_beside_a_dialog() -> None:
    listing = "<pre><code>" + "export https_proxy=http://localhost:8080\n" * 8 + "</code></pre>"
    dialog = "".join(f"<p>不友善内容{at}\uff0c挑衅辱骂\uff0c恶意行为\u3002</p>" for at in range(9))
    lines = printed(
        f"<div class=main><h1>设置代理</h1><div><h3>一号机</h3>{listing}<h3>二号机</h3>{listing}</div></div>{LINKS}"
        f"<div class='modal report'><div class=content><p>说明理由\uff0c只有管理员看得见\u3002</p>{dialog}</div></div>"
    )
    assert "一号机" in lines
    assert not any("挑衅辱骂" in line for line in lines)


def test_the_footer_of_a_forum_is_no_article() -> None:
    posts = "".join(
        f"<div id=post{at}><table><tr><td><a href=/u/{at}>甲{at}</a><a href=/m>发消息</a></td>"
        f"<td><div class=t>发表于 2024-4-{at} 23:20:45</div><a href=/r>回复</a>{LINKS}<div><table><tr>"
        f"<td class=t_f>建议改版\uff0c现在的桥面太窄\uff0c{at}号\u3002</td></tr></table></div></td></tr></table></div>"
        for at in range(1, 4)
    )
    lines = printed(
        f"<h1>建议改版</h1>{posts}<div><p>江城传媒 | 运营中心 版权所有 | 不良信息举报\uff1a5555</p>"
        "<p>River, Bridge and River Online are registered trademarks of River Corporation.</p></div>"
    )
    assert any(line.startswith("建议改版\uff0c现在") for line in lines)
    assert not any("版权所有" in line or "trademarks" in line for line in lines)


def test_short_lines_in_what_is_text_alone_stay() -> None:
    lines = printed(
        "<h3>静夜</h3><div>作者\uff1a王伟 2020年01月12日18:32 收藏</div><div id=content><div><p>题记\uff1a</p>"
        f"<p>腊月十六深夜所作</p></div><div>{LONG}</div><div>注释</div><div>{LONG}甲</div></div><a href=/1>下一篇</a>"
    )
    assert "腊月十六深夜所作" in lines


def test_what_holds_lines_that_are_seen_is_shown() -> None:
    seen = "".join(f"<p style='visibility:visible'>{LONG}{at}\u3002</p>" for at in "甲乙")
    inner = f"<p>{LONG}末\u3002</p><p style='visibility:hidden'>{LONG}藏\u3002</p>"
    lines = printed(f"<h1>石桥</h1><div style='visibility:hidden'>{seen}{inner}</div>")
    assert f"{LONG}末\u3002" in lines
    assert f"{LONG}藏\u3002" not in lines


def figures(html: str) -> list[Figure]:
    return [block for block in walk(html_help.read(html).blocks) if isinstance(block, Figure)]


def test_pictures_around_the_text_belong_to_it() -> None:
    picture = "<div><img src=a.jpg width=600 height=400></div>"
    controls = "<button>转发</button><button>评论</button><button>赞</button><a href=/1>热搜</a>" * 4
    assert len(figures(f"<h1>石桥</h1><div><div><div>{TEXT}</div>{picture}</div><div>{controls}</div></div>")) == 1
    figure = "<figure><a href=/big><img src=a.jpg width=600></a></figure><p><a href=/big>放大看</a></p>"
    assert len(figures(f"<h1>石桥</h1><div>{figure}<span>{TEXT}</span></div>")) == 1
    assert figures(f"<h1>石桥</h1><div>{TEXT}{TEXT}</div><img src=advert.jpg width=600>{LINKS}") == []


def test_an_icon_does_not_part_a_picture_from_its_caption() -> None:
    icon = "<img src=icon_scale.svg width=16 height=16>"
    page = f"<h1>石桥</h1>{TEXT}<figure><img src=a.jpg width=600>{icon}<figcaption>桥面</figcaption></figure>{TEXT}"
    assert [len(figure.caption) for figure in figures(page)] == [1]


def _mj(name: str, *inner: str) -> str:
    return f"<mjx-{name}>{''.join(inner)}</mjx-{name}>"


def _c(char: str, name: str = "mi") -> str:
    return _mj(name, f"<mjx-c class='mjx-c{ord(char):X} TEX-I'></mjx-c>")


FRACTION = _mj("mfrac", _mj("frac", _mj("num", _mj("nstrut"), _c("a")), _mj("dbox", _mj("row", _mj("den", _c("b"))))))


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (_mj("msup", _c("\U0001d44e"), _mj("script", _c("2", "mn"))), "a^2"),
        (_mj("msubsup", _c("x"), _mj("script", _c("2", "mn"), _mj("spacer"), _c("i"))), "x_i^2"),
        (_mj("mover", _mj("over", _c("^", "mo")), _mj("base", _c("x"))), "x^^"),
        (FRACTION, "a/b"),
        (_mj("msqrt", _mj("sqrt", _mj("surd", _c("\u221a", "mo")), _mj("box", _c("x")))), "\u221ax"),
    ],
)
def test_a_formula_that_mathjax_3_has_drawn_is_read(drawn: str, said: str) -> None:
    container = f"<mjx-container><mjx-math aria-hidden='true'>{drawn}</mjx-math></mjx-container>"
    assert f"body: 设{said}为正\u3002" in html_help.printed(html_help.read(f"<p>设{container}为正\u3002</p>"))


def test_a_drawing_with_codes_that_are_no_characters_is_none() -> None:
    parts = "".join(f"<path data-c='{code}'></path>" for code in ("zz", "D800", "FFFFFF", "0", "00041"))
    page = f"<p>设<mjx-container><svg>{parts}<path data-c='42'></path></svg></mjx-container>为正\u3002</p>"
    assert "body: 设AB为正\u3002" in html_help.printed(html_help.read(page))


def test_a_formula_drawn_as_svg_is_read_once() -> None:
    path = "<g data-mml-node='math'><g data-mml-node='msup'><g data-mml-node='mi'><path data-c='1D44E'></path></g>"
    svg = f"<svg aria-hidden='true'>{path}<g data-mml-node='mn'><use data-c='32'></use></g></g></g></svg>"
    stated = "<mjx-assistive-mml><math><msup><mi>a</mi><mn>2</mn></msup></math></mjx-assistive-mml>"
    for inner in (svg, svg + stated, f"<mjx-math aria-hidden='true'>{_c('a')}</mjx-math>{stated}"):
        page = f"<p>设<mjx-container>{inner}</mjx-container>为正\u3002</p>"
        assert "body: 设a^2为正\u3002" in html_help.printed(html_help.read(page))
