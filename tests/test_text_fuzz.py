"""Plain texts at random: none is lost, none stops a run, and their editions hold and are valid."""

from __future__ import annotations

from collections import Counter

import fuzz_text
import pytest
from test_docx import audit

from convert import style, verify, writers
from convert.run import pipeline

CASES = 60


def test_texts_at_random_are_read_or_refused_with_a_remedy() -> None:
    """A small part of the long run: `python -m tests.fuzz_text` makes 100,000 of them."""
    ends = Counter(fuzz_text.read(fuzz_text.case(seed)) is not None for seed in range(CASES))
    assert ends[True] > CASES * 3 // 4
    assert fuzz_text.case(1) == fuzz_text.case(1) != fuzz_text.case(2)


@pytest.mark.parametrize("seed", fuzz_text.SAMPLE)
def test_editions_of_texts_at_random_hold_their_text(seed: int) -> None:
    """`test_epub_validators` and `test_pdf` show them to the other validators."""
    document = fuzz_text.sample(seed)
    look = style.load("gongwen")
    composed = writers.compose(document, look)
    for name in ("pdf", "docx", "epub", "html"):
        edition, _ = pipeline.write(name, document, look)
        assert verify.check(name, edition, composed) == [], name
        if name == "docx":
            assert audit(edition) == []
