"""What of a page is seen: elements that are hidden, off the screen, without size, or in the colour of their ground.

In: elements as they are built, the outer before the inner, and what `cascade` says of each.  Out:
`HtmlElement.hidden`, the reason why a reader does not see an element, and `block` where a style changes it.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from .dom import HtmlElement, words

HIDDEN = "hidden on the page"
BY_SHEET = "hidden by the page's style sheet"
SAME_COLOUR = "text in the colour of its background"
OFF_SCREEN = "text off the screen"
NO_SIZE = "text without size"
CLOSED_UP = "text in a box without height or width"
UNSEEN = "hidden on the page (visibility)"
FADED = "hidden on the page (opacity)"


_MADE_INLINE = words("div p li h1 h2 h3 h4 h5 h6 section")
_MADE_BLOCK = frozenset(("block", "flex", "grid", "list-item", "table"))
_GROUNDED = frozenset(("tr", "table", "a", "h1", "h2"))  # often by a style sheet we do not have

# --- Styles -----------------------------------------------------------------------------------------------------

_DECLARATION = re.compile(r"(?<![\w-])([\w-]+)\s*:\s*([^;]+)")
_TRANSPARENT = re.compile(r"0(?:\.0+)?\s*(?:!important)?\s*")
_FONT_SIZE = re.compile(r"\d+(?:\.\d+)?|\.\d+")
_AWAY = re.compile(r"-(?:\d{4,}|999)(?:px|em|pt)")
_CLIPPED = re.compile(r"rect\(\s*(?:0|1px)[^)]*\)")
_FLAT = re.compile(r"[01](?:px)?\s*")
_PADDED = re.compile(r"[1-9.]")  # keeps a picture's proportions


class _SightStyle(NamedTuple):
    """What a `style` attribute says of sight.  display, visibility: empty where not said.  size: of the font, in any
    unit.  reason: why it hides the element.  colour, ground: as written."""

    display: str = ""
    visibility: str = ""
    size: float | None = None
    reason: str | None = None
    colour: str = ""
    ground: str = ""


_NOTHING = _SightStyle()


def _style(text: str) -> _SightStyle:
    said: dict[str, str] = dict(_DECLARATION.findall(text.lower()))  # of two for one property the last holds
    size = _FONT_SIZE.match(said.get("font-size", ""))
    return _SightStyle(
        _word(said, "display"),
        _word(said, "visibility"),
        float(size[0]) if size else None,
        _reason(said),
        said.get("color", ""),
        said.get("background") or said.get("background-color") or said.get("background-image") or "",
    )


def _word(said: dict[str, str], name: str) -> str:
    return said.get(name, "").partition("!")[0].split(" ")[0].rstrip()


def _reason(said: dict[str, str]) -> str | None:
    if _word(said, "display") == "none":
        return HIDDEN
    if _word(said, "visibility") in ("hidden", "collapse"):
        return UNSEEN
    if (opacity := said.get("opacity")) and _TRANSPARENT.fullmatch(opacity):
        return FADED
    if (size := _FONT_SIZE.match(said.get("font-size", ""))) and float(size[0]) == 0:
        return NO_SIZE
    if said.get("overflow", "").startswith("hidden"):
        flat = any(_FLAT.fullmatch(said.get(name, "")) for name in ("height", "width", "max-height", "max-width"))
        if flat and not any(_PADDED.match(said.get(name, "")) for name in ("padding", "padding-top", "padding-bottom")):
            return CLOSED_UP
    if _CLIPPED.match(said.get("clip", "")) or _AWAY.match(said.get("text-indent", "")):
        return OFF_SCREEN
    if said.get("position", "").startswith(("absolute", "fixed")):
        places = ("left", "top", "right", "bottom", "margin-left", "margin-top")
        return OFF_SCREEN if any(_AWAY.match(said.get(name, "")) for name in places) else None
    return None


# --- Elements ---------------------------------------------------------------------------------------------------

Colour = tuple[int, int, int]

_WHITE = (255, 255, 255)
_NAMED = {"white": _WHITE, "black": (0, 0, 0), "#fff": _WHITE, "#000": (0, 0, 0)}
_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})\b", re.I)
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+%?))?", re.I)


class Visibility:
    """Looks at the elements of one page; each style is read once."""

    LOOKED_AT = frozenset(("style", "hidden", "bgcolor", "color", "lang", "xml:lang"))
    """An element with one of these attributes is looked at, and one whose tag is in CLOSED."""

    CLOSED = frozenset(("dialog", "noscript"))

    def __init__(self) -> None:
        self._styles: dict[str, _SightStyle] = {"": _NOTHING}
        self._grounds: set[Colour] = {_WHITE}  # of the elements seen so far: what is around an element came before it

    def look(self, node: HtmlElement, sheet: tuple[str, str] = ("", "")) -> None:
        """Sets what the element's own attributes say of its display, and the page's sheets: ordinary and important."""
        style = self._style(node)
        if sheet != ("", ""):
            style = self._cascaded(node.attrs.get("style") or "", style, sheet)
        if style.display in _MADE_BLOCK:
            node.block = node.tag not in ("img", "br", "input")
        elif style.display == "inline" and node.tag in _MADE_INLINE:
            node.block = False
        if (node.hidden == UNSEEN and style.visibility == "visible") or (node.hidden == NO_SIZE and style.size):
            node.hidden = None  # what stands in an element without size may have one again
        attrs = node.attrs
        if (ground := style.ground or attrs.get("bgcolor")) and (colour := _rgb(ground)):
            self._grounds.add(colour)
        if node.hidden is None:
            tag = node.tag
            closed = "hidden" in attrs or (tag == "dialog" and "open" not in attrs)
            if tag == "noscript" or (closed and (style.display in ("", "none") or tag == "dialog")):
                node.hidden = HIDDEN
            else:
                node.hidden = style.reason or (SAME_COLOUR if self._blends(node, style) else None)

    def _cascaded(self, own: str, style: _SightStyle, sheet: tuple[str, str]) -> _SightStyle:
        """The element's own style with what the sheets say: an ordinary rule before it, an important one after it."""
        ordinary, important = sheet
        last = own if "!" in own else ""
        text = f"{ordinary}{own};{important}{last}"
        known = self._styles.get(text)
        if known is None:
            known = _style(text)
            if known.reason == HIDDEN and style.reason is None:
                known = known._replace(reason=BY_SHEET)
            self._styles[text] = known
        return known

    def _style(self, node: HtmlElement) -> _SightStyle:
        text = node.attrs.get("style") or ""
        known = self._styles.get(text)
        if known is None:
            known = self._styles[text] = _style(text)
        return known

    def _blends(self, node: HtmlElement, style: _SightStyle) -> bool:
        """Whether the element sets a text colour that equals the ground it stands on."""
        said = style.colour or node.attrs.get("color")
        text = _rgb(said) if said else None
        if text is None or not any(_alike(text, ground) for ground in self._grounds):
            return False
        for place in node.up():
            colour = self._style(place).ground or place.attrs.get("bgcolor")
            if colour or place.attrs.get("background"):
                ground = _rgb(colour or "")  # None: a picture or a gradient, which we cannot see
                return ground is not None and _alike(text, ground)
            if place is not node and place.parent is not None and place.tag in _GROUNDED:
                return False
        return _alike(text, _WHITE)


def _alike(one: Colour, other: Colour) -> bool:
    return abs(one[0] - other[0]) <= 6 and abs(one[1] - other[1]) <= 6 and abs(one[2] - other[2]) <= 6


@functools.lru_cache(maxsize=1024)
def _rgb(colour: str) -> Colour | None:
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
