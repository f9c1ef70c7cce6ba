"""Decoded HTML -> a light tree with what a browser would know of it: which elements are shown, and how.

Parsing is lexbor's, which follows the WHATWG HTML standard.  The tree holds elements and text only; its depth is
bounded, so that everything after may recurse.  Hidden elements carry the reason why a reader does not see them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ..thresholds import (
    LONG_TAG,
    MANY_TAGS,
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    MAX_FRAME_DEPTH,
    MAX_FRAMES,
    MAX_PARSED_DEPTH,
    MAX_SHEETS,
    STATED_PROSE,
)
from .cascade import Cascade
from .dom import BLOCK_TAGS, SKIPPED_TAGS, HtmlElement, WebPage, words
from .flight import flown
from .mathjax import mathml
from .state import assigned, stated
from .visibility import UNSEEN, Visibility

TextBeside = Callable[[str], str | None]

# --- Parsing ----------------------------------------------------------------------------------------------------

_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>?")
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)")
_SINGLE_FILE = re.compile(r"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)")


def parse(text: str, utf8: bytes | None = None, beside: TextBeside = lambda _: None) -> WebPage:
    """The page in a decoded text.  Any text gives a page.

    utf8: the text's bytes, where they are at hand.  beside: the text that the page names by an address, of a page in a
    frame or of a style sheet; None where it is not at hand.
    """
    from selectolax.lexbor import LexborHTMLParser

    parsable = _parsable(text)
    parser = LexborHTMLParser(utf8 if utf8 is not None and parsable is text else parsable)
    root = parser.root
    page = WebPage(HtmlElement("body", {}, None, []))
    if saved := _SAVED_FROM.search(text, 0, 4096) or _SINGLE_FILE.search(text, 0, 4096):
        page.saved_from = saved[1]
    if root is None:
        return page
    page.language = root.attributes.get("lang") or root.attributes.get("xml:lang") or ""
    cascade = Cascade(list(_sheets(parser, beside)), HtmlElement("html", root.attributes, None, []))
    child = root.child
    while child is not None:
        if child.tag == "head":
            _read_head(page, child)
        elif child.tag in ("body", "frameset"):
            page.body.attrs.update(child.attributes)
            _build(page, child, cascade, page.body)
            _fill_frames(page, beside)
            _read_drawings(page)
            _show_formulas(page)
        child = child.next
    return page


def shown_by_script(page: WebPage) -> WebPage | None:
    """A page as its scripts would show it: the article that they hold as data; None where they hold none."""
    scripts = [node.text() for node in page.states]
    texts = [text if text.lstrip()[:1] in ("{", "[") else assigned(text) for text in scripts]
    html = stated([*page.json_ld, *texts], flown(scripts))
    if html is None:
        return None
    made = parse(html)
    made.title, made.language, made.base = page.title, page.language, page.base
    made.canonical, made.saved_from = page.canonical, page.saved_from
    made.metas, made.json_ld = page.metas, page.json_ld
    return made


def _parsable(text: str) -> str:
    """The source without what would take the parser more than a time linear in its length."""
    if len(text) > MANY_TAGS and text.count("<") > MANY_TAGS:
        text = _shallow(text)
    return _LONG_TAG.sub(_few_attributes, text) if _has_full_tag(text) else text


def _has_full_tag(text: str) -> bool:
    """Whether a tag longer than `LONG_TAG`, which spans a whole window of half that length, has too many attributes."""
    inside, size, at = False, LONG_TAG // 2, 0
    while at < len(text):
        opened, closed = text.rfind("<", at, at + size), text.rfind(">", at, at + size)
        end = at + size
        if inside and opened == closed:
            end = _NO_BRACKET.match(text, at).end()  # type: ignore[union-attr]
            if _is_full(text[text.rfind("<", 0, at) : end]):
                return True
            inside = False
        elif opened != closed:
            inside = opened > closed
        at = end
    return False


def _shallow(text: str) -> str:
    """The source without the tags that are nested too deep to be anything but a fault."""
    depth = 0

    def keep(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _VOID or match[3].endswith("/"):
            return match[0]
        depth = depth - 1 if match[1] else depth + 1
        depth = max(depth, 0)
        return "" if depth > MAX_PARSED_DEPTH else match[0]

    return _ANY_TAG.sub(keep, text)


_NO_BRACKET = re.compile("[^<>]*")
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG},}}")


def _is_full(tag: str) -> bool:
    """More attributes than is reasonable: a long tag is mostly a picture in a `data:` address."""
    return len(tag.split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES


def _few_attributes(tag: re.Match[str]) -> str:
    return tag[0].split(None, 1)[0] if _is_full(tag[0]) else tag[0]


def _read_head(page: WebPage, head: Any) -> None:
    for node in head.traverse():
        _head_element(page, node)


_PARTS = {"table": "table", "rowgroup": "tbody", "row": "tr", "cell": "td", "columnheader": "th", "rowheader": "th"}
_HOLDS = {"tbody": ("table",), "tr": ("table", "tbody"), "td": ("tr",), "th": ("tr",)}


def _name_part(node: HtmlElement, role: str) -> None:
    """A table that is made of other elements, and its rows and cells, are called what their roles say they are."""
    tag, around = _PARTS[role], node.parent
    if tag == "table" or (around is not None and around.get("role") in _PARTS and around.tag in _HOLDS[tag]):
        node.tag = tag


def _head_element(page: WebPage, node: Any) -> None:
    """Metadata elements count wherever they stand: many pages have them in the body."""
    tag, attrs = node.tag, node.attributes
    if tag == "meta":
        key = attrs.get("name") or attrs.get("property") or attrs.get("itemprop") or ""
        if key and (said := attrs.get("content") or attrs.get("value")):  # some pages mistake the one for the other
            page.metas.append((key.strip().lower(), " ".join(said.split())))
    elif tag == "title" and not page.title:
        page.title = " ".join(node.text().split())
    elif tag == "base" and not page.base:
        page.base = attrs.get("href") or ""
    elif tag == "link" and (attrs.get("rel") or "").lower() == "canonical":
        page.canonical = page.canonical or (attrs.get("href") or "").strip()
    elif tag == "script" and "src" not in attrs:
        kind = (attrs.get("type") or "").lower()
        if kind == "application/ld+json":
            page.json_ld.append(node.text())
        elif kind in ("", "text/javascript", "application/json"):
            page.states.append(node)


_TEXT, _READ, _ELEMENT, _CLOSED, _FRAME, _NOTHING = range(6)
_FRAMES = ("iframe", "frame")


def _kind_of(tag: str | None) -> tuple[int, str, bool]:
    """What is done with a node, by the parser's name for it; that name; and whether it is a block."""
    if tag is None or tag[0] in "-!":  # a processing instruction has no name
        return _TEXT if tag == "-text" else _NOTHING, "", False
    if tag in _FRAMES:
        return _FRAME, tag, True
    kind = _READ if tag in SKIPPED_TAGS else _CLOSED if tag in Visibility.CLOSED else _ELEMENT
    return kind, tag, tag in BLOCK_TAGS


