"""Pages -> content streams and page objects (reportlab's object model).  Decides nothing: every place is given.

Glyph runs are written as finished strings.  Each piece of text is marked content of its structure node; repeated
heads, rules and page numbers are artifacts (ISO 32000-1, 14.8.2.2).  Where a gap is drawn that no space of the source
stands for, ActualText says so, or readers would find a space there (convert/README.md, Line composition 4).
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportlab.pdfbase import pdfdoc

from . import apart
from .glyphs import GlyphLook, LinePicture, Stretch
from .justify import Line
from .paginate import NOTE_RULE, PlacedBand
from .pen import TextPen, rgb
from .rows import ASCENT, BandItem, PictureItem, RuleItem, TextItem, TurnedItem
from .shape import RUBY_SIZE, Gloss
from .spans import spans_of
from .tags import Tag

_UNDERLINE = -0.12  # em below the baseline
_STRIKE = 0.33
_MIDDLE = 0.38  # of an ideograph above the baseline
_DOT_BELOW = -0.28  # centre of an emphasis dot, em from the baseline
_DOT_ABOVE = 1.0
_DOT_SIZE = 0.06  # radius, em
_CIRCLE = 0.5523


class Annotation(NamedTuple):
    """A link: its box on the page (points, PDF axes), target and node."""

    box: tuple[float, float, float, float]
    target: str
    node: Tag
    text: str


class PagePainter(TextPen):
    """Paints one page.  left, top, bottom: of the text area in PDF axes."""

    def __init__(self, number: int, left: float, top: float, bottom: float, pictures: dict[str, str]) -> None:
        super().__init__()
        self.number = number
        self.left = left
        self.top = top
        self.bottom = bottom
        self._turn: tuple[float, float] | None = None  # where the origin of turned rows lies on the page
        self.pictures = pictures
        self.marks = 0
        self.annotations: list[Annotation] = []
        self._open: Tag | bool | None = False  # the node whose marked content is open; False where none is

    def placed(self, rows: list[PlacedBand]) -> None:
        """Paints rows in their places."""
        for placed in rows:
            for item in placed.row.items:
                self.item(item, placed.y, furniture=placed.furniture)

    def place(self, y: float) -> tuple[float, float]:
        """Where a row that stands `y` below the first begins on the page."""
        return self.left, self.top - y

    def note_rule(self, y: float, width: float) -> None:
        """The rule that sets footnotes off, a quarter of the measure long."""
        at = self.top - y + NOTE_RULE / 2
        self._decorations.append(f"0.5 w {self.left:.2f} {at:.2f} m {self.left + width / 4:.2f} {at:.2f} l S")

    def finish(self) -> str:
        """The operators of the whole page."""
        self._close()
        if self._decorations:
            self.code += ["/Artifact BMC", *self._decorations, "EMC"]
        return "\n".join(self.code)

    def item(self, item: BandItem, y: float, *, furniture: bool = False) -> None:
        """Paints one item.  y: of its row, from the top of the text area, points."""
        match item:
            case TextItem():
                self._text(item, self.top - y - item.y, furniture)
            case RuleItem():
                drawn = (
                    f"{item.weight:.2f} w {self.left + item.x:.2f} {self.top - y - item.y:.2f} m "
                    f"{self.left + item.x2:.2f} {self.top - y - item.y2:.2f} l S"
                )
                self._decorations.append(f"q {rgb(item.color)} RG {drawn} Q" if item.color else drawn)
            case PictureItem():
                self._picture(item, y)
            case TurnedItem():
                self._turned(item)

    def _turned(self, item: TurnedItem) -> None:
        """Paint rows turned to the left, in axes of their own: x upwards on the page, y to the left."""
        self._close()
        kept = self.left, self.top, self._decorations
        self._turn = self.left, self.bottom
        self.code.append(f"q 0 1 -1 0 {self.left:.3f} {self.bottom:.3f} cm")
        self._forget()
        self.left, self.top, self._decorations = 0.0, 0.0, []
        self.placed([PlacedBand(y, row, furniture) for y, row, furniture in item.rows])
        self._close()
        if self._decorations:
            self.code += ["/Artifact BMC", *self._decorations, "EMC"]
        self.code.append("Q")
        self._forget()
        self.left, self.top, self._decorations = kept
        self._turn = None

    def _on_page(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box (left, bottom, right, top) where it comes to lie on the page."""
        if self._turn is None:
            return box
        x, y = self._turn
        return x - box[3], y + box[0], x - box[1], y + box[2]

    # --- Marked content -----------------------------------------------------------------------------------------

    def _mark(self, node: Tag | None) -> None:
        """Open marked content of a node (None: an artifact), unless it is open already."""
        if self._open is node:
            return
        self._close()
        if node is None:
            self.code.append("/Artifact BMC")
        else:
            self.code.append(f"/{node.kind}<</MCID {self.marks}>>BDC")
            node.kids.append((self.number, self.marks))
            self.marks += 1
        self._open = node

    def _close(self) -> None:
        if self._in_text:
            self.code.append("ET")
            self._in_text = False
            self._pen = None
        if self._open is not False:
            self.code.append("EMC")
            self._open = False

    # --- Text ---------------------------------------------------------------------------------------------------

    def _text(self, item: TextItem, baseline: float, furniture: bool) -> None:
        line = item.line
        if line.first == line.last:
            return
        node = None if furniture else item.node
        stretches = _stretches(item.shaped.stretches, line)
        x = self.left + item.x
        self._places = apart.places(item.shaped, line, x) if apart.is_apart(item.shaped, line) else None
        spans = spans_of(item, stretches)
        self._pen = None
        links: dict[int, Annotation] = {}
        for first, last, stretch in stretches:
            look = stretch.look
            # A node is made when its text is hung, for readers read nodes and text in the order they were hung in.
            owner = _owner(stretch, node)
            if look.picture is not None:
                self._in_line(look.picture, owner, x, baseline, look.size)
                x += item.shaped.advance[first] + line.extra.get(first, 0.0)
                continue
            self._mark(owner)
            self._begin(stretch, look)
            behind = self._stretch(item, first, last, stretch.font, look.size, x, baseline, spans)
            x, end = (x, behind) if self._places is None else _extent(self._places, item, first, last)
            if node is not None and owner is not None and look.link is not None:
                self._link(links, look, owner, (x, end, baseline), item.shaped.text[first:last])
            if look.underline or look.strike or look.dots:
                self._decorate(item, first, last, look, x, end, baseline)
            for gloss in _glosses(item.shaped.glosses, first) if item.shaped.glosses else ():
                if gloss.last > last:
                    break  # it is drawn behind the base, which may be of several faces
                self._gloss(gloss, _span(item, end, gloss, last), baseline, item.shaped.size, owner)
            x = behind
        self._places = None
        self.annotations += links.values()

    def _gloss(self, gloss: Gloss, span: tuple[float, float], baseline: float, size: float, base: Tag | None) -> None:
        """Ruby, centred over the span of its base, which is tagged as an RB of its ruby; bopomofo beside it."""
        owner = base.parent.child("RT") if base is not None and base.parent is not None else None
        at = max(self.left, (span[0] - gloss.lead + span[1] + gloss.trail - gloss.width) / 2)
        if gloss.beside:
            at = span[1] - gloss.width
        y = baseline + size * (ASCENT + RUBY_SIZE * (1 - ASCENT))
        line = Line(0, len(gloss.shaped.text), 0, {}, {}, gloss.width, len(gloss.shaped.text))
        item = TextItem(0, 0, gloss.shaped, line, owner)
        self._pen = None
        for stretch in gloss.shaped.stretches:
            self._mark(owner)
            self._begin(stretch, stretch.look)
            size_of, chars = stretch.look.size, (stretch.first, stretch.last)
            if gloss.shaped.upright is not None:
                places = apart.places(gloss.shaped, line, at)
                self._show_apart(item, places, chars, stretch.font, size_of, at, y, None)
            elif gloss.beside:
                self._show_apart(
                    item, dict.fromkeys(range(*chars), at), chars, stretch.font, size_of, at, baseline, None
                )
            else:
                at = self._show(item, *chars, stretch.font, size_of, at, y)
        self._pen = None

    def _decorate(
        self, item: TextItem, first: int, last: int, look: GlyphLook, x: float, end: float, baseline: float
    ) -> None:
        if look.underline or look.strike:
            y = baseline + look.size * (_UNDERLINE if look.underline else _STRIKE)
            self._decorations.append(f"{look.size * 0.05:.2f} w {x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S")
        if look.dots:
            at = x
            # Under the text where its ruby stands over it, in Japanese too: one would lie on the other.
            glossed = bool(look.tag) and look.tag[-1][0] == "Ruby"
            over = look.dots_over and not glossed
            for place in range(first, last):
                width = item.shaped.advance[place]
                # Never under punctuation (convert/README.md, Line composition 7).
                if item.shaped.classes[place] in "HKW":
                    y = baseline + look.size * (_DOT_ABOVE if over else _DOT_BELOW)
                    self._decorations.append(_dot(at + width / 2, y, look.size * _DOT_SIZE))
                at += width + item.line.extra.get(place, 0.0)

    def _link(
        self,
        links: dict[int, Annotation],
        look: GlyphLook,
        node: Tag,
        place: tuple[float, float, float],
        text: str,
    ) -> None:
        """Add a piece of a link to what the line has of it: one annotation a link and line.  place: where the piece
        begins and ends, and its baseline."""
        x, end, baseline = place
        while node.kind != "Link" and node.parent is not None:
            node = node.parent
        box = self._on_page((x, baseline + look.rise - 0.15 * look.size, end, baseline + look.rise + 0.9 * look.size))
        if id(node) in links:
            (left, bottom, right, top), _, _, before = links[id(node)]
            box = min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3])
            text = before + text
        links[id(node)] = Annotation(box, look.link or "", node, text)

    # --- Pictures -----------------------------------------------------------------------------------------------

    def _in_line(self, picture: LinePicture, node: Tag | None, x: float, baseline: float, size: float) -> None:
        """A picture between characters, its middle at theirs."""
        y = self.top - baseline - _MIDDLE * size - picture.height / 2
        if node is not None:
            node.say(O="/Layout", Width=round(picture.width, 2), Height=round(picture.height, 2))
        self._picture(PictureItem(x - self.left, y, picture.width, picture.height, picture.media, node), 0)
        self._pen = None

    def _picture(self, item: PictureItem, y: float) -> None:
        x, low = self.left + item.x, self.top - y - item.y - item.height
        if item.node is not None:
            box = (x, low, x + item.width, low + item.height)
            item.node.say(BBox=pdfdoc.PDFArrayCompact([round(value, 2) for value in self._on_page(box)]))
        self._close()
        self._mark(item.node)
        name = self.pictures.get(item.media) if item.media is not None else None
        if name is not None:
            self.code.append(f"q {item.width:.3f} 0 0 {item.height:.3f} {x:.3f} {low:.3f} cm /{name} Do Q")
            self.used[name] = None
        else:
            self.code.append(f"0.5 w {x:.2f} {low:.2f} {item.width:.2f} {item.height:.2f} re S")
        self._close()


