"""DOCX against pandoc: a long report, read and cleaned once, written by both in one run on one machine.

Ours: the document of the model to a file, in this process, warm.  pandoc: its Markdown to a file, as it is.  The report
is the sample's body repeated to some 20,000 characters, each time with a mark of its own, and the shared reports where
they are at hand.  `python -m tests.bench.bench_docx` prints the ratios and ends with 1 where the budget is broken.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec

from convert import style, writers
from convert.model import Document, Heading
from convert.run import reading

from .bench_chain import ROOT, SAMPLE, Row, markdown, timed, variant

BUDGET = 0.5
LENGTH = 20_000
REPORTS = ROOT.parent / "shared" / "corpus" / "reports"


def long_report(folder: Path) -> Document:
    """The sample over and over, its headings numbered through."""
    source = folder / "long.txt"
    whole: Document | None = None
    for number in range(1, LENGTH // 3_700 + 1):
        source.write_text(variant(SAMPLE.read_text(encoding="utf-8"), number), encoding="utf-8")
        found = reading.read(source)
        blocks = tuple(
            msgspec.structs.replace(block, id=f"{block.id}x{number}") if isinstance(block, Heading) else block
            for block in found.blocks
        )
        whole = msgspec.structs.replace(whole, blocks=whole.blocks + blocks) if whole else found
    assert whole is not None
    return whole


def measure(folder: Path, repetitions: int) -> list[Row]:
    """One row for each report, medians, the two sides in turn."""
    documents = {"sample": reading.read(SAMPLE), "long report": long_report(folder)}
    if REPORTS.is_dir():
        documents |= {path.stem: reading.read(path) for path in sorted(REPORTS.glob("*.txt"))}
    return [_row(name, document, folder, repetitions) for name, document in documents.items()]


def _row(name: str, document: Document, folder: Path, repetitions: int) -> Row:
    import pypandoc

    look = style.load("gongwen")
    notes, out, theirs = folder / "report.md", folder / "ours.docx", folder / "pandoc.docx"
    notes.write_text(markdown(document), encoding="utf-8")
    command = [pypandoc.get_pandoc_path(), "--quiet", "-s", str(notes), "-o", str(theirs)]

    def ours() -> None:
        with out.open("wb") as stream:
            writers.write("docx", document, look, stream)

    spent: list[tuple[float, float]] = []
    for _ in range(repetitions + 1):
        spent.append((timed(ours), timed(lambda: subprocess.run(command, check=True))))
    mine, chain = (statistics.median(values) for values in zip(*spent[1:], strict=True))  # the first warms up
    return Row(f"DOCX of {name}, warm", mine, chain, BUDGET)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), 7)
    for row in rows:
        print(f"{row.work:32} {row.ours * 1000:7.1f} ms {row.chain * 1000:7.1f} ms {row.ratio:6.3f}  <= {row.budget:g}")
    return int(any(row.ratio > BUDGET for row in rows))


if __name__ == "__main__":
    sys.exit(main())
