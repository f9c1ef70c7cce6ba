"""Texts with a label for every line, which reading is fitted on and measured with: shared ones and `fixtures/clean`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from convert.clean import REPAIRS, limits
from convert.clean.draft import Draft
from convert.clean.reading import weighed
from convert.clean.reading.candidates import LABEL
from convert.clean.reading.document import Evidence
from convert.clean.reading.evidence import SeenLine, lines_of
from convert.readers.text import parse

FIXTURES = Path(__file__).parent / "fixtures" / "clean"
CORPUS = Path(__file__).parent / "corpus"
LABELS = sorted(set(LABEL.values()))
KIND = {
    "boilerplate": "F", "widget": "F", "removed": "F", "meta": "M", "source_note": "M", "subtitle": "U", "author": "B",
    "byline": "B", "salutation": "S", "note": "N", "caption": "C", "signature": "G", "date": "D", "attachment": "A",
    "paragraph": "P", "list_item": "P", "quote": "P", "table": "P", "figure": "P", "dateline": "D",
}  # fmt: skip
"""Kinds of the gold as labels of `candidates`."""
_CLOSING = ("signature", "date", "attachment")
_EXPECTED = re.compile(r"(\d+)(?:-(\d+))? (\w+)(?: (\d))?(?: \(.*?\))?: (.*)")


class Doc:
    """A text with its evidence, and for each line the labels that are right; None where the gold says nothing.

    kind: of paper; whole kinds are left out together.  made: written for a test.  blocks: the gold by line.
    """

    def __init__(self, name: str, kind: str, text: str, gold: dict[str, Any]) -> None:
        self.name, self.kind, self.text, self.gold = name, kind, text, gold
        self.made = bool(gold.get("made"))
        self.law = "blocks" not in gold
        self.lines = lines_of([unit for unit in _repaired(text).units if unit.text and unit.plain])
        self.evidence = Evidence(self.lines, [])
        self.states, self.facts = weighed(self.evidence)
        self.blocks = {block["line"]: block for block in gold.get("blocks", ())}
        self.right = self._law() if self.law else self._labelled()

    def _labelled(self) -> list[set[str] | None]:
        out: list[set[str] | None] = []
        for line in self.lines:
            block = self.blocks.get(line.unit.first)
            if block is None:
                out.append(None)
                continue
            options = [block, *({**block, "run_in": None, "run_in_type": None, **alt} for alt in block.get("alt", ()))]
            labels = set().union(*(self._labels(option, line) for option in options))
            if labels == {"T"} and not self.made and any(before and before <= {"T", "t"} for before in out):
                labels = {"T", "t", "H", "F"} if line.at in self.evidence.repeats else {"T", "t", "H"}
            out.append(labels)
        return out

    def _labels(self, block: dict[str, Any], line: SeenLine) -> set[str]:
        kind = block["kind"]
        if kind == "title":
            return {"t"} if block.get("join") else {"T"}
        if kind == "heading":
            return {"x", "X", "H"} if block.get("join") else {"X", "H"} if line.at in self.evidence.parts else {"H"}
        if kind == "paragraph":
            sort = block.get("run_in_type")
            if not block.get("run_in") or sort == "colon":
                return {"P"}
            return {"P", "R"} if sort in ("clause", "bare") and self.kind != "reports" else {"R"}
        return {KIND[kind]}

    def _law(self) -> list[set[str] | None]:
        """The gold of laws has title and headings only: articles are paragraphs, and what is open is none of those."""
        heads = {head["line"] for head in self.gold["headings"]}
        title = "".join(self.gold["title"].split())
        out: list[set[str] | None] = []
        seen = False
        for line in self.lines:
            if line.unit.first in heads:
                out.append({"H", "X"} if line.at in self.evidence.parts else {"H"})
                seen = True
            elif not seen and "".join(line.text.split()) == title:
                out.append({"F"} if {"T"} in out else {"T"})
            elif line.at in self.evidence.repeats:
                out.append({"F"})
            elif line.mark and line.mark.family == "article":
                out.append({"P"})
                seen = True
            else:
                out.append(set(LABELS) - {"H", "X", "x", "T", "t", "F", "R"})
        return out


def _repaired(text: str) -> Draft:
    draft = Draft(parse(text))
    for _ in range(limits.ROUNDS):
        before = draft.changed
        for _, rule in REPAIRS:
            rule(draft)
        draft.settle()
        if draft.changed == before:
            break
    return draft


def load(folders: list[str]) -> list[Doc]:
    """The texts of `corpus` and of folders with NAME.txt and NAME.gold.json, and the cases of `fixtures/clean`; but for
    those whose lines are not weighed, for the form of such papers says what they are."""
    docs = []
    for folder in (CORPUS, *folders):
        for path in sorted(Path(folder).glob("*.gold.json")):
            if not path.with_name(path.name.removesuffix(".gold.json") + ".txt").exists():
                continue  # a page: the gold of its text is no gold of lines
            gold = json.loads(path.read_text("utf-8"))
            name = path.name.removesuffix(".gold.json")
            if gold.get("weighed") is False:
                continue
            text = path.with_name(f"{name}.txt").read_bytes().decode("utf-8")
            docs.append(Doc(name, gold.get("genre") or path.parent.name, text, gold))
    return docs + fixtures()


def fixtures() -> list[Doc]:
    """The cases of `fixtures/clean` as gold."""
    out = []
    for path in sorted(FIXTURES.glob("*.txt")):
        for number, case in enumerate(re.split(r"(?m)^#### ", path.read_text("utf-8"))[1:], 1):
            text, _, wanted = case.partition("\n")[2].partition("\n----\n")
            blocks = [block for line in wanted.split("\n") for block in _expected(line)]
            if len(blocks) > 1:
                out.append(Doc(f"{path.stem}-{number}", "fixtures", text, {"made": True, "blocks": blocks}))
    return out


def _expected(line: str) -> list[dict[str, Any]]:
    found = _EXPECTED.fullmatch(line)
    if found is None:
        return []
    first, last, kind, level, said = found.groups()
    run_in = said.split("|")[1] if said.startswith("|") else None
    block = {"line": int(first), "kind": kind, "level": level and int(level), "run_in": run_in, "text": said}
    further = range(int(first) + 1, int(last or first) + 1)
    return [block, *({**block, "line": number, "join": "prev", "run_in": None} for number in further)]
