"""Labels of metadata and their values: `来源` U+FF1A `四川日报`.  One row a field and type of value, with its words.

Words stand in any form, simplified, traditional, Japanese or Korean; they are compared as `simplified` gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from . import dates
from .characters import BULLETS, EDGES, plain_form, simplified
from .names import is_name
from .organs import is_organ
from .patterns import pattern
from .rows import Rows

Field = Literal[
    "title", "original", "source", "editor", "author", "published", "dated", "updated", "written", "document_number",
    "issuing_body", "index_number", "extra", "credit", "control",
]  # fmt: skip
"""What a label tells.  A field of `Metadata` by its name; `dated`, `updated`, `written`: a date that is `published`
where none says so with more right; `original`: the title it had first; `extra`: kept under its label; `credit`: who
else had a hand in it, kept likewise; `control`: nothing of the document, but of the page."""

Type = Literal["name", "organ", "date", "number", "code", "text"]
"""`number`: a document's number, as `is_document_number` knows it; `code`: letters, digits and marks of ASCII."""


class Label(NamedTuple):
    """Labels of one field that take one type of value.  example: a value of the type."""

    field: Field
    takes: Type
    words: str
    example: str


LABELS: Rows[Label] = Rows(
    Label(
        "source",
        "organ",
        "来源 信息来源 稿源 稿件来源 文章来源 新闻来源 消息来源 内容来源 资料来源 本文来源 来源网站 来源单位 "
        "出处 文章出处 转自 出典",
        "四川日报",
    ),
    Label("editor", "name", "编辑 责任编辑 责编 网络编辑 本网编辑 文章编辑 本文编辑 责任编校 编辑人", "王伟"),
    Label(
        "author",
        "name",
        "作者 文章作者 本文作者 撰稿 撰稿人 撰文 供稿 供稿人 投稿 投稿人 著者 报告人 主讲人 发言人 演讲人 讲话人 记者 "
        "通讯员",
        "王伟",
    ),
    Label(
        "published",
        "date",
        "发布时间 发布日期 发表时间 发表日期 发布于 发表于 发布 公开日期 公开时间 公布日期 公布时间 颁布日期 "
        "刊发时间 刊登时间 "
        "信息时间 新闻时间 录入时间 添加时间 添加日期 上传时间 上传日期 发稿时间 稿件时间 创建时间 公開日 掲載日 "
        "投稿日 "
        "등록일 작성일 입력",
        "2021-12-31",
    ),
    Label("dated", "date", "时间 日期 日付", "2021-12-31"),
    Label("updated", "date", "更新时间 更新日期 修改时间 最后更新 更新日", "2021-12-31"),
    Label(
        "written",
        "date",
        "成文日期 成文时间 发文日期 发文时间 印发日期 制发日期 生成日期 形成日期 签发日期",
        "2021年12月31日",
    ),
    Label(
        "document_number",
        "number",
        "发文字号 发文文号 文号 文件编号 文件号 发文号 发布文号 公文字号",
        "国发[2024]1号",
    ),
    Label(
        "issuing_body",
        "organ",
        "发文机关 颁布单位 发布机构 发布机关 发文单位 发文机构 发布单位 制定机关 制发机关 公开机构 公开机关 公开主体 "
        "信息公开机构 公开责任部门 责任部门 责任单位 成文机关",
        "国务院办公厅",
    ),
    Label(
        "index_number",
        "code",
        "索引号 索引编号 信息索引 信息索引号 公开索引号 统一编号 备案号",
        "000014349/2024-00001",
    ),
    Label("document_number", "code", "公告编号", "2024-001"),
    Label(
        "extra",
        "text",
        "证券代码 证券简称 股票代码 股票简称 债券代码 债券简称 转债代码 转债简称 基金代码 基金简称",
        "600000",
    ),
    Label("title", "text", "标题 名称 信息名称 文件名称 文件标题 信息标题", "关于加强管理的通知"),
    Label("original", "text", "原标题 原题 原文标题", "关于加强管理的通知"),
    Label(
        "extra",
        "date",
        "施行日期 实施日期 生效日期 失效日期 终止日期 废止日期 施行时间 实施时间 生效时间 失效时间 终止时间 废止时间",
        "2022年1月1日",
    ),
    Label("extra", "code", "规范性文件登记号 规范性文件编号 登记号 统一登记号 字数 页数", "ZF-2024-001"),
    Label(
        "extra",
        "text",
        "主题分类 主题词 主题 主题类别 所属主题 关键词 关键字 体裁 体裁分类 文种 有效性 有效期 时效性 效力状态 "
        "效力 是否有效 "
        "公开方式 公开形式 公开范围 公开时限 公开类别 公开类型 公开程序 公开目录 公开属性 信息类别 信息分类 "
        "信息类型 信息格式 "
        "文章分类 文章类型 所属分类 内容分类 分类 类别 类型 栏目 所属栏目 组配分类 服务对象 服务对象分类 内容概述 概述 "
        "内容摘要 语种 "
        "载体类型 记录形式 隶属关系 所属机构",
        "综合政务",
    ),
    Label("credit", "name", "审核 审核人 校对 责任校对 监制 摄影 录入 录入人 文章录入 发布人 选稿 选稿人 审稿", "王伟"),
    Label(
        "control",
        "text",
        "浏览字号 下载地址 字号 字体 字体大小 字号大小 浏览量 浏览数 浏览次数 浏览 点击数 点击次数 点击量 点击 阅读 "
        "阅读量 阅读次数 "
        "访问量 访问次数 人气 分享到 分享 打印 关闭 收藏 保存 大小 保护视力色 扫一扫",
        "大 中 小",
    ),
)

