"""What a hundred million pages cost, and what breaks first: measured on this machine, then simulated.

    python -m tests.bench.bench_scale [--pages 100000000] [--documents 120] [--workers 100,1000,4000]

Measured: processor seconds and bytes for a page (the shared laws and pages, three editions, read back), bytes of its
manifest entry and of its result on the way to the one who asked, and how many results a second that one can record.
Simulated: a Dask cluster that does the pages in shards as `--cluster` does, with the measured times page by page, with
workers that are lost, with pages that hang until the time limit, and with a scheduler and a coordinator that take only
so many tasks and results a second.  The random numbers have a seed: two runs on the same measures print the same.
"""

from __future__ import annotations

import argparse
import heapq
import os
import pickle
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

import convert
from convert import publish
from convert.run.batch.cluster import AHEAD, SHARD
from convert.run.batch.workers import TIME_LIMIT

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FORMATS = ("docx", "pdf", "epub")
LOST_EVERY = 24 * 3600.0
"""Seconds between two losses of one worker, on average: machines that may be taken away at any time."""
RETURN = 120.0
"""Seconds until there is another in its place."""
HANGS = 1e-5
"""Pages that run into the time limit."""
TASKS = 1000.0
"""Tasks a second that a Dask scheduler hands out; its documentation names 1 ms of its time for one."""
PUTS = 3500.0
"""Objects a second that S3 takes under one prefix, by its documentation; it splits a prefix that is asked for more."""


class Measured(NamedTuple):
    """seconds: of processor time, page by page.  Bytes are means for a page; record: documents a second."""

    seconds: list[float]
    source: float
    editions: float
    entry: float
    sums: float
    result: float
    record: float


class Run(NamedTuple):
    """A simulated run.  seconds: from beginning to end; worked: of all workers; repeated: of what was lost;
    tail: from the first worker that had nothing more to do to the end."""

    seconds: float
    worked: float
    repeated: float
    tail: float


def measure(documents: int) -> Measured:
    """Converts so many of the shared laws and pages in this process, after one that is not counted."""
    sources = (sorted(CORPUS.glob("laws/*.txt")) + sorted(CORPUS.glob("pages/*.html")))[:documents]
    count, seconds, results = len(sources), [], []
    with tempfile.TemporaryDirectory() as folder:
        for _ in convert.batch(sources[0], Path(folder, "warm"), FORMATS):
            start = time.process_time()
        for result in convert.batch(sources, Path(folder, "out"), FORMATS):
            seconds.append(time.process_time() - start)
            results.append(result)
            start = time.process_time()
        entries = list(publish.read_manifest(Path(folder, "out")).documents)
    editions = [edition for entry in entries for edition in entry.editions]
    return Measured(
        seconds,
        sum(path.stat().st_size for path in sources) / count,
        sum(edition.size for edition in editions) / count,
        statistics.mean(len(msgspec.json.encode(entry)) + 2 for entry in entries),
        sum(66 + len(edition.name.encode()) + 1 for edition in editions) / count,
        statistics.mean(len(pickle.dumps(result)) for result in results),
        recorded(entries, [pickle.dumps(result) for result in results]),
    )


