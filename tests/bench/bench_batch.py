"""A run over many documents: its throughput against two parallel peer chains, and its memory from first to last.

`python -m tests.bench.bench_batch [--documents N] [--rounds R] [--copies C]`.  The documents are the shared laws,
reports and pages, and copies of them whose every longer stretch of text has a number of its own, for caches on either
side must not do the work.  Each round converts all 68, or C copies of each, in one run with two workers, and then with
two chains at a time (`bench_chain`); three editions each, ours read back and published.  With one copy the half second
in which a run and its workers start counts as much as four documents.  Wall time and processor time are given, for on a
machine with other work only the second can be trusted.  Then N documents are converted in one run, and the memory of
this process and of its workers is looked at after each.

With `--share`, which share of a batch's processor time checking takes: each round converts all with and without reading
editions back, and with `--against FOLDER`, another checkout of this project, the same with that one.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from convert.run import reading
from convert.run.batch.loop import Run, Settings
from convert.run.options import Options

from .bench_chain import FORMATS, MODIFIED, ROOT, Chain, markdown

CORPUS = ROOT.parent / "shared" / "corpus"
OPTIONS = Options(MODIFIED, FORMATS, "gongwen")
_HAN = re.compile("([\u4e00-\u9fff]{8})([\u4e00-\u9fff]{8})")


def originals() -> list[Path]:
    """The shared documents, in path order."""
    names = sorted(path for room in ("laws", "pages", "reports") for path in (CORPUS / room).iterdir())
    return [path for path in names if path.suffix in (".txt", ".html")]


def copies(folder: Path, first: int, count: int) -> list[Path]:
    """Writes copies of the originals, each with its number in its text."""
    found = originals()
    out = []
    for number in range(first, first + count):
        source = found[number % len(found)]
        text = source.read_text(encoding="utf-8")
        out.append(folder / f"{number:05}-{source.name}")
        marked = _HAN.sub(lambda match, n=number: f"{match[1]}\u7b2c{n}\u6b21{match[2]}", text)
        out[-1].write_text(marked, encoding="utf-8")
    return out


class Spent(NamedTuple):
    """What some documents took: seconds of wall time and of processor time, each."""

    wall: float
    processor: float


def ours(sources: list[Path], out: Path, more: list[str], tree: Path = ROOT) -> Spent:
    command = [sys.executable, "-m", "convert", "convert", *map(str, sources), "-o", str(out), "-j", "2", "-q", *more]
    variables = {**os.environ, "PYTHONPATH": str(tree)}
    return _spent(lambda: [subprocess.Popen(command, cwd=out.parent, env=variables)], len(sources))


def chains(sources: list[Path], folder: Path) -> Spent:
    notes = []
    for number, source in enumerate(sources):
        notes.append(folder / f"{number}.md")
        document = reading.read(source)
        title = document.metadata.title or source.stem
        text = markdown(document).replace(f"title: {document.metadata.title}", f"title: {json.dumps(title)}", 1)
        notes[-1].write_text(text, encoding="utf-8")
    halves = [notes[0::2], notes[1::2]]
    command = [sys.executable, "-m", "tests.bench.bench_batch", "--chain"]
    return _spent(lambda: [subprocess.Popen([*command, *map(str, half)], cwd=ROOT) for half in halves], len(sources))


def _spent(start, count: int) -> Spent:  # type: ignore[no-untyped-def]
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    for process in start():
        if process.wait() != 0:
            raise RuntimeError(f"{process.args} ended with {process.returncode}")
    wall = time.perf_counter() - begun
    with contextlib.suppress(ChildProcessError):
        while True:  # the process that forks workers ends after the one that asked for it
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Spent(wall / count, used / count)


def _adopt_orphans() -> None:
    """Makes this process the parent of its descendants whose own has ended (Linux), so that their time is counted."""
    import ctypes

    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER


def chain(notes: list[str]) -> None:
    """One peer chain, over some documents one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        peer = Chain(Path(folder))
        for note in notes:
            peer.convert(Path(note), {})


# --- Checking ---------------------------------------------------------------------------------------------------


