"""Papers of Japan.

Statutes as e-Gov and the registers of municipal by-laws print them: divisions, captions in brackets above articles,
articles and their paragraphs, supplementary provisions, appended tables.  Letters as ministries write them
(公用文作成の考え方, 2022): number and date, addressee, sender, title, text, a record (記) and its end (以上).
"""

from __future__ import annotations

from ..zh.rows import Rows
from .lines import Country, PaperLine

_SPACE = "[ \t\u00a0\u2002-\u2005\u3000]"
_S = f"{_SPACE}*"
_D = "[0-9\uff10-\uff19]"
_H = "一二三四五六七八九十百千"
_N = f"第(?:[{_H}]{{1,7}}|{_D}{{1,4}})"
_BRANCH = f"(?:の(?:[{_H}]{{1,3}}|{_D}{{1,3}})){{0,3}}"
_NUMBERED = f"第?[{_H}\u30070-9\uff10-\uff19の]{{1,9}}号"
_KINDS = "法律|政令|勅令|府令|省令|庁令|規則|条例|告示|訓令|訓|規程|要綱|達|憲法|閣令|人事院規則|公告|令"
_ERA = f"(?:明治|大正|昭和|平成|令和)(?:元|[{_H}]{{1,3}}|{_D}{{1,2}})年"
_WEST = f"[12][0-9]{{3}}年{_S}[0-9]{{1,2}}月{_S}[0-9]{{1,2}}日"
_DAY = f"(?:{_WEST}|{_ERA}{_S}(?:[{_H}]{{1,2}}|{_D}{{1,2}})月{_S}(?:[{_H}]{{1,3}}|{_D}{{1,2}})日)"
_OPEN, _CLOSE = "[\uff08(]", "[\uff09)]"

STATUTE: Rows[PaperLine] = Rows(
    PaperLine("contents", 0, f"目{_S}次$", "目次"),
    PaperLine("division", 1, f"{_N}編{_BRANCH}(?:{_SPACE}|$)", "第一編\u3000総則"),
    PaperLine("division", 2, f"{_N}章{_BRANCH}(?:{_SPACE}|$)", "第四章の二\u3000処分等の求め"),
    PaperLine("division", 3, f"{_N}節{_BRANCH}(?:{_SPACE}|$)", "第1節 通則"),
    PaperLine("division", 4, f"{_N}款{_BRANCH}(?:{_SPACE}|$)", "第二款\u3000聴聞"),
    PaperLine("division", 5, f"{_N}目{_BRANCH}(?:{_SPACE}|$)", "第一目\u3000通則"),
    PaperLine("article", 0, f"{_N}条{_BRANCH}(?:{_SPACE}|$)", "第一条\u3000この法律は\u3001"),
    PaperLine("article", 0, f"{_N}条{_BRANCH}から{_N}条{_BRANCH}まで", "第二条から第四条まで\u3000削除"),
    PaperLine("division", 9, f"前{_S}文$", "前文"),
    PaperLine("supplement", 0, f"附{_S}則(?:{_S}{_OPEN}.*{_CLOSE})?(?:{_S}抄)?$", "附\u3000則\u3000抄"),
    PaperLine(
        "annex",
        0,
        f"別(?:表|記|図|紙|記様式|表様式){_S}(?:{_N}|[0-9{_H}]{{1,3}})?{_BRANCH}{_S}(?:{_OPEN}.*{_CLOSE})?$",
        "別表第一\uff08第二条関係\uff09",
    ),
    PaperLine("annex", 0, f"様式{_N}{_BRANCH}{_S}(?:{_OPEN}.*{_CLOSE})?$", "様式第一\uff08第三条関係\uff09"),
    PaperLine(
        "history",
        0,
        f"{_OPEN}(?P<date>{_DAY})(?P<number>(?:.{{0,120}})(?:{_KINDS}){_NUMBERED}){_CLOSE}$",
        "\uff08平成十一年十二月八日法律第百五十号\uff09",
    ),
    PaperLine(
        "history",
        0,
        f"(?:最終)?改正{_S}[:\uff1a\u3000 ]{_S}{_ERA}.{{0,40}}$",
        "最終改正\uff1a平成二三年五月二五日法律第五三号",
    ),
    PaperLine(
        "history",
        0,
        f"{_OPEN}(?P<number>{_ERA}(?:.{{0,20}})(?:{_KINDS}){_NUMBERED}){_CLOSE}$",
        "\uff08令和五年政令第二百二十二号\uff09",
    ),
    PaperLine("history", 0, f"(?P<number>(?:.{{0,12}})(?:{_KINDS}){_NUMBERED})$", "規則第47号"),
    PaperLine("history", 0, f"(?P<date>{_DAY})$", "平成27年12月28日"),
    PaperLine("caption", 8, f"{_OPEN}.{{1,80}}{_CLOSE}$", "\uff08目的\uff09"),
)

