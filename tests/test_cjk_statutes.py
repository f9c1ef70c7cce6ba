"""Real statutes of Taiwan, as pages and registers print them: title, date, headings with levels, articles, items.

The texts are statutes and free of copyright (Copyright Act of Taiwan, article 9); `law` in the gold says where each is
published.  Floors are those of issue 20.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from convert.clean import clean
from convert.model import LedgerEntry, ledger, replay
from convert.readers.text import parse

FOLDER = Path(__file__).parent / "fixtures" / "cjk" / "statutes"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
HEADINGS = 0.97
"""F1 of headings with their levels."""


def read(name: str) -> tuple[dict[str, Any], list[LedgerEntry], Any]:
    text = (FOLDER / f"{name}.txt").read_text("utf-8")
    document = clean(parse(text, name=f"{name}.txt"))
    entries = ledger(document)
    assert replay(document.source, entries, document.repairs) == text
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8")), entries, document.metadata


@pytest.mark.parametrize("name", NAMES)
def test_a_statute_has_its_title_and_its_date(name: str) -> None:
    gold, entries, metadata = read(name)
    printed = "".join(entry.text for entry in entries if entry.kind == "title").partition("\uff08")[0]
    assert (metadata.title, printed, metadata.published) == (gold["title"], gold["title"], gold["published"])


def test_headings_of_statutes_reach_the_floor() -> None:
    right = found = wanted = 0
    for name in NAMES:
        gold, entries, _ = read(name)
        got = {(entry.lines[0], entry.level) for entry in entries if entry.kind == "heading"}
        want = {(line, level) for line, level in gold["headings"]}
        right, found, wanted = right + len(got & want), found + len(got), wanted + len(want)
    assert 2 * right >= HEADINGS * (found + wanted)


@pytest.mark.parametrize("name", NAMES)
def test_an_article_stands_with_its_number_and_its_items_are_items(name: str) -> None:
    _, entries, _ = read(name)
    articles = [entry.text for entry in entries if entry.text.startswith("第 ") and " 條" in entry.text[:8]]
    assert articles
    assert all("條\u3000" in article[:10] for article in articles)
    assert {entry.kind for entry in entries if entry.text.startswith(("一\u3001", "二\u3001"))} <= {"list_item"}
