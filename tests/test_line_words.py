"""What the words that cleaning knows do to a text stays what it was (`python -m tests.line_words` writes it anew)."""

from __future__ import annotations

import pytest
from line_words import KNOWN, done

CASES = KNOWN.read_text("utf-8").splitlines()


@pytest.mark.parametrize("at", range(0, len(CASES), 50))
def test_words_do_what_they_did(at: int) -> None:
    for line in CASES[at : at + 50]:
        word, said = line.split("\t")
        assert done(word) == said, word
