"""What the paragraphs of a DOCX are by their style and by what is set beside it: title, heading, list, alignment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ...zh.wordstyles import CONTENTS, KINDS, SUBTITLE, TITLE, heading_level

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST = 12
"""Styles on the way from one to its ancestors; more is a circle."""
_OFF = ("0", "false", "off", "none")


class ParagraphLook(NamedTuple):
    """kind: `title`, `contents`, `heading`, one of `zh.wordstyles.KINDS`, or empty.  level: of a heading, from 1.
    number: id and level of the list that counts it, None where none does.  align: `center`, `right` or empty."""

    kind: str = ""
    level: int = 0
    number: tuple[str, int] | None = None
    align: str = ""


def value(parent: Any, *path: str) -> str | None:
    """The `w:val` of an element at a path below another; None where one is missing."""
    found = parent
    for tag in path:
        found = found.find(W + tag) if found is not None else None
    return found.get(W + "val") if found is not None else None


def is_on(parent: Any, tag: str) -> bool:
    """Whether a property that is on or off is there and on (ISO/IEC 29500-1, 17.17.4)."""
    found = parent.find(W + tag) if parent is not None else None
    return found is not None and found.get(W + "val", "1") not in _OFF


class ParagraphLooks:
    """The styles of a document."""

    def __init__(self, styles: Any) -> None:
        self._styles = {one.get(W + "styleId"): one for one in styles.iter(W + "style")} if styles is not None else {}
        self._numbers: dict[str, int] = {}

    def of(self, paragraph: Any) -> ParagraphLook:
        """What a paragraph is."""
        own = paragraph.find(W + "pPr")
        chain = list(self._chain(value(own, "pStyle")))
        names = [(value(style, "name") or "").strip() for style in chain]
        kind, level = "", 0
        for name in names:
            if CONTENTS.fullmatch(name):
                kind = "contents"
            elif TITLE.fullmatch(name):
                kind = "title"
            elif SUBTITLE.fullmatch(name):
                kind = "subtitle"
            elif level := heading_level(name):
                kind = "heading"
            else:
                kind = KINDS.get("".join(name.lower().split()), "")
            if kind:
                break
        properties = [own, *(style.find(W + "pPr") for style in chain)]
        outline = next((found for one in properties if (found := value(one, "outlineLvl"))), None)
        if kind in ("", "paragraph") and outline is not None and outline.isdigit() and int(outline) < 9:
            kind, level = "heading", int(outline) + 1
        return ParagraphLook(kind, level, self._number(properties), _align(properties))

    def hides(self, run: Any) -> bool:
        """Whether a run is hidden text, by itself or by its style."""
        return self._has(run, "vanish")

    def shows(self, run: Any, tag: str) -> bool:
        """Whether a property of a run that is on or off is on, by itself or by its character style."""
        return self._has(run, tag)

    def _has(self, run: Any, tag: str) -> bool:
        own = run.find(W + "rPr")
        if own is not None and own.find(W + tag) is not None:
            return is_on(own, tag)
        return any(is_on(style.find(W + "rPr"), tag) for style in self._chain(value(own, "rStyle")))

    def _chain(self, id: str | None) -> Iterator[Any]:
        """A style and those it is based on."""
        for _ in range(_MOST):
            style = self._styles.get(id)
            if style is None:
                return
            yield style
            id = value(style, "basedOn")

    @staticmethod
    def _number(properties: list[Any]) -> tuple[str, int] | None:
        level = 0
        for one in properties:
            found = one.find(W + "numPr") if one is not None else None
            if found is None:
                continue
            level = int(value(found, "ilvl") or level)
            if (id := value(found, "numId")) is not None:
                return (id, level) if id != "0" else None
        return None


def _align(properties: list[Any]) -> str:
    said = next((found for one in properties if (found := value(one, "jc"))), "")
    return {"center": "center", "right": "right", "end": "right"}.get(said or "", "")
