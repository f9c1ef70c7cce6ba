"""Pages that are no article: made by scripts, errors, log-ins; one row a kind of page."""

from __future__ import annotations

import re
from typing import NamedTuple

from .characters import key
from .patterns import pattern
from .rows import Rows


class Shell(NamedTuple):
    """What a page says that shows no article: one made by scripts, an error, a log-in.  example: such a page."""

    words: str
    example: str


SHELLS: Rows[Shell] = Rows(
    Shell(
        "(?:启用|开启|打开|允许|不支持|支持)[^\u3002]{0,12}javascript|(?:enable|requires?|without|needto).{0,12}javascript"
        "|javascript.{0,12}(?:有効|無効|enabled|disabled|활성)",
        "请启用JavaScript后继续访问\u3002",
    ),
    Shell(
        "(?:404|页面|您访问的页面).{0,12}(?:不存在|未找到|找不到|notfound|已删除|丢失|走丢)|404notfound|403forbidden",
        "404 页面不存在",
    ),
    Shell(
        "(?:安全|人机|滑动|身份)验证|访问(?:过于频繁|验证|受限)|checkingyourbrowser|justamoment",
        "请完成安全验证后继续访问",
    ),
    Shell("^(?:请先?|您?还?未|尚未)登[录陆]|^登[录陆](?:后|以)(?:查看|继续|阅读)", "请先登录后查看"),
)
LONGEST_SHELL = 120
"""Characters: a page that says more is no shell."""


def _shell(rows: Rows[Shell]) -> re.Pattern[str]:
    return pattern("|".join(f"(?:{row.words})" for row in rows))


def is_shell(text: str) -> bool:
    """A page that shows this and nothing else is no article, but made by scripts, an error page or a log-in.

    >>> is_shell("Please enable JavaScript to run this app."), is_shell("石桥修好了\u3002")
    (True, False)
    """
    return bool(SHELLS.made(_shell).search(key(text)))
