"""A writer from another package: found by its entry point, listed, used, and no danger to the rest."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLE, Wenban
from plugin import install

from convert import publish


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    """PYTHONPATH with the plug-in installed."""
    return os.pathsep.join([str(ROOT), str(install(tmp_path_factory.mktemp("plugin")))])


def test_a_plugin_writes_its_format(wenban: Wenban, path: str, tmp_path: Path) -> None:
    done = wenban("convert", SAMPLE, "-t", "plain", "-t", "docx", PYTHONPATH=path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "dist" / "hongshan-2021.plain").read_text(encoding="utf-8")
    assert text.startswith("gongwen\n洪山镇政府工作报告")
    assert "written without layout [plain]" in done.stderr
    manifest = json.loads((tmp_path / "dist" / "manifest.json").read_bytes())
    editions = {one["format"]: one["fidelity"] for one in manifest["documents"][0]["editions"]}
    assert editions == {"docx": "equal", "plain": "unchecked"}


def test_without_the_plugin_its_format_is_unknown(wenban: Wenban, tmp_path: Path) -> None:
    done = wenban("convert", SAMPLE, "-t", "plain")
    assert done.returncode == 2
    assert "no writer is called 'plain'. Known: docx, pdf, epub, odt, html" in done.stderr
    assert not (tmp_path / "dist").exists()


def test_a_plugin_is_listed(wenban: Wenban, path: str) -> None:
    done = wenban("convert", SAMPLE, "-t", "nothing", PYTHONPATH=path)
    assert "plain" in done.stderr.partition("Known:")[2]


def test_a_plugin_that_cannot_be_loaded_is_a_usage_error(wenban: Wenban, path: str) -> None:
    done = wenban("convert", SAMPLE, "-t", "broken", PYTHONPATH=path)
    assert done.returncode == 2
    assert "cannot be loaded" in done.stderr
    assert "Reinstall or remove that package" in done.stderr
    assert "Traceback" not in done.stderr


FAULTS = {
    "loop": "took longer than 5 seconds",
    "exit": "worker process ended",
    "raise": "ValueError: a fault in a plug-in",
    "recurse": "RecursionError",
    "grow": "it took more than the 600 MB of memory it may have",
    "print": "a writer printed to standard output: 'garbage garbage",
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Pages whose titles make the plug-in go wrong, and good ones between them."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for at, word in enumerate(["good", *FAULTS, "last"]):
        text = f"关于{word}的报告\n\n" + "现在报告工作情况\u3002" * 3 + "\n"
        (folder / f"{at}-{word}.txt").write_text(text, encoding="utf-8")
    return folder


def test_faults_stay_with_their_document(wenban: Wenban, path: str, pages: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    done = wenban(
        "convert",
        "pages",
        "-t",
        "fault",
        "-j",
        "2",
        "--timeout",
        "5",
        "--memory",
        "600",
        "--report",
        report,
        PYTHONPATH=path,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    results = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert [Path(one["path"]).stem.split("-")[1] for one in results] == ["good", *FAULTS, "last"]
    for one in results:
        word = Path(one["path"]).stem.split("-")[1]
        if word in FAULTS:
            assert one["state"] == "failed"
            assert FAULTS[word] in one["error"]["message"], one
            assert f"error: {one['path']}: {one['error']['message']}. {one['error']['remedy']}" in done.stderr
        else:
            assert one["state"] == "done", one
    assert sorted(path.name for path in (tmp_path / "dist").iterdir()) == [
        "0-good.fault", "7-last.fault", "SHA256SUMS", "manifest.json",
    ]  # fmt: skip


def test_faults_in_one_process(wenban: Wenban, path: str, pages: Path) -> None:
    for word in ("loop", "grow"):
        next(pages.glob(f"*-{word}.txt")).unlink()
    done = wenban("convert", "pages", "-t", "fault", "-j", "1", PYTHONPATH=path)
    assert done.returncode == 1
    assert "2 done, 4 failed" in done.stdout, "strangers' code is in a worker, be it one"
    assert "Traceback" not in done.stderr
    verbose = wenban("convert", "pages", "-t", "fault", "-j", "1", "-v", PYTHONPATH=path)
    assert "Traceback" in verbose.stderr, "-v shows where a fault of a plug-in is"


def test_a_writer_that_fails_costs_its_own_edition(wenban: Wenban, path: str, pages: Path, tmp_path: Path) -> None:
    arguments = (
        "convert",
        pages / "0-good.txt",
        next(pages.glob("*-raise.txt")),
        "-t",
        "fault",
        "-t",
        "plain",
        "-j",
        "1",
    )
    done = wenban(*arguments, "--report", "r.jsonl", PYTHONPATH=path)
    assert done.returncode == 1
    assert "1 done, 0 failed, 0 skipped, 0 unchanged, 1 partial" in done.stdout
    one, other = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (one["state"], other["state"]) == ("done", "partial")
    assert other["error"]["message"] == "the fault edition could not be made: ValueError: a fault in a plug-in"
    assert [edition["name"] for edition in other["editions"]] == ["3-raise.plain"]
    assert publish.audit(tmp_path / "dist") == (5, [])
    again = wenban(*arguments, PYTHONPATH=path)
    assert "0 done, 0 failed, 0 skipped, 1 unchanged, 1 partial" in again.stdout, "what is partial is tried again"


def test_fail_fast(wenban: Wenban, path: str, pages: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.jsonl"
    done = wenban("convert", "pages", "-t", "fault", "-j", "2", "--fail-fast", "--report", report, PYTHONPATH=path)
    assert done.returncode == 1, "the page that loops is not waited for"
    states = [json.loads(line)["state"] for line in report.read_text(encoding="utf-8").splitlines()]
    assert len(states) == 8
    assert states[0] == "done"
    assert states[1] == "skipped", "it was still looping when the next failed"
    assert "failed" in states
    manifest = json.loads((tmp_path / "dist" / "manifest.json").read_bytes())
    assert [entry["state"] for entry in manifest["documents"]] == [state for state in states if state != "skipped"]
