"""`wenban correct`: what is said becomes a sidecar; what people corrected is counted; what they changed is theirs."""

from __future__ import annotations

import gzip
import os
import shlex
import shutil
from pathlib import Path

import msgspec
import pytest
from conftest import Wenban
from test_corrections import TEXT

import convert
from convert import publish, source
from convert.cli import app
from convert.corrections import parsed
from convert.errors import SourceError, UsageError
from convert.model import to_json
from convert.run.correcting import Spoken, correct
from convert.run.errata import errata

STRANGE = Path(__file__).with_name("corpus") / "readings" / "gov-trs.html.txt"
"""A text of no kind that reading knows, so that it doubts."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1640908800")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def lines(*said: tuple[int, str]) -> Spoken:
    return Spoken(lines=said)


def test_what_is_said_is_written_and_kept(here: Path, wenban: Wenban) -> None:
    done = wenban(
        "correct", "a.txt", "--title", "关于普查的通知", "--author", "", "--line", 1, "keep", "--line", 3, "heading:2",
        "--run-in", 4, "现将有关事项", "--repair", 5, "台账", "台帐", "--undo", "4:11", "--extra", "签发人", "李四",
        "--who", "张三", "--style", "report", "--lang", "zh-Hans",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "a.wenban.toml: corrections: 8\n"
    first = Path("a.wenban.toml").read_text(encoding="utf-8")
    assert 'begins = "首页"\nkeep = true\n' in first
    assert 'before = ","\nafter = "\uff0c"\ncolumn = 11\nundo = true\n' in first
    Path("a.wenban.toml").write_text(f"# 看过\n{first}", encoding="utf-8")

    sidecar = correct("a.txt", lines((3, "forget"), (9, "remove"), (8, "split")))
    said = sidecar.corrections
    assert [(one.at, one.kind, one.split) for one in said.line] == [
        (1, None, False), (4, None, False), (8, None, True), (9, "removed", False),
    ]  # fmt: skip
    assert (said.metadata.title, said.document.who) == ("关于普查的通知", "张三")
    second = Path("a.wenban.toml").read_text(encoding="utf-8")
    assert second.startswith("# 看过\n")
    assert parsed(second.encode(), "a.wenban.toml").corrections == said
    assert not [name for name in os.listdir() if name.startswith(".")]


def test_what_cannot_be_said_writes_nothing(here: Path) -> None:
    for wrong in (lines((77, "note")), lines((3, "headline")), lines((3, "heading:x")), Spoken(undo=("3:1",))):
        with pytest.raises(UsageError):
            correct("a.txt", wrong)
    for wrong in (lines((1, "join")), Spoken(run_ins=((4, "别的"),)), lines((3, "note:2")), lines((3, "heading:0"))):
        with pytest.raises(SourceError):
            correct("a.txt", wrong)
    assert not Path("a.wenban.toml").exists()
    with pytest.raises(UsageError, match="nothing is said"):
        app.main(["correct", "a.txt"], standalone_mode=False)


def test_a_correction_that_no_longer_holds_can_be_said_anew(here: Path) -> None:
    correct("a.txt", lines((3, "note"), (4, "note")))
    Path("a.txt").write_text(TEXT.replace("现将", "今将"), encoding="utf-8")
    with pytest.raises(SourceError, match="now begins with '今将"):
        convert.read("a.txt")
    with pytest.raises(SourceError, match="now begins with '今将"):
        correct("a.txt", lines((5, "note")))
    correct("a.txt", lines((4, "note")))
    convert.read("a.txt")
    correct("a.txt", lines((3, "forget"), (4, "forget")))
    assert not Path("a.wenban.toml").exists(), "nothing is said any more"


def test_what_has_no_corrections_of_its_own(here: Path) -> None:
    Path("a.json").write_bytes(to_json(convert.read("a.txt")))
    with pytest.raises(UsageError, match="is changed itself"):
        correct("a.json", lines((3, "note")))
    with (
        gzip.open("a.warc.gz", "wb") as stream,
        open(Path(__file__).with_name("corpus") / "baogao.txt", "rb") as page,
    ):
        body = page.read()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        stream.write(
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.b/c.html\r\nContent-Type: application/http"
            f"; msgtype=response\r\nContent-Length: {len(head + body)}\r\n\r\n".encode()
            + head
            + body
            + b"\r\n\r\n"
        )
    inside = next(iter(source.find(["a.warc.gz"])))
    with pytest.raises(UsageError, match="archive"):
        correct(str(inside), lines((1, "title")))
    said = correct(str(inside), lines((1, "title")), "apart")
    assert convert.read(inside, corrections="apart").blocks[0].origin.by_hand, said.path


def test_where_the_file_goes(here: Path) -> None:
    assert correct("a.txt", lines((3, "note")), "apart").path == os.path.join("apart", "a.wenban.toml")
    Path("a.html").write_text("<h1>题</h1><p>文\u3002</p>", encoding="utf-8")
    assert correct("a.txt", lines((3, "note"))).path == "a.txt.wenban.toml", "there are two of the name"
    assert convert.read("a.html").metadata_by_hand == ()


def test_doubtful_lines_are_printed_as_they_are_said(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(STRANGE, "b.txt")
    app.main(["inspect", "--unsure", "b.txt"], standalone_mode=False)
    printed = capsys.readouterr().out.splitlines()
    assert printed
    words = [word for line in printed for word in shlex.split(line, comments=True)]
    app.main(["correct", "b.txt", *words], standalone_mode=False)
    said = parsed(Path("b.wenban.toml").read_bytes(), "").corrections
    assert len(said.line) == len(printed)
    app.main(["inspect", "--unsure", "b.txt"], standalone_mode=False)
    again = {line.split()[1] for line in capsys.readouterr().out.splitlines()[1:]}
    assert again.isdisjoint(line.split()[1] for line in printed), "who has said it has no doubt"


def test_what_was_corrected_is_counted_without_its_text(here: Path) -> None:
    Path("b.txt").write_text(TEXT, encoding="utf-8")
    Path("c.txt").write_text(TEXT, encoding="utf-8")
    for name in ("a", "b"):
        correct(f"{name}.txt", Spoken(lines=((3, "heading:2"), (1, "keep")), undo=("4:11",)))
    Path("c.wenban.toml").write_text("[metadta]\n", encoding="utf-8")
    found = errata(["."])
    assert (found.documents, found.unread) == (3, 1)
    rows = {(one.what, one.read, one.said): one for one in found.rows}
    assert rows["line", "salutation", "heading:2"].times == 2
    assert rows["line", "salutation", "heading:2"].why == "form:salutation"
    assert rows["line", "removed", "keep"].why == "page tools"
    assert rows["repair", "punctuation", "taken back"].times == 2
    text = msgspec.json.encode(found).decode()
    assert not any(word in text for word in ("各村", "首页", "a.txt", "现将"))


# --- What a person changed is theirs --------------------------------------------------------------------------------


def made(**options: object) -> dict[str, convert.run.pipeline.Result]:  # type: ignore[name-defined]
    results = convert.batch(["in"], "out", ("html", "docx"), **options)  # type: ignore[arg-type]
    return {Path(one.path).stem: one for one in results}


def test_an_edition_that_a_person_changed_is_kept(here: Path, wenban: Wenban) -> None:
    Path("in").mkdir()
    for name in ("a", "b"):
        Path("in", f"{name}.txt").write_text(TEXT, encoding="utf-8")
    made()
    with open("out/a.docx", "ab") as stream:
        stream.write(b"mine")
    mine = Path("out/a.docx").read_bytes()
    for name in ("a", "b"):
        Path("in", f"{name}.txt").write_text(TEXT.replace("检查", "普查"), encoding="utf-8")
    done = wenban("convert", "in", "-o", "out", "-t", "html", "-t", "docx")
    assert done.returncode == 1
    assert "error: in/a.txt: out: changed since it was made, and so left as it is: a.docx" in done.stderr
    assert Path("out/a.docx").read_bytes() == mine
    assert "普查" in Path("out/a.html").read_text(encoding="utf-8"), "the others are made"
    assert [finding.name for finding in publish.examine(Path("out")).findings] == ["a.docx"], "and verify tells"
    again = made()
    assert {name: one.state for name, one in again.items()} == {"a": "partial", "b": "unchanged"}
    assert Path("out/a.docx").read_bytes() == mine

    Path("in/a.txt").unlink()
    made(prune=True)
    assert Path("out/a.docx").read_bytes() == mine, "nor is it deleted"
    Path("in/a.txt").write_text(TEXT, encoding="utf-8")
    assert {one.state for one in made(force=True).values()} == {"done"}
    assert publish.examine(Path("out")).findings == []


def test_a_format_that_is_not_asked_for_is_kept_where_it_was_changed(here: Path) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, encoding="utf-8")
    made()
    Path("out/a.docx").write_bytes(b"mine")
    Path("in/a.txt").write_text(TEXT.replace("检查", "普查"), encoding="utf-8")
    list(convert.batch(["in"], "out", ("html",)))
    assert Path("out/a.docx").read_bytes() == b"mine"
    assert [finding.what for finding in publish.examine(Path("out")).findings] == ["changed"]


def test_what_a_killed_run_had_put_there_is_no_change_of_a_person(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("in").mkdir()
    Path("in/a.txt").write_text(TEXT, encoding="utf-8")
    made()
    Path("in/a.txt").write_text(TEXT.replace("检查", "普查"), encoding="utf-8")

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(publish.Journal, "record", killed)
        patched.setattr(publish.Journal, "finish", killed)
        with pytest.raises(Killed):
            made()
    assert Path("out/.wenban-run.sqlite").exists()
    assert "普查" in Path("out/a.html").read_text(encoding="utf-8")
    assert [one.state for one in made().values()] == ["done"]
