"""Papers of Taiwan, and of Hong Kong and Macau where they are written alike.

Statutes: Central Regulation Standard Act, articles 8 and 9 (part, chapter, section, subsection, item; article,
paragraph, subparagraph).  Letters: Act on the Form of Official Documents (公文程式條例) and the Executive Yuan's
handbook of documents (文書處理手冊, 16 to 19): a letter, a notice and an order, with subject, grounds and details.
"""

from __future__ import annotations

from ..zh.rows import Rows
from .lines import Country, PaperLine

_S = "[ \t\u00a0\u3000]*"
_N = f"第{_S}(?:[0-9\uff10-\uff19]{{1,4}}|[一二三四五六七八九十百千零\u3007 \u3000]{{1,9}}){_S}"
_BEFORE_NAME = "[ \t\u00a0\u3000]|[^的及或至所規定\u3001\uff0c\u3002]|$"
_AFTER = f"(?:{_S}之{_S}[0-9一二三四五六七八九十]{{1,3}})?(?={_BEFORE_NAME})"
_COLON = "[:\uff1a]"


def _spaced(word: str) -> str:
    """A word whose characters stand apart, as labels of equal width have it."""
    return _S.join(word)


_LABELS = (
    "檔號 保存年限 機關地址 地址 聯絡地址 承辦人 承辦單位 聯絡人 聯絡方式 聯絡電話 電話 傳真 電子信箱"
    " 電子郵件 速別 附件"
)
_FIELDS = "|".join(map(_spaced, _LABELS.split()))
_H = "一二三四五六七八九十"
_DATED = f"(?:中華)?民國[ 0-9{_H}百零\u3007元]{{1,9}}年[ 0-9{_H}]{{1,5}}月[ 0-9{_H}]{{1,5}}日"
_ROC_DAY = f"(?:(?:中華)?民國)?[0-9]{{2,3}}年{_S}[0-9]{{1,2}}月{_S}[0-9]{{1,2}}日"
_PAPERS = "書函|函|令|公告"
_DONE = "訂定|制定|修正|公布|發布|核定|施行|生效"
_OFFICES = (
    "(?:代理?|兼)?(?:總統|院長|部長|局長|署長|處長|市長|縣長|鄉長|鎮長|區長|主任委員|主任|校長|館長|"
    "所長|司長|司令"
    "|秘書長|人事長|主計長|會長|理事長|董事長|總經理|召集人|行政長官)"
)

STATUTE: Rows[PaperLine] = Rows(
    PaperLine("division", 1, f"{_N}編{_AFTER}", "第 一 編 總則"),
    PaperLine("division", 2, f"{_N}章{_AFTER}", "第 一 章 總則"),
    PaperLine("division", 3, f"{_N}節{_AFTER}", "第 二 節 送達"),
    PaperLine("division", 4, f"{_N}款{_S}[^\u3001\uff0c\u3002]{{1,20}}$", "第 一 款 通則"),
    PaperLine("division", 5, f"{_N}目{_S}[^\u3001\uff0c\u3002]{{1,20}}$", "第 一 目 通則"),
    PaperLine("article", 0, f"{_N}條{_AFTER}", "第 12 條"),
    PaperLine("supplement", 0, f"附{_S}則$|附{_S}[表錄件]{_S}[一二三四五六七八九十0-9]{{0,3}}$", "附 則"),
    PaperLine(
        "history",
        0,
        f"(?:修正日期|公布日期|公發布日|發布日期|異動日期){_COLON}{_S}(?P<date>{_DATED})",
        "修正日期\uff1a民國 96 年 03 月 21 日",
    ),
    PaperLine(
        "history",
        0,
        f"(?P<date>{_DATED}).{{0,80}}(?:{_DONE}).{{0,40}}$",
        "中華民國109年7月1日府授人考字第109015號函訂定",
    ),
)