DATE_FIELDS: tuple[Field, ...] = ("published", "dated", "updated", "written")
"""Labels of dates, the one with most right to say when a page appeared first."""


class Pair(NamedTuple):
    """A label with its value; the value is empty where the label stands alone."""

    label: str
    value: str
    field: Field
    takes: Type


def _by_word(rows: Rows[Label]) -> dict[str, Label]:
    found: dict[str, Label] = {}
    for row in rows:
        for word in row.words.split():
            found.setdefault(simplified(word), row)
    return found


def _longest(rows: Rows[Label]) -> int:
    return max(map(len, rows.made(_by_word)))


def label_of(word: str) -> Label | None:
    """The row of a label, in whatever script; None for a word that is none."""
    return LABELS.made(_by_word).get(simplified(word))


def kept(field: Field) -> bool:
    """The label says something of the document, not of the page's controls."""
    return field != "control"


# --- Lines made of labels and values ----------------------------------------------------------------------------

_LONGEST_LINE = 300
"""Characters: a longer line is no line of labels."""
_KEY_END = pattern(
    "[\\s\u3000]*[:\uff1a]+|[\\s\u3000]*[\u3011\uff3d\\]]+[:\uff1a]?|[\\s\u3000]+(?=(?:19|20)[0-9]{2}[-/.年])"
)
"""What ends a label: a colon, the bracket it stands in, or the space before a date."""
_GLUED = 4
"""Characters of a label that may stand right behind the value before it."""
_OPENING = "\u3010[\uff3b\uff08("
_BEFORE_KEY = BULLETS + "|\u3011\uff3d]\uff09)\uff1b;\uff0c,"
"""What may stand before a label, beside white space; then bullets and opening brackets may follow."""


def pairs(text: str) -> list[Pair]:
    """The labels and values of a line that is made of them, else none.

    >>> [(pair.label, pair.value) for pair in pairs("来 源:四川日报 发布时间:2026-02-10")]
    [('来源', '四川日报'), ('发布时间', '2026-02-10')]
    """
    if len(text) > _LONGEST_LINE:
        return []
    if _CELL_END.search(text) and (row := _row(text)):
        return row
    found = list(_keys(simplified(text)))
    if not found:
        return []
    before = text[: found[0].start].strip(EDGES)
    if before and not dates.is_date(before):
        return []
    ends = [key.start for key in found[1:]] + [len(text)]
    out = [Pair("发布时间", before, "published", "date")] if before else []
    for key, end in zip(found, ends, strict=True):
        value = text[key.end : end].strip(EDGES)
        closing = _PAIRS.get(text[0], "")
        if end == len(text) and closing and value.endswith(closing) and value.count(closing) > value.count(text[0]):
            value = value[:-1].strip(EDGES)  # the brackets that the whole line stands in
        out.append(Pair(_as_written(text[key.start : key.end], key.word), value, key.row.field, key.row.takes))
    # `日期` U+FF1A `5月6日` U+FF0C `县里召开会议` U+3002 is a sentence that begins with such a word.
    return [] if any(pair.takes != "text" and "\u3002" in pair.value for pair in out) else out


