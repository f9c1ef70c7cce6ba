"""What comes of the texts and pages that tests have: `python -m tests.readings` writes it down in `corpus/readings/`.

The labels of `corpus/` say what is right; these files say what comes out, right or wrong, so that no change of a rule
goes by unseen.  A change that is meant is written down with this command, and its difference is read before it is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import msgspec

from convert.clean import clean
from convert.errors import NoContentError
from convert.model import Document, LedgerEntry, ledger
from convert.readers.text import parse
from convert.run.reading import read

CORPUS = Path(__file__).resolve().parent / "corpus"
READINGS = CORPUS / "readings"
_STRAIGHT = str.maketrans(
    {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2014": "-", "\u2026": "...", "\u3000": " "}
)
_FULL = "\uff0c\u3002\uff1a\uff1b\uff1f\uff01\uff08\uff09"
_HALF = str.maketrans(_FULL, ",.:;?!()")


def pages() -> list[Path]:
    """The texts and web pages of the corpus, and the web pages that fixtures have."""
    corpus = [path for path in CORPUS.iterdir() if path.suffix in (".txt", ".html")]
    return sorted([*corpus, *(CORPUS.parent / "fixtures" / "html").glob("*.html")])


AS_IT_IS = "as it is"


def sections(path: Path) -> list[str]:
    """The names of what is written down of a page: as it is, and after each damage."""
    kinds = damages("") if path.suffix == ".txt" else makes("")
    return [AS_IT_IS, *(name for name, _ in kinds)]


def section(path: Path, name: str) -> str:
    """One of them, as the file of the page has it."""
    if name == AS_IT_IS:
        said = _said(read(path))
    elif path.suffix == ".txt":
        text = path.read_text("utf-8")
        said = _after(text, dict(damages(text))[name])
    else:
        page = _page(path)
        said = _otherwise(read(path), read(path, data=dict(makes(page))[name]))
    return "\n".join([f"== {name}", *said]) + "\n"


def written(path: Path) -> Path:
    """The file with the reading of a page."""
    return READINGS / f"{path.name}.txt"


def damages(text: str) -> Iterator[tuple[str, str]]:
    """What scraping does to a text: a name and the damaged text."""
    yield "NFKC", unicodedata.normalize("NFKC", text)
    yield "straight quotes and dashes", text.translate(_STRAIGHT)
    yield "half-width marks", text.translate(_HALF)
    yield "blanks between characters", re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff]{2})", " ", text)
    yield "invisible characters", re.sub(r"(?<=[\u4e00-\u9fff]{3})(?=[\u4e00-\u9fff]{3})", "\u200b\x0b", text)
    yield "lines of 30 characters", "\n".join(_wrapped(line, 30) for line in text.splitlines()) + "\n"
    yield "mixed line ends", re.sub(r"(?m)^(.{1,20})\n", r"\1\r\n", text)
    yield "indented, with blank lines", "".join(f"\u3000\u3000{line} \n\n" for line in text.splitlines())


def makes(page: str) -> Iterator[tuple[str, str]]:
    """The same page as other sites would make it: a name and the page."""
    yield "without names", re.sub(r"\s(?:class|id|name|role|itemprop)=(?:\"[^\"]*\"|'[^']*')", "", page)
    yield "without styles", re.sub(r"(?s)\sstyle=(?:\"[^\"]*\"|'[^']*')|<style.*?</style>", "", page)
    yield "without head", re.sub(r"(?is)<head\b.*?</head>", "", page)
    yield "without headings", re.sub(r"(?i)<(/?)h[1-6]\b", r"<\1p", page)
    yield "divisions for paragraphs", re.sub(r"(?i)<(/?)p\b", r"<\1div", page)
    yield "lines for paragraphs", re.sub(r"(?i)</p>", "<br>", re.sub(r"(?i)<p\b[^>]*>", "", page))
    yield (
        "in a table",
        re.sub(
            r"(?i)</body>", "</td></tr></table></body>", re.sub(r"(?i)<body\b[^>]*>", r"\g<0><table><tr><td>", page)
        ),
    )
    yield (
        "twice",
        re.sub(r"(?is)<body\b[^>]*>(.*)</body>", r"<body><div>\1</div><div style='display:none'>\1</div></body>", page),
    )


def _page(path: Path) -> str:
    from convert import source

    return source.decode(source.load(path)).text


def _otherwise(was: Document, now: Document) -> Iterator[str]:
    """What a page made otherwise is read as, where that is not what the page itself is read as."""
    known = {"".join(entry.text.split()): _kind(entry) for entry in ledger(was)}
    for entry in ledger(now):
        if entry.text and known.get("".join(entry.text.split())) != _kind(entry):
            yield _entry(entry)
    before, after = msgspec.structs.asdict(was.metadata), msgspec.structs.asdict(now.metadata)
    yield from (f"= {name}: {value}" for name, value in after.items() if value != before[name])


def _kind(entry: LedgerEntry) -> tuple[object, ...]:
    return entry.kind, entry.level, entry.run_in, entry.reason


def _wrapped(line: str, width: int) -> str:
    pieces = [line[at : at + width] for at in range(0, len(line), width)]
    return "\n".join(pieces)


def _said(document: Document) -> Iterator[str]:
    """A line for each entry of the ledger, notice and field of the metadata, and each repair."""
    for entry in ledger(document):
        if entry.text:
            yield _entry(entry)
    yield from (f"! {notice.code} {notice.line}:{notice.column}" for notice in document.notices)
    known = msgspec.structs.asdict(document.metadata)
    yield from (f"= {name}: {value}" for name, value in known.items() if value and value != "zh-Hans")
    yield from (f"~ {one.line}:{one.column} {one.rule} {one.before!r} {one.after!r}" for one in document.repairs)


def _entry(entry: LedgerEntry) -> str:
    first, last = entry.lines
    where = str(first) if first == last else f"{first}-{last}"
    kind = " ".join(filter(None, (entry.kind, str(entry.level or ""), f"({entry.reason})" if entry.reason else "")))
    lead = f"|{entry.run_in}|" if entry.run_in else entry.text.replace("\n", "/")[:24]
    return f"{where} {kind}: {lead}"


def _after(text: str, damaged: str) -> Iterator[str]:
    """Where a damaged text, repaired and read, is not the text as it was: its lines, and what they are read as."""
    try:
        whole, document = clean(parse(text)), clean(parse(damaged))
    except NoContentError as error:
        yield f"NoContentError: {error.message}"
        return
    lines = {line.strip() for line in text.splitlines()}
    wanted = {"".join(entry.text.split()): (entry.kind, entry.level, entry.run_in) for entry in ledger(whole)}
    for entry in ledger(document):
        at = "".join(entry.text.split())
        if entry.text and entry.text not in lines:
            yield f"{entry.lines[0]}: {entry.text}"
        if at in wanted and wanted[at] != (entry.kind, entry.level, entry.run_in):
            yield _entry(entry)
    if document.metadata != whole.metadata:
        known, was = msgspec.structs.asdict(document.metadata), msgspec.structs.asdict(whole.metadata)
        yield from (f"= {name}: {value}" for name, value in known.items() if value != was[name])


def write() -> None:
    """Writes all readings anew."""
    READINGS.mkdir(exist_ok=True)
    for old in READINGS.iterdir():
        old.unlink()
    for path in pages():
        written(path).write_text("".join(section(path, name) for name in sections(path)), encoding="utf-8")


if __name__ == "__main__":
    write()
