"""Any HTML at all: nothing raises but a ConvertError, every line is accounted for, and nothing takes long.

WENBAN_FUZZ sets how many generated pages are tried (default 300; the long run is 100,000).
"""

from __future__ import annotations

import os
from collections import Counter

import fuzz_html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from part import examples

from convert import source
from convert.errors import ConvertError, NoContentError, SourceError
from convert.model import Document, from_json, ledger, replay, to_json
from convert.readers import html
from convert.readers.html import thresholds
from convert.readers.html.sight import dom, parse
from convert.source import Source

EXAMPLES = int(os.environ.get("WENBAN_FUZZ", "150"))

TAGS = dom.words(
    "div p span b i a ul ol li table tr td th thead tbody caption blockquote h1 h2 h3 pre br hr img sup section font "
    "center form input select option button textarea figure figcaption details dl dt dd noscript svg math iframe o:p "
    "custom-x q template style script title meta link base body html head"
)
ATTRIBUTES = (
    'class="comment"',
    'class="article content"',
    'class="title"',
    'id="n1"',
    'id="r1"',
    'name="n1"',
    'href="#n1"',
    'href="#r1"',
    'href="http://a.example/b?c=1&amp;d"',
    'href="javascript:x"',
    'href="http://[bad"',
    'href="mailto:a@b"',
    'style="display:none"',
    'style="display:block"',
    'style="display:inline"',
    'style="text-align:right"',
    'style="color:#fff"',
    'style="visibility:hidden"',
    'style="visibility:visible"',
    'style="font-weight:bold"',
    'style="position:absolute;left:-9999px"',
    'src="../../etc/passwd"',
    'src="data:image/png;base64,AAAA"',
    'src="x.jpg"',
    'srcset="a 1x, b 2x"',
    'width="1"',
    'colspan="3"',
    'colspan="99999"',
    'rowspan="0"',
    'rowspan="2"',
    'align="center"',
    "hidden",
    'lang="en"',
    'start="-5"',
    'type="a"',
    'value="9"',
    "reversed",
    'bgcolor="#000"',
    'alt="图"',
    'charset="big5"',
    'content="2020-01-02"',
    'property="og:title"',
    'rel="canonical"',
)
TEXTS = (
    "中文\uff0c段落\u3002",
    "\u3000\u3000缩进的文字\uff0c内容较长的一段正文\uff0c用来凑足字数\u3002",
    "第一章\u3000总则",
    "2021年3月5日",
    "来源\uff1a新华社",
    "责任编辑\uff1a张三",
    "分享到\uff1a",
    "相关新闻",
    "上一篇\uff1ax",
    "图为会场\u3002张三摄",
    "\uff08原标题\uff1a甲\uff09",
    "1",
    "[1]",
    "\u21a9",
    "x",
    " ",
    "\n",
    "\t",
    "&nbsp;&nbsp;",
    "&lt;b&gt;",
    "&#0;",
    "<",
    "a\u2028b",
    "\u200b",
    "\ufeff",
    "\U00020000",
    "\x0c",
    "{display:none}",
    "A  B",
)
SPACES = frozenset("\u200b\ufeff\u00a0\u3000")


@st.composite
def trees(draw: st.DrawFn, depth: int = 4) -> str:
    """HTML with wrong nesting, unclosed tags and strange attributes."""
    parts: list[str] = []
    for _ in range(draw(st.integers(0, 5))):
        if depth == 0 or draw(st.integers(0, 2)) == 0:
            parts.append(draw(st.sampled_from(TEXTS)) * draw(st.sampled_from((1, 1, 3))))
        else:
            tag = draw(st.sampled_from(sorted(TAGS)))
            parts.append(f"<{tag} {' '.join(draw(st.lists(st.sampled_from(ATTRIBUTES), max_size=3)))}>")
            parts.append(draw(trees(depth - 1)))
            if draw(st.integers(0, 4)):
                parts.append(f"</{tag}>")
    return "".join(parts)


def shown(page: dom.WebPage) -> Counter[str]:
    """Every character of the page's text that is no space, by a walk of our own."""
    found: Counter[str] = Counter()
    stack: list[dom.HtmlElement | str] = [page.body]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            found.update(char for char in node if not char.isspace() and char not in SPACES)
        else:
            stack.extend(node.children)
    return found


def read(data: bytes) -> tuple[Source | None, Document | None]:
    """A page and its document; None where it was refused, which has to come with a remedy."""
    try:
        page = source.from_bytes(data, "page.html")
        return page, html.read(page)
    except ConvertError as refused:
        error = refused
    assert error.remedy
    return None, None


@settings(max_examples=examples(EXAMPLES), deadline=None, suppress_health_check=list(HealthCheck))
@given(trees())
def test_every_line_of_any_page_is_accounted_for(content: str) -> None:
    page, document = read(content.encode())
    if page is None or document is None or page.media_type != "text/html":
        return
    lines = html.visible_lines(page)
    assert replay(document.source, ledger(document), document.repairs) == "\n".join(lines)
    assert document.source.lines == len(lines)
    assert from_json(to_json(document)) == document
    found = Counter(char for line in lines for char in line if not char.isspace() and char not in SPACES)
    parsed = parse.parse(source.decode(page).text)
    parse.shown_in_fields(parsed)  # what a text field holds may be read as markup
    assert not shown(parsed) - found, "text of the page is in no line"


