"""Fonts inside the book, where the style asks for them: subsets of the faces of titles, headings and text.

In: a document and a style.  Out: OpenType files, the rules that declare them, and the licences they are under.  A face
whose maker forbids embedding or subsetting (OpenType 1.9, OS/2 fsType) is left to the device, with a notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from ...errors import Notice, Said
from ...model import Document, Heading, Paragraph, RunIn, block_text, plain, walk, walk_inline
from ...style import Style
from ..css import em, rule
from ..markup import language_of
from .package import PackageItem

if TYPE_CHECKING:
    from ...typography.fonts import ResolvedFace

_FORBIDDEN = 0x0002 | 0x0100  # restricted licence; no subsetting
_LICENCE_NAMES = (0, 13, 14)  # copyright, licence, its address
_SHOWN = 20
_STROKED = (
    "title",
    "subtitle",
    "byline",
    "dateline",
    *(f"{kind}{at}" for kind in ("heading", "run_in") for at in range(1, 5)),
)


class Embedded(NamedTuple):
    """families: role of a face -> the CSS family that draws it."""

    items: tuple[PackageItem, ...] = ()
    families: Mapping[str, str] = MappingProxyType({})
    css: str = ""
    notices: tuple[Notice, ...] = ()


def embed(document: Document, style: Style) -> Embedded:
    """Everything a book needs to draw its text with faces of its own.  Raises FontError on a broken font."""
    from ...typography import fonts

    faces = fonts.resolve(style, language_of(document))
    texts: dict[_FaceKey, str] = {}
    for role, text in _texts(document, style):
        key = _key(faces.face(role))
        texts[key] = texts.get(key, "") + text
    files = _Files()
    for key, text in texts.items():
        files.add(next(found for found in faces.faces.values() if _key(found) == key), text)
    css = files.css + "".join(
        # What a heavier face would do, the stroke does that PDF draws.
        rule(f".{role.replace('run_in', 'run-in')}", {"-webkit-text-stroke": em(found.embolden)})
        for role in _STROKED
        if (found := faces.face(style.element(role).face)).embolden and _key(found) in files.families
    )
    families = {
        role: files.families[_key(found)] for role, found in faces.faces.items() if _key(found) in files.families
    }
    return Embedded(tuple(files.items()), families, css, tuple(files.notices))


_FaceKey = tuple[str, int, int]


def _key(found: ResolvedFace) -> _FaceKey:
    """The file of a face: roles that share it share its subset."""
    return found.path, found.index, found.weight


class _Files:
    """Font files, one for each face."""

    def __init__(self) -> None:
        self.families: dict[_FaceKey, str] = {}
        self.notices: list[Notice] = []
        self.css = ""
        self._fonts: list[PackageItem] = []
        self._licences: list[str] = []

    def add(self, found: ResolvedFace, text: str) -> None:
        """Adds what a face needs to draw a text, where its licence permits."""
        from ...typography import fonts

        loaded = fonts.loaded(found)
        if _permission(loaded.face) & _FORBIDDEN:
            self.notices.append(Notice.of(Said("font-not-embeddable", family=found.family)))
            return
        used = "".join(sorted({char for char in text if not char.isspace()}))
        if missing := [char for char in used if ord(char) not in loaded.covers]:
            said = Said("font-lacks-characters", family=found.family, missing="".join(missing[:_SHOWN]))
            self.notices.append(Notice.of(said))
        data = fonts.subset_otf(found, used)
        number = len(self._fonts) + 1
        suffix = "otf" if data[:4] == b"OTTO" else "ttf"
        name, family = f"font-{number}.{suffix}", f"wenban-{number}"
        self._fonts.append(PackageItem(f"font-{number}", name, f"font/{suffix}", data))
        self._licences.append(_licence(loaded.face, found.family))
        self.families[_key(found)] = family
        self.css += rule("@font-face", {"font-family": f'"{family}"', "src": f"url({name})"})

    def items(self) -> Iterator[PackageItem]:
        yield from self._fonts
        if self._fonts:
            # Beside the package, not in it: a reading system has no use for it.
            yield PackageItem("licences", "META-INF/font-licences.txt", "", "\n\n".join(self._licences).encode())


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
