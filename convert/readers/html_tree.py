"""Decoded HTML -> a light tree with what a browser would know of it: which elements are shown, and how.

Parsing is lexbor's, which follows the WHATWG HTML standard.  The tree holds elements and text only; its depth is
bounded, so that everything after may recurse.  Hidden elements carry the reason why a reader does not see them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

MAX_DEPTH = 150
"""Elements nested deeper become children of the last one that is not: pages go down to about 40."""

MAX_TAGS = 20_000
"""From here on nesting is looked at before parsing: the parser's time grows with tags times depth."""

_PARSED_DEPTH = 2_000
_MAX_RULES = 400  # selectors of the page's own style sheets that are looked at


def words(text: str) -> frozenset[str]:
    """The words of a table that is written as text."""
    return frozenset(text.split())


BLOCK_TAGS = words(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p "
    "pre search section select summary table tbody td tfoot th thead tr ul"
)
SKIPPED_TAGS = words(
    "script style template head title meta link base noembed noframes iframe object embed applet audio video "
    "canvas param track map area datalist rp"
)


SPACES = " \t\n\r\f"
"""What CSS collapses."""


class Node:
    """An element.  children: elements and text in order.  hidden: why it is not seen, None where it is."""

    # What most elements never set stands on the class, which makes a page's thousands of elements cheap.
    span: tuple[int, int] = (0, 0)  # the leaves it holds, set when the page is cut into leaves
    kind: str | None = ""  # of furniture that it is named; "" until asked for
    kind_above: str | None = ""  # of it or the nearest around it that is so named
    loose: bool | None = None
    grid: Any = False  # of a table of data; False until looked for

    def __init__(self, tag: str, attrs: dict[str, str | None], parent: Node | None) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.children: list[Node | str] = []
        self.hidden: str | None = parent.hidden if parent is not None else None
        self.block = tag in BLOCK_TAGS

    def get(self, name: str) -> str:
        """An attribute's value, empty where there is none."""
        return self.attrs.get(name) or ""

    def holds_blocks(self) -> bool:
        """Whether a child is a block: text beside it stands loose."""
        if self.loose is None:
            self.loose = any(isinstance(child, Node) and child.block for child in self.children)
        return self.loose

    def up(self) -> Iterator[Node]:
        """The element and its ancestors, from the inside out."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def elements(self) -> Iterator[Node]:
        """The elements inside, in document order."""
        stack = [child for child in reversed(self.children) if isinstance(child, Node)]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def text(self) -> str:
        """All text inside, as the source has it."""
        parts: list[str] = []
        stack: list[Node | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                parts.append(node)
            elif node.tag not in SKIPPED_TAGS:
                stack.extend(reversed(node.children))
        return "".join(parts)


class Page:
    """A parsed page.  metas: (key, content) of `<meta>` in order, keys in lower case."""

    def __init__(self, body: Node) -> None:
        self.body = body
        self.title = ""
        self.language = ""
        self.base = ""
        self.canonical = ""
        self.saved_from = ""
        self.metas: list[tuple[str, str]] = []
        self.json_ld: list[str] = []
        self.ids: dict[str, Node] = {}

    def meta(self, *keys: str) -> str:
        """The first content that one of the keys has, tried in the order given."""
        for key in keys:
            for name, content in self.metas:
                if name == key and content:
                    return content
        return ""


# --- Parsing ----------------------------------------------------------------------------------------------------

_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>?")
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)")


def parse(text: str) -> Page:
    """The page in a decoded text.  Any text gives a page."""
    from selectolax.lexbor import LexborHTMLParser

    if text.count("<") > MAX_TAGS:
        text = _shallow(text)
    text = _LONG_TAG.sub(_few_attributes, text)
    parser = LexborHTMLParser(text)
    root = parser.root
    page = Page(Node("body", {}, None))
    if saved := _SAVED_FROM.search(text, 0, 4096) or _SINGLE_FILE.search(text, 0, 4096):
        page.saved_from = saved[1]
    if root is None:
        return page
    page.language = root.attributes.get("lang") or root.attributes.get("xml:lang") or ""
    hidden = _hidden_by_sheet(parser)
    child = root.child
    while child is not None:
        if child.tag == "head":
            _read_head(page, child)
        elif child.tag in ("body", "frameset"):
            page.body.attrs.update(child.attributes)
            _build(page, child, hidden)
        child = child.next
    return page


def _shallow(text: str) -> str:
    """The source without the tags that are nested too deep to be anything but a fault."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _VOID or match[3].endswith("/"):
            return match[0]
        depth = depth - 1 if match[1] else depth + 1
        depth = max(depth, 0)
        return "" if depth > _PARSED_DEPTH else match[0]

    return _ANY_TAG.sub(keep, text)


_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{4000,}")
_MAX_ATTRIBUTES = 500  # the parser compares each with all before it


