"""The JSON edition: pandoc reads it without a word and finds what the document holds."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from epub_book import read, real_sources
from exam import TITLE, exam_document
from hypothesis import HealthCheck, given, settings
from part import examples
from strategies import documents, noise

from convert import style, writers
from convert.clean.found import found
from convert.model import (
    Document,
    List,
    ListItem,
    Note,
    NoteRef,
    Paragraph,
    SourceInfo,
    Text,
    block_text,
)

LOOK = style.load("gongwen")


def make(document: Document) -> bytes:
    stream = io.BytesIO()
    writers.write("json", document, LOOK, stream)
    return stream.getvalue()


def pandoc(data: bytes, to: str, *more: str) -> str:
    """What pandoc makes of it; a warning is a failure."""
    pypandoc = pytest.importorskip("pypandoc")
    command = [pypandoc.get_pandoc_path(), "-f", "json", "-t", to, "--wrap=none", "--fail-if-warnings", *more]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def document(*blocks: Any, notes: tuple[Note, ...] = ()) -> Document:
    return Document(SourceInfo("page.txt", "0" * 64, "text/plain", "utf-8", 1), blocks=found(blocks), notes=notes)


def nodes(tree: Any, kind: str) -> list[Any]:
    """Every node of a kind, in document order."""
    if isinstance(tree, dict):
        own = [tree] if tree.get("t") == kind else []
        return own + [found for value in tree.values() for found in nodes(value, kind)]
    return [found for value in tree for found in nodes(value, kind)] if isinstance(tree, list) else []


def test_pandoc_changes_nothing_when_it_reads_and_writes_it() -> None:
    data = make(exam_document())
    ours, theirs = json.loads(data), json.loads(pandoc(data, "json"))
    assert theirs.pop("pandoc-api-version")[:2] == ours.pop("pandoc-api-version")[:2]
    assert theirs == ours


@pytest.mark.parametrize("to", ["native", "html5", "docx", "epub3", "odt", "latex", "typst", "markdown", "rst"])
def test_pandoc_writes_every_format_from_it(to: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    pandoc(make(exam_document()), to, "--standalone", "-o", str(out))
    assert out.stat().st_size > 2000


@pytest.mark.parametrize("source", real_sources(), ids=lambda path: path.stem)
def test_the_text_is_the_documents(source: Path) -> None:
    made_of = read(source)
    composed = writers.compose(made_of, LOOK)
    titles = [
        block for block in composed.blocks if isinstance(block, Paragraph) and block.role in ("title", "subtitle")
    ]
    text = [block_text(block) for block in composed.blocks if block not in titles and not getattr(block, "media", None)]
    shown = pandoc(make(made_of), "plain").replace("\u00a0", " ")
    for line in (line for part in text for line in part.split("\n") if line.strip()):
        assert "".join(line.split()) in "".join(shown.split())


def test_metadata_is_not_printed_twice() -> None:
    whole = json.loads(make(exam_document()))
    assert set(whole["meta"]) >= {"title", "subtitle", "lang", "source", "document-number"}
    # Their lines stand in the text.
    assert not {"author", "date"} & set(whole["meta"])
    assert pandoc(make(exam_document()), "html5", "--standalone").count(TITLE) == 2  # <title> and <h1>


def test_spans_of_cells_and_the_head() -> None:
    table = nodes(json.loads(make(exam_document()))["blocks"], "Table")[0]["c"]
    _, caption, columns, head, bodies, _ = table
    assert caption[1][0]["c"][0] == {"t": "Str", "c": "表1\u3000主要指标完成情况"}
    assert len(columns) == 5
    assert [(cell[2], cell[3]) for cell in head[1][0][1]] == [(2, 1), (1, 2), (1, 2)]
    assert [(cell[2], cell[3]) for cell in bodies[0][3][1][1]][-1] == (2, 2)


def test_figures_and_pictures_travel_inside() -> None:
    figures = nodes(json.loads(make(exam_document()))["blocks"], "Figure")
    assert len(figures) == 1  # the other's picture is missing
    addresses = [image["c"][2][0] for image in nodes(figures, "Image")]
    assert len(addresses) == 1
    assert addresses[0].startswith("data:image/png;base64,")


def test_notes_stand_where_they_are_referred_to() -> None:
    made_of = document(
        Paragraph((Text("甲"), NoteRef("a", "1"), Text("乙"), NoteRef("a", "1"))),
        notes=(
            Note("a", "1", (Paragraph((Text("注"), NoteRef("b", "2"))),)),
            Note("b", "2", (Paragraph((Text("余"),)),)),
        ),
    )
    blocks = json.loads(make(made_of))["blocks"]
    assert [node["t"] for node in blocks[0]["c"]] == ["Str", "Note", "Str", "Superscript"]
    assert not nodes(blocks[0]["c"][1]["c"], "Note")  # pandoc has no note in a note
    assert blocks[1]["c"][0][1] == ["note"]


@pytest.mark.parametrize(
    ("marks", "kind"),
    [
        (["1.", "2.", "3."], "OrderedList"),
        (["4)", "5)"], "OrderedList"),
        (["(1)", "(2)"], "OrderedList"),
        (["\u2022", "\u2022"], "BulletList"),
        (["1.", "3."], "Div"),
        (["一\u3001", "二\u3001"], "Div"),
        (["\uff081\uff09", "\uff082\uff09"], "Div"),
        (["\u2460", "\u2461"], "Div"),
    ],
)
def test_marks_pandoc_counts_are_its_own_and_others_stay_text(marks: list[str], kind: str) -> None:
    items = tuple(ListItem((Paragraph((Text("项"),)),), mark) for mark in marks)
    data = make(document(List(items, ordered=True)))
    assert json.loads(data)["blocks"][0]["t"] == kind
    shown = "".join(pandoc(data, "plain").split())
    expected = [f"{mark}项" for mark in marks]
    assert shown == "".join("-项" if kind == "BulletList" else mark for mark in expected)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents() | noise())
def test_pandoc_takes_any_document(made_of: Document) -> None:
    pandoc(make(made_of), "native")


def test_the_same_bytes_again() -> None:
    assert make(exam_document()) == make(exam_document())
