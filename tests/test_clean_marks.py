"""Half-width and straight marks in sentences of many kinds: which are repaired, and which stay as they are.

`fixtures/marks/repairs.txt` has pairs of lines: a sentence, and what comes of it below a title and a plain sentence.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from convert.clean import clean
from convert.model import ledger
from convert.readers.text import parse

LINES = (Path(__file__).parent / "fixtures" / "marks" / "repairs.txt").read_text("utf-8").splitlines()
ABOVE = "标题标题标题\n这是一段正常的文字\uff0c用来说明情况\u3002\n"


@pytest.mark.parametrize(("before", "after"), list(pairwise(LINES))[::2])
def test_a_sentence(before: str, after: str) -> None:
    assert next(entry.text for entry in ledger(clean(parse(ABOVE + before))) if entry.lines[1] == 3) == after
