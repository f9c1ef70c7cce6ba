"""What page furniture says: the words that tell it from an article, in tables.

In: a line of text.  Out: what kind of furniture it is, if any.  The kinds are the reasons written to `Removed`.  Words
are a hint; `article` and `score` weigh them against where a line stands.
"""

from __future__ import annotations

import functools
import re

# --- Lines ------------------------------------------------------------------------------------------------------

_C = "[:\uff1a]"  # a colon
_OPEN = '[\\s\u201c\u2018"\u3000\u00a0(\uff08\\[\u3010\u3014\u25a0\u25cf\u25c6\u2022\u00b7>\u25b6|*\uff0a\u2014-]*'
_CLOSE = (
    '[\\s\u201d\u2019"\u3000\u00a0)\uff09\\]\u3011\u3015>\u00bb|'
    "\u4e28:\uff1a\u2026.\u3002!\uff01\u2193\u2191\u25bc\u2014-]*"
)
_NO_STOP = "[^\u3002]"  # within one sentence

_DUTY = "责任|文章|本文|本期|本版|值班|新媒体|网络|视觉|执行|见习|实习|美术|图片|栏目|微信|网站|文字|统筹|特约"
_PEOPLE = (
    f"(?:{_DUTY})?(?:编辑|责编|编审|主编|副主编|审核|审稿|校对|校审|监制|终审|初审|复审|一审|二审|三审|编校|"
    f"排版|编排|"
    "编委|签发|供稿|投稿|审读|核稿|核发|校核|文编|美编|制作人|出品|策划|总编辑|撰稿人?|发布人|发布者|录入|上传|"
    "作者|撰文|"
    "图源|图片|图文|文图|文字|文案|设计|供图|制图|摄影|通讯员)"
)
_THINGS = (
    "新闻|阅读|文章|链接|推荐|专题|报道|内容|资讯|图集|图片|视频|喜欢|回顾|排行|信息|话题|要闻|关注|热点|"
    "头条|消息|稿件|看点|搜索"
)

# What a whole line says, most special kind first.
_LINES: dict[str, tuple[str, ...]] = {
    "share bar": (
        "分享(?:到|至|给|让更多人看到|按钮|本文)?[^\uff0c\u3002]{0,8}",
        "(?:(?:微信|微博|新浪微博|腾讯微博|QQ|QQ空间|QQ好友|朋友圈|人人网|豆瓣|易信|空间|复制链接|收藏|收藏本文|转发|"
        "点赞|在看|更多)\\s*)++",
        f"(?:请?(?:用|使用|打开)?(?:手机)?微信)?扫(?:一扫|描|码){_NO_STOP}{{0,40}}",
        f"(?:长按|点击|扫描|识别|请?扫){_NO_STOP}{{0,20}}(?:二维码|小程序码){_NO_STOP}{{0,20}}",
        f"{_NO_STOP}{{0,20}}(?:关注|订阅)(?:我们|本号|[^\u3002\uff0c]{{1,16}}(?:公众号|微信|微博|视频号|客户端|"
        f"头条号))"
        f"{_NO_STOP}{{0,12}}",
    ),
    "page tools": (
        "(?:(?:我要)?打印(?:本页|本文|此页|文章|页面|内容)?|关闭(?:窗口|本页|页面)?|全屏|收起|展开|字号|"
        "字体(?:大小)?|"
        "(?:超大|加大|放大|缩小|默认|还原|正常|标准|[大中小A](?![\u4e00-\u9fff]))|"
        "[\\s|\u3010\u3011\\[\\]:\uff1a+-])++",
        "(?:我要)?纠错|举报|返回(?:顶部|首页|列表|目录|上页|上一页|上级)|回到顶部|(?:点击)?加载更多",
        "返回[^\uff0c,]{1,10}[\uff0c,]\\s*查看更多|展开(?:全文|阅读全文)|阅读(?:全文|原文)|查看(?:更多|原文|全文|大图)",
        f"点击(?:查看|进入|播放){_NO_STOP}{{0,20}}|(?:点击)?(?:朗读|播放|收听|听新闻|语音播报)",
        "我有话说.*|[\\d,]+人参与.*|[\\d,]+(?:条评论|个赞|阅读)|(?:点赞|收藏|跟踪|踩|顶)[\\s:\uff1a\\d]*",
    ),
    "counter": (
        "(?:本文|文章|本页)?(?:浏览|阅读|点击|访问|查看|人气|热度|点击率)(?:次数|数|量|人数)?\\s*"
        f"{_C}?\\s*[\\d,]*\\s*次?",
    ),
    "navigation": (
        f"您?(?:当前|现在|所在)?(?:的|所在)?(?:所在)?位置(?:是|为)?\\s*{_C}.*",
        "(?:上|下)一?(?:篇|条|页|则|章)(?:(?!文章)|文章\\s*[:\uff1a]).{0,80}",
        "(?:尾页|末页|首页|余下全文|全文阅读|第\\d+页)(?:[\\s\\d\u3010\u3011\\[\\]]|上一页|下一页|尾页|末页|"
        "余下全文)*+",
        "(?:[\u3010\\[]\\d{1,3}[\u3011\\]]\\s*){2,}.{0,10}",
    ),
    "related items": (
        "(?:相关|推荐|延伸|热门|热点|精彩|更多|最新|今日|往期|精选|关联|猜你|为您|编辑|头条|同类|扩展|拓展|新闻|"
        "图片|视频|"
        f"24小时|48小时|一周|大家都在看|热文)(?:{_THINGS}){{1,2}}榜?",
        "大家都在看|猜你喜欢|往期回顾|精彩推荐",
    ),
    "keywords": (f"(?:文章|本文)?(?:关键词|关键字|标签|标记|Tags?|TAGS?)\\s*(?:{_C}|>>|\\s).{{0,80}}",),
    "comments": (
        "(?:我要|发表|全部|最新|热门|精彩|网友|用户|参与|查看|写)?(?:评论|跟帖|跟贴|留言)"
        "(?:区|列表|\\s*[(\uff08]?\\d*[)\uff09]?\\s*条?)?",
    ),
    "advertisement": (
        f"{_NO_STOP}{{0,16}}(?:下载|打开|安装){_NO_STOP}{{0,12}}(?:客户端|APP|App|app){_NO_STOP}{{0,16}}|广告|推广",
    ),
    "footer": (
        ".*(?:ICP[备证]|公网安备|网安备).*|(?:Copyright|COPYRIGHT|\u00a9).*",
        f"(?:主办|承办|主管|建设|版权所有|技术支持)(?:单位)?\\s*{_C}.*",
        "(?:网站标识码|备案序号|邮政编码|网站地图|联系我们|关于我们|法律声明|版权声明|隐私(?:政策|声明)?|免责声明)"
        f"(?:[\\s|\u4e28]|{_C})*",
    ),
    "credits": (
        f"(?:(?:我要)?纠错[\\s\u3011\\]\u3010\\[]*)?{_PEOPLE}(?:[/\u3001]{_PEOPLE})*\\s*(?:{_C}[^\u3002]{{0,60}}|\\s{{1,4}}[^\u3002\uff0c,]{{0,24}})",
        f"(?:稿件|本文|文章|信息|新闻|资料|图片|素材|原文|内容|稿)?(?:来源|出处|稿源|转自|转载自|源自)(?:于|"
        f"为)?\\s*(?:{_C}|于)"
        ".{0,60}",
    ),
    "original title": (f"(?:原(?:标题|题|文标题)(?:为)?|英文标题)\\s*(?:{_C}|\u300a).{{0,100}}",),
    "end mark": ("(?:THE\\s*|The\\s*|the\\s*)?(?:END|End|end)|全文完|本文完|正文结束",),
    "disclaimer": (
        f"(?:免责|版权|特别|郑重|风险|重要|本站|温馨)?(?:声明|说明|提示|提醒)\\s*{_C}.*",
        f"(?:本文|本网|本站|文章|以上|凡|该文|上述){_NO_STOP}{{0,60}}(?:观点|立场|转载|授权|版权|侵权|不构成|注明).*",
        ".{0,60}(?:与本(?:站|网)(?:立场)?无关|不代表本(?:站|网)).{0,12}",
        f".{{0,30}}(?:未经|未获|非经){_NO_STOP}{{0,10}}(?:授权|许可|允许){_NO_STOP}{{0,12}}(?:不得|禁止|谢绝|严禁).*",
        f".{{0,12}}转载(?:请|须|需|务必)(?:注明|联系|标注).*|.{{0,10}}(?:如有|若有|如涉){_NO_STOP}{{0,6}}侵权.*",
    ),
}
EVERYWHERE = frozenset(_LINES) - {"credits", "disclaimer"}
"""Kinds of line that are furniture between paragraphs too; the others only at the ends of an article."""

