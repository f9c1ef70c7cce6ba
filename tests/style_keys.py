"""Which editions feel a key of a style: each is given another value, and the editions made with it are compared.

`python -m tests.style_keys` writes `fixtures/style-keys.txt`, one key a line with the editions that change; the style
reference prints it.  In the repository's root: half a minute.
"""

from __future__ import annotations

import functools
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from msgspec.structs import fields, replace

sys.path.insert(0, str(Path(__file__).parent))

from conftest import SAMPLE
from exam import exam_document
from style_reference import EDITIONS as FILE
from style_reference import TABLES

import convert
from convert import style, writers
from convert.model import Document
from convert.style import Length, Style

FORMS = Path(__file__).parent / "fixtures" / "forms"
EDITIONS = ("docx", "pdf", "epub", "odt", "html")
_OTHER: dict[str, tuple[Any, ...]] = {
    "color": ("#00ff00",), "face": ("hei", "song"), "signer_face": ("hei",), "docx": (("X",),), "docx_latin": ("X",),
    "families": (("DejaVu Sans", "Liberation Sans"),), "latin": (("DejaVu Sans", "Liberation Sans"),),
    "breaks": ("none", "basic", "loose"), "weight": (900, Length(9)), "rights": ("X",), "collection": ("Y",),
    "position": ("3",), "embolden": (0.1,), "depth": (1, 3), "least": (10**9,),
    "reference": (str(Path(__file__).parent / "fixtures" / "templates" / "libreoffice.docx"),),
}  # fmt: skip
"""Values that are no number, no choice and no switch, by key."""


class Key(NamedTuple):
    """A key, such as `bold` of the table `elements.ROLE`."""

    table: str
    name: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


KEYS = [Key(table, field.name) for table, (struct, _) in TABLES.items() for field in fields(getattr(style, struct))]


@functools.cache
def documents(table: str) -> tuple[Document, ...]:
    """What the keys of a table show in."""
    if table == "letterhead":
        names = ("general.txt", "upward.txt", "joint.txt", "letter.txt", "minutes.txt")
        order = convert.read("order.txt", data=(FORMS / "order.text").read_text("utf-8"))
        return (*(convert.read(FORMS / name) for name in names), order)
    more = (convert.read(SAMPLE),) if table in ("composition", "contents", "outline") else ()
    return (exam_document(), *more)


@functools.cache
def bases(table: str) -> tuple[Style, ...]:
    """Styles in which a key of a table can be felt; for the page also one that leaves Word's page to it."""
    names = {"letterhead": ("gongwen+auto",), "page": ("gongwen", "report"), "grid": ("gongwen", "report")}
    return tuple(_ready(style.load(name), table) for name in names.get(table, ("gongwen",)))


def _ready(look: Style, table: str) -> Style:
    """A style with what other keys depend on."""
    epub = replace(look.epub, collection="X", position="2", embed_fonts=table == "faces.ROLE")
    contents = replace(look.contents, show="auto" if table == "contents" else table != "letterhead", least=100)
    return replace(look, epub=epub, running_head=replace(look.running_head, show=True), contents=contents)


def editions_of(table: str, look: Style) -> dict[str, list[bytes]]:
    """The editions of a table's documents in a style."""
    out: dict[str, list[bytes]] = {name: [] for name in EDITIONS}
    for document in documents(table):
        for name in EDITIONS:
            stream = io.BytesIO()
            writers.write(name, document, look, stream)
            out[name].append(stream.getvalue())
    return out


@functools.cache
def before(table: str) -> tuple[dict[str, list[bytes]], ...]:
    """The editions in each base."""
    return tuple(editions_of(table, look) for look in bases(table))


def values(key: Key) -> Iterator[Any]:
    """Other values of a key than the base has."""
    struct = getattr(style, TABLES[key.table][0])
    field = next(one for one in fields(struct) if one.name == key.name)
    kinds = get_args(field.type) if get_origin(field.type) in (UnionType, Union) else (field.type,)
    if key.name in _OTHER:
        yield from _OTHER[key.name]
        return
    for kind in kinds:
        if kind is bool:
            yield from (True, False)
        elif get_origin(kind) is Literal:
            yield from get_args(kind)
        elif kind in (Length, int, float):
            now = value_of(bases(key.table)[0], key)
            yield kind(now + max(1, now // 8) if now else 2)
            if kind is float and key.name != "leading":
                yield 0.0
        elif kind is str:
            yield from ("X{n}{title}", "X")


def value_of(look: Style, key: Key) -> Any:
    """What a style says for a key, of one role where the table has roles."""
    table, _, role = key.table.partition(".")
    held = getattr(look, table)
    if role:
        held = held["fangsong"] if table == "faces" else held.title
    return getattr(held, key.name)


def changed(look: Style, key: Key, value: Any) -> Style:
    """A style with another value, of each role where the table has roles."""
    table, _, role = key.table.partition(".")
    if not role:
        return replace(look, **{table: replace(getattr(look, table), **{key.name: value})})
    if table == "faces":
        return replace(look, faces={name: replace(face, **{key.name: value}) for name, face in look.faces.items()})
    roles = {name: replace(look.element(name), **{key.name: value}) for name in look.elements.__struct_fields__}
    return replace(look, elements=replace(look.elements, **roles))


def felt(key: Key) -> list[str]:
    """The editions that another value of a key changes."""
    out = set()
    for look, plain in zip(bases(key.table), before(key.table), strict=True):
        for value in values(key):
            try:
                after = editions_of(key.table, changed(look, key, value))
            except Exception:  # a value that no page can be made with, such as a size of 0
                continue
            out |= {name for name in EDITIONS if after[name] != plain[name]}
    return [name for name in EDITIONS if name in out]


def written(keys: list[Key]) -> dict[str, str]:
    return {str(key): " ".join(felt(key)) for key in keys}


if __name__ == "__main__":
    FILE.write_text("".join(f"{name}: {editions}\n" for name, editions in written(KEYS).items()), "utf-8")
