"""The table of the docs that compares this program with others: `python -m tests.comparison FOLDER` runs each program
that is on PATH over one page and writes `convert/docs/pages/comparison.md`, each cell with the command it comes from.

What is not installed has a dash. The page is one of a government: GBK, with a menu, marks that scraping made half-width
and headings by Chinese numerals; a picture of a page stands for paper.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "convert" / "docs" / "pages" / "comparison.md"
TOOLS = {
    "wenban": "wenban --version", "pandoc": "pandoc --version", "calibre": "ebook-convert --version",
    "OCRmyPDF": "ocrmypdf --version", "docling": "docling --version", "gongwen-skill": "gongwen --version",
}  # fmt: skip
HTML = (
    "<html><head><meta charset='gbk'><title>关于开展检查的通知</title></head><body>"
    "<div class='nav'><a href='/'>首页</a> <a href='/zw'>政务公开</a> <a href='/hd'>互动交流</a></div>"
    "<h1>关于开展检查的通知</h1><div>发布时间:2021-12-31 来源:市政府办公室 【打印】【关闭窗口】</div>"
    "<p>各县区人民政府:</p><p>为加强管理,现将有关事项通知如下.</p><p>一\u3001总体要求</p><p>(一)加强领导.各单位要落实责任,"
    "明确分工.</p><p>(二)按时完成.请于月底前将结果报送办公室.</p><p>二\u3001工作安排</p><p>检查分为两个阶段,具体安排另行通知.</p>"
    "<p style='text-align:right'>市政府办公室</p><p style='text-align:right'>2021年12月31日</p>"
    "<div class='foot'>版权所有 网站地图 联系我们</div></body></html>"
)

FROM_THE_NETWORK = ("docling", "ocr")
"""It fetches its models when it is first called."""
LIMIT = 150
"""Seconds a command may take."""

# Program -> file made -> the command that makes it; what several commands make has the last one's name.
COMMANDS: dict[str, dict[str, str]] = {
    "wenban": {
        "docx": "wenban convert page.html -o wenban.docx",
        "pdf": "wenban convert page.html -o wenban.pdf",
        "epub": "wenban convert page.html -o wenban.epub",
        "book": "wenban bind first.html second.html -o wenban-book.epub",
        "record": "wenban inspect page.html --removed > wenban-record.txt",
        "again": "wenban convert page.html -o wenban-again.docx",
        "verified": "wenban convert page.html -o editions -q && wenban verify editions > wenban-verified.txt",
        "ocr": "wenban convert scan.png -o wenban-ocr.txt",
        "odt": "wenban convert page.html -o wenban.odt",
    },
    "pandoc": {
        "docx": "pandoc page.html -o pandoc.docx",
        "pdf": "pandoc page.html -s -t typst -o pandoc.typ && "
        'python -c \'import typst; typst.compile("pandoc.typ", output="pandoc.pdf")\'',
        "epub": "pandoc page.html -o pandoc.epub",
        "book": "pandoc first.html second.html -o pandoc-book.epub",
        "again": "pandoc page.html -o pandoc-again.docx",
        "ocr": "pandoc scan.png -t plain -o pandoc-ocr.txt",
        "odt": "pandoc page.html -o pandoc.odt",
    },
    "calibre": {
        "docx": "ebook-convert page.html calibre.docx",
        "pdf": "ebook-convert page.html calibre.pdf",
        "epub": "ebook-convert page.html calibre.epub",
        "again": "ebook-convert page.html calibre-again.docx",
        "azw3": "ebook-convert page.html calibre.azw3",
    },
    "OCRmyPDF": {
        "pdf": "ocrmypdf --image-dpi 150 -l chi_sim scan.png OCRmyPDF.pdf",
        "ocr": "ocrmypdf --image-dpi 150 -l chi_sim --sidecar OCRmyPDF-ocr.txt scan.png OCRmyPDF-2.pdf",
        "docx": "ocrmypdf page.html OCRmyPDF.docx",
    },
    "docling": {
        "md": "docling page.html --to md --output . && mv page.md docling.md",
        "docx": "docling page.html --to docx --output .",
    },
    "gongwen-skill": {
        "docx": "gongwen md2docx page.html -t notice -o gongwen-skill.docx",
        "check": "gongwen check wenban.docx -t notice --json > gongwen-skill-check.txt",
        "again": "gongwen md2docx page.html -t notice -o gongwen-skill-again.docx",
    },
}


def file_of(tool: str, kind: str) -> str:
    """The kind of file that shows a thing: what a page says is looked for in the DOCX, of docling in its Markdown."""
    return {"docling": "md"}.get(tool, "docx") if kind == "text" else kind


def made(folder: Path, tool: str, kind: str) -> Path | None:
    """The file that a program made, where it did."""
    kind = file_of(tool, kind)
    name = {"book": "-book.epub", "again": "-again.docx", "ocr": "-ocr.txt", "record": "-record.txt",
            "verified": "-verified.txt", "check": "-check.txt"}.get(kind, f".{kind}")  # fmt: skip
    path = folder / f"{tool}{name}"
    return path if path.is_file() and path.stat().st_size else None


def text_of(path: Path | None) -> str:
    """The text of a DOCX, EPUB, PDF or text file, without white space."""
    if path is None:
        return ""
    if path.suffix == ".pdf":
        text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=False).stdout
    elif path.suffix in (".docx", ".epub", ".odt"):
        text = re.sub("<[^>]+>", "", "".join(xml_of(path, r"document\.xml$|x?html$|content\.xml$")))
    else:
        text = path.read_text(encoding="utf-8", errors="replace")
    return "".join(text.split())


def xml_of(path: Path | None, names: str) -> list[str]:
    """The parts of an archive whose names are such."""
    if path is None:
        return []
    with zipfile.ZipFile(path) as archive:
        found = (name for name in archive.namelist() if re.search(names, name))
        return [archive.read(name).decode("utf-8", "replace") for name in found]


Look = Callable[[Path, str], bool]


def holds(kind: str, wanted: str) -> Look:
    """Whether a file of a kind has some text."""
    return lambda folder, tool: wanted in text_of(made(folder, tool, kind))


def lacks(kind: str, unwanted: str) -> Look:
    """Whether a file of a kind was made and has no such text."""
    return lambda folder, tool: "总体要求" in (text := text_of(made(folder, tool, kind))) and unwanted not in text


def says(kind: str, names: str, wanted: str) -> Look:
    """Whether a part of an archive says something."""
    return lambda folder, tool: any(re.search(wanted, part) for part in xml_of(made(folder, tool, kind), names))


def bytes_of(kind: str, wanted: bytes) -> Look:
    """Whether a file has some bytes."""
    return lambda folder, tool: (path := made(folder, tool, kind)) is not None and wanted in path.read_bytes()


def _same(folder: Path, tool: str) -> bool:
    one, other = made(folder, tool, "docx"), made(folder, tool, "again")
    return one is not None and other is not None and one.read_bytes() == other.read_bytes()


_HEADING = r'pStyle w:val="[^"]*[Hh]eading ?1[^>]*>(?:(?!</w:p>).)*\u603b\u4f53\u8981\u6c42'
_MARGIN = r'w:left="15[5-9]\d"'


def _archival(folder: Path, tool: str) -> bool:
    import pikepdf

    path = made(folder, tool, "pdf")
    if path is None:
        return False
    with pikepdf.open(path) as pdf:
        return "/StructTreeRoot" in pdf.Root and "/Metadata" in pdf.Root and b"pdfaid" in pdf.Root.Metadata.read_bytes()


FEATURES: list[tuple[str, str, Look]] = [
    ("a page in GBK is read", "text", holds("text", "各县区人民政府")),
    ("the menu and the site's foot are left out", "text", lacks("text", "网站地图")),
    ("marks are full-width again", "text", holds("text", "现将有关事项通知如下\u3002")),
    ("`一\u3001` is a heading of the DOCX", "docx", says("docx", r"document\.xml$", _HEADING)),
    ("the margin inside is that of GB/T 9704 (28 mm)", "docx", says("docx", r"document\.xml$", _MARGIN)),
    ("PDF", "pdf", bytes_of("pdf", b"%PDF")),
    ("the PDF is tagged and says it is PDF/A", "pdf", _archival),
    ("EPUB", "epub", bytes_of("epub", b"application/epub+zip")),
    ("the EPUB's contents has the headings", "epub", says("epub", r"nav\.x?html$|toc\.ncx$", "总体要求")),
    ("ODT by its own writer", "odt", says("odt", r"content\.xml$", "text:p")),
    ("many pages, one book", "book", holds("book", "第二份通知")),
    ("what was left out is said, with the reason", "record", holds("record", "navigation")),
    ("the editions are read back and compared", "verified", holds("verified", "0withfaults")),
    ("the same bytes at the next run", "again", _same),
    ("a scanned page is read (OCR)", "ocr", holds("ocr", "结果报送")),
    ("a DOCX is checked against GB/T 9704", "check", lambda folder, tool: made(folder, tool, "check") is not None),
    ("Kindle (AZW3)", "azw3", lambda folder, tool: made(folder, tool, "azw3") is not None),
]


def prepare(folder: Path) -> None:
    """The page, two in UTF-8, and a picture of a page."""
    from PIL import Image, ImageDraw, ImageFont

    (folder / "page.html").write_bytes(HTML.encode("gbk"))
    (folder / "first.html").write_text(HTML.replace("gbk", "utf-8"), encoding="utf-8")
    second = HTML.replace("gbk", "utf-8").replace("关于开展检查的通知", "第二份通知")
    (folder / "second.html").write_text(second, encoding="utf-8")
    import pylopdf_fonts_zh_cn

    face = next(Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("*.?tf"))
    picture = Image.new("RGB", (1240, 600), "white")
    draw = ImageDraw.Draw(picture)
    draw.text((200, 120), "关于开展检查的通知", fill="black", font=ImageFont.truetype(str(face), 64))
    draw.text((120, 280), "请于月底前将结果报送办公室", fill="black", font=ImageFont.truetype(str(face), 48))
    picture.save(folder / "scan.png", dpi=(150, 150))


def run(folder: Path) -> tuple[dict[str, str], dict[str, float]]:
    """Runs all commands.  Returns the version of each program that is there, and the seconds of its first command."""
    versions: dict[str, str] = {}
    seconds: dict[str, float] = {}
    # One time for all; as root calibre draws PDF only without its browser's sandbox.
    fixed = {**os.environ, "SOURCE_DATE_EPOCH": "0", "QTWEBENGINE_DISABLE_SANDBOX": "1"}
    for tool, asked in TOOLS.items():
        if shutil.which(asked.split()[0]) is None:
            continue
        said = subprocess.run(asked.split(), capture_output=True, text=True, check=False, timeout=300)
        found = re.search(r"\d+\.\d+(?:\.\d+)*", said.stdout + said.stderr)
        versions[tool] = found[0] if found else ""
        for command in COMMANDS[tool].values():
            begun = _processor()
            call(command, folder, fixed)
            seconds.setdefault(tool, _processor() - begun)
    return versions, seconds


def call(command: str, folder: Path, environment: dict[str, str], limit: float = LIMIT) -> None:
    """Runs a command in a shell; where it takes too long it ends with all that it started, not the shell alone."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    shell = subprocess.Popen(command, shell=True, cwd=folder, env=environment, start_new_session=True, **quiet)
    try:
        shell.wait(limit)
    except subprocess.TimeoutExpired:
        os.killpg(shell.pid, signal.SIGKILL)
        shell.wait()


