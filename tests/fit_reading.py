"""Fits the weights of `convert/clean/reading` on gold labels, and measures them on kinds they have not seen.

    python -m tests.fit_reading FOLDER...             fit on all gold there is and write weights.json
    python -m tests.fit_reading --left-out FOLDER...  each kind read with weights that were fitted without it
    python -m tests.fit_reading --signs FOLDER...     how sure lines are, on texts that the weights were not fitted on

A folder holds NAME.txt with NAME.gold.json; `fixtures/clean` is always among them.  Needs numpy and scipy.  The
objective is the conditional likelihood of the labels the gold allows, drawn back to `PRIOR` by a quadratic penalty.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # many small products: more threads only wait for one another

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from convert.clean.reading.candidates import LABEL, STATES
from convert.clean.reading.confidence import SIGNS, sureness, weights_of
from convert.clean.reading.model import Model, allowed
from tests.reading_gold import LABELS, Doc, load
from tests.sureness import Found, measured, table, told_sure

OUT = Path(__file__).resolve().parents[1] / "convert" / "clean" / "reading" / "weights.json"
INDEX = {state: at for at, state in enumerate(STATES)}
OF = np.array([LABELS.index(LABEL[state]) for state in STATES])
S, K = len(STATES), len(LABELS)
PENALTY, PENALTY_OF_MOVES = 0.5, 0.1
HELD = 50.0
"""How hard the weights of signs are drawn back to nothing."""
FOLDS = 8
"""Groups of kinds that are left out together, for time."""

PRIOR: dict[str, dict[str, float]] = {
    "note-zone": {"N": 4.0}, "note-first": {"N": 0.5, "H": 1.0}, "form:noted": {"N": 1.5}, "form:copied": {"N": 1.5},
    "tail-zone": {"F": 1.5}, "head-zone": {"F": 0.7}, "menu": {"F": 1.5}, "contents": {"F": 3.0},
    "form:f:anywhere": {"F": 2.0}, "form:f:widget": {"F": 2.0}, "form:f:control": {"F": 2.0},
    "form:f:script": {"F": 1.0},
    "form:f:after": {"F": 0.5}, "form:f:notice": {"F": 1.0}, "form:f:credit": {"F": 2.0},
    "form:f:before": {"F": 1.0}, "after-credit": {"F": 6.0}, "repeats-title": {"F": 4.0}, "opening-again": {"F": 3.0},
    "is-title": {"F": 0.5}, "ends-in-title": {"F": 1.0}, "running": {"F": 2.5}, "tail-zone,bullet": {"F": 3.0},
    "form:source-date": {"M": 2.1},
    "form:pairs": {"M": 1.0}, "form:said": {"M": -3.0, "P": 1.0}, "speaker-again": {"P": 1.5, "M": -2.0},
    "form:number": {"M": 2.0}, "form:stamp": {"M": 1.0}, "form:grade": {"M": 3.0}, "form:letterhead": {"M": 2.0},
    "form:salutation": {"S": 2.0}, "form:vocative": {"S": 1.0}, "form:subtitle": {"U": 1.5}, "form:byline": {"B": 1.0},
    "form:date": {"D": 2.0}, "form:partial-date": {"D": 1.5}, "form:history": {"D": 3.0, "P": -1.0},
    "form:signer": {"G": 1.5}, "form:attachment": {"A": 2.0}, "form:attachment-alone": {"A": 2.0},
    "form:caption": {"C": 1.5, "H": -1.0}, "form:photo": {"F": 1.0, "C": 0.5}, "form:electric": {"N": 0.5},
    "form:section": {"H": 1.5}, "form:named": {"H": 3.0}, "styled": {"H": 7.0}, "element:1": {"H": 3.0, "T": 4.0},
    "element:2": {"H": 5.0}, "next-inside": {"R": -4.0, "P": 2.0}, "lead:bold": {"R": 5.0},
    "lead:alike": {"R": 3.0}, "lead:detached-wide": {"H": 2.0}, "lead:detached-narrow": {"H": 1.0},
    "lead:detached,talk": {"H": -3.0}, "lead:detached-wide,talk": {"H": -1.0}, "listed": {"A": 2.0},
    "form:framed": {"H": 1.5}, "form:work": {"H": 1.0}, "colon-head": {"H": 2.5}, "colon-head:4": {"H": 2.0},
    "colon-head:3,then:text": {"H": 2.0}, "colon-head:4,then:text": {"H": 3.0}, "colon-head:3,then:mark": {"H": 2.0},
    "colon-head:4,then:mark": {"H": 1.0},
    "alone,all:alone=all": {"H": 1.0}, "alone,all:alone=most": {"H": 1.0}, "alone,own:alone=all,bodies=all": {"H": 1.0},
    "alone,own:alone=most,bodies=all": {"H": 0.5}, "sentence": {"P": 0.5}, "headline": {"T": 3.0},
    "signed": {"G": 2.0}, "letterhead": {"M": 3.0, "T": -2.0, "F": -2.0},
    "addressee": {"S": 1.5}, "under-label": {"X": 2.0},
    "form:organ-date": {"M": 2.0},
    "span:B,known": {"T": 3.0}, "span:I,known": {"t": 3.0}, "span:B": {"T": 1.0}, "span:I": {"t": 1.5},
    "span:B,strong": {"T": 1.0}, "span:B,clear": {"T": 2.0}, "span:B,ahead": {"T": 1.0},
    "above-title:clear": {"T": -2.0}, "above-title:ahead": {"T": -1.0}, "part:B": {"X": 0.5},
}  # fmt: skip
"""Where weights begin and are drawn back to: the direction that evidence has by its nature, also where no gold has it
(what HTML sets bold, letterheads)."""

ALLOWED = np.zeros((S + 1, S + 1), bool)
for _before in (*STATES, None):
    for _after in STATES:
        ALLOWED[S if _before is None else INDEX[_before], INDEX[_after]] = allowed(_before, _after)
ALLOWED[:S, S] = True

Array = Any
Batch = tuple[Array, Array, Array, Array, Array, Array, Array]


class Data:
    """Runs of open lines between certain ones, in batches of like length, with the facts of their lines."""

    def __init__(self, docs: list[Doc], facts: dict[str, int]) -> None:
        self.unreachable: list[str] = []
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.lines = 0
        runs = [run for doc in docs for run in self._runs(doc, facts)]
        shape = (self.lines, len(facts))
        self.x = csr_matrix((np.ones(len(self.rows)), (self.rows, self.columns)), shape=shape)
        self.xt = self.x.T.tocsr()
        self.batches = _batches(runs)

    def _runs(self, doc: Doc, facts: dict[str, int]) -> list[Any]:
        runs, at, count = [], 0, len(doc.states)
        before: str | None = None
        while at < count:
            if len(doc.states[at]) == 1:
                before = doc.states[at][0]
                at += 1
                continue
            end = at
            while end < count and len(doc.states[end]) > 1:
                end += 1
            closing = doc.states[end][0] if end < count else None
            can, good = zip(*(self._masks(doc, place, facts) for place in range(at, end)), strict=True)
            good = self._feasible(doc, before, closing, list(can), list(good), at)
            runs.append((before, closing, np.array(can), np.array(good), self.lines - (end - at), weight_of(doc)))
            before, at = closing, end
        return runs

    def _masks(self, doc: Doc, place: int, facts: dict[str, int]) -> tuple[Array, Array]:
        can = np.zeros(S)
        can[[INDEX[state] for state in doc.states[place]]] = 1
        right = doc.right[place]
        good = can if right is None else can * np.array([float(LABEL[state] in right) for state in STATES])
        if not good.any():
            self._miss(doc, place, "".join(sorted(right or ())))
            good = can
        found = [facts[fact] for fact in doc.facts[place] if fact in facts]
        self.rows += [self.lines] * len(found)
        self.columns += found
        self.lines += 1
        return can, good

    def _feasible(
        self, doc: Doc, before: str | None, closing: str | None, can: list[Array], good: list[Array], first: int
    ) -> list[Array]:
        """The right states, those lines freed at which no labelling that the gold allows goes on."""
        for _ in range(20):
            reach = ALLOWED[S if before is None else INDEX[before], :S] & (good[0] > 0)
            stuck = None if reach.any() else 0
            for at in range(1, len(good)):
                if stuck is None:
                    reach = (reach @ ALLOWED[:S, :S]) & (good[at] > 0)
                    stuck = None if reach.any() else at
            if stuck is None:
                if closing is None or (reach & ALLOWED[:S, INDEX[closing]]).any():
                    return good
                stuck = len(good) - 1
            for at in range(max(0, stuck - 1), stuck + 1):
                good[at] = can[at]
            self._miss(doc, first + stuck, "no way")
        return [mask.copy() for mask in can]

    def _miss(self, doc: Doc, place: int, wanted: str) -> None:
        line = doc.lines[place]
        self.unreachable.append(f"{doc.name} {line.unit.first} {wanted} {line.text[:40]}")


def _batches(runs: list[Any]) -> list[Batch]:
    runs.sort(key=lambda run: len(run[2]))
    out, at = [], 0
    while at < len(runs):
        most = max(len(runs[at][2]) * 1.5, len(runs[at][2]) + 3)
        end = at
        while end < len(runs) and len(runs[end][2]) <= most:
            end += 1
        out.append(_batch(runs[at:end]))
        at = end
    return out


def _batch(runs: list[Any]) -> Batch:
    size, longest = len(runs), max(len(run[2]) for run in runs)
    can, good = np.zeros((longest, size, S)), np.zeros((longest, size, S))
    index = np.full((longest, size), -1)
    for at, (_, _, c, g, first, _) in enumerate(runs):
        can[: len(c), at], good[: len(c), at] = c, g
        index[: len(c), at] = np.arange(first, first + len(c))
    starts = np.array([S if run[0] is None else INDEX[run[0]] for run in runs])
    closes = np.array([S if run[1] is None else INDEX[run[1]] for run in runs])
    return can, good, index, np.array([len(run[2]) for run in runs]), starts, closes, np.array([run[5] for run in runs])


def _sums(batch: Batch, which: Array, emissions: Array, moves: Array) -> tuple[Array, Array, Array]:
    """Log of the sum over all labellings of each run, the shares of states, and weighted counts of moves."""
    _, _, index, lengths, starts, closes, weights = batch
    longest, size, _ = which.shape
    live = np.arange(longest)[:, None] < lengths
    e = np.where(which > 0, emissions[np.maximum(index, 0)], -np.inf)
    top = np.max(e, axis=2, keepdims=True)
    top = np.where(np.isfinite(top), top, 0)
    p = np.exp(e - top)
    m = np.where(ALLOWED, np.exp(np.clip(moves, -30, 30)), 0)
    alpha, scale = np.zeros((longest, size, S)), np.ones((longest, size))
    for t in range(longest):
        a = (m[starts][:, :S] if t == 0 else alpha[t - 1] @ m[:S, :S]) * p[t]
        c = np.where(live[t], a.sum(1), 1)
        scale[t] = np.where(c > 0, c, 1)
        alpha[t] = np.where(live[t][:, None], a / scale[t][:, None], alpha[t - 1] if t else 0)
    final = m[:S, :].T[closes]
    z = np.maximum((alpha[-1] * final).sum(1), 1e-300)
    total = np.log(scale).sum(0) + np.log(z) + (top[:, :, 0] * live).sum(0)
    gamma, counts = np.zeros((longest, size, S)), np.zeros((S + 1, S + 1))
    beta = final / z[:, None]
    ends = alpha[-1] * beta * weights[:, None]
    for close in np.unique(closes):
        counts[:S, close] += ends[closes == close].sum(0)
    for t in range(longest - 1, -1, -1):
        gamma[t] = np.where(live[t][:, None], alpha[t] * beta, 0)
        if t:
            inner = np.where(live[t][:, None], p[t] * beta / scale[t][:, None], 0)
            counts[:S, :S] += m[:S, :S] * ((alpha[t - 1] * weights[:, None]).T @ inner)
            beta = np.where(live[t][:, None], inner @ m[:S, :S].T, beta)
    first = gamma[0] * weights[:, None]
    for start in np.unique(starts):
        counts[start, :S] += first[starts == start].sum(0)
    return total, gamma, counts


def objective(theta: Array, data: Data, prior: Array) -> tuple[float, Array]:
    """The penalised negative log-likelihood and its gradient."""
    count = len(prior)
    w, moves = theta[: count * K].reshape(count, K), theta[count * K :].reshape(S + 1, S + 1)
    emissions = (data.x @ w)[:, OF]
    away = w - prior
    loss = 0.5 * PENALTY * (away**2).sum() + 0.5 * PENALTY_OF_MOVES * (moves**2).sum()
    difference, of_moves = np.zeros((data.lines, S)), np.zeros((S + 1, S + 1))
    for batch in data.batches:
        every = _sums(batch, batch[0], emissions, moves)
        right = _sums(batch, batch[1], emissions, moves)
        weights, kept = batch[6], batch[2] >= 0
        loss += ((every[0] - right[0]) * weights).sum()
        difference[batch[2][kept]] = ((every[1] - right[1]) * weights[None, :, None])[kept]
        of_moves += every[2] - right[2]
    by_label = np.zeros((data.lines, K))
    for state in range(S):
        by_label[:, OF[state]] += difference[:, state]
    gradient = data.xt @ by_label + PENALTY * away
    return loss, np.concatenate([gradient.ravel(), (np.where(ALLOWED, of_moves, 0) + PENALTY_OF_MOVES * moves).ravel()])


def weight_of(doc: Doc) -> float:
    """How much a text counts: laws have no label for most of their lines and are many; the cases are what must hold."""
    return 0.4 if doc.law else 2.0 if doc.made else 1.0


def facts_of(docs: list[Doc]) -> dict[str, int]:
    """The facts that two texts have, and those with a prior, numbered."""
    seen: dict[str, set[str]] = defaultdict(set)
    for doc in docs:
        for facts in doc.facts:
            for fact in facts:
                seen[fact].add(doc.name)
    kept = {fact for fact, names in seen.items() if len(names) > 1} | set(PRIOR)
    return {fact: at for at, fact in enumerate(sorted(kept))}


def fit(docs: list[Doc], steps: int, *, quiet: bool = False, on: Any = None) -> tuple[Any, Any]:
    """The weights of facts and of moves, as `Model` takes them."""
    facts = facts_of(docs)
    data = Data(docs, facts)
    prior = np.zeros((len(facts), K))
    for fact, row in PRIOR.items():
        for label, value in row.items():
            prior[facts[fact], LABELS.index(label)] = value
    if not quiet:
        print(f"{len(docs)} texts, {data.lines} open lines, {len(facts)} facts", flush=True)
        print("".join(f"  no candidate: {miss}\n" for miss in data.unreachable), end="")
    start = np.concatenate([prior.ravel(), np.zeros((S + 1) ** 2)])
    if on:
        start = _started(on, facts, start)
    options = {"maxiter": steps, "maxcor": 12}
    found = minimize(objective, start, (data, prior), method="L-BFGS-B", jac=True, options=options)
    return _tables(found.x, facts)


def _started(on: Any, facts: dict[str, int], start: Array) -> Array:
    """The beginning of the search at weights there are: for tries."""
    count = len(facts)
    w, moves = start[: count * K].reshape(count, K).copy(), start[count * K :].reshape(S + 1, S + 1).copy()
    for fact, row in on["facts"].items():
        if fact in facts:
            w[facts[fact]] = [row.get(label, 0.0) for label in LABELS]
    names = {state: at for at, state in enumerate((*STATES, ""))}
    for step, value in on["moves"].items():
        before, _, after = step.partition(">")
        moves[names[before], names[after]] = value
    return np.concatenate([w.ravel(), moves.ravel()])


def _tables(theta: Array, facts: dict[str, int]) -> tuple[Any, Any]:
    count = len(facts)
    w, moves = theta[: count * K].reshape(count, K), theta[count * K :].reshape(S + 1, S + 1)
    table = {}
    for fact, at in facts.items():
        row = {label: round(float(w[at, k]), 2) for k, label in enumerate(LABELS) if abs(w[at, k]) >= 0.02}
        if row:
            table[fact] = row
    names = (*STATES, "")
    steps = {
        f"{before}>{after}": round(float(moves[b, a]), 2)
        for b, before in enumerate(names)
        for a, after in enumerate(names)
        if ALLOWED[b, a] and abs(moves[b, a]) >= 0.02
    }
    return table, steps


# --- Measuring --------------------------------------------------------------------------------------------------


def report(found: list[Found], *, verbose: bool = False) -> None:
    """The table by kind, what is taken for what, and how sure right and wrong lines are."""
    found = [one for one in found if not one[0].law and not one[0].made]
    print(f"{'kind':38} lines  kind of line  headings F1 (too many, too few)")
    by: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
    confused: Counter[str] = Counter()
    for doc, at, answer, right, _ in found:
        gold, label = doc.right[at] or set(), LABEL[answer.state]
        heading, may, must = label in "HXx", bool(gold & set("HXx")), gold <= set("HXx")
        for name in (doc.kind, "TOTAL"):
            for column, hit in enumerate((True, right, heading and may, heading and not may, must and not heading)):
                by[name][column] += hit
        if not right:
            confused[f"{''.join(sorted(gold))}>{label}"] += 1
    for name, (lines, right_lines, hits, more, less) in sorted(by.items(), key=lambda item: (item[0] == "TOTAL", item)):
        f1 = 2 * hits / max(1, 2 * hits + more + less)
        print(f"{name:38} {lines:5}  {right_lines / lines:.3f}         {f1:.3f}  ({more} {less})")
    print("taken for another:", "  ".join(f"{what} {count}" for what, count in confused.most_common(30)))
    print(told_sure([(answer.share, right) for _, _, answer, right, _ in found]))
    if verbose:
        for doc, at, answer, right, _ in found:
            if not right:
                gold = "".join(sorted(doc.right[at] or ()))
                line = doc.lines[at]
                print(
                    f"  {doc.name} {line.unit.first} {gold}>{LABEL[answer.state]} {answer.share:.2f} {line.text[:44]}"
                )


def left_out(docs: list[Doc], steps: int) -> list[Found]:
    """Each text read with weights that no text of its kind was used for."""
    kinds = sorted({doc.kind for doc in docs if not doc.law and not doc.made})
    found: list[Found] = []
    for fold in range(FOLDS):
        group = set(kinds[fold::FOLDS])
        model = Model(*fit([doc for doc in docs if doc.kind not in group], steps, quiet=True))
        for doc in docs:
            if doc.kind in group:
                found += measured(doc, model)
    return found


def fit_signs(found: list[Found]) -> dict[str, dict[str, float]]:
    """Weights for how sure a line is: for each table a logistic regression of a line's being right on its signs."""
    by: dict[str, list[Found]] = defaultdict(list)
    for one in found:
        by[one[4][0]].append(one)
    return {table: _fit_table(rows) for table, rows in sorted(by.items())}


