"""The five made-up official documents in programs that are none of ours: what they read in the Word files is our text,
and the checker has nothing to say.  Their books are checked in `test_epub_validators`, their PDF in `test_pdf`.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import tools
from epub_book import X, make
from openxml_audit import OpenXmlValidator

import convert
from convert import style, verify, writers

FOLDER = Path(__file__).parent / "fixtures" / "forms"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def squeezed(text: str) -> str:
    """Text without white space."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The Word files, each in the form its page had."""
    folder = tmp_path_factory.mktemp("forms")
    for name in NAMES:
        stream = io.BytesIO()
        writers.write("docx", convert.read(FOLDER / f"{name}.txt"), style.load("gongwen+auto"), stream)
        (folder / f"{name}.docx").write_bytes(stream.getvalue())
    return {name: folder / f"{name}.docx" for name in NAMES}


@pytest.fixture(scope="module")
def wanted() -> dict[str, str]:
    """The text of the body of each."""
    look = style.load("gongwen+auto")
    composed = {name: writers.compose(convert.read(FOLDER / f"{name}.txt"), look) for name in NAMES}
    return {name: squeezed(verify.expected(document).body) for name, document in composed.items()}


def test_the_validator_finds_nothing(files: dict[str, Path]) -> None:
    for path in files.values():
        errors = OpenXmlValidator(strict=True, max_errors=0).validate(str(path)).errors
        assert [str(error) for error in errors] == [], path


def test_apache_poi_reads_the_text(files: dict[str, Path], wanted: dict[str, str]) -> None:
    found = tools.poi(files.values())
    for name, path in files.items():
        text = squeezed("".join(found[path]))
        assert text.startswith(wanted[name])
        assert text.removeprefix(wanted[name]).startswith("\u20141\u2014\u20142\u2014"), "the feet, odd and even"


def test_docx_preview_draws_the_text(files: dict[str, Path], wanted: dict[str, str], tmp_path: Path) -> None:
    pages = {"general": 3, "joint": 2, "upward": 1, "letter": 1, "minutes": 1}  # it breaks where the file says so
    with tools.browser(tmp_path) as started:
        window = started.new_page()
        wrong: list[str] = []
        window.on("pageerror", lambda error: wrong.append(str(error)))
        for name, path in files.items():
            tools.docx_preview(window, path)
            articles = window.evaluate("[...document.querySelectorAll('article')].map(one => one.innerText)")
            assert squeezed("".join(articles)) == wanted[name]
            assert len(articles) == pages[name]
            assert window.evaluate(_MARK) == "rgb(255, 0, 0)", name
        assert wrong == []
        made = make(convert.read(FOLDER / "upward.txt"), style.load("gongwen+auto"))
        window.set_content(made.files["EPUB/chapter-000.xhtml"].decode().partition("\n")[2])
        window.add_style_tag(content=made.files["EPUB/style.css"].decode())
        width, *sides = window.evaluate(_SIDES)
        for start, end in sides:
            assert start < 40
            assert width - end < 40


# The number with the signers, who printed the document and when: the ends of each line's text (7.2.6, 7.4.3).
_SIDES = """[innerWidth, ...[...document.querySelectorAll('.sides .row')].map(
  row => [row.firstChild.getBoundingClientRect().left, row.lastChild.getBoundingClientRect().right])]"""
_MARK = "getComputedStyle(document.querySelector('p[class*=issuingmark] span')).color"


def test_an_attachment_begins_a_file_of_the_book() -> None:
    made = make(convert.read(FOLDER / "general.txt"), style.load("gongwen+auto"))
    begins = {
        "".join(page.find(f".//{X}section").itertext()).split()[0]: page.find(f".//{X}title").text
        for page in made.chapters.values()
    }
    assert begins["附件1"] == "甲县农村公路养护实施方案"
    assert begins["附件2"] == "甲县农村公路养护经费分配表"
