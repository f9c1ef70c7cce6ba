"""Organs, offices, media, schools and firms: how their names end.  One row an ending."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from .characters import HAN, simplified
from .patterns import pattern
from .rows import Rows

OrganKind = Literal["office", "medium", "body", "place"]
"""`office`: an organ of the state or the party; `medium`: a paper, a site, a broadcaster; `body`: a school, a hospital,
a firm; `place`: a division of the country, whose name stands at the beginning of its organs' names."""


class Ending(NamedTuple):
    """How names of a kind end.  example: a name that ends so."""

    word: str
    kind: OrganKind
    example: str


ENDINGS: Rows[Ending] = Rows(
    Ending("政府", "office", "随县人民政府"),
    Ending("府", "office", "区公所暨镇府"),
    Ending("部", "office", "财政部"),
    Ending("委", "office", "国家发展改革委"),
    Ending("委员会", "office", "国家卫生健康委员会"),
    Ending("会", "office", "中国人民银行货币政策委员会"),
    Ending("厅", "office", "四川省教育厅"),
    Ending("局", "office", "国家统计局"),
    Ending("署", "office", "国家审计署"),
    Ending("院", "office", "最高人民法院"),
    Ending("处", "office", "高新区街道办事处"),
    Ending("室", "office", "县政府研究室"),
    Ending("办", "office", "国务院台办"),
    Ending("办公室", "office", "国务院办公室"),
    Ending("中心", "office", "县政务服务中心"),
    Ending("报", "medium", "北京日报"),
    Ending("网", "medium", "中国政府网"),
    Ending("网站", "medium", "县政府网站"),
    Ending("门户", "medium", "政务门户"),
    Ending("社", "medium", "中国新闻社"),
    Ending("新华", "medium", "新华"),
    Ending("台", "medium", "中央广播电视总台"),
    Ending("刊", "medium", "经济月刊"),
    Ending("周刊", "medium", "中国新闻周刊"),
    Ending("杂志", "medium", "读者杂志"),
    Ending("志", "medium", "地方志"),
    Ending("传媒", "medium", "封面传媒"),
    Ending("融媒体中心", "medium", "县融媒体中心"),
    Ending("频道", "medium", "财经频道"),
    Ending("栏目", "medium", "政策解读栏目"),
    Ending("在线", "medium", "四川在线"),
    Ending("客户端", "medium", "新闻客户端"),
    Ending("端", "medium", "学习强国平台端"),
    Ending("公众号", "medium", "县发布公众号"),
    Ending("号", "medium", "政务头条号"),
    Ending("大学", "body", "四川大学"),
    Ending("学院", "body", "国际关系学院"),
    Ending("中学", "body", "成都市石室中学"),
    Ending("小学", "body", "实验小学"),
    Ending("医院", "body", "县人民医院"),
    Ending("公司", "body", "中国石油天然气股份有限公司"),
    Ending("集团", "body", "中国建材集团"),
    Ending("省", "place", "四川省"),
    Ending("市", "place", "成都市"),
    Ending("县", "place", "随县"),
    Ending("区", "place", "朝阳区"),
)


def _alternatives(words: list[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _organs(rows: Rows[Ending]) -> re.Pattern[str]:
    return pattern(f"(?:{_alternatives([row.word for row in rows if row.kind != 'place'])})$")


def _offices(rows: Rows[Ending]) -> re.Pattern[str]:
    return pattern(f"(?:{_alternatives([row.word for row in rows if row.kind in ('office', 'place')])})$")


def _sources(rows: Rows[Ending]) -> re.Pattern[str]:
    """The media, and what else publishes under a name of its own; not endings of one character that words have too."""
    kept = [row.word for row in rows if row.kind == "medium" or len(row.word) > 1 or row.word in "局厅院"]
    return pattern(f"{HAN}{{1,16}}(?:{_alternatives(kept)})")


PROVINCES = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽",
    "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西",
    "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
)  # fmt: skip
"""Provinces and what has their rank, without the word that says what they are."""
_PROVINCE = pattern(f"(?:{'|'.join(PROVINCES)})(?:省|市|自治区|{HAN}{{1,3}}自治区|特别行政区)?")


def is_province(text: str) -> bool:
    """The text is the name of a province and nothing else.

    >>> is_province("江苏"), is_province("北京市"), is_province("北京日报")
    (True, True, False)
    """
    return bool(_PROVINCE.fullmatch(simplified(text)))


def is_organ(text: str) -> bool:
    """The text ends like the name of an organ, a medium, a school or a firm."""
    return bool(ENDINGS.made(_organs).search(simplified(text)))


def ends_like_office(text: str) -> bool:
    """The text ends like the name of an office, or of the place it is an office of."""
    return bool(ENDINGS.made(_offices).search(simplified(text)))


def is_source(text: str) -> bool:
    """The whole text, of Chinese characters, is called as media and offices are that publish."""
    return bool(ENDINGS.made(_sources).fullmatch(simplified(text)))
