"""A page's tree -> its leaves: the stretches of text and the pictures a reader sees, in document order.

A leaf is what one visible line (or one picture) of the page is made of: the inline content of a block, cut at `<br>`
where the page uses that to end paragraphs.  White space is collapsed as CSS does it; no-break and ideographic spaces
at a line's ends, which such pages indent with, are the leaf's `lead` and `trail`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from .html_tree import SKIPPED_TAGS, Node

Kind = Literal["strong", "emphasis", "dots", "underline", "strike", "sup", "sub"]


class Format(NamedTuple):
    """How a stretch of text is set.  link: the `<a>` it stands in; language: a `lang` that is not the page's."""

    link: Node | None = None
    language: str = ""
    kinds: tuple[Kind, ...] = ()
    code: bool = False


class Piece(NamedTuple):
    """A stretch of one format.  gloss: what stands over it as ruby.  A line break is the text `\\n`."""

    text: str
    format: Format
    gloss: str = ""


class Leaf:
    """One visible line, or several that the page broke by hand, or a picture.

    node: the block it stands in.  hidden: why it is not seen.  linked: characters that are links.
    """

    __slots__ = ("control", "hidden", "image", "index", "kind", "lead", "linked", "node", "pieces", "text", "trail")

    def __init__(self, kind: Literal["text", "image", "pre", "rule"], node: Node, text: str = "") -> None:
        self.kind = kind
        self.node = node
        self.text = text
        self.pieces: tuple[Piece, ...] = ()
        self.lead = ""
        self.trail = ""
        self.linked = 0
        self.hidden: str | None = node.hidden
        self.image: Node | None = None
        self.control = False
        self.index = 0


_PLAIN = Format()
_KIND_OF_TAG: dict[str, Kind] = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis",
    "var": "emphasis", "u": "underline", "ins": "underline", "s": "strike", "strike": "strike", "del": "strike",
    "sup": "sup", "sub": "sub",
}  # fmt: skip
_CODE_TAGS = frozenset(("code", "kbd", "samp", "tt"))
_CONTROLS = frozenset(("select", "button", "textarea", "option", "optgroup"))
_IMAGES = frozenset(("img", "image", "amp-img"))
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.I)
_STYLES: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I), "emphasis"),
    (re.compile(r"text-decoration[\w-]*\s*:[^;]*underline", re.I), "underline"),
    (re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.I), "strike"),
    (re.compile(r"vertical-align\s*:\s*super", re.I), "sup"),
    (re.compile(r"vertical-align\s*:\s*sub", re.I), "sub"),
    (re.compile(r"text-emphasis(?:-style)?\s*:\s*(?!none)\w", re.I), "dots"),
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

SPACES = " \t\n\r\f"
EDGES = SPACES + "\u00a0\u3000\u200b\ufeff\u2002\u2003"
"""White space that is layout where it stands at a line's ends, with the invisible characters met there."""

_MORE = re.compile("返回[^\uff0c,]{1,10}[\uff0c,]\\s*查看更多")
"""A link that account pages put at the end of the last paragraph: a line of its own."""

_RUN = re.compile(r"[ \t\n\r\f]+")
_HAN_TEXT = re.compile(r"[\u4e00-\u9fff]{6}")


def cut(body: Node) -> tuple[list[Leaf], list[Node]]:
    """The leaves of a page, and the elements that hold any, roughly in document order, the outer before the inner.

    Sets `Node.span` of these: their leaves are `leaves[first:last]`.
    """
    cutter = _Cutter()
    cutter.walk(body, _PLAIN, body)
    cutter.flush(body)
    body.span = (0, len(cutter.leaves))
    for index, leaf in enumerate(cutter.leaves):
        leaf.index = index
    nodes = [body, *(node for node in cutter.nodes if node.span[0] < node.span[1])]
    return cutter.leaves, nodes


