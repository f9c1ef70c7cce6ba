"""Several pages of one article as one document."""

from __future__ import annotations

import json
from pathlib import Path

import html_help
import pytest
from conftest import Wenban
from PIL import Image

from convert.clean import clean
from convert.errors import UsageError
from convert.model import Document, ledger, replay
from convert.readers import text
from convert.readers.join import REPEATED, join
from convert.run import reading

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


def test_strangers_are_joined_and_it_is_said(pages: list[Document]) -> None:
    other = html_help.read(f"<div><h1>另一篇文章</h1><div class=text><p>{PROSE}</p></div></div>")
    (notice,) = [one for one in join([pages[0], other]).notices if one.code == "join-strangers"]
    assert "一座桥的修复; 另一篇文章" in notice.message
    assert not [one for one in join(pages).notices if one.code == "join-strangers"]


NOTICE = (
    "关于开展{}的通知\n\n各镇人民政府\uff1a\n\n现将有关事项通知如下\u3002\n\n"
    "一\u3001抓紧开展{}\uff0c按时报送结果\u3002\n\n{}\n"
)


@pytest.mark.parametrize(
    ("first", "second", "titles"),
    [
        ("洪山镇人民政府\n\n2021年3月4日", NOTICE.format("评比", "评比", ""), "关于开展检查的通知; 关于开展评比的通知"),
        ("二\u3001加强领导\uff0c落实责任\u3002", "三\u3001工作要求\n\n要按时完成任务\uff0c不得拖延\u3002\n", ""),
        ("洪山镇人民政府\n\n2021年3月4日", "附件\n\n检查办法\n\n第一条 检查每年一次\u3002\n", ""),
    ],
)
def test_texts_that_are_strangers_are_known_by_who_signs_between_them(
    first: str, second: str, titles: str, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(NOTICE.format("检查", "检查", first), "utf-8")
    (tmp_path / "b.txt").write_text(second, "utf-8")
    document = reading.read(tmp_path / "a.txt", pages=[tmp_path / "b.txt"])
    said = [notice.message for notice in document.notices if notice.code == "join-strangers"]
    assert (len(said), titles in "".join(said)) == (bool(titles), True)


def test_one_page_alone_is_itself(pages: list[Document]) -> None:
    assert join(pages[:1]).blocks == pages[0].blocks


# --- On the command line ----------------------------------------------------------------------------------------


@pytest.fixture
def saved(tmp_path: Path) -> list[str]:
    """Three pages of one article as files; a folder would give them in the order of their names."""
    names = ["bridge.html", "bridge_2.html", "bridge_3.html"]
    for number, name in enumerate(names, 1):
        body = f"<p>第{number}页的正文\u3002{PROSE}</p><p>{PROSE[:-1]}第{number}次\u3002</p>"
        (tmp_path / name).write_text(f"<div>{HEAD}<div class=text>{body}</div></div>", encoding="utf-8")
    return names


def test_all_sources_of_a_call_become_one_document(wenban: Wenban, saved: list[str], tmp_path: Path) -> None:
    planned = wenban("convert", "--join", *saved, "--dry-run", "-t", "html")
    assert planned.stdout == "bridge.html + bridge_2.html + bridge_3.html -> dist/bridge.html\n"
    done = wenban("convert", "--join", *saved, "-t", "html")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "dist" / "bridge.html").read_text(encoding="utf-8")
    assert [text.count(f"第{number}页的正文") for number in (1, 2, 3)] == [1, 1, 1]
    assert text.index("第1页") < text.index("第2页") < text.index("第3页")
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == ["SHA256SUMS", "bridge.html", "manifest.json"]
    ledgers = json.loads(wenban("inspect", "--join", "--json", *saved).stdout)["ledger"]
    assert sum(entry["as"] == "title" for entry in ledgers) == 1


def test_a_document_of_which_a_page_is_missing_is_not_made(wenban: Wenban, saved: list[str], tmp_path: Path) -> None:
    done = wenban("convert", "--join", saved[0], "none.html", saved[2], "-t", "html")
    assert done.returncode == 3
    assert "error: none.html: no such file" in done.stderr
    (tmp_path / saved[1]).write_text("<script>1</script>", encoding="utf-8")
    done = wenban("convert", "--join", *saved, "-t", "html")
    assert done.returncode == 4
    assert f"error: {saved[0]}: {saved[1]}: the page shows no text" in done.stderr
    assert not (tmp_path / "dist" / "bridge.html").exists()


def test_inspect_shows_one_document(wenban: Wenban, saved: list[str]) -> None:
    done = wenban("inspect", *saved)
    assert done.returncode == 2
    assert "--join" in done.stderr
