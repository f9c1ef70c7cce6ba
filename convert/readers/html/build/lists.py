"""The marks of a list's items, as a page shows them.

In: a `<ul>` or `<ol>` with its items.  Out: a bullet for each, by how deep the list is nested, or its number in the
form that the list asks for (WHATWG HTML, 4.4.5); none where the items bring their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..sight.dom import HtmlElement
from ..sight.runs import EDGES

_BULLETS = ("\u2022", "\u25e6", "\u25aa")
COUNTED = "data-counted"
"""The attribute of a list whose marks are known to be there, by a reader that puts a text into HTML (`whole`)."""
_NO_MARK = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.I)
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.I)
_HAN_STYLES = frozenset(
    ("cjk-ideographic", "simp-chinese-informal", "simp-chinese-formal", "trad-chinese-informal", "trad-chinese-formal",
     "cjk-decimal", "japanese-informal", "korean-hanja-informal")
)  # fmt: skip
_ORDINAL = re.compile(
    "[(\uff08]?(?:\\d{1,3}|[\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341]{1,3})[)\uff09.\uff0e\u3001]|[\u2460-\u2473\u2022\u00b7\u25cf\u25a0\u25c6*-]|\u7b2c"
)


def marks_of(node: HtmlElement, entries: list[HtmlElement], depth: int, texts: list[str]) -> Iterator[str]:
    """The mark of each item as the page shows it; none where the items bring their own."""
    own = sum(_ORDINAL.match(text.lstrip(EDGES)) is not None for text in texts)
    typed = COUNTED in node.attrs
    bare = _NO_MARK.search(node.get("style")) or (texts and own == len(texts) and not typed)
    bare = bare or (len(texts) > 1 and all(text.strip(EDGES) == str(at) for at, text in enumerate(texts, 1)))
    if node.tag == "ul":
        yield from ("" if bare else _BULLETS[min(depth, 2)] for _ in entries)
        return
    found = _STYLE.search(node.get("style")) or (_STYLE.search(entries[0].get("style")) if entries else None)
    style = found[1].lower() if found else ""
    number = _number(node.get("start"), 1)
    if "reversed" in node.attrs and "start" not in node.attrs:
        number = len(entries)
    for entry in entries:
        number = _number(entry.get("value"), number) if entry.tag == "li" else number
        yield "" if bare else _mark(number, node.get("type"), style)
        number += -1 if "reversed" in node.attrs else 1


def _mark(number: int, kind: str, style: str) -> str:
    """The mark as the list asks for it: by CSS Counter Styles 3, or by the attribute `type`."""
    if style in _HAN_STYLES and 0 < number < 100:
        return _han(number) + "\u3001"
    by_style = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i"}
    return _numeral(number, {**by_style, "upper-roman": "I"}.get(style, kind)) + "."


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d"
    front = ("" if tens == 1 else digits[tens - 1]) + "\u5341" if tens else ""
    return front + (digits[ones - 1] if ones else "")


def _number(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def _numeral(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in ("i", "I") and 1 <= number < 4000:
        out = ""
        for value, roman in _ROMAN:
            while number >= value:
                out, number = out + roman, number - value
        return out.lower() if kind == "i" else out
    return str(number)


_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
