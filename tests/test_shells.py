"""Completion in shells, the man page, and what a terminal without colours gets."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import environment

from convert.cli import app
from convert.cli.completion import SHELLS, place, script


def completed(words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """What bash is given for a line that ends where the cursor stands."""
    monkeypatch.setenv("_WENBAN_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    with pytest.raises(SystemExit):
        app.main([], prog_name="wenban")
    return {line.partition(",")[2] for line in capsys.readouterr().out.splitlines()}


def test_commands_options_styles_and_formats_are_completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert completed("wenban co", monkeypatch, capsys) == {"convert", "correct", "completion"}
    assert "--strict" in completed("wenban convert --st", monkeypatch, capsys)
    assert completed("wenban convert -t do", monkeypatch, capsys) == {"docx"}
    assert completed("wenban convert -t pdf,do", monkeypatch, capsys) == {"pdf,docx"}
    assert "gongwen" in completed("wenban convert --style go", monkeypatch, capsys)


@pytest.mark.parametrize("shell", SHELLS)
def test_one_command_installs_it_where_the_shell_looks(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "ZDOTDIR"):
        monkeypatch.delenv(name, raising=False)
    app.main(["completion", shell, "--install"], prog_name="wenban", standalone_mode=False)
    said = capsys.readouterr()
    assert said.out.strip() == str(place(shell))
    assert place(shell).is_relative_to(tmp_path)
    assert place(shell).read_text("utf-8").strip() == script(shell)
    assert ("fpath" in said.err) == (shell == "zsh")
    if program := shutil.which(shell):
        check = subprocess.run([program, "-n", str(place(shell))], capture_output=True, check=False)
        assert check.returncode == 0, check.stderr


def test_no_color_is_kept() -> None:
    script = "from convert.cli.say import table; import sys; sys.stdout.isatty = lambda: True; table(('a',), [('b',)])"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(NO_COLOR="1", TERM="xterm"), capture_output=True, check=True
    )
    assert b"\x1b[3" not in done.stdout
