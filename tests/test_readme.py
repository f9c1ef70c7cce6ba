"""Every command of the README is run, and its picture is what the project makes."""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import recording
from conftest import ROOT, environment
from lxml import etree
from PIL import Image, ImageChops
from readme_picture import PICTURE, picture

README = (ROOT / "README.md").read_text(encoding="utf-8")
SMALL = 150_000
"""Bytes the picture may have."""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """The commands in order, each once."""
    found = [line for block in blocks("sh") for line in block.splitlines() if line.strip()]
    return list(dict.fromkeys(found))


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the commands need, with `wenban` and this Python on the path."""
    folder = tmp_path_factory.mktemp("readme")
    for name in ("source", "convert", "styles"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    command = folder / "bin" / "wenban"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m convert "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    styles = [block for block in blocks("toml") if block.startswith("# house.toml")]
    (folder / "house.toml").write_text(styles[0], encoding="utf-8")
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env=environment(PATH=path, PYTHONPATH=str(folder)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def test_every_command_runs(checkout: Path) -> None:
    found = commands()
    assert len(found) >= 15
    before = {path.name for path in checkout.iterdir()}
    for command in found:
        if command.startswith("make "):
            # These set up a machine and call this test: what they would do is looked at, and CI does it.
            command = f"make --dry-run {command.removeprefix('make ')}"
        elif command == "pip install .":
            # The wheel's own test installs one; here that the command line is one pip takes.
            command = "python -m pip install --dry-run --no-deps --no-build-isolation --quiet ."
        done = run(command, checkout)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    left = {path.name for path in checkout.iterdir()} - before
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines()} | {"dist"}
    assert not {name for name in left if not any(fnmatch.fnmatch(name, one) for one in ignored)}, "git sees these"


def test_the_python_of_the_readme_runs(checkout: Path) -> None:
    (checkout / "example.py").write_text(blocks("python")[0], encoding="utf-8")
    done = run("python example.py", checkout)
    assert done.returncode == 0, done.stderr
    assert "洪山镇政府工作报告\uff082021\uff09 2021-12-31" in done.stdout
    # Made by this test or by the one before, for the tests share a checkout.
    assert "hongshan-2021.txt done" in done.stdout or "hongshan-2021.txt unchanged" in done.stdout


def test_the_files_it_links_to_exist() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target


def test_the_picture_is_small_and_shows_the_sample() -> None:
    assert PICTURE.stat().st_size < SMALL
    kept, made = Image.open(PICTURE).convert("L"), picture().convert("L")
    assert kept.size == made.size
    # Faces differ from machine to machine: the same areas have ink, at a coarse look.
    coarse = (made.width // 40, made.height // 40)
    difference = ImageChops.difference(kept.resize(coarse), made.resize(coarse))
    assert sum(difference.tobytes()) / len(difference.tobytes()) < 25


# --- Claims ------------------------------------------------------------------------------------------------------

CLAIMS = (ROOT / "tests" / "fixtures" / "readme" / "claims.txt").read_text(encoding="utf-8")


def _flat(text: str) -> str:
    return " ".join(text.split())


def _paragraphs() -> list[str]:
    """The paragraphs of the README, items and tables, without headings, code and what stands between tags."""
    text = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
    parts = re.split(r"\n\n+|\n(?=- |\d+\. )", re.sub(r"</?sup>", "", text))
    return [_flat(part) for part in parts if part.strip() and not part.lstrip().startswith("#")]


def _sentences(paragraph: str) -> list[str]:
    return re.split(r"(?<=\.) (?=[A-Z`*])|(?<=[\u3002\uff1b]) ?(?=.)", paragraph)


def _beside(sentence: str, paragraph: str, words: str) -> bool:
    """Whether words stand in a sentence of a paragraph, or a part of them does."""
    at, begin = paragraph.find(words), paragraph.index(sentence)
    return at >= 0 and at < begin + len(sentence) and begin < at + len(words)


def test_each_claim_has_its_tests() -> None:
    """Every sentence has a claim that is written down, with tests that are there; or is said to claim nothing."""
    claims = [line for line in CLAIMS.splitlines() if line and not line.startswith(("#", "= "))]
    silent = tuple(line[2:] for line in CLAIMS.splitlines() if line.startswith("= "))
    paragraphs = _paragraphs()
    for line in claims:
        words, _, tests = line.partition(" -> ")
        assert any(words in part for part in paragraphs), f"the README does not say: {words}"
        file, *names = tests.split()
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        missing = [name for name in names if f"\ndef test_{name}(" not in text]
        assert names, line
        assert not missing, line
    said = [(sentence, part) for part in paragraphs if not part.startswith(silent) for sentence in _sentences(part)]
    begun = (*paragraphs, *(sentence for sentence, _ in said))
    for one in silent:
        assert any(part.startswith(one) for part in begun), f"nothing in the README begins so: {one}"
    words = [line.partition(" -> ")[0] for line in claims]
    bare = [
        sentence
        for sentence, part in said
        if not sentence.startswith(silent) and not any(_beside(sentence, part, one) for one in words)
    ]
    assert bare == [], "what holds these? (tests/fixtures/readme/claims.txt)"


def test_the_recording_shows_the_commands_and_plays_half_a_minute() -> None:
    text = recording.PICTURE.read_text(encoding="utf-8")
    drawn = etree.fromstring(text.encode())
    shown = [node.text or "" for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert [line[2:] for line in shown if line.startswith("$ ")] == [*recording.COMMANDS]
    assert shown[-1].endswith(" 0 with faults")
    assert f"{recording.SECONDS}s" in text
    assert len(text) < 60_000
    assert not re.search(r"<script|href=|url\(", text)
    assert f"({recording.PICTURE.relative_to(ROOT).as_posix()})" in README


def test_a_line_of_the_recording_comes_at_its_time_and_the_last_are_seen() -> None:
    lines = [(float(number), f"line <{number}>") for number in range(51)]
    text = recording.drawn(lines)
    assert "@keyframes l0 { 0%, 0.00% {" in text
    assert "@keyframes l50 { 0%, 83.33% {" in text  # 25 of 30 seconds
    assert "line &lt;50&gt;" in text
    assert f"translateY({-27 * 18}px)" in text
    assert "prefers-reduced-motion" in text
    assert "@keyframes l1 { 0%, 72.46% {" in recording.drawn([(0, "$ a"), (60, "b"), (60, "c")]), "1 and 0.15 of 25"
    assert recording.wrapped("a" * 97) == ["a" * 96, "a"]
    assert recording.wrapped("a" + "\u6587" * 48) == ["a" + "\u6587" * 47, "\u6587"], "wide ones take two columns"
    assert recording.wrapped("") == [""]
