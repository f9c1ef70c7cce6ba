"""Lines of web pages of Taiwan and Hong Kong, Japan and Korea that are neither statute nor letter, as rows.

News, notices and reports: what stands around their text, when they appeared, who wrote them.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ..zh.patterns import pattern
from ..zh.rows import Rows
from .japan import JAPAN
from .korea import KOREA
from .lines import Country
from .taiwan import TAIWAN

PageReason = Literal[
    "comments", "counter", "end mark", "footer", "keywords", "navigation", "page tools", "related items", "share bar"
]


class PageLine(NamedTuple):
    """A kind of line.

    kind: `around` is no part of the text, `stamp` says when it appeared, `byline` who wrote it, `picture` is the
    caption of one, `outlet` the paper's name, `annex` says above a title what it is annexed as, `signed` is who signs;
    `home` begins the path of a page, below `foot` nothing but the page's own stands; `tools` stand right below a title;
    `contact` says who answers for a paper, `enclosed` what stands below it, `credit` whose text it is, `section`
    heads a part that such papers have; `heads` names a part of minutes, `held` says when and by whom a meeting was
    held, `body` names who issues, `lead` says whose words follow.
    words: a regular expression for the whole line; its groups `date` and `author` are what it says.  example: such a
    line.  reason: why one of `around` is left out.
    """

    kind: Literal[
        "around", "stamp", "byline", "picture", "outlet", "annex", "signed", "home", "foot", "tools", "contact",
        "enclosed", "credit", "section", "heads", "held", "lead", "body",
    ]  # fmt: skip
    words: str
    example: str
    reason: PageReason = "page tools"


_S = "[ \t\u00a0\u3000]*"
_COLON = "[:\uff1a]"
_WEST = f"[12][0-9]{{3}}{_S}(?:[-./][0-9]{{1,2}}[-./][0-9]{{1,2}}\\.?|年{_S}[0-9]{{1,2}}{_S}月{_S}[0-9]{{1,2}}{_S}日)"
_ERA = "(?:昭和|平成|令和)(?:元|[0-9\uff10-\uff19]{1,2})年[0-9\uff10-\uff19]{1,2}月[0-9\uff10-\uff19]{1,2}日"
_DAY = f"(?P<date>{_WEST}|{_ERA})"
_SPACED_DAY = f"(?P<date>[12][0-9]{{3}}\\.{_S}[0-9]{{1,2}}\\.{_S}[0-9]{{1,2}}\\.?)"
_CLOCK = f"(?:{_S}[0-9]{{1,2}}[:\uff1a][0-9]{{2}}(?:[:\uff1a][0-9]{{2}})?)?"
_WEEK = "(?:[\uff08(](?:星期)?[一二三四五六日月火水木金土]曜?日?[\uff09)])?"

_ROC = (
    f"(?:(?:中華)?民國)?{_S}(?P<roc>(?:[3-9][0-9]|1[0-9]{{2}})"
    f"(?:{_S}年{_S}[0-9]{{1,2}}{_S}月{_S}[0-9]{{1,2}}{_S}日|[-/.][0-9]{{1,2}}[-/.][0-9]{{1,2}}))"
)
_HELD = (
    "時間", "開會時間", "地點", "開會地點", "主席", "主持人", "紀錄", "記錄", "出席", "出席人員", "出席委員",
    "出席議員", "出席召集委員", "列席", "列席人員", "列席委員", "列席官員", "請假", "請假委員", "缺席",
    "主任秘書", "專門委員",
)  # fmt: skip

TAIWAN_PAGE: Rows[PageLine] = Rows(
    PageLine(
        "around",
        "跳[到至]主要(?:內容|內文)(?:區塊?|區)?|回(?:到)?(?:頁首|最上方|上一頁)|回首頁",
        "跳到主要內容",
        "navigation",
    ),
    PageLine("around", ":{3}", ":::", "navigation"),
    PageLine(
        "around", "(?:最新消息|新聞(?:資訊|稿|公告|訊息|專區)|活動(?:訊息|資訊)|政令宣導)", "新聞資訊", "navigation"
    ),
    PageLine(
        "around",
        "您的瀏覽器不支援.{2,60}|即日新聞|(?:所有|編章節)條文|(?:法規)?功能按鈕區|[\u4e00-\u9fff]{1,2}文版本",
        "即日新聞",
        "navigation",
    ),
    PageLine(
        "around",
        "(?:請使用|Get) ?Adobe.{2,40}|.{1,20}友善列印(?:功能)?|友善列印功能|版面大小",
        "Get Adobe Reader",
    ),
    PageLine("around", "[*\uff0a]{6,}|[\u2014\u2500\u2015_=\uff1d-]{6,}|\\[? ?\\^ ?\\]?", "**************"),
    PageLine("body", f"發稿時間{_COLON}.{{2,30}}", "發稿時間\uff1a113年5月6日"),
    PageLine(
        "body", f"發[布佈稿](?:單位|機關){_COLON}{_S}(?P<published_by>.{{2,40}})", "發布單位\uff1a若葉市政府民政局"
    ),
    PageLine(
        "around",
        "(?:請|立即|歡迎).{0,6}(?:加入|成為|訂閱).{0,30}(?:訂戶|會員|電子報|頻道).{0,80}|.{0,8}(?:訂戶|訂閱|會員).{0,4}網址.{0,80}",
        "請訂閱我們的電子報",
        "related items",
    ),
    PageLine(
        "byline",
        f"(?:以)?下(?:新聞)?稿(?:件)?代(?P<author>[\u4e00-\u9fff]{{2,24}})發[出放]{_COLON}?",
        "下稿代立法會秘書處發出\uff1a",
    ),
    PageLine(
        "held",
        f"(?:{'|'.join(_S.join(word) for word in _HELD)}){_COLON}.{{0,400}}",
        "地 點\uff1a本會第一會議室",
    ),
    PageLine("lead", "以下(?:是|為|係).{6,200}[:\uff1a]", "以下是市長今日會見傳媒的談話內容\uff1a"),
    PageLine("byline", "(?:博客|部落客|專欄作家)[ \u3000]*[|\uff5c](?P<author>.{1,20})", "博客 | 王小明"),
    PageLine(
        "byline",
        f"(?:發稿|撰稿|新聞)(?:人員?|者){_COLON}{_S}(?P<author>[\u4e00-\u9fff\u3001 \u3000]{{2,30}})",
        "發稿人員\uff1a王小明",
    ),
    PageLine(
        "heads",
        "|".join(
            _S.join(word)
            for word in (
                "報告事項",
                "討論事項",
                "選舉事項",
                "決議事項",
                "決定事項",
                "臨時動議",
                "其他事項",
                "質詢事項",
                "主席致詞",
                "主席報告",
            )
        ),
        "報 告 事 項",
    ),
    PageLine(
        "around",
        f"第{_S}[0-9]{{1,3}}{_S}頁(?:[\uff0c,/ ]*共{_S}[0-9]{{1,3}}{_S}頁)?",
        "第 1 頁\uff0c共 2 頁",
        "page tools",
    ),
    PageLine("signed", ".{2,24}(?:敬上|謹上|敬啟|謹啟|同啟|謹識)", "全體員工敬上"),
    PageLine("around", "完|[\uff08(]完[\uff09)]", "完", "end mark"),
    PageLine("around", "(?:友善列印|轉寄(?:好)?友|字級(?:設定)?.{0,12}|分享至?.{0,20}|列印本頁)", "友善列印"),
    PageLine(
        "around",
        f"(?:點閱|瀏覽|點閱次數|瀏覽人?次數?|點閱率)(?:數|人次)?{_COLON}?{_S}[0-9,]+(?:人次|次)?",
        "瀏覽人次\uff1a123",
        "counter",
    ),
    PageLine(
        "stamp",
        f"(?:發[布佈]日期|更新日期|上版日期|資料日期|最後更新(?:日期)?|張貼日期){_COLON}?{_S}{_DAY}{_CLOCK}",
        "發布日期\uff1a2024-05-06",
    ),
    PageLine(
        "stamp",
        f"(?:發[布佈稿]日期|更新日期|上版日期|資料日期|公告日期|刊登日期|最後更新(?:日期)?|張貼日期|日期){_COLON}?{_S}{_ROC}{_CLOCK}",
        "發布日期\uff1a113-05-06",
    ),
    PageLine("stamp", f"{_ROC}{_S}{_WEEK}{_CLOCK}", "108年05月27日"),
    PageLine("stamp", f"[\u4e00-\u9fff]{{2,6}}[ \u3000]+{_DAY}{_CLOCK}", "港聞 2023年06月23日"),
    PageLine("stamp", f"{_DAY}{_S}{_WEEK}{_CLOCK}", "2016年2月13日\uff08星期六\uff09"),
    PageLine("around", "香港時間[0-9]{1,2}時[0-9]{1,2}分", "香港時間18時30分", "footer"),
)
JAPAN_PAGE: Rows[PageLine] = Rows(
    PageLine(
        "around",
        "ページの先頭です|.{0,20}(?:スキップ|読み飛ば)(?:して本文へ|す|し.{0,6})?|(?:本文|メニュー|トップページ).{0,8}へ(?:移動)?",
        "本文へスキップ",
        "navigation",
    ),
    PageLine("home", "ホーム|トップ(?:ページ)?|HOME|TOP", "ホーム", "navigation"),
    PageLine(
        "foot",
        "(?:この)?ページの(?:先頭|上部|トップ)(?:へ|に)(?:戻る|もどる)?|(?:トップ|前の?ページ|一覧)(?:へ|に)(?:戻る|もどる)",
        "このページの先頭へ戻る",
        "navigation",
    ),
    PageLine("around", "フォロー(?:する|中|しました)?|ログイン|新規(?:会員)?登録|ダウンロード", "フォローしました"),
    PageLine("around", "[#\uff03][^ #\uff03\u3002]{1,30}", "#行政", "keywords"),
    PageLine(
        "around",
        "プライバシー(?:ポリシー)?|(?:ご)?利用規約|特(?:定)?商(?:取引)?法.{0,12}|よくある(?:ご)?質問.{0,12}",
        "ご利用規約",
        "footer",
    ),
    PageLine("foot", "条項目次|体系情報|沿革情報", "条項目次", "navigation"),
    PageLine(
        "around",
        "(?:[X\uff38]|ツイッター|フェイスブック|ライン|はてなブックマーク|Facebook|LINE|Twitter)で(?:ポスト|シェア|ツイート|送る|共有)(?:する)?",
        "ラインでシェア",
        "share bar",
    ),
    PageLine(
        "around",
        "(?:このページを)?印刷(?:する)?(?:[ \u3000]*大きな文字で印刷)?|文字サイズ.{0,20}",
        "印刷 大きな文字で印刷",
    ),
    PageLine(
        "around",
        "[0-9]{1,3} ?/ ?[0-9]{1,3}(?: ?ページ)?|[-\uff0d\u2010\u2212] ?[0-9]{1,3} ?[-\uff0d\u2010\u2212]",
        "1/24",
    ),
    PageLine("annex", "(?:別添|別紙|別記|参考)(?:資料)?[0-9\uff10-\uff19一二三四五六七八九十]{0,2}", "別添\uff13"),
    PageLine("around", f"(?:ページ)?(?:ID|\uff29\uff24|番号){_COLON}?{_S}[0-9]{{3,12}}", "ID:56045"),
    PageLine(
        "stamp",
        f"(?:ページID{_COLON}?{_S}[0-9]+{_S})?(?:登録日|更新日|最終更新日?|公開日|掲載日|作成日|発行日|発表日|配信日){_COLON}?{_S}{_DAY}{_CLOCK}",
        "ページID1036364  更新日 令和6年7月1日",
    ),
    PageLine("stamp", f"{_DAY}{_CLOCK} ?フォロー(?:する|中|しました)?", "2021年5月13日 09:00 フォローしました"),
    PageLine(
        "stamp", f"[\\[\uff3b\u3010\uff08(]?{_DAY}{_S}{_WEEK}{_CLOCK}[\\]\uff3d\u3011\uff09)]?", "[2024年1月15日]"
    ),
    PageLine(
        "around", "Copyright.{0,80}|.{0,40}(?:無断転載|All Rights Reserved).{0,40}", "無断転載を禁じます", "footer"
    ),
)
_SHARED = "(?:페이스북|트위터|밴드|블로그|카카오톡|카카오스토리|네이버|스크랩|인쇄)"
KOREA_PAGE: Rows[PageLine] = Rows(
    PageLine(
        "around",
        "(?:[가-힣 ]{1,14} ?바로 ?가기[ ]*){1,6}.{0,12}",
        "본문내용 바로가기",
        "navigation",
    ),
    PageLine("home", "홈|메인|HOME", "홈", "navigation"),
    PageLine("around", "창 ?닫기|국가법령정보센터|자치법규정보시스템", "창 닫기", "navigation"),
    PageLine("around", "- ?[0-9]{1,3} ?-", "- 5 -"),
    PageLine("around", "[^.]{2,30} ?(?:다운로드|내려받기)", "지회정관 다운로드"),
    PageLine(
        "tools",
        "(?:폰트|글자|글씨) ?(?:크기|확대|축소).{0,30}",
        "폰트 확대 폰트 축소 프린트하기",
    ),
    PageLine(
        "around",
        f"{_SHARED}(?:[ \u00b7|]+{_SHARED}){{1,8}}",
        "페이스북 트위터 밴드 블로그",
        "share bar",
    ),
    PageLine("credit", f"자료 ?(?:제공|출처) ?{_COLON}.{{2,40}}", "자료 제공 : 정책브리핑"),
    PageLine("around", "[•\u00b7]? ?댓글 ?[0-9]*|0/[0-9]{2,4}|댓글.{0,12}(?:쓰기|입력|보기)", "댓글 0", "comments"),
    PageLine(
        "around",
        "이 기사를 공유합니다|(?:페이스북|트위터|카카오톡|카카오스토리|URL)(?:으로|로)? ?(?:공유|복사|보내기).{0,6}",
        "이 기사를 공유합니다",
        "share bar",
    ),
    PageLine("around", "# ?이건 ?어때요\\??|(?:관련|주요|많이 본) ?(?:기사|뉴스)", "관련기사", "related items"),
    PageLine(
        "around",
        ".{0,30}무단 ?(?:전재|복제).{0,30}|Copyright.{0,80}",
        "저작권자 © 일보 무단전재 및 재배포 금지",
        "footer",
    ),
    PageLine(
        "stamp",
        f"[•\u00b7]? ?(?:입력|승인|등록|기사입력|작성일|게시일)(?:일시?)?{_S}{_COLON}?{_S}{_DAY}{_CLOCK}.{{0,40}}",
        "입력 2024.03.04. 10:28 수정 2024.03.04. 10:52",
    ),
    PageLine(
        "stamp",
        f"(?:제출|발의|의결|보고|공고|배포)(?:연월일|일자|일){_S}{_COLON}{_S}{_SPACED_DAY}",
        "제출연월일 : 2010. 11. 15.",
    ),
    PageLine(
        "stamp",
        f"\\[[가-힣]{{1,12}}(?:법원|재판소|지원) {_SPACED_DAY},? ?(?:자 ?)?선고,? ?.{{4,24}}(?:판결|결정)\\]",
        "[대법원 2011. 3. 24., 선고, 2009다43843, 판결]",
    ),
    PageLine("stamp", f"{_DAY}{_CLOCK}", "2024.03.04."),
    PageLine(
        "section",
        "제안 ?이유(?: ?및 ?주요 ?내용)?|주요 ?내용|참고 ?사항|신\u00b7?구 ?조문 ?대비표",
        "제안이유",
    ),
    PageLine("annex", f"[<\u3008\\[]{_S}(?:붙임|별첨|참고|첨부){_S}[0-9]{{0,2}}{_S}[>\u3009\\]]", "<붙임 1>"),
    PageLine("enclosed", f"(?:붙{_S}임|별{_S}첨|첨{_S}부){_S}{_COLON}.{{2,80}}", "붙임 : 1. 대책 개요"),
    PageLine("outlet", "[가-힣 ]{2,20}보도 ?(?:참고)? ?(?:설명)? ?자료", "환경부 보도자료"),
    PageLine("contact", "\u25a1 ?(?:사진 ?(?:있음|없음)|총 ?[0-9]+ ?쪽.{0,10}|[^ ].{1,14} ?배포) ?", "\u25a1 총 8쪽"),
    PageLine("contact", f"[가-힣]{{2,4}} (?:[과국실팀]{_S}장|사무관|주무관|서기관|연구관|연구사)", "김영수 과  장"),
    PageLine("contact", "[가-힣]{3,20}(?:[국실관과]|본부)[가-힣]{2,14}(?:과|팀|담당관)", "폐기물자원국생활폐기물과"),
    PageLine(
        "contact",
        f"전{_S}화|\\(?(?:이?메일|팩스)\\)?|[0-9]{{2,4}}[-)] ?[0-9]{{3,4}}-[0-9]{{4}}|[!-~]+@[!-~]+",
        "02-123-4567",
    ),
    PageLine("byline", "[•\u00b7] (?P<author>[가-힣]{2,4})", "• 권종민"),
    PageLine(
        "byline", "[•\u00b7]? ?(?P<author>[가-힣]{2,4}) ?기자(?:[ =/]*[!-~]+@[!-~]+)?", "권종민 기자 name@example.com"
    ),
    PageLine("picture", "[▲△▶] ?[^.]{2,60}(?:\\.? ?[\\[(](?:사진|자료|제공).{1,30}[\\])])?", "▲ 시청 전경"),
    PageLine("outlet", "[가-힣]{1,6}(?:일보|신문|뉴스|투데이|타임즈|방송|저널|경제)", "무등일보"),
)
"""Korean pages have their bylines and captions on lines of their own."""

_PAGES = {id(TAIWAN): TAIWAN_PAGE, id(JAPAN): JAPAN_PAGE, id(KOREA): KOREA_PAGE}
_HEAD = pattern(
    "(?!.*(?:です|ます|ました|ません|でした|ください)$)(?!.*[0-9\uff10-\uff19]月[0-9\uff10-\uff19]{1,2}日(?![\u4e00-\u9fff]))"
    "[^\u3002\u3001\uff0c,.:\uff1a;\uff1b?!\uff1f\uff01\u2026\u2026\u300d\u300f\u203b*@#<>\\[\\]]{2,30}"
)
"""What heads the text below it on pages of Japan and Korea: a short line without a mark of a sentence."""
_ASKED = pattern("[^\u3002\u3001\uff0c,.:\uff1a]{2,24}(?:とは|のか|って何|は何か)[?\uff1f]")
"""A question that the text below it answers."""
_BULLET = pattern("[-\u2013\u2022\u30fb\u00b7\u25cb\u25cf\u25a0\u25a1\u25c6\u25c7\u25b3\u25b2\u203b*][ \u3000]?")


class OutlineMark(NamedTuple):
    """Marks of an outline that the vocabulary of Chinese does not know.

    family: its name.  words: a regular expression for the mark at a line's beginning.  example: such a line.  rank: its
    place from the widest where the country prescribes it; 0 where a text has an order of its own.
    """

    family: str
    words: str
    example: str
    rank: float = 0


_SYMBOLS = (
    OutlineMark("square", "[\u25a0\u25a1\u25c6\u25c7\u25c8][ \u3000]?", "\u25a0パブリックコメント意見募集"),
    OutlineMark("triangle", "[\u25bc\u25bd][ \u3000]?", "\u25bd資料の閲覧場所"),
)
JAPAN_OUTLINE: Rows[OutlineMark] = Rows(
    *_SYMBOLS,
    OutlineMark("number", "[0-9\uff10-\uff19]{1,2}[.\uff0e\u3001][ \u3000]?(?![0-9\uff10-\uff19])", "1. 概要"),
    OutlineMark("han", "[一二三四五六七八九十]{1,3}[ \u3000\u3001\uff0e]", "一\u3000概要"),
    OutlineMark("letter", "[A-Z\uff21-\uff3a][.\uff0e\u3001] ?(?=[^A-Za-z])", "A. 議事"),
    OutlineMark("framed", "[\uff1c\u3010](?=[^\uff1e\u3011]{1,24}[\uff1e\u3011]$)", "\uff1c通則\uff1e"),
)
KOREA_OUTLINE: Rows[OutlineMark] = Rows(
    *(row._replace(rank=2.2 + place / 10) for place, row in enumerate(_SYMBOLS)),
    OutlineMark("framed", "\u3010(?=[^\u3010\u3011]{2,24}\u3011$)", "\u3010판시사항\u3011", 0.5),
    OutlineMark("roman", "(?:[\u2160-\u216b]|[IVX]{1,4})[.] ?", "\u2160. 목 적", 1),
    OutlineMark("number", "[0-9]{1,2}[.] ?(?![0-9])", "2. 의견조사", 2),
    OutlineMark("syllable", "[가나다라마바사아자차카타파하][.] ?", "가. 일반전형", 3),
    OutlineMark("half", "[0-9]{1,2}[)] ?", "1) 승진임용", 4),
    OutlineMark("half syllable", "[가나다라마바사아자차카타파하][)] ?", "가) 승급", 5),
)
_OUTLINES = {id(JAPAN): JAPAN_OUTLINE, id(KOREA): KOREA_OUTLINE}


def outline_of(country: Country) -> Rows[OutlineMark] | None:
    """The marks of headings on a country's pages; None for Chinese, whose marks the reading knows."""
    return _OUTLINES.get(id(country))


