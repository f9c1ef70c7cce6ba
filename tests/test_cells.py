"""Tables whose cells are lines: what they say is kept wherever they stand, and lists of other texts are no tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from convert.clean import clean
from convert.clean.draft import Draft
from convert.clean.reading.cells import cells_of
from convert.clean.reading.evidence import lines_of
from convert.model import ledger
from convert.readers.text import parse

HERE = Path(__file__).parent
TABLES = dict(
    section.partition("\n")[::2]
    for section in re.split(r"(?m)^#### ", (HERE / "fixtures" / "kept" / "tables-as-lines.txt").read_text("utf-8"))[1:]
)
TEXTS = sorted(
    path.with_name(path.name.replace(".gold.json", ".txt")) for path in (HERE / "corpus").glob("*.gold.json")
)
KEPT = ("paragraph", "list_item", "quote", "heading", "note", "caption", "signature", "date", "byline", "attachment")


def paragraphs(text: Path) -> list[int]:
    labels = text.with_suffix(".gold.json")
    gold = json.loads(labels.read_text("utf-8")) if labels.exists() else {}
    blocks = [block for block in gold.get("blocks", ()) if "line" in block]
    title = max((block["line"] for block in blocks if block["kind"] == "title"), default=0)
    return [block["line"] for block in blocks if block["kind"] == "paragraph" and block["line"] > title]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("text", [text for text in TEXTS if len(paragraphs(text)) > 2], ids=lambda text: text.stem)
def test_a_table_in_a_text_is_kept(text: Path, name: str) -> None:
    lines = text.read_text("utf-8").split("\n")
    table = TABLES[name].split()
    for at in (paragraphs(text)[1], paragraphs(text)[-1]):
        entries = ledger(clean(parse("\n".join((*lines[:at], *table, *lines[at:])))))
        inside = [entry for entry in entries if at < entry.lines[0] <= at + len(table)]
        assert not [entry for entry in inside if entry.kind not in KEPT]


def cells(text: str) -> list[str]:
    units = [unit for unit in Draft(parse(text)).units if unit.text and unit.plain]
    lines = lines_of(units)
    found = cells_of(lines)
    return [line.text for line in lines if line.at in found]


@pytest.mark.parametrize("name", [name for name in TABLES if name != "people"])
def test_all_cells_below_a_sentence_are_known(name: str) -> None:
    table = TABLES[name].split()
    assert cells("\n".join(("各村情况如下\u3002", *table, "以上由某县某局填报\u3002"))) == table


TEASED = "\n".join(f"清水河石桥通车以后居民少走了{number}里路\n2024-05-0{number}" for number in range(1, 9))
MENU = "\n".join(["首页", "新闻", "政务", "服务", "互动", "专题", "图片", "视频", "数据", "公开", "党建", "文明"])
DAYS = "\n".join((*"日一二三四五六", *map(str, range(1, 32))))


@pytest.mark.parametrize("text", [TEASED, MENU, DAYS], ids=["other texts with their days", "a menu", "a calendar"])
def test_what_is_no_table(text: str) -> None:
    assert cells("正文到此为止\u3002\n" + text) == []


def test_a_title_is_no_cell() -> None:
    for table in TABLES.values():
        assert "某县某表" not in cells("\n".join(("某县某表", *table.split())))


def test_a_column_of_names_alone_is_not_told_from_a_menu() -> None:
    assert cells("名单\n" + TABLES["people"]) == []
