"""Page furniture: widgets, share bars, breadcrumbs, credits, counters, footers, related items.  Labelled, not deleted.

What a line says decides, in a form without width, spaces and brackets (`_key`), and where it stands: before the
body, after it, or in it.  In the body only what can be nothing else is furniture.
"""

from __future__ import annotations

import re
import unicodedata

from .draft import Draft, Unit

_DROPPED = re.compile(
    r"[\s\u00a0\u3000\u2022\u00b7\u25a0\u25cf\u25aa\u25c6|/>\u00bb<\u00ab\[\]\u3010\u3011()\u300a\u300b:\-_\u2014]+"
)


def _key(text: str) -> str:
    """A line without what pages set in different ways: width, spaces, bullets, brackets, colons."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).lower()


_WIDGETS = "字体字号大中小默认加大还原减小放大缩小正常特大超大较大标准打印下载保存收藏全屏关闭转发分享复制链接复制返回顶部返回首页"
_WIDGET = re.compile(
    "(?:字体|字号|文字|大小|大|中|小|特大|超大|默认|标准|正常|加大|还原|减小|放大|缩小|缩放|打印|下载|保存|收藏|全屏|关闭|转发|推荐|点赞|举报"
    "|我要|纠错|评论|复制|链接|复制链接|返回|顶部|首页|上页|返回顶部|返回首页|返回上一页|返回列表|网页|本页|窗口|页面|此页|正文|文章|本文|全文|内容|a[+-]?|t[+-]?"
    "|繁体|简体|繁|简|en|english|无障碍|长者|适老化|关怀|模式|浏览|版|阅读|语音|播报|朗读|听|暂停|播放|停止|视力|保护|色|背景|手机|电脑|客户端|看|查看|导出|word|pdf|docx?"
    "|分享到|分享|微信|微博|新浪|腾讯|qq|空间|好友|朋友圈|人人|人人网|豆瓣|知乎|抖音|更多|到|至|图|文|x|\\+|-)+"
)
_ANYWHERE = re.compile(
    "扫一扫|扫描?二维码|扫码(?:关注|查看|阅读|分享)|(?:公安|公网)备案?\\d|[icp]{3}备|网站标识码|版权所有|copyright|\u00a9|技术支持.{0,12}(?:公司|中心)"
    "|建议使用.{0,20}分辨率|网站地图|浏览次数|浏览量|点击(?:数|量|率|次数)|阅读(?:数|量|次数)\\d|访问量"
)
_LEADING = re.compile(
    "(?:当前|您(?:当前|现在|所在|的)?的?|所在)位置|您现在的位置|首页.{0,40}(?:正文|政务|公开|要闻|新闻|报告)|上一(?:篇|条|页)|下一(?:篇|条|页)|返回.{0,4}(?:首页|顶部|列表|上级)"
)
_TAIL = re.compile(
    "相关(?:报道|链接|阅读|新闻|附件|文章|文件|稿件|信息|内容|解读|推荐|专题)|延伸阅读|推荐阅读|热门|猜你喜欢|更多.{0,6}(?:新闻|精彩|内容)"
    "|(?:责任|本期|网络|网站|执行|版面)?(?:编辑|编审|责编|校对|审核|初审|复审|终审|审校|审签|监制|排版|美编|录入|核稿|签发)(?:人|员)?(?:$|[^的是工部者])"
    "|免责声明|声明本(?:文|站|网)|特别声明|主办单位|承办单位|主办|承办|联系(?:我们|电话|地址|方式)|地址.{0,30}(?:邮编|电话)|邮编|电话\\d|传真\\d|附件下载|关于我们|网站声明|法律声明|友情链接"
    "|打印(?:本页|页面|此页)?|关闭(?:窗口|本页|页面)?|转载请注明|来源网站|新闻热线|投稿|举报电话|我要纠错"
)
_RELATED = re.compile("相关|延伸阅读|推荐阅读|热门|猜你喜欢|更多.{0,6}(?:新闻|精彩|内容)|上一|下一|附件下载")
_CREDIT = re.compile("编辑|编审|责编|校对|审核|初审|复审|终审|审校|监制|排版|美编|录入")
_HASH = re.compile("[0-9a-f]{16,64}")
_CAPTION = re.compile("(?:记者|通讯员|图片?|摄影?)[^\u3002]{0,24}摄(?:影|制)?$|(?:资料|配|供)图(?:片)?$")
_SENTENCE_END = "\u3002\uff01\uff1f\u201d\uff1b!?;"

_EDGE_LINES = 40
"""How many lines of widgets a page may have before its text begins."""


def furniture(draft: Draft) -> None:
    """Labels furniture.  `字体` U+FF1A `大 中 小`, `扫一扫在手机上查看当前页面` -> removed with the reason."""
    units = [unit for unit in draft.units if unit.role is None and unit.plain and unit.text]
    if not units:
        return
    begin, end = _body(units)
    for unit in units[:begin]:
        _front(unit)
    for unit in units[begin:end]:
        if len(unit.text) <= 40 and _ANYWHERE.search(_key(unit.text)) and not _ends_sentence(unit.text):
            unit.remove(_reason(_key(unit.text)))
    _tail(units, end)


def _body(units: list[Unit]) -> tuple[int, int]:
    """From the first to after the last line that reads like a sentence of the text."""
    lines = [position for position, unit in enumerate(units) if _sentence(unit.text)]
    if not lines:
        return len(units), len(units)
    end = lines[-1] + 1
    # What repeats the beginning after the end (a page's hidden summary) is no body.
    seen = {_key(unit.text) for unit in units[: lines[-1]]}
    head = _key("".join(unit.text for unit in units[: lines[0] + 2]))
    while (
        lines and (key := _key(units[lines[-1]].text)) and (key in seen or (key in head and lines[-1] > lines[0] + 1))
    ):
        end = lines[-1]
        lines.pop()
    end = lines[-1] + 1 if lines else end
    return (lines[0] if lines else 0), end


def _sentence(text: str) -> bool:
    return len(text) >= 12 and _ends_sentence(text) and not _ANYWHERE.search(_key(text)) and not _CAPTION.search(text)


def _ends_sentence(text: str) -> bool:
    return text[-1:] in _SENTENCE_END


def _front(unit: Unit) -> None:
    key = _key(unit.text)
    if not key or _WIDGET.fullmatch(key) or _ANYWHERE.search(key) or _LEADING.match(key):
        unit.remove(_reason(key))
    elif _CAPTION.search(unit.text):
        unit.remove("caption of a picture that is not here")


def _tail(units: list[Unit], end: int) -> None:
    related = False
    seen = {_key(unit.text) for unit in units[:end]}
    after_credit = False
    for unit in units[end:]:
        key = _key(unit.text)
        starts = _TAIL.match(key)
        if not key or _WIDGET.fullmatch(key) or _ANYWHERE.search(key) or _LEADING.match(key) or starts:
            unit.remove(_reason(key))
            related = related or bool(_RELATED.match(key))
            after_credit = bool(starts and _CREDIT.search(key) and unit.text[-1:] in ":\uff1a")
        elif _HASH.fullmatch(key) or key in seen:
            unit.remove("repeats the page's own text" if key in seen else "identifier of the page")
        elif after_credit and len(unit.text) <= 12:
            unit.remove("editor credit")
            after_credit = False
        elif related:
            unit.remove("related item")


def _reason(key: str) -> str:
    """The reason a person is given, from what the line says."""
    for pattern, reason in _REASONS:
        if pattern.search(key):
            return reason
    return "page widget"


_REASONS = (
    (re.compile("扫一扫|扫描?二维码|扫码"), "QR code prompt"),
    (re.compile("字体|字号|加大|减小|还原|放大|缩小"), "font size widget"),
    (re.compile("分享|微信|微博|朋友圈"), "share bar"),
    (re.compile("位置|首页"), "breadcrumb"),
    (re.compile("备\\d|版权|copyright|\u00a9|标识码|主办|承办|技术支持|网站"), "site footer"),
    (re.compile("浏览|点击|阅读[数量次]|访问"), "view counter"),
    (re.compile("编辑|编审|责编|校对|审核|初审|复审|终审"), "editor credit"),
    (re.compile("相关|延伸|推荐|热门|更多"), "related items"),
    (re.compile("上一|下一"), "previous and next"),
)
