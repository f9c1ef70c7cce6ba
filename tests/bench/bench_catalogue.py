"""The catalogue of many documents: how long it takes to make, with what memory, and how soon its page is there.

Real reports and laws, shared with the tests, are converted once and listed under as many names as wanted; the yardstick
of the page is a page of the same size without script, pictures or style in the same browser.

    python -m tests.bench.bench_catalogue [COUNT]
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import catalogue_help
import tools
from conftest import SAMPLE, SHARED

import convert
from convert import catalogue

RUNS = 9


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "dist"
        corpus = SHARED / "corpus"
        sources = [corpus / "reports", corpus / "laws"] if corpus.is_dir() else [SAMPLE]
        for _ in convert.batch(sources, folder, jobs=0):
            pass
        catalogue_help.many(folder, count)
        for what, jobs in (("first, in one process", 1), ("again, in one process", 1), ("again, with workers", 0)):
            start, before = time.perf_counter(), time.process_time()
            made = catalogue.build(folder, jobs=jobs)
            wall = time.perf_counter() - start
            print(
                f"{what}: {made.documents} documents, {made.drawn} pictures drawn, {made.files} files, "
                f"{made.size / 1e6:.1f} MB; {wall:.1f} s, {time.process_time() - before:.1f} s of this process"
            )
        print(f"memory at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")
        _page(folder)


def _page(folder: Path) -> None:
    text = (folder / "index.html").read_bytes()
    plain = folder.parent / "plain.html"
    plain.write_bytes(b"<!DOCTYPE html><meta charset=utf-8><pre>" + text.replace(b"<", b"&lt;"))
    times: dict[str, list[float]] = {"page": [], "plain": [], "found": []}
    with tools.browser(folder.parent) as chromium:
        for _ in range(RUNS):
            for what, path in (("plain", plain), ("page", folder / "index.html")):
                page = chromium.new_page(viewport={"width": 1280, "height": 900})
                start = time.perf_counter()
                page.goto(path.as_uri())
                times[what].append(time.perf_counter() - start)
                if what == "page":
                    page.locator("#year option >> nth=1").wait_for(state="attached")
                    start = time.perf_counter()
                    page.fill("#q", "发展")
                    page.locator("#list .found mark").first.wait_for()
                    times["found"].append(time.perf_counter() - start)
                page.close()
    for what, said in (
        ("page", "the page loads"),
        ("plain", "as much plain text"),
        ("found", "first results of a word"),
    ):
        print(f"{said}: least {min(times[what]):.3f} s, median {statistics.median(times[what]):.3f} s")


if __name__ == "__main__":
    main()
