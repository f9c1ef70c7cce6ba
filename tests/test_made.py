"""Texts and pages made by chance are read as they were (`python -m tests.made` writes what they are read as anew)."""

from __future__ import annotations

import pytest
from made import KNOWN, made

CASES = [line.split("\t") for line in KNOWN.read_text("utf-8").splitlines()]
BATCH = 20


@pytest.mark.parametrize("first", range(0, len(CASES), BATCH))
def test_what_was_made_is_read_as_it_was(first: int) -> None:
    for name, said in CASES[first : first + BATCH]:
        assert made(name) == said, f"{name}; if this is meant: python -m tests.made, then look where it differs"
