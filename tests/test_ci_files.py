"""What others use in their CI: the GitHub Action, the pre-commit hooks, the Dockerfile, and the README's examples."""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, SAMPLE, environment
from test_readme import blocks

from convert.cli import app

ACTION = ROOT / ".github" / "actions" / "wenban"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
DOCKERFILE = ROOT / ".docker" / "Dockerfile"
BIN = Path(sys.executable).parent
# Of the action, and not of `wenban convert`.
OWN_INPUTS = {"sources", "python-version", "catalogue", "verify", "pack"}


def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ACTION / "action.yml").read_text(encoding="utf-8"))
    return found


def options(command: str) -> set[str]:
    return {
        name.removeprefix("--") for one in app.commands[command].params for name in one.opts if name.startswith("--")
    }


def tool(*command: str | Path, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    return subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=environment(**{"PATH": path, **variables}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def check_schema(name: str, file: Path) -> None:
    done = tool("check-jsonschema", "--builtin-schema", f"vendor.{name}", file)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """`wenban` as a command."""
    command = tmp_path / "bin" / "wenban"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m convert "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return command.parent


# --- The action -------------------------------------------------------------------------------------------------


def test_the_action_is_one() -> None:
    check_schema("github-actions", ACTION / "action.yml")
    assert tool("shellcheck", ACTION / "run.sh").stdout == ""


def test_inputs_are_options() -> None:
    inputs = set(action()["inputs"])
    assert inputs - OWN_INPUTS <= options("convert")
    assert {"out", "to", "style", "lang", "jobs", "timeout", "report", "fail-fast"} <= inputs
    defaults = {name: value["default"] for name, value in action()["inputs"].items()}
    for one in app.commands["convert"].params:
        name = max(one.opts, key=len).removeprefix("--")
        if name in ("out", "style", "lang", "jobs"):
            assert defaults[name] == str(one.default), name


def test_expressions_name_what_is_there() -> None:
    """Each `${{ ... }}` is a plain reference to an input or a step's output, and none stands in a script."""
    found = action()
    text = (ACTION / "action.yml").read_text(encoding="utf-8")
    used = re.findall(r"\$\{\{\s*([^}]*?)\s*\}\}", text)
    assert used
    for one in used:
        assert re.fullmatch(r"inputs\.[\w-]+|steps\.wenban\.outputs\.[\w-]+", one), one
    named = {one.removeprefix("inputs.") for one in used if one.startswith("inputs.")}
    assert named == set(found["inputs"])
    for step in found["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
    script = (ACTION / "run.sh").read_text(encoding="utf-8")
    given = next(step["env"] for step in found["runs"]["steps"] if step.get("id") == "wenban")
    assert set(re.findall(r"INPUT_[A-Z_]+", script)) - {"INPUT_"} == set(given)
    outputs = {one.rpartition(".")[2] for one in used if one.startswith("steps.")}
    assert outputs == set(re.findall(r'echo "([\w-]+)=', script))
    steps = ROOT / ".github/actions/wenban/../../.."
    assert (steps / "pyproject.toml").is_file(), "what is installed is this project"


def run_action(
    folder: Path, bin_folder: Path, **inputs: str
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    defaults = {name: value["default"] for name, value in action()["inputs"].items()}
    values = {f"INPUT_{name.upper().replace('-', '_')}": value for name, value in {**defaults, **inputs}.items()}
    (folder / "output").write_bytes(b"")
    done = tool(
        "bash", ACTION / "run.sh", cwd=folder,
        PATH=os.pathsep.join([str(bin_folder), str(BIN), os.environ["PATH"]]),
        GITHUB_OUTPUT=str(folder / "output"), GITHUB_STEP_SUMMARY=str(folder / "summary.md"), **values,
    )  # fmt: skip
    lines = (folder / "output").read_text(encoding="utf-8").splitlines()
    return done, dict(line.split("=", 1) for line in lines)


def test_the_action_works(tmp_path: Path, bin_folder: Path) -> None:
    (tmp_path / "my pages").mkdir()
    shutil.copy(SAMPLE, tmp_path / "my pages" / "a b.txt")
    hostile = "$(touch hacked); `touch hacked`"
    done, outputs = run_action(
        tmp_path, bin_folder, sources="\n  my pages \n", to="docx, epub", pack="editions.zip", catalogue="true",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs == {"exit-code": "0", "manifest": "dist/manifest.json"}
    assert {"a b.docx", "a b.epub", "index.html"} <= set(os.listdir(tmp_path / "dist"))
    assert (tmp_path / "editions.zip").is_file()
    assert "docx" in (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "wenban-report.jsonl").read_text(encoding="utf-8"))["state"] == "done"

    wrong, outputs = run_action(tmp_path, bin_folder, sources=hostile, out="other", style="gongwen")
    assert wrong.returncode == 3
    assert outputs["exit-code"] == "3"
    assert not (tmp_path / "hacked").exists()
    options, _ = run_action(tmp_path, bin_folder, sources="--help", out="other")
    assert options.returncode == 3, "a source is never an option"


def test_the_first_failure_counts(tmp_path: Path, bin_folder: Path) -> None:
    (tmp_path / "source").mkdir()
    shutil.copy(SAMPLE, tmp_path / "source")
    (tmp_path / "source" / "empty.txt").write_bytes(b"")
    done, outputs = run_action(tmp_path, bin_folder, to="docx")
    assert (done.returncode, outputs["exit-code"]) == (1, "1")
    (tmp_path / "source" / "empty.txt").unlink()
    (tmp_path / "dist" / "stranger").write_bytes(b"")
    done, outputs = run_action(tmp_path, bin_folder, to="docx")
    assert (done.returncode, outputs["exit-code"]) == (6, "0")
    assert "extra: stranger" in (tmp_path / "summary.md").read_text(encoding="utf-8")


# --- The README's workflows -------------------------------------------------------------------------------------


def example(key: str) -> tuple[str, dict[Any, Any]]:
    return next((text, found) for text in blocks("yaml") if key in (found := yaml.safe_load(text)))


def test_the_readmes_workflow(tmp_path: Path) -> None:
    text, found = example("jobs")
    (tmp_path / "workflow.yml").write_text(text, encoding="utf-8")
    check_schema("github-workflows", tmp_path / "workflow.yml")
    steps = found["jobs"]["editions"]["steps"]
    ours = next(step for step in steps if "wenban" in step["uses"])
    assert ours["uses"].partition("@")[0].removeprefix("OWNER/wenban/") == str(ACTION.relative_to(ROOT))
    assert set(ours["with"]) <= set(action()["inputs"])
    kept = next(step for step in steps if "upload" in step["uses"])["with"]["path"].split()
    assert kept == [ours["with"]["pack"], ours["with"]["report"].strip()]


def test_the_readmes_other_commands() -> None:
    """Commands that cannot be run here name what is there."""
    text = "".join(blocks("console"))
    assert f"-f {DOCKERFILE.relative_to(ROOT)}" in text
    calls = re.findall(r"\bwenban (convert|verify|pack) ([^\n&|]*)", text)
    assert len(calls) >= 4
    for command, arguments in calls:
        with app.commands[command].make_context(command, arguments.split(), resilient_parsing=True) as context:
            assert context.params


# --- pre-commit -------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    own = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false")
    done = tool("git", *own, *arguments, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def hooks(tmp_path: Path) -> tuple[Path, str]:
    """A repository that offers our hooks, and its newest commit."""
    folder = tmp_path / "hooks"
    folder.mkdir()
    shutil.copy(HOOKS, folder)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "hooks")
    return folder, git(folder, "rev-parse", "HEAD")


def test_the_hooks_run(tmp_path: Path, hooks: tuple[Path, str], bin_folder: Path) -> None:
    """By pre-commit itself, with the README's configuration; only that `wenban` is the one at hand, not installed."""
    assert tool("pre-commit", "validate-manifest", HOOKS).returncode == 0
    _, config = example("repos")
    (repository,) = config["repos"]
    repository.update(repo=str(hooks[0]), rev=hooks[1])
    for hook in repository["hooks"]:
        hook["language"] = "system"
    work = tmp_path / "work"
    (work / "source").mkdir(parents=True)
    shutil.copy(SAMPLE, work / "source" / "page.txt")
    (work / "notes.txt").write_text("not under source", encoding="utf-8")
    (work / ".gitignore").write_text("dist/\n", encoding="utf-8")
    (work / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(work, "init", "--quiet")
    git(work, "add", ".")

    def run() -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(bin_folder), str(BIN), os.environ["PATH"]])
        return tool("pre-commit", "run", "--all-files", cwd=work, PATH=path, PRE_COMMIT_HOME=str(tmp_path / "home"))

    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(re.findall(r"\.\.Passed", done.stdout)) == 2
    assert {"page.docx", "page.pdf", "page.epub"} <= set(os.listdir(work / "dist"))
    (work / "dist" / "stranger").write_bytes(b"")
    wrong = run()
    assert wrong.returncode == 1
    assert "extra: stranger" in wrong.stdout


def test_hooks_take_all_pages() -> None:
    from convert import source

    found = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    pattern = re.compile(next(hook["files"] for hook in found if hook["id"] == "wenban"))
    for suffix in source.BY_SUFFIX:
        assert pattern.search(f"source/page{suffix}"), suffix
    for hook in found:
        assert hook["entry"].split()[0] == "wenban"
        assert hook["entry"].split()[1] in app.commands
        assert "language_version" not in hook


# --- Docker -----------------------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"\\\n\s*", "", DOCKERFILE.read_text(encoding="utf-8"))
    return [
        (line.split(" ", 1)[0], line.split(" ", 1)[1])
        for line in text.splitlines()
        if line and not line.startswith("#")
    ]


def test_the_linter_has_nothing_to_say() -> None:
    done = tool("hadolint", DOCKERFILE)
    assert (done.returncode, done.stdout) == (0, "")


def test_what_is_copied_is_all_it_takes(tmp_path: Path) -> None:
    """The files that the Dockerfile copies, and its ignore file lets through, are enough to build the wheel."""
    copied = [value.split()[:-1] for name, value in instructions() if name == "COPY" and "--from" not in value]
    names = [name for one in copied for name in one]
    allowed = (ROOT / ".docker" / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert allowed[0] == "*"
    for name in names:
        assert any(fnmatch.fnmatch(name, line[1:]) for line in allowed if line.startswith("!")), name
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    done = tool(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "wheel", ".", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_entry_point_is_ours() -> None:
    found = dict(instructions())
    assert json.loads(found["ENTRYPOINT"]) == ["wenban"]
    assert found["USER"].split(":")[0] not in ("0", "root")
    extras = re.findall(r"'\.\[(\w+)\]'", DOCKERFILE.read_text(encoding="utf-8"))
    assert extras == ["warc"]


NO_NETWORK = """
import sys
def audit(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        raise RuntimeError(f"the network was asked: {event} {arguments}")
sys.addaudithook(audit)
"""


def test_converting_needs_no_network(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(NO_NETWORK, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    refused = tool(sys.executable, "-c", "import socket; socket.create_connection(('127.0.0.1', 9))", PYTHONPATH=path)
    assert "the network was asked" in refused.stderr
    arguments = ("-m", "convert", "convert", SAMPLE, "-o", tmp_path / "dist", "-t", "docx", "-t", "pdf", "-t", "epub")
    done = tool(sys.executable, *arguments, PYTHONPATH=path, XDG_CACHE_HOME=str(tmp_path / "cache"))
    assert done.returncode == 0, done.stderr
    assert tool(sys.executable, "-m", "convert", "verify", tmp_path / "dist", PYTHONPATH=path).returncode == 0
