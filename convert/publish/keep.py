"""Sources that a run itself has brought here: kept in a folder of their own, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import OutputError, Said
from ..store import places
from .names import short_hash

_HEAD = 2000
"""Bytes of a file that is there already in which its mark stands."""


def keep(folder: str, name: str, data: bytes, mark: bytes) -> str:
    """Writes a file and returns its path.

    mark: what says in the file where it is from.  One of the same name that lacks it stays, and this one's name gets a
    hash of it.  Raises OutputError.
    """
    other = "{0}-{2}{1}".format(*os.path.splitext(name), short_hash(mark.decode("latin-1")))
    if places.is_remote(folder):
        path = places.join(folder, other)
        places.put(path, data)
        return path
    file = Path(folder, name)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():
            with open(file, "rb") as stream:
                file = file if mark in stream.read(_HEAD) else file.with_name(other)
        part = file.with_name(f".{file.name}.part")
        part.write_bytes(data)
        os.replace(part, file)
    except OSError as error:
        raise OutputError(Said("address-unwritable", error=error.strerror or str(error)), where=str(file)) from None
    return str(file)
