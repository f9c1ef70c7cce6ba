"""Several pages of one article as one document."""

from __future__ import annotations

from pathlib import Path

import html_help
import pytest
from PIL import Image

from convert.clean import clean
from convert.errors import UsageError
from convert.model import Document, ledger, replay
from convert.readers import text
from convert.readers.join import REPEATED, join

PROSE = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"


HEAD = "<h1>一座桥的修复</h1><p>2020年5月6日 来源\uff1a江城晚报</p>"
LEAD = "<p>编者按\uff1a此文分三页登载\uff0c本页为其中一页\u3002</p>"


def page(number: int, folder: Path) -> Document:
    body = (
        f'<p>第{number}页的正文\u3002{PROSE}<sup><a href="#f" id="r">1</a></sup></p><p><img src="a.png"></p>'
        f"<p>{PROSE[:-1]}第{number}次\u3002</p>"
        f'<p id="f">1. 第{number}页的注释\u3002<a href="#r">\u21a9</a></p>'
    )
    foot = "<div>责任编辑\uff1a何苗</div>"
    return html_help.read(f"<div>{HEAD}<div class=text>{LEAD}{body}</div>{foot}</div>", folder=folder)


@pytest.fixture
def pages(tmp_path: Path) -> list[Document]:
    Image.linear_gradient("L").save(tmp_path / "a.png")
    return [page(number, tmp_path) for number in (1, 2, 3)]


def test_heads_and_feet_come_once(pages: list[Document]) -> None:
    whole = join(pages)
    lines = html_help.printed(whole)
    assert lines[:2] == ["title: 一座桥的修复", "body: 编者按\uff1a此文分三页登载\uff0c本页为其中一页\u3002"]
    assert [line for line in lines if "一座桥" in line or "编者按" in line] == lines[:2]
    assert [line[:9] for line in lines if "页的正文" in line] == ["body: 第1页", "body: 第2页", "body: 第3页"]
    assert html_help.removed(whole)["一座桥的修复"] == REPEATED
    assert (whole.metadata.title, whole.metadata.published, whole.metadata.editor) == (
        "一座桥的修复", "2020-05-06", "何苗",
    )  # fmt: skip


def test_notes_and_pictures_are_kept_apart_and_together(pages: list[Document]) -> None:
    whole = join(pages)
    assert [note.id for note in whole.notes] == ["n1", "p2n1", "p3n1"]
    assert list(whole.media) == ["image1.png"]


def test_every_line_of_every_page_is_accounted_for(pages: list[Document]) -> None:
    whole = join(pages)
    texts = [replay(one.source, ledger(one), one.repairs) for one in pages]
    assert replay(whole.source, ledger(whole), whole.repairs) == "\n".join(texts)
    cleaned = clean(whole)
    assert replay(cleaned.source, ledger(cleaned), cleaned.repairs) == "\n".join(texts)


def test_texts_join_too() -> None:
    whole = join([text.parse("甲\n乙\n"), text.parse("乙\n丙\n")])
    assert replay(whole.source, ledger(whole), whole.repairs) == "甲\n乙\n乙\n丙\n"
    assert html_help.printed(whole) == ["body: 甲", "body: 乙", "body: 丙"]


def test_what_cannot_be_joined_is_said() -> None:
    with pytest.raises(UsageError, match="nothing to join"):
        join([])
    with pytest.raises(UsageError, match="end their lines differently"):
        join([text.parse("甲\n"), text.parse("乙\r\n")])


def test_one_page_alone_is_itself(pages: list[Document]) -> None:
    assert join(pages[:1]).blocks == pages[0].blocks
