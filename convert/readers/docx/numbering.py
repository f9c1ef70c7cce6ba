"""The numbers that Word counts, as text (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

import re
from typing import Any

from ...zh.wordstyles import counted
from .look import W, value

_LEVELS = 9
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: Any) -> None:
        """root: of the numbering part; None where the document has none."""
        self._lists: dict[str, dict[int, Any]] = {}
        self._shared: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        abstract = (
            {one.get(W + "abstractNumId"): one for one in root.iter(W + "abstractNum")} if root is not None else {}
        )
        for number in root.iter(W + "num") if root is not None else ():
            id, kind = number.get(W + "numId"), value(number, "abstractNumId") or ""
            base = abstract.get(kind)
            levels = {_level(one): one for one in base.iter(W + "lvl")} if base is not None else {}
            for change in number.iter(W + "lvlOverride"):
                if (own := change.find(W + "lvl")) is not None:
                    levels[_level(own)] = own
            starts = any(value(change, "startOverride") for change in number.iter(W + "lvlOverride"))
            self._lists[id] = levels
            self._shared[id] = id if starts else f"abstract {kind}"

    def is_bullet(self, number: tuple[str, int]) -> bool:
        """Whether a list has bullets on a level."""
        form = self._form(*number)
        return form in ("bullet", "none", "")

    def text(self, number: tuple[str, int]) -> str:
        """The number of the next paragraph in a list, as it is printed, with a space behind it where one is wanted."""
        id, level = number
        levels = self._lists.get(id, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(self._shared[id], [None] * _LEVELS)
        for at in range(level + 1):
            if counts[at] is None:
                counts[at] = self._start(levels.get(at)) - (1 if at == level else 0)
        counts[level] = (counts[level] or 0) + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)
        legal = levels[level].find(W + "isLgl") is not None

        def said(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            form = self._form(id, at)
            return numeral(counts[at] or 0, "decimal" if legal and at < level else form)

        whole = re.sub(r"%([1-9])", said, value(levels[level], "lvlText") or "")
        wide = not whole[-1:].isascii() or value(levels[level], "suff") == "nothing"
        return whole if wide or not whole else whole + " "

    def _form(self, id: str, level: int) -> str:
        found = self._lists.get(id, {}).get(level)
        return (value(found, "numFmt") or "decimal") if found is not None else ""

    @staticmethod
    def _start(level: Any) -> int:
        return int(value(level, "start") or 1) if level is not None else 1


def _level(element: Any) -> int:
    return int(element.get(W + "ilvl") or 0) % _LEVELS


def numeral(number: int, form: str) -> str:
    """A number in a form of WordprocessingML (17.18.59); in digits where the form is not known here."""
    if (east := counted(number, form)) is not None:
        return east
    match form:
        case "upperLetter" | "lowerLetter" if number > 0:
            letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "upperLetter" else letter.lower()
        case "upperRoman" | "lowerRoman" if 0 < number < 4000:
            out, rest = "", number
            for worth, sign in _ROMAN:
                out, rest = out + sign * (rest // worth), rest % worth
            return out if form == "upperRoman" else out.lower()
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 0 < number <= 20:
            return chr(0x245F + number)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
        case "decimalZero":
            return f"{number:02}"
        case "none":
            return ""
    return str(number)
