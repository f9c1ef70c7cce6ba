"""Automatic styles: what depends on the text itself, such as where a signature begins (OpenDocument 1.3, 16.2).

In: a named style and what differs from it.  Out: the name of a style, the same for the same difference; all of them,
in the order they were asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ...style import Element
from ..office.counted import WordList
from .names import encoded
from .xml import points, sub

Properties = Mapping[str, object]
TabStop = tuple[str, float]
"""Kind and place, points."""
_PREFIXES = {
    "paragraph": "P", "text": "T", "table": "Table", "table-column": "Column", "table-row": "Row", "table-cell": "Cell",
    "graphic": "Frame", "ruby": "Ruby",
}  # fmt: skip
_Held = tuple[tuple[str, object], ...]


class _AutomaticStyle(NamedTuple):
    family: str
    parent: str
    master: str
    own: _Held
    text: _Held
    tabs: tuple[TabStop, ...]


class ListLook(NamedTuple):
    """What a list's style depends on.  number: of a list that counts, for each is one of its own; element: of its
    paragraphs, stepped: each level stands in further."""

    mark: WordList | None
    number: int
    element: Element
    stepped: bool


class AutomaticStyles:
    """Those of one file.  lists: the names of the styles of lists."""

    def __init__(self) -> None:
        self._made: dict[_AutomaticStyle, str] = {}
        self._styles: dict[str, _AutomaticStyle] = {}
        self._counts: dict[str, int] = {}
        self.lists: dict[ListLook, str] = {}

    def style(
        self,
        family: str,
        parent: str = "",
        own: Properties | None = None,
        *,
        text: Properties | None = None,
        master: str = "",
        tabs: tuple[TabStop, ...] = (),
    ) -> str:
        """The name of a style of a family below a named one; what differs in nothing is the named style itself.

        own: the family's properties, text: those of a paragraph's text.  master: the page that begins with it.
        """
        held = tuple((own or {}).items())
        if parent and not (held or text or master or tabs):
            return encoded(parent)
        return self._named(_AutomaticStyle(family, parent, master, held, tuple((text or {}).items()), tabs))

    def changed(self, name: str, own: Properties) -> str:
        """A paragraph's style with other properties.  name: as the file has it."""
        found = self._styles.get(name) or _AutomaticStyle("paragraph", name.replace("_20_", " "), "", (), (), ())
        return self._named(found._replace(own=tuple({**dict(found.own), **own}.items())))

    def list_style(self, look: ListLook) -> str:
        """The name of the style of a list."""
        return self.lists.setdefault(look, f"L{len(self.lists) + 1}")

    def _named(self, style: _AutomaticStyle) -> str:
        if style not in self._made:
            self._counts[style.family] = number = self._counts.get(style.family, 0) + 1
            made = f"{_PREFIXES[style.family]}{number}"
            self._made[style] = made
            self._styles[made] = style
        return self._made[style]

    def into(self, parent: Any) -> None:
        """All styles as children of `office:automatic-styles`."""
        for style, made in self._made.items():
            attributes = {"style:name": made, "style:family": style.family}
            if style.parent:
                attributes["style:parent-style-name"] = encoded(style.parent)
            if style.master:
                attributes["style:master-page-name"] = encoded(style.master)
            node = sub(parent, "style:style", attributes)
            if style.own or style.tabs:
                own = sub(node, f"style:{style.family}-properties", dict(style.own))
                tab_stops(own, style.tabs)
            if style.text:
                sub(node, "style:text-properties", dict(style.text))


def tab_stops(own: Any, stops: Iterable[TabStop], *, dotted: bool = False) -> None:
    """Tab stops of a paragraph's properties.  dotted: the room before them."""
    holder = None
    leader = {"style:leader-style": "dotted", "style:leader-text": "."} if dotted else {}
    for kind, place in stops:
        holder = sub(own, "style:tab-stops") if holder is None else holder
        aligned = {} if kind == "left" else {"style:type": kind}
        sub(holder, "style:tab-stop", {"style:position": points(place), **aligned, **leader})
