"""What of a page is seen: elements that are hidden, off the screen, without size, or in the colour of their ground.

In: elements as they are built, the outer before the inner, and the page's style sheets.  Out: `HtmlElement.hidden`, the
reason why a reader does not see an element, and `HtmlElement.block` where a style changes it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..thresholds import MAX_RULES
from .dom import HtmlElement, words

HIDDEN = "hidden on the page"
BY_SHEET = "hidden by the page's style sheet"
SAME_COLOUR = "text in the colour of its background"
OFF_SCREEN = "text off the screen"
NO_SIZE = "text without size"
CLOSED_UP = "text in a box without height or width"
_UNSEEN = "hidden on the page (visibility)"


_MADE_INLINE = words("div p li h1 h2 h3 h4 h5 h6 section")
_MADE_BLOCK = frozenset(("block", "flex", "grid", "list-item", "table"))
_GROUNDED = frozenset(("td", "th", "tr", "table", "a", "h1", "h2"))  # often by a style sheet we do not have

# --- Styles -----------------------------------------------------------------------------------------------------

_DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;]+)")
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
    return said.get(name, "").split(" ")[0].rstrip()


def _reason(said: dict[str, str]) -> str | None:
    if _word(said, "display") == "none":
        return HIDDEN
    if _word(said, "visibility") in ("hidden", "collapse"):
        return _UNSEEN
    if (opacity := said.get("opacity")) and _TRANSPARENT.fullmatch(opacity):
        return HIDDEN
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
    """Features at the elements of one page; each style is read once."""

    LOOKED_AT = frozenset(("style", "hidden", "bgcolor", "color", "lang", "xml:lang"))
    """An element with one of these attributes is looked at, and one whose tag is in CLOSED."""

    CLOSED = frozenset(("dialog", "noscript"))

    def __init__(self) -> None:
        self._styles: dict[str, _SightStyle] = {"": _NOTHING}
        self._grounds: set[Colour] = {_WHITE}  # of the elements seen so far: what is around an element came before it

    def look(self, node: HtmlElement) -> None:
        """Sets what the element's own attributes say of its display."""
        style = self._style(node)
        if style.display in _MADE_BLOCK:
            node.block = node.tag not in ("img", "br", "input")
        elif style.display == "inline" and node.tag in _MADE_INLINE:
            node.block = False
        if (node.hidden == _UNSEEN and style.visibility == "visible") or (node.hidden == NO_SIZE and style.size):
            node.hidden = None  # what stands in an element without size may have one again
        attrs = node.attrs
        if (ground := style.ground or attrs.get("bgcolor")) and (colour := _rgb(ground)):
            self._grounds.add(colour)
        if node.hidden is None:
            tag = node.tag
            if "hidden" in attrs or tag == "noscript" or (tag == "dialog" and "open" not in attrs):
                node.hidden = HIDDEN
            else:
                node.hidden = style.reason or (SAME_COLOUR if self._blends(node, style) else None)

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


# --- Style sheets -----------------------------------------------------------------------------------------------

_NOT_SHOWN = re.compile(r"display\s*:\s*none")  # without flags, so that the search runs at C speed
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SIMPLE = re.compile(r"[\w\s.#>\-\[\]=\"'*+~]+")


def hidden_by_sheet(parser: Any) -> set[int]:
    """Elements that the page's own style sheets do not display.  Media queries, which may not apply, and selectors with
    states are passed over."""
    from selectolax.lexbor import SelectolaxError

    selectors: list[str] = []
    for sheet in parser.css("style"):
        selectors.extend(selector for selector in _not_shown(sheet.text()[:500_000]) if _SIMPLE.fullmatch(selector))
    selectors = list(dict.fromkeys(selectors))[:MAX_RULES]
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
