"""How sure the reading is of each line, as a rate measured on kinds of paper it had not seen, and what decided.

The model's share alone says too much: where a text is of another kind than those it was fitted on, it errs in many
lines at once.  A second, small model weighs the share with what surrounds it: how sure the rest of the text is, the
neighbours, how many facts were never met.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from ...errors import Notice, Said
from ...model import SURE
from .. import limits
from ..draft import Draft
from .candidates import LABEL
from .document import Evidence
from .model import Answer, Model

KIND = {
    "F": "removed", "M": "meta", "T": "title", "t": "title", "U": "subtitle", "B": "byline", "D": "date",
    "S": "salutation", "H": "heading", "P": "paragraph", "R": "paragraph", "C": "caption", "N": "note",
    "G": "signature", "A": "attachment", "X": "heading", "x": "heading",
}  # fmt: skip
"""Labels as kinds of the ledger."""


_HIGHEST = 8.0


def _odds(share: float) -> float:
    """Log of the odds, within bounds."""
    share = min(max(share, 0.0005), 0.9995)
    return math.log(share / (1 - share))


def signs(
    evidence: Evidence, known: dict[str, dict[str, float]], facts: Sequence[Sequence[str]], answers: Sequence[Answer]
) -> list[dict[str, float]]:
    """For each line what tells how far its share is to be believed, by name.  known: the facts that have weights."""
    odds = [_odds(answer.share) if answer.other else _HIGHEST for answer in answers]
    doubts = [1 - answer.share for answer in answers if answer.other]
    doubt = math.log(sum(doubts) / len(doubts) + 0.003) if doubts else -5.0
    strange = [sum(fact not in known for fact in found) / len(found) if found else 0.0 for found in facts]
    whole = sum(strange) / max(1, sum(bool(found) for found in facts))
    labels = [LABEL[answer.state] for answer in answers]
    alike: dict[tuple[str, str], list[float]] = defaultdict(list)
    for line, label, answer in zip(evidence.lines, labels, answers, strict=True):
        alike[line.shape, label].append(1 - answer.share)
    of_alike = {
        made: (math.log(sum(same) / len(same) + 0.003), math.log(1 + len(same))) for made, same in alike.items()
    }
    split = _split(evidence, labels)
    out = []
    for at, (line, answer) in enumerate(zip(evidence.lines, answers, strict=True)):
        doubt_alike, count_alike = of_alike[line.shape, labels[at]]
        found = {
            "bias": 1.0,
            "odds": odds[at],
            "near": min(odds[max(0, at - 2) : at] + odds[at + 1 : at + 3], default=_HIGHEST),
            "strange": strange[at],
            "doubt": doubt,
            "strange text": whole,
            "doubt of those alike": doubt_alike,
            "alike": count_alike,
        }
        if not answer.other:
            found["only"] = 1.0
        if line.at < evidence.region:
            found["front"] = 1.0
        if line.at >= evidence.tail:
            found["tail"] = 1.0
        if at in split:
            found["split"] = 1.0
        out.append(found)
    return out


def _split(evidence: Evidence, labels: Sequence[str]) -> set[int]:
    """Members of series whose members are not of one kind."""
    out: set[int] = set()
    for series in evidence.series:
        if len({labels[at] for at in series.members}) > 1:
            out.update(series.members)
    return out


def sureness(weights: dict[str, float], found: dict[str, float]) -> float:
    """How sure a line with these signs is: the cube of the rate at which such lines are right, for a claim that is
    wrong costs more than a doubt."""
    total = sum(weights.get(name, 0.0) * value for name, value in found.items())
    return round((1 + math.exp(-min(max(total, -20.0), 20.0))) ** -3, 3)


def weigh(evidence: Evidence, model: Model, facts: Sequence[Sequence[str]], answers: Sequence[Answer]) -> None:
    """Puts beside each line how sure its kind is, the facts that spoke for it most, and what else it might be."""
    told = signs(evidence, model.facts, facts, answers)
    for line, found, answer, sign in zip(evidence.lines, facts, answers, told, strict=True):
        if getattr(line.unit.block, "role", "body") != "body":
            continue  # said by the reader
        line.unit.sure = sureness(model.signs, sign)
        line.unit.why = _why(model, found, answer)


def _why(model: Model, facts: Sequence[str], answer: Answer) -> tuple[str, ...]:
    if not answer.other:
        return ("nothing speaks for another kind",)
    label = LABEL[answer.state]
    told = model.told(facts, label, answer.other)[: limits.WHY]
    return (*told, f"else {KIND[answer.other]} {answer.other_share:.2f}")


def unsure(draft: Draft) -> None:
    """`12`, `40` -> one notice with the count and the places of the lines that are not sure."""
    places = [unit.first for unit in draft.units if unit.sure is not None and unit.sure < SURE and unit.text]
    if places:
        said = ", ".join(map(str, places[: limits.PLACES])) + (" \u2026" if len(places) > limits.PLACES else "")
        draft.notices.append(Notice.of(Said("unsure", count=len(places), lines=said), places[0], 1))


def unnamed(draft: Draft) -> None:
    """Thirty headlines of other texts below `相关新闻` -> a notice: nothing in such lines shows that they are
    furniture, only where they stand, and much of a text may be lost with them."""
    tail = [unit for unit in draft.units if unit.role == "removed" and unit.reason == "related items" and unit.sure]
    size = sum(len(unit.text) for unit in tail)
    kept = sum(len(unit.text) for unit in draft.units if unit.role != "removed")
    if len(tail) >= limits.TAIL_LINES and size > limits.TAIL * kept:
        said = Said("lines-left-out", count=len(tail), share=round(100 * size / (size + kept)))
        draft.notices.append(Notice.of(said, tail[0].first, 1))