def _as_written(text: str, word: str) -> str:
    """A label in the characters that the line has it in: `發布日期`."""
    written = "".join(text.strip(EDGES + _OPENING + "\uff3d]\u3011:\uff1a").split())
    return written if simplified(written) == word else word


_CELL_END = pattern("[|\uff5c\t]")


def _row(text: str) -> list[Pair]:
    """The labels and values of a table's row whose cells a page's text has between bars or tabs.

    >>> [(pair.label, pair.value) for pair in pairs("索引号 | 6207/2023-00096 | 生成日期 | 2023-07-28 |")]
    [('索引号', '6207/2023-00096'), ('生成日期', '2023-07-28')]
    """
    cells = [cell.strip(EDGES + ":\uff1a\u3010\u3011[]") for cell in _CELL_END.split(text)]
    rows = [label_of("".join(cell.split())) for cell in cells]
    first = next((at for at, cell in enumerate(cells) if cell), 0)
    if rows[first] is None or (sum(map(bool, rows)) < 2 and sum(map(bool, cells)) != 2):
        return []
    out: list[Pair] = []
    for cell, row, value, below in zip(cells, rows, [*cells[1:], ""], [*rows[1:], None], strict=True):
        if row is not None:
            said = "" if below is not None else value
            out.append(Pair("".join(cell.split()), said, row.field, row.takes))
    return out if any(pair.value and pair.field != "control" for pair in out) else []


_STOPS = pattern(
    "返回|查看更多|举报|分享|打印|收藏|纠错|[|\uff5c\u4e28\\]\u3011]|\\s{2,}|\u3000|\u00a0\u00a0| \u00a0|\u00a0 "
    "|[\\s\u00a0](?=[\u4e00-\u9fff]{2,6}\\s?[:\uff1a])"
)
"""What ends a value in a line that says other things too: a control, a bar, wide space, or a label we do not know."""
_WRAPPING = " \t\n\u00a0\u3000\u200b\ufeff[]\u3010\u3011|\u4e28:\uff1a\u00b7,\uff0c;\uff1b>\u300b-"


def _within(rows: Rows[Label]) -> re.Pattern[str]:
    """A label of a page's line: after something that is no Han, with a colon or alone; a long one also right after a
    value, where the page keeps them apart by style, as is one of a control; that of a person or a source may have a bar
    for a colon."""
    by_word = rows.made(_by_word)
    words = sorted(by_word, key=len, reverse=True)
    glued = [word for word in words if len(word) >= 4 or (by_word[word].field == "control" and len(word) > 1)]
    people = [word for word in words if by_word[word].field in ("source", "author", "editor", "credit")]
    start = "(?:^|(?<=[^\u4e00-\u9fff\u3400-\u4dbf]))"
    return pattern(
        f"{start}[\\[\u3010\u3014(\uff08]?\\s*({'|'.join(words)})\\s*[\\]\u3011\u3015]?\\s*(?:[:\uff1a]|(?=$))"
        f"|({'|'.join(glued)})\\s*[:\uff1a]"
        f"|{start}({'|'.join(people)})\\s*[|\uff5c\u4e28/\uff0f]\\s*(?=\\S)"
    )


def _last_characters(rows: Rows[Label]) -> frozenset[str]:
    return frozenset(word[-1] for word in rows.made(_by_word))


_MAY_END = pattern("[:\uff1a|\uff5c\u4e28/\uff0f]")


def pairs_within(text: str) -> list[Pair]:
    """The labels and values in a line of a page, which may say other things too; a value may be empty.

    >>> [(pair.label, pair.value) for pair in pairs_within("2021-01-05 09:59\u3000来源: 江城晚报 举报")]
    [('来源', '江城晚报')]
    """
    plain = simplified(text)
    last = plain.rstrip().removesuffix("]").removesuffix("\u3011").rstrip()[-1:]
    if not _MAY_END.search(plain) and last not in LABELS.made(_last_characters):
        return []
    words = LABELS.made(_by_word)
    found = list(LABELS.made(_within).finditer(plain))
    out: list[Pair] = []
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        word = match[match.lastindex or 1]
        said = _STOPS.split(text[match.end() : end].lstrip(_WRAPPING))[0]
        row, value = words[word], trimmed(said)
        if row.takes != "code" or not value or _CODE.fullmatch(value):  # the number a site is registered by is no code
            out.append(Pair(word, value, row.field, row.takes))
    return out


