"""The PDF edition against typst, both warm, on the shared reports: the same text, page and size, in one run.

typst gets its source ready made and keeps its fonts loaded; ours begins with the cleaned document.  Each repetition
marks the text anew, for typst remembers paragraphs it has set before.
"""

from __future__ import annotations

import io
import re
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from convert import clean, readers, source, style, writers
from convert.model import Document, Heading, Paragraph, plain

from .bench_chain import Row, timed, variant

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT.parent / "shared" / "corpus" / "reports"
_SETTING = """#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm), numbering: "1")
#set text(font: "Noto Serif SC", size: 15.75pt, lang: "zh", region: "cn")
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 13.78pt, spacing: 13.78pt)
"""


def markup(document: Document) -> str:
    """The document as a person would write it for typst."""
    lines = [_SETTING]
    for block in document.blocks:
        match block:
            case Heading():
                lines += [f"{'=' * block.level} {_escaped(plain(block.children))}", ""]
            case Paragraph() if block.role not in ("title", "meta"):
                lines += [_escaped(plain(block.children)), ""]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return re.sub(r"([\\#*_`$@<>\[\]~/=+-])", r"\\\1", text)


def measure(folder: Path, repetitions: int) -> list[Row]:
    """Time and size over all shared reports together; no rows where they are absent."""
    paths = sorted(REPORTS.glob("*.txt"))
    if not paths:
        return []
    import pylopdf_fonts_zh_cn
    import typst

    fonts = Path(pylopdf_fonts_zh_cn.serif_path()).parent
    compiler: Any = typst.Compiler(root=str(folder), font_paths=[str(fonts)])
    look = style.load("gongwen")
    ours: list[float] = []
    theirs: list[float] = []
    sizes = [0, 0]
    for number in range(repetitions + 1):
        spent = [0.0, 0.0]
        sizes = [0, 0]
        for path in paths:
            marked = folder / "report.txt"
            marked.write_text(variant(path.read_text(encoding="utf-8"), number), encoding="utf-8")
            document = clean.clean(readers.read(source.load(marked)))
            (folder / "report.typ").write_text(markup(document), encoding="utf-8")
            stream = io.BytesIO()
            spent[0] += timed(lambda stream=stream, document=document: writers.write("pdf", document, look, stream))
            out = folder / "report.pdf"
            spent[1] += timed(lambda out=out: compiler.compile(input=str(folder / "report.typ"), output=str(out)))
            sizes[0] += len(stream.getvalue())
            sizes[1] += out.stat().st_size
        if number:
            ours.append(spent[0])
            theirs.append(spent[1])
    count = len(paths)
    return [
        *growth(),
        Row(f"PDF of {count} reports, warm, against typst", statistics.median(ours), statistics.median(theirs), 1.2),
        Row("size of these files", sizes[0] / 1e6, sizes[1] / 1e6, 1.0, "kB"),
    ]


LARGE = 2_000_000
_GROWTH = """
import io, resource, sys, time
from convert import style, writers
from convert.model import Document, Metadata, Paragraph, SourceInfo, Text
text = (sys.stdin.read() * (int(sys.argv[1]) // 1000))[:int(sys.argv[1])]
blocks = tuple(Paragraph((Text(line),)) for line in text.split("\\n") if line)
document = Document(SourceInfo("large.txt", "0" * 64, "text/plain", "utf-8", 1), Metadata(language="zh-Hans"), blocks)
start = time.process_time()
writers.write("pdf", document, style.load("gongwen"), io.BytesIO())
print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)
"""


def growth() -> list[Row]:
    """Processor time and peak memory of one document of a million characters and of two, each in its own process."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(REPORTS.glob("*.txt")))
    lines = "\n".join(line.strip() for line in text.split("\n") if line.strip()) + "\n"

    def spent(count: int) -> tuple[float, float]:
        command = [sys.executable, "-c", _GROWTH, str(count)]
        done = subprocess.run(command, input=lines, capture_output=True, check=True, encoding="utf-8")
        seconds, megabytes = map(float, done.stdout.split())
        return seconds, megabytes

    half, whole = spent(LARGE // 2), spent(LARGE)
    return [
        Row("PDF of 2,000,000 characters, against half", whole[0], half[0], 2.2),
        Row("its memory, against 1 GB", whole[1], 1000.0, 1.0, "kB"),
    ]
