"""Who wrote, reported or edited: the names in values, in bylines, and in the sentences that name a reporter."""

from __future__ import annotations

from . import dates
from .characters import HAN, plain_form, simplified
from .names import ends_with_office, is_han_name, is_name
from .organs import PROVINCES, is_organ
from .patterns import pattern

_WRAPPING = " \t\n\u00a0\u3000\u200b\ufeff[]\u3010\u3011()\uff08\uff09|\u4e28:\uff1a\u00b7,\uff0c;\uff1b>\u300b-"
"""What may stand around a name."""
_BETWEEN = pattern("[\u3001,\uff0c;\uff1b/\uff0f|&\u3000]|\\s+")
_STAFF_CODE = pattern("_[A-Za-z0-9_]{2,12}$|\\s*[A-Z]{1,4}[0-9]{2,6}$")
"""What an editing system adds to a name: `王晓易_NE0011`, `王晓易 NE0011`, on the pages of NetEase (163.com)."""
_IN_BRACKETS = pattern("[\uff08(](?:[^\uff08\uff09()]{0,12})?记者\\s*[:\uff1a]?\\s*([^\uff08\uff09()]{2,24})[\uff09)]")
_AT_END = pattern(
    "[\uff08(](?:[^\uff08\uff09()]{0,8}(?:记者|通讯员|作者)\\s*[:\uff1a]?)?\\s*([^\uff08\uff09()]{2,20})[\uff09)]$"
)
_ROLE = pattern(
    "(?:见习|实习|特约|首席|评论|驻站)?(?:记者|通讯员|实习生|撰文|作者|摄影|文图|图文)[\\s:\uff1a/\uff0f|\uff5c]*"
    "|(?:^|[\u3010(\uff08])文[\\s:\uff1a/\uff0f|\uff5c\u25cf\u25cb\u25ce\u25a0]+"
)
_PLACES = f"中国|国家|全国|中央|中共|国务院|{'|'.join(PROVINCES)}|清华|复旦|南京|武汉|中山"
"""How the names of places of work begin that stand right after the name of a person."""
NOBODY = frozenset(
    (
        "全部", "未知", "不详", "无", "暂无", "佚名", "匿名", "网络整理", "管理员", "标题", "内容", "作者", "来源",
        "admin", "null",
    )
)  # fmt: skip
"""What forms and systems say where they know of nobody."""
SOURCE_ENDS = pattern("\n|(?:作者|记者|编辑|责任编辑|责编|时间|日期)[:\uff1a]")
"""What ends the name of a source: the next line, or the next label right after it."""
_NEXT_LABEL = pattern("(?:来源|编辑|责任编辑|责编|时间|日期)[:\uff1a]")
"""What ends a list of names: the next label right after it."""
LABELLED = pattern("^(?:来源|作者|编辑)[:\uff1a]")
"""A label that a site writes into the value of a `<meta>` too."""
TAKEN_FROM = pattern("^(?:来自|来源于|源自|转自)\\s*[:\uff1a]?\\s*")
"""What stands before the name of a source."""
_KOREAN = pattern(
    "([\uac00-\ud7a3]{2,4})\\s?(?:선임|수습|인턴|전문|객원)?\\s?(?:기자|특파원|논설위원)\\s*(?:=?\\s*[\\w.+-]+@[\\w.-]+)?"
)
"""A Korean byline, often with an address: `최윤호 기자 uknow@donga.com`."""
_KOREAN_DATED = pattern(
    "(?!입력|수정|등록|승인|발행|게시|작성|송고|업데이트|기사|최종)([\uac00-\ud7a3]{2,4})\\s(?:(?:선임|수습|인턴|전문|객원)?\\s?기자\\s)?"
    "\\s*(?=(?:19|20)[0-9]{2}[-./년])"
)
_KANA = pattern("[\u3040-\u30ff]{2,12}")
"""A Japanese name in kana, as writers of magazines sign."""
_NO_LETTER = pattern("[\\W\\d_]*")
_AT_WORK = pattern(f"(?:{_PLACES}){HAN}{{2,20}}")
_IN_LINE = pattern("记者\\s*([\u4e00-\u9fff]{2,3})(?=[/\uff0f\\s]|$)")
_NAME_MEDIUM = pattern(
    "^([\u4e00-\u9fff\u00b7]{2,4}(?:\\s[\u4e00-\u9fff\u00b7]{2,4})*)\\s*/\\s*([\u4e00-\u9fffA-Za-z0-9]{2,20})$"
)
_BARS = "/\uff0f|\uff5c"
_STOP = pattern("[\u3002\uff0c,;\uff1b]")


def people(text: str) -> list[str]:
    """The names in a value, whatever they look like; two characters set apart are one name.

    >>> people("王 伟、李四_NE0011"), people("John Smith"), people("2021-01-05 08:30")
    (['王伟', '李四'], ['John', 'Smith'], [])
    >>> people("江城大学经济研究部部长、院务委员、研究员徐明"), people("江城大学历史学院郭伦")
    (['徐明'], ['郭伦'])
    """
    names: list[str] = []
    for part in _BETWEEN.split(_STAFF_CODE.sub("", _NEXT_LABEL.split(text)[0].strip(_WRAPPING))):
        name = part.strip(_WRAPPING)
        if len(name) == 1 and names and len(names[-1]) == 1:
            names[-1] += name
        elif name:
            names.append(_STAFF_CODE.sub("", name))
    names = [name for name in names if len(name) > 1 and name not in NOBODY and not _is_no_name(name)]
    bare = [_without_post(name) for name in names]
    if any(len(own) < len(name) for own, name in zip(bare, names, strict=True)):
        return [
            name for name in bare if not ends_with_office(name)
        ]  # of several posts the last stands right before the name
    return bare


