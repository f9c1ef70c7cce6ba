"""What pages say of their articles: dates in every usual form, sources, people, titles, the language."""

from __future__ import annotations

import html_help
import pytest

from convert.model import Metadata
from convert.readers.html.metadata import lines, statements
from convert.readers.html.weigh import titles
from convert.zh import bylines, labels

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"


@pytest.mark.parametrize(
    "said",
    [
        '<time datetime="2021-03-05T08:00:00+08:00">3天前</time>',
        '<span><time datetime="2021-03-05">昨天 08:00</time></span><span>甲县日报</span>',
        '<time datetime="2021-03-05">03-05 08:00</time>',
    ],
)
def test_a_time_states_its_date_where_it_shows_how_long_ago_that_was(said: str) -> None:
    page = f"<h1>石桥修好了</h1><p>{said}</p><div><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert html_help.read(page).metadata.published == "2021-03-05"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2019-09-07 09:59:22", "2019-09-07"),
        ("2019-9-7", "2019-09-07"),
        ("2019/09/07", "2019-09-07"),
        ("2019.09.07", "2019-09-07"),
        ("2019年09月07日08:18", "2019-09-07"),
        ("2019年9月7日", "2019-09-07"),
        ("2019 年 9 月 7 日", "2019-09-07"),
        ("2019-09-07T09:59:22+08:00", "2019-09-07"),
        ("202106/25 11:02:13", "2021-06-25"),
        ("二〇一九年九月七日", "2019-09-07"),
        ("二\u25cb一九年十二月三十一日", "2019-12-31"),
        ("二〇二〇年十月二十号", "2020-10-20"),
        ("民國108年9月7日", "2019-09-07"),
        ("令和元年5月1日", "2019-05-01"),
        ("2019年2月30日\uff0c后改为2019年3月2日", "2019-03-02"),
        ("没有日期", None),
        ("编号12019-09-071", None),
        ("2019年2月30日", None),
        ("版本1.2019.9.7", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    assert lines.find_date(text) == date


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2019-09-07 09:59:22\u3000来源: 新京报 举报", [("source", "来源", "新京报")]),
        ("来源:      | 发布时间: 2018-05-17 | 浏览次数: 2168",
         [("source", "来源", ""), ("published", "发布时间", "2018-05-17"), ("control", "浏览次数", "2168")]),
        ("索 引 号\uff1a003221/2023-00017", []),
        ("作者\uff1a何苗\u3000编辑\uff1a李四", [("author", "作者", "何苗"), ("editor", "编辑", "李四")]),
        ("\u3010编辑:钱小敏\u3011", [("editor", "编辑", "钱小敏")]),
        ("发文字号\uff1a青政\u30142023\u301517号", [("document_number", "发文字号", "青政\u30142023\u301517号")]),
        ("他在来源问题上没有说清楚", []),
        ("2020年 发布时间 ", [("published", "发布时间", "")]),
        ("\u3010 来源 \u3011\u3000", [("source", "来源", "")]),
    ],
)  # fmt: skip
def test_labels_and_values(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(pair.field, pair.label, pair.value) for pair in labels.pairs_within(text)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本报记者 孙立 通讯员 黄海", ["孙立", "黄海"]),
        ("本报记者 何 娟", ["何娟"]),
        ("记者\uff1a张三\u3001李四", ["张三", "李四"]),
        ("文/王五", ["王五"]),
        ("\u3010文/观察网专栏作者 王文\u3011", ["王文"]),
        ("澎湃新闻记者 胡玲 实习生 李明", ["胡玲", "李明"]),
        ("文\u25cf オカモト\uff0fASCII編集部", ["オカモト"]),
        ("최윤호 기자 uknow@example.com", ["최윤호"]),
        ("作者\uff1a方敏北京大学经济学院教授", ["方敏"]),
        ("作者\uff1a记者王敬照", ["王敬照"]),
        ("记者从会上了解到有关情况", []),
        ("本报评论员", []),
        ("办公室", []),
    ],
)
def test_bylines(text: str, names: list[str]) -> None:
    assert bylines.byline(text) == names