def _fit_table(found: list[Found]) -> dict[str, float]:
    names = list(SIGNS)
    x = np.array([one[4][1] for one in found], float)
    tells = (x.std(0) > 1e-6) | (np.array(names) == "bias")
    names, x = [name for name, does in zip(names, tells, strict=True) if does], x[:, tells]
    y = np.array([float(one[3]) for one in found])
    free = np.array(names) == "bias"
    scale = np.where(free, 1.0, x.std(0))
    x = x / scale
    held = np.where(free, 0.1, HELD)

    def loss(w: Array) -> tuple[float, Array]:
        z = np.clip(x @ w, -30, 30)
        p = 1 / (1 + np.exp(-z))
        value = -(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)).sum() + 0.5 * (held * w**2).sum()
        return value, x.T @ (p - y) + held * w

    w = minimize(loss, np.zeros(len(names)), method="L-BFGS-B", jac=True).x / scale
    return {name: round(float(value), 4) for name, value in zip(names, w, strict=True) if abs(value) >= 0.0005}


def cross_sure(found: list[Found]) -> list[tuple[float, bool]]:
    """How sure each line is said to be, and whether it is right, with signs that are fitted without its kind."""
    kinds = sorted({one[0].kind for one in found})
    out = []
    for fold in range(FOLDS):
        group = set(kinds[fold::FOLDS])
        weights = weights_of(fit_signs([one for one in found if one[0].kind not in group]))
        out += [(sureness(weights[one[4][0]], one[4][1]), one[3]) for one in found if one[0].kind in group]
    return out