class _Cutter:
    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.nodes: list[Node] = []
        self.pieces: list[Piece] = []
        self.unseen: list[tuple[Node, str]] = []  # hidden text inside a line: it follows the line

    def walk(self, node: Node, form: Format, block: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                if self.pieces or child.strip(SPACES):
                    self.pieces.append(Piece(child, form))
            elif child.tag == "br":
                self.pieces.append(Piece("\n", BREAK))
            elif child.tag in _IMAGES:
                self.picture(child, form, block)
            elif child.tag == "hr":
                self.flush(block)
                self.leaves.append(Leaf("rule", child))
            elif child.tag == "pre":
                self.flush(block)
                self.preformatted(child)
            elif child.tag == "ruby" and child.hidden is None:
                self.ruby(child, form)
            elif child.block or _stands_alone(child, node):
                if self.pieces or self.unseen:
                    self.flush(block)
                first = len(self.leaves)
                self.nodes.append(child)
                self.walk(child, _formatted(form, child), child)
                if self.pieces or self.unseen:
                    self.flush(child)
                child.span = (first, len(self.leaves))
            elif child.hidden is not None and node.hidden is None and not _has_block(child):
                self.unseen.append((child, child.text()))
            elif child.tag not in SKIPPED_TAGS:
                first = len(self.leaves)
                self.walk(child, _formatted(form, child), block)
                if len(self.leaves) > first:
                    self.nodes.append(child)
                    child.span = (first, len(self.leaves))

    def picture(self, node: Node, form: Format, block: Node) -> None:
        self.flush(block)
        leaf = Leaf("image", block)
        leaf.image, leaf.hidden = node, node.hidden
        leaf.pieces = (Piece("", form),)
        self.leaves.append(leaf)

    def preformatted(self, node: Node) -> None:
        first = len(self.leaves)
        text = node.text().replace("\r\n", "\n").replace("\r", "\n").removeprefix("\n").rstrip()
        if _HAN_TEXT.search(text):
            for line in text.split("\n"):  # an article that was pasted as it is, not code
                self.pieces.append(Piece(line, _PLAIN))
                self.flush(node)
        elif text.strip():
            self.leaves.append(Leaf("pre", node, text))
        node.span = (first, len(self.leaves))

    def ruby(self, node: Node, form: Format) -> None:
        """Each base with the gloss that follows it; `<rp>` is for browsers without ruby."""
        base = ""
        for child in node.children:
            if isinstance(child, str):
                base += child
            elif child.tag == "rt":
                self.pieces.append(Piece(base.strip(SPACES), form, child.text().strip(SPACES)))
                base = ""
            elif child.tag == "rtc":
                continue
            elif child.tag != "rp":
                base += child.text()
        if base.strip(SPACES):
            self.pieces.append(Piece(base.strip(SPACES), form))

    def flush(self, block: Node) -> None:
        """Ends the line: what was gathered becomes leaves."""
        pieces, self.pieces = self.pieces, []
        if pieces:
            lines = _lines(pieces)
            for group in _paragraphs(lines, block) if len(lines) > 1 else [lines] if not lines[0].blank else []:
                self.leaves.append(_text_leaf(group, block))
        unseen, self.unseen = self.unseen, []
        for node, text in unseen:
            if text := _RUN.sub(" ", text).strip(EDGES):
                leaf = Leaf("text", block, text)
                leaf.pieces = (Piece(text, _PLAIN),)
                leaf.hidden = node.hidden
                self.leaves.append(leaf)


def _stands_alone(node: Node, parent: Node) -> bool:
    """An inline element that is a line of its own: the link to more, and what is seen inside what is not."""
    if node.tag == "a" and _MORE.fullmatch(node.text().strip(SPACES)):
        return True
    return node.hidden is None and parent.hidden is not None and node.tag not in SKIPPED_TAGS


BREAK = Format(language="\n")  # told apart from a text that is a line end of the source


def _has_block(node: Node) -> bool:
    return any(inner.block for inner in node.elements())


def _formatted(form: Format, node: Node) -> Format:
    """The format inside an element."""
    tag, attrs = node.tag, node.attrs
    if tag in _KIND_OF_TAG:
        form = _with(form, _KIND_OF_TAG[tag])
    elif tag == "a" and "href" in attrs:
        form = form._replace(link=node)
    elif tag in _CODE_TAGS:
        form = form._replace(code=True)
    if style := attrs.get("style"):
        if weight := _BOLD.search(style):
            if weight[1].lower() in ("bold", "600", "700", "800", "900"):
                form = _with(form, "strong") if tag not in _HEADINGS else form
            else:
                form = form._replace(kinds=tuple(kind for kind in form.kinds if kind != "strong"))
        if ":" in style and not node.block:
            for pattern, kind in _STYLES:
                if pattern.search(style):
                    form = _with(form, kind)
    if (language := attrs.get("lang") or attrs.get("xml:lang")) and not node.block:
        form = form._replace(language=language)
    return form


def _with(form: Format, kind: Kind) -> Format:
    return form if kind in form.kinds else form._replace(kinds=(*form.kinds, kind))


# --- From pieces to lines ---------------------------------------------------------------------------------------


class _Line:
    """A line's pieces with white space collapsed, cut at `<br>`; blank lines are kept to see paragraphs end."""

    def __init__(self, pieces: list[Piece]) -> None:
        whole = "".join([piece.text for piece in pieces]) if len(pieces) != 1 else pieces[0].text
        bare = whole.strip(EDGES)
        self.blank = not bare
        start = len(whole) - len(whole.lstrip(EDGES)) if bare else len(whole)
        self.lead = whole[:start]
        self.trail = whole[start + len(bare) :]
        self.text = bare
        if len(pieces) == 1 and bare:
            self.pieces: tuple[Piece, ...] = (Piece(bare, pieces[0].format, pieces[0].gloss),)
        else:
            self.pieces = _slice(pieces, start, start + len(bare))
        self.indented = (
            sum(2 if char == "\u3000" else 1 for char in self.lead if char in "\u3000\u00a0\u2002\u2003") >= 2
        )


def _slice(pieces: list[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces between two offsets of their joined text, neighbours of one format joined."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        text = piece.text[max(0, start - at) : max(0, end - at)]
        at += len(piece.text)
        if not text:
            continue
        if out and out[-1].format == piece.format and not out[-1].gloss and not piece.gloss:
            out[-1] = piece._replace(text=out[-1].text + text)
        else:
            out.append(piece._replace(text=text))
    return tuple(out)


def _lines(pieces: list[Piece]) -> list[_Line]:
    lines: list[_Line] = []
    current: list[Piece] = []
    space = True  # white space at a line's start disappears
    for piece in pieces:
        if piece.format is BREAK:
            lines.append(_Line(_without_last_space(current)))
            current, space = [], True
            continue
        text = piece.text
        if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
            text = _RUN.sub(" ", text)
        if space and text[:1] == " ":
            text = text[1:]
        if text:
            space = text[-1] == " "
            current.append(Piece(text, piece.format, piece.gloss))
    lines.append(_Line(_without_last_space(current)))
    return lines


def _without_last_space(pieces: list[Piece]) -> list[Piece]:
    if pieces and pieces[-1].text.endswith(" "):
        last = pieces[-1]._replace(text=pieces[-1].text[:-1])
        return [*pieces[:-1], last] if last.text else pieces[:-1]
    return pieces


def _paragraphs(lines: list[_Line], block: Node) -> list[list[_Line]]:
    """Lines grouped into paragraphs.

    On Chinese pages `<br>` ends a paragraph more often than a line.  It is a line break within one only in a heading,
    in a table cell, and in verse: unindented lines of one length, all short.
    """
    groups: list[list[_Line]] = [[]]
    together = block.tag in _HEADINGS or block.tag in ("td", "th", "caption", "figcaption") or _verse(lines)
    for line in lines:
        if line.blank:
            groups.append([])
        elif groups[-1] and (not together or line.indented):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _verse(lines: list[_Line]) -> bool:
    lengths = [len(line.text) for line in lines if not line.blank]
    return len(lengths) > 1 and max(lengths) <= 16 and max(lengths) - min(lengths) <= 2 and min(lengths) >= 4


def _text_leaf(lines: list[_Line], block: Node) -> Leaf:
    leaf = Leaf("text", block, "\n".join(line.text for line in lines))
    pieces: list[Piece] = []
    for line in lines:
        if pieces:
            pieces.append(Piece("\n", BREAK))
        pieces.extend(line.pieces)
    leaf.pieces = tuple(pieces)
    leaf.lead, leaf.trail = lines[0].lead, lines[-1].trail
    leaf.linked = sum(len(piece.text) for piece in pieces if piece.format.link is not None)
    leaf.control = any(node.tag in _CONTROLS for node in block.up())
    return leaf
