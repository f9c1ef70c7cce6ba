"""Styles: one TOML file in `styles/` -> values by role, the same values for every writer.

Lengths are strings with a unit in the file (`"37mm"`, `"15.75pt"`) and points in the program.  Indents are in em
of the element's own size, space above and below in lines of the body.  `extends` names a parent; a file holds only
what differs.  An unknown key is an error that names the nearest known one.
"""

from __future__ import annotations

import contextlib
import functools
import os
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from .. import toml
from ..errors import Said, UsageError
from .values import (
    FORMS,
    Composition,
    Contents,
    Docx,
    Element,
    Elements,
    Epub,
    Face,
    Grid,
    Length,
    Letterhead,
    Outline,
    Page,
    PageNumber,
    PaperForm,
    Pdf,
    RunningHead,
    SourceNote,
    Style,
)

__all__ = [
    "FORMS",
    "Composition",
    "Contents",
    "Docx",
    "Element",
    "Elements",
    "Epub",
    "Face",
    "Grid",
    "Length",
    "Letterhead",
    "Outline",
    "Page",
    "PageNumber",
    "PaperForm",
    "Pdf",
    "RunningHead",
    "SourceNote",
    "Style",
    "files",
    "forget",
    "formed",
    "in_language",
    "load",
    "names",
    "parted",
    "styles_folder",
]
_UNITS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 720 / 25.4, "in": 72.0}
_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)(pt|mm|cm|in)")


def styles_folder() -> Path:
    """The shipped styles: inside the package when installed, at the top level in a checkout."""
    inside = Path(__file__).parents[1] / "styles"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "styles"


def names() -> list[str]:
    """Names of the shipped styles, in order."""
    return sorted(path.stem for path in styles_folder().glob("*.toml"))


def load(name: str) -> Style:
    """The style called `name`, or the one in the file `name` where that ends in `.toml`.  Behind a plus the form in
    which official documents are set: `gongwen+letter`.

    Raises UsageError: no such style, TOML that cannot be read, an unknown key, a value of the wrong kind.
    """
    name, form = parted(name)
    return _load(name, os.getcwd() if name.endswith(".toml") else "", form)


def parted(name: str) -> tuple[str, str]:
    """A style's name without its form, and the form, empty where it has none."""
    bare, plus, form = name.rpartition("+")
    return (bare, form) if plus and form in FORMS else (name, "")


def formed(name: str, form: str | None) -> str:
    """A style's name with another form; with None, as it is."""
    return f"{parted(name)[0]}+{form}" if form else name


def in_language(look: Style, language: str | None) -> Style:
    """The style that a style names for a language, the longest tag that fits first; itself where it names none."""
    tag = language or ""
    fits = [one for one in look.languages if tag == one or tag.startswith(f"{one}-")]
    return load(formed(look.languages[max(fits, key=len)], look.form)) if fits else look


def forget() -> None:
    """Forgets the styles that were loaded: their files may have changed."""
    _load.cache_clear()


@functools.lru_cache(maxsize=32)
def _load(name: str, folder: str, form: str) -> Style:
    """Loads a style once.  folder: from which its path counts, for the same path is another file elsewhere.  form: in
    place of the style's own."""
    path, raw = _with_parents(name, ())
    if place := raw.get("docx", {}).get("reference"):
        raw["docx"] = raw["docx"] | {"reference": str(path.parent / place)}
    if form:
        raw["letterhead"] = raw.get("letterhead", {}) | {"form": form}
    try:
        style = msgspec.convert(raw, Style, dec_hook=_decode)
    except msgspec.ValidationError as error:
        text = path.read_text(encoding="utf-8")
        toml.check_keys(raw, Style, text, str(path), UsageError)  # it can say more of them
        line = toml.line_of_misfit(text, error)
        raise UsageError(Said("style-misfit", error=error), where=str(path), line=line) from None
    for role, element in ((role, style.element(role)) for role in Elements.__struct_fields__):
        if element.face not in style.faces:
            raise UsageError(
                Said("style-face", role=role, face=element.face, faces=", ".join(sorted(style.faces))), where=str(path)
            )
    return style


def files(name: str) -> list[Path]:
    """The files a style is read from, itself first, then its parents as far as they can be read."""
    found: list[Path] = []
    name = parted(name)[0]
    with contextlib.suppress(UsageError, OSError, ValueError):
        while name:
            path = _find(name, found[-1].parent if found else Path())
            if path in found:
                break
            found.append(path)
            said = tomllib.loads(path.read_text(encoding="utf-8")).get("extends") or ""
            names = [said] if isinstance(said, str) else said
            found += [_find(other, path.parent) for other in names[1:]]
            name = str(names[0])
    return found


def _with_parents(name: str, seen: tuple[Path, ...]) -> tuple[Path, dict[str, Any]]:
    path = _find(name, seen[-1].parent if seen else Path())
    if path.resolve() in seen:
        raise UsageError(Said("style-circle"), where=str(path))
    text = ""
    try:
        text = path.read_text(encoding="utf-8-sig")
        raw = tomllib.loads(text)
    except OSError as error:
        raise UsageError(Said("style-unreadable", error=error.strerror), where=str(path)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        said, line = toml.fault(error, text)
        raise UsageError(Said("style-unreadable", error=said), where=str(path), line=line) from None
    parent = raw.pop("extends", None)
    raw.setdefault("name", path.stem)
    if parent is None:
        return path, raw
    parents = [parent] if isinstance(parent, str) else parent
    if not isinstance(parents, list) or not parents or not all(isinstance(one, str) for one in parents):
        raise UsageError(Said("style-extends"), where=str(path))
    below: dict[str, Any] = {}
    for one in parents:
        below = _merged(below, _with_parents(one, (*seen, path.resolve()))[1])
    below.pop("languages", None)
    return path, _merged(below, raw)


def _find(name: str, beside: Path) -> Path:
    if name.endswith(".toml"):
        path = beside / name
        if path.is_file():
            return path
        raise UsageError(Said("no-such-style-file"), where=name)
    path = styles_folder() / f"{name}.toml"
    if path.is_file() and path.parent == styles_folder():
        return path
    near = toml.nearest(name, names())
    known = ", ".join(names())
    raise UsageError(
        Said("near-style", name=name, near=near, names=known) if near else Said("unknown-style", name=name, names=known)
    )


def _merged(parent: dict[str, Any], child: dict[str, Any]) -> dict[str, Any]:
    out = dict(parent)
    for key, value in child.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merged(out[key], value) if both else value
    return out


def _decode(kind: type, value: Any) -> Any:
    if kind is Length and isinstance(value, str) and (found := _LENGTH.fullmatch(value)):
        return Length(float(found[1]) * _UNITS[found[2]])
    raise ValueError(f"{value!r} is no length: write a number and pt, mm, cm or in")
