"""What the names of elements say: class and id as hints of page furniture or of the article.

In: an element.  Out: the kind of furniture it is named, if any.  The kinds are the reasons written to `Removed`.  A
name is a hint; `article` and `score` weigh it against where a line stands.
"""

from __future__ import annotations

import functools
import re

from ..sight.dom import HtmlElement, words

_NAMES: dict[str, str] = {
    "comments": "comment comments pinglun gentie reply replies cmt discuss",
    "share bar": "share shares sharebar bdshare bdsharebuttonbox fenxiang social sns qrcode qr ewm erweima "
    "weixin wechat",
    "related items": (
        "relate related relates relation xiangguan xgxw recommend recommends tuijian hotnews hot rank ranking "
        "interest "
        "guess more special zhuanti tjyd readmore"
    ),
    "navigation": (
        "nav navi navbar navs menu crumb crumbs breadcrumb breadcrumbs sidebar aside position location pager "
        "pagination "
        "pagebar fenye prevnext daohang path zdfy topbar toplink"
    ),
    "page tools": "toolbar tools tool print printer fontsize zan like jiucuo operate favorite gotop totop",
    "footer": "footer foot copyright copyrights banquan friendlink friendlinks links",
    "advertisement": "ad ads adv advert advertisement adbox adwrap gg guanggao promo promotion banner sponsor "
    "download app",
    "form": "login register search vote form dialog popup modal",
    "player": "video videos player audio",
    "keywords": "keyword keywords tag tags biaoqian",
    "logo": "logo logos",
    "credits": "editor edit bianji author source zeren zebian",
    "disclaimer": "disclaimer statement shengming mianze",
}
_KIND_OF_NAME = {stem: kind for kind, stems in _NAMES.items() for stem in stems.split()}

# Names of the article itself.  They take back a furniture name on the same element, no more.
_ARTICLE = words(
    "article articles artibody artical content contents main body text txt zoom detail details entry news zw "
    "zhengwen neirong trs ucap vsb endtext"
)
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def name_of(node: HtmlElement) -> str:
    """An element's class and id."""
    attrs = node.attrs
    return f"{attrs.get('class') or ''} {attrs.get('id') or ''}" if attrs else ""


def parts_of_name(node: HtmlElement) -> frozenset[str]:
    """The words an element's class and id are made of, and the names themselves, in lower case."""
    return _parts(name_of(node))


@functools.lru_cache(maxsize=4096)
def _parts(name: str) -> frozenset[str]:
    return frozenset(part.lower() for part in (*_PART.findall(name), *name.split()))


@functools.lru_cache(maxsize=4096)
def kind_of_name(name: str) -> str | None:
    """The kind of furniture an element's class and id name, None where they name none or also the article."""
    parts = [part.lower() for part in _PART.findall(name)]
    found = next((_KIND_OF_NAME[part] for part in parts if part in _KIND_OF_NAME), None)
    return None if found is None or any(part in _ARTICLE for part in parts) else found


def kind_of(node: HtmlElement) -> str | None:
    """The kind of furniture an element itself is named."""
    if node.kind == "":
        attrs = node.attrs
        node.kind = kind_of_name(name_of(node)) if "class" in attrs or "id" in attrs else None
    return node.kind


def kind_above(node: HtmlElement) -> str | None:
    """The kind of furniture the element, or the nearest around it that has such a name, is named."""
    if node.kind_above == "":
        chain = []
        place: HtmlElement | None = node
        while place is not None and place.kind_above == "":
            chain.append(place)
            place = place.parent
        kind = place.kind_above if place is not None else None
        for place in reversed(chain):
            kind = place.kind_above = kind_of(place) or kind
    return node.kind_above
