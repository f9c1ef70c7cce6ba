"""A page's tree -> its leaves: the stretches of text and the pictures a reader sees, in document order.

A leaf is the inline content of a block, cut at `<br>` where the page uses that to end paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Container

from ....zh.furniture import line_reason
from .dom import SPACES, HtmlElement, text_of
from .formulas import linear
from .pictures import is_inline, media_of, opens_sentence, said_by, shows
from .runs import (
    BREAK,
    EDGES,
    HEADINGS,
    PLAIN,
    EmphasisKind,
    Leaf,
    RunFormat,
    TextRun,
    collapsed,
    made_of,
    single,
    trim,
)

_KIND_OF_TAG: dict[str, EmphasisKind] = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis",
    "var": "emphasis", "u": "underline", "ins": "underline", "s": "strike", "strike": "strike", "del": "strike",
    "sup": "sup", "sub": "sub",
}  # fmt: skip
_CODE_TAGS = frozenset(("code", "kbd", "samp", "tt"))
_CONTROLS = frozenset(("select", "button", "textarea", "option", "optgroup"))
_IMAGES = frozenset(("img", "image", "amp-img"))
MEDIA = frozenset(("video", "audio", "iframe"))
_SPECIAL = _IMAGES | MEDIA | {"br", "hr", "pre", "q", "ruby", "math"}
_FORMATS = _KIND_OF_TAG.keys() | _CODE_TAGS | {"a"}
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.I)
_STYLES: tuple[tuple[re.Pattern[str], EmphasisKind], ...] = (
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I), "emphasis"),
    (re.compile(r"text-decoration[\w-]*\s*:[^;]*underline", re.I), "underline"),
    (re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I), "strike"),
    (re.compile(r"vertical-align\s*:\s*super", re.I), "sup"),
    (re.compile(r"vertical-align\s*:\s*sub", re.I), "sub"),
    (re.compile(r"text-emphasis(?:-style)?\s*:\s*(?!none)\w", re.I), "dots"),
)
_SHORTEST_CONTROL, _LONGEST_CONTROL = 4, 24  # characters
_OPENED = 3  # lines of a record that opens what belongs to it
_HAN_TEXT = re.compile(r"[\u4e00-\u9fff]{6}")


def cut(body: HtmlElement, ids: Container[str] = ()) -> tuple[list[Leaf], list[HtmlElement]]:
    """The leaves of a page, and the elements that hold any, roughly in document order, the outer before the inner.

    Sets `HtmlElement.span` of these: their leaves are `leaves[first:last]`.  ids: of the page's elements.
    """
    cutter = _Cutter()
    cutter.walk(body, PLAIN, body)
    cutter.flush(body)
    body.span = (0, len(cutter.leaves))
    for index, leaf in enumerate(cutter.leaves):
        leaf.index = index
    nodes = [body, *(node for node in cutter.nodes if node.span[0] < node.span[1])]
    for node in nodes:
        if node.tag == "a" and node.span[1] - node.span[0] >= _OPENED and _opens(node, ids):
            _unlink(cutter.leaves[slice(*node.span)], node)
    return cutter.leaves, nodes


def _opens(link: HtmlElement, ids: Container[str]) -> bool:
    """A link to a part of the page itself."""
    href = link.get("href")
    return href.startswith("#") and href[1:] in ids


def _unlink(leaves: list[Leaf], link: HtmlElement) -> None:
    """Several lines that open a part of the page itself are what they say, and no link to something else."""
    for leaf in leaves:
        leaf.linked -= sum(len(run.text) for run in leaf.runs if run.format.link is link)


class _Cutter:
    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.nodes: list[HtmlElement] = []
        self.runs: list[TextRun] = []
        self.unseen: list[tuple[HtmlElement, str]] = []  # hidden text inside a line: it follows the line
        self.styles: dict[str, tuple[bool | None, tuple[EmphasisKind, ...]]] = {}
        self.controls = 0  # elements around that are controls
        self.pressed = 0  # runs of the line that stand in controls

    def walk(self, node: HtmlElement, form: RunFormat, block: HtmlElement) -> None:
        runs, leaves = self.runs, self.leaves
        last = node.children[-1] if node.children else None
        for child in node.children:
            if isinstance(child, str):
                if runs or child.strip(SPACES):
                    runs.append(TextRun(child, form))
                continue
            tag = child.tag
            if tag in _SPECIAL and self.special(child, form, block):
                continue
            inner = form
            if child.styled or tag in _FORMATS:
                inner = self.formatted(form, child)
            children = child.children
            if (
                child.block
                or (node.hidden and not child.hidden)
                or (tag == "a" and child is last and runs and _is_control(child))
            ):
                if runs or self.unseen:
                    self.flush(block)  # what was gathered before a block ends there
                if children:
                    self.own_lines(child, inner)
            elif child.hidden and not node.hidden and not _has_block(child):
                self.unseen.append((child, child.text()))
            elif len(children) == 1 and isinstance(text := children[0], str):
                if runs or text.strip(SPACES):
                    runs.append(TextRun(text, inner))
                    self.pressed += tag in _CONTROLS
            elif children:
                first, before = len(leaves), len(runs)
                self.controls += tag in _CONTROLS
                self.walk(child, inner, block)
                self.controls -= tag in _CONTROLS
                if tag in _CONTROLS:
                    self.pressed += len(runs) - before
                if len(leaves) > first:
                    self.nodes.append(child)
                    child.span = (first, len(leaves))

    def own_lines(self, node: HtmlElement, form: RunFormat) -> None:
        """What is in a block stands for itself."""
        leaves = self.leaves
        first = len(leaves)
        self.nodes.append(node)
        self.controls += node.tag in _CONTROLS
        if len(node.children) == 1 and isinstance(text := node.children[0], str):
            if text.strip(EDGES):
                leaf = single(text, form, node)
                leaf.control = self.controls > 0
                leaves.append(leaf)
        else:
            self.walk(node, form, node)
            if self.runs or self.unseen:
                self.flush(node)
        self.controls -= node.tag in _CONTROLS
        node.span = (first, len(leaves))

    def formatted(self, form: RunFormat, node: HtmlElement) -> RunFormat:
        """The format inside an element."""
        tag, attrs = node.tag, node.attrs
        if tag in _KIND_OF_TAG:
            form = _with(form, _KIND_OF_TAG[tag])
        elif tag == "a" and "href" in attrs:
            form = RunFormat(node, form.language, form.kinds, form.code)
        elif tag in _CODE_TAGS:
            form = RunFormat(form.link, form.language, form.kinds, True)
        if style := attrs.get("style"):
            strong, kinds = self.said(style)
            if strong:
                form = _with(form, "strong") if tag not in HEADINGS else form
            elif strong is not None:
                left = tuple(kind for kind in form.kinds if kind != "strong")
                form = RunFormat(form.link, form.language, left, form.code)
            for kind in () if node.block else kinds:
                form = _with(form, kind)
        if (language := attrs.get("lang") or attrs.get("xml:lang")) and not node.block:
            form = RunFormat(form.link, language, form.kinds, form.code)
        return form

    def said(self, style: str) -> tuple[bool | None, tuple[EmphasisKind, ...]]:
        """What a style says of the text's weight and kinds; each style of the page is read once."""
        known = self.styles.get(style)
        if known is None:
            found = _BOLD.search(style)
            strong = found[1].lower() in ("bold", "600", "700", "800", "900") if found else None
            known = strong, tuple(kind for pattern, kind in _STYLES if pattern.search(style))
            self.styles[style] = known
        return known

    def special(self, node: HtmlElement, form: RunFormat, block: HtmlElement) -> bool:
        """Elements that are no text; False for one that is to be read as any other."""
        if node.tag == "br":
            self.runs.append(TextRun("\n", BREAK))
        elif node.tag in _IMAGES:
            self.picture(node, form, block)
        elif node.tag in MEDIA:
            return self.media(node, form, block)
        elif node.tag == "hr":
            self.flush(block)
            self.leaves.append(Leaf("rule", node, node.hidden))
        elif node.tag == "pre":
            self.flush(block)
            self.preformatted(node)
        elif node.hidden is not None:
            return False
        elif node.tag == "math":
            if text := collapsed(linear(node)).strip(EDGES):
                self.runs.append(TextRun(text, form, object=node))
        elif node.tag == "q":
            self.quoted(node, self.formatted(form, node), block)
        else:
            self.ruby(node, form)
        return True

    def picture(self, node: HtmlElement, form: RunFormat, block: HtmlElement) -> None:
        """A picture ends the line, unless it stands inside a sentence."""
        last = self.runs[-1].format if self.runs else BREAK
        inside = last.link is None if last is not BREAK else opens_sentence(node)
        if inside and form.link is None and node.hidden is None and is_inline(node):
            if (said := said_by(node)) or shows(node):
                self.runs.append(TextRun(said, form, object=node))
            return
        self.flush(block)
        self.leaves.append(Leaf("image", block, node.hidden, runs=(TextRun("", form),), image=node))

    def media(self, node: HtmlElement, form: RunFormat, block: HtmlElement) -> bool:
        """A video or audio stands on a line of its own as what it is called, with its address.  False: a frame with a
        page in it, which is read."""
        if node.tag == "iframe" and node.children:
            return False
        said = media_of(node)
        if said is not None:
            self.flush(block)
            link = HtmlElement(node.tag, {"href": said[1]}, block, [])
            self.leaves.append(single(said[0], RunFormat(link, form.language), block))
            self.leaves[-1].hidden = node.hidden
        elif node.block:
            self.flush(block)
        return True

    def preformatted(self, node: HtmlElement) -> None:
        first = len(self.leaves)
        apart: list[HtmlElement] = []
        codes = [child for child in node.elements() if child.tag == "code"]
        lines = "\n".join(_typed(code, apart).rstrip("\n") for code in (codes if len(codes) > 1 else [node]))
        text = lines.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\n").rstrip()
        if _HAN_TEXT.search(text) and not codes:
            for line in text.split("\n"):  # an article that was pasted as it is, not code
                self.runs.append(TextRun(line, PLAIN))
                self.flush(node)
        elif text.strip():
            self.leaves.append(Leaf("pre", node, node.hidden, text))
        for inner in apart:
            if said := collapsed(inner.text()).strip(EDGES):
                self.leaves.append(Leaf("text", node, inner.hidden, said, (TextRun(said, PLAIN),), control=True))
        node.span = (first, len(self.leaves))

    def quoted(self, node: HtmlElement, form: RunFormat, block: HtmlElement) -> None:
        """`<q>`: browsers show quotation marks around it, single ones where it stands within another."""
        outer = sum(place.tag == "q" for place in node.up()) % 2
        opening, closing = "\u201c\u201d" if outer else "\u2018\u2019"
        self.runs.append(TextRun(opening, form))
        self.walk(node, form, block)
        self.runs.append(TextRun(closing, form))

    def ruby(self, node: HtmlElement, form: RunFormat) -> None:
        """Each base with the gloss that follows it; `<rp>` is for browsers without ruby."""
        base = ""
        for child in node.children:
            if isinstance(child, str):
                base += child
            elif child.tag == "rt":
                self.runs.append(TextRun(base.strip(SPACES), form, child.text().strip(SPACES)))
                base = ""
            elif child.tag == "rtc":
                continue
            elif child.tag != "rp":
                base += child.text()
        if base.strip(SPACES):
            self.runs.append(TextRun(base.strip(SPACES), form))

    def flush(self, block: HtmlElement) -> None:
        """Ends the line: what was gathered becomes leaves."""
        control = self.controls > 0
        if self.pressed and not control:  # a button within a sentence is a word of it
            control = self.pressed >= sum(run.text.strip(EDGES) != "" for run in self.runs)
        for leaf in made_of(self.runs, block):
            if leaf.text:
                leaf.control = control
                if block.tag in HEADINGS:
                    _without_permalink(leaf)
                self.leaves.append(leaf)
        self.runs.clear()
        self.pressed = 0
        if not self.unseen:
            return
        unseen, self.unseen = self.unseen, []
        for node, text in unseen:
            if text := collapsed(text).strip(EDGES):
                self.leaves.append(Leaf("text", block, node.hidden, text, (TextRun(text, PLAIN),)))


