"""Regular expressions that are compiled when they are first used.

The program knows some hundreds, of which a page needs a few dozen: compiled all at once, they take longer than it.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split")


class Later:
    """Stands for a pattern.  At the first use its methods become those of the compiled one."""

    __slots__ = ("_flags", "text", *_METHODS)

    def __init__(self, text: str, flags: int) -> None:
        self.text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:  # called for what is not set yet
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.text, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, made when it is needed; it has the methods that look for something, and no more."""
    return cast("re.Pattern[str]", Later(text, flags))
