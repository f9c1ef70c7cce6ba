"""Other systems: what only POSIX has is called in one file, names are those Windows takes, messages in its language."""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from conftest import ROOT
from trees import nodes_of

from convert.publish.names import address, safe_stem
from convert.store import machine
from convert.words import messages, system

ONLY_HERE = ROOT / "convert" / "store" / "machine.py"
MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
NAMES = {
    *("chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getuid"),
    *(
        "killpg",
        "lchown",
        "mkfifo",
        "mknod",
        "nice",
        "pread",
        "preadv",
        "pwrite",
        "sched_getaffinity",
        "setsid",
        "sync",
    ),
    *("uname", "wait", "waitid", "O_NONBLOCK", "O_NOFOLLOW", "O_DIRECTORY", "SIGALRM", "SIGCHLD", "SIGHUP", "SIGKILL"),
    *("SIGPIPE", "SIGUSR1", "SIGUSR2", "alarm", "pthread_sigmask", "setitimer", "sigwait"),
}


def posix_only(nodes: Iterable[ast.AST]) -> list[str]:
    """What a module imports or names of `os` and `signal` that Windows does not have."""
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names if alias.name in MODULES]
        elif isinstance(node, ast.ImportFrom):
            found += [node.module] if node.module in MODULES and not node.level else []
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in ("os", "signal"):
            found += [node.attr] if node.attr in NAMES else []
    return found


def test_what_only_posix_has_is_called_in_one_file() -> None:
    assert posix_only(ast.walk(ast.parse("import fcntl, os\nos.pread(1, 2, 3)\nos.path"))) == ["fcntl", "pread"]
    assert posix_only(nodes_of(ONLY_HERE))
    found = {
        str(path.relative_to(ROOT)): calls
        for path in sorted((ROOT / "convert").rglob("*.py"))
        if path != ONLY_HERE and (calls := posix_only(nodes_of(path)))
    }
    assert found == {}


def test_without_posix_there_is_a_way_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("fcntl", "resource"):
        monkeypatch.setitem(__import__("sys").modules, name, None)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert machine.lock(tmp_path, wait=False) is None
    assert machine.processors() == (os.cpu_count() or 1)
    with machine.limited(1):
        pass
    with tempfile.TemporaryFile() as stream:
        os.write(stream.fileno(), b"said and more")
        assert machine.taken_out(stream.fileno(), 4) == b"said"
        assert machine.taken_out(stream.fileno(), 4) == b""


@pytest.mark.parametrize("name", ["CON", "aux", "COM1", "com\u00b9", "LPT9", "CONIN$", "nul.report"])
def test_names_that_windows_keeps_are_not_given(name: str) -> None:
    assert safe_stem(f"{name}.txt").startswith("_")


def test_a_source_on_another_drive_has_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def other_drive(path: str, start: str) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", other_drive)
    monkeypatch.setattr(os.path, "abspath", lambda name: "D:/pages/a.html")
    assert address("a.html", "C:/work") == "D/pages/a.html"


@pytest.mark.parametrize(("said", "chinese"), [("zh_CN", True), ("zh-Hans", True), ("en_US", False), ("", False)])
def test_the_system_says_the_language_where_no_variable_does(
    said: str, chinese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(system, "language", lambda: said)
    messages.current.cache_clear()
    try:
        assert (messages.language() == "zh-Hans") is chinese
    finally:
        messages.current.cache_clear()
