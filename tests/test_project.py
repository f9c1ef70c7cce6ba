"""`wenban.toml`, `wenban init`, `--name-by` and `--watch`, in this process: what a folder says is what a run does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec
import pytest

from convert import writers
from convert.cli import app
from convert.cli.project import text
from convert.cli.watch import watched
from convert.errors import ConvertError, OutputError, Said, SourceError, UsageError
from convert.run import project
from convert.run.files import files_of

PAGE = (
    "关于开展检查的通知\n\n发布时间\uff1a2021-03-04\n\n各镇人民政府\uff1a\n\n现将有关事项通知如下\u3002\n\n"
    "洪山镇人民政府\n\n2021年3月4日\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of pages, in which commands are called."""
    (tmp_path / "in" / "laws").mkdir(parents=True)
    (tmp_path / "in" / "index.txt").write_text(PAGE, "utf-8")
    (tmp_path / "in" / "laws" / "index.txt").write_text(PAGE.replace("检查", "评比"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    return tmp_path


def wenban(*arguments: str) -> int | None:
    """Calls the command line."""
    return app.main(list(arguments), prog_name="wenban", standalone_mode=False)


def names(path: Path) -> set[str]:
    return {one.name for one in path.iterdir()} - {"manifest.json", "SHA256SUMS"}


def test_a_folder_says_sources_formats_names_and_exceptions(folder: Path) -> None:
    (folder / "wenban.toml").write_text(
        'sources = ["in"]\nout = "made"\nformats = ["txt"]\nname-by = "date"\n'
        '[[folder]]\npath = "in/laws"\nformats = ["md"]\n',
        "utf-8",
    )
    assert wenban("convert", "-q") == 0
    assert names(folder / "made") == {"2021-03-04 关于开展检查的通知.txt", "2021-03-04 关于开展评比的通知.md"}
    assert (
        wenban("convert", "-q", "-t", "txt", "-o", "again", "--name-by", "title") == 0
    )  # the command line outranks it
    assert names(folder / "again") == {"关于开展检查的通知.txt", "关于开展评比的通知.txt"}


@pytest.mark.parametrize("said", ['"txt, md"', '["txt,md"]', '["txt", "md"]', '"md\uff0ctxt,md"'])
def test_formats_may_be_one_text_with_commas(folder: Path, said: str) -> None:
    (folder / "wenban.toml").write_text(
        f'sources = ["in"]\nformats = {said}\n[[folder]]\npath = "in/laws"\nformats = "html,txt"\n', "utf-8"
    )
    assert wenban("convert", "-q") == 0
    assert sorted(Path(name).suffix for name in names(folder / "dist")) == [".html", ".md", ".txt", ".txt"]


@pytest.mark.parametrize("said", ["pdf,dcx", "dcx", ",", "pdf\uff0cdcx"])
def test_a_format_that_is_none_is_an_error_that_names_those_there_are(folder: Path, said: str) -> None:
    wrong = "dcx" if "dcx" in said else said
    with pytest.raises(UsageError, match=f"'{wrong}'") as caught:
        wenban("convert", "in", "-t", said)
    assert ", ".join(writers.names()) in str(caught.value)
    (folder / "wenban.toml").write_text(f'formats = "{said}"\n', "utf-8")
    with pytest.raises(UsageError, match=f"'{wrong}'"):
        wenban("convert", "in")
    assert not (folder / "dist").exists()


def test_names_come_from_files_where_there_is_nothing_else(folder: Path) -> None:
    (folder / "in" / "laws" / "index.txt").write_text(PAGE, "utf-8")
    (folder / "in" / "bare.txt").write_text("只有一句话\u3002\n", "utf-8")
    assert wenban("convert", "in", "-q", "-t", "txt", "--name-by", "number") == 0
    found = names(folder / "dist")
    assert {"关于开展检查的通知.txt", "bare.txt"} < found
    assert re.fullmatch(r"关于开展检查的通知-[0-9a-f]{8}\.txt", (found - {"关于开展检查的通知.txt", "bare.txt"}).pop())
    assert wenban("convert", "in", "-q", "-t", "txt") == 0
    assert names(folder / "dist") == found  # a document keeps its name


def test_init_writes_what_can_be_read_and_no_second_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wenban("init")
    assert capsys.readouterr().out == "wenban.toml\n"
    assert project.load("wenban.toml").sources == (".",)
    with pytest.raises(OutputError, match="already"):
        wenban("init")


def test_every_key_is_in_what_init_writes() -> None:
    said = "\n".join(line.removeprefix("# ") for line in text().splitlines() if re.match(r"(# )?([\w-]+ =|\[\[)", line))
    found = msgspec.convert(tomllib.loads(said), project.Project)
    fields = msgspec.structs.fields(project.Project)
    assert {field.encode_name for field in fields} == set(tomllib.loads(said))
    assert found.folder[0].style == "report"


@pytest.mark.parametrize(
    ("written", "line", "part"),
    [
        ('out = "x"\nsorces = ["."]\n', 2, "sources"),
        ('jobs = "x"\n', 1, "jobs"),
        ("out = \n", 1, "TOML"),
        ('[[folder]]\npath = "a"\nstile = "b"\n', 3, "style"),
    ],
)
def test_what_is_wrong_in_it_has_its_place(folder: Path, written: str, line: int | None, part: str) -> None:
    (folder / "wenban.toml").write_text(written, "utf-8")
    with pytest.raises(UsageError, match=part) as caught:
        wenban("convert")
    assert (caught.value.where, caught.value.line) == ("wenban.toml", line)
    with pytest.raises(click.MissingParameter):
        wenban("convert", "--config", "")


def test_another_file_has_its_own_folder(folder: Path) -> None:
    (folder / "in" / "mine.toml").write_text('sources = ["laws"]\nformats = ["txt"]\n', "utf-8")
    assert wenban("convert", "-q", "--config", "in/mine.toml") == 0
    assert names(folder / "dist") == {"index.txt"}
    with pytest.raises(UsageError):
        wenban("convert", "--config", "nosuch.toml")


def test_watch_makes_again_after_a_change_and_says_errors(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made: list[int] = []

    def make() -> int:
        made.append(len(made))
        if len(made) == 2:
            raise SourceError(Said("no-such-file"), where="x")
        if len(made) == 3:
            raise KeyboardInterrupt
        return 0

    looked: list[int] = []

    def files() -> Iterator[str]:
        looked.append(len(looked))
        if len(looked) in (3, 6):
            (folder / "in" / "index.txt").write_text(PAGE * len(looked), "utf-8")
        yield from files_of(["in"], "gongwen", "")

    assert watched(make, files, 0.0) == ConvertError.exit_code or made == [0, 1, 2]
    assert made == [0, 1, 2]
    assert "error: x:" in capsys.readouterr().err
    assert {str(Path("in/index.txt")), str(Path("in/laws/index.txt")), "wenban.toml"} <= set(
        files_of(["in"], "gongwen", "")
    )
