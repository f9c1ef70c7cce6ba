"""`wenban verify --rebuild`, and what it rests on: the same call gives the same bytes wherever it is run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SAMPLE, Wenban, environment
from test_verify_folder import rewrite

import convert
from convert import publish
from convert.errors import SourceError, UsageError
from convert.run.rebuild import rebuild

FOLDER = Path(__file__).parent / "fixtures"
TEXT = "关于开展检查的通知\n\n各村\uff1a\n\n现将有关事项通知如下\u3002\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources/ and dist/: made in two runs, of two styles, some with other rules and another time."""
    top = tmp_path_factory.mktemp("made")
    sources = top / "sources"
    (sources / "b").mkdir(parents=True)
    shutil.copy(SAMPLE, sources / "a.txt")
    for name in ("b/a.txt", "b/same.txt"):
        (sources / name).write_text(TEXT, encoding="utf-8")
    (top / "house.toml").write_text(
        'extends = "report"\ndescription = "Ours"\n[contents]\nshow = true\n', encoding="utf-8"
    )
    before = Path.cwd()
    os.chdir(top)
    try:
        list(convert.batch(["sources"], "dist", ("docx", "epub", "html", "json")))
        os.environ["SOURCE_DATE_EPOCH"] = "86400"
        list(convert.batch(["sources/a.txt"], "dist", ("pdf",), "house.toml", skip=["punctuation"], language="zh-Hans"))
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH", None)
        os.chdir(before)
    return top


