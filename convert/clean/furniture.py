"""Page furniture: widgets, share bars, breadcrumbs, credits, counters, footers, related items.  Labelled, not deleted.

What a line says decides, in a form without width, spaces and brackets (`key`), and where it stands: before the body,
after it, or in it.  In the body only what can be nothing else is furniture; a short line we do not know is body.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from ..zh.patterns import pattern
from . import fields
from .draft import Draft, Unit
from .language import simplified

_DROPPED = pattern(
    "[\\s\u00b7\u2022\u25a0\u25cf\u25aa\u25c6|/<>\u00ab\u00bb\\[\\]\u3010\u3011()\u300a\u300b\u3008\u3009:_\u2014"
    "~*#+=.\u203a\u2013-]+"
)


@functools.lru_cache(maxsize=1024)
def key(text: str) -> str:
    """A line without what pages set in different ways: width, spaces, bullets, brackets, colons."""
    return _DROPPED.sub("", simplified(unicodedata.normalize("NFKC", text))).lower()


# What a line of controls is made of, and nothing but these.
_WIDGET = pattern(
    "(?:字体|字号|字|大小|大|中|小|特大|超大|默认|标准|正常|加大|还原|减小|放大|缩小|缩放|调整|设置|选择"
    "|视力保护色?|打印|下载|保存|收藏|全屏|关闭|关注|订阅"
    "|转发|推荐|推送|点赞|举报|纠错|评论|留言|复制|链接|网址|返回|顶部|首页|上页|下页|列表|上一级|网页|本页|窗口"
    "|页面|此页|这页|当前|正文|文章|本文|全文|内容|我要|我的|点击|请"
    "|繁体|简体|繁|简|版|英文|english|en|无障碍|长者|适老化|老年|关怀|模式|浏览|通道|专区|辅助|阅读|语音|播报"
    "|朗读|听|读|暂停|播放|停止|重播|手机|电脑|移动|客户端|看|查看|打开"
    "|导出|word|pdf|docx?|分享|到|至|微信|微博|新浪|腾讯|qq|空间|好友|朋友圈|人人网?|豆瓣|知乎|抖音|快手"
    "|今日头条|百度贴吧|更多|登录|注册|搜索|搜一搜|退出|展开|收起|隐藏|显示|图|文|a|x|t|和|或|与|\u3001|\uff0c"
    "|,)++"
)
# How a line begins that is furniture wherever it stands, unless it is a sentence.
_ANYWHERE = (
    (
        "QR code prompt",
        "(?:微信|请|用)?(?:使用)?(?:手机|微信)?(?:扫一扫|扫描?.{0,6}二维码|扫码(?:关注|查看|阅读|分享|下载))"
        "|长按.{0,6}二维码|手机(?:上)?(?:查看|浏览|打开|阅读)(?:当前|本|此)?页",
    ),
    ("newspaper jump", "(?:上接|下转|紧接|转|接)第?.{1,8}版.{0,12}$"),
    ("font size widget", "字[体号](?:大小$|大中小|小中大|默认|调整)|加大还原减小"),
    (
        "site footer",
        ".{0,24}(?:(?:公安|公网)(?:安)?备案?号?\\d|icp备)|网站标识码|版权所有|copyright|\u00a9"
        "|技术支持.{0,16}(?:公司|中心|科技)|网站地图|建议使用.{0,30}(?:分辨率|浏览器)|(?:本站|网站)?已?支持ipv6|ipv6$",
    ),
    (
        "view counter",
        "(?:本[文页])?(?:浏览|访问|阅读|点击|查看|人气)(?:次数|数|量|率)\\d*次?$|(?:阅读|浏览|点击)\\d+次?$"
        "|已?有?\\d+人?次?(?:浏览|阅读|访问|点击|参与|评论|点赞)",
    ),
)
# How a line before the body begins.
_BEFORE = (
    (
        "breadcrumb",
        "(?:当前|[您你](?:当前|现在)?(?:的|所在的?)?|所在)位置|[您你]现在(?:的位置)?|首页.{1,60}|位置首页",
    ),
    (
        "page widget",
        "(?:语音播报|无障碍(?:浏览|模式|阅读|版)?|长者(?:模式|专区|版)|适老化.{0,4}|智能问答|个人中心|用户登录|站内搜索"
        "|设为首页|加入收藏|收藏本[站页])$",
    ),
    ("share bar", "分享(?:到|至)?(?:$|微|qq|新浪|朋友)"),
)
# How a line after the body begins.
_AFTER = (
    (
        "related items",
        "(?:相关|延伸|推荐|热门|精彩|更多|最新|往期|猜你|关联)(?:报道|链接|阅读|新闻|附件|文章|文件|稿件|信息|内容|解读"
        "|推荐|专题|资讯|政策|喜欢|精彩|回顾|视频|图集|下载).{0,12}$|政策解读|图解|解读(?:链接|材料)|附件下载|关键词|标签",
    ),
    ("previous and next", "[0-9]?(?:上|下|前|后)一(?:篇|条|页|则|张|个)(?!路)"),
    (
        "page widget",
        "(?:打印|关闭|返回|收藏|保存|下载|分享|举报|纠错|我要纠错|复制)(?:本|此|当前|该)?(?:页|文|窗口|页面|网页|文章|首页"
        "|顶部|列表|上级|上一?级|链接|到|至).{0,10}$",
    ),
    (
        "site footer",
        "(?:网站|本站|本网|法律|免责|隐私|版权)(?:声明|提示|说明|保护|政策)|(?:主办|承办|协办|主管|维护|运维|运营)(?:单位)?"
        ".{2,40}(?:政府|办公室|局|中心|委员会|公司|厅|报社|集团)|联系我们|关于我们|友情链接|网站(?:首页|导航|管理)"
        "|转载请注明|凡本网|来源网站|本文来源",
    ),
)
# An address or a telephone is the site's only where its footer stands beside it; else a notice gives its own.
_ADDRESS = pattern(
    "(?:联系|单位|办公)?(?:地址|邮编|邮政编码|传真|电话|邮箱|热线|网址|邮件)[^\u3002]{3,60}$|(?:投稿|举报|新闻)(?:邮箱|热线|电话)"
)
_RELATED = pattern("相关|延伸|推荐|热门|精彩|更多|最新|往期|猜你|关联|(?:上|下|前|后)一|附件下载")
# Credits, in a line without brackets and spaces but with its colon.
_CREDIT = pattern(
    "(?:(?:责任|本期|网络|网站|执行|版面|文字|图文|值班|本网)?(?:编辑|编审|责编|校对|审核|审定|初审|复审|终审"
    "|一审|二审|三审|审校|审签|监制"
    "|排版|美编|录入|核稿|签发|统筹|策划|制作|供稿|撰稿|摄影)(?:人员?|单位|部门)?[:/|].{0,60}|(?:责任编辑|责编"
    "|编辑|校对)[一-鿿]{2,4})"
)
_BRACKETS = pattern("^[\\[\u3010(]+|[\\])\u3011]+$|\\s+")
# Sentences that are no part of the text.
_NOTICE = pattern(
    "(?:免责|版权|本站|特别|郑重)声明|声明(?:本|以上|该|凡)|凡(?:本网|本站|注明)|转载(?:请|须|自|时)"
    "|本[文网站].{0,30}(?:转载|版权|侵权|仅代表|删除)|版权所有|以上内容.{0,20}(?:仅|不)"
)
_SCRIPT = pattern("function ?\\(|document\\.|window\\.|\\bvar \\w+ ?=|\\$\\(|</?[a-z]+[ >]|Array ?\\(|\\{\\}|;\\s*\\}")
_LABEL_ALONE = pattern("[:\uff1a]\\s*$")
_HASH = pattern("[0-9a-f]{16,64}")
_CAPTION = pattern(
    "(?:记者|通讯员|图片?|摄影|新华社|中新社)[^\u3002]{0,24}摄(?:影)?[\uff09)]?$"
    "|[\u3002\uff09][^\u3002]{2,16} ?摄[\uff09)]?$|(?:资料|供)图(?:片)?[\uff09)]?$"
)
_LONGEST_CAPTION = 160
_SENTENCE = pattern("[\u3002\uff0c]")
_STOPS = "\u3002\uff01\uff1f\uff1b!?;"

_Table = tuple[tuple[str, re.Pattern[str]], ...]


def _table(*parts: tuple[tuple[str, str], ...]) -> _Table:
    return tuple((reason, pattern(words)) for part in parts for reason, words in part)


_IN_BODY = _table(_ANYWHERE)
_IN_FRONT = _table(_ANYWHERE, _BEFORE)
_AT_END = _table(_ANYWHERE, _BEFORE[:1], _AFTER)


def furniture(draft: Draft) -> None:
    """Labels furniture.  `字体` U+FF1A `大 中 小`, `扫一扫在手机上查看当前页面` -> removed with the reason."""
    units = [unit for unit in draft.units if unit.role is None and unit.plain and unit.text]
    begin, end = _body(units)
    for unit in units[:begin]:
        if fields.says_something(unit.text):
            continue
        if reason := _reason(key(unit.text), _IN_FRONT):
            unit.remove(reason)
    for unit in units[begin:end]:
        if len(unit.text) > 40 or unit.text[-1] in _STOPS or unit.mark:
            continue
        if reason := _first(key(unit.text), _IN_BODY):
            unit.remove(reason)
    for unit in units:
        if (
            len(unit.text) <= _LONGEST_CAPTION
            and unit.text[-1] in "\u6444\u5f71\u56fe\u7247)\uff09"
            and _CAPTION.search(unit.text)
        ):
            unit.remove("caption of a picture that is not here")
    _after(units, end)
    draft.relist()


def _reason(said: str, table: _Table) -> str:
    """Why a line is furniture; empty where it is not."""
    found = _first(said, table)
    if found or (said and not _WIDGET.fullmatch(said)):
        return found
    return _first(said, _KINDS) or "page widget"


def _first(said: str, table: _Table) -> str:
    return next((reason for reason, start in table if start.match(said)), "")


_KINDS = _table((("font size widget", "字[体号]|加大|减小|还原|放大|缩小"), ("share bar", "分享|微信|微博|朋友圈")))


def _body(units: list[Unit]) -> tuple[int, int]:
    """From the first to after the last line that reads like a sentence of the text.

    A page's hidden summary, which repeats the beginning after the end, is no body.
    """
    begin = next((at for at, unit in enumerate(units) if _is_sentence(unit.text)), None)
    if begin is None:
        return len(units), len(units)
    openings = _openings(units[: begin + 4], begin + 1)
    for at in range(len(units) - 1, begin, -1):
        text = units[at].text
        if _is_sentence(text) and (at == begin + 1 or not any(opening.startswith(key(text)) for opening in openings)):
            return begin, at + 1
    return begin, begin + 1


def _openings(units: list[Unit], count: int) -> list[str]:
    """What the page says from each of its first lines on, a few lines far."""
    keys = [key(unit.text) for unit in units[: count + 3]]
    return ["".join(keys[at : at + 4]) for at in range(min(count, len(keys)))]


def _is_sentence(text: str) -> bool:
    if len(text) < 12 or not (text[-1] in _STOPS or text[-2] in _STOPS):
        return False
    said = key(text[:80])
    return not (_NOTICE.match(said) or _CAPTION.search(text[-40:]) or (len(said) < 40 and _first(said, _IN_BODY)))


def _after(units: list[Unit], end: int) -> None:
    """What follows the body: known furniture, what belongs to a label before it, and what the page says again."""
    if end == len(units):
        return
    before = {said for unit in units[:end] if len(unit.text) < 200 and len(said := key(unit.text)) > 5}
    openings = _openings(units[:end], 12)
    related = waiting = footer = False
    for unit in units[end:]:
        said = key(unit.text)
        if _CREDIT.fullmatch(_BRACKETS.sub("", simplified(unicodedata.normalize("NFKC", unit.text)))):
            unit.remove("editor credit")
            waiting = bool(_LABEL_ALONE.search(unit.text))
        elif _NOTICE.match(said):
            unit.remove("site footer")
        elif reason := _reason(said, _AT_END):
            unit.remove(reason)
            related = related or bool(_RELATED.match(said))
            footer = footer or reason == "site footer"
        elif _HASH.fullmatch(said) or (_SCRIPT.search(unit.text) and not _SENTENCE.search(unit.text)):
            unit.remove("script or identifier of the page")
        elif said in before or (len(said) >= 20 and any(opening.startswith(said) for opening in openings)):
            unit.remove("repeats the page's own text")
        elif waiting and len(unit.text) <= 12:
            unit.remove("editor credit")
            waiting = False
        elif related:
            unit.remove("related items")
    if footer:
        for unit in units[end:]:
            if unit.role is None and _ADDRESS.match(key(unit.text)):
                unit.remove("site footer")
