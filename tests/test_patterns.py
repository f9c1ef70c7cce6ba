"""Patterns that are compiled late: they are what `re.compile` makes, and all of them can be compiled."""

from __future__ import annotations

import importlib
import re

import pytest
from conftest import ROOT

from convert.zh.patterns import pattern

MODULES = sorted(
    f"{room}.{path.stem}" for room in ("clean", "zh") for path in (ROOT / "convert" / room).glob("[a-z]*.py")
)


def test_a_late_pattern_finds_what_a_pattern_finds() -> None:
    late, now = pattern("(b)(a)?", re.IGNORECASE), re.compile("(b)(a)?", re.IGNORECASE)
    text = "Abbab"
    assert late.findall(text) == now.findall(text)
    assert late.sub("-", text) == now.sub("-", text)
    assert [found.span() for found in late.finditer(text, 2)] == [found.span() for found in now.finditer(text, 2)]
    assert late.match(text) is None
    with pytest.raises(AttributeError):
        _ = late.nothing  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", MODULES)
def test_every_pattern_compiles(name: str) -> None:
    module = importlib.import_module(f"convert.{name}")
    for value in vars(module).values():
        if type(value) is type(pattern("")):
            value.search("")
