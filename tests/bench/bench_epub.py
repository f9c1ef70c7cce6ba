"""The EPUB edition's time against pandoc's for the same text: `python -m tests.bench.bench_epub`.

Ours is warm and from the cleaned document, as it is in a run; pandoc's is a process each time, as users have it.  The
sample, and a long report where the shared corpus is at hand.  Ends with 1 where the budget is broken.
"""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from convert import style, writers
from convert.run import reading

from .bench_chain import ROOT, SAMPLE, Row, markdown, timed

BUDGET = 0.3
REPORTS = ROOT.parent / "shared" / "corpus" / "reports"


def measure(folder: Path, repetitions: int) -> list[Row]:
    """A row for each text, the two sides in turn."""
    import pypandoc

    look = style.load("gongwen")
    pandoc = pypandoc.get_pandoc_path()
    rows = []
    for path in (SAMPLE, *sorted(REPORTS.glob("*.txt"))[:1]):
        document = reading.read(path)
        source, out = folder / "page.md", folder / "page.epub"
        source.write_text(markdown(document), encoding="utf-8")
        ours, theirs = [], []
        for _ in range(repetitions + 1):
            ours.append(timed(lambda document=document: writers.write("epub", document, look, io.BytesIO())))
            command = [pandoc, "--quiet", "-s", str(source), "-o", str(out)]
            theirs.append(timed(lambda command=command: subprocess.run(command, check=True)))
        # The first warms both sides up.
        rows.append(
            Row(
                f"EPUB of {path.stem}, warm, against pandoc",
                statistics.median(ours[1:]),
                statistics.median(theirs[1:]),
                BUDGET,
            )
        )
    return rows


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), 11)
    for row in rows:
        print(f"{row.work:48} {row.ours * 1000:6.1f} ms {row.chain * 1000:6.1f} ms {row.ratio:5.2f}  <= {BUDGET}")
    return int(any(row.ratio > BUDGET for row in rows))


if __name__ == "__main__":
    sys.exit(main())
