"""TOML files that a person writes, read against a type: what is wrong names the line and the nearest known key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args, get_origin

import msgspec

from .errors import ConvertError, Said

_STEP = re.compile(r"\.([A-Za-z_]+)|\[(\d+)\]|\[\.\.\.\]")


_FAULTS = (
    (("Unterminated", "Expected '\"'", "Expected \"'"), "a text has no closing quote"),
    (("Unclosed", "Expected ']"), "a bracket is not closed"),
    (("Expected '='",), "a key has no = behind it"),
    (("Expected newline",), "something stands behind the value"),
    (("Cannot", "Duplicate"), "a key or a table stands twice"),
    (("Invalid initial", "Invalid statement"), "a key that begins with such a mark stands in quotes"),
    (("Invalid value",), "a value is missing, or is none of TOML's; texts stand in quotes"),
    (("Invalid date",), "there is no such day or time"),
    (("Unescaped", "Escaped", "Invalid hex"), "a \\ in a text begins no escape; write \\\\ or take single quotes"),
    (("Illegal", "Found"), "a character may not stand here"),
)
"""How the messages of `tomllib` begin, and what a person is told, who may know no TOML."""
_PLACE = re.compile(r" \((?:at line (\d+), column \d+|at end of document)\)$")


def fault(error: Exception, text: str) -> tuple[str, int | None]:
    """What is wrong with a file that is no TOML, and on which line.  text: the file's; empty where it is no UTF-8."""
    said = str(error)
    if isinstance(error, UnicodeDecodeError):
        return "the file is not UTF-8", None
    place = _PLACE.search(said)
    line = int(place[1]) if place and place[1] else text.rstrip().count("\n") + 1 if place else None
    return next((phrase for begins, phrase in _FAULTS if said.startswith(begins)), said), line


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like one that is not; None where none is."""
    import difflib

    return next(iter(difflib.get_close_matches(name, known, 1)), None)


def check_keys(raw: dict[str, Any], kind: Any, text: str, where: str, error: type[ConvertError]) -> None:
    """Raises an error of the class given for the first unknown key, where there is one.

    raw: what was read.  kind: the struct it should be.  text: the file's; where: its path.
    """
    for path, key, known in _unknown(raw, kind, ()):
        prefix = "".join(f"{part}." for part in path if isinstance(part, str))
        near = nearest(key, known)
        said = (
            Said("toml-near-key", prefix=prefix, key=key, near=near)
            if near
            else Said("toml-unknown-key", prefix=prefix, key=key, known=", ".join(sorted(known)))
        )
        raise error(said, where=where, line=line_of(text, (*path, key)))


def _unknown(
    raw: dict[str, Any], kind: Any, path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], str, list[str]]]:
    """Each unknown key: the tables it is in, its name, and the names known there."""
    known = {field.encode_name: field.type for field in msgspec.structs.fields(kind)}
    for key, value in raw.items():
        if key not in known:
            yield path, key, list(known)
        elif isinstance(value, dict) and (inner := _struct_in(known[key])):
            named = get_origin(known[key]) is dict
            for name, table in value.items() if named else [("", value)]:
                if isinstance(table, dict):
                    yield from _unknown(table, inner, (*path, key, name) if named else (*path, key))
        elif isinstance(value, list) and (inner := _struct_in(known[key])):
            for at, table in enumerate(value):
                if isinstance(table, dict):
                    yield from _unknown(table, inner, (*path, key, at))


def _struct_in(kind: Any) -> Any:
    """The struct that a type is, or that is the last of its arguments but for an ellipsis; None where there is none."""
    found = [one for one in (kind, *reversed(get_args(kind))) if isinstance(one, type)]
    return next((one for one in found if issubclass(one, msgspec.Struct)), None)


def line_of(text: str, path: Iterable[str | int]) -> int | None:
    """Where what a path leads to stands in the file, as well as a line search can tell: for messages only.

    path: names of tables and the key; a number behind the name of an array of tables is its place in it.
    """
    steps = list(path)
    lines = text.splitlines()
    begin = 0
    while len(steps) > 1 and isinstance(steps[0], str):
        name = re.escape(str(steps.pop(0)))
        nth = steps.pop(0) if isinstance(steps[0], int) else 0
        heads = [at for at, line in enumerate(lines) if at >= begin and re.match(rf"\s*\[+(.*\.)?\s*{name}\s*\]", line)]
        if int(nth) < len(heads):
            begin = heads[int(nth)]
    if not steps:
        return begin + 1
    wanted = re.compile(rf"\s*(\[.*\b{re.escape(str(steps[0]))}\s*\]|{re.escape(str(steps[0]))}\s*=)")
    return next((at + 1 for at in range(begin, len(lines)) if wanted.match(lines[at])), begin + 1 if begin else None)


def line_of_misfit(text: str, error: msgspec.ValidationError) -> int | None:
    """The line of a value of the wrong kind, which the error names as `$.line[0].level`."""
    found = re.search(r"`\$(.*?)`", str(error))
    if found is None:
        return None
    return line_of(text, [int(one[2]) if one[2] else one[1] for one in _STEP.finditer(found[1]) if one[1] or one[2]])
