"""How sure reading is of labelled lines, and how many of them are right: `python -m tests.sureness FOLDER...`.

A folder holds NAME.txt with NAME.gold.json.  Prints for each how the lines stand by steps of sureness.
"""

from __future__ import annotations

import sys

from convert.clean.reading.candidates import LABEL
from convert.clean.reading.confidence import signs, sureness, weights_of
from convert.clean.reading.model import Answer, Model, fitted
from tests.reading_gold import Doc, load

Found = tuple[Doc, int, Answer, bool, tuple[str, tuple[float, ...]]]
"""A text, a line's place, its answer, whether that is right, and the table and the signs of how sure it is."""


def measured(doc: Doc, model: Model) -> list[Found]:
    """Each line's answer, and whether it is right; a paragraph with a run-in heading is a paragraph."""
    out = []
    answers = model.read(doc.states, doc.facts)
    told = signs(doc.evidence, answers)
    for at, (answer, right) in enumerate(zip(answers, doc.right, strict=True)):
        if right is None:
            continue
        label = LABEL[answer.state]
        same = next((group for group in ("PR", "Tt", "HXx") if label in group), label)
        out.append((doc, at, answer, not right.isdisjoint(same), told[at]))
    return out


def sure_of(docs: list[Doc]) -> list[tuple[float, bool]]:
    """How sure each labelled line is said to be, and whether it is right."""
    model = fitted()
    weights = weights_of(model.signs)
    found = [one for doc in docs for one in measured(doc, model)]
    return [(sureness(weights[name], values), right) for _, _, _, right, (name, values) in found]


def told_sure(shares: list[tuple[float, bool]]) -> str:
    """Of the lines said to be sure how many are right, and how many of the errors are among the least sure."""
    shares = sorted(shares, key=lambda one: one[0])
    wrong = sum(not right for _, right in shares)
    tenth = sum(not right for _, right in shares[: len(shares) // 10])
    sure = [right for share, right in shares if share >= 0.9]
    return (
        f"errors {wrong} of {len(shares)}; {tenth} of them in the least sure tenth; "
        f"{sum(sure)} of {len(sure)} right that are at least .9 sure"
    )


def table(shares: list[tuple[float, bool]]) -> str:
    """Steps of sureness with the lines in each and the part that is right."""
    rows = []
    for low, high in (
        (0.0, 0.5),
        (0.5, 0.7),
        (0.7, 0.8),
        (0.8, 0.9),
        (0.9, 0.95),
        (0.95, 0.98),
        (0.98, 0.99),
        (0.99, 2.0),
    ):
        inside = [right for share, right in shares if low <= share < high]
        if inside:
            rows.append(
                f"  {low:.2f} to {min(high, 1):.2f}: {len(inside):5} lines, {sum(inside) / len(inside):.3f} right"
            )
    return "\n".join(rows)


def main() -> int:
    own = {doc.name for doc in load([])}
    for folder in sys.argv[1:]:
        shares = sure_of([doc for doc in load([folder]) if doc.name not in own and not doc.law])
        print(folder, told_sure(shares), table(shares), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
