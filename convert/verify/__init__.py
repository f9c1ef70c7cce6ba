"""Finished editions looked at by readers that share no code with the writers: their text, what of it can be seen, and
how they are built."""

from __future__ import annotations

from .rendered import faults as unrecognised
from .structure import extent, faults
from .text import EditionText, can_read, check, differences, digest, expected, read, text_of, unseen

__all__ = [
    "EditionText",
    "can_read",
    "check",
    "differences",
    "digest",
    "expected",
    "extent",
    "faults",
    "read",
    "text_of",
    "unrecognised",
    "unseen",
]
