"""What the HTML reader's words did to a page they do: those written down in `fixtures/html-words/`, by module."""

from __future__ import annotations

import pytest
from page_words import KNOWN, done

CASES = [(path.stem, line) for path in sorted(KNOWN.iterdir()) for line in path.read_text("utf-8").splitlines()]
BATCH = 12


@pytest.mark.parametrize("first", range(0, len(CASES), BATCH), ids=lambda at: f"{CASES[at][0]} {at}")
def test_words_do_what_they_did(first: int) -> None:
    wrong = []
    for module, line in CASES[first : first + BATCH]:
        word, way, told = line.split("\t")
        if (now := done(way, word)) != told:
            wrong.append(f"{module}: {word}, {way}: {now}, not {told}")
    assert wrong == [], "if this is meant: python -m tests.page_words, then read the difference"