def _processor() -> float:
    """Seconds of processor time that programs called here took: other work on the machine does not lengthen them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table(folder: Path, versions: dict[str, str], seconds: dict[str, float]) -> str:
    """The page of the docs."""
    numbers: dict[str, int] = {}
    for tool in TOOLS:
        for command in COMMANDS[tool].values():
            numbers[command] = len(numbers) + 1
    head = " | ".join(f"{tool} {versions.get(tool, '')}".strip() for tool in TOOLS)
    rows = [f"| | {head} |", "|---" * (len(TOOLS) + 1) + "|"]
    for name, kind, look in FEATURES:
        cells = []
        for tool in TOOLS:
            command = COMMANDS[tool].get(file_of(tool, kind))
            absent = tool not in versions or (tool, kind) == FROM_THE_NETWORK
            answer = "not run" if absent else "yes" if command and look(folder, tool) else "no"
            cells.append(f"{answer} ({numbers[command]})" if command and not absent else answer)
        rows.append(f"| {name} | {' | '.join(cells)} |")
    first = (f"{seconds[tool]:.1f} s" if tool in seconds else "not run" for tool in TOOLS)
    rows.append(f"| seconds of a processor for its first command | {' | '.join(first)} |")
    listed = "\n".join(f"{number}. `{command}`" for command, number in numbers.items())
    absent = ", ".join(tool for tool in TOOLS if tool not in versions)
    missing = f"Not installed where this was measured, so not run: {absent}.\n\n" if absent else ""
    return _PAGE.format(rows="\n".join(rows), listed=listed, missing=missing)


_PAGE = """\
# Beside other programs

One page of a government (GBK, a menu, half-width marks), the same for all; `python -m tests.comparison DIR` makes it,
runs the commands below and writes this table. The number behind an answer is its command; *no* without a number: the
program has no command for it. What a program is not made for is no fault of it: OCRmyPDF makes scans searchable,
docling reads documents into data (its OCR fetches models from the network, so it was not run), gongwen-skill works on
drafts in Markdown and on Word files, calibre is for books, pandoc for every markup there is. Where the first row is no,
the four below it are: what is not decoded holds no text. The last rows are what others do and wenban does not.

{missing}{rows}

## The commands

{listed}
"""


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    prepare(folder)
    PAGE.write_text(table(folder, *run(folder)), encoding="utf-8")
