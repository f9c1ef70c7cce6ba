"""The rule of `conftest` that CI runs every test, with and without workers (pytest-xdist); what others leave out."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import part
import pytest
from conftest import ROOT, environment

SKIPS = {
    "a test": "import pytest\ndef test_it():\n    pytest.skip('no tool')\n",
    "a module": "import pytest\npytest.skip('no tool', allow_module_level=True)\n",
}
ABSENT = "def test_it():\n    import no_such_package\n"
NO_PROGRAM = "import subprocess\ndef test_it():\n    subprocess.run(['mutool'], env={'PATH': '/none'})\n"


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


def test_without_a_package_a_test_is_skipped_but_in_ci(tmp_path: Path) -> None:
    (tmp_path / "test_absent.py").write_text(ABSENT, encoding="utf-8")
    (tmp_path / "test_module.py").write_text("import no_such_package\n", encoding="utf-8")
    (tmp_path / "test_program.py").write_text(NO_PROGRAM, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-p", "no:cacheprovider"]
    for ci, code, said in (("", 0, "2 x the package no_such_package is not here"), ("true", 2, "2 errors")):
        variables = environment(PYTHONPATH=f"{ROOT}:{ROOT / 'tests'}", CI=ci)
        done = subprocess.run(command, cwd=tmp_path, env=variables, capture_output=True, text=True, check=False)
        assert said in done.stdout or (ci and "1 error" in done.stdout), done.stdout
        assert (done.returncode == 0) == (code == 0), done.stdout
        assert ("1 x mutool is not here" in done.stdout) == (not ci), done.stdout


def test_what_a_plain_run_needs_is_a_part_of_what_all_tests_need() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(extras["part"]) < set(extras["test"])


def test_the_thorough_tests_are_there() -> None:
    found = set()
    for path in (ROOT / "tests").glob("test_*.py"):
        names = (node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef))
        found |= {f"{path.name}::{name}" for name in names}
    assert part.THOROUGH - found == set()
    assert len(part.THOROUGH) >= 80


def test_a_plain_run_draws_few_random_documents_and_ci_a_third(monkeypatch: pytest.MonkeyPatch) -> None:
    everything, third = (300, 90, 25), (100, 30, 9)
    for chosen, ci, full, counts in (
        ("1", "", "", (20, 6, 4)),
        ("", "", "", everything),
        ("", "true", "", third),
        ("", "true", "1", everything),
    ):
        for name, value in (("WENBAN_PART", chosen), ("CI", ci), ("WENBAN_FULL", full)):
            monkeypatch.setenv(name, value)
        assert tuple(map(part.examples, (300, 90, 25))) == counts


def test_what_is_not_checked_is_said_last(tmp_path: Path) -> None:
    """A run of all tests leaves the thorough ones out and says so; one that names a test, and CI, do not."""
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_pdf.py").write_text(
        "import pytest\n\ndef test_it():\n    pytest.skip('no tool')\n\n"
        "def test_three_renderers_draw_the_same_pages():\n    pass\n",
        encoding="utf-8",
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "conftest", "-p", "no:cacheprovider"]

    def run(*more: str, **changes: str) -> list[str]:
        variables = environment(PYTHONPATH=f"{ROOT}:{ROOT / 'tests'}", CI="", **changes)
        done = subprocess.run(
            [*command, *more], cwd=tmp_path, env=variables, capture_output=True, text=True, check=False
        )
        return done.stdout.splitlines()

    for flags in ("-n0", "-n1"):
        said = run(flags)
        assert said[-4].startswith("1 skipped"), said
        assert said[-1].startswith(f"Not checked: {len(part.THOROUGH)} thorough tests"), said
        assert "FULL=1" in said[-1]
        assert said[-3].startswith("Not checked: 1 skipped, for want of what `.ci/run`")
        assert said[-2] == "  1 x no tool"
    for said in (run("tests"), run("-k", "test_"), run(WENBAN_FULL="1")):
        assert any("1 passed, 1 skipped" in line for line in said), said
        assert not any("thorough" in line for line in said)
