"""The ODT edition as the ODF Validator and pandoc read it, and as LibreOffice draws it beside the DOCX."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fuzz_text
import msgspec
import office
import pytest
import tools
from conftest import ROOT, SAMPLE, a_part
from exam import exam_document
from hypothesis import HealthCheck, Phase, given, settings
from strategies import documents

from convert import style, verify, writers
from convert.model import Document, Formula, inlines_of, outline
from convert.run import reading

FOOT = 262 * office.MM
"""Below the text area, above the page number."""
FORMS = sorted((Path(__file__).parent / "fixtures" / "forms").glob("*.txt"))
SOURCES = sorted((ROOT / "tests" / "corpus").glob("*.txt")) + sorted(
    (ROOT / "tests" / "fixtures" / "html").glob("*.html")
)


def edition(name: str, document: Document, look: str, path: Path) -> Path:
    stream = io.BytesIO()
    writers.write(name, document, style.load(look), stream)
    path.write_bytes(stream.getvalue())
    return path


def any_documents(folder: Path) -> list[Path]:
    """Editions of documents drawn by chance, the same every time."""
    files: list[Path] = []

    @settings(
        max_examples=100, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(documents())
    def write(document: Document) -> None:
        files.append(edition("odt", document, "gongwen", folder / f"any-{len(files)}.odt"))

    write()
    return files


# --- The schema ---------------------------------------------------------------------------------------------------


def test_the_validator_has_no_error_and_no_warning(tmp_path: Path) -> None:
    """The exam in every style and form, official documents, texts and pages of every kind, texts at random."""
    looks = [*style.names(), *(f"gongwen+{form}" for form in style.FORMS)]
    files = [edition("odt", exam_document(), look, tmp_path / f"exam-{look}.odt") for look in looks]
    files += [edition("odt", reading.read(path), "gongwen+auto", tmp_path / f"{path.stem}.odt") for path in FORMS]
    for at, path in enumerate(a_part(SOURCES, 40)):
        look = ("gongwen", "report", "book")[at % 3]
        files.append(edition("odt", reading.read(path), look, tmp_path / f"{at}.odt"))
    for seed in fuzz_text.SAMPLE:
        files.append(edition("odt", fuzz_text.sample(seed), "gongwen", tmp_path / f"random-{seed}.odt"))
    files += any_documents(tmp_path)
    bad = tmp_path / "bad.odt"
    with io.BytesIO(files[0].read_bytes()) as old:
        bad.write_bytes(old.getvalue().replace(b"opendocument.text", b"opendocument.next"))
    lines = tools.odfvalidator([*files, bad])
    assert [line for line in lines if "  Info: " not in line and str(bad) not in line] == []
    assert any("  Error: " in line and str(bad) in line for line in lines)
    well = {
        line.partition("/content.xml:")[0] for line in lines if "/content.xml:  Info: no errors, no warnings" in line
    }
    assert {str(file) for file in files} <= well


# --- pandoc -------------------------------------------------------------------------------------------------------


def test_pandoc_reads_the_same_structure(tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")

    path = edition("odt", exam_document(), "gongwen", tmp_path / "exam.odt")
    tree = json.loads(pypandoc.convert_file(str(path), "json", format="odt"))
    nodes = list(nodes_of(tree["blocks"]))
    heads = [(level, said(inlines)) for level, _, inlines in (one["c"] for one in nodes if one["t"] == "Header")]
    assert heads == [(entry.level, "".join(entry.text.split())) for entry in outline(exam_document())]
    kinds = Counter(one["t"] for one in nodes)
    assert (kinds["Note"], kinds["Table"], kinds["Math"], kinds["BulletList"] + kinds["OrderedList"]) == (3, 2, 3, 2)
    first = next(one["c"] for one in nodes if one["t"] == "Table")
    assert sorted((cell[2], cell[3]) for row in first[3][1] for cell in row[1]) == [(1, 1)] * 4 + [(1, 2)] * 2 + [
        (2, 1)
    ]


def nodes_of(tree: Any) -> Iterator[dict[str, Any]]:
    """All nodes of pandoc's tree that have a kind."""
    if isinstance(tree, dict) and "t" in tree:
        yield tree
    for one in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes_of(one)


def said(inlines: Any) -> str:
    """The characters of pandoc's inlines."""
    return "".join(one["c"] for one in nodes_of(inlines) if one["t"] == "Str")


# --- LibreOffice --------------------------------------------------------------------------------------------------


def without_formulas(document: Document) -> Document:
    """LibreOffice draws formulas by a part of it that is not always there."""
    kept = [block for block in document.blocks if not any(isinstance(one, Formula) for one in inlines_of((block,)))]
    return msgspec.structs.replace(document, blocks=tuple(kept))


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Sample, exam and official documents as PDF by LibreOffice, made of the ODT and of the DOCX."""
    folder = tmp_path_factory.mktemp("office")
    documents = {"sample": (reading.read(SAMPLE), "gongwen")}
    documents["exam"] = without_formulas(exam_document()), "gongwen"
    documents |= {path.stem: (reading.read(path), "gongwen+auto") for path in FORMS}
    files = [
        edition(name, document, look, folder / f"{stem}-{name}.{name}")
        for stem, (document, look) in documents.items()
        for name in ("odt", "docx")
    ]
    return {path.stem: path for path in office.convert(files, folder)}


def test_nothing_is_lost_in_the_sample(drawn: dict[str, Path]) -> None:
    wanted = verify.expected(writers.compose(reading.read(SAMPLE), style.load("gongwen")))
    assert office.text(drawn["sample-odt"], foot=FOOT) == wanted.body


@pytest.mark.parametrize("stem", ["exam", *(path.stem for path in FORMS)])
def test_every_character_is_drawn(drawn: dict[str, Path], stem: str) -> None:
    """In no order: LibreOffice draws notes, glosses and repeated heads in between."""
    document = without_formulas(exam_document()) if stem == "exam" else reading.read(FORMS[0].with_stem(stem))
    wanted = verify.expected(writers.compose(document, style.load("gongwen" if stem == "exam" else "gongwen+auto")))
    found = Counter(office.text(drawn[f"{stem}-odt"], foot=1e6))
    assert Counter("".join(wanted)) - found == Counter()


def test_the_sample_has_the_docx_s_pages(drawn: dict[str, Path]) -> None:
    odt, docx = (office.pages(drawn[f"sample-{name}"]) for name in ("odt", "docx"))
    assert len(odt) == len(docx)
    for ours, theirs in zip(odt, docx, strict=True):
        first, other = ours[0], theirs[0]
        assert abs(first.y - other.y) < 0.5
        assert abs(first.glyphs[0].x - other.glyphs[0].x) < 0.5 or first.text[0] != other.text[0]
        assert ours[-1].text == theirs[-1].text, "the page number"
        assert abs(ours[-1].y - theirs[-1].y) < 0.5


def test_the_rules_stand_where_the_docx_has_them(drawn: dict[str, Path]) -> None:
    for path in FORMS:
        odt, docx = (office.rules(drawn[f"{path.stem}-{name}"])[0] for name in ("odt", "docx"))
        ours, theirs = ([rule for rule in rules if rule.red] for rules in (odt, docx))
        assert len(ours) == len(theirs), path.stem
        for one, other in zip(ours, theirs, strict=True):
            assert abs(one.y - other.y) <= 2, (path.stem, one, other)