@settings(max_examples=examples(EXAMPLES), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _, document = read(b"<p>" + data)
    if document is not None:
        assert replay(document.source, ledger(document), document.repairs).count("\n") == document.source.lines - 1


@settings(max_examples=examples(EXAMPLES // 3), deadline=None)
@given(trees(), st.integers(0, 400))
def test_a_page_cut_off_anywhere_is_read_or_refused(content: str, cut: int) -> None:
    read(f"<p>中文\uff0c段落\u3002</p>{content}".encode()[: cut + 30])


PROSE = "<p>这是一段中文\uff0c用来测试长页面的读取速度\u3002</p>"
HARD = {
    "10,000 nested tags": "<div>" * 10_000 + PROSE + "</div>" * 10_000,
    "200,000 nested tags": "<div>" * 200_000 + PROSE,
    "nested tables": "<table><tr><td>" * 5_000 + PROSE,
    "nested lists": "<ul><li>" * 5_000 + PROSE,
    "nested quotes": "<blockquote>" * 5_000 + PROSE,
    "unclosed fonts": "".join(f"<font color={at}>" for at in range(3_000)) + PROSE * 1_000,
    "100,000 attributes": "<div " + " ".join(f"a{at}=1" for at in range(100_000)) + ">" + PROSE,
    "wide spans": "<table>"
    + ("<tr>" + "<td rowspan=65000 colspan=1000>1</td>" * 20 + "</tr>") * 300
    + "</table>"
    + PROSE,
    "line breaks": "<p>" + "文字\uff0c<br>" * 20_000,
    "spans": "<p>" + "<span>字</span>" * 50_000,
    "links": "<p>" + "<a href=/x>字</a>\uff0c" * 20_000,
    "styles": "<style>" + ".a{display:none}" * 50_000 + "</style>" + PROSE,
    "braces": "<style>" + "{" * 200_000 + "}" * 200_000 + "display:none" * 20_000 + "</style>" + PROSE,
    "notes": "".join(f'<p>正文\uff0c第{at}段的文字<a href="#n{at}">[{at}]</a></p>' for at in range(900))
    + "".join(f'<p id="n{at}">[{at}] 注释的内容</p>' for at in range(900)),
    "words of furniture": "<p>" + "字体大小" * 40 + "\u3001</p>" + PROSE,
    "spaces": "<p>" + " \u3000\u00a0" * 100_000 + "字</p>" + PROSE,
    "one long line": "<p>" + "这是一段中文\uff0c用来测试\u3002" * 100_000 + "</p>",
}


@pytest.mark.parametrize("name", HARD)
def test_hard_pages_are_read_whole(name: str) -> None:
    page = source.from_bytes(HARD[name].encode(), "page.html")
    document = html.read(page)
    assert replay(document.source, ledger(document), document.repairs) == html.visible_text(page)


@pytest.mark.parametrize(
    "content",
    [
        "<html><head><script>document.write('x')</script></head><body><script>1</script><noscript></noscript></body></html>",
        "<html><body></body></html>",
        "<!DOCTYPE html>",
        "<style>p{}</style>",
    ],
)
def test_a_page_without_text_says_what_to_do(content: str) -> None:
    with pytest.raises(ConvertError) as caught:
        html.read(source.from_bytes(content.encode(), "empty.html"))
    assert caught.value.exit_code == 4
    assert "empty.html" in str(caught.value)
    assert caught.value.remedy


def test_a_page_beyond_all_measure_is_refused() -> None:
    page = source.from_bytes(b"<p>x</p>" * (thresholds.MAX_PAGE_TAGS // 2 + 1), "huge.html")
    with pytest.raises(SourceError, match="more than 600,000 tags") as caught:
        html.read(page)
    assert "Split it" in str(caught.value)


def test_a_long_page_of_embedded_pictures_is_read() -> None:
    """A page of 50 MB is mostly pictures in `data:` addresses."""
    content = f"{PROSE}<p><img src='data:image/png;base64,{'A' * 10_000_000}'></p>" * 5 + PROSE
    document = html.read(source.from_bytes(content.encode(), "page.html"))
    assert len([notice for notice in document.notices if notice.code == "missing-picture"]) == 5


SHELLS = {
    "login": "<h1>请登录</h1><form>用户名 <input> 密码 <input></form>",
    "not found": "<title>404</title><h1>404</h1><p>您访问的页面不存在</p><a href=/>返回首页</a>",
}


@pytest.mark.parametrize("name", SHELLS)
def test_a_login_or_error_page_is_no_article(name: str) -> None:
    with pytest.raises(NoContentError):
        html.read(source.from_bytes(SHELLS[name].encode(), "a.html"))


def test_a_page_with_little_text_is_read_with_a_warning() -> None:
    content = "<title>502 Bad Gateway</title><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>"
    document = html.read(source.from_bytes(content.encode(), "a.html"))
    assert [notice.code for notice in document.notices] == ["little-text"]


def test_a_repair_in_a_list_in_a_cell_is_in_its_place() -> None:
    cells = "<tr><td>名称</td><td>材料</td></tr><tr><td>报名</td><td><ul><li>附件2\x0f请表.docx</li></ul></td></tr>"
    assert (
        fuzz_html.check(f"<h1>通知</h1><p>县里的会议通知\uff0c请看下表\u3002</p><table>{cells}</table>".encode())
        == "read"
    )


def test_broken_pages_are_read_or_refused() -> None:
    """A small part of the long run: `python -m tests.fuzz_html` makes 100,000 of them."""
    ends = Counter(fuzz_html.check(fuzz_html.case(seed)) for seed in range(400))
    assert ends["read"] > 150
    assert not any(end.startswith("FAULT") for end in ends)
