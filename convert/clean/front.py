"""Front matter: title, subtitle, source, date, byline and salutation -> metadata and roles.

What has a form of its own is labelled first; the title is then the best of what is left before the body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..zh.patterns import pattern
from . import fields
from .draft import Draft, Unit
from .furniture import key
from .language import simplified
from .lines import RULE

_SALUTATION = pattern(
    "(?:(?:尊敬|敬爱|亲爱)的)?.{0,60}(?:代表|委员|同志|同志们|朋友|朋友们|女士|女士们|先生|先生们|来宾|嘉宾|领导"
    "|同学|同学们|老师|乡亲们?|战友们?|各位.{1,8}"
    "|部门|单位|机构|组织|政府|厅|局|委|院|校|公司|企业|办公室|开发区|管委会|直属机构|负责人)(?:们)?[\uff09)]?[:\uff1a]"
)
_OFFICES = (
    "省长|市长|主席|州长|盟长|县长|区长|旗长|镇长|乡长|行政长官|主任|书记|部长|局长|厅长|院长|检察长|校长|行长"
    "|总理|委员长|会长|董事长|总经理|秘书长|专员|司长|处长|科长|站长"
    "|理事长|总裁|社长|总编辑|主编|教授|研究员|院士|记者|通讯员|评论员|作者"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤殷施蓝鲁柳岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧阳甄项曲成游裴席卫查屈鲍位"
    "霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来"
    "嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓬信阎严易乔常尚洪俞倪"
)
_HAN_NAME = "[\u4e00-\u9fff]"
_NAME = (
    f"(?:{_HAN_NAME}{{2,4}}|{_HAN_NAME}(?:[ \u3000]{{1,4}}{_HAN_NAME}){{1,3}}|{_HAN_NAME}{{1,7}}(?:\u00b7|\u2022"
    f"|\u30fb){_HAN_NAME}{{1,9}})"
)
_BYLINE = pattern(
    f"(?:.{{0,36}}(?:{_OFFICES})(?:[ \u3000\uff1a:]+{_NAME}(?:[ \u3000\u3001]+{_NAME}){{0,4}}"
    f"|(?=[{_SURNAMES}]){_HAN_NAME}{{2,3}}))"
)
_NAME_ALONE = pattern(f"{_HAN_NAME}(?:[ \u3000]{{1,4}}{_HAN_NAME}){{1,3}}|(?=[{_SURNAMES}]){_HAN_NAME}{{2,3}}")
_DATE = (
    "(?:(?:19|20)[0-9]{2}|[〇零○一二三四五六七八九]{4})年[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十"
    "]{1,3}日"
)
_MEETING = "(?:会议?|大会|全会|论坛|仪式|座谈会|典礼|年会|峰会)"
_SPEECH = pattern(
    f"(?:{_DATE}.{{0,8}})?在.{{2,50}}{_MEETING}(?:.{{0,12}}会议)?(?:上|开幕式上|闭幕式上)(?:的(?:讲话|报告|致辞"
    f"|发言|演讲))?|{_DATE}.{{0,10}}{_MEETING}.{{0,10}}"
)
_HISTORY = pattern(
    f"^[\uff08(]?{_DATE}.{{0,200}}(?:通过|公布|发布|修订|修正|修改|批准|施行|实施|令第|废止|起|决定\u300b)"
)
_DASHED = pattern("^(?:\u2014\u2014?|--|\u2e3a)\\s*")
_BY = pattern("^(?:撰?文|图文|作者|记者)[ \u3000]*[/\uff0f|\uff5c:\uff1a][ \u3000]*")
_AROUND = "\uff08\uff09()\u3010\u3011[] \u3000"
_STAMPED = pattern("(.{4,}?)[ \u3000\t]+((?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?: [0-9:]{4,8})?)")
_BRACKETED = pattern("[\uff08(].{1,80}[\uff09)]")
_TITLE_END = pattern(
    "(?:报告|条例|规定|办法|意见|通知|公告|通告|决定|细则|解释|方案|规划|纲要|要点|讲话|致辞|贺信|公报|决议|批复"
    "|函|令|命令|议案|纪要|通报|请示|答复|说明|章程|规则|准则|标准|制度|措施"
    "|指南|法|法典|宪法|计划|工作总结|总结|宣言|声明|倡议书|协定|公约|白皮书|年鉴|年报|清单|目录"
    "|名单)(?:[\uff08(].{1,30}[\uff09)])*$"
)
_BROKEN = pattern("(?:的|和|与|及|暨|\u3001|关于)$|(?:院|部|会|府|局|厅|委|署|办|办公室|政府|省|市|县|区)$")
_OPENED = pattern("关于|\u300a[^\u300b]*$")
"""What a title begins and has to end: its matter (the end names the kind of paper), a name in book-title marks."""
_SITE = pattern("(?:网|网站|门户|门户网|频道|栏目|政府|在线|客户端|公众号)$")
_LETTERHEAD = pattern(".{4,40}文件")
_STOPS = "\u3002\uff01\uff1f\uff1b"
_BULLETS = "\u2022\u00b7\u25a0\u25cf\u25aa\u25c6* \u3000\t\u00a0"

_LONGEST_TITLE = 150
_DEEPEST = 80
"""Lines before the body at most: pages with all their menus have no more."""


def front(draft: Draft) -> None:
    """Labels what stands before the body.

    `洪山镇政府工作报告` -> title, `来源` U+FF1A `北京日报` -> meta, `北京市市长 殷勇` -> byline,
    `各位代表` U+FF1A -> salutation.
    """
    titled = next((at for at, unit in enumerate(draft.units) if unit.role == "title"), -1)
    units = [u for u in draft.units[titled + 1 :] if u.text and (u.role == "heading" or (u.plain and not u.role))]
    zone = _zone(units, titled >= 0)
    rest = [unit for unit in zone if not _formed(draft, unit, zone, titled >= 0) and _could_be_title(unit.text)]
    if titled >= 0:
        _repeats(rest, key(draft.units[titled].text))
        return
    title = _title(draft, rest)
    if title is not None:
        _around(draft, title, rest)


def _could_be_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and text[-1] not in "\u3002\uff1b\uff0c\uff1a" and not _is_sentence(text)


def _zone(units: list[Unit], titled: bool) -> list[Unit]:
    """The units before the body: up to a salutation, or to the first mark or sentence.

    Up to three sentences may stand above a salutation: a summary, a slogan.
    """
    sentences = 0
    end: int | None = None
    for at, unit in enumerate(units[:_DEEPEST]):
        text = unit.text
        if (at or titled) and _is_salutation(text):
            return units[: at + 1]
        if _is_sentence(text) and not fields.pairs(text) and not _HISTORY.match(simplified(text)):
            end = at if end is None else end
            sentences += 1
            if sentences > 3 or len(text) > 120:
                break
        elif (unit.mark and not _is_subtitle(text, at > 0 or titled)) or (titled and unit.role == "heading"):
            end = at if end is None else end
            break
    if end is None:
        return units if len(units) <= _DEEPEST else units[:1]
    return units[:end]


def _is_salutation(text: str) -> bool:
    if len(text) > 80 or text[-1] not in ":\uff1a" or fields.pairs(text.strip(_BULLETS)):
        return False
    return bool(_SALUTATION.fullmatch(simplified(text)))


def _is_sentence(text: str) -> bool:
    return len(text) > 15 and (text[-1] in _STOPS or text[-1] == "." or "\u3002" in text[:-1])


def _is_subtitle(text: str, titled: bool) -> bool:
    bare = simplified(_DASHED.sub("", text).strip("\uff08\uff09() "))
    speech = _SPEECH.match(bare)
    return bool(speech and speech.end() >= len(bare) - 24) or (
        titled and bool(_DASHED.match(text)) and text[-1] not in _STOPS
    )


def _formed(draft: Draft, unit: Unit, zone: list[Unit], titled: bool) -> bool:
    """Labels a unit that has a form of its own; whether it has.  titled: the title stands above."""
    text = unit.text
    titled = titled or unit is not zone[0]
    bare = text.strip(_BULLETS)
    if unit.role == "heading":
        return False
    if unit is zone[-1] and _is_salutation(text):
        unit.role = "salutation"
    elif found := fields.pairs(bare):
        unit.role = "meta"
        _know(draft, found, zone[zone.index(unit) + 1 :])
    elif unit.role == "meta":
        pass  # the value of the line before
    elif fields.is_date(bare):
        _date(draft, unit, bare)
    elif fields.is_document_number(bare):
        unit.role = "meta"
        draft.know(document_number=bare)
    elif _HISTORY.match(simplified(text)) and "会议上" not in text:
        unit.role = "dateline"
    elif _is_subtitle(text, titled):
        unit.role = "subtitle"
        _subtitle(draft, _DASHED.sub("", text).strip("\uff08\uff09() "))
    elif titled and _byline(bare):
        unit.role = "byline"
        draft.know(author=_BY.sub("", _DASHED.sub("", bare).strip(_AROUND)))
    return unit.role is not None


def _date(draft: Draft, unit: Unit, text: str) -> None:
    """A date of its own: the page's, where a machine wrote it; else the day of the speech or the signing."""
    if fields.is_stamp(text):
        unit.role = "meta"
        draft.know(published=fields.iso_date(text))
    else:
        unit.role = "dateline"


