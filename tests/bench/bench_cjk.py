"""Line composition beside others: the same text by us, by LuaTeX-ja with jlreq and by Chromium, measured by one audit.

In: a language and texts.  Each is read by us; its body goes, without readings, to all programs, with the same faces and
measure: to us as the style `report`, to LuaTeX-ja (Japanese only, Debian texlive-lang-japanese) as a jlreq article, to
Chromium as HTML that asks for strict line breaking and justified lines.  Out: a table of what `cjk_audit` finds.
`python -m tests.bench.bench_cjk ja TEXT...` prints it, and ends with 1 where another has fewer breaches than we have;
`ja vertical TEXT...` sets lines from top to bottom, by us in the style `vertical`.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from convert import style
from convert.model import Document, Heading, Paragraph, Text, map_blocks, plain
from convert.run import pipeline, reading
from convert.typography import fonts

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import cjk_audit

_TEX = """\\documentclass[%spaper=a4,fontsize=%.2fpt,line_length=%dzw]{jlreq}
\\usepackage{luatexja-fontspec}
\\setmainjfont{%s}[Path=%s/]
\\begin{document}
%s
\\end{document}
"""
_HTML = """<!DOCTYPE html><html lang="%s"><meta charset="utf-8"><style>
@font-face { font-family: body; src: url("file://%s") }
@page { size: A4; margin: %s }
html { writing-mode: %s }
body { margin: 0; font: %.2fpt/1.75 body; line-break: strict; text-align: justify; text-autospace: normal; %s}
p { margin: 0; text-indent: 1em } h1, h2, h3, h4, h5, h6 { font-size: 12pt; text-align: start }
</style>%s"""
_SPECIAL = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    **{c: f"\\{c}" for c in "{}$&#%_"},
}


def body_of(document: Document) -> Document:
    """The document without readings, emphasis and what stands below its text."""

    def bare(block: object) -> object:
        if isinstance(block, Paragraph) and block.role not in ("body", "title"):
            return None
        if isinstance(block, Paragraph | Heading):
            return type(block)(**{**_fields(block), "children": (Text(plain(block.children)),)})
        return None

    return Document(document.source, document.metadata, map_blocks(document.blocks, bare))  # type: ignore[arg-type]


def _fields(block: Paragraph | Heading) -> dict[str, object]:
    return {name: getattr(block, name) for name in block.__struct_fields__}


class Made(NamedTuple):
    """How lines are set: their direction, the size of the body and the measure, points."""

    vertical: bool
    size: float
    measure: float


def by_tex(document: Document, face: Path, how: Made, folder: Path) -> Path:
    """A jlreq article of the document."""
    lines = []
    for block in document.blocks:
        if isinstance(block, Paragraph | Heading):
            said = "".join(_SPECIAL.get(char, char) for char in plain(block.children))
            lines.append(f"\\section*{{{said}}}" if isinstance(block, Heading) else f"{said}\n")
    said = ("tate," if how.vertical else "", how.size, round(how.measure / how.size), face.name, face.parent)
    (folder / "page.tex").write_text(_TEX % (*said, "\n".join(lines)), "utf-8")
    subprocess.run(
        ["lualatex", "-interaction=batchmode", "page.tex"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=900,
    )
    return folder / "page.pdf"


def by_chromium(document: Document, face: Path, how: Made, folder: Path) -> Path:
    """The document as Chromium prints it."""
    language = document.metadata.language or ""
    lines = []
    for block in document.blocks:
        if isinstance(block, Paragraph | Heading):
            name = f"h{block.level + 1}" if isinstance(block, Heading) else "p"
            lines.append(f"<{name}>{html.escape(plain(block.children))}</{name}>")
    words = "word-break: keep-all; " if language.startswith("ko") else ""
    page = folder / "page.html"
    side = ((297 if how.vertical else 210) - how.measure * 25.4 / 72) / 2
    margins = f"{side:.3f}mm 25mm" if how.vertical else f"25mm {side:.3f}mm"
    mode = "vertical-rl" if how.vertical else "horizontal-tb"
    page.write_text(_HTML % (language, face, margins, mode, how.size, words, "\n".join(lines)), "utf-8")
    made = folder / "chromium.pdf"
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={made}",
         page.as_uri()],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=300,
    )  # fmt: skip
    return made


def measured(language: str, paths: Sequence[Path], *, vertical: bool) -> dict[str, tuple[int, Counter[str]]]:
    """Characters and breaches by rule, for each program that is here."""
    look = style.in_language(style.load("vertical" if vertical else "report"), language)
    size = float(look.elements.body.size)
    whole = look.page.text_height if vertical else look.page.text_width
    measure = float(look.grid.characters * look.grid.character_pitch or whole)
    how = Made(vertical, size, measure)
    face = Path(fonts.resolve(look, language).face("song").path)
    out: dict[str, tuple[int, Counter[str]]] = {}
    for path in paths:
        document = body_of(reading.read(path))
        source = "\n".join(plain(b.children) for b in document.blocks if isinstance(b, Paragraph | Heading))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            ours = folder / "ours.pdf"
            ours.write_bytes(pipeline.write("pdf", document, look)[0])
            made = {"wenban": ours}
            if shutil.which("chromium"):
                made["Chromium"] = by_chromium(document, face, how, folder)
            if language == "ja" and shutil.which("lualatex"):
                made["LuaTeX-ja"] = by_tex(document, face, how, folder)
            for who, pdf in made.items():
                fallen: list[cjk_audit.Fault] = []
                if vertical:
                    found, frame, fallen = cjk_audit.seen_columns(pdf)
                else:
                    found, frame = cjk_audit.seen_frame(pdf)
                count, rules = out.setdefault(who, (0, Counter()))
                faults = [*fallen, *cjk_audit.audit(found, frame, language, source)]
                rules.update(fault.rule for fault in faults)
                out[who] = (count + sum(len(line.text.strip()) for line in found), rules)
    return out


def main() -> int:
    """Prints the table; 1 where another program has fewer breaches."""
    language, *names = sys.argv[1:]
    vertical = names[:1] == ["vertical"]
    table = measured(language, [Path(name) for name in names[vertical:]], vertical=vertical)
    rules = [rule for rule in cjk_audit.RULES if any(found[rule] for _, found in table.values())]
    sys.stdout.write(f"{'program':12}{'characters':>12}{'breaches':>10}  " + "  ".join(rules) + "\n")
    for who, (count, found) in table.items():
        each = "  ".join(f"{found[rule]:>{len(rule)}}" for rule in rules)
        sys.stdout.write(f"{who:12}{count:>12}{found.total():>10}  {each}\n")
    return int(any(found.total() < table["wenban"][1].total() for _, found in table.values()))


if __name__ == "__main__":
    sys.exit(main())
