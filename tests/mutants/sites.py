"""Where a file can be changed, and how: each mutant is one small change that a test should notice.

In: Python source.  Out: `Mutant`s, each with its place, what stood there and what stands there instead.  What cannot
matter is passed over: docstrings, annotations, types, decorators, messages of errors, imports for type checking.  A
limit that was measured (80 characters, a tenth) is halved and doubled: no test should pin it to the last character.  A
number up to 4 is one of the structure: it is also changed by one, and so is the edge of a comparison with it.
"""

from __future__ import annotations

import ast
import copy
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = {"condition": 40, "number": 20, "pattern": 15, "table": 10, "statement": 15}
"""Kind of change -> how many of a hundred mutants are of it, where a file has them."""

_OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.Lt: ast.GtE,
    ast.GtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.LtE: ast.Gt,
}
_BOUNDARY: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
}
SMALL = 4
"""The largest number that is taken for one of the structure, and not for a limit."""
_LEAVES = (ast.Return, ast.Continue, ast.Break)


@dataclass(frozen=True)
class Mutant:
    """One change.  path: within the tree; start, end: bytes of the source; owner: the function or name it is in."""

    path: str
    line: int
    kind: str
    owner: str
    start: int
    end: int
    before: str
    after: str

    def applied(self, source: bytes) -> bytes:
        """The source with the change made."""
        return source[: self.start] + self.after.encode() + source[self.end :]


def mutants(path: Path, tree: Path) -> list[Mutant]:
    """Every change of a file that still compiles, in order of place."""
    source = path.read_bytes()
    finder = _Finder(str(path.relative_to(tree)), source)
    finder.visit_body(ast.parse(source), "")
    return finder.found


class _Finder:
    """Walks a module and notes changes; `owner` is the dotted name of the function, or the name assigned."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path, self.source = path, source
        self.found: list[Mutant] = []
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))

    def visit_body(self, node: ast.AST, owner: str) -> None:
        """The statements of a module, class or function."""
        for statement in getattr(node, "body", []):
            if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                inner = f"{owner}.{statement.name}" if owner else statement.name
                if not isinstance(statement, ast.ClassDef):
                    for default in (*statement.args.defaults, *filter(None, statement.args.kw_defaults)):
                        self.expression(default, inner)
                self.visit_body(statement, inner)
            else:
                self.statement(statement, owner or _assigned(statement))

    def statement(self, node: ast.stmt, owner: str) -> None:
        """A statement: itself, its expressions and the statements inside it."""
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Raise | ast.Assert | ast.Pass) or owner == "__all__":
            return
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            return
        self.whole(node, owner)
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "type_comment", "target", "targets"):
                continue
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.FunctionDef | ast.ClassDef):
                    self.visit_body(part, f"{owner}.{part.name}")
                elif isinstance(part, ast.stmt):
                    self.statement(part, owner)
                elif isinstance(part, ast.expr):
                    self.expression(part, owner)
                elif isinstance(part, ast.AST):  # handlers, cases and items of `with`
                    self.inside(part, owner)

    def inside(self, node: ast.AST, owner: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.stmt):
                self.statement(child, owner)
            elif isinstance(child, ast.expr):
                self.expression(child, owner)

    def whole(self, node: ast.stmt, owner: str) -> None:
        """Statements dropped, and the conditions of `if` and `while`."""
        call = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
        kept = isinstance(node, ast.Assign) and not all(isinstance(to, ast.Name | ast.Tuple) for to in node.targets)
        if call or kept or isinstance(node, ast.AugAssign | ast.Continue | ast.Break):
            self.note("statement", node, "pass", owner)
        if isinstance(node, ast.If):
            self.note("condition", node.test, f"not ({ast.unparse(node.test)})", owner)
            if not node.orelse:
                self.note("condition", node.test, "False", owner)
            if not isinstance(node.body[-1], _LEAVES):
                self.note("condition", node.test, "True", owner)
        elif isinstance(node, ast.While) and not isinstance(node.test, ast.Constant):
            self.note("condition", node.test, "False", owner)

    def expression(self, node: ast.expr, owner: str) -> None:
        """An expression and all it is made of."""
        if isinstance(node, ast.Lambda):
            self.expression(node.body, owner)
            return
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
            return  # a type
        for kind, after in _changes(node):
            self.note(kind, node, after, owner)
        if isinstance(node, ast.JoinedStr):
            return
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                self.expression(child, owner)
            elif isinstance(child, ast.keyword):
                self.expression(child.value, owner)
            elif isinstance(child, ast.comprehension):
                self.expression(child.iter, owner)
                for test in child.ifs:
                    self.note("condition", test, "True", owner)
                    self.note("condition", test, f"not ({ast.unparse(test)})", owner)
                    self.expression(test, owner)

    def note(self, kind: str, node: ast.expr | ast.stmt, after: str, owner: str) -> None:
        """Keeps a change that alters the source and compiles."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.starts[node.lineno - 1] + node.col_offset
        end = self.starts[node.end_lineno - 1] + node.end_col_offset
        before = self.source[start:end].decode()
        if isinstance(node, ast.expr):
            after = f"({after})"
        self.found.append(Mutant(self.path, node.lineno, kind, owner, start, end, before, after))