END_KINDS = frozenset(
    ("credits", "related items", "comments", "disclaimer", "navigation", "footer", "end mark", "original title")
)
"""What, late in an article, shows that it is over."""

_KINDS = tuple(_LINES)
_LINE = re.compile(
    "|".join(f"(?P<k{at}>{_OPEN}(?:{'|'.join(_LINES[kind])}){_CLOSE})" for at, kind in enumerate(_KINDS)), re.S
)

_SIMPLER = str.maketrans(
    "閱讀連鏈結關聯繫責編輯審對圖攝記來標題點擊瀏覽數評論廣載轉發權聲說違經許複製專頻導號訊薦熱門視贊讚檢舉報網頁這個們訪問條張"
    "場應給開業實際東車區臺灣樓電話單與為無還務員會時間處聞傳據內務",
    "阅读连链结关联系责编辑审对图摄记来标题点击浏览数评论广载转发权声说违经许复制专频导号讯荐热门视赞赞检举报网页这个们访问条张"
    "场应给开业实际东车区台湾楼电话单与为无还务员会时间处闻传据内务",
)
"""Traditional forms of the characters in these tables, so that each word stands there once."""
_TRADITIONAL = re.compile(f"[{''.join(map(chr, _SIMPLER))}]")


def _simpler(text: str) -> str:
    return text.translate(_SIMPLER) if _TRADITIONAL.search(text) else text  # a search takes a tenth of the time


LONGEST = 200
"""A longer line is never furniture by what it says."""


@functools.lru_cache(maxsize=8192)
def kind_of_line(text: str) -> str | None:
    """The kind of furniture a whole line says it is, None where it says nothing of the kind."""
    if len(text) > LONGEST:
        return None
    found = _LINE.fullmatch(_simpler(text))
    return _KINDS[int((found.lastgroup or "")[1:])] if found else None


_PROMOTION = re.compile(
    "客户端|公众号|二维码|下载|扫码|扫描|关注|福利|点击|免费|订阅|加微信|长按|抢先|优惠|咨询热线|进群"
)


def promotion(text: str) -> int:
    """How many different words of advertising a line has."""
    return len(set(_PROMOTION.findall(_simpler(text))))
