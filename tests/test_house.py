"""The house keeps its walls: data moves one way, and each room does only its own work (DESIGN, The house)."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, environment

PACKAGE = ROOT / "convert"
# From left to right: a room imports only from rooms before it, and from itself.
ROOMS = (
    "errors", "patterns", "pdfium", "labels", "model", "style", "typography", "charset", "places", "warc", "source",
    "readers", "clean", "writers", "fingerprint", "verify", "dist", "catalogue", "pipeline", "warm", "batch", "rebuild",
    "__init__", "messages", "report", "preview", "doctor", "cli", "__main__",
)  # fmt: skip
FILES = sorted(PACKAGE.rglob("*.py"))
# Marks that editors show like ASCII, or that a careless hand turns into it: escapes are the rule in code and styles.
CONFUSABLE = {*map(chr, range(0xFF01, 0xFF5F)), *"\u3001\u3002\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u3000\u00a0"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> Iterator[tuple[int, str]]:
    """Line and room of each import from the package, also those inside functions; type checking only does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {id(node) for branch in ast.walk(tree) if _is_type_checking(branch) for node in ast.walk(branch)}
    package = ("convert", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.ImportFrom):
            base = (*package[: len(package) - node.level + 1],) if node.level else ()
            module = (*base, *(node.module or "").split(".")) if node.module else base
            if module[:1] == ("convert",):
                names = [module[1]] if len(module) > 1 else [alias.name for alias in node.names]
                for name in names:
                    yield node.lineno, name if name in ROOMS else "__init__"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "convert":
                    yield node.lineno, (*alias.name.split("."), "__init__")[1]


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_file_has_a_room() -> None:
    assert {room_of(path) for path in FILES} == set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_point_left(path: Path) -> None:
    own = room_of(path)
    allowed = set(ROOMS[: ROOMS.index(own) + 1])
    if own in ("dist", "fingerprint", "pipeline", "batch"):
        allowed.add("__init__")  # the version
    wrong = [f"line {line}: {room}" for line, room in imported_rooms(path) if room not in allowed]
    assert not wrong, f"{name(path)} imports from its right: {wrong}"


def test_the_walk_sees_imports() -> None:
    seen = {room for path in FILES for _, room in imported_rooms(path)}
    assert {"errors", "model", "style", "typography", "writers", "dist", "pipeline", "batch"} <= seen


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    if room_of(path) in ("cli", "__main__"):
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {ast.unparse(node.func): node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call)}
    talking = {"print", "click.echo", "sys.exit", "exit", "quit", "os._exit", "sys.stdout.write", "sys.stderr.write"}
    assert not talking & set(calls), {call: calls[call] for call in talking & set(calls)}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_dist_writes_files(path: Path) -> None:
    # The font index has a cache of its own; the report of a run goes where the user says.
    if room_of(path) in ("dist", "cli") or name(path) == "convert/typography/fonts.py":
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute):  # a method of a path
            allowed = {"mkdir"} if room_of(path) == "doctor" else set()
            writing = {"write_bytes", "write_text", "unlink", "mkdir", "rmdir"} - allowed
            assert node.func.attr not in writing, f"line {node.lineno}: {ast.unparse(node)}"
        if ast.unparse(node.func) == "open":
            modes = [ast.literal_eval(node.args[1])] if len(node.args) > 1 else []
            modes += [ast.literal_eval(word.value) for word in node.keywords if word.arg == "mode"]
            assert not set("".join(modes)) & set("wax+"), f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize(
    "path",
    [*FILES, *sorted((ROOT / "styles").glob("*.toml")), *sorted((ROOT / "tests").rglob("*.py"))],
    ids=name,
)
def test_confusable_marks_are_escapes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    found = [
        f"line {number}: U+{ord(char):04X}"
        for number, line in enumerate(text.splitlines(), 1)
        for char in line
        if char in CONFUSABLE
    ]
    assert not found


def test_help_imports_no_writer() -> None:
    heavy = [
        "docx",
        "reportlab",
        "ebooklib",
        "lxml",
        "uharfbuzz",
        "pypdfium2",
        "selectolax",
        "budoux",
        "pebble",
        "rich",
    ]
    script = (
        "import sys; from convert.cli import main\n"
        "try: main(['--help'])\n"
        f"finally: sys.stderr.write(' '.join(m for m in sys.modules if m.split('.')[0] in {heavy} "
        "or m.startswith(('convert.writers', 'convert.readers', 'convert.clean'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert "convert" in done.stdout
    assert done.returncode == 0
    assert done.stderr == ""


def test_public_names() -> None:
    script = (
        "import convert.batch, convert\n"
        "assert sorted(convert.__all__) == ['ConvertError', 'Document', 'Style', 'batch', 'convert', 'read']\n"
        "assert callable(convert.batch) and callable(convert.convert) and callable(convert.read)\n"
        "assert isinstance(convert.Document, type) and isinstance(convert.Style, type)\n"
        "try: convert.nothing\n"
        "except AttributeError: print('fine')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "fine\n"