def _is_no_name(name: str) -> bool:
    return _NO_LETTER.fullmatch(name) is not None or dates.find(name) is not None


def _without_post(name: str) -> str:
    """A name without the place of work and the post that stand right after it, or what a person did, before it.

    `方敏北京大学经济学院教授`, `记者王敬照`
    """
    role = _ROLE.match(name)
    if role is not None and is_han_name(name[role.end() :]):
        return name[role.end() :]
    cut = next((at for at in (2, 3) if _AT_WORK.fullmatch(name, at) and is_han_name(name[:at])), len(name))
    if cut < len(name):
        return name[:cut]
    before = (name[:-size] for size in (2, 3) if len(name) > size + 1 and is_name(name[-size:]))
    post = next((work for work in before if is_organ(work) or ends_with_office(work)), "")
    return name[len(post) :]


def source_and_author(value: str) -> tuple[str, list[str]]:
    """The name of a source without the date behind it, and who is named after it.

    >>> source_and_author("江城晚报 王帆"), source_and_author("江城晚报2021-01-05 08:30")
    (('江城晚报', ['王帆']), ('江城晚报', []))
    """
    if (found := dates.find(value)) and found.start > 1:
        plain = plain_form(value)
        value = (value if len(value) == len(plain) else plain)[: found.start].rstrip(_WRAPPING)
    *rest, last = value.split()
    if len(rest) == 1 and is_organ(rest[0]) and is_name(last):
        return rest[0], [last]
    return value, []


def han_names(text: str) -> list[str]:
    """The names in a text that may hold other words: only what looks like a Chinese name.

    >>> han_names("江城晚报 王伟")
    ['王伟']
    """
    return [name for name in people(text) if is_han_name(name)]


def byline(text: str) -> list[str]:
    """The names of a line that says who wrote, such as stands between title and text; none for any other line.

    >>> byline("本报记者 孙立 通讯员 黄海"), byline("文\uff5c江城晚报 余聪"), byline("记者从会上了解到有关情况")
    (['孙立', '黄海'], ['余聪'], [])
    >>> byline("文\u25cf オカモト\uff0fASCII編集部"), byline("최윤호 기자 uknow@donga.com")
    (['オカモト'], ['최윤호'])
    """
    text = text.strip(_WRAPPING)
    if len(text) > 50 or _STOP.search(text):
        return []
    if korean := _KOREAN.fullmatch(text):
        return [korean[1]]
    roles = list(_ROLE.finditer(simplified(text)))
    if not roles or roles[0].start() > 12:
        return []
    ends = [role.start() for role in roles[1:]] + [len(text)]
    parts = [text[role.end() : end] for role, end in zip(roles, ends, strict=True)]
    names: list[str] = []
    for at, part in enumerate(parts):
        found = people(part)
        own = [name for name in found if is_han_name(name) or _KANA.fullmatch(name)]
        barred = len(found) == 2 and found[1:] == own and text[: roles[at].end()][-1:] in _BARS
        if found and (own == found or barred or (own and all(is_organ(name) for name in found if name not in own))):
            names += own  # also `文｜财新 余聪`: the medium, then the name
        elif found and at == len(parts) - 1:
            return []  # a sentence that begins with such a word
    return names


def reporter(text: str) -> list[str]:
    """Who is named in brackets as the reporter in one of the first sentences of a news text.

    >>> reporter("新华社北京5月6日电(记者王伟、李丽)石桥修好了。")
    ['王伟', '李丽']
    """
    found = _IN_BRACKETS.search(text)
    return han_names(found[1]) if found else []


def signed(text: str) -> list[str]:
    """Who is named in brackets where a text ends.

    >>> signed("石桥修好了。(作者 王伟)"), signed("石桥修好了。(完)")
    (['王伟'], [])
    """
    found = _AT_END.search(text.rstrip())
    return han_names(found[1]) if found else []


def reporter_in_line(text: str) -> str | None:
    """The reporter that a date line names: `2021-01-05 记者王伟`."""
    found = _IN_LINE.search(simplified(text))
    return text[found.start(1) : found.end(1)] if found and han_names(found[1]) else None


def korean_reporter(text: str) -> str | None:
    """The reporter that a Korean page names before the date.

    >>> korean_reporter("박상우 2024. 5. 13. 12:52"), korean_reporter("입력 2024. 5. 13. 12:52")
    ('박상우', None)
    """
    found = _KOREAN_DATED.match(text)
    return found[1] if found else None


def name_and_medium(text: str) -> tuple[str, str] | None:
    """Who wrote and for which medium, from a line of no more than the two: `王伟/江城晚报`."""
    found = _NAME_MEDIUM.match(text.strip())
    return (found[1], found[2]) if found and han_names(found[1].split()[0]) else None
