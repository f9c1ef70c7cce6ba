"""Which tests can feel a change: those that call the function it is in, or one that uses the name it gives a value.

In: the tree, and for each test the functions it called.  Out: for a mutant, the tests to run.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from .sites import Mutant

FEW = 3
"""Tests that reach a function at most, where it may be called for a value that is kept."""

VOCABULARY = "convert/zh/"
READ_WHOLE = ("tests/test_zh.py", "tests/test_zh_known.py")
"""Tests that read the modules of the vocabulary through `vars`, and mention none of their names."""

Function = tuple[str, str]
"""Path within the tree and dotted name."""


class Reach:
    """The names that functions and tests mention, over a whole tree."""

    def __init__(self, tree: Path, calls: dict[str, set[tuple[str, int]]]) -> None:
        self.users: dict[str, set[Function]] = defaultdict(set)  # name -> functions that mention it
        self.derived: dict[str, set[str]] = defaultdict(set)  # name -> names whose values are made with it
        self.files: dict[str, set[str]] = defaultdict(set)  # name -> test files that mention it
        self.cached: set[Function] = set()
        self.kept: set[str] = set()  # functions whose value for a table of the vocabulary is made once
        self.importers: dict[str, set[str]] = defaultdict(set)  # module of the vocabulary -> those that import from it
        at: dict[tuple[str, int], Function] = {}
        for path in sorted((tree / "convert").rglob("*.py")):
            self._module(str(path.relative_to(tree)), ast.parse(path.read_bytes()), at)
        for path in sorted((tree / "tests").glob("*.py")):
            for name in _names(ast.parse(path.read_bytes())):
                self.files[name].add(str(path.relative_to(tree)))
        self.tests: dict[Function, set[str]] = defaultdict(set)
        for test, places in calls.items():
            for place in places:
                if place in at:
                    self.tests[at[place]].add(test)
        self.all_tests = set(calls)

    def _module(self, path: str, module: ast.Module, at: dict[tuple[str, int], Function]) -> None:
        def inside(body: list[ast.stmt], owner: str) -> None:
            for node in body:
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    function = path, f"{owner}.{node.name}" if owner else node.name
                    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                    at[path, first] = function
                    for name in _names(node):
                        self.users[name].add(function)
                    self.kept |= set(_makers(node))
                    if any("cache" in ast.unparse(decorator) for decorator in node.decorator_list):
                        self.cached.add(function)
                    for child in ast.walk(node):  # functions within functions and lambdas belong to it
                        if isinstance(child, ast.FunctionDef | ast.Lambda) and child is not node:
                            at.setdefault((path, child.lineno), function)
                elif isinstance(node, ast.ClassDef):
                    inside(node.body, node.name)
                elif isinstance(node, ast.Assign | ast.AnnAssign):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    made = {part.id for to in targets for part in ast.walk(to) if isinstance(part, ast.Name)}
                    for name in _names(node.value) if node.value else ():
                        self.derived[name] |= made

        inside(module.body, "")
        for node in ast.walk(module) if path.startswith(VOCABULARY) else ():
            if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module:
                self.importers[node.module].add(Path(path).stem)

    def of(self, mutant: Mutant) -> set[str]:
        """The tests to run for a mutant; empty where none reaches it."""
        parts = mutant.owner.split(".")
        function = next(
            (
                found
                for end in range(len(parts), 0, -1)
                if (found := (mutant.path, ".".join(parts[:end]))) in self.tests
            ),
            None,
        )
        tests = set(self.tests[function]) if function else set()
        if function is None or self._is_once(function):
            tests |= self._through(parts[-1] if len(parts) == 1 or function else parts[0])
        elif len(tests) <= FEW:
            for name in self._once_above(function):
                tests |= self._through(name)
        return tests | self._of_vocabulary(mutant)

    def _of_vocabulary(self, mutant: Mutant) -> set[str]:
        """The cases of a module of the vocabulary, and of the modules that are made with it."""
        if not mutant.path.startswith(VOCABULARY):
            return set()
        modules, todo = set(), [Path(mutant.path).stem]
        while todo:
            modules.add(module := todo.pop())
            todo += self.importers[module] - modules
        return {
            test
            for test in self.all_tests
            if (name := test.split("::")[0]) in READ_WHOLE
            and (name == READ_WHOLE[0] or test.partition("[")[2].rstrip("]").split(" ")[0] in modules)
        }

    def _is_once(self, function: Function) -> bool:
        """What the function gives is kept: only the first test that needs it calls it."""
        return function in self.cached or function[1] in self.kept

    def _once_above(self, function: Function) -> set[str]:
        """The functions that call this one, however many steps away, and whose values are kept: the nearest of them."""
        found: set[str] = set()
        seen, todo = {function}, [function]
        while todo:
            parts = todo.pop()[1].split(".")
            callers = self.users[parts[0] if parts[-1] == "__init__" else parts[-1]] - seen
            seen |= callers
            found |= {caller[1].split(".")[-1] for caller in callers if self._is_once(caller)}
            todo += [caller for caller in callers if not self._is_once(caller) and len(self.tests[caller]) <= FEW]
        return found

    def _through(self, name: str) -> set[str]:
        """Tests of everything whose value depends on a name of a module."""
        names, todo = {name}, [name]
        while todo:
            for made in self.derived[todo.pop()] - names:
                names.add(made)
                todo.append(made)
        tests: set[str] = set()
        for each in names:
            for function in self.users[each]:
                tests |= self.tests.get(function, set())
            tests |= {test for test in self.all_tests if test.split("::")[0] in self.files[each]}
        return tests


def _makers(node: ast.AST) -> Iterable[str]:
    """`TABLE.made(function)` -> the names of such functions."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr == "made":
            yield from (one.id for one in part.args if isinstance(one, ast.Name))


def _names(node: ast.AST) -> Iterable[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            yield part.id
        elif isinstance(part, ast.Attribute):
            yield part.attr
        elif isinstance(part, ast.alias):
            yield part.name
