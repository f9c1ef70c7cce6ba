"""Fields of a page's own metadata: keys with their values, dates in every usual form, document numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ..zh.patterns import pattern
from .language import simplified
from .numbering import han_number

_FIELDS = {
    "source": "来源|信息来源|稿源|稿件来源|文章来源|新闻来源|消息来源|内容来源|资料来源|来源网站|来源单位|出处|转自",
    "editor": "编辑|责任编辑|责编|网络编辑|本网编辑|编辑人|录入人|录入|发布人|审核|审核人|校对",
    "author": "作者|文章作者|撰稿|撰稿人|撰文|供稿|供稿人|报告人|主讲人|发言人|演讲人|讲话人|记者|通讯员",
    "published": "发布时间|发布日期|发表时间|发表日期|发布于|发布|时间|日期|更新时间|更新日期|发文日期"
    "|公开日期|公开时间|信息时间|录入时间|添加时间|上传时间|发稿时间|稿件时间|创建时间|上传日期|颁布日期|公布时间",
    "document_number": "发文字号|发文文号|文号|文件编号|文件号|发文号|发布文号|公文字号",
    "issuing_body": "发文机关|颁布单位|发布机构|发布机关|发文单位|发文机构|发布单位|制定机关"
    "|公开机构|信息公开机构|公开责任部门|责任部门|责任单位|成文机关",
    "index_number": "索引号|索引编号|信息索引|信息索引号|公开索引号|统一编号|备案号",
}
_OTHERS = (
    "标题|名称|信息名称|文件名称|文件标题|信息标题|主题分类|主题词|主题|主题类别|关键词|关键字|体裁|体裁分类"
    "|文种|有效性|有效期|时效性|效力状态|效力|是否有效|规范性文件登记号"
    "|施行日期|实施日期|生效日期|失效日期|终止日期|废止日期|成文日期|成文时间|公布日期|印发日期|签发日期"
    "|生成日期|形成日期|公开方式|公开形式|公开范围|公开时限|公开类别|公开目录|公开属性"
    "|信息类别|信息分类|所属分类|分类|类别|类型|栏目|所属栏目|组配分类|服务对象|服务对象分类|内容概述|概述"
    "|内容摘要|语种|字数|页数|载体类型|记录形式|隶属关系|所属机构|所属主题"
)
_NOT_KEPT = (
    "浏览字号|下载地址|字号|字体|字体大小|字号大小|浏览量|浏览次数|浏览|点击数|点击量|点击|阅读|阅读量|阅读次数"
    "|访问量|访问次数|人气|分享到|分享|打印|关闭|收藏|保存|大小"
)

_FIELD_OF: dict[str, str] = {word: field for field, words in _FIELDS.items() for word in words.split("|")}
_KEPT = frozenset([*_FIELD_OF, *_OTHERS.split("|")])


_WORDS = frozenset([*_KEPT, *_NOT_KEPT.split("|")])
_LONGEST = max(map(len, _WORDS))
_BULLETS = "\u2022\u00b7\u25a0\u25cf\u25aa\u25c6\u25b6*|"
_KEY_END = pattern("[\\s\u3000]*[:\uff1a]+|[\u3011\uff3d\\]]+[:\uff1a]?|[\\s\u3000]+(?=(?:19|20)[0-9]{2}[-/.年])")
"""What ends a key: a colon, the bracket it stands in, or the space before a date."""
_OPENING = "\u3010[\uff3b\uff08("
_BEFORE_KEY = _BULLETS + "\u3011\uff3d]\uff09)\uff1b;\uff0c,"
"""What may stand before a key, beside white space; then bullets and opening brackets may follow."""
_EDGES = _BULLETS + " \u3000\t\u00a0\u3010\u3011[]\uff3b\uff3d\uff1b;\uff0c,"

_TIME = (
    "(?:[T\\s]*[0-9]{1,2}\\s*[:时点]\\s*[0-9]{1,2}\\s*(?:[:分]\\s*(?:[0-9]{1,2}(?:\\.[0-9]+)?\\s*秒?)?)?(?:Z"
    "|[+-][0-9]{2}:?[0-9]{2})?)"
)
_DATE = pattern(
    f"((?:19|20)[0-9]{{2}})\\s*(?:[-/.]|年)\\s*([0-9]{{1,2}})\\s*(?:[-/.]|月)\\s*([0-9]{{1,2}})(?![0-9])\\s*日?"
    f"(?:\\s*(?:星期|周)[一二三四五六日天])?({_TIME})?"
)
_COMPACT = pattern("(?<![0-9])((?:19|20)[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01])(?![0-9])")
_HAN_DATE = pattern("([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_NUMBER = pattern(
    "[\u4e00-\u9fff]{1,16}[\u3014\\[\uff3b\u3010\uff08(](?:19|20)[0-9]{2}[\u3015\\]\uff3d\u3011\uff09)]第?[0-9]{1,5}号"
)


_LONGEST_DATE = 100


def iso_date(text: str) -> str | None:
    """The first date in a text as ISO 8601.

    >>> iso_date("2026年02月10日 07时41分"), iso_date("二〇二一年十二月三十一日"), iso_date("2026.1.5")
    ('2026-02-10', '2021-12-31', '2026-01-05')
    """
    text = simplified(unicodedata.normalize("NFKC", text))
    if found := _DATE.search(text) or _COMPACT.search(text):
        parts = [int(part) for part in found.group(1, 2, 3)]
    elif found := _HAN_DATE.search(text):
        parts = [han_number(part) for part in found.groups()]
    else:
        return None
    year, month, day = parts
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def is_date(text: str) -> bool:
    """The text is a date, with or without a time, and nothing else."""
    if len(text) > _LONGEST_DATE:
        return False
    text = simplified(unicodedata.normalize("NFKC", text)).strip(_EDGES + "()")
    return bool(_DATE.fullmatch(text) or _HAN_DATE.fullmatch(text))


def is_stamp(text: str) -> bool:
    """The date is one a machine wrote: with a time, in hyphens or with leading zeros, as no document is dated."""
    found = _DATE.search(simplified(unicodedata.normalize("NFKC", text)))
    return bool(found and (found[4] or "年" not in found[0] or found[2][0] == "0" or found[3][0] == "0"))


def is_document_number(text: str) -> bool:
    """`国发` U+3014 `2024` U+3015 `1号`."""
    return bool(_NUMBER.fullmatch(text.strip(_EDGES + "\uff08\uff09()")))


def pairs(text: str) -> list[tuple[str, str]]:
    """The (key, value) pairs of a line that is made of them, else none.

    >>> pairs("来 源\uff1a四川日报 发布时间\uff1a2026-02-10")
    [('来源', '四川日报'), ('发布时间', '2026-02-10')]
    """
    if len(text) > 300:
        return []
    found = list(_keys(simplified(text)))
    if not found:
        return []
    before = text[: found[0].start].strip(_EDGES)
    if before and not is_date(before):
        return []
    ends = [key.start for key in found[1:]] + [len(text)]
    out = [("发布时间", before)] if before else []
    out += [(key.word, text[key.end : end].strip(_EDGES)) for key, end in zip(found, ends, strict=True)]
    return out


class _Key(NamedTuple):
    """A key of a line: it stands, with what is around it, from start to end."""

    start: int
    end: int
    word: str


def _keys(text: str) -> Iterator[_Key]:
    """The keys in a line, in order."""
    done = 0
    for ending in _KEY_END.finditer(text):
        last = ending.start()
        best: _Key | None = None
        word, at = "", last
        while at > done and len(word) < _LONGEST:
            at -= 1
            if not text[at].isspace():
                word = text[at] + word
                if word in _WORDS and (start := _start(text, at, done)) is not None:
                    best = _Key(start, ending.end(), word)
            elif not word:  # also `来 源` is a key, but white space does not end one
                break
        if best is not None:
            yield best
            done = best.end


def _start(text: str, at: int, done: int) -> int | None:
    """Where what belongs to a key at `at` begins; None where no key can begin there."""
    found = None
    while True:
        if at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE_KEY:
            found = at
        if at == done or not (text[at - 1].isspace() or text[at - 1] in _BULLETS + _OPENING):
            return found
        at -= 1


def says_something(text: str) -> bool:
    """The line has a key that says something of the document, with its value."""
    return any(value and kept(key) for key, value in pairs(text))


def field_of(key: str) -> str | None:
    """The metadata field of a key; None for a key that has no field of its own."""
    return _FIELD_OF.get(key)


def kept(key: str) -> bool:
    """The key says something of the document, not of the page's controls."""
    return key in _KEPT


def value_of(field: str, said: str) -> str | None:
    """A key's value as the metadata have it: dates in ISO 8601, names without the date that follows them."""
    if field == "published":
        return iso_date(said)
    if field in ("source", "author", "editor") and (found := _DATE.search(said)):
        said = said[: found.start()]
    return said.strip(_EDGES) or None