@pytest.fixture
def top(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = Path(shutil.copytree(made, tmp_path / "copy"))
    monkeypatch.chdir(copy)
    return copy


def found(*sources: str, **how: Any) -> list[tuple[str, str]]:
    return [
        (one.name, one.detail)
        for one in rebuild(Path("dist"), sources or ["sources"], look="house.toml", **how).findings
    ]


def test_a_folder_is_made_again(top: Path) -> None:
    assert rebuild(Path("dist"), ["sources"], look="house.toml") == (3, [])
    assert rebuild(Path("dist"), ["sources/b/same.txt"]) == (1, [])


def test_sources_that_lie_elsewhere(top: Path, tmp_path: Path) -> None:
    """They are known by their bytes, and of two with the same bytes by their names."""
    (top / "sources").rename(tmp_path / "moved")
    assert rebuild(Path("dist"), [str(tmp_path / "moved")], look="house.toml") == (3, [])


def test_without_its_style(top: Path) -> None:
    assert rebuild(Path("dist"), ["sources"]).findings == [
        publish.Finding("a.pdf", "differs", "no style at hand has the values it was made with: give it with --style")
    ]


def test_what_differs_is_said(top: Path) -> None:
    forged = (top / "dist" / "same.html").read_bytes().replace("检查".encode(), "检阅".encode())
    (top / "dist" / "same.html").write_bytes(forged)

    def change(manifest: dict[str, Any]) -> None:
        for entry in manifest["documents"]:
            if entry["stem"] == "same":
                entry["metadata"]["title"] = "关于开展检阅的通知"
                entry["repairs"] = 99

    rewrite(top / "dist", change)
    at = next(at for at, (one, other) in enumerate(zip(forged, made_again(top), strict=False)) if one != other)
    assert found() == [
        ("same.html", f"made again, it differs from byte {at + 1} on"),
        ("manifest.json", "of same it has other metadata"),
        ("manifest.json", "of same it has other repairs"),
    ]


def made_again(top: Path) -> bytes:
    made = json.loads((top / "dist" / "manifest.json").read_bytes())["documents"][0]["made"]
    out = subprocess.run(
        [sys.executable, "-m", "convert", "convert", "sources/b/same.txt", "-t", "html", "-o", "again"],
        env=environment(SOURCE_DATE_EPOCH=epoch_of(made["modified"])),
        check=True,
        capture_output=True,
    )
    assert out.returncode == 0
    data = (top / "again" / "same.html").read_bytes()
    shutil.rmtree(top / "again")
    return data


def epoch_of(modified: str) -> str:
    from datetime import datetime

    return str(int(datetime.fromisoformat(modified).timestamp()))


def test_other_sources(top: Path) -> None:
    (top / "sources" / "new.txt").write_text(TEXT + "新\n", encoding="utf-8")
    (top / "sources" / "b" / "same.txt").write_text(TEXT + "改\n", encoding="utf-8")
    assert found() == [
        ("sources/new.txt", "no document of the folder was made from it"),
        ("sources/b/same.txt", "the source is not the one the document was made from"),
    ]
    (top / "sources" / "b" / "same.txt").write_bytes(b"")
    assert ("same.docx", "the file is empty") in found()
    (top / "other").mkdir()
    (top / "other" / "x.txt").write_text("x" * 50)
    with pytest.raises(UsageError, match="no document of the folder"):
        found("other")
    with pytest.raises(SourceError):
        found("nowhere")


def test_options_of_a_stranger(top: Path) -> None:
    """What the manifest says of the making is not believed where it makes no sense."""

    def change(manifest: dict[str, Any]) -> None:
        for entry, said in zip(
            manifest["documents"], ({"skip": ["x"]}, {"language": "../x"}, {"fetch": True}), strict=True
        ):
            entry["made"].update(said)
            entry["editions"] = [one for one in entry["editions"] if "made" not in one][:1]

    rewrite(top / "dist", change)
    assert sorted(detail for _, detail in found()) == [
        "'../x' is not a language known here",
        "its pictures came from the network: --fetch gets them again",
        "no repair rule is called 'x'",
    ]


def test_killed_at_any_moment_it_leaves_the_folder_as_it_was(top: Path) -> None:
    before = {path.name: path.read_bytes() for path in Path("dist").iterdir()}
    command = [sys.executable, "-m", "convert", "verify", "dist", "--rebuild", "sources", "--style", "house.toml"]
    for seconds in (0.5, 0.9, 1.3):
        with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as one:
            time.sleep(seconds)
            one.kill()
        assert {path.name: path.read_bytes() for path in Path("dist").iterdir()} == before
        assert sorted(os.listdir()) == ["dist", "house.toml", "sources"]


def test_the_command(wenban: Wenban, top: Path) -> None:
    done = wenban("verify", "dist", "--rebuild", "sources", "--style", "house.toml", "-j", "2", cwd=top)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "documents made again: 3 of 3\n" in done.stdout
    wrong = wenban("verify", "dist", "--rebuild", "sources", "--json", cwd=top)
    assert wrong.returncode == 6
    assert json.loads(wrong.stdout)["rebuilt"] == 3
    assert [one["name"] for one in json.loads(wrong.stdout)["findings"]] == ["a.pdf"]


# --- Reproducible -----------------------------------------------------------------------------------------------


def test_the_same_tree_wherever_and_however_it_is_made(tmp_path: Path) -> None:
    """`SOURCE_DATE_EPOCH=0 make dist` in other folders, locales, time zones, with other hashes, masks and workers."""
    variants = (
        ({"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}, 0o022, "1"),
        ({"LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1"}, 0o077, "2"),
        ({"LC_ALL": "tr_TR.UTF-8", "TZ": "America/St_Johns", "PYTHONHASHSEED": "7"}, 0o002, "2"),
    )
    trees = []
    for number, (variables, mask, jobs) in enumerate(variants):
        folder = tmp_path / f"folder {number}"
        shutil.copytree(ROOT / "source", folder / "source")
        (folder / "source" / "通知.txt").write_text(TEXT, encoding="utf-8")
        (folder / "source" / "empty.txt").write_bytes(b"")
        variables["TMPDIR"] = str(folder)
        formats = [word for name in ("docx", "pdf", "epub", "html") for word in ("-t", name)]
        # From the folder above, from another one by whole paths, and from the folder itself.
        top, here = {"0": ("", folder), "1": (f"{folder}/", tmp_path), "2": ("../", folder / "source")}[str(number)]
        for arguments in (["convert", f"{top}source", "-o", f"{top}dist", *formats], ["catalogue", f"{top}dist"]):
            done = subprocess.run(
                [sys.executable, "-m", "convert", *arguments, "-j", jobs],
                cwd=here,
                env=environment(SOURCE_DATE_EPOCH="0", **variables),
                umask=mask,
                capture_output=True,
                check=False,
            )
            assert done.returncode == int(arguments[0] == "convert"), done.stderr  # one of the sources is empty
        files = [path for path in (folder / "dist").rglob("*") if path.is_file()]
        trees.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    assert {"dist/index.html", "dist/通知.pdf", "dist/manifest.json"} < set(trees[0])
    assert trees[0] == trees[1] == trees[2]


def test_editions_in_an_office_s_file_are_made_again_with_it(tmp_path: Path, wenban: Wenban) -> None:
    office, page = FOLDER / "templates" / "libreoffice.docx", tmp_path / "a.txt"
    page.write_text(TEXT, encoding="utf-8")
    wenban("convert", str(page), "-t", "docx", "--reference-doc", str(office), "-o", str(tmp_path / "dist"))
    assert rebuild(tmp_path / "dist", [str(page)], reference_doc=str(office)).findings == []
    assert "a.docx" in [one.name for one in rebuild(tmp_path / "dist", [str(page)]).findings]
