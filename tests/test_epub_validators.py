"""What the validators say of finished books: W3C's epubcheck and DAISY's Ace, neither with a word."""

from __future__ import annotations

import itertools
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
import tools
from epub_book import changed, looks, make, read, real_sources
from exam import exam_document

from convert import writers
from convert.model import block_text
from convert.style import Style, load

LOOKS = looks()
# The exam is seen in every style, horizontal and vertical; each real source in one of them, in turn.
CASES = [
    *(pytest.param("exam", name, id=f"exam, {name}") for name in LOOKS),
    *(
        pytest.param(path, name, id=f"{path.stem}, {name}")
        for path, name in zip(real_sources(), itertools.cycle(LOOKS), strict=False)
    ),
]


def written(source: Path | str, look: Style, folder: Path) -> Path:
    document = exam_document() if isinstance(source, str) else read(source)
    path = folder / "book.epub"
    path.write_bytes(make(document, look).data)
    return path


@pytest.mark.parametrize(("source", "look"), CASES)
def test_epubcheck_has_no_error_no_warning_no_hint(source: Path | str, look: str, tmp_path: Path) -> None:
    assert tools.epubcheck(written(source, LOOKS[look], tmp_path)) == []


def test_epubcheck_of_a_book_with_everything_by_option(tmp_path: Path) -> None:
    look = changed(load("gongwen"), "outline", run_in=True)
    look = changed(look, "epub", page_list=True, embed_fonts=True, rights="公共领域", collection="镇志", position="3")
    said = tools.epubcheck(written("exam", look, tmp_path))
    # It notes each line of a font-face rule, which is what was asked for.
    assert [line for line in said if not line.startswith("USAGE CSS-028")] == []


def test_epubcheck_does_find_faults(tmp_path: Path) -> None:
    path = written("exam", load("gongwen"), tmp_path)
    path.write_bytes(path.read_bytes().replace(b"application/epub+zip", b"application/epub-zip"))
    assert any(line.startswith("ERROR") for line in tools.epubcheck(path))


@pytest.mark.parametrize(("source", "look"), CASES)
def test_ace_finds_nothing(source: Path | str, look: str, tmp_path: Path) -> None:
    assert tools.ace(written(source, LOOKS[look], tmp_path), tmp_path / "ace") == []


def test_ace_does_find_faults(tmp_path: Path) -> None:
    good = written("exam", load("gongwen"), tmp_path)
    bad = tmp_path / "bad.epub"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as out:
        for info in source.infolist():
            data = source.read(info).replace(b"schema:accessibilityFeature", b"schema:accessibilityFuture")
            out.writestr(info, data.replace(b' alt="', b' title="'))
    assert tools.ace(bad, tmp_path / "ace")


@pytest.mark.parametrize(
    "source", [path for path in real_sources() if path.suffix == ".txt"], ids=lambda path: path.stem
)
def test_calibre_reads_the_same_text(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "book.txt"
    book = written(source, LOOKS["gongwen"], tmp_path)
    command = [tools.ebook_convert(), str(book), str(out), "--txt-output-encoding=utf-8"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "QTWEBENGINE_DISABLE_SANDBOX": "1"})
    blocks = writers.compose(read(source), LOOKS["gongwen"]).blocks
    wanted = "".join("".join(block_text(block) for block in blocks).split())
    # A rule comes out as three asterisks.
    assert "".join(out.read_text(encoding="utf-8").split()).replace("***", "") == wanted
