"""The faces that the system has: where they lie, what they are called, and which is nearest to what is asked for.

In: the folders of the system, and those that `WENBAN_FONTS` names, separated as in PATH.  Out: faces of font files of
any kind, OTF, TTF, TTC, OTC or WOFF2, static or variable.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import uharfbuzz as hb

from . import woff2

_SUFFIXES = frozenset({".otf", ".ttf", ".ttc", ".otc", woff2.SUFFIX})


class Installed(msgspec.Struct, frozen=True):
    """One face of a font file.  names: all its family, full and PostScript names, lower case.

    weight: usWeightClass; axis: its weight axis (least, greatest), None for a static face.
    """

    path: str
    index: int
    family: str
    names: tuple[str, ...]
    weight: int
    italic: bool
    axis: tuple[int, int] | None = None

    @property
    def is_only_bold(self) -> bool:
        """Whether it is the bold face of a family by its names, and no face that is heavy by design."""
        return self.axis is None and any(name.endswith(("bold", "heavy", "black")) for name in self.names)


def folders() -> list[Path]:
    """Where fonts are looked for on this system, those named by WENBAN_FONTS first."""
    home = Path.home()
    named = [Path(part) for part in os.environ.get("WENBAN_FONTS", "").split(os.pathsep) if part]
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts"
        return [*named, Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", local]
    if sys.platform == "darwin":
        usual = [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
        return [*named, *usual, *_of_tex(home)]
    data = Path(os.environ.get("XDG_DATA_HOME", home / ".local/share"))
    usual = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), data / "fonts", home / ".fonts"]
    return [*named, *usual, *_of_tex(home)]


def _of_tex(home: Path) -> list[Path]:
    """Fandol, which has a Fangsong and a Kai, in the trees of a TeX distribution, whose other faces are of no use here
    and very many."""
    trees = [Path("/usr/share/texlive/texmf-dist"), Path("/usr/share/texmf"), home / "texmf"]
    trees += sorted(Path("/usr/local/texlive").glob("*/texmf-dist"))
    return [tree / "fonts/opentype/public/fandol" for tree in trees]


COMMANDS = {
    "linux": "sudo apt install fonts-lxgw-wenkai texlive-lang-chinese",
    "darwin": "brew install --cask font-lxgw-wenkai && sudo tlmgr install fandol",
    "win32": "Add-WindowsCapability -Online -Name Language.Fonts.Hans~~~und-HANS~0.0.1.0",
}
"""By platform, the command that gets a Fangsong and a Kai: free ones, or the system's own."""


@functools.cache
def installed() -> tuple[Installed, ...]:
    """Every face on the system, in path order.  What was read is kept in the user's cache and read again only for
    files that changed; a file that is no font is passed over."""
    paths = sorted({path for folder in folders() if folder.is_dir() for path in _files(folder)})
    old = _read_cache()
    fresh: dict[str, tuple[int, int, tuple[Installed, ...]]] = {}
    for path in paths:
        stat = os.stat(path)
        stamp = (stat.st_mtime_ns, stat.st_size)
        known = old.get(path)
        if known and known[:2] == stamp and all(face.path == path or os.path.exists(face.path) for face in known[2]):
            fresh[path] = known
        elif not _is_packed(path):
            fresh[path] = (*stamp, described(path))
        elif woff2.can_read():
            fresh[path] = (*stamp, _unpacked(path))
    if fresh != old:
        _write_cache(fresh)
    slices = Counter(_name(face) for path, (_, _, faces) in fresh.items() if _is_packed(path) for face in faces)
    return tuple(
        face
        for path, (_, _, faces) in fresh.items()
        for face in faces
        if not _is_packed(path) or slices[_name(face)] < 2
    )


def _name(face: Installed) -> tuple[tuple[str, ...], int]:
    """What slices of one face have alike: a page's face may be a hundred files, each with a few of its characters."""
    return face.names, face.weight


def unread() -> list[str]:
    """WOFF2 files that are passed over, for the packages that unpack them are not here (extra `wenban[woff2]`)."""
    if woff2.can_read():
        return []
    return sorted({path for folder in folders() if folder.is_dir() for path in _files(folder) if _is_packed(path)})


