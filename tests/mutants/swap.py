"""A change inside a function, made in a running program: the function gets the code of the changed source.

Every reference to the function sees the change, so nothing has to be imported again: a mutant costs a fork and its
tests.  What stands outside of functions (tables, patterns, numbers of a module) cannot be changed like this.
"""

from __future__ import annotations

import ast
import functools
import gc
import inspect
import sys
from pathlib import Path
from types import CodeType, FunctionType

from .sites import Mutant

DEAR = "convert.typography.fonts"
"""The module whose caches are kept: fonts take long to open, and no rule but its own changes what is in them."""


def is_inside(mutant: Mutant, tree: Path) -> bool:
    """Whether a mutant changes the body of a function."""
    node: ast.AST = ast.parse((tree / mutant.path).read_bytes())
    for name in mutant.owner.split("."):
        found = next((one for one in getattr(node, "body", []) if getattr(one, "name", None) == name), None)
        if found is None:
            return False
        node = found
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return mutant.line >= node.body[0].lineno
    return False


def can_swap(mutant: Mutant, tree: Path) -> bool:
    """Whether the change can be made in this process."""
    try:
        _found(mutant, tree)
    except LookupError:
        return False
    return True


def swap(mutant: Mutant, tree: Path) -> None:
    """Makes the change in the modules of this process, and empties what they keep of earlier calls.

    Raises LookupError where `can_swap` says no.
    """
    function, code = _found(mutant, tree)
    function.__code__ = code
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper) and _may_change(str(one.__module__), mutant):
            one.cache_clear()
        elif type(one).__name__ == "Rows":  # a table of the vocabulary keeps what was made of it
            one._made.clear()


def _may_change(module: str, mutant: Mutant) -> bool:
    return module.startswith("convert.") and (module != DEAR or mutant.path.endswith("fonts.py"))


def _found(mutant: Mutant, tree: Path) -> tuple[FunctionType, CodeType]:
    """The function to change and its new code.  Raises LookupError."""
    path = tree / mutant.path
    module = compile(mutant.applied(path.read_bytes()), str(path), "exec", dont_inherit=True)
    function, name = _function(mutant)
    code = next((one for one in _codes(module) if one.co_qualname == name), None)
    if code is None or code.co_freevars != function.__code__.co_freevars:
        raise LookupError(name)
    return function, code


def _function(mutant: Mutant) -> tuple[FunctionType, str]:
    """The outermost function a mutant is in, and its dotted name."""
    parts = mutant.path.removesuffix(".py").removesuffix("/__init__").split("/")
    found: object = sys.modules.get(".".join(parts))
    names: list[str] = []
    for name in mutant.owner.split("."):
        found = vars(found).get(name) if found is not None else None
        names.append(name)
        found = getattr(found, "fget", None) or getattr(found, "__func__", None) or found
        found = found.func if isinstance(found, functools.cached_property) else found
        found = inspect.unwrap(found) if callable(found) and not isinstance(found, type) else found
        if isinstance(found, FunctionType):
            return found, ".".join(names)
    raise LookupError(mutant.owner)


def _codes(code: CodeType) -> list[CodeType]:
    """A module's code and all within it."""
    found = [code]
    for one in code.co_consts:
        if isinstance(one, CodeType):
            found += _codes(one)
    return found
