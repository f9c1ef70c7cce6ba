"""Papers of Taiwan, and of Hong Kong and Macau where they are written alike.

Statutes: Central Regulation Standard Act, articles 8 and 9 (part, chapter, section, subsection, item; article,
paragraph, subparagraph).  Letters: Act on the Form of Official Documents (公文程式條例) and the Executive Yuan's
handbook of documents (文書處理手冊, 16 to 19): a letter, a notice and an order, with subject, grounds and details.
"""

from __future__ import annotations

from ..zh.rows import Rows
from .lines import Country, PaperLine

_S = "[ \t\u00a0\u3000]*"
_N = f"第{_S}(?:[0-9\uff10-\uff19]{{1,4}}(?:-[0-9]{{1,2}})?|[一二三四五六七八九十百千零\u3007 \u3000]{{1,9}}){_S}"
_BEFORE_NAME = "[ \t\u00a0\u3000]|[^的之及或至所規定條\u3001\uff0c\u3002]|$"
_AFTER = f"(?:{_S}之{_S}[0-9一二三四五六七八九十]{{1,3}})?(?={_BEFORE_NAME})"
_COLON = "[:\uff1a]"


def _spaced(word: str) -> str:
    """A word whose characters stand apart, as labels of equal width have it."""
    return _S.join(word)


