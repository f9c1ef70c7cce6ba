"""The command line as a user meets it: what it prints, what it leaves, how it ends."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import SAMPLE, Wenban, environment
from looks import LOOKS

from convert import style

GOOD = "关于春耕工作的报告\n\n各位代表\uff1a\n\n现在\uff0c我报告春耕工作情况\u3002\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


# --- convert ----------------------------------------------------------------------------------------------------


def test_convert(wenban: Wenban, tmp_path: Path) -> None:
    done = wenban("convert", SAMPLE)
    assert done.returncode == 0, done.stderr
    assert names(tmp_path / "dist") == [
        "SHA256SUMS", "hongshan-2021.docx", "hongshan-2021.epub", "hongshan-2021.pdf", "manifest.json",
    ]  # fmt: skip
    assert "-> hongshan-2021.docx (" in done.stdout
    assert f"warning: {SAMPLE}:35:110: " in done.stderr, "the quote without its twin, with line and column"
    assert done.stderr.count("note: drawn with other faces") <= 1


def test_folders_and_formats(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    for folder in ("in/a", "in/b"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "page.txt").write_text(GOOD, encoding="utf-8")
    done = wenban("convert", "in", good, "-t", "html", "-t", "docx", "-o", "out/deep", "-j", "1")
    assert done.returncode == 0, done.stderr
    assert "3 done, 0 failed, 0 skipped" in done.stdout
    found = names(tmp_path / "out" / "deep")
    assert len(found) == 8
    assert {"good.html", "good.docx", "page.html", "page.docx"} < set(found)
    assert sum(name.startswith("page-") for name in found) == 2


def test_quiet_and_verbose(wenban: Wenban, good: Path) -> None:
    quiet = wenban("convert", SAMPLE, good, "-q", "-t", "html")
    assert (quiet.stdout, quiet.stderr) == ("", "")
    verbose = wenban("convert", SAMPLE, "-v", "-t", "html", "--force")
    assert "repairs" in verbose.stderr
    assert re.search(r"read \d+\.\d", verbose.stderr)


def test_dry_run_writes_nothing(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    done = wenban("convert", good, "-o", "out", "--dry-run", "--report", "r.jsonl")
    assert done.returncode == 0
    assert done.stdout == f"{good} -> out/good.docx, out/good.pdf, out/good.epub\n"
    assert names(tmp_path) == ["good.txt"]
    assert wenban("convert", good, "none.txt", "--dry-run").returncode == 1
    assert wenban("convert", "none.txt", "--dry-run").returncode == 3


def test_report(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    done = wenban("convert", good, "none.txt", SAMPLE, "-t", "docx", "--report", "r.jsonl")
    assert done.returncode == 1
    lines = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["state"] for line in lines] == ["done", "failed", "done"]
    assert lines[1]["error"]["code"] == 3
    assert lines[0]["editions"][0]["name"] == "good.docx"
    assert lines[0]["timings"]["docx"] > 0
    assert wenban("convert", good, "--report", "no/folder/r.jsonl").returncode == 7


def test_the_same_bytes_in_one_and_two_workers(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    """convert/README.md, invariant 3: two processes, two worker counts, two time zones, two locales."""
    wenban("convert", SAMPLE, good, "-o", "one", "-j", "1", TZ="Asia/Shanghai")
    wenban(
        "convert", good, SAMPLE, "-o", "two", "-j", "2", TZ="America/New_York", LC_ALL="zh_CN.UTF-8", PYTHONHASHSEED="7"
    )
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert len(one) == 8
    assert one == two


def test_an_empty_folder(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = wenban("convert", "in")
    assert done.returncode == 3
    assert "error: there is nothing to convert" in done.stderr
    assert names(tmp_path / "dist") == []
    assert wenban("convert", "in", "--allow-empty").returncode == 0


def test_progress_on_a_terminal(tmp_path: Path, good: Path) -> None:
    """A bar where standard error is a terminal; the results still go to standard output alone."""
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    with open(tmp_path / "out.txt", "w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "convert", "convert", str(good), str(SAMPLE), "-t", "docx", "-j", "1"],
            cwd=tmp_path, env={**environment(TERM="xterm", COLUMNS="80"), "CI": ""}, stdout=out, stderr=slave,
        )  # fmt: skip
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        process.wait(60)
    os.close(master)
    assert process.returncode == 0
    assert b"2/2" in shown
    assert "good.docx" in (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert b"->" not in shown


# --- Bad input --------------------------------------------------------------------------------------------------

BINARY = b"\x7fELF\x02\x01\x01\x00" + bytes(range(256)) * 8
STYLE_KEY = 'extends = "gongwen"\n[elements.body]\nindnet = 3\n'
BAD_SOURCES = {
    "empty.txt": (b"", 4, "the file is empty"),
    "blank.txt": (b" \r\n\t\n", 4, "the file is empty"),
    "binary.txt": (BINARY, 3, "not text"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(100), 3, "a PNG picture"),
    "nobody.html": (b"<!DOCTYPE html><html><head><title>t</title></head><body></body></html>", 4, ""),
    "furniture.txt": ("\u3010字体\uff1a 大 中 小\u3011\n扫一扫在手机打开当前页\n".encode(), 4, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_SOURCES)
def test_a_bad_source(wenban: Wenban, good: Path, tmp_path: Path, name: str) -> None:
    data, code, reason = BAD_SOURCES[name]
    (tmp_path / name).write_bytes(data)
    alone = wenban("convert", name)
    assert alone.returncode == code, alone.stderr
    said = [line for line in alone.stderr.splitlines() if line.startswith("error: ")]
    assert len(said) == 1, alone.stderr
    assert said[0].startswith(f"error: {name}: "), "it names the file"
    assert reason in said[0]
    assert len(said[0].rpartition(". ")[2]) > 10, "and what to do next"
    assert "Traceback" not in alone.stderr
    assert names(tmp_path / "dist") in ([], ["SHA256SUMS", "manifest.json"]), "no partial file"
    for jobs in "12":
        both = wenban("convert", name, good, "-o", f"both{jobs}", "-j", jobs, "-t", "docx")
        assert both.returncode == 1
        assert "1 done, 1 failed" in both.stdout
        assert names(tmp_path / f"both{jobs}") == ["SHA256SUMS", "good.docx", "manifest.json"]


def test_a_charset_nobody_knows(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(b"\x81\xff\xfe\x80\xff\xa0\xff" * 60)
    done = wenban("convert", "odd.txt")
    assert done.returncode == 3, done.stderr
    assert "error: odd.txt: " in done.stderr
    assert "Traceback" not in done.stderr


def test_failures_of_one_kind_keep_its_code(wenban: Wenban, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_bytes(b"")
    assert wenban("convert", "a.txt", "b.txt").returncode == 4
    assert wenban("convert", "a.txt", "none.txt").returncode == 1


def test_doubt_has_a_code_where_it_is_asked_for(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    strange = Path(__file__).with_name("corpus") / "readings" / "gov-trs.html.txt"
    shutil.copy(strange, tmp_path / "doubt.txt")
    assert wenban("convert", good, "-t", "md", "--strict").returncode == 0
    assert wenban("convert", "doubt.txt", "-t", "md").returncode == 0
    assert wenban("convert", "doubt.txt", "-t", "md", "--strict", "--force").returncode == 8


def test_a_missing_style(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    done = wenban("convert", good, "--style", "gongwne")
    assert done.returncode == 2
    said = "error: no style is called 'gongwne'. Did you mean 'gongwen'? `wenban styles` lists them: "
    assert done.stderr == f"{said}{', '.join(style.names())}\n"
    assert names(tmp_path / "dist") == []


def test_an_unknown_style_key(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(STYLE_KEY)
    done = wenban("convert", good, "--style", "mine.toml")
    assert done.returncode == 2
    assert done.stderr == "error: mine.toml:3: unknown key elements.body.indnet. Did you mean elements.body.indent?\n"
    assert names(tmp_path / "dist") == []


def test_a_character_no_face_can_draw(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_text(GOOD.replace("春耕", "春\U000f1234耕"), encoding="utf-8")
    (tmp_path / "strict.toml").write_text('extends = "gongwen"\n[pdf]\nmissing_glyphs = "error"\n', encoding="utf-8")
    boxed = wenban("convert", "odd.txt", "-o", "boxed")
    assert boxed.returncode == 0
    assert "U+F1234" in boxed.stderr
    assert {"odd.docx", "odd.epub", "odd.pdf"} < set(names(tmp_path / "boxed")), "a box stands for it"
    done = wenban("convert", "odd.txt", good, "--style", "strict.toml")
    assert done.returncode == 1
    assert "error: odd.txt" in done.stderr
    assert "U+F1234" in done.stderr
    made = ["good.docx", "good.epub", "good.pdf", "manifest.json", "odd.docx", "odd.epub"]
    assert names(tmp_path / "dist") == ["SHA256SUMS", *made], "what needs no face is made all the same"
    assert wenban("convert", "odd.txt", "--style", "strict.toml").returncode == 5


def test_a_missing_font_package(good: Path, tmp_path: Path) -> None:
    script = "import sys; sys.modules['pylopdf_fonts_zh_cn'] = None; from convert.cli import main; main(sys.argv[1:])"

    def without_fonts(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", script, "convert", str(good), *more],
            cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip

    done = without_fonts()
    assert done.returncode == 5, done.stderr
    assert "the packaged serif face is missing. Run: pip install pylopdf-fonts-zh-cn" in done.stderr
    assert f"error: {good}: " in done.stderr
    assert "Traceback" not in done.stderr
    assert without_fonts("-t", "docx").returncode == 0, "a DOCX names its fonts and draws nothing"


@pytest.mark.parametrize("out", ["file", "good.txt/deeper", "/proc/nowhere"])
def test_an_output_folder_that_cannot_be_written(wenban: Wenban, good: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = wenban("convert", good, SAMPLE, "-o", out)
    assert done.returncode == 7
    assert done.stderr.startswith(f"error: {out}: cannot be written: ")
    assert "choose another -o" in done.stderr
    assert names(tmp_path) == ["file", "good.txt"]


def test_a_folder_where_an_edition_should_go(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    (tmp_path / "dist" / "good.pdf").mkdir(parents=True)
    done = wenban("convert", good)
    assert done.returncode == 7
    assert f"error: {good}: dist/good.pdf: cannot be written: " in done.stderr
    assert wenban("convert", good, SAMPLE).returncode == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Usage: wenban"),
        (["convert"], "SOURCE..."),
        (["convert", "x.txt", "--nothing"], "--nothing"),
        (["nothing"], "nothing"),
        (["convert", "x.txt", "-t", "docs"], "no writer is called 'docs'"),
        (["convert", "x.txt", "--lang", "chinese"], "'chinese' is not a language known here. Write it as zh-Hans, "),
        (["convert", "x.txt", "-o", "x.pdf", "-t", "docx"], "'x.pdf' does not end like the format docx"),
        (["convert", "x.txt", "-o", "-"], "on standard output there is one edition: say which. Add for example -t pdf"),
        (["convert", "-", "--name", "../x"], "'../x' is not the name of a file"),
        (["convert", "x.txt", "--no-repair", "nothing"], "no repair rule is called 'nothing'. Known: "),
        (["convert", "x.txt", "-j", "-3"], "-3"),
    ],
)
def test_usage_errors(wenban: Wenban, arguments: list[str], said: str) -> None:
    done = wenban(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_epoch(wenban: Wenban, good: Path) -> None:
    done = wenban("convert", good, SOURCE_DATE_EPOCH="tomorrow")
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH is 'tomorrow'" in done.stderr


# --- Interruption -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("jobs", "sent"), [("1", signal.SIGINT), ("2", signal.SIGINT), ("2", signal.SIGTERM)])
def test_interrupted(tmp_path: Path, jobs: str, sent: signal.Signals) -> None:
    """Ctrl-C to the whole process group, as a terminal sends it: 130, what was finished is there and recorded."""
    (tmp_path / "in").mkdir()
    for at in range(400):
        (tmp_path / "in" / f"{at:03}.txt").write_text(GOOD * 20, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "convert", "convert", "in", "-j", jobs, "-t", "docx"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    # What is not read holds the run up, long before its last document: it cannot end before the signal comes.
    fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 4096)
    for _ in range(3):
        process.stdout.readline()
    os.killpg(process.pid, sent)
    _, said = process.communicate(timeout=600)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "Interrupted" in said
    sums = (tmp_path / "dist" / "SHA256SUMS").read_text()
    assert 3 <= len(sums.splitlines()) - 1 < 400
    check = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path / "dist", capture_output=True, check=False)
    assert check.returncode == 0


def test_killed_and_run_again(tmp_path: Path, wenban: Wenban) -> None:
    """convert/README.md, invariant 5: killed at some moment, a second run ends with the bytes of a run left alone."""
    (tmp_path / "in").mkdir()
    for at in range(12):
        (tmp_path / "in" / f"{at:02}.txt").write_text(f"关于第{at}件事的报告\n\n{GOOD}", encoding="utf-8")
    arguments = ("convert", "in", "-t", "docx", "-t", "html")
    assert wenban(*arguments, "-o", "alone", "-j", "1").returncode == 0
    for jobs, delay in (("1", 0.05), ("1", 0.2), ("2", 0.1), ("2", 0.4)):
        process = subprocess.Popen(
            [sys.executable, "-m", "convert", *arguments, "-o", "killed", "-j", jobs],
            cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(delay)
        process.kill()
        process.communicate()
        for path in (tmp_path / "killed").glob("[!.]*.docx"):
            assert path.read_bytes() == (tmp_path / "alone" / path.name).read_bytes()
    deadline = time.monotonic() + 30
    while (done := wenban(*arguments, "-o", "killed")).returncode == 7 and time.monotonic() < deadline:
        time.sleep(0.2)  # workers of the killed run are still ending
    assert done.returncode == 0, done.stderr
    alone, killed = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("alone", "killed")
    )
    assert killed == alone


def test_a_reader_that_goes_away(tmp_path: Path, good: Path) -> None:
    command = f"{sys.executable} -m convert schema | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.stdout == "{\n"
    assert done.stderr == ""


# --- The other commands -----------------------------------------------------------------------------------------


def test_inspect(wenban: Wenban) -> None:
    plain = wenban("inspect", SAMPLE)
    assert plain.returncode == 0
    assert "title: 洪山镇政府工作报告\uff082021\uff09\n" in plain.stdout
    assert "published: 2021-12-31\n" in plain.stdout
    outline = wenban("inspect", "--outline", SAMPLE).stdout.splitlines()
    levels = [(len(line) - len(line.lstrip(" "))) // 2 for line in outline]
    assert [levels.count(level) for level in range(3)] == [2, 6, 16]
    repairs = wenban("inspect", "--repairs", SAMPLE).stdout
    assert 'punctuation: "," -> "\uff0c"' in repairs
    removed = wenban("inspect", "--removed", SAMPLE).stdout
    assert len(removed.splitlines()) == 2
    whole = json.loads(wenban("inspect", "--json", SAMPLE).stdout)
    assert whole["schema"] == "wenban-document/2"


def test_inspect_says_what_is_wrong(wenban: Wenban, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    for name, code in (("empty.txt", 4), ("none.txt", 3)):
        done = wenban("inspect", name)
        assert done.returncode == code
        assert done.stderr.startswith(f"error: {name}: ")


def test_verify(wenban: Wenban, good: Path, tmp_path: Path) -> None:
    wenban("convert", good)
    clean = wenban("verify", "dist")
    assert clean.returncode == 0
    assert clean.stdout.endswith("5 files, 0 with faults\n")
    (tmp_path / "dist" / "good.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "dist" / "good.docx").unlink()
    wrong = wenban("verify", "dist")
    assert wrong.returncode == 6
    assert "missing: good.docx\nchanged: good.pdf: it has 8 bytes" in wrong.stdout
    assert wenban("verify", "nowhere").returncode == 3


def test_fonts(wenban: Wenban) -> None:
    for name in LOOKS:
        done = wenban("fonts", "--style", name)
        assert done.returncode == 0, done.stderr
        assert "Noto" in done.stdout
    assert wenban("fonts", "--style", "nothing").returncode == 2


def test_styles(wenban: Wenban) -> None:
    done = wenban("styles")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == style.names()


def test_schema(wenban: Wenban) -> None:
    assert "Inspection" in json.loads(wenban("schema").stdout)["$defs"]
    assert "Manifest" in json.loads(wenban("schema", "--manifest").stdout)["$defs"]


def test_doctor(wenban: Wenban) -> None:
    done = wenban("doctor")
    assert done.returncode == 0, done.stdout
    assert done.stdout.endswith("This machine can convert.\n")
    assert "ok: python-docx: " in done.stdout
    script = "import sys; sys.modules['reportlab'] = None; from convert.cli import main; main(['doctor'])"
    sick = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert sick.returncode == 1
    assert "bad: reportlab: " in sick.stdout
    assert "Run: pip install reportlab" in sick.stdout


def test_version_and_module(wenban: Wenban) -> None:
    from importlib.metadata import version

    assert wenban("--version").stdout == f"wenban {version('wenban')}\n"
    said = dict(line.split(" ", 1) for line in wenban("--version", "-v").stdout.splitlines())
    assert (said["wenban"], said["uharfbuzz"]) == (version("wenban"), version("uharfbuzz"))
    assert said["fangsong"]


def test_an_optional_repair_is_made_where_it_is_asked_for(wenban: Wenban) -> None:
    assert "close-quotes" not in wenban("inspect", SAMPLE, "--repairs").stdout
    asked = wenban("inspect", SAMPLE, "--repairs", "--repair", "close-quotes")
    assert [line.split()[1] for line in asked.stdout.splitlines()].count("close-quotes:") == 1
    wrong = wenban("inspect", SAMPLE, "--repair", "no-such-rule")
    assert wrong.returncode == 2
    assert "close-quotes" in wrong.stderr
