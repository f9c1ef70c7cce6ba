"""What the vocabulary knows, written down: `python -m tests.vocabulary` writes `fixtures/zh/known/`.

Each table row and pattern of `convert/zh` is unfolded into short texts, one for each of its alternatives and words, and
each text is given to the public functions of its module that take one text.  A word or alternative that goes missing,
or a condition that changes, is then seen; a row that is added needs nothing here.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, get_args, get_origin, get_type_hints

from convert.zh.patterns import Later
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
    found: dict[str, None] = {}
    for name, value in vars(importlib.import_module(f"convert.zh.{module}")).items():
        for text in unfolded(value) if not name.startswith("__") else ():
            if text.isprintable() and 0 < len(text.strip()) == len(text) <= 60:
                found.setdefault(text)
    return list(found)[:MOST]


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
            if isinstance(one, str | tuple):
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
            out.append(_pick(["某"] if negated else members, chosen, count, ways))
        elif code is codes.BRANCH:
            out.append(_alternative(value[1], chosen, count, ways))
        elif code is codes.SUBPATTERN:
            out.append(_text(value[3], chosen, count, ways))
        elif code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            least, _, inner = value
            times = _pick_number([least, max(least, 1)] if least == 0 else [least], chosen, count, ways)
            out.append(
                "".join(_text(inner, chosen, count, ways) if at == 0 else _text(inner, {}, [0]) for at in range(times))
            )
            if times == 0:
                _text(inner, chosen, count, ways)
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


def _pick(members: list[str], chosen: dict[int, int], count: list[int], ways: list[int] | None) -> str:
    at, count[0] = count[0], count[0] + 1
    if ways is not None:
        ways.append(min(len(members), 12))
    return members[chosen.get(at, 0)] if members else ""


def _pick_number(members: list[int], chosen: dict[int, int], count: list[int], ways: list[int] | None) -> int:
    at, count[0] = count[0], count[0] + 1
    if ways is not None:
        ways.append(len(members))
    return members[chosen.get(at, 0)]


def _alternative(branches: list[Any], chosen: dict[int, int], count: list[int], ways: list[int] | None) -> str:
    at, count[0] = count[0], count[0] + 1
    if ways is not None:
        ways.append(len(branches))
    made = [_text(branch, chosen, count, ways) for branch in branches]
    return made[chosen.get(at, 0)]


def functions(module: str) -> dict[str, Callable[[str], Any]]:
    """The public functions of a module that take one text, or a text and one of a few words; its patterns and words."""
    held = importlib.import_module(f"convert.zh.{module}")
    found: dict[str, Callable[[str], Any]] = {}
    for name, value in vars(held).items():
        if not name.startswith("_") and isinstance(value, Later | frozenset):
            found[name] = value.__contains__ if isinstance(value, frozenset) else partial(_where, value)
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
                    found[f"{name} {word}"] = lambda text, value=value, word=word: value(text, word)
    return found


def _where(sought: Later, text: str) -> str:
    """Whether a pattern is the whole of a text, its beginning, or in it."""
    ways = (("whole", sought.fullmatch), ("begins", sought.match), ("holds", sought.search))
    return next((way for way, method in ways if method(text)), "")


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
