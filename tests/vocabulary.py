"""What the vocabulary knows, written down: `python -m tests.vocabulary` writes `fixtures/zh/known/`.

Each table row and pattern of `convert/zh` is unfolded into short texts, one for each of its alternatives and words, and
each text is given to the patterns of its module, to its rows that are patterns, and to its public functions that take
one text.  A word or alternative that goes missing, or a condition that changes, is then seen; a row that is added needs
nothing here.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, get_args, get_origin, get_type_hints

from convert.zh.forms import FORMS, LineForm
from convert.zh.patterns import Later, pattern
from convert.zh.phrases import PHRASES, Phrase
from convert.zh.rows import Rows

ROOT = Path(__file__).resolve().parents[1]
KNOWN = Path(__file__).resolve().parent / "fixtures" / "zh" / "known"
MODULES = sorted(
    path.stem for path in (ROOT / "convert" / "zh").glob("[a-z]*.py") if path.stem not in ("rows", "patterns")
)
_REGEX = re.compile(r"[|\[\\(]")
_WORDS = re.compile(r"\S+( \S+)+")
MOST = 1500
"""Texts of a module that are written down."""


def texts(module: str) -> list[str]:
    """The texts a module's rows and patterns unfold into, each once, in order."""
    held = vars(importlib.import_module(f"convert.zh.{module}"))
    found = dict.fromkeys(_fit(text for name, value in held.items() if name[:2] != "__" for text in unfolded(value)))
    for text in found:
        said(module, text)  # so that all patterns are made that are made of rows
    tables = [value for value in held.values() if isinstance(value, Rows)]
    found |= dict.fromkeys(_fit(text for rows in tables for made in rows._made.values() for text in unfolded(made)))
    return list(found)[:MOST]


def _fit(texts: Iterator[str]) -> Iterator[str]:
    return (text for text in texts if text.isprintable() and text.strip() and len(text) <= 60)


def unfolded(value: Any) -> Iterator[str]:
    if isinstance(value, Rows):
        for row in value:
            yield from (text for field in row for text in unfolded(field))
    elif isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield from _unfolded(value.pattern)
    elif isinstance(value, Later):
        yield from _unfolded(value.text)
    elif isinstance(value, str):
        if _WORDS.fullmatch(value):
            yield from value.split()
        yield from _unfolded(value) if _REGEX.search(value) else (value,)
    elif isinstance(value, tuple | list | set | frozenset | dict):
        for one in sorted(value, key=str) if isinstance(value, set | frozenset) else value:
            if isinstance(one, str | tuple | Later):
                yield from unfolded(one)


def _unfolded(pattern: str) -> Iterator[str]:
    """One text for each alternative of a pattern, the others at their first."""
    try:
        tree = parser.parse(pattern)
    except re.error:
        return
    count = [0]
    first = _text(tree, {}, count)
    yield first
    for at, ways in enumerate(_branches(tree)):
        for way in range(1, ways):
            yield _text(tree, {at: way}, [0])


def _branches(tree: Any) -> list[int]:
    ways: list[int] = []
    _text(tree, {}, [0], ways)
    return ways


def _text(tree: Any, chosen: dict[int, int], count: list[int], ways: list[int] | None = None) -> str:
    out: list[str] = []
    for code, value in tree:
        if code is codes.LITERAL:
            out.append(chr(value))
        elif code is codes.IN:
            members = [
                chr(one[1]) if one[0] is codes.LITERAL else _first(one) for one in value if one[0] is not codes.NEGATE
            ]
            negated = value[0][0] is codes.NEGATE
            at = _choice(1 if negated else min(len(members), 12), count, ways)
            out.append("某" if negated else members[chosen.get(at, 0)])
        elif code is codes.BRANCH:
            out.append(_alternative(value[1], chosen, count, ways))
        elif code is codes.SUBPATTERN:
            out.append(_text(value[3], chosen, count, ways))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            out.append(_repeated(value[2], value[0], chosen, count, ways))
        elif code in (codes.ASSERT, codes.ASSERT_NOT):  # what has to follow or must not, as a text that could
            out.append(_repeated(value[1], 0, chosen, count, ways))
        elif code is codes.ATOMIC_GROUP:
            out.append(_text(value, chosen, count, ways))
        elif code in (codes.ANY, codes.NOT_LITERAL):
            out.append("某")
    return "".join(out)


def _first(one: tuple[Any, Any]) -> str:
    code, value = one
    if code is codes.RANGE:
        return chr(value[0])
    names = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "某"}
    return names.get(value, "某")


def _choice(members: int, count: list[int], ways: list[int] | None) -> int:
    """The number of a place where a text can go on in several ways."""
    at, count[0] = count[0], count[0] + 1
    if ways is not None:
        ways.append(members)
    return at


