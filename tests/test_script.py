"""Editions in the other script: text, metadata and language change, every change is on record, marks stay in place."""

from __future__ import annotations

import sys

import pytest

from convert.clean import check, clean
from convert.errors import ConvertError
from convert.model import Document, Heading, Paragraph, RunIn, block_text, ledger, plain, replay
from convert.readers.text import parse

LINES = (
    "关于软件质量的通知", "各县人民政府\uff1a", "一\u3001干部和后勤", "现将有关事项通知如下\uff0c请认真贯彻执行\u3002",
    "\uff08一\uff09网络质量\u3002各单位要重视网络信息和干燥设备\uff0c鼠标也要检查\u3002",
    "\uff08二\uff09头发问题\u3002发现问题要及时处理\uff0c不得拖延时间\u3002",
)  # fmt: skip


def read(*also: str, lines: tuple[str, ...] = LINES) -> Document:
    return clean(parse("\n".join(lines) + "\n", name="page.txt"), also=frozenset(also))


def test_an_edition_in_the_other_script_gives_its_source_back() -> None:
    document = read("script-zh-Hant")
    check(document)
    known = document.metadata
    assert (known.title, known.language, known.source_language) == ("關於軟體質量的通知", "zh-Hant", "zh-Hans")
    assert [block_text(block) for block in document.blocks if isinstance(block, Heading)] == ["一\u3001幹部和後勤"]
    assert replay(document.source, tuple(ledger(document)), document.repairs) == "\n".join(LINES) + "\n"
    assert {repair.rule for repair in document.repairs} >= {"script-zh-Hant"}
    changed = [(repair.before, repair.after) for repair in document.repairs if repair.line == 5]
    assert ("网络质", "網路質") in changed or any("鼠标" in before for before, _ in changed)


def test_run_in_headings_end_where_they_did() -> None:
    blocks = [block for block in read("script-zh-Hant").blocks if isinstance(block, Paragraph)]
    heads = [plain(node.children) for block in blocks for node in block.children if isinstance(node, RunIn)]
    assert heads == ["\uff08一\uff09網路質量\u3002", "\uff08二\uff09頭髮問題\u3002"]


def test_what_is_in_the_script_already_stays() -> None:
    assert read("script-zh-Hans").repairs == read().repairs
    assert read("script-zh-Hant", lines=("見本の規則", "これは見本です\u3002")).metadata.source_language is None


def test_hong_kong_has_its_own_forms() -> None:
    lines = ("通知", "群众在里面参加会议\uff0c大家为了这个卫生工作\u3002")
    assert "裏面" in block_text(read("script-zh-Hant-HK", lines=lines).blocks[1])
    assert "裡面" in block_text(read("script-zh-Hant", lines=lines).blocks[1])


def test_without_opencc_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from convert.clean import script

    script._converter.cache_clear()
    monkeypatch.setitem(sys.modules, "opencc", None)
    with pytest.raises(ConvertError) as caught:
        read("script-zh-Hant")
    assert "wenban[opencc]" in caught.value.remedy
    script._converter.cache_clear()
