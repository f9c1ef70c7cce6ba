"""The elements of an official document by their words (GB/T 9704-2012, 7 and 10): what stands above its title, whom it
is for, and what stands at its end."""

from __future__ import annotations

import re
from typing import NamedTuple

from .forms import is_number, leading_number
from .organs import ends_like_office, is_organ
from .patterns import pattern

FIELDS = {
    "份号": "copy_number",
    "密级": "security",
    "密级和保密期限": "security",
    "紧急程度": "urgency",
    "缓急": "urgency",
    "发文机关标志": "issuing_mark",
    "签发人": "signer",
    "主送": "recipients",
    "主送机关": "recipients",
    "附注": "public_note",
    "抄送": "copy_to",
    "抄送机关": "copy_to",
    "印发机关": "printing_body",
    "印发日期": "printing_date",
}
"""The field of the metadata that each of the standard's own words says."""

_SECURITY = pattern("(?:绝密|机密|秘密)(?:[\u2605*].{0,8})?")
_URGENCY = pattern("特急|加急|特提|平急|急件")
_COPY_NUMBER = pattern("(?:[№\u2116] ?)?0*[0-9]{1,6}")
_SIGNERS = pattern(
    "签[ \u3000]*发[ \u3000]*人[:\uff1a][ \u3000]*([\u4e00-\u9fff\u00b7][\u4e00-\u9fff\u00b7 \u3000\u3001]{1,40})"
)
_PUBLIC = pattern(
    "[\uff08(](?:此件|本件|此文)?.{0,4}(?:依申请公开|主动公开|不予公开|不公开|公开发布|删减后公开|公开)[^\uff09)]{0,12}[\uff09)]"
)
_COPIED = pattern("((?:抄[ \u3000]*[送报]|主[ \u3000]*送|分[ \u3000]*送|报[ \u3000]*送)[:\uff1a])(.{1,600})")
_PRINTED = pattern(
    "(.{2,40}?)[ \u3000\u00a0\t]+((?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日"
    "|[\u3007零一二三四五六七八九十]{4}年.{2,6}日)[ \u3000]*印[ \u3000]?发"
)
_ATTENDED = pattern("(?:出席|列席|请假|缺席|参加|主持|记录)(?:人员|单位|会议)?[:\uff1a].{1,400}")
_ANNEX = pattern(
    "附[ \u3000]{0,4}件[ \u3000]?(?:[0-9\uff10-\uff19]{1,3}(?:[-\u2014][0-9]{1,2})?"
    "|[一二三四五六七八九十]{1,3})?[:\uff1a]?"
)
_SPOKEN_TO = pattern(
    "(?:各位|同志|朋友|同学|代表(?!团|处|大会)|委员(?!会)|女士|先生|来宾|嘉宾|乡亲|父老|家长|网友|领导(?!小组)|老师|师生"
    "|主席(?!团)|书记(?!处)|部长|院长|校长|您|你|亲爱|尊敬)"
)
_ADDRESSED = pattern(
    "(?:.{0,40}(?:各|单位|部门|机构|直属|有关|企业|部队|团体|院校|学校|镇|乡|街道|开发区|大队|支队|总队|支行|分行|会员|人民政府))"
)
_PARTS = pattern("[\uff0c,\u3001;\uff1b]")
_LETTERHEAD = "文件"
_DATE = pattern("(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日")
_APART = pattern("[ \u3000\u00a0\t]{2,}")


class Printed(NamedTuple):
    """Who printed a document, and when."""

    body: str
    date: str


def classified(line: str) -> str:
    """The field that a line above the mark of the issuing body says: `copy_number`, `security`, `urgency` or nothing.

    >>> classified("机密★1年"), classified("特急"), classified("000001"), classified("工作通知")
    ('security', 'urgency', 'copy_number', '')
    """
    for field, form in (("security", _SECURITY), ("urgency", _URGENCY), ("copy_number", _COPY_NUMBER)):
        if form.fullmatch(line):
            return field
    return ""


