"""The evidence of our texts and pages stays what it was (`python -m tests.evidence` writes it anew)."""

from __future__ import annotations

from evidence import KNOWN, text


def test_the_evidence_is_what_it_was() -> None:
    now, was = text().splitlines(), KNOWN.read_text("utf-8").splitlines()
    assert sorted(set(now) ^ set(was)) == [], "if this is meant: python -m tests.evidence, then read the difference"
