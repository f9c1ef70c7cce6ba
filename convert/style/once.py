"""What an edition takes from its style alone, made once for all documents of a run."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from . import Style

P = ParamSpec("P")
T = TypeVar("T")
_STYLES_KEPT = 32


def once_a_style(function: Callable[Concatenate[Style, P], T]) -> Callable[Concatenate[Style, P], T]:
    """Keeps what a function makes of a style, for a style does not change; the last few styles are remembered.

    Styles hold tables and cannot be hashed: they are told apart by identity, and kept so that it stays theirs.
    """
    kept: dict[object, tuple[Style, T]] = {}

    @functools.wraps(function)
    def made(style: Style, /, *rest: P.args, **named: P.kwargs) -> T:
        key = (id(style), *rest, *named.items())
        if key not in kept:
            if len(kept) >= _STYLES_KEPT:
                kept.clear()
            kept[key] = style, function(style, *rest, **named)
        return kept[key][1]

    return made
