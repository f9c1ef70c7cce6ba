"""Text put into the article of a page is printed, in whatever elements it stands, and takes nothing else away."""

from __future__ import annotations

import html
import re
from pathlib import Path

import html_help
import pytest

from convert import source

PAGES = Path(__file__).parent / "fixtures" / "html"
LONG = "第二年春天河水涨了两回\uff0c渡口的石阶被淹没了一半\uff0c船家只好把缆绳系到岸上的柳树上\u3002"
ITEMS = ("石板路", "老茶馆", "古戏台")
ROWS = (("姓名", "住处"), ("王伟", "柳树街"), ("刘芳", "渡口"))


def rows(row: str, cell: str) -> str:
    """ROWS in elements of two names."""
    return "".join(f"<{row}>{''.join(f'<{cell}>{text}</{cell}> ' for text in texts)}</{row}>" for texts in ROWS)


def each(name: str, texts: tuple[str, ...] = ITEMS) -> str:
    return "".join(f"<{name}>{text}</{name}>" for text in texts)


FORMS = {
    "table": f"<table>{rows('tr', 'td')}</table>",
    "table in a wrapper": f"<div class=table-wrapper><table>{rows('tr', 'td')}</table></div>",
    "table with caption": f"<figure class=wp-block-table><table>{rows('tr', 'td')}</table>"
    "<figcaption>渡口的住户</figcaption></figure>",
    "rows of div": f"<div>{rows('div', 'span')}</div>",
    "cells of div": each("div"),
    "list": f"<ul>{each('li')}</ul>",
    "list under a heading": f"<h3>沿途所见</h3><ol>{each('li')}</ol>",
    "lists in a list": f"<ul><li>上游<ul>{each('li')}</ul></li><li>下游</li></ul>",
    "definitions": f"<dl><dt>脚店</dt><dd>较小的酒家</dd>{each('dt')}</dl>",
    "verse": f"<p>{'<br>'.join(ITEMS)}</p>",
    "listing": "<pre>import os\nprint(os.name)</pre>",
    "quote": f"<blockquote><p>{LONG}</p><p>县志卷三</p></blockquote>",
    "section": f"<section><p>{LONG}</p><p>渡口</p></section>",
    "details": f"<details><summary>那一年的水情</summary><p>{LONG}</p></details>",
    "heading of a control's name": f"<h3>打印</h3><p>打印之前\uff0c{LONG}</p>",
    "table of layout": f"<table><tr><td><p>{LONG}</p><p>渡口</p></td></tr></table>",
}


def lines_of(content: str) -> list[str]:
    """What is printed of a page, without spaces."""
    charset_free = re.sub(r"charset=[\"']?[\w-]+", "", content)
    return ["".join(line.partition(": ")[2].split()) for line in html_help.printed(html_help.read(charset_free))]


def bare(markup: str) -> str:
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.stem)
def test_what_is_put_into_an_article_is_printed(path: Path) -> None:
    content = source.decode(source.load(path)).text
    before = lines_of(content)
    ends = [
        found.end()
        for found in re.finditer(r"<p\b[^>]*>(?:(?!</?(?:p|div|td)\b).){20,}</p>", content, re.S | re.I)
        if len(bare(found[0])) >= 20 and bare(found[0]) in before
    ]
    for at in {ends[len(ends) // 2], ends[-1]} if ends else ():
        for name, form in FORMS.items():
            after = lines_of(content[:at] + form + content[at:])
            text = "\n".join(after)
            lost = [part for part in re.split(r"<[^>]*>|\n", form) if bare(part) not in text]
            assert not lost, f"{name}: {lost}"
            gone = [line for line in before if line not in text]
            assert not gone, f"{name}: {gone}"