def _build(page: WebPage, body: Any, cascade: Cascade, into: HtmlElement) -> None:
    """Copies a body without recursion.  White space that starts a line is dropped, as browsers do."""
    look, looked_at = Visibility().look, Visibility.LOOKED_AT
    sheeted, of_sheets, nothing = not cascade.empty, cascade.of, ("", "")
    kinds: dict[int, tuple[int, str, bool]] = {}  # by the parser's number for a tag: each is judged once
    waiting: list[tuple[Any, HtmlElement, int]] = []  # what follows the elements that the walk is in
    ids, built = page.ids, page.built
    found, parent, depth = body.child, into, 0
    children, hidden, starts = parent.children, parent.hidden, True  # starts a line: white space is dropped
    while True:
        if found is None:
            if not waiting:
                return
            found, parent, depth = waiting.pop()
            children, hidden = parent.children, parent.hidden
            starts = _ends_line(children[-1])
        number = found.tag_id
        known = kinds.get(number)
        if known is None:
            known = kinds[number] = _kind_of(found.tag)
        kind, tag, block = known
        if kind == _TEXT:
            if (not starts or not found.is_empty_text_node) and (text := found.text_content):
                children.append(text)
                starts = False
        elif kind == _READ:
            _head_element(page, found)
        elif kind != _NOTHING:
            attrs = found.attributes
            node = HtmlElement(tag, attrs, parent, [], hidden, block)
            built.append(node)
            said = of_sheets(node) if sheeted and (hidden is None or hidden == UNSEEN) else nothing
            if block and attrs and (role := attrs.get("role")) in _PARTS:
                _name_part(node, role)
            if attrs or said is not nothing:
                if (styled := not looked_at.isdisjoint(attrs)) or said != nothing:
                    node.styled = styled
                    look(node, said)
                if name := attrs.get("id") or (tag == "a" and attrs.get("name")):
                    ids.setdefault(name, node)
            if kind == _CLOSED:
                look(node, said)
            elif kind == _FRAME:
                page.frames.append(node)
            if attrs.get("aria-hidden") == "true" and _is_drawn_formula(node):
                found = found.next
                continue
            children.append(node)
            begins, starts = starts, node.block  # an inline element goes on with the line
            if tag == "math" and node.hidden is not None:
                page.formulas.append(node)
            elif tag == "mjx-math" or (tag == "svg" and parent.tag == "mjx-container"):
                page.drawn.append(node)
            elif attrs and (formula := attrs.get("data-mathml")):
                _build_inner(page, node, formula)
                found = found.next
                continue
            elif tag == "textarea":
                page.fields.append(node)
            inner = found.child
            if inner is not None:
                if (following := found.next) is not None:
                    waiting.append((following, parent, depth))
                if depth + 1 < MAX_DEPTH:
                    parent, depth = node, depth + 1
                    children, hidden, starts = node.children, node.hidden, starts or begins
                found = inner
                continue
        found = found.next


