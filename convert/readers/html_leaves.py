"""A page's tree -> its leaves: the stretches of text and the pictures a reader sees, in document order.

A leaf is what one visible line (or one picture) of the page is made of: the inline content of a block, cut at `<br>`
where the page uses that to end paragraphs.  White space is collapsed as CSS does it; no-break and ideographic spaces
at a line's ends, which such pages indent with, are the leaf's `lead` and `trail`.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

import msgspec

from .html_node import SPACES, Node

Kind = Literal["strong", "emphasis", "dots", "underline", "strike", "sup", "sub"]


class Format(msgspec.Struct, frozen=True):
    """How a stretch of text is set.  link: the `<a>` it stands in; language: a `lang` that is not the page's."""

    link: Node | None = None
    language: str = ""
    kinds: tuple[Kind, ...] = ()
    code: bool = False


class Piece(msgspec.Struct, frozen=True):
    """A stretch of one format.  gloss: what stands over it as ruby.  A line break is the text `\\n`."""

    text: str
    format: Format
    gloss: str = ""


class Leaf:
    """One visible line, or several that the page broke by hand, or a picture.

    node: the block it stands in.  hidden: why it is not seen.  linked: characters that are links.
    """

    pieces: tuple[Piece, ...] = ()
    lead = ""
    trail = ""
    linked = 0
    image: Node | None = None
    control = False
    index = 0

    def __init__(self, kind: Literal["text", "image", "pre", "rule"], node: Node, text: str = "") -> None:
        self.kind = kind
        self.node = node
        self.text = text
        self.hidden: str | None = node.hidden


