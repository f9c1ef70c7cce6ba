"""Small cases of structure that stand beside the project, where they are: what no reading of them may do.

The folder is no part of the project; without it there is nothing to test here, and `fixtures/clean` has cases of ours.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.model import ledger
from convert.run.reading import read

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "cases" / "structure"
KEPT = ("K-interview", "P-refrain-last", "P2-refrain-middle", "P3-signature-in-body", "H-case", "I-contract")
"""Cases of which every line is in the editions: title, text, headings or signature."""
TITLES = {"A1-title-two-blocks": 2, "A2-title-removed": 3, "E-signature-removed": 3, "G-judgment": 2}
"""Cases with a title on several lines."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the shared cases are not here")


@pytest.mark.parametrize("name", KEPT)
def test_every_line_is_kept(name: str) -> None:
    entries = ledger(read(FOLDER / f"{name}.txt"))
    assert [entry.text for entry in entries if entry.kind == "removed" and entry.text.strip()] == []


@pytest.mark.parametrize(("name", "lines"), TITLES.items())
def test_a_title_is_whole(name: str, lines: int) -> None:
    entries = ledger(read(FOLDER / f"{name}.txt"))
    assert [entry.text.count("\n") + 1 for entry in entries if entry.kind == "title"] == [lines]


def test_pages_buttons_are_no_headings() -> None:
    entries = ledger(read(FOLDER / "F-furniture-heading.txt"))
    assert [entry.kind for entry in entries if entry.text][-5:] == ["removed"] * 5
