"""The rule of `conftest` that CI runs every test, with and without workers (pytest-xdist)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, environment

SKIPS = {
    "a test": "import pytest\ndef test_it():\n    pytest.skip('no tool')\n",
    "a module": "import pytest\npytest.skip('no tool', allow_module_level=True)\n",
}


@pytest.mark.parametrize(("text", "flags"), list(zip(SKIPS.values(), ("-n1", "-n0"), strict=True)), ids=SKIPS)
def test_what_is_skipped_fails_in_ci(text: str, flags: str, tmp_path: Path) -> None:
    (tmp_path / "test_skips.py").write_text(text, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider", "--dist", "worksteal", flags]

    def run(ci: str) -> subprocess.CompletedProcess[str]:
        variables = environment(PYTHONPATH=f"{ROOT}:{ROOT / 'tests'}", CI=ci)
        return subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)

    in_ci = run("true")
    assert in_ci.returncode in (pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED), in_ci.stdout
    assert "CI has to run every test: Skipped: no tool" in in_ci.stdout
    elsewhere = run("")
    assert elsewhere.returncode in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED), elsewhere.stdout
    assert "1 skipped" in elsewhere.stdout
