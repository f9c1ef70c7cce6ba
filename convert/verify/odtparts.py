"""How an OpenDocument text is built (OASIS OpenDocument 1.3, part 2 and part 3, 3.7): its package, its links, and
nothing in it that runs or is fetched.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import Said
from .parts import Fault, Package, beside

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_MANIFEST, _BODY, _WORDS = _ODF % "manifest", _ODF % "office", _ODF % "text"
_SCRIPTS = frozenset(f"{_BODY}{name}" for name in ("scripts", "script", "event-listeners", "forms", "binary-data"))
_LINKED = "{http://www.w3.org/1999/xlink}href"


def faults(edition: bytes) -> Iterator[Fault]:
    """What is wrong with how an ODT is built."""
    package = Package(edition)
    first = package.infos[0] if package.infos else zipfile.ZipInfo("")
    stored = first.compress_type == zipfile.ZIP_STORED and not first.extra
    kind = b"application/vnd.oasis.opendocument.text"
    if first.filename != "mimetype" or not stored or package.files["mimetype"] != kind:
        yield Fault(Said("odt-mimetype"))
    broken = list(package.not_well_formed(".xml", ".rdf"))
    yield from broken
    if broken:
        return
    listed = {one.get(f"{_MANIFEST}full-path", "") for one in package.xml("META-INF/manifest.xml")}
    for name in sorted(one for one in listed - set(package.files) if not one.endswith("/")):
        yield Fault(Said("part-missing", name=name))
    for name in sorted(set(package.files) - listed - {"mimetype"}):
        if not name.startswith("META-INF/") and not name.endswith("/"):
            yield Fault(Said("part-unreached", name=name))
    content, styles = package.xml("content.xml"), package.xml("styles.xml")
    if content.find(f"{_BODY}body/{_BODY}text") is None:
        yield Fault(Said("odt-no-text"))
    places = {one.get(f"{_WORDS}name") for one in content.iter(f"{_WORDS}bookmark", f"{_WORDS}bookmark-start")}
    for root, name in ((content, "content.xml"), (styles, "styles.xml")):
        if any(True for _ in root.iter(*_SCRIPTS)):
            yield Fault(Said("odt-script", name=name))
        yield from _odt_links(root, name, package, places)


def _odt_links(root: Any, name: str, package: Package, places: set[str | None]) -> Iterator[Fault]:
    """Each link inside the file leads somewhere, and only a link leads out of it."""
    for one in root.iter():
        if (address := one.get(_LINKED)) is None:
            continue
        if one.tag == f"{_WORDS}a":
            if address.startswith("#") and unquote(address[1:]) not in places:
                yield Fault(Said("part-dangling", name=name, address=address))
        elif urlsplit(address).scheme or address.startswith("/"):
            yield Fault(Said("part-fetches", name=name, address=address))
        else:
            part = beside(name, address)
            if part not in package.files and f"{part}/content.xml" not in package.files:
                yield Fault(Said("part-dangling", name=name, address=address))
