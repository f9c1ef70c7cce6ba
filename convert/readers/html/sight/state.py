"""The article in what a page's scripts carry, for a page that shows none: JSON-LD, or the state of a framework.

In: the texts of scripts that hold JSON.  Out: the article as HTML, or None.  Nothing is run: JSON is read, and of the
texts in it the longest that is prose is taken, with the title that stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from ..thresholds import DEEPEST_STATE, STATED_PROSE

_ASSIGNED = re.compile(r"\s*(?:(?:window|self)\s*(?:\.\s*|\[\s*[\"']))?__[A-Z_]*STATE__(?:[\"']\s*\])?\s*=\s*(?={)")
_SENTENCE = re.compile("[\u3002\uff01\uff1f]|[.!?](?=\\s|$|<)")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_TITLES = ("headline", "title", "articleTitle", "name", "subject")


def assigned(script: str) -> str:
    """The JSON that a script gives a page as its state (`window.__INITIAL_STATE__ = {`), empty for any other."""
    found = _ASSIGNED.match(script)
    return script[found.end() :] if found else ""


def stated(texts: list[str], rows: Iterable[Any] = ()) -> str | None:
    """The article that one of the texts or of some decoded values (`flight.flown`) holds, as HTML, None where none has
    prose enough."""
    best, title = "", ""
    for data in filter(None, (*map(_decoded, texts), *rows)):
        for body, said in _texts(data, 0, ""):
            if len(body) > len(best) and _is_article(body):
                best, title = body, said
    if not best:
        return None
    if _TAG.search(best) is None:
        best = "".join(f"<p>{escape(line)}</p>" for line in best.split("\n") if line.strip())
    return f"<h1>{escape(title)}</h1>{best}" if title else best


def _decoded(text: str) -> Any:
    """The value that a text begins with; what stands behind it is the script's."""
    import json

    try:
        return json.JSONDecoder().raw_decode(text.strip())[0]
    except (ValueError, RecursionError):
        return None


def _texts(data: Any, depth: int, title: str) -> Iterator[tuple[str, str]]:
    """Every text in a value, with the title nearest to it."""
    if depth > DEEPEST_STATE:
        return
    if isinstance(data, dict):
        own = next((data[key] for key in _TITLES if isinstance(data.get(key), str) and data[key].strip()), title)
        for value in data.values():
            yield from _texts(value, depth + 1, own)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, depth + 1, title)
    elif isinstance(data, str) and len(data) >= STATED_PROSE:
        yield data, title


def _is_article(text: str) -> bool:
    bare = _TAG.sub("", text)
    return len("".join(bare.split())) >= STATED_PROSE and len(_SENTENCE.findall(bare)) >= 3 and "function(" not in bare
