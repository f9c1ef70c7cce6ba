"""What editions are made from, as one number: while it stays the same, they need not be made again.

In: the state of a source (`source.state_of`), the options of a run, its style, and the document's language.  Out: a
SHA-256 over them, the program itself, the faces that draw the style, and the packages of writers that are not ours.  It
does not have the time the editions carry, for an unchanged document keeps its own; nor paths of this machine.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Sequence

import msgspec

from .. import writers
from ..errors import FontError
from ..style import Style
from ..version import VERSION


def of(state: str, look: Style, language: str | None, formats: Sequence[str], choices: object) -> str:
    """The fingerprint of a document's editions.

    state: of its source.  language: the document's, BCP 47.  formats: those asked for, of which only those of plug-ins
    matter.  choices: what else the user chose that changes what comes out, encodable.
    """
    parts = (state, program(), _of_style(look, language), _plug_ins(tuple(formats)), choices)
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


@functools.cache
def program() -> str:
    """The version of the program and a SHA-256 of its code: a checkout keeps its version from change to change."""
    root = os.path.dirname(os.path.dirname(__file__))
    digest = hashlib.sha256()
    for path in sorted(_files(root)):
        with open(path, "rb") as stream:
            digest.update(stream.read())
    return f"{VERSION} {digest.hexdigest()}"


def _files(root: str) -> list[str]:
    found, rooms = list[str](), [root]
    while rooms:
        with os.scandir(rooms.pop()) as entries:
            for entry in entries:
                if entry.name == "alias.py":  # the wheel puts it beside the package, and nothing is made by it
                    continue
                if entry.name.endswith(".py"):
                    found.append(entry.path)
                elif entry.is_dir() and entry.name != "__pycache__":
                    rooms.append(entry.path)
    return found


def _of_style(look: Style, language: str | None) -> tuple[str, str]:
    from ..typography import fonts

    try:
        return look.sha256, fonts.resolve(look, language).fingerprint
    except FontError:  # only the writers that draw need fonts
        return look.sha256, ""


@functools.lru_cache(maxsize=16)
def _plug_ins(formats: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(name, writers.package(name)) for name in formats if name not in writers.WRITERS]
