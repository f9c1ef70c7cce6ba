"""The evidence of our texts and pages stays what it was (`python -m tests.evidence` writes it anew)."""

from __future__ import annotations

import pytest
from evidence import KNOWN, PARTS, lines


@pytest.mark.parametrize("part", range(PARTS))
def test_the_evidence_is_what_it_was(part: int) -> None:
    was = [line for line in KNOWN.read_text("utf-8").splitlines() if line.startswith(f"{part}\t")]
    assert sorted(set(lines(part)) ^ set(was)) == [], (
        "if this is meant: python -m tests.evidence, then read the difference"
    )