@pytest.mark.parametrize(
    ("title", "article"),
    [
        ("一座桥的修复-中国新闻网", "一座桥的修复"),
        ("一座桥的修复_新闻频道_大江网", "一座桥的修复"),
        ("一座桥的修复 | 生活 | 南方新聞網", "一座桥的修复"),
        ("一座桥的修复--文化--人民网", "一座桥的修复"),
        ("我县召开会议", "我县召开会议"),
    ],
)
def test_title_without_the_site(title: str, article: str) -> None:
    assert titles.without_site(title) == article


def metadata(head: str, body: str, *, root: str = "") -> Metadata:
    return html_help.read(f"<html{root}><head>{head}</head><body>{body}</body></html>").metadata


BODY = (
    f"<h1>一座桥的修复</h1><p>2020年5月6日 来源\uff1a江城晚报</p><div><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p></div>"
)


def test_the_visible_page_comes_before_its_head() -> None:
    found = metadata(
        '<meta name="ArticleTitle" content="别的题目"><meta name="PubDate" content="2001-01-01">'
        '<meta name="ContentSource" content="别的来源">',
        BODY,
    )
    assert (found.title, found.published, found.source) == ("一座桥的修复", "2020-05-06", "江城晚报")


def test_the_head_says_what_the_page_does_not() -> None:
    found = metadata(
        '<meta name="ArticleTitle" content="一座桥的修复"><meta name="PubDate" content="2020-05-06 10:00">'
        '<meta name="ContentSource" content="江城晚报"><meta name="Author" content="何苗">',
        f"<p>{PROSE}</p>",
    )
    assert (found.title, found.published, found.source, found.author) == (
        "一座桥的修复", "2020-05-06", "江城晚报", "何苗",
    )  # fmt: skip


def test_the_site_is_the_source_where_nothing_else_is() -> None:
    head = '<title>一座桥的修复 - 江城周刊</title><meta name="og:site_name" value="江城周刊">'
    assert metadata(head, f"<p>{PROSE}</p>").source == "江城周刊"
    assert metadata(head.replace(" - 江城周刊", ""), f"<p>{PROSE}</p>").source is None  # a platform of many


def test_the_head_adds_the_number_to_a_title() -> None:
    number = '<meta name="ArticleTitle" content="处罚信息公开表(金罚决字\u30142024\u301536号)">'
    body = f"<h1>处罚信息公开表</h1><p>{PROSE}</p><p>{PROSE}</p>"
    assert metadata(number, body).title == "处罚信息公开表(金罚决字\u30142024\u301536号)"
    assert metadata('<meta name="ArticleTitle" content="处罚信息公开表(旧版)">', body).title == "处罚信息公开表"


def test_an_answer_names_its_author_and_its_day() -> None:
    found = metadata(
        "",
        f"<h1>一座桥的修复</h1><p>{PROSE}</p><div class=a><h3 class='item author-wrap'><a href='/p/x'>甜阁下</a>\uff0c"
        f"<b>心理咨询师</b></h3><p>{PROSE}</p><p>{PROSE}</p></div><div><a href=/x>编辑于 2014-09-25</a> "
        "<a href=/y>160 条评论</a> <a href=/z>感谢</a> <a href=/z>举报</a></div>",
    )
    assert (found.author, found.published, found.source) == ("甜阁下", "2014-09-25", None)


def test_a_birthday_is_no_date_of_the_page() -> None:
    told = "<h1>王伟</h1><dl><dd>1975年1月28日</dd></dl>"
    told += f"<p>他\uff0c1975年1月28日出生于江城\uff0c歌手\u3002</p><p>{PROSE}</p>"
    assert metadata("", told).published is None
    table = "<h1>王伟</h1><table><tr><td>出 生 日 期</td><td>1975年1月28日</td></tr></table>"
    assert metadata("", f"{table}<p>{PROSE}</p><p>{PROSE}</p>").published is None


