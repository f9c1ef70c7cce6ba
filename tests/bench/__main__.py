"""`make bench`: prints our times, the peer chain's, their ratios and the budgets.

Ends with 1 where the first row, three editions from a warm process, takes more than ACCEPTED of the chain's time.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from . import bench_chain, bench_pdf

ACCEPTED = 0.6


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=7)
    repetitions = parser.parse_args().repetitions
    with tempfile.TemporaryDirectory() as folder:
        rows = bench_chain.measure(Path(folder), repetitions) + bench_pdf.measure(Path(folder), repetitions)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, medians of {repetitions} repetitions")
    print(f"{'work':40} {'ours':>9} {'chain':>9} {'ratio':>6}  budget")
    for row in rows:
        budget = "" if row.budget is None else f"{row.budget:6.2f}{'  over' if row.ratio > row.budget else ''}"
        ours, chain = (f"{value * 1000:6.0f} {row.unit}" for value in (row.ours, row.chain))
        print(f"{row.work:40} {ours:>9} {chain:>9} {row.ratio:6.2f}  {budget}")
    return int(rows[0].ratio > ACCEPTED)


if __name__ == "__main__":
    sys.exit(main())