def recorded(entries: list[publish.Entry], results: list[bytes], count: int = 20_000) -> float:
    """Documents a second that one process plans and names, whose results it takes, records, and lists in the end."""
    ids = [f"crawl/{number:08d}.html" for number in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        with publish.Journal(Path(folder)) as journal:
            journal.plan((one, (one,)) for one in ids)
            journal.name(FORMATS)
            batch = []
            for number, row in enumerate(journal.planned()):
                pickle.loads(results[number % len(results)])
                entry = entries[number % len(entries)]
                source = msgspec.structs.replace(entry.source, path=row.id)
                batch.append(msgspec.structs.replace(entry, stem=row.stem or "", source=source))
                if len(batch) == SHARD:
                    journal.record(batch)
                    batch.clear()
            journal.record(batch)
            journal.finish()
            journal.remove()
        return count / (time.process_time() - start)


def simulate(measured: Measured, pages: int, workers: int, chance: random.Random) -> Run:
    """The pages in shards over so many workers of one processor each."""
    bank = [sum(chance.choices(measured.seconds, k=SHARD)) for _ in range(4096)]
    shards = -(-pages // SHARD)
    every = max(1 / TASKS, SHARD / measured.record)  # neither the scheduler nor the coordinator is faster
    free = [(number * every, number) for number in range(workers)]
    heapq.heapify(free)
    gone = [chance.expovariate(1 / LOST_EVERY) for _ in range(workers)]
    handed, worked, repeated, end, tail = 0.0, 0.0, 0.0, 0.0, 0.0
    while shards:
        now, worker = heapq.heappop(free)
        handed = now = max(now, handed + every)
        takes = chance.choice(bank) + (TIME_LIMIT if chance.random() < HANGS * SHARD else 0)
        if now + takes > gone[worker]:  # lost with what it had done of the shard, which goes back
            lost = max(0.0, gone[worker] - now)
            worked, repeated = worked + lost, repeated + lost
            back = max(now, gone[worker]) + RETURN
            gone[worker] = back + chance.expovariate(1 / LOST_EVERY)
            heapq.heappush(free, (back, worker))
            continue
        shards -= 1
        worked += takes
        end = max(end, now + takes)
        tail = now
        heapq.heappush(free, (now + takes, worker))
    return Run(end, worked, repeated, end - tail)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=100_000_000)
    parser.add_argument("--documents", type=int, default=62)
    parser.add_argument("--workers", default="100,1000,4000")
    given = parser.parse_args()
    measured, pages = measure(given.documents), given.pages
    mean = statistics.mean(measured.seconds)
    print(f"measured: {len(measured.seconds)} documents, {os.cpu_count()} processors, {', '.join(FORMATS)}")
    print(f"  a page: {mean:.3f} s of processor time (median {statistics.median(measured.seconds):.3f}),")
    print(f"    {measured.source / 1e3:.1f} kB in, {measured.editions / 1e3:.1f} kB out,")
    print(f"    {measured.entry:.0f} bytes in manifest.json, {measured.sums:.0f} in SHA256SUMS,")
    print(f"    {measured.result:.0f} bytes of result on the way to the coordinator")
    print(f"  the coordinator records {measured.record:.0f} documents a second")
    print(f"{pages:,} pages:")
    print(f"  {mean * pages / 3600:,.0f} processor hours, {measured.source * pages / 1e12:.1f} TB in,")
    print(f"    {measured.editions * pages / 1e12:.1f} TB out in {len(FORMATS) * pages:,} files")
    print(f"  manifest.json {measured.entry * pages / 1e9:.0f} GB, SHA256SUMS {measured.sums * pages / 1e9:.0f} GB")
    print(f"  {-(-pages // SHARD):,} tasks of {SHARD} pages; results {measured.result * pages / 1e9:.0f} GB")
    print(f"  {(1 + len(FORMATS)) * pages:,} requests to a store")
    print(
        f"one coordinator keeps {measured.record * mean:,.0f} workers busy, one scheduler {TASKS * SHARD * mean:,.0f},"
    )
    print(f"  one prefix of S3 {PUTS / len(FORMATS) * mean:,.0f} before it is split")
    print(f"simulated, a worker lost every {LOST_EVERY / 3600:.0f} h, {HANGS:g} of pages hang {TIME_LIMIT:.0f} s:")
    print(f"  {'workers':>8} {'days':>7} {'worker hours':>13} {'repeated':>9} {'busy':>6} {'tail':>7}  in flight")
    for workers in map(int, given.workers.split(",")):
        run = simulate(measured, pages, workers, random.Random(workers))
        busy = run.worked / (run.seconds * workers)
        flight = AHEAD * workers * SHARD
        print(
            f"  {workers:8,} {run.seconds / 86400:7.1f} {run.seconds * workers / 3600:13,.0f} "
            f"{run.repeated / run.worked:9.3%} {busy:6.1%} {run.tail:5.0f} s  {flight:,} pages"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
