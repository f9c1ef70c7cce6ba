"""Runs over many documents: what has not changed is left alone, inputs of any kind, reports, and the end in any way."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import EPOCH, SAMPLE, Wenban, environment
from PIL import Image

import convert
from convert import cli, publish
from convert.errors import OutputError
from convert.publish import journal
from convert.run.report import Tally

TEXT = "关于{}的报告\n\n现在报告{}的情况\u3002\n"


def write(folder: Path, *names: str) -> list[Path]:
    """Small documents, each with its own text."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.txt" for name in names]
    for path in paths:
        path.write_text(TEXT.format(path.stem, path.stem), encoding="utf-8")
    return paths


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height)).save(out, "PNG")
    return out.getvalue()


def states(folder: str | Path = "in", out: str = "out", **options: object) -> dict[str, str]:
    results = convert.batch([folder], out, ["html"], **options)  # type: ignore[arg-type]
    return {Path(one.path).stem: one.state for one in results}


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {path.name: (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.iterdir()}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return tmp_path


# --- What has not changed ---------------------------------------------------------------------------------------


def test_what_has_not_changed_is_left_alone(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "in", "a", "b")
    assert states() == {"a": "done", "b": "done"}
    before = snapshot(here / "out")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 86_400))
    assert states() == {"a": "unchanged", "b": "unchanged"}, "the clock moved, nothing else"
    assert snapshot(here / "out") == before, "not even the manifest is written"
    (here / "in" / "b.txt").write_text(TEXT.format("c", "c"), encoding="utf-8")
    assert states() == {"a": "unchanged", "b": "done"}
    (here / "out" / "a.html").unlink()
    assert states() == {"a": "done", "b": "unchanged"}, "an edition that is gone is made again"
    with open(here / "out" / "a.html", "ab") as stream:
        stream.write(b"more")
    assert states() == {"a": "partial", "b": "unchanged"}, "what a person changed is theirs"
    assert (here / "out" / "a.html").read_bytes().endswith(b"more")
    assert states(force=True) == {"a": "done", "b": "done"}
    assert publish.audit(here / "out") == (4, [])


def test_options_and_style_make_it_new(here: Path) -> None:
    write(here / "in", "a")
    (here / "house.toml").write_text('extends = "gongwen"\n')
    assert states(style="house.toml") == {"a": "done"}
    assert states(style="house.toml") == {"a": "unchanged"}
    from convert import style

    style.forget()
    (here / "house.toml").write_text('extends = "gongwen"\n# the same values\n')
    assert states(style="house.toml") == {"a": "unchanged"}
    style.forget()
    (here / "house.toml").write_text('extends = "gongwen"\n[contents]\nshow = true\n')
    assert states(style="house.toml") == {"a": "done"}
    assert states(style="house.toml", language="zh-Hant") == {"a": "done"}
    assert states(style="house.toml", language="zh-Hant", skip=["punctuation"]) == {"a": "done"}


