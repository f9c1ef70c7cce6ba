"""Texts and pages made by chance, and what they are read as: `python -m tests.made` writes `fixtures/made.txt`.

The same number makes the same text on every machine.  Lines are the examples of the vocabulary's rows, sentences, and
marks of all kinds; pages have every element and attribute the reader looks at, nested and in any order.  Others are
made of those that tests have: lines of two texts in turns, a page whose elements and lines are others.  Nothing says
that a reading is right: a line of the file tells only that something now comes out otherwise, and where.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path

import msgspec

from convert.errors import ConvertError
from convert.model import Document, LedgerEntry, Removed, block_text, ledger
from convert.model.mapping import map_blocks
from convert.run.reading import read
from tests import rungs

KNOWN = Path(__file__).resolve().parent / "fixtures" / "made.txt"
LINES = KNOWN.with_name("made-lines.txt")
TEXTS = 160
PAGES = 200
MIXED = (3, 8)
"""Times that each text and each page at hand is mixed with others."""
SENTENCES = (
    "今年以来\uff0c全镇坚持以群众需求为导向\uff0c扎实推进各项重点工作\uff0c取得了较好的成效\u3002",
    "加强统筹协调\uff0c落实责任\u3002各单位要高度重视\uff0c按时完成\u3002",
    "他说\uff1a\u201c这座桥修了三年\u3002\u201d记者看到\uff0c桥上已经通车\u3002",
    "甲方应于2021年3月5日前支付全部价款(含税),逾期的,按日支付0.05%的违约金.",
    "本 报 讯 近日\uff0c 全市\u201c两会\u201c召开,来自各界的代表200余名参加了会议",
    "会议指出\uff0c要抓好以下工作\uff1a一是加强领导\uff1b二是加大投入\uff1b三是注重实效\u3002",
    "On 5 March the API v2.0 was released... see https://example.org/a-b?c=1 for details.",
    "总投资\uff11\uff12.\uff15亿元,同比增长3\uff05;人均--约1,024元",
)
MARKS = (
    "一\u3001",
    "二\u3001",
    "\uff08一\uff09",
    "(二)",
    "1.",
    "2\u3001",
    "3\uff0e",
    "\uff081\uff09",
    "1)",
    "\u2460",
    "\u2461",
    "第一章 ",
    "第二条 ",
    "一是",
    "\u2014\u2014",
    "\u2022 ",
    "A.",
    "1.1 ",
    "1.2 ",
    "2.1.1 ",
    "\u2160\u3001",
    "问\uff1a",
    "答\uff1a",
    "案例1 ",
    "附件2\uff1a",
    "",
)
HEADS = (
    "总体要求",
    "工作目标",
    "申报条件",
    "组织实施\u3002",
    "有关说明:",
    "加强领导",
    "发 展 历 程",
    "什么是石桥?",
    "附 则",
)
ENDS = ("", "", "", "\u3002", "\uff1b", "\uff1a", "\uff0c", " ", "\u3000\u3000", "\u200b", "?", "...")
GAPS = ("\n", "\n", "\n\n", "\n\n\n", "\r\n", "\n\u3000\u3000", "\n    ")


@cache
def examples() -> tuple[str, ...]:
    """Lines of all kinds: the examples that the vocabulary's rows had when the file was made."""
    return tuple(LINES.read_text("utf-8").splitlines())


def line(chance: random.Random) -> str:
    """One line of a text."""
    kind = chance.random()
    if kind < 0.35:
        said = chance.choice(examples())
    elif kind < 0.55:
        said = chance.choice(MARKS) + chance.choice(HEADS)
    elif kind < 0.75:
        said = chance.choice(MARKS) + chance.choice(SENTENCES)
    else:
        said = "".join(chance.choices(SENTENCES, k=chance.randint(1, 3)))
    if chance.random() < 0.1 and len(said) > 12:  # wrapped, or cut short
        at = chance.randint(5, len(said) - 5)
        said = said[:at] + chance.choice(("\n", "")) + said[at:]
    return said + chance.choice(ENDS)


def a_text(number: int) -> str:
    """A plain text."""
    chance = random.Random(number)
    front = chance.sample(examples(), chance.randint(0, 3))
    title = chance.choice(("关于做好有关工作的通知", "甲县人民政府工作报告", "石桥记", "甲市物业管理条例", ""))
    lines = [*front, title, *(line(chance) for _ in range(chance.randint(3, 14)))]
    return "".join(said + chance.choice(GAPS) for said in lines)


