"""Reading and cleaning saved pages against Readability (npm) and trafilatura, in one run.

    npm install --prefix FOLDER @mozilla/readability jsdom linkedom
    pip install trafilatura
    python tests/bench/bench_html.py --node FOLDER [--rounds 9] [PAGE.html ...]

Without pages the shared corpus is used.  The readers take turns on each page; printed is the shortest time of each
over the rounds, and the ratios the issue asks for: ours below 0.5 x Readability and below 0.33 x trafilatura.
Readability is measured on jsdom, the document model that its own README runs it on, and on linkedom, which is faster
and which its README does not name.  A reader that is not installed is left out.
"""

from __future__ import annotations

import argparse
import inspect
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
WARM = 2  # rounds before any counts: the readers compile and load what they need
PAGES = ROOT.parent / "shared" / "corpus" / "pages"


Reader = Callable[[Path], float]
"""Reads a page once and gives the milliseconds it took."""


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def ours() -> Reader:
    """From the file to the cleaned document.  What a run remembers of earlier lines is forgotten before each page, so
    that no round gains by the one before; what every page shares (weights, tables) is loaded once, as in any run."""
    from convert import source
    from convert.clean import clean
    from convert.readers import read

    def reader(page: Path) -> float:
        for cached in remembered():
            cached.cache_clear()
        return timed(lambda: clean(read(source.load(page))))

    return reader


def remembered() -> list[Any]:
    """The functions of the package that keep what they made of an argument."""
    modules = [module for name, module in sys.modules.items() if name.startswith("convert.")]
    cached = [value for module in modules for value in vars(module).values() if hasattr(value, "cache_clear")]
    return [value for value in cached if inspect.signature(value).parameters]


def trafilatura() -> Reader | None:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        return None
    options = {"with_metadata": True, "include_images": True, "include_tables": True}

    def reader(page: Path) -> float:
        data = page.read_bytes()
        return timed(lambda: bare_extraction(data, **options))

    return reader


def readability(node: Path | None, model: str) -> Reader | None:
    """Readability on a document model for Node."""
    if node is None or not (node / "node_modules" / model).is_dir():
        return None
    script = Path(__file__).with_name("readability.mjs")
    pipe = subprocess.PIPE
    running = subprocess.Popen(["node", script, model], cwd=node, stdin=pipe, stdout=pipe, text=True)
    asked, answers = running.stdin, running.stdout
    assert asked is not None
    assert answers is not None

    def reader(page: Path) -> float:
        asked.write(f"{page}\n")
        asked.flush()
        return float(answers.readline())

    return reader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--node", type=Path, help="folder where the npm packages are installed")
    parser.add_argument("--rounds", type=int, default=9)
    chosen = parser.parse_args()
    pages = [page.resolve() for page in chosen.pages] or sorted(PAGES.glob("*.html"))
    found = {
        "wenban": ours(),
        "on jsdom": readability(chosen.node, "jsdom"),
        "on linkedom": readability(chosen.node, "linkedom"),
        "trafilatura": trafilatura(),
    }
    readers = {name: reader for name, reader in found.items() if reader is not None}
    best: dict[tuple[str, Path], float] = {}
    for at in range(chosen.rounds + WARM):
        for page in pages:
            for name, reader in readers.items():  # one after the other, so that all meet the same disturbance
                took = reader(page)
                if at >= WARM:
                    best[name, page] = min(took, best.get((name, page), took))
    print(f"{'page':28}" + "".join(f"{name:>13}" for name in readers) + "   ratios")
    for page in pages:
        row = [best[name, page] for name in readers]
        print(
            f"{page.name:28}"
            + "".join(f"{took:13.1f}" for took in row)
            + "".join(f"{row[0] / o:7.2f}" for o in row[1:])
        )
    sums = {name: sum(best[name, page] for page in pages) for name in readers}
    print(f"{'sum, ms':28}" + "".join(f"{total:13.1f}" for total in sums.values()))
    for name, limit in (("on jsdom", 0.5), ("on linkedom", 0.5), ("trafilatura", 1 / 3)):
        if name in sums:
            middle = statistics.median(best["wenban", page] / best[name, page] for page in pages)
            ratio = sums["wenban"] / sums[name]
            print(f"ratio to {name}: {ratio:.2f} in total, {middle:.2f} on the median page (limit {limit:.2f})")


if __name__ == "__main__":
    main()
