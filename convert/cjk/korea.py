"""Papers of Korea.

Statutes as the Ministry of Government Legislation prints them (법령 입안 심사 기준): 편, 장, 절, 관, 조 with its
caption in brackets, 항 in circled numbers, 호, 목, addenda.  Letters by the Regulation on Efficient Administrative
Work (행정업무의 운영 및 혁신에 관한 규정 시행규칙, articles 2 to 4 and form 1): addressee, title, text in 1., 가.,
1), 가), enclosures, `끝.`, sender, number and date.
"""

from __future__ import annotations

from ..zh.rows import Rows
from .lines import Country, PaperLine

_S = "[ \t\u00a0\u3000]*"
_N = "제[ ]?[0-9]{1,4}"
_OF = "(?:의[ ]?[0-9]{1,3})?"
_CAPTION = "\\((?:[^()]|\\([^()]*\\)){1,100}\\)"
_DAY = "[12][0-9]{3}[.년][ ]*[0-9]{1,2}[.월][ ]*[0-9]{1,2}[.일]?"
_COLON = "[:\uff1a]"
_OFFICES = (
    "(?:장관|시장|군수|구청장|도지사|지사|총장|회장|원장|청장|처장|차장|교육감|교육장|교장|소장|관장|"
    "위원장|이사장|대표이사|대표"
    "|대통령|국무총리|총리|의장|본부장|단장|센터장|학회장)"
)

STATUTE: Rows[PaperLine] = Rows(
    PaperLine("contents", 0, f"(?:목{_S}차|차{_S}례)$", "목 차"),
    PaperLine("division", 1, f"{_N}{_S}편{_OF}(?:[ \t\u3000]|$)", "제1편 총칙"),
    PaperLine("division", 2, f"{_N}{_S}장{_OF}(?:[ \t\u3000]|$)", "제1장 총칙"),
    PaperLine("division", 3, f"{_N}{_S}절{_OF}(?:[ \t\u3000]|$)", "제2절 자격"),
    PaperLine("division", 4, f"{_N}{_S}관{_OF}(?:[ \t\u3000]|$)", "제1관 통칙"),
    PaperLine(
        "article",
        0,
        f"(?P<run>{_N}{_S}조{_OF}{_S}{_CAPTION})",
        "제1조(목적) 이 법은 국민의 건강을 증진함을 목적으로 한다.",
    ),
    PaperLine("article", 0, f"{_N}{_S}조{_OF}(?:[ \t\u3000]|$)", "제14조 삭제 <2016.1.22>"),
    PaperLine(
        "supplement",
        0,
        f"(?:펼침{_S})?부{_S}칙{_S}(?:\\(.*\\))?{_S}(?:<.*>|\\[.*\\])?(?:{_S}부칙보기)?$",
        "부칙 <제8716호,2007.12.21>",
    ),
    PaperLine(
        "annex",
        0,
        f"\\[?별{_S}[표지]{_S}(?:제?[0-9]{{1,3}}{_OF}(?:호(?:{_S}서식)?)?)?\\]?(?:{_S}[^.]{{1,60}})?$",
        "[별표 1] 검사의 봉급표",
    ),
    PaperLine("division", 9, f"전{_S}문$", "전문"),
    PaperLine(
        "history",
        0,
        "\\[(?:시행|"
        "발령)[^\\]]{4,24}\\]\\s*\\[(?P<number>[^\\],]{2,24}제[0-9-]+호)[^\\],]*,\\s*(?P<date>[0-9. "
        "]{8,16})[^\\]]*\\]",
        "[시행 2026. 9. 11.] [법률 제21423호, 2026. 3. 10., 일부개정]",
    ),
    PaperLine("history", 0, f"(?:제정|개정|일부개정|전부개정|\u3003|〃){_S}{_DAY}$", "개정 1984.10.17"),
    PaperLine(
        "history",
        0,
        f"\\((?:제정|개정|일부개정|전부개정)\\)?.{{0,4}}(?P<date>{_DAY}).{{0,60}}$",
        "(제정) 2004.01.29 조례 제100호",
    ),
)

