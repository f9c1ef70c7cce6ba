"""Names in the output folder: readable, safe on every file system, unique, and derived from the source alone.

In: addresses of sources.  Out: the stem of each source's editions.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .manifest import Manifest

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
# Files of ours or of the user that no edition may take; the last four are the catalogue's.
_RESERVED = frozenset({MANIFEST, SUMS.lower(), "readme.md", "index.html", "opds.xml", "opds.json", "feed.xml"})
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)  # names Windows keeps for itself
_LONGEST = 220  # bytes of a stem: 255 less a suffix, an ending and the temporary part


def safe_stem(name: str) -> str:
    """A file's name without its ending, fit for every file system; a name that had to be cut ends in a hash of it."""
    stem = unicodedata.normalize("NFC", os.path.splitext(unicode_of(name))[0])
    stem = _UNSAFE.sub("_", stem).strip(" .").replace("\ufffd", "_")
    if not stem or _DEVICE.fullmatch(stem):
        stem = f"_{stem}"
    if stem.startswith("-"):
        stem = f"_{stem[1:]}"  # a name that looks like an option is a trap for scripts
    if len(stem.encode()) <= _LONGEST:
        return stem
    return stem.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip(" .") + "-" + short_hash(name)


def is_safe(name: str) -> bool:
    """Whether a name is one we give: each part of it as `safe_stem` leaves it, so that it cannot lead elsewhere."""
    return all(safe_stem(f"{part}.x") == part for part in name.split("/"))


def address(path: str | os.PathLike[str]) -> str:
    """How the manifest names a source: from the working folder where it lies in it, else as it was given."""
    given = os.path.normpath(path)
    inside = os.path.relpath(os.path.abspath(given), os.getcwd())
    outside = inside == os.pardir or inside.startswith(os.pardir + os.sep)
    return unicode_of(given if outside else inside).replace(os.sep, "/")


def unicode_of(name: str) -> str:
    """A file name for JSON: bytes of it that are no UTF-8, which Python keeps as surrogates, become U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", name)


def stems(ids: Iterable[str], manifest: Manifest, formats: Iterable[str]) -> dict[str, str]:
    """The stem of each source's editions.

    A source keeps the name the manifest has for it.  Else it is its file's own, and where that is taken by another
    source (upper and lower case alike, for some file systems do not tell them apart) the later in path order gets
    a suffix from a hash of its path.
    """
    endings = tuple(formats)
    named = {entry.source.path: entry.stem for entry in manifest.documents}
    taken = {stem.casefold() for stem in named.values()}
    for one in sorted(set(ids) - set(named)):
        plain = safe_stem(one.rpartition("/")[2])
        suffixed = (f"{plain}-{short_hash(one, length)}" for length in range(8, 65))
        free = (stem for stem in itertools.chain([plain], suffixed) if _free(stem, taken, endings))
        named[one] = next(free)
        taken.add(named[one].casefold())
    return {one: named[one] for one in ids}


def _free(stem: str, taken: set[str], endings: tuple[str, ...]) -> bool:
    key = stem.casefold()
    return key not in taken and not any(f"{key}.{ending}" in _RESERVED for ending in endings)


def short_hash(text: str, length: int = 8) -> str:
    """The first hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
