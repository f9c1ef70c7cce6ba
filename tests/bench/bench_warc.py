"""How much memory a web archive takes to convert: the sum over all processes of a run, at its highest.

    python -m tests.bench.bench_warc [--pages 1000] [--runs "pdf:1 docx,pdf,epub:2"]

An archive is generated, gzip per record, from the shared pages and laws (as HTML), and converted by the command line.
Ten times a second the proportional set sizes (PSS: memory that processes share counts once) of the command and all
processes below it are added up.  Linux only.
"""

from __future__ import annotations

import argparse
import gzip
import html
import itertools
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
ACCEPTED = 300  # MB, issue 8


class Peak(NamedTuple):
    """The moment at which a run took most.  parts: MB of each process, the command first."""

    total: float
    parts: tuple[float, ...]
    seconds: float


def archive(path: Path, count: int) -> None:
    """Writes an archive of so many pages: each shared page and law in turn, under addresses of their own."""
    bodies = [body(source) for source in (*sorted(CORPUS.glob("pages/*.html")), *sorted(CORPUS.glob("laws/*.txt")))]
    with open(path, "wb") as out:
        for number, page in zip(range(count), itertools.cycle(bodies), strict=False):
            out.write(gzip.compress(record(f"https://a.example/{number // 100}/{number:06d}.html", page)))


def body(source: Path) -> bytes:
    if source.suffix == ".html":
        return source.read_bytes()
    title, *lines = source.read_text(encoding="utf-8").split("\n")
    text = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
    return f"<html><head><meta charset=utf-8></head><body><h1>{html.escape(title)}</h1>{text}</body></html>".encode()


def record(url: str, page: bytes) -> bytes:
    response = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
    block = response.encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def below(process: int) -> Iterator[int]:
    """A process and all that come from it."""
    yield process
    try:
        for task in os.listdir(f"/proc/{process}/task"):
            for child in Path(f"/proc/{process}/task/{task}/children").read_text().split():
                yield from below(int(child))
    except OSError:
        return


def pss(process: int) -> float:
    """Proportional set size, MB; 0 where the process is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0)


def watch(command: list[str]) -> Peak:
    """Runs a command to its end.  Raises CalledProcessError where it fails."""
    start = time.monotonic()
    peak: tuple[float, ...] = ()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        while running.poll() is None:
            now = tuple(filter(None, map(pss, below(running.pid))))
            peak = max(peak, now, key=sum)
            time.sleep(0.1)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return Peak(sum(peak), peak, time.monotonic() - start)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--runs", default="pdf:1 docx,pdf,epub:2", help="formats:jobs")
    given = parser.parse_args()
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "crawl.warc.gz")
        archive(source, given.pages)
        print(f"{given.pages} pages, {source.stat().st_size / 2**20:.1f} MB; accepted: {ACCEPTED} MB in all")
        for number, run in enumerate(given.runs.split()):
            formats, _, jobs = run.partition(":")
            options = [word for name in formats.split(",") for word in ("-t", name)]
            command = [sys.executable, "-m", "convert", "convert", str(source), "-q", "-j", jobs, *options]
            peak = watch([*command, "-o", str(Path(folder, str(number)))])
            parts = " + ".join(f"{part:.0f}" for part in peak.parts)
            print(f"{formats}, -j {jobs}: {peak.total:.0f} MB ({parts}), {peak.seconds:.0f} s")
            worst = max(worst, peak.total)
    return int(worst > ACCEPTED)


if __name__ == "__main__":
    sys.exit(main())
