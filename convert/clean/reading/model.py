"""The model: weights for facts with labels and for moves from state to state; the best labelling of a whole document by
dynamic programming (Viterbi), and how sure it is of each line (forward-backward).

A linear-chain conditional random field, fitted by `tests/fit_reading.py`.  Lines with one candidate cut the chain, so
that the work is with the lines that are open.  Pure Python, the same on every machine.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from .candidates import LABEL, STATES

_WEIGHTS = Path(__file__).with_name("weights.json")
_FRONT = frozenset(("F0", "M0", "P0"))
_HEAD = frozenset(("F1", "M1", "U1", "B1", "D1"))
_TITLE = frozenset(("T", "t", "X", "x"))
_LABELS = tuple(sorted(set(LABEL.values())))
IMPOSSIBLE = -1e9


def allowed(before: str | None, after: str) -> bool:
    """Whether a state may follow another; None: the beginning.

    One title, and nothing that stands above a title after it; a title's further lines right after its first.
    """
    if after in _FRONT or after == "T":
        return before is None or before in _FRONT
    if after == "t":
        return before in ("T", "t")
    if after == "x":
        return before in ("X", "x")
    if after in _HEAD:
        return (
            before is None
            or before in _TITLE
            or before in _HEAD
            or before in ("S1", "P")
            or (after == "M1" and before in ("G", "D3", "F2"))
        )
    if after == "X":
        return before not in (None, "T", "t") and before not in _FRONT
    if after in ("B3", "M3", "F3"):
        return before is not None and before not in _FRONT
    return True


class Answer(NamedTuple):
    """A line's state, how sure the model is of its label, and the label it would have chosen next with its share."""

    state: str
    share: float
    other: str
    other_share: float


class Model:
    """Weights ready for use.  facts: fact -> label -> weight; moves: (before, after) -> weight, before None at the
    beginning, after None at the end.  signs: weights of `confidence`."""

    def __init__(
        self,
        facts: dict[str, dict[str, float]],
        moves: dict[str, float],
        signs: dict[str, float] | None = None,
    ) -> None:
        self.facts = facts
        self.signs = signs or {}
        self.moves: dict[str | None, dict[str, float]] = {}
        for before in (None, *STATES):
            self.moves[before] = {
                after: moves.get(f"{before or ''}>{after}", 0.0) if allowed(before, after) else IMPOSSIBLE
                for after in STATES
            }
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], list[float]] = {}
        self.last = {state: moves.get(f"{state}>", 0.0) for state in STATES}

    def emit(self, states: Sequence[str], facts: Sequence[str]) -> list[float]:
        """What the facts say for each of the states."""
        totals = dict.fromkeys([LABEL[state] for state in states], 0.0)
        known = self.facts
        for fact in facts:
            weights = known.get(fact)
            if weights:
                for label in totals:
                    if label in weights:
                        totals[label] += weights[label]
        return [totals[LABEL[state]] for state in states]

    def told(self, facts: Sequence[str], label: str, other: str) -> list[str]:
        """The facts that speak for a label against another, strongest first."""
        found: list[tuple[float, str]] = []
        for fact in facts:
            weights = self.facts.get(fact)
            if weights and fact != "bias":
                speaks = weights.get(label, 0.0) - weights.get(other, 0.0)
                if speaks > 0.1:
                    found.append((-speaks, fact))
        return [fact for _, fact in sorted(found)]

    def _emission(self, states: tuple[str, ...], facts: Sequence[str]) -> list[float]:
        """`emit`, remembered: the members of a series have the same facts."""
        at = (states, tuple(facts))
        found = self._known.get(at)
        if found is None:
            if len(self._known) > 4096:
                self._known.clear()
            found = self._known[at] = self.emit(states, facts)
        return found

    def read(self, states: Sequence[tuple[str, ...]], facts: Sequence[Sequence[str]]) -> list[Answer]:
        """The best labelling."""
        out: list[Answer] = []
        count = len(states)
        at = 0
        before: str | None = None
        while at < count:
            if len(states[at]) == 1:
                before = states[at][0]
                out.append(Answer(before, 1.0, "", 0.0))
                at += 1
                continue
            end = at
            while end < count and len(states[end]) > 1:
                end += 1
            closing = states[end][0] if end < count else None
            emissions = [self._emission(states[place], facts[place]) for place in range(at, end)]
            out += self._segment(before, states[at:end], emissions, closing)
            before = out[-1].state
            at = end
        return out

    def _segment(
        self,
        before: str | None,
        states: Sequence[tuple[str, ...]],
        emissions: Sequence[list[float]],
        closing: str | None,
    ) -> list[Answer]:
        """Viterbi, forward and backward over open lines between what is certain."""
        count = len(states)
        best: list[list[float]] = []
        back: list[list[int]] = []
        forward: list[list[float]] = []
        start = self.moves[before]
        best.append([start[state] + value for state, value in zip(states[0], emissions[0], strict=True)])
        back.append([0] * len(states[0]))
        forward.append(list(best[0]))
        for at in range(1, count):
            rows = [self.moves[state] for state in states[at - 1]]
            old, flow = best[-1], forward[-1]
            new, links, sums = [], [], []
            for state, value in zip(states[at], emissions[at], strict=True):
                steps = [row[state] for row in rows]
                scores = [a + b for a, b in zip(old, steps, strict=True)]
                top = max(scores)
                new.append(top + value)
                links.append(scores.index(top))
                sums.append(_log_sum([a + b for a, b in zip(flow, steps, strict=True)]) + value)
            best.append(new)
            back.append(links)
            forward.append(sums)
        final = [self.last[state] if closing is None else self.moves[state][closing] for state in states[-1]]
        backward: list[list[float]] = [final]
        for at in range(count - 2, -1, -1):
            after = [a + b for a, b in zip(backward[0], emissions[at + 1], strict=True)]
            backward.insert(
                0,
                [
                    _log_sum([row[state] + value for state, value in zip(states[at + 1], after, strict=True)])
                    for row in (self.moves[state] for state in states[at])
                ],
            )
        scores = [a + b for a, b in zip(best[-1], final, strict=True)]
        place = scores.index(max(scores))
        chosen = [place]
        for at in range(count - 1, 0, -1):
            place = back[at][place]
            chosen.append(place)
        chosen.reverse()
        return [_answer(states[at], forward[at], backward[at], chosen[at]) for at in range(count)]


def _log_sum(values: list[float]) -> float:
    top = max(values)
    if len(values) == 1:
        return top
    return top + math.log(sum([math.exp(value - top) for value in values if value > top - 30]))


def _answer(states: Sequence[str], forward: list[float], backward: list[float], chosen: int) -> Answer:
    scores = [a + b for a, b in zip(forward, backward, strict=True)]
    top = max(scores)
    shares: dict[str, float] = {}
    for state, score in zip(states, scores, strict=True):
        label = LABEL[state]
        shares[label] = shares.get(label, 0.0) + (math.exp(score - top) if score > top - 50 else 0.0)
    whole = sum(shares.values())
    own = LABEL[states[chosen]]
    share = shares.pop(own) / whole
    other = max(shares, key=lambda label: shares[label], default="")
    return Answer(states[chosen], share, other, shares[other] / whole if other else 0.0)


@functools.cache
def fitted() -> Model:
    """The model of the weights that stand beside this file."""
    data = json.loads(_WEIGHTS.read_bytes())
    return Model(data["facts"], data["moves"], data.get("signs"))