def test_what_forms_and_badges_say_is_no_name_and_no_title() -> None:
    found = metadata(
        "<title>一座桥的修复</title>",
        f"<h1><i>原创</i>一座桥的修复</h1><p>2020-05-06 来源\uff1a未知 作者\uff1a佚名</p><p>{PROSE}</p><p>{PROSE}</p>",
    )
    assert (found.title, found.source, found.author) == ("一座桥的修复", None, None)


@pytest.mark.parametrize("said", ["不详", "暂无", "匿名", "网络整理", "管理员", "admin", "null"])
def test_who_is_nobody(said: str) -> None:
    head = f"<h1>一座桥的修复</h1><p>2020-05-06 来源\uff1a{said} 作者\uff1a{said}</p>"
    found = metadata("", f"{head}<p>{PROSE}</p><p>{PROSE}</p>")
    assert (found.published, found.source, found.author) == ("2020-05-06", None, None)


def test_json_ld_comes_last() -> None:
    found = metadata(
        '<script type="application/ld+json">{"@graph":[{"headline":"一座桥的修复","datePublished":"2020-05-06T08:00Z",'
        '"author":[{"name":"何苗"}]}]}</script><script type="application/ld+json">not json</script>',
        f"<p>{PROSE}</p>",
    )
    assert (found.published, found.author) == ("2020-05-06", "何苗")


def test_the_date_of_the_day_in_the_page_head_is_not_the_articles() -> None:
    assert metadata("", "<div>今天是2024年1月5日</div>" + BODY).published == "2020-05-06"


def test_update_counts_only_without_a_better_date() -> None:
    head = "<h1>一座桥的修复</h1><p>更新时间\uff1a2020-07-08</p>"
    both = head + "<p>发布时间\uff1a2020-05-06</p>"
    assert metadata("", f"{both}<p>{PROSE}</p><p>{PROSE}</p>").published == "2020-05-06"
    assert metadata("", f"{head}<p>{PROSE}</p><p>{PROSE}</p>").published == "2020-07-08"


@pytest.mark.parametrize(
    ("head", "comment", "url"),
    [
        ('<link rel="canonical" href="https://a.example/1.html">', "", "https://a.example/1.html"),
        ("", "<!-- saved from url=(0026)https://a.example/2.html -->", "https://a.example/2.html"),
        ("", "<!--\n Page saved with SingleFile \n url: https://a.example/3.html \n-->", "https://a.example/3.html"),
        ('<meta property="og:url" content="https://a.example/4.html">', "", "https://a.example/4.html"),
        ('<link rel="canonical" href="/relative.html">', "", None),
        ('<link rel="canonical" href="javascript:x">', "", None),
    ],
)
def test_address(head: str, comment: str, url: str | None) -> None:
    assert html_help.read(f"{comment}<html><head>{head}</head><body>{BODY}</body></html>").metadata.url == url


