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
FAR = 14.0
"""How far behind the best a state is left out: less than one in a million, whatever the moves say but a few."""


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
    beginning, after None at the end.  signs: tables of `confidence`, each sign -> weight."""

    def __init__(
        self,
        facts: dict[str, dict[str, float]],
        moves: dict[str, float],
        signs: dict[str, dict[str, float]] | None = None,
    ) -> None:
        self.facts = facts
        self.signs = signs or {}
        self.moves: dict[str | None, dict[str, float]] = {}
        for before in (None, *STATES):
            self.moves[before] = {
                after: moves.get(f"{before or ''}>{after}", 0.0) if allowed(before, after) else IMPOSSIBLE
                for after in STATES
            }
        self.steps = {
            before: {after: math.exp(move) for after, move in row.items()} for before, row in self.moves.items()
        }
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[list[str], list[float]]] = {}
        self._told: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
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
        """The facts that speak for a label against another, strongest first; remembered likewise."""
        known = self._told.get(asked := (label, other, tuple(facts)))
        if known is not None:
            return known
        found: list[tuple[float, str]] = []
        for fact in facts:
            weights = self.facts.get(fact)
            if weights and fact != "bias":
                speaks = weights.get(label, 0.0) - weights.get(other, 0.0)
                if speaks > 0.1:
                    found.append((-speaks, fact))
        if len(self._told) > 4096:
            self._told.clear()
        self._told[asked] = [fact for _, fact in sorted(found)]
        return self._told[asked]

    def _open(self, states: tuple[str, ...], facts: Sequence[str]) -> tuple[list[str], list[float]]:
        """The states that the facts leave open, and what they say for each beside the best; remembered, for the members
        of a series have the same facts.  A paragraph is always open, so that a labelling goes on."""
        at = (states, tuple(facts))
        found = self._known.get(at)
        if found is None:
            if len(self._known) > 4096:
                self._known.clear()
            values = self.emit(states, facts)
            top = max(values)
            kept = [
                (state, value - top)
                for state, value in zip(states, values, strict=True)
                if value > top - FAR or state == "P"
            ]
            found = self._known[at] = ([state for state, _ in kept], [value for _, value in kept])
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
            found = [self._open(states[place], facts[place]) for place in range(at, end)]
            out += self._segment(before, [one[0] for one in found], [one[1] for one in found], closing)
            before = out[-1].state
            at = end
        return out

    def _segment(
        self,
        before: str | None,
        states: Sequence[Sequence[str]],
        emissions: Sequence[Sequence[float]],
        closing: str | None,
    ) -> list[Answer]:
        """Viterbi, forward and backward over open lines between what is certain.

        The best labelling is sought in logarithms; shares are sums of products, scaled at each line."""
        start, begins = self.moves[before], self.steps[before]
        best = [start[state] + value for state, value in zip(states[0], emissions[0], strict=True)]
        flow = _scaled([begins[state] * math.exp(value) for state, value in zip(states[0], emissions[0], strict=True)])
        links: list[list[int]] = []
        flows = [flow]
        for at in range(1, len(states)):
            moves = [self.moves[state] for state in states[at - 1]]
            steps = [self.steps[state] for state in states[at - 1]]
            new, sums, link = [], [], []
            for state, value in zip(states[at], emissions[at], strict=True):
                scores = [score + row[state] for score, row in zip(best, moves, strict=True)]
                top = max(scores)
                link.append(scores.index(top))
                new.append(top + value)
                sums.append(math.exp(value) * sum([share * row[state] for share, row in zip(flow, steps, strict=True)]))
            best, flow = new, _scaled(sums)
            links.append(link)
            flows.append(flow)
        last = self.last if closing is None else {state: self.moves[state][closing] for state in states[-1]}
        place = max(range(len(best)), key=lambda at: best[at] + last[states[-1][at]])
        back = _scaled([math.exp(max(last[state], -700.0)) for state in states[-1]])
        out = [_answer(states[-1], flows[-1], back, place)]
        for at in range(len(states) - 2, -1, -1):
            place = links[at][place]
            after = [share * math.exp(value) for share, value in zip(back, emissions[at + 1], strict=True)]
            ahead = states[at + 1]
            back = _scaled(
                [
                    sum([row[state] * share for state, share in zip(ahead, after, strict=True)])
                    for row in (self.steps[state] for state in states[at])
                ]
            )
            out.append(_answer(states[at], flows[at], back, place))
        return out[::-1]


def _scaled(shares: list[float]) -> list[float]:
    whole = sum(shares)
    return [share / whole for share in shares] if whole > 0 else [1.0 / len(shares)] * len(shares)


def _answer(states: Sequence[str], forward: list[float], backward: list[float], chosen: int) -> Answer:
    shares: dict[str, float] = {}
    for state, ahead, behind in zip(states, forward, backward, strict=True):
        label = LABEL[state]
        shares[label] = shares.get(label, 0.0) + ahead * behind
    whole = sum(shares.values()) or 1.0
    own = LABEL[states[chosen]]
    share = shares.pop(own) / whole
    other = max(shares, key=lambda label: shares[label], default="")
    return Answer(states[chosen], share, other, shares[other] / whole if other else 0.0)


@functools.cache
def fitted() -> Model:
    """The model of the weights that stand beside this file."""
    data = json.loads(_WEIGHTS.read_bytes())
    return Model(data["facts"], data["moves"], data.get("signs"))
