"""Packages whose parts are looked at one by one: a Word file, an OpenDocument text, a book.

In: an edition's bytes, perhaps hostile.  Out: its files; where one of them is meant by an address in another.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from ..errors import Said

MAX_PACKAGE = 2**30
"""Bytes that the files of a package may have when they are unpacked: more is no edition of a page, but a trap."""


class Fault(NamedTuple):
    """What is wrong with how a file is built, one sentence."""

    message: str


class Package:
    """A ZIP file, each of its files read whole, which checks its CRC.

    Raises ValueError: it is larger than we open, or a name in it is twice there, encrypted or leads out of it.
    """

    def __init__(self, edition: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(edition)) as package:
            self.infos = package.infolist()
            if sum(info.file_size for info in self.infos) > MAX_PACKAGE:
                raise ValueError("its files are too large to be unpacked")
            for info in self.infos:
                if info.flag_bits & 1 or info.filename.startswith("/") or ".." in re.split(r"[/\\]", info.filename):
                    raise ValueError(f"{info.filename!r} is encrypted or leads out of the package")
            self.files = {info.filename: package.read(info) for info in self.infos}
        if len(self.files) < len(self.infos):
            raise ValueError("two of its files have one name")

    def xml(self, name: str) -> Any:
        """The root of one of its files.  Raises ValueError where there is none."""
        if name not in self.files:
            raise ValueError(f"there is no {name}")
        return xml(self.files[name])

    def not_well_formed(self, *endings: str) -> Iterator[Fault]:
        """A fault for each file with one of these endings that is no XML."""
        from lxml import etree

        for name in self.files:
            if name.endswith(endings):
                try:
                    self.xml(name)
                except (etree.XMLSyntaxError, ValueError) as error:
                    yield Fault(Said("part-not-xml", name=name, error=error))


def xml(data: bytes) -> Any:
    """The root of an XML file, read within libxml2's limits.  Raises ValueError where it declares entities, which may
    unfold without end."""
    from lxml import etree

    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        raise ValueError("it declares entities")
    return root


def beside(base: str, address: str) -> str:
    """The name in the package of what an address in one of its files means."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(address))).lstrip("/")