_PAIRS = {"(": ")", "\uff08": "\uff09"}


def trimmed(value: str) -> str:
    """A value without what a page sets around it; brackets that enclose all of it go, others stay as they are.

    >>> trimmed("【江城晚报】"), trimmed("(江城晚报)"), trimmed("中国经营报(北京)")
    ('江城晚报', '江城晚报', '中国经营报(北京)')
    """
    value = value.strip(_WRAPPING)
    closing = _PAIRS.get(value[:1])
    if closing and value.endswith(closing) and closing not in value[1:-1]:
        value = value[1:-1].strip(_WRAPPING)
    for opened, closed in _PAIRS.items():
        if value.endswith(closed) and opened not in value:
            value = value.removesuffix(closed).strip(_WRAPPING)
        if value.startswith(opened) and closed not in value:
            value = value.removeprefix(opened).strip(_WRAPPING)
    return value


class _Key(NamedTuple):
    """A label of a line: it stands, with what is around it, from start to end."""

    start: int
    end: int
    word: str
    row: Label


def _keys(text: str) -> Iterator[_Key]:
    """The labels in a line, in order."""
    words, longest = LABELS.made(_by_word), LABELS.made(_longest)
    done = 0
    for ending in _KEY_END.finditer(text):
        last = ending.start()
        best: _Key | None = None
        word, at = "", last
        while at > done and len(word) < longest:
            at -= 1
            if not text[at].isspace():
                word = text[at] + word
                row = words.get(word)
                if row is not None and (start := _start(text, at, done)) is not None:
                    best = _Key(start, ending.end(), word, row)
                elif row is not None and done and best is None and len(word) >= _GLUED and ending[0][-1] in ":\uff1a":
                    best = _Key(at, ending.end(), word, row)  # only its looks part it from the value before
            elif not word:  # also `来 源` is a label, but white space does not end one
                break
        if best is not None:
            yield best
            done = best.end


def _start(text: str, at: int, done: int) -> int | None:
    """Where what belongs to a label at `at` begins; None where no label can begin there."""
    found = None
    while True:
        if at == 0 or text[at - 1].isspace() or text[at - 1] in _BEFORE_KEY or (done and text[at - 1] in "0123456789"):
            found = at
        if at == done or not (text[at - 1].isspace() or text[at - 1] in BULLETS + "|" + _OPENING):
            return found
        at -= 1


# --- Values -----------------------------------------------------------------------------------------------------

_NUMBER = pattern(
    "[\u4e00-\u9fff]{1,16}[\u3014\\[\uff3b\u3010\uff08(](?:19|20)[0-9]{2}[\u3015\\]\uff3d\u3011\uff09)]第?[0-9]{1,5}号"
)
_CODE = pattern("[!-~]{4,60}")


def is_document_number(text: str) -> bool:
    """`国发` U+3014 `2024` U+3015 `1号` (GB/T 9704-2012, 7.2.5)."""
    return bool(_NUMBER.fullmatch(text.strip(EDGES + "\uff08\uff09()")))


def fits(takes: Type, text: str, *, within: bool) -> bool:
    """A text that stands alone, on the line after its label, can be a value of the type.

    within: a label stands on the line after it too, as in a table that lost its columns.
    """
    match takes:
        case "date":
            return len(text) <= 40 and dates.iso_date(text) is not None
        case "number":
            return is_document_number(text)
        case "code":
            return bool(_CODE.fullmatch(text))
        case "name":
            return len(text) <= 8 and is_name(text)
        case "organ":
            return len(text) <= 40 and (within or is_organ(text))
        case "text":
            return len(text) <= 40 and is_organ(text)


def value_of(takes: Type, said: str) -> str | None:
    """A value as the metadata have it: dates in ISO 8601, names without the date that follows them.

    None where the label asks for a date and what it says is none.

    >>> value_of("date", "2021年12月31日"), value_of("date", "2021-02-31"), value_of("organ", "四川日报 2021-12-31")
    ('2021-12-31', None, '四川日报')
    """
    if takes == "date":
        return dates.stated_date(said)
    if takes in ("name", "organ") and (found := dates.find(said)):
        plain = plain_form(said)
        said = (said if len(said) == len(plain) else plain)[: found.start]
    return said.strip(EDGES) or None