def _few_attributes(tag: re.Match[str]) -> str:
    """A tag that has a reasonable number of attributes: a long one is mostly a picture in a `data:` address."""
    return tag[0] if len(tag[0].split(None, _MAX_ATTRIBUTES)) <= _MAX_ATTRIBUTES else tag[0].split(None, 1)[0]


def _read_head(page: Page, head: Any) -> None:
    for node in head.traverse():
        _head_element(page, node)


def _head_element(page: Page, node: Any) -> None:
    """Metadata elements count wherever they stand: many pages have them in the body."""
    tag, attrs = node.tag, node.attributes
    if tag == "meta":
        key = attrs.get("name") or attrs.get("property") or attrs.get("itemprop") or ""
        if key and attrs.get("content"):
            page.metas.append((key.strip().lower(), " ".join(attrs["content"].split())))
    elif tag == "title" and not page.title:
        page.title = " ".join(node.text().split())
    elif tag == "base" and not page.base:
        page.base = attrs.get("href") or ""
    elif tag == "link" and (attrs.get("rel") or "").lower() == "canonical":
        page.canonical = page.canonical or (attrs.get("href") or "").strip()
    elif tag == "script" and (attrs.get("type") or "").lower() == "application/ld+json":
        page.json_ld.append(node.text())


def _build(page: Page, body: Any, hidden_by_sheet: set[int]) -> None:
    """Copies the body without recursion.  White space that starts a line is dropped, as browsers do."""
    stack: list[tuple[Any, Node, int]] = [(body.child, page.body, 0)]
    ids = page.ids
    while stack:
        found, parent, depth = stack.pop()
        children = parent.children
        while found is not None:
            tag = found.tag
            if tag == "-text":
                text = found.text_content
                if text and (not text.isspace() or text.strip(SPACES) or _inside_line(children)):
                    children.append(text)
            elif tag in SKIPPED_TAGS:
                _head_element(page, found)
            elif tag[0] not in "-!":
                attrs = found.attributes
                node = Node(tag, attrs, parent)
                if tag in _CLOSED or (attrs and not _LOOKED_AT.isdisjoint(attrs)):
                    _look(node)
                if attrs and (name := attrs.get("id") or (tag == "a" and attrs.get("name"))):
                    ids.setdefault(name, node)
                if hidden_by_sheet and node.hidden is None and found.mem_id in hidden_by_sheet:
                    node.hidden = BY_SHEET
                children.append(node)
                inner = found.child
                if inner is not None:
                    if (following := found.next) is not None:
                        stack.append((following, parent, depth))
                    deep = depth + 1 >= MAX_DEPTH
                    stack.append((inner, parent if deep else node, depth if deep else depth + 1))
                    break
            found = found.next


def _inside_line(children: list[Node | str]) -> bool:
    """Whether text follows that white space may part from what comes next."""
    if not children:
        return False
    last = children[-1]
    return isinstance(last, str) or not last.block


# --- What is shown ----------------------------------------------------------------------------------------------

HIDDEN = "hidden on the page"
BY_SHEET = "hidden by the page's style sheet"
SAME_COLOUR = "text in the colour of its background"
OFF_SCREEN = "text off the screen"
NO_SIZE = "text without size"
CLOSED_UP = "text in a box without height or width"

_CLOSED = frozenset(("dialog", "noscript"))
_LOOKED_AT = frozenset(("style", "hidden", "bgcolor", "color"))
_MADE_INLINE = words("div p li h1 h2 h3 h4 h5 h6 section")
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([\w-]+)", re.I)
_VISIBILITY = re.compile(r"(?:^|;)\s*visibility\s*:\s*(\w+)", re.I)
_TRANSPARENT = re.compile(r"(?:^|;)\s*opacity\s*:\s*0(?:\.0+)?\s*(?:!important)?\s*(?:;|$)", re.I)
_FONT_SIZE = re.compile(r"(?:^|;)\s*font-size\s*:\s*([\d.]+)", re.I)
_PLACED = re.compile(r"(?:^|;)\s*position\s*:\s*(?:absolute|fixed)", re.I)
_AWAY = re.compile(
    r"(?:^|;)\s*(?:left|top|right|bottom|margin-left|margin-top)\s*:\s*-(?:\d{4,}|999)(?:px|em|pt)", re.I
)
_INDENTED_AWAY = re.compile(r"(?:^|;)\s*text-indent\s*:\s*-(?:\d{4,}|999)(?:px|em|pt)", re.I)
_CLIPPED = re.compile(r"(?:^|;)\s*clip\s*:\s*rect\(\s*(?:0|1px)[^)]*\)", re.I)
_FLAT = re.compile(r"(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:;|$)", re.I)
_PADDED = re.compile(r"padding(?:-top|-bottom)?\s*:\s*(?!0)[\d.]", re.I)  # keeps a picture's proportions
_OVERFLOW = re.compile(r"(?:^|;)\s*overflow\s*:\s*hidden", re.I)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;]+)", re.I)
_GROUND = re.compile(r"(?:^|;)\s*background(?:-color|-image)?\s*:\s*([^;]+)", re.I)


