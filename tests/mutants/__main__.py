"""`make mutants`: changes conditions and constants one at a time, and counts how many the fast tests notice.

Each mutant is made in a copy of the tree, where no shared corpus is at hand, and meets the tests that reach it: those
that noticed most so far first, then the shortest.  What survives is printed: a rule no test feels is tested or deleted.
"""

from __future__ import annotations

import argparse
import os
import random
import selectors
import shutil
import signal
import sys
import tempfile
import textwrap
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import session
from .reach import Reach
from .sites import KINDS, Mutant, mutants
from .swap import can_swap, is_inside, swap

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("convert/clean", "convert/readers", "convert/zh", "convert/typography")
SLOW = 1.0
"""Seconds of processor time that a fast test takes at most; twice as many while its calls are noted."""
FAST = (
    "test_clean_*.py", "test_reading*.py", "test_corpus.py", "test_html_[!ef]*.py", "test_zh*.py", "test_patterns.py",
    "test_source*.py", "test_typography*.py", "test_titles.py", "test_linebreak.py", "test_fonts.py", "test_model.py",
    "test_pdf_[!o]*.py", "test_cjk*.py", "test_forms.py", "test_found.py", "test_script.py", "test_shells.py",
    "test_made.py", "test_line_words.py", "test_evidence.py", "test_correct*.py", "test_contents.py",
    "test_markdown_source.py", "test_docx_source.py", "test_edited.py",
)  # fmt: skip
"""The test files of what a page is read as and of how lines are composed: no process, browser or other program."""
STAGES = (1, 2, 4)
"""Files of tests that a mutant meets first, second and third; then all others.  Most are killed by the first."""


@dataclass
class Tally:
    """count: of all mutants.  killed: those that a test noticed.  survivors: the others, with how many tests they met.

    kills: how many mutants each test has noticed.  endless: mutants that a limit of time or memory ended.
    """

    count: int
    kills: Counter[str] = field(default_factory=Counter)
    killed: list[Mutant] = field(default_factory=list)
    survivors: list[tuple[Mutant, int]] = field(default_factory=list)
    endless: int = 0


def main() -> int:
    """Returns 1 where fewer mutants are killed than `--floor` asks for."""
    options = arguments()
    tree = options.tree.resolve()
    chosen = sample(tree, options.only or ROOMS, options.count, options.seed)
    with tempfile.TemporaryDirectory(prefix="wenban-mutants-") as folder:
        copies = [copied(tree, Path(folder) / str(at) / "tree") for at in range(options.jobs)]
        found = baseline(copies[0], options.tests)
        tally = Tally(len(chosen))
        quick = [mutant for mutant in chosen if is_inside(mutant, tree)]
        left = swapped(quick, copies[0], found, tally, options.jobs)
        run([*(one for one in chosen if one not in quick), *left], copies, found, tally)
    return told(tally, options.floor)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--seed", type=int, default=1, help="of the sample; the same seed gives the same mutants")
    parser.add_argument("--count", type=int, default=100, help="mutants to make")
    parser.add_argument("--only", action="append", metavar="PATH", help="a file or folder to change; may be repeated")
    parser.add_argument("--tests", action="append", metavar="FILE", help="test files to run instead of the fast ones")
    parser.add_argument("--jobs", type=int, default=1, help="mutants at the same time")
    parser.add_argument("--floor", type=float, default=0, help="fail where fewer per cent are killed")
    parser.add_argument("--tree", type=Path, default=ROOT, help="the checkout to change a copy of")
    return parser.parse_args()


def sample(tree: Path, places: tuple[str, ...] | list[str], count: int, seed: int) -> list[Mutant]:
    """Mutants drawn by kind, at most one for each place."""
    files = [tree / place for place in places]
    files = sorted({path for place in files for path in ([place] if place.is_file() else place.rglob("*.py"))})
    by_kind: dict[str, list[Mutant]] = {kind: [] for kind in KINDS}
    for path in files:
        for mutant in mutants(path, tree):
            by_kind[mutant.kind].append(mutant)
    draw = random.Random(seed)
    print(f"{sum(map(len, by_kind.values()))} possible changes in {len(files)} files", flush=True)
    chosen: dict[tuple[str, int], Mutant] = {}
    tries = 0
    while len(chosen) < count and tries < count * 50:
        tries += 1
        (kind,) = draw.choices(list(KINDS), list(KINDS.values()))
        if by_kind[kind]:
            mutant = draw.choice(by_kind[kind])
            chosen.setdefault((mutant.path, mutant.start), mutant)
    return list(chosen.values())


