"""What the style sheets of a page show and hide: order, specificity, inline styles, importance, media queries."""

from __future__ import annotations

import html_help
import pytest

from convert.readers.html.sight.parse import parse

SENTENCE = "桥上的石板换过三回\uff0c每一回都有人把年月刻在桥头\u3002"


def hidden(sheet: str, body: str, *, root: str = "") -> list[str | None]:
    """Why each `<p>` of a page is not seen."""
    page = parse(f"<html{root}><head><style>{sheet}</style></head><body>{body}</body></html>")
    return [None if node.hidden is None else node.hidden for node in page.body.elements() if node.tag == "p"]


@pytest.mark.parametrize(
    ("sheet", "body", "seen"),
    [
        (".a{display:none}", "<p class=a>x</p><p class=b>x</p>", [False, True]),
        (".a{display:none}", "<p class=a style='display:block'>x</p>", [True]),
        (".a{display:none!important}", "<p class=a style='display:block'>x</p>", [False]),
        (".a{display:none!important}", "<p class=a style='display:block!important'>x</p>", [True]),
        (".a{display:none}.a{display:block}", "<p class=a>x</p>", [True]),
        (".a{display:block}.a{display:none}", "<p class=a>x</p>", [False]),
        (".a.b{display:block}.a{display:none}", "<p class='a b'>x</p><p class=a>x</p>", [True, False]),
        ("#x{display:block}p.a.b{display:none}", "<p id=x class='a b'>x</p>", [True]),
        (".tab{display:none}.tab.on{display:block}", "<div class=tab><p>x</p></div><div class='tab on'><p>x</p></div>",
         [False, True]),
        ("p:hover,.a:target{display:none}", "<p class=a>x</p>", [True]),
        ("p:not(.on){display:none}", "<p class=on>x</p><p>x</p>", [True, False]),
        ("div>p{display:none}", "<div><p>x</p></div><div><section><p>x</p></section></div>", [False, True]),
        ("h2+p,h3~p{display:none}", "<h2>x</h2><p>x</p><p>x</p><h3>x</h3><i>x</i><p>x</p>", [False, True, False]),
        ("p[data-k=one],p[data-k^=tw]{display:none}", "<p data-k=one>x</p><p data-k=two>x</p><p data-k>x</p>",
         [False, False, True]),
        ("@media print{p{display:none}}", "<p>x</p>", [True]),
        ("@media (max-width:600px){p{display:none}}", "<p>x</p>", [True]),
        ("@media screen and (min-width:600px){p{display:none}}", "<p>x</p>", [False]),
        ("@media(max-width:9px){a{x:y}}p{display:none}", "<p>x</p>", [False]),
        (".a{opacity:0}.b{visibility:hidden}.b p{visibility:visible}", "<p class=a>x</p><div class=b><p>x</p></div>",
         [False, True]),
        ("a:before{content:'}'}b:after{content:\"{\"}p{display:none}", "<p>x</p>", [False]),
        ("/* p{display:none} */", "<p>x</p>", [True]),
        ("html.js p{display:none}", "<p>x</p>", [True]),
        ("li:first-child p{display:none}", "<ul><li><p>x</p><li><p>x</p></ul>", [False, True]),
        ("p{display:none", "<p>x</p>", [False]),  # never closed: it ends with the sheet
    ],
)  # fmt: skip
def test_what_a_sheet_hides(sheet: str, body: str, seen: list[bool]) -> None:
    assert [reason is None for reason in hidden(sheet, body)] == seen


def test_a_rule_asks_for_the_root() -> None:
    assert hidden("html.js p{display:none}", "<p>x</p>", root=" class='js wide'") == [
        "hidden by the page's style sheet"
    ]


def test_the_tab_that_is_open_is_the_article() -> None:
    body = "".join(f"<p>{SENTENCE}第{at}段\u3002</p>" for at in "一二三四五")
    document = html_help.read(
        "<style>.pane{display:none}.pane.active{display:block}</style><h1>石桥</h1>"
        f"<div class='pane'><p>另一页的文字\uff0c读者看不到它\u3002</p></div><div class='pane active'>{body}</div>"
    )
    printed = html_help.printed(document)
    assert [line for line in printed if line.startswith("body")] == [
        f"body: {SENTENCE}第{at}段\u3002" for at in "一二三四五"
    ]
    assert html_help.removed(document)["另一页的文字\uff0c读者看不到它\u3002"] == "hidden by the page's style sheet"


def test_thousands_of_rules_are_read() -> None:
    sheet = "".join(f".a{at} .b{at % 7} {{display:none}}" for at in range(5_000))
    assert hidden(sheet, "<div class=a4999><p class=b1>x</p><p class=b2>x</p></div>") == [
        "hidden by the page's style sheet", None,
    ]  # fmt: skip
