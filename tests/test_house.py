"""The house keeps its walls: data moves one way, and each room does only its own work (convert/README.md, The
rooms)."""

from __future__ import annotations

import ast
import functools
import io
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, environment
from trees import nodes_of, tree_of

PACKAGE = ROOT / "convert"
# Each room and the rooms it may import from, and no other; what a room never needs is no neighbour of it.
NEIGHBOURS: dict[str, set[str]] = {
    "errors": {"words"},
    "version": set(),
    "words": set(),
    "store": {"errors"},
    "zh": set(),
    "cjk": {"zh"},
    "model": {"errors"},
    "toml": {"errors"},
    "style": {"errors", "toml"},
    "corrections": {"errors", "toml"},
    "typography": {"errors", "style"},
    "warc": {"errors", "store"},
    "source": {"errors", "store", "warc"},
    "readers": {"errors", "model", "source", "zh"},
    "clean": {"cjk", "corrections", "errors", "model", "zh"},
    "writers": {"errors", "model", "style", "typography", "words"},
    "verify": {"errors", "model", "typography"},
    "publish": {"errors", "model", "store", "verify", "version"},
    "catalogue": {"errors", "model", "publish", "style", "verify", "writers"},
    "run": {
        "clean", "corrections", "errors", "model", "publish", "readers", "source", "store", "style", "toml",
        "typography", "verify", "version", "warc", "words", "writers",
    },
    "cli": {
        "catalogue", "corrections", "errors", "model", "publish", "run", "style", "typography", "version", "warc",
        "words", "writers",
    },
    "__init__": {"errors", "model", "run", "style", "version"},
    "alias": {"__init__"},
    "__main__": {"cli"},
}  # fmt: skip
FILES = sorted(PACKAGE.rglob("*.py"))
# Marks that editors show like ASCII, or that a careless hand turns into it: escapes are the rule in code and styles.
CONFUSABLE = {*map(chr, range(0xFF01, 0xFF5F)), *"\u3001\u3002\u2014\u2018\u2019\u201c\u201d\u2026\u00b7\u3000\u00a0"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in FILES}


@functools.cache
def imported(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and module of each import from the package: also inside functions, and for type checking."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[tuple[int, str]]:
    package = ("convert", *path.relative_to(PACKAGE).parts[:-1])
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            if module.split(".")[0] == "convert":
                for alias in node.names:
                    yield node.lineno, inside if (inside := f"{module}.{alias.name}") in MODULES else module
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name.split(".")[0] == "convert")


def circles() -> list[set[str]]:
    """The sets of modules that import one another, however many steps it takes."""
    goes = {module: {to for _, to in imported(path)} - {module} for module, path in MODULES.items()}

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        todo = [start]
        while todo:
            for to in goes.get(todo.pop(), set()) - seen:
                seen.add(to)
                todo.append(to)
        return seen

    reach = {module: reached(module) for module in goes}
    found = {frozenset(to for to in reach[module] if module in reach[to]) for module in goes if module in reach[module]}
    return sorted(map(set, found), key=sorted)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_file_has_a_room() -> None:
    assert {room_of(path) for path in FILES} == set(NEIGHBOURS)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_come_from_neighbours(path: Path) -> None:
    own = room_of(path)
    seen = [(line, module, (*module.split("."), "__init__")[1]) for line, module in imported(path)]
    wrong = [f"line {line}: {module}" for line, module, room in seen if room not in NEIGHBOURS[own] | {own}]
    assert not wrong, f"{name(path)} imports from rooms that are not its neighbours: {wrong}"


def test_every_neighbour_is_used() -> None:
    used = {(room_of(path), (*module.split("."), "__init__")[1]) for path in FILES for _, module in imported(path)}
    assert {(room, to) for room, many in NEIGHBOURS.items() for to in many} - used == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    assert circles() == []


def types_of(path: Path) -> Iterator[str]:
    """The types a file defines: classes, and names that stand for a type, without the mark of what is private."""
    for node in nodes_of(path):
        if isinstance(node, ast.ClassDef):
            yield node.name.lstrip("_")
    for node in tree_of(path).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id.lstrip("_")
            if name[:1].isupper() and not name.isupper():
                yield name


def test_a_type_name_has_one_meaning_in_the_house() -> None:
    where: dict[str, set[Path]] = {}
    for path in FILES:
        for name in types_of(path):
            where.setdefault(name, set()).add(path)
    assert {name: files for name, files in where.items() if len(files) > 1} == {}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_the_command_line_prints_or_exits(path: Path) -> None:
    if room_of(path) in ("cli", "__main__"):
        return
    calls = {ast.unparse(node.func): node.lineno for node in nodes_of(path) if isinstance(node, ast.Call)}
    talking = {"print", "click.echo", "sys.exit", "exit", "quit", "os._exit", "sys.stdout.write", "sys.stderr.write"}
    assert not talking & set(calls), {call: calls[call] for call in talking & set(calls)}


@pytest.mark.parametrize("path", FILES, ids=name)
def test_only_publish_writes_files(path: Path) -> None:
    # The font index has a cache of its own; the report of a run goes where the user says.
    if room_of(path) in ("publish", "cli") or name(path) == "convert/typography/system_faces.py":
        return
    for node in nodes_of(path):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute):  # a method of a path
            allowed = {"mkdir"} if name(path) == "convert/run/doctor.py" else set()
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
    found = {
        (number, column): f"line {number}: U+{ord(char):04X}"
        for number, line in enumerate(text.splitlines(), 1)
        if not line.isascii()
        for column, char in enumerate(line)
        if char in CONFUSABLE
    }
    free = prose(text) if found and path.suffix == ".py" else set()
    assert [said for place, said in found.items() if place not in free] == []


