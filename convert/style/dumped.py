"""A style as the text of a TOML file that reads back as the same style: for one that a program made."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from . import Length, Style


def dumped(style: Style) -> str:
    """The style with all its values, without a parent."""
    return "\n".join(_table(_plain(style), ())) + "\n"


def _plain(value: Any) -> Any:
    """A value as TOML has it; None for what is not there."""
    if isinstance(value, Length):
        return f"{float(value)!r}pt"
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.fields(value)
        return {field.encode_name: _plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def _table(table: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """The lines of a table: its values, then the tables in it."""
    if path:
        yield "[" + ".".join(json.dumps(part, ensure_ascii=False) for part in path) + "]"
    for key, value in table.items():
        if value is not None and not isinstance(value, dict):
            yield f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _table(value, (*path, key))