def _is_packed(path: str) -> bool:
    return path.lower().endswith(woff2.SUFFIX)


def _files(folder: Path) -> Iterable[str]:
    for root, _, names in os.walk(folder):
        for name in names:
            if os.path.splitext(name)[1].lower() in _SUFFIXES:
                yield os.path.join(root, name)


_Cache = dict[str, tuple[int, int, tuple[Installed, ...]]]


def _cache_path() -> Path:
    import platformdirs

    return Path(platformdirs.user_cache_dir("wenban")) / "fonts-1.msgpack"


def _read_cache() -> _Cache:
    try:
        return msgspec.msgpack.decode(_cache_path().read_bytes(), type=_Cache)
    except (OSError, msgspec.MsgspecError):
        return {}


def _write_cache(faces: _Cache) -> None:
    with contextlib.suppress(OSError):  # a cache that cannot be kept costs time, nothing else
        _keep(_cache_path(), msgspec.msgpack.encode(faces))


def _keep(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)


def _unpacked(path: str) -> tuple[Installed, ...]:
    """The faces of a WOFF2 file, in a file of the cache; none where it cannot be kept, or is no font."""
    try:
        data = Path(path).read_bytes()
        kept = _cache_path().parent / "faces" / f"{hashlib.sha256(data).hexdigest()}.otf"
        if not kept.exists():
            font = woff2.unpacked(data)
            if font is None:
                return ()
            _keep(kept, font)
    except OSError:
        return ()
    return described(str(kept))


def described(path: str) -> tuple[Installed, ...]:
    """The faces in a font file; none where it is no font that HarfBuzz can read."""
    faces: list[Installed] = []
    try:
        blob = hb.Blob.from_file_path(path)
        count = max(1, hb.Face(blob, 0).count)
        for index in range(count):
            faces.append(_describe_face(path, index, hb.Face(blob, index)))
    except Exception:  # not a font, or one HarfBuzz cannot read: not ours to report unless it is asked for
        return tuple(faces)
    return tuple(faces)


def _describe_face(path: str, index: int, face: Any) -> Installed:
    # Name ids: 1 and 16 family, 4 full, 6 PostScript; in every language the font has them in.
    wanted = [entry for entry in face.list_names() if entry.name_id in (1, 4, 6, 16)]
    names = {face.get_name(entry.name_id, entry.language): entry.name_id for entry in wanted}
    family = face.get_name(16) or face.get_name(1) or Path(path).stem
    os2 = bytes(face.reference_table("OS/2").data)
    weight = int.from_bytes(os2[4:6], "big") if len(os2) >= 6 else 400
    italic = len(os2) >= 64 and bool(int.from_bytes(os2[62:64], "big") & 0x201)
    axes = [(int(axis.min_value), int(axis.max_value)) for axis in face.axis_infos if axis.tag == "wght"]
    lower = tuple(sorted(name.lower() for name in names if name))
    return Installed(path, index, family, lower, weight, italic, axes[0] if axes else None)


def find(family: str, weight: int = 400) -> Installed | None:
    """The upright face of a family nearest in weight, or None.  `family` may be a full or PostScript name."""
    wanted = family.lower()
    named = [face for face in installed() if wanted in face.names and not face.italic]
    return min(named, key=lambda face: (distance(face, weight), face.path, face.index), default=None)


def distance(face: Installed, weight: int) -> int:
    """How far a face is from a weight at which it can be drawn."""
    if face.axis is not None:
        return abs(min(max(weight, face.axis[0]), face.axis[1]) - weight)
    return abs(face.weight - weight)


def same_files(paths: Iterable[str]) -> dict[str, str]:
    """For each file the first of those given that has the same bytes: a face in two folders is one face."""
    first: dict[tuple[int, str], str] = {}
    sizes: dict[int, list[str]] = {}
    for path in dict.fromkeys(paths):
        sizes.setdefault(os.path.getsize(path), []).append(path)
    found: dict[str, str] = {}
    for size, alike in sizes.items():
        for path in alike:
            digest = _digest(path) if len(alike) > 1 else path
            found[path] = first.setdefault((size, digest), path)
    return found


@functools.lru_cache(maxsize=64)
def _digest(path: str) -> str:
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