_LABELS = (
    "檔號 保存年限 機關地址 地址 聯絡地址 承辦人 承辦單位 聯絡人 聯絡方式 聯絡電話 電話 傳真 電子信箱"
    " 電子郵件 速別 附件 受處分人 受處分人姓名或名稱 統一編號 統一號碼 營利事業統一編號 營利事業統一號碼"
    " 代表人或管理人姓名 身分證統一號碼 裁罰時間"
)
_ALONE = "|".join(map(_spaced, ("發文單位", "發文機關", "發文日期", "發文字號", "解釋字號", "解釋日期")))
_FIELDS = "|".join(map(_spaced, _LABELS.split()))
_H = "一二三四五六七八九十"
_DATED = f"(?:中華)?民國[ 0-9{_H}百零\u3007\u25cb元]{{1,9}}年[ 0-9{_H}]{{1,5}}月[ 0-9{_H}]{{1,5}}日"
_ROC_DAY = f"(?:(?:中華)?民國)?[0-9]{{2,3}}年{_S}[0-9]{{1,2}}月{_S}[0-9]{{1,2}}日"
_PAPERS = "書函|函|令|公告"
_PARTS = (
    "說明 依據 辦法 擬辦 公告事項 經過 原因 事實 理由 事實及理由 理由及法令依據 法令依據 繳款方式 注意事項"
    " 救濟方式 附註"
)
_PART = "|".join(map(_spaced, _PARTS.split()))
_DAY_SAID = f"(?:{_DATED}|[0-9]{{2,3}}{_S}年{_S}[0-9]{{1,2}}{_S}月{_S}[0-9]{{1,2}}{_S}日)"
_DONE = "訂定|制定|修正|公布|發布|核定|施行|生效"
_OFFICES = (
    "(?:[\u4e00-\u9fff]{0,8}[部院府會署司局處市縣])?(?:代理?|兼)?(?:總統|院長|部長|局長|署長|處長|市長|縣長|鄉長|鎮長|區長|主任委員|主任|校長|館長|"
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
        "stamp",
        0,
        f"(?:修正日期|公布日期|公發布日|發布日期|異動日期){_COLON}{_S}(?P<date>{_DATED})",
        "修正日期\uff1a民國 96 年 03 月 21 日",
    ),
    PaperLine(
        "head",
        0,
        f"(?:法規名稱|法規名稱全稱){_COLON}{_S}(?P<titled>.{{2,60}})$",
        "法規名稱\uff1a見本管理辦法",
    ),
    PaperLine(
        "head",
        0,
        f"(?P<title>[^\uff0c\u3002]{{2,60}}?){_S}[\uff08(]{_S}(?P<date>{_DAY_SAID}){_S}(?:{_DONE})?[\uff09)]$",
        "見本管理辦法\uff08民國 109 年 06 月 08 日修正\uff09",
    ),
    PaperLine(
        "field",
        0,
        f"(?:法規類別|法規性質|法規體系|生效狀態|發文字號){_COLON}|\u203b本法規",
        "法規類別\uff1a行政\uff1e內政部",
    ),
    PaperLine("changes", 0, f"(?:歷史|立法|修正|法規)?{_spaced('沿革')}{_COLON}?$", "沿革"),
    PaperLine(
        "amended",
        0,
        f"[0-9]{{1,2}}[.\uff0e]{_S}(?P<date>{_DATED}).{{2}}",
        "1.中華民國九十年十二月三十一日內政部令訂定發布全文 8 條",
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
    PaperLine(
        "order",
        0,
        f"第{_S}[0-9]{{1,4}}/[12][0-9]{{3}}{_S}號{_S}(?:行政命令|行政法規|法律|[\u4e00-\u9fff]{{2,12}}批示)$",
        "第12/2023號行政長官批示",
    ),
    PaperLine("addressee", 0, f"(?:{_spaced('受文者')}){_COLON}", "受文者\uff1a各縣市政府"),
    PaperLine("label", 0, f"(?:{_ALONE}){_COLON}$", "發文單位\uff1a"),
    PaperLine(
        "field",
        0,
        f"{_spaced('發文日期')}{_COLON}{_S}(?P<date>{_DATED}){_S}{_spaced('發文字號')}{_COLON}{_S}(?P<number>.{{4,30}}?號)",
        "發文日期\uff1a中華民國113年5月6日發文字號\uff1a台財稅字第11300123450號附件\uff1a",
    ),
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
        f"(?P<run>{_S}(?:主{_S}旨|事{_S}由|案{_S}由|{_PART}){_COLON}){_S}\\S",
        "主旨\uff1a請查照\u3002",
    ),
    PaperLine(
        "part",
        0,
        f"(?:{_PART}|{_spaced('要旨')}){_COLON}?$",
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

_COURTS = "民事 刑事 行政 家事 懲戒 智慧財產 行政訴訟 簡易 小額"
_JUDGED = (
    f"(?:{'|'.join(_COURTS.split())}){{0,2}}(?:宣示)?(?:判決|裁定)(?:書)?|(?:訴願|復審|再申訴|申訴)(?:審議)?決定書"
)
_NAMED = "[\u4e00-\u9fff\u25cb\u3007\uff2f]"
_HEARD = (
    "原告 被告 上訴人 被上訴人 抗告人 相對人 聲請人 再審原告 再審被告 參加人 訴願人 復審人 再申訴人 申訴人 原處分機關"
    " 代表人 法定代理人 訴訟代理人 代理人 選任辯護人 指定辯護人 輔佐人 共同 兼訴訟代理人 共同訴訟代理人 公訴人 告訴人"
)
_JUDGES = "審判長法官 法官 書記官 檢察官 司法事務官 主任委員 副主任委員 訴願審議委員會主任委員 委員"

_CAUSES = ("主文", "事實", "理由", "事實及理由", "犯罪事實", "犯罪事實及理由", "犯罪事實及證據")
_PARTS_HEARD = f"(?:{'|'.join(map(_spaced, _CAUSES))})"

DECISION: Rows[PaperLine] = Rows(
    PaperLine(
        "head",
        0,
        f"(?P<issuer>[\u4e00-\u9fff]{{3,20}}?)[ \t\u3000]+(?P<roc>[0-9]{{2,3}}\\.[0-9]{{1,2}}\\.[0-9]{{1,2}})\\.?{_S}"
        f"(?P<number>[\u4e00-\u9fff]{{1,12}}第{_S}[0-9]{{4,14}}{_S}號){_S}(?:{_JUDGED})$",
        "若葉市政府 114.04.29 府訴三字第 1146081668 號訴願決定書",
    ),
    PaperLine(
        "head",
        0,
        f"(?P<issuer>[\u4e00-\u9fff]{{3,20}}?(?:法院|委員會|政府|部|會|院)){_S}(?:{_JUDGED})"
        f"(?:[ \t\u3000]+(?P<number>(?:[0-9]{{2,3}}|[{_H}\u25cb]{{2,4}}){_S}年度{_S}[\u4e00-\u9fff]{{1,8}}字第{_S}"
        f"(?:[0-9]{{1,6}}|[{_H}\u25cb]{{1,7}}){_S}號))?$",
        "臺灣若葉地方法院民事判決 113年度訴字第28號",
    ),
    PaperLine(
        "field",
        0,
        f"(?P<number>[0-9]{{2,3}}{_S}年度{_S}[\u4e00-\u9fff]{{1,8}}字第{_S}[0-9]{{1,6}}{_S}號)$",
        "113年度上字第28號",
    ),
    PaperLine("field", 0, f"(?:裁判字號|裁判日期|裁判案由|案由摘要){_COLON}", "裁判案由\uff1a損害賠償"),
    PaperLine("part", 0, f"{_PARTS_HEARD}$", "主 文"),
    PaperLine(
        "party",
        0,
        f"(?:即{_S})?(?:{'|'.join(map(_spaced, _HEARD.split()))})(?:[ \t\u3000\uff1a]|即|兼|$)",
        "原 告 王\u25cb\u25cb",
    ),
    PaperLine(
        "day",
        0,
        f"(?P<date>中{_S}華{_S}民{_S}國[0-9 \t\u3000年月{_H}百零\u3007\u25cb元]{{5,60}}日)$",
        "中 華 民 國 113 年 5 月 6 日",
    ),
    PaperLine(
        "signer",
        0,
        f"(?:[\u4e00-\u9fff]{{0,6}}第?[{_H}]{{1,3}}庭[ \t\u3000]+)?(?:{'|'.join(map(_spaced, _JUDGES.split()))})"
        f"(?:[ \t\u3000]+{_NAMED}[{_NAMED[1:-1]} \t\u3000]{{1,7}}(?:[\uff08(].{{1,12}}[\uff09)])?)?$",
        "審判長法 官 王\u25cb\u25cb",
    ),
    PaperLine("signer", 0, f"[\u4e00-\u9fff]{{0,6}}第?[{_H}]{{1,3}}庭$|[\u4e00-\u9fff]{{1,6}}簡易庭$", "民事第三庭"),
    PaperLine("attested", 0, "(?:以上|本件)?(?:正本|節本)(?:係照|證明與|與).{0,4}原本", "以上正本係照原本作成\u3002"),
)
"""Decisions of courts and of appeal: who is heard, what is decided, why; Code of Civil Procedure, 226; Administrative
Appeal Act, 89."""

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
    decision=DECISION,
    itemized=True,
)
