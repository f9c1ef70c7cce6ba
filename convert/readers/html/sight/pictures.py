"""Where an `<img>` says its picture is, and whether that is a picture at all.

In: the element with its attributes.  Out: addresses, the likeliest first; and whether it shows something, or is an
icon, a ruler, a counter, or what keeps a place until a script has run.
"""

from __future__ import annotations

import base64
import re
import struct
from urllib.parse import unquote

from ....zh.captions import MEDIA, SAYS_NOTHING
from ..thresholds import (
    HIGHEST_INLINE,
    LARGEST_INLINE,
    LONGEST_ADDRESS,
    LONGEST_INLINE,
    SMALL_PICTURE,
    THIN_PICTURE,
    WIDEST_INLINE,
)
from .dom import SPACES, HtmlElement

_LAZY = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-actual", "data-url", "data-img", "data-echo",
    "data-lazyload", "data-lazy", "data-original-src", "data-real-src", "data-backsrc", "data-file", "_src", "original",
    "lazy-src", "lazysrc", "file", "zoomfile", "oldsrc", "orisrc", "src2", "real_src",
)  # fmt: skip
_PLACEHOLDER = re.compile(
    r"(?:^|[/_.-])(?:blank|spacer|space|pixel|transparent|placeholder|loading|lazyload|grey|gray|empty|1x1|px|none|"
    r"default_?img|nopic|load)\d*\.(?:gif|png|jpe?g|svg|webp)",
    re.I,
)


_SHAPE = re.compile(r"<(?:\w+:)?(?:path|text|circle|ellipse|line|polyline|polygon|use|image)\b")


def references(image: HtmlElement) -> list[str]:
    """Where an `<img>` may have its picture, the likeliest first: a real `src`, then what scripts would load."""
    found: list[str] = []
    src = image.get("src").strip()
    lazy = [image.get(name).strip() for name in _LAZY if name in image.attrs]
    if src and not is_placeholder(src):
        found.append(src)
    found.extend(lazy)
    if lazy and found[0].startswith("data:image/svg"):
        found.append(found.pop(0))  # what it shows until the picture is there
    for name in ("srcset", "data-srcset"):
        found.extend(_best(image.get(name)))
    if image.parent is not None and image.parent.tag == "picture":
        for child in image.parent.children:
            if isinstance(child, HtmlElement) and child.tag == "source":
                found.extend(_best(child.get("srcset") or child.get("data-srcset")))
    if not found and _is_small(src):
        found.append(src)
    return [address for address in dict.fromkeys(found) if address and not address.startswith(("#", "javascript:"))]


def is_placeholder(src: str) -> bool:
    """A picture that only keeps a place, until a script puts the real one there."""
    if src.startswith("data:image/svg"):
        return not _draws(src)
    if src.startswith("data:"):
        return len(src) < 300
    return src == "about:blank" or _PLACEHOLDER.search(src) is not None


def _draws(src: str) -> bool:
    """A drawing in an address that shows something and does not move: no empty one, no wheel that turns."""
    body = src.partition(",")[2]
    try:
        text = base64.b64decode(body).decode("utf-8", "replace") if ";base64," in src else unquote(body)
    except ValueError:
        return False
    return _SHAPE.search(text) is not None and "<animate" not in text


def _is_small(src: str) -> bool:
    """A PNG or GIF in a short address that is more than a dot, as signs and bullets are."""
    body = src.partition(";base64,")[2]
    try:
        head = base64.b64decode(body[:32].ljust(32, "A"))
    except ValueError:
        return False
    if head[:4] == b"\x89PNG":
        sides = struct.unpack(">II", head[16:24])
    else:
        sides = struct.unpack("<HH", head[6:10]) if head[:3] == b"GIF" else (0, 0)
    smallest: int = min(sides)
    return smallest > 2


def _best(srcset: str) -> list[str]:
    """The addresses of a `srcset`, the largest picture first."""
    found: list[tuple[float, str]] = []
    for candidate in re.split(r",\s+|,(?=(?:https?:)?//)", srcset):
        parts = candidate.split()
        if parts:
            size = re.fullmatch(r"([\d.]+)[wx]", parts[-1]) if len(parts) > 1 else None
            try:
                found.append((float(size[1]) if size else 1.0, parts[0]))
            except ValueError:
                continue
    return [address for _, address in sorted(found, key=lambda item: -item[0])]


