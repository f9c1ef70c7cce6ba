"""What the vocabulary knew is known: the words and alternatives written down in `fixtures/zh/known/`, by module."""

from __future__ import annotations

import pytest
from vocabulary import KNOWN, said


@pytest.mark.parametrize("module", sorted(path.stem for path in KNOWN.iterdir()))
def test_what_was_known_is_known(module: str) -> None:
    rows = (line.partition("\t") for line in (KNOWN / f"{module}.txt").read_text("utf-8").split("\n") if line)
    wrong = [f"{text}: {now}, not {told}" for text, _, told in rows if (now := said(module, text)) != told]
    assert wrong == [], "if this is meant: python -m tests.vocabulary, then read the difference"
