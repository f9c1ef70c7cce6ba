"""What all tests share: the command line as a user calls it, and the rule that CI runs every test."""

from __future__ import annotations

import gc
import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import part
import pytest
from hypothesis import settings

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "source" / "hongshan-2021.txt"
# In CI random tests draw the same examples every time, so that a change lands or not by what it changed; elsewhere they
# go on looking.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
# A shell has what it runs in the background ignore Ctrl-C, and so would each command that a test begins and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

EPOCH = "1640908800"
"""2021-12-31T00:00:00Z, the time editions carry in tests."""

ACCEPT = bool(os.environ.get("WENBAN_ACCEPT"))
"""Validators see every document at hand, as `make accept` asks; else a part of them."""

Wenban = Callable[..., "subprocess.CompletedProcess[str]"]


def a_part(things: Sequence[T], most: int) -> list[T]:
    """At most so many, spread evenly; all with WENBAN_ACCEPT."""
    if ACCEPT or len(things) <= most:
        return list(things)
    return [things[at * len(things) // most] for at in range(most)]


def needs(*packages: str) -> pytest.MarkDecorator:
    """Skips the tests of a module where a package is not installed, without importing it to find out: each worker
    imports every module of tests, and a large package costs it seconds.
    """
    missing = next((one for one in packages if importlib.util.find_spec(one) is None), None)
    return pytest.mark.skipif(missing is not None, reason=part.ABSENT.format(missing))


def environment(**changes: str) -> dict[str, str]:
    """The environment of a command: English, a fixed time, the checkout importable."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "WENBAN"))}
    return {**kept, "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": str(ROOT), **changes}


@pytest.fixture
def wenban(tmp_path: Path) -> Wenban:
    """Calls the command line in `tmp_path` as a process of its own."""

    def call(*arguments: object, cwd: Path = tmp_path, **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "convert", *map(str, arguments)],
            cwd=cwd,
            env=environment(**changes),
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return call


def _must_run(report: pytest.TestReport | pytest.CollectReport) -> None:
    """In CI a skipped test is a failed one; only the shared corpora may be absent, for they are not in the project."""
    if not (os.environ.get("CI") and report.skipped) or hasattr(report, "wasxfail"):
        return
    reason = str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
    if "shared" in reason.lower() and not SHARED.is_dir():
        return
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid} was skipped, but CI has to run every test: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    part.without_package(report)
    _must_run(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report = yield
    part.without_package(report)
    _must_run(report)
    return report


def pytest_configure(config: pytest.Config) -> None:
    part.prepare(config)
    gc.set_threshold(100_000)  # as the command itself has it: modules and documents hardly ever refer to one another


def pytest_collection_finish() -> None:
    gc.freeze()  # thousands of tests, which stay to the end: looked at once, not at each collection


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    part.leave_out(config, items)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Says last, below pytest's own summary, what was not checked, and what would check it."""
    terminalreporter = config.pluginmanager.get_plugin("terminalreporter")
    if terminalreporter is None:  # a worker
        return
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = (str(one.longrepr[2] if isinstance(one.longrepr, tuple) else one.longrepr) for one in skipped)
    for line in part.not_checked(part.is_part(config), reasons):
        terminalreporter.write_line(line)
