"""Names in the output folder: readable, safe on every file system, unique, and derived from the source alone.

In: addresses of sources.  Out: the stem of each source's editions.
"""

from __future__ import annotations

import glob
import hashlib
import itertools
import os
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from ..store import places

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
# Files of ours or of the user that no edition may take; the last four are the catalogue's.
_RESERVED = frozenset({MANIFEST, SUMS.lower(), "readme.md", "index.html", "opds.xml", "opds.json", "feed.xml"})
# `%` too: BagIt tools disagree about it (RFC 8493, 2.1.3), and in addresses and on Windows it means something else.
_UNSAFE = re.compile(r'[<>:"/\\|?*%\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe\uffff]')
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[\d\u00b9\u00b2\u00b3]|lpt[\d\u00b9\u00b2\u00b3])(?:\..*)?", re.I
)  # names Windows keeps for itself
_LONGEST = 220  # bytes of a stem: the longest name less a suffix, an ending and the temporary part
_MOST_UP = 3  # folders above the working folder, in addresses of before
_LONGEST_NAME = 255  # bytes of a whole name, on every file system in use


def safe_stem(name: str) -> str:
    """A file's name without its ending, fit for every file system; a name that had to be cut ends in a hash of it."""
    stem = _without_unsafe(os.path.splitext(unicode_of(name))[0])
    if len(stem.encode()) <= _LONGEST:
        return stem
    return stem.encode()[: _LONGEST - 9].decode("utf-8", "ignore").rstrip(" .") + "-" + short_hash(name)


def _without_unsafe(name: str) -> str:
    """A name without what some file system, shell or reader stumbles over; as long as it was."""
    safe = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .").replace("\ufffd", "_")
    if not safe or _DEVICE.fullmatch(safe):
        safe = f"_{safe}"
    if safe.startswith("-"):
        safe = f"_{safe[1:]}"  # a name that looks like an option is a trap for scripts
    return safe


def is_safe(name: str) -> bool:
    """Whether we can have given a name: no part of it is unsafe or too long, so that it cannot lead elsewhere."""
    parts = name.split("/")
    return all(_without_unsafe(part) == part and len(part.encode()) <= _LONGEST_NAME for part in parts)


def base(given: str | os.PathLike[str]) -> str:
    """The folder from which the addresses of what was given begin: the one that holds it, so that a folder's own name
    stands first; for a file that was given with its folder, the one that holds that; for a pattern, the one that holds
    its first folder."""
    if places.is_remote(given):
        return ""
    name = os.path.normpath(places.local(os.fspath(given)))
    if glob.has_magic(name) and not os.path.lexists(name):
        parts = name.split(os.sep)
        plain = next(count for count, part in enumerate(parts) if glob.has_magic(part))
        name = os.sep.join(parts[:plain]) or (os.sep if os.path.isabs(name) else "")
        return os.path.dirname(os.path.abspath(name)) if name else os.getcwd()
    if not os.path.isdir(name):
        name = os.path.dirname(name)
    return os.path.dirname(os.path.abspath(name)) if name else os.getcwd()


def address(path: str | os.PathLike[str], begin: str | None = None) -> str:
    """How the manifest names a source: the same from every working folder.  begin: the `base` of what was given."""
    if places.is_remote(path):
        return unicode_of(os.fspath(path))
    whole = os.path.abspath(places.local(os.fspath(path)))
    try:
        found = os.path.relpath(whole, base(path) if begin is None else begin)
    except ValueError:  # on Windows from another drive
        found = whole.replace(":", "")
    return unicode_of(found).replace(os.sep, "/")


def ends(path: str | os.PathLike[str], least: int) -> Iterator[str]:
    """The addresses that a source may have in a manifest, the longest first: how its path ends, with `least` parts and
    more.  Manifests of before had whole paths, and paths from the working folder."""
    parts = unicode_of(os.path.abspath(places.local(os.fspath(path)))).replace(os.sep, "/").split("/")
    yield "/".join(parts)
    for at in range(1, len(parts) - least + 1):
        yield "/".join(parts[at:])
        for up in range(1, _MOST_UP + 1):
            yield "/".join([*[".."] * up, *parts[at:]])


def unicode_of(name: str) -> str:
    """A file name for JSON: a byte of it that is not UTF-8, which Python keeps as a surrogate, becomes U+FFFD and its
    value, so that two names stay two."""
    return re.sub("[\ud800-\udfff]", lambda found: f"\ufffd{ord(found[0]) & 0xFF:02X}", name)


def stem(source: str, taken: Callable[[str], bool], endings: Sequence[str], called: str = "") -> str:
    """The stem of the editions of a source that has none yet.

    source: its address.  called: what to call it, where not after its file.  taken: whether another source has a stem,
    given its `key`.  It is the file's own name, and where that is taken the name with a suffix from a hash of the
    address.  Who asks for several in one run does so in the order of their addresses; then the names do not depend on
    the order in which the sources were given.
    """
    plain = safe_stem(f"{called}.called" if called else source.rpartition("/")[2])
    suffixed = (f"{plain}-{short_hash(source, length)}" for length in range(8, 65))
    return next(one for one in itertools.chain([plain], suffixed) if not (_reserved(one, endings) or taken(key(one))))


def key(stem: str) -> str:
    """What two stems have in common that some file system takes for one: upper and lower case are alike."""
    return stem.casefold()


def _reserved(stem: str, endings: Sequence[str]) -> bool:
    return any(f"{key(stem)}.{ending}" in _RESERVED for ending in endings)


def short_hash(text: str, length: int = 8) -> str:
    """The first hexadecimal digits of a text's SHA-256."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]