@pytest.mark.parametrize(
    ("tag", "text", "language"),
    [
        ("zh-CN", "这个问题要说清楚\uff0c我们会开会讨论\u3002", "zh-Hans"),
        ("zh", "这个问题要说清楚\uff0c我们会开会讨论\u3002", "zh-Hans"),
        ("zh-TW", "這個問題要說清楚\uff0c我們會開會討論\u3002", "zh-Hant"),
        ("zh-CN", "這個問題要說清楚\uff0c我們會開會討論\u3002", None),
        ("en", "这个问题要说清楚\uff0c我们会开会讨论\u3002", None),
        ("en-US", "This is an English page.", "en-us"),
        ("ja", "これは日本語の文章です\u3002", "ja"),
        ("ja", "这个问题要说清楚\u3002", None),
        ("ko", "이것은 한국어 문장입니다.", "ko"),
        ("zh-CN", "これは日本語の文章です\u3002", None),
    ],
)
def test_language_only_where_the_text_agrees(tag: str, text: str, language: str | None) -> None:
    assert statements.language(tag, text) == language


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("<a href='/u/7'>守桥人</a> | 455 | 2020-05-06", {"author": "守桥人", "published": "2020-05-06"}),
        ("<span class=username>守桥人</span> 2020-05-06", {"author": "守桥人"}),
        ("<span class=author>江城晚报</span> 2020-05-06", {"author": None}),
        ("来源\uff1a江城晚报 王帆 2020-05-06", {"source": "江城晚报", "author": "王帆"}),
        ("来源\uff1a江城晚报2020-05-0608:30", {"source": "江城晚报", "published": "2020-05-06"}),
        ("2020-05-06 08:30\u00b7江城晚报", {"source": "江城晚报"}),
        ("<span class=from>来自 江苏</span> 2020-05-06", {"source": None}),
        ("박상우 2020. 5. 6. 12:52", {"author": "박상우", "published": "2020-05-06"}),
        ("<table><tr><td>作者\uff1a</td><td>2020-05-06 08:30</td></tr></table>", {"author": None}),
        ("<table><tr><td>投稿</td><td>退出</td></tr></table>", {"author": None}),
    ],
)  # fmt: skip
def test_the_line_below_a_title_names_people_and_media(line: str, known: dict[str, str | None]) -> None:
    found = html_help.read(f"<h1>石桥修好了</h1><div>{line}</div><div><p>{PROSE}</p><p>{PROSE}</p></div>").metadata
    assert {field: getattr(found, field) for field in known} == known


def test_the_head_names_a_medium_as_the_author() -> None:
    head = "<meta property='article:author' content='每日江城'>"
    body = f"<h1>石桥修好了</h1><p>每日江城</p><p>2020-05-06</p><div><p>{PROSE}</p><p>{PROSE}</p></div>"
    found = html_help.read(f"<html><head>{head}</head><body>{body}</body></html>").metadata
    assert (found.source, found.author) == ("每日江城", None)


@pytest.mark.parametrize(
    ("shown", "title"),
    [
        ("<a>分享</a><b> 石桥修好了</b>", "石桥修好了"),
        ("石桥修好了<span>241</span>", "石桥修好了"),
        ("石桥修好了<span>\uff1a记者见闻一二</span>", "石桥修好了\uff1a记者见闻一二"),
    ],
)
def test_what_stands_beside_a_title_in_an_element_of_its_own(shown: str, title: str) -> None:
    page = f"<html><head><title>石桥修好了_江城晚报</title></head><body><h1>{shown}</h1><p>{PROSE}</p></body></html>"
    assert html_help.read(page).metadata.title == title


@pytest.mark.parametrize("place", ["after", "between"])
def test_a_date_after_words_that_say_of_what_it_is(place: str) -> None:
    stamp = "<div><p><a href=/1>发布于 2020-05-06 09:55</a></p><p><a href=/2>喜欢</a></p></div>"
    comment = "<p>写下评论</p>" * 4
    middle, end = (stamp, "") if place == "between" else ("", comment + stamp)
    page = f"<h1>石桥修好了</h1><div><p>{PROSE}</p>{middle}<p>{PROSE}</p></div>{end}"
    assert html_help.read(page).metadata.published == "2020-05-06"