def _subtitle(draft: Draft, text: str) -> None:
    """The subtitle without dash and brackets; a byline that follows it on the line is the author."""
    speech = _SPEECH.match(simplified(text))
    tail = text[speech.end() :].strip("\uff08\uff09() \u3000") if speech else ""
    if tail and speech and _byline(tail):
        draft.know(author=tail)
        text = text[: speech.end()]
    draft.know(subtitle=text)


def _byline(text: str) -> bool:
    bare = _BY.sub("", simplified(_DASHED.sub("", text).strip(_AROUND)))
    return bool(_BYLINE.fullmatch(bare) or _NAME_ALONE.fullmatch(bare))


# --- Metadata lines ---------------------------------------------------------------------------------------------

_ORGAN = pattern("(?:报|网|社|台|刊|志|厅|局|办|府|委|会|室|部|院|处|中心|频道|端|号|公司|大学|新华|在线)$")


def _know(draft: Draft, found: list[tuple[str, str]], following: Sequence[Unit]) -> None:
    """Puts pairs into the metadata; a key without a value may have it on the next line."""
    for position, (word, said) in enumerate(found):
        if not said and position == len(found) - 1 and following:
            said = _next_value(word, following)
        if not said:
            continue
        field = fields.field_of(word)
        if field is not None:
            draft.know(**{field: fields.value_of(field, said)})
        elif word in ("标题", "名称", "信息名称", "文件名称", "文件标题", "信息标题"):
            draft.know(title=said)
        elif fields.kept(word):
            draft.know_more(word, said)


