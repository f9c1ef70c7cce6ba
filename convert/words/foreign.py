"""What the libraries below us say of a file that is wrong: sentences with holes, which stand in the catalogues too.

They reach the user as a value of a message of ours (`errors.Said`): a key of JSON, a value of a style.
"""

from __future__ import annotations

import functools
import re

SENTENCES = (
    "{said} - at `{path}`",
    "Expected `{wanted}`, got `{got}`",
    "Expected `{wanted}` of length {length}, got {got}",
    "Expected `{wanted}` of length {length}",
    "Expected `{wanted}` matching regex {pattern}",
    "Expected `{wanted}` {limit}",
    "Invalid value {value}",
    "Invalid enum value {value}",
    "Object contains unknown field `{name}`",
    "Object missing required field `{name}`",
    "JSON is malformed: {fault} (byte {at})",
    "schema is {got}, expected {wanted}",
    "Protocol not known: {kind}",
    "{value} is no length: write a number and pt, mm, cm or in",
    "Timed out trying to connect to {address} after {time} s",
)
"""Of msgspec, of a document's schema, of fsspec, of a style's lengths, of Dask; the first that fits is it."""


SAID = frozenset({"said", "fault"})
"""Holes that hold another sentence."""


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    parts = ((one, re.split(r"\{(\w+)\}", one)) for one in SENTENCES)
    return tuple(
        (one, re.compile("".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(split))))
        for one, split in parts
    )


def taken_apart(said: str) -> tuple[str, dict[str, str]] | None:
    """The sentence and what stands in its holes; None where it is no such sentence."""
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(said):
            return sentence, found.groupdict()
    return None
