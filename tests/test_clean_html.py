"""Cleaning what the HTML reader makes: the visible lines replay, whatever the page holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from part import examples

from convert import readers, source
from convert.clean import clean
from convert.errors import ConvertError
from convert.model import Figure, Heading, block_text, ledger, replay
from convert.readers.html import visible_text

WORDS = st.sampled_from(
    [
        "政府工作报告",
        "各位代表:",
        "现在,我代表(县)政府向大会报告工作,请予审议\u3002",
        "一\u3001工作回顾",
        "(一)稳增长\u3002坚持扩大内需,增加收入\u3002",
        "1.抓项目",
        '打造"一号工程"--很好...',
        "来源:新华社 2021-12-31",
        "扫一扫在手机打开当前页",
        "大力提振消费\u3002",
        "\u200b洪山\u00a0镇",
        "Hello, world",
        "3~5天",
        "4,000",
        " ",
        "\n",
    ]
)
TAGS = (
    *("p", "div", "h1", "h2", "b", "em", "strong", "ul", "ol", "li", "table", "tr", "td", "blockquote", "pre"),
    *("code", "br", "sup", "ruby", "a", "span", "figure", "figcaption"),
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>" if tag != "br" else "<br>" + "".join(parts),
        st.sampled_from(TAGS),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(TREES, min_size=1, max_size=6))
@settings(max_examples=examples(300), deadline=None)
def test_any_page_replays_after_cleaning(trees: list[str]) -> None:
    page = source.from_bytes(f"<html><body>{''.join(trees)}</body></html>".encode(), "page.html")
    try:
        document = clean(readers.read(page))
    except ConvertError:
        return
    assert replay(document.source, ledger(document), document.repairs) == visible_text(page)


def test_a_page_through_reader_and_cleaning() -> None:
    body = "".join(
        f"<p>{text}</p>"
        for text in (
            "近日,笔者率队赴广州\u3001东莞与深圳密集调研(第一站),与20多家机构数百人当面访谈与交流,收获很大\u3002",
            "<strong>市场竞争</strong>",
            "贸易战导致的<b>原材料</b>购进受限\u3001环保与<a href='http://a.b/c,d'>人工成本</a>增加等原因,的确逼迫企业转型\u3002",
            "<strong>自我救赎</strong>",
            '在深圳大疆等企业,笔者同样听到了不少企业界人士的坚定信心,他们说"我们有准备"\u3002',
        )
    )
    html = f"<html><head><title>企业调研</title></head><body><article><h1>企业调研记</h1>{body}</article></body></html>"
    document = clean(readers.read(source.from_bytes(html.encode(), "page.html")))
    assert document.metadata.title == "企业调研记"
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [(heading.level, heading.id) for heading in headings] == [(1, "h1"), (1, "h2")]
    text = "".join(entry.text for entry in ledger(document))
    assert not set(text) & set(',()"')
    assert not any(isinstance(block, Figure) for block in document.blocks)


def test_notes_are_repaired_as_the_text_is() -> None:
    content = (
        "<h1>标题</h1><p>正文的第一段话\uff0c也有足够的长度\u3002</p>"
        "<p>这是正文\uff0c有足够的长度\u3002<sup><a href='#n' id='r'>1</a></sup></p>"
        "<p id='n'>1. 见\u200b注释,第3页\u3002<a href='#r'>\u21a9</a></p>"
    )
    page = source.from_bytes(content.encode(), "page.html")
    document = clean(readers.read(page))
    assert [block_text(block) for note in document.notes for block in note.children] == ["见注释\uff0c第3页\u3002"]
    assert replay(document.source, ledger(document), document.repairs) == visible_text(page)
