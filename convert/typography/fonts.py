"""Faces for a style: from the wanted names to files at hand, with coverage, fallback and subsetting.

A role's families are looked for on the system in the order the style gives; what none of them answers is drawn with
the packaged Noto faces, and that is recorded (`ResolvedFace.substituted`), never silent.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import importlib.util
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import uharfbuzz as hb

from ..errors import FontError, Said
from ..style import Face, Style
from . import system_faces
from .system_faces import Installed, described, find

# Which face of the packaged collection draws a language: 0 to 4 are JP, KR, SC, TC, HK.
_SANS_INDEX = {"ja": 0, "ko": 1, "zh-Hans": 2, "zh-Hant": 3, "zh-Hant-HK": 4}
_SERIF_PACKAGE = {
    "zh-Hans": "pylopdf_fonts_zh_cn",
    "zh-Hant": "pylopdf_fonts_zh_tw",
    "ja": "pylopdf_fonts_jp",
    "ko": "pylopdf_fonts_ko",
}
_SERIF = re.compile("Serif|Song|Sung|Ming|Mincho|Batang|Hana|Times|Roman")
"""Names of families that are drawn with a brush's or a pen's stress."""
_EXTRAS = {"zh-Hant": "zh-tw", "ja": "ja", "ko": "ko"}
HEAVY = 600
"""From this weight on a face is bold."""
BOLD = 700
SYNTHETIC_BOLD = 0.03
"""Stroke in em that stands for a bold the face does not have."""


class ResolvedFace(msgspec.Struct, frozen=True):
    """The face that draws a role.  requested: what the style asked for, first choice first; weight: as drawn;
    embolden: stroke in em to add; substituted: none of the requested families was at hand."""

    role: str
    requested: tuple[str, ...]
    family: str
    path: str
    index: int
    weight: int
    embolden: float
    substituted: bool


class Coverage:
    """What a face draws.  A face has tens of thousands of characters, a text hundreds: each is asked for once."""

    def __init__(self, codes: Any) -> None:
        self._codes = codes  # HarfBuzz's set of code points
        self._drawn: set[str] = set()

    def __contains__(self, code: int) -> bool:
        return code in self._codes

    def all(self, chars: str) -> bool:
        """Whether it has each of some characters."""
        return all(ord(char) in self._codes for char in chars)

    def lacking(self, text: str) -> set[str]:
        """The characters of a text that the face has no glyph for."""
        new = set(text) - self._drawn
        if not new:
            return new
        lacking = {char for char in new if ord(char) not in self._codes}
        self._drawn |= new - lacking
        return lacking


class Loaded(NamedTuple):
    """A face ready for use: HarfBuzz objects in font units, and what it covers."""

    face: Any
    font: Any
    upem: int
    covers: Coverage


@functools.lru_cache(maxsize=64)
def load(path: str, index: int, weight: int) -> Loaded:
    """The face in a file, its weight axis pinned.  Raises FontError where the file is no font."""
    face = _face(path, index)
    codes = face.unicodes
    if not len(codes):
        raise FontError(Said("font-empty"), where=path)
    font = hb.Font(face)
    if any(axis.tag == "wght" for axis in face.axis_infos):
        font.set_variations({"wght": weight})
    return Loaded(face, font, face.upem, Coverage(codes))


@functools.lru_cache(maxsize=64)
def _face(path: str, index: int) -> Any:
    """HarfBuzz's face, of which nothing has been read yet."""
    try:
        return hb.Face(_blob(path), index)
    except Exception as error:  # the binding raises several kinds
        raise FontError(Said("font-unreadable", error=error), where=path) from None


@functools.lru_cache(maxsize=16)
def _blob(path: str) -> Any:
    return hb.Blob.from_file_path(path)


def loaded(found: ResolvedFace) -> Loaded:
    """The face of a `ResolvedFace`, ready for use."""
    return load(found.path, found.index, found.weight)