def _look(node: Node) -> None:
    """Sets what the element's own attributes say of its display."""
    style = node.get("style")
    shown = _DISPLAY.search(style)
    if shown is not None:
        word = shown[1].lower()
        if word in ("block", "flex", "grid", "list-item", "table"):
            node.block = node.tag not in ("img", "br", "input")
        elif word == "inline" and node.tag in _MADE_INLINE:
            node.block = False
    sight = _VISIBILITY.search(style)
    if node.hidden == _UNSEEN and sight is not None and sight[1].lower() == "visible":
        node.hidden = None
    size = _FONT_SIZE.search(style)
    if node.hidden == NO_SIZE and size is not None and float(size[1].strip(".") or 0) > 0:
        node.hidden = None  # what stands in an element without size may have one again
    if node.hidden is None:
        node.hidden = _reason(node, style, shown, sight)


_UNSEEN = "hidden on the page (visibility)"


def _reason(node: Node, style: str, shown: re.Match[str] | None, sight: re.Match[str] | None) -> str | None:
    if "hidden" in node.attrs or node.tag == "noscript" or (node.tag == "dialog" and "open" not in node.attrs):
        return HIDDEN
    if shown is not None and shown[1].lower() == "none":
        return HIDDEN
    if sight is not None and sight[1].lower() in ("hidden", "collapse"):
        return _UNSEEN
    if _TRANSPARENT.search(style):
        return HIDDEN
    size = _FONT_SIZE.search(style)
    if size is not None and not size[1].strip("0."):
        return NO_SIZE
    if _FLAT.search(style) and _OVERFLOW.search(style) and not _PADDED.search(style):
        return CLOSED_UP
    if _CLIPPED.search(style) or _INDENTED_AWAY.search(style) or (_PLACED.search(style) and _AWAY.search(style)):
        return OFF_SCREEN
    return SAME_COLOUR if _blends(node) else None


def _blends(node: Node) -> bool:
    """Whether the element sets a text colour that equals the ground it stands on."""
    found = _COLOUR.search(node.get("style"))
    text = _rgb(found[1] if found else node.get("color"))
    if text is None:
        return False
    ground: tuple[int, int, int] | None = (255, 255, 255)
    for place in node.up():
        style, colour = place.get("style"), place.get("bgcolor")
        if behind := _GROUND.search(style):
            colour = behind[1]
        if colour or place.get("background"):
            ground = _rgb(colour)  # None: a picture or a gradient, which we cannot see
            break
        if place is not node and place.parent is not None and place.tag in ("td", "th", "tr", "table", "a", "h1", "h2"):
            return False  # such elements often get their ground from a style sheet we do not have
    return ground is not None and all(abs(one - other) <= 6 for one, other in zip(text, ground, strict=True))


_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "#fff": (255, 255, 255), "#000": (0, 0, 0)}
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})\b", re.I)
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?", re.I)


def _rgb(colour: str) -> tuple[int, int, int] | None:
    colour = colour.strip().lower()
    if colour in _NAMED:
        return _NAMED[colour]
    if found := _RGB.match(colour):
        if found[4] in ("0", "0.0", "0%"):
            return None
        return int(found[1][:3]), int(found[2][:3]), int(found[3][:3])
    if found := _HEX.match(colour):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    return None


_NOT_SHOWN = re.compile(r"display\s*:\s*none")  # without flags, so that the search runs at C speed
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SIMPLE = re.compile(r"[\w\s.#>\-\[\]=\"'*+~]+")


def _hidden_by_sheet(parser: Any) -> set[int]:
    """Elements that the page's own style sheets do not display.  Media queries, which may not apply, and selectors with
    states are passed over."""
    from selectolax.lexbor import SelectolaxError

    selectors: list[str] = []
    for sheet in parser.css("style"):
        selectors.extend(selector for selector in _not_shown(sheet.text()[:500_000]) if _SIMPLE.fullmatch(selector))
    selectors = list(dict.fromkeys(selectors))[:_MAX_RULES]
    try:
        return {node.mem_id for node in parser.css(", ".join(selectors))} if selectors else set()
    except SelectolaxError:
        pass  # one of them the parser does not know
    found: set[int] = set()
    for selector in selectors:
        try:
            found.update(node.mem_id for node in parser.css(selector))
        except SelectolaxError:
            continue
    return found


def _not_shown(sheet: str) -> Iterator[str]:
    """The selectors of the rules with `display: none` that stand outside at-rules.  Time is linear in the sheet."""
    depth = at = 0
    for match in _NOT_SHOWN.finditer(sheet):
        opened = sheet.rfind("{", at, match.start())
        if opened < 0:
            continue  # a second declaration in a rule that was seen
        start = max(sheet.rfind("}", at, opened), sheet.rfind("{", at, opened), at - 1) + 1
        depth += sheet.count("{", at, start) - sheet.count("}", at, start)
        at = opened
        if depth <= 0:
            yield from map(str.strip, _CSS_COMMENT.sub("", sheet[start:opened]).rpartition(";")[2].split(","))
