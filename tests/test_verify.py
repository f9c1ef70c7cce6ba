"""The fidelity check: editions as written pass, and any change to text, notes or glosses is found."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest
from conftest import SAMPLE
from exam import exam_document
from hypothesis import HealthCheck, example, given, settings
from looks import LOOKS
from part import examples
from strategies import documents

from convert import style, verify, writers
from convert.model import (
    Block,
    Cell,
    Document,
    Emphasis,
    Figure,
    Heading,
    Inline,
    List,
    ListItem,
    Note,
    NoteRef,
    Paragraph,
    Quote,
    Removed,
    Row,
    Ruby,
    SourceInfo,
    Span,
    Table,
    Text,
    block_text,
    inlines_of,
)
from convert.run import pipeline, reading

FORMATS = ("docx", "pdf", "epub", "odt", "html")
LOOK = style.load("gongwen")


@cache
def exam() -> Document:
    return writers.compose(exam_document(), LOOK)


@cache
def edition(name: str) -> bytes:
    return pipeline.write(name, exam_document(), LOOK)[0]


def changed(document: Document, kind: type, change: Callable[[Block], Block]) -> Document:
    """The document with its first block of a kind changed."""
    blocks = list(document.blocks)
    at = next(at for at, block in enumerate(blocks) if isinstance(block, kind))
    blocks[at] = change(blocks[at])
    return msgspec.structs.replace(document, blocks=tuple(blocks))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("look", LOOKS)
def test_the_exam_is_held_whole(name: str, look: str) -> None:
    data, _ = pipeline.write(name, exam_document(), style.load(look))
    assert verify.check(name, data, writers.compose(exam_document(), style.load(look))) == []


@pytest.mark.parametrize("name", FORMATS)
def test_contents_are_no_text_of_the_document(name: str, tmp_path: Path) -> None:
    (tmp_path / "long.toml").write_text('extends = "gongwen"\n[contents]\nshow = true\n[outline]\nrun_in = true\n')
    look = style.load(str(tmp_path / "long.toml"))
    data, _ = pipeline.write(name, exam_document(), look)
    assert verify.check(name, data, writers.compose(exam_document(), look)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_removed_is_nowhere(name: str) -> None:
    """Removed and meta lines are not printed, at the top or inside a quote, a list item or a cell."""
    gone = (Removed("\u5220\u53bb", "page tools"), Paragraph((Text("\u5220\u53bb"),), "meta"))
    kept = Paragraph((Text("\u7559\u4e0b"),))
    blocks = (
        *gone,
        kept,
        Quote((kept, *gone)),
        List((ListItem((kept, *gone), "1."),)),
        Table((Row((Cell((*gone, kept)), Cell(gone))),)),
    )
    document = msgspec.structs.replace(exam_document(), blocks=blocks, notes=(), media={})
    data, _ = pipeline.write(name, document, LOOK)
    assert verify.check(name, data, writers.compose(document, LOOK)) == []
    assert "\u5220\u53bb" not in verify.read(name, data).body


@pytest.mark.parametrize("name", FORMATS)
def test_a_missing_picture_loses_no_text(name: str) -> None:
    figures = (
        Figure(None, "alternative", (Text("\u56fe\u4e00"),)),
        Figure("gone.png", "other", (Text("\u56fe\u4e8c"),)),
    )
    document = msgspec.structs.replace(exam_document(), blocks=figures, notes=(), media={})
    data, _ = pipeline.write(name, document, LOOK)
    assert verify.check(name, data, writers.compose(document, LOOK)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_sample_is_held_whole(name: str) -> None:
    document = reading.read(SAMPLE)
    data, _ = pipeline.write(name, document, LOOK)
    assert verify.check(name, data, writers.compose(document, LOOK)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_readers_read_everything(name: str) -> None:
    found = verify.read(name, edition(name))
    assert "".join(block_text(block) for block in exam().blocks).split()[0] in found.body
    assert len(found.body) > 2000
    assert len(found.notes) > 20
    assert len(found.glosses) > 5


CHANGES: dict[str, Callable[[Document], Document]] = {
    "one character more": lambda exam: changed(
        exam, Heading, lambda block: msgspec.structs.replace(block, children=(*block.children, Text("\u7684")))
    ),
    "a paragraph less": lambda exam: msgspec.structs.replace(exam, blocks=exam.blocks[:-1]),
    "two paragraphs exchanged": lambda exam: msgspec.structs.replace(
        exam, blocks=(exam.blocks[1], exam.blocks[0], *exam.blocks[2:])
    ),
    "a comma of half width": lambda exam: changed(
        exam, Paragraph, lambda block: msgspec.structs.replace(block, children=(Text(block_text(block) + ","),))
    ),
    "a table without its last row": lambda exam: changed(
        exam, Table, lambda block: msgspec.structs.replace(block, rows=block.rows[:-1])
    ),
    "a table without its caption": lambda exam: changed(
        exam, Table, lambda block: msgspec.structs.replace(block, caption=())
    ),
    "a note less": lambda exam: msgspec.structs.replace(exam, notes=exam.notes[:-1]),
    "notes exchanged": lambda exam: msgspec.structs.replace(exam, notes=exam.notes[::-1]),
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_difference_is_found(name: str, change: str) -> None:
    other = CHANGES[change](exam())
    assert other != exam()
    assert verify.check(name, edition(name), other)


@pytest.mark.parametrize("name", FORMATS)
def test_a_gloss_is_checked(name: str) -> None:
    text = msgspec.json.encode(exam()).decode()
    gloss = exam_gloss()
    other = msgspec.json.decode(text.replace(f'"{gloss}"', '"x"'), type=Document)
    differences = verify.check(name, edition(name), other)
    assert len(differences) == 1
    assert differences[0].startswith("glosses, character ")


def exam_gloss() -> str:
    return next(node.gloss for node in inlines_of(exam().blocks) if isinstance(node, Ruby))


def test_the_message_shows_the_place() -> None:
    other = CHANGES["one character more"](exam())
    (said,) = verify.check("docx", edition("docx"), other)
    assert said.startswith("body, character ")
    assert "expected '\u7684" in said


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("cut", [0, 10, 2000])
def test_a_broken_edition_is_told(name: str, cut: int) -> None:
    assert verify.check(name, edition(name)[:cut], exam())


@pytest.mark.parametrize(("name", "part"), [("docx", "word/document.xml"), ("epub", "META-INF/container.xml")])
def test_a_package_without_its_main_part(name: str, part: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(edition(name))) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            if item.filename != part:
                new.writestr(item, old.read(item))
    (said,) = verify.check(name, out.getvalue(), exam())
    assert "cannot be read back" in said


def test_formats_without_a_reader() -> None:
    assert not verify.can_read("json")
    assert all(map(verify.can_read, FORMATS))


def _of_line(*inlines: Inline) -> Document:
    return Document(SourceInfo("a.txt", "0" * 64, "text/plain", "utf-8", 1), blocks=(Paragraph(inlines),))


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
@example(document=_of_line(Emphasis((Span("ja", (Ruby("0", "0"),)),), "emphasis")))  # its dots lay on its ruby
@example(document=_of_line(Ruby("0", "00"), Ruby("\uff01", "00000000")))  # one gloss lay on the other
def test_any_document_is_held_whole(name: str, document: Document) -> None:
    data, _ = pipeline.write(name, document, LOOK)
    assert verify.check(name, data, writers.compose(document, LOOK)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_note_nothing_refers_to_is_printed_all_the_same(name: str) -> None:
    """The line that referred to it was furniture; another is referred to by a note alone."""
    notes = (
        Note("a", "1", (Paragraph((Text("甲"),)),)),
        Note("b", "2", (Paragraph((Text("乙"), NoteRef("c", "3"))),)),
        Note("c", "3", (Paragraph((Text("丙"),)),)),
    )
    blocks = (Removed("打印", "page tools"), Paragraph((Text("文"), NoteRef("b", "2"))))
    document = Document(SourceInfo("a.txt", "0" * 64, "text/plain", "utf-8", 2), blocks=blocks, notes=notes)
    composed = writers.compose(document, LOOK)
    assert verify.expected(composed) == ("文21甲3丙", "乙3", "", "")
    data, _ = pipeline.write(name, document, LOOK)
    assert verify.check(name, data, composed) == []