_PLAIN = Format()
_KIND_OF_TAG: dict[str, Kind] = {
    "b": "strong", "strong": "strong", "em": "emphasis", "i": "emphasis", "cite": "emphasis", "dfn": "emphasis",
    "var": "emphasis", "u": "underline", "ins": "underline", "s": "strike", "strike": "strike", "del": "strike",
    "sup": "sup", "sub": "sub",
}  # fmt: skip
_CODE_TAGS = frozenset(("code", "kbd", "samp", "tt"))
_CONTROLS = frozenset(("select", "button", "textarea", "option", "optgroup"))
_IMAGES = frozenset(("img", "image", "amp-img"))
_SPECIAL = _IMAGES | {"br", "hr", "pre", "q", "ruby"}
_FORMATS = _KIND_OF_TAG.keys() | _CODE_TAGS | {"a"}
_FORMAT_ATTRIBUTES = frozenset(("style", "lang", "xml:lang"))
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
        self.styles: dict[str, tuple[bool | None, tuple[Kind, ...]]] = {}
        self.controls = 0  # elements around that are controls

    def walk(self, node: Node, form: Format, block: Node) -> None:
        pieces = self.pieces
        for child in node.children:
            if isinstance(child, str):
                if pieces or child.strip(SPACES):
                    pieces.append(Piece(child, form))
                continue
            tag = child.tag
            if tag in _SPECIAL and self.special(child, form, block):
                continue
            inner = form
            if tag in _FORMATS or (child.attrs and not _FORMAT_ATTRIBUTES.isdisjoint(child.attrs)):
                inner = self.formatted(form, child)
            if child.block or (tag == "a" and _leads_to_more(child)) or (node.hidden and not child.hidden):
                self.own_lines(child, inner, block)
            elif child.hidden and not node.hidden and not _has_block(child):
                self.unseen.append((child, child.text()))
            elif child.children:
                first = len(self.leaves)
                self.controls += tag in _CONTROLS
                self.walk(child, inner, block)
                self.controls -= tag in _CONTROLS
                if len(self.leaves) > first:
                    self.nodes.append(child)
                    child.span = (first, len(self.leaves))

    def own_lines(self, node: Node, form: Format, block: Node) -> None:
        """A block: what was gathered before it ends, and what is in it stands for itself."""
        if self.pieces or self.unseen:
            self.flush(block)
        if not node.children:
            return
        first = len(self.leaves)
        self.nodes.append(node)
        self.controls += node.tag in _CONTROLS
        self.walk(node, form, node)
        if self.pieces or self.unseen:
            self.flush(node)
        self.controls -= node.tag in _CONTROLS
        node.span = (first, len(self.leaves))

    def formatted(self, form: Format, node: Node) -> Format:
        """The format inside an element."""
        tag, attrs = node.tag, node.attrs
        if tag in _KIND_OF_TAG:
            form = _with(form, _KIND_OF_TAG[tag])
        elif tag == "a" and "href" in attrs:
            form = Format(node, form.language, form.kinds, form.code)
        elif tag in _CODE_TAGS:
            form = Format(form.link, form.language, form.kinds, True)
        if style := attrs.get("style"):
            strong, kinds = self.said(style)
            if strong:
                form = _with(form, "strong") if tag not in _HEADINGS else form
            elif strong is not None:
                left = tuple(kind for kind in form.kinds if kind != "strong")
                form = Format(form.link, form.language, left, form.code)
            for kind in () if node.block else kinds:
                form = _with(form, kind)
        if (language := attrs.get("lang") or attrs.get("xml:lang")) and not node.block:
            form = Format(form.link, language, form.kinds, form.code)
        return form

    def said(self, style: str) -> tuple[bool | None, tuple[Kind, ...]]:
        """What a style says of the text's weight and kinds; each style of the page is read once."""
        known = self.styles.get(style)
        if known is None:
            found = _BOLD.search(style)
            strong = found[1].lower() in ("bold", "600", "700", "800", "900") if found else None
            known = strong, tuple(kind for pattern, kind in _STYLES if pattern.search(style))
            self.styles[style] = known
        return known

    def special(self, node: Node, form: Format, block: Node) -> bool:
        """Elements that are no text; False for one that is to be read as any other."""
        if node.tag == "br":
            self.pieces.append(Piece("\n", BREAK))
        elif node.tag in _IMAGES:
            self.picture(node, form, block)
        elif node.tag == "hr":
            self.flush(block)
            self.leaves.append(Leaf("rule", node))
        elif node.tag == "pre":
            self.flush(block)
            self.preformatted(node)
        elif node.hidden is not None:
            return False
        elif node.tag == "q":
            self.quoted(node, self.formatted(form, node), block)
        else:
            self.ruby(node, form)
        return True

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

    def quoted(self, node: Node, form: Format, block: Node) -> None:
        """`<q>`: browsers show quotation marks around it, single ones where it stands within another."""
        outer = sum(place.tag == "q" for place in node.up()) % 2
        opening, closing = "\u201c\u201d" if outer else "\u2018\u2019"
        self.pieces.append(Piece(opening, form))
        self.walk(node, form, block)
        self.pieces.append(Piece(closing, form))

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
        pieces = self.pieces.copy()
        self.pieces.clear()
        while pieces and pieces[-1].format is not BREAK and not pieces[-1].text.strip(SPACES):
            pieces.pop()  # white space between an element and the end of its line
        if not pieces:
            made: list[Leaf] = []
        elif len(pieces) == 1 and pieces[0].format is not BREAK:
            made = [_single(pieces[0], block)]
        else:
            lines = _lines(pieces)
            made = [_text_leaf(group, block) for group in _paragraphs(lines, block)]
        for leaf in made:
            if leaf.text:
                leaf.control = self.controls > 0
                self.leaves.append(leaf)
        if not self.unseen:
            return
        unseen, self.unseen = self.unseen, []
        for node, text in unseen:
            if text := _RUN.sub(" ", text).strip(EDGES):
                leaf = Leaf("text", block, text)
                leaf.pieces = (Piece(text, _PLAIN),)
                leaf.hidden = node.hidden
                self.leaves.append(leaf)


def _leads_to_more(link: Node) -> bool:
    """The link to more, which is a line of its own."""
    children = link.children
    if len(children) == 1 and isinstance(children[0], str):
        return "查看更多" in children[0] and _MORE.fullmatch(children[0].strip(SPACES)) is not None
    return 0 < len(children) <= 3 and _MORE.fullmatch(link.text().strip(SPACES)) is not None


BREAK = Format(language="\n")  # told apart from a text that is a line end of the source


def _has_block(node: Node) -> bool:
    return any(inner.block for inner in node.elements())


def _with(form: Format, kind: Kind) -> Format:
    return form if kind in form.kinds else Format(form.link, form.language, (*form.kinds, kind), form.code)


