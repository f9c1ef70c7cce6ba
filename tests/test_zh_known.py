"""What the vocabulary knew is known: the words and alternatives written down in `fixtures/zh/known/`, by module."""

from __future__ import annotations

import pytest
from vocabulary import KNOWN, said

BATCH = 100
CASES = {
    f"{path.stem} {first}": lines[first : first + BATCH]
    for path in sorted(KNOWN.iterdir())
    for lines in [path.read_text("utf-8").splitlines()]
    for first in range(0, len(lines), BATCH)
}


@pytest.mark.parametrize("name", CASES)
def test_what_was_known_is_known(name: str) -> None:
    wrong = []
    module = name.split()[0]
    for line in CASES[name]:
        text, _, told = line.partition("\t")
        if (now := said(module, text)) != told:
            wrong.append(f"{module}: {text}: {now}, not {told}")
    assert wrong == [], "if this is meant: python -m tests.vocabulary, then read the difference"
