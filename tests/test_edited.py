"""`wenban correct --from`: a DOCX edition that a person changed, as Word's own library changes it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Wenban
from test_corrections import TEXT, entry

import convert
from convert.corrections import Corrections, MetadataCorrection
from convert.errors import SourceError
from convert.model import ledger
from convert.run.correcting import opened, save, tried
from convert.run.edited import taken_up

Edit = Callable[[Any, dict[str, Any]], object]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    text = TEXT.replace("各村", "来源\uff1a某报\n各村").replace("洪山镇人民政府\n", "洪山镇人民政府\n第二行落款\n")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    convert.convert("a.txt", "out", ("docx",), "report")
    return tmp_path


def edited(edit: Edit) -> None:
    """The edition with a change, in e.docx."""
    whole = docx.Document("out/a.docx")
    edit(whole, {paragraph.text[:2]: paragraph for paragraph in whole.paragraphs})
    whole.save("e.docx")


def styled(begins: str, name: str) -> Edit:
    return lambda whole, found: setattr(found[begins], "style", whole.styles[name])


def taken(edit: Edit) -> tuple[Corrections, list[str]]:
    edited(edit)
    found = taken_up(opened("a.txt"), "e.docx")
    return found.corrections, [said.code for said in found.listed]


def say(paragraph: Any, text: str) -> None:
    for run in paragraph.runs[1:]:
        run._r.getparent().remove(run._r)
    paragraph.runs[0].text = text


def test_nothing_changed_says_nothing(here: Path) -> None:
    assert taken(lambda whole, found: None) == (Corrections(), [])


def test_properties_are_found_as_libreoffice_names_them(here: Path) -> None:
    edited(lambda whole, found: setattr(whole.core_properties, "author", "李四"))
    with zipfile.ZipFile("e.docx") as old, zipfile.ZipFile("f.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "_rels/.rels":
                assert b"/package/2006/relationships/metadata/core" in data
                data = data.replace(b"/package/2006/relationships/metadata/core", b"/officedocument/2006/metadata/core")
            new.writestr(name, data)
    said = taken_up(opened("a.txt"), "f.docx").corrections
    assert said == Corrections(metadata=MetadataCorrection(author="李四"))


@pytest.mark.parametrize(
    ("begins", "name", "at", "word"),
    [
        ("各村", "Heading 2", 4, "heading:2"), ("现将", "Note", 5, "note"), ("洪山", "Normal", 10, "paragraph"),
        ("现将", "Quote", 5, "quote"), ("关于", "Subtitle", 2, "subtitle"), ("现将", "List Paragraph", 5, "list_item"),
    ],
)  # fmt: skip
def test_another_style_says_what_the_line_is(here: Path, begins: str, name: str, at: int, word: str) -> None:
    said, listed = taken(styled(begins, name))
    kind, _, level = word.partition(":")
    line = next(line for line in said.line if line.at == at)
    assert (line.kind, line.level) == (kind, int(level) if level else None)
    assert listed == []
    document, sidecar = tried(opened("a.txt"), said)
    assert entry(document, at).kind == kind
    save(opened("a.txt"), sidecar)
    assert taken_up(opened("a.txt"), "e.docx") == (said, []), "taken up once, it is so"


def test_what_a_person_does_in_one_sitting(here: Path, wenban: Wenban) -> None:
    def sitting(whole: Any, found: dict[str, Any]) -> None:
        say(found["关于"], "关于开展普查的通知")
        found["\uff08一"].runs[0].style = whole.styles["Default Paragraph Font"]
        found["洪山"]._p.getparent().remove(found["洪山"]._p)
        say(found["\uff08二"], found["\uff08二"].text.replace("到人", "到岗"))
        say(found["来源"], "来源\uff1a另一报")
        whole.core_properties.author = "李四"
        found["现将"].insert_paragraph_before("新加的一段话\u3002")

    edited(sitting)
    done = wenban("correct", "a.txt", "--from", "e.docx", "--line", 1, "keep")
    assert (done.returncode, done.stdout) == (0, "a.wenban.toml: corrections: 7\n")
    assert "not taken: text that the page does not have: 新加的一段话" in done.stderr
    assert "not taken: line 7 is written otherwise" in done.stderr
    document = convert.read("a.txt")
    known = document.metadata
    assert (known.title, known.source, known.author) == ("关于开展普查的通知", "另一报", "李四")
    assert known.issuing_body == "洪山镇人民政府", "the source note still has it, though not who signed"
    assert entry(document, 6).run_in is None
    assert entry(document, 7).text.endswith("到人\u3002"), "text is the page's"
    assert entry(document, 10).reason == "removed by hand"
    assert entry(document, 1).kind == "paragraph"
    assert wenban("correct", "a.txt", "--from", "out/a.docx").returncode == 0


def test_paragraphs_joined_cut_and_brought_back(here: Path) -> None:
    def joined(whole: Any, found: dict[str, Any]) -> None:
        say(found["洪山"], found["洪山"].text + found["第二"].text)
        found["第二"]._p.getparent().remove(found["第二"]._p)

    said, listed = taken(joined)
    assert [(line.at, line.join) for line in said.line] == [(11, True)]

    def cut(whole: Any, found: dict[str, Any]) -> None:
        text = found["这一"].text
        found["这一"].insert_paragraph_before(text[: text.index("断开的")])
        say(found["这一"], text[text.index("断开的") :])

    said, listed = taken(cut)
    assert [(line.at, line.split) for line in said.line] == [(9, True)]
    assert listed == []

    def within(whole: Any, found: dict[str, Any]) -> None:
        text = found["现将"].text
        found["现将"].insert_paragraph_before(text[:6])
        say(found["现将"], text[6:])

    assert taken(within) == (Corrections(), ["edited-cut"])
    said, listed = taken(lambda whole, found: found["来源"].insert_paragraph_before("扫一扫在手机打开当前页"))
    assert [(line.at, line.begins) for line in said.line] == [(13, "扫一扫在手机打开当前页")]
    assert entry(tried(opened("a.txt"), said)[0], 13).kind == "paragraph"
    moved = taken(lambda whole, found: found["各村"]._p.addprevious(found["现将"]._p))
    assert moved == (Corrections(), ["edited-moved"])


def test_tracked_deletions_are_gone_and_fields_cleared(here: Path) -> None:
    def tracked(whole: Any, found: dict[str, Any]) -> None:
        node = found["洪山"]._p
        for run in list(node.iterchildren("{*}r")):
            gone = node.makeelement(run.tag.replace("}r", "}del"), {})
            run.addprevious(gone)
            gone.append(run)
        found["来源"]._p.getparent().remove(found["来源"]._p)

    said, _ = taken(tracked)
    assert [(line.at, line.kind) for line in said.line] == [(10, "removed")]
    assert said.metadata.source == ""


def test_what_is_no_edition_of_the_page(here: Path) -> None:
    Path("b.docx").write_bytes(b"PK\x03\x04 no archive")
    for wrong in ("b.docx", "nowhere.docx"):
        with pytest.raises(SourceError):
            taken_up(opened("a.txt"), wrong)
    other = docx.Document()
    other.add_paragraph("别的")
    other.save("c.docx")
    with pytest.raises(SourceError, match="no paragraph of this page"):
        taken_up(opened("a.txt"), "c.docx")


def test_a_style_of_which_nothing_is_known_is_listed(here: Path) -> None:
    def strange(whole: Any, found: dict[str, Any]) -> None:
        found["现将"].style = whole.styles.add_style("Marginalia", 1)

    assert taken(strange) == (Corrections(), ["edited-style"])
    assert [entry.kind for entry in ledger(convert.read("a.txt"))].count("removed")
    shutil.rmtree("out")
