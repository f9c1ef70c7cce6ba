"""Where an `<img>` says its picture is, and whether that is a picture at all.

In: the element with its attributes.  Out: addresses, the likeliest first; and whether it shows something, or is an
icon, a ruler, a counter, or what keeps a place until a script has run.
"""

from __future__ import annotations

import re

from ..thresholds import SMALL_PICTURE, THIN_PICTURE
from .dom import HtmlElement

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


def references(image: HtmlElement) -> list[str]:
    """Where an `<img>` may have its picture, the likeliest first: a real `src`, then what scripts would load."""
    found: list[str] = []
    src = image.get("src").strip()
    lazy = [image.get(name).strip() for name in _LAZY if name in image.attrs]
    if src and not is_placeholder(src):
        found.append(src)
    found.extend(lazy)
    for name in ("srcset", "data-srcset"):
        found.extend(_best(image.get(name)))
    if image.parent is not None and image.parent.tag == "picture":
        for child in image.parent.children:
            if isinstance(child, HtmlElement) and child.tag == "source":
                found.extend(_best(child.get("srcset") or child.get("data-srcset")))
    return [address for address in dict.fromkeys(found) if address and not address.startswith(("#", "javascript:"))]


def is_placeholder(src: str) -> bool:
    """A picture that only keeps a place, until a script puts the real one there."""
    if src.startswith("data:"):
        return len(src) < 300 or src.startswith("data:image/svg")
    return src == "about:blank" or _PLACEHOLDER.search(src) is not None


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
_ICON = re.compile(
    r"(?:^|[/_.-])(?:icon|ico|logo|emoji|arrow|btn|button|bullet|dot|line|qrcode|qr|ewm|erweima|spacer|blank|"
    r"pixel|1x1|"
    r"tracking|counter|stat|count|hm|filetype|fileicon)s?\d*(?:[_.-][\w-]*)?\.(?:gif|png|jpe?g|svg|bmp|php|asp)",
    re.I,
)


def is_picture(image: HtmlElement) -> bool:
    """An `<img>` that shows something, and is no icon, ruler or counter."""
    if not references(image):
        return False
    sizes = []
    for name in ("width", "height"):
        styled = re.search(rf"(?:^|;)\s*{name}\s*:\s*([\d.]+)px", image.get("style"))
        found = styled or _LENGTH.match(image.get(name))
        sizes.append(float(found[1]) if found else None)
    known = [size for size in sizes if size is not None]
    if (len(known) == 2 and max(known) <= SMALL_PICTURE) or (known and min(known) < THIN_PICTURE):
        return False
    return _ICON.search(image.get("src").partition("?")[0]) is None