def _repeated(inner: Any, least: int, chosen: dict[int, int], count: list[int], ways: list[int] | None) -> str:
    """A part that may be absent is there where that, or something within it, is chosen."""
    at = _choice(1 if least else 2, count, ways)
    text = _text(inner, chosen, count, ways)
    there = chosen.get(at) or any(at < place < count[0] for place in chosen)
    return text + _text(inner, {}, [0]) * (least - 1) if least or there else ""


def _alternative(branches: list[Any], chosen: dict[int, int], count: list[int], ways: list[int] | None) -> str:
    """The alternative that is chosen, or that something chosen is in."""
    at = _choice(len(branches), count, ways)
    made, taken = [], chosen.get(at, 0)
    for number, branch in enumerate(branches):
        first = count[0]
        made.append(_text(branch, chosen, count, ways))
        if any(first <= place < count[0] for place in chosen):
            taken = number
    return made[taken]


@functools.cache
def functions(module: str) -> dict[str, Callable[[str], Any]]:
    """The public functions of a module that take one text, or a text and one of a few words; its patterns and words."""
    held = importlib.import_module(f"convert.zh.{module}")
    found: dict[str, Callable[[str], Any]] = {}
    for name, value in vars(held).items():
        if isinstance(value, frozenset) and not name.startswith("_"):
            found[name] = value.__contains__
        elif isinstance(value, dict) and not name.startswith("_"):
            found[name] = value.get
        elif isinstance(value, Later):
            found[name] = functools.partial(_where, value)
        elif value is FORMS or (value is PHRASES and module == "phrases"):
            found[name] = functools.partial(_rows, list(map(_row, value)))
        if not inspect.isfunction(value) or name.startswith("_") or value.__module__ != held.__name__:
            continue
        hints, needed = get_type_hints(value), list(inspect.signature(value).parameters.values())
        rest = [one for one in needed[1:] if one.default is inspect.Parameter.empty]
        if not needed or hints.get(needed[0].name) is not str:
            continue
        if not rest:
            found[name] = value
        elif (
            len(rest) == 1 and get_origin(hints[rest[0].name]) is not None and rest[0].kind is not rest[0].KEYWORD_ONLY
        ):
            for word in get_args(hints[rest[0].name]):
                if isinstance(word, str):
                    found[f"{name} {word}"] = functools.partial(_asked, value, word)
    return found


def _asked(function: Callable[[str, str], Any], word: str, text: str) -> Any:
    return function(text, word)


def _where(sought: Later, text: str) -> str:
    """Whether a pattern is the whole of a text, its beginning, or in it."""
    ways = (("whole", sought.fullmatch), ("begins", sought.match), ("holds", sought.search))
    return next((way for way, method in ways if method(text)), "")


def _row(row: LineForm | Phrase) -> tuple[str, Callable[[str], Any]]:
    """What a row is called here, and how it looks for its words."""
    if isinstance(row, Phrase):
        return f"{row.reason}({row.example[:6]})", pattern(row.words).match
    sought = pattern(f"(?:{row.words})" + (r"\Z" if row.how in ("whole", "ends") else ""))
    return f"{row.name}({row.example[:6]})", sought.match if row.how in ("whole", "begins") else sought.search


def _rows(rows: list[tuple[str, Callable[[str], Any]]], text: str) -> list[str]:
    """The rows that a text has the words of."""
    return [name for name, sought in rows if sought(text)]


def said(module: str, text: str) -> str:
    """What a module's functions say of a text, where they say anything: one line."""
    out: dict[tuple[str, str], list[str]] = {}
    for name, function in functions(module).items():
        try:
            result = function(text)
        except (LookupError, ValueError):
            continue  # not a text that it takes
        if result and result != text and not inspect.isgenerator(result):
            base, _, word = name.partition(" ")
            out.setdefault((base, "" if result is True else f"={_shown(result)}"), []).append(word)
    return " ".join(
        f"{base}{':' if any(words) else ''}{','.join(words)}{shown}" for (base, shown), words in out.items()
    )


def _shown(result: Any) -> str:
    """A result in short; of a row only what is not its list of words, which may grow."""
    if "words" in getattr(result, "_fields", ()):
        return ",".join(str(value) for name, value in result._asdict().items() if name not in ("words", "example"))
    if isinstance(result, set | frozenset):
        result = sorted(result, key=str)
    return re.sub(r"\s+", "", repr(result))


def write() -> None:
    """Writes what is known anew."""
    KNOWN.mkdir(parents=True, exist_ok=True)
    for old in KNOWN.iterdir():
        old.unlink()
    for module in MODULES:
        rows = [f"{text}\t{told}\n" for text in texts(module) if (told := said(module, text))]
        if rows:
            (KNOWN / f"{module}.txt").write_text("".join(rows), encoding="utf-8")


if __name__ == "__main__":
    write()