def _next_value(word: str, following: Sequence[Unit]) -> str:
    """The value of a key that stands alone, where the next line can be one; labels that line."""
    unit = following[0]
    text = unit.text.strip(_BULLETS)
    within = len(following) > 1 and bool(fields.pairs(following[1].text.strip(_BULLETS)))  # keys on both sides
    if unit.role is not None or fields.pairs(text) or unit.mark or _is_salutation(text) or _is_subtitle(text, True):
        return ""
    field = fields.field_of(word)
    if field == "published":
        fits = fields.iso_date(text) is not None and len(text) <= 40
    elif field == "document_number":
        fits = fields.is_document_number(text)
    elif field == "source":
        fits = len(text) <= 30 and (within or bool(_ORGAN.search(text)))
    elif field in ("editor", "author"):
        fits = len(text) <= 8 and bool(_NAME_ALONE.fullmatch(text))
    elif field == "index_number":
        fits = bool(re.fullmatch("[!-~]{4,60}", text))
    else:
        fits = len(text) <= 40 and ((within and field is not None) or bool(_ORGAN.search(text)))
    if fits:
        unit.role = "meta"
    return text if fits else ""


# --- The title --------------------------------------------------------------------------------------------------


def _title(draft: Draft, rest: list[Unit]) -> Unit | None:
    """The best of the lines that have no form of their own, with the line it goes on in."""
    while rest:
        at = _best(draft, rest)
        if not _joined(draft, rest, at):
            title = rest[at]
            title.role, title.level = "title", 0
            _know_title(draft, title.text)
            return title
    return None


