"""`wenban.toml`: the options that a folder of pages is converted with, so that `wenban convert` needs none.

In: the file.  Out: a `Project`, or an error that names the line and the nearest known key.  Names in it are relative to
the folder it lies in.  What is said on the command line outranks it.
"""

from __future__ import annotations

import os
import tomllib
from typing import Any, Literal

import msgspec

from .. import toml
from ..errors import Said, UsageError
from .options import format_names

FILE = "wenban.toml"
NameBy = Literal["file", "title", "number", "date"]


class FolderSection(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """`[[folder]]`: what is otherwise for the sources below `path`; of several that hold one the deepest counts."""

    path: str
    style: str | None = None
    formats: tuple[str, ...] | str | None = None
    language: str | None = None
    no_repair: tuple[str, ...] | None = None
    repair: tuple[str, ...] | None = None


class Project(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """The whole file; a key that is not there is None, and the command's own default holds."""

    sources: tuple[str, ...] | None = None
    out: str | None = None
    formats: tuple[str, ...] | str | None = None
    style: str | None = None
    language: str | None = None
    corrections: str | None = None
    name_by: NameBy | None = None
    jobs: int | None = None
    timeout: float | None = None
    memory: int | None = None
    no_repair: tuple[str, ...] | None = None
    repair: tuple[str, ...] | None = None
    report: tuple[str, ...] | None = None
    strict: bool | None = None
    prune: bool | None = None
    allow_empty: bool | None = None
    folder: tuple[FolderSection, ...] = ()


_PARAMETERS = {"language": "lang", "no_repair": "skip", "repair": "also"}
"""Keys that the command calls otherwise."""
_PATHS = ("sources", "out", "corrections", "report")


def load(path: str) -> Project:
    """The options in a file.  Raises UsageError: it cannot be read, or something in it is wrong."""
    text = ""
    try:
        with open(path, "rb") as stream:
            text = stream.read().decode("utf-8-sig")
        raw = tomllib.loads(text)
    except OSError as error:
        raise UsageError(Said("project-unreadable", error=error.strerror), where=path) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        said, line = toml.fault(error, text)
        raise UsageError(Said("project-no-toml", error=said), where=path, line=line) from None
    toml.check_keys(raw, Project, text, path, UsageError)
    try:
        project = msgspec.convert(raw, Project)
    except msgspec.ValidationError as error:
        line = toml.line_of_misfit(text, error)
        raise UsageError(Said("project-misfit", error=error), where=path, line=line) from None
    return _placed(project, os.path.dirname(path))


def _placed(project: Project, home: str) -> Project:
    """The project with its paths as they are seen from the working folder."""
    found: dict[str, Any] = {}
    for name in _PATHS:
        value = getattr(project, name)
        if isinstance(value, str) and value:
            found[name] = _joined(home, value)
        elif isinstance(value, tuple):
            found[name] = tuple(_joined(home, one) for one in value)
    sections = tuple(
        msgspec.structs.replace(
            one, path=_joined(home, one.path), style=_style(home, one.style), formats=_formats(one.formats)
        )
        for one in project.folder
    )
    own = {"style": _style(home, project.style), "formats": _formats(project.formats)}
    return msgspec.structs.replace(project, **found, **own, folder=sections)


def _formats(said: tuple[str, ...] | str | None) -> tuple[str, ...] | None:
    if said is None:
        return None
    return format_names([said] if isinstance(said, str) else said)


def _joined(home: str, name: str) -> str:
    return name if "://" in name or name in ("-", "") else os.path.join(home, name)


def _style(home: str, name: str | None) -> str | None:
    return _joined(home, name) if name is not None and name.endswith(".toml") else name


def defaults(project: Project) -> dict[str, Any]:
    """What the file says, by the names of the command's parameters."""
    values = {name: getattr(project, name) for name in project.__struct_fields__ if name != "folder"}
    return {_PARAMETERS.get(name, name): value for name, value in values.items() if value is not None}