def rows_of(country: Country) -> Rows[PageLine]:
    """The lines around the text on pages of a country."""
    return _PAGES[id(country)]


def stands_alone(country: Country | None, text: str) -> bool:
    """A line stands around the text of the country's pages and goes on with none above it.

    >>> stands_alone(TAIWAN, "第 2 頁"), stands_alone(TAIWAN, "第二條"), stands_alone(None, "第 2 頁")
    (True, False, False)
    """
    if country is None:
        return False
    tried = rows_of(country).made(_around)
    return any(sought.fullmatch(text) for sought in tried)


def _around(rows: Rows[PageLine]) -> list[re.Pattern[str]]:
    return [pattern(row.words) for row in rows if row.kind in ("around", "home", "foot")]


def heads(country: Country, text: str) -> bool:
    """A line may head what is below it; in Chinese the reading weighs that.

    >>> heads(JAPAN, "発表事項"), heads(JAPAN, "本日開催した。"), heads(TAIWAN, "發表事項")
    (True, False, False)
    """
    if country is JAPAN and _ASKED.fullmatch(text):
        return True
    return country is not TAIWAN and bool(_HEAD.fullmatch(text)) and not _BULLET.match(text)


def bulleted(text: str) -> bool:
    """The line is an item with a bullet."""
    return bool(_BULLET.match(text))
