"""What this machine has and lacks for converting: in, nothing; out, findings and what to do about each.

It imports, opens and writes what a conversion would; it changes nothing and uses no network.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.metadata
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from ..errors import ConvertError, Said


class MachineFinding(msgspec.Struct, frozen=True):
    """state: `ok`; `note`, it works but could be better; `bad`, conversion fails.  remedy: what to do."""

    state: Literal["ok", "note", "bad"]
    what: str
    found: str
    remedy: str = ""


_PYTHON = (3, 11)
# The module that proves a distribution is there and works: what each is for stands in convert/README.md, Dependencies.
_MODULES = {
    "budoux": "budoux",
    "click": "click",
    "deflate": "deflate",
    "docx": "python-docx",
    "ebooklib": "EbookLib",
    "lxml.etree": "lxml",
    "manimgx_fonts_cjk": "manimgx-fonts-cjk",
    "markdown_it": "markdown-it-py",
    "pebble": "pebble",
    "platformdirs": "platformdirs",
    "pylopdf_fonts_zh_cn": "pylopdf-fonts-zh-cn",
    "pypdfium2": "pypdfium2",
    "reportlab": "reportlab",
    "rich": "rich",
    "rjieba": "rjieba",
    "selectolax": "selectolax",
    "uharfbuzz": "uharfbuzz",
}
# Programs that are never needed to convert, and what they add.
_PROGRAMS = ("pandoc", "soffice", "pdftotext", "qpdf", "java")


def examine(style: str = "gongwen", language: str = "zh-Hans") -> Iterator[MachineFinding]:
    """All findings, those a conversion depends on first."""
    yield _python()
    yield from map(_module, _MODULES)
    yield from _fonts(style, language)
    yield _folder(Said("doctor-cache"), _cache())
    yield _folder(Said("doctor-temporary"), Path(tempfile.gettempdir()))
    yield from map(_program, _PROGRAMS)


def engines(style: str = "gongwen", language: str = "zh-Hans") -> Iterator[tuple[str, str]]:
    """What a conversion is made with, by name: the versions of Python and of the packages, then the face that draws
    each role of a style.  Nothing is tried out."""
    yield "Python", ".".join(map(str, sys.version_info[:3]))
    for name in _MODULES.values():
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            yield name, importlib.metadata.version(name)
    from .. import style as styles
    from ..typography import fonts

    with contextlib.suppress(ConvertError):
        for role, face in fonts.resolve(styles.load(style), language).faces.items():
            yield role, face.family


def _python() -> MachineFinding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < _PYTHON:
        return MachineFinding("bad", "Python", version, Said("doctor-python"))
    return MachineFinding("ok", "Python", version)


def _module(module: str) -> MachineFinding:
    name = _MODULES[module]
    try:
        importlib.import_module(module)
        return MachineFinding("ok", name, importlib.metadata.version(name))
    except Exception as error:  # a broken binary package may raise anything
        return MachineFinding("bad", name, f"{type(error).__name__}: {error}", Said("doctor-pip", name=name))


def _fonts(style: str, language: str) -> Iterator[MachineFinding]:
    from .. import style as styles
    from ..typography import fonts

    try:
        faces = fonts.resolve(styles.load(style), language).faces
        for role, face in faces.items():
            fonts.loaded(face)
            if "." in role:  # the bold and Latin companions of a role
                continue
            if face.substituted:
                yield MachineFinding(
                    "note",
                    Said("doctor-role", role=role),
                    face.family,
                    Said("doctor-face", requested=face.requested[-1]),
                )
            else:
                yield MachineFinding("ok", Said("doctor-role", role=role), face.family)
    except ConvertError as error:
        yield MachineFinding("bad", "fonts", error.message, error.remedy)


def _cache() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("wenban"))


def _folder(what: str, folder: Path) -> MachineFinding:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return MachineFinding("ok", what, os.fspath(folder))
    except OSError as error:
        return MachineFinding("note", what, f"{folder}: {error.strerror}", Said("doctor-unwritable"))


def _program(name: str) -> MachineFinding:
    path = shutil.which(name)
    if path is None:
        return MachineFinding("note", name, Said("doctor-not-found"), Said(f"doctor-for-{name}"))
    return MachineFinding("ok", name, path)