@functools.cache
def packaged() -> tuple[Installed, ...]:
    """Every face that comes with the program, or with a package for a further language."""
    paths = [path for path, _, _ in _serifs()]
    return tuple(face for path in (*paths, _sans(0, 400)[0]) for face in described(path))


# --- Faces for a style ------------------------------------------------------------------------------------------


class FontSet:
    """The faces that draw a style in a language.

    faces: role -> ResolvedFace, for each role of the style and `ROLE.bold`, `ROLE.latin`, `ROLE.latin.bold` where the
    style asks for a Latin face of its own.
    """

    def __init__(self, faces: dict[str, ResolvedFace], fallbacks: tuple[ResolvedFace, ...]) -> None:
        self.faces = faces
        self._fallbacks = fallbacks
        self._chosen: dict[tuple[str, str], ResolvedFace | None] = {}

    def face(self, role: str, *, bold: bool = False, latin: bool = False) -> ResolvedFace:
        """The face of a role; its own Latin where the style names no other."""
        name = f"{role}.latin" if latin and f"{role}.latin" in self.faces else role
        return self.faces[f"{name}.bold" if bold else name]

    def fallback(self, chars: str, near: ResolvedFace) -> ResolvedFace | None:
        """A face that draws characters of which `near` cannot draw one, the most alike first; None where there is
        none that draws all."""
        key = (chars, near.role)
        if key not in self._chosen:
            serif = bool(_SERIF.search(near.family))
            alike = sorted(self._fallbacks, key=lambda face: bool(_SERIF.search(face.family)) != serif)
            same = (face for face in alike if loaded(face).covers.all(chars))
            self._chosen[key] = next(same, None) or _anything(chars, near)
        return self._chosen[key]

    @functools.cached_property
    def fingerprint(self) -> str:
        """SHA-256 of which faces, of which versions, draw which role; the same wherever they are installed."""
        digest = hashlib.sha256()
        for found in (*self.faces.values(), *self._fallbacks):
            said = (found.role, found.family, found.weight, found.embolden, _version(found.path, found.index))
            digest.update(repr(said).encode())
        return digest.hexdigest()

    def missing(self, role: str, text: str) -> list[str]:
        """Characters of `text` that no face at hand can draw, in order, each once."""
        face = self.face(role)
        codes = loaded(face).covers
        return [
            char
            for char in dict.fromkeys(text)
            if ord(char) not in codes and char not in "\n\t" and self.fallback(char, face) is None
        ]


@functools.cache
def _version(path: str, index: int) -> str:
    """What tells one version of a face from another: checksum and dates in `head`, names, counts, metrics."""
    face = _face(path, index)
    tables = (bytes(face.reference_table(tag).data) for tag in ("head", "name", "maxp", "OS/2"))
    return hashlib.sha256(b"".join(tables)).hexdigest()


def _anything(chars: str, near: ResolvedFace) -> ResolvedFace | None:
    """An upright face of the system that has characters: of the kind of `near`, then the nearest to it in weight."""
    serif = bool(_SERIF.search(near.family))
    installed = [face for face in system_faces.installed() if not face.italic]
    for face in sorted(
        installed,
        key=lambda face: (bool(_SERIF.search(face.family)) != serif, system_faces.distance(face, near.weight)),
    ):
        try:
            covers = load(face.path, face.index, near.weight).covers
        except FontError:
            continue
        if covers.all(chars):
            return ResolvedFace(near.role, near.requested, face.family, face.path, face.index, face.weight, 0, True)
    return None


def region_of(language: str | None) -> str:
    """Which regional forms a language is drawn in; empty for one that has none of its own.

    >>> region_of("zh-Hant-HK"), region_of("ja-JP"), region_of("en")
    ('zh-Hant-HK', 'ja', '')
    """
    return max((tag for tag in _SANS_INDEX if (language or "").startswith(tag)), key=len, default="")


