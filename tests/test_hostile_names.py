"""Sources with names and in places that are traps: what can be made is made, under safe names, and nothing hangs."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

import convert
from convert import publish
from convert.errors import OutputError, SourceError

TEXT = "关于春耕的通知\n\n各村\uff1a\n\n春耕以来\uff0c全县播种小麦三千亩\u3002\n"
NAMES = (
    "a\nb.txt",  # a line end
    "bell\x07\x1b[2J.txt",  # controls, as a terminal obeys them
    "\u202egpj.txt",  # right-to-left override
    "-rf.txt",
    "--prune.txt",
    "..txt",
    "...txt",
    "a\\..\\b.txt",
    "con.txt",
    "%2e%2e%2f.txt",
    "$(touch x);`id`.txt",
    "\u6587" * 83 + ".txt",  # 253 bytes
    "a" * 251 + ".txt",
    "e\u0301.txt",
    "\u00e9.txt",
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path


def test_names_that_are_traps(here: Path) -> None:
    for name in NAMES:
        (here / "in" / name).write_text(TEXT, encoding="utf-8")
    shown = {path.name for path in (here / "in").iterdir() if path.name[0] != "."}  # hidden files are passed over
    results = list(convert.batch(["in"], "out", ("html",)))
    assert {result.state for result in results} == {"done"}
    assert len(results) == len(shown) == len(NAMES) - 2
    made = [path.name for path in (here / "out").iterdir()]
    assert len(made) == len(shown) + 2
    for name in made:
        assert publish.names.is_safe(name)
        assert not name.startswith(("-", "."))
    assert publish.examine(here / "out").findings == []
    assert {path.name for path in here.iterdir()} == {"in", "out"}


def test_what_is_no_plain_file_is_passed_over(here: Path) -> None:
    """Pipes nobody writes to, links to devices, links in circles and out of the folder."""
    page = here / "in" / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    os.mkfifo(here / "in" / "pipe.txt")
    (here / "in" / "zero.txt").symlink_to("/dev/zero")
    (here / "in" / "circle.txt").symlink_to("circle.txt")
    (here / "in" / "again").symlink_to(here / "in", target_is_directory=True)
    (here / "in" / "root").symlink_to("/", target_is_directory=True)
    assert [(result.path, result.state) for result in convert.batch(["in"], "out", ("html",))] == [
        ("in/page.txt", "done")
    ]
    for name in ("pipe.txt", "zero.txt", "circle.txt"):
        with pytest.raises(SourceError):
            convert.read(here / "in" / name)


def test_a_folder_that_is_deleted_meanwhile(here: Path) -> None:
    """What comes after is failed and said, nothing hangs, and the same command makes all."""
    for name in "abc":
        (here / "in" / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    results, states = convert.batch(["in"], "out", ("txt",)), []

    def run() -> None:
        for result in results:
            states.append(result.state)
            if len(states) == 1:
                shutil.rmtree("out")

    with pytest.raises(OutputError):
        run()
    assert states == ["done", "failed", "failed"]
    assert [result.state for result in convert.batch(["in"], "out", ("txt",))] == ["done"] * 3
    assert publish.examine(here / "out").findings == []


def test_a_folder_that_cannot_be_written_or_is_gone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "in" / "page.txt").write_text(TEXT, encoding="utf-8")
    (here / "file").touch()
    with pytest.raises(OutputError):
        list(convert.batch(["in"], "file/out", ("html",)))
    if os.geteuid():  # whoever may do everything may write there too
        (here / "read").mkdir()
        os.chmod(here / "read", stat.S_IRUSR | stat.S_IXUSR)
        with pytest.raises(OutputError):
            list(convert.batch(["in"], "read", ("html",)))
