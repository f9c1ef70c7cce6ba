"""Texts and pages in which one thing is longer, larger or more often there, step by step: a part of `made`.

Each shape is made at several sizes, each less than twice the one before: where a limit is moved to half or twice what
it was, one of the sizes comes out otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle, islice

SIZES = (3, 5, 8, 13, 21, 34, 55, 90, 150, 250)
"""Characters."""
COUNTS = (1, 2, 3, 4, 5, 6, 8, 11, 16, 24, 35)
"""Lines, elements."""
PIXELS = (2, 4, 7, 12, 20, 36, 60, 100, 180, 320, 600)
WORDS = "河边新修的石桥方便了两岸群众往来镇上还为老人和学生开通了公交车沿途设有候车亭"
BODY = "今年以来\uff0c全镇坚持以群众需求为导向\uff0c扎实推进各项重点工作\uff0c取得了较好的成效\u3002"
MORE = "各村分别召开会议\uff0c听取群众意见\uff0c把修桥的经过一件一件讲清楚\uff0c大家都表示满意\u3002"
LATIN = ("the", "old", "stone", "bridge", "over", "river")
NUMBERS = "一二三四五六七八九十"


def words(size: int, first: int = 0) -> str:
    """Han without a mark, so many."""
    return "".join(islice(cycle(WORDS), first, first + size))


def sentence(size: int, first: int = 0) -> str:
    """A sentence of so many characters, with a comma in it where it is long."""
    said = words(size - 1, first)
    return f"{said[: size // 2]}\uff0c{said[size // 2 + 1 :]}\u3002" if size > 12 else f"{said}\u3002"


def within(*lines: str) -> str:
    """A text with the lines in its middle."""
    return "\n".join(["石桥工作的报告", BODY, MORE, *lines, MORE, BODY])


def ending(*lines: str) -> str:
    return "\n".join(["关于修桥的通知", "各村民委员会\uff1a", BODY, MORE, BODY, *lines])


def each(line: Callable[[int], str], count: int) -> list[str]:
    return [line(at) for at in range(count)]


TEXTS: dict[str, Callable[[int], str]] = {
    # --- a line of a length
    "title": lambda n: "\n".join([words(n), BODY, MORE, BODY]),
    "title-notice": lambda n: "\n".join([f"关于{words(n)}的通知", "甲县人民政府", "2021年3月5日", BODY, MORE]),
    "line": lambda n: within(words(n)),
    "heading": lambda n: within("一\u3001" + words(n), BODY, "二\u3001" + words(n, 7), BODY),
    "bare-headings": lambda n: within(words(n), BODY, MORE, words(n, 9), BODY, MORE, words(n, 5)),
    "heading-sentence": lambda n: within("\uff08一\uff09" + sentence(n), BODY, "\uff08二\uff09" + sentence(n, 4), BODY),
    "run-in": lambda n: within(f"1.{words(n)}\u3002{BODY}", f"2.{words(n, 5)}\u3002{MORE}"),
    "lead": lambda n: within(f"{words(n)}\uff1a{BODY}", f"{words(n, 5)}\uff1a{MORE}", f"{words(n, 11)}\uff1a{BODY}"),
    "colon": lambda n: within(f"{words(n)}\uff1a", BODY, f"{words(n, 8)}\uff1a", BODY),
    "dashed": lambda n: within(f"\u2014\u2014{words(n)}", BODY, f"\u2014\u2014{words(n, 3)}", BODY),
    "question": lambda n: within(f"问\uff1a{words(n)}\uff1f", f"答\uff1a{sentence(n)}", f"问\uff1a{words(n, 6)}\uff1f"),
    "bracketed": lambda n: within(f"\uff08{words(n)}\uff09"),
    "label": lambda n: "\n".join(["石桥修好了", f"来源\uff1a{words(n)}", f"作者\uff1a{words(min(n, 40))}", BODY, MORE]),
    "salutation": lambda n: "\n".join(["在大会上的讲话", f"各位{words(n)}\uff1a", BODY, MORE, BODY]),
    "speech": lambda n: "\n".join(["在大会上的讲话", f"王建国 {words(n)}", "2021年3月5日", "同志们\uff1a", BODY, MORE]),
    "signature": lambda n: ending(f"{words(n)}委员会", "2021年3月5日"),
    "attachment": lambda n: ending(f"附件\uff1a{words(n)}", "甲县人民政府", "2021年3月5日", "附件", words(n), BODY),
    "photograph": lambda n: within(f"图为{words(n)}\u3002王伟 摄"),
    "again": lambda n: "\n".join(["石桥工作的报告", sentence(n), BODY, MORE, BODY, MORE, sentence(n)]),
    "notice": lambda n: within(f"版权声明\uff1a{sentence(n)}"),
    "advertised": lambda n: within(f"扫描二维码\uff0c关注公众号\uff0c{sentence(n)}"),
    "quoted": lambda n: within(f"他说\uff1a\u201c{sentence(n)}\u201d", f"\u201c{words(n)}\u201d"),
    "latin": lambda n: within(" ".join(islice(cycle(LATIN), n // 2 + 1))),
    "spaced": lambda n: within(" ".join(words(n))),
    "wrapped": lambda n: "\n".join(line for at in range(3) for line in _wrapped((BODY + MORE) * 6, max(n, 8))),
    "cut": lambda n: within(words(n), words(12, n) + "\u3002" + BODY),
    "stop": lambda n: within(f"{words(n)}.{words(n, 9)}\uff0c{MORE}"),
    # --- so many of them
    "front-lines": lambda n: "\n".join([*each(lambda at: words(5, at), n), "石桥工作的报告", BODY, MORE, BODY]),
    "series": lambda n: within(*each(lambda at: f"{at + 1}\u3001{words(9, at)}", n)),
    "articles": lambda n: within(*each(lambda at: f"第{NUMBERS[at % 10]}条 {words(20, at)}\u3002", n)),
    "alike": lambda n: within(*each(lambda at: f"这五年\uff0c我们{words(30, at)}\u3002{MORE}", n)),
    "said-again": lambda n: within(*(line for at in range(n) for line in ("甲县石桥志", sentence(40, at)))),
    "contents": lambda n: "\n".join(["石桥志", "目录", *_heads(n), BODY, *(f"{head}\n{BODY}" for head in _heads(n))]),
    "glossary": lambda n: within(*each(lambda at: f"{words(3, at)}\uff1a{sentence(20, at)}", n)),
    "notes": lambda n: within("注释\uff1a", *each(lambda at: f"[{at + 1}] {words(12, at)}\u3002", n)),
    "cells": lambda n: within("表1 指标", *(cell for at in range(n) for cell in (words(3, at), f"{at}.5", "12"))),
    "names": lambda n: within(*each(lambda at: "王" + words(2, at), n)),
    "signers": lambda n: ending(*each(lambda at: f"{words(4, at)}委员会", n), "2021年3月5日"),
    "attachments": lambda n: ending("附件\uff1a", *each(lambda at: f"{at + 1}.{words(8, at)}", n), "2021年3月5日"),
    "behind": lambda n: ending("甲县人民政府", "2021年3月5日", *each(lambda at: words(6, at), n)),
    "links-behind": lambda n: ending("责任编辑\uff1a王伟", "相关阅读", *each(lambda at: words(14, at * 3), n)),
    "menu": lambda n: "\n".join(["首页", *each(lambda at: words(4, at), n), "石桥工作的报告", BODY, MORE]),
    "days": lambda n: within(*each(lambda at: f"2021年3月{at + 1}日\uff0c{words(10, at)}\u3002", n)),
    "moments": lambda n: within(*each(lambda at: f"{words(12, at)}\n2021-03-05 10:{at:02}", n)),
    "short-lines": lambda n: within(*each(lambda at: words(11, at) + "\uff0c", n)),
    "blank-ends": lambda n: within(*each(lambda at: f"{words(7, at)}\n\u3002{words(9, at)}", n)),
    "brackets-open": lambda n: within(*each(lambda at: f"\uff08{words(7, at)}\uff0c{words(9, at)}\u3002", n)),
    "dated-rules": lambda n: "\n".join(
        ["石桥条例", *each(lambda at: f"20{at:02}年3月5日通过", n), "第一条 " + BODY, MORE]
    ),
}


def _wrapped(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)]


def _heads(count: int) -> list[str]:
    return each(lambda at: f"{NUMBERS[at % 10]}\u3001{words(6, at)}", count)


def page(*parts: str, head: str = "") -> str:
    """An article with the parts in its middle."""
    return (
        f"<html><head><title>石桥修好了_甲县日报</title>{head}</head><body><div class=nav><a href=/>首页</a></div>"
        f"<div id=article><h1>石桥修好了</h1><p>{BODY}</p><p>{MORE}</p>{''.join(parts)}<p>{MORE}</p><p>{BODY}</p></div>"
        "<div class=foot>版权所有</div></body></html>"
    )


def outside(*parts: str) -> str:
    """An article, and the parts in an element beside it."""
    return page().replace("<div class=foot>", f"<div class=x>{''.join(parts)}</div><div class=foot>")


IMAGE = '<img src="a.jpg" width="400" height="300">'
PAGES: dict[str, Callable[[int], str]] = {
    # --- a length
    "caption": lambda n: page(f"<p>{IMAGE}</p><p align=center>{words(n)}</p>"),
    "caption-named": lambda n: page(f"<p>{IMAGE}</p><p class=caption>{sentence(n)}</p>"),
    "caption-bold": lambda n: page(f"<p>{IMAGE}</p><p><b>{words(n)}</b></p>"),
    "caption-grey": lambda n: page(f"<p>{IMAGE}</p><p style='color:#888'>{sentence(n)}</p>"),
    "subheading": lambda n: page(f"<h2>{words(n)}</h2><p>{BODY}</p><h2>{words(n, 5)}</h2>"),
    "bold-line": lambda n: page(f"<p><b>{words(n)}</b></p><p>{BODY}</p><p><b>{words(n, 5)}</b></p>"),
    "table-cells": lambda n: page(f"<table>{f'<tr><td>{words(n)}</td><td>{words(n, 3)}</td></tr>' * 2}</table>"),
    "linked": lambda n: page(f"<p><a href=b.html>{words(n)}</a></p>"),
    "beside": lambda n: outside(f"<p>{sentence(n)}</p>"),
    "beside-linked": lambda n: outside(f"<p><a href=b.html>{words(n)}</a>{sentence(n)}</p>"),
    "source": lambda n: page().replace("<p>", f"<p>来源\uff1a{words(n)} 2021-03-05</p><p>", 1),
    "named": lambda n: page().replace("<p>", f"<span class=author>{words(n)}</span><p>", 1),
    "headline": lambda n: page().replace("<h1>石桥修好了", f"<h1>{words(n)}"),
    "listed": lambda n: page(f"<ul><li>{words(n)}</li><li><a href=c.html>{words(n, 5)}</a></li></ul>"),
    "little": lambda n: f"<html><body><p>{sentence(n)}</p><p><a href=b.html>首页</a></p></body></html>",
    "alternative": lambda n: page(f'<p><img src="a.jpg" width="400" alt="{words(n)}"></p>'),
    # --- so many
    "links": lambda n: page("".join(each(lambda at: f"<p><a href={at}.html>{words(12, at)}</a></p>", n))),
    "links-beside": lambda n: outside("".join(each(lambda at: f"<li><a href={at}.html>{words(12, at)}</a></li>", n))),
    "lines-beside": lambda n: outside("".join(each(lambda at: f"<p>{words(12, at)}</p>", n))),
    "texts-beside": lambda n: outside("".join(each(lambda at: f"<p>{sentence(30, at)}</p>", n))),
    "lines-behind": lambda n: page().replace(
        "</div><div class=foot>", "".join(each(lambda at: f"<p>{words(9, at)}</p>", n)) + "</div><div class=foot>"
    ),
    "before-title": lambda n: page().replace("<h1>", "".join(each(lambda at: f"<p>{words(7, at)}</p>", n)) + "<h1>"),
    "pictures": lambda n: page(f"<p>{IMAGE * n}</p><p>{words(9)}</p>"),
    "footnotes": lambda n: page(
        "<p>石桥<sup><a href=#n1>1</a></sup></p>",
        f"<div id=n1>1 {'<br>'.join(each(lambda at: sentence(15, at), n))}</div>",
    ),
    "rows": lambda n: page(f"<table>{'<tr><td>桥</td><td>12</td></tr>' * n}</table>"),
    "columns": lambda n: page("<table>" + ("<tr>" + "<td>12</td>" * n + "</tr>") * 3 + "</table>"),
    "nested": lambda n: page(f"{'<div>' * n}<p>{BODY}</p>{'</div>' * n}"),
    "nested-lists": lambda n: page(f"{'<ul><li>桥' * n}{'</li></ul>' * n}"),
    "breaks": lambda n: page(f"<p>{'<br>'.join(each(lambda at: words(9, at), n))}</p>"),
    # --- a measure
    "picture-width": lambda n: page(f'<p>石桥<img src="a.jpg" width="{n}" height="{n}">修好了</p>'),
    "picture-alone": lambda n: page(f'<p><img src="a.jpg" width="{n}" height="300"></p><p>{words(9)}</p>'),
    "picture-flat": lambda n: page(f'<p><img src="a.jpg" width="400" height="{n}"></p>'),
    "indented": lambda n: page(f"<p style='padding-left:{n}px'>{BODY}</p>"),
    "type-size": lambda n: page(f"<p style='font-size:{n}px'>{words(9)}</p>", f"<p>{BODY}</p>"),
    "far-left": lambda n: page(f"<p style='position:absolute;left:-{n * 10}px'>{words(9)}</p>"),
    "faint": lambda n: page(f"<p style='opacity:{n / 600:.2f}'>{words(9)}</p>"),
    "pale": lambda n: page(f"<p style='color:rgb({255 - n % 256},255,250)'>{words(9)}</p>"),
    "weight": lambda n: page(f"<p><span style='font-weight:{n * 2}'>{words(9)}</span></p>"),
}  # fmt: skip


def names() -> list[str]:
    """`rung SHAPE SIZE`, for every shape and size."""
    texts, pages = list(TEXTS), list(PAGES)
    many, often, wide = texts.index("front-lines"), pages.index("links"), pages.index("picture-width")
    kinds = (
        (texts[:many], SIZES), (texts[many:], COUNTS), (pages[:often], SIZES), (pages[often:wide], COUNTS),
        (pages[wide:], PIXELS),
    )  # fmt: skip
    return [f"rung {shape} {size}" for shapes, sizes in kinds for shape in shapes for size in sizes]
