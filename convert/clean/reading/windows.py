"""Titles that the name of a page's window or the path to a page says."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ...zh.characters import key
from ...zh.patterns import pattern
from .. import limits
from .evidence import SeenLine
from .headlines import may_be_title

_BESIDE = pattern(
    "\\s*(?:[|\uff5c]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9]))\\s*|\\s+[-\u2013\u2014\u00b7]\\s+|\u2014\u2014|--"
)
_WITHIN = pattern("\\s*[>\u203a\u00bb\u2192]\\s*")
_SLASHED = pattern("(?:首页|首頁|主页|主頁)(?:\\s*[/\\\\\uff0f|]\\s*[^/\\\\\uff0f|\u3002\uff0c]{1,40})+")
"""A page's path with strokes between its names."""
_STROKE = pattern("\\s*[/\\\\\uff0f|]\\s*")


def named_above(lines: Sequence[SeenLine]) -> dict[str, int]:
    """Titles that the name of the page's window has before the site's, and that stand alone below it, with their place:
    `关于开展检查的通知_某县人民政府网`; or the last name of a page's path: `首页 > 通知 > 关于开展检查的通知`."""
    places: dict[str, int] = {}
    for line in reversed(lines[: limits.FRONT_LINES]):
        if may_be_title(line):
            places[line.key or key(line.text)] = line.at
    out: dict[str, int] = {}
    for line in lines[: limits.FRONT_LINES]:
        if line.size > limits.FURNITURE:
            continue
        before = [key(piece) for piece in _BESIDE.split(line.text)] if line.at < limits.WINDOW else []
        split = _STROKE if _SLASHED.fullmatch(line.text) else _WITHIN
        path = [key(piece) for piece in split.split(line.text)]
        wide = [said for said in itertools.accumulate(before[:-1]) if len(said) >= limits.KEY]
        near = path[-1:] if len(path) > 1 and path[0] else []
        for said, most in (*((one, limits.FRONT_LINES) for one in wide), *((one, limits.WINDOW) for one in near)):
            if said and line.at < places.get(said, -1) <= line.at + most:
                out[said] = places[said]
    for line in lines:
        if line.size > limits.NO_SENTENCE or line.text[-1] not in _SITES:
            continue
        if (named := _SITE.fullmatch(line.text)) and 0 <= places.get(said := key(named[1]), -1) < line.at:
            out[said] = places[said]  # the name of the window stands below the text
    return out


_SITE = pattern(
    "(.{6,}?)[ \u3000]*[-_|\uff5c\u2014\u00b7]+[ \u3000]*"
    "[^-_|\uff5c\u2014\u00b7]{1,12}(?:网|网站|频道|在线|平台|论坛|社区|博客|客户端)"
)
"""A title, and the site that it stands on."""
_SITES = frozenset("网站道线台坛区客端")
"""How the names of sites end."""
