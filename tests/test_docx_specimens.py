"""Specimens of WordprocessingML: what each construct of the model becomes, in `fixtures/docx`.

A specimen is a title, the document as JSON, and the XML wanted of each part, white space between elements aside.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from lxml import etree

from convert import style
from convert.clean.found import found
from convert.model import Block, Document, Media, Metadata, Note, SourceInfo
from convert.writers import docx

SPECIMENS = sorted((Path(__file__).parent / "fixtures" / "docx").glob("*.txt"))
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "w14": "urn:wenban:understood-by-nobody",
}
SOURCE = SourceInfo("page.txt", "0" * 64, "text/plain", "utf-8", 1)


class Given(msgspec.Struct):
    """What a specimen begins with."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    media: dict[str, Media] = {}
    style: str = "gongwen"
    language: str = "zh-Hans"


def written(given: Given) -> dict[str, list[str]]:
    """The parts a specimen is about: each block of the body, each note, each relationship that leads outside."""
    document = Document(SOURCE, Metadata(language=given.language), found(given.blocks), given.notes, given.media)
    stream = io.BytesIO()
    docx.write(document, style.load(given.style), stream)
    package = zipfile.ZipFile(stream)
    body = etree.fromstring(package.read("word/document.xml"))[0]
    parts = {"word/document.xml": [lines for child in body[:-1] for lines in pretty(child)]}
    if "word/footnotes.xml" in package.namelist():
        notes = etree.fromstring(package.read("word/footnotes.xml"))[2:]
        parts["word/footnotes.xml"] = [lines for note in notes for lines in pretty(note)]
    for name in ("word/_rels/document.xml.rels", "word/_rels/footnotes.xml.rels"):
        if name in package.namelist():
            outside = [rel for rel in etree.fromstring(package.read(name)) if rel.get("TargetMode") == "External"]
            if outside:
                parts[name] = [f"{rel.get('Id')} {rel.get('Target')}" for rel in outside]
    return parts


def pretty(element: Any) -> list[str]:
    """An element as lines, without the declarations of its part."""
    etree.indent(element)
    text = etree.tostring(element, encoding="unicode").rstrip()
    for prefix, space in SPACES.items():
        text = text.replace(f' xmlns:{prefix}="{space}"', "")
    return text.split("\n")


def wanted(part: str, text: str) -> list[str]:
    """The lines a part should have."""
    if part.endswith(".rels"):
        return text.split("\n")
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    root = etree.fromstring(f"<root {declared}>{text}</root>", etree.XMLParser(remove_blank_text=True))
    return [lines for child in root for lines in pretty(child)]


def test_there_are_specimens() -> None:
    assert len(SPECIMENS) >= 20


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_specimen(path: Path) -> None:
    title, *sections = path.read_text(encoding="utf-8").rstrip("\n").split("\n--- ")
    given, *expected = (section.split("\n", 1) for section in sections)
    assert given[0] == "given"
    parts = written(msgspec.json.decode(given[1], type=Given))
    assert list(parts) == [part for part, _ in expected], title
    for part, text in expected:
        assert parts[part] == wanted(part, text), title