def test_fonts_and_program_make_it_new(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from convert.run import fingerprint
    from convert.typography import fonts

    write(here / "in", "a")
    states()
    with monkeypatch.context() as other:
        other.setattr(fonts, "_version", lambda path, index: "another version of a face")
        fonts._resolve.cache_clear()
        assert states() == {"a": "done"}
    fonts._resolve.cache_clear()
    with monkeypatch.context() as other:
        other.setattr(fingerprint, "program", lambda: "0.2.0")
        assert states() == {"a": "done"}
    assert states() == {"a": "done"}
    assert states() == {"a": "unchanged"}


def test_a_picture_beside_the_page_counts(here: Path) -> None:
    prose = "这是文章的正文\uff0c有足够的长度\uff0c可以看出是一句完整的话\u3002"
    (here / "in").mkdir()
    (here / "in" / "page.html").write_text(
        f"<html><body><h1>题目在此</h1><p>{prose}</p><p><img src='a.png'></p><p>{prose}</p></body></html>",
        encoding="utf-8",
    )
    assert states() == {"page": "done"}
    assert states() == {"page": "unchanged"}
    (here / "in" / "a.png").write_bytes(picture(40, 30))
    assert states() == {"page": "done"}, "it was not there before"
    assert states() == {"page": "unchanged"}
    (here / "in" / "a.png").write_bytes(picture(30, 40))
    assert states() == {"page": "done"}


def test_each_edition_knows_what_it_was_made_from(here: Path) -> None:
    """Editions of one document made in different runs, with different styles."""
    (path,) = write(here / "in", "a")
    convert.convert(path, "out", ["html"], "gongwen")
    convert.convert(path, "out", ["json"], "report")
    assert convert.convert(path, "out", ["html"], "gongwen").state == "unchanged"
    assert convert.convert(path, "out", ["json"], "report").state == "unchanged"
    assert convert.convert(path, "out", ["html"], "report").state == "done"


def test_sources_that_are_gone(wenban: Wenban, tmp_path: Path) -> None:
    write(tmp_path / "in", "a", "b")
    write(tmp_path / "other", "c")
    wenban("convert", "in", "other", "-t", "html", "-j", "1")
    (tmp_path / "in" / "b.txt").unlink()
    (tmp_path / "other" / "c.txt").unlink()
    said = wenban("convert", "in", "-t", "html", "-j", "1")
    assert said.returncode == 0
    assert "its source is gone: in/b.txt; --prune deletes its editions" in said.stderr
    assert "c.txt" not in said.stderr, "nobody looked there"
    assert (tmp_path / "dist" / "b.html").exists()
    pruned = wenban("convert", "in/*.txt", "-t", "html", "-j", "1", "--prune")
    assert "deleted with its source: in/b.txt" in pruned.stderr
    assert sorted(path.name for path in (tmp_path / "dist").glob("*.html")) == ["a.html", "c.html"]
    assert publish.audit(tmp_path / "dist") == (4, [])


def test_a_style_that_breaks_one_writer_costs_its_edition(here: Path) -> None:
    write(here / "in", "a", "b")
    (here / "broken.toml").write_text('extends = "gongwen"\n[grid]\nline_pitch = "0pt"\nlines = 22\n')
    results = list(convert.batch("in", "out", ["docx", "pdf", "html"], "broken.toml"))
    for result in results:
        assert result.state == "partial"
        assert [edition.format for edition in result.editions] == ["docx"], (
            "no reader could see the lines of the others"
        )
        assert result.error is not None
        assert result.error.message.startswith("the pdf edition could not be made: ZeroDivisionError")
    assert {entry.state for entry in publish.read_manifest(here / "out").documents} == {"partial"}
    assert publish.audit(here / "out") == (4, [])


# --- Inputs -----------------------------------------------------------------------------------------------------


def test_patterns_and_lists(wenban: Wenban, here: Path) -> None:
    write(here / "in", "a", "b", "[x]")
    write(here / "in" / "deep", "c")
    lists = {"list.txt": "in/a.txt\r\n\nin/deep\nnone.txt\n", "nul.txt": "in/a.txt\0in/b.txt\0"}
    for name, names in lists.items():
        (here / name).write_text(names)

    def found(*sources: str, given: str = "") -> list[str]:
        done = subprocess.run(
            [sys.executable, "-m", "convert", "convert", *sources, "-t", "html", "--dry-run"],
            cwd=here, env=environment(), input=given, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        return [line.partition(" -> ")[0] for line in done.stdout.splitlines()] + done.stderr.splitlines()

    assert found("in/?.txt") == ["in/a.txt", "in/b.txt"]
    assert found("in/**/*.txt") == ["in/[x].txt", "in/a.txt", "in/b.txt", "in/deep/c.txt"]
    assert found("in/[x].txt") == ["in/[x].txt"], "a file of that name is no pattern"
    missing = "error: none.txt: no such file or folder. Check the path"
    assert found("@list.txt") == ["in/a.txt", "in/deep/c.txt", missing]
    assert found("--from-list", "list.txt", "in/b.txt") == ["in/b.txt", "in/a.txt", "in/deep/c.txt", missing]
    assert found("@nul.txt") == ["in/a.txt", "in/b.txt"]
    assert found("@-", given="in/b.txt\nin/a.txt\nin/b.txt\n") == ["in/b.txt", "in/a.txt"]
    assert found("in/*.doc") == ["error: in/*.doc: nothing is found for this pattern. Check it, and quote it"]
    assert found("@none") == ["error: none: the list cannot be read: No such file or directory. Check its path"]


# --- Reports ----------------------------------------------------------------------------------------------------


def test_reports_for_machines(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write(tmp_path / "in", "good")
    (tmp_path / "in" / 'bad "<&>.txt').write_bytes(b"")
    shutil.copy(SAMPLE, tmp_path / "in" / "sample.txt")
    done = wenban(
        "convert", "in", "-t", "html", "-j", "1", "--report", "r.xml", "--report", "r.jsonl", GITHUB_ACTIONS="true"
    )
    assert done.returncode == 1
    suite = ElementTree.parse(tmp_path / "r.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "1", "0")
    bad, good, sample = suite
    left_out = {one.get("name"): one.get("value") for one in sample.iter("property")}
    assert (bad.get("name"), good.get("name")) == ('in/bad "<&>.txt', "in/good.txt")
    assert [failure.get("message") for failure in bad] == ["the file is empty"]
    assert len(good) == 0
    assert float(str(good.get("time"))) > 0
    assert [json.loads(line)["state"] for line in (tmp_path / "r.jsonl").read_text().splitlines()] == [
        "failed", "done", "done",
    ]  # fmt: skip
    assert left_out == {"left out: page tools": "1", "left out: share bar": "1"}
    said = "the file is empty. Save the page again, with its text"
    assert f'::error file=in/bad "<&>.txt,title=wenban::{said}' in done.stdout


def test_a_line_now_and_then_without_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli.convert, "EVERY", 0.0)
    tally = Tally()
    with cli.convert._progress(4, tally, quiet=False) as progress:
        for state in ("done", "failed"):
            tally.states[state] += 1
            progress()
    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith("1/4, ")
    assert second.startswith("2/4, ")
    assert second.endswith(" left, 1 failed")


# --- Ends -------------------------------------------------------------------------------------------------------


def begin(*arguments: object, cwd: Path, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "convert", "convert", *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=cwd, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True, **options,  # type: ignore[call-overload]
    )  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() if path.is_file() else b"a folder" for path in folder.iterdir()}


def stop_in_the_middle(process: subprocess.Popen[str], journal: Path) -> None:
    """Holds a run still while its journal is there: however fast the machine is, it has not ended then."""
    while not journal.exists():
        assert process.poll() is None, "the run ended before its journal was seen"
        time.sleep(0.001)
    process.send_signal(signal.SIGSTOP)
    assert journal.exists()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_thirty_times(wenban: Wenban, tmp_path: Path, jobs: str) -> None:
    """convert/README.md, invariant 5: a run that is killed at any moment goes on where it was, and ends with the bytes
    of one left alone.  Fifteen times with one process and with two workers; the moments are drawn, and always the same
    parts of the time that the one left alone takes."""
    moments = random.Random(8 + int(jobs))
    write(tmp_path / "in", *(f"{number:03}" for number in range(80)))
    write(tmp_path / "in" / "more", "007", "060")  # names taken twice
    arguments = ("in", "-t", "html", "--no-verify", "-j", jobs)
    begun = time.monotonic()
    assert wenban("convert", *arguments, "-o", "alone").returncode == 0
    took = time.monotonic() - begun
    alone = files(tmp_path / "alone")
    for number in range(15):
        process = begin(*arguments, "-o", "killed", cwd=tmp_path)
        if number:
            time.sleep(moments.uniform(0.1, 1) * took)
        else:
            stop_in_the_middle(process, tmp_path / "killed" / ".wenban-run.sqlite")
        process.kill()
        process.communicate()
        left = files(tmp_path / "killed") if (tmp_path / "killed").exists() else {}
        assert number or ".wenban-run.sqlite" in left
        assert all(data == alone[name] for name, data in left.items() if name.endswith(".html"))
    done = wenban("convert", *arguments, "-o", "killed", "--wait")
    assert done.returncode == 0, done.stderr
    assert files(tmp_path / "killed") == alone


def test_what_a_killed_run_did_is_not_done_again(wenban: Wenban, tmp_path: Path) -> None:
    write(tmp_path / "in", *(f"{number:03}" for number in range(200)))
    process = begin("in", "-t", "html", "-j", "1", "--force", cwd=tmp_path)
    assert process.stdout is not None
    for _ in range(20):
        process.stdout.readline()
    process.kill()
    process.communicate()
    assert (tmp_path / "dist" / ".wenban-run.sqlite").exists()
    assert not (tmp_path / "dist" / "manifest.json").exists()
    done = wenban("convert", "in", "-t", "html", "-j", "1", "--force", "--report", "r.jsonl")
    assert done.returncode == 0
    found = [json.loads(line)["state"] for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert found[:19] == ["unchanged"] * 19
    assert found[-1] == "done"
    assert not (tmp_path / "dist" / ".wenban-run.sqlite").exists()
    assert publish.audit(tmp_path / "dist") == (202, [])


@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_a_damaged_journal_costs_time_only(here: Path, damage: bytes | None) -> None:
    write(here / "in", "a")
    states()
    before = snapshot(here / "out")
    if damage is not None:
        (here / "out" / ".wenban-run.sqlite").write_bytes(damage)
    else:  # one that belongs to another manifest
        with publish.Journal(here / "out") as journal:
            journal.record(entry for entry in publish.scan(here / "out") if isinstance(entry, publish.Entry))
        (here / "out" / "manifest.json").write_bytes(
            before["manifest.json"][1].replace(b"wenban 0.1.0", b"wenban 0.0.9")
        )
        before = snapshot(here / "out")
    assert states() == {"a": "unchanged"}
    assert set(snapshot(here / "out")) == {"a.html", "manifest.json", "SHA256SUMS"}
    assert snapshot(here / "out")["a.html"] == before["a.html"]


def test_checksums_of_an_older_manifest_are_made_anew(here: Path) -> None:
    """A run may be killed between the two files of its end."""
    write(here / "in", "a", "b")
    states()
    before = snapshot(here / "out")["SHA256SUMS"][1]
    (here / "out" / "SHA256SUMS").write_bytes(before[:-10].replace(b"a", b"b"))
    assert states() == {"a": "unchanged", "b": "unchanged"}
    assert snapshot(here / "out")["SHA256SUMS"][1] == before


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes; only root can make one, and in CI the tests are root's."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if made.returncode != 0:
        pytest.skip("no file system can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_poor_machine_makes_the_same(wenban: Wenban, tmp_path: Path) -> None:
    """With 64 open files, and without memory that processes share: then this one makes all, and says so."""
    write(tmp_path / "in", *"abcdefghij")
    assert wenban("convert", "in", "-t", "html", "-j", "2", "-o", "rich").returncode == 0
    command = ["-m", "convert", "convert", "in", "-t", "html", "-j", "2", "-o"]
    few = [f"ulimit -n 64; exec {sys.executable}", *command, "few"]
    done = subprocess.run(["bash", "-c", " ".join(few)], cwd=tmp_path, env=environment(), check=False)
    assert done.returncode == 0
    assert files(tmp_path / "few") == files(tmp_path / "rich")
    unshared = ["unshare", "-m", "bash", "-c", 'mount -t tmpfs -o ro,size=4k tmpfs /dev/shm && exec "$0" "$@"']
    if subprocess.run([*unshared, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("no file system can be mounted here")

    def poor(*more: str) -> subprocess.CompletedProcess[str]:
        whole = [*unshared, sys.executable, *command, *more]
        return subprocess.run(whole, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False)

    done = poor("poor")
    assert (done.returncode, "note: no worker processes can be had here" in done.stderr) == (0, True)
    assert files(tmp_path / "poor") == files(tmp_path / "rich")
    done = poor("guarded", "--timeout", "9")
    assert (done.returncode, "error: worker processes cannot be had here" in done.stderr) == (2, True)
    assert not list((tmp_path / "guarded").glob("*"))


def test_editions_within_the_folder_given_are_no_sources(wenban: Wenban, tmp_path: Path) -> None:
    write(tmp_path, "a")
    for sources in ((".",), (".",), ("**/*.*",), ("*",)):
        done = wenban("convert", *sources, "-t", "html", "-t", "txt", "-o", "dist")
        assert done.returncode == 0, done.stderr
        assert sorted(files(tmp_path / "dist")) == ["SHA256SUMS", "a.html", "a.txt", "manifest.json"]
    assert wenban("convert", "dist/a.txt", "-t", "html", "-o", "dist").returncode == 0
    assert "a-" in "".join(files(tmp_path / "dist")), "named itself it is one"


def test_a_clock_that_was_set_back(here: Path) -> None:
    """What is new is told by its bytes: files from the future change nothing, and an older one is seen."""
    paths = write(here / "in", "a", "b")
    states()
    before = snapshot(here / "out")
    for path in [*paths, *(here / "out").iterdir()]:
        os.utime(path, (2**32, 2**32))
    assert states() == {"a": "unchanged", "b": "unchanged"}
    paths[0].write_text(paths[0].read_text("utf-8").replace("a", "z"), encoding="utf-8")
    os.utime(paths[0], (10**8, 10**8))
    assert states() == {"a": "done", "b": "unchanged"}
    assert snapshot(here / "out")["b.html"][1] == before["b.html"][1]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_full_disk_loses_nothing(wenban: Wenban, tmp_path: Path, small_disk: Path, jobs: str) -> None:
    write(tmp_path / "in", *(f"{number:03}" for number in range(60)))
    wenban("convert", "in", "-t", "html", "-j", jobs, "-o", "alone")
    alone = files(tmp_path / "alone")
    out = small_disk / "out"
    first = wenban("convert", "in/00*", "-t", "html", "-j", jobs, "-o", out)
    assert first.returncode == 0, first.stderr
    finished = files(out)
    filler = small_disk / "filler"
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(free - 200_000))
    full = wenban("convert", "in", "-t", "html", "-j", jobs, "-o", out)
    assert full.returncode == 7, full.stderr + full.stdout
    assert "No space left on device. Free the disk and run the same command again" in full.stderr
    assert "Traceback" not in full.stderr
    left = files(out)
    assert all(left[name] == data for name, data in finished.items()), "what was there is there, manifest and all"
    assert all(left[name] == data for name, data in alone.items() if name in left and name.endswith(".html"))
    filler.unlink()
    again = wenban("convert", "in", "-t", "html", "-j", jobs, "-o", out)
    assert again.returncode == 0, again.stderr
    assert files(out) == alone


def test_two_runs_at_once(tmp_path: Path) -> None:
    write(tmp_path / "in", "a")
    (path,) = (tmp_path / "in").iterdir()
    with publish.opened(tmp_path / "out"):
        with pytest.raises(OutputError, match="another run is writing there"):
            list(convert.batch(path, tmp_path / "out", ["html"]))
        waiting = begin("in", "-t", "html", "-o", "out", "--wait", cwd=tmp_path)
        with pytest.raises(subprocess.TimeoutExpired):
            waiting.wait(2)
    assert waiting.wait(60) == 0
    assert (tmp_path / "out" / "a.html").exists()
    waiting.communicate()


def test_interrupted_twice(tmp_path: Path) -> None:
    """The first time a run finishes what it has begun, the second time it stops at once; either way it is recorded."""
    write(tmp_path / "in", *(f"{number:03}" for number in range(400)))
    process = begin("in", "-t", "html", "-j", "2", cwd=tmp_path)
    assert process.stdout is not None
    process.stdout.readline()
    for _ in range(2):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.02)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Interrupted: finishing the documents begun; once more to stop at once." in said
    count, findings = publish.audit(tmp_path / "dist")
    assert findings == []
    assert 3 <= count < 402


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_while_files_take_their_names(
    number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second interruption may come when a document's files are in the folder and the journal knows nothing of them:
    then it waits until the journal does."""
    write(tmp_path / "in", "one", "two")
    settle = journal.settle

    def interrupted(folder: Path, parts: Path, documents: Any) -> Any:
        monkeypatch.setattr(journal, "settle", settle)
        failures = settle(folder, parts, documents)
        os.kill(os.getpid(), number)
        return failures

    monkeypatch.setattr(journal, "settle", interrupted)
    before = signal.signal(number, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(convert.batch([tmp_path / "in"], tmp_path / "dist", ("html",)))
        assert signal.getsignal(number) is signal.default_int_handler
    finally:
        signal.signal(number, before)
    count, findings = publish.audit(tmp_path / "dist")
    assert (count, findings) == (3, [])  # an edition, the manifest, the checksums
