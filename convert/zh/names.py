"""People: surnames, offices, the form of a personal name, and lines that name who wrote or spoke."""

from __future__ import annotations

import re
from typing import NamedTuple

from .characters import HAN, SPACE, simplified
from .patterns import pattern
from .rows import Rows

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤殷施蓝鲁柳岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧阳甄项曲成游裴席卫查屈鲍位"
    "霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来"
    "苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓬信阎易乔常尚洪俞倪"
)
"""Surnames that a name standing alone is known by.  Traditional forms come by `simplified`."""
RARE = (
    "丛丰乐云井仝仲伊伍佘佟储兰农冼初匡区南卞卿厉原和国季安官宗宣容寇封尤岑巩巫巴帅师平应庞康惠支敬文明朴权栗桑"
    "楚楼樊毕沙海温满漆焦牛狄班申皮盘相祖禹章粟索练缪翟聂胥芦荆荣葛蒲蔺虞谌豆路邝邢门闻阚鞠颜骆麦麻"
)
"""Further surnames.  Most of these are words too, or begin them: they count only where something says that a name
stands here."""
_NO_NAME_ENDS = frozenset("委局办处科社报网厅部会院所站台组室队团州省市县区镇乡村完续图")
"""How words end that begin with a surname and are the name of an office, a paper or a place."""


class Office(NamedTuple):
    """Offices, titles and callings of one kind.  example: how one of them stands before a name."""

    words: str
    example: str


OFFICES: Rows[Office] = Rows(
    Office("主席 省长 市长 州长 盟长 县长 区长 旗长 镇长 乡长 行政长官 专员", "北京市市长 殷勇"),
    Office("总理 委员长 部长 局长 厅长 司长 处长 科长 站长 主任 书记 秘书长", "县委书记 王建国"),
    Office("院长 检察长", "县人民法院院长 李梅"),
    Office("校长 教授 研究员 院士", "清华大学教授 张伟"),
    Office("行长 会长 理事长 董事长 总经理 总裁", "某公司董事长 刘洋"),
    Office("总司令 司令员 政治委员 政委 总参谋长 参谋长 军长 师长 团长", "志愿军司令员 彭国华"),
    Office("社长 总编辑 主编 记者 通讯员 评论员 作者", "本报记者 陈静"),
)

_NAME = f"(?:{HAN}{{2,4}}|{HAN}(?:[ \u3000]{{1,4}}{HAN}){{1,3}}|{HAN}{{1,7}}(?:\u00b7|\u2022|\u30fb){HAN}{{1,9}})"
_SURE_NAME = f"(?=[{SURNAMES}]){HAN}{{2,3}}"
_ALONE = pattern(f"{HAN}(?:[ \u3000]{{1,4}}{HAN}){{1,3}}|{_SURE_NAME}")
_WROTE = "(?:编?著|编?译|主编|编选?|口述|整理|原著|改编)"
_MADE_BY = pattern(
    f"(?:[\\[\uff08(\u3014\u3010]?{HAN}{{1,3}}[\\]\uff09)\u3015\u3011])?"
    f"(?:{_NAME}(?:[ \u3000\u3001]+{_NAME}){{0,3}}[ \u3000]+|{_SURE_NAME}){_WROTE}"
)
"""Who wrote a book, or put it into Chinese: `赫尔曼·黑塞 著`, `杨玉功译`."""
_SAID_BY = pattern("^(?:撰?文|图文|作者|记者)[ \u3000]*[/\uff0f|\uff5c:\uff1a][ \u3000]*")
_DASHED = pattern("^(?:\u2014\u2014?|--|\u2e3a)\\s*")
_GAP = pattern("[ \u3000\u3001]+")
_APART = pattern(f"(?<![^ \u3000\u3001]){HAN}(?:[ \u3000]{{1,4}}{HAN}){{1,2}}(?![^ \u3000\u3001])")
_AROUND = "\uff08\uff09()\u3010\u3011[] \u3000"


def _offices(rows: Rows[Office]) -> str:
    return "|".join(word for row in rows for word in row.words.split())


def _ends(rows: Rows[Office]) -> re.Pattern[str]:
    return pattern(f"(?:{_offices(rows)}|委员)$")