LETTER: Rows[PaperLine] = Rows(
    PaperLine(
        "field",
        0,
        "(?P<number>[가-힣0-9]{2,20}(?:특별시|광역시|도|시|군|구|부|처|청|원|회|실|위원회)? ?(?:공고|고시|"
        "훈령|예규)[ -]{0,3}제[0-9 -]{1,14}호)$",
        "서울특별시 공고 제2024-1234호",
    ),
    PaperLine("field", 0, f"(?:문{_S}서{_S}번{_S}호){_S}{_COLON}{_S}(?P<number>.{{2,40}})", "문서번호: 학회 2023-15"),
    PaperLine("field", 0, f"(?:시행일자|일{_S}자){_S}{_COLON}{_S}(?P<date>{_DAY})", "시행일자: 2023. 9. 11."),
    PaperLine(
        "field",
        0,
        f"시{_S}행[ \t\u3000:]+(?P<number>[^ (]{{2,30}}-[0-9]{{1,8}}){_S}\\({_S}(?P<date>{_DAY}){_S}\\).*",
        "시행  기록정책과-1234 (2024. 4. 15.)",
    ),
    PaperLine("field", 0, f"\\(?경{_S}유\\)?.{{0,30}}$", "(경유)"),
    PaperLine(
        "drafted",
        0,
        f".{{2,60}}(?:전결|대결){_S}[0-9]{{4}}[0-9. /]{{4,10}}$",
        "주무관 이정민 전결 2019.10.14.",
    ),
    PaperLine("drafted", 0, f"협{_S}조{_S}자(?:[ \t\u3000:].{{0,30}})?$", "협조자"),
    PaperLine(
        "field",
        0,
        f"(?:접{_S}수|전화|전화번호|전송|팩스|담당자|담당|전자우편|홈페이지|우편번호|우)[ \t:]+.{{2,60}}$",
        "전화 02-123-4567",
    ),
    PaperLine("copies", 0, f"수{_S}신{_S}[자처](?!{_S}참조)[ \t\u3000:]", "수신자  중앙행정기관의 장"),
    PaperLine("addressee", 0, f"(?:수{_S}신|참{_S}조)[ \t\u3000]*(?:{_COLON}|[ \t\u3000])", "수신  수신자 참조"),
    PaperLine(
        "head",
        0,
        f"제{_S}목[ \t\u3000]*(?:{_COLON}|[ \t\u3000])[ \t\u3000]*(?P<title>\\S.{{1,80}})$",
        "제목  기관평가 계획 알림",
    ),
    PaperLine(
        "enclosure", 0, f"(?:붙{_S}임|첨{_S}부|별{_S}첨)[ \t\u3000]*(?:{_COLON}|[ \t\u3000])", "붙임  계획 1부.  끝."
    ),
    PaperLine("day", 0, f"(?P<date>{_DAY})$", "2024년 4월 3일"),
    PaperLine(
        "signer",
        0,
        f"(?P<date>{_DAY}){_S}[\u3163|\u2502/]{_S}[가-힣\u00b7 ]{{0,30}}{_OFFICES}"
        "(?:[ \t]*[\\[(]?직인 ?(?:생략)?[\\])]?)?$",
        "2024년 4월 12일 \u3163 대전광역시시설관리공단이사장",
    ),
    PaperLine(
        "signer",
        0,
        f"(?!제[0-9])[가-힣\u00b7 ]{{0,20}}{_OFFICES}(?:{_S}[\\[(]?직인 ?(?:생략)?[\\])]?)?$",
        "행정안전부장관",
    ),
)

ENCLOSED = f"(?:붙{_S}임|첨{_S}부|별{_S}첨)(?:{_S}{_COLON}{_S}|[ \t\u3000]+)"
"""The word before the names of what is enclosed with a letter, with what stands behind it."""
GOES_ON = (
    "[가-힣](?:[이가을를은는에의와과도만로며고나서면지록게한된할될인던]"
    "|에서|에게|까지|부터|으로|같이|따라|위해|위하여|및|또는|등)$"
)
"""How a word ends behind which a cut line goes on with a new one."""

KOREA = Country(
    STATUTE,
    LETTER,
    (frozenset({"addressee", "head"}), frozenset({"field", "signer", "day"}), frozenset({"number", "day"})),
    "[0-9]{1,2}[ ]?\\.[ ]|[<\u3008](?=[^<>\u3008\u3009]{2,30}[>\u3009]$)|"
    "[\u2160-\u216b]{1,2}\\.?[ ]|[IVX]{1,4}\\.[ ]|[\u25a1\u25a0][ ]?",
    f"[0-9]{{1,2}}(?:의[0-9]{{1,2}})?[.)] ?|[가나다라마바사아자차카타파하][.)] ?|[\u2460-\u2473]|"
    f"{_N}{_S}[장절관조]|부{_S}칙",
    titled="(?:공고|고시|안내|알림|계획|모집|채용|(?:동의|결의|법률|조례|규칙|개정)안)$",
    bullets="[\u274d\u25cb\u25cf\u25c7\u25c6\u2756][ ]?",
    signed="[가-힣\u00b7][가-힣\u00b7() ]{1,29}$",
)