def prose(text: str) -> set[tuple[int, int]]:
    """Lines and columns of a module that hold docstrings and comments, in which marks stand as they are read.

    A docstring is an expression statement of nothing but a string, also the one below a constant.
    """
    starts = {
        (node.value.lineno, node.value.col_offset)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }
    found: set[tuple[int, int]] = set()
    width = max(map(len, text.splitlines()), default=0)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        lead = len(token.line[: token.start[1]].encode())  # ast counts bytes
        if token.type == tokenize.COMMENT or (token.type == tokenize.STRING and (token.start[0], lead) in starts):
            for line in range(token.start[0], token.end[0] + 1):
                first = token.start[1] if line == token.start[0] else 0
                last = token.end[1] if line == token.end[0] else width
                found.update((line, column) for column in range(first, last))
    return found


def test_marks_are_free_in_prose_and_in_nothing_else() -> None:
    stop = "\u3002"
    source = f'"""A{stop}"""\nX = 1  # b{stop}\n"""c\n{stop}"""\nY = "{stop}"\nf("x")\n'
    lines = source.splitlines()
    marks = {(row, column) for row, line in enumerate(lines, 1) for column, char in enumerate(line) if char == stop}
    assert marks - prose(source) == {(5, 5)}


def undocumented(node: ast.Module | ast.ClassDef, within: str = "") -> Iterator[str]:
    """Line and name of each public function, class and method without a docstring."""
    for inner in node.body:
        if not isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or inner.name.startswith("_"):
            continue
        if not ast.get_docstring(inner):
            yield f"line {inner.lineno}: {within}{inner.name}"
        if isinstance(inner, ast.ClassDef):
            yield from undocumented(inner, f"{inner.name}.")


@pytest.mark.parametrize("path", FILES, ids=name)
def test_everything_public_has_a_docstring(path: Path) -> None:
    module = tree_of(path)
    assert ast.get_docstring(module)
    assert not list(undocumented(module))


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
        "rjieba",
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
        "import convert.run.batch, convert\n"
        "functions = ['batch', 'convert', 'map_blocks', 'read', 'to_json', 'with_metadata', 'write']\n"
        "assert sorted(convert.__all__) == ['ConvertError', 'Document', 'Style', *functions]\n"
        "assert all(callable(getattr(convert, name)) for name in functions)\n"
        "assert isinstance(convert.Document, type) and isinstance(convert.Style, type)\n"
        "try: convert.nothing\n"
        "except AttributeError: print('fine')"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "fine\n"


@pytest.mark.parametrize("path", [PACKAGE / "clean/limits.py", PACKAGE / "readers/html/thresholds.py"], ids=name)
def test_every_limit_is_used(path: Path) -> None:
    limits = {node.targets[0].id for node in tree_of(path).body if isinstance(node, ast.Assign)}
    room = PACKAGE / path.relative_to(PACKAGE).parts[0]
    used = {
        getattr(node, "attr", getattr(node, "id", ""))
        for other in FILES
        if room in other.parents
        for node in nodes_of(other)
        if isinstance(node, (ast.Attribute, ast.Name)) and isinstance(node.ctx, ast.Load)
    }
    assert limits - used == set()


def given_twice(module: ast.Module) -> list[str]:
    """Names of a module that a second constant, function or class takes away from the first."""
    names: list[str] = []
    for node in module.body:
        if isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
            names.append(node.target.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            names.append(node.name)
    return sorted({name for name in names if names.count(name) > 1})


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_module_gives_a_name_once(path: Path) -> None:
    assert given_twice(tree_of(path)) == []


def words_of(module: ast.Module) -> Iterator[str]:
    """Names that a module reads, imports or says in a text, as tables of lazy imports do."""
    for node in ast.walk(module):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.ImportFrom):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def unused(modules: list[ast.Module]) -> list[str]:
    """Functions, classes and constants of modules, and methods of classes without a base, that nothing there reads.
    What a decorator takes is read by it, and a method in mixed case by the library that calls it."""
    given: list[str] = []
    for node in (inner for module in modules for inner in module.body):
        if isinstance(node, ast.Assign):
            given += [target.id for target in node.targets if isinstance(target, ast.Name)]
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            given.append(node.name)
        if isinstance(node, ast.ClassDef) and not node.bases:
            given += [one.name for one in node.body if isinstance(one, ast.FunctionDef) and not one.decorator_list]
    read = {word for module in modules for word in words_of(module)}
    ours = (name for name in set(given) - read if not name.startswith("__"))
    return sorted(name for name in ours if not name[0].islower() or name.islower())


def test_what_nothing_uses_is_gone() -> None:
    assert unused([tree_of(path) for path in FILES]) == []
    dead = ast.parse("_A = _B = 1\ndef f(): _B\nclass C:\n def g(self): h()\n@f\ndef i(): C()")
    assert unused([dead]) == ["_A", "g"]


def test_a_name_given_twice_is_seen() -> None:
    assert given_twice(ast.parse("_A = 1\n_B: int = 2\n_A = 3\ndef _B(): ...")) == ["_A", "_B"]