def lacks_serif(language: str | None) -> str:
    """The extra that brings the serif face of a language, where its package is not installed; else empty."""
    region = next((tag for tag in _SERIF_PACKAGE if (language or "").startswith(tag)), "")
    return "" if not region or importlib.util.find_spec(_SERIF_PACKAGE[region]) else _EXTRAS.get(region, "")


def resolve(style: Style, language: str | None) -> FontSet:
    """The faces of a style for a language (BCP 47, None: simplified Chinese).

    Raises FontError where a packaged face is missing.
    """
    return _resolve(tuple(style.faces.items()), language or "zh-Hans")


@functools.lru_cache(maxsize=32)
def _resolve(wanted: tuple[tuple[str, Face], ...], language: str) -> FontSet:
    faces: dict[str, ResolvedFace] = {}
    for role, face in wanted:
        faces[role] = _resolved(role, face, language, face.weight, face.embolden)
        faces[f"{role}.bold"] = _resolved(role, face, language, max(face.weight, BOLD), SYNTHETIC_BOLD)
        for weight, suffix in ((face.weight, ""), (max(face.weight, BOLD), ".bold")):
            if latin := _latin(role, face, weight):
                faces[f"{role}.latin{suffix}"] = latin
    regular = [_packaged(kind, language, 400) for kind in ("serif", "sans")]
    others = [*_serifs(), *(_sans(index, 400) for index in range(5))]
    fallbacks = dict.fromkeys(
        ResolvedFace("fallback", (), _family(path, index), path, index, weight, 0, True)
        for path, index, weight in (*regular, *others)
    )
    known = system_faces.same_files([face.path for face in (*faces.values(), *fallbacks)])
    placed = {role: msgspec.structs.replace(face, path=known[face.path]) for role, face in faces.items()}
    return FontSet(
        placed, tuple(dict.fromkeys(msgspec.structs.replace(face, path=known[face.path]) for face in fallbacks))
    )


def _resolved(role: str, face: Face, language: str, weight: int, embolden: float) -> ResolvedFace:
    requested = (*face.docx, *(name.partition(":")[0] for name in face.families))
    for name in face.families:
        family, _, wanted = name.partition(":")
        bold = weight > face.weight
        asked = weight if bold or not wanted else int(wanted)
        hit = find(family, asked)
        if hit is None or (hit.is_only_bold and asked < HEAVY):
            continue
        if bold:
            drawn, added = _drawn_bold(hit, weight)
            return ResolvedFace(role, requested, hit.family, hit.path, hit.index, drawn, added, False)
        # A face that was asked for by name needs no help to be what it is.
        drawn = min(max(int(wanted or weight), hit.axis[0]), hit.axis[1]) if hit.axis else hit.weight
        return ResolvedFace(role, requested, hit.family, hit.path, hit.index, drawn, 0, False)
    path, index, drawn = _packaged(face.packaged, language, weight)
    variable = face.packaged == "sans" or "VF" in Path(path).name
    family = _family(path, index)
    return ResolvedFace(
        role, requested, family, path, index, drawn, 0 if variable else embolden, family not in requested
    )


def _drawn_bold(face: Installed, weight: int) -> tuple[int, float]:
    """The weight at which a face is drawn for a bold, and the stroke that makes up what it lacks."""
    if face.axis is not None:
        return min(max(weight, face.axis[0]), face.axis[1]), 0
    return face.weight, 0 if face.weight >= HEAVY else SYNTHETIC_BOLD


def _latin(role: str, face: Face, weight: int) -> ResolvedFace | None:
    for family in face.latin:
        hit = find(family, weight)
        if hit is not None and not (hit.is_only_bold and weight < HEAVY):
            drawn, added = _drawn_bold(hit, weight) if weight >= BOLD else (hit.weight, 0)
            return ResolvedFace(f"{role}.latin", face.latin, hit.family, hit.path, hit.index, drawn, added, False)
    return None


