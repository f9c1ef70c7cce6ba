"""A Dask cluster makes what one machine makes, also where a worker is lost; real scheduler, real workers."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Wenban, environment, needs

import convert
from convert import __version__
from convert.errors import UsageError
from convert.run import pipeline
from convert.run.batch import children
from convert.run.batch import cluster as cluster_module
from convert.run.options import Options

pytestmark = needs("distributed")

COUNT = 500


def started(kind: str, folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(folder / "scheduler.json"), *options]
    with open(folder / f"{kind}.log", "ab") as log:
        return subprocess.Popen(command, cwd=folder, env=environment(), stdout=log, stderr=log)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Address of a scheduler with two workers, and these."""
    folder = tmp_path_factory.mktemp("cluster")
    host = ("--host", "127.0.0.1", "--no-dashboard")
    scheduler = started("scheduler", folder, "--port", "0", *host)
    workers = [started("worker", folder, "--no-nanny", "--nthreads", "1", *host) for _ in range(2)]
    try:
        address = until(lambda: address_in(folder / "scheduler.json"), folder)
        from distributed import Client

        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def address_in(file: Path) -> str | None:
    """What the scheduler wrote there; None as long as it is not all there."""
    try:
        address: str = json.loads(file.read_bytes())["address"]
    except (OSError, ValueError):
        return None
    return address


def until(what: Callable[[], Any], folder: Path) -> Any:
    """Waits for something and returns it; says what the cluster's logs say where it does not come."""
    end = time.monotonic() + 60
    while not (found := what()):
        assert time.monotonic() < end, "".join(path.read_text() for path in folder.glob("*.log"))
        time.sleep(0.05)
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_worker_is_lost_and_the_bytes_are_the_same(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], wenban: Wenban, tmp_path: Path
) -> None:
    address, workers = cluster
    (tmp_path / "in").mkdir()
    for number in range(COUNT):
        (tmp_path / "in" / f"{number}.txt").write_text(f"题目{number}\n\n第{number}份的正文\u3002\n", encoding="utf-8")
    arguments = ("in", "-t", "html", "--report", "report.jsonl", "-q")
    command = [sys.executable, "-m", "convert", "convert", *arguments, "-o", "away", "--cluster", address]
    running = subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.PIPE)
    until(lambda: len(list((tmp_path / "away").glob("*.html"))) > COUNT // 4, tmp_path)
    workers[0].send_signal(signal.SIGKILL)
    assert len(list((tmp_path / "away").glob("*.html"))) < COUNT
    assert running.wait(timeout=120) == 0, running.stderr and running.stderr.read()
    results = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["state"] for one in results] == ["done"] * COUNT

    assert wenban("convert", *arguments, "-o", "here").returncode == 0
    assert files(tmp_path / "away") == files(tmp_path / "here")
    assert len(files(tmp_path / "away")) == COUNT + 2


def test_no_document_ends_the_worker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shard is made in: a process beside the worker, which is replaced where a document hangs in it."""
    (tmp_path / "sleeper.py").write_text("import time\ndef sleep(document):\n    time.sleep(600)\n", encoding="utf-8")
    (tmp_path / "sleeper-1.dist-info").mkdir()
    (tmp_path / "sleeper-1.dist-info" / "METADATA").write_text("Name: sleeper\nVersion: 1\n", encoding="utf-8")
    entry = "[wenban.passes]\nsleep = sleeper:sleep\n"
    (tmp_path / "sleeper-1.dist-info" / "entry_points.txt").write_text(entry, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), str(tmp_path)]))
    monkeypatch.setattr(children, "_idle", queue.LifoQueue())  # children that know the sleeper
    (tmp_path / "good.txt").write_text("题目\n\n一份正文\u3002\n", encoding="utf-8")
    options = Options("2024-01-01T00:00:00Z", ("html",), "gongwen")
    sleeping = Options("2024-01-01T00:00:00Z", ("html",), "gongwen", also=("sleep",))
    given = (("good", options), ("good", sleeping), ("none", options), ("good", options))
    jobs = [pipeline.Job(name, f"{name}.txt", name, "out", chosen) for name, chosen in given]
    made = children.make(__version__, jobs, tmp_path, 8, None, str(tmp_path))
    assert [one.result.state for one in made] == ["done", "failed", "failed", "done"]
    messages = [one.result.error.message for one in made if one.result.error is not None]
    assert messages == ["took longer than 8 seconds", "no such file"]
    assert (tmp_path / "good.html").exists()
    with pytest.raises(UsageError, match=r"a worker has wenban .*, the command is 0\.0"):
        children.make("0.0", jobs, tmp_path, 8, None, str(tmp_path))


def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", 0.5)
    (tmp_path / "a.txt").write_text("题目\n\n一份正文\u3002\n", encoding="utf-8")
    with pytest.raises(UsageError, match="the scheduler cannot be reached") as caught:
        list(convert.batch(tmp_path / "a.txt", tmp_path / "out", cluster="tcp://127.0.0.1:1"))
    assert caught.value.exit_code == 2
