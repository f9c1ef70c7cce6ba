"""The files in an edition that is a ZIP: a Word file, a book.  More than one check asks for them.

In: the bytes of an edition.  Out: its files, each unpacked once.
"""

from __future__ import annotations

import functools
import io
import zipfile


class ZipEdition:
    """An edition that was opened; names: of its files, in order.  Raises BadZipFile where it is none."""

    def __init__(self, edition: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(edition))
        self.names = self._zip.namelist()
        self._held: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """A file.  Raises KeyError where there is none, BadZipFile where it is broken."""
        if name not in self._held:
            self._held[name] = self._zip.read(name)
        return self._held[name]


@functools.lru_cache(maxsize=1)
def opened(edition: bytes) -> ZipEdition:
    """Raises BadZipFile where it is none."""
    return ZipEdition(edition)
