"""Front matter: title, subtitle, source, date, byline and salutation -> metadata and roles."""

from __future__ import annotations

import re
import unicodedata

from .draft import Draft, Unit
from .numbering import mark_of

_KEYS = {
    "source": "来源|信息来源|稿源|稿件来源|文章来源|新闻来源|消息来源|出处|转自",
    "editor": "编辑|责任编辑|责编|网络编辑|本网编辑",
    "author": "作者|撰稿|撰文|供稿|文/|供稿单位|记者|通讯员",
    "published": "发布时间|发布日期|发表时间|发布于|时间|日期|更新时间|更新日期|发文日期|公开日期|信息时间|录入时间|添加时间",
    "document_number": "发文字号|文号|文件编号|文件号|发文号|发布文号",
    "issuing_body": "发文机关|发布机构|发布机关|发文单位|发文机构|制定机关|公开机构|信息公开机构",
    "index_number": "索引号|索引编号|信息索引|信息索引号|公开索引号",
}
_OTHER_KEYS = (
    "标题|名称|信息名称|文件名称|主题分类|主题词|关键词|关键字|体裁|体裁分类|有效性|时效性|效力状态|施行日期|生效日期|失效日期|废止日期|成文日期|公布日期|印发日期"
    "|公开方式|公开形式|公开范围|公开时限|公开类别|公开目录|所属分类|分类|类别|栏目|所属栏目|组配分类|服务对象|内容概述|概述|摘要|语种|字数|浏览量|浏览次数|点击数|阅读"
)
_KEY_OF = {word: field for field, words in _KEYS.items() for word in words.split("|")}
_ALL_KEYS = "|".join(sorted([*_KEY_OF, *_OTHER_KEYS.split("|")], key=len, reverse=True))
_PAIR = re.compile(
    f"(?:^|(?<=[\\s\u3000\u2022|\u3011\uff3d\\]]))[\u3010\\[\uff3b\u2022\u00b7*\\s]*({_ALL_KEYS})[\\s\u3000]*[:\uff1a\u3011\uff3d\\]]+"
)
_DATE = re.compile(
    "((?:19|20)\\d\\d)\\s*(?:[-/.]|年)\\s*(\\d{1,2})\\s*(?:[-/.]|月)\\s*(\\d{1,2})\\s*日?"
    "(?:\\s*T?\\s*\\d{1,2}\\s*[:时]\\s*\\d{1,2}\\s*(?:[:分]\\s*(?:\\d{1,2}\\s*秒?)?)?)?(?:\\s*(?:星期|周)[一二三四五六日天])?"
)
_BULLET = "\u2022\u00b7\u25a0\u25cf\u25aa\u25c6* \u3000\t\u00a0"
_SALUTATION = re.compile(
    "(?:(?:尊敬|敬爱|亲爱)的)?.{0,40}(?:代表|委员|同志|同志们|朋友|朋友们|女士|先生|来宾|嘉宾|同学|同学们|老师|各位.{1,8}|部门|单位|机构|政府|厅|局|委|院|校|公司)[\u201d\uff09)]?[:\uff1a]$"
)
_OFFICE = "省长|市长|主席|州长|盟长|县长|区长|旗长|镇长|乡长|主任|书记|部长|局长|厅长|院长|检察长|校长|行长|总理|委员长|会长|董事长|总经理|秘书长|专员|司长|处长|常委|记者|教授|研究员"
_BYLINE = re.compile(
    f"(?:.{{0,30}}(?:{_OFFICE}))(?:[\\s\u3000]+|[\uff08(]?)([\u4e00-\u9fff\u00b7]{{2,12}}|[\u4e00-\u9fff][\\s\u3000]+[\u4e00-\u9fff])[\uff09)]?$"
)
_SPEECH = re.compile(
    "^(?:\u2014\u2014|--|[\uff08(])?\\s*(?:(?:19|20)\\d\\d年\\d{1,2}月\\d{1,2}日|[二〇零○一九]{4}年).{0,6}在.{2,40}(?:会议?|大会|全会|论坛|仪式|座谈会)上"
)


def iso_date(text: str) -> str | None:
    """The first date in a text, as ISO 8601.

    >>> iso_date("2026年02月10日 07时41分")
    '2026-02-10'
    """
    if found := _DATE.search(unicodedata.normalize("NFKC", text)):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return f"{year:04}-{month:02}-{day:02}"
    return None


def front(draft: Draft) -> None:
    """Labels what stands before the body.

    `洪山镇政府工作报告` -> title, `来源` U+FF1A `北京日报` -> meta, `北京市市长 殷勇` -> byline,
    `各位代表` U+FF1A -> salutation.
    """
    units = draft.paragraphs()
    zone = _zone(units)
    open_units: list[Unit] = []
    waiting: str | None = None
    for unit in zone:
        text = unit.text.strip(_BULLET)
        pairs = _pairs(text)
        if pairs:
            unit.role = "meta"
            waiting = _know(draft, pairs)
        elif waiting and len(text) <= 40 and mark_of(text) is None:
            unit.role = "meta"
            draft.know(**{waiting: _value(waiting, text)})
            waiting = None
        elif _DATE.fullmatch(unicodedata.normalize("NFKC", text)):
            unit.role = "meta"
            draft.know(published=iso_date(text))
        elif _SPEECH.match(text) or (open_units and text.startswith(("\u2014\u2014", "--")) and not _sentence(text)):
            unit.role = "subtitle"
            draft.know(subtitle=text.strip("\u2014-\uff08\uff09() "))
        elif _BYLINE.fullmatch(text) and open_units:
            unit.role = "byline"
            draft.know(author=text)
        elif _SALUTATION.fullmatch(text) and len(text) <= 60:
            unit.role = "salutation"
        else:
            open_units.append(unit)
    if open_units:
        title = open_units[0]
        title.role = "title"
        draft.know(title=title.text)


def _zone(units: list[Unit]) -> list[Unit]:
    """The units before the body: up to a salutation, or to the first mark or sentence."""
    for position, unit in enumerate(units[:60]):
        text = unit.text
        if position and _SALUTATION.fullmatch(text) and len(text) <= 60:
            return units[: position + 1]
        if position and (
            _sentence(text) or (mark_of(text) and not _SPEECH.match(text) and not text.startswith("\u2014"))
        ):
            return units[:position]
    return units[:1]


def _sentence(text: str) -> bool:
    return text[-1:] in "\u3002\uff01\uff1f" and len(text) > 15


def _pairs(text: str) -> list[tuple[str, str]]:
    """The (key, value) pairs of a line that is made of them, else none."""
    found = list(_PAIR.finditer(text))
    if not found or found[0].start() or len(text) > 200:
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [(match[1], text[match.end() : end].strip(_BULLET + "|")) for match, end in zip(found, ends, strict=True)]


def _know(draft: Draft, pairs: list[tuple[str, str]]) -> str | None:
    """Puts pairs into the metadata; returns the field whose value has to be on the next line."""
    waiting: str | None = None
    for key, said in pairs:
        field = _KEY_OF.get(key)
        if field is None:
            continue
        if said:
            draft.know(**{field: _value(field, said)})
        elif field == "source":
            waiting = field
    return waiting


def _value(field: str, said: str) -> str | None:
    return iso_date(said) if field == "published" else said
