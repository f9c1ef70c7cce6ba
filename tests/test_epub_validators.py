"""What the validators say of finished books: W3C's epubcheck and DAISY's Ace, neither with a word.

The exam, horizontal and vertical, in every style, official documents with their letterheads, and a part of the shared
reports, laws and pages; with WENBAN_ACCEPT set (`make accept`) epubcheck and Ace see each of them in every look, and
Calibre every report and law.
"""

from __future__ import annotations

import functools
import io
import itertools
import os
import subprocess
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import fuzz_text
import pytest
import tools
from conftest import ACCEPT, a_part
from epub_book import changed, looks, make, read, real_sources
from exam import exam_document
from PIL import Image

from convert import writers
from convert.model import Document, Metadata, block_text
from convert.run import binding
from convert.style import Style, load

PLAIN = looks()
FORMS = sorted((Path(__file__).parent / "fixtures" / "forms").glob("*.txt"))
"""Made-up official documents, each in the form of its page."""
LETTERHEAD = "gongwen, with a letterhead"
LOOKS = {**PLAIN, LETTERHEAD: load("gongwen+auto")}


class Case(NamedTuple):
    """A source, None for the exam, in a style of `LOOKS`."""

    source: Path | None
    look: str


def cases(most: int) -> list[Case]:
    """The exam in every style, horizontal and vertical, the official documents, and so many real ones, their looks in
    turn.  With WENBAN_ACCEPT all of them in every look."""
    every = real_sources((99, 99, 99))
    found = [Case(None, look) for look in PLAIN] + [Case(path, LETTERHEAD) for path in FORMS]
    if ACCEPT:
        return found + [Case(path, look) for path in every for look in PLAIN]
    return found + [Case(path, look) for path, look in zip(a_part(every, most), itertools.cycle(PLAIN), strict=False)]


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


def bound_book() -> bytes:
    """The exam twice, in two parts of one book."""
    look = binding.look_of("book", "zh-Hans", parts=True)
    exams = [binding.Bindable(exam_document(), part) for part in ("上编", "下编")]
    return binding.write("epub", binding.bound(exams, Metadata(title="汇编"), look, parts=True), look)[0]


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What epubcheck says, asked once: of the cases, of a book with `everything` by option, of a `bad` one."""
    folder = tmp_path_factory.mktemp("epubcheck")
    books = written(cases(16), folder)
    look = changed(load("gongwen"), "outline", run_in=True)
    look = changed(look, "epub", page_list=True, embed_fonts=True, rights="公共领域", collection="镇志", position="3")
    (folder / "more").mkdir()
    books[book(look, folder / "more")] = "everything"
    (folder / "more" / "bound.epub").write_bytes(bound_book())
    books[folder / "more" / "bound.epub"] = "bound"
    for seed in fuzz_text.SAMPLE:
        path = folder / "more" / f"text-{seed}.epub"
        path.write_bytes(make(fuzz_text.sample(seed), load("gongwen")).data)
        books[path] = f"text at random {seed}"
    bad = book(load("gongwen"), folder)
    bad.write_bytes(bad.read_bytes().replace(b"application/epub+zip", b"application/epub-zip"))
    books[bad] = "bad"
    return {books[path]: said for path, said in tools.epubcheck(books).items()}


def test_epubcheck_has_no_error_no_warning_no_hint(checked: dict[str, list[str]]) -> None:
    assert len(checked) >= 10
    assert {name: said for name, said in checked.items() if said and name not in ("everything", "bad")} == {}


def test_epubcheck_of_a_book_with_everything_by_option(checked: dict[str, list[str]]) -> None:
    # It notes each line of a font-face rule, which is what was asked for.
    assert [line for line in checked["everything"] if not line.startswith("USAGE CSS-028")] == []


def test_epubcheck_does_find_faults(checked: dict[str, list[str]]) -> None:
    assert any(line.startswith("ERROR") for line in checked["bad"])


def test_ace_finds_nothing_and_does_find_faults(tmp_path: Path) -> None:
    every = cases(3)
    # Each book takes five seconds, and the looks differ little to Ace.
    books = written(every if ACCEPT else [every[0], *every[len(PLAIN) - 1 : len(PLAIN) + 1], *every[-3:]], tmp_path)
    assert len(books) >= 3
    bad = tmp_path / "bad.epub"
    with zipfile.ZipFile(book(load("gongwen"), tmp_path)) as source, zipfile.ZipFile(bad, "w") as out:
        for info in source.infolist():
            data = source.read(info).replace(b"schema:accessibilityFeature", b"schema:accessibilityFuture")
            out.writestr(info, data.replace(b' alt="', b' title="'))
    books[bad] = "bad"
    found = {books[path]: said for path, said in tools.ace(books, tmp_path).items() if said}
    assert list(found) == ["bad"], found


def test_calibre_shows_cover_note_picture_and_vertical_lines(tmp_path: Path) -> None:
    (book,) = written([Case(None, "report, vertical")], tmp_path)
    out = tmp_path / "out.htmlz"
    command = [tools.ebook_convert(), str(book), str(out)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "QTWEBENGINE_DISABLE_SANDBOX": "1"})
    with zipfile.ZipFile(out) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    text, sheet, told = (files[name].decode() for name in ("index.html", "style.css", "metadata.opf"))
    assert "writing-mode: vertical-rl" in sheet
    assert "按当年价格计算" in text
    assert 'alt="柱状图' in text
    assert ">王小明<" in told
    with Image.open(io.BytesIO(files["cover.jpg"])) as cover:
        assert min(cover.size) >= 1400


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
