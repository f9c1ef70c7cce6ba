"""Nothing that lies in the working folder is run: pages come from anywhere, and with them files of any name."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, SAMPLE, environment

from convert.cli import app

# Modules that the program, its workers or Python's own start of a worker imports.
NAMES = ("convert", "msgspec", "lxml", "docx", "signal", "selectors", "pickle", "multiprocessing", "pebble", "PIL")
COMMANDS = {
    "convert": ("convert", "pages", "-j", "2", "-t", "html", "-o", "out"),
    "verify": ("verify", "dist", "-j", "2"),
    "rebuild": ("verify", "dist", "--rebuild", "pages", "-j", "2"),
    "catalogue": ("catalogue", "dist", "-j", "2"),
    "pack": ("pack", "dist", "-j", "2"),
    "bind": ("bind", "pages", "-j", "2", "-o", "out/book.txt"),
    "inspect": ("inspect", "pages/0.txt"),
    "correct": ("correct", "pages", "--report"),
    "doctor": ("doctor",),
    "fonts": ("fonts",),
    "styles": ("styles",),
    "schema": ("schema",),
    "completion": ("completion", "bash"),
    "init": ("init",),
    "mcp": ("mcp",),
    "preview": ("preview", "pages", "--no-open"),
}


def command(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command as its installed script starts it: from a folder of its own."""
    script = folder.parent / "bin" / "wenban"
    script.parent.mkdir(exist_ok=True)
    script.write_text("from convert.__main__ import command\nif __name__ == '__main__':\n    command()\n")
    return subprocess.run(
        [sys.executable, script, *arguments], cwd=folder, env=environment(PYTHONPATH=str(ROOT)),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def shown(folder: Path) -> subprocess.CompletedProcess[str]:
    """`preview` as it is, ended by Ctrl-C once it has made the editions."""
    script = folder.parent / "bin" / "wenban"
    running = subprocess.Popen(
        [sys.executable, script, *COMMANDS["preview"]], cwd=folder, env=environment(PYTHONPATH=str(ROOT)),
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    said = ""
    while "documents shown" not in said and (line := running.stdout.readline()):
        said += line
    running.send_signal(signal.SIGINT)
    return subprocess.CompletedProcess(running.args, running.wait(60), said, "")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working folder with pages, their editions, and a file of each name that says it was run."""
    folder = tmp_path_factory.mktemp("top") / "work"
    (folder / "pages").mkdir(parents=True)
    for number in range(10):
        shutil.copy(SAMPLE, folder / "pages" / f"{number}.txt")
    assert command("convert", "pages", "-t", "html", "-o", "dist", folder=folder).returncode == 0
    for name in NAMES:
        (folder / f"{name}.py").write_text(
            f"open({str(folder / 'run')!r}, 'a').write('{name} ')\nraise SystemExit(9)\n"
        )
    return folder


def test_no_command_is_left_out() -> None:
    assert set(app.commands) <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_file_of_the_working_folder_is_run(folder: Path, name: str) -> None:
    (folder / "run").unlink(missing_ok=True)
    done = shown(folder) if name == "preview" else command(*COMMANDS[name], folder=folder)
    assert not (folder / "run").exists(), (folder / "run").read_text()
    assert done.returncode == 0, done.stdout + done.stderr
