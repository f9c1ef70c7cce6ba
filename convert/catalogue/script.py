"""JavaScript that carries data: literals in which no text can end the literal, the element or the line it stands in."""

from __future__ import annotations

import json
import re

_UNSAFE = re.compile(
    "[<>&'\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)


def literal(value: object) -> str:
    """A value as JSON, which is JavaScript too (ECMA-262, 25.5), with all that is not plainly text escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def call(function: str, *values: object) -> bytes:
    """A file that gives data to the page's script."""
    return f"wenban.{function}({','.join(map(literal, values))});\n".encode()
