"""How much of each saved page is read, beside three other readers: Readability (npm, on linkedom), trafilatura
and readability-lxml.

    npm install --prefix FOLDER @mozilla/readability linkedom
    pip install trafilatura readability-lxml
    python tests/bench/peers_html.py --node FOLDER [CORPUS ...]

A corpus is a folder of `NAME.html` or `NAME.html.gz` with `NAME.gold.json`; without one the shared pages are used.
Printed is the F1 of each page's body: pairs of neighbouring characters, counted over its lines; captions, the title and
`optional` lines may be in or out.  Marked is a page where another reader is ahead by more than 0.02.  A reader that is
not installed is left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
CORPORA = [ROOT.parent / "shared" / "corpus" / name for name in ("pages", "pages2")]
AHEAD = 0.02
TEXT = frozenset(
    "heading paragraph list_item note salutation table quote signature date attachment".split()  # noqa: SIM905
)
_QUOTES = str.maketrans("\u201c\u201d\u2018\u2019\u300c\u300d", '""\'\'""')

Reader = Callable[[bytes, str], list[str]]
"""The lines of the article in a page's bytes; the other value is the page's name."""


def pairs(texts: Iterable[str]) -> Counter[str]:
    """The pairs of neighbouring characters in lines, without white space, quotes and ellipses in one form."""
    found: Counter[str] = Counter()
    for line in (line for text in texts for line in re.split(r"[\n\t]", text)):
        plain = unicodedata.normalize("NFKC", line).translate(_QUOTES)
        plain = re.sub(r"[\s\u200b\ufeff]+", "", re.sub(r"\.{2,}|\u2026+", "...", plain))
        found.update(plain[at : at + 2] for at in range(len(plain) - 1))
    return found


def measured(lines: list[str], gold: dict[str, Any]) -> float:
    """The F1 of a body."""
    optional = set(gold.get("optional", ()))
    have, must = pairs(lines), pairs(line for line in gold["paragraphs"] if line not in optional)
    may = pairs([*gold["paragraphs"], *gold.get("captions", ()), *optional, gold["title"] or ""])
    recall = (have & must).total() / max(1, must.total())
    precision = (have & may).total() / max(1, have.total())
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def pages(folder: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        page = next(found for end in (".html.gz", ".html") if (found := path.with_name(name + end)).exists())
        data = page.read_bytes()
        yield name, gzip.decompress(data) if page.suffix == ".gz" else data, json.loads(path.read_text("utf-8"))


def ours(data: bytes, name: str) -> list[str]:
    from convert import source
    from convert.clean import clean
    from convert.errors import ConvertError
    from convert.model import to_json
    from convert.readers import read

    try:
        document = json.loads(to_json(clean(read(source.from_bytes(data, f"{name}.html")))))
    except ConvertError:
        return []
    return [entry["text"] for entry in document["ledger"] if entry["as"] in TEXT and entry.get("text")]


def trafilatura() -> Reader | None:
    try:
        from trafilatura import extract
    except ImportError:
        return None
    return lambda data, _: (extract(data, include_tables=True, include_comments=False) or "").split("\n")


def readability_lxml() -> Reader | None:
    try:
        from lxml import html
        from readability import Document
    except ImportError:
        return None

    def reader(data: bytes, name: str) -> list[str]:
        from convert import source

        page = Document(source.decode(source.from_bytes(data, f"{name}.html")).text)
        return [text for text in html.fromstring(page.summary()).itertext() if text.strip()]

    return reader


def readability(node: Path | None) -> Reader | None:
    if node is None:
        return None
    script = Path(__file__).with_name("readability_text.mjs")
    running = subprocess.Popen(["node", script], cwd=node, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    asked, answers = running.stdin, running.stdout
    assert asked is not None
    assert answers is not None

    def reader(data: bytes, name: str) -> list[str]:
        from convert import source

        asked.write(json.dumps(source.decode(source.from_bytes(data, f"{name}.html")).text) + "\n")
        asked.flush()
        return str(json.loads(answers.readline())).split("\n")

    return reader


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("corpora", nargs="*", type=Path, default=CORPORA)
    parser.add_argument("--node", type=Path, help="folder where the npm packages are installed")
    chosen = parser.parse_args()
    found = {
        "wenban": ours,
        "readability": readability(chosen.node),
        "trafilatura": trafilatura(),
        "readability-lxml": readability_lxml(),
    }
    readers = {name: reader for name, reader in found.items() if reader is not None}
    print(f"{'page':28}" + "".join(f"{name:>18}" for name in readers))
    rows: list[list[float]] = []
    for folder in chosen.corpora:
        for name, data, gold in pages(folder):
            row = [measured(reader(data, name), gold) for reader in readers.values()]
            behind = max(row) - row[0] > AHEAD
            print(f"{name[:27]:28}" + "".join(f"{value:18.3f}" for value in row) + ("   <" if behind else ""))
            rows.append(row)
    for label, value in (("mean", lambda column: sum(column) / len(column)), ("min", min)):
        print(f"{label:28}" + "".join(f"{value(column):18.3f}" for column in zip(*rows, strict=True)))
    print(f"pages on which another is ahead by more than {AHEAD}: {sum(max(row) - row[0] > AHEAD for row in rows)}")


if __name__ == "__main__":
    main()
