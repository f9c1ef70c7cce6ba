"""Words in and around titles: how a line of one goes on in the next, and what sites put before or in its place."""

from __future__ import annotations

from .patterns import pattern

GOES_ON = pattern(
    "(?:关于|的|和|与|及|暨|\u3001|转发|印发|批转|同意|开展|进一步|加强|做好|推进|建设|调整|实施"
    "|(?:转发|印发|批转)[\u4e00-\u9fff]{2,16}"
    "|[\u4e00-\u9fff]{2,12}\u3001[\u4e00-\u9fff]{2,8})$"
)
"""How a line ends that is no whole title."""
BEGINS_ON = pattern("(?:的|和|与|及|暂行|有关|实施|等)")
"""How a line begins that goes on with a title."""
BADGE = pattern("(?:原创|独家|转载|置顶|推荐|热门|头条|图文|视频|专题|快讯)\\s*")
"""Badges that may stand right before a title; they count where the head has it without them."""
NO_TITLES = frozenset(
    (
        "无标题文档", "无标题", "新建网页", "首页", "正文", "Untitled", "untitled", "Untitled Document", "Document",
        "document",
    )
)  # fmt: skip
"""What editors write into `<title>` where nobody does."""