LETTER: Rows[PaperLine] = Rows(
    PaperLine(
        "head",
        0,
        f"(?P<issuer>[\u4e00-\u9fff]{{2,30}}(?:[ \t\u00a0\u3000]|[部府署局院處會所校學心司行庫]))[ \t\u00a0\u3000]*"
        f"(?:書函|函|公告|令|開會通知單|會勘通知單|"
        f"書函稿|函稿)(?:{_S}[\uff08(].{{1,6}}[\uff09)])?$",
        "財政部 函",
    ),
    PaperLine("addressee", 0, f"(?:{_spaced('受文者')}){_COLON}", "受文者\uff1a各縣市政府"),
    PaperLine(
        "field",
        0,
        f"{_spaced('發文日期')}{_COLON}{_S}(?P<date>.{{0,30}})",
        "發文日期\uff1a中華民國113年5月6日",
    ),
    PaperLine(
        "field",
        0,
        f"{_spaced('發文字號')}{_COLON}{_S}(?P<issuer>[\u4e00-\u9fff]{{2,20}}?)(?P<roc>{_ROC_DAY})(?P<number>.{{2,30}}號(?:{_PAPERS})?)$",
        "發文字號\uff1a中央銀行業務局111年12月22日台央業字第1110046644號函",
    ),
    PaperLine(
        "field",
        0,
        f"(?P<issuer>[\u4e00-\u9fff]{{2,20}})[ \t\u3000]+"
        "(?P<roc>[0-9]{2,3}\\.[0-9]{1,2}\\.[0-9]{1,2})\\.?[ \t\u3000]+"
        f"(?P<number>[\u4e00-\u9fff\uff08-\uff09()]{{1,12}}字第[0-9A-Z]{{1,14}}號(?:{_PAPERS})?)$",
        "交通部 115.09.18.  交運字第11550128111號公告",
    ),
    PaperLine(
        "field",
        0,
        f"{_spaced('發文字號')}{_COLON}{_S}(?P<number>.{{0,40}})",
        "發文字號\uff1a台財稅字第11300123450號",
    ),
    PaperLine("field", 0, f"(?:{_FIELDS}){_COLON}", "速別\uff1a普通件"),
    PaperLine("field", 0, f"密等及解密條件(?:或保密期限)?{_COLON}", "密等及解密條件或保密期限\uff1a"),
    PaperLine(
        "subject",
        0,
        f"(?P<run>{_S}(?:主{_S}旨|依{_S}據|說{_S}明|辦{_S}法|擬{_S}辦|公{_S}告{_S}事{_S}項|事{_S}由|"
        f"案{_S}由){_COLON}){_S}\\S",
        "主旨\uff1a請查照\u3002",
    ),
    PaperLine(
        "part",
        0,
        f"(?:說{_S}明|依{_S}據|辦{_S}法|擬{_S}辦|公{_S}告{_S}事{_S}項|經{_S}過|原{_S}因){_COLON}?$",
        "公告事項\uff1a",
    ),
    PaperLine("copies", 0, f"(?:正{_S}本|副{_S}本|抄{_S}本|抄{_S}送){_COLON}", "副本\uff1a本部賦稅署"),
    PaperLine("day", 0, f"(?P<date>中{_S}華{_S}民{_S}國.{{2,30}}日)$", "中 華 民 國 113 年 5 月 6 日"),
    PaperLine(
        "signer",
        0,
        f"{_OFFICES}[ \t\u00a0\u3000]*[\u4e00-\u9fff\u25cb\u3007\u3000 ]{{2,8}}(?:{_S}[\uff08(].{{1,8}}[\uff09)])?$",
        "部長 王\u25cb\u25cb",
    ),
)

TAIWAN = Country(
    STATUTE,
    LETTER,
    (
        frozenset({"subject", "field"}),
        frozenset({"subject", "part"}),
        frozenset({"subject", "addressee"}),
        frozenset({"head", "field"}),
    ),
    "",
    "",
)
