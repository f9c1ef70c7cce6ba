"""What a line of a page says: dates in every usual form, labels with their values, names of people.

In: a line of text.  Out: what it says, for the metadata and for telling a date line from a sentence.
"""

from __future__ import annotations

import datetime
import re

_C = "[:\uff1a]"
_SPACE = re.compile(r"[\s\u00a0\u3000\u200b\ufeff]+")

# --- Dates ------------------------------------------------------------------------------------------------------

_DATE = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})\s*(?:[-/.\u2013\uff0d]|\u5e74)\s*(1[0-2]|0?[1-9])\s*(?:[-/.\u2013\uff0d]|\u6708)\s*"
    r"(3[01]|[12]\d|0?[1-9])(?!\d)"
)
_SPLIT_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(1[0-2]|0[1-9])/(3[01]|[12]\d|0[1-9])(?!\d)")
_HAN_DIGITS = {char: value for value, char in enumerate("\u3007\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d")}
_HAN_DIGITS |= {"\u25cb": 0, "\u96f6": 0, "O": 0, "0": 0, "\uff2f": 0, "\u25ef": 0}
_HAN_NUMBER = "[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341\u5eff]{1,3}"
_HAN_DATE = re.compile(
    "([\u4e00\u4e8c]["
    + "".join(_HAN_DIGITS)
    + "]{3})\u5e74("
    + _HAN_NUMBER
    + ")\u6708("
    + _HAN_NUMBER
    + ")[\u65e5\u53f7]"
)
_ERAS = {"民国": 1911, "民國": 1911, "令和": 2018, "平成": 1988, "昭和": 1925}
_ERA_DATE = re.compile("(" + "|".join(_ERAS) + r")\s*(\d{1,3}|元)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


def find_date(text: str) -> str | None:
    """The first calendar date in a text, as YYYY-MM-DD; a day that does not exist (31 June) is passed over."""
    if "20" in text or "19" in text:
        for found in (*_DATE.finditer(text), *_SPLIT_DATE.finditer(text)):
            if date := iso_date(int(found[1]), int(found[2]), int(found[3])):
                return date
    if "\u5e74" not in text:
        return None
    for found in _HAN_DATE.finditer(text):
        year = int("".join(str(_HAN_DIGITS[char]) for char in found[1]))
        if date := iso_date(year, _han_number(found[2]), _han_number(found[3])):
            return date
    for found in _ERA_DATE.finditer(text):
        year = _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
        if date := iso_date(year, int(found[3]), int(found[4])):
            return date
    return None


def iso_date(year: int, month: int, day: int) -> str | None:
    """The date as ISO 8601, or None where there is no such day."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _han_number(text: str) -> int:
    """A number up to 39 in Han digits."""
    text = text.replace("\u5eff", "\u4e8c\u5341")
    tens, ten, ones = text.rpartition("\u5341")
    if not ten:
        return int("".join(str(_HAN_DIGITS[char]) for char in text))
    return (_HAN_DIGITS.get(tens, 1) if len(tens) < 2 else 0) * 10 + _HAN_DIGITS.get(ones, 0)


# --- Lines of labels and values ---------------------------------------------------------------------------------

_LABELS: dict[str, str] = {
    "published": "发布时间 发布日期 发表时间 发表日期 发布于 发表于 公开日期 公布日期 刊发时间 刊登时间 "
    "上传时间 添加时间 录入时间 "
    "发稿时间 信息时间 新闻时间 添加日期 創建時間 發布時間 發佈時間 發布日期 發佈日期 公開日 掲載日 投稿日 "
    "등록일 작성일 입력",
    "dated": "时间 日期 時間 日付",
    "updated": "更新时间 更新日期 最后更新 修改时间 更新時間 更新日",
    "written": "成文日期 发文日期 印发日期 生成日期 制发日期 签发日期 成文时间 发文时间",
    "source": "来源 信息来源 稿件来源 文章来源 新闻来源 本文来源 内容来源 文章出处 出处 稿源 來源 出典",
    "author": "作者 文章作者 撰稿人 撰稿 撰文 供稿人 供稿 投稿人 投稿 著者",
    "editor": "责任编辑 编辑 责编 文章编辑 网络编辑 本文编辑 责任编校 責任編輯 編輯",
    "document_number": "发文字号 文号 发文文号 文件编号 發文字號",
    "issuing_body": "发文机关 发布机构 发布机关 发文单位 制发机关 发布单位 公开机关 发文机构 公开主体",
    "index_number": "索引号 信息索引号 索引號 索引编号",
    "title": "标题 名称 信息名称 文件名称",
    "original": "原标题 原题 原文标题",
    "extra": "主题分类 主题词 有效性 效力状态 公开方式 公开范围 公开形式 公开类别 公开类型 信息类别 组配分类 "
    "分类 体裁分类 关键词 "
    "主题 体裁 统一登记号 废止日期 生效日期 失效日期 有效期 公开时限 公开程序 内容概述 内容分类 服务对象 "
    "所属主题 信息格式 语种 "
    "登记号 规范性文件编号",
    "other": "浏览次数 点击次数 阅读次数 访问次数 点击数 点击 浏览 阅读 阅读量 点击量 浏览量 人气 访问量 字体 "
    "字号 字体大小 审核 "
    "审核人 校对 监制 文章录入 录入 打印 分享 分享到 保护视力色 扫一扫 摄影 通讯员 记者 文章分类 栏目 所属栏目 "
    "信息类型",
}
_KIND_OF_LABEL = {label: kind for kind, labels in _LABELS.items() for label in labels.split()}
_LONGEST_FIRST = sorted(_KIND_OF_LABEL, key=len, reverse=True)
_START = "(?:^|(?<=[^\u4e00-\u9fff\u3400-\u4dbf]))"
# A label stands after something that is no Han, with a colon or alone; a long one also right after a value, where the
# page keeps them apart by style; and that of a person or a source may have a bar for a colon.
_LABEL = re.compile(
    f"{_START}[\\[\u3010\u3014(\uff08]?\\s*({'|'.join(_LONGEST_FIRST)})\\s*[\\]\u3011\u3015]?\\s*(?:{_C}|(?=$))"
    f"|({'|'.join(label for label in _LONGEST_FIRST if len(label) >= 4)})\\s*{_C}"
    f"|{_START}(来源|作者|撰文|编辑|责编|责任编辑|审核|校对|监制|摄影)\\s*[|\uff5c\u4e28/\uff0f]\\s*(?=\\S)"
)
_STOPS = re.compile(
    "返回|查看更多|举报|分享|打印|收藏|纠错|[|\uff5c\u4e28\\]\u3011]|\\s{2,}|\u3000|\u00a0\u00a0| \u00a0|\u00a0 "
)
WRAPPING = " \t\n\u00a0\u3000\u200b\ufeff[]\u3010\u3011()\uff08\uff09|\u4e28:\uff1a\u00b7,\uff0c;\uff1b>\u300b-"


_SEPARATOR = re.compile("[:\uff1a|\uff5c\u4e28/\uff0f]")
_LAST_OF_LABELS = frozenset(label[-1] for label in _KIND_OF_LABEL)


def _ends_in_label(text: str) -> bool:
    """Whether a label may stand at the end; anywhere else a colon or a bar follows it."""
    text = text.rstrip()
    text = text[:-1].rstrip() if text[-1:] in ("]", "\u3011", "\u3015") else text
    return text[-1:] in _LAST_OF_LABELS


def label_of(text: str) -> str | None:
    """The kind of a label that stands alone, as in the cells of a metadata table."""
    return _KIND_OF_LABEL.get(_SPACE.sub("", text).strip("[]\u3010\u3011:\uff1a"))


def pairs(text: str) -> list[tuple[str, str, str]]:
    """The (kind, label, value) of a line such as a date line; values may be empty."""
    if not _SEPARATOR.search(text) and not _ends_in_label(text):
        return []
    found = list(_LABEL.finditer(text))
    out: list[tuple[str, str, str]] = []
    for at, match in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        label = _SPACE.sub("", match[1] or match[2] or match[3])
        out.append(
            (_KIND_OF_LABEL.get(label, "other"), label, _STOPS.split(text[match.end() : end].lstrip(WRAPPING))[0])
        )
    return [(kind, label, value.strip(WRAPPING)) for kind, label, value in out]


_BETWEEN = re.compile("[\\s\u00a0\u3000|\uff5c\u4e28]+")
_MEDIUM = re.compile(
    "[\u4e00-\u9fff]{1,16}(?:网|报|社|台|传媒|周刊|杂志|在线|客户端|融媒体中心|政府|委员会|办公室|局|厅|院|大学|学院|医院|中学|小学"
    "|公司|集团|公众号)"
)


def medium(text: str, sites: frozenset[str]) -> str | None:
    """The source that a date line names without a label: what is called as media and offices are, or one of `sites`, as
    the site calls itself."""
    if find_date(text) is None or any(kind not in ("other", "published", "dated") for kind, _, _ in pairs(text)):
        return None
    parts = _BETWEEN.split(_CLOCK.sub(" ", _DATE.sub(" ", text)))
    return next((part for part in parts if part in sites or _MEDIUM.fullmatch(part)), None)


_CLOCK = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")


def is_meta_line(text: str) -> bool:
    """A line that says when, by whom and where the article appeared, and is no sentence of it."""
    if len(text) > 160 or text.count("\u3002") > 0 or text.count("\uff0c") > 1:
        return False
    labelled = [kind for kind, _, _ in pairs(text)]
    if labelled and any(kind != "author" for kind in labelled):
        return True
    if labelled:
        return True
    return find_date(text) is not None and len(_SPACE.sub("", _TIME.sub("", _DATE.sub("", text)))) <= 30


_TIME = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?|T\d{2}|[\u65e5\u65f6\u5206]")

# --- People -----------------------------------------------------------------------------------------------------

_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹"
    "薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛"
    "曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛"
    "仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭蔣餘葉蘇魏呂盧鐘譚陸廖賈韋鄒閆龍陶賀顧龔邵萬錢嚴"
)
_NOT_A_NAME = frozenset("委局办处科社报网厅部会院所站台组室队团州省市县区镇乡村完续图")
_NAME = re.compile("[\u4e00-\u9fff](?:[\u4e00-\u9fff\u00b7]{1,3}|\\s[\u4e00-\u9fff])")
REPORTER = re.compile("[\uff08(](?:[^\uff08\uff09()]{0,12})?记者\\s*[:\uff1a]?\\s*([^\uff08\uff09()]{2,24})[\uff09)]")
AT_END = re.compile(
    "[\uff08(](?:[^\uff08\uff09()]{0,8}(?:记者|通讯员|作者)\\s*[:\uff1a]?)?\\s*([^\uff08\uff09()]{2,20})[\uff09)]$"
)
ARRANGED = re.compile(
    "[\uff08(]?(?:本文)?[经由](?:过)?([\u4e00-\u9fff]{2,4}?)(?:重新)?(?:编排|编辑|整理|编译|改写)[\uff09)\u3002]?"
)
_ROLE = re.compile(
    "(?:见习|实习|特约|首席|评论|驻站)?(?:记者|通讯员|实习生|撰文|作者|摄影|文图|"
    "图文)[\\s:\uff1a/\uff0f|\uff5c]*|(?:^|[\u3010(\uff08])文[\\s:\uff1a/\uff0f|\uff5c]+"
)
IN_LINE = re.compile("(?:记者|記者)\\s*([\u4e00-\u9fff]{2,3})(?=[/\uff0f\\s]|$)")
NAME_MEDIUM = re.compile(
    "^([\u4e00-\u9fff\u00b7]{2,4}(?:\\s[\u4e00-\u9fff\u00b7]{2,4})*)\\s*/\\s*([\u4e00-\u9fffA-Za-z0-9]{2,20})$"
)
_CODE = re.compile(r"[_\s]*(?:[A-Z]{1,4}\d+|\d{3,}|[A-Z]{2,4}\d*)\s*$")


def people(text: str) -> list[str]:
    """The names in a value such as `X, Y`: Han names by their surname, others as they stand."""
    text = _CODE.sub("", text.strip(WRAPPING))
    names = [part.strip(WRAPPING) for part in re.split("[\u3001,\uff0c;\uff1b/|&\u3000]|\\s+", text)]
    out: list[str] = []
    for name in names:
        if len(name) == 1 and out and len(out[-1]) == 1:
            out[-1] += name  # two characters set apart
        elif name:
            out.append(_CODE.sub("", name))
    return [name for name in out if len(name) > 1]


def han_names(text: str) -> list[str]:
    """The names in a text that may hold other words: only what looks like a Chinese name."""
    return [
        name for name in people(text) if 2 <= len(name) <= 4 and name[0] in _SURNAMES and name[-1] not in _NOT_A_NAME
    ]


def byline(text: str) -> list[str]:
    """The names of a line such as `(reporter) X Y`, which stands between title and text."""
    text = text.strip(WRAPPING)
    if len(text) > 50 or re.search("[\u3002\uff0c,;\uff1b]", text):
        return []
    before, *parts = _ROLE.split(text)
    if not parts or len(before) > 12:
        return []
    names: list[str] = []
    for at, part in enumerate(parts):
        found = people(part)
        if found and han_names("\u3001".join(found)) == found:
            names += found
        elif found and at == len(parts) - 1:
            return []  # a sentence that begins with such a word
    return names
