"""Cleaning measured on the shared corpora: the figures, printed, and the floors below which they may not fall.

`pytest -s tests/test_corpus_clean.py` shows them.  The floors hold for the corpora whose digests are here: where these
differ, the corpora are others, and figures and floors have to be looked at again.
"""

from __future__ import annotations

import unicodedata

import corpus_measures as measures
import pytest

from convert.clean import clean
from convert.model import ledger
from convert.readers.text import parse

pytestmark = pytest.mark.skipif(not measures.CORPUS.is_dir(), reason="the shared corpora are not here")

DIGESTS = {
    "reports": "467d355ce99443c3c025fa5c4293bd34de44d38db086943c87017ab0463af334",
    "laws": "176523ec86dabb9a26439877a956da51e29699d2d083743177b2ce93a6410af9",
}
FLOORS = {
    "reports: kind of line": 0.998,
    "reports: headings, exact level (F1)": 0.99,
    "reports: marked run-in headings (F1)": 0.99,
    "reports: bare run-in headings (F1)": 0.98,
    "reports: title": 1.0,
    "reports: source": 1.0,
    "reports: date": 1.0,
    "reports: author": 1.0,
    "laws: headings, levels by rank (F1)": 0.998,
    "laws: title": 1.0,
    "repair: characters right after NFKC damage": 0.9972,  # 20 of the laws mean half-width brackets, which NFKC hides
}
CEILINGS = {
    "laws: list items taken for headings": 0,
    "repair: changes to the originals, per 10,000 characters": 0.7,
}


def test_figures_keep_their_floors(capsys: pytest.CaptureFixture[str]) -> None:
    reports, laws, repaired = measures.reports(), measures.laws(), measures.repaired()
    figures = {
        "reports: kind of line": reports["lines"].recall,
        "reports: headings, exact level (F1)": reports["headings"].f1,
        "reports: marked run-in headings (F1)": reports["marked"].f1,
        "reports: bare run-in headings (F1)": reports["bare"].f1,
        "reports: title": reports["title"].recall,
        "reports: source": reports["source"].recall,
        "reports: date": reports["date"].recall,
        "reports: author": reports["author"].recall,
        "laws: headings, levels by rank (F1)": laws["headings"].f1,
        "laws: title": laws["titles"].recall,
        "laws: list items taken for headings": len(laws["items"].extra),
        "repair: characters right after NFKC damage": repaired.accuracy,
        "repair: changes to the originals, per 10,000 characters": repaired.per_ten_thousand,
    }
    with capsys.disabled():
        print()
        for name, figure in figures.items():
            bound = f">= {FLOORS[name]}" if name in FLOORS else f"<= {CEILINGS[name]}"
            print(f"{name:58} {figure:8.5f}  {bound}")
    wrong = [what for scores in (reports, laws) for score in scores.values() for what in (*score.extra, *score.missed)]
    for name, floor in FLOORS.items():
        assert figures[name] >= floor, (name, wrong)
    for name, ceiling in CEILINGS.items():
        assert figures[name] <= ceiling, (name, wrong)
    found = {folder: measures.digest(folder) for folder in DIGESTS}
    assert found == DIGESTS, "the corpora are others than those the floors were measured on: measure and pin again"


@pytest.mark.parametrize("form", ["as it is", "NFKC"])
@pytest.mark.parametrize("folder", ["reports", "laws"])
def test_cleaning_a_cleaned_text_changes_nothing(folder: str, form: str) -> None:
    for path in measures.texts(folder):
        text = path.read_bytes().decode("utf-8")
        first = clean(parse(text if form == "as it is" else unicodedata.normalize(form, text)))
        lines = [""] * first.source.lines
        for entry in ledger(first):
            lines[entry.lines[0] - 1] = entry.lead + entry.text + entry.trail
        second = clean(parse("\n".join(lines)))
        assert second.repairs == (), path.name
        told = [[(e.kind, e.text, e.level, e.run_in) for e in ledger(d) if e.text] for d in (first, second)]
        assert told[0] == told[1], path.name


def test_lines_wrapped_at_one_width_are_joined_again() -> None:
    """Paragraphs cut at 38 characters, with the usual indent of two, come back."""
    right = total = 0
    for path in measures.texts("laws"):
        text = path.read_bytes().decode("utf-8")
        wanted = {entry.text for entry in ledger(measures.cleaned(path)) if entry.kind != "removed"}
        wrapped = "\n".join(_wrapped("\u3000\u3000" + line, 38) for line in text.split("\n"))
        got = {entry.text for entry in ledger(clean(parse(wrapped)))}
        total += len(wanted)
        right += len(wanted & got)
    assert right / total > 0.98


def _wrapped(line: str, width: int) -> str:
    """The line in pieces that fill `width` full-width columns, stops kept off the line starts."""
    pieces: list[str] = []
    columns = start = 0
    for at, char in enumerate(line):
        columns += 1 if char.isascii() else 2
        if columns > width * 2 and char not in "\u3002\uff0c\uff1b\u3001\uff1a\uff09\u201d":
            pieces.append(line[start:at])
            start, columns = at, 1 if char.isascii() else 2
    return "\n".join([*pieces, line[start:]])
