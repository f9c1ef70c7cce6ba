"""Characters: which are Chinese, how wide they are, traditional ones as simplified, and the key of a line.

The key is a line without what pages set in different ways; word lists are compared with it, never the document.
"""

from __future__ import annotations

import functools
import unicodedata

from .patterns import pattern

_RANGES = (
    ("\u3005", "\u3005"), ("\u3007", "\u3007"), ("\u3400", "\u4dbf"), ("\u4e00", "\u9fff"), ("\uf900", "\ufaff"),
    ("\U00020000", "\U000323af"), ("\u3041", "\u3096"), ("\u30a1", "\u30fa"), ("\u30fc", "\u30fc"),
)  # fmt: skip
CJK = "".join(f"{first}-{last}" for first, last in _RANGES)
"""Ideographs and kana, for a character class of a regular expression.  Such a class takes long to compile: where each
character can be looked at alone, `is_cjk` is the quicker way."""

HAN = "[\u4e00-\u9fff]"
"""An ideograph of the first block, as names and organs are written with; for a regular expression."""

MARKS = (
    "\u3001\u3002\uff0c\uff1b\uff1a\uff1f\uff01\uff08\uff09\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011"
    "\u3014\u3015\u3016\u3017\uff3b\uff3d\u2018\u2019\u201c\u201d\u2014\u2026"
)
"""Full-width punctuation, and what is shared with Latin text but Chinese next to Han."""

SPACE = "[ \t\u00a0\u2000-\u200a\u202f\u3000]"

BULLETS = "\u2022\u00b7\u25a0\u25cf\u25aa\u25c6\u25b6*"
"""What a page sets before a line that it lists."""

EDGES = BULLETS + "| \u3000\t\u00a0\u3010\u3011[]\uff3b\uff3d\uff1b;\uff0c,"
"""What stands at the ends of a label, a value or a date and belongs to none of them."""


class _Known(dict[str, bool]):
    """Character -> whether it is an ideograph or kana, found out once."""

    def __missing__(self, char: str) -> bool:
        found = self[char] = any(first <= char <= last for first, last in _RANGES)
        return found


is_cjk = _Known().__getitem__


def has_cjk(text: str) -> bool:
    """Whether a text has any ideograph or kana."""
    return any(map(is_cjk, text))


def count_cjk(text: str) -> int:
    """How many ideographs and kana a text has."""
    return sum(map(is_cjk, text))


_NARROW = pattern("[\x00-\u02ff\u0370-\u05ff\u2000-\u200f]")


def columns(text: str) -> int:
    """Width in columns of half an em."""
    return 2 * len(text) - len(_NARROW.findall(text))


# --- Traditional and simplified ---------------------------------------------------------------------------------