def _stretches(every: Sequence[Stretch], line: Line) -> list[tuple[int, int, Stretch]]:
    """The stretches of a line, each with where it begins and ends there."""
    if len(every) == 1:
        return [(line.first, line.last, every[0])]
    out = []
    for at in range(bisect_right(every, line.first, key=lambda stretch: stretch.last), len(every)):
        stretch = every[at]
        if stretch.first >= line.last:
            break
        out.append((max(stretch.first, line.first), min(stretch.last, line.last), stretch))
    return out


def _glosses(every: Sequence[Gloss], first: int) -> Iterator[Gloss]:
    """The glosses whose bases end behind a character."""
    return itertools.islice(every, bisect_right(every, first, key=lambda gloss: gloss.last), None)


def _extent(places: dict[int, float], item: TextItem, first: int, last: int) -> tuple[float, float]:
    """Where characters that are placed one by one begin and end on the line."""
    ends = (places[at] + item.shaped.advance[at] for at in range(first, last))
    return min(places[at] for at in range(first, last)), max(ends)


def _leaf(look: GlyphLook) -> tuple[tuple[str, int, str], ...]:
    """The path of tags of a run; the base of a ruby is an RB within it."""
    path = look.tag
    if path and path[-1][0] == "Ruby":
        return (*path, ("RB", -1, ""))
    return path


