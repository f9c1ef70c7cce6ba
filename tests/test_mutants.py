"""`make mutants`: the changes it makes, and what it says of a rule that no test feels."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, environment

from tests.mutants.reach import Reach
from tests.mutants.sites import KINDS, mutants

SOURCE = '''"""A docstring with 3 | 4."""
import re

LIMIT = 20
_WORDS = "alpha beta gamma".split()
_PATTERN = re.compile(r"(?:one|two)[|]x|three")


def rule(text: str, most: int = 4) -> bool:
    """Says 1 of 2."""
    if len(text) > LIMIT and text not in _WORDS:
        return False
    seen = []
    seen.append(text)
    return bool(_PATTERN.match(text)) or len(seen) < most
'''
TEST = """
from convert.clean.rules import rule

def test_long_texts():
    assert not rule("x" * 21)
    assert rule("x" * 20)

def test_most():
    assert not rule("no", 1)
    assert rule("three", 1)
"""


def tree(folder: Path) -> Path:
    (folder / "convert" / "clean").mkdir(parents=True)
    (folder / "tests").mkdir()
    for package in ("convert", "convert/clean"):
        (folder / package / "__init__.py").write_text("")
    (folder / "convert" / "clean" / "rules.py").write_text(SOURCE)
    (folder / "tests" / "test_clean_rules.py").write_text(TEST)
    return folder


def test_every_kind_of_change_is_made(tmp_path: Path) -> None:
    path = tree(tmp_path) / "convert" / "clean" / "rules.py"
    found = mutants(path, tmp_path)
    assert {mutant.kind for mutant in found} == set(KINDS)
    changed = [(mutant.kind, mutant.after) for mutant in found]
    for wanted in (
        ("number", "(40)"),
        ("number", "(10)"),
        ("number", "(2)"),
        ("number", "(3)"),
        ("table", "('alpha gamma'.split())"),
        ("pattern", "('(?:two)[|]x|three')"),
        ("pattern", "('three')"),
        ("condition", "(len(text) <= LIMIT)"),
        ("condition", "(len(seen) <= most)"),
        ("condition", "(text in _WORDS)"),
        ("condition", "(len(text) > LIMIT or text not in _WORDS)"),
        ("condition", "(False)"),
        ("statement", "pass"),
    ):
        assert wanted in changed, wanted
    assert ("condition", "(len(text) >= LIMIT)") not in changed, "a limit is not pinned to its edge"
    assert ("number", "(19)") not in changed
    source = path.read_bytes()
    for mutant in found:
        ast.parse(mutant.applied(source))
        assert "docstring" not in mutant.before
        assert mutant.owner in ("LIMIT", "_WORDS", "_PATTERN", "rule")


def test_a_change_meets_the_tests_that_reach_it(tmp_path: Path) -> None:
    """By the functions they call; a value of the module by the functions that use it."""
    path = tree(tmp_path) / "convert" / "clean" / "rules.py"
    calls = {"tests/test_clean_rules.py::test_most": {("convert/clean/rules.py", 9)}, "tests/test_x.py::other": set()}
    reach = Reach(tmp_path, calls)
    for mutant in mutants(path, tmp_path):
        assert reach.of(mutant) == {"tests/test_clean_rules.py::test_most"}, mutant.owner


KEPT = """import functools

def entry(word):
    return word * 2

def table(rows):
    return [entry(row) for row in rows]

@functools.cache
def every():
    return table("ab")

def rule(text):
    return text in every()
"""


@pytest.mark.parametrize("made", ["every()", "ROWS.made(table)"])
def test_a_change_of_what_is_kept_meets_all_who_use_it(tmp_path: Path, made: str) -> None:
    path = tree(tmp_path) / "convert" / "clean" / "rules.py"
    path.write_text(KEPT.replace("every()\n", f"{made}\n"))
    first, second = "tests/test_clean_rules.py::test_most", "tests/test_clean_rules.py::test_long_texts"
    calls = {
        first: {("convert/clean/rules.py", line) for line in (3, 6, 9, 13)},
        second: {(str(path.relative_to(tmp_path)), 13)},
    }
    reach = Reach(tmp_path, calls)
    assert {mutant.owner for mutant in mutants(path, tmp_path)} >= {"entry", "rule"}
    for mutant in mutants(path, tmp_path):
        assert reach.of(mutant) == {first, second}, mutant.owner


def test_survivors_are_told_and_counted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.mutants", "--tree", tree(tmp_path), "--only", "convert", "--count", "40"]
    done = subprocess.run(
        [*map(str, command), "--floor", "99"], cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=300
    )
    assert "2 fast tests in 1 files" in done.stdout, done.stdout + done.stderr
    assert "_WORDS (table; 2 tests reach it)" in done.stdout, "no test knows a word"
    assert "in LIMIT" not in done.stdout.partition("\n\n")[2], "what tests feel does not survive"
    assert done.returncode == 1, "below its floor"
