"""One rule of the HTML reader each: what becomes of a small page.  The cases are in `fixtures/html-small`."""

from __future__ import annotations

import pytest
from small_pages import FOLDER, Case, cases, told

CASES = [
    pytest.param(case, id=f"{path.stem}: {case.title}") for path in sorted(FOLDER.glob("*.txt")) for case in cases(path)
]


@pytest.mark.parametrize("case", CASES)
def test_case(case: Case) -> None:
    assert told(case.page) == case.wanted