def _span(item: TextItem, end: float, gloss: Gloss, last: int) -> tuple[float, float]:
    """Where a ruby's base, or what of it is on this line, begins and ends; `end` is the place of character `last`."""
    advance, extra = item.shaped.advance, item.line.extra
    right = end - sum(advance[at] + extra.get(at, 0.0) for at in range(gloss.last, last))
    first = max(gloss.first, item.line.first)
    return right - sum(advance[at] + extra.get(at, 0.0) for at in range(first, gloss.last)), right


def _owner(stretch: Stretch, node: Tag | None) -> Tag | None:
    if node is None:
        return None
    owner = stretch.look.owner or node
    return owner.within(_leaf(stretch.look)) if stretch.look.tag else owner


def _dot(x: float, y: float, radius: float) -> str:
    """A filled circle."""
    k = radius * _CIRCLE
    r = radius
    return (
        f"{x - r:.2f} {y:.2f} m {x - r:.2f} {y + k:.2f} {x - k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x + k:.2f} {y + r:.2f} {x + r:.2f} {y + k:.2f} {x + r:.2f} {y:.2f} c "
        f"{x + r:.2f} {y - k:.2f} {x + k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x - k:.2f} {y - r:.2f} {x - r:.2f} {y - k:.2f} {x - r:.2f} {y:.2f} c f"
    )