def shares(folder: Path, rounds: int, trees: list[Path]) -> None:
    """Prints for each tree the processor time of a document with and without checking, and checking's share."""
    spent: dict[Path, list[tuple[float, float]]] = {tree: [] for tree in trees}
    for number in range(rounds):
        for at, tree in enumerate(trees):
            room = folder / f"{number}-{at}"
            room.mkdir()
            sources = copies(room, number * 10_000, len(originals()))
            with_it = ours(sources, room / "checked", [], tree).processor
            without = ours(sources, room / "unchecked", ["--no-verify"], tree).processor
            spent[tree].append((with_it, without))
            print(f"round {number + 1}: {tree}: {with_it:.3f} s a document, {without:.3f} s unchecked", flush=True)
    for tree, pairs in spent.items():
        share = statistics.median(1 - without / with_it for with_it, without in pairs)
        cost = statistics.median(with_it - without for with_it, without in pairs)
        print(f"{tree}: checking takes {share:.0%} of a batch's processor time, {cost * 1000:.0f} ms a document")


# --- Memory -----------------------------------------------------------------------------------------------------


def memory(sources: list[Path], out: Path) -> Iterator[tuple[int, list[int]]]:
    """After each document: kilobytes of this process, and of each worker."""
    with Run(sources, out, OPTIONS, Settings(jobs=2)) as run:
        for result in run.results():
            assert result.state == "done", result.error
            yield _resident(os.getpid()), [_resident(worker) for worker in _workers()]


def _workers() -> list[int]:
    """Processes below us that have none below them, but for the one that only watches."""
    parents: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                with open(f"/proc/{entry.name}/stat", encoding="utf-8") as stream:
                    parents[int(entry.name)] = int(stream.read().rpartition(")")[2].split()[1])
            except OSError:
                continue
    servers = [process for process, parent in parents.items() if parent == os.getpid()]
    return [process for process, parent in parents.items() if parent in servers]


def _resident(process: int) -> int:
    try:
        with open(f"/proc/{process}/status", encoding="utf-8") as stream:
            return next((int(line.split()[1]) for line in stream if line.startswith("VmRSS")), 0)
    except OSError:
        return 0


def _report_memory(count: int, folder: Path) -> None:
    (folder / "in").mkdir()
    begun = time.perf_counter()
    sources = copies(folder / "in", 100_000, count)
    seen = list(memory(sources, folder / "out"))
    spent = time.perf_counter() - begun
    print(f"{count} documents in one run: {spent:.0f} s, {count / spent:.1f} a second")
    early, late = seen[100:168], seen[-68:]  # one of each document, for what is held depends on how long it is
    for name, of in (("parent", lambda one: one[0]), ("worker", lambda one: statistics.mean(one[1] or [0]))):
        first, last = (statistics.median(of(one) for one in part) for part in (early, late))
        said = f"{first / 1000:.1f} MB after the first hundred, {last / 1000:.1f} MB at the end"
        print(f"{name}: {said}: {last / first:.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copies", type=int, default=1, help="of each document in a round")
    parser.add_argument("--no-verify", action="store_true", help="ours without reading editions back")
    parser.add_argument("--chain", nargs="+", metavar="FILE", help="(for itself)")
    parser.add_argument("--share", action="store_true", help="the share of checking, and nothing else")
    parser.add_argument("--against", type=Path, action="append", default=[], help="with --share: another tree too")
    given = parser.parse_args()
    if given.chain:
        chain(given.chain)
        return
    _adopt_orphans()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.share:
            shares(folder, given.rounds, [ROOT, *given.against])
            return
        pairs = []
        for number in range(given.rounds):
            room = folder / str(number)
            room.mkdir()
            sources = copies(room, number * 10_000, given.copies * len(originals()))
            pairs.append(
                (ours(sources, room / "out", ["--no-verify"] if given.no_verify else []), chains(sources, room))
            )
            mine, theirs = pairs[-1]
            print(f"round {number + 1}: ours {mine.wall:.3f} s ({mine.processor:.3f}), "
                  f"chains {theirs.wall:.3f} s ({theirs.processor:.3f}) a document", flush=True)  # fmt: skip
        for at, kind in enumerate(Spent._fields if pairs else ()):
            ratio = statistics.median(theirs[at] / mine[at] for mine, theirs in pairs)
            print(f"documents a second, ours : chains, by {kind} time: {ratio:.2f} (accepted: 3)")
        if given.documents:  # last: the workers' server it starts lives as long as this process
            _report_memory(given.documents, folder)


if __name__ == "__main__":
    main()