STYLES = (
    "",
    "text-align:center",
    "text-align:right",
    "font-weight:bold",
    "color:#888",
    "display:none",
    "color:#fff",
    "text-indent:2em",
    "font-size:0",
    "visibility:hidden",
    "font-style:italic;text-decoration:underline",
    "position:absolute;left:-999px",
)
CLASSES = (
    "",
    "content",
    "article-body",
    "title",
    "source",
    "author",
    "share",
    "nav",
    "related",
    "comment",
    "footer",
    "caption",
    "hid",
    "grey",
    "ad",
    "editor",
    "time",
    "subtitle",
    "a1b2c3",
)
INLINES = (
    "b",
    "strong",
    "em",
    "i",
    "u",
    "s",
    "sup",
    "sub",
    "code",
    "span",
    "font",
    "small",
    "q",
    "kbd",
    "mark",
)
BLOCKS = ("p", "p", "p", "div", "h1", "h2", "h3", "section", "center", "blockquote", "li", "td", "dt", "dd", "address")


def _attributes(chance: random.Random) -> str:
    out = ""
    for name, values, share in (
        ("class", CLASSES, 0.4),
        ("style", STYLES, 0.35),
        ("align", ("center", "right", "left", "justify"), 0.1),
        ("lang", ("en", "ja", "zh-TW"), 0.05),
        ("id", ("content", "fn1", "a1", "share"), 0.08),
        ("hidden", ("",), 0.03),
        ("role", ("navigation", "main", "heading"), 0.03),
    ):
        if chance.random() < share:
            out += f' {name}="{chance.choice(values)}"'
    return out


def _picture(chance: random.Random) -> str:
    name = chance.choice(
        ("a.jpg", "icon.gif", "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=", "qr.png", "/x/1.png?w=2")
    )
    size = chance.choice(("", ' width="400"', ' width="16" height="16"', ' style="width:300px"', ' width="50%"'))
    lazy = chance.choice(("", ' data-src="b.jpg"', ' srcset="c.jpg 1x, d.jpg 2x"', ' data-original="e.png"'))
    alt = chance.choice(("", ' alt="图片"', ' alt="石桥全景"', ' alt=""', ' title="桥"'))
    image = f'<img src="{name}"{size}{lazy}{alt}>'
    caption = chance.choice(("", "<figcaption>石桥全景 王伟 摄</figcaption>"))
    return chance.choice(
        (image, image, f"<figure>{image}{caption}</figure>", f"<picture><source srcset='f.webp'>{image}</picture>")
    )


def _words(chance: random.Random) -> str:
    """Text with elements in it."""
    said = escape(line(chance), quote=False)
    for _ in range(chance.randint(0, 2)):
        if len(said) < 4:
            break
        first = chance.randint(0, len(said) - 2)
        last = chance.randint(first + 1, len(said))
        inner = said[first:last]
        if set(inner) & set("<>&"):
            continue
        kind = chance.random()
        if kind < 0.5:
            name = chance.choice(INLINES)
            inner = f"<{name}{_attributes(chance) if chance.random() < 0.3 else ''}>{inner}</{name}>"
        elif kind < 0.7:
            address = chance.choice(
                ("a.html", "https://example.org/b", "#fn1", "x.pdf", "javascript:void(0)", "mailto:a@b.cn")
            )
            inner = f'<a href="{address}">{inner}</a>'
        elif kind < 0.8:
            inner = f"<ruby>{inner}<rp>(</rp><rt>du</rt><rp>)</rp></ruby>"
        elif kind < 0.9:
            inner += chance.choice(
                ("<br>", "<br><br>", '<sup><a href="#fn1">[1]</a></sup>', "&nbsp;", "<wbr>", "<!-- x -->")
            )
        else:
            inner += _picture(chance)
        said = said[:first] + inner + said[last:]
    return said


