"""`make bench`: prints our times, the peer chain's, and their ratios; ends with 1 where a budget is broken."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

from .bench_chain import measure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repetitions", type=int, default=7)
    repetitions = parser.parse_args().repetitions
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), repetitions)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors, medians of {repetitions} repetitions")
    print(f"{'work':36} {'ours':>9} {'chain':>9} {'ratio':>6}  budget")
    broken = False
    for row in rows:
        budget = "" if row.budget is None else f"<= {row.budget:g}"
        if row.budget is not None and row.ratio > row.budget:
            budget, broken = f"{budget}  BROKEN", True
        print(f"{row.work:36} {row.ours * 1000:6.0f} ms {row.chain * 1000:6.0f} ms {row.ratio:6.2f}  {budget}")
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
