"""Lines that name who edited, checked or made a page, and where it is reached."""

from __future__ import annotations

from .characters import plain_form
from .patterns import pattern

_DUTIES = (
    "编辑|编审|责编|主编|副主编|编委|编校|编排|文编|美编|总编辑|校对|校审|校核|核校|核稿|核发|审核|审定|审稿|审读|初审|复审|终审"
    "|一审|二审|三审|审校|审签|监制|排版|录入|签发|统筹|策划|出品|制作|制作人|供稿|投稿|撰稿人?|撰文|发布人|发布者|上传|作者"
    "|文案|设计|供图|制图|图源|图片|图文|文图|文字|摄影|通讯员"
)
_CREDIT = pattern(
    f"(?:(?:责任|本期|本版|网络|网站|微信|新媒体|视觉|执行|见习|实习|特约|栏目|版面|文字|图文|图片|美术|值班|本网|文章|本文)?"
    f"(?:{_DUTIES})(?:人员?|单位|部门)?[:/|][^\u3002]{{0,60}}|(?:责任编辑|责编|编辑|校对)[\u4e00-\u9fff]{{2,4}}"
    "|(?:稿件|本文|文章|信息|新闻|资料|图片|素材|原文|内容)?(?:来源|出处|稿源|转自|转载自|源自)(?:于|为)?(?::|于).{0,60})"
)
_BRACKETS = pattern("^[\\[\u3010(]+|[\\])\u3011]+$|\\s+")
_ADDRESS = pattern(
    "(?:联系|单位|办公)?(?:地址|邮编|邮政编码|传真|电话|邮箱|热线|网址|邮件)[^\u3002]{3,60}$|(?:投稿|举报|新闻)(?:邮箱|热线|电话)"
)
_DATA = pattern("[(\uff08 \u3000]*(?:资料|数据|資料|數據)(?:来源|來源|出处|出處)")


def is_credit(text: str) -> bool:
    """The line names who edited, checked or made the page.  `责任编辑` U+FF1A `王伟`."""
    return bool(_CREDIT.fullmatch(_BRACKETS.sub("", plain_form(text))))


def names_data(text: str) -> bool:
    """The line names where a table's or a chart's data are from; it ends no text."""
    return bool(_DATA.match(text))


def is_address(said: str) -> bool:
    """A line with this key is an address or a telephone.  It is the site's only where its footer stands beside it."""
    return bool(_ADDRESS.match(said))
