"""The corpus of `tests/corpus`, read and labelled: what a reader must find in it, page by page.

The texts are ours, in the manner of what offices, courts and newspapers publish; laws are in the public domain.  Names
of places, organs and persons are invented.  For each there is a label for every line (`NAME.gold.json`); of web pages
only for the lines that matter, which are found by their text.  `tests/README.md` says how to add one.
"""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from convert.model import Document, LedgerEntry, ledger, replay
from convert.run.reading import read

FOLDER = Path(__file__).parent / "corpus"
PAGES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".txt", ".html"))

MISSED: dict[str, int] = {
    "fangtan.txt": 1,
    "jiyao.txt": 1,
    "shequ.html": 1,
}
"""Page -> how many of its labels are not met; none where it is not named.  A figure may only go down."""

FOUND = {"date": "published", "source": "source", "author": "author", "document_number": "document_number"}
"""Field of the gold -> field of the metadata."""
SAME = {"list_item": "paragraph", "quote": "paragraph", "author": "byline"}
"""Kinds that a page may have for one another: how a list is set is another question."""


def same(text: str | None) -> str:
    """A text to compare by: without white space, half-width and full-width forms alike."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())


@cache
def read_page(path: Path) -> tuple[dict[str, Any], Document, list[LedgerEntry]]:
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text("utf-8"))
    document = read(path)
    return gold, document, list(ledger(document))


def entry_of(block: dict[str, Any], entries: list[LedgerEntry]) -> LedgerEntry | None:
    """What became of a labelled line: by its number, or by its text in a web page."""
    if "line" in block:
        return next((entry for entry in entries if entry.lines[0] <= block["line"] <= entry.lines[1]), None)
    wanted = same(block["text"])
    whole = (entry for entry in entries if same(entry.text) == wanted)
    return next(whole, None) or next((entry for entry in entries if wanted in same(entry.text)), None)


def kinds(block: dict[str, Any]) -> set[tuple[str, int | None]]:
    """Kind and level of each right answer; a level counts for headings only."""
    answers = [block, *({"level": block.get("level"), **other} for other in block.get("alt", []))]
    return {
        (SAME.get(one["kind"], one["kind"]), one.get("level") if one["kind"] == "heading" else None) for one in answers
    }


def missed(path: Path) -> list[str]:
    """Each label that is not met, in words."""
    gold, document, entries = read_page(path)
    wrong = []
    for block in gold["blocks"]:
        entry = entry_of(block, entries)
        kind = SAME.get(entry.kind, entry.kind) if entry else "not there"
        got = kind, entry.level if entry and kind == "heading" else None
        if got not in kinds(block):
            wrong.append(f"{block['text'][:30]}: {got}, not {sorted(kinds(block), key=str)}")
        elif block.get("run_in_type") == "marked" and entry and same(entry.run_in) != same(block["run_in"]):
            wrong.append(f"{block['text'][:30]}: leads with {entry.run_in!r}, not {block['run_in']!r}")
    known = document.metadata
    titles = [gold["title"], *gold.get("title_alt", [])]
    if same(known.title) not in map(same, titles):
        wrong.append(f"title: {known.title!r}, not {titles}")
    printed = "".join(entry.text for entry in entries if entry.kind == "title")
    if same(printed) not in map(same, titles):
        wrong.append(f"title as printed: {printed!r}, not {titles}")
    for field, name in FOUND.items():
        if field in gold and same(getattr(known, name)) != same(gold[field]):
            wrong.append(f"{field}: {getattr(known, name)!r}, not {gold[field]!r}")
    return wrong


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_labels_are_met(path: Path) -> None:
    wrong = missed(path)
    assert len(wrong) <= MISSED.get(path.name, 0), "\n".join(wrong)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_nothing_is_lost(path: Path) -> None:
    """No line of the text itself is removed, and ledger and repairs give the source again."""
    gold, document, entries = read_page(path)
    lost = [
        block["text"]
        for block in gold["blocks"]
        if "removed" not in {kind for kind, _ in kinds(block)}
        and (entry := entry_of(block, entries)) is not None
        and entry.kind == "removed"
    ]
    assert lost == []
    if path.suffix == ".txt":
        assert replay(document.source, tuple(entries), document.repairs) == path.read_text("utf-8")


def test_every_page_has_its_labels() -> None:
    assert {path.stem for path in PAGES} == {
        path.name.removesuffix(".gold.json") for path in FOLDER.glob("*.gold.json")
    }
    for path in PAGES:
        gold, lines = read_page(path)[0], path.read_text("utf-8").splitlines()
        labelled = [block["line"] for block in gold["blocks"] if "line" in block]
        assert path.suffix == ".html" or labelled == [at for at, line in enumerate(lines, 1) if line.strip()]
        for block in gold["blocks"]:
            assert "line" not in block or lines[block["line"] - 1] == block["text"]
