"""Sidecars written: what is there stays as it is, also its comments; only the tables that change are written anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from .sidecar import Corrections, MetadataCorrection, RepairCorrection, parsed

BEGINNING = 16
"""Characters of a line's text that say which line is meant."""
_HEAD = re.compile(r"^((?:[ \t]*#[^\n]*\n)*)[ \t]*\[\[?[ \t]*([A-Za-z_.]+)[ \t]*\]\]?[^\n]*$", re.M)
"""The head of a table, with the comments right above it."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}


def beginning(text: str) -> str:
    """The first characters of a text, for `begins`."""
    return text.lstrip().split("\n")[0][:BEGINNING].rstrip().encode("utf-8", "ignore").decode()


def merged(old: Corrections, new: Corrections) -> Corrections:
    """The corrections with further ones: what both speak of is as the new ones say it."""
    document = _over(old.document, new.document)
    metadata = over(old.metadata, new.metadata)
    lines = {line.at: line for line in old.line}
    for line in new.line:
        lines[line.at] = line
    repairs = {_place(repair): repair for repair in old.repair} | {_place(repair): repair for repair in new.repair}
    return _ordered(Corrections(document, metadata, tuple(lines.values()), tuple(repairs.values())))


def _ordered(whole: Corrections) -> Corrections:
    lines = sorted(whole.line, key=lambda line: line.at)
    repairs = sorted(whole.repair, key=lambda repair: (repair.at, repair.column or 0, repair.before))
    return replace(whole, line=tuple(lines), repair=tuple(repairs))


def over(old: MetadataCorrection, new: MetadataCorrection) -> MetadataCorrection:
    """What is said of metadata, with what is said further."""
    whole: MetadataCorrection = replace(_over(old, new), extra={**old.extra, **new.extra})
    return whole


def _over(old: Any, new: Any) -> Any:
    given = {name: value for name in new.__struct_fields__ if (value := getattr(new, name)) is not None}
    return replace(old, **given)


def _place(repair: RepairCorrection) -> tuple[int, int | None, str]:
    return repair.at, repair.column, repair.before


def written(corrections: Corrections, before: str = "") -> str:
    """A sidecar's text that says just these corrections.  before: the text it had, of which what still holds stays."""
    old = parsed(before.encode(), "").corrections if before.strip() else Corrections()
    pieces = list(_kept(corrections, old, before)) if before.strip() else []
    whole = _tidy("".join(pieces)) if pieces else ""
    if not pieces or _read(whole) != _ordered(
        corrections
    ):  # tables written in a way that cannot be told apart line by line
        whole = _tidy("\n".join(block for _, block in _blocks(corrections)))
    return whole


def _read(text: str) -> Corrections | None:
    try:
        return _ordered(parsed(text.encode(), "").corrections)
    except Exception:  # whatever was put together wrongly
        return None


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def _kept(new: Corrections, old: Corrections, text: str) -> Iterator[str]:
    """The pieces of the text, each table as it was where it says the same still, and what is new at its end."""
    wanted = dict(_blocks(new))
    held = dict(_blocks(old))
    heads = list(_HEAD.finditer(text))
    starts = [*(head.start() for head in heads), len(text)]
    yield text[: starts[0]]
    counts: dict[str, int] = {}
    known: dict[tuple[str, object], None] = {}
    for head, end in zip(heads, starts[1:], strict=True):
        name = head[2]
        at = counts[name] = counts.get(name, -1) + 1
        key = _key_of(old, name, at)
        known[key] = None
        if key not in wanted:
            continue
        yield text[head.start() : end] if wanted[key] == held.get(key) else f"{head[1]}{wanted[key]}\n"
    yield "\n\n"
    yield "\n".join(block for key, block in wanted.items() if key not in known)


def _key_of(old: Corrections, name: str, at: int) -> tuple[str, object]:
    if name == "line" and at < len(old.line):
        return "line", old.line[at].at
    if name == "repair" and at < len(old.repair):
        return "repair", _place(old.repair[at])
    return name, None


def _blocks(whole: Corrections) -> Iterator[tuple[tuple[str, object], str]]:
    """Each table with what tells it from the others."""
    for name in ("document", "metadata"):
        values = msgspec.to_builtins(getattr(whole, name))
        extra = values.pop("extra", {})
        if values:
            yield (name, None), _table(f"[{name}]", values)
        if extra:
            yield (f"{name}.extra", None), _table(f"[{name}.extra]", extra)
    for line in whole.line:
        yield ("line", line.at), _table("[[line]]", msgspec.to_builtins(line))
    for repair in whole.repair:
        yield ("repair", _place(repair)), _table("[[repair]]", msgspec.to_builtins(repair))


def _table(head: str, values: dict[str, Any]) -> str:
    return "\n".join([head, *(f"{_bare(key)} = {_value(value)}" for key, value in values.items()), ""])


def _bare(key: str) -> str:
    return key if re.fullmatch("[A-Za-z0-9_-]+", key) else _value(key)


def _value(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return '"' + "".join(_ESCAPES.get(char, char) if char.isprintable() else _escape(char) for char in value) + '"'


def _escape(char: str) -> str:
    return _ESCAPES.get(char) or (f"\\u{ord(char):04X}" if ord(char) < 0x10000 else f"\\U{ord(char):08X}")