def signers(line: str) -> tuple[str, ...]:
    """Who signs a document that goes up, in order.  A name of two characters may be spaced.

    >>> signers("甲交字〔2021〕5号　　签发人\uff1a王建国　李  明")
    ('王建国', '李明')
    """
    found = _SIGNERS.search(line)
    if found is None:
        return ()
    names: list[str] = []
    for piece in re.split("[ \u3000\u3001]+", found[1].strip()):
        if names and len(piece) == 1 and len(names[-1]) == 1:
            names[-1] += piece
        elif piece:
            names.append(piece)
    return tuple(names)


def is_issuing_mark(line: str) -> bool:
    """The line is what an office prints at the head of its documents: its name, with `文件` or alone.

    >>> is_issuing_mark("甲县人民政府文件"), is_issuing_mark("来源\uff1a甲县人民政府网站")
    (True, False)
    """
    name = line.strip()
    if ":" in name or "\uff1a" in name:
        return False  # a label of the page's
    if name.endswith(_LETTERHEAD):
        return len(name) <= 60
    return len(name) <= 40 and not _PARTS.search(name) and is_organ(name)


def is_numbered(line: str) -> bool:
    """The line is the number of a document, or begins with it."""
    return is_number(line) or bool(leading_number(line))


def is_recipients(line: str) -> bool:
    """A line that ends in a colon names the bodies that a document goes to, and is no greeting.

    >>> is_recipients("各乡镇人民政府\uff0c县直各部门\uff1a"), is_recipients("各位代表\uff1a")
    (True, False)
    """
    if line[-1:] not in ("\uff1a", ":") or len(line) > 300 or _SPOKEN_TO.search(line):
        return False
    parts = [part.strip() for part in _PARTS.split(line[:-1]) if part.strip()]
    named = [part for part in parts if ends_like_office(part) or is_organ(part) or _ADDRESSED.match(part)]
    return bool(parts) and len(named) * 2 > len(parts) and "\u3002" not in line and "如下" not in line


def is_public_note(line: str) -> bool:
    """The note that says whether a document may be made public."""
    return bool(_PUBLIC.fullmatch(line))


def copied_to(line: str) -> str:
    """Whom a document is sent to besides, empty where the line says no such thing."""
    found = _COPIED.fullmatch(line)
    return found[2].strip() if found else ""


def printed(line: str) -> Printed | None:
    """Who printed a document and when.

    >>> printed("甲县人民政府办公室　　2021年6月18日印发")
    Printed(body='甲县人民政府办公室', date='2021年6月18日')
    """
    found = _PRINTED.fullmatch(line)
    return Printed(found[1].strip(), found[2]) if found else None


def is_attendance(line: str) -> bool:
    """The line says who was at a meeting (GB/T 9704-2012, 10.3)."""
    return bool(_ATTENDED.fullmatch(line))


def is_annex_label(line: str) -> bool:
    """The line is the word over an attachment, with its number and without a name.

    >>> is_annex_label("附件2"), is_annex_label("附件\uff1a名单")
    (True, False)
    """
    return bool(_ANNEX.fullmatch(line.strip()))


def is_issuer_line(line: str) -> bool:
    """The line below the number of minutes: who issues them, and the date.

    >>> is_issuer_line("甲县人民政府办公室　　　2021年3月12日")
    True
    """
    parts = bodies(line)
    return len(parts) == 2 and is_organ(parts[0]) and bool(_DATE.fullmatch(parts[1]))


def form_of(title: str, number: str, mark: str, signer: str) -> str:
    """How a document with a letterhead is set, by what stands in it; empty where it has none.

    >>> form_of("关于商请支持的函", "甲教函〔2021〕21号", "甲县教育局", ""), form_of("甲市人民政府令", "第18号", "", "")
    ('letter', 'order')
    """
    if mark:
        if signer:
            return "upward"
        return "letter" if "函" in number and not mark.endswith(_LETTERHEAD) else "general"
    if number and (title.endswith("令") or title.endswith("纪要")):
        return "order" if title.endswith("令") else "minutes"
    return ""


def bodies(line: str) -> tuple[str, ...]:
    """Names that a line sets apart by wide space.

    >>> bodies("甲县人民政府　　　甲县公安局")
    ('甲县人民政府', '甲县公安局')
    """
    return tuple(filter(None, _APART.split(line.strip())))
