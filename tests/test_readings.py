"""Nothing changes unseen: each text of `corpus/` is read and repaired as `corpus/readings/` has it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from readings import READINGS, pages, section, sections, written

CASES = [pytest.param(path, name, id=f"{path.name}: {name}") for path in pages() for name in sections(path)]


@pytest.mark.parametrize(("path", "name"), CASES)
def test_the_reading_is_the_one_written_down(path: Path, name: str) -> None:
    parts = re.split(r"(?m)^(?=== )", written(path).read_text("utf-8"))
    wanted = next((part for part in parts if part.startswith(f"== {name}\n")), "")
    assert section(path, name) == wanted, "if this is meant: python -m tests.readings, then read the difference"


def test_no_reading_is_left_over() -> None:
    assert set(READINGS.iterdir()) == {written(path) for path in pages()}
