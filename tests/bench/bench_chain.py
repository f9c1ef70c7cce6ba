"""The peer chain users have today, and our conversion of the same text, in one run on one machine.

The chain: pandoc to DOCX, pandoc to EPUB, pandoc to typst and typst to PDF, from Markdown that holds our cleaned text
with its headings (the chain cannot clean).  Ours: the raw page through every stage, editions read back and published.
Each repetition has a text of its own, for typst remembers paragraphs it has set before.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from convert.model import Document, Heading, Paragraph, plain
from convert.run import pipeline, reading
from convert.run.options import Options

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "source" / "hongshan-2021.txt"
MODIFIED = "2021-12-31T00:00:00Z"
FORMATS = ("docx", "pdf", "epub")


class Row(NamedTuple):
    """Medians of one kind of work, seconds, or megabytes where unit is kB; budget: the ratio that is allowed, None
    where there is none."""

    work: str
    ours: float
    chain: float
    budget: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        return self.ours / self.chain


def variant(text: str, number: int) -> str:
    """The sample with a mark of its own in each long line."""
    return re.sub(r"(?m)^(.{40,})$", lambda line: f"{line[1][:20]}\u7b2c{number}\u6b21{line[1][20:]}", text)


def markdown(document: Document) -> str:
    """The document as a person would write it for pandoc."""
    lines = ["---", f"title: {document.metadata.title}", "lang: zh-CN", "---", ""]
    for block in document.blocks:
        match block:
            case Heading():
                lines += [f"{'#' * block.level} {plain(block.children)}", ""]
            case Paragraph() if block.role not in ("title", "meta"):
                lines += [re.sub(r"([\\`*_{}\[\]<>#|~^$@])", r"\\\1", plain(block.children)), ""]
    return "\n".join(lines)


class Chain:
    """pandoc (a process each time, as it is) and typst (in this process, its fonts loaded)."""

    def __init__(self, folder: Path) -> None:
        import pylopdf_fonts_zh_cn
        import pypandoc
        import typst

        self.folder = folder
        self.pandoc = pypandoc.get_pandoc_path()
        self.fonts = Path(pylopdf_fonts_zh_cn.serif_path()).parent
        self.compiler: Any = typst.Compiler(root=str(folder), font_paths=[str(self.fonts)])

    def convert(self, source: Path, spent: dict[str, float]) -> None:
        for name in ("docx", "epub"):
            spent[name] = timed(lambda name=name: self._pandoc(source, self.folder / f"chain.{name}"))
        spent["pdf"] = timed(lambda: (self._typst_source(source), self._typst()))

    def typst_alone(self) -> float:
        return timed(self._typst)

    def cold(self, source: Path) -> None:
        """Each tool as a command."""
        for name in ("docx", "epub"):
            self._pandoc(source, self.folder / f"chain.{name}")
        self.cold_pdf(source)

    def cold_pdf(self, source: Path) -> None:
        """pandoc to typst and typst to PDF, as commands."""
        self._typst_source(source)
        script = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]])"
        paths = [self.folder / "chain.typ", self.folder / "chain.pdf", self.fonts]
        subprocess.run([sys.executable, "-c", script, *map(str, paths)], check=True, env=installed(self.folder))

    def _pandoc(self, source: Path, out: Path, *more: str) -> None:
        subprocess.run([self.pandoc, "--quiet", "-s", str(source), "-o", str(out), *more], check=True)

    def _typst_source(self, source: Path) -> None:
        self._pandoc(source, self.folder / "chain.typ", "-V", "mainfont=Noto Serif SC", "-V", "papersize=a4")

    def _typst(self) -> None:
        self.compiler.compile(input=str(self.folder / "chain.typ"), output=str(self.folder / "chain.pdf"))


def ours(source: Path, out: Path, *, check: bool = True) -> dict[str, float]:
    """Seconds by stage for one warm conversion."""
    options = Options(MODIFIED, FORMATS, "gongwen", check=check)
    return pipeline.run(pipeline.Job(source.name, str(source), "ours", str(out), options)).timings


def ours_cold(source: Path, out: Path, *more: str) -> None:
    """The command as users type it, for editions not there yet; they are read back unless `more` says not to."""
    command = [sys.executable, "-m", "convert", "convert", str(source), "-o", str(out), "-q", "--force", *more]
    subprocess.run(command, check=True, env=installed(out))


def installed(folder: Path) -> dict[str, str]:
    """The environment of a tool that is installed: its bytecode is kept (here in a folder of the bench)."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(folder: Path, repetitions: int) -> list[Row]:
    """All rows, the two sides in turn."""
    text = SAMPLE.read_text(encoding="utf-8")
    chain = Chain(folder)
    page, notes = folder / "page.txt", folder / "page.md"
    seconds: dict[str, list[float]] = {}

    def note(name: str, spent: float) -> None:
        seconds.setdefault(name, []).append(spent)

    for number in range(repetitions + 1):
        page.write_text(variant(text, number), encoding="utf-8")
        notes.write_text(markdown(reading.read(page)), encoding="utf-8")
        stages: dict[str, float] = {}
        parts: dict[str, float] = {}
        whole = timed(lambda stages=stages: stages.update(ours(page, folder)))
        unchecked = timed(lambda: ours(page, folder, check=False))
        chained = timed(lambda parts=parts: chain.convert(notes, parts))
        # Set anew: its own text was set a moment ago.
        notes.write_text(markdown(reading.read(page)).replace("\u7b2c", "\u53c8"), encoding="utf-8")
        chain._typst_source(notes)
        typst = chain.typst_alone()
        cold, chain_cold = timed(lambda: ours_cold(page, folder)), timed(lambda: chain.cold(notes))
        cold_pdf = timed(lambda: ours_cold(page, folder, "-t", "pdf"))
        unread_pdf = timed(lambda: ours_cold(page, folder, "-t", "pdf", "--no-verify"))
        chain_cold_pdf = timed(lambda: chain.cold_pdf(notes))
        if number == 0:  # the first warms both sides up
            continue
        for name, spent in (
            ("whole", whole), ("unchecked", unchecked), ("chain", chained), ("typst", typst),
            ("cold", cold), ("chain cold", chain_cold),
            ("cold pdf", cold_pdf), ("unread pdf", unread_pdf), ("chain cold pdf", chain_cold_pdf),
            *((f"our {name}", stages[name]) for name in FORMATS),
            *((f"chain {name}", parts[name]) for name in FORMATS),
        ):  # fmt: skip
            note(name, spent)

    middle = {name: statistics.median(values) for name, values in seconds.items()}
    return [
        Row("three editions, warm, read back", middle["whole"], middle["chain"], 0.4),
        Row("three editions, warm, --no-verify", middle["unchecked"], middle["chain"]),
        Row("three editions, cold command", middle["cold"], middle["chain cold"], 1.0),
        Row("DOCX, warm, against pandoc", middle["our docx"], middle["chain docx"]),
        Row("EPUB, warm, against pandoc", middle["our epub"], middle["chain epub"]),
        Row("PDF, warm, against pandoc + typst", middle["our pdf"], middle["chain pdf"]),
        Row("PDF, warm, against typst alone", middle["our pdf"], middle["typst"], 1.2),
        Row("PDF, cold command, read back", middle["cold pdf"], middle["chain cold pdf"], 1.0),
        Row("PDF, cold command, --no-verify", middle["unread pdf"], middle["chain cold pdf"]),
    ]