# --- From pieces to lines ---------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """A line's text and pieces with white space collapsed, cut at `<br>`; a blank one has no text."""

    text: str
    pieces: tuple[Piece, ...]
    lead: str
    trail: str

    @property
    def indented(self) -> bool:
        """Indented as paragraphs are: by an ideographic space or two no-break ones."""
        return sum(2 if char == "\u3000" else 1 for char in self.lead if char in "\u3000\u00a0\u2002\u2003") >= 2


def _line(pieces: list[Piece]) -> _Line:
    whole = "".join([piece.text for piece in pieces])
    bare = whole.strip(EDGES)
    start = len(whole) - len(whole.lstrip(EDGES)) if bare else len(whole)
    return _Line(bare, _slice(pieces, start, start + len(bare)), whole[:start], whole[start + len(bare) :])


def _single(piece: Piece, block: Node) -> Leaf:
    """The leaf of a line of one piece, as most are."""
    whole = _collapsed(piece.text.strip(SPACES))
    bare = whole.strip(EDGES)
    leaf = Leaf("text", block, bare)
    if len(bare) < len(whole):
        start = len(whole) - len(whole.lstrip(EDGES))
        leaf.lead, leaf.trail = whole[:start], whole[start + len(bare) :]
    leaf.pieces = (Piece(bare, piece.format, piece.gloss),)
    if piece.format.link is not None:
        leaf.linked = len(bare)
    return leaf


def _collapsed(text: str) -> str:
    """White space in a text as one space each."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        return _RUN.sub(" ", text)
    return text


def _slice(pieces: list[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """The pieces between two offsets of their joined text, neighbours of one format joined."""
    out: list[Piece] = []
    at = 0
    for piece in pieces:
        text = piece.text
        upto = at + len(text)
        if at < start or upto > end:
            text = text[max(0, start - at) : max(0, end - at)]
        at = upto
        if not text:
            continue
        last = out[-1] if out else None
        if last is not None and last.format == piece.format and not last.gloss and not piece.gloss:
            out[-1] = Piece(last.text + text, piece.format)
        else:
            out.append(Piece(text, piece.format, piece.gloss))
    return tuple(out)


def _lines(pieces: list[Piece]) -> list[_Line]:
    lines: list[_Line] = []
    current: list[Piece] = []
    space = True  # white space at a line's start disappears
    for piece in pieces:
        if piece.format is BREAK:
            lines.append(_line(_without_last_space(current)))
            current, space = [], True
            continue
        text = _collapsed(piece.text.lstrip(SPACES) if space else piece.text)
        if text:
            space = text[-1] == " "
            current.append(Piece(text, piece.format, piece.gloss))
    lines.append(_line(_without_last_space(current)))
    return lines


def _without_last_space(pieces: list[Piece]) -> list[Piece]:
    if pieces and pieces[-1].text.endswith(" "):
        last = pieces[-1]
        return [*pieces[:-1], Piece(last.text[:-1], last.format, last.gloss)] if len(last.text) > 1 else pieces[:-1]
    return pieces


def _paragraphs(lines: list[_Line], block: Node) -> list[list[_Line]]:
    """Lines grouped into paragraphs.

    On Chinese pages `<br>` ends a paragraph more often than a line.  It is a line break within one only in a heading,
    in a table cell, and in verse: unindented lines of one length, all short.
    """
    groups: list[list[_Line]] = [[]]
    together = block.tag in _HEADINGS or block.tag in ("td", "th", "caption", "figcaption") or _verse(lines)
    for line in lines:
        if not line.text:
            groups.append([])
        elif groups[-1] and (not together or line.indented):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _verse(lines: list[_Line]) -> bool:
    lengths = [len(line.text) for line in lines if line.text]
    return len(lengths) > 1 and max(lengths) <= 16 and max(lengths) - min(lengths) <= 2 and min(lengths) >= 4


def _text_leaf(lines: list[_Line], block: Node) -> Leaf:
    if len(lines) == 1:
        leaf = Leaf("text", block, lines[0].text)
        leaf.pieces = lines[0].pieces
    else:
        leaf = Leaf("text", block, "\n".join(line.text for line in lines))
        pieces = list(lines[0].pieces)
        for line in lines[1:]:
            pieces.append(Piece("\n", BREAK))
            pieces.extend(line.pieces)
        leaf.pieces = tuple(pieces)
    leaf.lead, leaf.trail = lines[0].lead, lines[-1].trail
    for piece in leaf.pieces:
        if piece.format.link is not None:
            leaf.linked += len(piece.text)
    return leaf
