"""The pictures of an archive by their addresses, each read when it is asked for.

Where a picture lies is found by one pass through the archive when the first is asked for, and kept in a temporary
SQLite database, which goes to the disk where it grows: memory does not.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from .records import read, scan, state

if TYPE_CHECKING:
    import sqlite3

MAX_BYTES = 64 * 2**20
"""A larger picture is cut off, and then refused as broken."""


class Pictures(Mapping[str, bytes]):
    """The pictures of a WARC file; where an address was fetched more than once, the last."""

    def __init__(self, archive: str) -> None:
        self._archive = archive

    def _ask(self, question: str, *values: str) -> sqlite3.Cursor:
        return _index(self._archive, *state(self._archive)).execute(question, values)

    def __contains__(self, address: object) -> bool:
        return self._ask("SELECT 1 FROM picture WHERE url = ?", str(address)).fetchone() is not None

    def __getitem__(self, address: str) -> bytes:
        found = self._ask("SELECT offset FROM picture WHERE url = ?", address).fetchone()
        if found and (picture := read(self._archive, found[0], MAX_BYTES)):
            return picture.data[:MAX_BYTES]
        raise KeyError(address)

    def __iter__(self) -> Iterator[str]:
        return (url for (url,) in self._ask("SELECT url FROM picture ORDER BY offset"))

    def __len__(self) -> int:
        return int(self._ask("SELECT count(*) FROM picture").fetchone()[0])


@functools.lru_cache(maxsize=2)
def _index(archive: str, size: int, time: str) -> sqlite3.Connection:
    import sqlite3

    index = sqlite3.connect("")  # a file of its own in the temporary folder, gone with the connection
    index.execute("CREATE TABLE picture (url TEXT PRIMARY KEY, offset INTEGER) WITHOUT ROWID")
    found = (
        one for one in scan(archive) if one.kind.startswith("image/") and one.status in ("200", None) and one.whole
    )
    index.executemany("INSERT OR REPLACE INTO picture VALUES (?, ?)", ((one.url, one.offset) for one in found))
    return index
