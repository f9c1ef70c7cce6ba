"""Measures over the shared corpora: what cleaning makes of them against their gold labels.

Lines are compared by kind; headings by line and level (in laws by rank of level), run-in headings by their text;
metadata by value.  Where the gold has several answers each counts.  Nothing of the corpora is copied.
"""

from __future__ import annotations

import difflib
import functools
import hashlib
import json
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from convert.clean import clean
from convert.model import Document, LedgerEntry, ledger, replay
from convert.readers.text import parse

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"

KINDS = {"widget": "removed", "boilerplate": "removed", "author": "byline"}
"""Kinds of the gold under the names of the ledger."""


@dataclass
class Score:
    """True and false positives and false negatives, with what went wrong."""

    hits: int = 0
    extra: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        wrong = len(self.extra) + len(self.missed)
        return 2 * self.hits / (2 * self.hits + wrong) if self.hits else 0.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + len(self.missed)) if self.hits else 0.0


def digest(folder: str) -> str:
    """SHA-256 over the names and bytes of a corpus folder: says when the corpus is another one."""
    whole = hashlib.sha256()
    for path in sorted((CORPUS / folder).iterdir()):
        if path.suffix in (".txt", ".json"):
            whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def texts(folder: str) -> list[Path]:
    return sorted((CORPUS / folder).glob("*.txt"))


def gold_of(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.with_name(path.stem + ".gold.json").read_text("utf-8"))
    return found


@functools.cache
def cleaned(path: Path) -> Document:
    """The document in a corpus file; its ledger is checked to replay the source."""
    text = path.read_bytes().decode("utf-8")
    document = clean(parse(text, name=path.name))
    assert replay(document.source, ledger(document), document.repairs) == text, path.name
    return document


def by_line(document: Document) -> dict[int, LedgerEntry]:
    return {line: entry for entry in ledger(document) for line in range(entry.lines[0], entry.lines[1] + 1)}


# --- Reports ----------------------------------------------------------------------------------------------------


def reports() -> dict[str, Score]:
    """Scores by name: lines, headings, marked and bare run-in headings, title, source, date, author."""
    scores = {name: Score() for name in ("lines", "headings", "marked", "bare", "title", "source", "date", "author")}
    for path in texts("reports"):
        gold, document = gold_of(path), cleaned(path)
        entries = by_line(document)
        for block in gold["blocks"]:
            if block["text"].strip():
                _line(scores, f"{path.stem}:{block['line']}", block, entries[block["line"]])
        known = document.metadata
        for name, got, answers in (
            ("title", known.title, [gold["title"], *gold.get("title_alt", [])]),
            ("source", known.source, [gold["source"]]),
            ("date", known.published, [gold["date"]]),
            ("author", known.author, [gold.get("author_name") or gold["author"]]),
        ):
            _count(scores[name], got in answers, f"{path.stem}: {got!r}, not {answers!r}")
    return scores


def _line(scores: dict[str, Score], where: str, block: dict[str, Any], entry: LedgerEntry) -> None:
    answers = [block, *({**block, **other} for other in block.get("alt", []))]
    fitting = [answer for answer in answers if KINDS.get(answer["kind"], answer["kind"]) == entry.kind]
    what = (
        f"{where}: {entry.kind} {entry.level or ''} {entry.text[:30]}, not {block['kind']} {block.get('level') or ''}"
    )
    _count(scores["lines"], bool(fitting), what)
    headings = scores["headings"]
    if block["kind"] == entry.kind == "heading":
        _pair(headings, entry.level == block["level"], True, True, what)
    elif block["kind"] == "heading":
        _pair(
            headings,
            False,
            False,
            entry.run_in not in [answer.get("run_in") for answer in fitting] or not fitting,
            what,
        )
    elif entry.kind == "heading":
        _pair(headings, False, not any(answer.get("level") in (None, entry.level) for answer in fitting), False, what)
    leads = {answer.get("run_in") for answer in fitting} - {None}
    if not leads and entry.run_in is None:
        return
    score = scores["bare" if block.get("run_in_type") == "bare" else "marked"]
    if block.get("run_in"):
        _pair(score, entry.run_in in leads, entry.run_in is not None, True, f"{where}: {entry.run_in!r}, not {leads}")
    elif entry.run_in is not None and entry.run_in not in leads:
        score.extra.append(f"{where}: {entry.run_in!r}")


def _count(score: Score, right: bool, what: str) -> None:
    score.hits += right
    if not right:
        score.missed.append(what)


def _pair(score: Score, right: bool, found: bool, wanted: bool, what: str) -> None:
    score.hits += right
    if not right and found:
        score.extra.append(what)
    if not right and wanted:
        score.missed.append(what)


# --- Laws -------------------------------------------------------------------------------------------------------


def laws() -> dict[str, Score]:
    """Scores by name: headings, titles, and `items`, whose extras are list items taken for headings."""
    scores = {name: Score() for name in ("headings", "titles", "items")}
    for path in texts("laws"):
        gold, document = gold_of(path), cleaned(path)
        got = _ranked([(entry.lines[0], entry.level or 0) for entry in ledger(document) if entry.kind == "heading"])
        wanted = _ranked([(heading["line"], heading["level"]) for heading in gold["headings"]])
        scores["headings"].hits += len(got & wanted)
        scores["headings"].extra += [f"{path.stem}:{line} level {level}" for line, level in sorted(got - wanted)]
        scores["headings"].missed += [f"{path.stem}:{line} level {level}" for line, level in sorted(wanted - got)]
        _count(scores["titles"], document.metadata.title == gold["title"], f"{path.stem}: {document.metadata.title!r}")
        lines = {heading["line"] for heading in gold["headings"]}
        for entry in ledger(document):
            if entry.kind == "list_item":
                scores["items"].hits += 1
            elif entry.kind == "heading" and entry.lines[0] not in lines and entry.text[:1] in "(\uff08\u2460123456789":
                scores["items"].extra.append(f"{path.stem}:{entry.lines[0]} {entry.text[:30]}")
    return scores


def _ranked(headings: list[tuple[int, int]]) -> set[tuple[int, int]]:
    ranks = {level: rank for rank, level in enumerate(sorted({level for _, level in headings}))}
    return {(line, ranks[level]) for line, level in headings}


# --- Repair -----------------------------------------------------------------------------------------------------


@dataclass
class Repaired:
    """characters: of all texts.  wrong: characters that differ from the original after NFKC damage and repair.

    changes: repairs made in the originals, as they are.
    """

    characters: int = 0
    wrong: int = 0
    changes: int = 0

    @property
    def accuracy(self) -> float:
        return 1 - self.wrong / self.characters

    @property
    def per_ten_thousand(self) -> float:
        return self.changes / self.characters * 10_000


def repaired() -> Repaired:
    """Every report and law: damaged by NFKC and repaired, against the original; and the original itself."""
    total = Repaired()
    for path in (*texts("reports"), *texts("laws")):
        original = path.read_bytes().decode("utf-8")
        damaged = unicodedata.normalize("NFKC", original)
        document = clean(parse(damaged))
        assert replay(document.source, ledger(document), document.repairs) == damaged
        lines = original.split("\n")
        for entry in ledger(document):
            wanted = "".join(lines[entry.lines[0] - 1 : entry.lines[1]])
            total.wrong += _differences(wanted, entry.lead + entry.text + entry.trail)
        total.characters += len(original)
        total.changes += len(cleaned(path).repairs)
    return total


def _differences(wanted: str, got: str) -> int:
    if wanted == got:
        return 0
    codes = difflib.SequenceMatcher(None, wanted, got, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in codes if tag != "equal")