def _sheets(place: Any, beside: TextBeside) -> Iterator[str]:
    """The style sheets of a page, or of a part of it, in order: those in it, and those beside it that browsers save."""
    left = MAX_SHEETS
    for node in place.css("style, link[rel][href]"):
        if node.tag == "style":
            yield node.text()
            continue
        attrs = node.attributes
        kinds = (attrs.get("rel") or "").lower().split()
        if "stylesheet" in kinds and "alternate" not in kinds and attrs.get("media") != "print" and left > 0:
            left -= 1
            if said := beside(attrs.get("href") or ""):
                yield said


def _fill_frames(page: WebPage, beside: TextBeside, depth: int = 0) -> None:
    """Puts the pages that frames show where the frames stand: a reader sees one page."""
    from selectolax.lexbor import LexborHTMLParser

    frames, page.frames = page.frames[:MAX_FRAMES], []
    for node in frames:
        text = node.get("srcdoc") or (beside(node.get("src")) if node.get("src") else None)
        root = LexborHTMLParser(_parsable(text)).root if text else None
        child = root.child if root is not None else None
        while child is not None and root is not None:
            if child.tag in ("body", "frameset"):
                sheets = list(_sheets(root, beside))
                _build(page, child, Cascade(sheets, HtmlElement("html", root.attributes, None, [])), node)
            child = child.next
    if page.frames and depth < MAX_FRAME_DEPTH:
        _fill_frames(page, beside, depth + 1)


def shown_in_fields(page: WebPage) -> bool:
    """Makes text fields that hold an article, and nothing to be filled in, a part of the page: their markup, which a
    script would show, or their lines.  Whether there are any."""
    found = False
    for node in page.fields:
        text = node.text()
        if len(text) >= STATED_PROSE and len(_SENTENCE_END.findall(text)) > 1:
            found, node.tag, node.block, node.children = True, "div", True, []
            if _MARKUP.search(text):
                _build_inner(page, node, text)
            else:
                node.children += (HtmlElement("p", {}, node, [line], node.hidden) for line in text.split("\n"))
    return found


_SENTENCE_END = re.compile("[\u3002\uff01\uff1f]")
_MARKUP = re.compile(r"<(?:p|br|div|span|section|h[1-6]|table)\b", re.I)


def _build_inner(page: WebPage, node: HtmlElement, html: str) -> None:
    """Builds what an element should hold from a text: the MathML that it carries beside how it is drawn (MathJax 2),
    the article in a field."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(_parsable(html)).body
    if body is not None:
        _build(page, body, Cascade([], HtmlElement("html", {}, None, [])), node)


def _show_formulas(page: WebPage) -> None:
    """Shows MathML that a page hides beside a drawing of it, and takes the drawing out: KaTeX, encyclopaedias."""
    for math in page.formulas:
        outer = math
        while outer.parent is not None and outer.parent.hidden is not None:
            outer = outer.parent
        beside = outer.parent.children if outer.parent is not None else []
        others = [child for child in beside if child is not outer and (not isinstance(child, str) or child.strip())]
        drawn = all(not isinstance(child, str) and not child.text().strip() for child in others)
        if drawn and outer.text().strip() == math.text().strip():
            beside[:] = [outer]
            for node in (outer, *outer.elements()):
                node.hidden = None


_DRAWN = re.compile(r"(?:^|\s)(?:katex-html|MathJax(?:_\w+)?|mjx-chtml)(?:\s|$)")


def _is_drawn_formula(node: HtmlElement) -> bool:
    """A formula set for the eye, beside its MathML (KaTeX, MathJax)."""
    if not _DRAWN.search(node.get("class")) or node.tag == "mjx-math":
        return False
    return node.parent is not None and any(inner.tag == "math" for inner in node.parent.elements())


def _read_drawings(page: WebPage) -> None:
    """Puts MathML in the place of a formula that MathJax 3 has drawn, or takes the drawing out where that is beside."""
    for node in page.drawn:
        assert node.parent is not None
        beside = node.parent.children
        at = beside.index(node)
        stated = any(inner.tag == "math" for inner in node.parent.elements())
        made = None if stated else mathml(node)
        beside[at : at + 1] = [made] if made is not None else []


def _ends_line(child: HtmlElement | str) -> bool:
    return not isinstance(child, str) and child.block