def copied(tree: Path, to: Path) -> Path:
    """A copy of what tests read.  Its parent holds nothing else, so that the shared corpora are absent."""

    def unwanted(folder: str, names: list[str]) -> set[str]:
        top = {".git", ".venv", "build", "dist", ".hypothesis"} if Path(folder) == tree else set()
        return {name for name in names if name in top or name.endswith(("__pycache__", "_cache"))}

    shutil.copytree(tree, to, ignore=unwanted, symlinks=True)
    (to / "dist").mkdir()
    return to


@dataclass
class Baseline:
    """What the tests do in an unchanged tree.  seconds: of processor time, for each fast test."""

    seconds: dict[str, float]
    reach: Reach
    files: list[str]


def baseline(tree: Path, tests: list[str] | None) -> Baseline:
    """Runs the fast tests once, to learn how long each takes and which functions it calls."""
    every = {str(path.relative_to(tree)) for pattern in FAST for path in (tree / "tests").glob(pattern)}
    files = tests or sorted(every - {"tests/test_html_corpus.py", "tests/test_source_warc.py"})
    start = time.monotonic()
    child, reader = session.start(tree, [files], None, 1800, 2 * SLOW)
    with open(reader, "rb") as stream:
        found = session.result(child, stream.read())
    if not found["seconds"]:
        sys.exit(f"the tests of the unchanged tree did not run: {found['failed'] or found.get('ended')}")
    failed = set(found["failed"])
    seconds = {test: took for test, took in found["seconds"].items() if test not in failed}
    calls = {test: {(path, line) for path, line in found["calls"][test]} for test in seconds}
    session.preload(found["libraries"])
    left = len(found["seconds"]) - len(seconds)
    took = time.monotonic() - start
    print(f"{len(seconds)} fast tests in {len(files)} files; {left} slow, skipped or failing; {took:.0f} s", flush=True)
    return Baseline(seconds, Reach(tree, calls), files)


def swapped(quick: list[Mutant], tree: Path, found: Baseline, tally: Tally, jobs: int) -> list[Mutant]:
    """Mutants inside functions, made in a process that has collected all tests; returns those that could not be."""
    if not quick:
        return []

    def loop(items: session.Items) -> dict[str, Any]:
        left: list[int] = []

        def begin(mutant: Mutant, tests: list[str], limit: float, place: Path) -> tuple[int, int]:
            return session.again(items, tests, lambda: swap(mutant, tree), limit)

        todo = [mutant for mutant in quick if can_swap(mutant, tree)]
        left = [at for at, mutant in enumerate(quick) if mutant not in todo]
        each(todo, [tree] * jobs, found, tally, begin, set(items))
        killed = [quick.index(mutant) for mutant in tally.killed]
        survivors = [(quick.index(mutant), tests) for mutant, tests in tally.survivors]
        return {"killed": killed, "survivors": survivors, "left": left, "kills": tally.kills, "endless": tally.endless}

    child, reader = session.host(tree, found.files, loop)
    with open(reader, "rb") as stream:
        told = session.result(child, stream.read())
    tally.killed += [quick[at] for at in told["killed"]]
    tally.survivors += [(quick[at], tests) for at, tests in told["survivors"]]
    tally.kills.update(told["kills"])
    tally.endless += told["endless"]
    return [quick[at] for at in told["left"]]


def run(chosen: list[Mutant], copies: list[Path], found: Baseline, tally: Tally) -> None:
    """Mutants of tables, patterns and numbers of a module: each in a process that imports the changed file."""

    def begin(mutant: Mutant, tests: list[str], limit: float, place: Path) -> tuple[int, int]:
        path = place / mutant.path
        source = path.read_bytes()
        path.write_bytes(mutant.applied(source))
        sources[path] = source
        return session.start(place, staged(tests), tests, limit)

    sources: dict[Path, bytes] = {}
    each(chosen, copies, found, tally, begin, set(found.seconds), sources)


Begin = Callable[[Mutant, list[str], float, Path], tuple[int, int]]


