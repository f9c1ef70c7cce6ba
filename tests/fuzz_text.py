"""Plain texts at random, made from a seed: each is read and cleaned, or refused with a reason.

    python -m tests.fuzz_text [--cases 100000] [--seed 0]

A text is lines of pieces: marks of every kind, controls and selectors, numbers of every family in any order, labels,
dates, words from right to left and of scripts that stack or join, ideographs beyond the first plane.
Prints how many were read, why the others were refused, and the longest time (of the processor).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

from convert.clean import check as keeps_its_word
from convert.clean import clean
from convert.errors import ConvertError
from convert.model import Document, ledger, replay
from convert.readers.text import parse

PIECES: dict[str, list[str]] = json.loads((Path(__file__).parent / "fixtures" / "fuzz-text.json").read_text("utf-8"))
ENDS = ("\n", "\n", "\n", "\n\n", "\r\n", "\r", "\n\n\n\n", "\n\u3000\u3000", "\n    ", "\n\t")


SAMPLE = (3, 11, 17)
"""Texts whose editions are shown to the validators."""


def sample(seed: int) -> Document:
    """A text of `SAMPLE`, cleaned."""
    document = read(case(seed))
    assert document is not None
    return document


def case(seed: int) -> str:
    """The text of a seed."""
    chance = random.Random(seed)
    few = chance.random() < 0.5  # lines of a page, and lines of anything
    return "".join(_line(chance, few) + chance.choice(ENDS) for _ in range(chance.randint(1, 40)))


def _line(chance: random.Random, few: bool) -> str:
    first = chance.choice(("numbers", "labels", "dates", "", ""))
    kinds = ("words", "words", "words", "marks") if few else (*PIECES, "marks")
    parts = [chance.choice(PIECES[first])] if first else []
    for _ in range(chance.randint(0, 8)):
        parts.append(chance.choice(PIECES[chance.choice(kinds)]) * chance.choice((1, 1, 1, 3)))
    return "".join(parts)


def read(text: str) -> Document | None:
    """The text cleaned; None where it was refused with a reason and a remedy.  Raises what no text may raise."""
    try:
        document = parse(text)
        before = replay(document.source, ledger(document), document.repairs)
        document = clean(document)
    except ConvertError as error:
        if not error.remedy:
            raise
        return None
    keeps_its_word(document)
    assert replay(document.source, ledger(document), document.repairs) == before, "cleaning lost the source text"
    return document


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    ends: Counter[str] = Counter()
    longest = (0.0, -1)
    for seed in range(chosen.seed, chosen.seed + chosen.cases):
        start = time.process_time()
        ends["refused" if read(case(seed)) is None else "read"] += 1
        longest = max(longest, (time.process_time() - start, seed))
    print(f"{dict(ends)}; longest {longest[0]:.2f} s (seed {longest[1]})")


if __name__ == "__main__":
    main()
