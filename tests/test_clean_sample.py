"""The page in source/: what reading and cleaning have to give."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from convert.clean import clean
from convert.model import Document, Heading, ledger, outline, replay
from convert.readers.text import parse

PAGE = Path(__file__).resolve().parents[1] / "source" / "hongshan-2021.txt"
TEXT = PAGE.read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def document() -> Document:
    return clean(parse(TEXT, name=PAGE.name))


def test_metadata(document: Document) -> None:
    known = document.metadata
    assert known.title == "洪山镇政府工作报告\uff082021\uff09"
    assert known.published == "2021-12-31"
    assert known.source is None
    assert known.editor is None
    assert known.language == "zh-Hans"


def test_every_line_is_labelled(document: Document) -> None:
    kinds = Counter((entry.kind, entry.level, entry.run_in is not None) for entry in ledger(document))
    assert kinds == {
        ("title", None, False): 1,
        ("meta", None, False): 3,
        ("removed", None, False): 2,
        ("salutation", None, False): 1,
        ("heading", 1, False): 2,
        ("heading", 2, False): 6,
        ("paragraph", 3, True): 16,
        ("paragraph", None, False): 6,
    }


def test_removed_lines_have_reasons(document: Document) -> None:
    removed = {entry.lines: entry.reason for entry in ledger(document) if entry.kind == "removed"}
    assert removed == {(5, 5): "page tools", (69, 69): "share bar"}


def test_run_in_headings_end_at_the_first_stop(document: Document) -> None:
    for entry in ledger(document):
        if entry.run_in is not None:
            assert entry.text.startswith(entry.run_in)
            assert entry.run_in.index("\u3002") == len(entry.run_in) - 1


def test_second_level_headings_are_the_dash_lines(document: Document) -> None:
    headings = [block for block in document.blocks if isinstance(block, Heading)]
    assert [block.level for block in headings] == [1, 2, 2, 2, 2, 2, 2, 1]
    assert [entry.text[:2] for entry in outline(document) if entry.level == 2] == ["\u2014\u2014"] * 6
    assert [block.id for block in headings] == [f"h{number}" for number in range(1, 9)]


def test_punctuation_is_full_width_but_in_the_date(document: Document) -> None:
    body = [entry for entry in ledger(document) if entry.kind not in ("meta", "removed")]
    assert not [entry.text for entry in body if set(entry.text) & set(",();:")]
    (date,) = [entry.text for entry in ledger(document) if "2021-12-31" in entry.text]
    assert date.endswith("2021-12-31")


def test_unbalanced_quotes_are_reported_and_kept(document: Document) -> None:
    text = "".join(entry.text for entry in ledger(document))
    assert (text.count("\u201c"), text.count("\u201d")) == (39, 38) == (TEXT.count("\u201c"), TEXT.count("\u201d"))
    (notice,) = [notice for notice in document.notices if notice.code == "unbalanced-quotes"]
    assert TEXT.split("\n")[notice.line - 1][notice.column - 1] == "\u201c"
    assert "\u201d" not in TEXT.split("\n")[notice.line - 1][notice.column :]


def test_the_source_can_be_replayed(document: Document) -> None:
    assert replay(document.source, ledger(document), document.repairs) == TEXT


def test_a_rule_can_be_left_out() -> None:
    document = clean(parse(TEXT), skip=frozenset({"punctuation"}))
    assert {repair.rule for repair in document.repairs} == {"brackets"}
    assert sum(1 for block in document.blocks if isinstance(block, Heading)) == 8
