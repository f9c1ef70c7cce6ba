"""What the vocabulary knew is known: the words and alternatives written down in `fixtures/zh/known/`, by module."""

from __future__ import annotations

import pytest
from vocabulary import KNOWN, said

CASES = [(path.stem, line) for path in sorted(KNOWN.iterdir()) for line in path.read_text("utf-8").split("\n") if line]
BATCH = 100


@pytest.mark.parametrize("first", range(0, len(CASES), BATCH), ids=lambda at: f"{CASES[at][0]} {at}")
def test_what_was_known_is_known(first: int) -> None:
    wrong = []
    for module, line in CASES[first : first + BATCH]:
        text, _, told = line.partition("\t")
        if (now := said(module, text)) != told:
            wrong.append(f"{module}: {text}: {now}, not {told}")
    assert wrong == [], "if this is meant: python -m tests.vocabulary, then read the difference"