def of_signs(found: list[Found]) -> dict[str, dict[str, float]]:
    """The weights of signs, and how well such weights do on kinds of paper they were not fitted on."""
    labelled = [one for one in found if not one[0].law and not one[0].made]
    sure = cross_sure(labelled)
    print("--- how sure lines are said to be, with signs fitted without their kind")
    print(table(sure))
    print(told_sure(sure))
    return fit_signs(labelled)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", nargs="+")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--left-out", action="store_true")
    how.add_argument("--signs", action="store_true")
    parser.add_argument("--steps", type=int, default=120)
    parser.add_argument("--on", action="store_true", help="begin with the weights there are")
    parser.add_argument("-v", action="store_true")
    args = parser.parse_args()
    began = time.time()
    docs = load(args.folders)
    old = json.loads(OUT.read_bytes()) if OUT.exists() else {}
    if args.left_out:
        found = left_out(docs, args.steps)
        print("--- each kind read with weights that were fitted without it")
        report(found, verbose=args.v)
        old["signs"] = of_signs(found)
    elif args.signs:
        model = Model(old["facts"], old["moves"])
        fitted = {doc.name for doc in load([])}
        old["signs"] = of_signs([one for doc in docs if doc.name not in fitted for one in measured(doc, model)])
    else:
        facts, moves = fit(docs, args.steps, on=old if args.on else None)
        print("--- on what it was fitted on")
        report([one for doc in docs for one in measured(doc, Model(facts, moves))], verbose=args.v)
        about = {"texts": len(docs), "kinds": len({doc.kind for doc in docs}), "penalty": PENALTY, "steps": args.steps}
        old |= {"facts": facts, "moves": moves, "fitted on": about}
    OUT.write_text(json.dumps(old, ensure_ascii=False, indent=0, sort_keys=True) + "\n", "utf-8")
    print(f"{time.time() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
