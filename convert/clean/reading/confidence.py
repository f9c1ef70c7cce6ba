"""How sure the reading is of each line, as a rate measured on kinds of paper it had not seen, and what decided.

The model's share alone says too much: where a text is of another kind than those it was fitted on, it errs in many
lines at once, and furniture that it does not know it takes for text without a doubt.  A second, small model weighs the
share with what surrounds it: how sure the rest of the text is, how much is removed around the line, whether a sentence
stands below it.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections import Counter, defaultdict
from collections.abc import Sequence

from ...errors import Notice, Said
from ...model import SURE
from .. import limits
from ..draft import Draft
from .candidates import LABEL
from .document import Evidence
from .evidence import SeenLine
from .model import Answer, Model

KIND = {
    "F": "removed", "M": "meta", "T": "title", "t": "title", "U": "subtitle", "B": "byline", "D": "date",
    "S": "salutation", "H": "heading", "P": "paragraph", "R": "paragraph", "C": "caption", "N": "note",
    "G": "signature", "A": "attachment", "X": "heading", "x": "heading",
}  # fmt: skip
"""Labels as kinds of the ledger."""


_HIGHEST = 8.0
_PAGE = 0.05
"""More than this part of a text's lines removed: a page's text, with its menus; how likely furniture is in what is
kept, and what shows it, is another matter than in a paper."""
_WINDOW = 8
"""Lines to either side among which removed ones speak against a kept one."""
_LABELLED = ("pairs", "speaker", "label")


def _odds(share: float) -> float:
    """Log of the odds, within bounds."""
    share = min(max(share, 0.0005), 0.9995)
    return math.log(share / (1 - share))


def _rate(doubts: Sequence[float]) -> float:
    return math.log(sum(doubts) / len(doubts) + 0.003) if doubts else -5.0


def _sort(line: SeenLine, label: str, told: bool) -> str:
    """What a line is taken for, in five sorts and the rest: each has signs of its own."""
    if label == "F":
        return "removed"
    if label in ("H", "X", "x"):
        return "heading"
    if label not in ("P", "R"):
        return "other"
    return "sentence" if told else "marked" if line.mark else "short"


SIGNS = (
    "bias", "odds", "next", "doubt", "doubt of those alike", "alike", "lines", "removed above", "removed near",
    "below the last sentence", "size", "place", "else removed", "else heading", "front", "tail", "split", "again",
    "word", "colon", "mark", "label", "columns",
)  # fmt: skip
"""What tells how far a line's share is to be believed."""


def signs(evidence: Evidence, answers: Sequence[Answer]) -> list[tuple[str, tuple[float, ...]]]:
    """For each line the table it is weighed by, such as `page:short`, and its `SIGNS`."""
    lines, count = evidence.lines, len(answers)
    labels = [LABEL[answer.state] for answer in answers]
    doubt, length = _rate([1 - answer.share for answer in answers if answer.other]), math.log(max(1, count))
    alike: dict[tuple[str, str], list[float]] = defaultdict(list)
    for line, label, answer in zip(lines, labels, answers, strict=True):
        alike[line.shape, label].append(1 - answer.share)
    of_alike = {made: (_rate(same), math.log1p(len(same))) for made, same in alike.items()}
    split = _split(evidence, labels)
    said = Counter([line.text for line in lines])
    told = [line.sentence and line.size >= limits.LONG_SENTENCE for line in lines]
    last = max((at for at in range(count) if told[at] and labels[at] != "F"), default=-1)
    removed = [0, *itertools.accumulate([label == "F" for label in labels])]
    where = "page" if removed[-1] > _PAGE * count else "text"
    out: list[tuple[str, tuple[float, ...]]] = []
    for at, (line, label, answer) in enumerate(zip(lines, labels, answers, strict=True)):
        near = removed[min(count, at + _WINDOW + 1)] - removed[max(0, at - _WINDOW)]
        found = (
            1.0,
            _odds(answer.share) if answer.other else _HIGHEST,
            answer.other_share,
            doubt,
            *of_alike[line.shape, label],
            length,
            math.log1p(removed[at]),
            near / (2 * _WINDOW + 1),
            math.log1p(max(0, at - last)),
            math.log1p(line.size),
            at / count,
            answer.other == "F",
            answer.other == "H",
            at < evidence.region,
            at >= evidence.tail,
            at in split,
            said[line.text] > 1,
            line.end == "word",
            line.end == "colon",
            line.mark is not None,
            not line.forms.isdisjoint(_LABELLED),
            "\t" in line.text,
        )
        out.append((f"{where}:{_sort(line, label, told[at])}", found))
    return out


def _split(evidence: Evidence, labels: Sequence[str]) -> set[int]:
    """Members of series whose members are not of one kind."""
    out: set[int] = set()
    for series in evidence.series:
        if len({labels[at] for at in series.members}) > 1:
            out.update(series.members)
    return out


def weights_of(tables: dict[str, dict[str, float]]) -> dict[str, list[float]]:
    """The weights of each table in the order of `SIGNS`."""
    return {table: [row.get(name, 0.0) for name in SIGNS] for table, row in tables.items()}


def sureness(weights: Sequence[float], found: Sequence[float]) -> float:
    """How sure a line with these signs is: the cube of the rate at which such lines are right, for a claim that is
    wrong costs more than a doubt."""
    total = sum(map(operator.mul, weights, found))
    return round((1 + math.exp(-min(max(total, -20.0), 20.0))) ** -3, 3)


def weigh(evidence: Evidence, model: Model, facts: Sequence[Sequence[str]], answers: Sequence[Answer]) -> None:
    """Puts beside each line how sure its kind is, the facts that spoke for it most, and what else it might be."""
    weights = weights_of(model.signs)
    told = signs(evidence, answers)
    for line, found, answer, sign in zip(evidence.lines, facts, answers, told, strict=True):
        if getattr(line.unit.block, "role", "body") != "body":
            continue  # said by the reader
        line.unit.sure = sureness(weights[sign[0]], sign[1])
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
