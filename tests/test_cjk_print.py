"""Papers of Taiwan as editions print them: fields of a letter below its title, clauses as items, who signs."""

from __future__ import annotations

import msgspec

from convert import style, writers
from convert.clean import clean
from convert.model import Document, List, Paragraph, Text, block_text, ledger
from convert.readers.text import parse

LOOK = style.load("gongwen-tw")
LETTER = (
    "若葉市政府\u3000函",
    "發文日期\uff1a中華民國112年5月6日",
    "發文字號\uff1a若文字第1120001234號",
    "速別\uff1a普通件",
    "主旨\uff1a檢送展覽時間及地點\uff0c請查照\u3002",
    "說明\uff1a",
    "一\u3001依本府計畫辦理\u3002",
    "二\u3001展覽時間及地點如下\uff1a",
    "(一)若葉區",
    "1.展覽於本區公所公告欄\u3002",
    "2.112年7月6日上午10時於本區公所舉行說明會\u3002",
    "正本\uff1a內政部",
)


def read(*lines: str) -> Document:
    return clean(parse("\n".join(lines) + "\n", name="page.txt"))


def printed(document: Document) -> list[str]:
    return [block_text(block) for block in writers.compose(document, LOOK).blocks]


def test_the_fields_of_a_letter_stand_below_its_title_and_not_in_the_note() -> None:
    lines = printed(read(*LETTER))
    assert lines[:4] == list(LETTER[:4])
    assert not any(line.startswith(("發文字號", "速別")) for line in lines[5:])


def test_fields_of_a_page_that_is_no_letter_are_not_printed() -> None:
    text = "圖書館自本月起開放夜間閱覽\uff0c歡迎市民多加利用\u3002"
    document = read(
        "若葉市圖書館開放夜間閱覽", "發布單位\uff1a若葉市圖書館", "發布日期\uff1a2023-05-06", "", text, text
    )
    assert not any(line.startswith("發布單位") for line in printed(document)[:3])


def test_clauses_of_a_letter_are_items_within_items() -> None:
    (clauses,) = (block for block in read(*LETTER).blocks if isinstance(block, List))
    assert [item.marker for item in clauses.items] == ["一\u3001", "二\u3001"]
    districts = next(block for block in clauses.items[1].children if isinstance(block, List))
    numbers = next(block for block in districts.items[0].children if isinstance(block, List))
    assert [item.marker for item in numbers.items] == ["1.", "2."]


def test_a_judge_stands_beside_the_office() -> None:
    document = read(
        "臺灣若葉地方法院民事判決", "112年度訴字第28號", "原\u3000告\u3000\u3000好家食品股份有限公司",
        "上列當事人間請求給付貨款事件\uff0c判決如下\uff1a", "\u3000\u3000主\u3000\u3000文", "原告之訴駁回\u3002",
        "中華民國112年5月27日", "法\u3000官\u3000\u3000王小明",
    )  # fmt: skip
    assert "法\u3000官\u3000\u3000王小明" in printed(document)


def test_bodies_that_sign_side_by_side_stand_one_under_the_other() -> None:
    signed = Paragraph((Text("洪山镇人民政府\u3000\u3000青山镇人民政府"),), role="signature")
    document = read("关于开展检查的通知", "请各单位认真做好检查工作\uff0c并于月底前报送结果\u3002")
    lines = printed(msgspec.structs.replace(document, blocks=(*document.blocks, signed)))
    assert [line for line in lines if line.endswith("镇人民政府")] == ["洪山镇人民政府", "青山镇人民政府"]


def test_the_label_of_a_register_goes_from_the_title_and_stays_on_record() -> None:
    source = "法規名稱\uff1a見本辦法\n第 1 條\n本辦法依見本條例訂定\u3002\n第 2 條\n本辦法自發布日施行\u3002\n"
    document = clean(parse(source, name="page.txt"))
    assert document.metadata.title == "見本辦法"
    assert [entry.text for entry in ledger(document) if entry.kind == "title"] == ["見本辦法"]
    assert [repair.before for repair in document.repairs if repair.rule == "title-label"] == ["法規名稱\uff1a"]


def test_no_space_stands_behind_an_ordinal_mark_of_a_traditional_text() -> None:
    document = read(
        "若葉縣實施計畫", "壹\u3001 目的", "提升長者生活品質\u3002", "貳\u3001 執行單位", "本府民政局\u3002"
    )
    assert [entry.text for entry in ledger(document) if entry.level] == ["壹\u3001目的", "貳\u3001執行單位"]