_LENGTH = re.compile(r"^\s*(\d+(?:\.\d+)?)(?:px)?\s*$")
_SAYS_NOTHING = re.compile(
    r"(?:image|img|icon|logo|picture|photo|pic|undefined|null)?[\s\d_-]*|.*\.(?:png|jpe?g|gif|webp|bmp|svg)|https?:.*",
    re.I,
)
_PLAYER = re.compile(r"player|video|[/.]embed|/v/|[?&]vid=", re.I)
_WIDE = re.compile(r"(?:^|;)\s*width\s*:\s*(\d+(?:\.\d+)?)px", re.I)
_HIGH = re.compile(r"(?:^|;)\s*height\s*:\s*(\d+(?:\.\d+)?)px", re.I)
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icon|ico|logo|emoji|arrow|btn|button|bullet|dot|line|qrcode|qr|ewm|erweima|spacer|blank|"
    r"pixel|1x1|"
    r"tracking|counter|stat|count|hm|filetype|fileicon)s?\d*(?:[_.-][\w-]*)?\.(?:gif|png|jpe?g|svg|bmp|php|asp)",
    re.I,
)


def size_of(image: HtmlElement) -> tuple[float | None, float | None]:
    """Width and height that the page gives a picture, CSS pixels; None where it says none."""
    style = image.get("style")
    found = [
        styled.search(style) or _LENGTH.match(image.get(name)) for name, styled in (("width", _WIDE), ("height", _HIGH))
    ]
    width, height = (float(one[1]) if one and one[1].count(".") < 2 else None for one in found)
    return width, height


def is_inline(image: HtmlElement) -> bool:
    """A picture inside a sentence, such as a formula or a sign: text goes on after it on the same line, and it is small
    or, where no size is known, says in a few words what it shows."""
    width, height = size_of(image)
    if height is not None or width is not None:
        small = (height or 0) <= HIGHEST_INLINE and (width or 0) <= (WIDEST_INLINE if height else HIGHEST_INLINE)
    else:
        src = image.get("src")
        small = bool(said_by(image)) or (src.startswith("data:") and len(src) < LARGEST_INLINE)
    return small and _goes_on(image)


def opens_sentence(image: HtmlElement) -> bool:
    """A picture that a line begins with is a part of its sentence: the page says that it is as high as a line, and it
    says what the text behind it does not."""
    height, said = size_of(image)[1], said_by(image)
    if not said or height is None or height > HIGHEST_INLINE or _ICON.search(image.get("src").partition("?")[0]):
        return False
    return image.parent is not None and not image.parent.text().lstrip().startswith(said)


def media_of(node: HtmlElement) -> tuple[str, str] | None:
    """What stands for a video or audio, with what it is called and where it is, and its address; None without one.

    A player in a frame has an address that says so."""
    source = next((inner for inner in node.elements() if inner.tag == "source" and inner.get("src")), node)
    address = next((source.get(name).strip() for name in ("src", "data-src") if source.get(name).strip()), "")
    if not address or address.startswith(("blob:", "data:", "about:", "javascript:")):
        return None
    if node.tag in ("iframe", "frame") and not _PLAYER.search(address):
        return None
    kind = MEDIA["audio" if node.tag == "audio" else "video"]
    titles = (" ".join(node.get(name).split()) for name in ("title", "aria-label", "data-title"))
    shown = address.partition("?")[0].partition("#")[0].removeprefix("https://").removeprefix("http://").lstrip("/")
    return f"{kind}\uff1a" + " ".join(filter(None, (next(filter(None, titles), ""), shown[:LONGEST_ADDRESS]))), address


def said_by(image: HtmlElement) -> str:
    """What a picture says of itself, where that may stand in its place in a line."""
    said = " ".join(image.get("alt").split())
    if len(said) > LONGEST_INLINE or _SAYS_NOTHING.fullmatch(said) or SAYS_NOTHING.fullmatch(said):
        return ""
    return said


def _goes_on(image: HtmlElement) -> bool:
    """Text that is no link follows an element on the same line."""
    node = image
    while node.parent is not None:
        beside = node.parent.children
        at = next(at for at, child in enumerate(beside) if child is node) + 1
        for child in beside[at:]:
            if isinstance(child, str):
                if child.strip(SPACES):
                    return True
            elif child.block or child.tag == "br":
                return False
            elif child.hidden is None and child.text().strip(SPACES):
                return child.tag != "a"
        if node.parent.block:
            return False
        node = node.parent
    return False


def shows(image: HtmlElement) -> bool:
    """A picture in a line shows something: it has an address, and is no line and nothing that only counts visits."""
    return bool(references(image)) and all(size >= THIN_PICTURE for size in size_of(image) if size is not None)


def is_picture(image: HtmlElement) -> bool:
    """An `<img>` that shows something, and is no icon, ruler or counter."""
    if not references(image):
        return False
    known = [size for size in size_of(image) if size is not None]
    if (len(known) == 2 and max(known) <= SMALL_PICTURE) or (known and min(known) < THIN_PICTURE):
        return False
    return _ICON.search(image.get("src").partition("?")[0]) is None
