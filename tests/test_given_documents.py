"""What a person gives besides pages: a document as JSON, and metadata at the head of a text."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLE

import convert
from convert.errors import SourceError, UsageError
from convert.model import Document, block_text, ledger, replay, to_json
from convert.publish import examine

HTML = (
    "<!DOCTYPE html><meta charset=utf-8><title>题</title><article><h1>关于开展检查的通知</h1>"
    + "<p>现将有关事项<a href='https://example.org/a'>通知</a>如下\uff0c请各单位认真遵照执行\u3002</p>" * 3
    + "<h2>一\u3001总体要求</h2><p>一段文字\uff0c请遵照执行\u3002</p><ul><li>甲</li><li>乙</li></ul></article>"
)


def given(raw: Any) -> Document:
    return convert.read("a.json", data=json.dumps(raw) if not isinstance(raw, bytes) else raw)


# --- A document as JSON ---------------------------------------------------------------------------------------------


def test_a_document_is_a_source(tmp_path: Path) -> None:
    page = convert.read(SAMPLE)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.wenban.json").write_bytes(to_json(page))
    (tmp_path / "in" / "package.json").write_text("{}")
    results = list(convert.batch(tmp_path / "in", tmp_path / "out", ("html",)))
    assert [Path(one.path).name for one in results] == ["a.wenban.json"], "in folders it is known by its name"
    assert results[0].state == "done"
    assert [one.state for one in convert.batch(tmp_path / "in", tmp_path / "out", ("html",))] == ["unchanged"]
    assert examine(tmp_path / "out").findings == []
    page = convert.with_metadata(page, modified="2021-12-31T00:00:00Z")
    again = convert.with_metadata(given(to_json(page)), modified="2021-12-31T00:00:00Z")
    assert convert.write(again, "html") == convert.write(page, "html")
    assert given(of_html()).metadata.title == "关于开展检查的通知"
    assert convert.read("a.txt", data=to_json(page)).blocks == page.blocks, "whatever its name"


@functools.cache
def of_html() -> bytes:
    """The page as a document."""
    return to_json(convert.read("a.html", data=HTML))


def changed(path: list[Any], value: Any) -> bytes:
    """The page's JSON with one value changed, and no ledger that says otherwise."""
    raw = json.loads(of_html())
    place = raw
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(raw).encode()


PICTURE = {"data": "", "width": 1, "height": 1}
LINK = {"type": "link", "target": "javascript:alert(1)", "children": [{"type": "text", "text": "通知"}]}


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"{", "Input data was truncated"),
        (b"[]", "schema is None"),
        (b'{"schema": "wenban-document/9"}', "schema is 'wenban-document/9'"),
        (b'{"pandoc-api-version": [1, 23], "meta": {}, "blocks": []}', "pandoc's JSON"),
        (changed(["blocks", 0, "type"], "marquee"), "Invalid value 'marquee'"),
        (changed(["metadata", "titel"], 1), ""),
        (changed(["ledger", 0, "text"], "另一题"), "the ledger is not that of the blocks"),
        (changed(["source", "lines"], 2), "lines"),
        (
            changed(["media"], {"../../a.png": {"data": "", "media_type": "image/png", "width": 1, "height": 1}}),
            "media",
        ),
        (changed(["media"], {"a.js": {"data": "", "media_type": "text/javascript", "width": 1, "height": 1}}), "media"),
    ],
)
def test_what_is_no_document_is_refused(raw: bytes, message: str) -> None:
    if not message:
        assert given(raw).metadata.title, "what a later version may add is passed over"
        return
    with pytest.raises(SourceError) as raised:
        given(raw)
    assert message in str(raised.value)


def test_links_lead_to_pages_only() -> None:
    raw = json.loads(to_json(convert.read("a.txt", data="题\n\n现将有关事项通知如下\u3002\n")))
    paragraph = next(block for block in raw["blocks"] if block.get("role", "body") == "body")
    text = paragraph["children"][0]["text"]
    paragraph["children"] = [{**LINK, "children": [{"type": "text", "text": text}]}]
    with pytest.raises(SourceError, match="link target"):
        given(raw)
    paragraph["children"][0]["target"] = "https://example.org/"
    assert given(raw).metadata.title == "题"


def test_pages_of_one_article_are_no_documents(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(to_json(convert.read("a.txt", data="题\n\n现将有关事项通知如下\u3002\n")))
    with pytest.raises(UsageError, match="cannot be joined"):
        convert.read(path, pages=[path])


# --- Front matter ---------------------------------------------------------------------------------------------------

BODY = "\n各村\uff1a\n\n现将有关事项通知如下\u3002\n"
YAML = """---
title: "关于普查的通知"  # 原题
date: 2021年3月5日
author:
  - 张三
  - 李四

来源: 某报
tags: [农业, '水利']
---
"""
TOML = (
    '\ufeff+++\ntitle = "关于普查的通知"\ndate = 2021-03-05\nauthor = ["张三", "李四"]\n"来源" = "某报"\n'
    'tags = ["农业", "水利"]\n+++\n'
)


@pytest.mark.parametrize("head", [YAML, TOML])
def test_front_matter_is_metadata(head: str) -> None:
    text = head + BODY
    document = convert.read("a.txt", data=text)
    known = document.metadata
    assert (known.title, known.published, known.author, known.source) == (
        "关于普查的通知", "2021-03-05", "张三\u3001李四", "某报",
    )  # fmt: skip
    assert known.extra == (("tags", "农业\u3001水利"),)
    first = ledger(document)[0]
    assert (first.kind, first.by_hand) == ("meta", True)
    assert replay(document.source, ledger(document), document.repairs) == text.removeprefix("\ufeff")
    assert block_text(document.blocks[0]) == "关于普查的通知", "it is printed"
    assert [entry.kind for entry in ledger(document)][1:] == ["salutation", "paragraph"]


def test_a_title_that_the_text_has_stands_there_once() -> None:
    document = convert.read("a.txt", data="---\ntitle: 关于普查的通知\n---\n\n某网\n关于普查的通知\n" + BODY)
    assert [entry.text for entry in ledger(document) if entry.kind == "title"] == ["关于普查的通知"]
    assert sum(block_text(block) == "关于普查的通知" for block in document.blocks) == 1


def test_a_sidecar_has_more_right_than_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(YAML + BODY, encoding="utf-8")
    (tmp_path / "a.wenban.toml").write_text('[metadata]\nauthor = ""\n', encoding="utf-8")
    known = convert.read(tmp_path / "a.txt").metadata
    assert (known.author, known.title) == (None, "关于普查的通知")


@pytest.mark.parametrize(
    "head",
    [
        "---\n\n一段文字\n\n---\n",
        "---\ntitle: x\n",
        "+++\ntitle = \n+++\n",
        "---\n---\n",
        "---\na:b\n---\n",
        "题\n---\na: b\n---\n",
    ],
)
def test_what_is_no_front_matter_is_text(head: str) -> None:
    document = convert.read("a.txt", data=head + BODY)
    assert document.metadata_by_hand == ()
    assert not any(entry.by_hand for entry in ledger(document))
