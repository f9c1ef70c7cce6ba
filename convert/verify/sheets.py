"""Style sheets that hide the text they dress, in the EPUB and HTML editions; properties that do it in DOCX and ODT.

In: the bytes of an edition.  Out: what in its style keeps a reader from seeing text, one sentence each (CSS 2.2, CSS
Color 4, CSS Masking; ISO/IEC 29500-1, 17.3.2; OpenDocument 1.3, part 3, 16.29).  Rules for contents and navigation are
passed over, which are furniture.
"""

from __future__ import annotations

import functools
import re
import zipfile
from collections.abc import Iterator

from ..errors import Said
from .packages import opened
from .sight import luminance

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_DARK = re.compile(r"@media[^{]*prefers-color-scheme:\s*dark[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_STYLE = re.compile(rb"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_INLINE = re.compile(rb"<([A-Za-z][A-Za-z0-9]*)\b[^<>]*?\sstyle\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FURNITURE = re.compile(r"(?:^|[\s>])nav(?:[.#:\[][^\s]*)?$")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(em|rem|ex|ch|pt|px|pc|mm|cm|in|vw|vh|%)?")
_EM = {"": 1 / 16, "px": 1 / 16, "pt": 1 / 12, "pc": 1, "mm": 0.236, "cm": 2.36, "in": 6, "%": 0.01, "ex": 0.5}
"""Lengths in em, about: a text's em is 16 pixels where nothing else is said."""
_HEX = re.compile(r"#([0-9a-f]{3,8})$")
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)(%?))?\s*\)")
_WORDS = {"white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240), "black": (0, 0, 0)}
_LIGHT = 0.8
"""Relative luminance from which a colour on white cannot be read."""

_HIDES = {
    "display": re.compile(r"none"),
    "visibility": re.compile(r"hidden|collapse"),
    "content-visibility": re.compile(r"hidden|auto"),
    "position": re.compile(r"absolute|fixed"),
    "overflow": re.compile(r"(?:hidden|clip)\b.*"),
    "opacity": re.compile(r"0?\.[0-4]\d*|0|[0-4]?\d%"),
    **{
        name: re.compile(r"(?!none).*")
        for name in ("clip", "clip-path", "mask", "mask-image", "-webkit-mask", "filter", "transform", "scale", "zoom")
    },
}


def faults(name: str, edition: bytes) -> list[Said]:
    """What hides text by its style; empty where nothing does, or where a format has no style of this kind."""
    try:
        match name:
            case "html":
                return _of_page(edition)
            case "epub":
                return _of_book(edition)
            case "docx":
                return _of_word(edition)
            case "odt":
                return _of_odt(edition)
    except zipfile.BadZipFile as error:
        return [Said("drawn-style-unreadable", error=error)]
    return []


def _of_page(page: bytes) -> list[Said]:
    found = [why for sheet in _STYLE.findall(page) for why in of_sheet(sheet.decode("utf-8", "replace"))]
    for element, one, other in _INLINE.findall(page) if b"style" in page else ():
        said = f"{element.decode()} {{{(one or other).decode('utf-8', 'replace')}}}"
        found += of_sheet(said)
    return list(dict.fromkeys(found))


def _of_book(edition: bytes) -> list[Said]:
    found: list[Said] = []
    package = opened(edition)
    for name in package.names:
        if name.endswith(".css"):
            found += of_sheet(package.read(name).decode("utf-8", "replace"))
        elif name.endswith((".xhtml", ".html")):
            found += _of_page(package.read(name))
    return list(dict.fromkeys(found))


@functools.lru_cache(maxsize=64)
def of_sheet(sheet: str) -> tuple[Said, ...]:
    """What in a style sheet hides text."""
    plain = _COMMENT.sub(" ", sheet)
    dark = [part.span() for part in _DARK.finditer(plain)]
    found: list[Said] = []
    if "@import" in plain:
        found.append(Said("drawn-import"))
    for rule in _RULE.finditer(plain):
        selectors = [one.strip() for one in rule[1].rpartition("{")[2].rpartition(";")[2].split(",")]
        if selectors == [""] or selectors[0].startswith("@") or all(map(_FURNITURE.search, selectors)):
            continue
        is_dark = any(start <= rule.start() < end for start, end in dark)
        said = {
            key.strip().lower(): value.replace("!important", "").strip().lower()
            for key, _, value in (one.partition(":") for one in rule[2].split(";"))
            if value.strip()
        }
        found += (
            Said("drawn-sheet", selectors=", ".join(selectors), why=why) for why in _of_rule(selectors, said, is_dark)
        )
    return tuple(found)


def _of_rule(selectors: list[str], said: dict[str, str], is_dark: bool) -> Iterator[str]:
    for name, value in said.items():
        if (hides := _HIDES.get(name)) and hides.fullmatch(value):
            yield f"{name}: {value}"
    yield from _of_lengths(selectors, said)
    for name in ("color", "-webkit-text-fill-color"):
        if (ink := _colour(said.get(name, ""))) is not None:
            ground = _colour(said.get("background-color", said.get("background", "")))
            paper = ground[:3] if ground else (0, 0, 0) if is_dark else (255, 255, 255)
            low, high = sorted((luminance(*ink[:3]), luminance(*paper)))
            if ink[3] < 0.5 or (high + 0.05) / (low + 0.05) < (1 + 0.05) / (_LIGHT + 0.05):
                yield f"{name}: {said[name]}"
    if "content" in said and re.search(r"[\"'][^\"']*\w[^\"']*[\"']", said["content"]):
        yield f"content: {said['content']}"


def _of_lengths(selectors: list[str], said: dict[str, str]) -> Iterator[str]:
    if (size := _em(said.get("font-size", ""))) is not None and size < 0.3:
        yield f"font-size: {said['font-size']}"
    for name in ("text-indent", "letter-spacing", "margin-left", "margin-right", "margin-top", "left", "top", "right"):
        length, most = _em(said.get(name, "")), 0.6 if name == "letter-spacing" else 8
        if length is not None and (length < -most or length > 100):
            yield f"{name}: {said[name]}"
    if selectors != ["hr"]:
        for name in ("width", "height", "max-width", "max-height"):
            if (length := _em(said.get(name, ""))) is not None and length < 0.05:
                yield f"{name}: {said[name]}"
    if said.get("line-height") in ("0", "0em", "0%") and not set(selectors) <= {"sup", "sub"}:
        yield "line-height: 0"


def _em(value: str) -> float | None:
    """A length in em; None where it is no plain length."""
    found = _LENGTH.fullmatch(value)
    return float(found[1]) * _EM.get(found[2] or "", 1) if found else None


def _colour(value: str) -> tuple[int, int, int, float] | None:
    """Red, green, blue of 255, and how far it covers; None where the reader's own colours hold."""
    if value == "transparent":
        return 255, 255, 255, 0.0
    if value in _WORDS:
        return *_WORDS[value], 1.0
    if found := _RGB.match(value):
        alpha = float(found[4] or 1) / (100 if found[5] else 1)
        return int(found[1]), int(found[2]), int(found[3]), alpha
    if found := _HEX.match(value):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * one for one in found[1])
        parts = [int(digits[at : at + 2], 16) for at in range(0, len(digits) // 2 * 2, 2)]
        return parts[0], parts[1], parts[2], parts[3] / 255 if len(parts) > 3 else 1.0
    return None


# --- DOCX --------------------------------------------------------------------------------------------------------

_PROPERTY = re.compile(rb"<w:(?:vanish|specVanish|webHidden|color|sz|w|pStyle|rStyle|tblStyle)\b[^>]*>")
_VANISH = re.compile(rb"<w:(?:vanish|specVanish|webHidden)\b(?![^>]*w:val=\"(?:0|false|off)\")[^>]*>")
_COLOR = re.compile(rb"<w:color\b[^>]*w:val=\"([0-9A-Fa-f]{6})\"")
_SIZE = re.compile(rb"<w:sz\b[^>]*w:val=\"(\d+)\"")
_SCALE = re.compile(rb"<w:w\b[^>]*w:val=\"(\d+)\"")
_WORD_STYLE = re.compile(rb"<w:style\b[^>]*w:styleId=\"([^\"]*)\".*?</w:style>", re.DOTALL)
_NAMED = re.compile(rb"<w:(?:pStyle|rStyle|tblStyle)\b[^>]*w:val=\"([^\"]*)\"")
_BASED = re.compile(rb"<w:basedOn\b[^>]*w:val=\"([^\"]*)\"")
_DEFAULT = re.compile(rb"<w:style\b[^>]*w:default=\"(?:1|true|on)\"")
_SMALLEST = 6
"""Half points."""


def _of_word(edition: bytes) -> list[Said]:
    package = opened(edition)
    parts = [name for name in package.names if re.fullmatch(r"word/(?:document|footnotes)\.xml", name)]
    said = {name: frozenset(_PROPERTY.findall(package.read(name))) for name in parts}
    if "word/styles.xml" in package.names:
        named = frozenset(_NAMED.findall(b"".join(one for some in said.values() for one in some)))
        said["word/styles.xml"] = _used(package.read("word/styles.xml"), named)
    return [Said("drawn-part", name=name, why=why) for name, some in said.items() for why in _of_part(b"".join(some))]


@functools.lru_cache(maxsize=16)
def _used(styles: bytes, named: frozenset[bytes]) -> frozenset[bytes]:
    """The properties of the styles that some text names, with those they are based on, the defaults, and what stands
    outside of them: a template may have others."""
    blocks = {found[1]: found[0] for found in _WORD_STYLE.finditer(styles)}
    wanted = set(named) | {id for id, block in blocks.items() if _DEFAULT.match(block)}
    based = {id: set(_BASED.findall(block)) for id, block in blocks.items()}
    while more := {one for id in wanted for one in based.get(id, ())} - wanted:
        wanted |= more
    said = _WORD_STYLE.sub(b"", styles) + b"".join(blocks[id] for id in sorted(wanted & set(blocks)))
    return frozenset(_PROPERTY.findall(said))


def _of_part(part: bytes) -> Iterator[Said]:
    if _VANISH.search(part):
        yield Said("drawn-hidden")
    colours = {tuple(bytes.fromhex(one.decode())) for one in set(_COLOR.findall(part))}
    if any(luminance(*colour) > _LIGHT for colour in colours):
        yield Said("drawn-pale")
    if any(int(size) < _SMALLEST for size in set(_SIZE.findall(part))):
        yield Said("drawn-small")
    if any(int(scale) < 30 for scale in set(_SCALE.findall(part))):
        yield Said("drawn-squeezed")


# --- ODT ---------------------------------------------------------------------------------------------------------

_TEXT_LOOK = re.compile(rb"<style:text-properties\b[^>]*>")
_UNDISPLAYED = re.compile(rb"text:display=\"(?:none|condition)\"|<text:(?:hidden-text|hidden-paragraph)\b")
_FO_COLOR = re.compile(rb"fo:color=\"#([0-9A-Fa-f]{6})\"")
_FO_SIZE = re.compile(rb"(?:fo:font-size|style:font-size-asian)=\"([\d.]+)pt\"")
_FO_SCALE = re.compile(rb"style:text-scale=\"(\d+)%\"")


def _of_odt(edition: bytes) -> list[Said]:
    package, found = opened(edition), list[Said]()
    for name in ("content.xml", "styles.xml"):
        data = package.read(name)
        looks = b"".join(frozenset(_TEXT_LOOK.findall(data)))
        if _UNDISPLAYED.search(data):
            found.append(Said("drawn-part", name=name, why=Said("drawn-hidden")))
        if any(luminance(*bytes.fromhex(one.decode())) > _LIGHT for one in set(_FO_COLOR.findall(looks))):
            found.append(Said("drawn-part", name=name, why=Said("drawn-pale")))
        if any(2 * float(size) < _SMALLEST for size in set(_FO_SIZE.findall(looks))):
            found.append(Said("drawn-part", name=name, why=Said("drawn-small")))
        if any(int(scale) < 30 for scale in set(_FO_SCALE.findall(looks))):
            found.append(Said("drawn-part", name=name, why=Said("drawn-squeezed")))
    return found
