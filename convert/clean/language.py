"""Which language a text is in, from the characters it uses: a BCP 47 tag with script.

Kana make Japanese, Hangul make Korean; between simplified and traditional Chinese the characters that only one of
the two uses decide.
"""

from __future__ import annotations

import re

from ..zh.patterns import pattern
from .draft import Draft

_SIMPLIFIED = (
    "个们来为时会对发经学现开长动业问题实点义无产员听见书门车东乐买电马鸟鱼龙国过这说话语读写论证请谁让认"
    "识记设许诉词试该详误调谈议军农关兴养务势劳区协单卖卫历压厅县参双变叶号响团园图圆场坏块坚报处备复头夺"
    "奋妇孙宁宝审宪宫宽宾导将尔尽层属岁岛币师带帮干广庄应庙库废张强归录总战户扩扫扬抢护担择据损换摇敌数断"
    "旧显晓暂术机杀杂权条极构枪标树样桥检楼欢欧残毕气汉汇沟济测浓涛温湾满灭灯灵灾炉热爱载签览馆赞链闭页码"
    "网还缩声贴键阅邮传访绍释编辑约评级终监间纪综统计则规范围转荐类别质财税银险铁运输"
)
_TRADITIONAL = (
    "個們來為時會對發經學現開長動業問題實點義無產員聽見書門車東樂買電馬鳥魚龍國過這說話語讀寫論證請誰讓認"
    "識記設許訴詞試該詳誤調談議軍農關興養務勢勞區協單賣衛歷壓廳縣參雙變葉號響團園圖圓場壞塊堅報處備復頭奪"
    "奮婦孫寧寶審憲宮寬賓導將爾盡層屬歲島幣師帶幫幹廣莊應廟庫廢張強歸錄總戰戶擴掃揚搶護擔擇據損換搖敵數斷"
    "舊顯曉暫術機殺雜權條極構槍標樹樣橋檢樓歡歐殘畢氣漢匯溝濟測濃濤溫灣滿滅燈靈災爐熱愛載簽覽館贊鏈閉頁碼"
    "網還縮聲貼鍵閱郵傳訪紹釋編輯約評級終監間紀綜統計則規範圍轉薦類別質財稅銀險鐵運輸"
)
_ONLY_SIMPLIFIED = frozenset(_SIMPLIFIED) - frozenset(_TRADITIONAL)
_ONLY_TRADITIONAL = frozenset(_TRADITIONAL) - frozenset(_SIMPLIFIED)
_THERE = pattern(f"[{''.join(sorted(_ONLY_TRADITIONAL))}]")
_HERE = pattern(f"[{''.join(sorted(_ONLY_SIMPLIFIED))}]")
_HAN = pattern("[\u2e80-\u2fd5\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]+")
_KANA = pattern("[\u3041-\u3096\u30a1-\u30fa]+")
_HANGUL = pattern("[\uac00-\ud7a3]+")
_LATIN = pattern("[A-Za-z]")

_ENOUGH = 20_000
"""Characters looked at: the beginning of a text tells its language."""


def detect(text: str) -> str:
    """`zh-Hans`, `zh-Hant`, `ja`, `ko` or `en`; simplified Chinese where the characters do not tell.

    >>> detect("現在,我代表鎮人民政府向大會報告工作")
    'zh-Hant'
    """
    text = text[:_ENOUGH]
    if (kana := _length(_KANA, text)) + (hangul := _length(_HANGUL, text)):
        han = _length(_HAN, text)
        if hangul > han + kana:
            return "ko"
        if kana * 20 > han + kana:  # one kana in twenty: more than names and quotations bring into Chinese
            return "ja"
    if not _HAN.search(text) and _LATIN.search(text):
        return "en"
    return "zh-Hant" if len(_THERE.findall(text)) > len(_HERE.findall(text)) else "zh-Hans"


def _length(script: re.Pattern[str], text: str) -> int:
    """How many characters of a script a text has."""
    return sum(map(len, script.findall(text)))


_TO_SIMPLIFIED = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_CHANGED = pattern(f"[{_TRADITIONAL}]")  # a search takes a tenth of what translating does


def simplified(text: str) -> str:
    """The text with the commonest traditional characters as simplified ones, one for one: for comparing with word
    lists, never for the document."""
    return text.translate(_TO_SIMPLIFIED) if _CHANGED.search(text) else text


def language(draft: Draft) -> None:
    """`向大會報告工作` -> zh-Hant.  Where somebody has said the language, `<html lang>` or `--lang`, that stays."""
    if draft.metadata.language is None:
        draft.know(language=detect("\n".join(passage.text for passage in draft.passages())))