def _table(chance: random.Random) -> str:
    rows = []
    for at in range(chance.randint(1, 4)):
        cells = []
        for _ in range(chance.randint(1, 4)):
            name = "th" if (at == 0 and chance.random() < 0.5) else "td"
            span = chance.choice(("", "", "", ' colspan="2"', ' rowspan="2"', ' rowspan="0"', ' colspan="99"'))
            cells.append(f"<{name}{span}>{chance.choice(('项目', '12.5', '合计', '', _words(chance)))}</{name}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    caption = chance.choice(("", "", "<caption>表1 指标</caption>"))
    head = f"<thead>{rows[0]}</thead><tbody>{''.join(rows[1:])}</tbody>" if chance.random() < 0.4 else "".join(rows)
    return f"<table{_attributes(chance)}>{caption}{head}</table>"


def _list(chance: random.Random, depth: int) -> str:
    name = chance.choice(("ul", "ol", "ol"))
    how = chance.choice(
        ("", ' type="a"', ' type="I"', ' start="4"', " reversed", ' style="list-style-type:cjk-ideographic"')
    )
    items = []
    for _ in range(chance.randint(1, 4)):
        inner = _list(chance, depth + 1) if depth < 2 and chance.random() < 0.2 else ""
        items.append(f"<li{chance.choice(('', ' value=7'))}>{_words(chance)}{inner}</li>")
    return f"<{name}{how if name == 'ol' else ''}>{''.join(items)}</{name}>"


def _blocks(chance: random.Random, depth: int = 0) -> Iterator[str]:
    for _ in range(chance.randint(2, 7) if depth < 2 else 1):
        kind = chance.random()
        if kind < 0.5:
            name = chance.choice(BLOCKS)
            yield f"<{name}{_attributes(chance)}>{_words(chance)}</{name}>"
        elif kind < 0.6 and depth < 3:
            yield f"<div{_attributes(chance)}>{''.join(_blocks(chance, depth + 1))}</div>"
        elif kind < 0.68:
            yield _table(chance)
        elif kind < 0.78:
            yield _list(chance, 0)
        elif kind < 0.88:
            yield f"<p>{_picture(chance)}</p>" + chance.choice(
                ("", "<p>图为石桥\u3002王伟 摄</p>", "<p style='text-align:center'><b>石桥</b></p>")
            )
        else:
            yield chance.choice(
                (
                    "<hr>",
                    "<pre>a = 1\n  b = 2</pre>",
                    "<dl><dt>桥</dt><dd>过河的路</dd></dl>",
                    "<p id='fn1'>[1] 见前文\u3002</p>",
                    '<video src="v.mp4" title="通车"></video>',
                    '<iframe src="https://example.org/player?vid=1"></iframe>',
                    "<form><input name='q'><textarea>留言</textarea></form>",
                    "<p>来源\uff1a甲县日报 2021-03-05 08:30 编辑\uff1a王伟</p>",
                    "<p>作者\uff1a李丽</p>",
                    "<div class='related'><ul><li><a href='1.html'>石桥通车</a></li><li><a href='2.html'>河边</a>",
                    "<p>责任编辑\uff1a王伟</p>",
                    "<details><summary>更多</summary><p>藏着的字</p></details>",
                    "<noscript>请启用脚本</noscript>",
                )
            )


def a_page(number: int) -> str:
    """A web page."""
    chance = random.Random(number)
    title = chance.choice(("石桥修好了", "甲县人民政府关于修桥的通知", "原创 石桥记"))
    heads = (
        '<meta name="PubDate" content="2021-03-05">',
        '<meta property="og:title" content="石桥修好了">',
        '<meta name="author" content="王伟">',
        '<meta name="ContentSource" content="甲县日报">',
        "<style>.hid{display:none} .grey p{color:#999}</style>",
        '<meta property="article:published_time" content="2021-03-05T08:00:00+08:00">',
        '<link rel="canonical" href="https://example.org/a/2021/0305/1.html">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-06"}</script>',
    )
    head = f"<title>{title}{chance.choice(('', '_甲县日报', ' - 甲县政府网', '|新闻|甲县'))}</title>" + "".join(
        chance.sample(heads, chance.randint(0, 4))
    )
    top = "<div class='nav'><a href='/'>首页</a> &gt; <a href='/n'>新闻</a></div>" if chance.random() < 0.4 else ""
    body = f"<h1>{title}</h1>" if chance.random() < 0.7 else f"<p align=center><b>{title}</b></p>"
    dated = chance.choice(
        (
            "",
            "<p class='info'>2021年3月5日 来源\uff1a甲县日报</p>",
            "<span>2021-03-05 10:20</span><span>本报记者 王伟</span>",
        )
    )
    text = "".join(_blocks(chance)) + f"<p>{SENTENCES[0]}</p>" * chance.randint(0, 3) + "".join(_blocks(chance))
    foot = "<div class='footer'>版权所有\uff1a甲县人民政府 蜀ICP备12345678号</div>" if chance.random() < 0.4 else ""
    return f"<html><head>{head}</head><body>{top}{body}{dated}<div class='content'>{text}</div>{foot}</body></html>"


CORPUS = Path(__file__).resolve().parent / "corpus"
HTML = KNOWN.with_name("html")


def mixed_text(one: str, other: str, number: int) -> str:
    """Lines of two texts in turns; some are left out, doubled, joined with the next or cut short."""
    chance = random.Random(number)
    sources = [(CORPUS / name).read_text("utf-8").split("\n") for name in (one, other)]
    out = sources[0][: chance.randint(0, 4)]
    at = [len(out), chance.randint(0, 8)]
    while len(out) < 40 and any(here < len(lines) for here, lines in zip(at, sources, strict=True)):
        which = chance.random() < 0.4
        for said in sources[which][at[which] : at[which] + chance.randint(1, 4)]:
            at[which] += 1
            how = chance.random()
            if how < 0.1:
                continue
            if how < 0.15 and out:
                out[-1] += said
            elif how < 0.2:
                out += [said, said]
            else:
                out.append(said[: chance.randint(1, 40)] if how < 0.27 else said)
    return "\n".join(out + sources[1][-chance.randint(1, 6) :])


def mixed_page(name: str, text: str, number: int) -> str:
    """A page with other elements, attributes and lines at some places."""
    chance = random.Random(number)
    lines = [line for line in (CORPUS / text).read_text("utf-8").split("\n") if line.strip()]
    path = HTML / name if (HTML / name).exists() else CORPUS / name
    parts = re.split(r"(<[^<>]+>)", path.read_text("utf-8"))
    inside = range(next((at for at, part in enumerate(parts) if part.startswith("<body")), 0) + 1, len(parts))
    for at in chance.sample(inside, min(len(inside), 4 + len(inside) // 12)):
        part = parts[at]
        if not part.startswith("<"):
            said = escape(chance.choice(lines), quote=False)
            parts[at] = chance.choice((said, part + said, "", part * 2)) if part.strip() else part
        elif found := re.fullmatch(r"<(p|div|span|b|h[1-6]|li|td|section|strong)( [^<>]*)?>", part):
            other = chance.choice(("p", "div", "h2", "li", "strong", found[1]))
            parts[at] = chance.choice(
                (f"<{found[1]}>", f"<{other}{found[2] or ''}>", f"<{other}{_attributes(chance)}>")
            )
        elif part.startswith("</") and chance.random() < 0.3:
            parts[at] = ""
    return "".join(parts)


def _short(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()[:4]


def _without_doubt(entry: LedgerEntry) -> LedgerEntry:
    return msgspec.structs.replace(entry, sure=None, why=())


def _said(document: Document) -> str:
    """Each line's kind with a few digits of all it holds; of a page also each block's; metadata; repairs."""
    entries = [f"{one.kind}{one.level or ''}.{_short(_without_doubt(one))}" for one in ledger(document) if one.text]
    plain = map_blocks(
        document.blocks,
        lambda block: msgspec.structs.replace(block, origin=None) if hasattr(block, "origin") else block,
    )
    blocks = [_short(block) for block in plain if not isinstance(block, Removed) and block_text(block)]
    rest = _short((document.metadata, document.notes, document.repairs, [one.code for one in document.notices]))
    return " ".join((*entries, "|", *blocks, "|", rest))


def made(name: str) -> str:
    """What becomes of `text N` or `page N`, of a mixture, `NAME NAME N`, or of `rung SHAPE N`."""
    *kind, number = name.split()
    try:
        if kind[0] == "rung":
            shapes, suffix = (rungs.TEXTS, "txt") if kind[1] in rungs.TEXTS else (rungs.PAGES, "html")
            return _said(read(f"page.{suffix}", data=shapes[kind[1]](int(number)), plain=True))
        if len(kind) == 2:
            mixed = mixed_page if kind[0].endswith(".html") else mixed_text
            said = mixed(kind[0], kind[1], int(number))
            return _said(read(f"page{Path(kind[0]).suffix}", data=said, plain=True))
        if kind == ["text"]:
            return _said(read("page.txt", data=a_text(int(number)), plain=True))
        return _said(read("page.html", data=a_page(int(number)), plain=True))
    except ConvertError as error:
        return type(error).__name__


def names() -> list[str]:
    """All of them."""
    chance = random.Random(0)
    texts = sorted(path.name for path in CORPUS.glob("*.txt"))
    pages = sorted(path.name for folder in (HTML, CORPUS) for path in folder.glob("*.html"))
    mixed = [
        f"{name} {chance.choice(texts)} {number}"
        for some, times in zip((texts, pages), MIXED, strict=True)
        for number in range(times)
        for name in some
    ]
    return [
        *(f"text {number}" for number in range(TEXTS)),
        *(f"page {number}" for number in range(PAGES)),
        *mixed,
        *rungs.names(),
    ]


def write() -> None:
    """Writes all anew."""
    KNOWN.write_text("".join(f"{name}\t{made(name)}\n" for name in names()), encoding="utf-8")


if __name__ == "__main__":
    write()
