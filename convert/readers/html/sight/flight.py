"""The article in the rows that React sends beside a page (Next.js, `self.__next_f.push`), for a page that shows none.

In: the texts of scripts.  Out: the data in the rows, and the elements in them as HTML.  Rows are `ID:JSON` lines, or
`ID:T` with a length in bytes and a text.  Nothing is run.
"""

from __future__ import annotations

import contextlib
import re
from html import escape
from typing import Any

from ..thresholds import DEEPEST_STATE, MOST_FLOWN
from .dom import words

_PUSH = re.compile(r"\s*self\.__next_f\.push\(\s*(?=\[)")
_ROW = re.compile(rb"([0-9a-f]+):(?:T([0-9a-f]+),)?")
_REFERENCE = re.compile(r"\$[L@]?([0-9a-f]+)")
_ELEMENTS = words(
    "p h1 h2 h3 h4 h5 h6 div section article main ul ol li table thead tbody tr td th blockquote strong b em i span br "
    "figure figcaption a pre code sup sub ruby rt"
)
_FURNITURE = words("nav header footer aside script style button form svg")


def flown(scripts: list[str]) -> list[Any]:
    """What the rows hold: data and texts as they are, then each tree of elements as HTML."""
    rows = _rows("".join(filter(None, map(_pushed, scripts))).encode("utf-8", "replace"))
    trees = _Trees(rows)
    return [*rows.values(), *(html for row in rows.values() if isinstance(row, list) and (html := trees.html(row, 0)))]


def _pushed(script: str) -> str:
    """The piece of the rows that a script pushes."""
    import json

    found = _PUSH.match(script)
    if found is None:
        return ""
    try:
        data = json.JSONDecoder().raw_decode(script, found.end())[0]
    except (ValueError, RecursionError):
        return ""
    return data[1] if isinstance(data, list) and len(data) > 1 and isinstance(data[1], str) else ""


def _rows(data: bytes) -> dict[str, Any]:
    import json

    rows: dict[str, Any] = {}
    at = 0
    while (found := _ROW.match(data, at)) is not None:
        end = data.find(b"\n", found.end())
        if found[2] is not None:
            at = min(found.end() + int(found[2], 16), len(data))
            rows[found[1].decode()] = data[found.end() : at].decode("utf-8", "replace")
            continue
        end = end if end >= 0 else len(data)
        with contextlib.suppress(ValueError, RecursionError):  # other rows name modules
            rows[found[1].decode()] = json.loads(data[found.end() : end])
        at = end + 1
    return rows


class _Trees:
    """Trees of React elements, `["$", tag, key, {"children": ...}]`, as HTML.  A row that is named is put there."""

    def __init__(self, rows: dict[str, Any]) -> None:
        self.rows = rows
        self.left = MOST_FLOWN  # values that may still be looked at: rows name one another

    def html(self, value: Any, depth: int) -> str:
        self.left -= 1
        if depth > DEEPEST_STATE or self.left < 0:
            return ""
        if isinstance(value, str):
            return self._text(value, depth)
        if not isinstance(value, list):
            return ""
        if len(value) > 3 and value[0] == "$" and isinstance(value[1], str) and isinstance(value[3], dict):
            return self._element(value[1], value[3], depth)
        return "".join(self.html(one, depth + 1) for one in value)

    def _text(self, value: str, depth: int) -> str:
        if not value.startswith("$"):
            return escape(value)
        if value.startswith("$$"):
            return escape(value[1:])
        found = _REFERENCE.fullmatch(value)
        row = self.rows.get(found[1]) if found else None
        return self.html(row, depth + 1) if isinstance(row, list) else ""

    def _element(self, tag: str, held: dict[str, Any], depth: int) -> str:
        if tag in _FURNITURE:
            return ""
        if tag == "img":
            said = (f' {name}="{escape(held[name])}"' for name in ("src", "alt") if isinstance(held.get(name), str))
            return f"<img{''.join(said)}>"
        inner = self.html(held.get("children"), depth + 1)
        raw = held.get("dangerouslySetInnerHTML")
        if isinstance(raw, dict) and isinstance(raw.get("__html"), str):
            found = _REFERENCE.fullmatch(raw["__html"])
            row = self.rows.get(found[1]) if found else raw["__html"]
            inner += row if isinstance(row, str) else ""
        return f"<{tag}>{inner}</{tag}>" if tag in _ELEMENTS and tag != "br" else "<br>" if tag == "br" else inner
