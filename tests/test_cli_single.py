"""One page in, one file out: `-` and `-o FILE.docx`, as users of other converters type them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import SAMPLE, Wenban, environment

from convert.cli.single import _kind
from convert.run.options import language_tag

PAGE = "关于开展检查的通知\n各单位\uff1a\n请于月底前完成检查\uff0c并将结果报送办公室\u3002\n"


def piped(folder: Path, data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A call with a page on standard input."""
    command = [sys.executable, "-m", "convert", "convert", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), input=data, capture_output=True, check=False)


def test_a_name_with_the_ending_of_a_format_is_that_file(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "new").mkdir()
    done = wenban("convert", "page.txt", "-o", "new/notice.html")
    assert (done.returncode, done.stdout.split(" (")[0]) == (0, "page.txt -> new/notice.html")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["notice.html"]
    assert "请于月底前完成检查" in (tmp_path / "new" / "notice.html").read_text(encoding="utf-8")
    # What cannot be made leaves the file that is there.
    before = (tmp_path / "new" / "notice.html").read_bytes()
    (tmp_path / "empty.txt").write_bytes(b"")
    assert wenban("convert", "empty.txt", "-o", "new/notice.html").returncode == 4
    (tmp_path / "other.txt").write_text(PAGE, encoding="utf-8")
    done = wenban("convert", "page.txt", "other.txt", "-o", "new/notice.html")
    assert (done.returncode, "2 documents do not fit into one file" in done.stderr) == (2, True)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["notice.html"]
    assert (tmp_path / "new" / "notice.html").read_bytes() == before
    # A name that ends like a format of another program is no folder.
    done = wenban("convert", "page.txt", "-o", "new/notice.azw3")
    assert (done.returncode, "ebook-convert page.epub page.azw3" in done.stderr) == (2, True)
    # A folder of that name is a folder.
    (tmp_path / "dist.html").mkdir()
    assert wenban("convert", "page.txt", "-o", "dist.html", "-t", "html").returncode == 0
    assert (tmp_path / "dist.html" / "page.html").exists()


def test_several_formats_are_said_one_by_one_or_with_commas(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    done = wenban("convert", "page.txt", "-t", "html,txt", "-t", "md,html")
    assert (done.returncode, done.stdout.split(" (")[0]) == (0, "page.txt -> page.html")
    assert {path.suffix for path in (tmp_path / "dist").glob("page.*")} == {".html", ".txt", ".md"}
    assert wenban("convert", "page.txt", "-o", "-", "-t", "html,txt").returncode == 2


def test_a_page_without_a_command_is_answered_with_the_call(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "my page.txt").write_text(PAGE, encoding="utf-8")
    done = wenban("my page.txt", "-o", "notice.docx")
    assert done.returncode == 2
    assert done.stderr == (
        "error: a command is missing before my page.txt. Write: wenban convert 'my page.txt' -o notice.docx\n"
    )
    assert "No such command 'nosuch'" in wenban("nosuch").stderr


def test_the_page_on_standard_input_and_the_edition_on_standard_output(tmp_path: Path) -> None:
    done = piped(tmp_path, PAGE.encode(), "-", "-o", "-", "-t", "html")
    assert done.returncode == 0
    assert done.stdout.startswith(b"<!DOCTYPE html>")
    assert "请于月底前完成检查" in done.stdout.decode()
    done = piped(tmp_path, b"", "-", "--name", "notice", "-t", "html")
    assert done.returncode == 4
    assert b"error: notice.txt: " in done.stderr
    assert piped(tmp_path, PAGE.encode("gb18030"), "-", "--name", "notice", "-t", "html").returncode == 0
    again = piped(tmp_path, PAGE.encode(), "-", "--name", "notice", "-t", "html")
    assert again.stdout.startswith(b"notice.txt -> notice.html")
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == ["SHA256SUMS", "manifest.json", "notice.html"]
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PAGE.encode(), ".txt"),
        (b"\xef\xbb\xbf\r\n <!doctype html><p>x", ".html"),
        ("<p>\u9875</p>".encode("utf-16"), ".html"),
        (b"MIME-Version: 1.0\r\n", ".mhtml"),
        (b"From: <Saved by Blink>\r\n", ".mhtml"),
        (b"From here on", ".txt"),
    ],
)
def test_what_the_page_on_standard_input_is(data: bytes, kind: str) -> None:
    assert _kind(data) == kind


@pytest.mark.parametrize(
    ("said", "tag"),
    [
        ("auto", None), ("zh_CN.UTF-8", "zh-Hans"), ("zh", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-hk", "zh-Hant-HK"),
        ("ja_JP", "ja"), ("KO", "ko"), ("en_GB", "en-GB"),
    ],
)  # fmt: skip
def test_languages_as_users_write_them(said: str, tag: str | None) -> None:
    assert language_tag(said) == tag


def test_options_say_metadata_before_the_sidecar(wenban: Wenban, tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "a.txt")
    (tmp_path / "a.wenban.toml").write_text('[metadata]\nauthor = "甲"\ntitle = "乙"\n', encoding="utf-8")
    said = ("--title", "丙", "--source", "丁", "--date", "2020-02")
    done = wenban("convert", "a.txt", "-t", "md", *said)
    assert done.returncode == 0, done.stderr
    head = (tmp_path / "dist" / "a.md").read_text(encoding="utf-8").split("---\n")[1].splitlines()
    assert head[:4] == ['title: "丙"', 'author: "甲"', 'date: "2020-02"', 'source: "丁"']
    assert wenban("verify", "dist", "--rebuild", "a.txt").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((SAMPLE, "b.json", "--title", "a"), "2 documents cannot all have this metadata"),
        (("b.json", "--title", "a"), "a document in JSON has its metadata in itself"),
        ((SAMPLE, "--date", "yesterday"), "yesterday"),
    ],
)
def test_metadata_that_cannot_be_said(
    wenban: Wenban, tmp_path: Path, arguments: tuple[object, ...], message: str
) -> None:
    (tmp_path / "b.json").write_text("{}")
    done = wenban("convert", *arguments, "-t", "md")
    assert done.returncode == 2
    assert message in done.stderr