def _is_control(link: HtmlElement) -> bool:
    """A link at the end of a line that is a control of the page, such as one to the rest of a text: a line of its own.

    Only such words count: a sentence may end in a link too."""
    said = text_of(link.children).strip(SPACES)
    return _SHORTEST_CONTROL <= len(said) <= _LONGEST_CONTROL and line_reason(said, "between") == "page tools"


def _typed(node: HtmlElement, apart: list[HtmlElement]) -> str:
    """The text of something preformatted: lines end where the text, a `<br>` or a block says so.  apart: gets what is
    no part of it, such as a button that copies it."""
    said = ""
    for child in node.children:
        if isinstance(child, str):
            said += child
        elif child.tag == "br":
            said += "\n"
        elif child.tag in _CONTROLS or (child.hidden and not node.hidden):
            apart.append(child)
        elif child.block:
            said = said if not said or said.endswith("\n") else said + "\n"
            said += _typed(child, apart).removesuffix("\n") + "\n"
        else:
            said += _typed(child, apart)
    return said


_PERMALINKS = frozenset(("#", "\u00b6", "\u00a7", "\U0001f517"))


def _without_permalink(leaf: Leaf) -> None:
    """The link with which a heading points to itself is no part of what it says."""
    last = leaf.runs[-1]
    if last.format.link is not None and last.text.strip() in _PERMALINKS and len(leaf.runs) > 1:
        trim(leaf, 0, len(leaf.text[: -len(last.text)].rstrip(EDGES)))
        leaf.linked -= len(last.text)


def _has_block(node: HtmlElement) -> bool:
    return any(inner.block for inner in node.elements())


def _with(form: RunFormat, kind: EmphasisKind) -> RunFormat:
    return form if kind in form.kinds else RunFormat(form.link, form.language, (*form.kinds, kind), form.code)
