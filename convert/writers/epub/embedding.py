"""Fonts inside the book, where the style asks for them: subsets of the faces of titles, headings and text.

In: a document and a style.  Out: OpenType files, the rules that declare them, and the licences they are under.  A face
whose maker forbids embedding or subsetting (OpenType 1.9, OS/2 fsType) is left to the device, with a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ...errors import Notice
from ...model import Document, Heading, Paragraph, RunIn, block_text, plain, walk, walk_inline
from ...style import Style
from ..css import rule
from ..xhtml import language_of
from .package import Item

_FORBIDDEN = 0x0002 | 0x0100  # restricted licence; no subsetting
_LICENCE_NAMES = (0, 13, 14)  # copyright, licence, its address
_SHOWN = 20


class Embedded(NamedTuple):
    """families: role of a face -> the CSS family that draws it."""

    items: tuple[Item, ...] = ()
    families: Mapping[str, str] = MappingProxyType({})
    css: str = ""
    notices: tuple[Notice, ...] = ()


def embed(document: Document, style: Style) -> Embedded:
    """Everything a book needs to draw its text with faces of its own.  Raises FontError on a broken font."""
    from ...typography import fonts

    faces = fonts.resolve(style, language_of(document))
    texts: dict[Any, set[str]] = {}
    roles: dict[str, Any] = {}
    for role, text in _texts(document, style):
        roles[role] = found = faces.face(role)
        key = (found.path, found.index, found.weight)
        texts.setdefault(key, set()).update(text)
    drawn = {(found.path, found.index, found.weight): found for found in roles.values()}
    items: list[Item] = []
    notices: list[Notice] = []
    families: dict[Any, str] = {}
    licences: list[str] = []
    css = ""
    for key, found in drawn.items():
        loaded = fonts.loaded(found)
        if _permission(loaded.face) & _FORBIDDEN:
            notices.append(Notice("font-not-embeddable", f"the licence of {found.family} forbids embedding a subset"))
            continue
        text = "".join(sorted(char for char in texts[key] if not char.isspace()))
        if missing := [char for char in text if ord(char) not in loaded.covers]:
            said = "".join(missing[:_SHOWN])
            notices.append(Notice("font-lacks-characters", f"{found.family} has no {said}: the device draws them"))
        data = fonts.subset_otf(found, text)
        number = len(items) + 1
        suffix = "otf" if data[:4] == b"OTTO" else "ttf"
        families[key] = f"wenban-{number}"
        items.append(Item(f"font-{number}", f"font-{number}.{suffix}", f"font/{suffix}", data))
        css += rule(
            "@font-face",
            # One file for all weights: nothing is to be emboldened twice.
            {"font-family": f'"{families[key]}"', "src": f"url(font-{number}.{suffix})", "font-weight": "100 900"},
        )
        licences.append(_licence(loaded.face, found.family))
    if items:
        # Beside the package, not in it: a reading system has no use for it.
        items.append(Item("licences", "META-INF/font-licences.txt", "", "\n\n".join(licences).encode()))
    by_role = {
        role: families[key]
        for role, found in roles.items()
        if (key := (found.path, found.index, found.weight)) in families
    }
    return Embedded(tuple(items), by_role, css, tuple(notices))


def _texts(document: Document, style: Style) -> Iterator[tuple[str, str]]:
    """Face role and text it draws: all of it for the body's, their own for titles and headings."""
    notes = tuple(block for note in document.notes for block in note.children)
    blocks = document.blocks + notes
    yield style.elements.body.face, "".join(map(block_text, blocks)) + "".join(note.label for note in document.notes)
    for block in walk(blocks):
        match block:
            case Heading():
                yield style.heading(block.level).face, plain(block.children)
            case Paragraph():
                if block.role in ("title", "subtitle", "byline", "dateline"):
                    yield style.element(block.role).face, plain(block.children)
                leads = (node for node in walk_inline(block.children) if isinstance(node, RunIn))
                yield from ((style.run_in(node.level).face, plain(node.children)) for node in leads)


def _permission(face: Any) -> int:
    """The embedding permission a font states, none where it states nothing."""
    table = bytes(face.reference_table("OS/2").data)
    return int.from_bytes(table[8:10], "big") if len(table) >= 10 else 0


def _licence(face: Any, family: str) -> str:
    said: Iterable[str] = filter(None, (face.get_name(name) for name in _LICENCE_NAMES))
    text = "\n".join((family, *said))
    if "Open Font License" in text:
        text += "\n\n" + Path(__file__).with_name("OFL.txt").read_text(encoding="utf-8")
    return text