def _best(draft: Draft, rest: list[Unit]) -> int:
    """Which line is the title: the one the page names, or that is worded like a title, or said twice, or the first."""
    known = key(draft.metadata.title or "")
    keys = [key(unit.text) for unit in rest]
    scores: list[int] = []
    for at, unit in enumerate(rest):
        score = 8 if known and keys[at] == known else 0
        stamped = _STAMPED.fullmatch(unit.text)
        worded = _TITLE_END.search(simplified(stamped[1] if stamped else unit.text))
        score += (3 if len(keys[at]) > 5 else 1) if worded else 0  # a short one may be the name of a column
        score += 2 if keys.count(keys[at]) > 1 else 0
        score += 2 if at == 0 else 0
        score += 2 if unit.role == "heading" and unit.level == 1 else 0
        score -= 4 if len(keys[at]) < 3 or _SITE.search(unit.text) or _LETTERHEAD.fullmatch(unit.text) else 0
        score -= 3 if _BRACKETED.fullmatch(unit.text) else 0
        scores.append(score)
    return scores.index(max(scores))


def _joined(draft: Draft, rest: list[Unit], at: int) -> bool:
    """Joins a title broken over two lines: the first stops where no title ends, the second ends like one."""
    if RULE in draft.skip or draft.document.source.media_type != "text/plain":
        return False
    for first in (at - 1, at):
        if first < 0 or first + 1 >= len(rest) or rest[first].last + 1 != rest[first + 1].first:
            continue
        one, two = rest[first], rest[first + 1]
        ends = _TITLE_END.search(simplified(two.text)) and key(one.text) not in key(two.text)
        if one.plain and two.plain and _breaks(one.text) and ends:
            draft.join(one, two, "", RULE)
            del rest[first + 1]
            return True
    return False


def _breaks(text: str) -> bool:
    plain = simplified(text)
    broken = bool(_BROKEN.search(text) or _OPENED.search(plain))
    return broken and not _TITLE_END.search(plain) and not _LETTERHEAD.fullmatch(text)


def _know_title(draft: Draft, text: str) -> None:
    """The title; where it carries the occasion of a speech behind a dash or in brackets, that is the subtitle."""
    dated = _STAMPED.fullmatch(text)
    if dated:
        text = dated[1]
        draft.know(published=fields.iso_date(dated[2]))
    found = re.fullmatch("(.{2,}?)(?:\u2014\u2014|[\uff08(])(.+?)[\uff09)]?", text)
    if found and _SPEECH.fullmatch(found[2]):
        draft.know(title=found[1], subtitle=found[2])
    else:
        draft.know(title=text)


def _around(draft: Draft, title: Unit, rest: list[Unit]) -> None:
    """What else stands before the body: the title again, the site's own lines, names, and lines of a law's history."""
    said = key(title.text)
    position = rest.index(title)
    before, after = rest[:position], rest[position + 1 :]
    for unit in before:
        if unit.role is not None:
            continue
        if _LETTERHEAD.fullmatch(unit.text):
            unit.role = "meta"
            draft.know(issuing_body=unit.text.removesuffix("文件"))
        elif len(before) > 1 or _SITE.search(unit.text) or key(unit.text) in said:
            unit.remove("repeats the title" if key(unit.text) == said else "navigation")
    _repeats(after, said)
    history = any(unit.role == "dateline" for unit in draft.units)
    for unit in after:
        if unit.role is None and _BRACKETED.fullmatch(unit.text):
            unit.role = "subtitle"
        elif (
            unit.role is None
            and history
            and len(unit.text) <= 20
            and unit.text.endswith(("公布", "发布", "施行", "部", "署", "局", "委", "院", "会"))
        ):
            unit.role = "dateline"


def _repeats(units: list[Unit], said: str) -> None:
    """The title said again, on one line or over several."""
    for at in range(len(units)):
        whole = ""
        for end in range(at, min(at + 4, len(units))):
            whole += key(units[end].text)
            if whole == said:
                for unit in units[at : end + 1]:
                    unit.remove("repeats the title")
                return