def _assigned(node: ast.stmt) -> str:
    """The first name that a statement of a module gives a value."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    return next((part.id for to in targets if to for part in ast.walk(to) if isinstance(part, ast.Name)), "")


def _changes(node: ast.expr) -> Iterator[tuple[str, str]]:
    """Kind and new text of each change of an expression as a whole."""
    if isinstance(node, ast.Compare):
        yield from (("condition", text) for text in _comparisons(node))
        for at, part in enumerate(node.comparators):
            if isinstance(node.ops[at], ast.In | ast.NotIn) and _text(part):
                yield from (("table", text) for text in _with(node, at, _fewer_characters(part)))
    elif isinstance(node, ast.BoolOp):
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "condition", ast.unparse(ast.BoolOp(other, node.values))
        for at in range(len(node.values)):
            rest = [*node.values[:at], *node.values[at + 1 :]]
            yield "condition", ast.unparse(rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest))
    elif isinstance(node, ast.IfExp):
        yield "condition", ast.unparse(ast.IfExp(node.test, node.orelse, node.body))
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield from (("number" if type(node.value) is not bool else "condition", text) for text in _numbers(node.value))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from (("pattern", repr(text)) for text in _fewer_alternatives(node.value))
    elif isinstance(node, ast.JoinedStr):
        yield from (("pattern", text) for text in _joined(node))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "split":
        if not node.args and _text(node.func.value):
            for text in _fewer_words(_text(node.func.value)):
                yield "table", f"{text!r}.split()"
    elif isinstance(node, ast.Set | ast.List | ast.Tuple) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
        if len(node.elts) > 2:
            for at in range(len(node.elts)):
                fewer = copy.copy(node)
                fewer.elts = [*node.elts[:at], *node.elts[at + 1 :]]
                yield "table", ast.unparse(fewer)
    elif isinstance(node, ast.Dict) and len(node.keys) > 2:
        for at in range(len(node.keys)):
            keys, values = [*node.keys], [*node.values]
            del keys[at], values[at]
            yield "table", ast.unparse(ast.Dict(keys, values))


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _comparisons(node: ast.Compare) -> Iterator[str]:
    for table in (_OPPOSITE, _BOUNDARY):
        for at, operator in enumerate(node.ops):
            if type(operator) in table and (table is _OPPOSITE or _is_exact(node.comparators[at])):
                changed = copy.copy(node)
                changed.ops = [*node.ops[:at], table[type(operator)](), *node.ops[at + 1 :]]
                yield ast.unparse(changed)


def _is_exact(node: ast.expr) -> bool:
    """Whether the edge of a comparison matters: with a small number, or with what is counted, not with a limit."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int) and node.value <= SMALL
    return not any(
        (isinstance(part, ast.Name) and part.id.isupper())
        or (isinstance(part, ast.Attribute) and part.attr.isupper())
        or (isinstance(part, ast.Constant) and not _is_exact(part))
        for part in ast.walk(node)
    )


def _with(node: ast.Compare, at: int, texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        changed = copy.copy(node)
        changed.comparators = [*node.comparators]
        changed.comparators[at] = ast.Constant(text)
        yield ast.unparse(changed)


def _fewer_characters(node: ast.expr) -> Iterator[str]:
    text = _text(node)
    if len(text) > 1:
        yield from (text[:at] + text[at + 1 :] for at in range(len(text)))


def _numbers(value: int | float) -> Iterator[str]:
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, float):
        yield from (repr(value * 2), repr(value / 2)) if value else ("0.1",)
    else:
        near = {value + 1, value - 1} if value <= SMALL else set()
        yield from map(repr, sorted({*near, value * 2, value // 2} - {value}))


def _fewer_words(text: str) -> Iterator[str]:
    words = text.split()
    yield from (" ".join([*words[:at], *words[at + 1 :]]) for at in range(len(words)))


def _joined(node: ast.JoinedStr) -> Iterator[str]:
    for at, part in enumerate(node.values):
        for text in _fewer_alternatives(_text(part)):
            try:
                yield ast.unparse(ast.JoinedStr([*node.values[:at], ast.Constant(text), *node.values[at + 1 :]]))
            except ValueError:  # a backslash in a braced part cannot be written back
                return


def _fewer_alternatives(pattern: str) -> Iterator[str]:
    """The pattern without one of its alternatives: parts between `|` and brackets of one group."""
    if "|" not in pattern:
        return
    open_at: list[list[int]] = [[0]]
    spans: list[tuple[int, int]] = []

    def close(end: int) -> None:
        cuts = [*open_at.pop(), end + 1]
        if len(cuts) > 2:
            spans.extend((first, after - 1) for first, after in itertools.pairwise(cuts))

    for token in re.finditer(
        r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:P?<\w+>|<?[=!:]|[a-z]+:))?|\)|\|", pattern, re.DOTALL
    ):
        if token[0].startswith("("):
            open_at.append([token.end()])
        elif token[0] == "|":
            open_at[-1].append(token.end())
        elif token[0] == ")" and len(open_at) > 1:
            close(token.start())
    if len(open_at) == 1:
        close(len(pattern))
    for first, after in spans:
        fewer = (
            pattern[:first] + pattern[after + 1 :]
            if pattern[after : after + 1] == "|"
            else pattern[: first - 1] + pattern[after:]
        )
        try:
            re.compile(fewer)
        except re.error:
            continue
        yield fewer
