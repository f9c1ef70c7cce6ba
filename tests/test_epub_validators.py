"""What the validators say of finished books: W3C's epubcheck and DAISY's Ace, neither with a word.

The exam, horizontal and vertical, in every style, and a part of the shared reports, laws and pages; with WENBAN_ACCEPT
set (`make accept`) epubcheck and Ace see each of them in every look, and Calibre every report and law.
"""

from __future__ import annotations

import functools
import itertools
import os
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
import tools
from conftest import ACCEPT, a_part
from epub_book import changed, looks, make, read, real_sources
from exam import exam_document

from convert import writers
from convert.model import Document, block_text
from convert.style import Style, load

LOOKS = looks()


class Case(NamedTuple):
    """A source, None for the exam, in a style of `looks()`."""

    source: Path | None
    look: str


def cases(most: int) -> list[Case]:
    """The exam in every style, horizontal and vertical, and so many real documents, their looks in turn.  With
    WENBAN_ACCEPT all of them in every look."""
    every = real_sources((99, 99, 99))
    exam = [Case(None, look) for look in LOOKS]
    if ACCEPT:
        return exam + [Case(path, look) for path in every for look in LOOKS]
    return exam + [Case(path, look) for path, look in zip(a_part(every, most), itertools.cycle(LOOKS), strict=False)]


@functools.lru_cache(1)
def document(source: Path | None) -> Document:
    return exam_document() if source is None else read(source)


def written(cases: Iterable[Case], folder: Path) -> dict[Path, str]:
    """The books of cases in `folder`, with what each is."""
    books = {}
    for case in cases:
        path = folder / f"{len(books):04}.epub"
        path.write_bytes(make(document(case.source), LOOKS[case.look]).data)
        books[path] = f"{case.source.name if case.source else 'exam'} ({case.look})"
    return books


def book(look: Style, folder: Path) -> Path:
    """The exam in a style."""
    path = folder / "exam.epub"
    path.write_bytes(make(exam_document(), look).data)
    return path


def test_epubcheck_has_no_error_no_warning_no_hint(tmp_path: Path) -> None:
    books = written(cases(16), tmp_path)
    assert len(books) >= 8
    assert {books[path]: said for path, said in tools.epubcheck(books).items() if said} == {}


def test_epubcheck_of_a_book_with_everything_by_option(tmp_path: Path) -> None:
    look = changed(load("gongwen"), "outline", run_in=True)
    look = changed(look, "epub", page_list=True, embed_fonts=True, rights="公共领域", collection="镇志", position="3")
    (said,) = tools.epubcheck([book(look, tmp_path)]).values()
    # It notes each line of a font-face rule, which is what was asked for.
    assert [line for line in said if not line.startswith("USAGE CSS-028")] == []


def test_epubcheck_does_find_faults(tmp_path: Path) -> None:
    path = book(load("gongwen"), tmp_path)
    path.write_bytes(path.read_bytes().replace(b"application/epub+zip", b"application/epub-zip"))
    assert any(line.startswith("ERROR") for line in tools.epubcheck([path])[path])


def test_ace_finds_nothing(tmp_path: Path) -> None:
    books = written(cases(6), tmp_path)  # each check takes a second
    assert len(books) >= 7
    assert {books[path]: said for path, said in tools.ace(books, tmp_path).items() if said} == {}


def test_ace_does_find_faults(tmp_path: Path) -> None:
    good = book(load("gongwen"), tmp_path)
    bad = tmp_path / "bad.epub"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as out:
        for info in source.infolist():
            data = source.read(info).replace(b"schema:accessibilityFeature", b"schema:accessibilityFuture")
            out.writestr(info, data.replace(b' alt="', b' title="'))
    assert tools.ace([bad], tmp_path)[bad]


TEXTS = [path for path in (real_sources((99, 99, 0)) if ACCEPT else real_sources()) if path.suffix == ".txt"]


@pytest.mark.parametrize("source", TEXTS, ids=lambda path: path.stem)
def test_calibre_reads_the_same_text(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "book.txt"
    (book,) = written([Case(source, "gongwen")], tmp_path)
    command = [tools.ebook_convert(), str(book), str(out), "--txt-output-encoding=utf-8"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "QTWEBENGINE_DISABLE_SANDBOX": "1"})
    blocks = writers.compose(read(source), LOOKS["gongwen"]).blocks
    wanted = "".join("".join(block_text(block) for block in blocks).split())
    # A rule comes out as three asterisks.
    assert "".join(out.read_text(encoding="utf-8").split()).replace("***", "") == wanted
