"""`wenban pack`: a bag that the Library of Congress's program takes, the same bytes every time."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import bagit
import pytest
from conftest import ROOT, SAMPLE, Wenban, environment
from damage import missed_when_packed

import convert
from convert import publish
from convert.errors import FidelityError, OutputError, SourceError, UsageError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    other = folder / "增长 5%\uff0c第一季度.txt"
    other.write_text("关于开展检查的通知\n\n各村\uff1a\n\n现将有关事项通知如下\u3002\n", encoding="utf-8")
    list(convert.batch([SAMPLE, other], folder / "dist", ("docx", "epub", "html")))
    return folder / "dist"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "dist"))


def unpacked(path: Path, into: Path) -> Path:
    with zipfile.ZipFile(path) as bag:
        assert bag.testzip() is None
        bag.extractall(into)
    (top,) = into.iterdir()
    return top


def test_a_bag_for_the_library_of_congress(folder: Path, tmp_path: Path) -> None:
    packed = publish.pack(folder)
    assert packed == (tmp_path / "dist.zip", 2, 8, (tmp_path / "dist.zip").stat().st_size)
    top = unpacked(packed.path, tmp_path / "unpacked")
    assert top.name == "dist"
    bag = bagit.Bag(str(top))
    assert bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Payload-Oxum"].endswith(".8")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", bag.info["Bagging-Date"])
    done = subprocess.run(["sha256sum", "--quiet", "-c", "manifest-sha256.txt"], cwd=top, check=False)
    assert done.returncode == 0
    assert {path.name: path.read_bytes() for path in (top / "data").iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }
    assert publish.examine(top / "data").findings == []


def test_a_damaged_bag_is_found(folder: Path, tmp_path: Path) -> None:
    top = unpacked(publish.pack(folder).path, tmp_path / "unpacked")
    (top / "data" / "hongshan-2021.docx").write_bytes(b"x")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(top)).validate()


def test_any_changed_bit_of_a_packed_folder_is_seen(folder: Path, tmp_path: Path) -> None:
    """Five hundred of each file: `python -m tests.damage`."""
    assert missed_when_packed(publish.pack(folder).path.read_bytes(), tmp_path / "unpacked", 25) == 0


def test_the_readme_speaks_to_the_receiver(folder: Path, tmp_path: Path) -> None:
    text = (unpacked(publish.pack(folder).path, tmp_path / "unpacked") / "README.md").read_text(encoding="utf-8")
    assert "2 份文档的成品\uff08DOCX 2, EPUB 2, HTML 2\uff09" in text
    assert "the editions of 2 documents (DOCX 2, EPUB 2, HTML 2), made by wenban" in text
    assert "{" not in text
    template = (ROOT / "convert" / "publish" / "RECEIVER.md").read_text(encoding="utf-8")
    assert not re.search("[\u4e00-\u9fff][,;:?()]", template), "a mark that became ASCII"


def test_a_document_that_failed_is_not_said_to_be_in_the_bag(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("题目\n\n这里是正文\u3002\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"\n")
    assert wenban("convert", "a.txt", "b.txt", "-t", "docx").returncode == 1
    done = wenban("pack", "dist")
    assert done.stdout.endswith(": 1 document, 3 files\n"), done.stdout + done.stderr
    text = (unpacked(tmp_path / "dist.zip", tmp_path / "unpacked") / "README.md").read_text(encoding="utf-8")
    assert "1 份文档的成品" in text


def test_two_packs_are_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    first = publish.pack(folder).path.read_bytes()
    again = Path(shutil.copytree(folder, tmp_path / "elsewhere" / "dist"))
    for path in again.iterdir():
        os.utime(path, (time.time() - 10**6, 10**9))
        path.chmod(0o600)
    second = publish.pack(again, tmp_path / "elsewhere" / "dist.zip").path.read_bytes()
    assert first == second
    third = publish.pack(folder).path.read_bytes()
    assert first == third, "over the one before"


def test_a_folder_that_does_not_verify_is_not_packed(folder: Path, tmp_path: Path) -> None:
    (folder / "hongshan-2021.docx").write_bytes(b"x")
    with pytest.raises(FidelityError, match=r"does not verify: hongshan-2021\.docx is changed") as caught:
        publish.pack(folder)
    assert caught.value.exit_code == 6
    assert os.listdir(tmp_path) == ["dist"]


def test_where_a_bag_cannot_go(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="inside the folder"):
        publish.pack(folder, folder / "bag.zip")
    with pytest.raises(OutputError, match="cannot be written"):
        publish.pack(folder, tmp_path / "nowhere" / "bag.zip")
    (tmp_path / "taken.zip").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        publish.pack(folder, tmp_path / "taken.zip")
    with pytest.raises(SourceError, match="no manifest"):
        publish.pack(tmp_path)
    assert sorted(os.listdir(tmp_path)) == ["dist", "taken.zip"]


def test_killed_at_any_moment_it_leaves_the_bag_of_before(folder: Path, tmp_path: Path) -> None:
    before = publish.pack(folder).path.read_bytes()
    for seconds in (0.3, 0.5, 0.7):
        command = [sys.executable, "-m", "convert", "pack", str(folder)]
        with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
            time.sleep(seconds)
            one.kill()
        assert (tmp_path / "dist.zip").read_bytes() == before
        assert publish.audit(folder)[1] == []
    assert publish.pack(folder).path.read_bytes() == before


def test_the_command(wenban: Wenban, folder: Path, tmp_path: Path) -> None:
    done = wenban("pack", "dist", "-o", "hand-over.zip")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"hand-over\.zip \(\d+ kB\): 2 documents, 8 files\n", done.stdout)
    assert zipfile.ZipFile(tmp_path / "hand-over.zip").namelist()[0] == "hand-over/README.md"
    (folder / "extra").write_bytes(b"")
    wrong = wenban("pack", "dist")
    assert wrong.returncode == 6
    assert "extra is extra" in wrong.stderr