LETTER: Rows[PaperLine] = Rows(
    PaperLine(
        "field",
        0,
        f"(?P<number>[0-9]{{0,4}}[\u4e00-\u9fff\u30a0-\u30ff]{{1,12}}第?{_S}{_D}{{1,6}}{_S}(?:第{_S}{_D}{{1,4}}{_S})?"
        f"号(?:の{_D}{{1,2}})?)$",
        "健発0329第5号",
    ),
    PaperLine(
        "field",
        0,
        f"(?![図表式例第別付章節注様])(?P<number>[\u4e00-\u9fff]{{2,4}}{_S}{_D}{{1,3}}{_S}[-\uff0d\u2010\u2212]{_S}{_D}{{1,4}})$",
        "課法4-11",
    ),
    PaperLine("field", 0, f"改正{_S}[:\uff1a\u3000 ]{_S}(?:{_WEST}|{_DAY})$", "改正\u3000平成24年12月19日"),
    PaperLine("field", 0, f"事{_S}務{_S}連{_S}絡$", "事務連絡"),
    PaperLine("field", 0, f"(?P<date>{_DAY})$", "令和\uff16年\uff13月29日"),
    PaperLine("field", 0, f"{_OPEN}{_S}[公官]{_S}印{_S}省{_S}略{_S}{_CLOSE}$", "\uff08公印省略\uff09"),
    PaperLine(
        "addressee",
        0,
        f".{{2,60}}(?:殿|御{_S}中|様|あて|宛て?|各位)$|各位$|あて$|.{{0,2}}各.{{2,50}}{_OPEN}.{{1,20}}{_CLOSE}{_S}(?:殿|御中|様)$",
        "各都道府県知事\u3000殿",
    ),
    PaperLine(
        "head",
        0,
        f"(?!{_S}{_D}).{{4,120}}(?:について|に関する件|の件|のお願い|のお知らせ|のご案内|"
        f"の御案内)(?:{_S}[\uff08(\u3010].{{1,20}}[\uff09)\u3011])?$",
        "学校における働き方改革について\uff08通知\uff09",
    ),
    PaperLine("record", 0, f"記$|{_S}記{_S}$", "記"),
    PaperLine("close", 0, f"(?:以{_S}上|敬{_S}具|敬{_S}白|謹{_S}白|早{_S}々|草{_S}々)$", "以上"),
    PaperLine(
        "copies",
        0,
        "【?(?:本件担当|担当|問合せ先|問い合わせ先|お問い合わせ先|連絡先|本件連絡先|照会先)】?[:\uff1a]?$",
        "【本件担当】",
    ),
    PaperLine(
        "enclosure",
        0,
        f"(?:別添|別紙|添付(?:書類|資料)?|参考)(?:{_D}{{1,2}})?[:\uff1a \u3000].{{1,80}}$",
        "別添\uff1a改正後の要綱",
    ),
)

JAPAN = Country(
    STATUTE,
    LETTER,
    (
        frozenset({"addressee", "head"}),
        frozenset({"addressee", "record"}),
        frozenset({"head", "record", "field"}),
        frozenset({"record", "close"}),
    ),
    f"第(?:{_D}{{1,3}}|[{_H}]{{1,4}})[編章節款]?{_SPACE}|[\u2160-\u216b][ \t\u3000]|"
    f"{_D}{{1,2}}[ \t\u3000.\uff0e]{{1,2}}|{_OPEN}{_D}{{1,2}}{_CLOSE}{_SPACE}",
    f"(?:[{_H}]{{1,5}}(?:の[{_H}]{{1,3}})?|{_D}{{1,3}}|[イロハニホヘトチリヌルヲ])(?:{_SPACE}|"
    f"(?:及び|から)[{_H}])|{_OPEN}{_D}{{1,2}}{_CLOSE}",
    True,
    parts=f"[イロハニホヘト一二三四五六七八九十]{_SPACE}",
    printed=True,
    captions=f"{_OPEN}[^\uff08\uff09()].{{1,100}}{_CLOSE}$",
)
