"""What the names of elements say: class and id as hints of page furniture or of the article.

In: an element.  Out: the kind of furniture it is named, if any.  The kinds are the reasons written to `Removed`.  A
name is a hint; `article` and `score` weigh it against where a line stands.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from ..sight.dom import HtmlElement
from ..sight.runs import HEADINGS


class Stem(NamedTuple):
    """Words that names of elements are made of.  kind: of furniture, or None where they name the article itself, which
    takes back a furniture name on the same element and no more.  origin: whose words they are."""

    kind: str | None
    words: str
    origin: str


STEMS: tuple[Stem, ...] = (
    Stem("comments", "comment comments reply replies cmt discuss", "English"),
    Stem("share bar", "share shares social sns qrcode qr weixin wechat", "English, names of networks"),
    Stem("share bar", "bdshare bdsharebuttonbox", "Baidu Share, a widget of share.baidu.com"),
    Stem("share bar", "fenxiang ewm", "pinyin: share; its initials: two-dimensional code"),
    Stem(
        "related items",
        "relate related relation recommend recommends hotnews hot rank ranking interest more special",
        "English",
    ),
    Stem("related items", "xiangguan xgxw tjyd", "pinyin: related; initials: related news, recommended reading"),
    Stem(
        "navigation",
        "nav navi navbar navs menu crumb crumbs breadcrumb breadcrumbs sidebar aside",
        "English",
    ),
    Stem("navigation", "position location pager pagination path topbar toplink", "English"),
    Stem("navigation", "daohang zdfy", "pinyin: navigation; initials: automatic pages"),
    Stem("page tools", "toolbar tools tool util utils print printer like gotop totop", "English"),
    Stem("page tools", "zan jiucuo", "pinyin: like, report a mistake"),
    Stem("footer", "footer foot copyright copyrights links", "English"),
    Stem("advertisement", "ad ads adv advert advertisement promo promotion banner sponsor download app", "English"),
    Stem("advertisement", "gg", "initials: advertisement"),
    Stem("form", "login register search vote form dialog popup modal", "English"),
    Stem("player", "video videos player audio", "English"),
    Stem("keywords", "keyword keywords tag tags biaoqian", "English, pinyin: label"),
    Stem("logo", "logo logos", "English"),
    Stem("credits", "editor edit author source zebian", "English, pinyin: editor in charge"),
    Stem("disclaimer", "disclaimer statement", "English"),
    Stem(None, "article articles content contents main body text txt detail details entry news", "English"),
    Stem(None, "artibody artical zoom zw", "what many sites call the text itself; initials: text"),
    Stem(None, "hentry", "microformat hAtom: an entry; blogs set the names of its tags beside it"),
    Stem(None, "trs vsb", "the publishing systems TRS WCM and Boda VSB, of government sites and universities"),
)
_KIND_OF_STEM = {word: stem.kind for stem in STEMS if stem.kind for word in stem.words.split()}
_ARTICLE = frozenset(word for stem in STEMS if stem.kind is None for word in stem.words.split())
_SECTIONS = frozenset(("article", "main", "section", "blockquote"))
"""Elements that may have a foot of their own."""
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HASH = re.compile(r"(?<=[_-])(?=[a-z0-9]*[A-Z])(?=[A-Z0-9]*[a-z])(?=[A-Za-z]*[0-9]+[A-Za-z])[A-Za-z0-9]{5,8}(?![\w-])")
"""What CSS Modules set behind a name so that no other is like it: `summary_EGg7N`, `title--2hX4b`."""


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
    parts = [part.lower() for part in _PART.findall(_HASH.sub("", name) if "_" in name or "-" in name else name)]
    found = next((_KIND_OF_STEM[part] for part in parts if part in _KIND_OF_STEM), None)
    return None if found is None or any(part in _ARTICLE for part in parts) else found


def kind_of(node: HtmlElement) -> str | None:
    """The kind of furniture an element itself is named."""
    if node.kind == "":
        attrs = node.attrs
        if node.tag in HEADINGS and "class" not in attrs:
            node.kind = None  # its id is the address of a part, made of what the heading says
        elif node.tag == "footer" and not any(place.tag in _SECTIONS for place in node.up()):
            node.kind = "footer"
        else:
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