def _byline(rows: Rows[Office]) -> re.Pattern[str]:
    named = f"[ \u3000\uff1a:]+{_NAME}(?:[ \u3000\u3001]+{_NAME}){{0,4}}|{_SURE_NAME}"
    return pattern(f".{{0,36}}(?:{_offices(rows)})(?:{named})")


def _named(rows: Rows[Office]) -> re.Pattern[str]:
    names = f"{_NAME}(?:[ \u3000\u3001]+{_NAME}){{0,4}}"
    return pattern(f".{{0,36}}(?:{_offices(rows)})(?:[ \u3000\uff1a:]+({names})|({_SURE_NAME}))|({names})")


def ends_with_office(text: str) -> bool:
    """The text ends with the name of an office or a calling.

    >>> ends_with_office("江城大学研究员"), ends_with_office("江城大学")
    (True, False)
    """
    return bool(OFFICES.made(_ends).search(simplified(text)))


def is_name(text: str) -> bool:
    """A name alone: characters set apart, or a surname with one or two characters.

    >>> is_name("王 伟"), is_name("欧阳锋"), is_name("目录")
    (True, True, False)
    """
    return bool(_ALONE.fullmatch(simplified(text)))


def is_han_name(text: str) -> bool:
    """What can be a name where one is expected: two to four characters, a surname first, no office's end.

    >>> is_han_name("文静"), is_han_name("安徽省"), is_han_name("记者"), is_han_name("来源:")
    (True, False, False, False)
    """
    text = simplified(text)
    return 2 <= len(text) <= 4 and text[0] in _ANY_SURNAME and text[-1] not in _NO_NAME_ENDS and text.isalpha()


_ANY_SURNAME = frozenset(SURNAMES + RARE)


def said_by(text: str) -> str:
    """A byline without its dash, its brackets and what introduces it.  `作者` U+FF1A `王伟` -> `王伟`."""
    return _SAID_BY.sub("", _DASHED.sub("", text).strip(_AROUND))


def author_of(text: str) -> str:
    """Who a byline names, without office and the space within a name; several are parted by U+3001.

    >>> author_of("云台县人民政府县长\u3000陆文舟"), author_of("\u2014\u2014镇长 王 明"), author_of("王伟 李丽")
    ('陆文舟', '王明', '王伟\u3001李丽')
    >>> author_of("本报评论员")
    '本报评论员'
    """
    bare = said_by(text)
    found = OFFICES.made(_named).fullmatch(simplified(bare))
    if found is None:
        return bare
    start, end = found.span(found.lastindex or 0)
    apart = _APART.sub(lambda one: _GAP.sub("", one[0]), bare[start:end])
    return "\u3001".join(_GAP.split(apart))


def is_byline(text: str) -> bool:
    """A line that names a person, with an office or alone.

    >>> is_byline("北京市市长 殷勇"), is_byline("(记者 王伟)"), is_byline("工作回顾")
    (True, True, False)
    """
    bare = said_by(simplified(text))
    return bool(OFFICES.made(_byline).fullmatch(bare) or _ALONE.fullmatch(bare) or _MADE_BY.fullmatch(bare))


PHOTO_CREDIT = pattern(
    "(?:记者|通讯员|图片?|摄影|新华社|中新社)[^\u3002]{0,24}摄(?:影)?[\uff09)]?$"
    "|图片?(?:来源|源自?)[\uff1a: ][^\u3002]{1,24}$|(?:图片)?来源网络"
    f"|[\u3002\uff09][^\u3002]{{2,16}}{SPACE}?摄[\uff09)]?$|(?:资料|供)图(?:片)?[\uff09)]?$"
)
"""How the caption of a photograph ends: who took it."""


_POET = pattern(
    "[\u3010\u3014\\[(\uff08\uff3b]?(?:先秦|春秋|战国|[东西]?[汉晋周]|秦|三国|魏|南北朝|南朝|北朝|隋|唐|五代|[南北]?宋|辽|金|元|明|清"
    "|近代|现代|当代|民国)[代朝]?(?:[\u3011\u3015\\])\uff09\uff3d]|[\u00b7\u30fb]) ?([\u4e00-\u9fff]{2,5})"
)


def poet(text: str) -> str:
    """Who wrote a poem, behind the name of a dynasty; nothing where the line says something else.

    >>> poet("【宋】李某"), poet("唐·王某"), poet("宋人李某")
    ('李某', '王某', '')
    """
    found = _POET.fullmatch(text)
    return found[1] if found else ""
