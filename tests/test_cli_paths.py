"""A path that is not there, or is no place to write to: every command ends with the same code, and says where it looked
and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from convert.cli import app
from convert.cli.app import _run
from convert.words import messages

PAGE = "关于开展检查的通知\n\n各单位\uff1a\n\n请于月底前完成检查\u3002\n"
MISSING = [
    "bind nosuch -o book.epub",
    "bind @nosuch -o book.epub",
    "catalogue nosuch",
    "convert nosuch",
    "convert nosuch/page.txt",
    "convert nosuch.warc",
    "convert nosuch -o page.pdf",
    "convert nosuch --dry-run",
    "convert nosuch --join",
    "convert @nosuch",
    "convert --from-list nosuch",
    "correct nosuch --title x",
    "correct nosuch --report",
    "correct page.txt --from nosuch",
    "inspect nosuch",
    "inspect nosuch.html --json",
    "mcp --root nosuch",
    "pack nosuch",
    "preview nosuch --no-open",
    "verify nosuch",
    "verify nosuch --json",
    "verify dist --rebuild nosuch",
]
OF_THE_CALL = ["convert page.txt --style nosuch.toml", "fonts --style nosuch.toml", "convert --config nosuch"]
"""What is not there belongs to how the command was called: exit code 2."""
NO_PATH = {"completion", "doctor", "init", "schema", "styles", "fonts"}
"""Commands that read no source and no folder."""
NO_MANIFEST = [
    "catalogue empty",
    "pack empty",
    "verify empty",
    "catalogue page.txt",
    "pack page.txt",
    "verify page.txt",
]
UNWRITABLE = [
    "bind page.txt -o page.txt/book.epub",
    "convert page.txt -t txt -o page.txt/dist",
    "convert page.txt -t txt --report page.txt/report.jsonl",
    "convert page.txt -o page.txt/page.html",
    "correct page.txt --title x --corrections page.txt",
    "init page.txt",
    "pack dist -o page.txt/dist.zip",
]


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LANGUAGE", request.param)
    messages.current.cache_clear()
    yield request.param
    messages.current.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A page, an output folder, and an empty one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    (tmp_path / "empty").mkdir()
    assert _run(["convert", "page.txt", "-t", "txt", "-q"]) == 0
    return tmp_path


def said(call: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code of a call, and what it says went wrong."""
    capsys.readouterr()
    code = _run(call.split())
    return code, re.findall("^(?:error: |错误\uff1a)(.+)$", capsys.readouterr().err, re.MULTILINE)


def names_and_helps(line: str, path: str) -> bool:
    """Whether an error begins with the path and ends with a second sentence."""
    return re.match(rf"{re.escape(path)}[^ ]*: .+(?:\. |\u3002).+", line) is not None


@pytest.mark.parametrize("call", MISSING)
def test_what_is_not_there_is_a_source_that_cannot_be_read(
    call: str, folder: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, errors = said(call, capsys)
    assert (code, [names_and_helps(line, "nosuch") for line in errors]) == (3, [True]), errors


def test_every_command_with_a_path_was_asked() -> None:
    assert {call.split()[0] for call in MISSING} | NO_PATH == set(app.commands)


@pytest.mark.parametrize("call", OF_THE_CALL)
def test_a_style_or_options_that_are_not_there_are_a_wrong_call(
    call: str, folder: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, errors = said(call, capsys)
    assert (code, [names_and_helps(line, "nosuch") for line in errors]) == (2, [True]), errors


@pytest.mark.parametrize("call", NO_MANIFEST)
def test_a_folder_that_is_no_output_folder(
    call: str, folder: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, errors = said(call, capsys)
    assert (code, [names_and_helps(line, call.split()[1]) for line in errors]) == (3, [True]), errors


@pytest.mark.parametrize("call", UNWRITABLE)
def test_where_nothing_can_be_written(
    call: str, folder: Path, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, errors = said(call, capsys)
    assert (code, [names_and_helps(line, "page.txt") for line in errors]) == (7, [True]), errors
    assert (folder / "page.txt").read_text("utf-8") == PAGE
