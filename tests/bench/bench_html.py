"""Reading and cleaning saved pages against Readability (npm, on linkedom) and trafilatura, in one run.

    npm install --prefix FOLDER @mozilla/readability linkedom
    pip install trafilatura
    python tests/bench/bench_html.py --node FOLDER [--rounds 7] [PAGE.html ...]

Without pages the shared corpus is used.  Prints the median time of each page and reader, and the ratios the issue
asks for: ours below 0.5 x Readability and below 0.33 x trafilatura.  A reader that is not installed is left out.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
PAGES = ROOT.parent / "shared" / "corpus" / "pages"


def timed(work: Callable[[], object], rounds: int) -> float:
    """The median time of `rounds` runs after two to warm up, in milliseconds."""
    times: list[float] = []
    for at in range(rounds + 2):
        start = time.perf_counter()
        work()
        if at >= 2:
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def ours(pages: list[Path], rounds: int) -> dict[str, float]:
    from convert import source
    from convert.clean import clean
    from convert.readers import read

    return {page.name: timed(lambda page=page: clean(read(source.load(page))), rounds) for page in pages}  # type: ignore[misc]


def trafilatura(pages: list[Path], rounds: int) -> dict[str, float]:
    try:
        from trafilatura import bare_extraction
    except ImportError:
        return {}
    texts = {page.name: page.read_bytes() for page in pages}
    options = {"with_metadata": True, "include_images": True, "include_tables": True}
    return {name: timed(lambda data=data: bare_extraction(data, **options), rounds) for name, data in texts.items()}  # type: ignore[misc]


def readability(pages: list[Path], rounds: int, node: Path | None) -> dict[str, float]:
    if node is None:
        return {}
    script = Path(__file__).with_name("readability.mjs")
    command = ["node", str(script), str(rounds), *map(str, pages)]
    done = subprocess.run(command, cwd=node, capture_output=True, text=True, check=True)
    return {Path(path).name: found["ms"] for path, found in json.loads(done.stdout).items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--node", type=Path, help="folder where the npm packages are installed")
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    pages = [page.resolve() for page in chosen.pages] or sorted(PAGES.glob("*.html"))
    columns = {
        "wenban": ours(pages, chosen.rounds),
        "readability": readability(pages, chosen.rounds, chosen.node),
        "trafilatura": trafilatura(pages, chosen.rounds),
    }
    print(f"{'page':28}" + "".join(f"{name:>13}" for name in columns))
    for page in pages:
        print(
            f"{page.name:28}" + "".join(f"{column.get(page.name, float('nan')):13.1f}" for column in columns.values())
        )
    sums = {name: sum(column.values()) for name, column in columns.items() if column}
    print(f"{'sum, ms':28}" + "".join(f"{sums.get(name, float('nan')):13.1f}" for name in columns))
    for name, limit in (("readability", 0.5), ("trafilatura", 1 / 3)):
        if name in sums:
            print(f"ratio to {name}: {sums['wenban'] / sums[name]:.2f} (limit {limit:.2f})")


if __name__ == "__main__":
    main()