def each(
    chosen: list[Mutant],
    places: list[Path],
    found: Baseline,
    tally: Tally,
    begin: Begin,
    known: set[str],
    sources: dict[Path, bytes] | None = None,
) -> None:
    """Each mutant against its tests, as many at a time as there are places.  sources: files to be put back."""
    todo, free = list(reversed(chosen)), list(places)
    running = selectors.DefaultSelector()
    while todo or running.get_map():
        while todo and free:
            mutant = todo.pop()
            tests = in_order(found.reach.of(mutant) & known, tally.kills, found.seconds)
            if not tests:
                finish(tally, mutant, 0, None)
                continue
            place = free.pop()
            limit = 20 + 10 * sum(found.seconds[test] for test in tests)
            child, reader = begin(mutant, tests, limit, place)
            work = Work(mutant, place, child, len(tests), time.monotonic() + 10 * limit)
            running.register(reader, selectors.EVENT_READ, work)
        for key, _ in running.select(timeout=5):
            data = os.read(key.fd, 1 << 20)
            work = key.data
            work.data += data
            if not data:
                running.unregister(key.fd)
                os.close(key.fd)
                outcome = session.result(work.child, work.data)
                for path in [work.place / work.mutant.path] if sources else []:
                    path.write_bytes(sources.pop(path))
                free.append(work.place)
                finish(tally, work.mutant, work.tests, outcome)
        for key in list(running.get_map().values()):
            if time.monotonic() > key.data.until:
                os.kill(key.data.child, signal.SIGKILL)


def in_order(tests: set[str], kills: Counter[str], seconds: dict[str, float]) -> list[str]:
    """The tests to run, file by file: files that killed most first, in a file the tests that did, then short ones."""
    of_file: dict[str, list[str]] = {}
    for test in sorted(tests, key=lambda test: (-kills[test], seconds[test])):
        of_file.setdefault(test.split("::")[0], []).append(test)

    def worth(file: str) -> tuple[float, float]:
        some = of_file[file]
        return -sum(kills[test] for test in some), sum(seconds[test] for test in some) / len(some) ** 0.5

    return [test for file in sorted(of_file, key=worth) for test in of_file[file]]


def staged(tests: list[str]) -> list[list[str]]:
    """The files of the tests, few at first: what is not collected costs nothing."""
    files = list(dict.fromkeys(test.split("::")[0] for test in tests))
    stages = []
    for count in (*STAGES, len(files)):
        stages.append(files[:count])
        files = files[count:]
    return [stage for stage in stages if stage]


@dataclass
class Work:
    """A mutant under test.  until: the time at which a child that waits for ever is ended."""

    mutant: Mutant
    place: Path
    child: int
    tests: int
    until: float
    data: bytes = b""


def finish(tally: Tally, mutant: Mutant, tests: int, outcome: dict[str, Any] | None) -> None:
    """Notes what became of a mutant and prints a line about it."""
    if outcome and outcome["code"] != 0:
        tally.killed.append(mutant)
        tally.endless += "ended" in outcome
        tally.kills.update(outcome["failed"])
        what = f"killed by {outcome['failed'][0] if outcome['failed'] else outcome.get('ended', 'an error')}"
    else:
        tally.survivors.append((mutant, tests))
        what = f"SURVIVED {tests} tests"
    done = len(tally.killed) + len(tally.survivors)
    print(f"{done:4}/{tally.count} {mutant.path}:{mutant.line} {mutant.kind}: {what}", flush=True)


def told(tally: Tally, floor: float) -> int:
    """Prints survivors and figures."""
    for mutant, tests in sorted(tally.survivors, key=lambda pair: (pair[0].path, pair[0].line)):
        reached = f"{tests} tests reach it" if tests else "no fast test reaches it"
        print(f"\n{mutant.path}:{mutant.line} in {mutant.owner} ({mutant.kind}; {reached})")
        for sign, text in (("-", mutant.before), ("+", mutant.after)):
            print(textwrap.shorten(f"  {sign} {text}", 400) if len(text) > 400 else f"  {sign} {text}")
    print()
    for title, name in (
        ("kind", lambda mutant: mutant.kind),
        ("room", lambda mutant: "/".join(mutant.path.split("/")[:2])),
    ):
        killed, survived = Counter(map(name, tally.killed)), Counter(name(mutant) for mutant, _ in tally.survivors)
        for each in sorted(killed | survived):
            print(f"{title} {each:24} {killed[each]:4} of {killed[each] + survived[each]}")
    total = len(tally.killed) + len(tally.survivors)
    rate = 100 * len(tally.killed) / total if total else 0.0
    print(f"killed {len(tally.killed)} of {total}: {rate:.1f} % ({tally.endless} by a limit of time or memory)")
    return int(rate < floor)


if __name__ == "__main__":
    raise SystemExit(main())