def test_a_line_named_title_above_its_source_is_the_title() -> None:
    page = f"<div class=rumor-title>徒手抓子弹</div><p>来源\uff1a江城晚报</p><div><p>{PROSE}</p><p>{PROSE}</p></div>"
    assert html_help.read(page).metadata.title == "徒手抓子弹"


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("柳荫学会章程 - 青石统计研究会", "<h1>青石统计研究会</h1><p>柳荫学会章程</p>", "柳荫学会章程"),
        ("青石县 > 动向 > 石桥修缮", "<h1>青石县</h1>", "石桥修缮"),
        ("石桥的故事 \uff1c柳荫童话集\uff1e", "<p><b>石桥的故事</b></p>", "石桥的故事"),
        (
            "招人",
            "<h1><span style='display:block'>守一座桥\uff0c</span><span style='display:block'>过一辈子</span></h1>",
            "守一座桥\uff0c 过一辈子",
        ),
        (
            "石桥修好以后的第一个冬天_青石报",
            "<h1>石桥修好以后的第一个冬天<br>编委 王某</h1>",
            "石桥修好以后的第一个冬天",
        ),
    ],
)
def test_the_title_is_what_the_page_is_about_and_not_the_site(head: str, body: str, title: str) -> None:
    document = html_help.read(f"<title>{head}</title><body>{body}<div><p>{PROSE}</p><p>{PROSE}</p></div>")
    assert document.metadata.title == title


def test_the_name_of_a_column_is_no_title() -> None:
    document = html_help.read(
        "<h2>공지사항</h2><div><div class=bbs_title>10월 9일 휴무 안내입니다</div><div>관리자/2019-12-25</div></div>"
        f"<div class=text><p>{PROSE}</p><p>{PROSE}</p></div>"
    )
    assert (document.metadata.title, document.metadata.published) == ("10월 9일 휴무 안내입니다", "2019-12-25")


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("<div>2020</div><div>07/08</div><div>16:37</div>", "2020-07-08"),
        ("<p>08</p><p>2020-07</p>", "2020-07-08"),
        ("<p>Jul 8 Wed 2020 00:28</p>", "2020-07-08"),
        ("<p>8 July 2020</p>", "2020-07-08"),
        ("<ul><li><a href=/2>图解\uff1a石桥的修缮与守桥人的一天</a> 2020-07-08</li></ul>", None),
    ],
)
def test_a_date_in_several_lines_or_in_english_and_none_of_another_text(line: str, date: str | None) -> None:
    document = html_help.read(f"<h1>石桥</h1>{line}<div><p>{PROSE}</p><p>{PROSE}</p></div>")
    assert document.metadata.published == date


def test_the_head_says_when_it_appeared_where_the_page_says_when_it_was_made() -> None:
    document = html_help.read(
        "<meta name=PubDate content='2023-08-16 10:33:59'><h1>石桥</h1>"
        f"<dl><dt>生成日期\uff1a</dt><dd>2023-05-11</dd></dl><div><p>{PROSE}</p><p>{PROSE}</p></div>"
    )
    assert document.metadata.published == "2023-08-16"


@pytest.mark.parametrize(
    ("head", "line", "author"),
    [
        ("<meta name=author content=willow><meta property=article:author content=willow>", "", "willow"),
        ("<meta name=author content=willow>", "", None),
        (
            "<meta name=author content='柳荫_散人 (willow)'>",
            "<p class=author>柳荫_散人 发表在青石部落</p>",
            "柳荫_散人",
        ),
        ("", "<div itemprop=author><a rel=author href=/about>Willow</a><p>A bridge keeper</p></div>", "Willow"),
        ("", "<div><a class=follow-nickName href=//b.example/1>willow</a><img src=a.png> 2020-05-06</div>", "willow"),
        ("", "<ul><li><a href=/>首页</a></li><li><a href=/member/>会员相关</a></li></ul>", None),
        ("<meta name=author content=青石><meta property=article:author content=青石>", "", None),
    ],
)
def test_a_pen_name_is_an_author_where_two_places_say_so(head: str, line: str, author: str | None) -> None:
    document = html_help.read(
        f"<title>石桥 - 青石新闻</title>{head}<h1>石桥</h1>{line}<div><p>{PROSE}</p><p>{PROSE}</p></div>"
    )
    assert document.metadata.author == author