def _packaged(kind: str, language: str, weight: int) -> tuple[str, int, int]:
    """Path, index and weight of a face that comes with the program."""
    if kind == "serif":
        for tag, package in _SERIF_PACKAGE.items():
            if language.startswith(tag) and importlib.util.find_spec(package):
                return str(importlib.import_module(package).serif_path()), 0, 400
        if language.startswith("zh-Hans"):
            raise FontError(Said("no-packaged-serif"))
    tags = [tag for tag in _SANS_INDEX if language.startswith(tag)]
    return _sans(_SANS_INDEX[max(tags, key=len)] if tags else 2, weight)


def _serifs() -> list[tuple[str, int, int]]:
    """The serif faces at hand that come with packages, of every language."""
    names = (name for name in _SERIF_PACKAGE.values() if importlib.util.find_spec(name))
    return [(str(importlib.import_module(name).serif_path()), 0, 400) for name in names]


def _sans(index: int, weight: int) -> tuple[str, int, int]:
    spec = importlib.util.find_spec("manimgx_fonts_cjk")
    if spec is None or spec.origin is None:
        raise FontError(Said("no-packaged-sans"))
    return str(Path(spec.origin).with_name("NotoSansCJK-VF.otf.ttc")), index, weight


@functools.cache
def _family(path: str, index: int) -> str:
    face = _face(path, index)
    return str(face.get_name(16) or face.get_name(1) or Path(path).stem)


# --- Subsetting -------------------------------------------------------------------------------------------------


def subset_input(found: ResolvedFace, *, flags: int = 0) -> Any:
    """A HarfBuzz subset request for a face, its weight pinned, nothing chosen yet."""
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags(flags | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DOWNGRADE_CFF2)
    face = loaded(found).face
    for axis in face.axis_infos:
        if axis.tag == "wght":
            wanted.pin_axis_location(face, "wght", found.weight)
        else:
            wanted.pin_axis_to_default(face, axis.tag)
    return wanted


_OUTLINES = frozenset(
    {"CFF ", "CFF2", "glyf", "loca", "gvar", "head", "hhea", "hmtx", "maxp", "fvar", "avar", "HVAR", "MVAR"}
)


_subset_before: set[tuple[str, int]] = set()


def outlines_plan(found: ResolvedFace, glyphs: Iterable[int], *, flags: int = 0) -> Any:
    """A HarfBuzz subset plan for glyphs with their outlines and widths alone: what a file in which every glyph has its
    place needs.

    A face is subset as it is the first time, and from then on without its character map and layout tables, which is
    quicker; but to take them out, the face has to be copied, and that takes longer than one document gains.
    """
    wanted = subset_input(found, flags=flags)
    wanted.glyph_set.update(glyphs)
    one = (found.path, found.index)
    if one in _subset_before:
        return hb.SubsetPlan(outlines(*one), wanted)
    _subset_before.add(one)
    face = _face(*one)
    dropped = (tag for tag in face.table_tags if tag not in _OUTLINES)
    wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in dropped)
    return hb.SubsetPlan(face, wanted)


@functools.lru_cache(maxsize=8)
def outlines(path: str, index: int) -> Any:
    """A face with its outlines and widths alone."""
    face = _face(path, index)
    tables = {tag: bytes(face.reference_table(tag).data) for tag in face.table_tags if tag in _OUTLINES}
    return hb.Face.create_for_tables(lambda _face, tag, _data: tables.get(tag), None)


def subset_otf(found: ResolvedFace, text: str) -> bytes:
    """A font file of its own that draws just `text`, with its layout features.  Raises FontError on a bad font."""
    wanted = subset_input(found)
    wanted.sets(hb.SubsetInputSets.UNICODE).update(map(ord, text))
    try:
        return bytes(hb.subset(loaded(found).face, wanted).blob.data)
    except Exception as error:
        raise FontError(Said("font-unsubsettable", error=error), where=found.path) from None