TRADITIONAL = (
    "個們來為時會對發經學現開長動業問題實點義無產員聽見書門車東樂買電馬鳥魚龍國過這說話語讀寫論證請誰讓認"
    "識記設許訴詞試該詳誤調談議軍農關興養務勢勞區協單賣衛歷壓廳縣參雙變葉號響團園圖圓場壞塊堅報處備復頭奪"
    "奮婦孫寧寶審憲宮寬賓導將爾盡層屬歲島幣師帶幫幹廣莊應廟庫廢張強歸錄總戰戶擴掃揚搶護擔擇據損換搖敵數斷"
    "舊顯曉暫術機殺雜權條極構槍標樹樣橋檢樓歡歐殘畢氣漢匯溝濟測濃濤溫灣滿滅燈靈災爐熱愛載簽覽館贊鏈閉頁碼"
    "網還縮聲貼鍵閱郵傳訪紹釋編輯約評級終監間紀綜統計則規範圍轉薦類別質財稅銀險鐵運輸連結聯繫責攝擊瀏違複"
    "製專頻訊視讚舉給際臺與聞內劉陳楊黃趙吳羅鄭謝韓馮鄧蕭蔣餘蘇呂盧鐘譚陸賈韋鄒閆賀顧龔萬錢嚴創佈項獻麼種"
    "邊體從並準確進選達遠適鄉醫隊難須領願風飛驗鬥緒緊紅細組織練縱維職蘭藝藥訂訓詢詩誌課諸謀譯豐貢貧貨購貿"
    "費資賽贏趨跡軌軟較輔輕轄辭迴週遊遞鄰針鈔鋼鎮闊陽陰陣隨離雲靜頂順預頓頒顆額顏飯駐驚鮮麗麥黨齊齡尋屆嶺"
    "巖廠彈彙後徑徵恆惡態慶懷戲擬攜敗敘晉曆榮檔決沒況淚淨淺減湯漁潔潛澤濱煙營爭牆狀獨獎獲環畫異當療盤眾礎"
    "礙禮稱穩競筆節築簡籌糧納紙純紛絕絲絡綠緣緩線績"
)
SIMPLIFIED = (
    "个们来为时会对发经学现开长动业问题实点义无产员听见书门车东乐买电马鸟鱼龙国过这说话语读写论证请谁让认"
    "识记设许诉词试该详误调谈议军农关兴养务势劳区协单卖卫历压厅县参双变叶号响团园图圆场坏块坚报处备复头夺"
    "奋妇孙宁宝审宪宫宽宾导将尔尽层属岁岛币师带帮干广庄应庙库废张强归录总战户扩扫扬抢护担择据损换摇敌数断"
    "旧显晓暂术机杀杂权条极构枪标树样桥检楼欢欧残毕气汉汇沟济测浓涛温湾满灭灯灵灾炉热爱载签览馆赞链闭页码"
    "网还缩声贴键阅邮传访绍释编辑约评级终监间纪综统计则规范围转荐类别质财税银险铁运输连结联系责摄击浏违复"
    "制专频讯视赞举给际台与闻内刘陈杨黄赵吴罗郑谢韩冯邓萧蒋余苏吕卢钟谭陆贾韦邹闫贺顾龚万钱严创布项献么种"
    "边体从并准确进选达远适乡医队难须领愿风飞验斗绪紧红细组织练纵维职兰艺药订训询诗志课诸谋译丰贡贫货购贸"
    "费资赛赢趋迹轨软较辅轻辖辞回周游递邻针钞钢镇阔阳阴阵随离云静顶顺预顿颁颗额颜饭驻惊鲜丽麦党齐龄寻届岭"
    "岩厂弹汇后径征恒恶态庆怀戏拟携败叙晋历荣档决没况泪净浅减汤渔洁潜泽滨烟营争墙状独奖获环画异当疗盘众础"
    "碍礼称稳竞笔节筑简筹粮纳纸纯纷绝丝络绿缘缓线绩"
)
"""The commonest characters that differ, one for one: each stands where its traditional form stands above."""

IN_BOTH = frozenset("干系台余布周云后里斗迹志征制回丰并准历汇游")
"""Simplified forms that traditional texts use too, in another sense: they tell no script."""

_TO_SIMPLIFIED = str.maketrans(TRADITIONAL, SIMPLIFIED)
_CHANGED = pattern(f"[{TRADITIONAL}]")  # a search takes a tenth of what translating does


def simplified(text: str) -> str:
    """The text with the commonest traditional characters as simplified ones, one for one: for comparing with word
    lists, never for the document."""
    return text.translate(_TO_SIMPLIFIED) if _CHANGED.search(text) else text


# --- The key of a line ------------------------------------------------------------------------------------------

_DROPPED = pattern(
    "[\\s\u00b7\u2022\u25a0\u25cf\u25aa\u25c6|/<>\u00ab\u00bb\\[\\]\u3010\u3011()\u300a\u300b\u3008\u3009:_\u2014"
    "~*#+=.\u203a\u2013-]+"
)


_STROKES = str.maketrans({"\u2223": "|", "\u4e28": "|", "\u2502": "|", "\u2236": ":"})
"""Marks that pages take for a bar or a colon."""


def plain_form(text: str) -> str:
    """The text in simplified characters, full-width letters and marks as ASCII ones (NFKC).

    >>> plain_form("來源\uff1aＡ")
    '来源:A'
    """
    return simplified(text if text.isascii() else unicodedata.normalize("NFKC", text).translate(_STROKES))


@functools.lru_cache(maxsize=1024)
def key(text: str) -> str:
    """A line without what pages set in different ways: width, spaces, bullets, brackets, colons, capitals.

    >>> key("【字体\uff1a大 中 小】")
    '字体大中小'
    """
    return _DROPPED.sub("", plain_form(text)).lower()
