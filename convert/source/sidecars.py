"""The sidecar of a source: where it lies, and its bytes (`corrections` says what is in it)."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import Said, SourceError
from ..store import places

_ENDING = ".wenban.toml"
"""How the name of a sidecar ends, behind the name of its source, with its ending or without it."""
MAX_SIDECAR_BYTES = 2**24
"""A larger file is no sidecar."""


def sidecar_places(path: str | os.PathLike[str], folder: str = "") -> list[str]:
    """Where the sidecar of a source may lie, the place with most right first: under the source's whole name, then under
    its name without the ending.  folder: where all sidecars lie, in folders like those of the sources; then the place
    that has most of the source's folders has most right."""
    given = places.local(os.fspath(path))
    whole, plain = given + _ENDING, os.path.splitext(given)[0] + _ENDING
    if not folder:
        return [whole, plain]
    parts = Path(os.path.abspath(given)).parts if not places.is_remote(given) else tuple(given.split("/")[3:])
    found: list[str] = []
    for begin in range(1 if not places.is_remote(given) else 0, len(parts)):
        inside = "/".join(parts[begin:])
        found += (_joined(folder, one) for one in (inside + _ENDING, os.path.splitext(inside)[0] + _ENDING))
    return found


def _joined(folder: str, name: str) -> str:
    return places.join(folder, name) if places.is_remote(folder) else os.path.join(folder, name)


def sidecar_of(path: str | os.PathLike[str], folder: str = "") -> tuple[str, bytes] | None:
    """The path and the bytes of a source's sidecar; None where it has none.  Raises SourceError: it cannot be read."""
    from .. import warc

    if warc.is_page(path) and not folder:
        return None
    for place in sidecar_places(path, folder):
        if places.is_remote(place):
            if places.exists(place):
                return place, places.read(place, MAX_SIDECAR_BYTES)
        elif os.path.isfile(place):
            return place, _read_sidecar(place)
    return None


def _read_sidecar(place: str) -> bytes:
    try:
        with open(place, "rb") as stream:
            return stream.read(MAX_SIDECAR_BYTES)
    except OSError as error:
        raise SourceError(Said("file-unreadable", error=error.strerror), where=place) from None
