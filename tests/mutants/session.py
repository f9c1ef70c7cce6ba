"""One run of pytest in a process of its own, forked from one that has the libraries imported already."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, ClassVar

import hypothesis
import pytest


class TooSlow(BaseException):
    """Raised in a test of the first run that takes too long: it is left out of all runs."""


class Chosen:
    """Runs the tests named, in that order, and stops at the first that fails; without names, all that are collected."""

    def __init__(self, names: Sequence[str] | None, tree: Path, slow: float) -> None:
        self.order = None if names is None else {name: at for at, name in enumerate(names)}
        self.tree, self.slow, self.traced = f"{tree}/", slow, slow > 0
        self.failed: list[str] = []
        self.seconds: dict[str, float] = {}
        self.calls: dict[str, list[tuple[str, int]]] = {}
        self._seen: dict[int, CodeType] = {}

    def pytest_configure(self) -> None:
        hypothesis.settings.register_profile("mutants", derandomize=True, database=None, deadline=None)
        hypothesis.settings.load_profile("mutants")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.order is not None:
            items[:] = sorted((item for item in items if item.nodeid in self.order), key=self._place)

    def _place(self, item: pytest.Item) -> int:
        assert self.order is not None
        return self.order[item.nodeid]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Any:
        start = time.process_time()
        self._seen = {}
        if self.traced:
            signal.signal(signal.SIGVTALRM, self._too_slow)
            signal.setitimer(signal.ITIMER_VIRTUAL, self.slow)
            sys.settrace(self._called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            self.seconds[item.nodeid] = time.process_time() - start
            places = [(code.co_filename, code.co_firstlineno) for code in self._seen.values()]
            inside = [(name.removeprefix(self.tree), line) for name, line in places if name.startswith(self.tree)]
            self.calls[item.nodeid] = [place for place in inside if place[0].startswith("convert/")]

    def _too_slow(self, number: int, frame: object) -> None:
        raise TooSlow

    def _called(self, frame: FrameType, event: str, argument: object) -> None:
        self._seen[id(frame.f_code)] = frame.f_code

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed or (report.skipped and self.traced):
            self.failed.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)


def start(
    tree: Path, stages: Sequence[Sequence[str]], names: Sequence[str] | None, seconds: float, slow: float = 0
) -> tuple[int, int]:
    """Forks a run of tests in `tree`; returns the child's id and the file descriptor its findings come from.

    stages: files of tests, one lot after the other until one fails.
    seconds: of processor time, after which the child is ended: a change that makes a loop endless is noticed so.
    slow: not 0 for the first run, which notes the functions that each test calls; a test of more seconds fails there.
    """

    def work() -> dict[str, Any]:
        chosen = Chosen(names, tree, slow)
        code = 1
        for files in stages:
            code = _pytest(tree, files, chosen, [] if slow else ["-x"])
            if code not in (0, pytest.ExitCode.NO_TESTS_COLLECTED):
                break
            code = 0
        libraries = {name for name in sys.modules if slow and not name.startswith(("convert", "test", "_"))}
        calls = chosen.calls if slow else {}
        return {**_told(code, chosen), "calls": calls, "libraries": sorted(libraries)}

    return _forked(tree, work, seconds)


def host(tree: Path, files: Sequence[str], loop: Callable[[Items], dict[str, Any]]) -> tuple[int, int]:
    """Forks a process that collects all tests once and calls `loop` with them; what it returns comes back.

    In `loop`, `again` runs some of the tests in a process forked from that one, after a change made there.
    """

    class Host:
        told: ClassVar[dict[str, Any]] = {}

        def pytest_runtestloop(self, session: pytest.Session) -> bool:
            Host.told = loop({item.nodeid: item for item in session.items})
            return True

    def work() -> dict[str, Any]:
        code = _pytest(tree, files, Host(), ["--continue-on-collection-errors"])
        return {"code": code, **Host.told}

    return _forked(tree, work, 36_000, quiet=False)


Items = dict[str, pytest.Item]


def again(items: Items, names: Sequence[str], change: Callable[[], None], seconds: float) -> tuple[int, int]:
    """Within `host`: forks, makes a change, and runs tests until one fails; as `start`."""

    def work() -> dict[str, Any]:
        change()
        chosen = Chosen(names, Path(), 0)
        first = items[names[0]]
        first.config.pluginmanager.register(chosen)
        for at, name in enumerate(names):
            after = items[names[at + 1]] if at + 1 < len(names) else None
            first.config.hook.pytest_runtest_protocol(item=items[name], nextitem=after)
            if chosen.failed:
                return _told(1, chosen)
        return _told(0, chosen)

    return _forked(None, work, seconds)


def _told(code: int, chosen: Chosen) -> dict[str, Any]:
    return {"code": code, "failed": chosen.failed, "seconds": chosen.seconds}


def _pytest(tree: Path, files: Sequence[str], plugin: object, options: Sequence[str]) -> int:
    usual = [
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "--rootdir",
        str(tree),
        "--tb=no",
        "--capture=no",
        "--disable-warnings",
    ]
    return int(pytest.main([*usual, *options, *files], plugins=[plugin]))


def _forked(
    tree: Path | None, work: Callable[[], dict[str, Any]], seconds: float, quiet: bool = True
) -> tuple[int, int]:
    """Runs `work` in a child and sends back what it returns, as JSON.  tree: to work in, where that is to be set up."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    with contextlib.suppress(BaseException):
        os.close(reader)
        spent = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(spent + seconds), int(spent + seconds) + 5))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2) if quiet else (0, 2):
            os.dup2(nowhere, stream)
        if tree is not None:
            os.chdir(tree)
            sys.path[:] = [str(tree), str(tree / "tests"), *(path for path in sys.path if path not in ("", *_OWN))]
            os.environ.update(PYTHONPATH=str(tree), PYTHONDONTWRITEBYTECODE="1")
            os.environ.pop("CI", None)
            sys.dont_write_bytecode = True
        try:
            told = json.dumps(work())
        except BaseException as error:
            told = json.dumps({"code": -1, "failed": [], "ended": f"{type(error).__name__}: {error}"})
        with open(writer, "w", encoding="utf-8") as out:
            out.write(told)
    os._exit(0)


_OWN = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]


def result(child: int, data: bytes) -> dict[str, Any]:
    """What an ended child found; `ended` names the signal where one ended it."""
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ValueError):
        found: dict[str, Any] = json.loads(data)
        return found
    ended = signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else "no result"
    return {"code": -1, "failed": [], "seconds": {}, "calls": {}, "ended": ended}


def preload(libraries: Sequence[str]) -> None:
    """Imports what the first run imported, once for all runs; nothing of the tree."""
    for name in libraries:
        if name not in sys.modules and not name.startswith(("conftest", "tests", "__")):
            with contextlib.suppress(Exception):
                importlib.import_module(name)
