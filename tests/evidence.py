"""What the steps before a verdict find in texts and pages: `python -m tests.evidence` writes `fixtures/evidence.txt`.

A line may be read right for a wrong reason.  Written down, counted over all texts, is how many lines have a fact, how
many have the same candidates, what the spans that may be titles score, the sums of what says how sure a line is; and
over all web pages what the leaves look like and what they score.
"""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from convert.clean.reading import confidence
from convert.clean.reading.document import Evidence
from convert.clean.reading.facts import facts_of, of_document
from convert.clean.reading.spans import part_span
from convert.errors import ConvertError
from convert.readers.html import reader
from convert.readers.html.sight.dom import HtmlElement
from convert.readers.html.sight.grid import grid_of
from convert.readers.html.sight.runs import Leaf
from convert.readers.html.sight.styles import alignment, is_grey
from convert.readers.html.weigh import article, titles
from convert.readers.html.weigh.features import Features
from convert.readers.html.weigh.names import kind_above
from convert.readers.html.weigh.score import Scorer
from convert.readers.html.weigh.standing import is_strong
from convert.run.reading import read
from tests.readings import makes, pages

FIXTURES = Path(__file__).resolve().parent / "fixtures"
KNOWN = FIXTURES / "evidence.txt"
PARTS = 4
"""Each is one test, short enough for `make mutants`."""


def inputs() -> Iterator[tuple[str, str | None]]:
    """Each text or page as a name and, where it is no file of its own, its text."""
    for path in pages():
        yield str(path), None
        if path.suffix == ".html":
            yield path.name, dict(makes(path.read_text("utf-8", errors="replace")))["without names"]
    for path in sorted((FIXTURES / "clean").glob("*.txt")):
        for case in path.read_text("utf-8").split("#### ")[1:]:
            yield "case.txt", case.partition("\n")[2].partition("\n----\n")[0]


class Counts:
    """What is found while the inputs are read."""

    def __init__(self) -> None:
        self.of: Counter[str] = Counter()

    def add(self, name: str, value: float = 1) -> None:
        """Scores are counted in hundredths."""
        self.of[name] += round(value * 100) if isinstance(value, float) else value

    def text_steps(self, weighed: Callable[..., Any]) -> Callable[..., Any]:
        def step(evidence: Evidence, *given: Any) -> Any:
            found = weighed(evidence, *given)
            document = of_document(evidence)
            for line, states in zip(evidence.lines, found[0], strict=True):
                for fact in facts_of(evidence, document, line):
                    self.add(f"fact {fact}")
                self.add(f"candidates {' '.join(states)}")
                span = part_span(evidence.lines, line.at)
                if span is not None:
                    self.add(f"span of {span.last - span.first + 1}, {span.quality}")
                    self.add("spans", float(span.score))
                self.add(f"style {evidence.styles.get(line.at, '')}")
            return found

        return step

    def confidence_signs(self, signs: Callable[..., Any]) -> Callable[..., Any]:
        def step(*given: Any) -> Any:
            found = signs(*given)
            for table, of_line in found:
                for name, value in zip(confidence.SIGNS, of_line, strict=True):
                    self.add(f"sign {table} {name}", float(value))
            return found

        return step

    def page_looks(self, made: type[Features]) -> Callable[..., Features]:
        def step(leaves: list[Leaf], nodes: list[HtmlElement]) -> Features:
            found = made(leaves, nodes)
            for leaf in leaves:
                at = leaf.index
                self.add(f"leaf {leaf.kind}, {leaf.hidden or 'shown'}")
                for name, value in (
                    ("characters", found.size[at]),
                    ("plain characters", found.plain[at]),
                    ("linked", found.linked[at]),
                    ("prose", found.prose[at]),
                    ("in a table", at in found.tables),
                    ("strong", is_strong(leaf)),
                    ("grey", is_grey(leaf)),
                    (f"set {alignment(leaf.node, None)}", 1),
                    (f"named {kind_above(leaf.node)}", 1),
                ):
                    self.add(f"looks: {name}", int(value))
            for node in nodes:
                grid = grid_of(node) if node.tag == "table" else None
                if grid is not None:
                    self.add("cells", sum(map(len, grid.rows)))
                    self.add("widths", sum(wide for row in grid.rows for _, _, wide, _ in row))
                    self.add("heights", sum(high for row in grid.rows for _, _, _, high in row))
                    self.add("heads", sum(grid.header))
                    self.add("holes", sum(map(len, grid.holes)))
            return found

        return step

    def scores(self, name: str, score: Callable[..., Any]) -> Callable[..., Any]:
        """A function that gives a number, or a number and a reason."""

        def step(*given: Any) -> Any:
            found = score(*given)
            value, reason = found if isinstance(found, tuple) else (found, "")
            self.add(f"{name} {reason}".strip(), float(value))
            return found

        return step


def counted(part: int) -> Counter[str]:
    """What is written down of a part of the inputs, with its number."""
    out = Counts()
    room = importlib.import_module("convert.clean.reading")  # the name in `convert.clean` is its function
    with (
        mock.patch.object(room, "weighed", out.text_steps(room.weighed)),
        mock.patch.object(confidence, "signs", out.confidence_signs(confidence.signs)),
        mock.patch.object(reader, "Features", out.page_looks(Features)),
        mock.patch.object(Scorer, "leaf", out.scores("leaf scores", Scorer.leaf)),
        mock.patch.object(Scorer, "table", out.scores("table scores", Scorer.table)),
        mock.patch.object(article, "_value", out.scores("worth", article._value)),
        mock.patch.object(titles, "_title_score", out.scores("title scores", titles._title_score)),
    ):
        for name, text in list(inputs())[part::PARTS]:
            try:
                read(name, data=text, plain=True)
            except ConvertError as error:
                out.add(f"error {type(error).__name__}")
    return out.of


def lines(part: int) -> list[str]:
    """The lines of the file for a part."""
    return [f"{part}\t{name}\t{count}" for name, count in sorted(counted(part).items()) if count]


def write() -> None:
    """Writes all anew."""
    KNOWN.write_text("".join(f"{line}\n" for part in range(PARTS) for line in lines(part)), encoding="utf-8")


if __name__ == "__main__":
    write()
