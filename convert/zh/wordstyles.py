"""Words of word processors: what the names of paragraph styles say, and how numbers are counted."""

from __future__ import annotations

import re

from .patterns import pattern

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "十", "百", "千")
_FORMAL_UNITS = ("", "拾", "佰", "仟")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"

TITLE = pattern("title|(?:公文|文件|文章|文档|报告|主)?(?:大?标题|题目)|heading ?0", re.I)
"""The style of a title."""
SUBTITLE = pattern("subtitle|副(?:大?标题|题目?)", re.I)
_HEADING = pattern("(?:heading|标题|[^0-9]{0,4}标题)\\s*([1-9])(?:\\D.*)?", re.I)
_LEVEL = pattern("(?:第?([一二三四五六七八九])级标题).*")
CONTENTS = pattern("(?:toc|目录)\\s*(?:[1-9]|heading|标题)?", re.I)
"""The styles of a contents' lines."""

KINDS = {
    "title": "title", "标题": "title", "subtitle": "subtitle", "副标题": "subtitle", "byline": "byline",
    "署名行": "byline", "dateline": "date", "日期行": "date", "date": "date", "日期": "date",
    "salutation": "salutation", "称呼": "salutation", "note": "note", "附注": "note", "caption": "caption",
    "题注": "caption", "quote": "quote", "引用": "quote", "signature": "signature", "签名": "signature",
    "attachment": "attachment", "附件说明": "attachment", "attachmentfirst": "attachment",
    "attachmentitem": "attachment", "normal": "paragraph", "正文": "paragraph", "bodytext": "paragraph",
    "正文文本": "paragraph", "listparagraph": "list_item", "列表段落": "list_item", "author": "byline",
    "imagecaption": "caption", "tablecaption": "caption", "blocktext": "quote", "intensequote": "quote",
    "明显引用": "quote", "sourcecode": "code", "htmlpreformatted": "code", "html预设格式": "code",
    **{f"list{depth}": "list_item" for depth in range(2, 6)},
}  # fmt: skip
"""What the names of styles say, without spaces and in small letters; headings have their level behind them."""


def heading_level(name: str) -> int:
    """The level that the name of a style says, from 1; 0 where it says none.

    >>> heading_level("heading 2"), heading_level("标题 3"), heading_level("二级标题"), heading_level("正文")
    (2, 3, 2, 0)
    """
    if found := _HEADING.fullmatch(name.strip()):
        return int(found[1])
    if found := _LEVEL.fullmatch(name.strip()):
        return _DIGITS.index(found[1])
    return 0


def han(number: int, digits: str = _DIGITS, units: tuple[str, ...] = _UNITS) -> str:
    """A number from 1 to 9999 in Han numerals; in digits where it is none of these.

    >>> han(12), han(20), han(105), han(1010)
    ('十二', '二十', '一百零五', '一千零一十')
    """
    if not 0 < number < 10_000:
        return str(number)
    out, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            out += ("零" if gap and out else "") + digits[digit] + units[place]
            gap = False
        else:
            gap = True
    return out[1:] if out.startswith("一十") and digits is _DIGITS else out


def counted(number: int, form: str) -> str | None:
    """A number in one of the East Asian forms of WordprocessingML (ISO/IEC 29500-1, 17.18.59); None for other forms.

    >>> counted(12, "chineseCounting"), counted(10, "ideographDigital"), counted(3, "ideographTraditional")
    ('十二', '一〇', '丙')
    >>> counted(21, "chineseLegalSimplified"), counted(3, "decimal")
    ('贰拾壹', None)
    """
    match form:
        case "chineseCounting" | "chineseCountingThousand" | "taiwaneseCounting" | "taiwaneseCountingThousand":
            return han(number)
        case "japaneseCounting" | "koreanCounting":
            return han(number)
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" | "koreanDigital":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal":
            return han(number, _FORMAL, _FORMAL_UNITS)
        case "ideographTraditional":
            return STEMS[(number - 1) % len(STEMS)]
        case "ideographZodiac":
            return BRANCHES[(number - 1) % len(BRANCHES)]
    return None
